//! What a document says of itself: number, date, body, topic.

use serde::{Deserialize, Serialize};

use super::council;
use super::found::Found;
use super::squeeze::key;
use crate::model::{Block, Body, Designation, Document, Kind, PartialDate, Role, Sign, Span, WorkId};
use crate::tables::Tables;

/// The identity of a document, as far as its own text gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its number, with the version.
    pub number: Option<WorkId>,
    /// The number in its running feet, which should be the same.
    pub foot_number: Option<WorkId>,
    /// The date of the document.
    pub date: Option<PartialDate>,
    /// For conclusions, whose they are.
    pub body: Option<Body>,
    /// For conclusions, the date on which they were approved.
    pub approved: Option<PartialDate>,
    /// For conclusions, their topic.
    pub topic: Option<String>,
    /// The key of that topic, which every topic of the text is held against.
    topic_key: String,
    /// The title: the subject field, or the first conclusions named.
    pub title: Option<String>,
    /// Where its head names it besides the number, in the repaired text.
    named: Vec<Span>,
    /// The instruments that it is.
    instruments: Vec<WorkId>,
}

/// How many of the first mentions may tell a document without header what it is.
const FIRST: usize = 6;

/// How much may stand behind a title in its block: "(approved by the Foreign Affairs Council on 23 May 2023)".
const TITLE_REST: usize = 90;

impl Identity {
    /// Reads the identity from the header, else from the running feet, the title and the first mentions.
    pub(super) fn of(document: &Document, found: &[Found], tables: &Tables) -> Self {
        let header = &document.header;
        let first = own_conclusions(document, found);
        let foot_number = from_feet(document);
        let on_top = in_head(document, found, tables);
        let number = header
            .number
            .as_ref()
            .and_then(|n| council::parse(&n.value).or_else(|| of_other_body(&n.value, tables)))
            .filter(|id| !is_of_series(id, &COMMISSION))
            .or_else(|| on_top.map(|(id, _)| id.clone()))
            .or_else(|| foot_number.clone())
            .or_else(|| resolution_on_top(document, found));
        let mut named = titles(document, found, number.as_ref());
        let titled = named.first().copied().or(on_top.map(|(_, span)| span));
        let day = titled.and_then(|span| day_behind(document, span.start, tables));
        let instruments = number.as_ref().map_or(Vec::new(), |own| instruments(own, tables));
        named.extend(published(document, found));
        let conclusions = first.map(|f| (parts(f), f));
        let approved = approval(document, (found, first), tables);
        let printed = header.date.filter(|day| !is_of_journal(found, *day));
        let topic = conclusions.as_ref().and_then(|(p, _)| p.2.clone());
        Self {
            number,
            foot_number,
            date: day.or(printed).or(first.and(approved)),
            body: conclusions
                .as_ref()
                .and_then(|(p, _)| p.0)
                .or(first.map(|_| Body::Council)),
            approved: first.and(approved.or(printed)),
            topic_key: topic.as_deref().map(key).unwrap_or_default(),
            topic,
            title: title(document, first, titled),
            named,
            instruments,
        }
    }

    /// Whether a mention is a title by which the head of the document names it.
    pub(super) fn is_titled(&self, found: &Found) -> bool {
        self.named.contains(&found.span)
    }

    /// Whether a mention of conclusions is of the document itself: the same topic, or no topic and its body and date.
    pub(super) fn is_named_by(&self, found: &Found) -> bool {
        match &found.designation {
            Designation::Conclusions {
                topic: Some(topic),
                date,
                ..
            } => {
                // The date is the cheaper question.
                date.is_none_or(|d| self.is_dated(d))
                    && self.topic.is_some()
                    && same_key(&self.topic_key, &key(topic))
            }
            Designation::Conclusions {
                topic: None,
                date: Some(date),
                body,
                ..
            } => {
                let own = self.topic.is_some() && (body.is_none() || *body == self.body);
                let of_leaders = *body == Some(Body::EuropeanCouncil) && self.is_of_european_council();
                date.is_full() && self.is_dated(*date) && (own || of_leaders)
            }
            Designation::Identified(id) => self
                .number
                .as_ref()
                .is_some_and(|own| own == id || own.is_version_of(id) || self.instruments.contains(id)),
            _ => false,
        }
    }

    fn is_of_european_council(&self) -> bool {
        let number = self.number.as_ref();
        number.is_some_and(|own| own.as_str().starts_with("EUCO-"))
    }

    fn is_dated(&self, date: PartialDate) -> bool {
        [self.date, self.approved]
            .into_iter()
            .flatten()
            .any(|own| own.is_compatible(date))
    }
}

