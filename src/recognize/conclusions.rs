//! Conclusions of the Council and the European Council: by date, by title, in lists under a governing phrase, in
//! coordination ("cyber¹ and hybrid² Council Conclusions").

use super::found::Found;
use super::lexicon::{Hit, Word};
use super::phrase::{ends_sentence, topic, topic_before, topic_end, without_article};
use super::phrases::lower_case;
use super::resolutions::listed as listed_with_date;
use super::scene::{Scene, body, written_call};
use crate::model::{Block, Body, Designation, Kind, Role, Sign, Span};
use crate::tables::DateHit;

const DATED: &str = "conclusions-dated";
const TITLED: &str = "conclusions-titled";
const LISTED: &str = "conclusions-listed";
const COORDINATED: &str = "conclusions-coordinated";
const GENERIC: &str = "conclusions-generic";

/// How far from the noun its date or institution may stand.
const REACH: usize = 110;

/// How far the dates of a list may go before or behind the noun.
const LIST: usize = 700;

/// The noun with its institution: what every form of the reference hangs on.
#[derive(Debug, Clone, Copy)]
struct Head {
    /// Institution and noun, where they stand together.
    span: Span,
    /// Where noun and institution end, whichever comes last.
    end: usize,
    body: Option<Body>,
    /// The institution, where it is a word of its own.
    institution: Option<Span>,
    /// Where the institution begins, if it stands before the noun.
    left: Option<usize>,
}

/// All conclusions of the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for hit in &scene.words {
        if !matches!(
            hit.word,
            Word::Conclusions | Word::CouncilConclusions | Word::EuropeanCouncilConclusions
        ) {
            continue;
        }
        if let Some(running) = running_head(scene, hit.span) {
            found.push(running.told_by([(Sign::Noun, hit.span)]));
        } else if let Some(head) = head(scene, hit.span, hit.word) {
            let institution = head.institution.map(|span| (Sign::Institution, span));
            let told = [(Sign::Noun, hit.span)].into_iter().chain(institution);
            found.extend(members(scene, &head).into_iter().map(|f| f.told_by(told.clone())));
        }
    }
    found
}

/// The line that the conclusions of the European Council bear on each page: "Conclusions – 24 and 25 March 2022".
fn running_head(scene: &Scene<'_>, noun: Span) -> Option<Found> {
    let date = scene.dates_ahead(noun.end, REACH).into_iter().next()?;
    let dash = matches!(scene.between(noun.end, date.span.start).trim(), "–" | "—" | "-");
    // The lines around may be joined to it: they are sentences of their own.
    let before = scene.behind(noun.start, 3).trim_end();
    let rest = scene.ahead(date.span.end, 8).trim_start();
    let goes_on = rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_punctuation());
    let alone = (before.is_empty() || before.ends_with('.')) && !goes_on;
    let span = Span::new(noun.start, date.span.end);
    let head = (Some(Body::EuropeanCouncil), &date);
    (dash && alone && date.date.is_full()).then(|| dated(span, head, &None, 0))
}

fn head(scene: &Scene<'_>, noun: Span, word: Word) -> Option<Head> {
    if let Some(body) = body(word) {
        return Some(Head {
            span: noun,
            end: noun.end,
            body: Some(body),
            institution: None,
            left: Some(noun.start),
        });
    }
    let left = scene
        .words_before(noun.start, LIST)
        .rev()
        .find(|h| is_body(h.word))
        .filter(|h| {
            let gap = scene.between(h.span.end, noun.start);
            let (from, to) = (h.span.end, noun.start);
            let leads =
                gap.trim().is_empty() || names_dates_only(scene, from, to) || is_presided(scene, from, to);
            !gap.contains('\n') && leads
        });
    if let Some(council) = left.is_none().then(|| with_governments(scene, noun)).flatten() {
        return Some(Head {
            span: Span::new(council.start, noun.end),
            end: noun.end,
            body: Some(Body::Council),
            institution: Some(council),
            left: Some(council.start),
        });
    }
    if let Some(hit) = left {
        let body = body(hit.word)?;
        return Some(Head {
            span: Span::new(hit.span.start, noun.end),
            end: noun.end,
            body: Some(body),
            institution: Some(hit.span),
            left: Some(hit.span.start),
        });
    }
    let right = scene
        .words_from(noun.end)
        .iter()
        .take(4)
        .find(|h| is_body(h.word))
        .filter(|h| h.span.start < noun.end + NEAR && belongs(scene, noun.end, h.span));
    let whole = |council: Span| Span::new(council.start, scene.end_with_governments(council));
    match right.map(|hit| (hit.word, whole(hit.span))) {
        Some((word, institution)) => Some(Head {
            span: Span::new(noun.start, institution.end),
            end: institution.end,
            body: Some(body(word)?),
            institution: Some(institution),
            left: None,
        }),
        None => Some(Head {
            span: noun,
            end: noun.end,
            body: subject_behind(scene, noun.end)
                .or_else(|| scene.speaker(noun.start))
                .filter(|b| *b == Word::EuropeanCouncil)
                .and_then(body),
            institution: None,
            left: None,
        }),
    }
}

