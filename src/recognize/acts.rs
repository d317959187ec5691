//! EU acts by number: the shape of the number first, then the noun that tells the type, whichever side it stands on.

use super::act_number::{self, Form, Number, Order, Reading};
use super::articles;
use super::found::Found;
use super::lexicon::{ActType, Word};
use super::phrase::topic_end;
use super::scene::Scene;
use crate::model::{Designation, Kind, Sign, Span, WorkId};

const RULE: &str = "act-number";

/// How far before its number the noun of an act may stand: "Regulation of the European Parliament and of the Council (EU)".
const REACH: usize = 140;

/// How far behind its number the title of an act may go on, to the footnote or bracket that belongs to it.
const TITLE: usize = 220;

/// The language that puts the issuer between number and noun: "a 2014/145/KKBP tanácsi határozat".
const ISSUER_BETWEEN: &str = "hu";

/// Decisions of Parliament and Council whose number another decision of that year bears the other way round: 243/2012/EU
/// and 2012/243/EU are two acts. EUR-Lex gives the plain CELEX number to the former.
const BOTH_WAYS: [&str; 1] = ["32012D0243"];

/// The noun of an act and where it stands.
type Noun = (ActType, Span);

/// All acts of the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut last: Option<(Number<'_>, Option<Noun>)> = None;
    for number in act_number::find(scene) {
        let end = found.last().map_or(0, |f| f.span.end);
        let listed = last
            .as_ref()
            .filter(|(before, _)| is_listed(scene, before, &number, end));
        let noun = noun_of(scene, &number, end).or(listed.and_then(|(_, noun)| *noun));
        // A title above is no part of the mention.
        let (noun, end) = match noun {
            Some(noun) => (Some(noun), end),
            None => (above(scene, &number), number.span.start),
        };
        let number = match listed {
            Some((before, _)) => number.with_orders_of(before),
            None => number,
        };
        let Some(act) = act(&number, noun, end) else {
            continue;
        };
        let reach = topic_end(scene, act.span.end, act.span.end + TITLE);
        let pinpoint = articles::beside(scene, act.span);
        found.push(act.with_reach(reach).with_pinpoint(pinpoint));
        last = Some((number, noun));
    }
    found
}

/// Whether a number goes on the list that the act before it began.
fn is_listed(scene: &Scene<'_>, before: &Number<'_>, number: &Number<'_>, taken: usize) -> bool {
    let from = taken.max(before.span.end).min(number.span.start);
    before.span.end <= number.span.start && scene.lists(from, number.span.start)
}

/// The noun of an act that is its own: right before the number, right behind it, or before it with the issuer between.
fn noun_of(scene: &Scene<'_>, number: &Number<'_>, taken: usize) -> Option<Noun> {
    let free = before(scene, number).filter(|(_, span)| span.start >= taken);
    free.filter(|(_, span)| number.span.start <= span.end + 2)
        .or_else(|| behind(scene, number))
        .or(free.filter(|_| number.form != Form::Bare))
}

/// How many lines above a number in a bracket the title of its act may begin: the type, the day and the subject have their own.
const TITLE_LINES: usize = 6;

/// How far into its line the noun of a title may begin: "COMMISSION IMPLEMENTING DECISION", "Padomes Lēmums".
const TITLE_ISSUER: usize = 40;

/// The noun that the title above begins with, where a number stands in a bracket at the end of the title or on a line of its own.
fn above(scene: &Scene<'_>, number: &Number<'_>) -> Option<Noun> {
    let opens = scene.behind(number.span.start, 1) == "(";
    let behind = scene
        .ahead(number.span.end, 8)
        .strip_prefix(')')
        .map(str::trim_start);
    // The enacting formula in capitals may follow on the same line.
    let closes = behind.is_some_and(|rest| rest.is_empty() || rest.chars().take(2).all(char::is_uppercase));
    if number.form == Form::Bare || !opens || !closes {
        return None;
    }
    let blocks = &scene.document.blocks;
    let below = blocks.partition_point(|b| b.span.start <= number.span.start);
    let title = blocks[..below].iter().rev().take(TITLE_LINES);
    let lines = title.take_while(|b| b.number.is_none() && b.span.start >= scene.span.start);
    lines
        .filter_map(|line| opening_noun(scene, line.span.start))
        .next()
}

/// The noun of an act that a line begins with, behind its issuer.
fn opening_noun(scene: &Scene<'_>, line: usize) -> Option<Noun> {
    let mut words = scene.words_from(line).iter();
    let noun = words
        .by_ref()
        .take_while(|h| h.span.start <= line + TITLE_ISSUER)
        .find_map(|h| act_type(h.word).map(|act| (act, h.span)))?;
    let issuer = scene.between(line, noun.1.start);
    let plain = issuer
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-'));
    (plain && scene.ahead(line, 4).starts_with(char::is_uppercase)).then_some(noun)
}

fn before(scene: &Scene<'_>, number: &Number<'_>) -> Option<Noun> {
    let start = number.span.start;
    let hit = scene
        .words_before(start, REACH)
        .rev()
        .find_map(|hit| act_type(hit.word).map(|t| (t, hit.span)))?;
    let gap = scene.between(hit.1.end, start);
    let near = matches!(gap.trim(), "" | "(");
    let apart = !gap.contains(['.', ';', ':', '\n']) && !gap.contains(|c: char| c.is_ascii_digit());
    (near || apart).then_some(hit)
}

