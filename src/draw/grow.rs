//! Labels, and a layout around them, in; the same with titles that were cut written out as far as the layout has free
//! room above and below their cards.

use super::font::Fonts;
use super::label::{self, Label};
use super::layout::{Layout, Piece, Point, Rect};
use super::picture::{Picture, State};

/// Most lines of a title that has room.
const MOST_LINES: usize = 6;
/// Px to leave between a card and another, and between a card and a line.
const BOX_GAP: f64 = 16.0;
const LINE_GAP: f64 = 11.0;
/// Px to leave between a card and the end of its lane.
const LANE_GAP: f64 = 8.0;

/// Writes out what there is room for, the works in question first.
pub(super) fn grow(picture: &Picture, fonts: &Fonts, labels: &mut [Label], layout: &mut Layout) {
    let lines = LevelLines::of(layout);
    let mut cut: Vec<usize> = (0..labels.len())
        .filter(|place| labels[*place].is_cut())
        .collect();
    cut.sort_by_key(|place| picture.cards[*place].state != State::Focus);
    for place in cut {
        let rect = layout.boxes[place];
        let (above, below) = free(picture, layout, &lines, place);
        let longer = (1..=MOST_LINES)
            .rev()
            .map(|lines| label::with_lines(&picture.cards[place], fonts, &labels[place], lines))
            .find(|label| label.height - rect.height <= above + below + 0.01);
        let Some(label) = longer.filter(|label| label.text_height > labels[place].text_height) else {
            continue;
        };
        let more = (label.height - rect.height).max(0.0);
        let up = (more / 2.0).clamp((more - below).max(0.0), above.max(0.0));
        layout.boxes[place] = Rect {
            y: rect.y - up,
            height: rect.height + more,
            ..rect
        };
        labels[place] = label;
    }
}

/// Px that a card may grow upwards and downwards.
fn free(picture: &Picture, layout: &Layout, lines: &LevelLines, place: usize) -> (f64, f64) {
    let own = layout.boxes[place];
    let lane = (picture.lanes.as_ref()).and_then(|lanes| layout.swimlanes.get(*lanes.of.get(place)?));
    let (top, bottom) = lane.map_or((0.0, layout.height), |(top, bottom)| {
        (top + LANE_GAP, bottom - LANE_GAP)
    });
    let (mut above, mut below) = (own.y - top, bottom - own.bottom());
    let mut limit = |(left, right): (f64, f64), (top, bottom): (f64, f64), gap: f64| {
        if right <= own.x || left >= own.right() {
            return;
        }
        if bottom <= own.center().y {
            above = above.min(own.y - bottom - gap);
        } else {
            below = below.min(top - own.bottom() - gap);
        }
    };
    for (_, other) in layout
        .boxes
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != place)
    {
        limit((other.x, other.right()), (other.y, other.bottom()), BOX_GAP);
    }
    for line in lines.near(own) {
        limit(line.sides, (line.y, line.y), LINE_GAP);
    }
    (above.max(0.0), below.max(0.0))
}

/// A piece of a line that may pass above or below a card: curves climb beside cards only.
struct LevelLine {
    y: f64,
    sides: (f64, f64),
}

/// These pieces from top to bottom.
struct LevelLines(Vec<LevelLine>);

impl LevelLines {
    fn of(layout: &Layout) -> Self {
        let mut lines = Vec::new();
        for route in &layout.routes {
            let mut from = route.start;
            for piece in &route.pieces {
                if let Piece::Line(to) = piece {
                    lines.extend(ends(from, *to));
                }
                from = piece.end();
            }
        }
        lines.sort_by(|a: &LevelLine, b| a.y.total_cmp(&b.y));
        Self(lines)
    }

    /// Those that a card could meet when it grows.
    fn near(&self, card: Rect) -> &[LevelLine] {
        let reach = label::SMALL * 1.25 * MOST_LINES as f64 + LINE_GAP;
        let first = self.0.partition_point(|line| line.y < card.y - reach);
        let last = self.0.partition_point(|line| line.y <= card.bottom() + reach);
        &self.0[first..last]
    }
}

/// A level piece is one; one from card to card under each other stands in the way at both its ends.
fn ends(from: Point, to: Point) -> impl Iterator<Item = LevelLine> {
    let sides = (from.x.min(to.x) - 0.5, from.x.max(to.x) + 0.5);
    let is_level = (from.y - to.y).abs() < 0.05;
    let ys = if is_level {
        vec![from.y]
    } else {
        vec![from.y, to.y]
    };
    ys.into_iter().map(move |y| LevelLine { y, sides })
}
