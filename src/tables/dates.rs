//! The written dates of one language, compiled from its table.

use std::collections::{BTreeMap, HashSet};

use foldhash::fast::FixedState;
use memchr::{memchr, memchr2_iter, memrchr};
use regex::{Captures, Regex};

use super::LanguageTable;
use crate::model::{PartialDate, Span};

/// A date found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateHit {
    /// Where it stands.
    pub span: Span,
    /// The date; of several days ("21 and 22 March 2024") the last, as conclusions bear the date of the last day.
    pub date: PartialDate,
}

/// Finds the dates of one language; numeric dates (17.12.2018, 2018-12-17) in every language.
#[derive(Debug)]
pub struct DatePatterns {
    /// With the name of a month.
    written: Vec<Regex>,
    /// In digits alone.
    numeric: Vec<Regex>,
    /// A day and month without year in front of a date, and behind one: "28 June and |15 December 2016".
    shared: [Option<Regex>; 2],
    months: BTreeMap<String, u8>,
    /// The first bytes of the names of months: most windows hold a year and no month.
    heads: HashSet<[u8; HEAD], FixedState>,
}

/// By so many bytes the names of months are told from most words; none is shorter.
const HEAD: usize = 3;

impl DatePatterns {
    /// Compiles the patterns of a table. A pattern that does not compile is left out; the lint of the tables names it.
    pub fn new(table: &LanguageTable) -> Self {
        let mut months = BTreeMap::new();
        for (forms, month) in table.date.months.iter().zip(1u8..) {
            for form in forms {
                months.insert(form.to_lowercase(), month);
            }
        }
        let templates = table.date.full.iter().chain(&table.date.partial);
        let written = templates.filter_map(|template| Regex::new(&pattern(template, table, &months)).ok());
        Self {
            written: written.collect(),
            numeric: numeric().collect(),
            shared: [Side::Before, Side::Behind].map(|side| without_year(side, table, &months)),
            heads: months
                .keys()
                .filter_map(|m| m.as_bytes().first_chunk().copied())
                .collect(),
            months,
        }
    }

    /// All dates in a part of a longer text, in order of place, each inside its line.
    pub fn find_in(&self, text: &str, part: Span) -> Vec<DateHit> {
        let mut hits = Vec::new();
        for window in windows(text, part) {
            let mut found = self.find(&text[window.start..window.end]).into_iter().peekable();
            while let Some(hit) = found.next() {
                let span = Span::new(hit.span.start + window.start, hit.span.end + window.start);
                let hit = DateHit { span, ..hit };
                let from = hits.last().map_or(part.start, |last: &DateHit| last.span.end);
                let until = found
                    .peek()
                    .map_or(part.end, |next| next.span.start + window.start);
                hits.extend(self.sharing(text, Span::new(from, until), hit));
            }
        }
        hits
    }

    /// A date and those in a list with it that have no year of their own, in order of place.
    fn sharing(&self, text: &str, part: Span, hit: DateHit) -> Vec<DateHit> {
        let mut hits = vec![hit];
        if !hit.date.is_full() {
            return hits;
        }
        let [before, behind] = &self.shared;
        let around = |at: usize| text.floor_char_boundary(at.min(text.len()));
        let year = hit.date.years();
        while let Some(found) = before.as_ref().and_then(|pattern| {
            let end = hits[0].span.start;
            let head = Span::new(around(end.saturating_sub(AROUND)).max(part.start), end);
            self.of_year(pattern, text, head, year)
        }) {
            hits.insert(0, found);
        }
        let mut end = hit.span.end;
        while let Some(found) = behind.as_ref().and_then(|pattern| {
            let tail = Span::new(end, around(end + AROUND).min(part.end));
            self.of_year(pattern, text, tail, year)
        }) {
            end = found.span.end;
            hits.push(found);
        }
        hits
    }

    /// The day and month of a part of a text, as one of a year.
    fn of_year(&self, pattern: &Regex, text: &str, part: Span, year: u16) -> Option<DateHit> {
        let text = text.get(part.start..part.end)?;
        if !text.bytes().any(|b| b.is_ascii_digit()) || !pattern.is_match(text) {
            return None;
        }
        let found = pattern.captures(text)?;
        let (whole, days, word) = (found.name("whole")?, found.name("d")?, found.name("m")?);
        let month = *self.months.get(&word.as_str().to_lowercase())?;
        let date = PartialDate::day(year, month, last_number(days.as_str())?)?;
        let span = Span::new(part.start + whole.start(), part.start + whole.end());
        stands_alone(text, Span::new(whole.start(), whole.end())).then_some(DateHit { span, date })
    }

