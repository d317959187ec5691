//! Findings of all documents in, references out: which work each document is, what each mention refers to, which ids are
//! one work, and what an analyst should look at.

mod aliases;
mod catalogue;
mod cited;
mod context;
mod describe;
mod diagnostics;
mod known;
mod nodes;
mod reach;
mod targets;
mod works;

use std::collections::BTreeMap;

pub use aliases::{Aliases, Coupling, couplings, mentioned};
pub use cited::Cited;
pub use context::{Context, open, reference};
pub use describe::{date, kind, label};
pub use diagnostics::{
    Dated, after_earlier_citation, disagreement, in_itself, sort as sort_diagnostics, written_date,
};
pub use known::Title;
pub use nodes::Nodes;
pub use reach::{Key, Offer, Role, asks_for, date_number, keys};
pub use works::of_documents;

use crate::model::{
    Diagnostic, Edge, Evidence, Language, PartialDate, Reference, Relation, Target, Work, WorkId,
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
#[derive(Debug, Default)]
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
    let context = Context::new(&findings, tables, recognizer, dates);
    let documents: Vec<CitingDocument> = findings
        .iter()
        .enumerate()
        .map(|(at, findings)| context.document(at, findings))
        .collect();
    let cited: Vec<Cited> = documents.iter().map(Cited::of).collect();
    let couplings = documents.iter().flat_map(|document| {
        couplings(document)
            .into_iter()
            .map(|one| (document.path.as_str(), one))
    });
    let mentioned = mentioned(documents.iter().map(|document| &document.work).zip(&cited));
    let aliases = Aliases::new(&mentioned, couplings, (|id| context.knows(id), tables));
    let mut nodes = Nodes::new(&aliases);
    documents
        .iter()
        .zip(&cited)
        .for_each(|(document, cited)| nodes.add(document, cited));
    let works = nodes.finish(tables, &context);
    let diagnostics = diagnostics::all(&documents, &findings, (&aliases, &works));
    let edges = edges(&documents, &aliases);
    Corpus {
        documents,
        works,
        edges,
        diagnostics,
        aliases,
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

/// One edge for each citing work, cited work and relation, with all its passages.
pub fn edges(documents: &[CitingDocument], aliases: &Aliases) -> Vec<Edge> {
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
            edges
                .entry(key)
                .or_default()
                .push(evidence(&document.path, reference));
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

/// The passage of a reference, as the evidence of an edge; `document` is the path of the citing document.
pub fn evidence(document: &str, reference: &Reference) -> Evidence {
    let (mention, passage) = (&reference.mention, &reference.mention.passage);
    let correction = match &reference.target {
        Target::Resolved { correction, .. } => correction.as_ref().map(|c| c.reason.clone()),
        _ => None,
    };
    Evidence {
        document: document.to_owned(),
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
