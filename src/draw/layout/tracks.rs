//! Heights in, the place in every gap at which each trunk climbs out. A line is level up to its track, climbs there, and is
//! level again; so the order of the tracks decides which lines cross that need not. Trunks that do not meet share a track.

use std::collections::{BTreeMap, HashMap};

use super::lanes::Lanes;
use super::route::Ports;
use super::sieve::Sieve;

/// Px that a line must climb to need a track.
const CLIMB: f64 = 10.0;
/// Part of a gap that is left free at both its ends.
const FREE: f64 = 0.12;
/// Gaps with more lines keep the first order of their tracks: to compare all would take too long.
const COMPARED: usize = 700;

/// Where lines climb.
pub(super) struct Tracks {
    /// For a column and a trunk the part of the gap right of the column, from its left.
    part: HashMap<(usize, usize), f64>,
    /// How many tracks lie in the gap right of a column.
    count: HashMap<usize, usize>,
}

/// A line in a gap: the trunk, the heights at its left and its right, and how many links run through it.
#[derive(Clone, Copy)]
struct Climb {
    trunk: usize,
    left: f64,
    right: f64,
    links: usize,
    /// Whether it turns back instead of running on at its right.
    turns: bool,
}

impl Tracks {
    pub(super) fn new(lanes: &Lanes, heights: &[f64], ports: &Ports) -> Self {
        let mut gaps: BTreeMap<usize, Vec<Climb>> = BTreeMap::new();
        let mut goes_on: Vec<bool> = lanes
            .vertices
            .iter()
            .map(|vertex| vertex.card.is_some())
            .collect();
        lanes
            .segments
            .iter()
            .for_each(|segment| goes_on[segment.left] = true);
        for segment in &lanes.segments {
            let left = heights[segment.left] + ports.offset(segment.left, true, segment.group);
            let right = heights[segment.right] + ports.offset(segment.right, false, segment.group);
            let gap = gaps.entry(lanes.vertices[segment.left].column).or_default();
            gap.push(Climb {
                trunk: segment.group,
                left,
                right,
                links: segment.links,
                turns: !goes_on[segment.right],
            });
        }
        let mut tracks = Self {
            part: HashMap::new(),
            count: HashMap::new(),
        };
        for (column, climbs) in gaps {
            tracks.lay(column, &climbs);
        }
        tracks
    }

    /// How many tracks lie right of a column.
    pub(super) fn count(&self, column: usize) -> usize {
        self.count.get(&column).copied().unwrap_or(0)
    }

    /// Where in the gap right of a column the lines of a trunk climb, as a part of the way from the left.
    pub(super) fn part(&self, column: usize, trunk: usize) -> f64 {
        self.part.get(&(column, trunk)).copied().unwrap_or(0.5)
    }

    fn lay(&mut self, column: usize, climbs: &[Climb]) {
        let trunks = ordered(climbs);
        let mut tracks: Vec<usize> = Vec::with_capacity(trunks.len());
        for (place, trunk) in trunks.iter().enumerate() {
            let before = trunks[..place]
                .iter()
                .zip(&tracks)
                .filter(|(other, _)| trunk.meets(other));
            tracks.push(before.map(|(_, track)| track + 1).max().unwrap_or(0));
        }
        let count = tracks.iter().max().map_or(0, |last| last + 1);
        self.count.insert(column, count);
        for (trunk, track) in trunks.iter().zip(tracks) {
            let part = if count > 1 {
                track as f64 / (count - 1) as f64
            } else {
                0.5
            };
            self.part
                .insert((column, trunk.number), FREE + (1.0 - 2.0 * FREE) * part);
        }
    }
}

/// The lines of one trunk that climb in a gap.
struct Trunk {
    number: usize,
    lines: Vec<Climb>,
    top: f64,
    bottom: f64,
}

