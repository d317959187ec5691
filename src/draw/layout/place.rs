//! An order in, the height of every vertex out. First every column in turn is moved as near to its neighbors as the order
//! allows (least squares by pooling adjacent violators), then lanes are made straight and boxes centered, as far as there
//! is room.

use std::collections::HashSet;

use super::columns::{BOX_GAP, LANE};
use super::lanes::{Lanes, Vertex};
use super::order::Order;
use super::route::Ports;

/// Free px between a box and a lane, over half the lane's own.
const LANE_GAP: f64 = 11.0;
/// Px between two boxes with a straight line between them: room for its arrowhead.
const JOINT: f64 = 24.0;
/// Most of it, as a part of the height of the lower box: nodes without text stand close to each other.
const JOINT_OF_HEIGHT: f64 = 0.4;
/// Px between the box nearest to the edge of a swim-lane and that edge.
const SWIMLANE_PAD: f64 = 8.0;
const SWEEPS: usize = 30;
const ROUNDS: usize = 8;

/// Where everything is from top to bottom.
pub(super) struct Heights {
    /// The middle of each vertex.
    pub(super) of: Vec<f64>,
    /// Top and bottom of each swim-lane; none where there is but one.
    pub(super) swimlanes: Vec<(f64, f64)>,
}

/// Heights of the middles of all vertices, the smallest box top at 0; gaps are so many times the least ones.
pub(super) fn place(lanes: &Lanes, order: &Order, ports: &Ports, gaps: f64) -> Heights {
    let mut placing = Placing::new(lanes, order, ports, gaps);
    for sweep in 0..SWEEPS {
        placing.sweep(sweep);
    }
    let chains = lanes.trunks();
    for _ in 0..ROUNDS {
        for chain in &chains {
            placing.straighten(chain);
        }
        placing.center_cards();
    }
    let swimlanes = std::mem::take(&mut placing.swimlanes);
    if swimlanes.is_empty() {
        return Heights {
            of: placing.finish(),
            swimlanes,
        };
    }
    Heights {
        of: placing.y,
        swimlanes,
    }
}

/// A line to a neighbor: by how much the neighbor's port lies below ours when both middles are level, and how much it pulls.
struct Pull {
    to: usize,
    offset: f64,
    weight: f64,
}

struct Placing<'a> {
    vertices: &'a [Vertex],
    joined: &'a HashSet<(usize, usize)>,
    /// Columns without the boxes that have no links.
    order: Order,
    alone: Order,
    pulls: [Vec<Vec<Pull>>; 2],
    above: Vec<Option<usize>>,
    below: Vec<Option<usize>>,
    y: Vec<f64>,
    gaps: f64,
    swimlanes: Vec<(f64, f64)>,
}

impl<'a> Placing<'a> {
    fn new(lanes: &'a Lanes, order: &Order, ports: &Ports, gaps: f64) -> Self {
        let count = lanes.vertices.len();
        let pulls = pulls(lanes, ports);
        let count_of = lanes.vertices.iter().map(|v| v.swimlane + 1).max().unwrap_or(1);
        let joined: HashSet<usize> = lanes.joined.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let linked =
            |v: &usize| count_of > 1 || joined.contains(v) || pulls.iter().any(|side| !side[*v].is_empty());
        let split = |keep: bool| -> Order {
            let column = |c: &Vec<usize>| c.iter().copied().filter(|v| linked(v) == keep).collect();
            order.iter().map(column).collect()
        };
        let (linked_order, alone) = (split(true), split(false));
        let mut this = Self {
            vertices: &lanes.vertices,
            joined: &lanes.joined,
            order: linked_order,
            alone,
            above: vec![None; count],
            below: vec![None; count],
            y: vec![0.0; count],
            pulls,
            gaps,
            swimlanes: Vec::new(),
        };
        this.stack();
        this.swimlanes = this.swimlanes_of(if count_of > 1 { count_of } else { 0 });
        this
    }

    /// Stacks every column around 0 and notes who stands above whom.
    fn stack(&mut self) {
        for column in &self.order {
            let mut y = 0.0;
            for pair in column.windows(2) {
                self.below[pair[0]] = Some(pair[1]);
                self.above[pair[1]] = Some(pair[0]);
            }
            for (place, vertex) in column.iter().enumerate() {
                if place > 0 {
                    y += self.separation(column[place - 1], *vertex);
                }
                self.y[*vertex] = y;
            }
            column.iter().for_each(|vertex| self.y[*vertex] -= y / 2.0);
        }
    }

    fn separation(&self, upper: usize, lower: usize) -> f64 {
        let (a, b) = (&self.vertices[upper], &self.vertices[lower]);
        let between = (a.height + b.height) / 2.0;
        let gap = match (a.card.is_some(), b.card.is_some()) {
            (true, true) if self.joined.contains(&(upper, lower)) => {
                let least = JOINT.min(JOINT_OF_HEIGHT * a.height.min(b.height));
                return between + (least * self.gaps.min(1.0)).max(BOX_GAP * self.gaps);
            }
            (true, true) => BOX_GAP,
            // Free height is for boxes: lines that it drives apart would have to climb back.
            (false, false) => return between + LANE * self.gaps.min(1.0),
            _ => LANE_GAP,
        };
        between + gap * self.gaps
    }

