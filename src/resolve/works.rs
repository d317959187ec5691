//! Which work each document is an expression of: by number, else by date and title, else it stands alone.

use std::collections::BTreeMap;

use crate::model::{Body, PartialDate, WorkId};
use crate::recognize::{Findings, Identity, same_topic};
use crate::tables::Tables;

/// The work of each document, in the order of the documents.
pub fn of_documents(findings: &[Findings], tables: &Tables) -> Vec<WorkId> {
    let mut works: Vec<Option<WorkId>> = findings
        .iter()
        .map(|f| f.identity.number.as_ref().map(WorkId::without_version))
        .collect();
    let mut numbered = Numbered::new();
    for (at, (work, f)) in works.iter().zip(findings).enumerate() {
        let (Some(work), Some(body)) = (work, f.identity.body) else {
            continue;
        };
        for day in days(&f.identity) {
            numbered.entry((body, day)).or_default().push((at, work.clone()));
        }
    }
    for at in 0..findings.len() {
        if works[at].is_none() {
            works[at] = by_date_and_title(&findings[at], &numbered, findings)
                .or_else(|| Some(of_itself(&findings[at], tables)));
        }
    }
    apart(works.into_iter().flatten().collect(), findings)
}

/// The work of a document without number, as far as no numbered one is the same.
pub(super) fn of_itself(findings: &Findings, tables: &Tables) -> WorkId {
    by_catalogue(findings, tables).unwrap_or_else(|| alone(findings))
}

/// The one numbered document of the same body and day whose topic is the same or in another language.
fn by_date_and_title(findings: &Findings, numbered: &Numbered, all: &[Findings]) -> Option<WorkId> {
    let own = &findings.identity;
    let body = own.body?;
    let same_day = days(own).filter_map(|day| numbered.get(&(body, day))).flatten();
    let mut fitting: Vec<&WorkId> = same_day
        .filter(|(i, _)| {
            let other = &all[*i];
            other.language != findings.language || same_title(own, &other.identity)
        })
        .map(|(_, id)| id)
        .collect();
    fitting.sort();
    fitting.dedup();
    match fitting.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}

/// The numbered documents of each body and day.
type Numbered = BTreeMap<(Body, PartialDate), Vec<(usize, WorkId)>>;

/// The days on which a document may have come into the world.
pub(super) fn days(identity: &Identity) -> impl Iterator<Item = PartialDate> {
    let days = [identity.date, identity.approved].into_iter().flatten();
    days.filter(|day| day.is_full())
}

fn same_title(a: &Identity, b: &Identity) -> bool {
    matches!((&a.topic, &b.topic), (Some(a), Some(b)) if same_topic(a, b))
}

/// The one row of the catalogue with this body, day and title.
fn by_catalogue(findings: &Findings, tables: &Tables) -> Option<WorkId> {
    let identity = &findings.identity;
    let topic = identity.topic.as_ref()?;
    let rows = tables.conclusions.iter().filter(|row| {
        let day = [identity.approved, identity.date]
            .into_iter()
            .flatten()
            .any(|d| row.date == Some(d));
        let titles = row.titles.get(&findings.language).into_iter().flatten();
        Some(row.body) == identity.body && day && titles.into_iter().any(|t| same_topic(t, topic))
    });
    let mut ids = rows.map(|row| row.id.clone());
    ids.next().filter(|_| ids.next().is_none())
}

/// The id of a document that bears no number: its conclusions by date, else the name of its file.
fn alone(findings: &Findings) -> WorkId {
    let identity = &findings.identity;
    match (identity.body, identity.approved.filter(|d| d.is_full())) {
        (Some(body), Some(date)) => body.conclusions(date),
        _ => WorkId::new(format!("DOC-{}", stem(&findings.path))),
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Two conclusions of one body and day that differ in topic get the topic into their ids; two files of one name a count.
fn apart(works: Vec<WorkId>, findings: &[Findings]) -> Vec<WorkId> {
    let mut seen: BTreeMap<WorkId, Vec<usize>> = BTreeMap::new();
    let mut out = works.clone();
    for (at, id) in works.iter().enumerate() {
        let earlier = seen.entry(id.clone()).or_default();
        let clash = id.is_dated_conclusions() && earlier.iter().any(|e| differ(&findings[*e], &findings[at]));
        let doubled = id.as_str().starts_with("DOC-") && !earlier.is_empty();
        if clash {
            let topic = findings[at]
                .identity
                .topic
                .as_deref()
                .map(|t| WorkId::slug(t).to_string())
                .unwrap_or_default();
            out[at] = WorkId::new(format!("{id}-{topic}"));
        } else if doubled {
            out[at] = WorkId::new(format!("{id}-{}", earlier.len() + 1));
        }
        earlier.push(at);
    }
    out
}

fn differ(a: &Findings, b: &Findings) -> bool {
    a.language == b.language && !same_title(&a.identity, &b.identity)
}

/// The body whose conclusions a document means by "its conclusions".
pub(super) fn own_body(identity: &Identity) -> Body {
    identity.body.unwrap_or(Body::Council)
}
