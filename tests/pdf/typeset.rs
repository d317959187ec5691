//! Typesets a document in the layout of the Council: the header block on page 1, footnote calls in smaller raised type,
//! notes at the foot of their page under a rule, running feet, page breaks inside paragraphs and notes. Odd pages are
//! ragged with blanks in the file, even pages are justified and have none: words stand where they stand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use citegraph::model::{Document, Role};
use krilla::SerializeSettings;
use krilla::geom::{PathBuilder, Point};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use ttf_parser::Face;

const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 71.0;
const TOP: f32 = 80.0;
/// Where body and notes end.
const BOTTOM: f32 = 762.0;
/// Where the fields of the header begin, after their labels.
const LABEL: f32 = 160.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;

/// How a line is set.
#[derive(Debug, Clone, Copy)]
struct Type {
    size: f32,
    leading: f32,
    bold: bool,
}

const BODY: Type = Type {
    size: 11.0,
    leading: 15.0,
    bold: false,
};
const STRONG: Type = Type { bold: true, ..BODY };
const NOTE: Type = Type {
    size: 8.5,
    leading: 11.0,
    bold: false,
};
/// The size and the rise of a call, as parts of the size of the text.
const CALL: (f32, f32) = (0.62, 0.36);

/// A stretch without blanks: its letters and, raised, its calls.
#[derive(Debug, Clone, Default)]
struct Word(Vec<(String, Option<u16>)>);

/// A line that is set.
#[derive(Debug, Clone)]
struct Set {
    words: Vec<Word>,
    x: f32,
    y: f32,
    kind: Type,
    /// The width to justify it to.
    width: Option<f32>,
}

#[derive(Debug, Default)]
struct Page {
    body: Vec<Set>,
    notes: Vec<Set>,
}

/// How the feet of the pages are marked in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feet {
    /// Like all other text.
    Plain,
    /// As artifacts, as word processors do.
    Artifacts,
}

/// A document as PDF.
pub fn pdf(document: &Document, feet: Feet) -> Vec<u8> {
    print(document, feet, SerializeSettings::default())
}

/// A document as PDF whose content is not packed.
pub fn plain_pdf(document: &Document) -> Vec<u8> {
    let settings = SerializeSettings {
        compress_content_streams: false,
        ..SerializeSettings::default()
    };
    print(document, Feet::Plain, settings)
}

fn print(document: &Document, feet: Feet, settings: SerializeSettings) -> Vec<u8> {
    let press = Press::new();
    let pages = press.compose(document);
    let mut file = krilla::Document::new_with(settings);
    for (at, page) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).unwrap();
        let mut sheet = file.start_page_with(settings);
        let mut surface = sheet.surface();
        press.print(page, at, &mut surface);
        let tag = ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther));
        if feet == Feet::Artifacts {
            surface.start_tagged(tag);
        }
        press.foot(document, at + 1, &mut surface);
        if feet == Feet::Artifacts {
            surface.end_tagged();
        }
        surface.finish();
        sheet.finish();
    }
    file.finish().unwrap()
}

struct Press {
    faces: [(Vec<u8>, Font); 2],
}

impl Press {
    fn new() -> Self {
        let face = |name: &str| {
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .join("data/fonts")
                .join(name);
            let bytes = std::fs::read(path).unwrap();
            (bytes.clone(), Font::new(bytes.into(), 0).unwrap())
        };
        Self {
            faces: [
                face("NotoSans-Regular.subset.ttf"),
                face("NotoSans-Bold.subset.ttf"),
            ],
        }
    }

