//! Dates and links in, a column for each box out. Each year is a band of columns; within a year what is cited stands left
//! of what cites it. A crowded year gets as many columns as suit the shape of the page, and years of few works that do not
//! cite each other may share one.

use super::lanes;
use super::{Options, Room, Sketch, drawable};
use crate::model::PartialDate;

/// Free px between two boxes in a column.
pub(super) const BOX_GAP: f64 = 16.0;
/// Px that a lane takes up in a column.
pub(super) const LANE: f64 = 9.0;
/// Px between two columns, on an average.
const COLUMN_GAP: f64 = 50.0;

/// The columns of a layout, from left to right.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Columns {
    /// The column of each box.
    pub(super) of: Vec<usize>,
    /// The first and the last year of the band of each column.
    pub(super) periods: Vec<Period>,
    /// Whether a column has no boxes, only the turns of links between boxes of the column left of it.
    pub(super) thin: Vec<bool>,
}

/// First and last year of a band; none for works that nothing dates.
pub(super) type Period = Option<(u16, u16)>;

/// Most years that may share a column, and most empty years between two that do.
const LONGEST_PERIOD: u16 = 6;
const LONGEST_PAUSE: u16 = 2;

/// The same where room is short.
const TIGHT_PERIOD: u16 = 12;
const TIGHT_PAUSE: u16 = 8;
/// What a link inside a band costs, in columns.
const INNER_LINK: f64 = 0.08;

/// What packing may do to make a wide drawing narrower.
#[derive(Clone, Copy, PartialEq)]
enum Sharing {
    /// Every year has its own columns, and what cites stands right of what it cites.
    Nothing,
    /// Years of few works share a column.
    Years,
    /// What cites may stand in one column with what it cites, in the same year.
    Links,
    /// Both.
    All,
    /// Years that cite each other share a column, too, so that as few columns as possible are needed.
    Tight,
}

impl Sharing {
    const ALL: [Self; 5] = [Self::Nothing, Self::Years, Self::Links, Self::All, Self::Tight];

    /// How many times smaller it must make the page to be worth it.
    fn price(self) -> f64 {
        match self {
            Self::Nothing => 1.0,
            Self::Years => 1.1,
            Self::Links => 1.3,
            Self::All => 1.4,
            Self::Tight => 1.8,
        }
    }

    /// Whether it is worth its crossings only where room is short.
    fn squeezes(self) -> bool {
        matches!(self, Self::All | Self::Tight)
    }

    fn years(self) -> bool {
        matches!(self, Self::Years | Self::All)
    }

    fn links(self) -> bool {
        matches!(self, Self::Links | Self::All | Self::Tight)
    }
}

/// A way to pack the boxes, and how many times smaller it must make the page to be worth it.
pub(super) struct Candidate {
    pub(super) price: f64,
    pub(super) columns: Columns,
}

