//! Which language a text is in.

use crate::model::Language;
use crate::tables::Tables;

/// How much text is looked at, in bytes: more does not change the answer.
const SAMPLE: usize = 4000;

/// Below this many letters the answer is chance.
const ENOUGH_LETTERS: usize = 40;

/// The language of a text, from its middle; none where there are too few letters to tell.
pub(super) fn identify(text: &str, tables: &Tables) -> Option<Language> {
    let sample = middle(text);
    if sample.chars().filter(|c| c.is_alphabetic()).take(ENOUGH_LETTERS).count() < ENOUGH_LETTERS {
        return None;
    }
    let (code, _) = tables.identifier.classify(sample)?;
    Language::parse(code)
}

fn middle(text: &str) -> &str {
    let spare = text.len().saturating_sub(SAMPLE);
    let mut start = spare / 2;
    let mut end = start + SAMPLE.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    &text[start..end]
}
