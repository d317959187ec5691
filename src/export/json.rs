//! A graph with its documents and diagnostics in, JSON of the schema `citegraph/graph/1` out: one node, edge, document or
//! diagnostic a line, so that two graphs can be compared line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;

use crate::analyze::Measure;
use crate::graph::{Adjacency, ReferenceGraph};
use crate::model::{Edge, Evidence, Expression, Kind, Language, Merged, PartialDate, Relation, Work, WorkId};
use crate::resolve::Corpus;

/// The name of the schema; a later one adds fields and never changes what one means without a new number.
pub const SCHEMA: &str = "citegraph/graph/1";

#[derive(Serialize)]
struct Node<'a> {
    id: &'a WorkId,
    kind: Kind,
    label: &'a str,
    names: &'a BTreeMap<Language, Vec<String>>,
    date: Option<PartialDate>,
    in_corpus: bool,
    identifiers: &'a [WorkId],
    expressions: &'a [Expression],
    versions: &'a [String],
    url: Option<&'a str>,
    measures: BTreeMap<&'static str, f64>,
    merged: &'a [Merged],
}

#[derive(Serialize)]
struct Link<'a> {
    citing: &'a WorkId,
    cited: &'a WorkId,
    relation: Relation,
    mentions: usize,
    languages: BTreeSet<Language>,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Passage<'a> {
    document: &'a str,
    start: usize,
    end: usize,
    line: usize,
    text: &'a str,
    snippet: &'a str,
    language: Language,
    paragraph: Option<&'a str>,
    footnote: Option<u16>,
    pinpoint: Option<&'a str>,
    confidence: f64,
    correction: Option<&'a str>,
}

#[derive(Serialize)]
struct Paper<'a> {
    path: &'a str,
    work: &'a WorkId,
    language: Language,
    version: &'a str,
    date: Option<PartialDate>,
    title: Option<&'a str>,
    mentions: usize,
}

/// Writes the graph of a corpus, with its documents and diagnostics.
///
/// Nodes come in order of id, edges of citing, cited and relation, documents of path. Measures and confidences are rounded
/// to twelve and four places, so that no last bit of a processor shows.
///
/// # Errors
/// What `out` says when it takes no more.
pub fn json(graph: &ReferenceGraph, corpus: &Corpus, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{{\"schema\":\"{SCHEMA}\",")?;
    array(out, "nodes", nodes(graph))?;
    array(out, "edges", graph.edges().map(link))?;
    array(out, "documents", papers(corpus).into_iter())?;
    array(out, "diagnostics", corpus.diagnostics.iter())?;
    writeln!(out, "}}")
}

fn array<T: Serialize>(out: &mut dyn Write, name: &str, items: impl Iterator<Item = T>) -> io::Result<()> {
    write!(out, "\"{name}\":[")?;
    for (at, item) in items.enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &item)?;
    }
    writeln!(out, "]{}", if name == "diagnostics" { "" } else { "," })
}

fn nodes(graph: &ReferenceGraph) -> impl Iterator<Item = Node<'_>> {
    let adjacency = Adjacency::from(graph);
    let values: Vec<(&'static str, Vec<f64>)> = Measure::ALL
        .iter()
        .map(|measure| (measure.as_str(), measure.values(&adjacency)))
        .collect();
    graph.works().enumerate().map(move |(at, work)| {
        let measures = values
            .iter()
            .filter_map(|(name, values)| Some((*name, rounded(*values.get(at)?, 1e12))));
        node(work, measures.collect())
    })
}

fn node<'a>(work: &'a Work, measures: BTreeMap<&'static str, f64>) -> Node<'a> {
    Node {
        id: &work.id,
        kind: work.kind,
        label: &work.label,
        names: &work.names,
        date: work.date,
        in_corpus: work.in_corpus,
        identifiers: &work.identifiers,
        expressions: &work.expressions,
        versions: &work.versions,
        url: work.url.as_deref(),
        measures,
        merged: &work.merged,
    }
}

fn link(edge: &Edge) -> Link<'_> {
    Link {
        citing: &edge.citing,
        cited: &edge.cited,
        relation: edge.relation,
        mentions: edge.evidence.len(),
        languages: edge.evidence.iter().map(|one| one.language).collect(),
        evidence: edge.evidence.iter().map(passage).collect(),
    }
}

fn passage(evidence: &Evidence) -> Passage<'_> {
    Passage {
        document: &evidence.document,
        start: evidence.start,
        end: evidence.end,
        line: evidence.line,
        text: &evidence.text,
        snippet: &evidence.snippet,
        language: evidence.language,
        paragraph: evidence.paragraph.as_deref(),
        footnote: evidence.footnote,
        pinpoint: evidence.pinpoint.as_deref(),
        confidence: rounded(f64::from(evidence.confidence), 1e4),
        correction: evidence.correction.as_deref(),
    }
}

fn papers(corpus: &Corpus) -> Vec<Paper<'_>> {
    let paper = |document| {
        let citing: &crate::resolve::CitingDocument = document;
        Paper {
            path: &citing.path,
            work: corpus.aliases.node(&citing.work),
            language: citing.language,
            version: &citing.version,
            date: citing.date,
            title: citing.title.as_deref(),
            mentions: citing.references.len(),
        }
    };
    let mut papers: Vec<Paper<'_>> = corpus.documents.iter().map(paper).collect();
    papers.sort_by_key(|paper| paper.path);
    papers
}

fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}
