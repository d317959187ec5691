//! The lines of a page in, its footnotes out of them; and which raised numbers call them.

use std::collections::{BTreeMap, BTreeSet};

use super::Page;
use super::glyphs::Stand;
use super::line::{Line, Piece};

/// A note at the foot of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    pub number: u16,
    /// Its lines, with the number.
    pub lines: Vec<Line>,
    /// How many bytes of the text of its first line are the number and what is around it.
    pub lead: usize,
    /// Whether a raised number calls it.
    pub called: bool,
}

/// Notes are set in smaller type than this part of the body.
const SMALLER: f32 = 0.93;
/// Lines that are nearer to each other than this part of their size belong together.
const NEAR: f32 = 1.6;
/// Lines of a note that may run on over the next page.
const RUN_ON: usize = 15;

/// Takes the notes out of all pages, and finds their calls.
pub(super) fn part(pages: &mut [Page], body_size: f32) {
    for at in 0..pages.len() {
        let (before, rest) = pages.split_at_mut(at);
        let Some(page) = rest.first_mut() else { break };
        let size = page.body_size(body_size);
        for strip in &mut page.strips {
            let (body, notes) = divide(std::mem::take(strip), SMALLER * size);
            *strip = body;
            if let Some(last) = before.last_mut().and_then(|page| page.notes.last_mut()) {
                run_on(strip, last, SMALLER * size);
            }
            page.notes.extend(notes);
        }
        page.strips.retain(|strip| !strip.is_empty());
    }
    couple(pages);
}

/// The lines of the body, and the notes. A raised number begins a note wherever it stands, another one below the body in smaller
/// type only.
fn divide(lines: Vec<Line>, small: f32) -> (Vec<Line>, Vec<Note>) {
    let foot = lines.len() - lines.iter().rev().take_while(|line| line.size < small).count();
    let (mut body, mut notes): (Vec<Line>, Vec<Note>) = (Vec::new(), Vec::new());
    let mut in_note = false;
    for (at, line) in lines.into_iter().enumerate() {
        let next = notes.last().map_or(0, |note| note.number + 1);
        // A line of a note may begin with a number of its own.
        let begins = |start: &Start| start.raised || (at >= foot && (next == 0 || start.number == next));
        match (start(&line).filter(begins), notes.last_mut().filter(|_| in_note)) {
            (Some(start), _) => {
                in_note = true;
                notes.push(Note {
                    number: start.number,
                    lead: start.lead,
                    lines: vec![line],
                    called: false,
                });
            }
            (None, Some(note)) if goes_on(note, &line, small) => note.lines.push(line),
            (None, _) => {
                in_note = false;
                body.push(line);
            }
        }
    }
    (body, notes)
}

/// Whether a line belongs to the note above it: it is no larger, and where notes are as large as the body it is near.
fn goes_on(note: &Note, line: &Line, small: f32) -> bool {
    let Some(last) = note.lines.last() else {
        return false;
    };
    let near = line.y > last.y && line.y - last.y < NEAR * last.size;
    line.size <= 1.05 * last.size && (line.size < small || near)
}

/// The number that a note begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    number: u16,
    lead: usize,
    raised: bool,
}

fn start(line: &Line) -> Option<Start> {
    raised_start(&line.pieces).or_else(|| plain_start(&line.text()))
}

/// "¹² Doc.", "(¹²) OJ", the number in raised type.
fn raised_start(pieces: &[Piece]) -> Option<Start> {
    let at = match pieces {
        [first, ..] if first.stand == Stand::Raised => 0,
        [first, second, ..] if first.text.trim() == "(" && second.stand == Stand::Raised => 1,
        _ => return None,
    };
    let length = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.len()).sum::<usize>();
    let rest: String = pieces[at + 1..].iter().map(|piece| piece.text.as_str()).collect();
    let rest = rest.trim_start_matches([')', ' ', '\t']);
    let digits = pieces[at].text.trim_matches(|c: char| !c.is_alphanumeric());
    (!rest.is_empty()).then_some(Start {
        number: note_number(digits)?,
        lead: length(pieces) - rest.len(),
        raised: true,
    })
}