    fn glyphs(&self, text: &str, bold: bool) -> Vec<KrillaGlyph> {
        let face = Face::parse(&self.faces[usize::from(bold)].0, 0).unwrap();
        let em = f32::from(face.units_per_em());
        let glyph = |(at, letter): (usize, char)| {
            let id = face
                .glyph_index(letter)
                .unwrap_or_else(|| panic!("the font has no {letter:?}"));
            let advance = f32::from(face.glyph_hor_advance(id).unwrap()) / em;
            let id = GlyphId::new(u32::from(id.0));
            KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, at..at + letter.len_utf8(), None)
        };
        text.char_indices().map(glyph).collect()
    }

    fn width(&self, text: &str, kind: Type) -> f32 {
        self.glyphs(text, kind.bold)
            .iter()
            .map(|g| g.x_advance * kind.size)
            .sum()
    }

    fn word_width(&self, word: &Word, kind: Type) -> f32 {
        let piece = |(text, call): &(String, Option<u16>)| {
            let scale = if call.is_some() { CALL.0 } else { 1.0 };
            self.width(text, kind) * scale
        };
        word.0.iter().map(piece).sum()
    }

    /// The words in lines of this width.
    fn wrap(&self, words: Vec<Word>, width: f32, kind: Type) -> Vec<Vec<Word>> {
        let blank = self.width(" ", kind);
        let mut lines: Vec<Vec<Word>> = vec![Vec::new()];
        let mut end = 0.0;
        for word in words {
            let own = self.word_width(&word, kind);
            if end > 0.0 && end + own > width {
                lines.push(Vec::new());
                end = 0.0;
            }
            end += own + blank;
            if let Some(line) = lines.last_mut() {
                line.push(word);
            }
        }
        lines
    }

    fn compose(&self, document: &Document) -> Vec<Page> {
        let mut composer = Composer {
            press: self,
            notes: notes(document),
            pages: vec![Page::default()],
            y: TOP,
        };
        composer.header(document);
        let mut number = None;
        for block in &document.blocks {
            let words = words(document, block.span.start, block.span.end);
            match block.role {
                Role::Header | Role::Note(_) => {}
                Role::Title | Role::Heading => composer.paragraph(words, STRONG, 0.0),
                Role::Item => composer.paragraph(lead("–", words), BODY, 20.0),
                Role::Paragraph if block.number.is_some() && block.number != number => {
                    let printed = format!("{}.", block.number.as_deref().unwrap_or(""));
                    composer.paragraph(lead(&printed, words), BODY, 0.0);
                }
                Role::Paragraph => composer.paragraph(words, BODY, 0.0),
            }
            number.clone_from(&block.number);
        }
        composer.pages
    }

    fn print(&self, page: &Page, at: usize, surface: &mut Surface<'_>) {
        let blanks = at.is_multiple_of(2);
        page.body
            .iter()
            .chain(&page.notes)
            .for_each(|line| self.line(line, blanks, surface));
        if let Some(first) = page.notes.first() {
            let mut path = PathBuilder::new();
            path.move_to(MARGIN, first.y - 14.0);
            path.line_to(MARGIN + 144.0, first.y - 14.0);
            surface.set_stroke(Some(krilla::paint::Stroke::default()));
            surface.draw_path(&path.finish().unwrap());
            surface.set_stroke(None);
        }
    }

    fn line(&self, line: &Set, blanks: bool, surface: &mut Surface<'_>) {
        let blank = self.width(" ", line.kind);
        let own: f32 = line
            .words
            .iter()
            .map(|word| self.word_width(word, line.kind))
            .sum();
        let gaps = line.words.len().saturating_sub(1).max(1) as f32;
        let gap = match line.width.filter(|_| !blanks) {
            Some(width) => ((width - own) / gaps).min(3.0 * blank),
            None => blank,
        };
        let mut x = line.x;
        for (at, word) in line.words.iter().enumerate() {
            if at > 0 {
                if blanks {
                    self.text(" ", (x, line.y), line.kind, surface);
                }
                x += gap;
            }
            for (text, call) in &word.0 {
                let (scale, rise) = if call.is_some() { CALL } else { (1.0, 0.0) };
                let kind = Type {
                    size: line.kind.size * scale,
                    ..line.kind
                };
                self.text(text, (x, line.y - rise * line.kind.size), kind, surface);
                x += self.width(text, kind);
            }
        }
    }

    fn text(&self, text: &str, (x, y): (f32, f32), kind: Type, surface: &mut Surface<'_>) {
        let glyphs = self.glyphs(text, kind.bold);
        let font = self.faces[usize::from(kind.bold)].1.clone();
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, text, kind.size, false);
    }

    /// "11406/22    pm/LA/pm    5", and the unit and the language below.
    fn foot(&self, document: &Document, page: usize, surface: &mut Surface<'_>) {
        let number = document.header.number.as_ref().map(|number| number.value.clone());
        let original = document.text.original();
        let in_text = document.furniture.iter().find_map(|span| {
            let first = original[span.start..span.end].split_whitespace().next()?;
            first.contains('/').then(|| first.to_owned())
        });
        let kind = Type { size: 9.0, ..BODY };
        let right = page.to_string();
        let cells = [
            (number.or(in_text).unwrap_or_default(), MARGIN),
            ("aa/BB/cc".to_owned(), PAGE.0 / 2.0 - 20.0),
            (right.clone(), PAGE.0 - MARGIN - self.width(&right, kind)),
        ];
        for (text, x) in cells.iter().filter(|(text, _)| !text.is_empty()) {
            self.text(text, (*x, 790.0), kind, surface);
        }
        let language = document.language.code().to_uppercase();
        self.text("RELEX.1", (PAGE.0 / 2.0 - 20.0, 806.0), kind, surface);
        self.text(&language, (PAGE.0 - MARGIN - 14.0, 806.0), kind, surface);
    }
}

