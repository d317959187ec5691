//! References: mentions with what became of their target.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Mention, PartialDate, WorkId};

/// A mention and its target, found or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The mention.
    pub mention: Mention,
    /// What it refers to.
    pub target: Target,
    /// Why.
    pub grounds: Grounds,
}

/// Why a mention has the target it has, as the search for it went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// What told the target, as a sentence; empty where none was found, then the target holds the reason.
    pub how: Cow<'static, str>,
    /// The mention of the same document that gave it, by its index: in a footnote or bracket, or an earlier one.
    pub by: Option<usize>,
    /// Works that were looked at and not taken.
    pub refused: Vec<Refused>,
}

/// A work that was looked at for a target and not taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Refused {
    /// Its id.
    pub id: WorkId,
    /// Why not, as a sentence.
    pub reason: Cow<'static, str>,
}

/// What became of the search for a target. Not finding one is a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Target {
    /// One work.
    Resolved {
        /// Its canonical id.
        id: WorkId,
        /// Set where the text was corrected to reach it.
        correction: Option<Correction>,
    },
    /// Several works fit.
    Ambiguous {
        /// Their ids, in order.
        candidates: Vec<WorkId>,
        /// Why none was chosen, as a sentence.
        reason: String,
    },
    /// No work fits.
    Unresolved {
        /// Why, as a sentence.
        reason: String,
    },
}

impl Target {
    /// A plain target.
    pub fn resolved(id: WorkId) -> Self {
        Self::Resolved { id, correction: None }
    }

    /// The id, if there is one.
    pub fn id(&self) -> Option<&WorkId> {
        match self {
            Self::Resolved { id, .. } => Some(id),
            _ => None,
        }
    }
}

/// A date in the text that cannot be right, and the date that must be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The date as written.
    pub written: PartialDate,
    /// The date of the work it was led to.
    pub corrected: PartialDate,
    /// The id that the text gives as written.
    pub as_written: WorkId,
    /// Why, as a sentence.
    pub reason: String,
}