/// "12 Doc.", "(12) OJ", told as a note by its place and its size.
fn plain_start(text: &str) -> Option<Start> {
    let inner = text.trim_start_matches(['(', '*', ' ', '\t']);
    let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, after) = inner.split_at(digits);
    let rest = after.trim_start_matches([')', ' ', '\t']);
    let opens = text.starts_with('(');
    let closes = after.trim_start().starts_with(')');
    let apart = closes || after.starts_with([' ', '\t']);
    let follows = !rest.is_empty() && !rest.starts_with(['.', '-', '–', '%', '/']);
    (apart && follows && opens == closes).then_some(Start {
        number: note_number(digits)?,
        lead: text.len() - rest.len(),
        raised: false,
    })
}

fn note_number(digits: &str) -> Option<u16> {
    digits.parse().ok().filter(|number| (1..1000).contains(number))
}

/// Small lines at the foot of a page, before its first note, belong to the last note of the page before if that one has
/// not come to its end.
fn run_on(strip: &mut Vec<Line>, last: &mut Note, small: f32) {
    let ended = last
        .lines
        .last()
        .is_some_and(|line| line.text().trim_end().ends_with(['.', ')', ';']));
    let small = strip.iter().rev().take_while(|line| line.size < small).count();
    if !ended && (1..=RUN_ON).contains(&small) && small < strip.len() {
        last.lines.extend(strip.split_off(strip.len() - small));
    }
}

/// Tells for each note the page whose raised number calls it: its own, else the last one before without such a note.
fn couple(pages: &mut [Page]) {
    let raised: Vec<BTreeSet<u16>> = pages.iter().map(|page| raised_numbers(page).collect()).collect();
    let mut last_raised: BTreeMap<u16, usize> = BTreeMap::new();
    for at in 0..pages.len() {
        last_raised.extend(raised[at].iter().map(|number| (*number, at)));
        let numbers: Vec<u16> = pages[at].notes.iter().map(|note| note.number).collect();
        for (index, number) in numbers.into_iter().enumerate() {
            let Some(page) = last_raised.get(&number).copied() else {
                continue;
            };
            let taken = page != at && pages[page].calls.contains(&number);
            if !taken {
                pages[page].calls.insert(number);
                pages[at].notes[index].called = true;
            }
        }
    }
}

fn raised_numbers(page: &Page) -> impl Iterator<Item = u16> {
    let lines = page.strips.iter().flatten();
    lines.flat_map(|line| (0..line.pieces.len()).flat_map(|at| numbers(&line.pieces, at).unwrap_or_default()))
}

/// The numbers of a raised piece that may be calls: "12", "(12)", "12, 13". A unit with a power is none ("m²").
pub(super) fn numbers(pieces: &[Piece], at: usize) -> Option<Vec<u16>> {
    let piece = pieces.get(at).filter(|piece| piece.stand == Stand::Raised)?;
    let before = at
        .checked_sub(1)
        .and_then(|at| last_word(&pieces.get(at)?.text))
        .unwrap_or("");
    let text = piece.text.trim();
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ',' | ' ');
    let power = UNITS.contains(&before) && matches!(text, "2" | "3");
    if power || !text.chars().all(fits) {
        return None;
    }
    let split = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty());
    let numbers = split.map(|digits| digits.parse().ok().filter(|n| (1..1000).contains(n)));
    numbers
        .collect::<Option<Vec<u16>>>()
        .filter(|numbers| !numbers.is_empty())
}

/// Units of which there are powers.
const UNITS: [&str; 6] = ["m", "km", "cm", "mm", "dm", "hm"];

/// The last word, if the text ends in one.
fn last_word(text: &str) -> Option<&str> {
    text.rsplit(|c: char| !c.is_alphabetic()).next()
}
