//! Articles in lists and ranges, with the number before or behind their noun: `Article 42(7)`, `artikel 42, lid 7`,
//! `42. cikk (7) bekezdése`. Their paragraphs are read and whose articles they are is told elsewhere.

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{Hit, Word};
use super::paragraphs::members;
use super::scene::Scene;
use crate::model::Span;

/// How far before or behind an act its articles may stand.
const REACH: usize = 120;

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[ \n]?([0-9]{1,3}[a-z]?)(?:er)?(?:[^0-9/\p{L}]|$)").ok());
static BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9/.])([0-9]{1,3})\.?[ \n]$").ok());

static LISTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9/.])([0-9]{1,3})\.?(,[ \n]|[ \n]?[-–][ \n]?|[ \n]\p{L}{1,5}[ \n])$").ok()
});

/// An article as the words give it.
#[derive(Debug, Clone)]
pub(super) struct Article {
    pub span: Span,
    pub number: String,
    /// Paragraph and point: "7", "7, a".
    pub inner: Vec<String>,
    /// Where it ends with further points and the words for a part of it: ", second subparagraph".
    pub end: usize,
}

impl Article {
    /// As a pinpoint: "42(7)".
    pub fn pinpoint(&self) -> String {
        let inner: String = self.inner.iter().map(|part| format!("({part})")).collect();
        format!("{}{inner}", self.number)
    }

