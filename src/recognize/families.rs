//! Families of identifiers that a pattern of the tables recognizes.

use super::found::Found;
use crate::model::Span;
use crate::tables::{Family, Tables, stands_alone};

/// All identifiers of all families; where two find the same words the first of the table wins.
pub(super) fn find(text: &str, tables: &Tables) -> Vec<Found> {
    let mut found: Vec<Found> = tables
        .families
        .iter()
        .flat_map(|family| members(text, family))
        .collect();
    found.sort_by_key(|f| f.span.start);
    let mut end = 0;
    found.retain(|f| {
        let free = f.span.start >= end;
        end = if free { f.span.end } else { end };
        free
    });
    found
}

fn members<'a>(text: &'a str, family: &'a Family) -> impl Iterator<Item = Found> + 'a {
    family.pattern.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(0)?;
        let span = Span::new(whole.start(), whole.end());
        let id = family.id(&captures).filter(|_| stands_free(text, span))?;
        Some(Found::identified(
            span,
            family.row.kind,
            id,
            family.row.name.clone(),
        ))
    })
}

/// No letter, digit, slash or hyphen is glued to it.
fn stands_free(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    stands_alone(text, span) && !matches!(before, Some('/' | '-' | '‑')) && !matches!(after, Some('/'))
}
