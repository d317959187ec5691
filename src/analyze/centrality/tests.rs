//! The measures against published values, values of other programs and slow oracles.

use proptest::prelude::*;

use super::*;
use crate::analyze::fixtures::{dated, edge, golden, small_adjacency};
use crate::graph::ReferenceGraph;
use crate::model::Relation;

// The ten works A to J of the graph `golden`. Computed with NetworkX 3.6 and igraph 1.0, which agree to 1e-10.
const PAGERANK_85: [f64; 10] = [
    0.3049274068876671,
    0.08095816520166654,
    0.14036779648981337,
    0.10152689562898691,
    0.08526619498315928,
    0.05739070816174138,
    0.0954027356454947,
    0.044720032333823614,
    0.044720032333823614,
    0.044720032333823614,
];
const PAGERANK_50: [f64; 10] = [
    0.21925133689839266,
    0.08689839572192663,
    0.12522281639928978,
    0.10338680926916126,
    0.09090909090909009,
    0.07486631016042793,
    0.10695187165775419,
    0.0641711229946525,
    0.0641711229946525,
    0.0641711229946525,
];
const BETWEENNESS: [f64; 10] = [0.0, 0.5, 0.5, 3.0, 4.0, 1.5, 7.5, 0.0, 0.0, 0.0];
const BETWEENNESS_NORMALIZED: [f64; 10] = [
    0.0,
    0.006944444444444444,
    0.006944444444444444,
    0.041666666666666664,
    0.05555555555555555,
    0.020833333333333332,
    0.10416666666666666,
    0.0,
    0.0,
    0.0,
];
const AUTHORITIES: [f64; 10] = [
    0.3926071491685107,
    0.039842400255730215,
    0.2390093749320581,
    0.13071069240690406,
    0.021789219464968295,
    0.08124859048739133,
    0.09479257328443749,
    0.0,
    0.0,
    0.0,
];
const HUBS: [f64; 10] = [
    0.0,
    0.11991847027318242,
    0.11991847027318242,
    0.19292182409265163,
    0.08517287162065507,
    0.23284627863959803,
    0.04657978385569558,
    0.1736887266460933,
    0.028953574598941642,
    0.0,
];

#[track_caller]
fn assert_close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (position, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() < tolerance, "position {position}: {f} is not {e}");
    }
}

#[test]
fn measures_equal_the_reference_values() {
    let adjacency = Adjacency::from(&golden());
    assert_close(&pagerank(&adjacency, 0.85), &PAGERANK_85, 1e-9);
    assert_close(&pagerank(&adjacency, 0.5), &PAGERANK_50, 1e-9);
    assert_close(&betweenness(&adjacency), &BETWEENNESS, 1e-9);
    assert_close(
        &normalize(&betweenness(&adjacency)),
        &BETWEENNESS_NORMALIZED,
        1e-9,
    );
    assert_close(&hits(&adjacency).authorities, &AUTHORITIES, 1e-9);
    assert_close(&hits(&adjacency).hubs, &HUBS, 1e-9);
    assert_eq!(hits(&adjacency).considered, 9);
    // Counted by hand.
    assert_eq!(
        in_degree(&adjacency),
        [5.0, 1.0, 3.0, 2.0, 1.0, 1.0, 2.0, 0.0, 0.0, 0.0]
    );
    assert_eq!(
        out_degree(&adjacency),
        [0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 2.0, 3.0, 1.0, 0.0]
    );
}

#[test]
fn an_empty_graph_has_no_values_and_one_work_has_all_or_nothing() {
    for measure in Measure::ALL {
        assert!(measure.values(&Adjacency::default()).is_empty());
        let alone = measure.values(&Adjacency::from_links(1, &[(0, 0)]));
        let expected = if measure == Measure::PageRank { 1.0 } else { 0.0 };
        assert_eq!(alone, [expected], "{measure}");
    }
}

