//! Named instruments of the gazetteer: with what belongs to the name left and right, and in coordination.

use super::editions;
use super::found::Found;
use super::lexicon::{ActType, NameHit, Word};
use super::phrases::lower_case;
use super::scene::Scene;
use super::squeeze::stems;
use crate::model::{Designation, Kind, Sign, Span, WorkId};

const NAMED: &str = "instrument-name";
const COORDINATED: &str = "instrument-coordinated";

/// All named instruments of the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (span, instruments) in longest(scene) {
        if is_topic_of_resolution(scene, span) || version(scene, span.end) > 0 || is_cut_short(scene, span) {
            continue;
        }
        let whole = grown(scene, span);
        let editions = editions::beside(scene, whole, &instruments);
        found.extend(coordinated_left(scene, span));
        let head = match editions.first() {
            // A year in front belongs to the name, one behind to its phrase.
            Some(first) => {
                let whole = Span::new(first.span.start.min(whole.start), whole.end);
                named(scene, whole, &[first.instrument], NAMED).with_reach(first.span.end)
            }
            None => named(scene, whole, &instruments, NAMED),
        };
        found.push(head.told_by([(Sign::Name, span)]));
        let further = editions.iter().skip(1);
        found.extend(further.map(|edition| named(scene, edition.span, &[edition.instrument], COORDINATED)));
        found.extend(coordinated_right(scene, (span, &instruments), whole.end));
    }
    found
}

/// How far behind the noun of a resolution its topic begins.
const TOPIC: usize = 70;

/// Whether words without a noun of the kind of an instrument are what a resolution with a number is on: "resolution 1325 (2000)
/// on |women, peace and security|", and not "the women, peace and security agenda".
fn is_topic_of_resolution(scene: &Scene<'_>, span: Span) -> bool {
    let mut nouns = scene.words_before(span.start, TOPIC).rev();
    let Some(noun) = nouns.find(|h| h.word == Word::Act(ActType::Resolution)) else {
        return false;
    };
    let gap = scene.between(noun.span.end, span.start);
    let number = gap.rfind(|c: char| c.is_ascii_digit() || c == ')');
    let on = number.and_then(|at| gap.get(at + 1..)).map(|words| words.trim());
    let phrases = &scene.lexicon.phrases;
    let leads = |on: &str| !on.is_empty() && phrases.make(on, &[&phrases.on, &phrases.determiner]);
    let inside = Span::new(noun.span.end, span.start);
    let kind = scene
        .words_from(span.start)
        .iter()
        .take_while(|h| h.span.end <= span.end);
    on.is_some_and(leads)
        && !gap.contains([',', ';'])
        && scene.dates_in(inside).is_empty()
        && !kind.into_iter().any(|h| h.word == Word::Head)
}

/// Whether a name of one word is what a longer compound ends in: "Sicherheits- und |Verteidigungspaket|". Names with a hyphen
/// of their own are coordinated with one ("die NIS- und die |CER-Richtlinie|").
fn is_cut_short(scene: &Scene<'_>, span: Span) -> bool {
    let before = scene.behind(span.start, 40).trim_end();
    let word = before.rsplit(' ').next().unwrap_or("");
    let stem = before[..before.len() - word.len()].trim_end();
    !scene.slice(span).contains([' ', '-'])
        && stem.ends_with(['-', '\u{2011}'])
        && scene.lexicon.phrases.and.contains(word)
}

/// The length of the number of a version: "Action Plan on Reading| 2.0" is another plan than the one without.
pub(super) fn version(scene: &Scene<'_>, at: usize) -> usize {
    match scene.ahead(at, 5).as_bytes() {
        [b' ', b'2'..=b'9', b'.', b'0', rest @ ..] if !rest.first().is_some_and(u8::is_ascii_digit) => 4,
        _ => 0,
    }
}

fn named(scene: &Scene<'_>, span: Span, instruments: &[usize], rule: &'static str) -> Found {
    let rows = &scene.tables.instruments;
    let kind = instruments.first().map_or(Kind::Instrument, |i| rows[*i].kind);
    let mut ids: Vec<WorkId> = instruments.iter().map(|i| rows[*i].id.clone()).collect();
    ids.sort();
    ids.dedup();
    match ids.len() {
        1 => Found::identified(span, kind, ids.remove(0), rule).with_confidence(0.9),
        _ => Found::new(span, kind, Designation::OneOf(ids), rule).with_confidence(0.6),
    }
}

