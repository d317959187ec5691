//! A layered graph in, an order of the vertices in each column with few crossings out: seeded starts of barycenter and
//! median sweeps (Gansner et al., "A technique for drawing directed graphs", 1993), each sifted (Matuszewski, Schönfeld
//! and Molitor, 1999); then the best is kicked and sifted again as long as the budget lasts (Lourenço, Martin and Stützle,
//! "Iterated local search", 2003).

use std::collections::BTreeMap;

use super::lanes::Lanes;
use super::random::Random;
use super::sieve::Sieve;

/// Vertices of each column from top to bottom.
pub(super) type Order = Vec<Vec<usize>>;

/// How many steps a search may take, and how many more for each line: what bounds the time, on every machine alike.
const BUDGET: u64 = 2_000_000;
const BUDGET_OF_A_LINE: u64 = 28_000;
const MOST: u64 = 200_000_000;
/// Part of it that goes into starts.
const STARTS: u64 = 4;
const MOST_STARTS: usize = 12;
const SWEEPS: usize = 8;
/// So many kicks in a row without gain are enough.
const IDLE: usize = 1000;

/// How hard to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Enough to tell which of several ways to pack the boxes is best.
    Trial,
    /// As far as the budget goes.
    Full,
}

/// The best order found, and how many crossings it has.
pub(super) fn minimize(lanes: &Lanes, seed: u64, effort: Effort) -> (u64, Order) {
    let budget = (BUDGET + BUDGET_OF_A_LINE * lanes.segments.len() as u64).min(MOST);
    let mut search = Search::new(lanes, budget);
    let mut random = Random::new(seed);
    let most = if effort == Effort::Trial { 1 } else { MOST_STARTS };
    let mut best: Option<(u64, Order)> = None;
    for start in 0..most {
        if start > 0 && search.left < budget - budget / STARTS {
            break;
        }
        let order = search.started(start, &mut random);
        let crossings = search.crossings(&order);
        if best.as_ref().is_none_or(|(least, _)| crossings < *least) {
            best = Some((crossings, order));
        }
    }
    let (mut crossings, mut order) = best.unwrap_or_default();
    if effort == Effort::Full {
        (crossings, order) = search.kicked((crossings, order), &mut random);
    }
    search.flip(&mut order);
    (crossings, tidied(order, &search.alone, lanes))
}

/// Changes what takes and brings no crossing: trunks run through the middle of their branches, boxes that have the same
/// neighbors stand in order of date, and boxes without links go last.
fn tidied(mut order: Order, alone: &Order, lanes: &Lanes) -> Order {
    let ends = Hangs::new(lanes);
    let swimlane = |v: &usize| lanes.vertices[*v].swimlane;
    for (column, alone) in order.iter_mut().zip(alone) {
        ends.center_trunks(column);
        ends.sort_alike(column);
        let mut alone = alone.clone();
        alone.sort_by_key(|v| (lanes.vertices[*v].date, *v));
        column.extend(alone);
        column.sort_by_key(swimlane);
    }
    order
}

/// The trunk of a line and the neighbor at its other end.
type End = (usize, usize);

/// For each vertex the trunks and neighbors of its lines.
struct Hangs<'a> {
    lanes: &'a Lanes,
    of: Vec<Vec<End>>,
}

impl<'a> Hangs<'a> {
    fn new(lanes: &'a Lanes) -> Self {
        let mut of: Vec<Vec<End>> = vec![Vec::new(); lanes.vertices.len()];
        for segment in &lanes.segments {
            of[segment.left].push((segment.group, segment.right));
            of[segment.right].push((segment.group, segment.left));
        }
        of.iter_mut().for_each(|ends| ends.sort_unstable());
        Self { lanes, of }
    }

    fn is_card(&self, vertex: usize) -> bool {
        self.lanes.vertices[vertex].card.is_some()
    }

