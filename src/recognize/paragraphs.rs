//! What stands behind the number of an article: its paragraphs and points (`(2), (3) and (7)`, `, lid 7, onder a)`, `ust. 2 i 3`,
//! `1. un 2. punkts`) and the words for parts of a paragraph (`, second subparagraph`).

use std::sync::LazyLock;

use regex::Regex;

use super::articles::{Article, Joint, between_numbers, number_after, past_ordinal};
use super::scene::Scene;
use crate::model::Span;

static BRACKETS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?: ?\(([0-9]{1,2}|[a-z])\)|\.([0-9]{1,2})(?:[^0-9./]|$))").ok());
static DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[ \n]?\(?([0-9]{1,2}|[a-z])").ok());
static POINT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^([^0-9()]{1,16}?)\(?[a-z]\)").ok());

/// An article: one member for each of its paragraphs that is named.
pub(super) fn members(scene: &Scene<'_>, span: Span, number: String) -> Vec<Article> {
    let mut members = vec![with_inner(scene, Article::plain(span, number))];
    while let Some(last) = members.last() {
        let Some((joint, next)) = next_paragraph(scene, last) else {
            break;
        };
        if let (true, Some(from), Some(to)) = (joint.ranges, last.inner.first(), next.inner.first()) {
            let between: Vec<Article> = between_numbers(from, to)
                .map(|n| paragraph_of(last, joint.span, n))
                .collect();
            members.extend(between);
        }
        members.push(with_inner(scene, next));
    }
    members
}

/// Another paragraph of the article of a member.
fn paragraph_of(member: &Article, span: Span, paragraph: String) -> Article {
    Article {
        inner: vec![paragraph],
        ..Article::plain(span, member.number.clone())
    }
}

/// Reads paragraph and points behind what is known of an article, and the end of what belongs to them.
fn with_inner(scene: &Scene<'_>, known: Article) -> Article {
    let (mut inner, mut end) = (known.inner, known.span.end);
    while inner.len() < 3 {
        let of_list = || counted_behind(scene, end).filter(|_| inner.is_empty());
        let read = bracketed(scene, end)
            .or_else(|| worded(scene, end))
            .or_else(of_list);
        let Some((part, until)) = read else { break };
        inner.push(part);
        end = until;
    }
    Article {
        end: end_of_parts(scene, end_of_points(scene, end)),
        span: Span::new(known.span.start, end),
        number: known.number,
        inner,
    }
}

/// The end of further points: "(a)| and (b)".
fn end_of_points(scene: &Scene<'_>, end: usize) -> usize {
    let further = |at: usize| {
        let captures = POINT.as_ref()?.captures(scene.ahead(at, 24))?;
        let gap = captures.get(1)?;
        Joint::of(scene, Span::new(at, at + gap.end()))?;
        Some(at + captures.get(0)?.end())
    };
    let mut end = end;
    while let Some(until) = further(end).filter(|_| scene.behind(end, 1) == ")") {
        end = until;
    }
    end
}

/// A subparagraph has at most a sentence in it that is named.
const PARTS: usize = 2;

/// The end of the words for parts of a paragraph: ", second subparagraph, first sentence", " akapit drugi".
fn end_of_parts(scene: &Scene<'_>, end: usize) -> usize {
    (0..PARTS).fold(end, |end, _| end_of_part(scene, end).unwrap_or(end))
}

fn end_of_part(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let window = scene.ahead(at, 80);
    let rest = window.trim_start_matches([',', ' ']);
    let words: Vec<&str> = rest.split(' ').take(4).collect();
    let is_part = |word: &&str| {
        let noun = word.trim_end_matches([',', '.', ';', ')']).to_lowercase();
        scene.lexicon.phrases.part.contains(&noun)
    };
    let place = words.iter().position(is_part)?;
    let (before, behind) = words.split_at(place);
    // The ordinal stands before the noun or, where nothing does, behind it.
    let taken = match behind {
        _ if !tells_part(scene, before) || rest.len() == window.len() => return None,
        [noun, ordinal, ..] if before.is_empty() && !noun.ends_with(',') && is_ordinal(ordinal) => place + 2,
        _ => place + 1,
    };
    let length = words[..taken].iter().map(|w| w.len() + 1).sum::<usize>() - 1;
    let text = rest.get(..length)?.trim_end_matches([',', '.', ';', ')']);
    Some(at + window.len() - rest.len() + text.len())
}

/// Whether words before the noun tell which part it is: "second", "al doilea", "first and second".
fn tells_part(scene: &Scene<'_>, words: &[&str]) -> bool {
    let phrases = &scene.lexicon.phrases;
    let lists = |word: &&str| phrases.and.contains(word);
    let links = |word: &&str| phrases.of.contains(word) || phrases.determiner.contains(word);
    words.iter().all(is_ordinal)
        && match words {
            [] => true,
            [word] => !lists(word) && !links(word),
            [word, ..] => !lists(word) && (links(word) || words.iter().any(lists)),
        }
}

/// Whether a word may be an ordinal: "second", "l-ewwel", "2.".
fn is_ordinal(word: &&str) -> bool {
    let mut letters = word.trim_end_matches(',').chars();
    letters.all(|c| c.is_alphanumeric() || "-.'’ºª°".contains(c)) && !word.starts_with(char::is_uppercase)
}

/// The next paragraph of the same article, behind a joint.
fn next_paragraph(scene: &Scene<'_>, last: &Article) -> Option<(Joint, Article)> {
    let before = last.inner.first()?.parse::<u32>().ok()?;
    let window = scene.ahead(last.end, 60);
    let place = window.find(|c: char| c.is_ascii_digit() || c == '(')?;
    let lead = past_ordinal(&window[..place]);
    let gap = without_paragraph(scene, lead);
    let number = last.end + place;
    let start = number - lead.len() + gap.trim_end().len();
    let joint = Joint::of(scene, Span::new(number - lead.len(), start))?;
    let (paragraph, until) = match () {
        () if window[place..].starts_with('(') => bracketed(scene, number),
        () if gap.len() < lead.len() => digits(scene, number),
        () => counted(scene, number).or_else(|| bare(scene, last, number, before)),
    }
    .filter(|(paragraph, _)| paragraph.bytes().all(|b| b.is_ascii_digit()))?;
    let blank = scene.between(start, number).len() - scene.between(start, number).trim_start().len();
    Some((
        joint,
        paragraph_of(last, Span::new(start + blank, until), paragraph),
    ))
}

/// A gap without the word for paragraph that ends it ("ust. 2 i |ust.| 3").
fn without_paragraph<'a>(scene: &Scene<'_>, gap: &'a str) -> &'a str {
    let trimmed = gap.trim_end();
    let lower = trimmed.to_lowercase();
    let words = scene.table.treaty.paragraph.iter();
    let word = words
        .filter(|w| {
            lower
                .strip_suffix(&w.to_lowercase())
                .is_some_and(|rest| rest.ends_with(' '))
        })
        .max_by_key(|w| w.len());
    word.and_then(|w| trimmed.get(..trimmed.len() - w.len()))
        .unwrap_or(gap)
}

/// The number of a paragraph, or the letter of a point, behind its word.
fn digits(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let window = scene.ahead(at, 8);
    let number = DIGITS.as_ref()?.captures(window)?.get(1)?;
    let is_letter = number.as_str().starts_with(char::is_alphabetic);
    let goes_on = window[number.end()..].starts_with(char::is_alphabetic);
    (!is_letter || !goes_on).then(|| (number.as_str().to_owned(), at + number.end()))
}

/// No article of a treaty has more paragraphs.
const PARAGRAPHS: u32 = 15;

/// A number alone behind a paragraph that a word names ("ust. 2 i |3"): paragraphs and articles of a list ascend.
fn bare(scene: &Scene<'_>, last: &Article, at: usize, before: u32) -> Option<(String, usize)> {
    let said = scene
        .slice(last.span)
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let is_said = last.end == last.span.end && (said.is_empty() || said.ends_with(' '));
    let (number, until) = number_after(scene, at)?;
    let next: u32 = number.parse().ok()?;
    (is_said && next > before && next <= PARAGRAPHS).then_some((number, until))
}

fn bracketed(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let captures = BRACKETS.as_ref()?.captures(scene.ahead(at, 8))?;
    if let Some(dotted) = captures.get(2) {
        return Some((dotted.as_str().to_owned(), at + dotted.end()));
    }
    let end = at + captures.get(0)?.end();
    Some((
        captures.get(1)?.as_str().to_owned(),
        paragraph_word(scene, end).unwrap_or(end),
    ))
}

/// The end of a word for paragraph right behind a number ("(7) bekezdése").
fn paragraph_word(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let rest = scene.ahead(at, 24).strip_prefix(' ')?;
    let word = rest.split([' ', ',', '.', ';', ')']).next()?;
    scene
        .table
        .treaty
        .paragraph
        .iter()
        .any(|p| p == word)
        .then(|| at + 1 + word.len())
}

/// ", lid 7", " paragraph 7", ", stk. 7", " odst. 7".
fn worded(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let window = scene.ahead(at, 40);
    let rest = behind_marks(window);
    let lower = rest.to_lowercase();
    let treaty = &scene.table.treaty;
    let words = treaty.paragraph.iter().chain(&treaty.point);
    let word = words
        .filter(|w| lower.starts_with(&w.to_lowercase()))
        .max_by_key(|w| w.len())
        .filter(|_| lower.len() == rest.len())?;
    let (number, until) = digits(scene, at + window.len() - rest.len() + word.len())?;
    let close = usize::from(scene.ahead(until, 1) == ")");
    Some((number, until + close))
}

/// " 7 kohta", " 1. un 2. punkts".
fn counted_behind(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let window = scene.ahead(at, 12);
    counted(scene, at + window.len() - behind_marks(window).len())
}

fn behind_marks(window: &str) -> &str {
    past_ordinal(window.trim_start_matches([',', ' '])).trim_start_matches([',', ' '])
}

/// How many paragraphs may share a word behind them.
const SHARED: usize = 12;

/// The number of a paragraph whose word stands behind it, or behind the last of its list: " 7 kohta", "|1. un 2. punkts".
fn counted(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let (first, end) = counted_number(scene, at)?;
    let mut behind = end;
    for _ in 0..SHARED {
        if let Some(word) = word_of_paragraph(scene, behind) {
            // "art. 42, |43 ust. 2": the word is that of the next number.
            if !scene.table.treaty.first && digits(scene, word).is_some_and(|(n, _)| n.parse::<u32>().is_ok())
            {
                return None;
            }
            let until = if behind == end { word } else { end };
            return Some((first, until));
        }
        let window = scene.ahead(behind, 24);
        let next = window.find(|c: char| c.is_ascii_digit())?;
        Joint::of(scene, Span::new(behind, behind + next))?;
        behind = counted_number(scene, behind + next)?.1;
    }
    None
}

/// A number of one or two digits, with the full stop of an ordinal.
fn counted_number(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let window = scene.ahead(at, 4);
    let length = window.bytes().take_while(u8::is_ascii_digit).count();
    let dot = usize::from(window[length..].starts_with('.'));
    matches!(length, 1 | 2).then(|| (window[..length].to_owned(), at + length + dot))
}

/// The end of a word for paragraph behind a number.
fn word_of_paragraph(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let window = scene.ahead(at, 24);
    let rest = window.trim_start();
    let lower = rest.to_lowercase();
    let words = scene.table.treaty.paragraph.iter();
    let word = words
        .filter(|w| lower.starts_with(&w.to_lowercase()))
        .max_by_key(|w| w.len())?;
    Some(at + window.len() - rest.len() + word.len())
}
