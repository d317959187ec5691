//! Families of identifiers that one pattern recognizes: a pattern, the kind, and the template of the canonical id.

use regex::{Captures, Regex};
use serde::Deserialize;

use super::{TableError, parse};
use crate::model::{Kind, WorkId};

/// A family of identifiers.
#[derive(Debug, Clone)]
pub struct Family {
    /// Its row: name, pattern, template, witnesses.
    pub row: FamilyRow,
    /// The pattern, compiled.
    pub pattern: Regex,
}

/// The row of a family as it stands in `data/families/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyRow {
    /// The name of the rule.
    pub name: String,
    /// What sort of thing it identifies.
    pub kind: Kind,
    /// The pattern; its named groups fill the template. What stands before and after is checked in code.
    pub pattern: String,
    /// The canonical id with `{group}` for the value of a group: a `year` of two digits gets its century, a `number`
    /// loses leading zeros, all else is put in capitals.
    pub id: String,
    /// Texts of which the bracketed part must be found, with its target.
    pub witness: Vec<FamilyWitness>,
    /// Texts in which the family must find nothing.
    pub near_miss: Vec<String>,
}

/// A text whose bracketed part must be found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyWitness {
    /// The text; the mention stands in double square brackets.
    pub text: String,
    /// Its canonical id.
    pub target: WorkId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    family: Vec<FamilyRow>,
}

impl Family {
    /// The canonical id that a match of the pattern gives; none if a template group is absent.
    pub fn id(&self, captures: &Captures<'_>) -> Option<WorkId> {
        let mut id = String::new();
        let mut rest = self.row.id.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (group, tail) = after.split_once('}')?;
            id.push_str(before);
            id.push_str(&part(group, captures.name(group)?.as_str()));
            rest = tail;
        }
        id.push_str(rest);
        Some(WorkId::new(id))
    }
}

fn part(group: &str, value: &str) -> String {
    match group {
        "year" => full_year(value).map_or_else(|| value.to_owned(), |year| year.to_string()),
        "number" => value.trim_start_matches('0').to_owned(),
        _ => value.to_uppercase(),
    }
}

/// The year that two or four digits stand for: 50 to 99 are of the last century, as no document of ours is older.
pub fn full_year(digits: &str) -> Option<u16> {
    let year: u16 = digits.parse().ok()?;
    match (digits.len(), year) {
        (2, 50..) => Some(1900 + year),
        (2, _) => Some(2000 + year),
        (4, 1900..=2099) => Some(year),
        _ => None,
    }
}

pub(super) fn load() -> Result<Vec<Family>, TableError> {
    let file = "families/families.toml";
    let rows = parse::<File>(file, include_str!("../../data/families/families.toml"))?.family;
    rows.into_iter().map(|row| compile(file, row)).collect()
}

fn compile(file: &str, row: FamilyRow) -> Result<Family, TableError> {
    match Regex::new(&row.pattern) {
        Ok(pattern) => Ok(Family { row, pattern }),
        Err(error) => Err(TableError::Row {
            file: file.to_owned(),
            row: row.name,
            reason: error.to_string(),
        }),
    }
}