/// The longest names, each with the instruments that bear it; a name inside a longer one stays only where the longer
/// is of it (the guidelines of a toolbox).
fn longest(scene: &Scene<'_>) -> Vec<(Span, Vec<usize>)> {
    let mut kept = Vec::new();
    let mut cluster: Vec<NameHit> = Vec::new();
    let mut end = 0;
    for hit in &scene.names {
        if hit.span.start >= end {
            kept.extend(longest_of(scene, &mut cluster));
        }
        end = end.max(hit.span.end);
        cluster.push(*hit);
    }
    kept.extend(longest_of(scene, &mut cluster));
    kept
}

/// The longest of names that overlap, in order of place; empties the cluster.
fn longest_of(scene: &Scene<'_>, cluster: &mut Vec<NameHit>) -> Vec<(Span, Vec<usize>)> {
    let mut kept: Vec<(Span, Vec<usize>)> = Vec::new();
    cluster.sort_by_key(|hit| (std::cmp::Reverse(hit.span.len()), hit.span.start, hit.instrument));
    for NameHit { span, instrument } in cluster.drain(..) {
        let mut outer = kept.iter_mut().filter(|(k, _)| k.overlaps(span));
        match outer.next() {
            Some((k, instruments)) if *k == span => instruments.push(instrument),
            Some((k, instruments)) if !k.contains(span) || !is_of(scene, instruments, instrument) => {}
            _ => kept.push((span, vec![instrument])),
        }
    }
    kept.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    kept
}

fn is_of(scene: &Scene<'_>, outer: &[usize], inner: usize) -> bool {
    let rows = &scene.tables.instruments;
    outer
        .iter()
        .any(|o| rows[*o].of.as_ref() == Some(&rows[inner].id))
}

/// The name with the "EU" or "UN" before it, the rest of a compound on either side, and a noun of its kind behind it.
fn grown(scene: &Scene<'_>, span: Span) -> Span {
    let span = Span::new(
        compound_start(scene, span.start),
        compound_end(scene.text, span.end),
    );
    Span::new(union_start(scene, span.start), union_end(scene, span.end))
}

/// "EU-|instrumentarium": back to the start of the hyphenated word.
fn compound_start(scene: &Scene<'_>, at: usize) -> usize {
    let before = &scene.text[..at];
    if !before.ends_with('-') {
        return at;
    }
    let word = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '-' || c == '\'');
    // An article with a hyphen is no part of a compound ("mal-|Ftehim").
    let article = || scene.links(word.len(), at) || scene.links(word.len(), at - 1);
    if before[word.len()..].chars().count() > 12 || article() {
        at
    } else {
        word.len()
    }
}

/// "Global Gateway|-initiatief": on to the end of the hyphenated word.
fn compound_end(text: &str, at: usize) -> usize {
    let after = &text[at..];
    let Some(rest) = after.strip_prefix('-') else {
        return at;
    };
    let letters: usize = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '-')
        .map(char::len_utf8)
        .sum();
    if letters == 0 { at } else { at + 1 + letters }
}

fn union_start(scene: &Scene<'_>, at: usize) -> usize {
    let before = scene.behind(at, 40);
    let trimmed = before.strip_suffix(' ').unwrap_or("");
    let lower = lower_case(trimmed);
    match scene.lexicon.phrases.union.longest_at_end(&lower) {
        // Lower case may have another length in bytes; then the name is left as it is.
        Some(length) if lower.len() == trimmed.len() => at - 1 - length,
        _ => at,
    }
}

/// "technologieaanbod| van de EU": the owner behind the name.
fn union_end(scene: &Scene<'_>, at: usize) -> usize {
    let after = scene.ahead(at, 40);
    let phrases = &scene.lexicon.phrases;
    let Some(words) = after.strip_prefix(' ') else {
        return at;
    };
    let mut end = at;
    let mut owner = false;
    for word in words.split(' ').take(3) {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
        let lower = lower_case(bare);
        owner = phrases.union.contains(&lower) && !phrases.of.contains(&lower);
        if !owner && !phrases.of.contains(&lower) && !phrases.determiner.contains(&lower) {
            break;
        }
        end += 1 + bare.len();
        if owner || bare.len() < word.len() {
            break;
        }
    }
    let ends_word = !scene
        .text
        .get(end..)
        .unwrap_or("")
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '\'' || c == '’');
    if owner && ends_word && ends_phrase(scene, end) {
        end
    } else {
        at
    }
}

/// Whether no noun follows that the owner belongs to ("of the EU institutions").
fn ends_phrase(scene: &Scene<'_>, at: usize) -> bool {
    let next = scene.ahead(at, 30).trim_start();
    next.is_empty() || next.starts_with(|c: char| !c.is_alphanumeric()) || {
        let word = lower_case(next.split([' ', ',', '.', ';']).next().unwrap_or(""));
        let phrases = &scene.lexicon.phrases;
        phrases.and.contains(&word)
            || phrases.stop.contains(&word)
            || phrases.of.contains(&word)
            || phrases.on.contains(&word)
            || phrases.determiner.contains(&word)
    }
}

