//! What is known of works by their numbers: the catalogue, and conclusions by number, date and title.
//!
//! The files of the catalogue are cut into rows when it is first asked, and a row is read when its work is: most of them
//! never are.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{TableError, parse};
use crate::model::{Body, Kind, Language, PartialDate, Relation, WorkId};

/// The files below `data/catalogue/` that hold works.
const FILES: [(&str, &str); 10] = [
    ("cases", include_str!("../../data/catalogue/cases.toml")),
    ("commission", include_str!("../../data/catalogue/commission.toml")),
    ("council", include_str!("../../data/catalogue/council.toml")),
    ("decisions", include_str!("../../data/catalogue/decisions.toml")),
    ("directives", include_str!("../../data/catalogue/directives.toml")),
    (
        "european-councils",
        include_str!("../../data/catalogue/european-councils.toml"),
    ),
    (
        "foreign-policy",
        include_str!("../../data/catalogue/foreign-policy.toml"),
    ),
    (
        "regulations",
        include_str!("../../data/catalogue/regulations.toml"),
    ),
    ("treaties", include_str!("../../data/catalogue/treaties.toml")),
    (
        "united-nations",
        include_str!("../../data/catalogue/united-nations.toml"),
    ),
];

/// What stands before each row.
const ROW: &str = "[[work]]\n";

/// A work known by its number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownWork {
    /// The canonical id.
    pub id: WorkId,
    /// When it was adopted.
    pub date: Option<PartialDate>,
    /// What else it is known by: its place in the Official Journal.
    #[serde(default)]
    pub identifiers: Vec<WorkId>,
    /// The works that it amends, repeals, implements or corrects.
    #[serde(default)]
    pub relations: BTreeMap<Relation, Vec<WorkId>>,
    /// What it is called, by language, the short title first.
    pub titles: BTreeMap<Language, Vec<String>>,
}

/// The works known by their numbers.
#[derive(Debug)]
pub struct Catalogue {
    /// Each row as it is written, by the id of its work.
    rows: BTreeMap<&'static str, &'static str>,
    /// The works by their other identifiers.
    others: BTreeMap<&'static str, &'static str>,
}

impl Catalogue {
    pub(super) fn new() -> Self {
        let rows: BTreeMap<_, _> = FILES
            .iter()
            .flat_map(|(_, text)| text.split(ROW).skip(1))
            .filter_map(|row| Some((value(row, "id = \"")?, row)))
            .collect();
        let others = rows.iter().flat_map(|(id, row)| {
            let list = row.lines().find_map(|line| line.strip_prefix("identifiers = "));
            // The identifiers of a list are what stands between every other pair of quotes.
            let written = list
                .into_iter()
                .flat_map(|list| list.split('"').skip(1).step_by(2));
            written.map(|other| (other, *id))
        });
        Self {
            others: others.collect(),
            rows,
        }
    }

    /// What is known of a work.
    pub fn work(&self, id: &WorkId) -> Option<KnownWork> {
        toml::from_str(self.rows.get(id.as_str())?).ok()
    }

    /// The work that another identifier is of: the act that begins on that page of the Official Journal.
    pub fn known_as(&self, identifier: &WorkId) -> Option<WorkId> {
        self.others.get(identifier.as_str()).map(WorkId::new)
    }

    /// All files, every row of them read.
    ///
    /// # Errors
    /// If a file is not what its place asks for.
    pub fn files() -> Result<Vec<CatalogueFile>, TableError> {
        let read = |(name, text): (&str, &str)| parse(&format!("catalogue/{name}.toml"), text);
        FILES.into_iter().map(read).collect()
    }
}

/// What stands between the opening, at the start of the row, and the next quote.
fn value(row: &'static str, opening: &str) -> Option<&'static str> {
    row.strip_prefix(opening)?.split('"').next()
}

/// One file of the catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueFile {
    /// The kind of all its works.
    pub kind: Kind,
    /// Its works, in order of id.
    #[serde(rename = "work")]
    pub works: Vec<KnownWork>,
}

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
struct ConclusionsFile {
    conclusions: Vec<KnownConclusions>,
}

pub(super) fn load() -> Result<Vec<KnownConclusions>, TableError> {
    let text = include_str!("../../data/catalogue/conclusions.toml");
    Ok(parse::<ConclusionsFile>("catalogue/conclusions.toml", text)?.conclusions)
}
