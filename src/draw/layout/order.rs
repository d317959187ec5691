//! A layered graph in, an order of the vertices in each column with few crossings out: seeded restarts of barycenter and
//! median sweeps with transposition (Gansner et al., "A technique for drawing directed graphs", 1993), then sifting
//! (Matuszewski, Schönfeld and Molitor, 1999).

use std::collections::BTreeMap;

use super::lanes::Lanes;
use super::random::Random;

/// Vertices of each column from top to bottom.
pub(super) type Order = Vec<Vec<usize>>;

/// How many segments all sweeps together may look at: what bounds the time, on every machine alike.
const BUDGET: usize = 12_000_000;
const MAX_RESTARTS: usize = 40;
const SWEEPS: usize = 10;

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
    let mut search = Search::new(lanes);
    let work = (lanes.segments.len() + lanes.vertices.len()).max(1);
    let most = if effort == Effort::Trial { 1 } else { MAX_RESTARTS };
    let restarts = (BUDGET / (work * SWEEPS * 8)).clamp(1, most);
    let mut random = Random::new(seed);
    let mut best: Option<(u64, Order)> = None;
    for restart in 0..restarts {
        let start = search.start(restart, &mut random);
        let order = search.improve(start, restart);
        let mut order = search.sifted(order, work * restarts);
        search.flip(&mut order);
        let crossings = search.crossings(&order);
        if best.as_ref().is_none_or(|(least, _)| crossings < *least) {
            best = Some((crossings, order));
        }
    }
    let (crossings, order) = best.unwrap_or_default();
    (crossings, tidied(order, &search.alone, lanes))
}

/// Changes what takes and brings no crossing: trunks run through the middle of their branches, boxes that have the same
/// neighbors stand in order of date, and boxes without links go last.
fn tidied(mut order: Order, alone: &Order, lanes: &Lanes) -> Order {
    let ends = Ends::new(lanes);
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
struct Ends<'a> {
    lanes: &'a Lanes,
    of: Vec<Vec<End>>,
}

impl<'a> Ends<'a> {
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
    columns: usize,
    /// For each vertex the neighbors to the left, and to the right.
    sides: [Vec<Vec<Neighbor>>; 2],
    natural: Order,
    /// Boxes without links, which go below all others.
    alone: Order,
    position: Vec<usize>,
    /// The swim-lane of each vertex: those of one come before those of the next.
    swimlane: Vec<usize>,
}