fn behind(scene: &Scene<'_>, number: &Number<'_>) -> Option<Noun> {
    let issuer = scene.table.code == ISSUER_BETWEEN;
    let reach = if issuer { 48 } else { 3 };
    let mut words = scene.words_from(number.span.end).iter();
    let hit = if issuer {
        words
            .take_while(|h| h.span.start < number.span.end + reach)
            .find(|h| act_type(h.word).is_some())?
    } else {
        words.next()?
    };
    let gap = scene.text.get(number.span.end..hit.span.start)?;
    let near = gap.len() <= reach
        && gap
            .chars()
            .all(|c| matches!(c, ' ' | '-') || issuer && c.is_lowercase());
    // "The 2010/11 decision" is one of a school year.
    let sure = number.form != Form::Bare || issuer && number.span.len() > 7;
    Some((act_type(hit.word).filter(|_| near && sure)?, hit.span))
}

fn act_type(word: Word) -> Option<ActType> {
    match word {
        Word::Act(act) => Some(act),
        _ => None,
    }
}

/// The act of a number; none where a number without suffix has no noun.
fn act(number: &Number<'_>, noun: Option<Noun>, taken: usize) -> Option<Found> {
    let own_rule = |act| matches!(act, ActType::Resolution | ActType::Opinion);
    if number.form == Form::Bare && noun.is_none_or(|(act, _)| own_rule(act)) {
        return None;
    }
    let readings = number.readings(noun.map(|(act, _)| act));
    if readings.is_empty() {
        return None;
    }
    let span = match noun.filter(|(_, span)| span.start >= taken) {
        Some((_, noun)) => Span::new(noun.start.min(number.span.start), noun.end.max(number.span.end)),
        None => number.span,
    };
    let told = noun.map(|(_, span)| (Sign::Noun, span));
    Some(
        Found::new(span, Kind::LegalAct, designation(number, noun, &readings), RULE)
            .told_by(told.into_iter().chain([(Sign::Number, number.span)])),
    )
}

/// Since 2015 acts of all types share one count a year, which has come nowhere near this: a longer number is misread.
const YEAR_FIRST: u16 = 2015;
const HIGHEST: u32 = 5000;

fn designation(number: &Number<'_>, noun: Option<Noun>, readings: &[Reading]) -> Designation {
    let mut ids: Vec<WorkId> = Vec::new();
    for reading in readings
        .iter()
        .filter(|r| r.year < YEAR_FIRST || r.number <= HIGHEST)
    {
        let letters = match noun {
            Some((act, _)) => letter(act, number, *reading).into_iter().collect(),
            None => letters(number, *reading),
        };
        ids.extend(letters.into_iter().flat_map(|l| celex(l, number, *reading)));
    }
    ids.sort();
    ids.dedup();
    match ids.as_slice() {
        [] => Designation::Words,
        [only] => Designation::Identified(only.clone()),
        _ => Designation::OneOf(ids),
    }
}

fn celex(letter: char, number: &Number<'_>, reading: Reading) -> Vec<WorkId> {
    let id = format!("3{}{letter}{:04}", reading.year, reading.number);
    let other = (number.form == Form::Behind && reading.year_first && BOTH_WAYS.contains(&id.as_str()))
        .then(|| WorkId::new(format!("{id}-01")));
    std::iter::once(WorkId::new(id)).chain(other).collect()
}

/// The letter of sector 3 of CELEX for a type of act; none where the number does not give one.
fn letter(act: ActType, number: &Number<'_>, reading: Reading) -> Option<char> {
    let has = |order: Order| number.orders.contains(&order);
    match act {
        ActType::JointAction | ActType::CommonPosition if has(Order::Jha) => Some('F'),
        // Without suffix, decisions whose number comes first are those of association councils and joint committees.
        ActType::Decision if !reading.year_first && number.orders.is_empty() => None,
        ActType::Decision if !reading.year_first && has(Order::Ecsc) => Some('S'),
        ActType::Regulation | ActType::Decision => act.letter(),
        // Positions of the Council in the making of laws are numbered, too: "common position (EC) No 5/2003".
        act => act.letter().filter(|_| reading.year_first),
    }
}

/// The letters that a number without noun may have.
fn letters(number: &Number<'_>, reading: Reading) -> Vec<char> {
    let has = |order: Order| number.orders.contains(&order);
    match () {
        // Only regulations have "No" behind the bracket; the year came last in them before 2015.
        () if number.form == Form::Bracketed && !reading.year_first => vec!['R'],
        () if number.form == Form::Bracketed && has(Order::Cfsp) => vec!['D'],
        () if number.form == Form::Bracketed => vec!['D', 'H', 'L', 'R'],
        () if has(Order::Cfsp) && reading.year >= 2010 => vec!['D'],
        () if has(Order::Cfsp) => vec!['D', 'E'],
        () if has(Order::Jha) => vec!['D', 'F'],
        () if reading.year_first => vec!['D', 'H', 'L'],
        () => vec!['D', 'R'],
    }
}
