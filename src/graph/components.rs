//! Orders and components of a graph: an [`Adjacency`] in, an order or a component number for each position out.
//! Nothing here recurses, so that a chain of a million works is no harder than a star.

use super::Adjacency;

const UNSEEN: u32 = u32::MAX;

impl Adjacency {
    /// All positions, each before those it cites.
    ///
    /// Inside a cycle there is no such order; a link between different [strong components](Self::strong_components)
    /// always follows it. This is the reverse of the order in which a depth-first
    /// search leaves the positions (Tarjan 1976). Linear in positions and links.
    pub fn citing_first(&self) -> Vec<u32> {
        let mut seen = vec![false; self.len()];
        let mut left = Vec::with_capacity(self.len());
        let mut stack: Vec<(u32, u32)> = Vec::new();
        for root in 0..self.len() {
            if !std::mem::replace(&mut seen[root], true) {
                stack.push((root as u32, 0));
            }
            while let Some(&mut (position, ref mut next)) = stack.last_mut() {
                let Some(&cited) = self.cites(position as usize).get(*next as usize) else {
                    left.push(position);
                    stack.pop();
                    continue;
                };
                *next += 1;
                if !std::mem::replace(&mut seen[cited as usize], true) {
                    stack.push((cited, 0));
                }
            }
        }
        left.reverse();
        left
    }

    /// The number of the strong component of each position: two positions share it if each leads to the other.
    ///
    /// Components are numbered from 0 such that a citing component comes before a cited one. Kosaraju's algorithm
    /// (Sharir 1981): linear in positions and links.
    pub fn strong_components(&self) -> Vec<u32> {
        let order = self.citing_first();
        self.flood(order.into_iter(), |position| [self.who_cites(position), &[]])
    }

    /// The number of the weak component of each position: two positions share it if links join them in whatever
    /// direction. Numbered from 0 in order of their first position. Linear in positions and links.
    pub fn weak_components(&self) -> Vec<u32> {
        self.flood(0..self.len() as u32, |position| {
            [self.cites(position), self.who_cites(position)]
        })
    }

    fn flood<'a>(
        &'a self,
        roots: impl Iterator<Item = u32>,
        neighbors: impl Fn(usize) -> [&'a [u32]; 2],
    ) -> Vec<u32> {
        let mut component = vec![UNSEEN; self.len()];
        let mut count = 0;
        let mut stack = Vec::new();
        for root in roots {
            if component[root as usize] != UNSEEN {
                continue;
            }
            component[root as usize] = count;
            stack.push(root);
            while let Some(position) = stack.pop() {
                for &neighbor in neighbors(position as usize).into_iter().flatten() {
                    if component[neighbor as usize] == UNSEEN {
                        component[neighbor as usize] = count;
                        stack.push(neighbor);
                    }
                }
            }
            count += 1;
        }
        component
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether a path of at least one link leads from one position to another, for all pairs (Warshall).
    fn closure(adjacency: &Adjacency) -> Vec<Vec<bool>> {
        let n = adjacency.len();
        let mut leads = vec![vec![false; n]; n];
        for (u, row) in leads.iter_mut().enumerate() {
            adjacency.cites(u).iter().for_each(|v| row[*v as usize] = true);
        }
        for k in 0..n {
            for i in 0..n {
                for j in 0..n {
                    leads[i][j] |= leads[i][k] && leads[k][j];
                }
            }
        }
        leads
    }

    fn links(most: usize) -> impl Strategy<Value = Vec<(usize, usize)>> {
        prop::collection::vec((0usize..7, 0usize..7), 0..most)
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let links: Vec<_> = (1..200_000).map(|i| (i, i - 1)).collect();
        let adjacency = Adjacency::from_links(200_000, &links);
        assert_eq!(adjacency.citing_first()[0], 199_999);
        assert_eq!(adjacency.strong_components()[0], 199_999);
        assert!(adjacency.weak_components().iter().all(|c| *c == 0));
    }

    proptest! {
        #[test]
        fn strong_components_are_those_that_lead_to_each_other(links in links(16)) {
            let adjacency = Adjacency::from_links(7, &links);
            let (leads, component) = (closure(&adjacency), adjacency.strong_components());
            for u in 0..7 {
                for v in 0..7 {
                    let mutual = u == v || leads[u][v] && leads[v][u];
                    prop_assert_eq!(component[u] == component[v], mutual);
                    prop_assert!(!leads[u][v] || component[u] <= component[v]);
                }
            }
        }

        #[test]
        fn a_citing_position_comes_before_what_it_cites(links in links(16)) {
            let adjacency = Adjacency::from_links(7, &links);
            let (component, order) = (adjacency.strong_components(), adjacency.citing_first());
            let mut place = [None; 7];
            order.iter().enumerate().for_each(|(at, v)| place[*v as usize] = Some(at));
            prop_assert!(order.len() == 7 && place.iter().all(Option::is_some));
            for u in 0..7 {
                for v in adjacency.cites(u).iter().map(|v| *v as usize) {
                    prop_assert!(component[u] == component[v] || place[u] < place[v]);
                }
            }
        }

        #[test]
        fn weak_components_ignore_direction(links in links(8)) {
            let both: Vec<_> = links.iter().flat_map(|&(u, v)| [(u, v), (v, u)]).collect();
            let (leads, component) =
                (closure(&Adjacency::from_links(7, &both)), Adjacency::from_links(7, &links).weak_components());
            for u in 0..7 {
                for v in 0..7 {
                    prop_assert_eq!(component[u] == component[v], u == v || leads[u][v]);
                }
            }
        }
    }
}
