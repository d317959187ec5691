//! Findings of all documents in, references out: which work each document is, what each mention refers to, which ids are
//! one work, and what an analyst should look at.

mod aliases;
mod catalogue;
mod describe;
mod diagnostics;
mod known;
mod targets;
mod works;

use std::collections::{BTreeMap, BTreeSet};

pub use aliases::Aliases;
pub use describe::{kind, label};

use crate::model::{
    Designation, Diagnostic, Edge, Evidence, Expression, Kind, Language, Mention, PartialDate, Reference,
    Relation, Target, Work, WorkId,
};
use crate::recognize::{Findings, Recognizer};
use crate::tables::Tables;

/// Whether dates that cannot be right are led to the work that must be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dates {
    /// Where the evidence is strong the reference goes to the corrected work and is marked.
    #[default]
    Corrected,
    /// Every date is taken as it is written.
    AsWritten,
}

/// A document with its references.
#[derive(Debug, Clone, PartialEq)]
pub struct CitingDocument {
    /// The path as given.
    pub path: String,
    /// Its language.
    pub language: Language,
    /// The work it is an expression of.
    pub work: WorkId,
    /// The version it bears ("INIT", "REV 1").
    pub version: String,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Its title.
    pub title: Option<String>,
    /// Its mentions with their targets, in order of place.
    pub references: Vec<Reference>,
}

/// All documents with their references, and the works they speak of.
#[derive(Debug)]
pub struct Corpus {
    /// The documents in the order given.
    pub documents: Vec<CitingDocument>,
    /// The works, in order of id.
    pub works: Vec<Work>,
    /// The references between works.
    pub edges: Vec<Edge>,
    /// What an analyst should look at.
    pub diagnostics: Vec<Diagnostic>,
    /// Which ids are one work.
    pub aliases: Aliases,
}

/// Resolves the mentions of all documents against each other and the catalogue.
pub fn resolve(
    findings: Vec<Findings>,
    tables: &Tables,
    recognizer: &Recognizer<'_>,
    dates: Dates,
) -> Corpus {
    let works = works::of_documents(&findings, tables);
    let index = known::index(&findings, &works, tables, recognizer);
    let dated = tables
        .instruments
        .iter()
        .filter_map(|row| Some((row.id.clone(), row.date?)));
    let instrument_dates = dated.collect();
    let events = tables.instruments.iter().filter(|row| row.event);
    let events = events.map(|row| row.id.clone()).collect();
    let titles = titles(&findings, &index, (&instrument_dates, &events));
    let context = targets::Context {
        index: &index,
        titles: &titles,
        instrument_dates: &instrument_dates,
        events: &events,
        corrections: dates == Dates::Corrected,
    };
    let documents: Vec<CitingDocument> = findings
        .iter()
        .zip(works)
        .map(|(f, work)| document(f, work, &context))
        .collect();
    let aliases = Aliases::new(&documents, &index, tables);
    let nodes = nodes(&documents, tables, (&aliases, &index));
    let diagnostics = diagnostics::diagnostics(&documents, &findings, (&aliases, &nodes));
    let edges = edges(&documents, &aliases);
    Corpus {
        documents,
        works: nodes,
        edges,
        diagnostics,
        aliases,
    }
}

fn document(findings: &Findings, work: WorkId, context: &targets::Context<'_>) -> CitingDocument {
    let verdicts = targets::verdicts(findings, &work, context);
    let references = findings
        .mentions
        .iter()
        .cloned()
        .zip(verdicts)
        .map(reference)
        .collect();
    let version = findings
        .identity
        .number
        .as_ref()
        .map_or("INIT".to_owned(), |n| version(n, &work));
    CitingDocument {
        path: findings.path.clone(),
        language: findings.language,
        version,
        date: findings.identity.date,
        title: findings.identity.title.clone(),
        references,
        work,
    }
}

/// What only its link tells is less sure than what its words say.
fn reference((mut mention, verdict): (Mention, targets::Verdict)) -> Reference {
    if verdict.grounds.how == targets::BY_LINK {
        mention.confidence *= 0.8;
    }
    Reference {
        mention,
        target: verdict.target,
        grounds: verdict.grounds,
    }
}

fn version(number: &WorkId, work: &WorkId) -> String {
    let rest = number
        .as_str()
        .strip_prefix(work.as_str())
        .unwrap_or("")
        .trim_start_matches('-')
        .replace('-', " ");
    if rest.is_empty() { "INIT".to_owned() } else { rest }
}