#[test]
fn in_a_cycle_all_are_equal() {
    let links: Vec<_> = (0..5).map(|i| (i, (i + 1) % 5)).collect();
    let cycle = Adjacency::from_links(5, &links);
    assert_close(&pagerank(&cycle, DAMPING), &[0.2; 5], 1e-12);
    assert_close(&hits(&cycle).hubs, &[0.2; 5], 1e-12);
    // Each position is inside the paths of length 2, 3 and 4: 1 + 2 + 3 of them.
    assert_close(&betweenness(&cycle), &[6.0; 5], 1e-12);
}

#[test]
fn hubs_and_authorities_are_those_of_the_largest_component() {
    // A small but denser component would take all: two hubs that share two authorities, against a chain of five.
    let links = [(0, 1), (1, 2), (2, 3), (3, 4), (5, 7), (5, 8), (6, 7), (6, 8)];
    let found = hits(&Adjacency::from_links(9, &links));
    assert_eq!(found.considered, 5);
    assert_close(
        &found.authorities,
        &[0.0, 0.25, 0.25, 0.25, 0.25, 0.0, 0.0, 0.0, 0.0],
        1e-12,
    );
    let tie = hits(&Adjacency::from_links(4, &[(1, 0), (3, 2)]));
    assert_eq!(tie.authorities, [1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let links: Vec<_> = (0..5_000usize)
        .flat_map(|i| (1..6).map(move |k| (i, (i * k * 7_919 + k) % 499)))
        .collect();
    let adjacency = Adjacency::from_links(5_000, &links);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| Measure::ALL.map(|measure| measure.values(&adjacency)))
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn names_of_measures_are_read_as_they_are_written() {
    for measure in Measure::ALL {
        assert_eq!(Measure::parse(measure.as_str()), Some(measure));
        assert_eq!(serde_json::to_value(measure).unwrap(), measure.as_str());
    }
    assert_eq!(Measure::parse("PageRank"), None);
}

#[test]
fn equal_values_share_a_rank_and_years_are_ranked_apart() {
    let ranking = rank(&golden(), Measure::PageRank);
    let shown: Vec<_> = ranking
        .entries
        .iter()
        .map(|e| format!("{}{}", e.id, e.rank))
        .collect();
    assert_eq!(shown.join(" "), "A1 C2 D3 G4 E5 B6 F7 H8 I8 J8");
    let year_2002: Vec<_> = ranking
        .entries
        .iter()
        .filter_map(|e| e.in_year.filter(|p| p.year == 2002))
        .map(|p| (p.rank, p.of))
        .collect();
    assert_eq!(year_2002, [(1, 2), (2, 2)]);
    assert_eq!(ranking.entries[0].in_degree, 5);
}

#[test]
fn works_of_a_year_that_are_equal_share_their_place_in_it() {
    let mut works: Vec<_> = ["A", "B", "C"].map(|id| dated(id, 2020)).into();
    works.push(crate::model::Work {
        date: None,
        ..dated("D", 2020)
    });
    let edges = vec![
        edge("D", "A", Relation::Cites),
        edge("D", "A", Relation::Recalls),
        edge("D", "C", Relation::Cites),
    ];
    let ranking = rank(&ReferenceGraph::new(works, edges), Measure::InDegree);
    let shown: Vec<_> = ranking
        .entries
        .iter()
        .map(|e| (e.id.as_str(), e.value, e.rank, e.in_year.map(|p| p.rank)))
        .collect();
    let expected = [
        ("A", 1.0, 1, Some(1)),
        ("C", 1.0, 1, Some(1)),
        ("B", 0.0, 3, Some(3)),
        ("D", 0.0, 3, None),
    ];
    assert_eq!(shown, expected);
}

/// PageRank as its definition has it: a dense matrix of transitions, applied until nothing moves.
fn dense_pagerank(adjacency: &Adjacency, d: f64) -> Vec<f64> {
    let n = adjacency.len();
    let chance = |u: usize, v: usize| match adjacency.cites(u) {
        [] => 1.0 / n as f64,
        row if row.contains(&(v as u32)) => 1.0 / row.len() as f64,
        _ => 0.0,
    };
    let step = |x: Vec<f64>| -> Vec<f64> {
        let arriving = |v| (0..n).map(|u| x[u] * chance(u, v)).sum::<f64>();
        (0..n).map(|v| (1.0 - d) / n as f64 + d * arriving(v)).collect()
    };
    (0..300).fold(vec![1.0 / n as f64; n], |x, _| step(x))
}

/// All simple paths from the end of `path` to `t`, appended to `found`.
fn paths(adjacency: &Adjacency, path: &mut Vec<usize>, t: usize, found: &mut Vec<Vec<usize>>) {
    let end = path[path.len() - 1];
    if end == t {
        found.push(path.clone());
        return;
    }
    for w in adjacency.cites(end).iter().map(|w| *w as usize) {
        if !path.contains(&w) {
            path.push(w);
            paths(adjacency, path, t, found);
            path.pop();
        }
    }
}

/// Betweenness as its definition has it: all paths between all pairs, of which the shortest are kept.
fn counted_betweenness(adjacency: &Adjacency) -> Vec<f64> {
    let n = adjacency.len();
    let mut raw = vec![0.0; n];
    for (s, t) in (0..n)
        .flat_map(|s| (0..n).map(move |t| (s, t)))
        .filter(|(s, t)| s != t)
    {
        let mut found = Vec::new();
        paths(adjacency, &mut vec![s], t, &mut found);
        let least = found.iter().map(Vec::len).min();
        found.retain(|path| Some(path.len()) == least);
        for path in &found {
            path[1..path.len() - 1]
                .iter()
                .for_each(|v| raw[*v] += 1.0 / found.len() as f64);
        }
    }
    raw
}

type Matrix = Vec<Vec<f64>>;

fn squared(m: &Matrix) -> Matrix {
    let n = m.len();
    let entry = |i: usize, j: usize| (0..n).map(|k| m[i][k] * m[k][j]).sum::<f64>();
    let product: Matrix = (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect();
    let largest = product.iter().flatten().fold(f64::MIN_POSITIVE, |a, b| a.max(*b));
    product
        .iter()
        .map(|row| row.iter().map(|x| x / largest).collect())
        .collect()
}

/// The authorities of a connected graph: the matrix of common citations squared 16 times, 65,536 iterations. (More
/// would blow up rounding errors where two parts are equally strong.)
fn squared_authorities(adjacency: &Adjacency) -> Vec<f64> {
    let n = adjacency.len();
    let common = |v: usize, w: usize| {
        let citing = adjacency.who_cites(v).iter();
        citing.filter(|u| adjacency.who_cites(w).contains(u)).count() as f64
    };
    let counts: Matrix = (0..n).map(|v| (0..n).map(|w| common(v, w)).collect()).collect();
    let limit = (0..16).fold(counts, |m, _| squared(&m));
    let start = in_degree(adjacency);
    let raw: Vec<f64> = limit
        .iter()
        .map(|row| row.iter().zip(&start).map(|(a, b)| a * b).sum())
        .collect();
    let total = raw.iter().sum::<f64>();
    raw.iter().map(|x| x / total).collect()
}

proptest! {
    #[test]
    fn pagerank_agrees_with_the_dense_matrix(adjacency in small_adjacency(), d in 0.0f64..0.9) {
        assert_close(&pagerank(&adjacency, d), &dense_pagerank(&adjacency, d), 1e-11);
    }

    #[test]
    fn betweenness_agrees_with_counting_all_paths(adjacency in small_adjacency()) {
        assert_close(&betweenness(&adjacency), &counted_betweenness(&adjacency), 1e-11);
    }

    #[test]
    fn authorities_agree_with_a_high_power_of_the_matrix(adjacency in small_adjacency()) {
        prop_assume!(adjacency.link_count() > 0 && adjacency.weak_components().iter().all(|c| *c == 0));
        assert_close(&hits(&adjacency).authorities, &squared_authorities(&adjacency), 1e-9);
    }
}