impl Search {
    fn new(lanes: &Lanes) -> Self {
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
            columns: lanes.columns,
            sides,
            natural,
            alone,
            position: vec![0; count],
            swimlane: lanes.vertices.iter().map(|v| v.swimlane).collect(),
        }
    }

    fn start(&self, restart: usize, random: &mut Random) -> Order {
        let mut order = self.natural.clone();
        if restart > 0 {
            order.iter_mut().for_each(|column| random.shuffle(column));
        }
        for column in &mut order {
            column.sort_by_key(|v| self.swimlane[*v]);
        }
        order
    }

    fn improve(&mut self, mut order: Order, restart: usize) -> Order {
        self.index(&order);
        let mut best = (self.crossings(&order), order.clone());
        for sweep in 0..SWEEPS {
            let side = sweep % 2;
            let columns: Vec<usize> = if side == 0 {
                (1..self.columns).collect()
            } else {
                (0..self.columns.saturating_sub(1)).rev().collect()
            };
            for column in columns {
                self.sort_column(&mut order[column], side, restart.is_multiple_of(2));
            }
            self.transpose(&mut order);
            let crossings = self.crossings(&order);
            if crossings < best.0 {
                best = (crossings, order.clone());
            }
        }
        best.1
    }

    fn index(&mut self, order: &Order) {
        for column in order {
            for (place, vertex) in column.iter().enumerate() {
                self.position[*vertex] = place;
            }
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

    /// Swaps neighbors in a column as long as that takes crossings away.
    fn transpose(&mut self, order: &mut Order) {
        for _ in 0..4 {
            let mut improved = false;
            for column in order.iter_mut() {
                for place in 1..column.len() {
                    let (upper, lower) = (column[place - 1], column[place]);
                    let (now, swapped) = self.pair(upper, lower);
                    if swapped < now && self.swimlane[upper] == self.swimlane[lower] {
                        column.swap(place - 1, place);
                        self.position[upper] = place;
                        self.position[lower] = place - 1;
                        improved = true;
                    }
                }
            }
            if !improved {
                return;
            }
        }
    }

    /// Crossings of the lines of two vertices with the first above the second, and the other way round.
    fn pair(&self, upper: usize, lower: usize) -> (u64, u64) {
        let (mut now, mut swapped) = (0, 0);
        for side in &self.sides {
            let (a, b) = (&side[upper], &side[lower]);
            let (n, s) = if a.len() * b.len() > 64 {
                self.merged(a, b)
            } else {
                self.compared(a, b)
            };
            now += n;
            swapped += s;
        }
        (now, swapped)
    }

    fn compared(&self, upper: &[Neighbor], lower: &[Neighbor]) -> (u64, u64) {
        let (mut now, mut swapped) = (0, 0);
        for (a, weight_a) in upper {
            for (b, weight_b) in lower {
                let weight = weight_a * weight_b;
                match self.position[*a].cmp(&self.position[*b]) {
                    std::cmp::Ordering::Greater => now += weight,
                    std::cmp::Ordering::Less => swapped += weight,
                    std::cmp::Ordering::Equal => {}
                }
            }
        }
        (now, swapped)
    }

    /// The same as `compared`, for hubs: sorts the places and runs through both at once.
    fn merged(&self, upper: &[Neighbor], lower: &[Neighbor]) -> (u64, u64) {
        let sorted = |side: &[Neighbor]| {
            let mut places: Vec<(usize, u64)> = side.iter().map(|(n, w)| (self.position[*n], *w)).collect();
            places.sort_unstable();
            places
        };
        let (a, b) = (sorted(upper), sorted(lower));
        (below(&a, &b), below(&b, &a))
    }

    /// Moves each vertex to the best place of its column, round by round, while the budget lasts.
    fn sifted(&mut self, mut order: Order, work: usize) -> Order {
        self.index(&order);
        let tallest = order.iter().map(Vec::len).max().unwrap_or(0);
        let rounds = (4 * BUDGET / (work * tallest.max(1))).min(12);
        for _ in 0..rounds {
            let mut improved = false;
            for column in order.iter_mut() {
                for vertex in column.clone() {
                    improved |= self.sift(column, vertex);
                }
            }
            if !improved {
                break;
            }
        }
        order
    }

    fn sift(&mut self, column: &mut Vec<usize>, vertex: usize) -> bool {
        let from = self.position[vertex];
        let (mut best, mut to) = (0_i64, from);
        let gain = |(now, swapped): (u64, u64)| swapped as i64 - now as i64;
        let mut change = 0;
        let alike = |other: usize| self.swimlane[other] == self.swimlane[vertex];
        for place in (0..from).rev().take_while(|place| alike(column[*place])) {
            change += gain(self.pair(column[place], vertex));
            if change < best {
                (best, to) = (change, place);
            }
        }
        change = 0;
        let below = column.iter().enumerate().skip(from + 1);
        for (place, other) in below.take_while(|(_, other)| alike(**other)) {
            change += gain(self.pair(vertex, *other));
            if change < best {
                (best, to) = (change, place);
            }
        }
        if to != from {
            column.remove(from);
            column.insert(to, vertex);
            for (place, vertex) in column.iter().enumerate() {
                self.position[*vertex] = place;
            }
        }
        to != from
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

    fn index_column(&mut self, column: &[usize]) {
        for (place, vertex) in column.iter().enumerate() {
            self.position[*vertex] = place;
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

/// The sum of products of weights over pairs in which the second place lies before the first.
fn below(first: &[(usize, u64)], second: &[(usize, u64)]) -> u64 {
    let (mut sum, mut passed, mut next) = (0, 0, 0);
    for (place, weight) in first {
        while next < second.len() && second[next].0 < *place {
            passed += second[next].1;
            next += 1;
        }
        sum += weight * passed;
    }
    sum
}
