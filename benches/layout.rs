//! The speed of laying out and writing pictures of generated citation networks.
//!
//! `cargo bench --bench layout`.

mod support;

use citegraph::draw::scene::Scene;
use citegraph::draw::{Theme, dot, svg};
use citegraph::graph::ReferenceGraph;
use citegraph::model::{Edge, Kind, Language, PartialDate, Relation, Work, WorkId};
use divan::Bencher;

use support::network::citations;

fn main() {
    divan::main();
}

/// Works with two references each, spread over thirty years.
fn graph(works: usize) -> ReferenceGraph {
    let id = |number: usize| WorkId::new(format!("ST-{number:05}-2022"));
    let work = |number: usize| {
        let year = 1995 + u16::try_from(number * 30 / works).unwrap_or_default();
        let label = format!("{number}/22");
        Work {
            date: PartialDate::year(year),
            ..Work::new(id(number), Kind::CouncilDocument, label)
        }
    };
    let edge = |(citing, cited)| Edge {
        citing: id(citing),
        cited: id(cited),
        relation: Relation::Cites,
        evidence: Vec::new(),
    };
    let edges = citations(works, works * 2, 1).into_iter().map(edge);
    ReferenceGraph::new((0..works).map(work).collect(), edges.collect())
}

#[divan::bench(args = [60, 400, 1000], sample_count = 3)]
fn lineage_as_svg(bencher: Bencher, works: usize) {
    let graph = graph(works);
    let shown: Vec<WorkId> = graph.works().map(|w| w.id.clone()).collect();
    let scene = Scene {
        graph: &graph,
        shown: &shown,
        focus: &shown[..1],
        language: Language::ENGLISH,
    };
    let (picture, theme) = (scene.picture(), Theme::builtin());
    bencher.bench(|| svg(&picture, &theme));
}

#[divan::bench(args = [60, 400], sample_count = 3)]
fn lineage_as_dot(bencher: Bencher, works: usize) {
    let graph = graph(works);
    let shown: Vec<WorkId> = graph.works().map(|w| w.id.clone()).collect();
    let scene = Scene {
        graph: &graph,
        shown: &shown,
        focus: &shown[..1],
        language: Language::ENGLISH,
    };
    let (picture, theme) = (scene.picture(), Theme::builtin());
    bencher.bench(|| dot(&picture, &theme));
}
