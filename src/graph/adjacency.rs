//! Neighborhoods as flat arrays: links between positions in, rows of positions out. What the measures run on; it knows
//! nothing of works.

use super::ReferenceGraph;

/// A directed graph of `n` positions as compressed sparse rows, in both directions.
///
/// For measures that visit every link many times, and for tests and benches that have links but no works. Rows are
/// sorted; parallel links count once; links from a position to itself, and links with an end that is no position
/// below `n`, are left out. `n` is at most 2³².
///
/// ```
/// use citegraph::graph::Adjacency;
/// let adjacency = Adjacency::from_links(3, &[(2, 1), (2, 0), (1, 0), (1, 0), (1, 1)]);
/// assert_eq!(adjacency.cites(2), [0, 1]);
/// assert_eq!(adjacency.who_cites(0), [1, 2]);
/// assert_eq!(adjacency.link_count(), 3);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adjacency {
    cites: Rows,
    who_cites: Rows,
}

impl Adjacency {
    /// The graph of `n` positions with these links, each (citing, cited). Linear in `n` and the number of links.
    pub fn from_links(n: usize, links: &[(usize, usize)]) -> Self {
        // Sorting twice by counting, first by one end and then by the other, leaves every row sorted.
        let mut cites = Rows::by_cited(n, links).transposed();
        cites.deduplicate();
        let who_cites = cites.transposed();
        Self { cites, who_cites }
    }

    /// The number of positions.
    pub fn len(&self) -> usize {
        self.cites.len()
    }

    /// Whether it has no position.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of links.
    pub fn link_count(&self) -> usize {
        self.cites.ends.len()
    }

    /// What a position cites, in order; nothing for a position that is not there.
    pub fn cites(&self, position: usize) -> &[u32] {
        self.cites.row(position)
    }

    /// Who cites a position, in order; nobody for a position that is not there.
    pub fn who_cites(&self, position: usize) -> &[u32] {
        self.who_cites.row(position)
    }
}

impl From<&ReferenceGraph> for Adjacency {
    /// The links of a graph between the positions of its works, whatever the number of relations between two works.
    fn from(graph: &ReferenceGraph) -> Self {
        Self::from_links(graph.len(), &graph.links())
    }
}

/// Rows of positions: row `i` is `ends[starts[i]..starts[i + 1]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Rows {
    starts: Vec<usize>,
    ends: Vec<u32>,
}

impl Rows {
    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn row(&self, position: usize) -> &[u32] {
        match self.starts.get(position..).and_then(|rest| rest.get(..2)) {
            Some(&[start, end]) => &self.ends[start..end],
            _ => &[],
        }
    }

    fn by_cited(n: usize, links: &[(usize, usize)]) -> Self {
        let kept = || {
            let inside = |&&(citing, cited): &&_| citing != cited && citing < n && cited < n;
            links.iter().filter(inside)
        };
        let mut filling = Filling::new(n, kept().map(|link| link.1));
        for &(citing, cited) in kept() {
            filling.push(cited, citing as u32);
        }
        filling.rows
    }

    fn transposed(&self) -> Self {
        let mut filling = Filling::new(self.len(), self.ends.iter().map(|end| *end as usize));
        for position in 0..self.len() {
            for &end in self.row(position) {
                filling.push(end as usize, position as u32);
            }
        }
        filling.rows
    }

    /// Keeps the first of equal neighbors in each row; rows must be sorted.
    fn deduplicate(&mut self) {
        let mut kept = 0;
        for position in 0..self.len() {
            let (start, end) = (self.starts[position], self.starts[position + 1]);
            self.starts[position] = kept;
            for at in start..end {
                if kept == self.starts[position] || self.ends[kept - 1] != self.ends[at] {
                    self.ends[kept] = self.ends[at];
                    kept += 1;
                }
            }
        }
        if let Some(last) = self.starts.last_mut() {
            *last = kept;
        }
        self.ends.truncate(kept);
    }
}

/// Rows of known lengths that are being filled.
struct Filling {
    rows: Rows,
    next: Vec<usize>,
}

impl Filling {
    fn new(n: usize, heads: impl Iterator<Item = usize>) -> Self {
        let mut starts = vec![0; n + 1];
        for head in heads {
            starts[head + 1] += 1;
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let rows = Rows {
            ends: vec![0; starts[n]],
            starts,
        };
        let next = rows.starts.clone();
        Self { rows, next }
    }

    fn push(&mut self, row: usize, end: u32) {
        self.rows.ends[self.next[row]] = end;
        self.next[row] += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_empty_graph_has_no_position() {
        assert!(Adjacency::from_links(0, &[]).is_empty());
        assert!(Adjacency::default().is_empty());
        assert!(Adjacency::default().cites(0).is_empty());
        assert!(Adjacency::from_links(0, &[(0, 1)]).is_empty());
    }

    #[test]
    fn a_position_that_is_not_there_has_no_neighbors() {
        let adjacency = Adjacency::from_links(2, &[(0, 1), (1, 2), (7, 0)]);
        assert_eq!(adjacency.link_count(), 1);
        assert!(adjacency.cites(2).is_empty() && adjacency.who_cites(usize::MAX).is_empty());
    }

    proptest! {
        #[test]
        fn rows_hold_each_link_once_and_in_order(links in prop::collection::vec((0usize..9, 0usize..9), 0..60)) {
            let adjacency = Adjacency::from_links(8, &links);
            let expected: BTreeSet<_> = links.into_iter().filter(|&(u, v)| u != v && u < 8 && v < 8).collect();
            let out = (0..8).flat_map(|u| adjacency.cites(u).iter().map(move |v| (u, *v as usize)));
            prop_assert!(out.eq(expected.iter().copied()));
            let back: BTreeSet<_> = expected.iter().map(|&(u, v)| (v, u)).collect();
            let into = (0..8).flat_map(|v| adjacency.who_cites(v).iter().map(move |u| (v, *u as usize)));
            prop_assert!(into.eq(back));
        }
    }
}
