//! A mention in, its target out: resolved, ambiguous with candidates, or unresolved with the reason.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::describe::may_be_of;
use super::known::{Index, Known, Topic, Wanted, Wording, is_near};
use super::works::own_body;
use crate::model::{
    Body, Correction, Designation, Grounds, Kind, Mention, PartialDate, Refused, Relation, Target, WorkId,
};
use crate::recognize::{Findings, Identity};

/// What is known when targets are sought.
pub(super) struct Context<'a> {
    pub index: &'a Index,
    /// Titles that mentions anywhere in the corpus couple with a date or number.
    pub titles: &'a Index,
    /// When the instruments of the tables were adopted.
    pub instrument_dates: &'a BTreeMap<WorkId, PartialDate>,
    /// Instruments of which another of the same name is no edition.
    pub events: &'a BTreeSet<WorkId>,
    pub corrections: bool,
}

/// A target and what told it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    pub target: Target,
    pub grounds: Grounds,
}

impl Verdict {
    fn new(target: Target, how: &'static str) -> Self {
        let grounds = Grounds {
            how: if target.id().is_some() { how } else { "" }.into(),
            ..Grounds::default()
        };
        Self { target, grounds }
    }

    fn by(mut self, mention: usize) -> Self {
        self.grounds.by = Some(mention);
        self
    }

    fn refusing(mut self, refused: impl IntoIterator<Item = Refused>) -> Self {
        let target = self.target.id();
        self.grounds.refused = refused.into_iter().filter(|r| Some(&r.id) != target).collect();
        self
    }
}

/// The targets of all mentions of a document: those that point back have that of what they point to.
pub(super) fn verdicts(findings: &Findings, work: &WorkId, context: &Context<'_>) -> Vec<Verdict> {
    let mentions = &findings.mentions;
    let own: Vec<Verdict> = mentions
        .iter()
        .map(|m| verdict(m, findings, work, context))
        .collect();
    let meant = |(at, mention): (usize, &Mention)| match mention.designation {
        Designation::Back(to) => Verdict::new(own[root(mentions, at)].target.clone(), BACK).by(to),
        _ => own[at].clone(),
    };
    mentions
        .iter()
        .enumerate()
        .map(|(at, mention)| linked(mention, meant((at, mention))))
        .collect()
}

/// What told a target that the words alone leave open.
pub(super) const BY_LINK: &str = "the link on the words leads to it";

/// Where the words alone do not tell the target, the link on them does, unless they say that it is none of those that fit.
fn linked(mention: &Mention, verdict: Verdict) -> Verdict {
    let Some(link) = &mention.link else { return verdict };
    let settles = match &verdict.target {
        Target::Resolved { .. } => false,
        Target::Ambiguous { candidates, .. } => candidates.contains(&link.id),
        Target::Unresolved { .. } => true,
    };
    if !settles {
        return verdict;
    }
    let refused = match verdict.target {
        Target::Ambiguous { candidates, .. } => candidates,
        _ => Vec::new(),
    };
    let refused = refused.into_iter().map(|id| Refused {
        id,
        reason: "the words fit it, too, but the link on them leads elsewhere".into(),
    });
    Verdict::new(Target::resolved(link.id.clone()), BY_LINK).refusing(refused)
}

const BACK: &str = "it means what an earlier mention refers to";

/// The mention that a chain of back references ends in.
pub(super) fn root(mentions: &[Mention], mut at: usize) -> usize {
    // Each points to a place before it, so that the way is no longer than the document.
    for _ in 0..mentions.len() {
        match mentions[at].designation {
            Designation::Back(to) if to < mentions.len() => at = to,
            _ => break,
        }
    }
    at
}

fn verdict(mention: &Mention, findings: &Findings, work: &WorkId, context: &Context<'_>) -> Verdict {
    match &mention.designation {
        Designation::Identified(id) => identified(id, findings.identity.date, context),
        Designation::OneOf(ids) => one_of((ids, mention.dated), findings.identity.date, context),
        Designation::Conclusions { .. } | Designation::Words if mention.relation == Relation::Itself => {
            Verdict::new(
                Target::resolved(own_id(&findings.identity, work)),
                "the document names itself",
            )
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
                by: findings.identity.date,
            };
            conclusions(mention, findings, &wanted, context)
        }
        Designation::Words => words(mention, findings),
        Designation::Back(_) => Verdict::new(
            Target::Unresolved {
                reason: "the words point back to themselves".to_owned(),
            },
            "",
        ),
    }
}

fn identified(id: &WorkId, citing: Option<PartialDate>, context: &Context<'_>) -> Verdict {
    match too_late(id, citing, context) {
        Some(target) => Verdict::new(target, "").refusing([Refused {
            id: id.clone(),
            reason: "it was adopted years after the citing document".into(),
        }]),
        None => Verdict::new(Target::resolved(id.clone()), "the words give it"),
    }
}

