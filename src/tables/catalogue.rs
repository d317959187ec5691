//! What is known of works by their numbers: the catalogue, and conclusions by number, date and title.
//!
//! The files of works are read when the catalogue is first asked.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{CATALOGUE, TableError, parse};
use crate::model::{Body, Kind, Language, PartialDate, Relation, WorkId};

/// The file of the folder that holds conclusions; all others hold works.
const CONCLUSIONS: &str = "conclusions";

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
    works: BTreeMap<WorkId, KnownWork>,
    /// The works by their other identifiers.
    others: BTreeMap<WorkId, WorkId>,
}

impl Catalogue {
    /// The works of all files. One that cannot be read is left out; the lint of the tables names it.
    pub(super) fn new() -> Self {
        let files = works().filter_map(Result::ok);
        let works: BTreeMap<_, _> = files
            .flat_map(|file| file.works)
            .map(|work| (work.id.clone(), work))
            .collect();
        let others = works.values().flat_map(|work| {
            let others = work.identifiers.iter();
            others.map(|other| (other.clone(), work.id.clone()))
        });
        Self {
            others: others.collect(),
            works,
        }
    }

    /// What is known of a work.
    pub fn work(&self, id: &WorkId) -> Option<&KnownWork> {
        self.works.get(id)
    }

    /// The work that another identifier is of: the act that begins on that page of the Official Journal.
    pub fn known_as(&self, identifier: &WorkId) -> Option<&WorkId> {
        self.others.get(identifier)
    }

    /// All files of works.
    ///
    /// # Errors
    /// If a file is not what its place asks for.
    pub fn files() -> Result<Vec<CatalogueFile>, TableError> {
        works().collect()
    }
}

fn works() -> impl Iterator<Item = Result<CatalogueFile, TableError>> {
    let files = CATALOGUE.into_iter().filter(|(name, _)| *name != CONCLUSIONS);
    files.map(|(name, text)| parse(&file(name), text))
}

fn file(name: &str) -> String {
    format!("catalogue/{name}.toml")
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
    let files = CATALOGUE.into_iter().filter(|(name, _)| *name == CONCLUSIONS);
    let files: Result<Vec<ConclusionsFile>, _> = files.map(|(name, text)| parse(&file(name), text)).collect();
    Ok(files?.into_iter().flat_map(|file| file.conclusions).collect())
}
