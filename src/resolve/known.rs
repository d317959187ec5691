//! Conclusions of which number or date and topic are known, from the corpus and the catalogue, and the search among them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

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

/// A title that a mention couples with a date or, by its note, a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Title {
    /// What it is the title of.
    pub id: WorkId,
    /// The instruments that it names.
    pub about: Vec<WorkId>,
    /// Its words.
    pub topic: String,
    pub(super) language: Language,
    pub(super) body: Body,
}

impl From<Title> for Known {
    fn from(title: Title) -> Self {
        Self {
            topics: [(title.language, vec![Wording::new(&title.topic)])].into(),
            id: title.id,
            body: title.body,
            dates: Vec::new(),
            about: title.about,
            in_corpus: false,
        }
    }
}

/// All conclusions by id.
pub(super) type All = BTreeMap<WorkId, Known>;

/// All conclusions known, in order of id, with the ways to find them: no question goes through all.
#[derive(Debug, Default)]
pub(super) struct Index {
    all: Vec<Known>,
    by_date: BTreeMap<(Body, PartialDate), Vec<usize>>,
    years: BTreeSet<u16>,
    by_trait: HashMap<(Body, Trait), Vec<usize>>,
}

/// What conclusions of one topic have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Trait {
    /// The first letters of the key.
    Start(Vec<u8>),
    /// A word.
    Word(String),
    /// The first word.
    FirstWord(String),
    /// A named instrument.
    About(WorkId),
}

/// How many letters two keys that are the same have in common at least.
const START: usize = 8;

impl Index {
    /// An index of these, which come in order of id.
    pub fn new(all: impl IntoIterator<Item = Known>) -> Self {
        let mut this = Self::default();
        for (at, known) in all.into_iter().enumerate() {
            for date in &known.dates {
                this.by_date.entry((known.body, *date)).or_default().push(at);
                this.years.insert(date.years());
            }
            for one in traits(&known) {
                this.by_trait.entry((known.body, one)).or_default().push(at);
            }
            this.all.push(known);
        }
        this
    }

    /// All, in order of id.
    pub fn values(&self) -> impl Iterator<Item = &Known> {
        self.all.iter()
    }

    /// Whether the id is that of conclusions.
    pub fn contains(&self, id: &WorkId) -> bool {
        self.all.binary_search_by(|known| known.id.cmp(id)).is_ok()
    }

    fn those(&self, mut places: Vec<usize>) -> Vec<&Known> {
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|at| self.all.get(at)).collect()
    }

    /// Those of a body that may bear a date.
    pub fn of_date(&self, body: Body, date: PartialDate) -> Vec<&Known> {
        let whole = [
            PartialDate::year(date.years()),
            date.months().and_then(|m| PartialDate::month(date.years(), m)),
        ];
        let vaguer = whole.into_iter().flatten().filter(|whole| *whole != date);
        let vaguer = vaguer.filter_map(|date| self.by_date.get(&(body, date)));
        let inside = self
            .by_date
            .range((body, date)..)
            .take_while(|((of, inside), _)| *of == body && inside.is_compatible(date));
        let places = vaguer.chain(inside.map(|(_, places)| places)).flatten();
        self.those(places.copied().collect())
    }

    /// Those of a body with a full date that differs from this one in day, month or year alone.
    pub fn near(&self, body: Body, date: PartialDate) -> Vec<&Known> {
        let year = PartialDate::year(date.years()).map(|year| (body, year));
        let same_year = year.into_iter().flat_map(|year| self.by_date.range(year..));
        let same_year = same_year
            .take_while(|((of, other), _)| *of == body && other.years() == date.years())
            .filter(|((_, other), _)| is_near(*other, date));
        let other_year = self.years.iter().filter_map(|year| {
            let other = PartialDate::day(*year, date.months()?, date.days()?)?;
            self.by_date.get(&(body, other)).filter(|_| other != date)
        });
        let places = same_year.map(|(_, places)| places).chain(other_year).flatten();
        self.those(places.copied().collect())
    }

    /// Those of a body among which are all whose topic is the one that is wanted.
    pub fn perhaps_on(&self, body: Body, wanted: &Wanted<'_>) -> Vec<&Known> {
        let Some(topic) = wanted.topic else {
            return Vec::new();
        };
        let of = |one: Trait| self.by_trait.get(&(body, one)).map_or(&[][..], Vec::as_slice);
        let words = topic.words.iter();
        let rarest = words
            .clone()
            .map(|word| of(Trait::Word(word.clone())))
            .min_by_key(|places| places.len());
        let firsts = words.map(|word| of(Trait::FirstWord(word.clone())));
        let about = wanted.about.iter().map(|id| of(Trait::About(id.clone())));
        let start = start(topic).map(of);
        let places = start
            .into_iter()
            .chain(rarest)
            .chain(firsts)
            .chain(about)
            .flatten();
        self.those(places.copied().collect())
    }
}

fn start(topic: &Wording) -> Option<Trait> {
    topic.start().map(|start| Trait::Start(start.to_vec()))
}

/// Each once: all that [`Known::topic`] asks for.
fn traits(known: &Known) -> BTreeSet<Trait> {
    let topics = || known.topics.values().flatten();
    let words = topics().flat_map(|topic| topic.words.iter().cloned().map(Trait::Word));
    let firsts = topics().filter_map(|topic| topic.words.first().cloned().map(Trait::FirstWord));
    let about = known.about.iter().cloned().map(Trait::About);
    words
        .chain(firsts)
        .chain(about)
        .chain(topics().filter_map(start))
        .collect()
}

/// Whether two dates differ in day, month or year alone.
pub(super) fn is_near(a: PartialDate, b: PartialDate) -> bool {
    let differ = [
        a.years() != b.years(),
        a.months() != b.months(),
        a.days() != b.days(),
    ];
    a.is_full() && b.is_full() && differ.into_iter().filter(|d| *d).count() == 1
}

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
    /// The date of the document that wants them.
    pub by: Option<PartialDate>,
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
    let mut index = All::new();
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
    Index::new(index.into_values())
}

fn entry<'a>(index: &'a mut All, id: &WorkId, body: Body) -> &'a mut Known {
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
        let same_words = |titles: &Vec<Wording>| titles.iter().any(|title| is_same(title, topic));
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
        let long = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 3);
        let mut words: Vec<String> = Vec::new();
        for word in long.map(str::to_lowercase) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
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

impl Wording {
    /// What the keys of two topics begin with that are the same.
    pub fn start(&self) -> Option<&[u8]> {
        self.key.as_bytes().get(..START)
    }

    /// All pairs of its words, the words of a pair in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let words = self.words.iter().map(String::as_str);
        let others = words.clone();
        let pairs = words.flat_map(move |a| others.clone().map(move |b| (a, b)));
        pairs.filter(|(a, b)| a < b)
    }

    /// The pair of its longest words, if it has two; a topic that holds this one has it, too.
    pub fn longest(&self) -> Option<(&str, &str)> {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
        let (first, second) = (*words.first()?, *words.get(1)?);
        Some((first.min(second), first.max(second)))
    }
}

/// Whether two topics are the same in one language.
pub(super) fn is_same(a: &Wording, b: &Wording) -> bool {
    same_key(&a.key, &b.key) || is_part(a, b)
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
pub(super) fn is_cognate(a: &Wording, b: &Wording) -> bool {
    a.stems.iter().any(|stem| b.stems.contains(stem))
}