    fn sweep(&mut self, sweep: usize) {
        let count = self.order.len();
        for step in 0..count {
            let column = if sweep.is_multiple_of(2) {
                step
            } else {
                count - 1 - step
            };
            let sides: &[usize] = match sweep {
                0 => &[0],
                1 => &[1],
                _ => &[0, 1],
            };
            self.pool(column, sides);
        }
    }

    /// Top and bottom of each swim-lane: as high as its highest column needs.
    fn swimlanes_of(&self, count: usize) -> Vec<(f64, f64)> {
        let mut needed = vec![0.0_f64; count];
        for part in self.order.iter().flat_map(|column| self.parts(column)) {
            let (Some(first), Some(last)) = (part.first(), part.last()) else {
                continue;
            };
            let ends = (self.vertices[*first].height + self.vertices[*last].height) / 2.0;
            let way: f64 = part
                .windows(2)
                .map(|pair| self.separation(pair[0], pair[1]))
                .sum();
            if let Some(needed) = needed.get_mut(self.vertices[*first].swimlane) {
                *needed = needed.max(way + ends);
            }
        }
        let mut top = 0.0;
        let extent = |needed: f64| {
            let extent = (top, top + needed + 2.0 * SWIMLANE_PAD);
            top = extent.1;
            extent
        };
        needed.into_iter().map(extent).collect()
    }

