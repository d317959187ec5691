//! Families of identifiers that one pattern recognizes: a pattern, the kind, and the template of the canonical id.

use std::sync::OnceLock;

use regex::Regex;
use regex_automata::util::captures::Captures;
use regex_automata::{Input, meta};
use serde::Deserialize;

use super::{FAMILIES, TableError, parse, scan};
use crate::model::{Kind, Span, WorkId};

const FILE: &str = "families/families.toml";

/// Families of identifiers, in order of precedence, compiled to one automaton: one pass over a text finds them all.
#[derive(Debug, Clone)]
pub struct Families {
    /// The rows: name, pattern, template, witnesses.
    pub rows: Vec<FamilyRow>,
    /// Compiled when first asked; none where a pattern is faulty, which the lint of the tables tells.
    automaton: OnceLock<Option<meta::Regex>>,
    /// The lists of the rows, compiled when a member of the row is first found.
    lists: Vec<OnceLock<Option<Regex>>>,
}

/// The row of a family as it stands in `data/families/`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyRow {
    /// The name of the rule.
    pub name: String,
    /// What sort of thing it identifies.
    pub kind: Kind,
    /// The pattern; its named groups fill the template. What stands before and after is checked in code.
    pub pattern: String,
    /// What may follow a match as a list of further members, each its `number` alone ("COM(2020) 605 and 606 final").
    pub list: Option<String>,
    /// Whether it always has as many digits: then letters or another such number may be glued to it, as pages of the
    /// Parliament have them ("P9_TA(2021)0412A9-0234/2021").
    #[serde(default)]
    pub fixed: bool,
    /// The canonical id with `{group}` for the value of a group: a `year` of two digits gets its century, a `number`
    /// or `version` loses leading zeros, a `serial` is filled up with zeros to four digits, all else is put in capitals.
    pub id: String,
    /// Texts of which the bracketed part must be found, with its target.
    pub witness: Vec<FamilyWitness>,
    /// Texts in which the family must find nothing.
    pub near_miss: Vec<String>,
}

/// A text whose bracketed part must be found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyWitness {
    /// The text; the mention stands in double square brackets.
    pub text: String,
    /// Its canonical id.
    pub target: WorkId,
}

/// A member of a family in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyHit<'a> {
    /// Where it stands.
    pub span: Span,
    /// Its family.
    pub row: &'a FamilyRow,
    /// Its canonical id.
    pub id: WorkId,
}

/// The resolutions of the Security Council by year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecurityCouncil {
    /// The year of the first resolution.
    pub first_year: u16,
    /// The number of the last resolution of each year.
    pub last: Vec<u32>,
}

impl SecurityCouncil {
    /// The year of a resolution, if it is of a year that the table has.
    pub fn year(&self, number: u32) -> Option<u16> {
        let place = self.last.partition_point(|last| *last < number);
        let years = u16::try_from(place).ok()?;
        (number > 0 && place < self.last.len()).then_some(self.first_year + years)
    }

    /// Whether a resolution may be of a year: later years than the table has are open.
    pub fn may_be_of(&self, number: u32, year: u16) -> bool {
        let after = self.last.last().is_some_and(|last| number > *last);
        self.year(number) == Some(year)
            || after && usize::from(year) >= usize::from(self.first_year) + self.last.len()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    security_council: SecurityCouncil,
    family: Vec<FamilyRow>,
    address: Vec<FamilyRow>,
}

impl Families {
    fn new(rows: Vec<FamilyRow>) -> Self {
        Self {
            lists: rows.iter().map(|_| OnceLock::new()).collect(),
            rows,
            automaton: OnceLock::new(),
        }
    }

    fn automaton(&self) -> Option<&meta::Regex> {
        let patterns = || {
            self.rows
                .iter()
                .map(|row| row.pattern.as_str())
                .collect::<Vec<_>>()
        };
        // What patterns that begin with many letters have in common is of no use, and costs more than all the rest.
        let compiled = || {
            meta::Builder::new()
                .configure(meta::Config::new().auto_prefilter(false))
                .build_many(&patterns())
                .ok()
        };
        self.automaton.get_or_init(compiled).as_ref()
    }

    /// What may follow a match of a row.
    fn list(&self, row: usize) -> Option<&Regex> {
        let list = self.rows[row].list.as_deref()?;
        self.lists[row].get_or_init(|| Regex::new(list).ok()).as_ref()
    }

