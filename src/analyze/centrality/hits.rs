//! Hubs and authorities: links in, two scores of each position out.

use rayon::prelude::*;

use crate::graph::Adjacency;

/// Iterations end when the scores change less than this; they add up to 1.
const TOLERANCE: f64 = 1e-14;

/// Enough unless two parts of the graph are all but equally strong; it bounds the time if they are.
const MAX_ITERATIONS: usize = 2_000;

/// Positions that one task computes; small enough for many threads, large enough to pay for the task.
const CHUNK: usize = 4_096;

/// The two scores of each position.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hits {
    /// How much it is cited by good hubs; all add up to 1, or to 0 without any link.
    pub authorities: Vec<f64>,
    /// How much it cites good authorities; all add up to 1, or to 0 without any link.
    pub hubs: Vec<f64>,
    /// How many positions the largest component has: all others have the scores 0.
    pub considered: usize,
}

/// Kleinberg's hubs and authorities.
///
/// The authority of v is proportional to the sum of the hub scores of those that cite v, and the hub score of u to the
/// sum of the authorities that u cites: the principal singular vectors of the matrix of links, each scaled to add up
/// to 1. Cycles are allowed; isolated positions have 0 for both.
///
/// Where several components are equally strong these vectors are not unique, and else the strongest takes all, be it
/// ever so small. So only the largest weak component is considered, the one of the first position where several are as
/// large. Within it, the scores are what the iteration from equal hub scores leads to, which is unique.
///
/// Each iteration is linear in positions and links; the number of iterations depends on how far the two strongest
/// parts of the component differ in strength and is at most 2,000.
///
/// Source: J. M. Kleinberg, "Authoritative sources in a hyperlinked environment", Journal of the ACM 46 (1999).
///
/// ```
/// use citegraph::{analyze::centrality::hits, graph::Adjacency};
/// let hits = hits(&Adjacency::from_links(4, &[(2, 0), (2, 1), (3, 0), (3, 1)]));
/// assert_eq!((hits.authorities, hits.hubs), (vec![0.5, 0.5, 0.0, 0.0], vec![0.0, 0.0, 0.5, 0.5]));
/// ```
pub fn hits(adjacency: &Adjacency) -> Hits {
    let mut hubs = largest_component(adjacency);
    let considered = hubs.iter().filter(|h| **h > 0.0).count();
    let mut authorities = vec![0.0; adjacency.len()];
    let mut last = vec![0.0; adjacency.len()];
    for _ in 0..MAX_ITERATIONS {
        gather(&mut authorities, &hubs, |v| adjacency.who_cites(v));
        gather(&mut hubs, &authorities, |u| adjacency.cites(u));
        let change: f64 = authorities.iter().zip(&last).map(|(a, b)| (a - b).abs()).sum();
        if change <= TOLERANCE {
            break;
        }
        std::mem::swap(&mut last, &mut authorities);
    }
    Hits {
        authorities,
        hubs,
        considered,
    }
}

/// 1 for each position of the largest weak component, 0 for all others.
fn largest_component(adjacency: &Adjacency) -> Vec<f64> {
    let component = adjacency.weak_components();
    let mut sizes = vec![0usize; adjacency.len()];
    component.iter().for_each(|c| sizes[*c as usize] += 1);
    let largest = (0..sizes.len()).rev().max_by_key(|c| sizes[*c]);
    let member = |c: &u32| if Some(*c as usize) == largest { 1.0 } else { 0.0 };
    component.iter().map(member).collect()
}

/// Gives each position the sum over its neighbors, scaled so that all add up to 1.
fn gather<'a>(into: &mut [f64], from: &[f64], neighbors: impl Fn(usize) -> &'a [u32] + Sync) {
    let chunks = into.par_chunks_mut(CHUNK).enumerate();
    chunks.for_each(|(chunk, values)| {
        for (offset, value) in values.iter_mut().enumerate() {
            let row = neighbors(chunk * CHUNK + offset);
            *value = row.iter().map(|other| from[*other as usize]).sum();
        }
    });
    let total: f64 = into.iter().sum();
    if total > 0.0 {
        into.iter_mut().for_each(|value| *value /= total);
    }
}
