//! Rankings: a graph and a measure in, its works in order of the measure out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Measure;
use crate::graph::{Adjacency, ReferenceGraph};
use crate::model::WorkId;

/// Values that differ by less than this share of themselves are equal: symmetric works have equal values by definition,
/// which rounding and the order of summation must not undo.
const SAME: f64 = 1e-10;

/// Values below this are rounding errors of 0: no measure gives a real difference so small.
const ZERO: f64 = 1e-14;

/// The place of a work among those of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Placing {
    /// The year of its date.
    pub year: u16,
    /// Its rank among the works of this year, from 1.
    pub rank: usize,
    /// How many works of this year the graph holds.
    pub of: usize,
}

/// One work and its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    /// Its id.
    pub id: WorkId,
    /// The value of the measure.
    pub value: f64,
    /// Its rank, from 1: one more than the number of works with a greater value.
    pub rank: usize,
    /// Its place within its year, where its date is known: old works had more time to be cited.
    pub in_year: Option<Placing>,
    /// How many works cite it: the plain count beside whatever measure.
    pub in_degree: usize,
}

/// The works of a graph in order of a measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranking {
    /// The measure.
    pub measure: Measure,
    /// All works, the greatest value first; those of equal value share a rank and are in order of id.
    pub entries: Vec<Ranked>,
}

/// Ranks all works of a graph, those that are only cited among them.
///
/// Values that differ by less than 10⁻¹⁰ of themselves count as equal. Time is that of the measure and of sorting.
///
/// ```
/// use citegraph::analyze::{Measure, rank};
/// use citegraph::graph::ReferenceGraph;
/// use citegraph::model::{Edge, Kind, Relation, Work, WorkId};
/// let id = WorkId::new;
/// let graph = ReferenceGraph::new(
///     ["ST-1-2020", "ST-2-2022"].map(|w| Work::new(id(w), Kind::CouncilDocument, w)).into(),
///     vec![Edge { citing: id("ST-2-2022"), cited: id("ST-1-2020"), relation: Relation::Cites, evidence: vec![] }],
/// );
/// let ranking = rank(&graph, Measure::InDegree);
/// assert_eq!(ranking.entries[0].id, id("ST-1-2020"));
/// assert_eq!(ranking.entries.iter().map(|e| e.rank).collect::<Vec<_>>(), [1, 2]);
/// ```
pub fn rank(graph: &ReferenceGraph, measure: Measure) -> Ranking {
    let adjacency = Adjacency::from(graph);
    let mut entries: Vec<_> = graph
        .works()
        .zip(measure.values(&adjacency))
        .enumerate()
        .map(|(position, (work, value))| Ranked {
            id: work.id.clone(),
            value,
            rank: 0,
            in_year: work.date.map(|date| Placing {
                year: date.years(),
                rank: 0,
                of: 0,
            }),
            in_degree: adjacency.who_cites(position).len(),
        })
        .collect();
    // Stable, and the works come in order of id.
    entries.sort_by(|a, b| b.value.total_cmp(&a.value));
    give_ranks(&mut entries);
    entries.sort_by(|a, b| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
    place_in_years(&mut entries);
    Ranking { measure, entries }
}

fn is_same(greater: f64, less: f64) -> bool {
    greater < ZERO || greater - less <= SAME * greater
}

fn give_ranks(entries: &mut [Ranked]) {
    for at in 0..entries.len() {
        entries[at].rank = match at.checked_sub(1).map(|before| &entries[before]) {
            Some(before) if is_same(before.value, entries[at].value) => before.rank,
            _ => at + 1,
        };
    }
}

/// How many works of a year were seen, and the rank in all and in the year of the last of them.
#[derive(Default)]
struct Year {
    count: usize,
    last: usize,
    rank: usize,
}

fn place_in_years(entries: &mut [Ranked]) {
    let mut years: BTreeMap<u16, Year> = BTreeMap::new();
    for entry in entries.iter_mut() {
        let Some(placing) = &mut entry.in_year else {
            continue;
        };
        let year = years.entry(placing.year).or_default();
        year.count += 1;
        if year.last != entry.rank {
            (year.last, year.rank) = (entry.rank, year.count);
        }
        placing.rank = year.rank;
    }
    for placing in entries.iter_mut().filter_map(|entry| entry.in_year.as_mut()) {
        placing.of = years.get(&placing.year).map_or(0, |year| year.count);
    }
}
