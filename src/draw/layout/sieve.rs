//! What it costs to have one thing before another in, for each two, an order that costs little out: by sifting (Matuszewski,
//! Schönfeld and Molitor, 1999), which moves each thing to its best place among the others until nothing gains any more.

/// Things in an order, and what the order of each two costs.
pub(super) struct Sieve {
    /// For each two what the first before the second costs, less the other way round.
    costs: Vec<i64>,
    /// The things, by number.
    pub(super) order: Vec<usize>,
    /// Things of different parts never pass each other.
    part: Vec<usize>,
}

impl Sieve {
    /// Things in the order of their numbers, with the part of each; no order costs more than another yet.
    pub(super) fn new(part: Vec<usize>) -> Self {
        Self {
            costs: vec![0; part.len() * part.len()],
            order: (0..part.len()).collect(),
            part,
        }
    }

    /// Adds to what it costs to have one before another, less the other way round.
    pub(super) fn add(&mut self, first: usize, second: usize, cost: i64) {
        let count = self.part.len();
        self.costs[first * count + second] += cost;
        self.costs[second * count + first] -= cost;
    }

    /// Moves things as long as that takes costs away; tells how much it took away.
    pub(super) fn sift(&mut self) -> u64 {
        let mut gained = 0;
        loop {
            let gain: u64 = (0..self.order.len()).map(|thing| self.move_to_best(thing)).sum();
            if gain == 0 {
                return gained;
            }
            gained += gain;
        }
    }

    fn move_to_best(&mut self, thing: usize) -> u64 {
        let count = self.order.len();
        let from = self.order.iter().position(|other| *other == thing).unwrap_or(0);
        let own = &self.costs[thing * count..(thing + 1) * count];
        let alike = |place: &usize| self.part[self.order[*place]] == self.part[thing];
        let (mut best, mut to) = (0, from);
        let mut change = 0;
        for place in (0..from).rev().take_while(alike) {
            change += own[self.order[place]];
            if change < best {
                (best, to) = (change, place);
            }
        }
        change = 0;
        for place in (from + 1..count).take_while(alike) {
            change -= own[self.order[place]];
            if change < best {
                (best, to) = (change, place);
            }
        }
        match to.cmp(&from) {
            std::cmp::Ordering::Less => self.order[to..=from].rotate_right(1),
            std::cmp::Ordering::Greater => self.order[from..=to].rotate_left(1),
            std::cmp::Ordering::Equal => {}
        }
        best.unsigned_abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_least_comes_first_but_stays_in_its_part() {
        let mut sieve = Sieve::new(vec![0, 0, 0, 1]);
        for (first, second, cost) in [(0, 1, 2), (0, 2, 5), (1, 2, -1), (2, 3, 9)] {
            sieve.add(first, second, cost);
        }
        assert_eq!(sieve.sift(), 7);
        assert_eq!(sieve.order, [1, 2, 0, 3]);
    }
}
