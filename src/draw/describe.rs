//! A picture in, sentences out: what a screen reader says of the picture, of a work and of a reference, and
//! the words that name their looks to a designer.

use super::font::one_line;
use super::picture::{Card, Certainty, Link, Picture, Shape, State, View};
use super::theme::Theme;
use super::words::counted;
use crate::model::PartialDate;

/// Works and references that the description spells out; the titles of cards and lines say all.
const SPELLED_OUT: usize = 150;

/// What the whole picture shows: what it is, its works, and its references, each in order of time.
pub(super) fn picture(picture: &Picture, theme: &Theme) -> String {
    let count = |shape| picture.cards.iter().filter(|c| c.shape == shape).count();
    let kind = match &picture.view {
        View::Lineage => "Timeline".to_owned(),
        View::Centrality(measure) => format!("Ranking by {}", measure.name),
        View::Lanes(_) => "Works in lanes along time".to_owned(),
        View::Columns(columns) => format!("Counts of {} by year", columns.counted),
        View::Matrix(_) => "Matrix of works by what they refer to".to_owned(),
    };
    let mut links: Vec<&Link> = picture.drawn_links().collect();
    // Stable, so that what has no date stays in the order of the picture.
    links.sort_by_key(|link| (age(&picture.cards[link.citing]), age(&picture.cards[link.cited])));
    let mut sentences = vec![format!(
        "{kind}{}: {}, {}, {}.",
        years(picture),
        counted(count(Shape::Document), "document"),
        counted(count(Shape::Instrument), "instrument"),
        counted(links.len(), "reference")
    )];
    sentences.extend(works(picture));
    let said = links.iter().map(|one| format!("{}.", link(picture, one, theme)));
    sentences.extend(spelled_out(said, "references"));
    sentences.join(" ")
}

/// Oldest first, undated last.
fn age(card: &Card) -> (bool, Option<PartialDate>) {
    (card.date.is_none(), card.date)
}

fn works(picture: &Picture) -> Vec<String> {
    let mut cards: Vec<&Card> = picture.cards.iter().collect();
    cards.sort_by_key(|card| age(card));
    let said = cards.iter().map(|card| match one_line(&card.date_label) {
        date if date.is_empty() => format!("{}.", one_line(&card.heading)),
        date => format!("{}, {date}.", one_line(&card.heading)),
    });
    spelled_out(said, "works")
}

fn spelled_out(mut said: impl ExactSizeIterator<Item = String>, what: &str) -> Vec<String> {
    let more = said.len().saturating_sub(SPELLED_OUT);
    let mut sentences: Vec<String> = said.by_ref().take(SPELLED_OUT).collect();
    sentences.extend((more > 0).then(|| format!("And {more} more {what}.")));
    sentences
}

fn years(picture: &Picture) -> String {
    let years = || picture.cards.iter().filter_map(|c| c.date).map(|d| d.years());
    match (years().min(), years().max()) {
        (Some(first), Some(last)) if first < last => format!(" from {first} to {last}"),
        (Some(year), _) => format!(" of {year}"),
        _ => String::new(),
    }
}

/// What a work is.
pub(super) fn card(card: &Card) -> String {
    let text = if card.tooltip.is_empty() {
        [card.heading.as_str(), card.title.as_str()].join(" ")
    } else {
        card.tooltip.clone()
    };
    let parts = [one_line(&text), one_line(&card.date_label)];
    parts
        .iter()
        .filter(|p| !p.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a reference is.
pub(super) fn link(picture: &Picture, link: &Link, theme: &Theme) -> String {
    let heading = |place: usize| {
        picture
            .cards
            .get(place)
            .map_or(String::new(), |c| one_line(&c.heading))
    };
    let mut text = format!(
        "{} {} {}",
        heading(link.citing),
        theme.relation(link.relation).label,
        heading(link.cited)
    );
    if link.mentions > 1 {
        text.push_str(&format!(" ({} mentions)", link.mentions));
    }
    if link.certainty == Certainty::Corrected {
        text.push_str(&format!(" ({})", super::words::CORRECTED));
    }
    if !link.tooltip.is_empty() {
        text.push_str(&format!(": {}", one_line(&link.tooltip)));
    }
    text
}

/// Shape and state as class names.
pub(super) fn class(card: &Card) -> String {
    let shape = match card.shape {
        Shape::Document => "document",
        Shape::Instrument => "instrument",
    };
    let state = match card.state {
        State::Focus => "focus",
        State::InCorpus => "in-corpus",
        State::CitedOnly => "cited-only",
    };
    format!("work {shape} {state}")
}

/// The address of a work, if it is one of the web: nothing else becomes a link.
pub(super) fn address(card: &Card) -> Option<&str> {
    let url = card.url.as_deref()?;
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}
