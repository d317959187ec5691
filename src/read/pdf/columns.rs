//! The rows of a page in, strips in reading order out: a strip is a run of rows over the whole page or in one column.
//!
//! Columns are where many rows in a run leave the same gutter free and the text on both sides fills its column, as prose
//! does and the labels of a header or the cells of a table of figures do not. A rule across the gutter parts the rows of
//! a table: each row is read cell by cell.

use std::ops::Range;

use super::glyphs::{Rule, Sheet};
use super::rows::{Chunk, Row};

/// Rows that are read one after the other.
pub(super) type Strip = Vec<Row>;

/// Lines that a column has at least.
const LINES: usize = 5;
/// How often the sides of a gutter are looked at for further ones.
const DEPTH: usize = 3;
/// The width of the steps in which a gutter is looked for, in points.
const STEP: f32 = 3.0;
/// The widest page that is looked at.
const WIDEST: f32 = 15_000.0;

/// The strips of a page.
pub(super) fn strips(rows: Vec<Row>, rules: &[Rule]) -> Vec<Strip> {
    let mut strips = Vec::new();
    let mut rest = rows;
    while let Some(columns) = columns(&rest) {
        let below = rest.split_off(columns.end);
        let within = rest.split_off(columns.start);
        strips.push(rest);
        let gutters = gutters(&within, columns.gutter, DEPTH);
        for band in bands(within, columns.gutter, rules) {
            strips.extend(cells(band, &gutters));
        }
        rest = below;
    }
    strips.push(rest);
    strips.retain(|strip| !strip.is_empty());
    strips
}

/// All gutters of a run of rows, from left to right: this one and those of the two sides.
fn gutters(rows: &[Row], gutter: f32, depth: usize) -> Vec<f32> {
    let (left, right) = split(rows.to_vec(), gutter);
    let of_side = |side: &[Row]| {
        let found = columns(side).filter(|found| depth > 0 && (found.end - found.start) * 2 > side.len());
        found.map_or(Vec::new(), |found| {
            gutters(&side[found.start..found.end], found.gutter, depth - 1)
        })
    };
    [of_side(&left), vec![gutter], of_side(&right)].concat()
}

/// The rows of a band, column by column.
fn cells(band: Vec<Row>, gutters: &[f32]) -> Vec<Strip> {
    let mut cells = Vec::new();
    let mut rest = band;
    for gutter in gutters {
        let (left, right) = split(rest, *gutter);
        cells.push(left);
        rest = right;
    }
    cells.push(rest);
    cells
}

/// Rows from `start` to before `end` that leave a gutter free.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Columns {
    start: usize,
    end: usize,
    gutter: f32,
}

fn columns(rows: &[Row]) -> Option<Columns> {
    if rows.len() < LINES {
        return None;
    }
    let text = Extent {
        left: rows.iter().map(|row| row.left).fold(f32::INFINITY, f32::min),
        right: rows.iter().map(|row| row.right).fold(f32::NEG_INFINITY, f32::max),
    };
    let found = candidates(rows, text)
        .into_iter()
        .filter_map(|gutter| longest(rows, gutter, text));
    // Of equals the last, which is the leftmost: a number belongs to the text on its right.
    found.max_by_key(|columns| columns.end - columns.start)
}

/// From where to where something reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Extent {
    left: f32,
    right: f32,
}

impl Extent {
    fn width(self) -> f32 {
        self.right - self.left
    }
}

/// The middles of the stretches that few rows cross, from right to left; where the numbers of paragraphs stand in such a
/// stretch, the middles of what is free on their sides.
fn candidates(rows: &[Row], text: Extent) -> Vec<f32> {
    let steps = (text.width().min(WIDEST) / STEP) as usize;
    let covered = coverage(rows, text.left, steps);
    let most = covered.iter().copied().max().unwrap_or(0);
    let inner: Vec<usize> = (steps / 6..steps - steps / 6).collect();
    let few = |step: usize| covered[step] * 4 <= most;
    let mut candidates = Vec::new();
    for stretch in inner
        .chunk_by(|a, b| few(*a) == few(*b))
        .filter(|run| few(run[0]))
    {
        let least = stretch.iter().map(|step| covered[*step]).min();
        let runs = stretch.chunk_by(|a, b| covered[*a] == covered[*b]);
        let freest = runs.filter(|run| Some(covered[run[0]]) == least);
        candidates.extend(freest.map(|run| text.left + STEP * (2 * run[0] + run.len()) as f32 / 2.0));
    }
    candidates.reverse();
    candidates
}

/// How many rows have a chunk over each step.
fn coverage(rows: &[Row], left: f32, steps: usize) -> Vec<usize> {
    let mut change = vec![0isize; steps + 2];
    let step = |x: f32| (((x - left) / STEP) as usize).min(steps);
    for chunk in rows.iter().flat_map(|row| &row.chunks) {
        change[step(chunk.left)] += 1;
        change[step(chunk.right) + 1] -= 1;
    }
    let mut sum = 0;
    let total = |c: &isize| {
        sum += c;
        usize::try_from(sum).unwrap_or(0)
    };
    change[..=steps].iter().map(total).collect()
}

