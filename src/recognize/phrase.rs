//! Where a topic or a title begins and ends.

use super::lexicon::Word;
use super::phrases::{Phrases, lower_case};
use super::scene::{Scene, written_call};
use crate::model::Span;

/// No title is longer than this many bytes.
const LONGEST: usize = 320;

/// The topic of conclusions whose head ends at `at`: after "on", or in quotes.
pub(super) fn topic(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let window = scene.ahead(at, LONGEST);
    let rest = window[written_call(window)..].trim_start_matches([' ', ',', ':']);
    let lead = window.len() - rest.len();
    if rest.starts_with(['"', '“', '„', '«', '‘']) {
        let open = rest.chars().next().map_or(0, char::len_utf8);
        let close = rest[open..].find(['"', '”', '“', '»', '’'])?;
        return Some(Span::new(at + lead + open, at + lead + open + close));
    }
    let Some(preposition) = preposition(rest, &scene.lexicon.phrases) else {
        return topic_by_case(scene, at);
    };
    let start =
        at + lead + preposition + (rest[preposition..].len() - rest[preposition..].trim_start().len());
    let start = start + without_article(scene.between(start, at + window.len()), &scene.lexicon.phrases);
    let end = topic_end(scene, start, at + window.len());
    (end > start).then(|| Span::new(start, end))
}

/// The topic that follows without preposition, told by a postposition or by its case ("nõukogu järeldused X kohta",
/// "neuvoston päätelmät digitaalisista palveluista").
fn topic_by_case(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let (phrases, case) = (&scene.lexicon.phrases, &scene.table.link.topic_case);
    if phrases.on_behind.is_empty() && case.is_empty() {
        return None;
    }
    let start = at + scene.ahead(at, 8).strip_prefix(' ').map(|_| 1)?;
    let first = lower_case(scene.ahead(start, 40).split(' ').next()?);
    if phrases.and.contains(&first) || phrases.stop.contains(&first) {
        return None;
    }
    let start = start + without_article(scene.ahead(start, LONGEST), phrases);
    let end = topic_end(scene, start, start + scene.ahead(start, LONGEST).len());
    let mut place = start;
    let mut told = None;
    for word in scene.between(start, end).split(' ').take(WORDS) {
        let lower = lower_case(word);
        if place > start && phrases.on_behind.contains(&lower) {
            return Some(Span::new(start, place - 1));
        }
        place += word.len() + 1;
        // A topic may hold names that bear no ending, but some word of it does.
        if case
            .iter()
            .any(|ending| lower.len() > ending.len() + 2 && lower.ends_with(ending.as_str()))
        {
            told = Some(Span::new(start, end));
        }
    }
    told.filter(|_| !case.is_empty())
}

/// How many words a topic may have that bears no preposition.
const WORDS: usize = 14;

/// The topic before conclusions that begin at `at`, with a word between ("X-ről szóló tanácsi következtetések").
pub(super) fn topic_before(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let phrases = &scene.lexicon.phrases;
    if phrases.on_before.is_empty() {
        return None;
    }
    let window = scene.behind(at, LONGEST / 2).trim_end();
    let word = window.rsplit(' ').next()?;
    let text = phrases
        .on_before
        .contains_any_case(word)
        .then(|| window[..window.len() - word.len()].trim_end())?;
    let offset = at - scene.behind(at, LONGEST / 2).len();
    let after_cue = scene
        .words_before(offset + text.len(), text.len())
        .rev()
        .find(|h| matches!(h.word, Word::Cue(_) | Word::CueAfter(_)))
        .map_or(0, |h| h.span.end - offset);
    let from = last_break(text, phrases).max(after_cue.min(text.len()));
    let lead = text[from..].len() - text[from..].trim_start().len();
    let start = offset + from + lead;
    let start = start + without_article(&text[from + lead..], phrases);
    (start < offset + text.len()).then(|| Span::new(start, offset + text.len()))
}

/// Where the clause begins that a text ends with: behind punctuation or a stop word.
fn last_break(text: &str, phrases: &Phrases) -> usize {
    let mark = text
        .char_indices()
        .filter(|(at, c)| {
            let spaced = text[at + c.len_utf8()..].starts_with(' ');
            matches!(c, ';' | '(' | ')' | ':') || matches!(c, ',' | '.') && spaced
        })
        .map(|(at, c)| at + c.len_utf8())
        .next_back()
        .unwrap_or(0);
    let mut place = 0;
    let mut stop = 0;
    for word in text.split(' ') {
        place += word.len();
        let verb = is_capitals(word) && word.chars().count() > 5;
        if verb || phrases.stop.contains(word.trim_matches(',')) {
            stop = place;
        }
        place += 1;
    }
    mark.max(stop.min(text.len()))
}

/// The length of the preposition that the text begins with.
fn preposition(text: &str, phrases: &Phrases) -> Option<usize> {
    let lower = lower_case(text);
    phrases
        .on
        .longest_at_start(&lower)
        .filter(|_| lower.len() == text.len())
}

/// The length of the article or other determiner that the text begins with.
pub(super) fn without_article(text: &str, phrases: &Phrases) -> usize {
    let word = text.split(' ').next().unwrap_or("");
    let article = phrases.determiner.contains_any_case(word)
        && !phrases.on.contains_any_case(word)
        && text.len() > word.len();
    if article { word.len() + 1 } else { 0 }
}

