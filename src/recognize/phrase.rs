//! Where a topic or a title begins and ends.

use super::lexicon::Word;
use super::phrases::Phrases;
use super::scene::Scene;
use crate::model::Span;

/// No title is longer than this many bytes.
const LONGEST: usize = 320;

/// The topic of conclusions whose head ends at `at`: after "on", or in quotes.
pub(super) fn topic(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let window = scene.ahead(at, LONGEST);
    let rest = window.trim_start_matches([' ', ',', ':']);
    let lead = window.len() - rest.len();
    if rest.starts_with(['"', '“', '„', '«', '‘']) {
        let open = rest.chars().next().map_or(0, char::len_utf8);
        let close = rest[open..].find(['"', '”', '“', '»', '’'])?;
        return Some(Span::new(at + lead + open, at + lead + open + close));
    }
    let preposition = preposition(rest, &scene.lexicon.phrases)?;
    let start =
        at + lead + preposition + (rest[preposition..].len() - rest[preposition..].trim_start().len());
    let start = start + without_article(scene.between(start, at + window.len()), &scene.lexicon.phrases);
    let end = topic_end(scene, start, at + window.len());
    (end > start).then(|| Span::new(start, end))
}

/// The length of the preposition that the text begins with.
fn preposition(text: &str, phrases: &Phrases) -> Option<usize> {
    let lower = text.to_lowercase();
    let fits = |p: &&String| {
        lower.starts_with(p.as_str())
            && lower[p.len()..].starts_with([' ', '\n'])
            && lower.len() == text.len()
    };
    phrases.on.iter().filter(fits).map(String::len).max()
}

/// The length of the article or other determiner that the text begins with.
pub(super) fn without_article(text: &str, phrases: &Phrases) -> usize {
    let word = text.split(' ').next().unwrap_or("");
    let article = phrases.determiner.contains(&word.to_lowercase())
        && !phrases.on.contains(&word.to_lowercase())
        && text.len() > word.len();
    if article { word.len() + 1 } else { 0 }
}

/// Where a topic that starts at `start` ends: at a stop, a footnote call, a verb or a cue, at the latest at `limit`.
pub(super) fn topic_end(scene: &Scene<'_>, start: usize, limit: usize) -> usize {
    let limit = limit
        .min(start + LONGEST)
        .min(call_after(scene, start).unwrap_or(limit));
    let limit = floor(scene.text, limit);
    let text = scene.between(start, limit);
    let punctuation = punctuation(text);
    let cue = scene
        .words_from(start + 1)
        .iter()
        .take_while(|h| h.span.start < limit)
        .find(|h| matches!(h.word, Word::Cue(_)) && is_capitals(scene.slice(h.span)));
    let end = [
        Some(punctuation),
        stop_word(text, &scene.lexicon.phrases),
        cue.map(|h| h.span.start - start),
    ];
    let end = end.into_iter().flatten().min().unwrap_or(text.len());
    start
        + text[..end]
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '('))
            .len()
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn call_after(scene: &Scene<'_>, start: usize) -> Option<usize> {
    let notes = &scene.document.footnotes;
    let first = notes.partition_point(|n| n.call.is_none_or(|c| c <= start));
    notes.get(first).and_then(|n| n.call)
}

/// The first full stop, semicolon, comma, spaced dash or bracket; what stands in quotes does not count.
fn punctuation(text: &str) -> usize {
    let mut quoted = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let spaced = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        match c {
            '"' | '“' | '”' | '„' | '«' | '»' => quoted = !quoted,
            '\n' => return at,
            _ if quoted => {}
            ';' | '(' | ')' | '[' => return at,
            '.' | ',' | '!' | '?' if spaced => return at,
            '–' | '—' | '-' if spaced && text[..at].ends_with(' ') => return at,
            _ => {}
        }
    }
    text.len()
}

/// Where a verb or conjunction of the table ends the noun phrase.
fn stop_word(text: &str, phrases: &Phrases) -> Option<usize> {
    let mut at = 0;
    for word in text.split(' ') {
        if at > 0 && phrases.stop.contains(word.trim_matches(',')) {
            return Some(at);
        }
        if at > 0
            && word.chars().count() > 3
            && is_capitals(word)
            && word.chars().all(char::is_alphabetic)
            && !is_capitals(&text[..at])
        {
            // A verb in capitals opens the next clause of conclusions.
            let acronym = word.chars().count() < 6;
            if !acronym {
                return Some(at);
            }
        }
        at += word.len() + 1;
    }
    None
}

fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}
