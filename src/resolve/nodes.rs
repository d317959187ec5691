//! Documents and what they cite in, the works out, with what tables and corpus know of them.

use std::collections::BTreeMap;

use super::cited::first_kind;
use super::{Aliases, Cited, CitingDocument, Context, catalogue, describe, known, version};
use crate::model::{Expression, Kind, Language, Work, WorkId};
use crate::tables::Tables;

/// The works of a corpus, as its documents are added in their order.
#[derive(Debug)]
pub struct Nodes<'a> {
    aliases: &'a Aliases,
    nodes: BTreeMap<WorkId, Work>,
    /// What those are taken for whose ids do not show it.
    kinds: BTreeMap<WorkId, Kind>,
}

impl<'a> Nodes<'a> {
    /// No work yet.
    pub fn new(aliases: &'a Aliases) -> Self {
        Self {
            aliases,
            nodes: BTreeMap::new(),
            kinds: BTreeMap::new(),
        }
    }

    /// Adds the work of a document and those it cites; its references are not looked at.
    pub fn add(&mut self, document: &CitingDocument, cited: &Cited) {
        self.add_document(document);
        let targets = cited.targets.iter();
        targets.for_each(|target| self.add_target(&target.id, target.kind));
        for (id, topic) in &cited.topics {
            self.add_topic(id, document.language, topic);
        }
    }

    /// Adds the work of a document.
    pub fn add_document(&mut self, document: &CitingDocument) {
        let work = self.node(&document.work);
        work.in_corpus = true;
        work.date = work.date.filter(|d| d.is_full()).or(document.date).or(work.date);
        work.expressions.push(Expression {
            language: document.language,
            document: document.path.clone(),
            version: document.version.clone(),
        });
        if let Some(title) = &document.title {
            add_name(work, document.language, title);
        }
    }

    /// Adds the topic by which a document names conclusions; those added first are the best.
    pub fn add_topic(&mut self, id: &WorkId, language: Language, topic: &str) {
        let work = self.node(id);
        // A topic names conclusions that nothing else names.
        if work.id.is_dated_conclusions() {
            add_name(work, language, topic);
        }
    }

    /// Adds a work that is cited, with what its mentions take it for.
    pub fn add_target(&mut self, id: &WorkId, kind: Kind) {
        let node = self.aliases.node(id);
        let known = self.kinds.entry(node.clone()).or_insert(kind);
        *known = first_kind(*known, kind);
        let work = self.node(id);
        if id.without_version() != *id {
            let version = version(id, &id.without_version());
            if !work.versions.contains(&version) {
                work.versions.push(version);
            }
        }
    }

    /// The works in order of id.
    pub fn finish(mut self, tables: &Tables, context: &Context) -> Vec<Work> {
        for (id, kind) in &self.kinds {
            let work = self.nodes.get_mut(id).filter(|_| describe::kind(id).is_none());
            work.into_iter().for_each(|work| work.kind = *kind);
        }
        catalogue::describe(&mut self.nodes, tables, self.aliases);
        name_from_index(&mut self.nodes, &context.index, self.aliases);
        let named = self.nodes.into_values().map(|work| with_noun(work, tables));
        named.map(finished).collect()
    }

    fn node(&mut self, id: &WorkId) -> &mut Work {
        let (aliases, id) = (self.aliases, self.aliases.node(id));
        self.nodes.entry(id.clone()).or_insert_with(|| node(id, aliases))
    }
}

fn node(id: &WorkId, aliases: &Aliases) -> Work {
    let kind = describe::kind(id).unwrap_or(Kind::Instrument);
    let mut work = Work::new(id.clone(), kind, describe::label(id));
    work.date = describe::date(id);
    work.url = describe::url(id);
    work.merged = aliases.merged(id).to_vec();
    work.identifiers = work.merged.iter().map(|m| m.id.clone()).collect();
    work
}

/// Adds a name that is not there yet.
pub(super) fn add_name(work: &mut Work, language: Language, name: &str) {
    let names = work.names.entry(language).or_default();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !names.iter().any(|n| n.eq_ignore_ascii_case(&name)) {
        names.push(name);
    }
}

fn name_from_index(nodes: &mut BTreeMap<WorkId, Work>, index: &known::Index, aliases: &Aliases) {
    for known in index.values() {
        let Some(work) = nodes.get_mut(aliases.node(&known.id)) else {
            continue;
        };
        work.date = work
            .date
            .filter(|d| d.is_full())
            .or(known.dates.first().copied())
            .or(work.date);
        for (language, topics) in &known.topics {
            topics
                .iter()
                .for_each(|topic| add_name(work, *language, &topic.text));
        }
        if let Some(date) = known
            .dates
            .iter()
            .find(|d| d.is_full())
            .filter(|_| !work.id.is_dated_conclusions())
        {
            work.identifiers.push(known.body.conclusions(*date));
        }
    }
}

/// Conclusions that are known by their topic alone are called "Conclusions: topic" first: the topic may be the name of
/// the strategy that they are on.
fn with_noun(mut work: Work, tables: &Tables) -> Work {
    if !std::iter::once(&work.id)
        .chain(&work.identifiers)
        .any(WorkId::is_dated_conclusions)
    {
        return work;
    }
    for (language, names) in &mut work.names {
        let noun = &tables.language(*language).noun;
        let mut nouns = noun
            .conclusions
            .iter()
            .chain(&noun.council_conclusions)
            .map(|n| n.to_lowercase());
        let Some(first) = names.first() else { continue };
        let lower = first.to_lowercase();
        if let Some(noun) = noun
            .conclusions
            .first()
            .filter(|_| !nouns.any(|n| lower.contains(&n)))
        {
            let mut letters = noun.chars();
            let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            names.insert(0, format!("{capital}{}: {first}", letters.as_str()));
        }
    }
    work
}

fn finished(mut work: Work) -> Work {
    let id = work.id.clone();
    work.identifiers.retain(|other| *other != id);
    work.about.sort();
    work.about.dedup();
    work.identifiers.sort();
    work.identifiers.dedup();
    work.expressions.sort();
    work.versions.extend(
        work.expressions
            .iter()
            .map(|e| e.version.clone())
            .filter(|v| v != "INIT"),
    );
    work.versions.sort();
    work.versions.dedup();
    work
}
