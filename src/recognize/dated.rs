//! Texts that their noun and their date tell: "Interinstitutional Agreement of 17 May 2006", "joint declaration of 8 July 2016 by
//! the Presidents ...". Which of those that bear the noun in their name is of that date, the table of instruments knows.

use super::found::Found;
use super::lexicon::Word;
use super::scene::Scene;
use crate::model::{Language, Sign, Span};
use crate::tables::{DateHit, Instrument};

const RULE: &str = "instrument-dated";

/// How far from its noun a date may stand: those who sign come between.
const REACH: usize = 160;

/// All of them in the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let nouns = scene.words.iter().filter_map(|h| match h.word {
        Word::Dated(name) => Some((h.span, name)),
        _ => None,
    });
    nouns
        .flat_map(|(noun, name)| of_noun(scene, noun, name))
        .collect()
}

fn of_noun(scene: &Scene<'_>, noun: Span, name: &'static str) -> Vec<Found> {
    let mut found = Vec::new();
    let beside = [behind(scene, noun), before(scene, noun)];
    let known = |date: &DateHit| of_date(scene, name, date).is_some();
    let Some(first) = beside.into_iter().flatten().find(known) else {
        return found;
    };
    let linked = scene.links(noun.end, first.span.start) || first.span.end <= noun.start;
    let whole = Span::new(noun.start.min(first.span.start), noun.end.max(first.span.end));
    let span = if linked { whole } else { noun };
    found.extend(of_date(scene, name, &first).map(|row| mention(row, span, (noun, &first))));
    let mut end = first.span.end;
    for date in scene.dates_ahead(end, REACH) {
        if !scene.joins_dates(end, date.span.start) {
            break;
        }
        end = date.span.end;
        found.extend(of_date(scene, name, &date).map(|row| mention(row, date.span, (noun, &date))));
    }
    found
}

fn mention(row: &Instrument, span: Span, (noun, date): (Span, &DateHit)) -> Found {
    let told = [(Sign::Noun, noun), (Sign::Date, date.span)];
    let found = Found::identified(span, row.kind, row.id.clone(), RULE);
    found.with_confidence(0.9).told_by(told)
}

/// The next date of the sentence.
fn behind(scene: &Scene<'_>, noun: Span) -> Option<DateHit> {
    let date = scene.dates_ahead(noun.end, REACH).into_iter().next()?;
    let gap = scene.between(noun.end, date.span.start);
    (date.date.is_full() && !gap.contains([';', ':', '(', '"', '“', '„', '«'])).then_some(date)
}

/// The date right before the noun.
fn before(scene: &Scene<'_>, noun: Span) -> Option<DateHit> {
    let date = scene.dates_behind(noun.start, REACH).into_iter().next_back()?;
    scene.links(date.span.end, noun.start).then_some(date)
}

/// The one instrument of a date that bears the noun in its English name.
fn of_date<'a>(scene: &'a Scene<'_>, name: &str, date: &DateHit) -> Option<&'a Instrument> {
    let bears = |row: &&Instrument| {
        let names = row.names.get(&Language::ENGLISH).into_iter().flatten();
        names.into_iter().any(|own| own.starts_with(name))
    };
    let fits = |row: &&Instrument| row.date.is_some_and(|known| known.is_compatible(date.date));
    let mut rows = scene.tables.instruments.iter().filter(fits).filter(bears);
    let only = rows.next();
    only.filter(|_| rows.next().is_none())
}