fn one_of(
    (ids, dated): (&[WorkId], Option<PartialDate>),
    citing: Option<PartialDate>,
    context: &Context<'_>,
) -> Verdict {
    if let Some(date) = dated.filter(|date| !is_of_a_known_date(ids, *date, context)) {
        let reason = format!("no work of that name is known of {}", date.written());
        return Verdict::new(Target::Unresolved { reason }, "");
    }
    let known = written_by(ids, citing);
    let Some(newest) = edition(&known, citing, context) else {
        return Verdict::new(
            several_works(&known),
            "the others were adopted after the citing document",
        );
    };
    let refused = ids.iter().map(|id| Refused {
        id: id.clone(),
        reason: "it bears the name too, but is not the newest that the citing document can know".into(),
    });
    let how = "of the works of that name it is the newest that the citing document can know";
    Verdict::new(Target::resolved(newest), how).refusing(refused)
}

/// Whether a date beside a name can be that of one of the works which bear it.
fn is_of_a_known_date(ids: &[WorkId], date: PartialDate, context: &Context<'_>) -> bool {
    let fits = |id: &WorkId| {
        let known = context.instrument_dates.get(id);
        known.is_none_or(|known| known.is_compatible(date))
    };
    ids.iter().any(fits)
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

/// Of several instruments of one name the newest that the citing document can know, if the dates of all are known and it
/// alone is of its date; of events only one that alone can be known.
fn edition(ids: &[WorkId], citing: Option<PartialDate>, context: &Context<'_>) -> Option<WorkId> {
    let citing = citing?;
    let dated: Option<Vec<(PartialDate, &WorkId)>> = ids
        .iter()
        .map(|id| Some((*context.instrument_dates.get(id)?, id)))
        .collect();
    let mut known = dated?;
    known.retain(|(date, _)| !date.is_surely_after(citing));
    if known.len() > 1 && known.iter().any(|(_, id)| context.events.contains(*id)) {
        return None;
    }
    let newest = known.iter().map(|(date, _)| *date).max()?;
    let mut of_newest = known.into_iter().filter(|(date, _)| *date == newest);
    match (of_newest.next(), of_newest.next()) {
        (Some((_, only)), None) => Some(only.clone()),
        _ => None,
    }
}

/// The document's own id, with the version it bears.
fn own_id(identity: &Identity, work: &WorkId) -> WorkId {
    identity.number.clone().unwrap_or_else(|| work.clone())
}

fn words(mention: &Mention, findings: &Findings) -> Verdict {
    let number = mention
        .identified_by
        .iter()
        .filter_map(|i| Some((*i, findings.mentions.get(*i)?)))
        .find_map(|(i, m)| match &m.designation {
            Designation::Identified(id) if gives_number(mention.kind, m.kind) => Some((i, id.clone())),
            _ => None,
        });
    let reason = match mention.kind {
        Kind::LegalAct => "this type of act has no number in the catalogue of acts",
        Kind::OfficialJournal => "the reference gives no date of the issue",
        Kind::CommissionDocument => "the words give no number, and no catalogue knows the title",
        _ => "the name is in no catalogue",
    };
    match number {
        Some((by, id)) => Verdict::new(Target::resolved(id), NUMBERED).by(by),
        None => Verdict::new(
            Target::Unresolved {
                reason: reason.to_owned(),
            },
            "",
        ),
    }
}

/// Whether what stands in the bracket behind a name can be the number of what it names: strategies are communications.
fn gives_number(named: Kind, number: Kind) -> bool {
    named == number || named == Kind::Instrument && number == Kind::CommissionDocument
}

const NUMBERED: &str = "its footnote or bracket gives the number";

/// Conclusions: by the number in their note, else by date, else by topic.
fn conclusions(
    mention: &Mention,
    findings: &Findings,
    wanted: &Wanted<'_>,
    context: &Context<'_>,
) -> Verdict {
    let notes = mention
        .identified_by
        .iter()
        .filter_map(|i| Some((*i, findings.mentions.get(*i)?)));
    // A note to several conclusions gives several numbers: that of the year is meant.
    let mut notes: Vec<(usize, &Mention)> = notes.collect();
    notes.sort_by_key(|(_, note)| years_apart(note, wanted.date));
    for (by, note) in notes {
        match &note.designation {
            // The place of publication says less than a date in the text.
            Designation::Identified(id)
                if names_conclusions(note.kind, wanted.body)
                    && (wanted.date.is_none() || note.kind == Kind::CouncilDocument)
                    && may_be_of(id, wanted.date) =>
            {
                return Verdict::new(Target::resolved(id.without_version()), NUMBERED).by(by);
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
                    by: wanted.by,
                };
                return dated(&told, *date, context).by(by);
            }
            _ => {}
        }
    }
    match wanted.date {
        Some(date) => dated(wanted, date, context),
        None => titled(wanted, context),
    }
}

