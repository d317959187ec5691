//! Resolutions named in words: of the United Nations by number (`resolution 1325 (2000)`, `resolution 76/227`), of the
//! Council and the European Parliament by date.

use std::sync::LazyLock;

use memchr::memmem;
use regex::{Captures, Regex};

use super::found::Found;
use super::issued::issued;
use super::lexicon::{ActType, Hit, Word};
use super::phrase::{ends_sentence, topic};
use super::scene::Scene;
use crate::model::{Designation, Kind, Language, PartialDate, Sign, Span, WorkId};
use crate::tables::{DateHit, Instrument};

const RULE: &str = "resolution";

/// How far from the noun its date and issuer may stand.
const REACH: usize = 90;

/// A Security Council resolution bears its year, a General Assembly resolution its session, until 1976 in Roman digits behind.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?P<assembly>[0-9]{1,4}) ?\((?P<roman>[IVXLC]{1,6}|[ES]-[IVX]{1,4})\)|(?P<council>[0-9]{1,4}),? ?\((?P<year>19[4-9][0-9]|20[0-9]{2})\)|(?P<session>(?:ES-)?[0-9]{1,2})/(?P<item>[0-9]{1,3})(?:[^0-9/]|$)|(?P<bare>[0-9]{3,4})(?:[^0-9/\p{L}%]|$))").ok()
});

/// The Security Council in the official languages.
static SECURITY_COUNCIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)UNSC|security council|sicherheitsrat|conseil de sécurité|consejo de seguridad|consiglio di sicurezza|conselho de segurança|veiligheidsraad|sikkerhedsråd|säkerhetsråd|turvallisuusneuvosto|julgeolekunõukogu|drošības padome|saugumo taryb|bezpieczeństwa|bezpečnost|varnostn|vijeć[ae] sigurnosti|biztonsági tanács|ENSZ BT|consiliu(?:l|lui)? de securitate|за сигурност|συμβουλ[ίι]ου? ασφαλε[ίι]ας|συμβούλιο ασφαλείας|kunsill tas-sigurtà|slándála").ok()
});

/// The language that calls a resolution of the United Nations a decision, and puts the number before it.
const NUMBER_BEFORE: &str = "hu";

/// All resolutions of the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let before = scene.table.code == NUMBER_BEFORE;
    let mut found = Vec::new();
    for hit in &scene.words {
        match hit.word {
            Word::Act(ActType::Resolution) => found.extend(of_noun(scene, hit)),
            Word::Act(ActType::Decision) if before => found.extend(before_noun(scene, hit)),
            Word::Act(ActType::Decision) => found.extend(of_council(scene, hit)),
            Word::Act(ActType::Recommendation) => found.extend(recommendation(scene, hit.span)),
            Word::ParliamentResolution => found.extend(parliament(scene, hit.span)),
            _ => {}
        }
    }
    let text = scene.slice(scene.span);
    for at in memmem::find_iter(text.as_bytes(), ACRONYM) {
        let start = scene.span.start + at;
        let plural = usize::from(scene.ahead(start + ACRONYM.len(), 1) == "s");
        let end = start + ACRONYM.len() + plural;
        found.extend(numbers(
            scene,
            Span::new(start, end),
            number_at(scene, end),
            Alone::Any,
        ));
    }
    found
}

/// Where the first number of a text begins, with the letters of an emergency session.
fn first_number(text: &str) -> Option<usize> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let letters = if text[..digit].ends_with(EMERGENCY) {
        EMERGENCY.len()
    } else {
        0
    };
    Some(digit - letters)
}

/// What the number of an emergency session of the General Assembly begins with ("ES-11/1").
const EMERGENCY: &str = "ES-";

/// The first session whose resolutions bear its number in this form.
const FIRST_SESSION: u32 = 30;

/// A resolution of the Security Council in short.
const ACRONYM: &str = "UNSCR";

/// Greek has one word for decisions and for resolutions of the Security Council.
fn of_council(scene: &Scene<'_>, noun: &Hit) -> Vec<Found> {
    let around = [
        scene.behind(noun.span.start, 60),
        scene.ahead(noun.span.end, REACH),
    ];
    let digits =
        around[1].starts_with([' ', '\n']) && around[1][1..].starts_with(|c: char| c.is_ascii_digit());
    let named = || {
        SECURITY_COUNCIL
            .as_ref()
            .is_some_and(|c| around.into_iter().any(|text| c.is_match(text)))
    };
    if digits && named() {
        numbers(scene, noun.span, noun.span.end + 1, Alone::None)
    } else {
        Vec::new()
    }
}

