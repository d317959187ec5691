//! The dates in a text of one language.

use memchr::{memchr, memchr2_iter, memrchr};

use super::date_form::{DateForm, DateTerms, DateText, Parts, after, longest_first};
use super::{LanguageTable, scan};
use crate::model::{PartialDate, Span};

/// A date found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateHit {
    /// Where it stands.
    pub span: Span,
    /// The date; of several days ("21 and 22 March 2024") the last, as conclusions bear the date of the last day.
    pub date: PartialDate,
}

impl DateHit {
    /// The same in a text that begins so many bytes earlier.
    fn moved(self, by: usize) -> Self {
        let span = Span::new(self.span.start + by, self.span.end + by);
        Self { span, ..self }
    }
}

/// Finds the dates of one language; numeric dates (17.12.2018, 2018-12-17) in every language.
#[derive(Debug)]
pub struct DatePatterns {
    terms: DateTerms,
    /// With the name of a month.
    written: Vec<DateForm>,
    /// In digits alone.
    numeric: Vec<DateForm>,
    /// A day and month without year in front of a date, and behind one: "28 June and |15 December 2016".
    before: Option<DateForm>,
    behind: Option<DateForm>,
    /// The words between dates of one year.
    and: Vec<String>,
    of: Vec<String>,
}

/// The forms of dates in digits alone.
const NUMERIC: [&str; 6] = [
    "{day}.{}{month}.{}{y}",
    "{y}.{}{month}.{}{day}",
    "{y}.{}{month}.{}{day}.",
    "{day}/{month}/{y}",
    "{y}-{mm}-{dd}",
    "{y} {month} {day}",
];

impl DatePatterns {
    /// The patterns of a table.
    pub fn new(table: &LanguageTable) -> Self {
        let templates = table.date.full.iter().chain(&table.date.partial);
        let written: Vec<DateForm> = templates.map(|template| DateForm::new(template)).collect();
        // The first form is the usual one.
        let usual = written.first();
        Self {
            terms: DateTerms::new(table),
            numeric: NUMERIC.into_iter().map(DateForm::new).collect(),
            before: usual.and_then(|form| form.without_year(|part, year| part.end <= year)),
            behind: usual.and_then(|form| form.without_year(|part, year| year < part.start)),
            written,
            and: longest_first(&table.link.and),
            of: longest_first(&table.link.of),
        }
    }

    /// All dates in a part of a longer text, in order of place, each inside its line.
    pub fn find_in(&self, text: &str, part: Span) -> Vec<DateHit> {
        let mut hits = Vec::new();
        for window in windows(text, part) {
            let mut found = self.find(&text[window.start..window.end]).into_iter().peekable();
            while let Some(hit) = found.next() {
                let hit = hit.moved(window.start);
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
        let known = Parts::default().with_year(hit.date.years());
        while let Some(found) = self.shared_before(text, part.start, (hits[0].span.start, known)) {
            hits.insert(0, found);
        }
        let mut end = hit.span.end;
        while let Some(found) = self.shared_behind(text, part.end, (end, known)) {
            end = found.span.end;
            hits.push(found);
        }
        hits
    }

    /// The day and month that a list word joins to the date behind them.
    fn shared_before(&self, text: &str, from: usize, (end, known): (usize, Parts)) -> Option<DateHit> {
        let form = self.before.as_ref()?;
        let start = text.floor_char_boundary(end.saturating_sub(AROUND)).max(from);
        let head = text.get(start..end).filter(|head| is_dated(head))?;
        let head = DateText::new(head, &self.terms);
        let joined = |at: usize| self.joined(head.text, at).any(|next| next == head.text.len());
        let stands = |at: usize| stands_free(head.text, at) && joined(at);
        let found = hits(form, &head, known, &stands).next()?;
        Some(found.moved(start))
    }

    /// The day and month that a list word joins to the date before them.
    fn shared_behind(&self, text: &str, until: usize, (start, known): (usize, Parts)) -> Option<DateHit> {
        let form = self.behind.as_ref()?;
        let end = text.ceil_char_boundary(start + AROUND).min(until);
        let tail = text.get(start..end).filter(|tail| is_dated(tail))?;
        let tail = DateText::new(tail, &self.terms);
        let stands = |at: usize| stands_free(tail.text, at);
        let (at, (end, date)) = self
            .joined(tail.text, 0)
            .find_map(|at| Some((at, form.read(&tail, (at, known), &stands)?)))?;
        let span = Span::new(at, end);
        Some(DateHit { span, date }.moved(start))
    }

    /// Where a date may begin that a list word or a comma joins to what ends at a place.
    fn joined<'a>(&'a self, text: &'a str, at: usize) -> impl Iterator<Item = usize> + 'a {
        let comma = after(text, at, ",");
        let blank = after(text, comma.unwrap_or(at), " ");
        let listed = self.and.iter().filter_map(move |and| after(text, blank?, and));
        let owned = move |end: usize| {
            let of = self
                .of
                .iter()
                .filter_map(move |of| after(text, after(text, end, " ")?, of));
            of.chain([end]).filter_map(|end| after(text, end, " "))
        };
        comma.into_iter().chain(listed).flat_map(owned)
    }

    /// All dates of the text, in order, without overlap; where two readings overlap the longer wins.
    pub fn find(&self, text: &str) -> Vec<DateHit> {
        if !holds_year(text) {
            return Vec::new();
        }
        let numeric = if may_hold_numeric(text) {
            &self.numeric[..]
        } else {
            &[]
        };
        let text = DateText::new(text, &self.terms);
        let written = if text.names_month() {
            &self.written[..]
        } else {
            &[]
        };
        let stands = |end: usize| stands_free(text.text, end);
        let forms = written.iter().chain(numeric);
        without_overlaps(
            forms
                .flat_map(|form| hits(form, &text, Parts::default(), &stands))
                .collect(),
        )
    }
}

/// The dates of one form, without overlap; `stands` tells whether one may end at a place.
fn hits<'a>(
    form: &'a DateForm,
    text: &'a DateText<'_>,
    known: Parts,
    stands: &'a dyn Fn(usize) -> bool,
) -> impl Iterator<Item = DateHit> + 'a {
    let mut free = 0;
    text.starts(form).iter().filter_map(move |&start| {
        let (end, date) = if start < free {
            None
        } else {
            form.read(text, (start, known), stands)
        }?;
        free = end;
        let span = Span::new(start, end);
        Some(DateHit { span, date })
    })
}

