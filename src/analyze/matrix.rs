//! Who refers to what, crosswise: a graph and a kind in, the works of that kind as columns, the documents of the corpus that
//! refer to them as rows, and what is between them out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::graph::ReferenceGraph;
use crate::model::{Edge, Kind, Relation, Work, WorkId};

/// How one work refers to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The row.
    pub citing: WorkId,
    /// The column.
    pub cited: WorkId,
    /// In the order of [`Relation::ALL`], of which the first says most.
    pub relations: Vec<Relation>,
    /// In how many passages.
    pub mentions: usize,
}

/// Works by what they refer to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crossing {
    /// The kind of the columns.
    pub kind: Kind,
    /// Works of the corpus that refer to any column, the oldest first and undated ones last, then by id.
    pub rows: Vec<WorkId>,
    /// The works of the kind that are referred to, by how many rows, the most first, then by id.
    pub columns: Vec<(WorkId, usize)>,
    /// What is between them, in order of citing and cited id.
    pub cells: Vec<Cell>,
}

/// Crosses the works of the corpus with the works of a kind that they refer to. Linear in the edges but for the sorting.
pub fn crossing(graph: &ReferenceGraph, kind: Kind) -> Crossing {
    let is_row = |work: &Work| work.in_corpus;
    let is_column = |work: &Work| work.kind == kind;
    let counts = |edge: &&Edge| {
        edge.citing != edge.cited
            && graph.work(&edge.citing).is_some_and(is_row)
            && graph.work(&edge.cited).is_some_and(is_column)
    };
    let mut cells: BTreeMap<(&WorkId, &WorkId), (BTreeSet<Relation>, usize)> = BTreeMap::new();
    for edge in graph.edges().filter(counts) {
        let (relations, mentions) = cells.entry((&edge.citing, &edge.cited)).or_default();
        relations.insert(edge.relation);
        *mentions += edge.evidence.len();
    }
    let mut cited: BTreeMap<&WorkId, usize> = BTreeMap::new();
    cells
        .keys()
        .for_each(|(_, column)| *cited.entry(*column).or_default() += 1);
    let mut columns: Vec<(WorkId, usize)> = cited.into_iter().map(|(id, rows)| (id.clone(), rows)).collect();
    // Stable, and both come in order of id.
    columns.sort_by_key(|(_, rows)| Reverse(*rows));
    let mut rows: Vec<WorkId> = cells.keys().map(|(row, _)| (*row).clone()).collect();
    rows.dedup();
    let date = |id: &WorkId| graph.work(id).and_then(|work| work.date);
    rows.sort_by_key(|id| (date(id).is_none(), date(id)));
    let cell =
        |((citing, cited), (relations, mentions)): ((&WorkId, &WorkId), (BTreeSet<Relation>, usize))| Cell {
            citing: citing.clone(),
            cited: cited.clone(),
            relations: relations.into_iter().collect(),
            mentions,
        };
    Crossing {
        kind,
        rows,
        columns,
        cells: cells.into_iter().map(cell).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::fixtures::{dated, edge};

    #[test]
    fn rows_are_in_order_of_time_and_columns_most_cited_first() {
        let instrument = |id: &str| Work {
            kind: Kind::Instrument,
            in_corpus: false,
            ..dated(id, 2010)
        };
        let corpus = |id: &str, year| Work {
            in_corpus: true,
            kind: Kind::CouncilDocument,
            ..dated(id, year)
        };
        let works = vec![
            corpus("A", 2022),
            corpus("B", 2020),
            corpus("C", 2021),
            instrument("i"),
            instrument("j"),
            instrument("k"),
        ];
        let edges = vec![
            edge("A", "i", Relation::Cites),
            edge("A", "j", Relation::Cites),
            edge("A", "j", Relation::Recalls),
            edge("B", "j", Relation::Cites),
            edge("A", "B", Relation::Cites),
        ];
        let found = crossing(&ReferenceGraph::new(works, edges), Kind::Instrument);
        assert_eq!(found.rows, ["B", "A"].map(WorkId::new));
        assert_eq!(found.columns, [(WorkId::new("j"), 2), (WorkId::new("i"), 1)]);
        let cells: Vec<_> = found
            .cells
            .iter()
            .map(|c| (c.citing.as_str(), c.cited.as_str(), c.relations.len(), c.mentions))
            .collect();
        assert_eq!(cells, [("A", "i", 1, 1), ("A", "j", 2, 2), ("B", "j", 1, 1)]);
    }
}