    /// All dates of the text, in order, without overlap; where two readings overlap the longer wins.
    pub fn find(&self, text: &str) -> Vec<DateHit> {
        if !holds_year(text) {
            return Vec::new();
        }
        let written: &[Regex] = if self.may_name_month(text) {
            &self.written
        } else {
            &[]
        };
        let numeric: &[Regex] = if may_hold_numeric(text) {
            &self.numeric
        } else {
            &[]
        };
        let patterns = written.iter().chain(numeric);
        let mut hits: Vec<DateHit> = patterns.flat_map(|p| self.hits(p, text)).collect();
        hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
        let mut kept: Vec<DateHit> = Vec::with_capacity(hits.len());
        for hit in hits {
            match kept.last() {
                Some(last) if hit.span.overlaps(last.span) && hit.span.len() <= last.span.len() => {}
                Some(last) if hit.span.overlaps(last.span) => {
                    kept.pop();
                    kept.push(hit);
                }
                _ => kept.push(hit),
            }
        }
        kept
    }

    /// Whether some word of the text begins like a month; one with letters beyond ASCII may be any.
    fn may_name_month(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let begins = |at: &usize| bytes[*at] >= b'A' && (*at == 0 || !bytes[at - 1].is_ascii_alphabetic());
        (0..bytes.len().saturating_sub(HEAD - 1))
            .filter(begins)
            .any(|at| {
                let head = [bytes[at], bytes[at + 1], bytes[at + 2]].map(|b| b.to_ascii_lowercase());
                !head.is_ascii() || self.heads.contains(&head)
            })
    }

    fn hits<'a>(&'a self, pattern: &'a Regex, text: &'a str) -> impl Iterator<Item = DateHit> + 'a {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                // A search is much cheaper than the groups of a match.
                if !pattern.is_match_at(text, at) {
                    return None;
                }
                let found = pattern.captures_at(text, at)?;
                let start = found.get(0)?.start();
                if let Some(hit) = self
                    .hit(&found, text)
                    .or_else(|| self.shorter(pattern, text, &found))
                {
                    at = hit.span.end;
                    return Some(hit);
                }
                // What begins inside another number must not hide the date that begins behind it ("2013 ja 5. kesäkuuta 2014").
                at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            }
        })
    }

    fn hit(&self, found: &Captures<'_>, text: &str) -> Option<DateHit> {
        let whole = found.get(0)?;
        let span = Span::new(whole.start(), whole.end());
        let date = self.date(found).filter(|_| stands_alone(text, span))?;
        Some(DateHit { span, date })
    }

    /// A list of days must not end inside another number ("2013. február 12-i és 20|14. június").
    fn shorter(&self, pattern: &Regex, text: &str, found: &Captures<'_>) -> Option<DateHit> {
        let whole = found.get(0)?;
        let inside = text[whole.end()..].starts_with(|c: char| c.is_ascii_digit());
        let cut = whole.start()
            + whole
                .as_str()
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .len();
        let again = pattern
            .captures_at(&text[..cut], whole.start())
            .filter(|_| inside)?;
        self.hit(&again, &text[..cut])
    }

    fn date(&self, found: &Captures<'_>) -> Option<PartialDate> {
        let year = found.name("y")?.as_str().parse().ok()?;
        let month = match (found.name("m"), found.name("n")) {
            (Some(word), _) => *self.months.get(&word.as_str().to_lowercase())?,
            (None, digits) => digits?.as_str().parse().ok()?,
        };
        match found.name("d") {
            None => PartialDate::month(year, month),
            Some(days) => PartialDate::day(year, month, last_number(days.as_str())?),
        }
    }
}

/// On which side of a date another of its year stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// The pattern of a day and a month that a list word joins to a date on one side of it; none where the language writes the
/// year on the other side.
fn without_year(side: Side, table: &LanguageTable, months: &BTreeMap<String, u8>) -> Option<Regex> {
    let place = |template: &str, part: &str| template.find(part);
    let cut = |template: &String| {
        let (year, month, day) = (
            place(template, "{y}")?,
            place(template, "{m}")?,
            place(template, "{d}")?,
        );
        match side {
            Side::Before if day < month && month < year => Some(template[day..month + 3].to_owned()),
            Side::Behind if year < day && year < month => {
                Some(template[day.min(month)..day.max(month) + 3].to_owned())
            }
            _ => None,
        }
    };
    // The first form is the usual one.
    let form = pattern(&table.date.full.first().and_then(cut)?, table, months);
    let form = form.strip_prefix("(?i)").unwrap_or(&form);
    let and = alternation(table.link.and.iter());
    let of = alternation(table.link.of.iter());
    let joined = format!(r"(?:,|,?[ \n]+(?:{and}))(?:[ \n]+(?:{of}))?[ \n]+");
    Regex::new(&match side {
        Side::Before => format!(r"(?i)(?P<whole>{form}){joined}$"),
        Side::Behind => format!(r"(?i)^{joined}(?P<whole>{form})"),
    })
    .ok()
}

/// How far from its year the rest of a date may stand, in bytes: a list of days in a language of long words.
const AROUND: usize = 60;

