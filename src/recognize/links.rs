//! The links of a document in, what they lead to beside the mention on their words out. A link that leads to a known
//! identifier from words that are no mention is one itself.

use super::addresses;
use super::found::Found;
use super::place::Placed;
use crate::model::{Document, Kind, Leads, Link, Span, WorkId};
use crate::tables::Tables;

/// The rule that finds what only a link tells.
const RULE: &str = "link";

/// How many letters the words of such a link have at least: signs and page numbers are no mention.
const LETTERS: usize = 3;

/// How many mentions may stand in or around the words of a link.
const NEAR: usize = 24;

/// A link to something with an identifier.
pub(super) struct Linked<'a> {
    /// Its words in the repaired text.
    span: Span,
    kind: Kind,
    id: WorkId,
    url: &'a str,
}

/// The links that lead to an identifier, in order of place.
pub(super) fn read<'a>(document: &'a Document, tables: &Tables) -> Vec<Linked<'a>> {
    if document.links.is_empty() {
        return Vec::new();
    }
    let spans: Vec<Span> = document.links.iter().map(|link| link.span).collect();
    let placed = document.links.iter().zip(document.text.to_repaired(&spans));
    let mut links: Vec<Linked<'_>> = placed
        .filter_map(|(link, span)| linked(link, span?, tables))
        .collect();
    links.sort_by_key(|link| link.span);
    links
}

fn linked<'a>(link: &'a Link, span: Span, tables: &Tables) -> Option<Linked<'a>> {
    let (kind, id) = addresses::identified(&link.url, tables)?;
    Some(Linked {
        span,
        kind,
        id,
        url: &link.url,
    })
}

/// What was found, and the links on words of which nothing was found.
pub(super) fn with_links(text: &str, links: &[Linked<'_>], mut found: Vec<Found>) -> Vec<Found> {
    let mut ends: Vec<usize> = Vec::with_capacity(found.len());
    for one in &found {
        ends.push(one.span.end.max(ends.last().copied().unwrap_or(0)));
    }
    let free = |span: Span| {
        let before = found.partition_point(|one| one.span.start < span.end);
        before == 0 || ends[before - 1] <= span.start
    };
    let wordy = |span: Span| {
        let words = text.get(span.start..span.end).unwrap_or("");
        words
            .chars()
            .filter(|c| c.is_alphabetic())
            .nth(LETTERS - 1)
            .is_some()
    };
    let alone = links.iter().filter(|link| free(link.span) && wordy(link.span));
    let more: Vec<Found> = alone
        .map(|link| Found::identified(link.span, link.kind, link.id.clone(), RULE).with_confidence(0.8))
        .collect();
    if !more.is_empty() {
        found.extend(more);
        found.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end)));
    }
    found
}

/// Gives each link to the mention that it is on.
pub(super) fn attach(links: &[Linked<'_>], placed: &mut [Placed]) {
    for link in links {
        let end = placed.partition_point(|one| one.span.start < link.span.end);
        let near = placed[..end].iter().enumerate().rev().take(NEAR);
        let best = near
            .filter(|(_, one)| one.span.overlaps(link.span))
            .map(|(at, one)| (fit(link, one), at))
            .filter(|(fit, _)| *fit > 0)
            .max_by_key(|(fit, at)| (*fit, std::cmp::Reverse(*at)));
        if let Some((_, at)) = best {
            placed[at].mention.link = Some(Leads {
                id: link.id.clone(),
                url: link.url.to_owned(),
            });
        }
    }
}

/// How well a link sits on a mention: one of another kind must be on most of its words.
fn fit(link: &Linked<'_>, placed: &Placed) -> usize {
    let (own, other) = (link.span, placed.span);
    let shared = own.end.min(other.end) - own.start.max(other.start);
    let whole = own.end.max(other.end) - own.start.min(other.start);
    let share = shared * 100 / whole.max(1);
    match link.kind == placed.mention.kind {
        true => 100 + share,
        false if share >= 50 => share,
        false => 0,
    }
}
