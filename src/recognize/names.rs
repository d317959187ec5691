//! Names that no gazetteer has, told by their form: a head noun with a capital among words with capitals
//! ("Tallinn Declaration on eGovernment"), and communications by what they are about.

use memchr::memchr_iter;

use super::found::Found;
use super::instruments::version;
use super::issued::{Issued, issued, issued_jointly};
use super::lexicon::{Hit, Word};
use super::phrase::{topic, topic_end};
use super::phrases::lower_case;
use super::scene::Scene;
use crate::model::{Designation, Kind, Language, Sign, Span, WorkId};

/// The rule of a name told by its form alone.
pub(super) const FORMED: &str = "name-formed";
pub(super) const COMMUNICATION: &str = "communication";
const TITLED: &str = "title-numbered";

/// All names formed with a head noun.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    scene
        .words
        .iter()
        .filter(|h| h.word == Word::Head)
        .filter_map(|hit| formed(scene, hit.span))
        .collect()
}

fn formed(scene: &Scene<'_>, head: Span) -> Option<Found> {
    if is_capitals(scene.slice(head)) {
        return None;
    }
    let start = capitals_before(scene, head.start);
    let end = before_next_head(scene, head.end, title_after(scene, head.end));
    let end = end + version(scene, end);
    let before = start < head.start && !opens_sentence(scene, start, head.start);
    let long = end > head.end;
    let sentence = scene.behind(head.start, 3).trim_end();
    let inside = !(sentence.is_empty() || sentence.ends_with(['.', ':', ';']));
    if !(before || long && inside) {
        return None;
    }
    let span = Span::new(start, end);
    let number = number_of_phrase(scene, end);
    let designation = match scene.language {
        // What stands in the bracket behind it is its id.
        _ if number.is_some() => Designation::Words,
        // "Joint Declaration of 10 July 2018": the date tells which one it is, and the id would not have it.
        Language::ENGLISH if long || !is_dated(scene, end) => {
            Designation::Identified(WorkId::slug(scene.slice(span)))
        }
        _ => Designation::Words,
    };
    Some(
        Found::new(span, Kind::Instrument, designation, FORMED)
            .with_confidence(if number.is_some() { 0.7 } else { 0.5 })
            .with_reach(number.unwrap_or(end))
            .told_by([(Sign::Noun, head)]),
    )
}

/// How far behind a name told by its form the bracket with its number may stand.
const PHRASE: usize = 200;

/// Where the bracket begins with the number of what a name and the words behind it mean ("Action Plan| of the Commission of
/// 5 December 2018 against fatigue (JOIN(2018)0036)"): they name nothing else.
fn number_of_phrase(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let window = scene.ahead(at, PHRASE);
    let open = window.find(" (")?;
    let gap = Span::new(at, at + open);
    let mut words = scene.words_from(at).iter().take_while(|h| h.span.start < gap.end);
    let other = |word: Word| {
        matches!(
            word,
            Word::Head | Word::Act(_) | Word::Treaty(_) | Word::Communication | Word::Conclusions
        )
    };
    let plain =
        !window[..open].contains([',', ';', ':', '"', '“', '„', '«']) && !ends_before(&window[..open]);
    let alone = !words.any(|h| other(h.word)) && scene.names_in(gap).is_empty();
    (plain && alone && is_numbered(scene, gap.end + 2)).then_some(gap.end)
}