    /// Moves each lane to the middle of the boxes beside it that hang on its trunk alone.
    fn center_trunks(&self, column: &mut Vec<usize>) {
        for lane in column.clone().into_iter().filter(|v| !self.is_card(*v)) {
            let Some(trunk) = self.of[lane].first().map(|end| end.0) else {
                continue;
            };
            let swimlane = |v: usize| self.lanes.vertices[v].swimlane;
            let beside = |v: &usize| self.is_card(*v) && swimlane(*v) == swimlane(lane);
            let hangs = |v: &usize| beside(v) && self.of[*v].iter().all(|end| end.0 == trunk);
            let at = column.iter().position(|v| *v == lane).unwrap_or(0);
            let above = column[..at].iter().rev().take_while(|v| hangs(v)).count();
            let below = column[at + 1..].iter().take_while(|v| hangs(v)).count();
            column.remove(at);
            column.insert(at - above + (above + below) / 2, lane);
        }
    }

    fn sort_alike(&self, column: &mut [usize]) {
        let mut alike: BTreeMap<(usize, &[End]), Vec<usize>> = BTreeMap::new();
        for (place, vertex) in column.iter().enumerate().filter(|(_, v)| self.is_card(**v)) {
            let swimlane = self.lanes.vertices[*vertex].swimlane;
            let key = (swimlane, self.of[*vertex].as_slice());
            alike.entry(key).or_default().push(place);
        }
        for places in alike.values() {
            let mut vertices: Vec<usize> = places.iter().map(|place| column[*place]).collect();
            vertices.sort_by_key(|v| (self.lanes.vertices[*v].date, *v));
            for (place, vertex) in places.iter().zip(vertices) {
                column[*place] = vertex;
            }
        }
    }
}

/// A neighbor in the next column, with the weight of the line to it.
type Neighbor = (usize, u64);

struct Search {
    /// For each vertex the neighbors to the left, and to the right.
    sides: [Vec<Vec<Neighbor>>; 2],
    natural: Order,
    /// Boxes without links, which go below all others.
    alone: Order,
    position: Vec<usize>,
    /// The swim-lane of each vertex: those of one come before those of the next.
    swimlane: Vec<usize>,
    /// The lanes of each trunk.
    trunks: Vec<Vec<usize>>,
    column: Vec<usize>,
    /// Steps that may still be taken.
    left: u64,
    /// Columns as they were before each change since the last order that was kept.
    changes: Vec<(usize, Vec<usize>)>,
}

impl Search {
    fn new(lanes: &Lanes, left: u64) -> Self {
        let count = lanes.vertices.len();
        let mut sides = [vec![Vec::new(); count], vec![Vec::new(); count]];
        for segment in &lanes.segments {
            let weight = segment.links as u64;
            sides[1][segment.left].push((segment.right, weight));
            sides[0][segment.right].push((segment.left, weight));
        }
        let mut natural = vec![Vec::new(); lanes.columns];
        let mut alone = natural.clone();
        for (vertex, place) in lanes.vertices.iter().enumerate() {
            let linked = !sides[0][vertex].is_empty() || !sides[1][vertex].is_empty();
            let order = if linked { &mut natural } else { &mut alone };
            order[place.column].push(vertex);
        }
        Self {
            sides,
            natural,
            alone,
            position: vec![0; count],
            swimlane: lanes.vertices.iter().map(|v| v.swimlane).collect(),
            trunks: lanes.trunks(),
            column: lanes.vertices.iter().map(|v| v.column).collect(),
            left,
            changes: Vec::new(),
        }
    }

    /// Takes a number of steps out of the budget; tells whether there were as many.
    fn spend(&mut self, steps: usize) -> bool {
        let rest = self.left.checked_sub(steps as u64);
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }

    fn change(&mut self, order: &mut Order, column: usize, to: Vec<usize>) {
        self.index_column(&to);
        let before = std::mem::replace(&mut order[column], to);
        self.changes.push((column, before));
    }

    fn take_back(&mut self, order: &mut Order) {
        while let Some((column, before)) = self.changes.pop() {
            self.index_column(&before);
            order[column] = before;
        }
    }

    /// The order after sweeps and sifting, from the natural one or from a random one.
    fn started(&mut self, start: usize, random: &mut Random) -> Order {
        let mut order = self.natural.clone();
        if start > 0 {
            order.iter_mut().for_each(|column| random.shuffle(column));
        }
        for column in &mut order {
            column.sort_by_key(|v| self.swimlane[*v]);
        }
        let mut order = self.swept(order, start);
        self.index(&order);
        let mut dirty = vec![true; order.len()];
        self.sift(&mut order, &mut dirty);
        order
    }