/// Where a topic that starts at `start` ends: at a stop, a footnote call, a verb or a cue, at the latest at `limit`.
pub(super) fn topic_end(scene: &Scene<'_>, start: usize, limit: usize) -> usize {
    let limit = limit
        .min(start + LONGEST)
        .min(call_after(scene, start).unwrap_or(limit));
    let limit = floor(scene.text, limit);
    let text = scene.between(start, limit);
    let punctuation = punctuation(text);
    let cue = scene
        .words_from(start + 1)
        .iter()
        .take_while(|h| h.span.start < limit)
        .find(|h| matches!(h.word, Word::Cue(_)) && is_capitals(scene.slice(h.span)));
    let end = [
        Some(punctuation),
        next_conclusions(scene, Span::new(start, limit)).map(|at| at - start),
        stop_word(text, punctuation, &scene.lexicon.phrases),
        notice(text),
        cue.map(|h| h.span.start - start),
    ];
    let end = end.into_iter().flatten().min().unwrap_or(text.len());
    // "on women, peace and security": a name may hold a comma.
    let name = scene
        .names_from(Span::new(start, limit))
        .find(|n| n.span.contains(Span::new(start + end, start + end + 1)));
    let end = name.map_or(end, |n| n.span.end - start);
    start
        + text[..end]
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '('))
            .len()
}

/// Where the number begins under which a text was published ("on COVID-19 |2020/C 57/04").
fn notice(text: &str) -> Option<usize> {
    let stroke = [" C ", "/C "].iter().find_map(|series| text.find(series))?;
    let year = text[..stroke]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_digit)
        .count();
    let issue = text[stroke + 3..].starts_with(|c: char| c.is_ascii_digit());
    let starts = text[..stroke - year].ends_with(' ');
    (matches!(year, 2 | 4) && issue && starts && text[stroke..].starts_with('/')).then_some(stroke - year)
}

/// How many words may stand between a list word and the conclusions that it leads to: "and the European Council".
const ISSUER: usize = 4;

/// Where the list word stands that leads from a topic to other conclusions ("on cyber defence |and the European Council
/// conclusions of ...").
fn next_conclusions(scene: &Scene<'_>, topic: Span) -> Option<usize> {
    let noun = |word: Word| {
        matches!(
            word,
            Word::Conclusions | Word::CouncilConclusions | Word::EuropeanCouncilConclusions
        )
    };
    let mut words = scene.words_from(topic.start + 1).iter();
    let next = words.find(|h| noun(h.word)).filter(|h| h.span.end <= topic.end)?;
    let before = scene.between(topic.start, next.span.start).trim_end();
    let mut at = topic.start + before.len();
    for word in before.rsplit(' ').take(ISSUER + 1) {
        at = at.checked_sub(word.len())?;
        if at > topic.start && scene.lexicon.phrases.and.contains_any_case(word) {
            return Some(at);
        }
        at = at.saturating_sub(1);
    }
    None
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn call_after(scene: &Scene<'_>, start: usize) -> Option<usize> {
    let notes = &scene.document.footnotes;
    let first = notes.partition_point(|n| n.call.is_none_or(|c| c <= start));
    notes.get(first).and_then(|n| n.call)
}

/// The first full stop, semicolon, comma, spaced dash or bracket; what stands in quotes does not count.
fn punctuation(text: &str) -> usize {
    let mut quoted = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let spaced = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        match c {
            '"' | '“' | '”' | '„' | '«' | '»' => quoted = !quoted,
            '\n' => return at,
            _ if quoted => {}
            ';' | '(' | ')' | '[' => return at,
            '.' if is_ordinal(text, at) => {}
            '.' | ',' | '!' | '?' if spaced => return at,
            '–' | '—' | '-' if spaced && text[..at].ends_with(' ') => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether the full stop at a place belongs to a number that the sentence goes on behind ("18. maja 2022").
fn is_ordinal(text: &str, at: usize) -> bool {
    let goes_on = text[at + 1..]
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_lowercase));
    goes_on && text[..at].ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a sentence ends in the text.
pub(super) fn ends_sentence(text: &str) -> bool {
    let stops = |at: usize| !is_ordinal(text, at) && !is_abbreviation(text, at);
    text.match_indices(". ").any(|(at, _)| stops(at))
}

/// No abbreviation before a number has more letters.
const ABBREVIATION: usize = 5;

/// Whether the full stop at a place is that of an abbreviation which a number follows ("článkom 42 ods. 1").
fn is_abbreviation(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(' ').next().unwrap_or("");
    let short = (1..=ABBREVIATION).contains(&word.chars().count()) && word.chars().all(char::is_lowercase);
    short && text[at + 2..].starts_with(|c: char| c.is_ascii_digit())
}

/// Where a verb or conjunction of the table ends the noun phrase before `limit`.
fn stop_word(text: &str, limit: usize, phrases: &Phrases) -> Option<usize> {
    let mut at = 0;
    for word in text.split(' ') {
        if at >= limit {
            return None;
        }
        if at > 0 && phrases.stop.contains(word.trim_matches(',')) {
            return Some(at);
        }
        if at > 0
            && word.chars().count() > 3
            && is_capitals(word)
            && word.chars().all(char::is_alphabetic)
            && !is_capitals(&text[..at])
        {
            // A verb in capitals opens the next clause of conclusions.
            let acronym = word.chars().count() < 6;
            if !acronym {
                return Some(at);
            }
        }
        at += word.len() + 1;
    }
    None
}

fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}
