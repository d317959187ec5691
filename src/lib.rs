//! citegraph reads policy documents, detects what they refer to and builds the graph of references.
//!
//! The folders of `src/` are the stages, in order, and data goes one way through them:
//!
//! ```text
//! bytes -> read -> Document -> recognize -> Findings -> resolve -> Corpus -> graph -> ReferenceGraph
//!       -> analyze -> Lineage | Ranking | Ego | ... -> draw -> DOT | SVG | PNG | PDF     (or export -> JSON)
//! ```
//!
//! A stage takes a finished value and returns a new one; nothing is filled in later. Stages are pure: the same values in
//! give the same values out, whatever the number of threads. The library gets bytes and gives values; it prints nothing
//! and reads no environment. Files, threads and output belong to the program (`src/cli`, feature `program`).
//! Formats other than plain text are features of their own: `pdf`, and `formats` for DOCX, ODT, HTML, XML, e-mail and archives.
//!
//! # A tour of the types
//!
//! | stage | type | what it is |
//! |---|---|---|
//! | [`tables`] | [`Tables`](tables::Tables) | what the program knows: 24 languages, instruments, conclusions, families of identifiers. Load it once and lend it to the stages |
//! | [`read`] | [`Document`](model::Document) | one file, read: the text as it stands and repaired, header, blocks, footnotes |
//! | [`recognize`] | [`Mention`](model::Mention), in [`Findings`](recognize::Findings) | a span of the original text that refers to something; it claims nothing yet |
//! | [`resolve`] | [`Reference`](model::Reference), in a [`Corpus`](resolve::Corpus) | a mention with its [`Target`](model::Target): resolved, ambiguous or unresolved, always with the reason |
//! | [`graph`] | [`ReferenceGraph`](graph::ReferenceGraph) | works and the edges between them, citing → cited, with every passage behind an edge |
//! | [`analyze`] | [`Lineage`](analyze::Lineage), [`Ranking`](analyze::Ranking), [`Ego`](analyze::Ego), [`Crossing`](analyze::Crossing) | answers as values; nothing is drawn |
//! | [`draw`] | [`Picture`](draw::Picture) | what to draw; [`draw::svg()`] and [`draw::dot()`] make text of it, and with the feature `paint` `draw::png` and `draw::pdf` make files of the SVG |
//! | [`export`] | | the graph in formats of interchange |
//!
//! [`model`] holds the plain data that all of them share.
//!
//! # From bytes to a graph
//!
//! ```
//! use citegraph::analyze::{Measure, rank};
//! use citegraph::graph::ReferenceGraph;
//! use citegraph::read;
//! use citegraph::recognize::Recognizer;
//! use citegraph::resolve::{Dates, resolve};
//! use citegraph::tables::Tables;
//!
//! let files = [
//!     ("a.txt", "Brussels, 8 June 2023\n\n10289/23\n\nThe guidelines build on the Council conclusions in doc. 10474/17."),
//!     ("b.txt", "Brussels, 21 May 2024\n\n10133/24\n\nRECALLING documents 10474/17 and 10289/23, the Council met."),
//! ];
//! let tables = Tables::builtin()?;
//! let recognizer = Recognizer::new(&tables);
//! let mut findings = Vec::new();
//! for (path, text) in files {
//!     let document = read::read(path, text.as_bytes(), &tables, None)?.document;
//!     findings.push(recognizer.recognize(&document));
//! }
//! let corpus = resolve(findings, &tables, &recognizer, Dates::Corrected);
//! let graph = ReferenceGraph::new(corpus.works, corpus.edges);
//!
//! let ranking = rank(&graph, Measure::InDegree);
//! assert_eq!(ranking.entries[0].id.as_str(), "ST-10474-2017");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![forbid(unsafe_code)]

pub mod analyze;
pub mod draw;
pub mod export;
pub mod graph;
#[cfg(feature = "index")]
pub mod index;
pub mod model;
pub mod read;
pub mod recognize;
pub mod resolve;
pub mod tables;
