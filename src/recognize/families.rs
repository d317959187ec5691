//! Families of identifiers that a pattern of the tables recognizes.

use super::found::Found;
use crate::model::Span;
use crate::tables::{FamilyHit, Tables, stands_alone};

/// All identifiers of all families; where two find the same words the first of the table wins.
pub(super) fn find(text: &str, tables: &Tables) -> Vec<Found> {
    let hits = tables.families.find(text, stands_free);
    hits.into_iter().map(found).collect()
}

/// A mention of a member of a family.
pub(super) fn found(hit: FamilyHit<'_>) -> Found {
    Found::identified(hit.span, hit.row.kind, hit.id, hit.row.name.clone())
}

/// No letter, digit, slash or hyphen is glued to it.
fn stands_free(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    stands_alone(text, span) && !matches!(before, Some('/' | '-' | '‑')) && !matches!(after, Some('/'))
}
