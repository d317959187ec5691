//! Text without what separates its words, so that hyphens, blanks, quotes and case do not matter.

const SEPARATOR: u8 = 0;
pub(super) const BEYOND_ASCII: u8 = 1;

/// A letter or digit of ASCII in lower case, 0 for other ASCII, 1 for a part of any other character.
fn fold_byte(byte: u8) -> u8 {
    if byte.is_ascii_alphanumeric() {
        byte.to_ascii_lowercase()
    } else {
        byte >> 7
    }
}

/// So many bytes are looked at together.
const WIDTH: usize = 8;

/// Each byte 1.
const ONES: u64 = u64::from_ne_bytes([1; WIDTH]);

/// A text folded byte by byte; what is beyond ASCII is folded only where it is looked at.
pub(super) struct Folded<'a> {
    text: &'a str,
    /// Filled up with separators.
    bytes: Vec<u8>,
}

impl<'a> Folded<'a> {
    /// Folds a text.
    pub fn new(text: &'a str) -> Self {
        let mut bytes = Vec::with_capacity(text.len() + WIDTH);
        bytes.extend(text.bytes().map(fold_byte));
        bytes.resize(text.len().next_multiple_of(WIDTH), SEPARATOR);
        Self { text, bytes }
    }

    /// Calls back with each place at which a word begins.
    #[inline]
    pub fn each_word(&self, mut begins: impl FnMut(usize)) {
        let (chunks, _) = self.bytes.as_chunks::<WIDTH>();
        let (mut letters, mut beyond) = (0, 0);
        for (chunk, first) in chunks.iter().zip((0..).step_by(WIDTH)) {
            let bytes = u64::from_le_bytes(*chunk);
            let (last_letters, last_beyond) = (letters, beyond);
            // The highest bit of each byte that is more than 1, and of each that is 1; no sum runs over into the next byte.
            letters = (bytes + ONES * 0x7E) & (ONES << 7);
            beyond = (bytes + ONES * 0x7F) & (ONES << 7) & !letters;
            let opens = |runs: u64, last: u64| runs & !(runs << 8 | last >> 56);
            let mut starts = opens(letters, last_letters) | opens(beyond, last_beyond);
            while starts != 0 {
                let at = first + starts.trailing_zeros() as usize / 8;
                starts &= starts - 1;
                let before = at.checked_sub(1).map_or(SEPARATOR, |before| self.bytes[before]);
                if before == BEYOND_ASCII || self.bytes[at] == BEYOND_ASCII {
                    self.each_word_of_run(at, &mut begins);
                } else {
                    begins(at);
                }
            }
        }
    }

    /// The words of a run of characters beyond ASCII, or of the letter behind one: such characters may be letters or not.
    #[cold]
    fn each_word_of_run(&self, start: usize, begins: &mut impl FnMut(usize)) {
        let last = self.text[..start].chars().next_back();
        let mut in_word = last.is_some_and(char::is_alphanumeric);
        for (offset, c) in self.text[start..].char_indices() {
            let at = start + offset;
            if offset > 0 && self.bytes[at] != BEYOND_ASCII {
                break;
            }
            let letter = c.is_alphanumeric();
            if letter && !in_word {
                begins(at);
            }
            in_word = letter;
        }
    }

    /// The bytes from a place on, if all of them are letters of ASCII.
    #[inline]
    pub fn letters_at<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let letters = self.bytes.get(at..)?.first_chunk()?;
        let all = letters
            .iter()
            .fold(true, |all, byte| all & (*byte > BEYOND_ASCII));
        all.then_some(*letters)
    }

    /// The next letter of the line from a place on and where it ends; of a character beyond ASCII
    /// [`BEYOND_ASCII`] and where it begins.
    #[inline]
    pub fn next(&self, mut at: usize) -> Option<(u8, usize)> {
        loop {
            match *self.bytes.get(at)? {
                SEPARATOR if self.ends_line(at) => return None,
                SEPARATOR => at += 1,
                BEYOND_ASCII => return Some((BEYOND_ASCII, at)),
                lower => return Some((lower, at + 1)),
            }
        }
    }

    fn ends_line(&self, at: usize) -> bool {
        self.text.as_bytes().get(at) == Some(&b'\n')
    }

    /// The letters of the character at a place, none if it is a mark, and where it ends.
    pub fn beyond(&self, at: usize) -> (String, usize) {
        let c = self.text[at..].chars().next().unwrap_or(' ');
        (key(c.encode_utf8(&mut [0; 4])), at + c.len_utf8())
    }
}

/// Greek capitals are written without accents, and the last sigma has a form of its own.
fn fold(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        c => c,
    }
}

/// The key of a name or word: its letters and digits in lower case, Greek without accents. Texts of one key differ only
/// in case, hyphens, blanks and marks.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    push_key(&mut key, text);
    key
}

fn push_key(key: &mut String, text: &str) {
    // Most words hold nothing else.
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let start = key.len();
        key.push_str(text);
        key[start..].make_ascii_lowercase();
        return;
    }
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    key.extend(letters.flat_map(char::to_lowercase).map(fold));
}

/// The key of a name with every word cut down to its stem, so that singular and plural are one.
pub(super) fn stems(name: &str) -> String {
    let mut stems = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric()) {
        let start = stems.len();
        push_key(&mut stems, word);
        let stem = stem(&stems[start..]).len();
        stems.truncate(start + stem);
    }
    stems
}

/// A word in lower case without the letters that make plurals, as many as there are at its end: rough, but the same for
/// all forms.
fn stem(word: &str) -> &str {
    let bare = word.trim_end_matches(['s', 'e', 'n', 'r']);
    if bare.len() > 2 { bare } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_blanks_case_and_greek_accents_do_not_matter() {
        assert_eq!(key("EU-\ninstrumentarium voor"), key("EU-Instrumentarium  voor"));
        assert_eq!(key("Συμβούλιο ΤΗΣ Ένωσης"), key("ΣΥΜΒΟΥΛΙΟ της Ενωσης"));
        assert_ne!(key("Rådet"), key("Radet"));
    }

    #[test]
    fn singular_and_plural_have_one_stem() {
        for (singular, plural) in [
            ("Christchurch Call", "Christchurch Calls"),
            ("Digital Partnership", "digital partnerships"),
            ("verklaring van Warschau", "verklaringen van Warschau"),
            ("UN Charter", "UN Charters"),
        ] {
            assert_eq!(stems(singular), stems(plural));
        }
        assert_ne!(stems("Paris Call"), stems("Paris Pact"));
    }

    #[test]
    fn words_begin_behind_what_is_no_letter() {
        let text = "– Άρθρο 42, EU-regeling «é», “The naïve» élan”";
        let mut words = Vec::new();
        Folded::new(text).each_word(|at| words.extend(text[at..].chars().next()));
        assert_eq!(words, ['Ά', '4', 'E', 'r', 'é', 'T', 'n', 'é']);
    }

    #[test]
    fn letters_are_those_of_the_key_and_end_with_their_characters() {
        let text = "«Ça» – ΑΪ ẞtraße İstanbul, 2022/2555\nx";
        let folded = Folded::new(text);
        let (mut letters, mut at) = (String::new(), 0);
        while let Some((letter, end)) = folded.next(at) {
            if letter == BEYOND_ASCII {
                let (bytes, end) = folded.beyond(end);
                letters.push_str(&bytes);
                at = end;
            } else {
                letters.push(char::from(letter));
                at = end;
            }
            assert_eq!(letters, key(&text[..at]));
        }
        assert_eq!(letters, key(text.lines().next().unwrap()));
    }
}
