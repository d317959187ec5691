//! A work as people name it in, its node out: by id, by number in any written form, by title or name in any language.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use super::ReferenceGraph;
use crate::model::{Body, Designation, Kind, Language, Mention, Work, WorkId};
use crate::read;
use crate::recognize::{Recognizer, key, parse_council_number, same_key};
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

/// Where works are looked up: by ids, by keys of their names and labels, by words.
pub trait Works {
    /// What goes wrong when it is asked.
    type Error;
    /// The node that an id belongs to, if there is one: that of a version is the node of its document.
    ///
    /// # Errors
    /// If they cannot be asked.
    fn node(&self, id: &WorkId) -> Result<Option<WorkId>, Self::Error>;
    /// The works with this id or identifier, in whatever case.
    ///
    /// # Errors
    /// If they cannot be asked.
    fn with_id(&self, id: &str) -> Result<BTreeSet<WorkId>, Self::Error>;
    /// The works whose label has this key.
    ///
    /// # Errors
    /// If they cannot be asked.
    fn labeled(&self, key: &str) -> Result<BTreeSet<WorkId>, Self::Error>;
    /// The works of which a name or the label has this key.
    ///
    /// # Errors
    /// If they cannot be asked.
    fn named(&self, key: &str) -> Result<BTreeSet<WorkId>, Self::Error>;
    /// The works of which a name or the label has a key that is the [same topic](crate::recognize::same_key).
    ///
    /// # Errors
    /// If they cannot be asked.
    fn alike(&self, key: &str) -> Result<BTreeSet<WorkId>, Self::Error>;
    /// The works of which a name or the label has a key that begins so.
    ///
    /// # Errors
    /// If they cannot be asked.
    fn beginning(&self, key: &str) -> Result<BTreeSet<WorkId>, Self::Error>;
    /// The works of which a name or the label holds all these words.
    ///
    /// # Errors
    /// If they cannot be asked.
    fn holding(&self, words: &[String]) -> Result<BTreeSet<WorkId>, Self::Error>;
    /// The languages of the documents.
    ///
    /// # Errors
    /// If they cannot be asked.
    fn languages(&self) -> Result<BTreeSet<Language>, Self::Error>;
    /// Calls back with each work and the keys of its names, its label and its id.
    ///
    /// # Errors
    /// If they cannot be asked.
    fn each_key(&self, each: &mut dyn FnMut(&WorkId, &str)) -> Result<(), Self::Error>;
}

/// The works of a graph, and which ids are one work.
#[derive(Clone, Copy)]
pub struct GraphWorks<'a> {
    /// Where to look.
    pub graph: &'a ReferenceGraph,
    /// Which ids are one work.
    pub aliases: &'a Aliases,
}

impl GraphWorks<'_> {
    fn works_where(&self, fits: impl Fn(&Work) -> bool) -> Result<BTreeSet<WorkId>, Infallible> {
        let works = self.graph.works().filter(|work| fits(work));
        Ok(works.map(|work| work.id.clone()).collect())
    }
}

impl Works for GraphWorks<'_> {
    type Error = Infallible;

    fn node(&self, id: &WorkId) -> Result<Option<WorkId>, Infallible> {
        let whole = id.without_version();
        let nodes = [self.aliases.node(id), self.aliases.node(&whole)];
        let node = nodes.into_iter().find(|node| self.graph.work(node).is_some());
        Ok(node.cloned().or_else(|| {
            self.graph
                .works()
                .find(|work| work.identifiers.contains(id))
                .map(|work| work.id.clone())
        }))
    }

    fn with_id(&self, id: &str) -> Result<BTreeSet<WorkId>, Infallible> {
        let same = |one: &WorkId| one.as_str().eq_ignore_ascii_case(id);
        self.works_where(|work| same(&work.id) || work.identifiers.iter().any(same))
    }

    fn labeled(&self, asked: &str) -> Result<BTreeSet<WorkId>, Infallible> {
        self.works_where(|work| key(&work.label) == asked)
    }

    fn named(&self, asked: &str) -> Result<BTreeSet<WorkId>, Infallible> {
        self.works_where(|work| names(work).any(|name| key(name) == asked))
    }

    fn alike(&self, asked: &str) -> Result<BTreeSet<WorkId>, Infallible> {
        self.works_where(|work| names(work).any(|name| same_key(&key(name), asked)))
    }

    fn beginning(&self, asked: &str) -> Result<BTreeSet<WorkId>, Infallible> {
        self.works_where(|work| names(work).any(|name| key(name).starts_with(asked)))
    }

    fn holding(&self, asked: &[String]) -> Result<BTreeSet<WorkId>, Infallible> {
        self.works_where(|work| holds(work, asked))
    }

    fn languages(&self) -> Result<BTreeSet<Language>, Infallible> {
        let expressions = self.graph.works().flat_map(|work| &work.expressions);
        Ok(expressions.map(|expression| expression.language).collect())
    }

    fn each_key(&self, each: &mut dyn FnMut(&WorkId, &str)) -> Result<(), Infallible> {
        for work in self.graph.works() {
            for name in names(work).chain([work.id.as_str()]) {
                each(&work.id, &key(name));
            }
        }
        Ok(())
    }
}

/// Whether one name of a work, or its label, holds all these words.
pub fn holds(work: &Work, asked: &[String]) -> bool {
    names(work).any(|name| {
        let held = words(name);
        asked.iter().all(|word| held.contains(word))
    })
}

/// Finds works by what people call them.
#[derive(Clone, Copy)]
pub struct Finder<'a, W> {
    /// Where to look.
    pub works: &'a W,
    /// How numbers and names are written.
    pub recognizer: &'a Recognizer<'a>,
    /// What the recognizer was made from.
    pub tables: &'a Tables,
}