/// Tries several heights and keeps the columns that fit the smallest page of the wished shape: one candidate for each kind
/// of sharing, the best first.
pub(super) fn candidates(sketch: &Sketch, options: &Options) -> Vec<Candidate> {
    let years = years(sketch);
    let beside = beside(sketch, &years);
    let bands = Bands {
        sketch,
        years: &years,
        beside: &beside,
    };
    let mut candidates: Vec<(f64, Candidate)> = Vec::new();
    let squeezed = matches!(options.room, Room::Fixed(..));
    for sharing in Sharing::ALL.into_iter().filter(|s| squeezed || !s.squeezes()) {
        let packed = heights(sketch).map(|height| bands.pack(height, sharing));
        let sized = packed.map(|columns| (options.excess(estimate(sketch, &columns)), columns));
        let Some((size, columns)) = sized.min_by(|a, b| a.0.total_cmp(&b.0)) else {
            continue;
        };
        if candidates.iter().all(|(_, other)| other.columns != columns) {
            let price = sharing.price();
            candidates.push((size * price, Candidate { price, columns }));
        }
    }
    candidates.sort_by(|a, b| a.0.total_cmp(&b.0));
    candidates.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The heights to try, from the tallest box to all in one column.
fn heights(sketch: &Sketch) -> impl Iterator<Item = f64> {
    let tall = |h: f64, n: &super::Node| h.max(n.height + BOX_GAP);
    let first = sketch.nodes.iter().fold(0.0, tall);
    let all: f64 = sketch.nodes.iter().map(|n| n.height + BOX_GAP).sum();
    std::iter::successors(Some(first), |h| Some(h * 1.3)).take_while(move |h| *h > 0.0 && *h < all * 1.3)
}

/// Width and height that a layout with these columns will have, roughly.
pub(super) fn estimate(sketch: &Sketch, columns: &Columns) -> (f64, f64) {
    let mut widths = vec![0.0_f64; columns.periods.len()];
    let mut heights = vec![0.0; columns.periods.len()];
    for (node, column) in sketch.nodes.iter().zip(&columns.of) {
        widths[*column] = widths[*column].max(node.width);
        heights[*column] += node.height + BOX_GAP;
    }
    for (column, count) in lanes::count(sketch, columns).into_iter().enumerate() {
        heights[column] += LANE * count as f64;
    }
    let width = widths.iter().map(|w| w + COLUMN_GAP).sum::<f64>();
    let height = heights.iter().fold(0.0, |a: f64, b| a.max(*b));
    (width, height)
}

/// The year of each box; undated ones get that of the oldest work that cites them, else of the newest they cite.
fn years(sketch: &Sketch) -> Vec<Option<u16>> {
    let mut years: Vec<Option<u16>> = sketch
        .nodes
        .iter()
        .map(|n| n.date.map(PartialDate::years))
        .collect();
    let neighbors = neighbors(sketch);
    loop {
        let found: Vec<(usize, u16)> = (0..years.len())
            .filter(|node| years[*node].is_none())
            .filter_map(|node| Some((node, year_beside(&neighbors[node], &years)?)))
            .collect();
        if found.is_empty() {
            return years;
        }
        for (node, year) in found {
            years[node] = Some(year);
        }
    }
}

/// The boxes that cite a box, and those it cites.
#[derive(Clone, Default)]
struct Neighbors {
    citing: Vec<usize>,
    cited: Vec<usize>,
}

fn neighbors(sketch: &Sketch) -> Vec<Neighbors> {
    let mut neighbors = vec![Neighbors::default(); sketch.nodes.len()];
    for (_, link) in drawable(sketch) {
        neighbors[link.cited].citing.push(link.citing);
        neighbors[link.citing].cited.push(link.cited);
    }
    neighbors
}

fn year_beside(neighbors: &Neighbors, years: &[Option<u16>]) -> Option<u16> {
    let known = |nodes: &[usize]| nodes.iter().filter_map(|n| years[*n]).collect::<Vec<_>>();
    let oldest = known(&neighbors.citing).into_iter().min();
    oldest.or_else(|| known(&neighbors.cited).into_iter().max())
}

/// For each box those of its year that must stand left of it, and right of it: what it cites, and what cites it, unless the
/// dates say that it is the other way round.
#[derive(Clone, Default)]
struct Beside {
    left: Vec<usize>,
    right: Vec<usize>,
}

fn beside(sketch: &Sketch, years: &[Option<u16>]) -> Vec<Beside> {
    let mut beside = vec![Beside::default(); years.len()];
    for (_, link) in drawable(sketch).filter(|(_, l)| years[l.citing] == years[l.cited]) {
        let (mut left, mut right) = (link.cited, link.citing);
        if is_older(sketch, link.citing, link.cited) {
            (left, right) = (right, left);
        }
        if !beside[right].left.contains(&left) {
            beside[right].left.push(left);
            beside[left].right.push(right);
        }
    }
    beside
}

impl Columns {
    /// Adds a thin column right of each one in which boxes cite each other.
    fn with_turns(self, sketch: &Sketch) -> Self {
        let mut turns = vec![false; self.periods.len()];
        for (_, link) in drawable(sketch) {
            let (citing, cited) = (self.of[link.citing], self.of[link.cited]);
            turns[citing] |= citing == cited;
        }
        let mut place = Vec::new();
        let (mut periods, mut thin) = (Vec::new(), Vec::new());
        for (period, turn) in self.periods.iter().zip(turns) {
            place.push(periods.len());
            for is_thin in [false, true].into_iter().take(1 + usize::from(turn)) {
                periods.push(*period);
                thin.push(is_thin);
            }
        }
        let of = self.of.iter().map(|column| place[*column]).collect();
        Self { of, periods, thin }
    }
}

/// What packing goes by.
struct Bands<'a> {
    sketch: &'a Sketch,
    years: &'a [Option<u16>],
    beside: &'a [Beside],
}

