//! Resolutions named in words: of the United Nations by number (`resolution 1325 (2000)`, `resolution 76/227`), of the
//! Council and the European Parliament by date.

use std::sync::LazyLock;

use regex::Regex;

use super::found::Found;
use super::issued::issued;
use super::lexicon::{ActType, Hit, Word};
use super::scene::Scene;
use crate::model::{Kind, Span, WorkId};

const RULE: &str = "resolution";

/// How far from the noun the number of a resolution may stand, with the body that adopted it between.
const REACH: usize = 70;

/// A Security Council resolution bears its year, a General Assembly resolution its session.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[ \n](?:[\p{L}]{1,5}[.:]?[\p{L}]?[.°º]?[ \n])?(?:(?P<council>[0-9]{2,4}),? ?\((?P<year>19[4-9][0-9]|20[0-9]{2})\)|(?P<session>[3-9][0-9])/(?P<item>[0-9]{1,3})(?:[^0-9/]|$))").ok()
});

/// The same before its noun ("az 1325 (2000) sz. határozat").
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9/])(?P<council>[0-9]{2,4}),? ?\((?P<year>19[4-9][0-9]|20[0-9]{2})\)\.?[ \n](?:[\p{L}]{1,7}\.?[ \n])?$").ok()
});

/// All resolutions of the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    scene
        .words
        .iter()
        .filter_map(|hit| resolution(scene, hit))
        .collect()
}

fn resolution(scene: &Scene<'_>, hit: &Hit) -> Option<Found> {
    match hit.word {
        Word::Act(ActType::Resolution) => numbered(scene, hit).or_else(|| dated(scene, hit)),
        // Some languages have one word for decisions and resolutions of the Security Council.
        Word::Act(ActType::Decision) => {
            numbered(scene, hit).filter(|found| names_united_nations(scene, around(scene, found.span)))
        }
        Word::ParliamentResolution => parliament(scene, hit.span),
        _ => None,
    }
}

/// A span with what stands right before and behind it.
fn around(scene: &Scene<'_>, span: Span) -> Span {
    let (before, after) = (scene.behind(span.start, REACH), scene.ahead(span.end, REACH));
    Span::new(span.start - before.len(), span.end + after.len())
}

fn numbered(scene: &Scene<'_>, noun: &Hit) -> Option<Found> {
    behind(scene, noun.span).or_else(|| before(scene, noun.span))
}

/// The number behind the noun, perhaps with the body between ("rezoluce Rady bezpečnosti OSN č. 1325 (2000)").
fn behind(scene: &Scene<'_>, noun: Span) -> Option<Found> {
    let number = NUMBER.as_ref()?;
    let body = scene
        .words_from(noun.end)
        .iter()
        .take_while(|h| h.span.end < noun.end + REACH)
        .filter(|h| h.word == Word::NotCouncil)
        .map(|h| past_union(scene, h.span.end));
    let (from, captures) = std::iter::once(noun.end)
        .chain(body)
        .find_map(|from| Some((from, number.captures(scene.ahead(from, 24))?)))?;
    let group = |name: &str| captures.name(name);
    let (id, end) = match (group("council"), group("session"), group("item")) {
        (Some(number), _, _) => {
            let year = group("year")?;
            (security_council(number.as_str(), year.as_str()), year.end() + 1)
        }
        (None, Some(session), Some(item)) => (
            WorkId::new(format!("UN-A-RES-{}-{}", session.as_str(), item.as_str())),
            item.end(),
        ),
        _ => return None,
    };
    let plain = !scene.between(noun.end, from).contains([',', ';', ':', '.', '\n']);
    let span = Span::new(noun.start, from + end);
    plain.then(|| Found::identified(span, Kind::UnDocument, id, RULE))
}

/// Past the names of the United Nations that follow the name of its body.
fn past_union(scene: &Scene<'_>, at: usize) -> usize {
    let names = &scene.lexicon.phrases.union;
    let mut end = at;
    let mut place = at;
    for word in scene.ahead(at, REACH).split(' ').take(6) {
        place += word.len();
        let phrase = scene.between(end, place).trim().to_lowercase();
        if names.contains(&phrase) {
            end = place;
        }
        place += 1;
    }
    end
}

fn before(scene: &Scene<'_>, noun: Span) -> Option<Found> {
    let window = scene.behind(noun.start, 24);
    let captures = BEFORE.as_ref()?.captures(window)?;
    let (number, year) = (captures.name("council")?, captures.name("year")?);
    let start = noun.start - window.len() + number.start();
    let id = security_council(number.as_str(), year.as_str());
    Some(Found::identified(
        Span::new(start, noun.end),
        Kind::UnDocument,
        id,
        RULE,
    ))
}

fn security_council(number: &str, year: &str) -> WorkId {
    WorkId::new(format!("UN-S-RES-{number}-{year}"))
}

fn names_united_nations(scene: &Scene<'_>, span: Span) -> bool {
    let words = scene.words_from(span.start).iter();
    words
        .take_while(|h| h.span.end <= span.end)
        .any(|h| h.word == Word::NotCouncil)
}

/// "European Parliament resolution of 10 October 2019", "Entschließung des Rates vom ...".
fn dated(scene: &Scene<'_>, noun: &Hit) -> Option<Found> {
    parliament(scene, noun.span).or_else(|| {
        of(
            scene,
            noun.span,
            (Word::Council, "COUNCIL-RESOLUTION", Kind::CouncilDocument),
        )
    })
}

fn parliament(scene: &Scene<'_>, noun: Span) -> Option<Found> {
    of(
        scene,
        noun,
        (Word::Parliament, "EP-RESOLUTION", Kind::ParliamentDocument),
    )
}

fn of(scene: &Scene<'_>, noun: Span, (issuer, series, kind): (Word, &str, Kind)) -> Option<Found> {
    let speaks = || issuer == Word::Parliament && scene.speaker(noun.start) == Some(issuer);
    let issued = issued(scene, noun, issuer).filter(|i| i.by_issuer || speaks())?;
    let id = WorkId::new(format!("{series}-{}", issued.date));
    Some(Found::identified(issued.span, kind, id, RULE))
}
