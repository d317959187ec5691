//! The written forms of dates: the words of a language and a place in a text in, the date that is written there out.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

use super::LanguageTable;
use crate::model::PartialDate;

/// By so many bytes most words are told to be no month; no form of one is shorter.
const BEGINNING: usize = 3;

/// What a date is written with in a language.
#[derive(Debug)]
pub(super) struct DateTerms {
    /// The forms of the months by their first bytes, the longest first.
    months: HashMap<u32, Vec<(String, u8)>, FixedState>,
    /// What may be glued to a day, the longest first.
    suffixes: Vec<String>,
    /// The words between the days of a list, the longest first.
    joiners: Vec<String>,
}

/// A number or the name of a month in a text.
#[derive(Debug, Clone, Copy)]
struct Term {
    start: usize,
    end: usize,
    value: u8,
}

impl DateTerms {
    /// The terms of a table.
    pub fn new(table: &LanguageTable) -> Self {
        let mut months: HashMap<_, Vec<(String, u8)>, FixedState> = HashMap::default();
        for (forms, month) in table.date.months.iter().zip(1..) {
            for form in forms {
                let beginning = beginning(form).unwrap_or_default();
                months.entry(beginning).or_default().push((form.clone(), month));
            }
        }
        for forms in months.values_mut() {
            forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        }
        Self {
            months,
            suffixes: longest_first(&table.date.day_suffix),
            joiners: longest_first(table.link.and.iter().chain(&table.link.to)),
        }
    }

    /// The names of months that begin at a place, the longest first: "sept." before "sep".
    fn months(&self, text: &str, start: usize) -> impl Iterator<Item = Term> {
        let forms = beginning(&text[start..]).and_then(|bytes| self.months.get(&bytes));
        forms.into_iter().flatten().filter_map(move |(form, month)| {
            let end = after(text, start, form)?;
            Some(Term {
                start,
                end,
                value: *month,
            })
        })
    }

    /// The lists of days that begin at a place, the longest first, each with its last day: conclusions bear the date of
    /// the last day. Ways that lead to one end count once: "1.-2.-3." has as many lists as days, not as subsets of them.
    fn days(&self, text: &str, start: usize) -> Vec<Term> {
        let (mut lists, mut ends) = (Vec::new(), BTreeSet::new());
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let Some((digits, value)) = number(text, at, 1) else {
                continue;
            };
            for end in self.day_ends(text, digits).filter(|end| ends.insert(*end)) {
                open.extend(self.next_days(text, end));
                lists.push(Term { start, end, value });
            }
        }
        lists.sort_by_key(|list| std::cmp::Reverse(list.end));
        lists
    }

    /// Where a day ends of which the digits end at a place: behind a suffix and a full stop, or without.
    fn day_ends(&self, text: &str, digits: usize) -> impl Iterator<Item = usize> {
        let suffixes = self.suffixes.iter();
        let ends = suffixes.filter_map(move |suffix| after(text, digits, suffix));
        ends.chain([digits])
            .flat_map(|end| after(text, end, ".").into_iter().chain([end]))
    }

    /// Where the next day of a list may begin: behind a mark ("17-19", "17, 19") or a word ("17 and 19").
    fn next_days(&self, text: &str, at: usize) -> impl Iterator<Item = usize> {
        let blank = past_blank(text, at);
        let mark = ["-", "–", ",", "/"]
            .iter()
            .find_map(|mark| after(text, blank, mark));
        let word = after(text, at, " ");
        let joined = move |joiner: &String| after(text, word?, joiner);
        let words = self.joiners.iter().filter_map(joined);
        let words = words.map(|end| after(text, end, " ").unwrap_or(end));
        mark.map(|end| past_blank(text, end)).into_iter().chain(words)
    }
}

/// A text with all that dates in it are made of, in order of place.
#[derive(Debug)]
pub(super) struct DateText<'t> {
    pub text: &'t str,
    words: Vec<usize>,
    numbers: Vec<usize>,
    months: Vec<Term>,
    /// Where the months stand.
    named: Vec<usize>,
    /// Lists of days, where there are months.
    days: Vec<Term>,
}

