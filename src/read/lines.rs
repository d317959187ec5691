//! The original text as lines, and which of them are page furniture.

use std::collections::HashMap;

use crate::model::Span;

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its content without white space at the ends, in the original.
    pub span: Span,
    /// The content.
    pub text: &'a str,
    /// How many characters it has.
    pub width: usize,
    /// How many blank lines stand before it.
    pub gap: usize,
    /// Whether a form feed stands before it.
    pub page_break: bool,
}

/// Splits the text into its lines, blank ones left out.
pub(super) fn split(original: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(memchr::memchr_iter(b'\n', original.as_bytes()).count() + 1);
    let (mut start, mut gap, mut page_break) = (0, 0, false);
    for end in memchr::memchr_iter(b'\n', original.as_bytes()).chain([original.len()]) {
        let raw = &original[start..end];
        page_break |= memchr::memchr(b'\x0c', raw.as_bytes()).is_some();
        let text = trimmed(raw);
        if text.is_empty() {
            gap += 1;
        } else {
            let from = start + (text.as_ptr() as usize - raw.as_ptr() as usize);
            lines.push(Line {
                span: Span::new(from, from + text.len()),
                text,
                width: text.chars().count(),
                gap,
                page_break,
            });
            (gap, page_break) = (0, false);
        }
        start = end + 1;
    }
    lines
}

fn trimmed(raw: &str) -> &str {
    raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{c}')
}

/// Which lines are running heads and feet: by their form, or because they come again and again with another page number.
pub(super) fn furniture(lines: &[Line<'_>]) -> Vec<bool> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for key in lines.iter().filter_map(|line| repetition_key(line.text)) {
        *seen.entry(key).or_default() += 1;
    }
    seen.retain(|_, times| *times >= 3);
    let repeats = |line: &Line<'_>| {
        !seen.is_empty() && repetition_key(line.text).is_some_and(|key| seen.contains_key(&key))
    };
    let is_furniture = |line: &Line<'_>| has_form_of_furniture(line.text) || repeats(line);
    lines.iter().map(is_furniture).collect()
}

/// Whether a line has the form of a running head or foot.
pub(super) fn has_form_of_furniture(text: &str) -> bool {
    // Most lines are told by their first letter.
    let goes_on = text.starts_with(|c: char| c.is_ascii_lowercase());
    text.len() <= 100 && !goes_on && (is_foot(text) || is_unit(text) || is_page_number(text))
}

/// "11406/22   pm/LA/pm 5": the number, the initials of drafter, secretary and reviser, the page.
fn is_foot(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace().peekable();
    if !words.next().is_some_and(super::header::is_number) {
        return false;
    }
    while words.next_if(|w| matches!(*w, "REV" | "COR" | "ADD")).is_some() {
        words.next_if(|w| is_digits(w));
    }
    let initials = words
        .next()
        .unwrap_or("")
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let parts = initials.split('/').filter(|part| is_initials(part)).count();
    words.next_if(|w| is_digits(w));
    words.next_if(|w| is_language(w));
    (2..=4).contains(&parts) && parts == initials.split('/').count() && words.next().is_none()
}

/// "BILAG RELEX.1 DA", "JAI.2 LIMITE EN": the annex, the unit, the language.
fn is_unit(text: &str) -> bool {
    // Most lines are told by their first letters.
    if !text.chars().take(2).all(char::is_uppercase) {
        return false;
    }
    let mut words = text.split_ascii_whitespace().rev().peekable();
    words.next_if(|w| is_digits(w));
    let language = words.next().is_some_and(|w| w.split('/').all(is_language));
    words.next_if(|w| *w == "LIMITE");
    let rest: Vec<&str> = words.rev().collect();
    language
        && match rest.as_slice() {
            [annex, unit @ ..] if is_annex(annex) && names_unit(unit) => true,
            unit => names_unit(unit),
        }
}

/// "RELEX.1", "RELEX 1 A", "TREE.1.B".
fn names_unit(words: &[&str]) -> bool {
    let mut parts = words.iter().flat_map(|word| word.split('.'));
    let head = parts
        .next()
        .is_some_and(|h| (2..=6).contains(&h.len()) && h.bytes().all(|b| b.is_ascii_uppercase()));
    let short = |part: &str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    head && (1..=3).contains(&parts.clone().count()) && parts.all(short)
}

fn is_annex(word: &str) -> bool {
    (4..=10).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

fn is_initials(part: &str) -> bool {
    (1..=12).contains(&part.chars().count())
        && part.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.'))
}

fn is_digits(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_language(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_page_number(text: &str) -> bool {
    let inner = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | ' '));
    inner.len() <= 3
        && !inner.is_empty()
        && inner.bytes().all(|b| b.is_ascii_digit())
        && inner.len() < text.len()
}

/// The line with every number as `#`, for lines that end with a page number set apart by a wide gap or a bar.
fn repetition_key(text: &str) -> Option<String> {
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let before = &text[..text.len() - digits];
    let apart = before.ends_with("  ") || before.ends_with('\t') || before.ends_with("| ");
    if text.len() > 100 || !(1..=3).contains(&digits) || !apart {
        return None;
    }
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if key.ends_with('#') => {}
            '0'..='9' => key.push('#'),
            c => key.push(c),
        }
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_feet_are_furniture_and_numbered_lines_are_not() {
        for (text, expected) in [
            ("11406/22   pm/LA/pm 5", true),
            ("15315/1/25 REV 1\taa/BB/cc\t2", true),
            ("BILAG RELEX.1 DA", true),
            ("JAI.2  LIMITE  EN", true),
            ("ANNEX RELEX.5 EN", true),
            ("- 12 -", true),
            ("CYBER 270", false),
            ("11406/22", false),
            ("6122/15 + COR 1", false),
            ("1 Doc. 12109/13.", false),
            ("II. SOLIDAIR EN ALOMVATTEND", false),
            ("COPS 362", false),
            ("REV 1", false),
        ] {
            assert_eq!(has_form_of_furniture(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_keep_their_place_and_the_blank_lines_before_them() {
        let text = "\n a b \n\n\u{c}c";
        let lines = split(text);
        assert_eq!(
            lines
                .iter()
                .map(|l| (l.text, l.gap, l.page_break))
                .collect::<Vec<_>>(),
            [("a b", 1, false), ("c", 1, true)]
        );
        assert_eq!(&text[lines[0].span.start..lines[0].span.end], "a b");
    }
}
