//! A row in, a line of text out: words told by their gaps, raised and lowered letters kept apart.

use super::glyphs::{Glyph, Stand};
use super::rows::{Chunk, Row};

/// A run of letters of one stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub stand: Stand,
}

/// A line of text and its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub pieces: Vec<Piece>,
    pub left: f32,
    pub right: f32,
    pub y: f32,
    /// The size of most of its letters.
    pub size: f32,
    /// How many letters it has.
    pub letters: usize,
    /// Whether most of it is marked as no part of the text proper.
    pub artifact: bool,
}

impl Line {
    /// The text, raised and lowered letters like all others.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// The line of a row.
pub(super) fn line(row: &Row, glyphs: &[Glyph]) -> Line {
    let (size, y) = main(&row.chunks);
    let mut writer = Writer {
        pieces: Vec::new(),
        end: f32::NEG_INFINITY,
        blank: false,
    };
    let (mut letters, mut artifacts) = (0, 0);
    for chunk in &row.chunks {
        let own = &glyphs[chunk.glyphs.clone()];
        let stand = stand(chunk, size, y);
        let wide = word_gap(chunk, own);
        writer.blank |= chunk.spaced;
        own.iter().for_each(|glyph| writer.write(glyph, stand, wide));
        letters += chunk.letters;
        artifacts += if own.iter().any(|g| g.artifact) {
            chunk.letters
        } else {
            0
        };
    }
    Line {
        pieces: writer.pieces,
        left: row.left,
        right: row.right,
        y,
        size,
        letters,
        artifact: artifacts * 2 > letters,
    }
}

/// The size and the baseline of most letters.
fn main(chunks: &[Chunk]) -> (f32, f32) {
    let of_size = |size: f32| {
        chunks
            .iter()
            .filter(move |c| (c.size - size).abs() <= 0.02 * size)
    };
    let weight = |chunk: &&Chunk| of_size(chunk.size).map(|c| c.letters).sum::<usize>();
    let some = &chunks[..chunks.len().min(LOOKED_AT)];
    let most = some.iter().rev().max_by_key(weight);
    let size = most.map_or(0.0, |chunk| chunk.size);
    let longest = of_size(size).max_by_key(|chunk| chunk.letters);
    (size, longest.map_or(0.0, |chunk| chunk.y))
}

/// How many chunks of a row are looked at to tell its size.
const LOOKED_AT: usize = 100;

fn stand(chunk: &Chunk, size: f32, y: f32) -> Stand {
    let small = chunk.size < 0.85 * size;
    let drop = (chunk.y - y) / size;
    match () {
        () if small && drop < -0.1 => Stand::Raised,
        () if chunk.digits && drop < -0.15 => Stand::Raised,
        () if small && drop > 0.04 => Stand::Lowered,
        () => Stand::Level,
    }
}

/// The gap that parts words: more than all letters have between them that are set apart ("L I M I T E").
fn word_gap(chunk: &Chunk, glyphs: &[Glyph]) -> f32 {
    let pairs = glyphs
        .windows(2)
        .filter(|pair| !pair.iter().any(|g| g.letter.is_whitespace()));
    let gaps = pairs.map(|pair| pair[1].x - pair[0].x - pair[0].width);
    let (count, least) = gaps.fold((0, f32::INFINITY), |(count, least), gap| {
        (count + 1, least.min(gap))
    });
    let apart = count >= 3 && !chunk.digits && least > 0.05 * chunk.size;
    WORD_GAP * chunk.size + if apart { least } else { 0.0 }
}

/// A gap between words, as a part of the size.
const WORD_GAP: f32 = 0.16;
/// A gap between the cells of a line, as a part of the size.
const CELL_GAP: f32 = 1.2;

struct Writer {
    pieces: Vec<Piece>,
    end: f32,
    blank: bool,
}

impl Writer {
    fn write(&mut self, glyph: &Glyph, stand: Stand, word_gap: f32) {
        if glyph.letter.is_whitespace() && glyph.letter != '\u{a0}' {
            self.blank = true;
            return;
        }
        let stand = if stand == Stand::Level { glyph.stand } else { stand };
        let gap = glyph.x - self.end;
        let rises = stand == Stand::Raised && self.pieces.last().is_some_and(|piece| piece.stand != stand);
        // Raised letters stand a little apart from the word they belong to.
        let apart = if rises {
            0.28 * glyph.size.max(1.0)
        } else {
            word_gap
        };
        let separator = match () {
            () if self.pieces.is_empty() => None,
            () if gap > CELL_GAP * glyph.size => Some('\t'),
            () if self.blank || gap > apart => Some(' '),
            () => None,
        };
        self.push(separator, glyph.letter, stand);
        self.end = self.end.max(glyph.x + glyph.width);
        self.blank = false;
    }

    fn push(&mut self, separator: Option<char>, letter: char, stand: Stand) {
        if let Some(last) = self.pieces.last_mut() {
            last.text.extend(separator);
            if last.stand == stand {
                last.text.push(letter);
                return;
            }
        }
        self.pieces.push(Piece {
            text: letter.into(),
            stand,
        });
    }
}
