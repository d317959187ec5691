//! A mention in, its target out: resolved, ambiguous with candidates, or unresolved with the reason.

use std::collections::BTreeMap;

use super::known::{Index, Known, Topic, Wanted, Wording};
use super::works::own_body;
use crate::model::{Body, Correction, Designation, Kind, Mention, PartialDate, Relation, Target, WorkId};
use crate::recognize::{Findings, Identity};

/// What is known when targets are sought.
pub(super) struct Context<'a> {
    pub index: &'a Index,
    /// Titles that mentions anywhere in the corpus couple with a date or number.
    pub titles: &'a Index,
    /// When the instruments of the tables were adopted.
    pub instrument_dates: &'a BTreeMap<WorkId, PartialDate>,
    pub corrections: bool,
}

/// The targets of all mentions of a document.
pub(super) fn targets(findings: &Findings, work: &WorkId, context: &Context<'_>) -> Vec<Target> {
    findings
        .mentions
        .iter()
        .map(|m| target(m, findings, work, context))
        .collect()
}

fn target(mention: &Mention, findings: &Findings, work: &WorkId, context: &Context<'_>) -> Target {
    match &mention.designation {
        Designation::Identified(id) => {
            too_late(id, findings.identity.date, context).unwrap_or_else(|| Target::resolved(id.clone()))
        }
        Designation::OneOf(ids) => {
            let known = written_by(ids, findings.identity.date);
            edition(&known, findings.identity.date, context)
                .map_or_else(|| several_works(&known), Target::resolved)
        }
        Designation::Conclusions { .. } | Designation::Words if mention.relation == Relation::Itself => {
            Target::resolved(own_id(&findings.identity, work))
        }
        Designation::Conclusions {
            body,
            date,
            topic,
            about,
            shared,
        } => {
            let body = body.unwrap_or(own_body(&findings.identity));
            let topic = topic.as_deref().map(Wording::new);
            let wanted = Wanted {
                body: Some(body),
                date: *date,
                topic: topic.as_ref(),
                shared: *shared,
                about,
                language: mention.language,
            };
            conclusions(mention, findings, &wanted, context)
        }
        Designation::Words => words(mention, findings),
    }
}

/// A name can be known only by a work of years after the citing document: then an older one of that name is meant.
/// Acts are cited as proposals for some years before they are adopted.
fn too_late(id: &WorkId, citing: Option<PartialDate>, context: &Context<'_>) -> Option<Target> {
    let adopted = *context.instrument_dates.get(id)?;
    let citing = citing.filter(|date| date.years() + YEARS_BEFORE_ADOPTION < adopted.years())?;
    let reason = format!(
        "the name is known as that of {id}, adopted {}; a document of {} must mean an older one",
        adopted.written(),
        citing.written()
    );
    Some(Target::Unresolved { reason })
}

/// For how many years a proposal may be cited by the name of the act.
const YEARS_BEFORE_ADOPTION: u16 = 4;

/// The candidates without those that bear a year after that of the citing document: "2027/97" in a text of 2020 is of 1997.
fn written_by(ids: &[WorkId], citing: Option<PartialDate>) -> Vec<WorkId> {
    let known = |id: &&WorkId| match (super::describe::date(id), citing) {
        (Some(adopted), Some(citing)) => adopted.years() <= citing.years(),
        _ => true,
    };
    let kept: Vec<WorkId> = ids.iter().filter(known).cloned().collect();
    if kept.is_empty() { ids.to_vec() } else { kept }
}

fn several_works(ids: &[WorkId]) -> Target {
    if let [only] = ids {
        return Target::resolved(only.clone());
    }
    let reason = "the words fit several works; a number or a date beside them would tell".to_owned();
    Target::Ambiguous {
        candidates: ids.to_vec(),
        reason,
    }
}