impl<'t> DateText<'t> {
    /// Finds the words, numbers, months and days of a text.
    pub fn new(text: &'t str, terms: &DateTerms) -> Self {
        let (words, numbers) = starts(text);
        let months: Vec<Term> = words.iter().flat_map(|at| terms.months(text, *at)).collect();
        let dated: &[usize] = if months.is_empty() { &[] } else { &numbers };
        Self {
            text,
            days: dated.iter().flat_map(|at| terms.days(text, *at)).collect(),
            named: months.iter().map(|month| month.start).collect(),
            words,
            numbers,
            months,
        }
    }

    /// Whether it names a month.
    pub fn names_month(&self) -> bool {
        !self.months.is_empty()
    }

    /// The places at which a form may begin.
    pub fn starts(&self, form: &DateForm) -> &[usize] {
        match form.0.first() {
            Some(Piece::Month) => &self.named,
            Some(Piece::Literal(_)) => &self.words,
            _ => &self.numbers,
        }
    }
}

/// A part of a form.
#[derive(Debug, Clone)]
enum Piece {
    /// A day or a list of days.
    Days,
    /// The name of a month.
    Month,
    Year,
    /// A single day in digits, no fewer than this.
    Day(usize),
    /// The number of a month in digits, no fewer than this.
    MonthNumber(usize),
    /// A blank that may be absent.
    Gap,
    Literal(String),
}

/// How templates name pieces; in the tables stand the first three alone.
const PIECES: [(&str, Piece); 8] = [
    ("{d}", Piece::Days),
    ("{m}", Piece::Month),
    ("{y}", Piece::Year),
    ("{day}", Piece::Day(1)),
    ("{dd}", Piece::Day(2)),
    ("{month}", Piece::MonthNumber(1)),
    ("{mm}", Piece::MonthNumber(2)),
    ("{}", Piece::Gap),
];

/// What is known of a date that is being read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
}

impl Parts {
    /// The same in a year.
    pub fn with_year(self, year: u16) -> Self {
        let year = Some(year);
        Self { year, ..self }
    }

    fn with_month(self, month: u8) -> Self {
        let month = Some(month);
        Self { month, ..self }
    }

    fn with_day(self, day: u8) -> Self {
        let day = Some(day);
        Self { day, ..self }
    }

    fn date(self) -> Option<PartialDate> {
        let (year, month) = (self.year?, self.month?);
        match self.day {
            None => PartialDate::month(year, month),
            Some(day) => PartialDate::day(year, month, day),
        }
    }
}

/// A form in which dates are written.
#[derive(Debug)]
pub(super) struct DateForm(Vec<Piece>);

impl DateForm {
    /// The form of a template; what names no piece stands for itself.
    pub fn new(template: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = template;
        while !rest.is_empty() {
            let named = PIECES
                .iter()
                .find_map(|(name, piece)| Some((piece.clone(), rest.strip_prefix(name)?)));
            let (piece, behind) = named.unwrap_or_else(|| {
                let brace = rest.char_indices().skip(1).find(|(_, c)| *c == '{');
                let (literal, behind) = rest.split_at(brace.map_or(rest.len(), |(at, _)| at));
                (Piece::Literal(literal.to_owned()), behind)
            });
            pieces.push(piece);
            rest = behind;
        }
        Self(pieces)
    }

    /// The part of a form that gives the day and the month, if the year stands before or behind it.
    pub fn without_year(&self, is_wanted: impl Fn(std::ops::Range<usize>, usize) -> bool) -> Option<Self> {
        let place = |wanted: fn(&Piece) -> bool| self.0.iter().position(wanted);
        let day = place(|piece| matches!(piece, Piece::Days))?;
        let month = place(|piece| matches!(piece, Piece::Month))?;
        let year = place(|piece| matches!(piece, Piece::Year))?;
        let part = day.min(month)..day.max(month) + 1;
        is_wanted(part.clone(), year).then(|| Self(self.0[part].to_vec()))
    }

    /// The date that stands at a place in this form, with its end; `stands` tells whether it may end there.
    pub fn read(
        &self,
        text: &DateText<'_>,
        (at, known): (usize, Parts),
        stands: &dyn Fn(usize) -> bool,
    ) -> Option<(usize, PartialDate)> {
        read(&self.0, text, (at, known), stands)
    }
}

