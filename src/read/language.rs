//! Which language a text is in.

use std::collections::HashSet;

use crate::model::Language;
use crate::tables::{LanguageTable, Tables};

/// How much text is looked at, in bytes: more does not change the answer.
const SAMPLE: usize = 4000;

/// Below this many letters the answer is chance.
const ENOUGH_LETTERS: usize = 40;

/// The language of a text, from its middle; none where there are too few letters to tell.
pub(super) fn identify(text: &str, tables: &Tables) -> Option<Language> {
    let sample = middle(text);
    if sample
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(ENOUGH_LETTERS)
        .count()
        < ENOUGH_LETTERS
    {
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

/// How many words of a passage are looked at to see that it is in the language of its document.
const WORDS: usize = 40;

/// The small words of a language: where they abound a passage needs no closer look, which is what costs time.
pub(super) struct FunctionWords<'a>(HashSet<&'a str>);

impl<'a> FunctionWords<'a> {
    /// The small words of a table.
    pub fn of(table: &'a LanguageTable) -> Self {
        let lists = [
            &table.link.of,
            &table.link.on,
            &table.link.and,
            &table.link.determiner,
            &table.stop,
        ];
        Self(
            lists
                .into_iter()
                .flatten()
                .map(String::as_str)
                .filter(|w| !w.contains(' '))
                .collect(),
        )
    }

    /// Whether at least every sixth of the first words is one of them.
    pub fn abound_in(&self, text: &str) -> bool {
        let words = text.split(' ').take(WORDS);
        let (known, all) = words.fold((0, 0), |(known, all), word| {
            (known + usize::from(self.0.contains(word)), all + 1)
        });
        known * 6 >= all
    }
}
