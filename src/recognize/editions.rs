//! Instruments that share a name and are told apart by a date or year beside it, and lists of them: "the Joint Declarations
//! on EU-NATO cooperation of 2016, 2018 and 2023", "the 2013, 2015 and 2021 reports". The name gives the candidates; this says
//! which of them each date means.

use super::scene::Scene;
use crate::model::{PartialDate, Span};

/// A date beside a name, and the one instrument of that name which bears it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edition {
    /// The date alone.
    pub span: Span,
    /// Its place in the table of instruments.
    pub instrument: usize,
}

/// What may stand between a name and its date, or between two dates, is no longer than this many bytes.
const GAP: usize = 20;

/// How far from a name its dates may go on, in bytes.
const REACH: usize = 120;

/// The editions told by the dates behind a name, else by the years before it; that nearest to the name first.
pub(super) fn beside(scene: &Scene<'_>, name: Span, instruments: &[usize]) -> Vec<Edition> {
    if instruments.len() < 2 {
        return Vec::new();
    }
    let behind = behind(scene, name.end, instruments);
    if !behind.is_empty() {
        return behind;
    }
    let before = before(scene, name.start, instruments);
    if before.is_empty() {
        return by_participle(scene, name.start, instruments)
            .into_iter()
            .collect();
    }
    before
}

/// The edition of a date that a participle joins to the name behind it ("2018 m. liepos mėn. pasirašyta |deklaracija").
fn by_participle(scene: &Scene<'_>, start: usize, instruments: &[usize]) -> Option<Edition> {
    let date = scene.dates_behind(start, REACH).into_iter().next_back()?;
    let gap = scene.between(date.span.end, start).trim();
    let participle = scene.lexicon.phrases.of.contains(gap) && gap.chars().count() > SHORT;
    let instrument = of_date(scene, instruments, date.date).filter(|_| participle)?;
    Some(Edition {
        span: date.span,
        instrument,
    })
}

/// No participle has so few letters.
const SHORT: usize = 5;

fn behind(scene: &Scene<'_>, end: usize, instruments: &[usize]) -> Vec<Edition> {
    listed(scene, instruments, |editions| {
        let at = editions.last().map_or(end, |last| last.span.end);
        let (span, date) = next_date(scene, at).filter(|_| at <= end + REACH)?;
        let gap = scene.between(at, span.start);
        let fits = if editions.is_empty() {
            leads(gap)
        } else {
            lists(scene, gap)
        };
        fits.then_some((span, date))
    })
}

fn before(scene: &Scene<'_>, start: usize, instruments: &[usize]) -> Vec<Edition> {
    listed(scene, instruments, |editions| {
        let at = editions.last().map_or(start, |last| last.span.start);
        let (span, date) = last_year(scene, at)?;
        let gap = scene.between(span.end, at);
        let fits = if editions.is_empty() {
            gap == " "
        } else {
            lists(scene, gap)
        };
        fits.then_some((span, date))
    })
}

/// The editions of one date after another, as long as each is the date of one that was not named yet.
fn listed(
    scene: &Scene<'_>,
    instruments: &[usize],
    next: impl Fn(&[Edition]) -> Option<(Span, PartialDate)>,
) -> Vec<Edition> {
    let mut editions: Vec<Edition> = Vec::new();
    while let Some((span, date)) = next(&editions) {
        match of_date(scene, instruments, date).filter(|i| is_new(&editions, *i)) {
            Some(instrument) => editions.push(Edition { span, instrument }),
            None => break,
        }
    }
    editions
}

fn is_new(editions: &[Edition], instrument: usize) -> bool {
    editions.iter().all(|edition| edition.instrument != instrument)
}

/// The one instrument of a date.
fn of_date(scene: &Scene<'_>, instruments: &[usize], date: PartialDate) -> Option<usize> {
    let rows = &scene.tables.instruments;
    let mut fitting = instruments
        .iter()
        .filter(|i| rows[**i].date.is_some_and(|known| known.is_compatible(date)));
    let one = fitting.next();
    one.filter(|_| fitting.next().is_none()).copied()
}

/// The date or bare year that begins soon after a place.
fn next_date(scene: &Scene<'_>, at: usize) -> Option<(Span, PartialDate)> {
    let window = scene.ahead(at, REACH);
    let written = scene.dates_ahead(at, REACH).into_iter().next();
    let digit = window.find(|c: char| c.is_ascii_digit())?;
    let year = year_at(window, digit).map(|year| (Span::new(at + digit, at + digit + 4), year));
    match written {
        // The first digits are those of the date, which may begin with its month.
        Some(date) if date.span.start <= at + digit && at + digit < date.span.end => {
            Some((date.span, date.date))
        }
        _ => year,
    }
}

/// The bare year that ends nearest before a place.
fn last_year(scene: &Scene<'_>, at: usize) -> Option<(Span, PartialDate)> {
    let window = scene.behind(at, GAP + 4);
    let end = window.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = end.checked_sub(4)?;
    let year = year_at(window, start)?;
    let from = at - window.len();
    Some((Span::new(from + start, from + end), year))
}

/// The year that stands alone at a place of a text.
fn year_at(text: &str, at: usize) -> Option<PartialDate> {
    let digits = text.get(at..at + 4)?;
    let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '/');
    let year = digits.parse().ok().filter(|year| (1900..2100).contains(year))?;
    let (before, after) = (text[..at].chars().next_back(), text[at + 4..].chars().next());
    (alone(before) && alone(after))
        .then(|| PartialDate::year(year))
        .flatten()
}

/// Whether what stands between a name and its date is short and of small words: " of ", " (", " z let ".
fn leads(gap: &str) -> bool {
    let small = |c: char| c.is_lowercase() || matches!(c, ' ' | '(' | '\'' | '’' | '-' | ',');
    gap.len() <= GAP && !gap.is_empty() && gap.chars().all(small)
}

/// Whether what stands between two dates makes them a list: ", ", " and ", ") and of (".
fn lists(scene: &Scene<'_>, gap: &str) -> bool {
    let and = &scene.lexicon.phrases.and;
    let bare = gap.trim_matches(['(', ')', ' ', ',']);
    let first = bare.split(' ').next().unwrap_or_default();
    let comma = bare.is_empty() && gap.contains(',');
    gap.len() <= GAP && (comma || and.contains(first)) && leads(&gap.replace(')', ""))
}
