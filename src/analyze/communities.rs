//! Links between works in, a group for each work out: label propagation (Raghavan, Albert and Kumara 2007), made
//! deterministic.

/// Most rounds: labels settle in a handful.
const ROUNDS: usize = 50;

/// The group of each of `works` works, numbered by their first member. Direction does not matter, parallel links count
/// each, links to works that do not exist and from a work to itself not at all; a work without links is a group of its own.
///
/// Each work in turn takes the label that most of its neighbors bear, on a tie the one it has or else the smallest. The
/// works come in order, so that the same links give the same groups. A round takes time linear in links.
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
    let mut labels: Vec<usize> = (0..works).collect();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for work in 0..works {
            let label = commonest(&neighbors[work], &labels, labels[work]);
            changed |= label != labels[work];
            labels[work] = label;
        }
        if !changed {
            break;
        }
    }
    numbered(&labels)
}

fn commonest(neighbors: &[usize], labels: &[usize], own: usize) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for neighbor in neighbors {
        *counts.entry(labels[*neighbor]).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or(0);
    if counts.get(&own).copied().unwrap_or(0) == most {
        return own;
    }
    let first = counts.into_iter().find(|(_, count)| *count == most);
    first.map_or(own, |(label, _)| label)
}

fn numbered(labels: &[usize]) -> Vec<usize> {
    let mut seen: Vec<usize> = Vec::new();
    let number = |label: &usize| {
        seen.iter().position(|s| s == label).unwrap_or_else(|| {
            seen.push(*label);
            seen.len() - 1
        })
    };
    labels.iter().map(number).collect()
}
