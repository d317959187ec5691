//! An XML document in, its text out, as its dialect has it: Formex, Akoma Ntoso, or one that nobody here knows, of which
//! all text is taken.

use std::collections::HashMap;

use super::compose::{Composed, Composer};
use super::markup::{self, Element, Piece};
use super::{ReadError, akoma_ntoso, formex, odt};

const NAME: &str = "XML";

/// What the elements of a dialect are.
pub(super) struct Dialect {
    /// What is not text of the document.
    pub skipped: fn(&str) -> bool,
    /// What stands inside a line.
    pub inline: fn(&str) -> bool,
    /// What numbers the text that follows.
    pub number: fn(&str) -> bool,
    pub heading: fn(&str) -> bool,
    pub line_break: fn(&str) -> bool,
    /// Table, row and cell.
    pub table: [&'static [&'static str]; 3],
    pub superscript: fn(&Element<'_>) -> bool,
    /// A footnote that stands where it is called, or a further call of one.
    pub note: fn(&Element<'_>) -> Option<Note>,
    /// The address that an element leads to.
    pub link: fn(&Element<'_>) -> Option<String>,
    /// The text that an element stands for.
    pub literal: fn(&Element<'_>) -> Option<String>,
    /// Whether a processing instruction ends a page.
    pub page: fn(&str) -> bool,
}

/// A footnote as a dialect marks it.
pub(super) struct Note {
    /// What it is known by.
    pub id: String,
    /// The mark that the document gives it.
    pub label: Option<String>,
    /// Whether this is a further call of a note that stands elsewhere.
    pub again: bool,
}

/// How much of a document tells its dialect.
const HEAD: usize = 4096;

/// The text of an XML document.
pub(super) fn text(xml: &str) -> Result<Composed, ReadError> {
    let head = &xml[..xml.floor_char_boundary(HEAD)];
    if head.contains("opendocument:xmlns:office") && head.contains(":document") {
        return odt::flat(xml);
    }
    let dialect = if head.contains("akomaNtoso") {
        &akoma_ntoso::DIALECT
    } else if head.contains("formex") || head.contains("<BIB.") || head.contains("NOTE.ID=") {
        &formex::DIALECT
    } else {
        return any(xml);
    };
    let mut story = Story::new(dialect);
    markup::walk(NAME, xml, |piece| story.take(piece))?;
    Ok(story.composer.finish())
}

/// What an open element is, once it closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Inline,
    Number,
    Block,
    Note,
    Link,
    Superscript,
    Table,
    Skipped,
}

/// The walk through a document of a known dialect.
struct Story<'d> {
    dialect: &'d Dialect,
    composer: Composer,
    open: Vec<Open>,
    skipped: usize,
    raised: usize,
    /// Whether a number has just ended: what follows stands in its line.
    numbered: bool,
    /// How many notes were met so far, and their labels by what they are known by.
    called: usize,
    notes: HashMap<String, String>,
}

impl<'d> Story<'d> {
    fn new(dialect: &'d Dialect) -> Self {
        Self {
            dialect,
            composer: Composer::default(),
            open: Vec::new(),
            skipped: 0,
            raised: 0,
            numbered: false,
            called: 0,
            notes: HashMap::new(),
        }
    }

    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(element) => {
                let open = self.begin(&element);
                self.open.push(open);
            }
            Piece::Close(_) => self.end(),
            Piece::Text(text) if self.skipped == 0 => self.words(&text),
            Piece::Instruction(text) if (self.dialect.page)(&text) => self.composer.page(),
            Piece::Text(_) | Piece::Instruction(_) => {}
        }
    }

    fn words(&mut self, text: &str) {
        self.numbered &= text.trim().is_empty();
        if self.raised > 0 {
            self.composer.superscript(text);
        } else {
            self.composer.text(text);
        }
    }

    fn begin(&mut self, element: &Element<'_>) -> Open {
        let (dialect, name) = (self.dialect, element.name());
        if self.skipped > 0 || (dialect.skipped)(name) {
            self.skipped += 1;
            return Open::Skipped;
        }
        if let Some(text) = (dialect.literal)(element) {
            self.words(&text);
        }
        if let Some(note) = (dialect.note)(element) {
            return self.note(note);
        }
        if (dialect.superscript)(element) {
            self.raised += 1;
            return Open::Superscript;
        }
        if let Some(url) = (dialect.link)(element) {
            self.composer.begin_link(&url);
            return Open::Link;
        }
        self.part(name)
    }

    /// An element that is told by its name.
    fn part(&mut self, name: &str) -> Open {
        let dialect = self.dialect;
        let [tables, rows, cells] = dialect.table;
        match name {
            name if (dialect.number)(name) => {
                self.block();
                return Open::Number;
            }
            name if (dialect.inline)(name) => return Open::Inline,
            name if (dialect.line_break)(name) => self.composer.line_break(),
            name if tables.contains(&name) => {
                self.composer.begin_table();
                return Open::Table;
            }
            name if rows.contains(&name) => self.composer.row(),
            name if cells.contains(&name) => self.composer.cell(),
            name => {
                self.block();
                if (dialect.heading)(name) && self.composer.is_at_start() {
                    self.composer.mark("# ");
                }
                return Open::Block;
            }
        }
        Open::Inline
    }

    fn block(&mut self) {
        if !self.numbered && !self.composer.is_at_start() {
            self.composer.paragraph();
        }
    }

    fn note(&mut self, note: Note) -> Open {
        if note.again {
            if let Some(label) = self.notes.get(&note.id) {
                self.composer.call(label);
            }
            return Open::Inline;
        }
        self.called += 1;
        let label = note.label.unwrap_or_else(|| self.called.to_string());
        self.composer.call(&label);
        self.composer.begin_note(&label);
        self.notes.insert(note.id, label);
        Open::Note
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Skipped) => self.skipped = self.skipped.saturating_sub(1),
            Some(Open::Number) => {
                self.composer.text(" ");
                self.numbered = true;
            }
            Some(Open::Block) if !self.numbered => self.composer.paragraph(),
            Some(Open::Note) => self.composer.end_note(),
            Some(Open::Link) => self.composer.end_link(),
            Some(Open::Superscript) => self.raised = self.raised.saturating_sub(1),
            Some(Open::Table) => self.composer.end_table(),
            Some(Open::Inline | Open::Block) | None => {}
        }
    }
}

