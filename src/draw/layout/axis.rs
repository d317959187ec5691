//! Columns and heights in, the place of every column and of every year on the axis out. A quarter of the axis follows
//! the calendar, the rest the room that works need; long empty spans are folded.

use super::columns::{Columns, Period};
use super::lanes::Lanes;
use super::tracks::Tracks;
use super::{Band, Content, Room, Sketch};

/// Px on each side of a gap in which lines run level, so that arrowheads lie flat.
pub(super) const STUB: f64 = 12.0;
const GAP: f64 = 24.0;
/// More px where a year begins.
const YEAR_GAP: f64 = 6.0;
/// More px where links turn.
const TURN: f64 = 8.0;
/// Px between two lines that climb in one gap, and for all of them at most.
const TRACK: f64 = 2.5;
const MOST_TRACKS: f64 = 32.0;
/// Px for a line to climb in: a part of its height, at least, and at most; none for one that climbs less than a px.
const SMOOTH: (f64, f64, f64) = (0.04, 6.0, 16.0);
const LEVEL: f64 = 1.0;
const EDGE: f64 = 14.0;
/// Least px between two columns where room is short.
const LEAST_GAP: f64 = 32.0;
/// The same before and after links that turn.
const LEAST_TURN: f64 = 22.0;
/// Most px that free width adds to a gap.
const WIDEN: f64 = 90.0;
/// How years without works are drawn.
#[derive(Clone, Copy)]
struct Pauses {
    /// Width of one.
    empty: f64,
    /// So many in a row are still drawn each for itself, more are folded.
    unfolded: u16,
    /// Width of a fold.
    fold: f64,
}

const UNFOLDED: u16 = 3;
const FOLD: f64 = 56.0;
/// The same where room is short.
const TIGHT_UNFOLDED: u16 = 1;
const TIGHT_FOLD: f64 = 32.0;

/// The axis.
pub(super) struct Axis {
    /// Left and right side of each column.
    pub(super) columns: Vec<(f64, f64)>,
    pub(super) bands: Vec<Band>,
    pub(super) width: f64,
    /// For each box how far its year lies from both ends of the years that share its column.
    steps: Vec<(f64, f64)>,
}

/// Px by which a box stands right of one a year older in the same column.
const YEAR_STEP: f64 = 12.0;
/// And right of the oldest one, at most.
const YEARS_STEP: f64 = 24.0;

/// What runs through the gaps: lines, heights of their ends and tracks.
pub(super) type Curves<'a> = (&'a Lanes, &'a [f64], &'a Tracks);

/// Lays the axis out.
pub(super) fn axis(sketch: &Sketch, columns: &Columns, curves: Curves<'_>, room: Room) -> Axis {
    let steps = steps(sketch, columns);
    let widths = widths(sketch, columns, &steps);
    let gaps = gaps(columns, curves);
    let pauses = Pauses {
        empty: empty_year(columns, widths.iter().chain(&gaps).sum()),
        unfolded: UNFOLDED,
        fold: FOLD,
    };
    let axis = laid_out(columns, (&widths, &gaps, pauses), steps.clone());
    let Room::Fixed(free, _) = room else { return axis };
    let share = (free - axis.width) / gaps.len().saturating_sub(1).max(1) as f64;
    let least = (gaps.iter().enumerate()).map(|(column, gap)| gap.min(least_gap(columns, column, curves.2)));
    let fitted: Vec<f64> = (gaps.iter().zip(least))
        .map(|(gap, least)| match gap {
            // Beside a column that nothing runs through.
            0.0 => 0.0,
            gap => (gap + share.min(WIDEN)).max(least),
        })
        .collect();
    let axis = laid_out(columns, (&widths, &fitted, pauses), steps.clone());
    if axis.width <= free {
        return axis;
    }
    let tight = Pauses {
        unfolded: TIGHT_UNFOLDED,
        fold: TIGHT_FOLD,
        ..pauses
    };
    laid_out(columns, (&widths, &fitted, tight), steps)
}

fn laid_out(
    columns: &Columns,
    (widths, gaps, pauses): (&[f64], &[f64], Pauses),
    steps: Vec<(f64, f64)>,
) -> Axis {
    let mut axis = Axis {
        columns: Vec::new(),
        bands: Vec::new(),
        width: 0.0,
        steps,
    };
    let mut x = 0.0;
    for (column, width) in widths.iter().enumerate() {
        let period = columns.periods[column];
        let before = column.checked_sub(1);
        let gap = before.map_or(EDGE * 2.0, |left| gaps[left]);
        if before.is_none_or(|left| columns.periods[left] != period) {
            x = axis.begin(x + gap / 2.0, period, pauses);
            x += gap / 2.0;
        } else {
            x += gap;
        }
        axis.columns.push((x, x + width));
        x += width;
    }
    axis.close(if widths.is_empty() { 0.0 } else { x + EDGE });
    axis
}

impl Axis {
    /// The part of its column, from left to right, that a box stands in: later years stand farther right.
    pub(super) fn share(&self, card: usize, (left, right): (f64, f64)) -> (f64, f64) {
        let (before, after) = self.steps[card];
        (left + before, right - after)
    }

