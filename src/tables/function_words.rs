//! The small words of all languages, by which most texts tell their language at a glance.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::LanguageTable;
use crate::model::{Language, language::CODES};

/// For each small word the languages that have it.
#[derive(Debug)]
pub struct FunctionWords(HashMap<String, u32, FixedState>);

/// How many words of a text are small words of each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordCounts {
    /// The words looked at.
    pub all: usize,
    by_language: [usize; CODES.len()],
}

impl FunctionWords {
    /// The small words of these tables, which stand in order of code.
    pub fn new(tables: &[LanguageTable]) -> Self {
        let mut words: HashMap<String, u32, FixedState> = HashMap::default();
        for (place, table) in tables.iter().enumerate() {
            let link = &table.link;
            let lists = [&link.of, &link.on, &link.and, &link.determiner, &table.stop];
            for word in lists.into_iter().flatten().filter(|w| !w.contains(' ')) {
                *words.entry(word.clone()).or_default() |= 1 << place;
            }
        }
        Self(words)
    }

    /// Whether so many of the first `limit` words of a text are small words of this language.
    pub fn abound(&self, text: &str, language: Language, (enough, limit): (usize, usize)) -> bool {
        let mask = 1 << language.index();
        let own = |word: &&str| self.0.get(*word).is_some_and(|languages| languages & mask != 0);
        text.split_ascii_whitespace()
            .take(limit)
            .filter(own)
            .nth(enough.saturating_sub(1))
            .is_some()
    }

    /// Counts the small words among the first `limit` words of a text.
    pub fn count(&self, text: &str, limit: usize) -> WordCounts {
        let mut counts = WordCounts {
            all: 0,
            by_language: [0; CODES.len()],
        };
        for word in text.split_ascii_whitespace().take(limit) {
            counts.all += 1;
            let mut languages = self.0.get(word).copied().unwrap_or(0);
            while languages != 0 {
                counts.by_language[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
        }
        counts
    }
}

impl WordCounts {
    /// How many are of this language.
    pub fn of(&self, language: Language) -> usize {
        self.by_language[language.index()]
    }

    /// How many are of the language that has most.
    pub fn most(&self) -> usize {
        self.by_language.iter().copied().max().unwrap_or(0)
    }

    /// The language that stands out: every sixth word is its own, and no other has more than two thirds of that.
    pub fn clear(&self) -> Option<Language> {
        let most = self.most();
        let mut near = (0..CODES.len()).filter(|place| self.by_language[*place] * 3 > most * 2);
        let best = near.next().filter(|_| most > 0 && most * 6 >= self.all)?;
        near.next().is_none().then(|| Language::parse(CODES[best]))?
    }
}
