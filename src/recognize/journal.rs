//! References to the Official Journal: `OJ L 320, 17.12.2018, p. 28`, `PB L 320 van 17.12.2018, blz. 28`, `OJ L, 2023/2631`.

use std::sync::LazyLock;

use regex::Regex;

use super::found::Found;
use super::lexicon::Word;
use super::scene::Scene;
use crate::model::{Designation, Kind, Span, WorkId};
use crate::tables::DateHit;

const RULE: &str = "official-journal";

/// How much text a reference may take after the name of the journal.
const REACH: usize = 110;

/// The series (in Latin or Cyrillic capitals), then an issue, or year and number since October 2023.
static ISSUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[ \n]?(?:(?:EU|EÚ|ES|EG|EF|UE|CE|WE|ЕС|ЕО|EZ)[ \n])?(?:(?:serie|series|série|Reihe|řada|seria|séria|sērija|sērijas|serija|serijos|serije|rad|sarja|sarjan|sorozat|σειρά|серия|sraith|seeria)[ \n])?(?:(?:nr|Nr|No|Nos|no|n°|nº|n\.º|n\.|č|αριθ|№|št|br|Uimh|Nru)\.?[ \n])?(?P<series>LI|CA|CE|CI|L|C|С|Л)(?:(?:[- ]?serien|-Reihe|-sarja|-seeria|-sorozat|[ ,]+(?:series|serie|série|seria|serija|sērija|řada|sarja|серия|σειρά))?[ \n,]+|[ \n]?)(?:(?:nr|Nr|No|n°|nº|n\.º|n\.|č|αριθ|№|št|br|sz|Uimh|Nru|N:o)\.?[ \n])?(?:(?P<new>(?:[CL]/)?20[2-9][0-9]/[0-9]{1,5})|(?P<issue>[0-9]{1,3})(?:[ \n]?(?P<letter>[AEIM])(?:[^\p{L}0-9]|$)|\. (?P<dotted>[EIM]),)?)").ok()
});

/// Before 1968 the journal had one series, which is called P.
static OLD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[ \n](?P<issue>[0-9]{1,3})(?:[^0-9/]|$)").ok());

static PAGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[ \n]?(?P<page>[0-9]{1,4})(?: ?[-–] ?(?P<until>[0-9]{1,4}))?").ok());

/// All references to the journal in the scene.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    scene
        .words
        .iter()
        .filter(|h| h.word == Word::Journal)
        .filter_map(|hit| reference(scene, hit.span))
        .flat_map(|first| {
            let further = further_pages(scene, &first);
            std::iter::once(first).chain(further)
        })
        .collect()
}

fn reference(scene: &Scene<'_>, name: Span) -> Option<Found> {
    let window = scene.ahead(name.end, REACH);
    let Some(captures) = ISSUE.as_ref()?.captures(window) else {
        return old(scene, name, window);
    };
    let series = match captures.name("series")?.as_str() {
        "С" => "C",
        "Л" => "L",
        series => series,
    };
    if let Some(new) = captures.name("new") {
        let number = new.as_str().trim_start_matches(['C', 'L', '/']).replace('/', "-");
        let end = name.end + new.end();
        let span = Span::new(
            name.start,
            date_right_behind(scene, end).map_or(end, |d| d.span.end),
        );
        return Some(Found::identified(
            span,
            Kind::OfficialJournal,
            WorkId::new(format!("OJ-{series}-{number}")),
            RULE,
        ));
    }
    let issue = captures.name("issue")?;
    let letter = captures.name("letter").or(captures.name("dotted"));
    let after = name.end + letter.unwrap_or(issue).end();
    let letter = letter.map_or("", |l| l.as_str());
    Some(dated(
        scene,
        name,
        &format!("OJ-{series}-{}{letter}", issue.as_str().trim_start_matches('0')),
        after,
    ))
}

/// The year before the series, without a date, as the Court cites, or a special edition: the issue cannot be told.
static UNDATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^,?[ \n](?:(?:19[5-9]|20[0-2])[0-9],? (?:L|C|С|Л) ?[0-9]{1,3}(?:, (?:\p{L}{1,4}\. ?)?[0-9]{1,4})?|(?:English )?[Ss]pecial [Ee]dition:? (?:Series [IV]+ (?:Volume|Chapter) )?[0-9]{2,4}(?:-[0-9]{2,4})?(?: \([IV]+\))?(?:,? p\. ?[0-9]{1,4})?)").ok()
});

/// An issue of the one series there was before 1968: "OJ 13, 21.2.1962, p. 204".
fn old(scene: &Scene<'_>, name: Span, window: &str) -> Option<Found> {
    if let Some(undated) = UNDATED.as_ref()?.find(window) {
        let span = Span::new(name.start, name.end + undated.end());
        let found = Found::new(span, Kind::OfficialJournal, Designation::Words, RULE);
        return Some(found.with_confidence(0.6));
    }
    let issue = OLD.as_ref()?.captures(window)?.name("issue")?;
    let after = name.end + issue.end();
    let date = date_right_behind(scene, after).filter(|d| d.date.years() < 1968);
    date.map(|_| dated(scene, name, &format!("OJ-P-{}", issue.as_str()), after))
}

