//! Short function phrases that may stand between the parts of a reference.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::tables::LanguageTable;

/// The function phrases of one language, by what they do.
#[derive(Debug)]
pub(super) struct Phrases {
    pub of: PhraseSet,
    /// Words that lead to who adopted something, in a clause of its own: "which the".
    pub which: PhraseSet,
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
    /// Titles, parts, chapters and sections of a treaty.
    pub division: PhraseSet,
    /// Words that point back: before a noun, behind it, to what may be the document itself, to what has a name.
    pub that: PhraseSet,
    pub behind: PhraseSet,
    pub this: PhraseSet,
    pub article: PhraseSet,
    /// The last words of those that stand before a noun.
    pub pointers: PhraseSet,
    linking: Linking,
}

impl Phrases {
    /// The phrases of a table.
    pub fn new(table: &LanguageTable) -> Self {
        let (link, back) = (&table.link, &table.back);
        let mut linking = Linking::default();
        Self {
            of: linking.add(&link.of),
            which: PhraseSet::new(&link.which),
            on: linking.add(&link.on),
            and: linking.add(&link.and),
            determiner: linking.add(&link.determiner),
            particular: linking.add(&link.particular),
            on_before: PhraseSet::new(&link.on_before),
            on_behind: PhraseSet::new(&link.on_behind),
            to: PhraseSet::new(&link.to),
            union: PhraseSet::new(&link.union),
            stop: PhraseSet::new(&table.stop),
            part: PhraseSet::new(&table.treaty.part),
            division: linking.add(&table.treaty.division),
            that: PhraseSet::new(&back.that),
            behind: PhraseSet::new(&back.behind),
            this: PhraseSet::new(&back.this),
            article: PhraseSet::new(&back.article),
            pointers: PhraseSet::new(&last_words([&back.that, &back.this, &back.article])),
            linking,
        }
    }

    /// Whether a stretch of text consists of nothing but linking phrases of these sets, commas and blanks.
    pub fn make(&self, text: &str, sets: &[&PhraseSet]) -> bool {
        self.linking.make(text, sets)
    }
}

fn last_words(lists: [&Vec<String>; 3]) -> Vec<String> {
    let words = lists
        .into_iter()
        .flatten()
        .filter_map(|phrase| phrase.rsplit(' ').next());
    words.map(str::to_owned).collect()
}

/// The letters and digits that a text ends with.
fn last_letters(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphanumeric).len()..]
}

/// Phrases in lower case.
#[derive(Debug)]
pub(super) struct PhraseSet {
    phrases: HashSet<String, FixedState>,
    /// The first words of those that have several.
    openers: HashSet<String, FixedState>,
    /// What stands behind the last mark or blank of each: most texts are told by it to end in none.
    closers: HashSet<String, FixedState>,
    /// Its bit among the sets of phrases that link; 0 for the others.
    bit: u8,
}

