//! Who issued a text and when, where words tell both on either side of its noun: "Communication from the Commission of
//! 9 March 2021", "Kommissionens meddelelse af 9. marts 2021", "2021 m. kovo 9 d. Komisijos komunikatas".

use super::lexicon::Word;
use super::scene::Scene;
use crate::model::{PartialDate, Span};

/// How far from the noun issuer and date may stand.
const REACH: usize = 110;

/// A text told by its issuer and its date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Issued {
    /// Noun, issuer and date.
    pub span: Span,
    pub date: PartialDate,
    /// Where the date stands.
    pub day: Span,
    /// Whether the issuer is named.
    pub by_issuer: bool,
}

/// The issuer and the full date of what the noun names, with nothing but linking words between.
pub(super) fn issued(scene: &Scene<'_>, noun: Span, issuer: Word) -> Option<Issued> {
    behind(scene, noun, issuer).or_else(|| before(scene, noun, issuer))
}

/// How long the office of the second issuer may be named: "and the High Representative of the Union for Foreign Affairs and
/// Security Policy".
const OFFICE: usize = 170;

/// A text of two issuers, the first of them named, with the date behind both ("Joint Communication of the Commission and the
/// High Representative of 5 December 2018").
pub(super) fn issued_jointly(scene: &Scene<'_>, noun: Span, first: Word) -> Option<Issued> {
    let own = scene
        .words_from(noun.end)
        .iter()
        .take(4)
        .find(|h| h.word == first)?
        .span;
    let date = scene
        .dates_ahead(own.end, OFFICE)
        .into_iter()
        .next()
        .filter(|d| d.date.is_full())?;
    let office = scene
        .between(own.end, date.span.start)
        .trim_start_matches([',', ' ']);
    let joined = scene.lexicon.phrases.and.contains(office.split(' ').next()?);
    let plain = !office.contains(['(', ';', ':', '.', '\n', '"', '«', '“']);
    (joined && plain && scene.links(noun.end, own.start)).then_some(Issued {
        span: Span::new(noun.start, date.span.end),
        date: date.date,
        day: date.span,
        by_issuer: true,
    })
}

/// The date stands behind the noun, the issuer on either side of it.
fn behind(scene: &Scene<'_>, noun: Span, issuer: Word) -> Option<Issued> {
    let next = scene
        .words_from(noun.end)
        .iter()
        .take(2)
        .find(|h| h.word == issuer);
    let next = next.filter(|h| scene.links(noun.end, h.span.start));
    // Only the governments make the name of an issuer long.
    let long = next.map_or(0, |h| scene.end_with_governments(h.span) - h.span.end);
    let date = scene
        .dates_ahead(noun.end, REACH + long)
        .into_iter()
        .next()
        .filter(|d| d.date.is_full())?;
    let named = linked(scene, (noun.end, date.span.start), issuer)?;
    let own = issuer_before(scene, noun.start, issuer);
    Some(Issued {
        span: Span::new(own.map_or(noun.start, |o| o.start), date.span.end),
        date: date.date,
        day: date.span,
        by_issuer: named.is_some() || own.is_some(),
    })
}

/// The date stands before the noun, the issuer between them or before both.
fn before(scene: &Scene<'_>, noun: Span, issuer: Word) -> Option<Issued> {
    let date = scene
        .dates_behind(noun.start, REACH)
        .into_iter()
        .next_back()
        .filter(|d| d.date.is_full())?;
    let own = linked(scene, (date.span.end, noun.start), issuer)?;
    let own = own.or_else(|| issuer_before(scene, date.span.start, issuer));
    let start = own.map_or(date.span.start, |o| o.start.min(date.span.start));
    Some(Issued {
        span: Span::new(start, noun.end),
        date: date.date,
        day: date.span,
        by_issuer: own.is_some(),
    })
}

/// Whether only linking words and the issuer stand between two places, and the issuer if it does.
fn linked(scene: &Scene<'_>, (from, to): (usize, usize), issuer: Word) -> Option<Option<Span>> {
    let own = scene
        .words_from(from)
        .iter()
        .take_while(|h| h.span.end <= to)
        .find(|h| h.word == issuer)
        .map(|h| h.span);
    match own {
        Some(own) => {
            let end = scene.end_with_governments(own);
            (scene.links(from, own.start) && links(scene, end, to)).then_some(Some(own))
        }
        None => links(scene, from, to).then_some(None),
    }
}

/// Whether only linking words stand between, perhaps behind a comma ("Comunicação da Comissão, de 16 de dezembro de 2020").
fn links(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let comma = scene.between(from.min(to), to).starts_with(", ");
    scene.links(from + usize::from(comma), to)
}

/// The issuer that ends right before a place.
fn issuer_before(scene: &Scene<'_>, at: usize, issuer: Word) -> Option<Span> {
    scene
        .words_before(at, 60)
        .rev()
        .find(|h| h.word == issuer)
        .map(|h| h.span)
        .filter(|own| scene.links(own.end, at))
}