/// Lays lines on pages.
struct Composer<'p> {
    press: &'p Press,
    /// The notes that are still to come, by the order of their calls.
    notes: BTreeMap<usize, (u16, Vec<Word>)>,
    pages: Vec<Page>,
    y: f32,
}

impl Composer<'_> {
    fn page(&mut self) -> &mut Page {
        self.pages.last_mut().unwrap()
    }

    /// Institution on the left, date, number and codes on the right, then labels with their fields.
    fn header(&mut self, document: &Document) {
        let is_header = |block: &&citegraph::model::Block| block.role == Role::Header;
        let (mut left, mut right) = (self.y, self.y);
        for block in document.blocks.iter().filter(is_header) {
            let mut words = words(document, block.span.start, block.span.end);
            let text = &document.text.repaired()[block.span.start..block.span.end];
            let kind = STRONG;
            match text.find(": ").filter(|at| text[..*at].chars().count() < 25) {
                Some(at) => {
                    (left, right) = (left.max(right), left.max(right));
                    let label = text[..at].split_whitespace().count();
                    let field = words.split_off(label);
                    self.set(words, MARGIN, left, BODY);
                    for line in self.press.wrap(field, WIDTH - LABEL, BODY) {
                        self.set(line, MARGIN + LABEL, left, BODY);
                        left += BODY.leading;
                    }
                }
                None if self.press.width(text, kind) > WIDTH - 250.0 => {
                    (left, right) = (left.max(right), left.max(right));
                    for line in self.press.wrap(words, WIDTH, kind) {
                        self.set(line, MARGIN, left, kind);
                        left += kind.leading;
                    }
                }
                None if right == TOP && document.header.date.is_some() && !has_date(text) => {
                    self.set(words, MARGIN, left, kind);
                    left += kind.leading;
                }
                None => {
                    self.set(words, MARGIN + 250.0, right, kind);
                    right += kind.leading;
                }
            }
        }
        self.y = left.max(right) + BODY.leading;
    }

    fn set(&mut self, words: Vec<Word>, x: f32, y: f32, kind: Type) {
        let set = Set {
            words,
            x,
            y,
            kind,
            width: None,
        };
        self.page().body.push(set);
    }

    fn paragraph(&mut self, words: Vec<Word>, kind: Type, indent: f32) {
        let lines = self.press.wrap(words, WIDTH - indent, kind);
        let count = lines.len();
        for (at, words) in lines.into_iter().enumerate() {
            let notes = self.called(&words);
            let room = BOTTOM - NOTE.leading * (self.page().notes.len() + notes.len().min(2)) as f32;
            if self.y + kind.leading > room {
                self.turn();
            }
            let set = Set {
                words,
                x: MARGIN + indent,
                y: self.y,
                kind,
                width: (at + 1 < count).then_some(WIDTH - indent),
            };
            self.page().body.push(set);
            self.y += kind.leading;
            self.foot(notes);
        }
        self.y += 0.5 * kind.leading;
    }

    /// The lines of the notes that these words call.
    fn called(&mut self, words: &[Word]) -> Vec<Vec<Word>> {
        let mut lines = Vec::new();
        for _ in words
            .iter()
            .flat_map(|word| &word.0)
            .filter(|(_, call)| call.is_some())
        {
            let Some((_, (number, words))) = self.notes.pop_first() else {
                continue;
            };
            let mark = Word(vec![(number.to_string(), Some(number))]);
            let all = [vec![mark], words].concat();
            lines.extend(self.press.wrap(all, WIDTH, NOTE));
        }
        lines
    }

    /// Puts notes at the foot of the page, and on the next one what has no room.
    fn foot(&mut self, notes: Vec<Vec<Word>>) {
        for words in notes {
            let used = self.page().notes.len() as f32 * NOTE.leading;
            if self.y + used + 1.6 * NOTE.leading > BOTTOM {
                self.turn();
            }
            let set = Set {
                words,
                x: MARGIN,
                y: BOTTOM,
                kind: NOTE,
                width: None,
            };
            let page = self.page();
            page.notes.iter_mut().for_each(|note| note.y -= NOTE.leading);
            page.notes.push(set);
        }
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
    }
}

