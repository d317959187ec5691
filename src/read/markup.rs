//! XML in, its elements and text out, one after the other: no tree, so that depth costs nothing. Nothing is loaded from
//! outside, and entities that a document defines for itself are left out, so that none can grow.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::ReadError;

/// The next thing that stands in a document.
pub(super) enum Piece<'a> {
    Open(Element<'a>),
    /// The end of an element; names are without their prefix.
    Close(String),
    Text(Cow<'a, str>),
    /// A processing instruction.
    Instruction(String),
}

/// The start of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// The value of an attribute, by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| local(a.key.into_inner()) == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Gives the pieces of a document to `take`, in order. `format` names the document in an error.
///
/// # Errors
/// Where the document is not well-formed or ends too early.
pub(super) fn walk(
    format: &'static str,
    xml: &str,
    mut take: impl FnMut(Piece<'_>),
) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0usize;
    loop {
        let event = reader.read_event();
        let event = event.map_err(|error| damaged(format, error.to_string()))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                take(Piece::Open(Element(start)));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Piece::Close(local(end.name().into_inner()).to_owned()));
            }
            Event::Text(text) => take(Piece::Text(text.xml10_content())),
            Event::CData(text) => take(Piece::Text(text.xml10_content())),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten();
                let named = || quick_xml::escape::resolve_xml_entity(&reference);
                let text = character.map(String::from).or_else(|| named().map(str::to_owned));
                take(Piece::Text(text.unwrap_or_default().into()));
            }
            Event::PI(instruction) => take(Piece::Instruction(instruction.to_string())),
            Event::Eof if depth > 0 => return Err(damaged(format, "it ends in the middle".to_owned())),
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
}

fn damaged(format: &'static str, reason: String) -> ReadError {
    ReadError::Damaged { format, reason }
}
