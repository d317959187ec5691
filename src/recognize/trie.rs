//! A set of keys, and all of them that a text begins with: the one look-up that every word of a text goes through.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::squeeze::{BEYOND_ASCII, Folded};

/// By so many letters most words are told to begin no key, and the others find their place in the tree.
const HEAD: usize = 4;

/// No key.
const NONE: u32 = u32::MAX;

/// The node that all keys lead through.
const ROOT: usize = 0;

/// As many rows has the sieve.
const ROWS: usize = 1 << 10;

/// A tree of bytes. The children of a node stand side by side, in order of their byte.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// For each node the byte that leads to it.
    bytes: Vec<u8>,
    /// The nodes that the first letters of keys lead to.
    heads: HashMap<u32, usize, FixedState>,
    /// Which heads there are: a row for the first two letters, a byte in it for the third, a bit in that for the fourth.
    /// All bits that a shorter key may go on with are set.
    sieve: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// The place of the key that ends here, in the order of the keys.
    key: u32,
    /// The first child.
    child: u32,
    children: u32,
}

impl Trie {
    /// The tree of keys that stand in order, each once.
    pub fn new<K: AsRef<[u8]>>(keys: &[K]) -> Self {
        let mut this = Self {
            nodes: Vec::new(),
            bytes: Vec::new(),
            heads: HashMap::default(),
            sieve: vec![0; ROWS],
        };
        // Level by level: the keys of a node are a range, and so are those of each child.
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        this.push(0, &mut ranges, (0, keys.len()));
        let (mut at, mut depth, mut level_end) = (0, 0, 1);
        while at < ranges.len() {
            if at == level_end {
                (depth, level_end) = (depth + 1, ranges.len());
            }
            let (mut from, until) = ranges[at];
            if depth == HEAD {
                let head = head(keys[from].as_ref());
                this.heads.insert(u32::from_be_bytes(head), at);
            }
            if keys.get(from).is_some_and(|key| key.as_ref().len() == depth) {
                this.nodes[at].key = number(from);
                from += 1;
            }
            this.nodes[at].child = number(this.nodes.len());
            for group in groups(keys, (from, until), |key| key.get(depth).copied()) {
                let byte = keys[group.0].as_ref()[depth];
                this.push(byte, &mut ranges, group);
                this.nodes[at].children += 1;
            }
            at += 1;
        }
        keys.iter().for_each(|key| this.let_through(key.as_ref()));
        this
    }

    fn let_through(&mut self, key: &[u8]) {
        let (row, bits) = cell(head(key));
        self.sieve[row] |= match key.len() {
            HEAD.. => bits.bit,
            3 => bits.byte,
            2 => u64::MAX,
            // Keys of one letter are in no table.
            _ => 0,
        };
    }

    fn push(&mut self, byte: u8, ranges: &mut Vec<(usize, usize)>, range: (usize, usize)) -> u32 {
        let (key, child, children) = (NONE, 0, 0);
        self.nodes.push(Node { key, child, children });
        self.bytes.push(byte);
        ranges.push(range);
        number(self.nodes.len() - 1)
    }

    /// Tells of every key that a text begins with at a place, the shortest first: its place in the order of the keys, and
    /// the end of its last letter.
    #[inline]
    pub fn each_at(&self, text: &Folded<'_>, at: usize, found: impl FnMut(usize, usize)) {
        let Some((head, end)) = text.head(at) else {
            return self.walk((ROOT, at), text, found);
        };
        let (row, bits) = cell(head);
        let row = self.sieve[row];
        if row & bits.bit == 0 {
            return;
        }
        if row & bits.byte == bits.byte {
            self.walk((ROOT, at), text, found);
        } else if let Some(node) = self.heads.get(&u32::from_be_bytes(head)) {
            self.walk((*node, end), text, found);
        }
    }

    /// Goes down the tree from a node with the letters from a place on.
    fn walk(
        &self,
        (mut node, mut at): (usize, usize),
        text: &Folded<'_>,
        mut found: impl FnMut(usize, usize),
    ) {
        loop {
            let key = self.nodes[node].key;
            if key != NONE {
                found(key as usize, at);
            }
            let next = loop {
                let Some((letter, end)) = text.next(at) else {
                    return;
                };
                if letter != BEYOND_ASCII {
                    at = end;
                    break self.step(node, letter);
                }
                let (letters, end) = text.beyond(end);
                at = end;
                if !letters.is_empty() {
                    break letters
                        .bytes()
                        .try_fold(node, |node, letter| self.step(node, letter));
                }
            };
            let Some(next) = next else { return };
            node = next;
        }
    }

    /// The child that a letter leads to.
    #[inline]
    fn step(&self, node: usize, letter: u8) -> Option<usize> {
        let Node { child, children, .. } = self.nodes[node];
        let from = child as usize;
        let bytes = &self.bytes[from..from + children as usize];
        bytes
            .iter()
            .position(|byte| *byte == letter)
            .map(|step| from + step)
    }
}

/// The first letters of a key, filled up with zeros.
fn head(key: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head.iter_mut()
        .zip(key)
        .for_each(|(letter, byte)| *letter = *byte);
    head
}

/// The place of a head in a row of the sieve, and all places of heads that begin with the same three letters.
struct Bits {
    bit: u64,
    byte: u64,
}

/// The row of a head in the sieve and its place in the row: letters differ in their lowest bits.
#[inline]
fn cell([a, b, c, d]: [u8; HEAD]) -> (usize, Bits) {
    let row = usize::from(a & 31) << 5 | usize::from(b & 31);
    let shift = (c & 7) * 8;
    let (bit, byte) = (1 << shift << (d & 7), 0xFF << shift);
    (row, Bits { bit, byte })
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

/// The ranges of keys that have the same part.
fn groups<K: AsRef<[u8]>, P: PartialEq>(
    keys: &[K],
    (from, until): (usize, usize),
    part: impl Fn(&[u8]) -> P,
) -> Vec<(usize, usize)> {
    let mut start = from;
    let chunks = keys[from..until].chunk_by(|a, b| part(a.as_ref()) == part(b.as_ref()));
    let range = |chunk: &[K]| {
        let range = (start, start + chunk.len());
        start = range.1;
        range
    };
    chunks.map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_keys_that_a_text_begins_with_are_found_and_no_others() {
        let keys = [
            "ab", "abc", "abcd", "abcde", "abcdefg", "abd", "ba", "cde", "cdef", "defg", "ærø",
        ];
        let trie = Trie::new(&keys);
        for text in [
            "abcdef", "abcdefgh", "ab", "abx", "a", "", "b", "bab", "cd", "cde", "cdex", "cdefg", "def",
            "defx", "defgh", "ærøske", "xyz",
        ] {
            let mut found = Vec::new();
            trie.each_at(&Folded::new(text), 0, |key, length| {
                found.push((keys[key], length))
            });
            let expected: Vec<_> = keys
                .iter()
                .filter(|k| k.len() > 1 && text.starts_with(**k))
                .map(|k| (*k, k.len()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
