//! Numbers of Council documents: `10289/23`, `ST 10289 2023 INIT`, `15315/1/25 REV 1`, `6122/15 + COR 1`, `10289/23 ADD 1 to 3`.

use std::sync::LazyLock;

use memchr::{memchr_iter, memmem};
use regex::Regex;

use super::found::Found;
use crate::model::{Kind, Span, WorkId};
use crate::tables::full_year;

const RULE: &str = "council-number";

struct Patterns {
    slashed: Regex,
    spaced: Regex,
    version: Regex,
    more: Regex,
}

/// Words that make a range in the official languages.
const RANGE: [&str; 28] = [
    "tot en met",
    "til og med",
    "till och med",
    "până la",
    "to",
    "til",
    "tot",
    "t/m",
    "bis",
    "au",
    "à",
    "a",
    "al",
    "ao",
    "do",
    "až",
    "līdz",
    "iki",
    "kuni",
    "до",
    "έως",
    "ως",
    "go",
    "la",
    "sa",
    "till",
    "-",
    "–",
];

/// Words that make a list.
const LIST: [&str; 21] = [
    r"\+", ",", ";", "&", "and", "en", "og", "et", "und", "e", "y", "i", "és", "ja", "och", "και", "и",
    "agus", "ir", "un", "u",
];

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let joiners = LIST.iter().chain(&RANGE).copied().collect::<Vec<_>>().join("|");
    Some(Patterns {
        slashed: Regex::new(r"^([0-9]{3,5})(?:/([0-9]{1,2}))?/((?:19|20)[0-9]{2}|[0-9]{2})").ok()?,
        spaced: Regex::new(
            r"^ST(?:[ \n-]?([0-9]{3,5})[ \n-]|/([0-9]{3,5})/)((?:19|20)[0-9]{2})(?:[ \n/-]INIT)?",
        )
        .ok()?,
        version: Regex::new(r"^(?:[ \n]{1,3}|-|/)(REV|COR|ADD|DCL|EXT)[ \n/-]?([0-9]{1,2})").ok()?,
        more: Regex::new(&format!(
            r"^([ \n]?(?:(?:{joiners})[ \n]{{1,2}}|[-–]))((?:REV|COR|ADD)[ \n]?)?([0-9]{{1,2}})"
        ))
        .ok()?,
    })
});

/// A version: the kind of it and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Version<'a> {
    kind: &'a str,
    number: u32,
}

/// All Council numbers of the text.
pub(super) fn find(text: &str) -> Vec<Found> {
    let Some(patterns) = PATTERNS.as_ref() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for stroke in memchr_iter(b'/', text.as_bytes()) {
        slashed(text, stroke, patterns, &mut found);
    }
    for start in memmem::find_iter(text.as_bytes(), "ST") {
        spaced(text, start, patterns, &mut found);
    }
    found
}

/// `10289/23`, `15315/1/25`, `ST 10289/23`: the number whose first stroke this is.
fn slashed(text: &str, stroke: usize, patterns: &Patterns, found: &mut Vec<Found>) {
    let digits = text.as_bytes()[..stroke]
        .iter()
        .rev()
        .take(6)
        .take_while(|b| b.is_ascii_digit())
        .count();
    if !(3..=5).contains(&digits) {
        return;
    }
    let first = stroke - digits;
    let Some(captures) = patterns.slashed.captures(&text[first..]) else {
        return;
    };
    let (Some(whole), Some(number), Some(year)) = (captures.get(0), captures.get(1), captures.get(3)) else {
        return;
    };
    let start = series(text, first);
    let end = first + whole.end();
    // A year in full is written behind "ST" and after numbers of five digits, which no act has.
    let fits = year.len() == 2 || start < first || number.len() == 5;
    let digits = if year.len() == 4 {
        number.as_str().trim_start_matches('0')
    } else {
        number.as_str()
    };
    if let Some(base) = base(digits, year.as_str()).filter(|_| fits && stands(text, (start, first, end))) {
        let revision = captures.get(2).and_then(|r| r.as_str().parse().ok());
        let end = end
            + if text[end..].starts_with(" INIT") {
                " INIT".len()
            } else {
                0
            };
        number_with_versions(text, (start, end), (base, revision), found);
    }
}

