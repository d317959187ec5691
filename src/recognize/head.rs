//! The lines that a document opens with in, the number, title and place of publication that they give it out.

use super::found::Found;
use crate::model::{Block, Designation, Document, Kind, PartialDate, Role, Sign, Span, WorkId};
use crate::tables::Tables;

/// How many of the first mentions may tell a document without header what it is.
pub(super) const FIRST: usize = 6;

/// What stands on a first page is short: a block longer than this is text.
pub(super) const SENTENCES: usize = 1500;

/// How many of the first blocks may be the head of a document: pages of the Parliament begin with long lists of links.
const HEAD: usize = 30;

/// How many of them may give the number of a document of the Commission, which others cite on lines of their own.
const COMMISSION_HEAD: usize = 8;

/// The short blocks that a document opens with.
pub(super) fn head(document: &Document) -> impl Iterator<Item = &Block> {
    let opens = |b: &&Block| {
        b.number.is_none() && !matches!(b.role, Role::Item | Role::Note(_)) && b.span.len() <= SENTENCES
    };
    document.blocks.iter().take(HEAD).take_while(opens)
}

/// The number that stands alone on a line of the head ("P9_TA(2023)0219"), or that of the act whose title in capitals
/// opens the text ("REGULATION (EU) 2024/2847 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL").
pub(super) fn in_head<'a>(
    document: &Document,
    found: &'a [Found],
    tables: &Tables,
) -> Option<(&'a WorkId, Span)> {
    let text = document.text.repaired();
    let alone = |block: &Block, f: &Found| {
        text[block.span.start..block.span.end].trim() == &text[f.span.start..f.span.end]
    };
    let own = |place: usize, block: &Block, f: &Found| match f.kind {
        Kind::ParliamentDocument => alone(block, f),
        Kind::CommissionDocument => {
            let opens = alone(block, f) && is_of_commission(document, place, tables);
            place < COMMISSION_HEAD && (opens || place == 0 && is_behind_commission(document, f.span, tables))
        }
        // A heading about an act may stand in capitals, too, but no day follows it.
        Kind::LegalAct => {
            let title = &text[block.span.start..f.span.end.max(block.span.start)];
            let named = || is_loud(title) || heads_page(title, &text[block.span.start..block.span.end]);
            block.span.contains(f.span)
                && (is_below_title(text, f)
                    || named() && day_behind(document, f.span.start, tables).is_some())
        }
        Kind::CouncilDocument => alone(block, f) && text[f.span.start..].starts_with(REGISTERED),
        _ => false,
    };
    let first = &found[..found.len().min(FIRST)];
    let named = head(document)
        .enumerate()
        .flat_map(|(place, b)| first.iter().filter(move |f| own(place, b, f)));
    let named = named.filter_map(|f| match &f.designation {
        Designation::Identified(id) => Some((id, f.span)),
        _ => None,
    });
    // The page of a text adopted names the report and the motion before it, that of a communication its title, that of an act
    // the document that the Council adopted it by.
    let rank = |id: &WorkId| match id.as_str() {
        text if text.contains("-TA-") || text.starts_with('3') || is_of_series(id, &COMMISSION) => 0,
        text if text.starts_with("ST-") => 1,
        _ => 2,
    };
    named
        .min_by_key(|(id, _)| rank(id))
        .map(|(id, span)| (id, title_behind(found, id, span)))
}

/// How a page on the web writes the number by which a text stands in the register of the Council ("ST/6038/2020/INIT").
const REGISTERED: &str = "ST/";

/// Whether a line is a word and the identifier by which a page on the web shows an act ("Document 32019D0797").
fn heads_page(line: &str, block: &str) -> bool {
    let word = line
        .rsplit_once(' ')
        .filter(|(_, id)| id.starts_with('3') && id.len() >= 10);
    word.is_some_and(|(word, _)| !word.is_empty() && word.chars().all(char::is_alphabetic))
        && line.len() == block.trim_end().len()
}

/// The title that names a work behind the place that identifies it.
fn title_behind(found: &[Found], id: &WorkId, at: Span) -> Span {
    let title = |f: &&Found| f.span.start > at.end && f.designation == Designation::Identified(id.clone());
    let stands = id.as_str().starts_with('3');
    let next = found.iter().take(FIRST).find(title).filter(|_| stands);
    next.map_or(at, |f| f.span)
}

/// Whether the Commission speaks in the head of a document: a number of its own opens the text, or its name or a place with
/// a date stands before it ("Brussels, 6.4.2016"). National papers on a communication give its number alone on a line, too.
fn is_of_commission(document: &Document, place: usize, tables: &Tables) -> bool {
    let text = document.text.repaired();
    let named = |block: &Block| names_commission(document, &text[block.span.start..block.span.end], tables);
    let before = || document.blocks.iter().take(place);
    let dated = || {
        let place = document.header.place.as_ref();
        place.is_some_and(|p| before().any(|b| b.span.contains(p.span)))
    };
    place == 0 || dated() || before().any(named)
}

/// Whether a text begins with the name of the Commission.
fn names_commission(document: &Document, text: &str, tables: &Tables) -> bool {
    let text = text.to_lowercase();
    let names = &tables.language(document.language).body.commission;
    names.iter().any(|name| text.starts_with(&name.to_lowercase()))
}

/// How much may stand before the number where a converter has made one line of the head of a document of the Commission.
const COMMISSION_LINE: usize = 80;