impl Trunk {
    fn of(number: usize, lines: Vec<Climb>) -> Self {
        let top = |top: f64, line: &Climb| top.min(line.left).min(line.right);
        let bottom = |bottom: f64, line: &Climb| bottom.max(line.left).max(line.right);
        Self {
            number,
            top: lines.iter().fold(f64::INFINITY, top),
            bottom: lines.iter().fold(f64::NEG_INFINITY, bottom),
            lines,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.top <= other.bottom && other.top <= self.bottom
    }

    /// A first guess: of lines that fall the lower climbs first, of lines that rise the upper.
    fn guess(&self) -> f64 {
        let falls: f64 = self.lines.iter().map(|line| line.right - line.left).sum();
        let middle = self.lines.iter().map(|line| line.left).sum::<f64>() / self.lines.len() as f64;
        if falls > 0.0 { -middle } else { middle }
    }

    /// The crossings with another when this one climbs first.
    fn crossings_before(&self, other: &Self) -> i64 {
        let pairs = self
            .lines
            .iter()
            .flat_map(|a| other.lines.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| a.crossings_before(b)).sum()
    }
}

impl Climb {
    /// The crossings of two lines, weighted by their links, when this one climbs first.
    fn crossings_before(&self, other: &Self) -> i64 {
        let within = |y: f64, line: &Self| line.left.min(line.right) < y && y < line.left.max(line.right);
        let left = usize::from(within(other.left, self));
        let right = usize::from(!self.turns && within(self.right, other));
        let crossings = left + right;
        (crossings * self.links * other.links) as i64
    }
}

/// The trunks that climb in a gap, from the first to the last.
fn ordered(climbs: &[Climb]) -> Vec<Trunk> {
    let mut lines: BTreeMap<usize, Vec<Climb>> = BTreeMap::new();
    for climb in climbs
        .iter()
        .filter(|climb| (climb.left - climb.right).abs() > CLIMB)
    {
        lines.entry(climb.trunk).or_default().push(*climb);
    }
    let mut trunks: Vec<Trunk> = lines
        .into_iter()
        .map(|(number, lines)| Trunk::of(number, lines))
        .collect();
    trunks.sort_by(|a, b| a.guess().total_cmp(&b.guess()));
    if climbs.len() > COMPARED {
        return trunks;
    }
    let mut sieve = Sieve::new(vec![0; trunks.len()]);
    for (first, a) in trunks.iter().enumerate() {
        for (second, b) in trunks
            .iter()
            .enumerate()
            .skip(first + 1)
            .filter(|(_, b)| a.meets(b))
        {
            sieve.add(first, second, a.crossings_before(b) - b.crossings_before(a));
        }
    }
    sieve.sift();
    let mut trunks: Vec<Option<Trunk>> = trunks.into_iter().map(Some).collect();
    sieve
        .order
        .iter()
        .filter_map(|place| trunks[*place].take())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn climb(trunk: usize, left: f64, right: f64) -> Climb {
        Climb {
            trunk,
            left,
            right,
            links: 1,
            turns: false,
        }
    }

    fn order(climbs: &[Climb]) -> Vec<usize> {
        ordered(climbs).iter().map(|trunk| trunk.number).collect()
    }

    #[test]
    fn lines_that_need_not_cross_do_not() {
        let falling = [climb(1, 0.0, 100.0), climb(2, 50.0, 150.0), climb(3, 90.0, 300.0)];
        assert_eq!(order(&falling), [3, 2, 1]);
        let rising = falling.map(|line| climb(line.trunk, line.right, line.left));
        assert_eq!(order(&rising), [1, 2, 3]);
        // 1 gathers from above and below at 100; 2 starts between its branches and ends under its trunk, so one branch is
        // crossed; were 1 to climb first, its trunk would be crossed as well.
        let gathering = [
            climb(1, 0.0, 100.0),
            climb(1, 200.0, 100.0),
            climb(2, 90.0, 130.0),
        ];
        assert_eq!(order(&gathering), [2, 1]);
    }

    #[test]
    fn trunks_that_do_not_meet_share_a_track() {
        let mut tracks = Tracks {
            part: HashMap::new(),
            count: HashMap::new(),
        };
        tracks.lay(
            0,
            &[
                climb(1, 0.0, 100.0),
                climb(2, 200.0, 300.0),
                climb(3, 350.0, 450.0),
            ],
        );
        assert_eq!((tracks.count(0), tracks.part(0, 1)), (1, 0.5));
    }
}