    /// An article without paragraphs.
    pub fn plain(span: Span, number: String) -> Self {
        Self {
            span,
            number,
            inner: Vec::new(),
            end: span.end,
        }
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
    let gap = past_ordinal(scene.between(from, to)).trim_start_matches(',');
    let small: Vec<&str> = gap
        .split(' ')
        .filter(|w| !w.starts_with(char::is_uppercase))
        .collect();
    let phrases = &scene.lexicon.phrases;
    !gap.contains(['.', ';', ':', '\n'])
        && phrases.make(&small.join(" "), &[&phrases.of, &phrases.determiner])
}

/// The articles of a list, by the words for article that head them: `Article 13(2), Articles 26, 36 and 41`.
pub(super) fn listed(scene: &Scene<'_>, word: Span) -> Vec<Vec<Article>> {
    let mut groups = Vec::new();
    let mut next = headed(scene, word);
    while let Some(last) = next.last() {
        let end = last.end;
        groups.push(next);
        next = next_headed(scene, end).unwrap_or_default();
    }
    groups
}

/// How far behind an article the next word for article of its list may stand: numbers may stand before it.
const NEXT: usize = 80;

/// The articles that the next word for article heads, where they go on with a list.
fn next_headed(scene: &Scene<'_>, end: usize) -> Option<Vec<Article>> {
    let mut near = scene
        .words_from(end)
        .iter()
        .take_while(|h| h.span.start < end + NEXT);
    let word = near.find(|h| h.word == Word::Article)?;
    let group = headed_behind(scene, word.span, end);
    let gap = scene.between(end, group.first()?.span.start);
    let phrases = &scene.lexicon.phrases;
    let joint = past_ordinal(gap);
    let joins = phrases.make(joint, &[&phrases.and, &phrases.determiner]) || joins_part(scene, joint);
    (joins && !gap.contains('\n')).then_some(group)
}

/// Whether a list goes on with a part of the next article: " and point (a) of ", " and the first subparagraph of ".
fn joins_part(scene: &Scene<'_>, joint: &str) -> bool {
    let phrases = &scene.lexicon.phrases;
    let points = &scene.table.treaty.point;
    // "(a)", "c,", "e".
    let is_letter = |word: &str| word.trim_matches(['(', ')', ',']).chars().count() == 1;
    let is_noun = |word: &str| points.iter().any(|p| p == word) || phrases.part.contains(word);
    let words: Vec<&str> = joint.split(' ').filter(|word| !word.is_empty()).collect();
    let Some(noun) = words.iter().position(|word| is_noun(word)) else {
        return false;
    };
    // "first subparagraph": what stands before the noun and joins nothing tells which it is.
    let links = |words: &[&str]| {
        let plain: Vec<&str> = words.iter().copied().filter(|word| !is_letter(word)).collect();
        phrases.make(
            &plain.join(" "),
            &[&phrases.and, &phrases.determiner, &phrases.of],
        )
    };
    let before = &words[..noun];
    let ordinal = || before.split_last().is_some_and(|(_, rest)| links(rest));
    (links(before) || ordinal()) && words.len() > noun + 1 && links(&words[noun + 1..])
}

/// The articles that a word for article heads: one, a list or a range.
pub(super) fn headed(scene: &Scene<'_>, word: Span) -> Vec<Article> {
    headed_behind(scene, word, 0)
}

/// The articles that a word for article heads, none of them before a place.
fn headed_behind(scene: &Scene<'_>, word: Span, floor: usize) -> Vec<Article> {
    let before = number_before(scene, word)
        .filter(|(_, span)| span.start >= floor)
        .map(|(number, span)| members(scene, span, number));
    let after =
        number_after(scene, word.end).map(|(number, end)| members(scene, Span::new(word.start, end), number));
    let is_bare = |members: &[Article]| members.iter().all(|m| m.inner.is_empty());
    match (before, after) {
        // "42 artiklan 7 kohta": the number behind the noun is that of the paragraph.
        (Some(before), Some(after)) if is_bare(&before) && is_bare(&after) => listed_behind(scene, after),
        (Some(mut before), _) => {
            let start = before.first().map_or(word.start, |a| a.span.start);
            before.splice(0..0, listed_before(scene, start, floor));
            before
        }
        (None, Some(after)) => listed_behind(scene, after),
        (None, None) => Vec::new(),
    }
}

/// A list with the numbers that go on with it ("Articles 26|, 36 and 41").
fn listed_behind(scene: &Scene<'_>, mut articles: Vec<Article>) -> Vec<Article> {
    while let Some(last) = articles.last() {
        let Some((joint, at)) = joint(scene, last.end) else {
            break;
        };
        let Some((number, until)) = number_after(scene, at) else {
            break;
        };
        if joint.ranges {
            let between = between_numbers(&last.number, &number);
            articles.extend(between.map(|n| Article::plain(joint.span, n)));
        }
        articles.extend(members(scene, Span::new(at, until), number));
    }
    articles
}

/// The numbers between the ends of a range.
pub(super) fn between_numbers(from: &str, to: &str) -> impl Iterator<Item = String> + use<> {
    let ends = from.parse::<u32>().ok().zip(to.parse::<u32>().ok());
    let (from, to) = ends.unwrap_or((0, 0));
    (from + 1..to.min(from + 50)).map(|n| n.to_string())
}

pub(super) fn number_after(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
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

/// The articles of a list before the one whose number stands at a place ("7. és |8. cikk"), none before another place.
fn listed_before(scene: &Scene<'_>, at: usize, floor: usize) -> Vec<Article> {
    let mut earlier: Vec<Article> = Vec::new();
    let mut next = at;
    while let Some((span, joint)) = number_listed(scene, next).filter(|(span, _)| span.start >= floor) {
        let number = scene.slice(span);
        if joint.ranges {
            let to = scene
                .ahead(next, 3)
                .trim_end_matches(|c: char| !c.is_ascii_digit());
            let between: Vec<String> = between_numbers(number, to).collect();
            earlier.extend(between.into_iter().rev().map(|n| Article::plain(joint.span, n)));
        }
        next = span.start;
        earlier.push(Article::plain(span, number.to_owned()));
    }
    earlier.reverse();
    earlier
}

/// The number that ends, with a list or range word, right before a place.
fn number_listed(scene: &Scene<'_>, at: usize) -> Option<(Span, Joint)> {
    let window = scene.behind(at, 24);
    let captures = LISTED.as_ref()?.captures(window)?;
    let (number, gap) = (captures.get(1)?, captures.get(2)?);
    let from = at - window.len();
    let joint = Joint::of(scene, Span::new(from + gap.start(), at))?;
    Some((Span::new(from + number.start(), from + number.end()), joint))
}

/// The marks of an ordinal number.
const ORDINAL: [char; 3] = ['.', 'º', '°'];

/// What stands behind the marks of an ordinal number; a page may have lost that they stand high ("29.o", "1er").
pub(super) fn past_ordinal(text: &str) -> &str {
    let rest = text.trim_start_matches(ORDINAL);
    let letters: &[&str] = if rest.len() < text.len() {
        &["os", "o"]
    } else {
        &["er"]
    };
    let mut tails = letters.iter().filter_map(|high| rest.strip_prefix(high));
    tails
        .find(|tail| !tail.starts_with(char::is_alphanumeric))
        .unwrap_or(rest)
}

/// What joins the members of a list or the ends of a range.
pub(super) struct Joint {
    /// Without the blanks around it.
    pub span: Span,
    pub ranges: bool,
}

impl Joint {
    /// The joint that a gap is.
    pub fn of(scene: &Scene<'_>, gap: Span) -> Option<Self> {
        let text = scene.slice(gap);
        let word = text.trim().to_lowercase();
        let phrases = &scene.lexicon.phrases;
        let ranges = matches!(word.as_str(), "-" | "–") || phrases.to.contains(&word);
        let lists = word == "," || phrases.and.contains(word.trim_start_matches(',').trim());
        let start = gap.start + text.len() - text.trim_start().len();
        let span = Span::new(start, start + text.trim().len());
        (ranges || lists).then_some(Self { span, ranges })
    }
}

/// The joint right behind a place, and where the number behind it begins.
fn joint(scene: &Scene<'_>, end: usize) -> Option<(Joint, usize)> {
    let window = scene.ahead(end, 60);
    let next = window.find(|c: char| c.is_ascii_digit())?;
    let gap = past_ordinal(&window[..next]);
    let joint = Joint::of(scene, Span::new(end + next - gap.len(), end + next))?;
    Some((joint, end + next))
}
