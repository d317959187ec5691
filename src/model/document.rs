//! A document as read: repaired text and its structure.

use serde::{Deserialize, Serialize};

use super::{Language, PartialDate, Span, Text};

/// One input file, read: the text, the header fields and the blocks.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path as given.
    pub path: String,
    /// The language of most of its text.
    pub language: Language,
    /// The text, as it stands and repaired. All spans of the structure are spans of the repaired text.
    pub text: Text,
    /// What its first page says of it.
    pub header: Header,
    /// Blocks in reading order, without overlap.
    pub blocks: Vec<Block>,
    /// Footnotes that have a note, in order.
    pub footnotes: Vec<Footnote>,
    /// Links to other documents, in the order met. Their spans are spans of the original text.
    pub links: Vec<Link>,
    /// Running heads and feet, as spans of the original text: no part of the repaired text.
    pub furniture: Vec<Span>,
}

/// A header field: its value and where it stands in the repaired text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The words of the field.
    pub value: String,
    /// Where they stand.
    pub span: Span,
}

/// The header block of a Council document; what is absent is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The institution on top, as written.
    pub institution: Option<Field>,
    /// The place of the date line.
    pub place: Option<Field>,
    /// The date of the date line.
    pub date: Option<PartialDate>,
    /// The language of "(OR. en)".
    pub original_language: Option<Language>,
    /// The number with its version ("15315/1/25 REV 1").
    pub number: Option<Field>,
    /// Subject codes (COPS 362).
    pub subject_codes: Vec<Field>,
    /// The type of document (NOTE, OUTCOME OF PROCEEDINGS).
    pub kind: Option<Field>,
    /// From.
    pub from: Option<Field>,
    /// To.
    pub to: Option<Field>,
    /// No. prev. doc.
    pub previous: Option<Field>,
    /// No. Cion doc.
    pub commission_document: Option<Field>,
    /// Subject.
    pub subject: Option<Field>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A line of the header block.
    Header,
    /// The title of the document or of its annex.
    Title,
    /// A heading inside the text.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// The text of a footnote of this number.
    Note(u16),
}

/// A run of repaired text with one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the repaired text.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// The number printed before the paragraph it belongs to ("16").
    pub number: Option<String>,
    /// For an item, the phrase that introduces its list ("RECALLING its conclusions on:").
    pub governor: Option<Span>,
    /// Its language.
    pub language: Language,
}

/// A link: the words and the address they lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its words in the original text.
    pub span: Span,
    /// The address as the document gives it, which may be relative.
    pub url: String,
}

/// A footnote: the place that calls it and the block that holds its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// The number as printed.
    pub number: u16,
    /// The offset in the repaired text after which the call stood; none if no call was found.
    pub call: Option<usize>,
    /// The text of the note.
    pub note: Span,
}
