//! Plain data that every stage shares: ids, spans, documents, mentions, references, works.
//! Nothing here reads, searches or draws; every type is `Send + Sync` and knows no other module.

pub mod clue;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod id;
pub mod language;
pub mod mention;
pub mod reference;
pub mod text;
pub mod work;

pub use clue::{Clue, Sign};
pub use date::PartialDate;
pub use diagnostic::{Diagnostic, DiagnosticKind};
pub use document::{Block, Document, Field, Footnote, Header, Link, Role};
pub use id::WorkId;
pub use language::Language;
pub use mention::{Body, Designation, Kind, Leads, Mention, Passage, Relation};
pub use reference::{Correction, Grounds, Reference, Refused, Target};
pub use text::{Span, Text};
pub use work::{Edge, Evidence, Expression, Merged, Work};
