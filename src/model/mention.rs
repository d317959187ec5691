//! Mentions: spans of text that refer to something.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Clue, Language, PartialDate, Span, WorkId};

/// What sort of thing a mention refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the names are the documentation: contract words
pub enum Kind {
    CouncilDocument,
    EuropeanCouncilDocument,
    CommissionDocument,
    ParliamentDocument,
    Procedure,
    LegalAct,
    OfficialJournal,
    Treaty,
    Case,
    UnDocument,
    Conclusions,
    Instrument,
    Meeting,
    Url,
}

/// How the citing text stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The document names itself.
    #[serde(rename = "self")]
    Itself,
    /// The header gives it as the previous document.
    PreviousDocument,
    /// It recalls it.
    Recalls,
    /// It builds on it.
    BuildsOn,
    /// It is in line with it.
    InLineWith,
    /// It implements or uses it.
    Implements,
    /// It amends it.
    Amends,
    /// It repeals or replaces it.
    Repeals,
    /// It corrects it.
    Corrects,
    /// It refers to it.
    Cites,
}

impl Relation {
    /// All relations, in order.
    pub const ALL: [Self; 10] = [
        Self::Itself,
        Self::PreviousDocument,
        Self::Recalls,
        Self::BuildsOn,
        Self::InLineWith,
        Self::Implements,
        Self::Amends,
        Self::Repeals,
        Self::Corrects,
        Self::Cites,
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Itself => "self",
            Self::PreviousDocument => "previous-document",
            Self::Recalls => "recalls",
            Self::BuildsOn => "builds-on",
            Self::InLineWith => "in-line-with",
            Self::Implements => "implements",
            Self::Amends => "amends",
            Self::Repeals => "repeals",
            Self::Corrects => "corrects",
            Self::Cites => "cites",
        }
    }

    /// The relation of a word of the contract.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == word)
    }
}

impl Kind {
    /// All kinds, in the order of the contract.
    pub const ALL: [Self; 14] = [
        Self::CouncilDocument,
        Self::EuropeanCouncilDocument,
        Self::CommissionDocument,
        Self::ParliamentDocument,
        Self::Procedure,
        Self::LegalAct,
        Self::OfficialJournal,
        Self::Treaty,
        Self::Case,
        Self::UnDocument,
        Self::Conclusions,
        Self::Instrument,
        Self::Meeting,
        Self::Url,
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CouncilDocument => "council-document",
            Self::EuropeanCouncilDocument => "european-council-document",
            Self::CommissionDocument => "commission-document",
            Self::ParliamentDocument => "parliament-document",
            Self::Procedure => "procedure",
            Self::LegalAct => "legal-act",
            Self::OfficialJournal => "official-journal",
            Self::Treaty => "treaty",
            Self::Case => "case",
            Self::UnDocument => "un-document",
            Self::Conclusions => "conclusions",
            Self::Instrument => "instrument",
            Self::Meeting => "meeting",
            Self::Url => "url",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The body whose conclusions or meeting is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// The Council of the European Union.
    Council,
    /// The European Council.
    EuropeanCouncil,
}

impl Body {
    /// The id of its conclusions of a date.
    pub fn conclusions(self, date: PartialDate) -> WorkId {
        let body = match self {
            Self::Council => "COUNCIL",
            Self::EuropeanCouncil => "EUCO",
        };
        WorkId::new(format!("{body}-CONCLUSIONS-{date}"))
    }
}

/// How the words designate their target; the claim to know it comes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Designation {
    /// By an identifier, a number or a name that the catalogue knows: the id as the words give it.
    Identified(WorkId),
    /// By words that fit several works.
    OneOf(Vec<WorkId>),
    /// By what it is, with the date or the topic or both.
    Conclusions {
        /// Whose conclusions; none when the words do not say.
        body: Option<Body>,
        /// Their date as written.
        date: Option<PartialDate>,
        /// The words after "on".
        topic: Option<String>,
        /// Whether the topic is shared with other dates ("of 18 July 2022 and 26 June 2023 on X and Y"), so that it need
        /// not be the topic of this one.
        shared: bool,
        /// The named instruments among those words.
        about: Vec<WorkId>,
    },
    /// As an earlier mention of the document, by its index among them ("that Directive", "ibid.", a short form that the
    /// document defines).
    Back(usize),
    /// By words alone: a name no table knows, a title, "relevant Council conclusions".
    Words,
}

/// Where a mention stands: enough to show it without the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The span in the original bytes.
    pub span: Span,
    /// The line, from 1.
    pub line: usize,
    /// The page, from 1; none in a text without pages.
    pub page: Option<usize>,
    /// Exactly the bytes of the span.
    pub text: String,
    /// The sentence or line around it, repaired.
    pub snippet: String,
    /// The number printed before its paragraph.
    pub paragraph: Option<String>,
}

/// What a link leads to, as its address says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leads {
    /// The id of the work.
    pub id: WorkId,
    /// The address.
    pub url: String,
}

/// A span of text that refers to something; it claims nothing yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands.
    pub passage: Passage,
    /// The language of the passage.
    pub language: Language,
    /// What sort of thing it refers to.
    pub kind: Kind,
    /// How the words designate it.
    pub designation: Designation,
    /// How the document stands to it.
    pub relation: Relation,
    /// The place inside the target ("42(7)").
    pub pinpoint: Option<String>,
    /// The date that stands beside the name of an instrument ("the Strategic Compass of 21 March 2022").
    pub dated: Option<PartialDate>,
    /// The number of the footnote it stands in.
    pub in_note: Option<u16>,
    /// The number of the footnote that is called right after it.
    pub calls_note: Option<u16>,
    /// Indices, among the mentions of the document, of those that give its number or date: in the note it calls, or in
    /// a bracket after it.
    pub identified_by: Vec<usize>,
    /// What the link on its words leads to.
    pub link: Option<Leads>,
    /// The pieces of text that it was told by; none where its own words are all there is.
    pub clues: Vec<Clue>,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
    /// From 0 to 1.
    pub confidence: f32,
}
