//! A document in, the keys by which others are led to it and it to others out: who has to be looked at again when it comes
//! or goes, and what has to be known to resolve its mentions. Keys find too much, never too little.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::known::{Wording, is_cognate, is_near, is_same};
use super::works::{days, of_itself};
use crate::model::{Designation, Language, Mention, PartialDate, Relation, WorkId};
use crate::recognize::{Findings, Recognizer};
use crate::tables::{KnownConclusions, Tables};

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Role {
    /// A day of a document with a number.
    Numbered,
    /// A day of a document without one: it may be an expression of a numbered one of that day.
    Unnumbered,
    /// What a document without number would be called: of two that are called the same, one gets another id.
    Called,
    /// A date of conclusions of the corpus.
    IsOf,
    /// A date of conclusions that a mention asks for.
    AsksDate,
    /// What tells the topic of conclusions of the corpus, in short.
    Topic,
    /// Everything that may tell it.
    AnyTopic,
    /// What tells the topic that a mention without date asks for, in short.
    AsksTopic,
    /// Everything that may tell it.
    AsksAnyTopic,
    /// What tells a title that a mention couples with a number or a date, in short.
    Title,
    /// Everything that may tell it.
    AnyTitle,
}

/// A key: its role and its number.
pub type Key = (Role, i64);

/// All keys of a document: its findings, or what is [`open`](super::open) of them.
pub fn keys(findings: &Findings, tables: &Tables, recognizer: &Recognizer<'_>) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    let identity = &findings.identity;
    let by_day = match identity.number {
        Some(_) => Role::Numbered,
        None => Role::Unnumbered,
    };
    keys.extend(days(identity).map(|day| (by_day, date_number(day))));
    if identity.number.is_none() {
        keys.insert((Role::Called, number(of_itself(findings, tables).as_str())));
    }
    if let Some(offer) = Offer::of(findings, recognizer) {
        keys.extend(offer.dates.iter().map(|date| (Role::IsOf, date_number(*date))));
        keys.extend(offer.short_keys().into_iter().map(|key| (Role::Topic, key)));
        keys.extend(offer.all_keys().into_iter().map(|key| (Role::AnyTopic, key)));
    }
    for ask in asks(findings) {
        match ask.date {
            Some(date) => drop(keys.insert((Role::AsksDate, date_number(date)))),
            None => {
                let offer = ask.as_offer();
                keys.extend(offer.short_keys().into_iter().map(|key| (Role::AsksTopic, key)));
                keys.extend(offer.all_keys().into_iter().map(|key| (Role::AsksAnyTopic, key)));
            }
        }
    }
    keys
}

/// What a mention asks for.
struct Ask<'a> {
    date: Option<PartialDate>,
    topics: Vec<Wording>,
    about: &'a [WorkId],
}

impl Ask<'_> {
    fn as_offer(&self) -> Offer {
        Offer {
            dates: Vec::new(),
            topics: self.topics.clone(),
            about: self.about.to_vec(),
        }
    }
}

fn asks(findings: &Findings) -> Vec<Ask<'_>> {
    let mentions = findings.mentions.iter();
    let others = mentions.filter(|mention| mention.relation != Relation::Itself);
    let asks = |mention| -> Vec<Ask<'_>> {
        let Some(own) = ask(mention) else {
            return Vec::new();
        };
        let notes = mention.identified_by.iter();
        let notes = notes.filter_map(|at| ask(findings.mentions.get(*at)?));
        // A note gives the date; the topic may stand in the text alone.
        let notes = notes.filter(|note| note.date.is_some()).map(|mut note| {
            note.topics.extend(own.topics.iter().cloned());
            note
        });
        let notes: Vec<Ask<'_>> = notes.collect();
        notes.into_iter().chain([own]).collect()
    };
    others.flat_map(asks).collect()
}

fn ask(mention: &Mention) -> Option<Ask<'_>> {
    let Designation::Conclusions {
        date, topic, about, ..
    } = &mention.designation
    else {
        return None;
    };
    Some(Ask {
        date: *date,
        topics: topic.iter().map(|topic| Wording::new(topic)).collect(),
        about,
    })
}

