//! Conclusions that are known by number, date and title.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{TableError, parse};
use crate::model::{Body, Language, PartialDate, WorkId};

/// Conclusions of which number, date and titles are known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownConclusions {
    /// The canonical id: the number.
    pub id: WorkId,
    /// Whose they are.
    pub body: Body,
    /// When they were approved.
    pub date: Option<PartialDate>,
    /// The words after "conclusions on", by language, the full title first.
    #[serde(default)]
    pub titles: BTreeMap<Language, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    conclusions: Vec<KnownConclusions>,
}

pub(super) fn load() -> Result<Vec<KnownConclusions>, TableError> {
    let text = include_str!("../../data/catalogue/conclusions.toml");
    Ok(parse::<File>("catalogue/conclusions.toml", text)?.conclusions)
}
