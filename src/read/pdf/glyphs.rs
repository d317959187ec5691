//! A page of a PDF in, its glyphs and horizontal rules out: each letter with its place, in the order of the file.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph as Drawn, GlyphIdentifier, GlyphRun, OutlineGlyph, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::limits::{self, Budget};

/// A letter on a page. Lengths are points, `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub letter: char,
    /// Where it begins.
    pub x: f32,
    /// Its baseline.
    pub y: f32,
    /// How far it moves on.
    pub width: f32,
    /// The size of its font.
    pub size: f32,
    /// Marked as no part of the text proper: running heads and feet.
    pub artifact: bool,
    pub stand: Stand,
    direction: Direction,
}

/// How a letter stands to the baseline by its shape: some fonts have small raised and lowered digits of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    Level,
    Raised,
    Lowered,
}

/// Which way a line of text runs on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Direction {
    #[default]
    Right,
    Down,
    Left,
    Up,
    Askew,
}

/// A horizontal line that is drawn on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub left: f32,
    pub right: f32,
    pub y: f32,
}

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    pub width: f32,
    pub height: f32,
    /// Whether it shows pictures.
    pub pictures: bool,
}

/// No glyph is wider than this many times its size.
const WIDEST: f64 = 20.0;

/// Reads the pages of one file.
pub(super) struct Reader<'a> {
    fonts: InterpreterCache<'a>,
    shapes: Shapes,
    budget: Budget,
}

/// How the digits of the fonts stand, as far as they have been looked at.
type Shapes = HashMap<GlyphIdentifier, Stand>;

impl<'a> Reader<'a> {
    pub fn new() -> Self {
        Self {
            fonts: InterpreterCache::new(),
            shapes: Shapes::new(),
            budget: Budget::new(),
        }
    }

    /// Reads a page.
    pub fn sheet(&mut self, page: &Page<'a>) -> Sheet {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let settings = InterpreterSettings::default();
        let mut context = Context::new(transform, bounds, &self.fonts, page.xref(), settings);
        self.budget.turn_page();
        let mut collector = Collector {
            sheet: Sheet {
                width,
                height,
                ..Sheet::default()
            },
            marks: Vec::new(),
            artifacts: 0,
            actual: Vec::new(),
            bounds,
            shapes: &mut self.shapes,
            budget: &mut self.budget,
        };
        interpret_page(page, &mut context, &mut collector);
        upright(collector.sheet)
    }
}

/// Turns a page whose lines run another way than to the right, and leaves out what runs otherwise than most.
fn upright(mut sheet: Sheet) -> Sheet {
    let directions = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
    let count = |direction: Direction| sheet.glyphs.iter().filter(|g| g.direction == direction).count();
    let most = directions
        .into_iter()
        .rev()
        .max_by_key(|d| count(*d))
        .unwrap_or_default();
    sheet.glyphs.retain(|glyph| glyph.direction == most);
    let (width, height) = (sheet.width, sheet.height);
    for glyph in &mut sheet.glyphs {
        (glyph.x, glyph.y) = match most {
            Direction::Down => (glyph.y, width - glyph.x),
            Direction::Left => (width - glyph.x, height - glyph.y),
            Direction::Up => (height - glyph.y, glyph.x),
            Direction::Right | Direction::Askew => (glyph.x, glyph.y),
        };
    }
    if matches!(most, Direction::Down | Direction::Up) {
        (sheet.width, sheet.height) = (height, width);
    }
    if most != Direction::Right {
        sheet.rules.clear();
    }
    sheet
}

/// What encloses a run of glyphs in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Artifact,
    Actual,
    Other,
}

/// Collects what the interpreter draws.
struct Collector<'b> {
    sheet: Sheet,
    marks: Vec<Mark>,
    /// How many of the marks are artifacts.
    artifacts: usize,
    /// For each mark with a text that its glyphs stand for, this text, until the first of them has come.
    actual: Vec<Option<String>>,
    bounds: Rect,
    shapes: &'b mut Shapes,
    budget: &'b mut Budget,
}

