//! Short function phrases that may stand between the parts of a reference.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::tables::LanguageTable;

/// The function phrases of one language, by what they do.
#[derive(Debug)]
pub(super) struct Phrases {
    pub of: PhraseSet,
    pub on: PhraseSet,
    pub on_before: PhraseSet,
    pub on_behind: PhraseSet,
    pub and: PhraseSet,
    pub to: PhraseSet,
    pub determiner: PhraseSet,
    pub particular: PhraseSet,
    pub union: PhraseSet,
    pub stop: PhraseSet,
    /// Parts of a paragraph.
    pub part: PhraseSet,
    /// Words that point back: before a noun, behind it, to what may be the document itself, to what has a name.
    pub that: PhraseSet,
    pub behind: PhraseSet,
    pub this: PhraseSet,
    pub article: PhraseSet,
    /// The last words of those that stand before a noun.
    pub pointers: PhraseSet,
}

impl Phrases {
    /// The phrases of a table.
    pub fn new(table: &LanguageTable) -> Self {
        let (link, back) = (&table.link, &table.back);
        Self {
            of: PhraseSet::new(&link.of),
            on: PhraseSet::new(&link.on),
            on_before: PhraseSet::new(&link.on_before),
            on_behind: PhraseSet::new(&link.on_behind),
            and: PhraseSet::new(&link.and),
            to: PhraseSet::new(&link.to),
            determiner: PhraseSet::new(&link.determiner),
            particular: PhraseSet::new(&link.particular),
            union: PhraseSet::new(&link.union),
            stop: PhraseSet::new(&table.stop),
            part: PhraseSet::new(&table.treaty.part),
            that: PhraseSet::new(&back.that),
            behind: PhraseSet::new(&back.behind),
            this: PhraseSet::new(&back.this),
            article: PhraseSet::new(&back.article),
            pointers: PhraseSet::new(&last_words([&back.that, &back.this, &back.article])),
        }
    }
}

fn last_words(lists: [&Vec<String>; 3]) -> Vec<String> {
    let words = lists
        .into_iter()
        .flatten()
        .filter_map(|phrase| phrase.rsplit(' ').next());
    words.map(str::to_owned).collect()
}

/// Phrases in lower case.
#[derive(Debug)]
pub(super) struct PhraseSet {
    phrases: HashSet<String, FixedState>,
    /// The first words of those that have several.
    openers: HashSet<String, FixedState>,
}

impl PhraseSet {
    fn new(phrases: &[String]) -> Self {
        let phrases: HashSet<String, FixedState> = phrases.iter().map(|p| p.to_lowercase()).collect();
        let openers = phrases.iter().filter_map(|p| p.split_once(' '));
        Self {
            openers: openers.map(|(first, _)| first.to_owned()).collect(),
            phrases,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Whether a phrase, given in lower case, is one of them.
    pub fn contains(&self, phrase: &str) -> bool {
        self.phrases.contains(phrase)
    }

    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.phrases.iter()
    }
}

/// No function phrase has more words.
const LONGEST_PHRASE: usize = 6;

/// No run of them between the parts of a reference is longer, in bytes.
const LONGEST_RUN: usize = 200;

/// Whether a stretch of text consists of nothing but these phrases, commas and blanks.
pub(super) fn consists_of(text: &str, sets: &[&PhraseSet]) -> bool {
    if text.len() > LONGEST_RUN {
        return false;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | '(' | ')' | '"' | '“' | '”' | '„' | '«' | '»')
        })
        .filter(|w| !w.is_empty())
        .collect();
    // Phrases overlap ("de los", "los días"): a place counts as reached if some way of cutting leads there.
    let mut reached = vec![false; words.len() + 1];
    reached[0] = true;
    for at in 0..words.len() {
        if !reached[at] {
            continue;
        }
        reached[at + 1] |= sets.iter().any(|set| set.contains(words[at]));
        if sets.iter().any(|set| set.openers.contains(words[at])) {
            for end in at + 2..=words.len().min(at + LONGEST_PHRASE) {
                let phrase = words[at..end].join(" ");
                reached[end] |= sets.iter().any(|set| set.contains(&phrase));
            }
        }
    }
    reached[words.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_may_overlap_and_stand_in_any_case() {
        let set =
            |phrases: &[&str]| PhraseSet::new(&phrases.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
        let of = set(&["of", "at its meeting of", "adopted", "de los"]);
        let on = set(&["on", "los días"]);
        for (text, expected) in [
            (", adopted at its meeting of ", true),
            ("De los días", false),
            ("de los los días", true),
            ("", true),
            ("at its meeting", false),
            ("of the", false),
        ] {
            assert_eq!(consists_of(text, &[&of, &on]), expected, "{text}");
        }
    }
}
