//! Documents in, what they know together out: which work each is, and which conclusions bear which date, number and title.
//! With it the mentions of each document are resolved, one document at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::known::{self, Title};
use super::{CitingDocument, Dates, targets, version, works};
use crate::model::{
    Designation, Grounds, Mention, PartialDate, Passage, Reference, Relation, Span, Target, WorkId,
};
use crate::recognize::{Findings, Recognizer};
use crate::tables::Tables;

/// What all documents of a corpus know together.
///
/// Made from what is [`open`] in each document, so that a corpus need not be in memory as a whole.
#[derive(Debug)]
pub struct Context {
    works: Vec<WorkId>,
    pub(super) index: known::Index,
    titles: known::Index,
    instrument_dates: BTreeMap<WorkId, PartialDate>,
    events: BTreeSet<WorkId>,
    corrections: bool,
}

impl Context {
    /// The context of these documents: their findings, or what is [`open`] of them, in the order of the corpus.
    pub fn new(findings: &[Findings], tables: &Tables, recognizer: &Recognizer<'_>, dates: Dates) -> Self {
        let works = works::of_documents(findings, tables);
        let this = Self::of_works(findings, works, (tables, recognizer));
        let titles = findings.iter().enumerate();
        let titles = titles
            .flat_map(|(at, findings)| this.titles_of(at, findings))
            .collect();
        this.with_titles(titles, dates)
    }

    /// The context of documents whose works are known already, without titles.
    pub fn of_works(
        findings: &[Findings],
        works: Vec<WorkId>,
        (tables, recognizer): (&Tables, &Recognizer<'_>),
    ) -> Self {
        let index = known::index(findings, &works, tables, recognizer);
        let dated = tables
            .instruments
            .iter()
            .filter_map(|row| Some((row.id.clone(), row.date?)));
        let events = tables.instruments.iter().filter(|row| row.event);
        Self {
            works,
            index,
            titles: known::Index::default(),
            instrument_dates: dated.collect(),
            events: events.map(|row| row.id.clone()).collect(),
            corrections: false,
        }
    }

    /// The context with these titles.
    pub fn with_titles(mut self, titles: BTreeSet<Title>, dates: Dates) -> Self {
        // Conclusions of the corpus and the catalogue have titles of their own.
        let others = titles.into_iter().filter(|title| !self.knows(&title.id));
        self.titles = known::Index::new(others.map(known::Known::from).collect::<Vec<_>>());
        self.corrections = dates == Dates::Corrected;
        self
    }

    /// Whether an id is that of conclusions of the corpus or the catalogue.
    pub fn knows(&self, id: &WorkId) -> bool {
        self.index.contains(id)
    }

    /// The titles that mentions of the document at a place couple with a date or, by a note, a number.
    pub fn titles_of(&self, at: usize, findings: &Findings) -> BTreeSet<Title> {
        let view = targets::Context {
            titles: &known::Index::default(),
            corrections: false,
            ..self.view()
        };
        let verdicts = targets::verdicts(findings, &self.works[at], &view);
        let titles = findings.mentions.iter().zip(verdicts);
        let title = |(mention, verdict): (&Mention, targets::Verdict)| {
            let Designation::Conclusions {
                body,
                topic: Some(topic),
                about,
                ..
            } = &mention.designation
            else {
                return None;
            };
            let id = verdict
                .target
                .id()
                .filter(|_| mention.relation != Relation::Itself)?;
            Some(Title {
                id: id.clone(),
                about: about.clone(),
                topic: topic.clone(),
                language: mention.language,
                body: body.unwrap_or(works::own_body(&findings.identity)),
            })
        };
        titles.filter_map(title).collect()
    }

    fn view(&self) -> targets::Context<'_> {
        targets::Context {
            index: &self.index,
            titles: &self.titles,
            instrument_dates: &self.instrument_dates,
            events: &self.events,
            corrections: self.corrections,
        }
    }

    /// What the mentions of the document at a place refer to; of its findings, or of what is [`open`] of them.
    pub fn targets(&self, at: usize, findings: &Findings) -> Vec<(Target, Grounds)> {
        let verdicts = targets::verdicts(findings, &self.works[at], &self.view());
        verdicts
            .into_iter()
            .map(|verdict| (verdict.target, verdict.grounds))
            .collect()
    }

    /// The work of the document at a place.
    pub fn work(&self, at: usize) -> &WorkId {
        &self.works[at]
    }

    /// The document at a place with its references.
    pub fn document(&self, at: usize, findings: &Findings) -> CitingDocument {
        let work = self.works[at].clone();
        let mentions = findings.mentions.iter().cloned();
        let references = mentions.zip(self.targets(at, findings));
        let references = references.map(reference);
        let number = findings.identity.number.as_ref();
        CitingDocument {
            path: findings.path.clone(),
            language: findings.language,
            version: number.map_or("INIT".to_owned(), |number| version(number, &work)),
            date: findings.identity.date,
            title: findings.identity.title.clone(),
            references: references.collect(),
            work,
        }
    }
}

/// A mention with what it refers to: what only its link tells is less sure than what its words say.
pub fn reference((mut mention, (target, grounds)): (Mention, (Target, Grounds))) -> Reference {
    if grounds.how == targets::BY_LINK {
        mention.confidence *= 0.8;
    }
    Reference {
        mention,
        target,
        grounds,
    }
}

/// What of the findings of a document depends on other documents, without its words: conclusions known by date and
/// topic, the document itself, and what points back to them. All else refers to the same whatever the corpus holds.
pub fn open(findings: &Findings) -> Findings {
    let mentions = &findings.mentions;
    let mut kept: BTreeSet<usize> = (0..mentions.len())
        .filter(|at| is_open(&mentions[targets::root(mentions, *at)]))
        .collect();
    let by = kept.iter().flat_map(|at| &mentions[*at].identified_by).copied();
    let by: Vec<usize> = by.filter(|at| *at < mentions.len()).collect();
    kept.extend(by);
    let place: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    Findings {
        path: findings.path.clone(),
        language: findings.language,
        identity: findings.identity.clone(),
        mentions: kept.iter().map(|at| bare(&mentions[*at], &place)).collect(),
    }
}

fn is_open(mention: &Mention) -> bool {
    match mention.designation {
        Designation::Conclusions { .. } => true,
        Designation::Words => mention.relation == Relation::Itself,
        _ => false,
    }
}

/// A mention without its words, its pointers led to the new places.
fn bare(mention: &Mention, place: &BTreeMap<usize, usize>) -> Mention {
    let designation = match &mention.designation {
        Designation::Back(to) => place
            .get(to)
            .map_or(Designation::Words, |to| Designation::Back(*to)),
        other => other.clone(),
    };
    let by = mention.identified_by.iter().filter_map(|at| place.get(at));
    Mention {
        passage: Passage {
            span: Span::new(0, 0),
            line: 0,
            page: None,
            text: String::new(),
            snippet: String::new(),
            paragraph: None,
        },
        designation,
        identified_by: by.copied().collect(),
        clues: Vec::new(),
        pinpoint: None,
        rule: "".into(),
        ..mention.clone()
    }
}