/// How many years lie between what a note gives and a date, as far as both are known.
fn years_apart(note: &Mention, date: Option<PartialDate>) -> u16 {
    let given = match &note.designation {
        Designation::Identified(id) => super::describe::date(id),
        Designation::Conclusions { date, .. } => *date,
        _ => None,
    };
    given
        .zip(date)
        .map_or(0, |(given, date)| given.years().abs_diff(date.years()))
}

/// Whether a number of this kind may be that of conclusions of this body.
fn names_conclusions(kind: Kind, body: Option<Body>) -> bool {
    match kind {
        Kind::EuropeanCouncilDocument => body != Some(Body::Council),
        _ => matches!(
            kind,
            Kind::CouncilDocument | Kind::LegalAct | Kind::OfficialJournal
        ),
    }
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
    other: Vec<&'a Known>,
}

impl Sorted<'_> {
    /// The conclusions of the day that are not meant, each with the reason.
    fn refused(&self) -> impl Iterator<Item = Refused> {
        let other = self
            .other
            .iter()
            .map(|k| (k, "of that date, but on another topic"));
        let open = self
            .open
            .iter()
            .map(|k| (k, "of that date, but nothing tells whether the topic is the same"));
        let likely = self.likely.iter().map(|k| {
            (
                k,
                "of that date, but known in another language only, by words that look alike",
            )
        });
        other.chain(open).chain(likely).map(|(known, reason)| Refused {
            id: known.id.clone(),
            reason: Cow::Borrowed(reason),
        })
    }
}

fn sorted<'a>(wanted: &Wanted<'_>, date: PartialDate, index: &'a Index) -> Sorted<'a> {
    let mut sorted = Sorted::default();
    let of_date = wanted.body.map(|body| index.of_date(body, date));
    for known in of_date.into_iter().flatten() {
        match known.topic(wanted) {
            Topic::Same => sorted.same.push(known),
            Topic::Likely => sorted.likely.push(known),
            Topic::CannotTell => sorted.open.push(known),
            Topic::Other => sorted.other.push(known),
        }
    }
    sorted
}

fn dated(wanted: &Wanted<'_>, date: PartialDate, context: &Context<'_>) -> Verdict {
    let sorted = sorted(wanted, date, context.index);
    let target = of_date(wanted, date, context, &sorted);
    let how = match &target {
        Target::Resolved {
            correction: Some(_), ..
        } => "the topic gives it, and the date is close to that in the text",
        Target::Resolved { id, .. } if *id == body(wanted).conclusions(date) => {
            "institution and date give it"
        }
        _ => "date and topic are those of known conclusions",
    };
    Verdict::new(target, how).refusing(sorted.refused())
}

fn of_date(wanted: &Wanted<'_>, date: PartialDate, context: &Context<'_>, sorted: &Sorted<'_>) -> Target {
    let Sorted {
        same, likely, open, ..
    } = sorted;
    let as_written = body(wanted).conclusions(date);
    let best = if same.is_empty() { likely } else { same };
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
                open,
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
    let near = context.index.near(wanted.body?, date).into_iter();
    let same = near.filter(|k| k.in_corpus && matches!(k.topic(wanted), Topic::Same | Topic::Likely));
    // No document refers to what came after it.
    let came_after = |d: PartialDate| wanted.by.is_some_and(|by| d.is_surely_after(by));
    let fits = |d: &&PartialDate| is_near(**d, date) && !came_after(**d);
    let mut near = same.filter_map(|k| k.dates.iter().find(fits).map(|d| (k, *d)));
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

/// Conclusions named by their topic alone.
fn titled(wanted: &Wanted<'_>, context: &Context<'_>) -> Verdict {
    Verdict::new(
        of_title(wanted, context),
        "the only known conclusions of that title",
    )
}

fn of_title(wanted: &Wanted<'_>, context: &Context<'_>) -> Target {
    if wanted.topic.is_none() {
        return Target::Unresolved {
            reason: "the words give neither date nor number nor topic".to_owned(),
        };
    }
    let same = |index: &Index| -> Vec<WorkId> {
        let perhaps = wanted.body.map(|body| index.perhaps_on(body, wanted));
        let same = perhaps
            .into_iter()
            .flatten()
            .filter(|k| k.topic(wanted) == Topic::Same);
        same.map(|k| k.id.clone()).collect()
    };
    let mut candidates = same(context.index);
    if candidates.is_empty() {
        candidates = same(context.titles);
        candidates.sort();
        candidates.dedup();
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
