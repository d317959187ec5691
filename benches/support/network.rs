//! Citation networks that look like real ones: size and seed in, links out.
//!
//! The same generator as `measures/generate.py`, so that the figures of other programs are figures of the same graph.

use std::collections::BTreeSet;

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct SplitMix(u64);

impl SplitMix {
    /// A sequence for each seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

/// A network of `n` works and exactly `m` links (citing, cited) without cycles or parallel links.
///
/// Works arrive in order and cite older ones: 45 % copy the target of an earlier link, 35 % are among the last 15 % of
/// works, 20 % are any older work; the number of citations is geometric, and one work in twenty cites nothing.
pub fn citations(n: usize, m: usize, seed: u64) -> Vec<(usize, usize)> {
    let mut random = SplitMix(seed);
    let degrees = degrees(&mut random, n, m);
    let mut links: Vec<(usize, usize)> = Vec::with_capacity(m);
    for (citing, degree) in degrees.into_iter().enumerate().skip(1) {
        let older = links.len();
        let mut cited = BTreeSet::new();
        for _ in 0..degree {
            let target = (0..10)
                .map(|_| draw(&mut random, &links[..older], citing))
                .find(|target| !cited.contains(target))
                .or_else(|| (0..citing).rev().find(|target| !cited.contains(target)));
            cited.extend(target);
        }
        links.extend(cited.into_iter().map(|target| (citing, target)));
    }
    links
}

fn degrees(random: &mut SplitMix, n: usize, m: usize) -> Vec<usize> {
    let ln_q = (1.0 - 1.0 / (m as f64 / n as f64).max(1.0001)).ln();
    let mut degrees = vec![0; n];
    for (i, degree) in degrees.iter_mut().enumerate().skip(1) {
        let u = ((random.next() >> 11) + 1) as f64 / (1u64 << 53) as f64;
        let geometric = 1 + (u.ln() / ln_q) as usize;
        let cites_nothing = random.below(20) == 0;
        *degree = if cites_nothing {
            0
        } else {
            geometric.min(i).min(400)
        };
    }
    let mut total: usize = degrees.iter().sum();
    while total != m {
        let i = 1 + random.below(n - 1);
        if total < m && degrees[i] < i.min(400) {
            degrees[i] += 1;
            total += 1;
        } else if total > m && degrees[i] > 0 {
            degrees[i] -= 1;
            total -= 1;
        }
    }
    degrees
}

fn draw(random: &mut SplitMix, older: &[(usize, usize)], citing: usize) -> usize {
    let p = random.below(100);
    if p < 45 && !older.is_empty() {
        older[random.below(older.len())].1
    } else if p < 80 {
        citing - 1 - random.below(((citing as f64 * 0.15) as usize).max(1))
    } else {
        random.below(citing)
    }
}