impl Bands<'_> {
    /// Packs every band into columns no higher than `height` where its boxes allow.
    fn pack(&self, height: f64, sharing: Sharing) -> Columns {
        let mut columns = Columns {
            of: vec![0; self.years.len()],
            periods: Vec::new(),
            thin: Vec::new(),
        };
        for (period, members) in self.periods(height, sharing) {
            let band = Band {
                sketch: self.sketch,
                members,
                beside: self.beside,
                step: usize::from(!sharing.links()),
            };
            let packed = pack_band(&band, height);
            let first = columns.periods.len();
            for (node, column) in packed.of {
                columns.of[node] = first + column;
            }
            columns.periods.resize(first + packed.columns, period);
        }
        columns.with_turns(self.sketch)
    }

    /// The bands from left to right: single years, or where they may share, runs of years that fit one column together.
    fn periods(&self, height: f64, sharing: Sharing) -> Vec<(Period, Vec<usize>)> {
        let mut by_year = std::collections::BTreeMap::<Option<u16>, Vec<usize>>::new();
        for (node, year) in self.years.iter().enumerate() {
            by_year.entry(*year).or_default().push(node);
        }
        if sharing == Sharing::Tight {
            return self.tight_periods(by_year.into_iter().collect(), height);
        }
        let mut bands: Vec<(Period, Vec<usize>)> = Vec::new();
        for (year, members) in by_year {
            let period = year.map(|year| (year, year));
            match bands.last_mut() {
                Some((Some(last), before))
                    if sharing.years()
                        && self.may_share(*last, period, (before, &members), height)
                        && !self.linked(before, &members) =>
                {
                    last.1 = year.unwrap_or(last.1);
                    before.extend(members);
                }
                _ => bands.push((period, members)),
            }
        }
        bands
    }

    /// The bands that need the fewest columns, and among those the ones with the fewest links inside a band: a shortest
    /// way over the years.
    fn tight_periods(&self, years: Vec<(Option<u16>, Vec<usize>)>, height: f64) -> Vec<(Period, Vec<usize>)> {
        let mut band_of = vec![0; self.years.len()];
        for (band, (_, members)) in years.iter().enumerate() {
            members.iter().for_each(|node| band_of[*node] = band);
        }
        let links: Vec<(usize, usize)> = drawable(self.sketch)
            .map(|(_, l)| (band_of[l.citing], band_of[l.cited]))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        let mut best: Vec<(f64, usize)> = vec![(0.0, 0)];
        for end in 1..=years.len() {
            let ways = (0..end).rev().map_while(|start| {
                let inside = links.iter().filter(|l| l.0 >= start && l.1 < end).count();
                let cost = self.tight_cost(&years[start..end], inside, height)?;
                Some((best[start].0 + cost, start))
            });
            let way = ways.min_by(|a, b| a.0.total_cmp(&b.0));
            best.push(way.unwrap_or((best[end - 1].0 + 1.0, end - 1)));
        }
        let mut bands = Vec::new();
        let mut end = years.len();
        while end > 0 {
            let start = best[end].1;
            let period = years[start].0.zip(years[end - 1].0);
            let members = years[start..end].iter().flat_map(|year| year.1.clone());
            bands.push((period, members.collect()));
            end = start;
        }
        bands.reverse();
        bands
    }

    /// What a band of these years costs, in columns; none if they may not share one.
    fn tight_cost(&self, years: &[(Option<u16>, Vec<usize>)], links: usize, height: f64) -> Option<f64> {
        let needed = |year: &(Option<u16>, Vec<usize>)| -> f64 {
            year.1
                .iter()
                .map(|n| self.sketch.nodes[*n].height + BOX_GAP)
                .sum()
        };
        let all: f64 = years.iter().map(needed).sum();
        let turns = INNER_LINK * links as f64;
        let [.., _, last] = years else {
            return Some((all / height).ceil() + turns);
        };
        let pause = |pair: &[(Option<u16>, Vec<usize>)]| Some(pair[1].0? - pair[0].0?);
        let near = years
            .windows(2)
            .all(|pair| pause(pair).is_some_and(|p| p <= TIGHT_PAUSE));
        let span = last.0?.saturating_sub(years[0].0?);
        (near && all <= height && span <= TIGHT_PERIOD).then(|| 1.0 + turns + 0.03 * f64::from(span))
    }

    fn may_share(&self, last: (u16, u16), next: Period, (a, b): (&[usize], &[usize]), height: f64) -> bool {
        let Some((year, _)) = next else { return false };
        let all = || a.iter().chain(b);
        let needed: f64 = all().map(|n| self.sketch.nodes[*n].height + BOX_GAP).sum();
        year - last.0 < LONGEST_PERIOD && year - last.1 <= LONGEST_PAUSE + 1 && needed <= height
    }

    /// Whether boxes of one of two bands cite boxes of the other.
    fn linked(&self, a: &[usize], b: &[usize]) -> bool {
        let across = |from: usize, to: usize| a.contains(&from) && b.contains(&to);
        drawable(self.sketch).any(|(_, l)| across(l.citing, l.cited) || across(l.cited, l.citing))
    }
}