fn of_noun(scene: &Scene<'_>, noun: &Hit) -> Vec<Found> {
    let window = scene.ahead(noun.span.end, REACH);
    let digit = first_number(window);
    // The issuer may stand between: "rezoluce Rady bezpečnosti OSN č. 1325 (2000)".
    let plain = |gap: &str| !gap.contains([',', ';', ':', '(', ')', '"', '/']) && gap.starts_with(' ');
    let at = digit
        .filter(|at| plain(&window[..*at]))
        .map(|at| noun.span.end + at);
    let gap = at.map_or("", |at| scene.between(noun.span.end, at));
    let alone = alone(gap, [scene.behind(noun.span.start, 60), window], scene);
    let numbered = at.map_or(Vec::new(), |at| numbers(scene, noun.span, at, alone));
    if numbered.is_empty() {
        dated(scene, noun)
    } else {
        numbered
    }
}

/// Which numbers may stand without year or session behind a gap: those of a resolution next to its noun, or with nothing
/// but the Security Council between.
fn alone(gap: &str, around: [&str; 2], scene: &Scene<'_>) -> Alone {
    let mut words = scene.tables.languages().iter().flat_map(|t| &t.act.number);
    // "the Security Council adopted the resolution |UN| 1977"
    let owner = || scene.lexicon.phrases.union.contains_any_case(gap.trim());
    let next = gap.trim().is_empty() || words.any(|w| w == gap.trim()) || owner();
    let names_council = |text: &str| SECURITY_COUNCIL.as_ref().is_some_and(|c| c.is_match(text));
    match () {
        () if next && around.into_iter().any(names_council) => Alone::Any,
        () if next => Alone::Large,
        () if names_council(gap) && gap.split_whitespace().count() < 6 => Alone::Any,
        () => Alone::None,
    }
}

/// Which numbers may stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alone {
    Any,
    /// Those that are too large for other bodies, and no year.
    Large,
    None,
}

impl Alone {
    fn admits(self, number: u32) -> bool {
        match self {
            Self::Any => true,
            Self::Large => number >= FIRST_ALONE && !(1945..=2049).contains(&number),
            Self::None => false,
        }
    }
}

/// "az ENSZ BT 1325 (2000) sz. határozata"
fn before_noun(scene: &Scene<'_>, noun: &Hit) -> Option<Found> {
    let window = scene.behind(noun.span.start, 50);
    let offset = noun.span.start - window.len();
    let pattern = NUMBER.as_ref()?;
    let starts = window.char_indices().filter(|(at, c)| {
        c.is_ascii_digit() && !window[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '/')
    });
    let mut members = starts.filter_map(|(at, _)| {
        let captures = pattern.captures(&window[at..])?;
        member(scene, &captures, offset + at, Alone::None)
    });
    let (number, id) = members.next_back()?;
    let gap = scene.between(number.end, noun.span.start);
    let span = Span::new(number.start, noun.span.end);
    let id = id.filter(|_| !gap.contains([',', ';', ':', '(']))?;
    let told = [(Sign::Number, number), (Sign::Noun, noun.span)];
    Some(Found::identified(span, Kind::UnDocument, id, RULE).told_by(told))
}

/// Where the digits begin that follow at one blank.
fn number_at(scene: &Scene<'_>, at: usize) -> usize {
    at + usize::from(scene.ahead(at, 1) == " ")
}

/// The resolutions of a list that begins at `at`, the first with its noun.
fn numbers(scene: &Scene<'_>, noun: Span, at: usize, alone: Alone) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut next = Some(at);
    while let Some(start) = next {
        let Some(pattern) = NUMBER.as_ref() else { break };
        let Some(captures) = pattern.captures(scene.ahead(start, 24)) else {
            break;
        };
        let Some((span, id)) = member(scene, &captures, start, alone) else {
            break;
        };
        let told = [(Sign::Noun, noun), (Sign::Number, span)];
        let span = if found.is_empty() {
            Span::new(noun.start, span.end)
        } else {
            span
        };
        let designation = id.map_or(Designation::Words, Designation::Identified);
        found.push(Found::new(span, Kind::UnDocument, designation, RULE).told_by(told));
        next = first_number(scene.ahead(span.end, 24))
            .map(|gap| span.end + gap)
            .filter(|start| scene.lists(span.end, *start));
    }
    found
}