    fn swept(&mut self, mut order: Order, start: usize) -> Order {
        self.index(&order);
        let mut best = (self.crossings(&order), order.clone());
        let columns = order.len();
        for sweep in 0..SWEEPS {
            let side = sweep % 2;
            for step in 1..columns {
                let column = if side == 0 { step } else { columns - 1 - step };
                self.sort_column(&mut order[column], side, start.is_multiple_of(2));
            }
            let crossings = self.crossings(&order);
            if crossings < best.0 {
                best = (crossings, order.clone());
            }
        }
        best.1
    }

    fn index(&mut self, order: &Order) {
        order.iter().for_each(|column| self.index_column(column));
    }

    fn index_column(&mut self, column: &[usize]) {
        for (place, vertex) in column.iter().enumerate() {
            self.position[*vertex] = place;
        }
    }

    /// Sorts a column by the mean or the median place of the neighbors on one side; those without any stay.
    fn sort_column(&mut self, column: &mut [usize], side: usize, mean: bool) {
        let mut keyed: Vec<(f64, usize)> = column
            .iter()
            .map(|v| (self.wish(*v, side, mean).unwrap_or(self.position[*v] as f64), *v))
            .collect();
        let swimlane = |vertex: usize| self.swimlane[vertex];
        keyed.sort_by(|a, b| swimlane(a.1).cmp(&swimlane(b.1)).then(a.0.total_cmp(&b.0)));
        for (place, (_, vertex)) in keyed.into_iter().enumerate() {
            column[place] = vertex;
            self.position[vertex] = place;
        }
    }

    fn wish(&self, vertex: usize, side: usize, mean: bool) -> Option<f64> {
        let neighbors = &self.sides[side][vertex];
        if neighbors.is_empty() {
            return None;
        }
        if mean {
            let weight: u64 = neighbors.iter().map(|n| n.1).sum();
            let sum: f64 = neighbors
                .iter()
                .map(|n| (self.position[n.0] as u64 * n.1) as f64)
                .sum();
            return Some(sum / weight as f64);
        }
        let mut places: Vec<usize> = neighbors.iter().map(|n| self.position[n.0]).collect();
        places.sort_unstable();
        let middle = places.len() / 2;
        Some((places[middle] + places[(places.len() - 1) / 2]) as f64 / 2.0)
    }

    /// Sifts the dirty columns, and those beside what that changes, until nothing changes any more or the budget is used
    /// up; tells how many crossings that took away.
    fn sift(&mut self, order: &mut Order, dirty: &mut [bool]) -> u64 {
        let mut gained = 0;
        while dirty.contains(&true) {
            for column in 0..order.len() {
                if !std::mem::take(&mut dirty[column]) {
                    continue;
                }
                let gain = self.sift_column(order, column);
                if gain > 0 {
                    gained += gain;
                    for beside in [column.wrapping_sub(1), column + 1] {
                        if let Some(dirty) = dirty.get_mut(beside) {
                            *dirty = true;
                        }
                    }
                }
            }
        }
        gained
    }

    /// Moves each vertex of a column to its best place, round by round; tells how many crossings that took away.
    fn sift_column(&mut self, order: &mut Order, column: usize) -> u64 {
        let Some(mut sieve) = self.sieve(order, column) else {
            return 0;
        };
        let gained = sieve.sift();
        if gained > 0 {
            let sifted = sieve.order.iter().map(|place| order[column][*place]).collect();
            self.change(order, column, sifted);
        }
        gained
    }

