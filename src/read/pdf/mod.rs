//! The bytes of a PDF in, plain text out: glyphs are put into lines by their places, lines into reading order, and
//! footnote calls told by the size and the place of their digits.

mod columns;
mod furniture;
mod glyphs;
mod limits;
mod line;
mod notes;
mod rows;
mod streams;
mod write;

use std::any::Any;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};

use super::ReadError;
use super::blocks::Lines;
use super::encoding::Decoded;
use super::guard::guarded;
use glyphs::{Reader, Sheet};
use limits::Spent;
use line::Line;
use notes::Note;

/// How a PDF is named to its reader.
const NAME: &str = "PDF";

/// The text of a PDF.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded<'static>, ReadError> {
    limits::check_size(bytes)?;
    streams::check(bytes)?;
    // The library does not promise not to panic on a damaged file, and one file must not end the run.
    guarded(|| read(bytes)).unwrap_or_else(|thrown| Err(thrown_by(&*thrown)))
}

fn thrown_by(thrown: &(dyn Any + Send)) -> ReadError {
    if thrown.is::<Spent>() {
        limits::too_much()
    } else {
        damaged("its content cannot be interpreted")
    }
}

fn damaged(reason: &str) -> ReadError {
    ReadError::Damaged {
        format: NAME,
        reason: reason.to_owned(),
    }
}

fn read(bytes: &[u8]) -> Result<Decoded<'static>, ReadError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted(NAME),
        LoadPdfError::Invalid => damaged("its list of objects or pages cannot be read"),
    })?;
    let pages = pdf.pages();
    match pages.len() {
        0 => return Err(damaged("it has no pages")),
        many if many > limits::PAGES => return Err(limits::too_many_pages(many)),
        _ => {}
    }
    let mut reader = Reader::new();
    let mut content = Content::default();
    let mut laid: Vec<Page> = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        let sheet = reader.sheet(page);
        content.count(&sheet);
        laid.push(Page::of(&sheet, laid.is_empty()));
    }
    content.check()?;
    Ok(Decoded {
        text: Cow::Owned(text_of(laid)),
        remark: content.remark(),
        lines: Lines::Wrapped,
        links: Vec::new(),
    })
}

fn text_of(mut pages: Vec<Page>) -> String {
    mend_hyphens(&mut pages);
    furniture::drop(&mut pages);
    let size = main_size(pages.iter().flat_map(Page::lines)).unwrap_or(10.0);
    notes::part(&mut pages, size);
    write::write(&pages)
}

/// A page: its lines in reading order, its notes, its running feet.
#[derive(Debug, Default)]
struct Page {
    strips: Vec<Vec<Line>>,
    notes: Vec<Note>,
    feet: Vec<Line>,
    height: f32,
    /// The raised numbers that call notes.
    calls: BTreeSet<u16>,
}

impl Page {
    fn of(sheet: &Sheet, first: bool) -> Self {
        let mut rows = rows::rows(&sheet.glyphs);
        let feet = furniture::feet(&mut rows, sheet);
        let rows = if first { columns::header(rows, sheet) } else { rows };
        let strips = columns::strips(rows, &sheet.rules).into_iter();
        let lines = |strip: columns::Strip| strip.iter().map(|row| line::line(row, &sheet.glyphs)).collect();
        Self {
            strips: strips.map(lines).collect(),
            feet,
            height: sheet.height,
            ..Self::default()
        }
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.strips.iter().flatten()
    }

    /// Takes lines out of the text.
    fn drop(&mut self, goes: impl Fn(&Line) -> bool) {
        self.strips
            .iter_mut()
            .for_each(|strip| strip.retain(|line| !goes(line)));
        self.strips.retain(|strip| !strip.is_empty());
    }

    /// The size of its text proper: that of the whole file if this page has some of it.
    fn body_size(&self, of_all: f32) -> f32 {
        let letters = |of: &dyn Fn(&&Line) -> bool| self.lines().filter(of).map(|l| l.letters).sum::<usize>();
        let all = letters(&|_| true);
        let main = letters(&|line| (line.size - of_all).abs() <= 0.02 * of_all);
        if main * 20 >= all {
            of_all
        } else {
            main_size(self.lines()).unwrap_or(of_all)
        }
    }
}

/// The size of the text proper, to a quarter of a point: the largest that is common. A page may have more notes than text.
fn main_size<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<f32> {
    let mut letters = BTreeMap::new();
    for line in lines {
        *letters.entry((line.size * 4.0).round() as i32).or_insert(0) += line.letters;
    }
    let most = letters.values().copied().max()?;
    let mut from_large = letters.into_iter().rev();
    from_large
        .find(|(_, letters)| letters * 3 > most)
        .map(|(size, _)| size as f32 / 4.0)
}

const SOFT_HYPHEN: char = '\u{ad}';

/// Some fonts have the soft hyphen stand for every hyphen: then it is drawn in the middle of lines, too.
fn mend_hyphens(pages: &mut [Page]) {
    let within = |line: &Line| line.text().trim_end_matches(SOFT_HYPHEN).contains(SOFT_HYPHEN);
    if !pages.iter().flat_map(Page::lines).any(within) {
        return;
    }
    let lines = pages.iter_mut().flat_map(|page| page.strips.iter_mut().flatten());
    for piece in lines.flat_map(|line| &mut line.pieces) {
        piece.text = piece.text.replace(SOFT_HYPHEN, "-");
    }
}

/// What the pages of a file hold.
#[derive(Debug, Default)]
struct Content {
    pages: usize,
    letters: usize,
    /// Letters that nobody knows: their font does not tell.
    unknown: usize,
    /// Numbers of pages that show nothing but pictures.
    scanned: Vec<usize>,
}

impl Content {
    fn count(&mut self, sheet: &Sheet) {
        self.pages += 1;
        let letters = sheet.glyphs.iter().filter(|g| !g.letter.is_whitespace());
        let (mut all, mut unknown) = (0, 0);
        for glyph in letters {
            all += 1;
            unknown += usize::from(glyph.letter == char::REPLACEMENT_CHARACTER);
        }
        if all == 0 && sheet.pictures {
            self.scanned.push(self.pages);
        }
        self.letters += all;
        self.unknown += unknown;
    }

    fn check(&self) -> Result<(), ReadError> {
        match () {
            () if self.letters == 0 && self.scanned.is_empty() => Err(ReadError::Empty),
            () if self.letters == 0 => Err(ReadError::Scanned(NAME)),
            () if self.unknown * 2 > self.letters => Err(damaged(
                "its fonts do not tell what its letters mean: run it through OCR",
            )),
            () => Ok(()),
        }
    }

    fn remark(&self) -> Option<String> {
        let (first, more) = self.scanned.split_first()?;
        let pages = match more.len() {
            0 => format!("page {first} holds"),
            more => format!("page {first} and {more} more hold"),
        };
        Some(format!(
            "{pages} pictures only and could not be read: run the file through OCR"
        ))
    }
}
