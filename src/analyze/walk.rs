//! Walking a graph breadth first: positions to start from and neighbors in, the positions reached and how far they are
//! out.

use crate::graph::Adjacency;

/// What the positions in `focus` descend from: each position reached along what it cites, with the least number of
/// links to it, nearest first.
///
/// Depth 0 is the focus. Cycles end where they began; positions outside the graph are ignored. Linear in the positions
/// of the graph and the links of what is reached.
///
/// ```
/// use citegraph::{analyze::ancestors, graph::Adjacency};
/// let chain = Adjacency::from_links(4, &[(3, 2), (2, 1), (1, 0)]);
/// assert_eq!(ancestors(&chain, &[3], Some(2)), [(3, 0), (2, 1), (1, 2)]);
/// ```
pub fn ancestors(adjacency: &Adjacency, focus: &[usize], depth: Option<usize>) -> Vec<(usize, usize)> {
    breadth_first(adjacency.len(), focus, depth, |position| {
        rows(adjacency.cites(position))
    })
}

/// What descends from the positions in `focus`: each position reached along who cites it, with the least number of
/// links to it, nearest first. Otherwise as [`ancestors`].
pub fn descendants(adjacency: &Adjacency, focus: &[usize], depth: Option<usize>) -> Vec<(usize, usize)> {
    breadth_first(adjacency.len(), focus, depth, |position| {
        rows(adjacency.who_cites(position))
    })
}

fn rows(row: &[u32]) -> impl Iterator<Item = usize> {
    row.iter().map(|position| *position as usize)
}

/// The positions below `n` reached from `focus`, each with its distance, in order of distance.
pub(super) fn breadth_first<I: Iterator<Item = usize>>(
    n: usize,
    focus: &[usize],
    depth: Option<usize>,
    neighbors: impl Fn(usize) -> I,
) -> Vec<(usize, usize)> {
    let mut seen = vec![false; n];
    let mut is_new = |position: usize| {
        let unseen = seen.get_mut(position).filter(|seen| !**seen);
        unseen.map(|seen| *seen = true).is_some()
    };
    let starts = focus.iter().copied().filter(|position| is_new(*position));
    let mut reached: Vec<_> = starts.map(|position| (position, 0)).collect();
    let mut at = 0;
    while let Some(&(position, distance)) = reached.get(at) {
        at += 1;
        if depth.is_none_or(|depth| distance < depth) {
            let found = neighbors(position).filter(|neighbor| is_new(*neighbor));
            reached.extend(found.map(|neighbor| (neighbor, distance + 1)));
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::fixtures::golden;
    use crate::graph::ReferenceGraph;

    fn names(graph: &ReferenceGraph, reached: &[(usize, usize)]) -> String {
        let mut names: Vec<_> = reached[1..]
            .iter()
            .map(|(position, _)| graph.work_at(*position).unwrap().id.as_str())
            .collect();
        names.sort_unstable();
        names.concat()
    }

    // `ancestors_citing_A` and `descendants_of_H` of measures/golden.json (NetworkX 3.6); it calls them the other way
    // round.
    #[test]
    fn the_lineage_of_the_reference_graph_is_found() {
        let graph = golden();
        let adjacency = Adjacency::from(&graph);
        assert_eq!(names(&graph, &descendants(&adjacency, &[0], None)), "BCDEFGHI");
        assert_eq!(names(&graph, &ancestors(&adjacency, &[7], None)), "ABCDEFG");
    }

    #[test]
    fn a_focus_twice_or_outside_the_graph_adds_nothing() {
        let adjacency = Adjacency::from_links(2, &[(0, 1), (1, 0)]);
        assert_eq!(ancestors(&adjacency, &[0, 0, 5], None), [(0, 0), (1, 1)]);
        assert!(descendants(&Adjacency::default(), &[0], None).is_empty());
    }
}
