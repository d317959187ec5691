//! EU acts by number: the shape of the number first, then the noun that tells the type, whichever side it stands on.

use std::sync::LazyLock;

use regex::Regex;

use super::found::Found;
use super::lexicon::{ActType, Word};
use super::phrase::topic_end;
use super::scene::Scene;
use crate::model::{Designation, Kind, Sign, Span, WorkId};
use crate::tables::{LanguageTable, full_year};

const RULE: &str = "act-number";

/// How far before its number the noun of an act may stand: "Regulation of the European Parliament and of the Council (EU)".
const REACH: usize = 110;

/// How far behind its number the title of an act may go on, to the footnote or bracket that belongs to it.
const TITLE: usize = 220;

struct Patterns {
    bracketed: Regex,
    suffixed: Regex,
    bare: Regex,
}

/// The suffixes of all languages are close enough to be tried in every text: only the noun is of one language.
static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let suffix = r"[\p{Lu}][\p{L}]{1,7}";
    Some(Patterns {
        bracketed: Regex::new(&format!(r"\(({suffix})(?:, ?({suffix}))?\)[ \n]?((?:[\p{{L}}°º№]{{1,4}}[.:]?[\p{{L}}º°]{{0,2}}\.?[ \n]?){{1,2}})?([0-9]{{1,4}})/([0-9]{{2,4}})")).ok()?,
        suffixed: Regex::new(&format!(r"([0-9]{{2,4}})/([0-9]{{1,4}})/({suffix})")).ok()?,
        bare: Regex::new(r"([0-9]{4})/([0-9]{1,4})").ok()?,
    })
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    span: Span,
    year: u16,
    number: u32,
    /// Whether the words alone make it an act; a bare number needs its noun right before it.
    sure: bool,
}

/// All acts of the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let numbers = numbers(scene);
    let mut found: Vec<Found> = Vec::new();
    let mut last: Option<ActBefore> = None;
    for number in numbers {
        let noun = noun_of(scene, &number, (last, found.last().map_or(0, |f| f.span.end)));
        if noun.is_none() && !number.sure {
            continue;
        }
        let end = found.last().map_or(0, |f| f.span.end);
        let own = noun.filter(|(_, span)| span.start >= end);
        let act = act(&number, noun, own);
        let reach = topic_end(scene, act.span.end, act.span.end + TITLE);
        found.push(act.with_reach(reach));
        last = Some((number, noun));
    }
    found
}

fn numbers(scene: &Scene<'_>) -> Vec<Number> {
    let Some(patterns) = PATTERNS.as_ref() else {
        return Vec::new();
    };
    let text = scene.slice(scene.span);
    let offset = scene.span.start;
    let mut numbers = Vec::new();
    for captures in patterns.bracketed.captures_iter(text) {
        let (Some(whole), Some(suffix)) = (captures.get(0), captures.get(1)) else {
            continue;
        };
        let parts = (
            captures.get(4).map_or("", |m| m.as_str()),
            captures.get(5).map_or("", |m| m.as_str()),
        );
        let span = Span::new(offset + whole.start(), offset + whole.end());
        if is_suffix(scene.table, suffix.as_str()) && ends_number(scene.text, span.end) {
            numbers.extend(dated(span, parts, captures.get(3).is_some()));
        }
    }
    for captures in patterns.suffixed.captures_iter(text) {
        let (Some(whole), Some(a), Some(b), Some(suffix)) =
            (captures.get(0), captures.get(1), captures.get(2), captures.get(3))
        else {
            continue;
        };
        let span = Span::new(offset + whole.start(), offset + whole.end());
        if is_suffix(scene.table, suffix.as_str())
            && starts_number(scene.text, span.start)
            && ends_number(scene.text, span.end)
        {
            numbers.extend(suffixed(span, a.as_str(), b.as_str()));
        }
    }
    for captures in patterns.bare.captures_iter(text) {
        let (Some(whole), Some(a), Some(b)) = (captures.get(0), captures.get(1), captures.get(2)) else {
            continue;
        };
        let span = Span::new(offset + whole.start(), offset + whole.end());
        if starts_number(scene.text, span.start) && ends_number(scene.text, span.end) {
            numbers.extend(year_first(span, a.as_str(), b.as_str(), false));
        }
    }
    numbers.sort_by_key(|n| (n.span.start, std::cmp::Reverse(n.span.end)));
    let mut end = 0;
    numbers.retain(|n| {
        let free = n.span.start >= end;
        end = end.max(n.span.end);
        free
    });
    numbers
}

/// With "No" the number comes first; without, whichever part is a year, the first if both are.
fn dated(span: Span, (a, b): (&str, &str), numbered: bool) -> Option<Number> {
    let as_year = |digits: &str| full_year(digits).filter(|y| (1952..=2049).contains(y));
    let first = as_year(a).filter(|_| a.len() == 4 && !numbered);
    match (first, as_year(b)) {
        (Some(year), _) => Some(Number {
            span,
            year,
            number: b.parse().ok()?,
            sure: true,
        }),
        (None, Some(year)) => Some(Number {
            span,
            year,
            number: a.parse().ok()?,
            sure: true,
        }),
        (None, None) => None,
    }
}

