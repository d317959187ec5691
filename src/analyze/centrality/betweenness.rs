//! Betweenness: links in, out how many shortest paths lead through each position.

use rayon::prelude::*;

use crate::graph::Adjacency;

/// The sources are dealt to this many tasks, whatever the number of threads, and the outcomes are added in order of
/// task: sums of floating-point numbers depend on the order. Each task holds one number for each position.
const TASKS: usize = 64;

/// For each position v the sum, over all ordered pairs (s, t) of other positions, of the share of the shortest paths
/// from s to t that lead through v. Raw: not divided by the number of pairs; see [`normalize`].
///
/// Paths run from citing to cited. A pair without a path counts 0, so isolated positions, those that cite nothing and
/// those that nobody cites have 0. Cycles are allowed. Time is at the worst proportional to positions times links;
/// what counts is how many positions each one leads to. Memory is 512 bytes for each position.
///
/// Source: L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40 (1977); the algorithm
/// and the names in the code: U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
/// Sociology 25 (2001).
///
/// ```
/// use citegraph::{analyze::centrality::betweenness, graph::Adjacency};
/// let diamond = Adjacency::from_links(4, &[(3, 1), (3, 2), (1, 0), (2, 0)]);
/// assert_eq!(betweenness(&diamond), [0.0, 0.5, 0.5, 0.0]);
/// ```
pub fn betweenness(adjacency: &Adjacency) -> Vec<f64> {
    let n = adjacency.len();
    // Dealt in turn: neighboring sources lead to about as many positions, so the tasks take about as long.
    let tasks: Vec<Vec<f64>> = (0..TASKS.min(n))
        .into_par_iter()
        .map(|task| Search::new(n).sum_over(adjacency, (task..n).step_by(TASKS)))
        .collect();
    let mut c_b = vec![0.0; n];
    for partial in tasks {
        c_b.iter_mut().zip(partial).for_each(|(c, p)| *c += p);
    }
    c_b
}

/// Raw betweenness as a share, from 0 to 1, of the (n - 1)(n - 2) ordered pairs of other positions; 0 for fewer than
/// three positions. This is NetworkX's `normalized=True` for directed graphs.
pub fn normalize(raw: &[f64]) -> Vec<f64> {
    let n = raw.len() as f64;
    let pairs = ((n - 1.0) * (n - 2.0)).max(1.0);
    raw.iter().map(|c| c / pairs).collect()
}

/// What one search from a source knows; kept from source to source, so that each costs only what it reaches.
struct Search {
    c_b: Vec<f64>,
    /// Number of shortest paths from the source, per position.
    sigma: Vec<f64>,
    /// Distance from the source, per position; [`FAR`] if not reached.
    dist: Vec<u32>,
    /// (1 + δ) / σ, per position: what it passes back to each of its predecessors for each of their paths.
    share: Vec<f64>,
    /// The positions reached, nearest first.
    reached: Vec<u32>,
}

const FAR: u32 = u32::MAX;

impl Search {
    fn new(n: usize) -> Self {
        Self {
            c_b: vec![0.0; n],
            sigma: vec![0.0; n],
            dist: vec![FAR; n],
            share: vec![0.0; n],
            reached: Vec::new(),
        }
    }

    fn sum_over(mut self, adjacency: &Adjacency, sources: impl Iterator<Item = usize>) -> Vec<f64> {
        for s in sources {
            self.count_paths(adjacency, s);
            self.accumulate(adjacency);
            for v in self.reached.drain(..) {
                self.dist[v as usize] = FAR;
            }
        }
        self.c_b
    }

    fn count_paths(&mut self, adjacency: &Adjacency, s: usize) {
        self.reached.push(s as u32);
        self.dist[s] = 0;
        self.sigma[s] = 1.0;
        let mut at = 0;
        while let Some(v) = self.reached.get(at).map(|v| *v as usize) {
            at += 1;
            let (next, sigma_v) = (self.dist[v] + 1, self.sigma[v]);
            for &w in adjacency.cites(v) {
                let dist = &mut self.dist[w as usize];
                if *dist == FAR {
                    *dist = next;
                    self.sigma[w as usize] = sigma_v;
                    self.reached.push(w);
                } else if *dist == next {
                    self.sigma[w as usize] += sigma_v;
                }
            }
        }
    }

    /// Goes back from the farthest position and looks at successors, so that no predecessors need be kept.
    fn accumulate(&mut self, adjacency: &Adjacency) {
        for (at, v) in self.reached.iter().map(|v| *v as usize).enumerate().rev() {
            let next = self.dist[v] + 1;
            let successors = adjacency.cites(v).iter().map(|w| *w as usize);
            let on_path = successors.filter(|w| self.dist[*w] == next);
            let delta = self.sigma[v] * on_path.map(|w| self.share[w]).sum::<f64>();
            self.share[v] = (1.0 + delta) / self.sigma[v];
            // The source, reached first, is the end of its paths and not on them.
            if at > 0 {
                self.c_b[v] += delta;
            }
        }
    }
}
