//! The frontier: a graph in, the works out that are cited but that no document of the corpus is an expression of, most
//! cited first. What to fetch next, and where from.

use std::cmp::Reverse;

use serde::Serialize;

use crate::graph::ReferenceGraph;
use crate::model::{Kind, WorkId};

/// One work that is cited but not in the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Its id.
    pub id: WorkId,
    /// What sort of thing it is: an instrument or a treaty article, unlike a document, may have no file to fetch.
    pub kind: Kind,
    /// Its short label.
    pub label: String,
    /// How many works cite it, each counted once whatever the number of relations.
    pub cited_by: usize,
    /// How many passages mention it, those in several language versions of one work counted apart.
    pub mentions: usize,
    /// Where to get it.
    pub url: Option<String>,
}

/// All that is cited but missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Frontier {
    /// By the number of citing works, the largest first, then by mentions, then by id.
    pub entries: Vec<Missing>,
}

/// The frontier of a graph. Works that nobody cites are no part of it. Linear in works and edges but for the sorting.
pub fn frontier(graph: &ReferenceGraph) -> Frontier {
    let missing = (0..graph.len()).filter_map(|position| missing(graph, position));
    let mut entries: Vec<_> = missing.collect();
    // Stable, and the works come in order of id.
    entries.sort_by_key(|entry| Reverse((entry.cited_by, entry.mentions)));
    Frontier { entries }
}

fn missing(graph: &ReferenceGraph, position: usize) -> Option<Missing> {
    let work = graph.work_at(position).filter(|work| !work.in_corpus)?;
    let mut citing: Vec<_> = graph.who_cites_at(position).map(|(citing, _)| citing).collect();
    citing.sort_unstable();
    citing.dedup();
    (!citing.is_empty()).then(|| Missing {
        id: work.id.clone(),
        kind: work.kind,
        label: work.label.clone(),
        cited_by: citing.len(),
        mentions: graph
            .who_cites_at(position)
            .map(|(_, edge)| edge.evidence.len())
            .sum(),
        url: work.url.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::fixtures::{dated, edge};
    use crate::model::{Relation, Work};

    #[test]
    fn what_is_cited_but_missing_comes_most_cited_first() {
        let outside = |id: &str| Work {
            in_corpus: false,
            url: Some(format!("https://example.org/{id}")),
            ..dated(id, 2020)
        };
        let works = vec![
            dated("A", 2022),
            dated("B", 2022),
            outside("P"),
            outside("Q"),
            outside("R"),
            outside("S"),
        ];
        let edges = vec![
            edge("A", "B", Relation::Cites),
            edge("A", "P", Relation::Cites),
            edge("A", "Q", Relation::Cites),
            edge("A", "Q", Relation::Recalls),
            edge("A", "R", Relation::Cites),
            edge("B", "R", Relation::Cites),
        ];
        let found = frontier(&ReferenceGraph::new(works, edges));
        let shown: Vec<_> = found
            .entries
            .iter()
            .map(|e| (e.id.as_str(), e.cited_by, e.mentions))
            .collect();
        assert_eq!(shown, [("R", 2, 2), ("Q", 1, 2), ("P", 1, 1)]);
        assert_eq!(found.entries[0].url.as_deref(), Some("https://example.org/R"));
        assert_eq!(frontier(&ReferenceGraph::default()), Frontier::default());
    }
}