impl PhraseSet {
    fn new(phrases: &[String]) -> Self {
        let phrases: HashSet<String, FixedState> = phrases.iter().map(|p| p.to_lowercase()).collect();
        let openers = phrases.iter().filter_map(|p| p.split_once(' '));
        let closers = phrases.iter().map(|p| last_letters(p).to_owned());
        Self {
            bit: 0,
            closers: closers.collect(),
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

    /// Whether a phrase, given in any case, is one of them.
    pub fn contains_any_case(&self, phrase: &str) -> bool {
        self.phrases.contains(lower_case(phrase).as_ref())
    }

    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.phrases.iter()
    }

    /// The length of the longest of them that a text, given in lower case, ends in as words of their own.
    pub fn longest_at_end(&self, text: &str) -> Option<usize> {
        if !self.closers.contains(last_letters(text)) {
            return None;
        }
        let alone = |phrase: &&String| {
            let before = text.strip_suffix(phrase.as_str());
            before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
        };
        self.phrases.iter().filter(alone).map(String::len).max()
    }

    /// The length of the longest of them that a text, given in lower case, begins with before a blank.
    pub fn longest_at_start(&self, text: &str) -> Option<usize> {
        let first = text.split([' ', '\n']).next().unwrap_or("");
        // "sull'attuazione": what is elided is not parted by a blank.
        let elided = first.split_inclusive(['\'', '’']).next().unwrap_or("");
        if !self.phrases.contains(elided) && !self.phrases.contains(first) && !self.openers.contains(first) {
            return None;
        }
        let apart = |phrase: &&String| {
            let behind = text.strip_prefix(phrase.as_str());
            let elides = phrase.ends_with(['\'', '’']);
            behind.is_some_and(|behind| elides || behind.starts_with([' ', '\n']))
        };
        self.phrases.iter().filter(apart).map(String::len).max()
    }
}

/// No function phrase has more words.
const LONGEST_PHRASE: usize = 6;

/// No run of them between the parts of a reference is longer, in bytes.
const LONGEST_RUN: usize = 200;

/// The phrases of several sets that may stand between the parts of a reference: one look-up tells of all sets.
#[derive(Debug, Default)]
struct Linking {
    /// For each phrase the sets that have it.
    phrases: HashMap<String, Roles, FixedState>,
    sets: u8,
}

/// In which sets a text is a phrase, and in which it is the first word of one; a bit for each set.
#[derive(Debug, Default, Clone, Copy)]
struct Roles {
    phrase: u8,
    opens: u8,
}

impl Linking {
    /// One more set of these phrases.
    fn add(&mut self, phrases: &[String]) -> PhraseSet {
        let bit = 1 << self.sets;
        self.sets += 1;
        let set = PhraseSet {
            bit,
            ..PhraseSet::new(phrases)
        };
        for phrase in &set.phrases {
            self.phrases.entry(phrase.clone()).or_default().phrase |= bit;
        }
        for opener in &set.openers {
            self.phrases.entry(opener.clone()).or_default().opens |= bit;
        }
        set
    }

    fn make(&self, text: &str, sets: &[&PhraseSet]) -> bool {
        if text.len() > LONGEST_RUN {
            return false;
        }
        let sets = sets.iter().fold(0, |bits, set| bits | set.bit);
        let lower = lower_case(text);
        let parts =
            |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '"' | '“' | '”' | '„' | '«' | '»');
        let mut words = lower.split(parts).filter(|w| !w.is_empty());
        // Phrases overlap ("de los", "los días"): a bit for each number of words from here on, set if some way of cutting
        // leads there.
        let mut reached: u8 = 1;
        while let Some(word) = words.next() {
            if reached & 1 == 1 {
                reached |= self.lengths(word, words.clone(), sets);
            }
            reached >>= 1;
            if reached == 0 {
                return false;
            }
        }
        reached & 1 == 1
    }

    /// How many words the phrases have that begin with a word and go on with the next ones: a bit for each number.
    fn lengths<'a>(&self, word: &str, next: impl Iterator<Item = &'a str>, sets: u8) -> u8 {
        let Some(roles) = self.phrases.get(word) else {
            return 0;
        };
        let mut lengths = u8::from(roles.phrase & sets != 0) << 1;
        if roles.opens & sets != 0 {
            let mut phrase = word.to_owned();
            for (length, word) in (2..=LONGEST_PHRASE).zip(next) {
                phrase.push(' ');
                phrase.push_str(word);
                let whole = self
                    .phrases
                    .get(&phrase)
                    .is_some_and(|roles| roles.phrase & sets != 0);
                lengths |= u8::from(whole) << length;
            }
        }
        lengths
    }
}

/// A text in lower case; most is so.
pub(super) fn lower_case(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        text.to_lowercase().into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_may_overlap_and_stand_in_any_case() {
        let mut linking = Linking::default();
        let mut set =
            |phrases: &[&str]| linking.add(&phrases.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
        let of = set(&["of", "at its meeting of", "adopted", "de los"]);
        let on = set(&["on", "los días"]);
        set(&["the"]);
        for (text, expected) in [
            (", adopted at its meeting of ", true),
            ("De los días", false),
            ("de los los días", true),
            ("", true),
            ("at its meeting", false),
            ("of the", false),
        ] {
            assert_eq!(linking.make(text, &[&of, &on]), expected, "{text}");
        }
    }
}
