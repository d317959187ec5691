//! Articles with their paragraphs and points, in either order: `Article 42(7)`, `artikel 42, lid 7`, `42. cikk (7) bekezdése`.
//! Whose articles they are is told elsewhere.

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{Hit, Word};
use super::scene::Scene;
use crate::model::Span;

/// How far before or behind an act its articles may stand.
const REACH: usize = 120;

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[ \n]?([0-9]{1,3}[a-z]?)(?:[^0-9/\p{L}]|$)").ok());
static BRACKETS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?: ?\(([0-9]{1,2}|[a-z])\)|\.([0-9]{1,2})(?:[^0-9./]|$))").ok());
static DIGITS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[ \n]?\(?([0-9]{1,2}|[a-z])\)?").ok());
static BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9/.])([0-9]{1,3})\.?[ \n]$").ok());

static LISTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9/.])([0-9]{1,3})\.?(,[ \n]|[ \n]\p{L}{1,5}[ \n])$").ok());

/// An article as the words give it.
#[derive(Debug, Clone)]
pub(super) struct Article {
    pub span: Span,
    pub number: String,
    /// Paragraph and point: "7", "7, a".
    pub inner: Vec<String>,
}

impl Article {
    /// As a pinpoint: "42(7)".
    pub fn pinpoint(&self) -> String {
        let inner: String = self.inner.iter().map(|part| format!("({part})")).collect();
        format!("{}{inner}", self.number)
    }
}

/// The pinpoint of the articles that stand right before an act ("Article 5(1)(a) of Regulation ...") or right behind it
/// ("(EU) 2016/679 rendelet 5. cikke").
pub(super) fn beside(scene: &Scene<'_>, act: Span) -> Option<String> {
    let is_article = |h: &&Hit| h.word == Word::Article;
    let word = scene.words_before(act.start, REACH).rev().find(is_article);
    let before = word
        .map(|h| headed(scene, h.span))
        .filter(|a| a.last().is_some_and(|a| leads_to(scene, a.span.end, act.start)));
    let behind = || {
        let word = scene.words_from(act.end).iter().take(4).find(is_article)?;
        let near = word.span.start < act.end + 8;
        Some(headed(scene, word.span))
            .filter(|a| near && a.first().is_some_and(|a| follows(scene, act, a.span)))
    };
    let articles = before.or_else(behind)?;
    let parts: Vec<String> = articles.iter().map(Article::pinpoint).collect();
    Some(parts.join(", "))
}

fn follows(scene: &Scene<'_>, act: Span, article: Span) -> bool {
    article.start >= act.end && scene.between(act.end, article.start).trim().is_empty()
}

/// Whether nothing but linking words and names of institutions stands between an article and its act.
fn leads_to(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let gap = scene.between(from, to).trim_start_matches(['.', 'º', '°', ',']);
    let small: Vec<&str> = gap
        .split(' ')
        .filter(|w| !w.starts_with(char::is_uppercase))
        .collect();
    let phrases = &scene.lexicon.phrases;
    !gap.contains(['.', ';', ':', '\n'])
        && phrases.make(&small.join(" "), &[&phrases.of, &phrases.determiner])
}

/// The articles that a word for article heads: one, a list or a range.
pub(super) fn headed(scene: &Scene<'_>, word: Span) -> Vec<Article> {
    let mut articles = Vec::new();
    let before = number_before(scene, word).map(|(number, span)| article(scene, span, number));
    let after =
        number_after(scene, word.end).map(|(number, end)| article(scene, Span::new(word.start, end), number));
    // "42 artiklan 7 kohta": the number behind the noun is that of the paragraph.
    let first = match (before, after) {
        (Some(before), Some(after)) if before.inner.is_empty() && after.inner.is_empty() => after,
        (Some(before), _) => before,
        (None, Some(after)) => after,
        (None, None) => none(),
    };
    if first.number.is_empty() {
        return articles;
    }
    if first.span.start < word.start {
        articles.extend(listed_before(scene, first.span.start));
    }
    let mut end = first.span.end;
    articles.push(first);
    while let Some((gap, number, start, until, ranges)) = next_in_list(scene, end) {
        let last = articles.last().and_then(|a| a.number.parse::<u32>().ok());
        if let (Some(from), Ok(to), true) = (last, number.parse::<u32>(), ranges) {
            let members = (from + 1..to.min(from + 50)).map(|n| Article {
                span: gap,
                number: n.to_string(),
                inner: Vec::new(),
            });
            articles.extend(members);
        }
        let next = article(scene, Span::new(start, until), number);
        end = next.span.end;
        articles.push(next);
    }
    articles
}