/// How far before its noun the Council may be named with the governments whose representatives met in it.
const TOGETHER: usize = 140;

/// The Council and the governments before a noun: "neuvoston ja neuvostossa kokoontuneiden jäsenvaltioiden hallitusten edustajien
/// |päätelmät".
fn with_governments(scene: &Scene<'_>, noun: Span) -> Option<Span> {
    if !scene.table.treaty.first {
        return None;
    }
    let mut before = scene.words_before(noun.start, TOGETHER);
    let council = before.find(|h| h.word == Word::Council)?;
    let end = scene.end_with_governments(council.span);
    let gap = scene.between(end, noun.start);
    let apart = gap.contains([',', '.', ';', ':', '(']) || gap.split_whitespace().count() > ISSUER;
    (end > council.span.end && !apart).then(|| Span::new(council.span.start, end))
}

/// How many words may stand between the governments and the noun: "edustajien", "kooskõlastatud esindajate".
const ISSUER: usize = 2;

/// How far behind its noun an institution may stand, with the Presidency or a meeting between.
const NEAR: usize = 80;

/// "Eurooppa-neuvoston |puheenjohtajan| päätelmät": the Presidency, where all that belongs to a noun stands before it.
fn is_presided(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.table.treaty.first && scene.links(from, to)
}

/// Whether an institution behind the noun belongs to it ("of the Council"); one in a clause of its own does where a date follows
/// ("which the European Council adopted in June 2015").
fn belongs(scene: &Scene<'_>, from: usize, institution: Span) -> bool {
    let which = &scene.lexicon.phrases.which;
    let gap = scene.between(from, institution.start);
    let clause = which.contains_any_case(gap.trim_matches([',', ' ']));
    let date = || scene.dates_ahead(institution.end, REACH).into_iter().next();
    let dated = || date().is_some_and(|d| scene.links(institution.end, d.span.start));
    match clause {
        true => dated(),
        false => !gap.contains(',') && scene.links(from, institution.start),
    }
}

/// The institution that a sentence goes on with behind its conclusions ("In its conclusions of 20 May 2021, the Council ...").
fn subject_behind(scene: &Scene<'_>, at: usize) -> Option<Word> {
    let reach = at + scene.ahead(at, REACH).len();
    let next = scene.words_from(at).iter().find(|h| is_body(h.word));
    let next = next.filter(|h| h.span.end <= reach)?;
    let gap = scene.between(at, next.span.start);
    let Some((phrase, before)) = gap.rsplit_once(',') else {
        return goes_on_as_subject(scene, at, next).then_some(next.word);
    };
    let starts_clause = scene
        .lexicon
        .phrases
        .make(before, &[&scene.lexicon.phrases.determiner]);
    (starts_clause && !phrase.contains([',', ';', ':']) && !ends_sentence(phrase)).then_some(next.word)
}

/// How many words may stand between conclusions and the subject behind them: a verb and an article.
const VERB: usize = 2;

/// Whether the European Council stands behind conclusions and their date without a comma, at most behind a verb ("2016 m. spalio 20 d.
/// išvadose (4) Europos Vadovų Taryba paragino", "In seinen Schlussfolgerungen vom 20. Mai forderte der Europäische Rat").
fn goes_on_as_subject(scene: &Scene<'_>, at: usize, subject: &Hit) -> bool {
    let phrases = &scene.lexicon.phrases;
    let dates = scene.dates_in(Span::new(at, subject.span.start));
    let dated = dates.last().filter(|date| scene.links(at, date.span.start));
    let from = dated.map_or(at, |date| date.span.end);
    let from = from + written_call(scene.between(from, subject.span.start));
    let gap = scene.between(from, subject.span.start);
    let leads = |word: &str| phrases.and.contains_any_case(word) || phrases.on.contains_any_case(word);
    subject.word == Word::EuropeanCouncil
        && gap.split_whitespace().count() <= VERB
        && gap.chars().all(|c| c.is_lowercase() || c == ' ')
        && !gap.split_whitespace().any(leads)
}

