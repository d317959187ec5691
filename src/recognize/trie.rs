//! A set of keys, and all of them that a text begins with: the one look-up that every word of a text goes through.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::squeeze::{BEYOND_ASCII, Folded};

/// By so many letters most words are told to begin no key, and the others find their place in the tree.
const HEAD: usize = 4;

/// No key.
const NONE: u32 = u32::MAX;

/// The node that all keys lead through.
const ROOT: u32 = 0;

/// As many rows has the sieve.
const ROWS: usize = 1 << 10;

/// A tree of bytes. The children of a node stand side by side, in order of their byte.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// The nodes that the first letters of keys lead to.
    heads: HashMap<u32, u32, FixedState>,
    /// Which heads there are: a row for the first two letters, a byte in it for the third, a bit in that for the fourth.
    /// All bits that a shorter key may go on with are set.
    sieve: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// The byte that leads to it.
    byte: u8,
    /// Whether it is the last child of its parent.
    is_last: bool,
    /// The place of the key that ends here, in the order of the keys.
    key: u32,
    /// The first child.
    child: u32,
}

impl Trie {
    /// The tree of keys that stand in order, each once.
    pub fn new<K: AsRef<[u8]>>(keys: &[K]) -> Self {
        let mut this = Self {
            nodes: Vec::new(),
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
                this.heads.insert(u32::from_be_bytes(head), number(at));
            }
            if keys.get(from).is_some_and(|key| key.as_ref().len() == depth) {
                this.nodes[at].key = number(from);
                from += 1;
            }
            let first = this.nodes.len();
            let same = |a: &K, b: &K| a.as_ref()[depth] == b.as_ref()[depth];
            for group in keys[from..until].chunk_by(same) {
                this.push(group[0].as_ref()[depth], &mut ranges, (from, from + group.len()));
                from += group.len();
            }
            if let Some(last) = this.nodes[first..].last_mut() {
                last.is_last = true;
                this.nodes[at].child = number(first);
            }
            at += 1;
        }
        keys.iter().for_each(|key| this.let_through(key.as_ref()));
        this
    }

    fn push(&mut self, byte: u8, ranges: &mut Vec<(usize, usize)>, range: (usize, usize)) {
        let (is_last, key, child) = (false, NONE, NONE);
        self.nodes.push(Node {
            byte,
            is_last,
            key,
            child,
        });
        ranges.push(range);
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

    /// Tells of every key that a text begins with at a place, the shortest first: its place in the order of the keys, and
    /// the end of its last letter.
    #[inline]
    pub fn each_at(&self, text: &Folded<'_>, at: usize, mut found: impl FnMut(usize, usize)) {
        let together = text.letters_at(at).map(|head| (head, at + HEAD));
        let Some((head, end)) = together.or_else(|| self.head_apart(text, at)) else {
            return;
        };
        let (row, bits) = cell(head);
        let row = self.sieve[row];
        if head[HEAD - 1] == 0 || row & bits.byte == bits.byte {
            self.walk(ROOT, (text, at), &mut found);
        } else if row & bits.bit != 0
            && let Some(node) = self.heads.get(&u32::from_be_bytes(head))
        {
            self.walk(*node, (text, end), &mut found);
        }
    }

    /// The first letters from a place on, which stand apart, and their end; with zeros where the line ends before, or what
    /// stands there is beyond ASCII. Most are told to begin no key by the first two or three of them: these are none.
    #[inline(never)]
    fn head_apart(&self, text: &Folded<'_>, at: usize) -> Option<([u8; HEAD], usize)> {
        let (mut head, mut end) = ([0; HEAD], at);
        for place in 0..HEAD {
            let next = text.next(end).filter(|(letter, _)| *letter != BEYOND_ASCII);
            let Some((letter, after)) = next else {
                head[HEAD - 1] = 0;
                break;
            };
            (head[place], end) = (letter, after);
            let (row, bits) = cell(head);
            let may_go_on = match place {
                0 => true,
                1 => self.sieve[row] != 0,
                _ => self.sieve[row] & bits.byte != 0,
            };
            if !may_go_on {
                return None;
            }
        }
        Some((head, end))
    }

    /// Goes down the tree from a node with the letters from a place on.
    #[inline(never)]
    fn walk(&self, node: u32, (text, mut at): (&Folded<'_>, usize), found: &mut impl FnMut(usize, usize)) {
        let Some(mut node) = self.nodes.get(node as usize) else {
            return;
        };
        loop {
            if node.key != NONE {
                found(node.key as usize, at);
            }
            let next = loop {
                let Some((letter, end)) = text.next(at) else {
                    return;
                };
                if letter != BEYOND_ASCII {
                    at = end;
                    break self.child(node, letter);
                }
                let (letters, end) = text.beyond(end);
                at = end;
                if !letters.is_empty() {
                    break letters
                        .bytes()
                        .try_fold(node, |node, letter| self.child(node, letter));
                }
            };
            let Some(next) = next else { return };
            node = next;
        }
    }

    /// The child of a node that a letter leads to.
    #[inline]
    fn child(&self, node: &Node, letter: u8) -> Option<&Node> {
        for child in self.nodes.get(node.child as usize..)? {
            if child.byte == letter {
                return Some(child);
            }
            if child.is_last {
                break;
            }
        }
        None
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
