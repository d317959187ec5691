//! Conclusions of which number or date and topic are known, from the corpus and the catalogue, and the search among them.

use std::collections::BTreeMap;

use crate::model::{Body, Language, PartialDate, WorkId};
use crate::recognize::{Findings, Recognizer, key, same_key};
use crate::tables::Tables;

/// Conclusions that a mention may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub id: WorkId,
    pub body: Body,
    pub dates: Vec<PartialDate>,
    /// The words of their topic by language.
    pub topics: BTreeMap<Language, Vec<Wording>>,
    /// The instruments that the topic names.
    pub about: Vec<WorkId>,
    pub in_corpus: bool,
}

/// All conclusions known, in order of id.
pub(super) type Index = BTreeMap<WorkId, Known>;

/// What a mention says of the conclusions it means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub body: Option<Body>,
    pub date: Option<PartialDate>,
    pub topic: Option<&'a Wording>,
    /// Whether the topic may be that of another date.
    pub shared: bool,
    pub about: &'a [WorkId],
    pub language: Language,
}

/// Whether two topics are the same, as far as can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Same,
    /// Another language, but words that look alike: enough beside an equal date.
    Likely,
    Other,
    /// No common language, nothing named in common.
    CannotTell,
}

/// The catalogue and the conclusions of the corpus; `works` are the ids of the documents.
pub(super) fn index(
    findings: &[Findings],
    works: &[WorkId],
    tables: &Tables,
    recognizer: &Recognizer<'_>,
) -> Index {
    let mut index = Index::new();
    for row in &tables.conclusions {
        let known = entry(&mut index, &row.id, row.body);
        known.dates.extend(row.date);
        for (language, titles) in &row.titles {
            known
                .topics
                .entry(*language)
                .or_default()
                .extend(titles.iter().map(|t| Wording::new(t)));
        }
    }
    for (findings, id) in findings.iter().zip(works) {
        let identity = &findings.identity;
        let (Some(body), Some(topic)) = (identity.body, &identity.topic) else {
            continue;
        };
        let known = entry(&mut index, id, body);
        known.in_corpus = true;
        known
            .dates
            .extend(identity.approved.into_iter().chain(identity.date));
        known
            .topics
            .entry(findings.language)
            .or_default()
            .push(Wording::new(topic));
    }
    for known in index.values_mut() {
        finish(known, recognizer);
    }
    index
}

fn entry<'a>(index: &'a mut Index, id: &WorkId, body: Body) -> &'a mut Known {
    index.entry(id.clone()).or_insert_with(|| Known {
        id: id.clone(),
        body,
        dates: Vec::new(),
        topics: BTreeMap::new(),
        about: Vec::new(),
        in_corpus: false,
    })
}

fn finish(known: &mut Known, recognizer: &Recognizer<'_>) {
    known.dates.sort_unstable();
    known.dates.dedup();
    // Looking for names costs a lexicon for each language: those of documents are there already.
    let english = known.topics.get(&Language::ENGLISH).into_iter().flatten();
    known.about = english
        .flat_map(|t| recognizer.names_in(&t.text, Language::ENGLISH))
        .collect();
    known.about.sort();
    known.about.dedup();
}

impl Known {
    /// Whether the topic that is wanted is that of these conclusions.
    pub fn topic(&self, wanted: &Wanted<'_>) -> Topic {
        let other = if wanted.shared {
            Topic::CannotTell
        } else {
            Topic::Other
        };
        let Some(topic) = wanted.topic else {
            return Topic::CannotTell;
        };
        let same_words = |titles: &Vec<Wording>| {
            titles
                .iter()
                .any(|t| same_key(&t.key, &topic.key) || is_part(t, topic))
        };
        if self.topics.get(&wanted.language).is_some_and(same_words) {
            return Topic::Same;
        }
        if !self.about.is_empty() && !wanted.about.is_empty() {
            let common = self.about.iter().any(|id| wanted.about.contains(id));
            return if common { Topic::Same } else { other };
        }
        match self.topics.contains_key(&wanted.language) {
            true => other,
            false if self.topics.values().flatten().any(|t| is_cognate(t, topic)) => Topic::Likely,
            false => Topic::CannotTell,
        }
    }

    /// Whether they may bear this date.
    pub fn may_be_of(&self, date: PartialDate) -> bool {
        self.dates.iter().any(|d| d.is_compatible(date))
    }
}

/// A topic made ready for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wording {
    pub text: String,
    key: String,
    words: Vec<String>,
    stems: Vec<String>,
}

impl Wording {
    /// Makes a topic ready.
    pub fn new(text: &str) -> Self {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 3)
            .map(str::to_lowercase)
            .collect();
        let long = words
            .iter()
            .filter(|w| w.chars().count() >= COGNATE)
            .map(|w| w.chars().take(COGNATE).collect::<String>());
        let stems = long
            .filter(|s| !COMMON.iter().any(|c| s.starts_with(c)))
            .collect();
        Self {
            text: text.to_owned(),
            key: key(text),
            words,
            stems,
        }
    }
}

/// Whether one topic names the other with more words around it ("digitale diplomatie", "de digitale diplomatie van de EU").
fn is_part(a: &Wording, b: &Wording) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() {
        (&a.words, &b.words)
    } else {
        (&b.words, &a.words)
    };
    short.len() >= 2 && short.len() * 2 >= long.len() && short.iter().all(|w| long.contains(w))
}

/// How many letters two words of different languages must have in common at their start to look alike.
const COGNATE: usize = 5;

/// Words that half of all topics hold.
const COMMON: [&str; 12] = [
    "europ", "union", "counc", "konkl", "concl", "devel", "coord", "strat", "natio", "inter", "polit", "memb",
];

/// Whether two topics in different languages share a word that looks alike ("digital", "digitale"; "cyber", "cyberforsvar").
fn is_cognate(a: &Wording, b: &Wording) -> bool {
    a.stems.iter().any(|stem| b.stems.contains(stem))
}