/// A gap without the noun that may be said again ("Article 173(3) and |Article |322(1)").
fn without_noun<'a>(scene: &Scene<'_>, gap: &'a str) -> &'a str {
    let (rest, last) = gap.rsplit_once(' ').unwrap_or(("", gap));
    let again = scene
        .table
        .treaty
        .article
        .iter()
        .any(|noun| noun.eq_ignore_ascii_case(last));
    if again { rest.trim() } else { gap }
}

fn none() -> Article {
    Article {
        span: Span::new(0, 0),
        number: String::new(),
        inner: Vec::new(),
    }
}

fn number_after(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let number = NUMBER.as_ref()?.captures(scene.ahead(at, 12))?.get(1)?;
    Some((number.as_str().to_owned(), at + number.end()))
}

/// "42. cikk", "42 artiklan", "42. panta".
pub(super) fn number_before(scene: &Scene<'_>, word: Span) -> Option<(String, Span)> {
    let window = scene.behind(word.start, 8);
    let number = BEFORE.as_ref()?.captures(window)?.get(1)?;
    let start = word.start - window.len() + number.start();
    Some((number.as_str().to_owned(), Span::new(start, word.end)))
}

/// The articles of a list before the one whose number stands at a place ("7. és |8. cikk").
fn listed_before(scene: &Scene<'_>, at: usize) -> Vec<Article> {
    let mut earlier = Vec::new();
    let mut next = at;
    while let Some(number) = number_listed(scene, next) {
        next = number.start;
        earlier.push(Article {
            span: number,
            number: scene.slice(number).to_owned(),
            inner: Vec::new(),
        });
    }
    earlier.reverse();
    earlier
}

/// The number that ends, with a list word or comma, right before a place.
fn number_listed(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let window = scene.behind(at, 24);
    let captures = LISTED.as_ref()?.captures(window)?;
    let joiner = captures.get(2)?.as_str().trim();
    let number = captures.get(1)?;
    let start = at - window.len() + number.start();
    (joiner == "," || scene.lexicon.phrases.and.contains(joiner))
        .then(|| Span::new(start, start + number.len()))
}

/// The next number after a list or range word: the gap, the number, its place, and whether the word makes a range.
fn next_in_list(scene: &Scene<'_>, end: usize) -> Option<(Span, String, usize, usize, bool)> {
    let window = scene.ahead(end, 60);
    let digit = window.find(|c: char| c.is_ascii_digit())?;
    let gap = &window[..digit];
    let gap = gap.trim_start_matches(['.', 'º', '°']);
    let word = without_noun(scene, gap.trim()).to_lowercase();
    let phrases = &scene.lexicon.phrases;
    let ranges = matches!(word.as_str(), "-" | "–") || phrases.to.contains(&word);
    let lists = ranges || word == "," || phrases.and.contains(word.trim_start_matches(',').trim());
    let (number, until) = number_after(scene, end + digit).filter(|_| lists)?;
    let start = end + digit - gap.trim_start().len();
    Some((
        Span::new(start, start + gap.trim().len()),
        number,
        end + digit,
        until,
        ranges,
    ))
}

/// Reads paragraph and points after the number.
fn article(scene: &Scene<'_>, span: Span, number: String) -> Article {
    let mut inner = Vec::new();
    let mut end = span.end;
    while inner.len() < 3 {
        let Some((part, until)) = bracketed(scene, end).or_else(|| worded(scene, end)) else {
            break;
        };
        inner.push(part);
        end = until;
    }
    Article {
        span: Span::new(span.start, end),
        number,
        inner,
    }
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

/// ", lid 7", " paragraph 7", ", stk. 7", " odst. 7", " 7 kohta".
fn worded(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let window = scene.ahead(at, 40);
    let rest = window.trim_start_matches([',', ' ', '.', 'º', '°']);
    let lead = window.len() - rest.len();
    let lower = rest.to_lowercase();
    let words = scene
        .table
        .treaty
        .paragraph
        .iter()
        .chain(&scene.table.treaty.point);
    let word = words
        .filter(|w| lower.starts_with(&w.to_lowercase()))
        .max_by_key(|w| w.len());
    if let Some(word) = word.filter(|_| lower.len() == rest.len()) {
        let digits = DIGITS.as_ref()?.captures(rest.get(word.len()..)?)?.get(1)?;
        let close = usize::from(rest[word.len() + digits.end()..].starts_with(')'));
        return Some((
            digits.as_str().to_owned(),
            at + lead + word.len() + digits.end() + close,
        ));
    }
    let number = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = rest[number..].trim_start_matches(['.', ' ']);
    let lower = tail.to_lowercase();
    let word = scene
        .table
        .treaty
        .paragraph
        .iter()
        .filter(|w| lower.starts_with(&w.to_lowercase()))
        .max_by_key(|w| w.len())?;
    let end = rest.len() - tail.len() + word.len();
    (number > 0 && number < 3).then(|| (rest[..number].to_owned(), at + lead + end))
}