/// The number that was read at a place: its span and its id; no id where number and year do not go together.
fn member(
    scene: &Scene<'_>,
    captures: &Captures<'_>,
    at: usize,
    alone: Alone,
) -> Option<(Span, Option<WorkId>)> {
    let group = |name: &str| captures.name(name);
    let years = &scene.tables.security_council;
    let resolution = |number: u32, year: u16| WorkId::new(format!("UN-S-RES-{number}-{year}"));
    if let (Some(number), Some(year)) = (group("council"), group("year")) {
        let (value, written) = (number.as_str().parse().ok()?, year.as_str().parse().ok()?);
        let id = years
            .may_be_of(value, written)
            .then(|| resolution(value, written));
        return Some((Span::new(at, at + year.end() + 1), id));
    }
    if let (Some(number), Some(session)) = (group("assembly"), group("roman")) {
        let id = WorkId::new(format!("UN-A-RES-{}-{}", number.as_str(), session.as_str()));
        return Some((Span::new(at, at + session.end() + 1), Some(id)));
    }
    if let (Some(session), Some(item)) = (group("session"), group("item")) {
        let regular = session.as_str().parse().unwrap_or(0u32);
        if regular < FIRST_SESSION && !session.as_str().starts_with(EMERGENCY) {
            return None;
        }
        let id = WorkId::new(format!("UN-A-RES-{}-{}", session.as_str(), item.as_str()));
        return Some((Span::new(at, at + item.end()), Some(id)));
    }
    let bare = group("bare")?;
    let number: u32 = bare.as_str().parse().ok()?;
    let year = years.year(number).filter(|_| alone.admits(number))?;
    Some((Span::new(at, at + bare.end()), Some(resolution(number, year))))
}

/// From here on resolutions of the Security Council are named by number alone, without the Council.
const FIRST_ALONE: u32 = 1000;

/// "European Parliament resolution of 10 October 2019", "Entschließung des Rates vom ...".
fn dated(scene: &Scene<'_>, noun: &Hit) -> Vec<Found> {
    let of_parliament = parliament(scene, noun.span);
    if !of_parliament.is_empty() {
        return of_parliament;
    }
    let of_council = of(scene, noun.span, COUNCIL);
    if of_council.is_empty() {
        return titled(scene, noun.span).into_iter().collect();
    }
    of_council
}

/// How far from its noun the Council may stand.
const COUNCIL_NEAR: usize = 40;

/// "Council resolution on a strategic framework": shown with its title, but no title tells its number.
fn titled(scene: &Scene<'_>, noun: Span) -> Option<Found> {
    let left = scene.words_before(noun.start, COUNCIL_NEAR).next_back();
    let left = left.filter(|h| h.word == Word::Council && scene.links(h.span.end, noun.start));
    let right = scene.words_from(noun.end).first();
    let right = right.filter(|h| {
        let near = h.span.start < noun.end + COUNCIL_NEAR;
        h.word == Word::Council && near && scene.links(noun.end, h.span.start)
    });
    let council = left.or(right)?.span;
    let head = Span::new(noun.start.min(council.start), noun.end.max(council.end));
    let topic = topic(scene, head.end)?;
    let span = Span::new(head.start, topic.end);
    let found = Found::new(span, Kind::CouncilDocument, Designation::Words, RULE).with_confidence(0.7);
    Some(found.told_by([
        (Sign::Noun, noun),
        (Sign::Institution, council),
        (Sign::Topic, topic),
    ]))
}

/// "Council Recommendation of 14 June 2021 establishing a European Child Guarantee": that of the day which the words behind it
/// name, else the one known of that day to be of the Council.
fn recommendation(scene: &Scene<'_>, noun: Span) -> Option<Found> {
    let issued = issued(scene, noun, Word::Council).filter(|i| i.by_issuer)?;
    let end = issued.span.end;
    let behind = scene.names_in(Span::new(end, end + scene.ahead(end, SUBJECT).len()));
    let of_day = |row: &&Instrument| {
        let number = row.identifiers.iter().any(is_recommendation);
        number && row.date == Some(issued.date)
    };
    let of_day: Vec<&Instrument> = scene.tables.instruments.iter().filter(of_day).collect();
    let of = |fits: &dyn Fn(&Instrument) -> bool| -> Vec<WorkId> {
        let rows = of_day.iter().filter(|row| fits(row));
        rows.map(|row| row.id.clone()).collect()
    };
    let named = of(&|row| behind.contains(&row.id));
    let known = if named.len() == 1 {
        named
    } else {
        of(&is_of_council)
    };
    let designation = match <[WorkId; 1]>::try_from(known) {
        Ok([only]) => Designation::Identified(only),
        Err(none) if none.is_empty() => Designation::Words,
        Err(several) => Designation::OneOf(several),
    };
    let subject = topic(scene, end).map_or(0, |subject| subject.end);
    let found = Found::new(issued.span, Kind::LegalAct, designation, RULE).with_confidence(0.7);
    Some(
        found
            .with_reach(subject)
            .told_by([(Sign::Noun, noun), (Sign::Date, issued.day)]),
    )
}

