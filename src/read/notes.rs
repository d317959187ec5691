//! Footnotes: which lines are notes, and which digits in the text call them.
//!
//! A digit is a call only if a note of that number exists and the calls rise in order; a line is a note only if
//! something calls it. Marked notes (`[^12]` and a line `[^12]: ...`) are known for what they are: calls and notes of one
//! label belong together in their order, whatever the label is and wherever the notes stand.

use std::collections::{HashMap, HashSet};

use super::lines::Line;
use crate::model::Span;
use crate::tables::scan;

/// A note and its call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundNote {
    pub number: u16,
    /// The index of its first line.
    pub line: usize,
    /// How many bytes of that line are the number and the blanks after it.
    pub lead: usize,
    /// What calls it, in the original; none for a marked note that nothing calls.
    pub call: Option<Span>,
    /// One past the index of its last line.
    pub end_line: usize,
}

/// All notes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The notes.
    pub found: Vec<FoundNote>,
    /// Marked calls that lead to no note of their own: a second call of one note, a call inside a note, a lost note.
    pub spare: Vec<Span>,
    /// The lines that hold nothing but the number of a note.
    pub numbers: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Superscript,
    Plain,
    Bracketed,
    Square,
    Marked,
}

#[derive(Debug, Clone, Copy)]
struct Start {
    line: usize,
    number: u16,
    lead: usize,
    style: Style,
}

#[derive(Debug, Clone, Copy)]
struct Call {
    number: u16,
    span: Span,
    line: usize,
    style: Style,
    /// Glued to a word or a closing mark rather than to capitals ("NIS2").
    likely: bool,
}

/// How many digits that may be calls are looked at before a note: keeps hostile input linear.
const REACH: usize = 2000;

