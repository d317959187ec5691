//! What a document says of itself: number, date, body, topic.

use serde::{Deserialize, Serialize};

use super::council;
use super::found::Found;
use super::head::{
    COMMISSION, FIRST, SENTENCES, day_behind, head, in_head, is_of_series, published, resolution_on_top,
    titles,
};
use super::squeeze::key;
use crate::model::{Block, Body, Designation, Document, Kind, PartialDate, Role, Span, WorkId};
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

/// The instruments of the tables that are the work of this number.
fn instruments(own: &WorkId, tables: &Tables) -> Vec<WorkId> {
    let own = own.without_version();
    let rows = tables
        .instruments
        .iter()
        .filter(|row| row.identifiers.contains(&own));
    rows.map(|row| row.id.clone()).collect()
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
