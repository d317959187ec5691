//! Treaties and their articles with pinpoints, in either order: `Article 42(7) TEU`, `artikel 42, lid 7, van het Verdrag`,
//! `42. cikk (7) bekezdése`.

use std::collections::HashMap;

use super::articles::{self, Article};
use super::found::Found;
use super::lexicon::{Hit, Word};
use super::phrases::lower_case;
use super::scene::Scene;
use crate::model::{Designation, Kind, Span, WorkId};

const RULE: &str = "treaty-article";

/// How far behind its articles the name of the treaty may stand.
const REACH: usize = 140;

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
        let articles = articles::headed(scene, hit.span);
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
            None => {
                let treaty = treaty_above(scene, first);
                for article in &articles {
                    if let Some(treaty) = treaty {
                        known.insert(article.number.clone(), treaty);
                        found.push(mention(article, treaty, article.span));
                    } else {
                        found.extend(short(scene, article, &known));
                    }
                }
            }
        }
    }
    found.extend(alone(scene, &taken));
    found.extend(protocols(scene));
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
    Found::identified(span, Kind::Treaty, id(article, treaty), RULE).with_pinpoint(Some(article.pinpoint()))
}

/// The id of an article of a treaty, with its first paragraph.
fn id(article: &Article, treaty: &str) -> WorkId {
    let paragraph = article
        .inner
        .first()
        .filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
    match paragraph {
        Some(paragraph) => WorkId::new(format!("{treaty}-{}-{paragraph}", article.number)),
        None => WorkId::new(format!("{treaty}-{}", article.number)),
    }
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

/// How far before its articles a treaty may begin that is named in full.
const ABOVE: usize = 200;

/// The treaty of which these articles matter most ("the Treaty on the Functioning of the European Union (TFEU), and in
/// particular Article 16 thereof"): it is a reference of its own.
fn treaty_above(scene: &Scene<'_>, at: usize) -> Option<&'static str> {
    let mut before = scene.words_before(at, ABOVE).rev();
    let hit = before.find(|h| matches!(h.word, Word::Treaty(_)))?;
    let Word::Treaty(treaty) = hit.word else {
        return None;
    };
    let phrases = &scene.lexicon.phrases;
    let gap = scene.between(hit.span.end, at);
    let sets = [&phrases.particular, &phrases.and, &phrases.determiner];
    let lower = lower_case(gap);
    let names = || phrases.particular.iter().any(|p| lower.contains(p.as_str()));
    (phrases.make(gap, &sets) && names()).then_some(treaty)
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

/// The protocols to the treaties of the Union are numbered from 1 to 37.
const PROTOCOLS: u32 = 37;

/// Protocols cited by number: `Protocol No 21`, `21. jegyzőkönyv`.
fn protocols<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Found> + 'a {
    let hits = scene.words.iter().filter(|h| h.word == Word::Protocol);
    hits.filter_map(|h| {
        let (number, span) = numbered(scene, h.span).or_else(|| articles::number_before(scene, h.span))?;
        let number: u32 = number.parse().ok()?;
        let designation = if number <= PROTOCOLS && is_of_union(scene, span) {
            Designation::Identified(WorkId::new(format!("PROTOCOL-{number}")))
        } else {
            Designation::Words
        };
        Some(Found::new(span, Kind::Treaty, designation, "treaty-protocol"))
    })
}

/// The number of a protocol, behind the word for number.
fn numbered(scene: &Scene<'_>, word: Span) -> Option<(String, Span)> {
    let window = scene.ahead(word.end, 24);
    let rest = window.strip_prefix(' ')?;
    let tables = scene.tables.languages().iter().flat_map(|t| &t.act.number);
    let number = tables
        .filter(|n| rest.starts_with(n.as_str()))
        .max_by_key(|n| n.len())?;
    let digits = rest[number.len()..].trim_start();
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let stands = !digits[length..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let end = word.end + window.len() - digits.len() + length;
    (matches!(length, 1 | 2) && stands).then(|| (digits[..length].to_owned(), Span::new(word.start, end)))
}

/// Other treaties have numbered protocols, too ("Protocol No 13 to the Convention"): those of the Union are named with
/// their treaty or by what they are on.
fn is_of_union(scene: &Scene<'_>, span: Span) -> bool {
    let treaty = |h: &Hit| matches!(h.word, Word::Treaty(_));
    let behind = scene
        .words_from(span.end)
        .iter()
        .take_while(|h| h.span.start < span.end + REACH);
    let rest = scene.ahead(span.end, 32).trim_start_matches([',', ' ', '(']);
    let on = scene.lexicon.phrases.on.iter().any(|on| {
        rest.strip_prefix(on.as_str())
            .is_some_and(|tail| tail.starts_with(' '))
    });
    on || behind.into_iter().any(treaty) || scene.words_before(span.start, 80).any(treaty)
}
