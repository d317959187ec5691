//! Links between works in, a group for each work out: works move to the group where modularity grows most (the local
//! moves of Blondel, Guillaume, Lambiotte and Lefebvre 2008, arXiv 0803.0476), made deterministic.

use std::collections::BTreeMap;

/// Most rounds: groups settle in a handful.
const ROUNDS: usize = 50;

/// The group of each of `works` works, numbered by their first member. Direction does not matter, parallel links count
/// each, links to works that do not exist and from a work to itself not at all; a work without links is a group of its own.
///
/// Each work in turn goes to the group of a neighbor where modularity grows most, on a tie to the one it is in or else the
/// one with the smallest number. The works come in order, so that the same links give the same groups. A round takes time
/// linear in links.
///
/// ```
/// use citegraph::analyze::communities;
/// let two_triangles = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)];
/// assert_eq!(communities(6, &two_triangles), [0, 0, 0, 1, 1, 1]);
/// ```
pub fn communities(works: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let mut neighbors = vec![Vec::new(); works];
    for &(a, b) in links.iter().filter(|(a, b)| a != b && *a.max(b) < works) {
        neighbors[a].push(b);
        neighbors[b].push(a);
    }
    let mut groups = Groups {
        of: (0..works).collect(),
        degrees: neighbors.iter().map(Vec::len).collect(),
        ends: neighbors.iter().map(Vec::len).sum(),
    };
    for _ in 0..ROUNDS {
        let moves = (0..works).filter(|work| groups.rehouse(*work, &neighbors[*work]));
        if moves.count() == 0 {
            break;
        }
    }
    numbered(&groups.of)
}

struct Groups {
    /// The group of each work.
    of: Vec<usize>,
    /// The sum of the degrees of each group.
    degrees: Vec<usize>,
    /// The ends of all links: twice their number.
    ends: usize,
}

impl Groups {
    /// Puts a work where modularity is largest, and tells whether it moved.
    fn rehouse(&mut self, work: usize, neighbors: &[usize]) -> bool {
        let (own, degree) = (self.of[work], neighbors.len());
        self.degrees[own] -= degree;
        let mut links = BTreeMap::from([(own, 0)]);
        for neighbor in neighbors {
            *links.entry(self.of[*neighbor]).or_insert(0) += 1;
        }
        // The gain of a group is its links less the links expected, all times the number of ends: whole numbers, so that
        // ties are ties.
        let gain =
            |group: usize, links: usize| (links * self.ends) as i128 - (self.degrees[group] * degree) as i128;
        let best = links
            .iter()
            .map(|(group, links)| (gain(*group, *links), *group == own, std::cmp::Reverse(*group)))
            .max();
        let group = best.map_or(own, |(_, _, group)| group.0);
        self.degrees[group] += degree;
        self.of[work] = group;
        group != own
    }
}

fn numbered(groups: &[usize]) -> Vec<usize> {
    let mut numbers = vec![None; groups.len()];
    let mut next = 0;
    let number = |group: &usize| {
        *numbers[*group].get_or_insert_with(|| {
            next += 1;
            next - 1
        })
    };
    groups.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_by_their_first_member_and_lone_works_stand_alone() {
        assert_eq!(communities(5, &[(4, 2), (2, 0), (0, 0), (0, 9)]), [0, 1, 0, 2, 0]);
        assert_eq!(communities(0, &[]), Vec::<usize>::new());
    }

    #[test]
    fn four_cliques_in_a_ring_are_four_groups() {
        let mut links = Vec::new();
        for clique in 0..4 {
            let first = clique * 5;
            links.extend((0..5).flat_map(|a| (0..a).map(move |b| (first + a, first + b))));
            links.push((first, (first + 9) % 20));
        }
        let groups = communities(20, &links);
        assert!((0..20).all(|work| groups[work] == work / 5), "{groups:?}");
    }
}