/// The stretches of a part of a text that may hold dates: what stands around each year, inside its line.
fn windows(text: &str, part: Span) -> Vec<Span> {
    let bytes = &text.as_bytes()[..part.end];
    let mut windows: Vec<Span> = Vec::new();
    for start in memchr2_iter(b'1', b'2', &bytes[part.start..]).map(|digit| part.start + digit) {
        let digits = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let inside = start > part.start && bytes[start - 1].is_ascii_digit();
        if inside || digits != 4 || !matches!(bytes[start..start + 2], [b'1', b'9'] | [b'2', b'0']) {
            continue;
        }
        let at = start + digits;
        let from = text.floor_char_boundary(start.saturating_sub(AROUND).max(part.start));
        let until = text.ceil_char_boundary((at + AROUND).min(part.end));
        let window = Span::new(
            memrchr(b'\n', &bytes[from..start]).map_or(from, |line| from + line + 1),
            memchr(b'\n', &bytes[at..until]).map_or(until, |line| at + line),
        );
        match windows.last_mut() {
            Some(last) if window.start <= last.end => last.end = window.end,
            _ => windows.push(window),
        }
    }
    windows
}

/// Whether four digits stand together: without a year there is no date, and most windows have none.
fn holds_year(text: &str) -> bool {
    let mut run = 0;
    text.bytes().any(|b| {
        run = if b.is_ascii_digit() { run + 1 } else { 0 };
        run == 4
    })
}

/// Whether digits stand at a mark that parts the numbers of a date.
fn may_hold_numeric(text: &str) -> bool {
    let marked = |pair: &[u8]| pair[0].is_ascii_digit() && matches!(pair[1], b'.' | b'/' | b'-');
    let apart = |three: &[u8]| three[0].is_ascii_digit() && three[1] == b' ' && three[2].is_ascii_digit();
    text.as_bytes().windows(2).any(marked) || text.as_bytes().windows(3).any(apart)
}

/// Whether no letter or digit stands right before or after the span.
pub fn stands_alone(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

fn last_number(days: &str) -> Option<u8> {
    days.split(|c: char| !c.is_ascii_digit())
        .rfind(|part| !part.is_empty())?
        .parse()
        .ok()
}

fn numeric() -> impl Iterator<Item = Regex> {
    let forms = [
        r"(?P<d>[0-9]{1,2})\. ?(?P<n>[0-9]{1,2})\. ?(?P<y>(?:19|20)[0-9]{2})",
        r"(?P<y>(?:19|20)[0-9]{2})\. ?(?P<n>[0-9]{1,2})\. ?(?P<d>[0-9]{1,2})\.?",
        r"(?P<d>[0-9]{1,2})/(?P<n>[0-9]{1,2})/(?P<y>(?:19|20)[0-9]{2})",
        r"(?P<y>(?:19|20)[0-9]{2})-(?P<n>[0-9]{2})-(?P<d>[0-9]{2})",
        r"(?P<y>(?:19|20)[0-9]{2}) (?P<n>[0-9]{1,2}) (?P<d>[0-9]{1,2})",
    ];
    forms.into_iter().filter_map(|form| Regex::new(form).ok())
}

fn pattern(template: &str, table: &LanguageTable, months: &BTreeMap<String, u8>) -> String {
    let mut pattern = String::from("(?i)");
    let mut rest = template;
    while !rest.is_empty() {
        let (piece, tail) = match rest.get(..3) {
            Some("{d}") => (days(table), &rest[3..]),
            Some("{m}") => (format!("(?P<m>{})", alternation(months.keys())), &rest[3..]),
            Some("{y}") => ("(?P<y>(?:19|20)[0-9]{2})".to_owned(), &rest[3..]),
            _ => {
                let cut = rest.find('{').filter(|cut| *cut > 0).unwrap_or(rest.len());
                (literal(&rest[..cut]), &rest[cut..])
            }
        };
        pattern.push_str(&piece);
        rest = tail;
    }
    pattern
}

fn literal(text: &str) -> String {
    regex::escape(text).replace(' ', "[ \n]+")
}

fn days(table: &LanguageTable) -> String {
    let suffix = alternation(table.date.day_suffix.iter());
    let suffix = if suffix.is_empty() {
        String::new()
    } else {
        format!("(?:{suffix})?")
    };
    let day = format!(r"[0-9]{{1,2}}{suffix}\.?");
    let joiner = alternation(table.link.and.iter().chain(&table.link.to));
    // A day list does not begin inside a number ("2016/679, 27 April 2016").
    format!("(?P<d>{day}(?:(?: ?[-–,/] ?|[ \n]+(?:{joiner})[ \n]*){day})*)")
}

/// The longest first, so that "sept." wins over "sep".
fn alternation<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let mut words: Vec<&str> = words.map(String::as_str).filter(|w| !w.is_empty()).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words.iter().map(|w| literal(w)).collect::<Vec<_>>().join("|")
}