    /// What it costs to have one vertex of a column above another, for each two; none where the budget is too small.
    fn sieve(&mut self, order: &Order, column: usize) -> Option<Sieve> {
        let vertices = &order[column];
        let count = vertices.len();
        let beside = [column.wrapping_sub(1), column + 1].map(|beside| order.get(beside).map_or(0, Vec::len));
        let lines: usize = vertices
            .iter()
            .map(|v| self.sides[0][*v].len() + self.sides[1][*v].len())
            .sum();
        if !self.spend(count * (count + beside[0] + beside[1] + lines)) {
            return None;
        }
        let swimlane = vertices.iter().map(|v| self.swimlane[*v]).collect();
        let mut sieve = Sieve::new(swimlane);
        let mut tilt = Vec::new();
        for (side, places) in self.sides.iter().zip(beside) {
            let ends = Ends::of(vertices, side, &self.position);
            for upper in 0..count {
                lay_tilt(&mut tilt, places, ends.of_one(upper));
                for lower in upper + 1..count {
                    let cost = ends
                        .of_one(lower)
                        .iter()
                        .map(|(place, weight)| weight * tilt[*place]);
                    sieve.add(upper, lower, cost.sum());
                }
            }
        }
        Some(sieve)
    }

    /// Kicks an order, sifts what that touches and keeps what is no worse, as long as the budget lasts.
    fn kicked(&mut self, (mut crossings, mut order): (u64, Order), random: &mut Random) -> (u64, Order) {
        self.index(&order);
        let mut idle = 0;
        while crossings > 0 && self.left > 0 && idle < IDLE {
            self.changes.clear();
            let mut dirty = vec![false; order.len()];
            let cost = self.kick(&mut order, &mut dirty, random);
            let gain = self.sift(&mut order, &mut dirty) as i64;
            idle = if gain > cost { 0 } else { idle + 1 };
            if gain >= cost {
                crossings = crossings.saturating_add_signed(cost - gain);
            } else {
                self.take_back(&mut order);
            }
        }
        (crossings, order)
    }

    /// Moves a trunk, or one vertex, to another height; tells how many crossings that brings.
    fn kick(&mut self, order: &mut Order, dirty: &mut [bool], random: &mut Random) -> i64 {
        let vertices = self.to_move(order, random);
        let height = random.below(1000);
        let mut touched: Vec<usize> = vertices.iter().map(|v| self.column[*v]).collect();
        touched.dedup();
        let before = self.crossings_around(order, &touched);
        for vertex in vertices {
            let moved = self.moved(&order[self.column[vertex]], vertex, height);
            self.change(order, self.column[vertex], moved);
        }
        // A vertex that moved alone would go back at once, if its column were the first to be sifted.
        let own = touched.len() > 1;
        for column in &touched {
            for near in [column.wrapping_sub(1), *column, column + 1] {
                if let Some(dirty) = dirty.get_mut(near).filter(|_| own || near != *column) {
                    *dirty = true;
                }
            }
        }
        self.crossings_around(order, &touched) as i64 - before as i64
    }

    /// A column with one vertex at another height of its swim-lane, in thousandths.
    fn moved(&self, column: &[usize], vertex: usize, height: usize) -> Vec<usize> {
        let mut column: Vec<usize> = column.iter().copied().filter(|other| *other != vertex).collect();
        let own = self.swimlane[vertex];
        let first = column.partition_point(|v| self.swimlane[*v] < own);
        let last = column.partition_point(|v| self.swimlane[*v] <= own);
        column.insert(first + (last - first) * height / 1000, vertex);
        column
    }

    /// Crossings on both sides of some columns, which come in order.
    fn crossings_around(&mut self, order: &Order, columns: &[usize]) -> u64 {
        let mut rights: Vec<usize> = columns.iter().flat_map(|column| [*column, column + 1]).collect();
        rights.dedup();
        let columns: Vec<&Vec<usize>> = rights
            .into_iter()
            .filter_map(|column| order.get(column))
            .collect();
        self.spend(8 * columns.iter().map(|column| column.len()).sum::<usize>());
        columns
            .into_iter()
            .map(|column| self.crossings_left_of(column))
            .sum()
    }

    fn to_move(&self, order: &Order, random: &mut Random) -> Vec<usize> {
        if random.below(2) == 0 && !self.trunks.is_empty() {
            return self.trunks[random.below(self.trunks.len())].clone();
        }
        let column = &order[random.below(order.len())];
        if column.is_empty() {
            return Vec::new();
        }
        vec![column[random.below(column.len())]]
    }