fn has_date(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4)
}

fn lead(mark: &str, words: Vec<Word>) -> Vec<Word> {
    [vec![Word(vec![(mark.to_owned(), None)])], words].concat()
}

/// The notes in the order of their calls.
fn notes(document: &Document) -> BTreeMap<usize, (u16, Vec<Word>)> {
    let called = document
        .footnotes
        .iter()
        .filter_map(|note| note.call.map(|call| (call, note)));
    let mut called: Vec<_> = called.collect();
    called.sort_by_key(|(call, _)| *call);
    let set = |(call, note): (usize, &citegraph::model::Footnote)| {
        let _ = call;
        (note.number, words(document, note.note.start, note.note.end))
    };
    called.into_iter().map(set).enumerate().collect()
}

/// The words of a stretch of the repaired text, with the calls that stand in it. A word may end a line at its hyphens.
fn words(document: &Document, start: usize, end: usize) -> Vec<Word> {
    let text = document.text.repaired();
    let mut calls: Vec<(usize, u16)> = document
        .footnotes
        .iter()
        .filter_map(|note| {
            Some((
                note.call.filter(|at| (start + 1..=end).contains(at))?,
                note.number,
            ))
        })
        .collect();
    calls.sort_unstable();
    let mut calls = calls.into_iter().peekable();
    let mut words = vec![Word::default()];
    for (at, letter) in text[start..end].char_indices() {
        while let Some((_, number)) = calls.next_if(|(call, _)| *call <= start + at) {
            if let Some(word) = words.last_mut() {
                word.0.push((number.to_string(), Some(number)));
            }
        }
        match (letter, words.last_mut()) {
            (' ', _) => words.push(Word::default()),
            (letter, Some(word)) => match word.0.last_mut() {
                Some((text, None)) => text.push(letter),
                _ => word.0.push((letter.into(), None)),
            },
            (_, None) => {}
        }
    }
    for (_, number) in calls {
        if let Some(word) = words.last_mut() {
            word.0.push((number.to_string(), Some(number)));
        }
    }
    words.retain(|word| !word.0.is_empty());
    words
}