/// All notes.
///
/// `journals` are the names of the Official Journal: they tell the notes of an act from its recitals of the same numbers.
pub(super) fn find(lines: &[Line<'_>], furniture: &[bool], journals: &[String]) -> Notes {
    let stacked = stacked(lines, furniture);
    let mut starts = without_recitals(starts(lines, furniture), lines, journals);
    starts.extend(stacked.iter().map(|(_, start)| *start));
    starts.sort_by_key(|start| start.line);
    let mut notes = marked(lines, &starts);
    if starts.iter().any(|start| start.style != Style::Marked) {
        notes.found.extend(unmarked(lines, furniture, &starts));
    }
    let called = |line: usize| notes.found.iter().any(|note| note.line == line);
    notes.numbers = stacked
        .iter()
        .filter(|(_, start)| called(start.line))
        .map(|(number, _)| *number)
        .collect();
    notes
}

/// Notes whose numbers a converter has set apart: lines with a number alone, one after the other, and as many lines of text
/// right behind them. Each with the line of its number.
fn stacked(lines: &[Line<'_>], furniture: &[bool]) -> Vec<(usize, Start)> {
    let alone = |at: usize| {
        lines
            .get(at)
            .filter(|_| !furniture[at])
            .and_then(|l| number(l.text.trim()))
    };
    let adjoins = |at: usize| lines[at].gap <= 1 && !lines[at].page_break;
    let mut notes = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(first) = alone(at) else {
            at += 1;
            continue;
        };
        let rising = (at + 1..lines.len())
            .zip(first + 1..)
            .take_while(|(l, n)| alone(*l) == Some(*n) && adjoins(*l));
        let count = 1 + rising.count();
        let texts = at + count..(at + 2 * count).min(lines.len());
        let begins =
            |l: &usize| adjoins(*l) && !furniture[*l] && lines[*l].text.starts_with(char::is_alphabetic);
        let ends = |l: usize| {
            l >= lines.len() || furniture[l] || lines[l].page_break || lines[l].gap > lines[l - 1].gap
        };
        if count > 1 && texts.len() == count && texts.clone().all(|l| begins(&l)) && ends(texts.end) {
            notes.extend(texts.zip(first..).enumerate().map(|(place, (line, number))| {
                (
                    at + place,
                    Start {
                        line,
                        number,
                        lead: 0,
                        style: Style::Plain,
                    },
                )
            }));
        }
        at += count;
    }
    notes
}

/// The notes told by digits, in order.
fn unmarked(lines: &[Line<'_>], furniture: &[bool], starts: &[Start]) -> Vec<FoundNote> {
    let calls = calls(lines, furniture);
    let mut notes: Vec<FoundNote> = Vec::new();
    let mut last = None;
    let starts_by_digits: Vec<&Start> = starts
        .iter()
        .filter(|start| start.style != Style::Marked)
        .collect();
    let opens = |style: Style| {
        starts
            .iter()
            .any(|start| start.number == 1 && start.style == style)
    };
    let extracts = [Style::Plain, Style::Bracketed, Style::Square].map(|style| (style, !opens(style)));
    let is_extract = |style: Style| extracts.contains(&(style, true));
    for (at, start) in starts_by_digits.iter().enumerate() {
        let next = starts_by_digits.get(at + 1).filter(|_| is_extract(start.style));
        let expected = match last {
            None => begins(start, next.copied(), &calls),
            Some(note) => follows(start, note),
        };
        if let Some(call) = expected.then(|| call_of(start, &calls, last)).flatten() {
            let note = note(start, lines, starts, Some(call));
            last = Some(Last {
                number: note.number,
                call,
                end_line: note.end_line,
            });
            notes.push(note);
        }
    }
    notes
}

fn note(start: &Start, lines: &[Line<'_>], starts: &[Start], call: Option<Span>) -> FoundNote {
    FoundNote {
        number: start.number,
        line: start.line,
        lead: start.lead,
        call,
        end_line: end_of_note(start, lines, starts),
    }
}

/// The marked notes: the first note of a label belongs to its first call, the second to the second.
fn marked(lines: &[Line<'_>], starts: &[Start]) -> Notes {
    let mut waiting: HashMap<&str, Vec<&Start>> = HashMap::new();
    let mut notes = Notes::default();
    for start in starts.iter().rev().filter(|start| start.style == Style::Marked) {
        let (label, _) = label(lines[start.line].text).unwrap_or_default();
        waiting.entry(label).or_default().push(start);
    }
    let mark = memchr::memmem::Finder::new("[^");
    for line in lines {
        let is_note = label(line.text).is_some_and(|(_, length)| line.text[length..].starts_with(':'));
        for at in mark.find_iter(line.text.as_bytes()) {
            let Some((label, length)) = label(&line.text[at..]) else {
                continue;
            };
            let span = Span::new(line.span.start + at, line.span.start + at + length);
            match waiting.get_mut(label).filter(|_| !is_note).and_then(Vec::pop) {
                Some(start) => notes.found.push(note(start, lines, starts, Some(span))),
                None if is_note && at == 0 => {}
                None => notes.spare.push(span),
            }
        }
    }
    let uncalled = waiting.into_values().flatten();
    notes
        .found
        .extend(uncalled.map(|start| note(start, lines, starts, None)));
    notes.found.sort_by_key(|note| note.line);
    notes
}

/// How long the label of a marked note may be.
const LABEL: usize = 16;

/// The label of the mark that a text begins with, and the length of the mark: `[^12]`, `[^*]`.
fn label(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("[^")?;
    let end = inner.bytes().take(LABEL + 1).position(|b| b == b']')?;
    let label = &inner[..end];
    let fits = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
    fits.then_some((label, end + 3))
}

/// The number that a label stands for: its digits, else the place of a letter in the alphabet or the count of stars.
fn number_of(label: &str) -> u16 {
    let from = label.find(|c: char| c.is_ascii_digit()).unwrap_or(label.len());
    let run = digits(&label[from..]);
    match label.bytes().next() {
        _ if run > 0 => label[from..from + run].parse().unwrap_or(u16::MAX),
        Some(letter @ (b'a'..=b'z' | b'A'..=b'Z')) => u16::from(letter.to_ascii_lowercase() - b'a') + 1,
        _ => u16::try_from(label.chars().count()).unwrap_or(u16::MAX),
    }
}

fn starts(lines: &[Line<'_>], furniture: &[bool]) -> Vec<Start> {
    let parse = |(line, l): (usize, &Line<'_>)| {
        let (number, lead, style) = note_start(l.text)?;
        (!furniture[line]).then_some(Start {
            line,
            number,
            lead,
            style,
        })
    };
    lines.iter().enumerate().filter_map(parse).collect()
}

/// How many lines a note of an act may take before it comes to the Official Journal.
const NOTE: usize = 5;

/// Acts number their recitals as they number their notes: "(5)". Of two of one number the one that gives a place in the
/// Official Journal is the note.
fn without_recitals(starts: Vec<Start>, lines: &[Line<'_>], journals: &[String]) -> Vec<Start> {
    let published = |start: &Start, next: Option<&Start>| {
        let end = next.map_or(lines.len(), |n| n.line).min(start.line + NOTE);
        let mut texts = lines[start.line..end].iter().map(|l| l.text);
        start.style == Style::Bracketed && texts.any(|text| gives_journal(text, journals))
    };
    let notes: Vec<bool> = starts
        .iter()
        .enumerate()
        .map(|(at, start)| published(start, starts.get(at + 1)))
        .collect();
    let numbers: HashSet<u16> = starts
        .iter()
        .zip(&notes)
        .filter(|(_, n)| **n)
        .map(|(s, _)| s.number)
        .collect();
    let stays = |(start, note): &(Start, bool)| {
        *note || start.style != Style::Bracketed || !numbers.contains(&start.number)
    };
    starts
        .into_iter()
        .zip(notes)
        .filter(stays)
        .map(|(start, _)| start)
        .collect()
}

/// "(4) OJ L 194, ...", "(4) Directive ... (OJ L 194, ...".
fn gives_journal(text: &str, journals: &[String]) -> bool {
    let opens = |journal: &String| {
        text.match_indices(journal.as_str()).any(|(at, _)| {
            let before = text[..at].trim_end();
            before.ends_with(['(', ')']) && text[at + journal.len()..].starts_with([' ', '\u{a0}'])
        })
    };
    text.contains(|c: char| c.is_ascii_digit()) && journals.iter().any(opens)
}

/// "12 Doc. ...", "¹² Doc. ...", "(12) OJ ...", "[12] OJ ...", "[^12]: ...".
fn note_start(text: &str) -> Option<(u16, usize, Style)> {
    let mut chars = text.chars();
    match chars.next()? {
        c if superscript(c).is_some() => {
            let (number, length) = superscript_number(text)?;
            Some((number, length + blanks(&text[length..]), Style::Superscript))
        }
        '(' => bracketed(text)
            .map(|(number, length)| (number, length + blanks(&text[length..]), Style::Bracketed)),
        '[' => match label(text) {
            Some((label, length)) => {
                let rest = text[length..].strip_prefix(':')?;
                Some((number_of(label), length + 1 + blanks(rest), Style::Marked))
            }
            None => squared(text)
                .map(|(number, length)| (number, length + blanks(&text[length..]), Style::Square)),
        },
        '1'..='9' => {
            let length = digits(text);
            let gap = blanks(&text[length..]);
            let follows = text[length + gap..].chars().next()?;
            (gap > 0 && !matches!(follows, '.' | ')' | '-' | '–' | '%' | '/')).then_some((
                number(&text[..length])?,
                length + gap,
                Style::Plain,
            ))
        }
        _ => None,
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn number(digits: &str) -> Option<u16> {
    if digits.len() > 3 || digits.starts_with('0') {
        None
    } else {
        digits.parse().ok()
    }
}

fn superscript(c: char) -> Option<u16> {
    match c {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => Some(c as u16 - '⁰' as u16),
        _ => None,
    }
}

fn superscript_number(text: &str) -> Option<(u16, usize)> {
    let mut value = 0u16;
    let mut length = 0;
    for c in text.chars().take(4) {
        let Some(digit) = superscript(c) else { break };
        value = value.checked_mul(10)?.checked_add(digit)?;
        length += c.len_utf8();
    }
    (value > 0 && value < 1000).then_some((value, length))
}

/// "(12)", "( 12 )", "(*12)".
fn bracketed(text: &str) -> Option<(u16, usize)> {
    let inner = text.strip_prefix('(')?.trim_start_matches([' ', '*']);
    let count = digits(inner);
    let rest = inner[count..].trim_start().strip_prefix(')')?;
    Some((number(&inner[..count])?, text.len() - rest.len()))
}

/// "[12]", as converters of Word and of web pages leave calls and notes.
fn squared(text: &str) -> Option<(u16, usize)> {
    let inner = text.strip_prefix('[')?;
    let count = digits(inner);
    inner[count..]
        .starts_with(']')
        .then_some((number(&inner[..count])?, count + 2))
}

fn calls(lines: &[Line<'_>], furniture: &[bool]) -> Vec<Call> {
    let mut calls = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(i, _)| !furniture[*i]) {
        let mut at = 0;
        while let Some(step) = next_mark(&line.text[at..]) {
            at += step;
            let (call, length) = call_at(line, index, at);
            if call.is_none() {
                calls.extend(glued_calls(line, index, at));
            }
            calls.extend(call);
            at += length;
        }
    }
    calls
}

/// The distance to the next character that may begin a call: a digit, a bracket, a superscript digit.
fn next_mark(text: &str) -> Option<usize> {
    scan::first(text.as_bytes(), |byte| {
        (byte.wrapping_sub(b'0') < 10) | (byte == b'(') | (byte == b'[') | (byte == 0xC2) | (byte == 0xE2)
    })
}

/// The call that begins at this byte, if one does, and how far to go on.
fn call_at(line: &Line<'_>, index: usize, at: usize) -> (Option<Call>, usize) {
    let rest = &line.text[at..];
    let before = line.text[..at].chars().next_back();
    let make = |number, length, style, likely| {
        let start = line.span.start + at;
        Call {
            number,
            span: Span::new(start, start + length),
            line: index,
            style,
            likely,
        }
    };
    let first = rest.chars().next().unwrap_or(' ');
    match first {
        '(' => match bracketed(rest).filter(|_| before.is_some()) {
            Some((_, length)) if is_paragraph(&line.text[..at]) => (None, length),
            // "2013/40(1)" is a call sooner or later.
            Some((number, length)) => {
                let likely = !before.is_some_and(|c| c.is_ascii_digit());
                (Some(make(number, length, Style::Bracketed, likely)), length)
            }
            None => (None, 1),
        },
        '[' => match squared(rest).filter(|_| before.is_some()) {
            Some((number, length)) => (Some(make(number, length, Style::Square, true)), length),
            None => (None, label(rest).map_or(1, |(_, length)| length)),
        },
        '0'..='9' => {
            let length = digits(rest);
            let call = plain_call(before, &line.text[..at], rest, length);
            (
                call.map(|(number, likely)| make(number, length, Style::Plain, likely)),
                length,
            )
        }
        _ => match superscript_number(rest).filter(|_| before.is_some()) {
            Some((number, length)) => (Some(make(number, length, Style::Superscript, true)), length),
            None => (None, first.len_utf8()),
        },
    }
}

/// Whether a bracket is glued to the number of an article, which has no more than three digits ("Article 82|(1)", "3a|(1)"): it holds
/// a paragraph.
fn is_paragraph(before: &str) -> bool {
    let number = before
        .strip_suffix(|c: char| c.is_ascii_lowercase())
        .unwrap_or(before);
    let rest = number.trim_end_matches(|c: char| c.is_ascii_digit());
    (1..=3).contains(&(number.len() - rest.len())) && rest.ends_with([' ', '\u{a0}', ','])
}

/// Numbers of acts have come nowhere near this since the year stands first.
const HIGHEST_ACT: u32 = 4000;

/// The calls that may be glued to a number which cannot be as long as it is: "2018/19931" is 2018/1993 with call 1,
/// "2017/74513" is 2017/745 with call 13, "October 20221" is 2022 with call 1.
fn glued_calls(line: &Line<'_>, index: usize, at: usize) -> Vec<Call> {
    let run = digits(&line.text[at..]);
    let (head, rest) = (&line.text[..at], &line.text[at + run..]);
    let runs_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '/');
    if !(4..=7).contains(&run) || runs_on {
        return Vec::new();
    }
    let number = &line.text[at..at + run];
    let split = |tail: &usize| {
        let (number_part, call) = number.split_at(run - tail);
        let value = self::number(call).filter(|_| may_end(head, number_part, number))?;
        let start = line.span.start + at + run - tail;
        Some(Call {
            number: value,
            span: Span::new(start, start + tail),
            line: index,
            style: Style::Plain,
            likely: true,
        })
    };
    [1, 2, 3].iter().filter_map(split).collect()
}

/// The last bytes of a text, if there are as many and they are whole characters.
fn last(text: &str, count: usize) -> &str {
    text.len()
        .checked_sub(count)
        .and_then(|from| text.get(from..))
        .unwrap_or("")
}

/// Whether a number in this place is the first part of its digits and cannot be all of them.
fn may_end(head: &str, part: &str, all: &str) -> bool {
    let is_year = |digits: &str| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let value = |digits: &str| digits.parse::<u32>().unwrap_or(u32::MAX);
    match head.strip_suffix('/') {
        Some(before) if is_year(last(before, 4)) => {
            value(all) > HIGHEST_ACT && value(part) <= HIGHEST_ACT && part.len() > 1
        }
        Some(before) => is_year(part) && before.ends_with(|c: char| c.is_ascii_digit()),
        None => {
            is_year(part) && head.trim_end_matches(' ').ends_with(char::is_alphabetic) && head.ends_with(' ')
        }
    }
}

/// Digits glued to a word ("cyberdefensie2") or to a closing mark ("cyberspace\"1,"), and how likely that is a call.
fn plain_call(before: Option<char>, head: &str, rest: &str, length: usize) -> Option<(u16, bool)> {
    let before = before?;
    let mut after = rest[length..].chars();
    let next = after.next();
    let runs_on = next.is_some_and(|c| c.is_alphanumeric() || c == '/')
        || (matches!(next, Some('.' | ',' | '-' | ':')) && after.next().is_some_and(|c| c.is_ascii_digit()));
    let closes = matches!(
        before,
        '"' | '”' | '“' | '’' | '\'' | '»' | ')' | ']' | ';' | '!' | '?' | '…'
    );
    let said = head.chars().rev().nth(1);
    let stop = matches!(before, '.' | ',' | ':')
        && (said.is_some_and(char::is_alphabetic) || ends_year(head) && ends_clause(&rest[length..]));
    if runs_on || !(before.is_alphabetic() || closes || stop) {
        return None;
    }
    let word = head.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let acronym = !word.is_empty() && word.chars().all(char::is_uppercase);
    Some((number(&rest[..length])?, !acronym))
}

/// Whether a text ends in a year and a mark: "in June 2017.".
fn ends_year(head: &str) -> bool {
    let head = head.trim_end_matches(['.', ',']);
    let year = head.get(head.len().saturating_sub(4)..).unwrap_or("");
    let before = head[..head.len() - year.len()].chars().next_back();
    let century = year.starts_with("19") || year.starts_with("20");
    century && digits(year) == 4 && before.is_some_and(char::is_whitespace)
}

/// Whether another word or nothing follows.
fn ends_clause(rest: &str) -> bool {
    let word = rest.trim_start();
    word.is_empty() || word.len() < rest.len() && word.starts_with(char::is_alphabetic)
}

/// What is kept of the note before.
#[derive(Clone, Copy)]
struct Last {
    number: u16,
    call: Span,
    end_line: usize,
}

/// Whether a note may be the first: it has the number 1, or it stands high, or it opens an extract, in which no note has
/// the number 1: then the note after it, `next`, has the next number, and both have calls in order.
fn begins(start: &Start, next: Option<&Start>, calls: &[Call]) -> bool {
    let in_order = |next: &Start| {
        let before = calls.partition_point(|call| call.line < start.line);
        let mut likely = calls[before.saturating_sub(REACH)..before]
            .iter()
            .filter(|call| call.likely);
        let mut called =
            |note: &Start| likely.any(|call| call.number == note.number && pairs(call.style, note.style));
        called(start) && called(next)
    };
    let follower = next.filter(|next| next.style == start.style && next.number == start.number + 1);
    start.number == 1 || start.style == Style::Superscript || follower.is_some_and(in_order)
}

/// Whether a note may come after another: numbers rise, one by one where they do not stand out, or begin again.
fn follows(start: &Start, note: Last) -> bool {
    start.number == note.number + 1
        || (start.style != Style::Plain && start.number > note.number)
        || start.number == 1
}

/// The call of a note: of its number, after the last call, before the note; best on the page of the note.
fn call_of(start: &Start, calls: &[Call], last: Option<Last>) -> Option<Span> {
    let after = last.map_or(0, |note| note.call.end);
    let fits = |call: &&Call| {
        call.number == start.number && call.span.start >= after && pairs(call.style, start.style)
    };
    let page = last.map_or(0, |note| note.end_line);
    let rank = |call: &&Call| (call.likely, call.line >= page, std::cmp::Reverse(call.span.start));
    let end = calls.partition_point(|call| call.line < start.line);
    let first = calls
        .partition_point(|call| call.span.start < after)
        .max(end.saturating_sub(REACH))
        .min(end);
    let best = calls[first..end].iter().filter(fits).max_by_key(rank);
    best.map(|call| call.span)
}

fn pairs(call: Style, note: Style) -> bool {
    match note {
        Style::Superscript | Style::Plain => matches!(call, Style::Superscript | Style::Plain),
        Style::Bracketed | Style::Square => call == note,
        Style::Marked => false,
    }
}

/// A note runs on over lines that follow without a blank one, unless it has ended in a full stop well before the margin. One that
/// says where it begins ("[^12]: ...") goes on whatever its lines look like.
fn end_of_note(start: &Start, lines: &[Line<'_>], starts: &[Start]) -> usize {
    let mut end = start.line + 1;
    while let Some(line) = lines.get(end) {
        let last = &lines[end - 1];
        let ended = last.text.ends_with(['.', ')']) && last.text.len() < 60;
        let next = starts
            .binary_search_by_key(&end, |s| s.line)
            .map(|at| starts[at].style);
        // A page number before its word may come to stand at the start of a line ("OV L 151, 7.6.2019., |15. lpp.").
        let goes_on = last.text.ends_with(',') && line.text.contains(". ");
        let (ended, begins) = match start.style {
            Style::Marked => (false, next == Ok(Style::Marked)),
            _ => (ended, next.is_ok() || (opens_block(line.text) && !goes_on)),
        };
        let running = super::lines::has_form_of_furniture(line.text);
        if line.gap > 0 || line.page_break || ended || begins || running {
            break;
        }
        end += 1;
    }
    end
}

fn opens_block(text: &str) -> bool {
    super::blocks::marker(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(u16, String)> {
        let lines = super::super::lines::split(text);
        let furniture = vec![false; lines.len()];
        find(&lines, &furniture, &[])
            .found
            .into_iter()
            .map(|n| {
                (
                    n.number,
                    text[..n.call.unwrap().start]
                        .split_whitespace()
                        .next_back()
                        .unwrap_or("")
                        .to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn calls_glued_to_words_and_quotes_are_found() {
        let text = "– the framework for cyberdefence1,\n– an \"open cyberspace\"2,\n– diplomacy³,\n\n1 Doc. 15585/14.\n2 Doc. 12109/13.\n3 Doc. 6122/15.\n";
        let found = numbers(text);
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(found[0].1, "cyberdefence");
    }

    #[test]
    fn a_call_may_stand_behind_a_year_and_a_mark() {
        let text = "It was set up in 2017.1 It grew in 2019,2 as told.\n\n1 Doc. 1/14.\n2 Doc. 2/14.\n";
        assert_eq!(numbers(text), [(1, "2017.".to_owned()), (2, "2019,".to_owned())]);
        assert_eq!(numbers("It grew by 2017.1 %.\n\n1 Doc. 1/14.\n"), []);
    }

    #[test]
    fn numbers_may_stand_apart_from_their_notes() {
        let text = "– the framework for cyberdefence1,\n– diplomacy2,\n\n1\n2\nDoc. 15585/14.\nDoc. 6122/15.\n\nThe end.\n";
        assert_eq!(
            numbers(text),
            [(1, "cyberdefence".to_owned()), (2, "diplomacy".to_owned())]
        );
        let three = text.replace("Doc. 6122/15.\n", "Doc. 6122/15.\nDoc. 7290/21.\n");
        assert_eq!(numbers(&three), []);
    }

    #[test]
    fn a_digit_without_a_note_is_no_call() {
        assert_eq!(numbers("5G and NIS2 matter in 2020, as does CyCLES2022.\n"), []);
    }

    #[test]
    fn a_call_glued_to_a_number_is_told_by_what_the_number_can_be() {
        for (text, call, left) in [
            ("Decision (EU) 2018/19931 holds", 1, "2018/1993"),
            ("Regulation (EU) 2017/7451 holds", 1, "2017/745"),
            ("of October 20221, it", 1, "2022"),
            ("Regulation (EU) No 910/20141 holds", 1, "910/2014"),
        ] {
            let whole = format!("{text} for all of them and more.\n\n1 OJ L 1, 1.1.2018, p. 1.\n");
            let lines = super::super::lines::split(&whole);
            let found = find(&lines, &vec![false; lines.len()], &[]).found;
            assert_eq!(
                found.iter().map(|n| n.number).collect::<Vec<_>>(),
                [call],
                "{text}"
            );
            assert!(whole[..found[0].call.unwrap().start].ends_with(left), "{text}");
        }
        assert_eq!(
            numbers("Directive (EU) 2022/2551 holds for all.\n\n1 OJ L 1, 1.1.2018, p. 1.\n"),
            []
        );
    }

    #[test]
    fn an_acronym_with_a_digit_loses_to_a_word_with_one() {
        let text = "The policy1 on NIS2 and the strategy2 hold.\n\n1 Doc. 1/14.\n2 Doc. 2/14.\n";
        assert_eq!(numbers(text)[1].1, "strategy");
    }

    #[test]
    fn calls_and_notes_may_stand_in_square_brackets() {
        let text = "The strategy[1] and the act [2] hold.\n\n[1] JOIN(2020) 18 final.\n[2] OJ L 1, 1.1.2018, p. 1.\n";
        let found = numbers(text);
        assert_eq!(found, [(1, "strategy".to_owned()), (2, "act".to_owned())]);
    }

    #[test]
    fn an_extract_begins_with_any_note() {
        let text = "The posture12 and the toolbox13 hold.\n\n12 Doc. 9364/22.\n13 Doc. 10474/17.\n";
        assert_eq!(
            numbers(text),
            [(12, "posture".to_owned()), (13, "toolbox".to_owned())]
        );
        assert_eq!(numbers("The posture12 holds.\n\n12 Member States agree.\n"), []);
    }

    #[test]
    fn marked_notes_may_restart_and_have_any_label() {
        let text = "One[^1] two[^2] three[^*] again[^1] and anew[^1] lost[^9].\n\n[^1]: A.\n[^2]: B.\n[^*]: C [^2].\n[^1]: D.\n[^x]: E.\n";
        let lines = super::super::lines::split(text);
        let notes = find(&lines, &vec![false; lines.len()], &[]);
        let words = |n: &FoundNote| {
            let before = n.call.map(|c| text[..c.start].rsplit(' ').next().unwrap());
            (n.number, before, &lines[n.line].text[n.lead..])
        };
        let expected = [
            (1, Some("One"), "A."),
            (2, Some("two"), "B."),
            (1, Some("three"), "C [^2]."),
            (1, Some("again"), "D."),
            (24, None, "E."),
        ];
        assert_eq!(notes.found.iter().map(words).collect::<Vec<_>>(), expected);
        assert_eq!(notes.spare.len(), 3);
    }

    #[test]
    fn a_marked_call_is_told_from_the_number_before_it() {
        let text = "Regulation (EU) 2017/745[^13] holds.\n\n[^13]: OJ L 117, 5.5.2017, p. 1.\n";
        assert_eq!(numbers(text), [(13, "2017/745".to_owned())]);
    }

    #[test]
    fn a_wrapped_line_that_begins_with_a_number_is_no_note() {
        assert_eq!(
            numbers("The network reaches\n27 Member States and\n5 partners.\n"),
            []
        );
    }
}