/// Whether a sentence ends in the text; the full stop behind a digit is that of a day ("vom 5. Dezember").
fn ends_before(text: &str) -> bool {
    let mut stops = text.match_indices(". ");
    stops.any(|(at, _)| !text[..at].ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether the number of a document of the Commission begins at a place.
fn is_numbered(scene: &Scene<'_>, at: usize) -> bool {
    let window = scene.ahead(at, NUMBER);
    let hits = scene.tables.families.find(window, |_, _| true);
    let first = hits.into_iter().find(|hit| hit.span.start == 0);
    first.is_some_and(|hit| {
        ["COM-", "JOIN-"]
            .iter()
            .any(|series| hit.id.as_str().starts_with(series))
    })
}

/// Titles in quotes with the number of their document in a bracket behind ("the reflection paper ‘Reading for All’
/// (COM(2018)0236)"), but for those of communications, which were found with their noun.
pub(super) fn numbered_titles(scene: &Scene<'_>, communications: &[Found]) -> Vec<Found> {
    let text = scene.slice(scene.span);
    let brackets = memchr_iter(b'(', text.as_bytes()).map(|at| scene.span.start + at);
    let titles = brackets.filter_map(|open| numbered_title(scene, open));
    let own = |title: &Found| {
        let around = |c: &Found| c.span.start < title.span.start && title.span.end <= c.reach;
        let named = || {
            scene
                .names_from(title.span)
                .any(|n| is_most_of(n.span, title.span))
        };
        !communications.iter().any(around) && !named()
    };
    titles.filter(own).collect()
}

fn numbered_title(scene: &Scene<'_>, bracket: usize) -> Option<Found> {
    // Few brackets stand behind a quote.
    let mark = scene.behind(bracket, 8).trim_end().chars().next_back()?;
    if !matches!(mark, '"' | '“' | '”' | '»' | '’') {
        return None;
    }
    let before = scene.behind(bracket, TITLE).trim_end();
    let inside = &before[..before.len() - mark.len_utf8()];
    let (at, open) = inside
        .char_indices()
        .rfind(|(_, c)| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘'))?;
    let start = bracket - scene.behind(bracket, TITLE).len() + at + open.len_utf8();
    let title = Span::new(start, start + inside.len() - at - open.len_utf8());
    (closes(open, mark) && title.len() >= SHORTEST && is_numbered(scene, bracket + 1)).then(|| {
        Found::new(title, Kind::CommissionDocument, Designation::Words, TITLED)
            .with_confidence(0.7)
            .with_reach(title.end + mark.len_utf8())
            .told_by([(Sign::Topic, title)])
    })
}

/// Quotes that hold less than this many bytes hold a word and no title.
const SHORTEST: usize = 12;

fn is_dated(scene: &Scene<'_>, end: usize) -> bool {
    let date = scene.dates_ahead(end, 40).into_iter().next();
    date.is_some_and(|date| date.date.is_full() && scene.links(end, date.span.start))
}

/// Back over words that begin with a capital.
fn capitals_before(scene: &Scene<'_>, at: usize) -> usize {
    let before = scene.behind(at, 80);
    let mut start = at;
    for word in before.strip_suffix(' ').unwrap_or("").rsplit(' ') {
        let name = word.chars().next().is_some_and(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.'));
        let shouts = word.chars().count() > 3 && is_capitals(word) && !word.contains('-');
        if !name || shouts || word.ends_with(['.', '\'', '’']) || word.ends_with("'s") || word.ends_with("’s")
        {
            break;
        }
        start -= word.len() + 1;
    }
    start
}

/// Whether all the words before the head are the first word of a sentence ("The Declaration", "Each Agreement").
fn opens_sentence(scene: &Scene<'_>, start: usize, head: usize) -> bool {
    let before = scene.behind(start, 3).trim_end();
    let words = scene.between(start, head).split_whitespace().count();
    let function = scene
        .lexicon
        .phrases
        .determiner
        .contains_any_case(scene.between(start, head).trim());
    function || (words == 1 && (before.is_empty() || before.ends_with(['.', ':', ';'])))
}

/// On over "on X and Y for Z" while the words are capitals or small words between capitals.
fn title_after(scene: &Scene<'_>, at: usize) -> usize {
    let after = scene.ahead(at, 160);
    let Some(rest) = after.strip_prefix(' ') else {
        return at;
    };
    let phrases = &scene.lexicon.phrases;
    let mut end = at;
    let mut place = at + 1;
    let mut small = 0;
    // A bracket is no part of a name.
    for word in rest.split(' ').take_while(|w| !w.starts_with('(')) {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '"', '”']);
        let lower = lower_case(bare);
        let capital =
            bare.chars().any(char::is_uppercase) && !(bare.chars().count() > 4 && is_capitals(bare));
        let linking = phrases.of.contains(&lower)
            || phrases.on.contains(&lower)
            || phrases.determiner.contains(&lower)
            || phrases.and.contains(&lower)
            || matches!(lower.as_ref(), "for" | "with" | "voor" | "met" | "against");
        match (capital, linking) {
            (true, _) => {
                end = place + bare.len();
                small = 0;
            }
            (false, true) if small < 3 => small += 1,
            _ => break,
        }
        if bare.len() < word.len() {
            break;
        }
        place += word.len() + 1;
    }
    end
}

/// "X Declaration on A and |Y Declaration on B", "the Treaty and |Article 25": the name ends before the list word that leads to
/// the next one.
pub(super) fn before_next_head(scene: &Scene<'_>, at: usize, end: usize) -> usize {
    let next = scene
        .words_from(at)
        .iter()
        .take_while(|h| h.span.end <= end)
        .find(|h| matches!(h.word, Word::Head | Word::Article));
    let Some(next) = next else { return end };
    let between = scene.between(at, next.span.start);
    let and = &scene.lexicon.phrases.and;
    let mut place = at;
    let mut cut = None;
    for word in between.split(' ') {
        if and.contains_any_case(word) {
            cut = Some(place.saturating_sub(1));
        }
        place += word.len() + 1;
    }
    cut.unwrap_or(at).max(at)
}

fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

/// Communications: by date, title or the instrument they set out.
pub(super) fn communications(scene: &Scene<'_>) -> Vec<Found> {
    let nouns = scene
        .words
        .iter()
        .filter(|h| matches!(h.word, Word::JointCommunication | Word::Communication));
    nouns
        .filter_map(|hit| communication(scene, hit.span, hit.word))
        .collect()
}

fn communication(scene: &Scene<'_>, noun: Span, word: Word) -> Option<Found> {
    let limit = topic_end(scene, noun.start, noun.start + 320);
    let quoted = quote_after(scene, limit);
    let reach = quoted.map_or(limit, |q| q.end + 1);
    let jointly =
        || (word == Word::JointCommunication).then(|| issued_jointly(scene, noun, Word::Commission));
    let date = issued(scene, noun, Word::Commission)
        .filter(|i| i.by_issuer || i.span.start == noun.start || word == Word::JointCommunication)
        .or_else(|| jointly().flatten())
        .or_else(|| behind_title(scene, noun));
    let after = date.map_or(noun.end, |d| d.span.end.max(noun.end));
    let said = title_behind(scene, after);
    let title = said.filter(|_| date.is_some());
    let about = title.or_else(|| topic(scene, after)).or(quoted);
    // What a list word leads to is another thing ("of 9 March 2021 and the Strategic Compass").
    let listed = first_word(scene.between(after, reach.max(after)))
        .is_some_and(|w| scene.lexicon.phrases.and.contains(&w));
    let end = about.map_or(reach, |a| a.end).max(reach);
    let named = scene.names_from(Span::new(after, end + 1)).next();
    let number = number_behind(scene, after, said);
    // A number behind the title says what it is, whatever the title names.
    let instrument = named
        .filter(|_| number.is_none())
        .filter(|_| !(date.is_some() && listed))
        .filter(|name| title.is_none_or(|title| is_most_of(name.span, title)));
    let phrase = match (number, title) {
        (Some(number), _) => number,
        (None, Some(title)) => behind_quote(scene, title),
        (None, None) => about.filter(|_| date.is_some()).map_or(0, |a| a.end),
    };
    if named.is_none()
        && date.is_none()
        && quoted.is_none()
        && number.is_none()
        && (word == Word::Communication || about.is_none())
    {
        return None;
    }
    let designation = match instrument {
        Some(name) => Designation::Identified(super::lexicon::instrument_id(scene.tables, name.instrument)),
        None => Designation::Words,
    };
    let start = date.map_or(noun.start, |date| date.span.start);
    let end = match (date, instrument) {
        (Some(date), _) => date.span.end,
        (None, Some(name)) => name.span.end,
        (None, None) if number.is_some() => phrase,
        (None, None) => reach.min(quoted.map_or(limit, |q| q.end)),
    };
    (end > noun.end || start < noun.start).then(|| {
        Found::new(
            Span::new(start, end),
            Kind::CommissionDocument,
            designation,
            COMMUNICATION,
        )
        .with_confidence(0.8)
        .with_reach(phrase)
        .told_by([(Sign::Noun, noun)])
        .told_by(date.map(|d| (Sign::Date, d.day)))
        .told_by(instrument.map(|n| (Sign::Name, n.span)))
        .told_by(quoted.map(|q| (Sign::Topic, q)))
    })
}

/// The date that stands behind the title of a communication (`communication "Reading tests" of 7 June 2017`).
fn behind_title(scene: &Scene<'_>, noun: Span) -> Option<Issued> {
    let title = title_behind(scene, noun.end)?;
    let end = behind_quote(scene, title);
    let date = scene.dates_ahead(end, ENTITLED).into_iter().next();
    let date = date.filter(|d| d.date.is_full() && scene.links(end, d.span.start))?;
    Some(Issued {
        span: Span::new(noun.start, date.span.end),
        date: date.date,
        day: date.span,
        by_issuer: true,
    })
}

/// The place behind the quote that closes a title.
fn behind_quote(scene: &Scene<'_>, title: Span) -> usize {
    title.end + scene.ahead(title.end, 4).chars().next().map_or(0, char::len_utf8)
}

/// How far behind a communication the bracket with its number may stand: addressees and title are long.
const NUMBERED: usize = 700;

/// Where the bracket begins that gives the number of a communication, behind its title or behind those whom it is addressed to
/// ("to the European Parliament, the Council ... on reading tests (JOIN(2013)0001)").
fn number_behind(scene: &Scene<'_>, at: usize, title: Option<Span>) -> Option<usize> {
    let window = scene.ahead(at, NUMBERED);
    let (gap, _) = window.match_indices(" (").find_map(|(open, _)| {
        let inside = window[open + 2..].get(..NUMBER).unwrap_or(&window[open + 2..]);
        let hits = scene.tables.families.find(inside, |_, _| true);
        let first = hits.into_iter().find(|hit| hit.span.start == 0)?;
        let own = ["COM-", "JOIN-"]
            .iter()
            .any(|series| first.id.as_str().starts_with(series));
        own.then_some((&window[..open], first.id))
    })?;
    let end = at + gap.len();
    let titled = || title.is_some_and(|title| behind_quote(scene, title) == end);
    (gap.is_empty() || titled() || is_addressed(scene, Span::new(at, end))).then_some(end)
}

/// No number of a communication is longer.
const NUMBER: usize = 24;

/// Whether a text begins with the Parliament as first addressee and names no other document but in a title.
fn is_addressed(scene: &Scene<'_>, gap: Span) -> bool {
    let words = || {
        scene
            .words_from(gap.start)
            .iter()
            .take_while(|h| h.span.end <= gap.end)
    };
    // The issuer may stand before those whom the text is addressed to.
    let issuer = words().next().filter(|h| h.word == Word::Commission);
    let lead = if issuer.is_some() { ISSUERS } else { ENTITLED / 2 };
    let first = words().find(|h| h.word != Word::Commission);
    let near = first.is_some_and(|h| h.word == Word::Parliament && h.span.start <= gap.start + lead);
    let text = scene.slice(gap);
    let other = |h: &Hit| {
        matches!(
            h.word,
            Word::Communication | Word::JointCommunication | Word::Conclusions
        )
    };
    near && !text.contains([';', '(']) && scene.dates_in(gap).is_empty() && !words().any(other)
}

/// How far behind a communication its first addressee may stand where its issuers are named before.
const ISSUERS: usize = 140;

fn first_word(text: &str) -> Option<String> {
    text.split_whitespace().next().map(str::to_lowercase)
}

/// Whether a name is what a title says and not a part of it ("Launching the European Defence Fund").
fn is_most_of(name: Span, title: Span) -> bool {
    title.contains(name) && name.len() * 5 >= title.len() * 3
}

/// How far behind the date of a text its title may begin: " entitled ‘".
const ENTITLED: usize = 40;

/// A title in quotes that a word or two lead to.
fn title_behind(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let window = scene.ahead(at, ENTITLED + TITLE);
    let opens = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '‘' | '\'');
    let open = window.find(opens).filter(|open| *open <= ENTITLED)?;
    let leads = window[..open]
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | ':'));
    let mark = window[open..].chars().next()?;
    let start = open + mark.len_utf8();
    let ends = |(close, c): &(usize, char)| {
        let rest = &window[start + close + c.len_utf8()..];
        // An apostrophe stands inside a word, or behind one that goes on to another ("readers’ views").
        let apostrophe = mark == '‘'
            && rest
                .strip_prefix(' ')
                .is_some_and(|r| r.starts_with(char::is_lowercase));
        closes(mark, *c) && !rest.starts_with(char::is_alphanumeric) && !apostrophe
    };
    let close = window[start..].char_indices().find(ends);
    close
        .filter(|_| leads)
        .map(|(close, _)| Span::new(at + start, at + start + close))
}

/// Titles are no longer than this many bytes.
const TITLE: usize = 300;

fn closes(open: char, close: char) -> bool {
    match open {
        '«' => close == '»',
        '„' => matches!(close, '“' | '”' | '"'),
        '“' | '”' => matches!(close, '”' | '"'),
        '‘' | '\'' => matches!(close, '’' | '\''),
        open => close == open,
    }
}

/// A title in quotes right behind, perhaps after a colon.
fn quote_after(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let window = scene.ahead(at, 300);
    let rest = window.trim_start_matches([':', ' ', ',']);
    let lead = window.len() - rest.len();
    let open = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '“' | '„' | '«'))?
        .len_utf8();
    let close = rest[open..].find(['"', '”', '“', '»'])?;
    Some(Span::new(at + lead + open, at + lead + open + close))
}