/// The longest run of rows that leave the gutter free, if columns stand on its sides.
fn longest(rows: &[Row], gutter: f32, text: Extent) -> Option<Columns> {
    let run = longest_free(rows, gutter);
    let lefts: Vec<Extent> = rows[run.clone()]
        .iter()
        .filter_map(|row| side(row, gutter, Side::Left))
        .collect();
    let rights: Vec<Extent> = rows[run.clone()]
        .iter()
        .filter_map(|row| side(row, gutter, Side::Right))
        .collect();
    let left = Extent {
        left: text.left,
        right: lefts.iter().map(|side| side.right).fold(text.left, f32::max),
    };
    let right = Extent {
        left: rights.iter().map(|side| side.left).fold(text.right, f32::min),
        right: text.right,
    };
    let wide = left.width().min(right.width()) > 0.12 * text.width();
    (wide && fill(&lefts, left) && fill(&rights, right)).then_some(Columns {
        start: run.start,
        end: run.end,
        gutter,
    })
}

fn longest_free(rows: &[Row], gutter: f32) -> Range<usize> {
    let crosses = |row: &Row| {
        row.chunks
            .iter()
            .any(|chunk| chunk.left < gutter && chunk.right > gutter)
    };
    let mut best = 0..0;
    let mut start = 0;
    for end in 0..=rows.len() {
        if rows.get(end).is_none_or(crosses) {
            if end - start > best.len() {
                best = start..end;
            }
            start = end + 1;
        }
    }
    best
}

/// Whether lines are as many as in a column, and half of them as wide as it.
fn fill(lines: &[Extent], column: Extent) -> bool {
    let full = lines
        .iter()
        .filter(|line| line.width() > 0.75 * column.width())
        .count();
    lines.len() >= LINES && full * 2 >= lines.len()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// What the row covers on a side of the gutter.
fn side(row: &Row, gutter: f32, side: Side) -> Option<Extent> {
    let own = row
        .chunks
        .iter()
        .filter(|chunk| (chunk.right <= gutter) == (side == Side::Left));
    own.map(|chunk| Extent {
        left: chunk.left,
        right: chunk.right,
    })
    .reduce(|a, b| Extent {
        left: a.left.min(b.left),
        right: a.right.max(b.right),
    })
}

/// The rows between rules that cross the gutter.
fn bands(rows: Vec<Row>, gutter: f32, rules: &[Rule]) -> Vec<Vec<Row>> {
    let mut cuts: Vec<f32> = rules
        .iter()
        .filter(|rule| rule.left < gutter && rule.right > gutter)
        .map(|rule| rule.y)
        .collect();
    cuts.sort_by(f32::total_cmp);
    let band = |row: &Row| cuts.partition_point(|cut| *cut < row.y);
    let mut bands: Vec<Vec<Row>> = Vec::new();
    let mut last = None;
    for row in rows {
        let this = band(&row);
        match bands.last_mut().filter(|_| last == Some(this)) {
            Some(band) => band.push(row),
            None => bands.push(vec![row]),
        }
        last = Some(this);
    }
    bands
}

fn split(rows: Vec<Row>, gutter: f32) -> (Vec<Row>, Vec<Row>) {
    let mut sides = (Vec::new(), Vec::new());
    for row in rows {
        let (left, right): (Vec<Chunk>, Vec<Chunk>) =
            row.chunks.into_iter().partition(|chunk| chunk.right <= gutter);
        sides.0.extend(Row::from_chunks(left));
        sides.1.extend(Row::from_chunks(right));
    }
    sides
}

/// How far down the first page its header block may reach, as a part of the page.
const HEADER: f32 = 0.5;
/// A gap between the two sides of a header block, in parts of the size.
const SIDES: f32 = 1.5;

/// The rows of a first page with the two sides of its header block apart: on the left the institution, on the right date,
/// number and codes. A label with its colon stays in the row of what it labels.
pub(super) fn header(rows: Vec<Row>, sheet: &Sheet) -> Vec<Row> {
    let labelled = |row: &Row| {
        let ends = row
            .chunks
            .iter()
            .filter_map(|chunk| chunk.glyphs.end.checked_sub(1));
        ends.filter_map(|end| {
            sheet.glyphs[..=end]
                .iter()
                .rev()
                .find(|g| !g.letter.is_whitespace())
        })
        .any(|glyph| glyph.letter == ':')
    };
    let in_header = rows.iter().take_while(|row| row.y < HEADER * sheet.height);
    let Some(end) = in_header.map(labelled).position(|is| is) else {
        return rows;
    };
    let mut header = rows;
    let rest = header.split_off(end);
    let (mut left, right): (Vec<_>, Vec<_>) = header.into_iter().map(|row| halves(row, sheet.width)).unzip();
    left.extend(right);
    left.into_iter().flatten().chain(rest).collect()
}

/// A row cut where a wide gap stands in its middle.
fn halves(row: Row, width: f32) -> (Option<Row>, Option<Row>) {
    let mut end = row.left;
    let mut cut = None;
    for chunk in &row.chunks {
        if chunk.left - end > SIDES * row.size && chunk.left > 0.4 * width {
            cut = cut.or(Some(chunk.left));
        }
        end = end.max(chunk.right);
    }
    let cut = cut.unwrap_or(if row.left > 0.4 * width {
        row.left
    } else {
        f32::INFINITY
    });
    let (left, right) = row.chunks.into_iter().partition(|chunk| chunk.left < cut);
    (Row::from_chunks(left), Row::from_chunks(right))
}
