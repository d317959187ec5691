//! The table of one language, as `data/languages/README.md` describes it.

use serde::Deserialize;

use super::{TableError, parse};

/// What the program knows of one language. The keys are explained in `data/languages/README.md`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // one place explains the keys of all 24 tables
pub struct LanguageTable {
    pub code: String,
    pub name: String,
    pub sources: Vec<String>,
    pub doc: Vec<String>,
    pub inflection: Vec<String>,
    pub lengthened: Vec<String>,
    pub mutation: Vec<String>,
    pub declension: Vec<Declension>,
    pub head: Vec<String>,
    #[serde(rename = "for")]
    pub purpose: Vec<String>,
    pub stop: Vec<String>,
    pub date: DateWords,
    pub body: BodyWords,
    pub noun: Noun,
    pub link: Link,
    pub header: HeaderWords,
    pub act: Act,
    pub journal: Journal,
    pub treaty: Treaty,
    pub version: VersionWords,
    pub cue: Cue,
    pub define: Define,
    pub back: Back,
    pub witness: Vec<Witness>,
    pub near_miss: Vec<Near>,
}

/// How dates are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DateWords {
    pub months: [Vec<String>; 12],
    pub full: Vec<String>,
    pub partial: Vec<String>,
    pub day_suffix: Vec<String>,
}

/// Names of institutions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct BodyWords {
    pub council: Vec<String>,
    pub european_council: Vec<String>,
    pub not_council: Vec<String>,
    /// The governments whose representatives meet in the Council and adopt texts with it.
    pub governments: Vec<String>,
    /// Organizations whose name holds that of an instrument: NATO and its treaty.
    pub organization: Vec<String>,
    pub commission: Vec<String>,
    pub parliament: Vec<String>,
}

/// Nouns of types of document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Noun {
    pub conclusions: Vec<String>,
    pub council_conclusions: Vec<String>,
    pub european_council_conclusions: Vec<String>,
    pub regulation: Vec<String>,
    pub directive: Vec<String>,
    pub decision: Vec<String>,
    pub framework_decision: Vec<String>,
    pub recommendation: Vec<String>,
    pub opinion: Vec<String>,
    pub resolution: Vec<String>,
    pub joint_action: Vec<String>,
    pub common_position: Vec<String>,
    pub parliament_resolution: Vec<String>,
    pub communication: Vec<String>,
    pub joint_communication: Vec<String>,
    /// Texts that their noun and their date tell.
    pub joint_declaration: Vec<String>,
    pub interinstitutional_agreement: Vec<String>,
    pub draft: Vec<String>,
}

/// Function words between the parts of a reference.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Link {
    pub of: Vec<String>,
    pub which: Vec<String>,
    pub on: Vec<String>,
    pub on_before: Vec<String>,
    pub on_behind: Vec<String>,
    pub topic_case: Vec<String>,
    pub and: Vec<String>,
    pub to: Vec<String>,
    pub determiner: Vec<String>,
    pub particular: Vec<String>,
    pub union: Vec<String>,
    pub owner: Vec<String>,
    /// What the Union is called where it owns something, in one case, the full name last.
    pub alike: Vec<String>,
}

/// The endings that nouns of one gender and their adjectives take in names: in each row those of one kind of word, case
/// by case with blanks between; the first is that of the nominative.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Declension {
    pub noun: Vec<String>,
    #[serde(default)]
    pub adjective: Vec<String>,
    /// Those of adjectives that stand behind their noun.
    #[serde(default)]
    pub behind: Vec<String>,
    /// Whether the noun is the last word with its ending: what belongs to it stands before it.
    #[serde(default)]
    pub last: bool,
}

/// Labels of the header block.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct HeaderWords {
    pub from: Vec<String>,
    pub to: Vec<String>,
    pub subject: Vec<String>,
    pub previous: Vec<String>,
    pub commission_document: Vec<String>,
    pub kinds: Vec<String>,
    pub annex: Vec<String>,
    pub original: Vec<String>,
}

/// Suffixes of the legal order in numbers of acts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Act {
    pub eu: Vec<String>,
    pub ec: Vec<String>,
    pub eec: Vec<String>,
    pub euratom: Vec<String>,
    pub ecsc: Vec<String>,
    pub cfsp: Vec<String>,
    pub jha: Vec<String>,
    pub number: Vec<String>,
}

/// The Official Journal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Journal {
    pub name: Vec<String>,
    pub page: Vec<String>,
}

/// The treaties and the words of pinpoints.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Treaty {
    pub teu: Vec<String>,
    pub tfeu: Vec<String>,
    pub tec: Vec<String>,
    pub euratom: Vec<String>,
    pub charter: Vec<String>,
    /// The treaties of the Union together: "annexed to the Treaties".
    pub treaties: Vec<String>,
    pub protocol: Vec<String>,
    pub article: Vec<String>,
    pub paragraph: Vec<String>,
    pub point: Vec<String>,
    /// Subparagraphs, sentences and indents.
    pub part: Vec<String>,
    /// Titles, parts, chapters and sections of a treaty.
    pub division: Vec<String>,
    /// Whether a treaty stands before its articles.
    pub first: bool,
}

/// How versions are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct VersionWords {
    pub rev: Vec<String>,
    pub cor: Vec<String>,
    pub add: Vec<String>,
}

/// Phrases that set the relation of what follows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Cue {
    pub recalls: Vec<String>,
    pub builds_on: Vec<String>,
    pub in_line_with: Vec<String>,
    pub implements: Vec<String>,
    pub amends: Vec<String>,
    pub repeals: Vec<String>,
    pub corrects: Vec<String>,
    pub after: CueAfter,
}

/// Phrases that set the relation of what stands before them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CueAfter {
    pub recalls: Vec<String>,
    pub builds_on: Vec<String>,
    pub in_line_with: Vec<String>,
    pub implements: Vec<String>,
    pub amends: Vec<String>,
    pub repeals: Vec<String>,
}

/// Local definitions: "hereinafter".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Define {
    pub phrases: Vec<String>,
    pub witness: Vec<Witness>,
    pub near_miss: Vec<Near>,
}

/// Back references.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Back {
    pub that: Vec<String>,
    pub single: Vec<String>,
    pub plural: Vec<String>,
    pub behind: Vec<String>,
    pub this: Vec<String>,
    pub article: Vec<String>,
    pub ibid: Vec<String>,
    pub op_cit: Vec<String>,
    pub capital: bool,
    pub witness: Vec<Witness>,
    pub near_miss: Vec<Near>,
}

/// A text whose bracketed parts must be found, with their targets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// The text; mentions stand in double square brackets.
    pub text: String,
    /// The target of each; empty where none can be known.
    pub targets: Vec<String>,
}

/// A text that must give no mention.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// The text.
    pub text: String,
}

pub(super) fn load(code: &str, text: &str) -> Result<LanguageTable, TableError> {
    let file = format!("languages/{code}.toml");
    let table: LanguageTable = parse(&file, text)?;
    if table.code != code {
        let reason = format!("`code` is `{}`; it must be the name of the file", table.code);
        return Err(TableError::Row {
            file,
            row: "code".to_owned(),
            reason,
        });
    }
    Ok(table)
}