/// "95/46/EC" has the year first; only where the second part alone is a year of four digits is it the year ("910/2014/EU").
fn suffixed(span: Span, a: &str, b: &str) -> Option<Number> {
    match full_year(b).filter(|_| b.len() == 4 && a.len() != 4) {
        Some(year) => Some(Number {
            span,
            year,
            number: a.parse().ok()?,
            sure: true,
        }),
        None => year_first(span, a, b, true),
    }
}

fn year_first(span: Span, year: &str, number: &str, sure: bool) -> Option<Number> {
    let year = full_year(year).filter(|y| (1952..=2049).contains(y))?;
    Some(Number {
        span,
        year,
        number: number.parse().ok().filter(|n| *n > 0)?,
        sure,
    })
}

fn is_suffix(table: &LanguageTable, suffix: &str) -> bool {
    let act = &table.act;
    let own = [
        &act.eu,
        &act.ec,
        &act.eec,
        &act.euratom,
        &act.ecsc,
        &act.cfsp,
        &act.jha,
    ];
    let english = ["EU", "EC", "EEC", "CFSP", "JHA", "Euratom", "ECSC"];
    own.into_iter().flatten().any(|s| s == suffix) || english.contains(&suffix)
}

fn starts_number(text: &str, at: usize) -> bool {
    !text[..at]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '='))
}

fn ends_number(text: &str, at: usize) -> bool {
    let mut after = text[at..].chars();
    match after.next() {
        Some(c) if c.is_alphanumeric() => false,
        Some('/' | '_') => false,
        Some('-' | '.' | ',') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}

/// The act before in a list, with its noun.
type ActBefore = (Number, Option<(ActType, Span)>);

/// The noun of an act: right before the number, before it with the issuer between, shared with the act before it in a
/// list, or right behind it.
fn noun_of(
    scene: &Scene<'_>,
    number: &Number,
    (last, taken): (Option<ActBefore>, usize),
) -> Option<(ActType, Span)> {
    let free = before(scene, number).filter(|(_, span)| span.start >= taken);
    if let Some(own) = free
        .filter(|(_, span)| number.span.start <= span.end + 2)
        .or_else(|| behind(scene, number))
    {
        return Some(own);
    }
    if let Some((before, noun)) = last
        && before.span.end <= number.span.start
        && scene.lists(
            taken.max(before.span.end).min(number.span.start),
            number.span.start,
        )
    {
        return noun;
    }
    free
}

fn before(scene: &Scene<'_>, number: &Number) -> Option<(ActType, Span)> {
    let reach = if number.sure { REACH } else { 24 };
    let hit = scene
        .words_before(number.span.start, reach)
        .rev()
        .find_map(|hit| act_type(hit.word).map(|t| (t, hit.span)))?;
    let gap = scene.between(hit.1.end, number.span.start);
    let near =
        gap.trim().is_empty() || matches!(gap.trim(), "(" | "No" | "no" | "nr." | "nr" | "Nr." | "n°" | "nº");
    let apart =
        number.sure && !gap.contains(['.', ';', ':', '\n']) && !gap.contains(|c: char| c.is_ascii_digit());
    (near || apart).then_some(hit)
}

fn behind(scene: &Scene<'_>, number: &Number) -> Option<(ActType, Span)> {
    let hit = scene.words_from(number.span.end).first()?;
    let gap = scene.text.get(number.span.end..hit.span.start)?;
    let near = gap.len() <= 3 && !gap.contains(['.', ',', ';', '\n']);
    Some((act_type(hit.word).filter(|_| near && number.sure)?, hit.span))
}

fn act_type(word: Word) -> Option<ActType> {
    match word {
        Word::Act(act) => Some(act),
        _ => None,
    }
}

fn act(number: &Number, noun: Option<(ActType, Span)>, own: Option<(ActType, Span)>) -> Found {
    let span = match own {
        Some((_, noun)) => Span::new(noun.start.min(number.span.start), noun.end.max(number.span.end)),
        None => number.span,
    };
    let celex = |letter: char| WorkId::new(format!("3{}{letter}{:04}", number.year, number.number));
    let designation = match noun.map(|(act, _)| act.letter()) {
        Some(Some(letter)) => Designation::Identified(celex(letter)),
        Some(None) => Designation::Words,
        None => Designation::OneOf(['D', 'L', 'R'].into_iter().map(celex).collect()),
    };
    let noun = noun.map(|(_, span)| (Sign::Noun, span));
    Found::new(span, Kind::LegalAct, designation, RULE)
        .told_by(noun.into_iter().chain([(Sign::Number, number.span)]))
}