/// "Paris| and Christchurch Calls": a word before the list word that makes a name with the last word of this one.
fn coordinated_left(scene: &Scene<'_>, span: Span) -> Option<Found> {
    let before = scene.behind(span.start, 60);
    let (before, joiner) = before.strip_suffix(' ')?.rsplit_once(' ')?;
    if !scene.lexicon.phrases.and.contains_any_case(joiner) {
        return None;
    }
    let word = before
        .rsplit(' ')
        .next()?
        .trim_matches(|c: char| !c.is_alphanumeric());
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    if !is_edge(scene, word) {
        return None;
    }
    let head = scene.slice(span).rsplit(' ').next()?;
    let instrument = lookup(scene, &format!("{word} {head}"))?;
    let end = span.start - 1 - joiner.len() - 1;
    let at = Span::new(end - word.len(), end);
    (scene.slice(at) == word).then(|| named(scene, at, &[instrument], COORDINATED))
}

/// "Digital Partnerships with Korea and |Singapore", "verklaringen van Warschau (2016) en |Brussel (2018)"; never the same
/// one again ("the Charter of the United Nations, United Nations ...").
fn coordinated_right(scene: &Scene<'_>, head: (Span, &[usize]), from: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some((member, next)) = right_member(scene, head, at) {
        found.push(member);
        at = next;
    }
    found
}

fn right_member(
    scene: &Scene<'_>,
    (span, instruments): (Span, &[usize]),
    at: usize,
) -> Option<(Found, usize)> {
    let window = scene.ahead(at, 90);
    let (rest, skipped) = after_bracket(window);
    let mut words = rest.trim_start_matches(',').split(' ');
    words.next().filter(|w| w.is_empty())?;
    let joiner = words.next()?;
    let comma = rest.starts_with(',');
    let phrases = &scene.lexicon.phrases;
    let lists = phrases.and.contains_any_case(joiner);
    if !lists && !comma {
        return None;
    }
    let start = at + skipped + usize::from(comma) + 1 + if lists { joiner.len() + 1 } else { 0 };
    let tail = scene.ahead(start, 60);
    let lead = super::phrase::without_article(tail, phrases);
    let start = start + lead;
    let tail = &tail[lead..];
    if !tail.starts_with(char::is_uppercase) {
        return None;
    }
    let mut prefixes: Option<Vec<String>> = None;
    for count in (1..=4).rev() {
        let Some(words) = first_words(tail, count).filter(|words| is_edge(scene, words)) else {
            continue;
        };
        let last = stems(words);
        let prefixes = prefixes.get_or_insert_with(|| prefixes_of(scene.slice(span)));
        let hit = prefixes
            .iter()
            .find_map(|first| {
                scene
                    .lexicon
                    .names
                    .get(&[first.as_str(), &last].concat())
                    .copied()
            })
            .filter(|hit| !instruments.contains(hit));
        if let Some(instrument) = hit {
            let end = start + words.len();
            let (_, bracket) = after_bracket(scene.ahead(end, 12));
            let whole = Span::new(start, end + bracket);
            return Some((named(scene, whole, &[instrument], COORDINATED), whole.end));
        }
    }
    None
}

/// The stems of all first words of a name but all of them, the most first.
fn prefixes_of(name: &str) -> Vec<String> {
    let mut prefixes: Vec<String> = Vec::new();
    for word in name.split(' ') {
        let before = prefixes.last().map_or("", String::as_str);
        prefixes.push([before, &stems(word)].concat());
    }
    prefixes.pop();
    prefixes.reverse();
    prefixes
}

/// The text behind a short bracket (" (2016)") and the length of it.
fn after_bracket(text: &str) -> (&str, usize) {
    let close = text
        .strip_prefix(" (")
        .and_then(|inner| inner.find(')'))
        .filter(|close| *close <= 8);
    match close {
        Some(close) => (&text[close + 3..], close + 3),
        None => (text, 0),
    }
}

fn first_words(text: &str, count: usize) -> Option<&str> {
    let end = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .chain([text.len()])
        .nth(count - 1)?;
    let words = text[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    (!words.is_empty()).then_some(words)
}

/// Whether the last of these words is the first or last of some name, perhaps in the plural.
fn is_edge(scene: &Scene<'_>, words: &str) -> bool {
    let last = words.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    scene.lexicon.edges.contains(&stems(last))
}

/// The instrument of a name, whatever plural endings its words have: a plural head serves several names.
fn lookup(scene: &Scene<'_>, name: &str) -> Option<usize> {
    scene.lexicon.names.get(&stems(name)).copied()
}