/// Whether the dates say that a box is older than another.
fn is_older(sketch: &Sketch, a: usize, b: usize) -> bool {
    match (sketch.nodes[a].date, sketch.nodes[b].date) {
        (Some(a), Some(b)) => b.is_surely_after(a),
        _ => false,
    }
}

/// The boxes of one band.
struct Band<'a> {
    sketch: &'a Sketch,
    members: Vec<usize>,
    beside: &'a [Beside],
    /// How many columns right of what it cites a box must stand: 1, or 0 where they may share one.
    step: usize,
}

/// The columns of one band.
struct Packed {
    of: Vec<(usize, usize)>,
    columns: usize,
}

/// Packs a band, then again as low as the same number of columns allows, so that its columns are equally high.
fn pack_band(band: &Band, height: f64) -> Packed {
    let order = citing_after_cited(band);
    let mut packed = fill(band, &order, height);
    let total: f64 = band
        .members
        .iter()
        .map(|n| band.sketch.nodes[*n].height + BOX_GAP)
        .sum();
    for slack in [1.0, 1.1, 1.25, 1.5] {
        let even = fill(band, &order, slack * total / packed.columns as f64);
        if even.columns == packed.columns {
            packed = even;
            break;
        }
    }
    packed
}

/// The members by date, but none before what it cites; where they cite each other in a circle the oldest goes first.
fn citing_after_cited(band: &Band) -> Vec<usize> {
    let mut open: Vec<usize> = band.beside.iter().map(|b| b.left.len()).collect();
    let key = |open: usize, node: usize| {
        let date = band.sketch.nodes[node].date;
        (open, date.is_none(), date, node)
    };
    let mut queue: std::collections::BTreeSet<_> = band.members.iter().map(|n| key(open[*n], *n)).collect();
    let mut order = Vec::with_capacity(band.members.len());
    while let Some((_, _, _, node)) = queue.pop_first() {
        order.push(node);
        for &next in &band.beside[node].right {
            if queue.remove(&key(open[next], next)) {
                open[next] -= 1;
                queue.insert(key(open[next], next));
            }
        }
    }
    order
}

/// Puts each box into the first column that is right of all it cites and has room.
fn fill(band: &Band, order: &[usize], height: f64) -> Packed {
    let mut column_of = std::collections::BTreeMap::new();
    let mut filled: Vec<f64> = Vec::new();
    for &node in order {
        // In a circle some of the right ones are placed before; this one then goes right of them.
        let placed = |other: &usize| column_of.get(other).map(|column| column + band.step);
        let Beside { left, right } = &band.beside[node];
        let mut column = left.iter().chain(right).filter_map(placed).max().unwrap_or(0);
        let need = band.sketch.nodes[node].height + BOX_GAP;
        while filled.get(column).is_some_and(|used| used + need > height + 0.01) {
            column += 1;
        }
        filled.resize(filled.len().max(column + 1), 0.0);
        filled[column] += need;
        column_of.insert(node, column);
    }
    // A box pushed far right by what it cites may leave columns without any.
    let used: Vec<usize> = (0..filled.len()).filter(|c| filled[*c] > 0.0).collect();
    let of = column_of
        .into_iter()
        .map(|(node, c)| (node, used.partition_point(|u| *u < c)));
    Packed {
        of: of.collect(),
        columns: used.len(),
    }
}
