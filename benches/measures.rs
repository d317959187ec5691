//! The speed of the graph measures on generated citation networks, by works and links.
//!
//! `cargo bench --bench measures`. `CITEGRAPH_BENCH_LARGE=1` adds what takes minutes: a million works, and betweenness of a
//! hundred thousand.

mod support;

use citegraph::analyze::centrality::{DAMPING, betweenness, hits, pagerank};
use citegraph::analyze::{ancestors, descendants};
use citegraph::graph::Adjacency;
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
fn ancestors_of_the_newest(bencher: Bencher, size: (usize, usize)) {
    let adjacency = network(size);
    bencher.bench(|| ancestors(&adjacency, &[size.0 - 1], None));
}

#[divan::bench(args = linear(), sample_count = 10)]
fn descendants_of_the_oldest(bencher: Bencher, size: (usize, usize)) {
    let adjacency = network(size);
    bencher.bench(|| descendants(&adjacency, &[0], None));
}

#[divan::bench(args = quadratic(), sample_count = 3)]
fn betweenness_exact(bencher: Bencher, size: (usize, usize)) {
    let adjacency = network(size);
    bencher.bench(|| betweenness(&adjacency));
}
