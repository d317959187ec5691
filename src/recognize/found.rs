//! What a rule finds, before its place in the document is looked at.

use std::borrow::Cow;

use crate::model::{Designation, Kind, Sign, Span, WorkId};

/// A mention as its rule found it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Its span in the repaired text.
    pub span: Span,
    pub kind: Kind,
    pub designation: Designation,
    pub pinpoint: Option<String>,
    pub rule: Cow<'static, str>,
    pub confidence: f32,
    /// The end of the whole phrase: a footnote call or a bracket there belongs to the mention.
    pub reach: usize,
    /// The pieces of text that it was told by.
    pub clues: Vec<(Sign, Span)>,
}

impl Found {
    /// A mention that gives an identifier.
    pub fn identified(span: Span, kind: Kind, id: WorkId, rule: impl Into<Cow<'static, str>>) -> Self {
        Self::new(span, kind, Designation::Identified(id), rule)
    }

    /// A mention with a designation; confidence 0.95, reach the end of its span.
    pub fn new(span: Span, kind: Kind, designation: Designation, rule: impl Into<Cow<'static, str>>) -> Self {
        Self {
            span,
            kind,
            designation,
            pinpoint: None,
            rule: rule.into(),
            confidence: 0.95,
            reach: span.end,
            clues: Vec::new(),
        }
    }

    /// The same with pieces of text that it was told by.
    pub fn told_by(mut self, clues: impl IntoIterator<Item = (Sign, Span)>) -> Self {
        self.clues.extend(clues);
        self
    }

    /// The same with another confidence.
    pub fn with_confidence(self, confidence: f32) -> Self {
        Self { confidence, ..self }
    }

    /// The same with a pinpoint.
    pub fn with_pinpoint(self, pinpoint: Option<String>) -> Self {
        Self { pinpoint, ..self }
    }

    /// The same with a phrase that goes on after its span.
    pub fn with_reach(self, reach: usize) -> Self {
        Self {
            reach: reach.max(self.span.end),
            ..self
        }
    }
}
