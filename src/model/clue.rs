//! Clues: the pieces of text that a mention was told by.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Span;

/// What a piece of text says of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// The noun that tells its type ("Directive", "conclusions").
    Noun,
    /// The institution beside the noun.
    Institution,
    /// The number.
    Number,
    /// The date.
    Date,
    /// The words after "on".
    Topic,
    /// A name of the tables.
    Name,
    /// Words that point back ("that", "ibid.").
    Pointer,
    /// The earlier mention that is meant.
    Antecedent,
    /// Where the short form is given.
    Definition,
    /// The phrase that sets the relation.
    Cue,
}

impl Sign {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Institution => "institution",
            Self::Number => "number",
            Self::Date => "date",
            Self::Topic => "topic",
            Self::Name => "name",
            Self::Pointer => "pointer",
            Self::Antecedent => "antecedent",
            Self::Definition => "definition",
            Self::Cue => "cue",
        }
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A piece of text that a mention was told by, as the rule that found the mention used it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    /// What it says.
    pub sign: Sign,
    /// Where it stands in the original.
    pub span: Span,
    /// The line, from 1.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// The list of the language table that has the word, as `data/languages/README.md` names it; none where no word of a
    /// table stands there.
    pub list: Option<Cow<'static, str>>,
}