/// The id of a document of another body than the Council by its number ("EUCO 7/23", "COM(2024) 417 final").
fn of_other_body(number: &str, tables: &Tables) -> Option<WorkId> {
    let hits = tables.families.find(number, |_, _| true);
    hits.into_iter()
        .next()
        .filter(|hit| hit.span.start == 0)
        .map(|hit| hit.id)
}

/// How many of the first blocks may be the head of a document: pages of the Parliament begin with long lists of links.
const HEAD: usize = 30;

/// How many of them may give the number of a document of the Commission, which others cite on lines of their own.
const COMMISSION_HEAD: usize = 8;

/// The short blocks that a document opens with.
fn head(document: &Document) -> impl Iterator<Item = &Block> {
    let opens = |b: &&Block| {
        b.number.is_none() && !matches!(b.role, Role::Item | Role::Note(_)) && b.span.len() <= SENTENCES
    };
    document.blocks.iter().take(HEAD).take_while(opens)
}

/// The number that stands alone on a line of the head ("P9_TA(2023)0219"), or that of the act whose title in capitals
/// opens the text ("REGULATION (EU) 2024/2847 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL").
fn in_head<'a>(document: &Document, found: &'a [Found], tables: &Tables) -> Option<(&'a WorkId, Span)> {
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
const COMMISSION: [&str; 3] = ["COM", "JOIN", "SWD"];

/// Whether a number is of one of these series.
fn is_of_series(id: &WorkId, series: &[&str]) -> bool {
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
fn published<'a>(document: &'a Document, found: &'a [Found]) -> impl Iterator<Item = Span> + 'a {
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
fn titles(document: &Document, found: &[Found], number: Option<&WorkId>) -> Vec<Span> {
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
fn resolution_on_top(document: &Document, found: &[Found]) -> Option<WorkId> {
    let title = document.blocks.first()?;
    let text = document.text.repaired();
    let sentence = text[title.span.start..title.span.end].trim_end().ends_with('.');
    let alone = document.blocks.len() < 3;
    let first = found.first().and_then(|f| opens_with_resolution(title, f))?;
    (!sentence && !alone).then(|| first.clone())
}

/// The instruments of the tables that are the work of this number.
fn instruments(own: &WorkId, tables: &Tables) -> Vec<WorkId> {
    let own = own.without_version();
    let rows = tables
        .instruments
        .iter()
        .filter(|row| row.identifiers.contains(&own));
    rows.map(|row| row.id.clone()).collect()
}

/// How far behind the number of an act its day stands.
const DAY: usize = 220;

/// The first full date from a place of the head on.
fn day_behind(document: &Document, at: usize, tables: &Tables) -> Option<PartialDate> {
    let text = document.text.repaired();
    let window = &text[at..text.ceil_char_boundary((at + DAY).min(text.len()))];
    let dates = tables.dates(document.language).find(window);
    dates.into_iter().map(|hit| hit.date).find(|date| date.is_full())
}

/// How many days may pass between approval and the date of the document.
const DAYS_TO_PRINT: i32 = 60;

/// The day of approval: a day named on the first page, before the text proper begins, that is not that of other
/// conclusions, and not long before the date of the document.
fn approval(
    document: &Document,
    (found, first): (&[Found], Option<&Found>),
    tables: &Tables,
) -> Option<PartialDate> {
    let own = first.and_then(|f| parts(f).2);
    let others = |span: Span| {
        found
            .iter()
            .filter(|f| f.span.contains(span) || (f.span.end <= span.start && span.start < f.reach))
            .any(|f| {
                let topic = parts(f).2;
                f.kind != Kind::Conclusions
                    || topic.is_some_and(|t| own.as_ref().is_none_or(|o| !same_topic(o, &t)))
            })
    };
    let text = document.text.repaired();
    let days = first_page(document).flat_map(|block| {
        let hits = tables
            .dates(block.language)
            .find(&text[block.span.start..block.span.end]);
        hits.into_iter().map(move |h| {
            (
                Span::new(h.span.start + block.span.start, h.span.end + block.span.start),
                h.date,
            )
        })
    });
    let plausible = |date: &PartialDate| {
        document
            .header
            .date
            .is_none_or(|h| (0..=DAYS_TO_PRINT).contains(&(h.day_number() - date.day_number())))
    };
    let mut days = days.filter(|(span, date)| {
        date.is_full() && plausible(date) && !others(*span) && !is_of_journal(found, *date)
    });
    days.next().map(|(_, date)| date)
}

/// Whether a date is that of an issue of the Journal which the head of the document names: pages print it again on a line of its own.
fn is_of_journal(found: &[Found], date: PartialDate) -> bool {
    let day = format!("-{date}");
    let first = found.iter().take(FIRST);
    let issues = first.filter(|f| f.kind == Kind::OfficialJournal);
    let mut ids = issues.filter_map(|f| match &f.designation {
        Designation::Identified(id) => Some(id),
        _ => None,
    });
    ids.any(|id| id.as_str().contains(&day))
}

/// What stands on a first page is short: a block longer than this is text.
const SENTENCES: usize = 1500;

/// The blocks before the first numbered paragraph, item or introduced list, the date line left out.
fn first_page(document: &Document) -> impl Iterator<Item = &Block> {
    let subject = document.header.subject.as_ref().map_or(0, |s| s.span.start);
    let body = |b: &&Block| b.role == Role::Header || (b.number.is_none() && b.role != Role::Item);
    let short = |b: &&Block| b.span.len() <= SENTENCES;
    document
        .blocks
        .iter()
        .take(40)
        .filter(move |b| b.span.end > subject)
        .take_while(body)
        .filter(short)
        .take(8)
}

/// Whether two topics are worded alike: equal but for case, hyphens and blanks, or one the beginning of the other.
pub fn same_topic(a: &str, b: &str) -> bool {
    same_key(&key(a), &key(b))
}

/// No topic has a shorter key.
const SHORTEST: usize = 4;

/// Like [`same_topic`], for topics of which the [`key`] is taken already.
pub fn same_key(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let begins = short.len() >= 8 && long.starts_with(short) && short.len() * 10 >= long.len() * 7;
    // "Mali", "COVID-19".
    begins || short == long && short.len() >= SHORTEST
}

fn parts(found: &Found) -> (Option<Body>, Option<PartialDate>, Option<String>) {
    match &found.designation {
        Designation::Conclusions {
            body, date, topic, ..
        } => (*body, *date, topic.clone()),
        _ => (None, None, None),
    }
}

/// The conclusions that the subject names, or, without a subject, a heading before the first numbered paragraph.
fn own_conclusions<'a>(document: &Document, found: &'a [Found]) -> Option<&'a Found> {
    let titled = |f: &&Found| matches!(&f.designation, Designation::Conclusions { topic: Some(_), .. });
    if let Some(subject) = &document.header.subject {
        return found
            .iter()
            .filter(titled)
            .find(|f| subject.span.contains(f.span));
    }
    let alone = |b: &Block, f: &Found| {
        b.span.start == f.span.start
            && b.span.end <= f.reach + TITLE_REST
            && b.number.is_none()
            && b.role != Role::Item
            && !document.text.repaired()[b.span.start..b.span.end]
                .trim_end()
                .ends_with('.')
    };
    let title =
        |f: &&Found| document.blocks.len() > 3 && document.blocks.iter().take(12).any(|b| alone(b, f));
    found.iter().take(FIRST).filter(titled).find(title)
}

fn title(document: &Document, first: Option<&Found>, named: Option<Span>) -> Option<String> {
    let repaired = document.text.repaired();
    let words = |span: Span| repaired.get(span.start..span.end).map(one_line);
    match (&document.header.subject, first, named) {
        (Some(subject), ..) => Some(one_line(&subject.value)),
        (None, Some(found), _) => words(Span::new(found.span.start, found.reach)),
        (None, None, Some(named)) => words(in_lines(document, named)),
        (None, None, None) => document
            .blocks
            .iter()
            .map(|b| b.span)
            .find(|s| (12..200).contains(&s.len()))
            .and_then(words),
    }
}

/// The title that begins with the block of a span: an act has its day and its subject on lines of their own.
fn in_lines(document: &Document, named: Span) -> Span {
    let mut lines = head(document).map(|b| b.span).skip_while(|s| !s.contains(named));
    let first = lines.next().unwrap_or(named);
    let text = document.text.repaired();
    let goes_on = |s: &Span| text[s.start..s.end].starts_with(char::is_lowercase);
    let last = lines.take_while(goes_on).last();
    Span::new(first.start, last.map_or(first.end, |s| s.end))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number that most running feet begin with.
fn from_feet(document: &Document) -> Option<WorkId> {
    let original = document.text.original();
    let mut numbers: Vec<WorkId> = document
        .furniture
        .iter()
        .filter_map(|s| council::parse(&original[s.start..s.end]))
        .collect();
    numbers.sort();
    let runs = numbers.chunk_by(|a, b| a == b);
    runs.max_by_key(|run| run.len()).map(|run| run[0].clone())
}

/// Own numbers in running heads and feet, as spans of the original.
pub(super) fn in_furniture(document: &Document) -> Vec<(Span, WorkId)> {
    let original = document.text.original();
    let mut own = Vec::new();
    for span in &document.furniture {
        for found in council::find(&original[span.start..span.end]) {
            if let Designation::Identified(id) = found.designation {
                own.push((
                    Span::new(span.start + found.span.start, span.start + found.span.end),
                    id,
                ));
            }
        }
    }
    own
}
