//! Works and references between them, as the graph holds and exports them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Kind, Language, PartialDate, Relation, WorkId};

/// One node: the thing itself, whatever its language or version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The canonical id.
    pub id: WorkId,
    /// What sort of thing.
    pub kind: Kind,
    /// A short label: the number or the name as people write it ("11406/22", "Cyber Diplomacy Toolbox").
    pub label: String,
    /// Titles and names by language, best first.
    pub names: BTreeMap<Language, Vec<String>>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Whether a document of the corpus is an expression of it.
    pub in_corpus: bool,
    /// Other identifiers: numbers, CELEX, Official Journal, dated ids.
    pub identifiers: Vec<WorkId>,
    /// The documents of the corpus that are expressions of it.
    pub expressions: Vec<Expression>,
    /// Versions named anywhere (REV 1, COR 1).
    pub versions: Vec<String>,
    /// Address in a public register.
    pub url: Option<String>,
    /// Why other identifiers are the same work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Merged>,
    /// What the tables know that it amends, repeals, implements or corrects, whether or not a document says so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub relations: BTreeMap<Relation, Vec<WorkId>>,
    /// Documents that are about it and no part of it: its proposal, conclusions on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<WorkId>,
}

/// The evidence by which two identifiers are one work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Merged {
    /// The identifier that became part of the work.
    pub id: WorkId,
    /// Why, as a sentence.
    pub reason: String,
}

impl Work {
    /// A work of which only id, kind and label are known.
    pub fn new(id: WorkId, kind: Kind, label: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            label: label.into(),
            names: BTreeMap::new(),
            date: None,
            in_corpus: false,
            identifiers: Vec::new(),
            expressions: Vec::new(),
            versions: Vec::new(),
            url: None,
            merged: Vec::new(),
            relations: BTreeMap::new(),
            about: Vec::new(),
        }
    }

    /// The best name in a language, else in English, else in any.
    pub fn name(&self, language: Language) -> Option<&str> {
        let first = |l: &Language| self.names.get(l).and_then(|names| names.first());
        first(&language)
            .or_else(|| first(&Language::ENGLISH))
            .or_else(|| self.names.values().flatten().next())
            .map(String::as_str)
    }
}

/// One language version of a work: a document of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Expression {
    /// The language.
    pub language: Language,
    /// The path of the document.
    pub document: String,
    /// The version it bears (INIT, REV 1).
    pub version: String,
}

/// One edge: all mentions by which one work refers to another in one relation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// The citing work.
    pub citing: WorkId,
    /// The cited work.
    pub cited: WorkId,
    /// How.
    pub relation: Relation,
    /// The passages, in order of document and place.
    pub evidence: Vec<Evidence>,
}

/// One passage behind an edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The path of the citing document.
    pub document: String,
    /// Its language there.
    pub language: Language,
    /// First byte of the span.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The line, from 1.
    pub line: usize,
    /// Exactly the bytes of the span.
    pub text: String,
    /// The words around it.
    pub snippet: String,
    /// The number printed before the paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
    /// The footnote it stands in or calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footnote: Option<u16>,
    /// The place inside the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinpoint: Option<String>,
    /// From 0 to 1.
    pub confidence: f32,
    /// Why the date or the target as written was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<String>,
}