impl Collector<'_> {
    fn rule(&mut self, bounds: Rect) {
        let thin = bounds.height() < 3.0 && bounds.width() > 20.0;
        if thin && self.sheet.rules.len() < limits::RULES {
            self.sheet.rules.push(Rule {
                left: bounds.x0 as f32,
                right: bounds.x1 as f32,
                y: bounds.center().y as f32,
            });
        }
    }

    fn run(&mut self, glyphs: &[PositionedGlyph<'_>], transform: Affine) {
        let widened = glyphs.windows(2).any(|pair| {
            let [a, b] = [pair[0].transform(), pair[1].transform()].map(|t| t.as_coeffs()[0]);
            (a - b).abs() > 1e-3 * a.abs()
        });
        for glyph in glyphs {
            self.glyph(glyph, transform * glyph.transform(), widened);
        }
    }

    /// Notes a glyph. Where a font of ours stands in for one that is missing, each glyph is `widened` to the width that
    /// the file expects, and its transform does not tell its advance.
    fn glyph(&mut self, drawn: &PositionedGlyph<'_>, transform: Affine, widened: bool) {
        let [a, b, c, d, x, y] = transform.as_coeffs();
        let along = a.hypot(b);
        let size = (a * d - b * c).abs() / along * 1000.0;
        let inside = self.bounds.inflate(1.0, 1.0).contains(Point::new(x, y));
        if !inside || !size.is_finite() || !(0.5..2000.0).contains(&size) {
            return;
        }
        let advance = match &**drawn {
            Drawn::Outline(glyph) => glyph.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let scale = if widened { size / 1000.0 } else { along };
        let width = f64::from(advance.unwrap_or(0.0)) * scale;
        let glyph = Glyph {
            letter: char::REPLACEMENT_CHARACTER,
            x: x as f32,
            y: y as f32,
            width: if width.is_finite() {
                width.clamp(0.0, WIDEST * size) as f32
            } else {
                0.0
            },
            size: size as f32,
            artifact: self.artifacts > 0,
            stand: Stand::Level,
            direction: direction(a, b),
        };
        match self.actual.last_mut().map(Option::take) {
            Some(Some(text)) => self.push(glyph, &text),
            Some(None) => self.lengthen(glyph),
            None => match drawn.as_unicode() {
                Some(BfString::Char(letter)) if letter.is_ascii_digit() => {
                    let stand = self.stand(drawn);
                    self.sheet.glyphs.push(Glyph {
                        letter,
                        stand,
                        ..glyph
                    });
                }
                Some(BfString::Char(letter)) if is_simple(letter) => {
                    let (letter, stand) = unshifted(letter);
                    self.sheet.glyphs.push(Glyph {
                        letter,
                        stand,
                        ..glyph
                    });
                }
                Some(BfString::Char(letter)) => self.push(glyph, letter.encode_utf8(&mut [0; 4])),
                Some(BfString::String(text)) => self.push(glyph, &text),
                None => self.sheet.glyphs.push(glyph),
            },
        }
    }

    fn stand(&mut self, digit: &PositionedGlyph<'_>) -> Stand {
        match &**digit {
            Drawn::Outline(glyph) => {
                let shape = self.shapes.entry(glyph.identifier());
                *shape.or_insert_with(|| stand(glyph))
            }
            Drawn::Type3(_) => Stand::Level,
        }
    }

    /// A glyph of several letters: they share its width.
    fn push(&mut self, glyph: Glyph, text: &str) {
        let letters = || text.chars().flat_map(unligated).filter(|c| !c.is_control());
        let width = glyph.width / letters().count().max(1) as f32;
        let at = |(index, letter)| Glyph {
            letter,
            x: glyph.x + width * index as f32,
            width,
            ..glyph
        };
        self.sheet.glyphs.extend(letters().enumerate().map(at));
    }

    /// A further glyph of a text that the first one stands for already.
    fn lengthen(&mut self, glyph: Glyph) {
        if let Some(last) = self.sheet.glyphs.last_mut().filter(|last| last.y == glyph.y) {
            last.width = last.width.max(glyph.x + glyph.width - last.x);
        }
    }
}

/// Raised digits end well above the baseline, lowered ones reach to less than the height of small letters.
fn stand(digit: &OutlineGlyph) -> Stand {
    let bounds = digit.outline().control_box();
    match () {
        () if bounds.y0 > 250.0 => Stand::Raised,
        () if bounds.y1 < 400.0 && bounds.height() > 0.0 => Stand::Lowered,
        () => Stand::Level,
    }
}

/// The superscript digits from 0 to 9.
pub(super) const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
/// The subscript digits from 0 to 9.
pub(super) const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];

