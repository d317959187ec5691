//! PageRank: links in, the share of each position out.

use crate::graph::Adjacency;

/// The damping factor that Brin and Page use: the probability to follow a reference rather than start anew.
pub const DAMPING: f64 = 0.85;

/// Sweeps end when they change less than this share of the whole; the rest of the error is at most d / (1 - d) of it.
const TOLERANCE: f64 = 1e-13;

/// Far more than any damping below 0.99 needs; it bounds the time for one that is nearly 1.
const MAX_SWEEPS: usize = 10_000;

/// The share of time that a reader spends at each position who, at each step, follows with probability `d` one of the
/// references of the work at hand, each as likely as the other, and else starts anew at any work.
///
/// A work without references sends the reader to any work, all as likely. The share goes from the citing to the cited
/// work. All shares add up to 1; isolated positions have the least. Cycles are allowed. `d` is held between 0 and
/// 0.9999; [`DAMPING`] is usual.
///
/// Starting anew and leaving a work without references both lead to all positions alike, so the shares are proportional
/// to the solution y of y_v = 1 + d Σ y_u / k_u over the u that cite v, where u cites k_u works. This is solved by
/// sweeps in an order in which a work comes [after those that cite it](Adjacency::citing_first): without cycles the
/// first sweep is exact and the second finds nothing to do; with cycles, each sweep divides the error by 1 / d or more.
/// A sweep is linear in positions and links.
///
/// Source: S. Brin and L. Page, "The anatomy of a large-scale hypertextual web search engine" (1998); the linear
/// system: G. M. Del Corso, A. Gullì and F. Romani, "Fast PageRank computation via a sparse linear system", Internet
/// Mathematics 2 (2005). NetworkX, igraph and rustworkx define it alike, but NetworkX and rustworkx by default stop at
/// an error that grows with the number of positions.
///
/// ```
/// use citegraph::analyze::centrality::{DAMPING, pagerank};
/// use citegraph::graph::Adjacency;
/// let star = Adjacency::from_links(3, &[(1, 0), (2, 0)]);
/// let shares = pagerank(&star, DAMPING);
/// assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// assert!((shares[0] / shares[1] - 2.7).abs() < 1e-12);
/// ```
pub fn pagerank(adjacency: &Adjacency, d: f64) -> Vec<f64> {
    let d = d.clamp(0.0, 0.9999);
    let order = adjacency.citing_first();
    let k: Vec<f64> = super::out_degree(adjacency);
    // What each position passes on along each of its references.
    let mut passed = vec![0.0; adjacency.len()];
    let mut y = vec![0.0; adjacency.len()];
    for _ in 0..MAX_SWEEPS {
        let (mut change, mut total) = (0.0, 0.0);
        for v in order.iter().map(|v| *v as usize) {
            let received: f64 = adjacency.who_cites(v).iter().map(|u| passed[*u as usize]).sum();
            let new = 1.0 + received;
            change += (new - y[v]).abs();
            total += new;
            y[v] = new;
            passed[v] = d * new / k[v].max(1.0);
        }
        if change <= TOLERANCE * total {
            break;
        }
    }
    let total: f64 = y.iter().sum();
    y.iter_mut().for_each(|y| *y /= total);
    y
}