    /// The vertices of a column, one swim-lane after the other.
    fn parts<'b>(&self, column: &'b [usize]) -> impl Iterator<Item = &'b [usize]> + use<'a, 'b> {
        let vertices = self.vertices;
        column.chunk_by(|a, b| vertices[*a].swimlane == vertices[*b].swimlane)
    }

    /// From where to where the middle of a vertex of a swim-lane may be.
    fn bounds(&self, vertex: usize) -> (f64, f64) {
        let extent = self.swimlanes.get(self.vertices[vertex].swimlane);
        let (top, bottom) = extent.copied().unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let half = self.vertices[vertex].height / 2.0 + SWIMLANE_PAD;
        (top + half, bottom - half)
    }

    /// Where the neighbors on these sides want a vertex, with how much weight.
    fn wish(&self, vertex: usize, sides: &[usize]) -> Option<(f64, f64)> {
        let pulls = || sides.iter().flat_map(|side| &self.pulls[*side][vertex]);
        let weight: f64 = pulls().map(|p| p.weight).sum();
        let sum: f64 = pulls().map(|p| (self.y[p.to] + p.offset) * p.weight).sum();
        if weight > 0.0 {
            return Some((sum / weight, weight));
        }
        self.hold(vertex).map(|place| (place, 1.0))
    }

    /// Where a box that has straight lines alone is as near as it can be to a box that they lead to.
    fn hold(&self, vertex: usize) -> Option<f64> {
        let is_free = |vertex: usize| self.pulls.iter().all(|side| side[vertex].is_empty());
        let joined = |upper, lower| self.joined.contains(&(upper, lower));
        let above = self.above[vertex].filter(|upper| joined(*upper, vertex));
        let below = self.below[vertex].filter(|lower| joined(vertex, *lower));
        let from_above = above.map(|upper| self.y[upper] + self.separation(upper, vertex));
        let from_below = below.map(|lower| self.y[lower] - self.separation(vertex, lower));
        match (from_above, from_below) {
            (Some(_), Some(_)) | (None, None) => None,
            (one, other) => one.or(other).filter(|_| is_free(vertex)),
        }
    }

    /// Moves a column to the places nearest to the wishes of its vertices that keep order and distance.
    fn pool(&mut self, column: usize, sides: &[usize]) {
        let column = self.order[column].clone();
        for part in self.parts(&column) {
            self.pool_part(part, sides);
        }
    }

    /// The same for the vertices of one swim-lane, which stay in it.
    fn pool_part(&mut self, part: &[usize], sides: &[usize]) {
        let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
        let mut shifts = vec![0.0; part.len()];
        for (place, vertex) in part.iter().enumerate() {
            if place > 0 {
                shifts[place] = shifts[place - 1] + self.separation(part[place - 1], *vertex);
            }
            let (wish, weight) = self.wish(*vertex, sides).unwrap_or((self.y[*vertex], 0.01));
            blocks.push((wish - shifts[place], weight, 1));
            merge_violators(&mut blocks);
        }
        let (Some(first), Some(last)) = (part.first(), part.last()) else {
            return;
        };
        let low = self.bounds(*first).0;
        let high = self.bounds(*last).1 - shifts[part.len() - 1];
        let mut places = part.iter().zip(&shifts);
        for (base, _, size) in blocks {
            for (vertex, shift) in places.by_ref().take(size) {
                self.y[*vertex] = base.min(high).max(low) + shift;
            }
        }
    }

    /// From where to where a vertex can move without its neighbors in the column.
    fn room(&self, vertex: usize) -> (f64, f64) {
        let (top, bottom) = self.bounds(vertex);
        let alike = |other: &usize| self.vertices[*other].swimlane == self.vertices[vertex].swimlane;
        let above = self.above[vertex].filter(alike);
        let below = self.below[vertex].filter(alike);
        let low = above.map_or(top, |u| (self.y[u] + self.separation(u, vertex)).max(top));
        let high = below.map_or(bottom, |l| (self.y[l] - self.separation(vertex, l)).min(bottom));
        (low, high)
    }

    /// Gives the lanes of a trunk one height, or as few as the room allows.
    fn straighten(&mut self, chain: &[usize]) {
        let mut rest = chain;
        while !rest.is_empty() {
            let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
            let mut run = 0;
            for vertex in rest {
                let (l, h) = self.room(*vertex);
                if l.max(low) > h.min(high) {
                    break;
                }
                (low, high) = (l.max(low), h.min(high));
                run += 1;
            }
            let (now, later) = rest.split_at(run.max(1));
            if run > 0 {
                let y = self.middle(now).clamp(low, high);
                now.iter().for_each(|vertex| self.y[*vertex] = y);
            }
            rest = later;
        }
    }

    /// The weighted median of what lies outside a run of lanes: it keeps one end straight where two disagree.
    fn middle(&self, run: &[usize]) -> f64 {
        let outside = |p: &&Pull| !run.contains(&p.to);
        let mut wishes: Vec<f64> = run
            .iter()
            .flat_map(|v| self.pulls.iter().flat_map(move |side| &side[*v]))
            .filter(outside)
            .map(|p| self.y[p.to] + p.offset)
            .collect();
        wishes.sort_by(f64::total_cmp);
        wishes.get(wishes.len() / 2).copied().unwrap_or(0.0)
    }

    /// Moves boxes to where their neighbors want them, as far as there is room.
    fn center_cards(&mut self) {
        for column in 0..self.order.len() {
            for place in 0..self.order[column].len() {
                let vertex = self.order[column][place];
                let (low, high) = self.room(vertex);
                if self.vertices[vertex].card.is_some() && low <= high {
                    let wish = self
                        .wish(vertex, &[0, 1])
                        .map_or(self.y[vertex], |(wish, _)| wish);
                    self.y[vertex] = wish.clamp(low, high);
                }
            }
        }
    }

    /// Boxes without links go under the others of their column; then all moves to start at 0.
    fn finish(mut self) -> Vec<f64> {
        let top_of = |v: &usize, y: &[f64]| y[*v] - self.vertices[*v].height / 2.0;
        let top = self
            .order
            .iter()
            .flatten()
            .map(|v| top_of(v, &self.y))
            .fold(f64::INFINITY, f64::min);
        let top = if top.is_finite() { top } else { 0.0 };
        for (column, alone) in self.order.iter().zip(&self.alone) {
            let mut bottom = column.last().map_or(top, |v| {
                self.y[*v] + self.vertices[*v].height / 2.0 + BOX_GAP * self.gaps
            });
            for vertex in alone {
                let height = self.vertices[*vertex].height;
                self.y[*vertex] = bottom + height / 2.0;
                bottom += height + BOX_GAP * self.gaps;
            }
        }
        self.y.iter_mut().for_each(|y| *y -= top);
        self.y
    }
}

fn pulls(lanes: &Lanes, ports: &Ports) -> [Vec<Vec<Pull>>; 2] {
    let empty = || (0..lanes.vertices.len()).map(|_| Vec::new()).collect();
    let mut pulls: [Vec<Vec<Pull>>; 2] = [empty(), empty()];
    for segment in &lanes.segments {
        let left = ports.offset(segment.left, true, segment.group);
        let right = ports.offset(segment.right, false, segment.group);
        let lane = |v: usize| u8::from(lanes.vertices[v].card.is_none());
        // Long lines must be straighter than short ones (Gansner et al. 1993, section 4).
        let weight = match lane(segment.left) + lane(segment.right) {
            2 => 8.0,
            1 => 2.0,
            _ => 1.0,
        };
        let pull = |to, offset| Pull { to, offset, weight };
        pulls[1][segment.left].push(pull(segment.right, right - left));
        pulls[0][segment.right].push(pull(segment.left, left - right));
    }
    pulls
}

/// Merges blocks at the end that want to overlap into their weighted mean.
fn merge_violators(blocks: &mut Vec<(f64, f64, usize)>) {
    while let [.., upper, lower] = blocks.as_slice() {
        if upper.0 <= lower.0 {
            return;
        }
        let weight = upper.1 + lower.1;
        let merged = (
            (upper.0 * upper.1 + lower.0 * lower.1) / weight,
            weight,
            upper.2 + lower.2,
        );
        blocks.truncate(blocks.len() - 2);
        blocks.push(merged);
    }
}
