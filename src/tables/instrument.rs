//! Named instruments: one row each, with its names by language.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{TableError, parse};
use crate::model::{Kind, Language, PartialDate, WorkId};

/// A named policy or legal instrument: one work whatever it is called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// The canonical id.
    pub id: WorkId,
    /// What sort of thing it is.
    #[serde(default = "instrument")]
    pub kind: Kind,
    /// When it was adopted.
    pub date: Option<PartialDate>,
    /// Numbers of the work itself: where a text gives one, it is the same work.
    #[serde(default)]
    pub identifiers: Vec<WorkId>,
    /// Numbers of documents that are about it and not it: the proposal of an act, conclusions on a strategy.
    #[serde(default)]
    pub about: Vec<WorkId>,
    /// The instruments and acts whose place it took.
    #[serde(default)]
    pub replaces: Vec<WorkId>,
    /// The instrument that this one is of: the guidelines of a toolbox. A mention of the whole inside its name counts too.
    pub of: Option<WorkId>,
    /// Whether the name is also a policy field: inside the title of conclusions it is their subject and no reference.
    #[serde(default)]
    pub subject: bool,
    /// Whether it is an event's, so that another instrument of the same name is no edition of it: the Sofia Declaration.
    #[serde(default)]
    pub event: bool,
    /// Its permanent address.
    pub url: Option<String>,
    /// Its names by language, best first.
    pub names: BTreeMap<Language, Vec<String>>,
    /// A sentence in which it must be found, by language.
    #[serde(default)]
    pub witness: BTreeMap<Language, String>,
    /// A sentence in which it must not be found, by language.
    #[serde(default)]
    pub near_miss: BTreeMap<Language, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    instrument: Vec<Instrument>,
}

fn instrument() -> Kind {
    Kind::Instrument
}

pub(super) fn load(name: &str, text: &str) -> Result<Vec<Instrument>, TableError> {
    let file = format!("instruments/{name}.toml");
    Ok(parse::<File>(&file, text)?.instrument)
}

/// The rows of a text.
pub(super) fn rows(text: &str) -> Result<Vec<Instrument>, toml::de::Error> {
    Ok(toml::from_str::<File>(text)?.instrument)
}

pub(super) fn check_unique(instruments: &[Instrument]) -> Result<(), TableError> {
    let mut seen = BTreeSet::new();
    match instruments.iter().find(|row| !seen.insert(&row.id)) {
        None => Ok(()),
        Some(row) => Err(TableError::Row {
            file: "instruments".to_owned(),
            row: row.id.to_string(),
            reason: "the id stands twice; join the rows".to_owned(),
        }),
    }
}
