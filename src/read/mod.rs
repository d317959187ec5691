//! Bytes in, [`Document`] out: decoded, repaired, with its structure. Finds no references.
//!
//! Each format has a file of its own that makes text of it. That text is what offsets count in, and it keeps what the
//! format knows in the conventions of plain text, so that one reading of structure serves all: a form feed ends a page,
//! `[^12]` calls a note and a line `[^12]: ...` is the note, `# ` opens a heading, `- ` an item, and running heads and
//! feet are left out. Links stand beside the text; those of Markdown, `[words](address)`, in it.

#[cfg(feature = "formats")]
mod akoma_ntoso;
#[cfg(feature = "formats")]
mod archive;
mod blocks;
#[cfg(feature = "formats")]
mod compose;
#[cfg(feature = "formats")]
mod docx;
#[cfg(feature = "formats")]
mod docx_styles;
mod encoding;
mod format;
#[cfg(feature = "formats")]
mod formex;
mod guard;
mod header;
#[cfg(feature = "formats")]
mod html;
mod language;
#[cfg(feature = "formats")]
mod limits;
mod lines;
#[cfg(feature = "formats")]
mod mail;
#[cfg(feature = "formats")]
mod markup;
mod notes;
#[cfg(feature = "formats")]
mod numbering;
#[cfg(feature = "formats")]
mod odt;
#[cfg(feature = "formats")]
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod repair;
#[cfg(feature = "formats")]
mod xml;

use std::borrow::Cow;

use encoding::Decoded;
pub use guard::is_guarded;
use thiserror::Error;

use crate::model::{Document, Language, Span};
use crate::tables::Tables;

/// Why a document could not be read, as a sentence for its reader.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// No text.
    #[error("the file is empty: there is nothing to read")]
    Empty,
    /// Not text.
    #[error("this is no text file: it holds binary data; save the document as plain text (UTF-8) first")]
    Binary,
    /// Locked with a password.
    #[error("the {0} file is encrypted: save a copy without a password first")]
    Encrypted(&'static str),
    /// Pictures of pages.
    #[error("the {0} file holds no text, only pictures of its pages: run it through OCR first")]
    Scanned(&'static str),
    /// Not what it begins as.
    #[error("the {format} file is damaged: {reason}")]
    Damaged {
        /// The name of the format.
        format: &'static str,
        /// What is wrong, in words.
        reason: String,
    },
    /// Of a kind that is not read.
    #[error("{0}")]
    Unsupported(String),
    /// Beyond a limit of docs/limits.md.
    #[error("{0}")]
    TooLarge(String),
}

/// One document of a file: itself, or a member of an archive, an attachment of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// The path of the file; for a member `archive.zip/member.txt`.
    pub path: String,
    /// Its bytes, or why there are none.
    pub bytes: Result<Cow<'a, [u8]>, ReadError>,
}

/// The documents that a file holds, in order: most files are one. An archive holds its members, a message its text and
/// its attachments. What cannot be unpacked is a part without bytes; members that are no documents are passed over.
///
/// # Examples
/// ```
/// let parts = citegraph::read::parts("note.txt", b"The guidelines are set out in document 10289/23.");
/// assert_eq!(parts.len(), 1);
/// ```
pub fn parts<'a>(path: &str, bytes: &'a [u8]) -> Vec<Part<'a>> {
    #[cfg(feature = "formats")]
    return archive::open(path, Cow::Borrowed(bytes), &mut archive::Budget::default(), 0);
    #[cfg(not(feature = "formats"))]
    vec![Part {
        path: path.to_owned(),
        bytes: Ok(Cow::Borrowed(bytes)),
    }]
}

/// A document and, where its bytes were not plain UTF-8, a remark on how they were read.
#[derive(Debug)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// The format that its content showed: "text", "pdf", "docx", "odt", "html" or "xml".
    pub format: &'static str,
    /// What an analyst should know about how it was read.
    pub remark: Option<String>,
}

/// Reads a document; its content tells the format. Plain text is taken as PDF extraction or a converter leaves it.
///
/// `language` is the language declared by the user; where it is none the text tells.
///
/// # Errors
/// If the bytes hold no text.
///
/// # Examples
/// ```
/// use citegraph::{read, tables::Tables};
/// let tables = Tables::builtin()?;
/// let text = "Brussels, 18 July 2022\n\n11406/22\n\nSubject: Council Conclusions on EU Digital Diplomacy\n\nThe Council met.";
/// let document = read::read("a.txt", text.as_bytes(), &tables, None)?.document;
/// assert_eq!(document.header.number.as_ref().map(|n| n.value.as_str()), Some("11406/22"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(
    path: &str,
    bytes: &[u8],
    tables: &Tables,
    language: Option<Language>,
) -> Result<Reading, ReadError> {
    let decoded = format::text(bytes)?;
    let document = structured(path, &decoded, tables, language);
    Ok(Reading {
        document,
        format: format::Format::of(bytes).name(),
        remark: decoded.remark,
    })
}

/// The structure of a text that offsets count in: what [`read`] made of a file.
pub fn structure(path: &str, original: &str, tables: &Tables, declared: Option<Language>) -> Document {
    structured(path, &Decoded::plain(original), tables, declared)
}

fn structured(path: &str, decoded: &Decoded<'_>, tables: &Tables, declared: Option<Language>) -> Document {
    let original: &str = &decoded.text;
    let language = declared
        .or_else(|| language::identify(original, tables))
        .unwrap_or(Language::ENGLISH);
    let table = tables.language(language);
    let lines = lines::split(original);
    let furniture = lines::furniture(&lines);
    let notes = notes::find(&lines, &furniture, &table.journal.name);
    let header = header::extent(&lines, table);
    let source = blocks::Source {
        original,
        lines: &lines,
        furniture: &furniture,
        notes: &notes,
        setting: decoded.lines,
        header,
        language,
        list_words: &table.link.and,
        recalling: &table.cue.recalls,
        council: &table.body.council,
    };
    let mut assembled = blocks::assemble(&source);
    let header = header::parse(
        assembled.text.repaired(),
        &assembled.blocks,
        table,
        tables.dates(language),
    );
    if declared.is_none() {
        mark_passages(&mut assembled, language, tables);
    }
    Document {
        path: path.to_owned(),
        language,
        header,
        text: assembled.text,
        blocks: assembled.blocks,
        footnotes: assembled.footnotes,
        links: decoded.links.iter().cloned().chain(assembled.links).collect(),
        furniture: furniture_spans(&lines, &furniture),
    }
}

/// A passage in another language is a run of text long enough to be sure of.
const PASSAGE: usize = 160;

fn mark_passages(assembled: &mut blocks::Assembled, language: Language, tables: &Tables) {
    let repaired = assembled.text.repaired();
    for block in assembled.blocks.iter_mut().filter(|b| b.span.len() >= PASSAGE) {
        let text = &repaired[block.span.start..block.span.end];
        block.language = language::of_passage(text, language, tables);
    }
}

fn furniture_spans(lines: &[lines::Line<'_>], furniture: &[bool]) -> Vec<Span> {
    lines
        .iter()
        .zip(furniture)
        .filter(|(_, is)| **is)
        .map(|(line, _)| line.span)
        .collect()
}
