//! Text without what separates its words, so that hyphens, blanks, quotes and case do not matter.

use crate::model::Span;

/// For each byte: what an ASCII letter or digit becomes in lower case, 0 for other ASCII, 1 for a part of any other
/// character.
const LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        lower[byte] = match byte as u8 {
            ascii if ascii.is_ascii_alphanumeric() => ascii.to_ascii_lowercase(),
            0..0x80 => 0,
            _ => 1,
        };
        byte += 1;
    }
    lower
};

const SEPARATOR: u8 = 0;
const BEYOND_ASCII: u8 = 1;

/// The letters and digits of one block of text from a place on, folded: lower case, Greek without accents, each byte with
/// the end of its character in the text.
#[derive(Debug, Clone)]
pub(super) struct Letters<'a> {
    text: &'a str,
    at: usize,
    /// The bytes of a character beyond ASCII that are still to come.
    folded: [u8; 12],
    next: usize,
    end: usize,
}

impl<'a> Letters<'a> {
    /// The letters from `at` on, to the end of the line.
    pub fn new(text: &'a str, at: usize) -> Self {
        Self {
            text,
            at,
            folded: [0; 12],
            next: 0,
            end: 0,
        }
    }

    /// The first letters from `at` on, if there are as many and all are ASCII.
    #[inline]
    pub fn first<const N: usize>(text: &str, at: usize) -> Option<[u8; N]> {
        let bytes = &text.as_bytes()[at..];
        if let Some(head) = bytes.first_chunk::<N>() {
            let letters = head.map(|b| LOWER[usize::from(b)]);
            if letters.iter().all(|b| *b > BEYOND_ASCII) {
                return Some(letters);
            }
        }
        let mut letters = [0; N];
        let mut count = 0;
        for byte in bytes {
            match LOWER[usize::from(*byte)] {
                BEYOND_ASCII => return None,
                SEPARATOR => {}
                lower => {
                    letters[count] = lower;
                    count += 1;
                    if count == N {
                        return Some(letters);
                    }
                }
            }
        }
        None
    }

    /// Takes the character at hand, if it is a letter or digit, into the bytes to come.
    #[cold]
    fn take(&mut self) -> Option<()> {
        let c = self.text[self.at..].chars().next()?;
        self.at += c.len_utf8();
        (self.next, self.end) = (0, 0);
        for lower in c.to_lowercase().filter(|_| c.is_alphanumeric()).map(fold) {
            self.end += lower.encode_utf8(&mut self.folded[self.end..]).len();
        }
        Some(())
    }
}

impl Iterator for Letters<'_> {
    type Item = (u8, usize);

    #[inline]
    fn next(&mut self) -> Option<(u8, usize)> {
        while self.next == self.end {
            let byte = *self.text.as_bytes().get(self.at)?;
            match LOWER[usize::from(byte)] {
                SEPARATOR if byte == b'\n' => return None,
                SEPARATOR => self.at += 1,
                BEYOND_ASCII => self.take()?,
                lower => {
                    self.at += 1;
                    return Some((lower, self.at));
                }
            }
        }
        self.next += 1;
        Some((self.folded[self.next - 1], self.at))
    }
}

/// Calls back with each place at which a word begins.
pub(super) fn each_word(text: &str, part: Span, mut begins: impl FnMut(usize)) {
    let bytes = &text.as_bytes()[..part.end];
    let (mut at, mut in_word) = (part.start, false);
    while at < part.end {
        let start = at;
        let letter = match LOWER[usize::from(bytes[at])] {
            BEYOND_ASCII => {
                let c = text[at..].chars().next().unwrap_or(' ');
                at += c.len_utf8();
                c.is_alphanumeric()
            }
            SEPARATOR => {
                at += 1;
                false
            }
            _ => {
                let letters = bytes[at..]
                    .iter()
                    .position(|b| LOWER[usize::from(*b)] <= BEYOND_ASCII);
                at = letters.map_or(part.end, |length| at + length);
                true
            }
        };
        if letter && !in_word {
            begins(start);
        }
        in_word = letter;
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
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() {
            key.push(c.to_ascii_lowercase());
        } else {
            key.extend(c.to_lowercase().map(fold));
        }
    }
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
    fn letters_are_those_of_the_key_and_end_with_their_characters() {
        for text in [
            "x Versailleserklæringen é",
            "«Ça» – ΑΪ ẞtraße İstanbul, 2022/2555",
            "",
            "–",
        ] {
            let letters: Vec<u8> = Letters::new(text, 0).map(|(byte, _)| byte).collect();
            assert_eq!(String::from_utf8(letters).unwrap(), key(text));
            assert!(Letters::new(text, 0).all(|(_, end)| text.is_char_boundary(end)));
        }
        assert_eq!(Letters::new("EU-\nx", 0).last(), Some((b'u', 2)));
    }

    #[test]
    fn words_begin_behind_what_is_no_letter() {
        let text = "– Άρθρο 42, EU-regeling «é»";
        let mut words = Vec::new();
        each_word(text, Span::new(0, text.len()), |at| {
            words.extend(text[at..].chars().next())
        });
        assert_eq!(words, ['Ά', '4', 'E', 'r', 'é']);
    }
}