fn read(
    pieces: &[Piece],
    text: &DateText<'_>,
    (at, known): (usize, Parts),
    stands: &dyn Fn(usize) -> bool,
) -> Option<(usize, PartialDate)> {
    let Some((piece, rest)) = pieces.split_first() else {
        return Some((at, known.date()?)).filter(|_| stands(at));
    };
    let go_on = |end: usize, known: Parts| read(rest, text, (end, known), stands);
    match piece {
        Piece::Days => terms_at(&text.days, at).find_map(|list| go_on(list.end, known.with_day(list.value))),
        Piece::Month => {
            terms_at(&text.months, at).find_map(|name| go_on(name.end, known.with_month(name.value)))
        }
        Piece::Year => year(text.text, at).and_then(|(end, year)| go_on(end, known.with_year(year))),
        Piece::Day(least) => {
            number(text.text, at, *least).and_then(|(end, day)| go_on(end, known.with_day(day)))
        }
        Piece::MonthNumber(least) => {
            number(text.text, at, *least).and_then(|(end, month)| go_on(end, known.with_month(month)))
        }
        Piece::Gap => go_on(past_blank(text.text, at), known),
        Piece::Literal(literal) => go_on(after(text.text, at, literal)?, known),
    }
}

/// The terms that begin at a place; all stand in order of place.
fn terms_at(terms: &[Term], at: usize) -> impl Iterator<Item = &Term> {
    let first = terms.partition_point(|term| term.start < at);
    terms[first..].iter().take_while(move |term| term.start == at)
}

/// The places at which words begin, and those at which numbers do.
fn starts(text: &str) -> (Vec<usize>, Vec<usize>) {
    let (mut words, mut numbers) = (Vec::with_capacity(text.len() / 4), Vec::new());
    let mut in_word = false;
    for (at, byte) in text.bytes().enumerate() {
        let letter = match byte {
            0..0x80 => byte.is_ascii_alphanumeric(),
            // Inside a character.
            0x80..0xC0 => continue,
            _ => text[at..].starts_with(char::is_alphanumeric),
        };
        match byte {
            _ if in_word || !letter => {}
            b'0'..=b'9' => numbers.push(at),
            _ => words.push(at),
        }
        in_word = letter;
    }
    (words, numbers)
}

/// The first bytes of a word in lower case.
fn beginning(word: &str) -> Option<u32> {
    let bytes: [u8; BEGINNING] = *word.as_bytes().first_chunk()?;
    let together = |[a, b, c]: [u8; BEGINNING]| u32::from_be_bytes([0, a, b, c]);
    if bytes.is_ascii() {
        return Some(together(bytes.map(|byte| byte.to_ascii_lowercase())));
    }
    let letters: String = word.chars().take(BEGINNING).map(folded).collect();
    letters.as_bytes().first_chunk().copied().map(together)
}

/// A number of one or two digits, no fewer than `least`, with its end.
fn number(text: &str, at: usize, least: usize) -> Option<(usize, u8)> {
    let rest = text.get(at..)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let digits = Some(&rest[..length]).filter(|_| (least..=2).contains(&length))?;
    Some((at + length, digits.parse().ok()?))
}

/// A year of the last century or this one, with its end.
fn year(text: &str, at: usize) -> Option<(usize, u16)> {
    let digits = text.get(at..at + 4)?;
    let near = digits.starts_with("19") || digits.starts_with("20");
    let year = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse());
    Some((at + 4, year?.ok()?)).filter(|_| near)
}

/// The place behind words that stand at a place in any case; a blank stands for any number of blanks and line breaks.
pub(super) fn after(text: &str, at: usize, words: &str) -> Option<usize> {
    let mut rest = text.get(at..)?;
    for wanted in words.chars() {
        let behind = match wanted {
            ' ' => rest.trim_start_matches([' ', '\n']),
            wanted => rest.strip_prefix(|c: char| c == wanted || folded(c) == folded(wanted))?,
        };
        if behind.len() == rest.len() {
            return None;
        }
        rest = behind;
    }
    Some(text.len() - rest.len())
}

fn past_blank(text: &str, at: usize) -> usize {
    at + usize::from(text[at..].starts_with(' '))
}

/// A letter in lower case; a final sigma is a sigma.
fn folded(c: char) -> char {
    match c {
        'ς' => 'σ',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Words, the longest first, so that "sept." wins over "sep".
pub(super) fn longest_first<'a>(words: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let mut words: Vec<String> = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .cloned()
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}
