//! The pages in, plain text out, in the conventions of reading: see the head of `read`.

use super::super::blocks::{Marker, marker};
use super::Page;
use super::glyphs::{SUBSCRIPTS, SUPERSCRIPTS, Stand};
use super::line::Line;
use super::notes::{Note, numbers};

/// Lines further apart than this part of the usual distance begin a paragraph.
const PARAGRAPH: f32 = 1.2;
/// Lines whose sizes differ by more are no one paragraph.
const OTHER_SIZE: f32 = 1.1;
/// Pages with fewer distances are measured by the whole file.
const ENOUGH: usize = 8;

/// The text of all pages.
pub(super) fn write(pages: &[Page]) -> String {
    let mut all: Vec<f32> = pages.iter().flat_map(distances).collect();
    let usual = usual(&mut all).unwrap_or(1.2);
    let mut text = String::new();
    for page in pages {
        self::page(page, usual, &mut text);
        text.push('\u{c}');
    }
    text
}

/// The distances of the lines of a page, in parts of their size.
fn distances(page: &Page) -> Vec<f32> {
    let pairs = page.strips.iter().flat_map(|strip| strip.windows(2));
    pairs
        .filter(|pair| !is_other_size(&pair[0], &pair[1]))
        .map(|pair| (pair[1].y - pair[0].y) / pair[0].size)
        .filter(|distance| (0.8..3.0).contains(distance))
        .collect()
}

fn usual(distances: &mut [f32]) -> Option<f32> {
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() * 3 / 10).copied()
}

fn is_other_size(a: &Line, b: &Line) -> bool {
    a.size.max(b.size) > OTHER_SIZE * a.size.min(b.size)
}

fn page(page: &Page, usual_of_all: f32, text: &mut String) {
    let mut own = distances(page);
    let usual = if own.len() < ENOUGH {
        usual_of_all
    } else {
        usual(&mut own).unwrap_or(usual_of_all)
    };
    let mut last: Option<&Line> = None;
    for line in page.strips.iter().flatten() {
        if last.is_some_and(|last| begins(last, line, usual)) {
            text.push('\n');
        }
        push(line, page, text);
        last = Some(line);
    }
    if !page.notes.is_empty() {
        text.push('\n');
    }
    page.notes.iter().for_each(|note| self::note(note, page, text));
    if !page.feet.is_empty() {
        text.push('\n');
    }
    page.feet.iter().for_each(|line| push(line, page, text));
}

/// Whether a line begins a paragraph after another.
fn begins(last: &Line, line: &Line, usual: f32) -> bool {
    let distance = (line.y - last.y) / last.size.max(1.0);
    let next_column = distance <= 0.0;
    let size = is_other_size(last, line);
    if next_column {
        return size || last.text().trim_end().ends_with(['.', ':', ';']);
    }
    size || distance > PARAGRAPH * usual || is_next_item(last, line)
}

/// Whether a line begins with the mark of an item or a number, and hangs out to the left of what comes before or follows on
/// another such mark right above it.
fn is_next_item(last: &Line, line: &Line) -> bool {
    let text = line.text();
    let Some(mark) = marker(text.trim()) else {
        return false;
    };
    let shift = (line.left - last.left) / line.size.max(1.0);
    let follows = |before: Marker| match (before, &mark) {
        (Marker::Number(before, _), Marker::Number(number, _)) => before
            .parse()
            .is_ok_and(|before: u32| number.parse() == Ok(before + 1)),
        (Marker::Item(_), Marker::Item(_)) => true,
        _ => false,
    };
    shift < -0.3 || (shift <= 0.3 && marker(last.text().trim()).is_some_and(follows))
}

fn note(note: &Note, page: &Page, text: &mut String) {
    for (at, line) in note.lines.iter().enumerate() {
        let start = text.len();
        push(line, page, text);
        if at == 0 && note.called {
            let body = line.text()[note.lead..].to_owned();
            text.truncate(start);
            text.push_str(&format!("[^{}]: {}\n", note.number, body.trim()));
        }
    }
}

/// Writes a line: raised numbers that call notes as calls, others as superscript digits.
fn push(line: &Line, page: &Page, text: &mut String) {
    let mut closes = false;
    for (at, piece) in line.pieces.iter().enumerate() {
        let own = std::mem::take(&mut closes)
            .then(|| piece.text.trim_start().strip_prefix(')'))
            .flatten();
        let own = own.unwrap_or(&piece.text);
        let calls = numbers(&line.pieces, at).filter(|n| n.iter().all(|n| page.calls.contains(n)));
        match (calls, piece.stand) {
            (Some(calls), _) => {
                closes = opens_bracket(line, at);
                if closes {
                    text.truncate(text.trim_end().len() - 1);
                }
                text.extend(calls.iter().map(|number| format!("[^{number}]")));
                text.push_str(&own[own.trim_end().len()..]);
            }
            (None, Stand::Raised) => text.extend(own.chars().map(|c| shifted(c, SUPERSCRIPTS))),
            (None, Stand::Lowered) => text.extend(own.chars().map(|c| shifted(c, SUBSCRIPTS))),
            (None, Stand::Level) => text.push_str(own),
        }
    }
    text.push('\n');
}

/// Whether brackets of the size of the text enclose a raised number: "(¹)".
fn opens_bracket(line: &Line, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| line.pieces.get(at));
    let after = line.pieces.get(at + 1);
    before.is_some_and(|piece| piece.stand == Stand::Level && piece.text.trim_end().ends_with('('))
        && after.is_some_and(|piece| piece.text.trim_start().starts_with(')'))
}

fn shifted(letter: char, digits: [char; 10]) -> char {
    letter
        .to_digit(10)
        .and_then(|digit| digits.get(digit as usize))
        .copied()
        .unwrap_or(letter)
}