/// What others may be led to: conclusions of the corpus or the catalogue, or a title that a mention couples with a number.
#[derive(Debug, Clone)]
pub struct Offer {
    dates: Vec<PartialDate>,
    topics: Vec<Wording>,
    about: Vec<WorkId>,
}

impl Offer {
    /// That of a document, if it is conclusions on something.
    pub fn of(findings: &Findings, recognizer: &Recognizer<'_>) -> Option<Self> {
        let identity = &findings.identity;
        let topic = identity.topic.as_ref().filter(|_| identity.body.is_some())?;
        let is_english = findings.language == Language::ENGLISH;
        let about = is_english.then(|| recognizer.names_in(topic, Language::ENGLISH));
        Some(Self {
            dates: identity.approved.into_iter().chain(identity.date).collect(),
            topics: vec![Wording::new(topic)],
            about: about.into_iter().flatten().collect(),
        })
    }

    /// That of a title.
    pub fn of_title(topic: &str, about: &[WorkId]) -> Self {
        Self {
            dates: Vec::new(),
            topics: vec![Wording::new(topic)],
            about: about.to_vec(),
        }
    }

    /// That of conclusions of the catalogue.
    pub fn of_row(row: &KnownConclusions, recognizer: &Recognizer<'_>) -> Self {
        let english = row.titles.get(&Language::ENGLISH).into_iter().flatten();
        Self {
            dates: row.date.into_iter().collect(),
            topics: row
                .titles
                .values()
                .flatten()
                .map(|title| Wording::new(title))
                .collect(),
            about: english
                .flat_map(|title| recognizer.names_in(title, Language::ENGLISH))
                .collect(),
        }
    }

    /// Its dates.
    pub fn dates(&self) -> &[PartialDate] {
        &self.dates
    }

    /// What tells its topic, in short: one of two topics of which one holds the other has all of these of the other.
    pub fn short_keys(&self) -> BTreeSet<i64> {
        let pairs = self.topics.iter().filter_map(Wording::longest);
        let pairs = pairs.map(|(a, b)| number(&format!("{a} {b}")));
        pairs.chain(self.common_keys()).collect()
    }

    /// Everything that may tell it.
    pub fn all_keys(&self) -> BTreeSet<i64> {
        let pairs = self.topics.iter().flat_map(Wording::pairs);
        let pairs = pairs.map(|(a, b)| number(&format!("{a} {b}")));
        pairs.chain(self.common_keys()).collect()
    }

    fn common_keys(&self) -> impl Iterator<Item = i64> {
        let starts = self.topics.iter().filter_map(Wording::start);
        let starts = starts.map(|start| number(&format!("start {start:?}")));
        let about = self.about.iter().map(|id| number(&format!("about {id}")));
        starts.chain(about)
    }

    fn may_be_meant(&self, ask: &Ask<'_>) -> bool {
        let about = || self.about.iter().any(|id| ask.about.contains(id));
        let some = |is: fn(&Wording, &Wording) -> bool| {
            let mut topics = ask.topics.iter();
            topics.any(|topic| self.topics.iter().any(|own| is(own, topic)))
        };
        match ask.date {
            Some(date) if self.dates.iter().any(|own| own.is_compatible(date)) => true,
            // Words of two languages that look alike are enough beside a date that is nearly the same.
            Some(date) if self.dates.iter().any(|own| is_near(*own, date)) => {
                about() || some(is_same) || some(is_cognate)
            }
            Some(_) => false,
            None => about() || some(is_same),
        }
    }
}

/// Whether a mention of the document may be led to one of these.
pub fn asks_for(findings: &Findings, offers: &[Offer]) -> bool {
    let asks = asks(findings);
    asks.iter()
        .any(|ask| offers.iter().any(|offer| offer.may_be_meant(ask)))
}

/// A date as a number that sorts as dates do; unknown parts are 0.
pub fn date_number(date: PartialDate) -> i64 {
    let (month, day) = (date.months().unwrap_or(0), date.days().unwrap_or(0));
    i64::from(date.years()) * 10_000 + i64::from(month) * 100 + i64::from(day)
}

/// A text as a number: FNV-1a, of 64 bits.
fn number(text: &str) -> i64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step).cast_signed()
}
