//! The longest chain of references through a focus: positions and edges in, positions from the oldest to the newest
//! out.

use crate::graph::Adjacency;
use crate::model::Relation;

/// The longest chain of `edges` through one of `focus`, the last cited first. `places` is sorted and holds every end.
pub(super) fn longest(places: &[usize], edges: &[(usize, usize, Relation)], focus: &[usize]) -> Vec<usize> {
    let local = |place: usize| places.binary_search(&place).unwrap_or(places.len());
    let links: Vec<_> = edges
        .iter()
        .map(|&(citing, cited, _)| (local(citing), local(cited)))
        .collect();
    let adjacency = Adjacency::from_links(places.len(), &links);
    let focus = focus.iter().map(|place| local(*place));
    let chain = through(&adjacency, focus);
    chain.into_iter().map(|at| places[at]).collect()
}

fn through(adjacency: &Adjacency, focus: impl Iterator<Item = usize>) -> Vec<usize> {
    let component = adjacency.strong_components();
    let mut order = adjacency.citing_first();
    let newer = Steps::along(&order, &component, |at| adjacency.who_cites(at));
    order.reverse();
    let older = Steps::along(&order, &component, |at| adjacency.cites(at));
    let length = |at: usize| older.length[at] + newer.length[at];
    let Some(middle) = focus.min_by_key(|at| (std::cmp::Reverse(length(*at)), *at)) else {
        return Vec::new();
    };
    let mut chain: Vec<_> = older.from(middle).collect();
    chain.reverse();
    chain.extend(newer.from(middle).skip(1));
    chain
}

/// The longest chain from each position in one direction: how many links it has and the first of them.
struct Steps {
    length: Vec<usize>,
    next: Vec<Option<usize>>,
}

impl Steps {
    /// `order` must hold a position after all its neighbors but those of its own component.
    fn along<'a>(order: &[u32], component: &[u32], neighbors: impl Fn(usize) -> &'a [u32]) -> Self {
        let mut steps = Self {
            length: vec![0; order.len()],
            next: vec![None; order.len()],
        };
        for at in order.iter().map(|at| *at as usize) {
            for neighbor in neighbors(at).iter().map(|neighbor| *neighbor as usize) {
                let length = steps.length[neighbor] + 1;
                if component[at] != component[neighbor] && length > steps.length[at] {
                    steps.length[at] = length;
                    steps.next[at] = Some(neighbor);
                }
            }
        }
        steps
    }

    fn from(&self, start: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(start), |at| self.next[*at])
    }
}
