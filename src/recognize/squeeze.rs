//! Text without what separates its words, so that hyphens, blanks, quotes and case do not matter, and the way back.

use crate::model::Span;

/// A folded letter stream: letters and digits only, in lower case, Greek without accents.
#[derive(Debug, Default)]
pub(super) struct Squeezed {
    text: String,
    /// For each byte of the stream, the byte of the source that it came from.
    places: Vec<u32>,
}

impl Squeezed {
    /// Squeezes a part of a text; places count in the whole text.
    pub fn new(source: &str, part: Span) -> Self {
        let mut this = Self {
            text: String::with_capacity(part.len()),
            places: Vec::with_capacity(part.len()),
        };
        for (at, c) in source[part.start..part.end].char_indices() {
            let place = u32::try_from(part.start + at).unwrap_or(u32::MAX);
            this.push(c, place);
        }
        this
    }

    fn push(&mut self, c: char, place: u32) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.text.push(c.to_ascii_lowercase());
                self.places.push(place);
            }
            return;
        }
        if c.is_alphanumeric() {
            let before = self.text.len();
            c.to_lowercase().map(fold).for_each(|c| self.text.push(c));
            self.places
                .extend(std::iter::repeat_n(place, self.text.len() - before));
        }
    }

    /// The letter stream.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span of the source that a range of the stream came from.
    pub fn span(&self, source: &str, start: usize, end: usize) -> Span {
        let from = self.places.get(start).copied().unwrap_or(0) as usize;
        let last = self.places.get(end.saturating_sub(1)).copied().unwrap_or(0) as usize;
        let width = source[last..].chars().next().map_or(0, char::len_utf8);
        Span::new(from, last + width)
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
    Squeezed::new(text, Span::new(0, text.len())).text
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
    fn ranges_map_back_to_whole_characters() {
        let source = "x Versailleserklæringen é";
        let squeezed = Squeezed::new(source, Span::new(0, source.len()));
        let at = squeezed.text().find("erklæringen").unwrap();
        let span = squeezed.span(source, at, at + "erklæringen".len());
        assert_eq!(&source[span.start..span.end], "erklæringen");
    }
}