    /// All members that may stand where they do, in order of place; where two begin at one place the first row wins.
    pub fn find<'a>(&'a self, text: &str, stands: impl Fn(&str, Span) -> bool) -> Vec<FamilyHit<'a>> {
        self.find_in(text, [Span::new(0, text.len())], stands)
    }

    /// The same for a long text and rows whose matches have no digit further than 64 bytes from the next, or from their
    /// ends: most of a text is passed over.
    pub fn find_at_digits<'a>(
        &'a self,
        text: &str,
        stands: impl Fn(&str, Span) -> bool,
    ) -> Vec<FamilyHit<'a>> {
        self.find_in(text, at_digits(text), stands)
    }

    fn find_in<'a>(
        &'a self,
        text: &str,
        parts: impl IntoIterator<Item = Span>,
        stands: impl Fn(&str, Span) -> bool,
    ) -> Vec<FamilyHit<'a>> {
        let mut hits = Vec::new();
        let Some(automaton) = self.automaton() else {
            return hits;
        };
        let mut captures = automaton.create_captures();
        let mut at = 0;
        for part in parts {
            at = at.max(part.start);
            while at <= part.end {
                let input = Input::new(text).range(at..part.end);
                automaton.search_captures(&input, &mut captures);
                let Some(mut whole) = captures.get_match() else {
                    break;
                };
                let mut span = Span::new(whole.start(), whole.end());
                // The first letter of a word is no suffix: "C-623/17 P|rivacy International".
                let blank = text[span.start..span.end]
                    .rfind(' ')
                    .filter(|_| !stands(text, span));
                if let Some(shorter) = blank.and_then(|blank| {
                    let input = Input::new(text).range(span.start..span.start + blank);
                    automaton.search_captures(&input, &mut captures);
                    captures.get_match().filter(|m| m.start() == span.start)
                }) {
                    whole = shorter;
                    span = Span::new(whole.start(), whole.end());
                }
                let row = &self.rows[whole.pattern().as_usize()];
                let id = if stands(text, span) || row.fixed && is_glued(text, span, hits.last()) {
                    row.id(text, &captures, None)
                } else {
                    None
                };
                let Some(id) = id else {
                    at = text.ceil_char_boundary(span.start + 1);
                    continue;
                };
                hits.push(FamilyHit { span, row, id });
                at = span.end;
                let list = self.list(whole.pattern().as_usize());
                if let Some(tail) = list.and_then(|l| l.find(&text[at..])) {
                    let tail = Span::new(at, at + tail.end());
                    let id = |digits: &str| row.id(text, &captures, Some(digits));
                    hits.extend(members(text, tail, id, row));
                    at = tail.end;
                }
            }
        }
        hits
    }
}

/// Whether a number of fixed length stands behind another, or behind nothing that runs into it, whatever letters follow.
fn is_glued(text: &str, span: Span, last: Option<&FamilyHit<'_>>) -> bool {
    let behind = last.is_some_and(|last| last.row.fixed && last.span.end == span.start);
    let runs = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '‑');
    let free = !text[..span.start].chars().next_back().is_some_and(runs);
    (behind || free) && !text[span.end..].starts_with(|c: char| c.is_ascii_digit() || c == '/')
}

/// No identifier has its first digit further from its beginning, in bytes, or its last further from its end.
pub const REACH: usize = 64;

/// The parts of a text that are near a digit, in order; none overlaps the next.
fn at_digits(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + scan::digit(&bytes[at..])?;
        at = start;
        while let Some(gap) = scan::digit(&bytes[at..bytes.len().min(at + 2 * REACH)]) {
            at += gap + 1;
        }
        let end = text.ceil_char_boundary((at + REACH).min(text.len()));
        Some(Span::new(
            text.floor_char_boundary(start.saturating_sub(REACH)),
            end,
        ))
    })
}

/// The members of a list: each its digits, the last with what follows them.
fn members<'a>(
    text: &str,
    tail: Span,
    id: impl Fn(&str) -> Option<WorkId>,
    row: &'a FamilyRow,
) -> Vec<FamilyHit<'a>> {
    let mut hits: Vec<FamilyHit<'a>> = Vec::new();
    let mut at = tail.start;
    while let Some(start) = text[at..tail.end]
        .find(|c: char| c.is_ascii_digit())
        .map(|i| at + i)
    {
        let digits = text[start..tail.end]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        at = start + digits;
        // "605 and 606 final/2": the digit behind a stroke is no member.
        if text[..start].ends_with('/') {
            continue;
        }
        hits.extend(id(&text[start..at]).map(|id| FamilyHit {
            span: Span::new(start, at),
            row,
            id,
        }));
    }
    if let Some(last) = hits.last_mut() {
        last.span.end = tail.end;
    }
    hits
}

impl FamilyRow {
    /// The canonical id that a match of the pattern gives, perhaps with another number; none if a template group is absent.
    fn id(&self, text: &str, captures: &Captures, number: Option<&str>) -> Option<WorkId> {
        let mut id = String::new();
        let mut rest = self.id.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (group, tail) = after.split_once('}')?;
            let found = captures.get_group_by_name(group)?;
            let value = number
                .filter(|_| group == "number")
                .unwrap_or(&text[found.range()]);
            id.push_str(before);
            id.push_str(&part(group, value));
            rest = tail;
        }
        id.push_str(rest);
        Some(WorkId::new(id))
    }
}

fn part(group: &str, value: &str) -> String {
    match group {
        "year" => full_year(value).map_or_else(|| value.to_owned(), |year| year.to_string()),
        "number" | "version" => value.trim_start_matches('0').to_owned(),
        "serial" => format!("{value:0>4}"),
        "celex" => value.to_uppercase().replace('(', "-").replace(')', ""),
        _ => value.to_uppercase(),
    }
}

/// The year that two or four digits stand for: 50 to 99 are of the last century, as no document of ours is older.
pub fn full_year(digits: &str) -> Option<u16> {
    let year: u16 = digits.parse().ok()?;
    match (digits.len(), year) {
        (2, 50..) => Some(1900 + year),
        (2, _) => Some(2000 + year),
        (4, 1900..=2099) => Some(year),
        _ => None,
    }
}

/// The families of identifiers in texts, those in addresses on the web, and the resolutions of the Security Council.
pub(super) fn load() -> Result<(Families, Families, SecurityCouncil), TableError> {
    let [(_, text)] = FAMILIES;
    let file = parse::<File>(FILE, text)?;
    Ok((
        Families::new(file.family),
        Families::new(file.address),
        file.security_council,
    ))
}
