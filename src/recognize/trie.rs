//! A set of keys, and all of them that a text begins with: the one look-up that every word of a text goes through.

/// Keys are told apart by so many bytes before the tree is walked; no key is shorter.
pub(super) const HEAD: usize = 2;

const PAIRS: usize = 1 << (8 * HEAD);

/// No node, no key.
const NONE: u32 = u32::MAX;

/// By so many letters most words are told to begin none of the keys.
const SIEVE: usize = 4;

/// A tree of bytes. The children of a node stand side by side, in order of their byte.
#[derive(Debug)]
pub(super) struct Trie {
    /// For each pair of first bytes the node that it leads to.
    heads: Vec<u32>,
    /// Whether some key begins with letters of this hash, or is them: of a shorter key the rest counts as zeros.
    sieve: Vec<bool>,
    nodes: Vec<Node>,
    /// For each node the byte that leads to it.
    bytes: Vec<u8>,
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
    /// The tree of keys that stand in order, each once; shorter ones than [`HEAD`] are left out.
    pub fn new<K: AsRef<[u8]>>(keys: &[K]) -> Self {
        let mut this = Self {
            heads: vec![NONE; PAIRS],
            sieve: vec![false; PAIRS],
            nodes: Vec::new(),
            bytes: Vec::new(),
        };
        for key in keys.iter().map(AsRef::as_ref) {
            let mut letters = [0; SIEVE];
            letters
                .iter_mut()
                .zip(key)
                .for_each(|(letter, byte)| *letter = *byte);
            this.sieve[hash(letters)] = true;
        }
        // Level by level: the keys of a node are a range, and so are those of each child.
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for group in groups(keys, (0, keys.len()), pair) {
            if let Some(pair) = pair(keys[group.0].as_ref()) {
                this.heads[pair] = this.push(0, &mut ranges, group);
            }
        }
        let (mut at, mut depth, mut level_end) = (0, HEAD, ranges.len());
        while at < ranges.len() {
            if at == level_end {
                (depth, level_end) = (depth + 1, ranges.len());
            }
            let (mut from, until) = ranges[at];
            if keys[from].as_ref().len() == depth {
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
        this
    }

    fn push(&mut self, byte: u8, ranges: &mut Vec<(usize, usize)>, range: (usize, usize)) -> u32 {
        let (key, child, children) = (NONE, 0, 0);
        self.nodes.push(Node { key, child, children });
        self.bytes.push(byte);
        ranges.push(range);
        number(self.nodes.len() - 1)
    }

    /// Whether some key may begin with these letters; if not, none does.
    #[inline]
    pub fn may_begin(&self, letters: [u8; SIEVE]) -> bool {
        let [a, b, c, _] = letters;
        [letters, [a, b, c, 0], [a, b, 0, 0]]
            .into_iter()
            .any(|start| self.sieve[hash(start)])
    }

    /// Tells of every key that these letters begin with, the shortest first: its place in the order of the keys, and the
    /// end of its last letter.
    #[inline]
    pub fn each_at(
        &self,
        mut letters: impl Iterator<Item = (u8, usize)>,
        mut found: impl FnMut(usize, usize),
    ) {
        let (Some((first, _)), Some((second, mut end))) = (letters.next(), letters.next()) else {
            return;
        };
        let head = self.heads[usize::from(u16::from_be_bytes([first, second]))];
        let Some(mut node) = self.nodes.get(head as usize) else {
            return;
        };
        loop {
            if node.key != NONE {
                found(node.key as usize, end);
            }
            let (from, until) = (node.child as usize, (node.child + node.children) as usize);
            let Some((next, after)) = letters.next() else {
                return;
            };
            let Some(step) = self.bytes[from..until].iter().position(|byte| *byte == next) else {
                return;
            };
            (node, end) = (&self.nodes[from + step], after);
        }
    }
}

fn pair(bytes: &[u8]) -> Option<usize> {
    let (head, _) = bytes.split_first_chunk::<HEAD>()?;
    Some(usize::from(u16::from_be_bytes(*head)))
}

/// Sixteen bits of a multiplicative hash (Knuth, The Art of Computer Programming, volume 3, section 6.4).
#[inline]
fn hash(letters: [u8; SIEVE]) -> usize {
    (u32::from_be_bytes(letters).wrapping_mul(0x9E37_79B1) >> 16) as usize
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
    fn most_words_are_told_by_their_first_letters() {
        let trie = Trie::new(&["council", "eu", "regulation"]);
        let passes: Vec<bool> = [b"coun", b"eure", b"cour", b"rega"]
            .map(|four| trie.may_begin(*four))
            .into();
        assert_eq!(passes, [true, true, false, false]);
    }

    #[test]
    fn all_keys_that_a_text_begins_with_are_found_and_no_others() {
        let keys = ["a", "ab", "abc", "abcd", "abd", "b", "ba", "ærø"];
        let trie = Trie::new(&keys);
        for text in ["abcdef", "ab", "abx", "a", "", "b", "bab", "ærøske", "xyz"] {
            let mut found = Vec::new();
            trie.each_at(text.bytes().zip(1..), |key, length| {
                found.push((keys[key], length))
            });
            let expected: Vec<_> = keys
                .iter()
                .filter(|k| k.len() >= HEAD && text.starts_with(**k))
                .map(|k| (*k, k.len()))
                .collect();
            assert_eq!(found, expected, "{text}");
            let four = text.as_bytes().first_chunk();
            assert!(
                expected.is_empty() || four.is_none_or(|four| trie.may_begin(*four)),
                "{text}"
            );
        }
    }
}
