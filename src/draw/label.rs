//! A card in, its lines of text with sizes and its outline's size out: what layout, SVG and DOT agree on.

use super::font::{self, Boldness, Fonts, TextStyle};
use super::picture::{Card, Picture, Shape};
use super::words;

/// Size in px of the smallest text: 9 pt.
pub const SMALL: f64 = 12.0;
/// Size in px of the heading of a document.
const HEADING: f64 = 13.0;
const HEADING_LINES: usize = 3;
/// Px between text and outline, sideways and up.
pub(super) const PAD: (f64, f64) = (9.0, 6.0);

/// How text is broken into lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wrap {
    /// Widest text on a card, in px.
    pub width: f64,
    /// Most lines of a title.
    pub lines: usize,
}

impl Wrap {
    /// For pictures with all the room they need.
    pub const WIDEST: Self = Self {
        width: 168.0,
        lines: 3,
    };
    /// From the widest to the narrowest.
    pub const ALL: [Self; 5] = [
        Self::WIDEST,
        Self {
            width: 144.0,
            lines: 3,
        },
        Self {
            width: 124.0,
            lines: 3,
        },
        Self {
            width: 124.0,
            lines: 2,
        },
        Self {
            width: 112.0,
            lines: 2,
        },
    ];
}
/// Height of a line over the size of its text.
const LEADING: f64 = 1.25;

/// One line of text on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The text.
    pub text: String,
    /// Size and boldness.
    pub style: TextStyle,
    /// Which color it takes.
    pub tone: Tone,
    /// Width in px.
    pub width: f64,
    /// Baseline in px below the top of the text.
    pub baseline: f64,
}

/// Which of the two text colors of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The main one.
    Full,
    /// The one of less weight.
    Muted,
}

/// The text of a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The lines from top to bottom.
    pub lines: Vec<Line>,
    /// Width in px of the card around them.
    pub width: f64,
    /// Height in px of the card around them.
    pub height: f64,
    /// Height in px of the text alone.
    pub text_height: f64,
}

/// The labels of all cards of a picture; documents are all equally wide.
pub fn labels(picture: &Picture, fonts: &Fonts, wrap: Wrap) -> Vec<Label> {
    let mut labels: Vec<Label> = picture
        .cards
        .iter()
        .map(|card| label(card, fonts, wrap))
        .collect();
    let documents = || (picture.cards.iter()).map(|card| card.shape == Shape::Document);
    let widest = (labels.iter().zip(documents()))
        .filter(|(_, is_document)| *is_document)
        .fold(0.0_f64, |w, (label, _)| w.max(label.width));
    for (label, _) in labels.iter_mut().zip(documents()).filter(|(_, d)| *d) {
        label.width = widest;
    }
    labels
}

/// How many times wider than wished a card may be for the sake of a long word.
const LONG_WORD: f64 = 1.25;

/// Wide enough for the longest word of the title, so that few need be broken.
fn width(card: &Card, fonts: &Fonts, wrap: Wrap) -> f64 {
    let words = card
        .title
        .split([' ', '-', '/', '–'])
        .map(|word| small_width(fonts, word));
    let longest = words.fold(0.0_f64, f64::max);
    longest.ceil().clamp(wrap.width, LONG_WORD * wrap.width)
}

fn label(card: &Card, fonts: &Fonts, wrap: Wrap) -> Label {
    let width = width(card, fonts, wrap);
    written(card, fonts, Wrap { width, ..wrap })
}

fn written(card: &Card, fonts: &Fonts, wrap: Wrap) -> Label {
    let mut writer = Writer {
        fonts,
        width: wrap.width,
        lines: Vec::new(),
        y: 0.0,
    };
    let heading_size = match card.shape {
        Shape::Document => HEADING,
        Shape::Instrument => SMALL,
    };
    writer.write(
        &card.heading,
        TextStyle::bold(heading_size),
        Tone::Full,
        HEADING_LINES,
    );
    writer.write(&card.title, TextStyle::regular(SMALL), Tone::Full, wrap.lines);
    let date = match (card.date_label.is_empty(), card.date) {
        (false, _) => card.date_label.clone(),
        (true, Some(date)) => words::date(date),
        (true, None) => words::UNDATED.to_owned(),
    };
    // "Council conclusions of 26 June 2023" says it already.
    if !card.heading.ends_with(&date) {
        writer.write(&date, TextStyle::regular(SMALL), Tone::Muted, 2);
    }
    if let Some(weight) = &card.weight {
        let value = format!("{} · {}", weight.label, weight.count);
        writer.write(&value, TextStyle::bold(SMALL), Tone::Full, 1);
    }
    writer.finish(card.shape)
}

/// The label of a card again, no wider, with another number of lines of its title.
pub(super) fn with_lines(card: &Card, fonts: &Fonts, before: &Label, lines: usize) -> Label {
    let width = before.width - 2.0 * side(card.shape);
    let label = written(card, fonts, Wrap { width, lines });
    Label {
        width: before.width,
        ..label
    }
}

impl Label {
    /// Whether a text was too long.
    pub(super) fn is_cut(&self) -> bool {
        self.lines.iter().any(|line| line.text.ends_with('…'))
    }
}

/// Px between text and outline, sideways: the ends of a pill are round, so that its text needs more room beside it.
fn side(shape: Shape) -> f64 {
    match shape {
        Shape::Document => PAD.0,
        Shape::Instrument => PAD.0 + 5.0,
    }
}

/// Stacks lines.
struct Writer<'a> {
    fonts: &'a Fonts,
    width: f64,
    lines: Vec<Line>,
    y: f64,
}

impl Writer<'_> {
    fn write(&mut self, text: &str, style: TextStyle, tone: Tone, lines: usize) {
        for text in self.fonts.wrap(&font::one_line(text), style, self.width, lines) {
            let line = style.size * LEADING;
            let width = self.fonts.width(&text, style.size, style.boldness);
            // Ascent and descent of Latin letters are about 0.76 and 0.24 of their sum.
            let baseline = self.y + 0.5 * line + 0.36 * style.size;
            self.lines.push(Line {
                text,
                style,
                tone,
                width,
                baseline,
            });
            self.y += line;
        }
    }

    fn finish(self, shape: Shape) -> Label {
        let text_width = self.lines.iter().fold(40.0_f64, |w, line| w.max(line.width));
        Label {
            width: (text_width + 2.0 * side(shape)).ceil(),
            height: (self.y + 2.0 * PAD.1).ceil(),
            text_height: self.y,
            lines: self.lines,
        }
    }
}

/// The width in px of a line of regular small text.
pub fn small_width(fonts: &Fonts, text: &str) -> f64 {
    fonts.width(text, SMALL, Boldness::Regular)
}