/// The full date behind an issue, with nothing but a mark or a small word between.
fn date_right_behind(scene: &Scene<'_>, after: usize) -> Option<DateHit> {
    let date = scene.dates_ahead(after, 48).into_iter().next()?;
    let near = scene.between(after, date.span.start).len() <= 12;
    (date.date.is_full() && near).then_some(date)
}

/// Reads date and page after the issue.
fn dated(scene: &Scene<'_>, name: Span, issue: &str, after: usize) -> Found {
    let Some(date) = date_right_behind(scene, after) else {
        let found = Found::new(
            Span::new(name.start, after),
            Kind::OfficialJournal,
            Designation::Words,
            RULE,
        );
        return found.with_confidence(0.6);
    };
    let mut id = format!("{issue}-{}", date.date);
    let mut end = date.span.end;
    if let Some((page, until)) = page(scene, end) {
        id.push_str("-P");
        id.push_str(&page);
        end = until;
    }
    Found::identified(
        Span::new(name.start, end),
        Kind::OfficialJournal,
        WorkId::new(id),
        RULE,
    )
}

/// Further pages of one issue ("p. 1 and p. 13"): each is the place of another text.
fn further_pages(scene: &Scene<'_>, first: &Found) -> Vec<Found> {
    let mut found = Vec::new();
    let issue = match &first.designation {
        Designation::Identified(id) => id.as_str().rsplit_once("-P").map(|(issue, _)| issue.to_owned()),
        _ => None,
    };
    let Some(issue) = issue else { return found };
    let mut end = first.span.end;
    while let Some((start, page, until)) = next_page(scene, end) {
        let id = WorkId::new(format!("{issue}-P{page}"));
        found.push(Found::identified(
            Span::new(start, until),
            Kind::OfficialJournal,
            id,
            RULE,
        ));
        end = until;
    }
    found
}

/// The page that a list word leads to; its word may be left out ("p. 1 and 13").
fn next_page(scene: &Scene<'_>, at: usize) -> Option<(usize, String, usize)> {
    let window = scene.ahead(at, 24);
    let digit = window.find(|c: char| c.is_ascii_digit())?;
    let gap = window[..digit].trim_end();
    let word = pages(scene)
        .filter(|word| gap.ends_with(word))
        .map(str::len)
        .max();
    let start = at + gap.len() - word.unwrap_or(0);
    let start = if word.is_some() { start } else { at + digit };
    if !scene.lists(at, start) {
        return None;
    }
    let captures = PAGE.as_ref()?.captures(&window[digit..])?;
    let page = captures.name("page")?;
    let end = captures.name("until").unwrap_or(page).end();
    let tail = window[digit + end..].trim_start_matches(['.', ',', ';']);
    let alone = !tail.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | ':'));
    alone.then(|| (start, without_zeros(page.as_str()), at + digit + end))
}

/// The words for a page: those of the language, and "p.", which pages of EUR-Lex have in every language.
fn pages<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a str> {
    let own = scene.table.journal.page.iter().map(String::as_str);
    own.chain(["p."])
}

/// The length of the longest word for a page that a text begins with, in either case ("P. 0022 - 0045").
fn page_word(scene: &Scene<'_>, text: &str) -> Option<usize> {
    let begins = |word: &&str| {
        let head = text.get(..word.len());
        head.is_some_and(|head| head == *word || head.to_lowercase() == *word)
    };
    pages(scene).filter(begins).map(str::len).max()
}

/// Old pages of EUR-Lex write a page with four digits.
fn without_zeros(page: &str) -> String {
    page.trim_start_matches('0').to_owned()
}

/// The text without the abbreviation of "year" that some languages put behind a date ("17.12.2018 г.,").
fn without_year_mark<'a>(scene: &Scene<'_>, text: &'a str) -> &'a str {
    let letters = text.chars().take_while(|c| c.is_alphabetic()).count();
    let mark = letters == 1 && page_word(scene, text).is_none();
    let rest = text
        .trim_start_matches(char::is_alphabetic)
        .strip_prefix('.')
        .filter(|_| mark);
    rest.map_or(text, |rest| rest.trim_start_matches([',', ' ']))
}

/// The page and where it ends; the number may stand before the word ("28. lpp.").
fn page(scene: &Scene<'_>, after: usize) -> Option<(String, usize)> {
    let window = scene.ahead(after, 34);
    let rest = without_year_mark(scene, window.trim_start_matches([',', ' ', '(', '.']));
    let lead = window.len() - rest.len();
    if let Some(word) = page_word(scene, rest) {
        let captures = PAGE.as_ref()?.captures(&rest[word..])?;
        let number = captures.name("page")?;
        let end = captures.name("until").unwrap_or(number).end();
        return Some((without_zeros(number.as_str()), after + lead + word + end));
    }
    let captures = PAGE.as_ref()?.captures(rest)?;
    let number = captures.name("page")?;
    let end = captures.name("until").unwrap_or(number).end();
    let tail = rest[end..].trim_start_matches(['.', ' ']);
    let word = page_word(scene, tail)?;
    let until = rest.len() - tail.len() + word;
    Some((without_zeros(number.as_str()), after + lead + until))
}