/// Titles that some mention couples with a date ("Council conclusions on X, 23 May 2022") or, by its note, a number.
fn titles(
    findings: &[Findings],
    index: &known::Index,
    (instrument_dates, events): (&BTreeMap<WorkId, PartialDate>, &BTreeSet<WorkId>),
) -> known::Index {
    let mut titles = known::Index::new();
    for f in findings {
        let none = known::Index::new();
        let context = targets::Context {
            index,
            titles: &none,
            instrument_dates,
            events,
            corrections: false,
        };
        let verdicts = targets::verdicts(f, &WorkId::new("SELF"), &context);
        for (mention, target) in f.mentions.iter().zip(verdicts.into_iter().map(|v| v.target)) {
            let Designation::Conclusions {
                body,
                topic: Some(topic),
                about,
                ..
            } = &mention.designation
            else {
                continue;
            };
            let Some(id) = target
                .id()
                .filter(|_| mention.relation != Relation::Itself && !index.contains_key(&target_id(&target)))
            else {
                continue;
            };
            let known = titles.entry(id.clone()).or_insert_with(|| known::Known {
                id: id.clone(),
                body: body.unwrap_or(works::own_body(&f.identity)),
                dates: Vec::new(),
                topics: BTreeMap::new(),
                about: about.clone(),
                in_corpus: false,
            });
            let topics = known.topics.entry(mention.language).or_default();
            if !topics.iter().any(|t| t.text == *topic) {
                topics.push(known::Wording::new(topic));
            }
        }
    }
    titles
}

fn target_id(target: &Target) -> WorkId {
    target.id().cloned().unwrap_or_else(|| WorkId::new(""))
}

/// The works: documents, targets, with what tables and corpus know of them.
fn nodes(
    documents: &[CitingDocument],
    tables: &Tables,
    (aliases, index): (&Aliases, &known::Index),
) -> Vec<Work> {
    let mut nodes: BTreeMap<WorkId, Work> = BTreeMap::new();
    for document in documents {
        let work = node(&mut nodes, aliases.node(&document.work), aliases);
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
        for reference in &document.references {
            add_target(&mut nodes, document, reference, aliases);
        }
    }
    catalogue::describe(&mut nodes, tables, aliases);
    name_from_index(&mut nodes, index, aliases);
    let named = nodes.into_values().map(|work| with_noun(work, tables));
    named.map(finished).collect()
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

fn node<'a>(nodes: &'a mut BTreeMap<WorkId, Work>, id: &WorkId, aliases: &Aliases) -> &'a mut Work {
    nodes.entry(id.clone()).or_insert_with(|| {
        let mut work = Work::new(
            id.clone(),
            describe::kind(id).unwrap_or(Kind::Instrument),
            describe::label(id),
        );
        work.date = describe::date(id);
        work.url = describe::url(id);
        work.merged = aliases.merged(id).to_vec();
        work.identifiers = work.merged.iter().map(|m| m.id.clone()).collect();
        work
    })
}

fn add_target(
    nodes: &mut BTreeMap<WorkId, Work>,
    document: &CitingDocument,
    reference: &Reference,
    aliases: &Aliases,
) {
    let Some(id) = reference.target.id() else { return };
    let mention = &reference.mention;
    let work = node(nodes, aliases.node(id), aliases);
    if describe::kind(&work.id).is_none() {
        work.kind = mention.kind;
    }
    if id.without_version() != *id {
        work.versions.push(version(id, &id.without_version()));
    }
    // A topic names conclusions that nothing else names; what several dates share names none of them.
    if let Designation::Conclusions {
        topic: Some(topic),
        shared: false,
        ..
    } = &mention.designation
        && mention.relation != Relation::Itself
        && work.id.is_dated_conclusions()
    {
        add_name(work, document.language, topic);
    }
}

fn add_name(work: &mut Work, language: Language, name: &str) {
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

/// One edge for each citing work, cited work and relation, with all its passages.
fn edges(documents: &[CitingDocument], aliases: &Aliases) -> Vec<Edge> {
    let mut edges: BTreeMap<(WorkId, WorkId, Relation), Vec<Evidence>> = BTreeMap::new();
    for document in documents {
        let citing = aliases.node(&document.work);
        for reference in document
            .references
            .iter()
            .filter(|r| r.mention.relation != Relation::Itself)
        {
            let Some(cited) = reference
                .target
                .id()
                .map(|id| aliases.node(id))
                .filter(|cited| *cited != citing)
            else {
                continue;
            };
            let key = (citing.clone(), cited.clone(), reference.mention.relation);
            edges.entry(key).or_default().push(evidence(document, reference));
        }
    }
    edges
        .into_iter()
        .map(|((citing, cited, relation), evidence)| Edge {
            citing,
            cited,
            relation,
            evidence,
        })
        .collect()
}

fn evidence(document: &CitingDocument, reference: &Reference) -> Evidence {
    let (mention, passage) = (&reference.mention, &reference.mention.passage);
    let correction = match &reference.target {
        Target::Resolved { correction, .. } => correction.as_ref().map(|c| c.reason.clone()),
        _ => None,
    };
    Evidence {
        document: document.path.clone(),
        language: mention.language,
        start: passage.span.start,
        end: passage.span.end,
        line: passage.line,
        text: passage.text.clone(),
        snippet: passage.snippet.clone(),
        paragraph: passage.paragraph.clone(),
        footnote: mention.in_note.or(mention.calls_note),
        pinpoint: mention.pinpoint.clone(),
        confidence: if correction.is_some() {
            mention.confidence * 0.7
        } else {
            mention.confidence
        },
        correction,
    }
}