fn is_body(word: Word) -> bool {
    matches!(word, Word::Council | Word::EuropeanCouncil | Word::NotCouncil)
}

/// "neuvoston 14 päivänä maaliskuuta 1995 tekemät päätelmät": nothing but dates and linking words.
fn names_dates_only(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let dates = scene.dates_in(Span::new(from, to));
    let mut end = from;
    for date in &dates {
        let start = date.span.start;
        let linked = if end == from {
            scene.links(end, start)
        } else {
            scene.joins_dates(end, start)
        };
        if !linked {
            return false;
        }
        end = date.span.end;
    }
    // "of the European Council of December 2019, its own conclusions": a comma leads to other conclusions.
    !dates.is_empty() && scene.links(end, to) && !scene.between(end, to).contains(',')
}

/// The mentions that hang on one head.
fn members(scene: &Scene<'_>, head: &Head) -> Vec<Found> {
    let dates = dates_after(scene, head);
    let after = dates.last().map_or(head.end, |d| d.span.end);
    let topic = topic(scene, after).map(|t| first_name(scene, t));
    let reach = topic.map_or(after, |t| t.end);
    let words = topic.map(|t| (t, scene.slice(t).to_owned()));
    let mut found = coordinated(scene, head);
    let within = date_before(scene, head).filter(|d| head.left.is_some_and(|left| d.span.start >= left));
    if let Some(date) = within {
        let dated = dated_before(scene, head, date, (&words, reach));
        return found.into_iter().chain(dated).collect();
    }
    if let Some((first, rest)) = dates.split_first() {
        let span = Span::new(head.span.start, first.span.end);
        let several = rest.len();
        found.push(
            dated(span, (head.body, first), &words, several).with_reach(if rest.is_empty() {
                reach
            } else {
                span.end
            }),
        );
        for (place, date) in rest.iter().enumerate() {
            let last = place + 1 == rest.len();
            found.push(
                dated(date.span, (head.body, date), &words, several).with_reach(if last {
                    reach
                } else {
                    date.span.end
                }),
            );
        }
        let last = rest.last().unwrap_or(first).span.end;
        found.extend(with_subjects(scene, head, last));
        return found;
    }
    let earlier = date_before(scene, head);
    let topic = topic.or_else(|| topic_before(scene, head.span.start).filter(|_| earlier.is_none()));
    match (topic, earlier) {
        (_, Some(date)) => found.extend(dated_before(scene, head, date, (&words, reach))),
        (Some(topic), None) => {
            if let Some(first) = titled(scene, head, topic) {
                let listed = dates_listed(scene, first.reach, topic);
                let more = listed.iter().map(|date| listed_date(scene, (head, topic), date));
                found.push(first);
                found.extend(more);
            }
        }
        (None, None) if found.is_empty() => found.extend(generic(scene, head)),
        (None, None) => {}
    }
    found
}

/// The conclusions that share the noun, each with its date and its topic ("of 18 February 2008 on X and of 20 April 2015 on Y").
fn with_subjects(scene: &Scene<'_>, head: &Head, mut end: usize) -> Vec<Found> {
    let mut found = Vec::new();
    while let Some(date) = listed_with_date(scene, end) {
        let topic = topic(scene, date.span.end);
        let words = topic.map(|t| (t, scene.slice(t).to_owned()));
        let reach = topic.map_or(date.span.end, |t| t.end);
        found.push(dated(date.span, (head.body, &date), &words, 0).with_reach(reach));
        end = date.span.end;
    }
    found
}

/// "conclusions on X and the Y": where X and Y are names of their own, the conclusions are on X.
fn first_name(scene: &Scene<'_>, topic: Span) -> Span {
    let Some(first) = scene
        .names_from(topic)
        .next()
        .filter(|n| n.span.start < topic.start + 12)
    else {
        return topic;
    };
    let next = scene.names_from(topic).find(|n| n.span.start > first.span.end);
    match next {
        Some(next) if scene.lists(first.span.end, next.span.start) => Span::new(topic.start, first.span.end),
        _ => topic,
    }
}