/// Whether a text begins with the Commission, a day and this number ("EUROPEAN COMMISSION Brussels, 4.12.2013 COM(2013) 855").
fn is_behind_commission(document: &Document, number: Span, tables: &Tables) -> bool {
    let before = &document.text.repaired()[..number.start];
    let line = before.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let dates = tables.dates(document.language);
    line.len() <= COMMISSION_LINE
        && names_commission(document, line, tables)
        && dates
            .find(line)
            .last()
            .is_some_and(|hit| hit.date.is_full() && line[hit.span.end..].trim().is_empty())
}

/// The series of the Commission.
pub(super) const COMMISSION: [&str; 3] = ["COM", "JOIN", "SWD"];

/// Whether a number is of one of these series.
pub(super) fn is_of_series(id: &WorkId, series: &[&str]) -> bool {
    id.as_str()
        .split_once('-')
        .is_some_and(|(head, _)| series.contains(&head))
}

/// Whether an act has its number in a bracket behind the title that tells its type.
fn is_below_title(text: &str, act: &Found) -> bool {
    let above = |(sign, span): &(Sign, Span)| *sign == Sign::Noun && span.end <= act.span.start;
    text[..act.span.start].ends_with('(') && act.clues.iter().any(above)
}

/// Whether all words but short ones are in capitals, those in brackets aside ("(EU, Euratom)").
fn is_loud(text: &str) -> bool {
    let bracket = text
        .find('(')
        .zip(text.find(')'))
        .filter(|(open, close)| open < close);
    let (head, tail) = bracket.map_or((text, ""), |(open, close)| (&text[..open], &text[close..]));
    let words = [head, tail].concat();
    let words = words
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| w.chars().count() > 3);
    text.chars().next().is_some_and(char::is_uppercase)
        && words.clone().next().is_some()
        && words.flat_map(str::chars).all(char::is_uppercase)
}

/// Where the head says that the text was published, in a bracket of its own ("(2023/C 20/01)") or before the languages of the
/// issue ("OJ L 53, 21.2.2023, p. 37–38 (BG, ES, ..."), and by which number it stands in the register.
pub(super) fn published<'a>(document: &'a Document, found: &'a [Found]) -> impl Iterator<Item = Span> + 'a {
    let text = document.text.repaired();
    let says = move |b: &Block, f: &Found| {
        let (before, behind) = (&text[b.span.start..f.span.start], &text[f.span.end..b.span.end]);
        match f.kind {
            Kind::OfficialJournal => {
                before == "(" && behind.trim_end() == ")" || before.is_empty() && lists_languages(behind)
            }
            Kind::CouncilDocument => {
                before.is_empty() && behind.trim().is_empty() && text[f.span.start..].starts_with(REGISTERED)
            }
            _ => false,
        }
    };
    let first = &found[..found.len().min(FIRST)];
    // A title stands before it.
    let behind = head(document).skip(1);
    let inside = move |b: &'a Block| first.iter().filter(|f| b.span.contains(f.span));
    behind
        .flat_map(move |b| inside(b).filter(move |f| says(b, f)))
        .map(|f| f.span)
}

/// Whether a text is a bracket with the codes of languages: " (BG, ES, CS)".
fn lists_languages(text: &str) -> bool {
    let inner = text.trim().strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let is_code = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    inner.is_some_and(|codes| codes.split(", ").count() > 1 && codes.split(", ").all(is_code))
}

/// An article is no longer than this many bytes ("Az |Európai Parlament 2021. október 7-i állásfoglalása").
const ARTICLE: usize = 4;

/// The resolution that a line of the head of a document of the Parliament begins with, and the procedure it ends with.
pub(super) fn titles(document: &Document, found: &[Found], number: Option<&WorkId>) -> Vec<Span> {
    if !number.is_some_and(|n| n.as_str().starts_with("EP-")) {
        return Vec::new();
    }
    let opens = |b: &Block, f: &Found| opens_with_resolution(b, f).is_some();
    let closes = |b: &Block, f: &Found| f.kind == Kind::Procedure && f.span.end + 1 >= b.span.end;
    let named = head(document).flat_map(|b| {
        found
            .iter()
            .take(FIRST)
            .filter(move |f| b.span.contains(f.span) && (opens(b, f) || closes(b, f)))
    });
    named.map(|f| f.span).collect()
}

/// The id of the resolution of the Parliament by date that a block begins with.
fn opens_with_resolution<'a>(block: &Block, found: &'a Found) -> Option<&'a WorkId> {
    let near = block.span.start..=block.span.start + ARTICLE;
    match &found.designation {
        Designation::Identified(id) if id.as_str().starts_with("EP-RESOLUTION-") => {
            near.contains(&found.span.start).then_some(id)
        }
        _ => None,
    }
}

/// The resolution whose title is the first line of a text without a number of its own.
pub(super) fn resolution_on_top(document: &Document, found: &[Found]) -> Option<WorkId> {
    let title = document.blocks.first()?;
    let text = document.text.repaired();
    let sentence = text[title.span.start..title.span.end].trim_end().ends_with('.');
    let alone = document.blocks.len() < 3;
    let first = found.first().and_then(|f| opens_with_resolution(title, f))?;
    (!sentence && !alone).then(|| first.clone())
}

/// How far behind the number of an act its day stands.
const DAY: usize = 220;

/// The first full date from a place of the head on.
pub(super) fn day_behind(document: &Document, at: usize, tables: &Tables) -> Option<PartialDate> {
    let text = document.text.repaired();
    let window = &text[at..text.ceil_char_boundary((at + DAY).min(text.len()))];
    let dates = tables.dates(document.language).find(window);
    dates.into_iter().map(|hit| hit.date).find(|date| date.is_full())
}
