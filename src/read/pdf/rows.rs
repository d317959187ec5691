//! The glyphs of a page in, rows of chunks out: what stands on one baseline, with what is raised or lowered beside it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::glyphs::Glyph;

/// Glyphs that follow each other in the file without a wide gap, of one size on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chunk {
    /// Its glyphs, by index.
    pub glyphs: Range<usize>,
    pub left: f32,
    pub right: f32,
    pub y: f32,
    pub size: f32,
    /// How many of its glyphs are no blanks.
    pub letters: usize,
    /// Whether it holds digits and marks around them only.
    pub digits: bool,
    /// Whether a blank stands right before it in the file.
    pub spaced: bool,
}

/// Chunks that are read together, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub chunks: Vec<Chunk>,
    pub left: f32,
    pub right: f32,
    pub y: f32,
    pub size: f32,
}

/// The rows of a page from top to bottom.
pub(super) fn rows(glyphs: &[Glyph]) -> Vec<Row> {
    let mut chunks = chunks(glyphs);
    // What may be raised or lowered finds its row when the rows stand.
    let rank = |chunk: &Chunk| (chunk.digits && chunk.letters <= SCRIPT, -chunk.size);
    chunks.sort_by(|a, b| {
        let ((a_last, a_size), (b_last, b_size)) = (rank(a), rank(b));
        a_last
            .cmp(&b_last)
            .then(a_size.total_cmp(&b_size))
            .then(a.y.total_cmp(&b.y))
    });
    let mut standing = Standing::default();
    chunks.into_iter().for_each(|chunk| standing.take(chunk));
    let mut rows = standing.rows;
    for row in &mut rows {
        row.chunks.sort_by(|a, b| a.left.total_cmp(&b.left));
        row.chunks.dedup_by(|b, a| is_overprint(a, b, glyphs));
    }
    rows.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    rows
}

/// How many letters a raised or lowered chunk has at most.
const SCRIPT: usize = 8;

fn chunks(glyphs: &[Glyph]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut blank_before = None;
    for (at, glyph) in glyphs.iter().enumerate() {
        let blank = glyph.letter.is_whitespace();
        match chunks.last_mut().filter(|chunk| goes_on(chunk, glyph)) {
            Some(chunk) if is_twice(&glyphs[chunk.glyphs.end - 1], glyph) => {}
            Some(chunk) => {
                chunk.glyphs.end = at + 1;
                if !blank {
                    chunk.right = chunk.right.max(glyph.x + glyph.width);
                    chunk.letters += 1;
                    chunk.digits &= is_of_number(glyph.letter);
                }
            }
            None if blank => blank_before = Some(glyph),
            None => chunks.push(Chunk {
                glyphs: at..at + 1,
                left: glyph.x,
                right: glyph.x + glyph.width,
                y: glyph.y,
                size: glyph.size,
                letters: 1,
                digits: is_of_number(glyph.letter),
                spaced: blank_before.take().is_some_and(|blank| touches(blank, glyph)),
            }),
        }
    }
    chunks
}

fn touches(blank: &Glyph, glyph: &Glyph) -> bool {
    let gap = glyph.x - blank.x - blank.width;
    gap.abs() < 0.3 * blank.size && (glyph.y - blank.y).abs() < 0.5 * blank.size
}

fn goes_on(chunk: &Chunk, glyph: &Glyph) -> bool {
    let gap = glyph.x - chunk.right;
    (glyph.y - chunk.y).abs() <= 0.05 * chunk.size
        && (glyph.size - chunk.size).abs() <= 0.02 * chunk.size
        && (-0.5 * chunk.size..0.7 * chunk.size).contains(&gap)
}

/// A letter set twice, to look bold.
fn is_twice(last: &Glyph, glyph: &Glyph) -> bool {
    last.letter == glyph.letter && (last.x - glyph.x).abs() < 0.1 * glyph.size
}

fn is_overprint(a: &Chunk, b: &Chunk, glyphs: &[Glyph]) -> bool {
    let near = |a: f32, b: f32, size: f32| (a - b).abs() < 0.1 * size;
    let letters = |chunk: &Chunk| glyphs[chunk.glyphs.clone()].iter().map(|g| g.letter);
    near(a.left, b.left, a.size) && near(a.y, b.y, a.size) && letters(a).eq(letters(b))
}

fn is_of_number(letter: char) -> bool {
    letter.is_numeric() || matches!(letter, '(' | ')' | '*' | ',')
}

/// The rows so far, and where they stand.
#[derive(Default)]
struct Standing {
    rows: Vec<Row>,
    /// The rows of each point of height.
    at: BTreeMap<i32, Vec<usize>>,
}

impl Standing {
    fn take(&mut self, chunk: Chunk) {
        // A raised number is no less than a third of the type beside it.
        let reach = 0.75 * 3.0 * chunk.size;
        let window = (chunk.y - reach).floor() as i32..=(chunk.y + reach).ceil() as i32;
        let near = self.at.range(window).flat_map(|(_, rows)| rows).copied();
        let fitting = near.filter(|row| fits(&self.rows[*row], &chunk));
        let distance = |row: &usize| (self.rows[*row].y - chunk.y).abs();
        match fitting.min_by(|a, b| distance(a).total_cmp(&distance(b))) {
            Some(row) => {
                let row = &mut self.rows[row];
                row.left = row.left.min(chunk.left);
                row.right = row.right.max(chunk.right);
                row.chunks.push(chunk);
            }
            None => {
                self.at
                    .entry(chunk.y.floor() as i32)
                    .or_default()
                    .push(self.rows.len());
                self.rows.push(Row::of(chunk));
            }
        }
    }
}

impl Row {
    fn of(chunk: Chunk) -> Self {
        Self {
            left: chunk.left,
            right: chunk.right,
            y: chunk.y,
            size: chunk.size,
            chunks: vec![chunk],
        }
    }

    /// A row of some of the chunks of another; none of none.
    pub fn from_chunks(chunks: Vec<Chunk>) -> Option<Self> {
        let first = chunks.iter().max_by(|a, b| a.size.total_cmp(&b.size))?;
        Some(Self {
            left: chunks.iter().map(|c| c.left).fold(f32::INFINITY, f32::min),
            right: chunks.iter().map(|c| c.right).fold(f32::NEG_INFINITY, f32::max),
            y: first.y,
            size: first.size,
            chunks,
        })
    }
}

/// Whether a chunk stands in a row: on its baseline, or raised or lowered beside its letters.
fn fits(row: &Row, chunk: &Chunk) -> bool {
    let drop = chunk.y - row.y;
    if drop.abs() <= 0.2 * chunk.size.min(row.size) {
        return true;
    }
    let small = chunk.size < 0.85 * row.size;
    let shifted = (-0.75 * row.size..0.35 * row.size).contains(&drop);
    let script =
        chunk.letters <= SCRIPT && shifted && (small || chunk.digits) && chunk.size <= 1.05 * row.size;
    script && is_beside(row, chunk)
}

/// Whether a chunk touches letters of the row, or is a number before them.
fn is_beside(row: &Row, chunk: &Chunk) -> bool {
    let near = 0.5 * row.size;
    let touches = |other: &Chunk| chunk.left <= other.right + near && chunk.right >= other.left - near;
    let before = chunk.digits && chunk.right <= row.left && row.left - chunk.right <= 4.0 * row.size;
    let within = chunk.left <= row.right + near && chunk.right >= row.left - near;
    before || (within && (row.chunks.len() > MANY || row.chunks.iter().any(touches)))
}

/// Beyond this many chunks a row is taken as a whole, so that hostile pages stay linear.
const MANY: usize = 400;