/// All text of a document of an unknown dialect: an element that stands amid words goes on in their line, any other is
/// a paragraph.
fn any(xml: &str) -> Result<Composed, ReadError> {
    let mut composer = Composer::default();
    let mut open: Vec<bool> = Vec::new();
    let mut amid = false;
    markup::walk(NAME, xml, |piece| match piece {
        Piece::Open(_) => {
            if !amid {
                composer.paragraph();
            }
            open.push(amid);
            amid = false;
        }
        Piece::Close(_) => {
            amid = open.pop().unwrap_or(false);
            if !amid {
                composer.paragraph();
            }
        }
        Piece::Text(text) => {
            composer.text(&text);
            amid = !text.trim().is_empty() || (amid && !text.contains('\n'));
        }
        Piece::Instruction(_) => {}
    })?;
    Ok(composer.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formex_notes_numbers_quotes_and_journal_references_are_read() {
        let xml = r#"<?xml version="1.0"?><ACT xsi:noNamespaceSchemaLocation="http://formex.publications.europa.eu/x.xd">
          <BIB.INSTANCE><NO.DOC>x</NO.DOC></BIB.INSTANCE>
          <GR.CONSID><CONSID><NP><NO.P>(1)</NO.P><TXT>Regulation (EU) 2017/745<NOTE NOTE.ID="E0001" TYPE="FOOTNOTE"><P>Of 5 April 2017
            (<REF.DOC.OJ COLL="L" DATE.PUB="20170505" NO.OJ="117" PAGE.FIRST="1">OJ L 117, 5.5.2017, p. 1</REF.DOC.OJ>).</P></NOTE> holds.</TXT></NP></CONSID></GR.CONSID>
          <ARTICLE><TI.ART>Article 1</TI.ART><PARAG><NO.PARAG>1.</NO.PARAG><ALINEA>The <QUOT.START CODE="2018"/>Act<QUOT.END CODE="2019"/> m<HT TYPE="SUP">2</HT>.</ALINEA></PARAG></ARTICLE></ACT>"#;
        let expected = "(1) Regulation (EU) 2017/745[^1] holds.\n\n[^1]: Of 5 April 2017 (OJ L 117, 5.5.2017, p. 1).\n\n# Article 1\n\n1. The ‘Act’ m².\n\n";
        assert_eq!(text(xml).unwrap().text, expected);
    }

    #[test]
    fn akoma_ntoso_notes_and_references_are_read() {
        let xml = r##"<akomaNtoso><act><meta><identification/></meta><body><paragraph><num>1.</num><content><p>Under <ref href="http://data.europa.eu/eli/reg/2017/745/oj">Regulation (EU) 2017/745</ref><authorialNote marker="13"><p>OJ L 117.</p></authorialNote> and <ref href="#art_2">Article 2</ref>.</p></content></paragraph></body></act></akomaNtoso>"##;
        let expected = "1. Under Regulation (EU) 2017/745[^13] and Article 2.\n\n[^13]: OJ L 117.\n\n";
        assert_eq!(text(xml).unwrap().text, expected);
    }

    #[test]
    fn of_other_xml_all_text_is_taken() {
        let xml = "<r><a>One <b>bold</b> word.</a>\n<a>Two &amp; &#x20AC;</a><c/></r>";
        assert_eq!(text(xml).unwrap().text, "One bold word.\n\nTwo & €\n\n");
    }

    #[test]
    fn nothing_is_loaded_and_no_entity_grows() {
        let bomb = r#"<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]><r>x&b;&f;y</r>"#;
        assert_eq!(text(bomb).unwrap().text, "xy\n\n");
        let deep = "<a>".repeat(200_000) + "x" + &"</a>".repeat(200_000);
        assert_eq!(text(&deep).unwrap().text, "x\n\n");
        assert!(matches!(text("<r><a>x</r>"), Err(ReadError::Damaged { .. })));
        assert!(matches!(text("<r><a>x"), Err(ReadError::Damaged { .. })));
    }
}