fn dated(
    span: Span,
    (body, date): (Option<Body>, &DateHit),
    topic: &Option<(Span, String)>,
    others: usize,
) -> Found {
    let designation = Designation::Conclusions {
        body,
        date: Some(date.date),
        topic: topic.as_ref().map(|(_, words)| words.clone()),
        shared: others > 0,
        about: Vec::new(),
    };
    let topic = topic.as_ref().map(|(span, _)| (Sign::Topic, *span));
    Found::new(span, Kind::Conclusions, designation, DATED)
        .told_by([(Sign::Date, date.span)].into_iter().chain(topic))
}

/// The dates right after the head, with nothing but linking words between.
fn dates_after(scene: &Scene<'_>, head: &Head) -> Vec<DateHit> {
    let mut dates: Vec<DateHit> = Vec::new();
    for date in scene.dates_ahead(head.end, LIST) {
        let joined = match dates.last() {
            None => date.span.start < head.end + REACH && links_to_date(scene, head.end, date.span.start),
            Some(last) => scene.joins_dates(last.span.end, date.span.start),
        };
        if !joined {
            break;
        }
        dates.push(date);
    }
    dates
}

/// Like linking words, but a formation of the Council may be named as well ("Foreign Affairs Council,").
fn links_to_date(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    if scene.links(from, to) {
        return true;
    }
    let gap = scene.between(from, to);
    let council = scene
        .words_from(from)
        .iter()
        .take_while(|h| h.span.start < to)
        .find(|h| is_body(h.word) && h.span.end <= to);
    let plain = |a: usize, b: usize| {
        let rest = scene
            .between(a, b)
            .split([',', ' ', '(', ')'])
            .filter(|w| !w.is_empty() && !w.starts_with(char::is_uppercase));
        scene.lexicon.phrases.make(
            &rest.collect::<Vec<_>>().join(" "),
            &[&scene.lexicon.phrases.of, &scene.lexicon.phrases.and],
        )
    };
    gap.len() < 70
        && !gap.contains(['.', ';', ':', '\n'])
        && council.is_some_and(|c| plain(from, c.span.start) && plain(c.span.end, to))
}

/// How far before its head a date may begin.
const BESIDE: usize = 40;

/// A date that stands before the head or between institution and noun.
fn date_before(scene: &Scene<'_>, head: &Head) -> Option<DateHit> {
    let reach = head.span.len() + BESIDE;
    let date = scene.dates_behind(head.end, reach).into_iter().next_back()?;
    let free = match head.left {
        Some(left) if date.span.start >= left => true,
        _ => {
            date.span.end <= head.span.start
                && scene.links(date.span.end, head.span.start)
                && !scene.between(date.span.end, head.span.start).contains(',')
        }
    };
    free.then_some(date)
}

/// The date before the head and those listed before it ("2022 m. birželio 18 d. ir 2023 m. birželio 26 d. Tarybos išvadas").
fn dated_before(
    scene: &Scene<'_>,
    head: &Head,
    date: DateHit,
    (topic, reach): (&Option<(Span, String)>, usize),
) -> Vec<Found> {
    let mut next = date.span;
    let mut earlier = Vec::new();
    for hit in scene.dates_behind(date.span.start, LIST).into_iter().rev() {
        if !scene.joins_dates(hit.span.end, next.start) {
            break;
        }
        next = hit.span;
        earlier.push(hit);
    }
    let others = earlier.len();
    // The institution before all dates goes with the first of them, the noun with the last.
    let first = earlier.last().map_or(date.span.start, |d| d.span.start);
    let start = |span: Span| {
        if span.start == first {
            head.span.start.min(first)
        } else {
            span.start
        }
    };
    let mut found: Vec<Found> = earlier
        .into_iter()
        .map(|d| {
            let span = Span::new(start(d.span), d.span.end);
            dated(span, (head.body, &d), topic, others)
        })
        .collect();
    let span = Span::new(start(date.span), head.end);
    found.push(dated(span, (head.body, &date), topic, others).with_reach(reach));
    found
}