/// Of several instruments of one name the newest that the citing document can know, if the dates of all are known.
fn edition(ids: &[WorkId], citing: Option<PartialDate>, context: &Context<'_>) -> Option<WorkId> {
    let citing = citing?;
    let dated: Option<Vec<(PartialDate, &WorkId)>> = ids
        .iter()
        .map(|id| Some((*context.instrument_dates.get(id)?, id)))
        .collect();
    dated?
        .into_iter()
        .filter(|(date, _)| !date.is_surely_after(citing))
        .max()
        .map(|(_, id)| id.clone())
}

/// The document's own id, with the version it bears.
fn own_id(identity: &Identity, work: &WorkId) -> WorkId {
    identity.number.clone().unwrap_or_else(|| work.clone())
}

fn words(mention: &Mention, findings: &Findings) -> Target {
    let number = mention
        .identified_by
        .iter()
        .filter_map(|i| findings.mentions.get(*i))
        .find_map(|m| match &m.designation {
            Designation::Identified(id) if m.kind == mention.kind => Some(id.clone()),
            _ => None,
        });
    let reason = match mention.kind {
        Kind::LegalAct => "this type of act has no number in the catalogue of acts",
        Kind::OfficialJournal => "the reference gives no date of the issue",
        Kind::CommissionDocument => "the words give no number, and no catalogue knows the title",
        _ => "the name is in no catalogue",
    };
    number.map_or_else(
        || Target::Unresolved {
            reason: reason.to_owned(),
        },
        Target::resolved,
    )
}

/// Conclusions: by the number in their note, else by date, else by topic.
fn conclusions(mention: &Mention, findings: &Findings, wanted: &Wanted<'_>, context: &Context<'_>) -> Target {
    let notes = mention
        .identified_by
        .iter()
        .filter_map(|i| findings.mentions.get(*i));
    for note in notes {
        match &note.designation {
            // The place of publication says less than a date in the text.
            Designation::Identified(id)
                if names_conclusions(note.kind)
                    && (wanted.date.is_none() || note.kind == Kind::CouncilDocument) =>
            {
                return Target::resolved(id.without_version());
            }
            Designation::Conclusions {
                body,
                date: Some(date),
                topic,
                about,
                shared,
            } => {
                let body = body.or(wanted.body);
                let topic = topic.as_deref().map(Wording::new);
                let told = Wanted {
                    body,
                    date: Some(*date),
                    topic: topic.as_ref().or(wanted.topic),
                    shared: *shared,
                    about,
                    language: note.language,
                };
                return dated(&told, *date, context);
            }
            _ => {}
        }
    }
    match wanted.date {
        Some(date) => dated(wanted, date, context),
        None => titled(wanted, context),
    }
}

fn names_conclusions(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::CouncilDocument | Kind::EuropeanCouncilDocument | Kind::LegalAct | Kind::OfficialJournal
    )
}

fn body(wanted: &Wanted<'_>) -> Body {
    wanted.body.unwrap_or(Body::Council)
}

/// What the known conclusions of a day have to do with the ones wanted.
#[derive(Default)]
struct Sorted<'a> {
    same: Vec<&'a Known>,
    likely: Vec<&'a Known>,
    open: Vec<&'a Known>,
}

fn sorted<'a>(wanted: &Wanted<'_>, date: PartialDate, index: &'a Index) -> Sorted<'a> {
    let mut sorted = Sorted::default();
    for known in index
        .values()
        .filter(|k| Some(k.body) == wanted.body && k.may_be_of(date))
    {
        match known.topic(wanted) {
            Topic::Same => sorted.same.push(known),
            Topic::Likely => sorted.likely.push(known),
            Topic::CannotTell => sorted.open.push(known),
            Topic::Other => {}
        }
    }
    sorted
}