    /// Ends the band before, adds the empty years up to this one and begins its band; tells where.
    fn begin(&mut self, x: f64, period: Period, pauses: Pauses) -> f64 {
        let mut x = if self.bands.is_empty() { 0.0 } else { x };
        let before = self.bands.last().and_then(|band| band.years);
        self.close(x);
        let (first, last) = match (before, period) {
            (Some((_, before)), Some((year, _))) => (before + 1, year.saturating_sub(1)),
            _ => (1, 0),
        };
        if last >= first + pauses.unfolded {
            self.push(Some((first, last)), &mut x, pauses.fold, Content::Folded);
        } else {
            for year in first..=last {
                self.push(Some((year, year)), &mut x, pauses.empty, Content::Empty);
            }
        }
        self.push(period, &mut x, 0.0, Content::Works);
        x
    }

    fn push(&mut self, years: Period, x: &mut f64, width: f64, content: Content) {
        self.bands.push(Band {
            years,
            x: *x,
            width,
            content,
        });
        *x += width;
    }

    fn close(&mut self, x: f64) {
        if let Some(band) = self.bands.last_mut() {
            band.width = x - band.x;
        }
        self.width = x;
    }
}

fn widths(sketch: &Sketch, columns: &Columns, steps: &[(f64, f64)]) -> Vec<f64> {
    let mut widths = vec![0.0_f64; columns.periods.len()];
    for ((node, column), (before, after)) in sketch.nodes.iter().zip(&columns.of).zip(steps) {
        widths[*column] = widths[*column].max(node.width + before + after);
    }
    widths
}

fn steps(sketch: &Sketch, columns: &Columns) -> Vec<(f64, f64)> {
    let step = |(node, column): (&super::Node, &usize)| match (columns.periods[*column], node.date) {
        (Some((first, last)), Some(date)) => {
            let step = YEAR_STEP.min(YEARS_STEP / f64::from(last - first).max(1.0));
            let px = |years: u16| f64::from(years) * step;
            (
                px(date.years().saturating_sub(first)),
                px(last.saturating_sub(date.years())),
            )
        }
        (Some((first, last)), None) => {
            let half = (f64::from(last - first) * YEAR_STEP).min(YEARS_STEP) / 2.0;
            (half, half)
        }
        (None, _) => (0.0, 0.0),
    };
    sketch.nodes.iter().zip(&columns.of).map(step).collect()
}

/// The gap right of each column: wider where lines climb far, so that they stay smooth.
fn gaps(columns: &Columns, (lanes, heights, tracks): Curves<'_>) -> Vec<f64> {
    let mut highest = vec![0.0_f64; columns.periods.len()];
    let mut unused = vec![true; columns.periods.len()];
    for segment in &lanes.segments {
        unused[lanes.vertices[segment.left].column] = false;
        unused[lanes.vertices[segment.right].column] = false;
        let climb = (heights[segment.left] - heights[segment.right]).abs();
        let gap = &mut highest[lanes.vertices[segment.left].column];
        *gap = gap.max(climb);
    }
    let year = |column: usize| {
        let next = columns.periods.get(column + 1);
        if next.is_some_and(|next| *next != columns.periods[column]) {
            YEAR_GAP
        } else {
            0.0
        }
    };
    let thin = |column: usize| columns.thin.get(column).copied().unwrap_or(false);
    let least = |column: usize| match (thin(column), thin(column + 1)) {
        (true, _) if unused[column] => GAP,
        (true, _) => GAP - STUB,
        (_, true) => GAP - STUB + TURN,
        _ => GAP,
    };
    let gap = |(column, climb): (usize, &f64)| {
        if thin(column + 1) && unused[column + 1] {
            return 0.0;
        }
        let smooth = if *climb > LEVEL {
            (climb * SMOOTH.0).clamp(SMOOTH.1, SMOOTH.2)
        } else {
            0.0
        };
        least(column) + year(column) + smooth.max(apart(column, tracks))
    };
    highest.iter().enumerate().map(gap).collect()
}

/// Px that the tracks right of a column take up.
fn apart(column: usize, tracks: &Tracks) -> f64 {
    (TRACK * tracks.count(column) as f64).min(MOST_TRACKS)
}

/// How narrow the gap right of a column may become where room is short.
fn least_gap(columns: &Columns, column: usize, tracks: &Tracks) -> f64 {
    let thin = |column: usize| columns.thin.get(column).copied().unwrap_or(false);
    let least = if thin(column) || thin(column + 1) {
        LEAST_TURN
    } else {
        LEAST_GAP
    };
    least + apart(column, tracks)
}

/// The width of a year without works: a quarter of what a year takes on an average.
fn empty_year(columns: &Columns, needed: f64) -> f64 {
    let mut years = columns.periods.iter().flatten();
    let first = years.next().map_or(0, |period| period.0);
    let last = years.next_back().map_or(first, |period| period.1);
    (0.25 * needed / f64::from(last - first + 1)).clamp(36.0, 72.0)
}