/// Where a number starts with the "ST" before it.
fn series(text: &str, first: usize) -> usize {
    let before = text[..first]
        .strip_suffix([' ', '\n', '-'])
        .unwrap_or(&text[..first]);
    let named = before
        .strip_suffix("ST")
        .filter(|b| !b.ends_with(char::is_alphanumeric));
    named.map_or(first, str::len)
}

/// `ST 10289 2023 INIT`, `ST-10289-2023-REV-1`, `ST/10289/2023/INIT`.
fn spaced(text: &str, start: usize, patterns: &Patterns, found: &mut Vec<Found>) {
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_')) {
        return;
    }
    let Some(captures) = patterns.spaced.captures(&text[start..]) else {
        return;
    };
    let number = captures.get(1).or(captures.get(2));
    let (Some(whole), Some(number), Some(year)) = (captures.get(0), number, captures.get(3)) else {
        return;
    };
    let end = start + whole.end();
    if let Some(base) =
        base(number.as_str().trim_start_matches('0'), year.as_str()).filter(|_| !runs_into_word(text, end))
    {
        number_with_versions(text, (start, end), (base, None), found);
    }
}

/// The id of a Council number given as text ("10289/23", "15315/1/25 REV 1"), if it is one.
pub fn parse(text: &str) -> Option<WorkId> {
    let found = find(text.trim());
    let first = found.first().filter(|f| f.span.start == 0)?;
    match &first.designation {
        crate::model::Designation::Identified(id) => Some(id.clone()),
        _ => None,
    }
}

/// What would be a later year is the number of an act ("2025/38").
const LAST_YEAR: u16 = 2035;

/// The Council begins each year with a number above this, today with 5000.
const FIRST_NUMBER: u32 = 4000;

fn base(number: &str, year: &str) -> Option<WorkId> {
    let value: u32 = number.parse().ok()?;
    let year = full_year(year).filter(|y| (1970..=LAST_YEAR).contains(y))?;
    (!number.starts_with('0')).then(|| WorkId::council_document(value, year))
}

/// Whether digits with a slash are a Council number and no season, act, UN number or part of an address.
fn stands(text: &str, (start, first, end): (usize, usize, usize)) -> bool {
    let series = start < first;
    let before = text[..start].chars().next_back();
    let mut after = text[end..].chars();
    let next = after.next();
    let glued = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '‑' | '–' | '_' | '=' | '+');
    let runs_on = next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_'))
        || (matches!(next, Some('.' | '-' | '–' | ','))
            && after.next().is_some_and(|c| c.is_alphanumeric())
            && !lists_another(&text[end..]));
    let digits = &text[first..end];
    !before.is_some_and(glued)
        && !runs_on
        && (series
            || is_high(digits)
                && !is_span_of_years(digits)
                && !is_day(digits)
                && digits.find('/').is_some_and(|slash| slash > 3))
}

/// Whether another number stands behind a comma without a blank ("9768/16,10231/16").
fn lists_another(after: &str) -> bool {
    let number = after.strip_prefix(',').unwrap_or("");
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    (4..=5).contains(&digits) && number[digits..].starts_with('/')
}

fn is_high(digits: &str) -> bool {
    let number = digits.split('/').next().and_then(|n| n.parse::<u32>().ok());
    number.is_some_and(|n| n >= FIRST_NUMBER || digits.starts_with('0'))
}

/// "2010/11", "1999/00".
fn is_span_of_years(digits: &str) -> bool {
    let Some((from, to)) = digits.split_once('/') else {
        return false;
    };
    let (Ok(from), Ok(to)) = (from.parse::<u32>(), to.parse::<u32>()) else {
        return false;
    };
    (1900..2100).contains(&from) && (from + 1) % 100 == to
}