impl<W: Works> Finder<'_, W> {
    /// The work that these words name.
    ///
    /// Tried in this order, the first that fits anything decides: the id or another identifier in any case; a number as
    /// people write it; a whole name; conclusions by their topic; the beginning of a name, or words of it in any order.
    ///
    /// # Errors
    /// If the works cannot be asked.
    pub fn find(&self, query: &str) -> Result<Find, W::Error> {
        let ways = [Self::by_id, Self::by_number, Self::by_name, Self::by_topic];
        for way in ways {
            let found: Vec<WorkId> = way(self, query.trim())?.into_iter().collect();
            match found.as_slice() {
                [] => {}
                [one] => return Ok(Find::One(one.clone())),
                _ => return Ok(Find::Several(found)),
            }
        }
        self.find_part(query)
    }

    fn find_part(&self, query: &str) -> Result<Find, W::Error> {
        let mut found: Vec<WorkId> = self.by_words(query)?.into_iter().collect();
        Ok(match found.len() {
            0 => Find::None(self.nearest(query)?),
            1 => Find::Part(found.remove(0)),
            _ => Find::Several(found),
        })
    }

    fn by_id(&self, query: &str) -> Result<BTreeSet<WorkId>, W::Error> {
        let found = self.works.with_id(query)?;
        if !found.is_empty() || query.contains(' ') {
            return Ok(found);
        }
        let node = self.works.node(&WorkId::new(query.to_ascii_uppercase()))?;
        Ok(node.into_iter().collect())
    }

    fn by_number(&self, query: &str) -> Result<BTreeSet<WorkId>, W::Error> {
        let written = [query.to_ascii_uppercase(), with_short_year(query)];
        for id in written.iter().filter_map(|query| parse_council_number(query)) {
            if let Some(node) = self.works.node(&id)? {
                return Ok([node].into());
            }
        }
        self.in_any_language(|language| self.mentioned(query, language))
    }

    /// What is found first, in English or the languages of the corpus, in their order.
    fn in_any_language(
        &self,
        find: impl Fn(Language) -> Result<BTreeSet<WorkId>, W::Error>,
    ) -> Result<BTreeSet<WorkId>, W::Error> {
        for language in self.languages()? {
            let found = find(language)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(BTreeSet::new())
    }

    fn languages(&self) -> Result<BTreeSet<Language>, W::Error> {
        let mut languages = self.works.languages()?;
        languages.insert(Language::ENGLISH);
        Ok(languages)
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

    fn mentioned(&self, query: &str, language: Language) -> Result<BTreeSet<WorkId>, W::Error> {
        let whole = key(query);
        let mentions = self.mentions(query, language);
        // "Implementing" before the number of a decision does not make it another one; words before a name may.
        let covers = |mention: &&Mention| match mention.kind {
            Kind::Instrument | Kind::Conclusions => key(&mention.passage.text) == whole,
            _ => whole.ends_with(&key(&mention.passage.text)),
        };
        let mut found = BTreeSet::new();
        for id in mentions.iter().filter(covers).flat_map(designated) {
            found.extend(self.works.node(&id)?);
        }
        Ok(found)
    }

    /// Conclusions with the topic that the query names: "Council conclusions on EU Digital Diplomacy".
    fn by_topic(&self, query: &str) -> Result<BTreeSet<WorkId>, W::Error> {
        self.in_any_language(|language| self.on_topic(query, language))
    }

    fn on_topic(&self, query: &str, language: Language) -> Result<BTreeSet<WorkId>, W::Error> {
        let Some(topic) = self.topic(query, language).map(key) else {
            return Ok(BTreeSet::new());
        };
        let whole = self.works.named(&topic)?;
        if whole.is_empty() {
            self.works.alike(&topic)
        } else {
            Ok(whole)
        }
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

    fn by_name(&self, query: &str) -> Result<BTreeSet<WorkId>, W::Error> {
        let asked = key(query);
        if asked.is_empty() {
            return Ok(BTreeSet::new());
        }
        let labeled = self.works.labeled(&asked)?;
        if labeled.is_empty() {
            self.works.named(&asked)
        } else {
            Ok(labeled)
        }
    }

    fn by_words(&self, query: &str) -> Result<BTreeSet<WorkId>, W::Error> {
        let asked = words(query);
        if asked.is_empty() {
            return Ok(BTreeSet::new());
        }
        let together: String = asked.concat();
        if together.len() >= 8 {
            let beginning = self.works.beginning(&together)?;
            if beginning.len() == 1 {
                return Ok(beginning);
            }
        }
        self.works.holding(&asked)
    }

    /// The works whose name, label or id is most like the query or its topic.
    fn nearest(&self, query: &str) -> Result<Vec<WorkId>, W::Error> {
        let mut languages = self.languages()?.into_iter();
        let topic = languages.find_map(|language| self.topic(query, language));
        let asked: Vec<String> = [Some(query), topic].into_iter().flatten().map(key).collect();
        let mut near: BTreeMap<WorkId, f64> = BTreeMap::new();
        self.works.each_key(&mut |work, name| {
            let like = asked.iter().map(|asked| likeness(asked, name));
            let like = like.fold(0.0, f64::max);
            if like >= LIKE {
                let best = near.entry(work.clone()).or_default();
                *best = best.max(like);
            }
        })?;
        let mut near: Vec<(WorkId, f64)> = near.into_iter().collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(near.into_iter().take(3).map(|(id, _)| id).collect())
    }
}

/// How alike two keys are, from 0 to 1; 0 where their lengths alone make them other names.
fn likeness(a: &str, b: &str) -> f64 {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    // A letter may have four bytes.
    if short * 4 * 2 < long {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(a, b)
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
