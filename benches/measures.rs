//! The speed of the graph measures on generated citation networks, by works and links.
//!
//! `cargo bench --bench measures`. `CITEGRAPH_BENCH_LARGE=1` adds what takes minutes: a million works, and betweenness
//! of a hundred thousand.

mod support;

use citegraph::analyze::centrality::{DAMPING, betweenness, hits, pagerank};
use citegraph::analyze::{LineageQuery, ancestors, descendants, lineage};
use citegraph::graph::{Adjacency, ReferenceGraph};
use citegraph::model::{Edge, Kind, Relation, Work, WorkId};
use divan::Bencher;

use support::network::citations;

fn main() {
    divan::main();
}

const SMALL: (usize, usize) = (10_000, 60_000);
const MIDDLE: (usize, usize) = (100_000, 800_000);
const LARGE: (usize, usize) = (1_000_000, 10_000_000);

fn is_large_wanted() -> bool {
    std::env::var_os("CITEGRAPH_BENCH_LARGE").is_some()
}

/// The sizes for what is linear in the links.
fn linear() -> Vec<(usize, usize)> {
    let large = is_large_wanted().then_some(LARGE);
    [SMALL, MIDDLE].into_iter().chain(large).collect()
}

/// The sizes for what is not.
fn quadratic() -> Vec<(usize, usize)> {
    let middle = is_large_wanted().then_some(MIDDLE);
    [SMALL].into_iter().chain(middle).collect()
}

fn network((n, m): (usize, usize)) -> Adjacency {
    Adjacency::from_links(n, &citations(n, m, 1))
}

#[divan::bench(args = linear(), sample_count = 5)]
fn adjacency_of_links(bencher: Bencher, size: (usize, usize)) {
    let links = citations(size.0, size.1, 1);
    bencher.bench(|| Adjacency::from_links(size.0, &links));
}

#[divan::bench(args = linear(), sample_count = 5)]
fn pagerank_085(bencher: Bencher, size: (usize, usize)) {
    let adjacency = network(size);
    bencher.bench(|| pagerank(&adjacency, DAMPING));
}

#[divan::bench(args = linear(), sample_count = 3)]
fn hubs_and_authorities(bencher: Bencher, size: (usize, usize)) {
    let adjacency = network(size);
    bencher.bench(|| hits(&adjacency));
}

#[divan::bench(args = linear(), sample_count = 10)]
fn ancestors_of_the_newest_ten(bencher: Bencher, size: (usize, usize)) {
    let adjacency = network(size);
    let newest: Vec<usize> = (size.0 - 10..size.0).collect();
    bencher.bench(|| ancestors(&adjacency, &newest, None));
}

#[divan::bench(args = linear(), sample_count = 10)]
fn descendants_of_the_oldest(bencher: Bencher, size: (usize, usize)) {
    let adjacency = network(size);
    bencher.bench(|| descendants(&adjacency, &[0], None));
}

fn id(number: usize) -> WorkId {
    WorkId::new(format!("ST-{number:07}-2022"))
}

fn reference_graph((n, m): (usize, usize)) -> ReferenceGraph {
    let work = |number| Work::new(id(number), Kind::CouncilDocument, "");
    let edge = |(citing, cited)| Edge {
        citing: id(citing),
        cited: id(cited),
        relation: Relation::Cites,
        evidence: Vec::new(),
    };
    let edges = citations(n, m, 1).into_iter().map(edge);
    ReferenceGraph::new((0..n).map(work).collect(), edges.collect())
}

/// The whole answer: members, all references among them and the longest chain.
#[divan::bench(args = [SMALL, MIDDLE], sample_count = 3)]
fn lineage_of_the_newest_ten(bencher: Bencher, size: (usize, usize)) {
    let graph = reference_graph(size);
    let query = LineageQuery::new((size.0 - 10..size.0).map(id));
    bencher.bench(|| lineage(&graph, &query));
}

#[divan::bench(args = quadratic(), sample_count = 1)]
fn betweenness_exact(bencher: Bencher, size: (usize, usize)) {
    let adjacency = network(size);
    bencher.bench(|| betweenness(&adjacency));
}
