//! Resolutions named in words: of the United Nations by number (`resolution 1325 (2000)`, `resolution 76/227`), of the
//! Council and the European Parliament by date.

use std::sync::LazyLock;

use regex::Regex;

use super::found::Found;
use super::lexicon::{ActType, Hit, Word};
use super::scene::Scene;
use crate::model::{Kind, Sign, Span, WorkId};

const RULE: &str = "resolution";

/// How far from the noun its date and issuer may stand.
const REACH: usize = 90;

/// A Security Council resolution bears its year, a General Assembly resolution its session.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[ \n](?:[Nn][or°º]?\.?[ \n])?(?:(?P<council>[0-9]{2,4}),? ?\((?P<year>19[4-9][0-9]|20[0-9]{2})\)|(?P<session>[3-9][0-9])/(?P<item>[0-9]{1,3})(?:[^0-9/]|$))").ok()
});

/// The Parliament in the official languages: a stem is enough beside "resolution".
static PARLIAMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)parlament|parliament|parlement|parlamen|parlaiminte|κοινοβουλ|парламент").ok()
});

/// All resolutions of the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let nouns = scene
        .words
        .iter()
        .filter(|h| h.word == Word::Act(ActType::Resolution));
    nouns
        .filter_map(|hit| numbered(scene, hit).or_else(|| dated(scene, hit)))
        .collect()
}

fn numbered(scene: &Scene<'_>, noun: &Hit) -> Option<Found> {
    let captures = NUMBER.as_ref()?.captures(scene.ahead(noun.span.end, 24))?;
    let group = |name: &str| captures.name(name);
    let (id, end) = match (group("council"), group("session"), group("item")) {
        (Some(number), _, _) => {
            let year = group("year")?;
            (
                format!("UN-S-RES-{}-{}", number.as_str(), year.as_str()),
                year.end() + 1,
            )
        }
        (None, Some(session), Some(item)) => (
            format!("UN-A-RES-{}-{}", session.as_str(), item.as_str()),
            item.end(),
        ),
        _ => return None,
    };
    let span = Span::new(noun.span.start, noun.span.end + end);
    let told = [
        (Sign::Noun, noun.span),
        (Sign::Number, Span::new(noun.span.end + 1, span.end)),
    ];
    Some(Found::identified(span, Kind::UnDocument, WorkId::new(id), RULE).told_by(told))
}

/// "European Parliament resolution of 10 October 2019", "Entschließung des Rates vom ...".
fn dated(scene: &Scene<'_>, noun: &Hit) -> Option<Found> {
    let date = scene
        .dates_ahead(noun.span.end, REACH)
        .into_iter()
        .next()
        .filter(|d| d.date.is_full())?;
    let between = scene.between(noun.span.end, date.span.start);
    let before = scene.behind(noun.span.start, 40);
    let names_parliament = |text: &str| PARLIAMENT.as_ref().is_some_and(|p| p.is_match(text));
    let body = scene
        .words_from(noun.span.end)
        .iter()
        .take_while(|h| h.span.end <= date.span.start)
        .any(|h| h.word == Word::Council);
    let straight = !between.contains(['.', ';', ':', ',', '\n']);
    let (series, kind) = match () {
        () if names_parliament(between)
            || (scene.links(noun.span.end, date.span.start) && names_parliament(before)) =>
        {
            ("EP-RESOLUTION", Kind::ParliamentDocument)
        }
        () if body => ("COUNCIL-RESOLUTION", Kind::CouncilDocument),
        () => return None,
    };
    let span = Span::new(noun.span.start, date.span.end);
    let told = [(Sign::Noun, noun.span), (Sign::Date, date.span)];
    let id = WorkId::new(format!("{series}-{}", date.date));
    straight.then(|| Found::identified(span, kind, id, RULE).told_by(told))
}
