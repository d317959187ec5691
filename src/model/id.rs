//! Canonical ids of works.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The canonical id of a work: `ST-10289-2023`, `32018D1993`, `TEU-42-7`, `cyber-diplomacy-toolbox`.
///
/// Ids hold ASCII letters, digits and hyphens only, so that they serve unchanged as file names, XML ids and keys;
/// everything else becomes a hyphen. Order is the order of the text.
///
/// ```
/// use citegraph::model::WorkId;
/// assert_eq!(WorkId::new("ST-10289-2023").as_str(), "ST-10289-2023");
/// assert_eq!(WorkId::slug("Declaration for the Future of the Internet").as_str(), "declaration-for-the-future-of-the-internet");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkId(String);

/// What stands before the number of a version.
const VERSIONS: [&str; 3] = ["-REV-", "-COR-", "-ADD-"];

impl WorkId {
    /// The id with this text; what is no letter, digit or hyphen of ASCII becomes a hyphen.
    pub fn new(text: impl AsRef<str>) -> Self {
        let keep = |c: char| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '-'
            }
        };
        Self(text.as_ref().chars().map(keep).collect())
    }

    /// The kebab-case id of a name in English.
    pub fn slug(name: &str) -> Self {
        let mut slug = String::with_capacity(name.len());
        for c in name.chars().filter(|c| !matches!(c, '\'' | '’')) {
            match c {
                c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
                _ if slug.ends_with('-') || slug.is_empty() => {}
                _ => slug.push('-'),
            }
        }
        Self::new(slug.trim_end_matches('-'))
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Council document of this number and full year.
    pub fn council_document(number: u32, year: u16) -> Self {
        Self(format!("ST-{number}-{year}"))
    }

    /// Whether this is the id of a Council document or one of its versions.
    pub fn is_council_document(&self) -> bool {
        self.0.starts_with("ST-")
    }

    /// Whether this is the id of conclusions known only by their date.
    pub fn is_dated_conclusions(&self) -> bool {
        self.0.starts_with("COUNCIL-CONCLUSIONS-") || self.0.starts_with("EUCO-CONCLUSIONS-")
    }

    /// Whether this is a version of that Council document ("ST-15315-2025-REV-1" of "ST-15315-2025").
    pub fn is_version_of(&self, document: &Self) -> bool {
        let rest = self.0.strip_prefix(document.as_str());
        self.is_council_document()
            && rest.is_some_and(|rest| VERSIONS.iter().any(|mark| rest.starts_with(mark)))
    }

    /// For `ST-…-REV-n`, `-COR-n` and `-ADD-n` the document itself; else the id unchanged.
    pub fn without_version(&self) -> Self {
        if !self.is_council_document() {
            return self.clone();
        }
        let cut = VERSIONS.iter().filter_map(|mark| self.0.find(mark)).min();
        Self(self.0[..cut.unwrap_or(self.0.len())].to_owned())
    }
}

impl fmt::Display for WorkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