/// The digit of a letter that is a raised or lowered one, and how it stands; other letters as they are.
fn unshifted(letter: char) -> (char, Stand) {
    let digit = |letters: &[char]| letters.iter().position(|l| *l == letter);
    let is = |digit: usize| char::from(b'0' + digit as u8);
    match (letter, digit(&SUPERSCRIPTS)) {
        ('\u{20}'..'\u{b2}', _) => (letter, Stand::Level),
        (_, Some(raised)) => (is(raised), Stand::Raised),
        _ => digit(&SUBSCRIPTS).map_or((letter, Stand::Level), |lowered| (is(lowered), Stand::Lowered)),
    }
}

fn direction(a: f64, b: f64) -> Direction {
    match (a, b) {
        _ if b.abs() <= 0.1 * a.abs() && a > 0.0 => Direction::Right,
        _ if b.abs() <= 0.1 * a.abs() => Direction::Left,
        _ if a.abs() <= 0.1 * b.abs() && b > 0.0 => Direction::Down,
        _ if a.abs() <= 0.1 * b.abs() => Direction::Up,
        _ => Direction::Askew,
    }
}

fn is_simple(letter: char) -> bool {
    !letter.is_control() && !('\u{fb00}'..='\u{fb06}').contains(&letter)
}

/// The letters of a ligature.
fn unligated(letter: char) -> impl Iterator<Item = char> {
    let mut encoded = [0; 4];
    let text = match letter {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        letter => letter.encode_utf8(&mut encoded),
    };
    text.chars().collect::<Vec<_>>().into_iter()
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.budget.spend(1);
        if path.elements().len() <= 6 {
            self.rule((props.transform * path).bounding_box());
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, _: &DrawMode) {
        self.budget.spend(1);
        self.rule(props.transform.transform_rect_bbox(*rect));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.budget.spend(limits::CLIP);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.budget.spend(limits::CLIP);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.budget.spend(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.budget.spend(run.glyphs().len());
        self.run(run.glyphs(), props.transform);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.budget.spend(1);
        self.sheet.pictures = true;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.budget.spend(1);
        let actual = || properties?.get::<PdfString<'_>>(b"ActualText".as_slice());
        let mark = match tag {
            b"Artifact" => Mark::Artifact,
            b"Span" => actual().map_or(Mark::Other, |text| {
                self.actual.push(Some(text_string(text.as_bytes())));
                Mark::Actual
            }),
            _ => Mark::Other,
        };
        self.artifacts += usize::from(mark == Mark::Artifact);
        self.marks.push(mark);
    }

    fn end_marked_content(&mut self) {
        match self.marks.pop() {
            Some(Mark::Artifact) => self.artifacts -= 1,
            Some(Mark::Actual) => drop(self.actual.pop()),
            Some(Mark::Other) | None => {}
        }
    }
}

/// A text string of a PDF: UTF-16 or UTF-8 with its mark, else taken as Latin letters.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, units @ ..] => {
            let units = units
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        [0xEF, 0xBB, 0xBF, text @ ..] => String::from_utf8_lossy(text).into_owned(),
        latin => latin.iter().copied().map(char::from).collect(),
    }
}
