//! A work as people name it in, its node out: by id, by number in any written form, by title or name in any language.

use std::collections::BTreeSet;

use super::ReferenceGraph;
use crate::model::{Body, Designation, Kind, Language, Mention, Work, WorkId};
use crate::read;
use crate::recognize::{Recognizer, key, parse_council_number, same_topic};
use crate::resolve::Aliases;
use crate::tables::Tables;

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Find {
    /// One work.
    One(WorkId),
    /// One work, but the query is only a part of its name.
    Part(WorkId),
    /// Several works fit; in order of id.
    Several(Vec<WorkId>),
    /// None fits; the works named most alike, at most three, the nearest first.
    None(Vec<WorkId>),
}

/// Finds works of one graph; asks whoever resolved it which ids are one work.
#[derive(Clone, Copy)]
pub struct Finder<'a> {
    /// Where to look.
    pub graph: &'a ReferenceGraph,
    /// Which ids are one work.
    pub aliases: &'a Aliases,
    /// How numbers and names are written.
    pub recognizer: &'a Recognizer<'a>,
    /// What the recognizer was made from.
    pub tables: &'a Tables,
}

impl Finder<'_> {
    /// The work that these words name.
    ///
    /// Tried in this order, the first that fits anything decides: the id or another identifier in any case; a number as
    /// people write it; a whole name; conclusions by their topic; the beginning of a name, or words of it in any order.
    pub fn find(&self, query: &str) -> Find {
        let ways = [Self::by_id, Self::by_number, Self::by_name, Self::by_topic];
        let found = ways
            .iter()
            .map(|way| way(self, query.trim()))
            .find(|found| !found.is_empty());
        match found.map(|found| found.into_iter().collect::<Vec<_>>()) {
            None => self.find_part(query),
            Some(mut found) if found.len() == 1 => Find::One(found.remove(0)),
            Some(found) => Find::Several(found),
        }
    }

    fn find_part(&self, query: &str) -> Find {
        let mut found: Vec<WorkId> = self.by_words(query).into_iter().collect();
        match found.len() {
            0 => Find::None(self.nearest(query)),
            1 => Find::Part(found.remove(0)),
            _ => Find::Several(found),
        }
    }

    /// The node that an id belongs to, if there is one: that of a version is the node of its document.
    fn node(&self, id: &WorkId) -> Option<WorkId> {
        let whole = id.without_version();
        let nodes = [self.aliases.node(id), self.aliases.node(&whole)];
        let node = nodes.into_iter().find(|node| self.graph.work(node).is_some());
        node.cloned().or_else(|| {
            self.graph
                .works()
                .find(|work| work.identifiers.contains(id))
                .map(|work| work.id.clone())
        })
    }

    fn by_id(&self, query: &str) -> BTreeSet<WorkId> {
        let same = |id: &WorkId| id.as_str().eq_ignore_ascii_case(query);
        let works = self
            .graph
            .works()
            .filter(|work| same(&work.id) || work.identifiers.iter().any(same));
        let found: BTreeSet<WorkId> = works.map(|work| work.id.clone()).collect();
        if !found.is_empty() || query.contains(' ') {
            return found;
        }
        self.node(&WorkId::new(query.to_ascii_uppercase()))
            .into_iter()
            .collect()
    }

    fn by_number(&self, query: &str) -> BTreeSet<WorkId> {
        let written = [query.to_ascii_uppercase(), with_short_year(query)];
        let number = written
            .iter()
            .filter_map(|query| parse_council_number(query))
            .find_map(|id| self.node(&id));
        if let Some(node) = number {
            return [node].into();
        }
        let spoken = self
            .languages()
            .into_iter()
            .map(|language| self.mentioned(query, language));
        spoken
            .into_iter()
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// English and the languages of the corpus.
    fn languages(&self) -> BTreeSet<Language> {
        let expressions = self.graph.works().flat_map(|work| &work.expressions);
        expressions
            .map(|expression| expression.language)
            .chain([Language::ENGLISH])
            .collect()
    }

    /// What a query is a mention of, read in a language.
    fn mentions(&self, query: &str, language: Language) -> Vec<Mention> {
        // Alone on its line a number would be taken for that of the document itself.
        let sentence = format!("1. It is well known what is meant: {query}.");
        let reading = read::read("query", sentence.as_bytes(), self.tables, Some(language));
        reading.map_or_else(
            |_| Vec::new(),
            |reading| self.recognizer.recognize(&reading.document).mentions,
        )
    }

    fn mentioned(&self, query: &str, language: Language) -> BTreeSet<WorkId> {
        let whole = key(query);
        let mentions = self.mentions(query, language);
        // "Implementing" before the number of a decision does not make it another one; words before a name may.
        let covers = |mention: &&Mention| match mention.kind {
            Kind::Instrument | Kind::Conclusions => key(&mention.passage.text) == whole,
            _ => whole.ends_with(&key(&mention.passage.text)),
        };
        mentions
            .iter()
            .filter(covers)
            .flat_map(designated)
            .filter_map(|id| self.node(&id))
            .collect()
    }

    /// Conclusions with the topic that the query names: "Council conclusions on EU Digital Diplomacy".
    fn by_topic(&self, query: &str) -> BTreeSet<WorkId> {
        let spoken = self
            .languages()
            .into_iter()
            .map(|language| self.on_topic(query, language));
        spoken
            .into_iter()
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    fn on_topic(&self, query: &str, language: Language) -> BTreeSet<WorkId> {
        let Some(topic) = self.topic(query, language) else {
            return BTreeSet::new();
        };
        let whole = self.works_where(|work| names(work).any(|name| key(name) == key(topic)));
        if !whole.is_empty() {
            return whole;
        }
        self.works_where(|work| names(work).any(|name| same_topic(name, topic)))
    }

    /// The topic of the conclusions that a query names. One that the recognizer ends too early goes on to the end.
    fn topic<'q>(&self, query: &'q str, language: Language) -> Option<&'q str> {
        let mentions = self.mentions(query, language);
        let topics = mentions.iter().filter_map(|mention| match &mention.designation {
            Designation::Conclusions {
                topic: Some(topic), ..
            } => query.find(topic.as_str()).and_then(|at| query.get(at..)),
            _ => None,
        });
        topics.max_by_key(|topic| topic.len())
    }

    fn by_name(&self, query: &str) -> BTreeSet<WorkId> {
        let asked = key(query);
        if asked.is_empty() {
            return BTreeSet::new();
        }
        let whole = |name: &str| key(name) == asked;
        let labeled = self.works_where(|work| whole(&work.label));
        if labeled.is_empty() {
            self.works_where(|work| names(work).any(whole))
        } else {
            labeled
        }
    }

    fn by_words(&self, query: &str) -> BTreeSet<WorkId> {
        let asked = words(query);
        if asked.is_empty() {
            return BTreeSet::new();
        }
        let together: String = asked.concat();
        let beginning = self.works_where(|work| {
            names(work).any(|name| together.len() >= 8 && key(name).starts_with(&together))
        });
        if beginning.len() == 1 {
            return beginning;
        }
        let holds = |name: &str| {
            let held = words(name);
            asked.iter().all(|word| held.contains(word))
        };
        self.works_where(|work| names(work).any(holds))
    }

    fn works_where(&self, fits: impl Fn(&Work) -> bool) -> BTreeSet<WorkId> {
        self.graph
            .works()
            .filter(|work| fits(work))
            .map(|work| work.id.clone())
            .collect()
    }

    /// The works whose name, label or id is most like the query or its topic.
    fn nearest(&self, query: &str) -> Vec<WorkId> {
        let topic = self
            .languages()
            .into_iter()
            .find_map(|language| self.topic(query, language));
        let asked: Vec<String> = [Some(query), topic].into_iter().flatten().map(key).collect();
        let like = |name: &str| {
            asked
                .iter()
                .map(|asked| strsim::normalized_damerau_levenshtein(asked, &key(name)))
                .fold(0.0, f64::max)
        };
        let likeness = |work: &Work| {
            names(work)
                .chain([work.id.as_str()])
                .map(like)
                .fold(0.0, f64::max)
        };
        let near = self.graph.works().map(|work| (likeness(work), &work.id));
        let mut near: Vec<(f64, &WorkId)> = near.filter(|(like, _)| *like >= LIKE).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        near.into_iter().take(3).map(|(_, id)| id.clone()).collect()
    }
}

/// A number with its year in full, as some write it: "10289/2023" is 10289/23.
fn with_short_year(query: &str) -> String {
    match query.rsplit_once('/') {
        Some((number, year)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{number}/{}", &year[2..])
        }
        _ => query.to_owned(),
    }
}

/// Names that are less like than this are other names.
const LIKE: f64 = 0.5;

fn names(work: &Work) -> impl Iterator<Item = &str> {
    work.names
        .values()
        .flatten()
        .chain([&work.label])
        .map(String::as_str)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(key)
        .filter(|word| !word.is_empty())
        .collect()
}

fn designated(mention: &Mention) -> Vec<WorkId> {
    match &mention.designation {
        Designation::Identified(id) => vec![id.clone()],
        Designation::OneOf(ids) => ids.clone(),
        Designation::Conclusions {
            body,
            date: Some(date),
            topic: None,
            ..
        } => vec![body.unwrap_or(Body::Council).conclusions(*date)],
        Designation::Conclusions { .. } | Designation::Words | Designation::Back(_) => Vec::new(),
    }
}
