//! Families of identifiers that a pattern of the tables recognizes.

use std::collections::BTreeSet;

use super::found::Found;
use super::scene::Scene;
use crate::model::{Designation, Kind, Span, WorkId};
use crate::tables::{FamilyHit, Tables, stands_alone};

/// All identifiers of all families; where two find the same words the first of the table wins.
pub(super) fn find(text: &str, tables: &Tables) -> Vec<Found> {
    let hits = tables.families.find_at_digits(text, stands_free);
    hits.into_iter().map(found).collect()
}

/// The documents of the Commission that share series and year with one before them ("COM(2018) 225 and 226 final"); what
/// was found comes in order of place.
pub(super) fn further(scene: &Scene<'_>, found: &[Found]) -> Vec<Found> {
    let first = found.partition_point(|f| f.span.start < scene.span.start);
    let here = found[first..].iter().take_while(|f| f.span.end <= scene.span.end);
    let of_commission = here.filter(|f| f.kind == Kind::CommissionDocument);
    let mut members: Vec<Found> = of_commission.flat_map(|first| listed(scene, first)).collect();
    members.sort_by_key(|f| f.span);
    members.dedup_by_key(|f| f.span);
    members
}

/// "C/2023/1226" is a document of the Commission or, since October 2023, an item of the Journal: it is the latter where the
/// Journal is named with it or an address leads to it.
pub(super) fn told_by_journal(found: &mut [Found]) {
    let id = |f: &Found| match &f.designation {
        Designation::Identified(id) => Some(id.clone()),
        _ => None,
    };
    let items = found.iter().filter(|f| f.kind == Kind::OfficialJournal);
    let items: BTreeSet<WorkId> = items.filter_map(id).collect();
    let own = |f: &&mut Found| f.kind == Kind::CommissionDocument;
    for mention in found.iter_mut().filter(own) {
        let item = id(mention).map(|id| WorkId::new(format!("OJ-{id}")));
        if let Some(item) = item.filter(|item| items.contains(item)) {
            mention.kind = Kind::OfficialJournal;
            mention.designation = Designation::Identified(item);
        }
    }
}

/// So short a number may be any ("JOIN(2022) 24 and 27 Member States").
const SHORT: usize = 2;

/// The highest number that a series of the Commission reaches in a year has four digits.
const LONGEST_NUMBER: usize = 4;

/// How far behind a number the date of its document may end.
const DATE: usize = 64;

fn listed(scene: &Scene<'_>, first: &Found) -> Vec<Found> {
    let mut members = Vec::new();
    let Some((series, length)) = series(first) else {
        return members;
    };
    let mut end = first.span.end;
    while let Some((number, until)) = next_number(scene, end, length) {
        let id = WorkId::new(format!("{series}-{}", scene.slice(number)));
        let span = Span::new(number.start, until);
        members.push(Found::identified(span, first.kind, id, first.rule.clone()));
        end = until;
    }
    members
}

/// Series and year of a number without version ("COM-2018"), and how many digits the number has.
fn series(first: &Found) -> Option<(&str, usize)> {
    let Designation::Identified(id) = &first.designation else {
        return None;
    };
    let (series, number) = id.as_str().rsplit_once('-')?;
    let (kind, year) = series.split_once('-')?;
    let known = matches!(kind, "COM" | "JOIN" | "SWD" | "SEC") && !year.contains('-');
    (known && number.bytes().all(|b| b.is_ascii_digit())).then_some((series, number.len()))
}

/// The number behind a list word, and where it ends with "final" behind it.
fn next_number(scene: &Scene<'_>, at: usize, like: usize) -> Option<(Span, usize)> {
    let window = scene.ahead(at, 32);
    let digit = window.find(|c: char| c.is_ascii_digit())?;
    let rest = &window[digit..];
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &rest[length..];
    let alone = tail.is_empty()
        || tail.starts_with([' ', ',', ';', ')', '\n'])
        || tail
            .strip_prefix('.')
            .is_some_and(|t| !t.starts_with(|c: char| c.is_alphanumeric()));
    let number = Span::new(at + digit, at + digit + length);
    let follows = tail.trim_start().chars().next();
    // "COM(2018) 225 and 226 hold", but not "COM(2018) 225 and 12 Member States".
    let closes = length == like && length > SHORT
        || follows.is_none_or(|c| !c.is_alphanumeric())
        || tail.trim_start().starts_with("final");
    // "JOIN(2022) 24 final, 18 May 2022".
    let dated = scene
        .dates_ahead(at, DATE)
        .iter()
        .any(|d| d.span.contains(number));
    let listed = scene.lists(at, at + digit) && (2..=LONGEST_NUMBER).contains(&length) && !dated;
    let until = number.end
        + if tail.starts_with(" final") {
            " final".len()
        } else {
            0
        };
    (alone && closes && listed).then_some((number, until))
}

/// A mention of a member of a family.
pub(super) fn found(hit: FamilyHit<'_>) -> Found {
    Found::identified(hit.span, hit.row.kind, hit.id, hit.row.name.clone())
}

/// No letter, digit, slash or hyphen is glued to it; a hyphen behind a blank is a dash ("12562/2011 -2012/2050(INI)").
fn stands_free(text: &str, span: Span) -> bool {
    let mut before = text[..span.start].chars().rev();
    let glued = match before.next() {
        Some('-' | '‑') => !before.next().is_some_and(char::is_whitespace),
        last => last == Some('/'),
    };
    stands_alone(text, span) && !glued && !text[span.end..].starts_with('/')
}