/// "Council conclusions on X", with the date that may follow X.
fn titled(scene: &Scene<'_>, head: &Head, topic: Span) -> Option<Found> {
    let (topic, date) = date_in_topic(scene, topic);
    if head.body.is_none() && date.is_none() && !is_definite(scene, head) && !is_identified(scene, topic) {
        return None;
    }
    let words = scene.slice(topic).to_owned();
    let designation = Designation::Conclusions {
        body: head.body,
        date: date.map(|d| d.date),
        topic: Some(words),
        shared: false,
        about: Vec::new(),
    };
    // A postposition ends the topic before its phrase ends.
    let phrase = topic_end(
        scene,
        topic.start,
        topic.start + scene.ahead(topic.start, 2 * REACH).len(),
    );
    let behind = !scene.lexicon.phrases.on_behind.is_empty();
    let reach = date
        .map_or(topic.end, |d| d.span.end)
        .max(head.end)
        .max(if behind { phrase } else { 0 });
    Some(
        Found::new(
            Span::new(head.span.start.min(topic.start), topic.end.max(head.end)),
            Kind::Conclusions,
            designation,
            TITLED,
        )
        .told_by([(Sign::Topic, topic)])
        .told_by(date.map(|d| (Sign::Date, d.span)))
        .with_reach(reach),
    )
}

/// The dates that go on from the one behind a topic ("on X of 25 November 2013, 18 November 2014 and 18 May 2015").
fn dates_listed(scene: &Scene<'_>, from: usize, topic: Span) -> Vec<DateHit> {
    let mut end = from;
    let mut dates = Vec::new();
    if !scene.dates_in(topic).iter().any(|d| d.span.end == from) && from == topic.end {
        return dates;
    }
    for date in scene.dates_ahead(from, 2 * REACH) {
        if !scene.joins_dates(end, date.span.start) {
            break;
        }
        end = date.span.end;
        dates.push(date);
    }
    dates
}

fn listed_date(scene: &Scene<'_>, (head, topic): (&Head, Span), date: &DateHit) -> Found {
    let (topic, _) = date_in_topic(scene, topic);
    dated(
        date.span,
        (head.body, date),
        &Some((topic, scene.slice(topic).to_owned())),
        1,
    )
}

/// A date at the end of a topic ("on X of 23 May 2022") or right behind it ("on X, 23 May 2022") dates the conclusions.
fn date_in_topic(scene: &Scene<'_>, topic: Span) -> (Span, Option<DateHit>) {
    for date in scene.dates_ahead(topic.start, topic.len() + 40) {
        if date.span.start >= topic.end {
            let near = scene.links(behind_acronym(scene, topic.end), date.span.start);
            return (topic, near.then_some(date));
        }
        let before = scene.between(topic.start, date.span.start).trim_end();
        let word = before.rsplit(' ').next().unwrap_or("");
        if scene.lexicon.phrases.of.contains_any_case(word) {
            let end = topic.start + before.len() - word.len();
            let end = topic.start + scene.between(topic.start, end).trim_end().len();
            return (Span::new(topic.start, end), Some(date));
        }
        // "on X 25 November 2013": a date that ends the topic needs no word before it.
        if date.span.end == topic.end {
            return (Span::new(topic.start, topic.start + before.len()), Some(date));
        }
    }
    (topic, None)
}

/// The place behind the acronym in a bracket that stands at a place ("on a security and defence policy| (ESDP) of 12 December").
fn behind_acronym(scene: &Scene<'_>, at: usize) -> usize {
    let inner = scene.ahead(at, ACRONYM).strip_prefix(" (");
    let acronym = inner
        .and_then(|inner| inner.split_once(')'))
        .map(|(acronym, _)| acronym);
    let is_short = |a: &&str| a.chars().all(|c| c.is_uppercase() || c == '-') && !a.is_empty();
    acronym
        .filter(is_short)
        .map_or(at, |acronym| at + acronym.len() + 3)
}

/// No acronym in a bracket is longer, in bytes.
const ACRONYM: usize = 24;

/// "its conclusions on X", or the first words of a line: someone's conclusions, not just any.
fn is_definite(scene: &Scene<'_>, head: &Head) -> bool {
    let before = scene.behind(head.span.start, 30).trim_end();
    let word = lower_case(before.rsplit(' ').next().unwrap_or(""));
    before.is_empty()
        || before.ends_with(':')
        || (!word.is_empty() && scene.lexicon.phrases.determiner.contains(&word) && word.chars().count() > 1)
}

