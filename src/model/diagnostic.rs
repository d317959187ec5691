//! Diagnostics: what an analyst should look at.

use serde::{Deserialize, Serialize};

use super::WorkId;

/// What sort of thing is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiagnosticKind {
    /// A cited date lies after the citing document.
    DateAfterCitingDocument,
    /// A cited date differs from that of the one work of the same body and topic.
    DateMismatch,
    /// The cited thing is already cited by a document older than the date given for it.
    DateAfterEarlierCitation,
    /// Language versions of one work cite different things.
    LanguageVersionsDisagree,
    /// A reference fits several works.
    Ambiguous,
    /// A reference fits no work.
    Unresolved,
    /// A header field and the text contradict each other.
    HeaderContradictsText,
    /// The words of a link mean one work and its address leads to another.
    LinkContradictsText,
}

/// One thing to look at: where, why, and what it would be if corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What sort.
    pub kind: DiagnosticKind,
    /// The document it stands in.
    pub document: String,
    /// The line, from 1.
    pub line: usize,
    /// First byte of the words in question.
    pub start: usize,
    /// One past their last byte.
    pub end: usize,
    /// The words in question.
    pub text: String,
    /// Why, as a sentence.
    pub reason: String,
    /// The target if corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected: Option<WorkId>,
    /// The works that fit.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<WorkId>,
}
