//! Graphs for the tests of this module.

use proptest::prelude::*;

use crate::graph::{Adjacency, ReferenceGraph};
use crate::model::{Edge, Evidence, Kind, Language, PartialDate, Relation, Work, WorkId};

/// The works A to J of `measures/golden.json` with their years.
pub const GOLDEN_YEARS: [u16; 10] = [1995, 1996, 2000, 2002, 2002, 2008, 2012, 2016, 2020, 2022];

/// Its references: each pair names the citing and the cited work.
pub const GOLDEN_EDGES: [&str; 15] = [
    "BA", "CA", "DA", "DC", "EB", "EC", "FD", "FC", "FA", "GD", "GE", "HF", "HG", "HA", "IG",
];

pub fn golden() -> ReferenceGraph {
    let works = ('A'..='J')
        .zip(GOLDEN_YEARS)
        .map(|(name, year)| dated(&name.to_string(), year));
    let edges = GOLDEN_EDGES.map(|pair| edge(&pair[..1], &pair[1..], Relation::Cites));
    ReferenceGraph::new(works.collect(), edges.into())
}

pub fn dated(id: &str, year: u16) -> Work {
    Work {
        date: PartialDate::year(year),
        in_corpus: true,
        ..Work::new(WorkId::new(id), Kind::CouncilDocument, id)
    }
}

pub fn edge(citing: &str, cited: &str, relation: Relation) -> Edge {
    let (citing, cited) = (WorkId::new(citing), WorkId::new(cited));
    Edge {
        citing,
        cited,
        relation,
        evidence: vec![passage()],
    }
}

fn passage() -> Evidence {
    Evidence {
        document: "a.txt".into(),
        language: Language::ENGLISH,
        start: 0,
        end: 1,
        line: 1,
        text: "x".into(),
        snippet: "x".into(),
        paragraph: None,
        footnote: None,
        pinpoint: None,
        confidence: 1.0,
        correction: None,
    }
}

pub fn ids(text: &str) -> Vec<WorkId> {
    text.split_whitespace().map(WorkId::new).collect()
}

/// Small graphs with cycles, parallel links and isolated positions.
pub fn small_adjacency() -> impl Strategy<Value = Adjacency> {
    (0usize..8).prop_flat_map(|n| {
        let link = (0..n.max(1), 0..n.max(1));
        prop::collection::vec(link, 0..16).prop_map(move |links| Adjacency::from_links(n, &links))
    })
}