/// A footnote, a bracket with a number or a named instrument makes conclusions without an institution definite enough.
fn is_identified(scene: &Scene<'_>, topic: Span) -> bool {
    let bracket = scene
        .ahead(topic.end, 24)
        .strip_prefix(" (")
        .is_some_and(|b| b.split(')').next().is_some_and(|b| b.contains('/')));
    let named = scene
        .names_from(topic)
        .next()
        .is_some_and(|n| n.span.start < topic.start + 16);
    bracket || named || scene.call_at(topic.end).is_some()
}

/// "relevant Council conclusions": shown, but nobody can say which.
fn generic(scene: &Scene<'_>, head: &Head) -> Option<Found> {
    head.body?;
    let before = scene.behind(head.span.start, 30);
    let word = lower_case(before.trim_end().rsplit(' ').next().unwrap_or(""));
    let qualified =
        scene.lexicon.phrases.determiner.contains(&word) || scene.lexicon.phrases.and.contains(&word);
    let designation = Designation::Conclusions {
        body: head.body,
        date: None,
        topic: None,
        shared: false,
        about: Vec::new(),
    };
    qualified.then(|| Found::new(head.span, Kind::Conclusions, designation, GENERIC).with_confidence(0.5))
}

/// "cyber¹ and hybrid² Council Conclusions": words with footnote calls before the institution.
fn coordinated(scene: &Scene<'_>, head: &Head) -> Vec<Found> {
    let mut found = Vec::new();
    let Some(left) = head.left else { return found };
    let mut end = head.span.end;
    let mut at = left;
    while let Some(word) = called_word(scene, at) {
        let span = Span::new(word.start, if found.is_empty() { end } else { word.end });
        let designation = Designation::Conclusions {
            body: head.body,
            date: None,
            topic: Some(scene.slice(word).to_owned()),
            shared: false,
            about: Vec::new(),
        };
        found.push(Found {
            reach: word.end,
            ..Found::new(span, Kind::Conclusions, designation, COORDINATED)
        });
        end = word.start;
        let before = scene.behind(end, 12).trim_end();
        let joiner = before.rsplit(' ').next().unwrap_or("");
        let comma = before.ends_with(',');
        if !comma && !scene.lexicon.phrases.and.contains_any_case(joiner) {
            break;
        }
        at = if comma {
            end - (scene.behind(end, 12).len() - before.len()) - 1
        } else {
            end - (scene.behind(end, 12).len() - before.len()) - joiner.len()
        };
    }
    found
}

/// The word that ends before `at` and calls a footnote.
fn called_word(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let before = scene.behind(at, 40);
    let trimmed = before.trim_end();
    let end = at - (before.len() - trimmed.len());
    let word = trimmed
        .rsplit(' ')
        .next()
        .filter(|w| w.chars().all(|c| c.is_alphanumeric() || c == '-') && !w.is_empty())?;
    scene.is_called(end).then(|| Span::new(end - word.len(), end))
}

/// Items of a list that is introduced by "its conclusions on:": each names conclusions by their topic.
pub(super) fn listed(scene: &Scene<'_>, block: &Block) -> Option<Found> {
    let governor = block.governor.filter(|_| block.role == Role::Item)?;
    if !introduces_conclusions(scene, governor) {
        return None;
    }
    let text = scene.slice(block.span);
    let lead = without_article(text, &scene.lexicon.phrases);
    let start = block.span.start + lead;
    let end = block.span.start
        + text
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.'))
            .len();
    let reach = end;
    let end = topic_end(scene, start, end);
    (end > start).then(|| {
        let topic = Some(scene.between(start, end).to_owned());
        let designation = Designation::Conclusions {
            body: None,
            date: None,
            topic,
            shared: false,
            about: Vec::new(),
        };
        Found::new(Span::new(start, end), Kind::Conclusions, designation, LISTED).with_reach(reach)
    })
}

fn introduces_conclusions(scene: &Scene<'_>, governor: Span) -> bool {
    let nouns = scene.words_before(governor.end, governor.len());
    let noun = nouns
        .rev()
        .find(|h| matches!(h.word, Word::Conclusions | Word::CouncilConclusions));
    let phrases = &scene.lexicon.phrases;
    noun.filter(|h| h.span.start >= governor.start).is_some_and(|h| {
        let rest = scene
            .between(h.span.end, governor.end)
            .trim_end_matches(|c: char| c == ':' || c.is_whitespace());
        phrases.make(rest, &[&phrases.on, &phrases.of, &phrases.determiner])
    })
}