fn without_overlaps(mut hits: Vec<DateHit>) -> Vec<DateHit> {
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

/// Whether a text holds a digit: without a day there is no date.
fn is_dated(text: &str) -> bool {
    scan::digit(text.as_bytes()).is_some()
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
    let apart =
        |mark: u8, next: u8| matches!(mark, b'.' | b'/' | b'-') || mark == b' ' && next.is_ascii_digit();
    let mut three = text.as_bytes().windows(3);
    three.any(|three| three[0].is_ascii_digit() && apart(three[1], three[2]))
}

/// Whether no letter or digit goes on at a place.
fn stands_free(text: &str, at: usize) -> bool {
    !text[at..].starts_with(char::is_alphanumeric)
}

/// Whether no letter or digit stands right before or after the span.
pub fn stands_alone(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use crate::model::{Language, Span};
    use crate::tables::Tables;

    /// The dates of a text, each with its words.
    fn dates(tables: &Tables, language: &str, text: &str) -> Vec<(String, String)> {
        let language = Language::parse(language).unwrap();
        let hits = tables.dates(language).find_in(text, Span::new(0, text.len()));
        hits.iter()
            .map(|hit| {
                (
                    text[hit.span.start..hit.span.end].to_owned(),
                    hit.date.to_string(),
                )
            })
            .collect()
    }

    #[test]
    fn dates_are_found_as_they_are_written() {
        let tables = Tables::builtin().unwrap();
        for (language, text, expected) in [
            (
                "en",
                "on 17 December 2018.",
                vec![("17 December 2018", "2018-12-17")],
            ),
            (
                "en",
                "of 21 and 22 MARCH 2024",
                vec![("21 and 22 MARCH 2024", "2024-03-22")],
            ),
            (
                "en",
                "in November 2020, 2 days",
                vec![("November 2020", "2020-11")],
            ),
            (
                "en",
                "28 June and 15 December 2016",
                vec![("28 June", "2016-06-28"), ("15 December 2016", "2016-12-15")],
            ),
            (
                "en",
                "L 320, 17.12.2018, 2018-12-18",
                vec![("17.12.2018", "2018-12-17"), ("2018-12-18", "2018-12-18")],
            ),
            // A day that a month does not have leaves the month.
            (
                "en",
                "31 June 2022, 5 May 20225, 117.12.2018",
                vec![("June 2022", "2022-06")],
            ),
            ("el", "18 ΙΟΥΛΊΟΥ 2022", vec![("18 ΙΟΥΛΊΟΥ 2022", "2022-07-18")]),
            (
                "hu",
                "2013. február 12-i és 2014. június",
                vec![("2013. február 12-i", "2013-02-12"), ("2014. június", "2014-06")],
            ),
            (
                "fi",
                "vuoden 2014 kesäkuu",
                vec![("vuoden 2014 kesäkuu", "2014-06")],
            ),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(words, date): (&str, &str)| (words.to_owned(), date.to_owned()))
                .collect();
            assert_eq!(dates(&tables, language, text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_list_of_days_is_read_once() {
        let tables = Tables::builtin().unwrap();
        let list = format!("{}28. Mai 2022", "1.-".repeat(36));
        let expected = [("Mai 2022", "2022-05"), (&list, "2022-05-28")];
        let expected = expected.map(|(words, date)| (words.to_owned(), date.to_owned()));
        assert_eq!(dates(&tables, "de", &format!("Mai 2022 {list}")), expected);
    }
}