    /// Turns all from a column on upside down where that costs no crossing and leaves neighbors nearer to each other: a
    /// chain that runs through columns of several boxes each then goes up and down and not down a staircase.
    fn flip(&mut self, order: &mut Order) {
        if self.swimlane.windows(2).any(|pair| pair[0] != pair[1]) {
            return;
        }
        let mut turned = false;
        for column in 0..order.len() {
            if turned {
                order[column].reverse();
                self.index_column(&order[column]);
            }
            let before = self.left_of(order, column);
            order[column].reverse();
            self.index_column(&order[column]);
            if self.left_of(order, column) < before {
                turned = !turned;
            } else {
                order[column].reverse();
                self.index_column(&order[column]);
            }
        }
    }

    /// Crossings left of a column, and how far its vertices stand from their neighbors there.
    fn left_of(&self, order: &Order, column: usize) -> (u64, u64) {
        let Some(left) = column.checked_sub(1) else {
            return (0, 0);
        };
        let (here, there) = (order[column].len() as i64, order[left].len() as i64);
        // Twice the place, from the middle of the column.
        let from_middle = |vertex: usize, count: i64| 2 * self.position[vertex] as i64 + 1 - count;
        let apart = |v: &usize| {
            let own = from_middle(*v, here);
            let neighbors = self.sides[0][*v].iter();
            neighbors
                .map(|n| own.abs_diff(from_middle(n.0, there)))
                .sum::<u64>()
        };
        let apart = order[column].iter().map(apart).sum();
        (self.crossings_left_of(&order[column]), apart)
    }

    fn crossings(&self, order: &Order) -> u64 {
        order
            .iter()
            .skip(1)
            .map(|right| self.crossings_left_of(right))
            .sum()
    }

    /// Counts the crossings between a column and the one left of it with a tree of sums (Barth, Jünger and Mutzel).
    fn crossings_left_of(&self, right: &[usize]) -> u64 {
        let mut ends: Vec<(usize, u64)> = Vec::new();
        let mut largest = 0;
        for vertex in right {
            let from = ends.len();
            ends.extend(
                self.sides[0][*vertex]
                    .iter()
                    .map(|(n, w)| (self.position[*n], *w)),
            );
            ends[from..].sort_unstable();
            largest = ends[from..].iter().fold(largest, |m, e| m.max(e.0));
        }
        let mut sums = vec![0_u64; largest + 2];
        let (mut total, mut crossings) = (0, 0);
        for (place, weight) in ends {
            crossings += weight * (total - prefix(&sums, place + 1));
            add(&mut sums, place + 1, weight);
            total += weight;
        }
        crossings
    }
}

fn prefix(sums: &[u64], mut place: usize) -> u64 {
    let mut sum = 0;
    while place > 0 {
        sum += sums[place];
        place &= place - 1;
    }
    sum
}

fn add(sums: &mut [u64], mut place: usize, weight: u64) {
    while place < sums.len() {
        sums[place] += weight;
        place += place & place.wrapping_neg();
    }
}

/// What a line to each place costs when its vertex stands under one with these lines, less what it costs above it.
fn lay_tilt(tilt: &mut Vec<i64>, places: usize, ends: &[(usize, i64)]) {
    tilt.clear();
    tilt.resize(places, 0);
    let mut total = 0;
    for (place, weight) in ends {
        tilt[*place] += weight;
        total += weight;
    }
    let mut above = 0;
    for tilt in tilt {
        let here = *tilt;
        // More lines that end below this place are crossed, those that end above are not.
        *tilt = total - 2 * above - here;
        above += here;
    }
}

/// For each vertex of a column the places of its neighbors on one side, with the weight of the lines to them.
struct Ends {
    all: Vec<(usize, i64)>,
    first: Vec<usize>,
}

impl Ends {
    fn of(vertices: &[usize], side: &[Vec<Neighbor>], position: &[usize]) -> Self {
        let (mut all, mut first) = (Vec::new(), vec![0]);
        for vertex in vertices {
            all.extend(
                side[*vertex]
                    .iter()
                    .map(|(n, weight)| (position[*n], *weight as i64)),
            );
            first.push(all.len());
        }
        Self { all, first }
    }

    fn of_one(&self, vertex: usize) -> &[(usize, i64)] {
        &self.all[self.first[vertex]..self.first[vertex + 1]]
    }
}