fn dated(wanted: &Wanted<'_>, date: PartialDate, context: &Context<'_>) -> Target {
    let Sorted { same, likely, open } = sorted(wanted, date, context.index);
    let as_written = body(wanted).conclusions(date);
    let best = if same.is_empty() { &likely } else { &same };
    match (best.as_slice(), open.as_slice()) {
        ([only], _) if only.in_corpus && (date.is_full() || !same.is_empty()) => {
            Target::resolved(only.id.clone())
        }
        // What only the catalogue knows is no reason to say more than the text does.
        ([_], _) => Target::resolved(as_written),
        ([_, _, ..], _) => several(best, "several conclusions of that date and topic are known"),
        // Words of another language cannot be compared: the date alone does not tell which of a day is meant.
        ([], [only]) if only.in_corpus && date.is_full() && topic_is_open(wanted) => {
            Target::resolved(only.id.clone())
        }
        ([], [_, _, ..]) if date.is_full() && topic_is_open(wanted) && open.iter().any(|k| k.in_corpus) => {
            several(
                &open,
                "several conclusions of that day are known, and the words do not tell which",
            )
        }
        ([], _) => corrected(wanted, date, context).unwrap_or(Target::resolved(as_written)),
    }
}

fn topic_is_open(wanted: &Wanted<'_>) -> bool {
    wanted.topic.is_none() || wanted.shared
}

fn several(known: &[&Known], reason: &str) -> Target {
    Target::Ambiguous {
        candidates: known.iter().map(|k| k.id.clone()).collect(),
        reason: reason.to_owned(),
    }
}

/// The one work of the same body and topic whose date differs in one part, where nothing of the date as written is known.
fn corrected(wanted: &Wanted<'_>, date: PartialDate, context: &Context<'_>) -> Option<Target> {
    if !context.corrections || !date.is_full() {
        return None;
    }
    let same: Vec<&Known> = context
        .index
        .values()
        .filter(|k| {
            k.in_corpus
                && Some(k.body) == wanted.body
                && matches!(k.topic(wanted), Topic::Same | Topic::Likely)
        })
        .collect();
    let mut near = same
        .iter()
        .filter_map(|k| k.dates.iter().find(|d| is_near(**d, date)).map(|d| (*k, *d)));
    let (known, right) = near.next().filter(|_| near.next().is_none())?;
    let weekend = date
        .weekday()
        .filter(|day| matches!(*day, "Saturday" | "Sunday"))
        .map_or(String::new(), |day| format!(", a {day}"));
    let reason = format!(
        "dated {}{weekend} in the text, but the corpus has conclusions on this topic of {} ({}) and none of the date as written",
        date.written(),
        right.written(),
        super::describe::label(&known.id)
    );
    let correction = Correction {
        written: date,
        corrected: right,
        as_written: body(wanted).conclusions(date),
        reason,
    };
    Some(Target::Resolved {
        id: known.id.clone(),
        correction: Some(correction),
    })
}

/// Whether two dates differ in day, month or year alone.
fn is_near(a: PartialDate, b: PartialDate) -> bool {
    let differ = [
        a.years() != b.years(),
        a.months() != b.months(),
        a.days() != b.days(),
    ];
    a.is_full() && b.is_full() && differ.into_iter().filter(|d| *d).count() == 1
}

/// Conclusions named by their topic alone.
fn titled(wanted: &Wanted<'_>, context: &Context<'_>) -> Target {
    if wanted.topic.is_none() {
        return Target::Unresolved {
            reason: "the words give neither date nor number nor topic".to_owned(),
        };
    }
    let same = |index: &Index| -> Vec<WorkId> {
        index
            .values()
            .filter(|k| Some(k.body) == wanted.body && k.topic(wanted) == Topic::Same)
            .map(|k| k.id.clone())
            .collect()
    };
    let mut candidates = same(context.index);
    if candidates.is_empty() {
        candidates = same(context.titles);
    }
    match candidates.as_slice() {
        [only] => Target::resolved(only.clone()),
        [] => Target::Unresolved {
            reason: "the words give a topic but no date or number, and no known conclusions bear that title"
                .to_owned(),
        },
        _ => Target::Ambiguous {
            candidates,
            reason: "conclusions of several dates bear that title".to_owned(),
        },
    }
}
