//! Treaties and their articles with pinpoints, in either order: `Article 42(7) TEU`, `artikel 42, lid 7, van het Verdrag`,
//! `42. cikk (7) bekezdése`.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::found::Found;
use super::lexicon::Word;
use super::scene::Scene;
use crate::model::{Designation, Kind, Span, WorkId};

const RULE: &str = "treaty-article";

/// How far behind its articles the name of the treaty may stand.
const REACH: usize = 140;

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[ \n]?([0-9]{1,3}[a-z]?)(?:[^0-9/\p{L}]|$)").ok());
static BRACKETS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?: ?\(([0-9]{1,2}|[a-z])\)|\.([0-9]{1,2})(?:[^0-9./]|$))").ok());
static DIGITS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[ \n]?\(?([0-9]{1,2}|[a-z])\)?").ok());
static BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9/.])([0-9]{1,3})\.?[ \n]$").ok());

/// An article as the words give it.
#[derive(Debug, Clone)]
struct Article {
    span: Span,
    number: String,
    /// Paragraph and point: "7", "7, a".
    inner: Vec<String>,
}

impl Article {
    fn id(&self, treaty: &str) -> WorkId {
        let paragraph = self
            .inner
            .first()
            .filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
        match paragraph {
            Some(paragraph) => WorkId::new(format!("{treaty}-{}-{paragraph}", self.number)),
            None => WorkId::new(format!("{treaty}-{}", self.number)),
        }
    }

    fn pinpoint(&self) -> String {
        let inner: String = self.inner.iter().map(|part| format!("({part})")).collect();
        format!("{}{inner}", self.number)
    }
}

/// All treaty articles and treaties named alone.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut taken: Vec<Span> = Vec::new();
    let mut known: HashMap<String, &'static str> = HashMap::new();
    for (at, hit) in scene
        .words
        .iter()
        .enumerate()
        .filter(|(_, h)| h.word == Word::Article)
    {
        let articles = articles(scene, hit.span);
        let Some(last) = articles.last() else { continue };
        let first = articles.first().map_or(hit.span.start, |a| a.span.start);
        match treaty_after(scene, at, last.span.end).or_else(|| treaty_before(scene, first)) {
            Some((treaty, name)) => {
                taken.push(name);
                for (place, article) in articles.iter().enumerate() {
                    known.insert(article.number.clone(), treaty);
                    found.push(mention(
                        article,
                        treaty,
                        with_name(article.span, name, (place, articles.len())),
                    ));
                }
            }
            None => found.extend(articles.iter().filter_map(|a| short(scene, a, &known))),
        }
    }
    found.extend(alone(scene, &taken));
    found
}

/// The member of a list next to the name takes it: the last where the name follows, the first where it goes before.
fn with_name(article: Span, name: Span, (place, members): (usize, usize)) -> Span {
    match () {
        () if name.start >= article.end && place + 1 == members => Span::new(article.start, name.end),
        () if name.end <= article.start && place == 0 => Span::new(name.start, article.end),
        () => article,
    }
}

fn mention(article: &Article, treaty: &str, span: Span) -> Found {
    Found::identified(span, Kind::Treaty, article.id(treaty), RULE).with_pinpoint(Some(article.pinpoint()))
}

/// "Article 42(7)" again, after its treaty was named: a short form, unless an act follows.
fn short(scene: &Scene<'_>, article: &Article, known: &HashMap<String, &'static str>) -> Option<Found> {
    let treaty = known.get(&article.number).filter(|_| !article.inner.is_empty())?;
    let ahead = scene.ahead(article.span.end, 40);
    let other = ahead.contains(|c: char| c.is_ascii_digit());
    (!other).then(|| Found {
        rule: "treaty-short".into(),
        confidence: 0.8,
        ..mention(article, treaty, article.span)
    })
}

/// The articles that a word for article heads: one, a list or a range.
fn articles(scene: &Scene<'_>, word: Span) -> Vec<Article> {
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
fn number_before(scene: &Scene<'_>, word: Span) -> Option<(String, Span)> {
    let window = scene.behind(word.start, 8);
    let number = BEFORE.as_ref()?.captures(window)?.get(1)?;
    let start = word.start - window.len() + number.start();
    Some((number.as_str().to_owned(), Span::new(start, word.end)))
}

/// The next number after a list or range word: the gap, the number, its place, and whether the word makes a range.
fn next_in_list(scene: &Scene<'_>, end: usize) -> Option<(Span, String, usize, usize, bool)> {
    let window = scene.ahead(end, 24);
    let digit = window.find(|c: char| c.is_ascii_digit())?;
    let gap = &window[..digit];
    let word = gap.trim().to_lowercase();
    let phrases = &scene.lexicon.phrases;
    let ranges = matches!(word.as_str(), "-" | "–") || phrases.to.contains(&word);
    let lists = ranges || word == "," || phrases.and.contains(word.trim_start_matches(',').trim());
    let (number, until) = number_after(scene, end + digit).filter(|_| lists)?;
    let start = end + gap.len() - gap.trim_start().len();
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

/// The treaty named right before the articles ("SEU-sopimuksen 42 artiklan", "LES 42. panta").
fn treaty_before(scene: &Scene<'_>, at: usize) -> Option<(&'static str, Span)> {
    let hit = scene
        .words_before(at, REACH)
        .rev()
        .find(|h| matches!(h.word, Word::Treaty(_)))?;
    let Word::Treaty(id) = hit.word else { return None };
    scene
        .between(hit.span.end, at)
        .trim()
        .is_empty()
        .then_some((id, hit.span))
}

/// The treaty named after the articles, with nothing but linking words between.
fn treaty_after(scene: &Scene<'_>, from: usize, at: usize) -> Option<(&'static str, Span)> {
    let ordinal: usize = scene
        .ahead(at, 4)
        .chars()
        .take_while(|c| matches!(c, '.' | 'º' | '°'))
        .map(char::len_utf8)
        .sum();
    let at = at + ordinal;
    let treaties = scene.words[from..]
        .iter()
        .take_while(|h| h.span.start < at + REACH)
        .filter(|h| h.span.start >= at);
    let mut hits = treaties.filter_map(|h| match h.word {
        Word::Treaty(id) => Some((id, h.span)),
        _ => None,
    });
    hits.next().filter(|(_, span)| scene.links(at, span.start))
}

/// Treaties named without an article.
fn alone<'a>(scene: &'a Scene<'_>, taken: &'a [Span]) -> impl Iterator<Item = Found> + 'a {
    scene
        .words
        .iter()
        .filter(|h| taken.binary_search_by_key(&h.span.start, |s| s.start).is_err())
        .filter_map(|h| match h.word {
            Word::Treaty(id) => Some(Found::new(
                h.span,
                Kind::Treaty,
                Designation::Identified(WorkId::new(id)),
                "treaty-name",
            )),
            _ => None,
        })
}