/// Whether an id is the CELEX number of a recommendation.
fn is_recommendation(id: &WorkId) -> bool {
    let id = id.as_str();
    id.starts_with('3') && id.as_bytes().get(5) == Some(&b'H')
}

/// Whether an instrument is called a recommendation of the Council: the Commission issues recommendations as well.
fn is_of_council(row: &Instrument) -> bool {
    let names = row.names.get(&Language::ENGLISH).into_iter().flatten();
    names
        .into_iter()
        .any(|name| name.contains("Council Recommendation"))
}

fn parliament(scene: &Scene<'_>, noun: Span) -> Vec<Found> {
    of(scene, noun, PARLIAMENT)
}

/// An issuer, what the ids of its resolutions begin with, and their kind.
type Issuer = (Word, &'static str, Kind);

const PARLIAMENT: Issuer = (Word::Parliament, "EP-RESOLUTION", Kind::ParliamentDocument);
const COUNCIL: Issuer = (Word::Council, "COUNCIL-RESOLUTION", Kind::CouncilDocument);

/// The resolutions of an issuer by their dates; the Parliament's own need no issuer where the Parliament speaks.
fn of(scene: &Scene<'_>, noun: Span, issuer: Issuer) -> Vec<Found> {
    let speaks = || issuer.0 == Word::Parliament && scene.is_parliament_speaking(noun.start);
    let Some(first) = issued(scene, noun, issuer.0).filter(|i| i.by_issuer || speaks()) else {
        return Vec::new();
    };
    let with_subject = |found: Found| {
        let subject = topic(scene, found.span.end).map_or(0, |subject| subject.end);
        found.with_reach(subject)
    };
    let mut found = vec![with_subject(of_day(
        first.span,
        noun,
        (first.date, first.day),
        issuer,
    ))];
    let mut end = first.span.end;
    // A date before the noun ends the list that it is in.
    while let Some(next) = listed(scene, end).filter(|_| first.day.start > noun.start) {
        found.push(with_subject(of_day(
            next.span,
            noun,
            (next.date, next.span),
            issuer,
        )));
        end = next.span.end;
    }
    found
}

fn of_day(span: Span, noun: Span, (date, day): (PartialDate, Span), (_, series, kind): Issuer) -> Found {
    let id = WorkId::new(format!("{series}-{date}"));
    Found::identified(span, kind, id, RULE).told_by([(Sign::Noun, noun), (Sign::Date, day)])
}

/// How long the subject of one resolution may be before the next one of the list.
const SUBJECT: usize = 260;

/// The next of several resolutions that share a noun ("of 12 March 2019 and 16 September 2021"), perhaps each with its subject.
pub(super) fn listed(scene: &Scene<'_>, end: usize) -> Option<DateHit> {
    let next = next_day(scene, end).filter(|next| scene.joins_dates(end, next.span.start));
    next.or_else(|| listed_with_subject(scene, end))
}

/// The end of the last of the dates that go on from one ("of 6 March, 18 May and 17 July 2017| on Y").
fn last_joined(scene: &Scene<'_>, mut end: usize) -> usize {
    for date in scene.dates_ahead(end, SUBJECT) {
        if !scene.joins_dates(end, date.span.start) {
            break;
        }
        end = date.span.end;
    }
    end
}

fn next_day(scene: &Scene<'_>, end: usize) -> Option<DateHit> {
    let next = scene.dates_ahead(end, SUBJECT).into_iter().next();
    next.filter(|d| d.date.is_full())
}

/// The date of the next one of a list whose members share a noun and have each their subject ("of 23 November 2016 on X and of
/// 13 June 2018 on Y").
fn listed_with_subject(scene: &Scene<'_>, end: usize) -> Option<DateHit> {
    let phrases = &scene.lexicon.phrases;
    let next = next_day(scene, end)?;
    let mut before = scene.between(end, next.span.start).trim_end().split(' ').rev();
    let linking = |word: &&str| phrases.of.contains(word) || phrases.determiner.contains(word);
    let of = before
        .clone()
        .take_while(linking)
        .any(|word| phrases.of.contains(word));
    let joined = before.find(|word| !linking(word));
    let joined = joined.is_some_and(|word| word.ends_with(',') || phrases.and.contains(word));
    let subject = topic(scene, last_joined(scene, next.span.end)).is_some();
    let gap = scene.between(end, next.span.start);
    let others = scene
        .words_from(end)
        .iter()
        .take_while(|h| h.span.start < next.span.start);
    let alone = others
        .into_iter()
        .all(|h| !matches!(h.word, Word::Act(_) | Word::Conclusions));
    (of && joined && subject && alone && !gap.contains(';') && !ends_sentence(gap)).then_some(next)
}