/// "2012/11/05".
fn is_day(digits: &str) -> bool {
    let mut parts = digits.split('/').map(str::parse::<u32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Reads what follows a number: its own version, then the further ones that are named with it.
fn number_with_versions(
    text: &str,
    (start, mut end): (usize, usize),
    (base, revision): (WorkId, Option<u32>),
    found: &mut Vec<Found>,
) {
    let Some(patterns) = PATTERNS.as_ref() else { return };
    let mut id = base.clone();
    let mut last = None;
    while let Some(captures) = patterns.version.captures(behind(text, end)) {
        let (Some(whole), Some(version)) = (captures.get(0), version(&captures, 1, 2)) else {
            break;
        };
        if runs_into_word(text, end + whole.end()) {
            break;
        }
        id = versioned(&id, version);
        end += whole.end();
        last = Some(version);
    }
    if last.is_none()
        && let Some(number) = revision.filter(|n| *n > 0)
    {
        id = versioned(&id, Version { kind: "REV", number });
    }
    found.push(Found::identified(
        Span::new(start, end),
        Kind::CouncilDocument,
        id,
        RULE,
    ));
    further_versions(text, end, (&base, last), found);
}

fn further_versions<'a>(
    text: &'a str,
    mut end: usize,
    (base, mut last): (&WorkId, Option<Version<'a>>),
    found: &mut Vec<Found>,
) {
    let Some(patterns) = PATTERNS.as_ref() else { return };
    while let Some(captures) = patterns.more.captures(behind(text, end)) {
        let (Some(whole), Some(joiner), Some(digits)) = (captures.get(0), captures.get(1), captures.get(3))
        else {
            return;
        };
        let kind = captures
            .get(2)
            .map(|k| k.as_str().trim())
            .or(last.map(|l| l.kind));
        let (Some(kind), Ok(number)) = (kind, digits.as_str().parse()) else {
            return;
        };
        let named = captures.get(2);
        let until = end + whole.end();
        if runs_into_word(text, until) || (named.is_none() && text[until..].starts_with('/')) {
            return;
        }
        let joined = Span::new(end, end + joiner.end());
        for between in range(joiner.as_str(), last, number) {
            let id = versioned(
                base,
                Version {
                    kind,
                    number: between,
                },
            );
            found.push(Found::identified(
                trimmed(text, joined),
                Kind::CouncilDocument,
                id,
                RULE,
            ));
        }
        let start = end + named.map_or(digits.start(), |k| k.start());
        let id = versioned(base, Version { kind, number });
        found.push(Found::identified(
            Span::new(start, until),
            Kind::CouncilDocument,
            id,
            RULE,
        ));
        (end, last) = (until, Some(Version { kind, number }));
    }
}

/// The few bytes behind a number in which a version or another number may stand; none where there is no digit.
fn behind(text: &str, end: usize) -> &str {
    let window = &text[end..text.floor_char_boundary(end + 40)];
    if window.bytes().any(|b| b.is_ascii_digit()) {
        window
    } else {
        ""
    }
}

/// The members of a range that have no words of their own: 2 in "ADD 1 to 3".
fn range(joiner: &str, last: Option<Version<'_>>, to: u32) -> std::ops::Range<u32> {
    let joins = RANGE.contains(&joiner.trim());
    match last {
        Some(from) if joins && to < from.number + 50 => from.number + 1..to,
        _ => 0..0,
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let slice = &text[span.start..span.end];
    let start = span.start + slice.len() - slice.trim_start().len();
    Span::new(start, start + slice.trim().len())
}

fn version<'a>(captures: &regex::Captures<'a>, kind: usize, number: usize) -> Option<Version<'a>> {
    Some(Version {
        kind: captures.get(kind)?.as_str(),
        number: captures.get(number)?.as_str().parse().ok()?,
    })
}

fn versioned(id: &WorkId, version: Version<'_>) -> WorkId {
    WorkId::new(format!("{id}-{}-{}", version.kind, version.number))
}

fn runs_into_word(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(String, String)> {
        find(text)
            .into_iter()
            .map(|f| match f.designation {
                crate::model::Designation::Identified(id) => {
                    (text[f.span.start..f.span.end].to_owned(), id.to_string())
                }
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn every_written_form_gives_its_id() {
        for (text, expected) in [
            ("10289/23", vec![("10289/23", "ST-10289-2023")]),
            ("see ST 10289/23.", vec![("ST 10289/23", "ST-10289-2023")]),
            (
                "ST 10289 2023 INIT",
                vec![("ST 10289 2023 INIT", "ST-10289-2023")],
            ),
            (
                "15315/1/25\nREV 1",
                vec![("15315/1/25\nREV 1", "ST-15315-2025-REV-1")],
            ),
            ("15315/1/25", vec![("15315/1/25", "ST-15315-2025-REV-1")]),
            (
                "6122/15 + COR 1",
                vec![("6122/15", "ST-6122-2015"), ("COR 1", "ST-6122-2015-COR-1")],
            ),
            (
                "10289/23 ADD 1 to 3",
                vec![
                    ("10289/23 ADD 1", "ST-10289-2023-ADD-1"),
                    ("to", "ST-10289-2023-ADD-2"),
                    ("3", "ST-10289-2023-ADD-3"),
                ],
            ),
            (
                "documents 11406/22 and 11259/22",
                vec![("11406/22", "ST-11406-2022"), ("11259/22", "ST-11259-2022")],
            ),
            (
                "10289/23 ADD 1 bis 3",
                vec![
                    ("10289/23 ADD 1", "ST-10289-2023-ADD-1"),
                    ("bis", "ST-10289-2023-ADD-2"),
                    ("3", "ST-10289-2023-ADD-3"),
                ],
            ),
            (
                "10289/23 ADD 1-2",
                vec![
                    ("10289/23 ADD 1", "ST-10289-2023-ADD-1"),
                    ("2", "ST-10289-2023-ADD-2"),
                ],
            ),
            (
                "9364/22, 10289/23 + ADD 1 + ADD 2",
                vec![
                    ("9364/22", "ST-9364-2022"),
                    ("10289/23", "ST-10289-2023"),
                    ("ADD 1", "ST-10289-2023-ADD-1"),
                    ("ADD 2", "ST-10289-2023-ADD-2"),
                ],
            ),
            (
                "ST 10289/23 REV 2 ADD 1 COR 1",
                vec![("ST 10289/23 REV 2 ADD 1 COR 1", "ST-10289-2023-REV-2-ADD-1-COR-1")],
            ),
            (
                "ST-10289-2023-REV-1",
                vec![("ST-10289-2023-REV-1", "ST-10289-2023-REV-1")],
            ),
            (
                "10289/2/23 REV 2",
                vec![("10289/2/23 REV 2", "ST-10289-2023-REV-2")],
            ),
            ("ST/8658/2021/INIT", vec![("ST/8658/2021/INIT", "ST-8658-2021")]),
            (
                "ST/8658/2021/REV/1",
                vec![("ST/8658/2021/REV/1", "ST-8658-2021-REV-1")],
            ),
            ("(12562/2011)", vec![("12562/2011", "ST-12562-2011")]),
            ("(00007/2018)", vec![("00007/2018", "ST-7-2018")]),
            ("14605/1/2012", vec![("14605/1/2012", "ST-14605-2012-REV-1")]),
            ("11432/07 DCL 1", vec![("11432/07 DCL 1", "ST-11432-2007-DCL-1")]),
            ("7481/98 ENFOPOL 54", vec![("7481/98", "ST-7481-1998")]),
            ("10289/23 INIT", vec![("10289/23 INIT", "ST-10289-2023")]),
            (
                "8711/20, 13629/20",
                vec![("8711/20", "ST-8711-2020"), ("13629/20", "ST-13629-2020")],
            ),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .collect();
            assert_eq!(all(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_with_a_slash_are_left_alone() {
        for text in [
            "season 2010/11",
            "A/70/237",
            "C-1234/22",
            "95/46/EC",
            "2022/2555",
            "0032/22",
            "2562/2011",
            "2025/38",
            "2017/15",
            "112562/2011",
            "1234/22/EU",
            "2012/11/05",
            "x.eu/1234/22",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }
}
