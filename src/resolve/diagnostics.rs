//! What an analyst should look at: dates that cannot be right, versions that disagree, targets that are not sure.

use std::collections::{BTreeMap, BTreeSet};

use super::describe::{kind, label};
use super::{CitingDocument, aliases::Aliases};
use crate::model::{
    Designation, Diagnostic, DiagnosticKind, Mention, PartialDate, Reference, Relation, Target, Work, WorkId,
};
use crate::recognize::Findings;

/// All diagnostics, in order of document and place.
pub(super) fn diagnostics(
    documents: &[CitingDocument],
    findings: &[Findings],
    (aliases, works): (&Aliases, &[Work]),
) -> Vec<Diagnostic> {
    let earliest = earliest_citations(documents, aliases);
    let mut all = Vec::new();
    for (document, findings) in documents.iter().zip(findings) {
        all.extend(header(document, findings));
        for reference in &document.references {
            all.extend(of_reference(document, reference, &earliest, aliases));
        }
    }
    all.extend(disagreements(documents, aliases, works));
    all.sort_by(|a, b| {
        (&a.document, a.start, a.kind, &a.reason).cmp(&(&b.document, b.start, b.kind, &b.reason))
    });
    all
}

fn diagnostic(
    kind: DiagnosticKind,
    document: &CitingDocument,
    mention: &Mention,
    reason: String,
) -> Diagnostic {
    let passage = &mention.passage;
    Diagnostic {
        kind,
        document: document.path.clone(),
        line: passage.line,
        start: passage.span.start,
        end: passage.span.end,
        text: passage.text.clone(),
        reason,
        corrected: None,
        candidates: Vec::new(),
    }
}

fn header(document: &CitingDocument, findings: &Findings) -> Option<Diagnostic> {
    let identity = &findings.identity;
    let (head, foot) = (identity.number.as_ref()?, identity.foot_number.as_ref()?);
    let mention = &document
        .references
        .iter()
        .find(|r| r.mention.relation == Relation::Itself)?
        .mention;
    (head.without_version() != foot.without_version()).then(|| {
        let reason = format!(
            "the header gives the number {}, the running feet {}; one of them is wrong",
            label(head),
            label(foot)
        );
        diagnostic(DiagnosticKind::HeaderContradictsText, document, mention, reason)
    })
}

fn of_reference(
    document: &CitingDocument,
    reference: &Reference,
    earliest: &BTreeMap<WorkId, (PartialDate, String)>,
    aliases: &Aliases,
) -> Vec<Diagnostic> {
    let mention = &reference.mention;
    let mut found = Vec::new();
    if let Some(date) = written_date(mention).filter(|_| mention.relation != Relation::Itself) {
        found.extend(after_citing(document, mention, date));
        if let Some(id) = reference.target.id() {
            found.extend(after_earlier_citation(
                document,
                mention,
                (date, aliases.node(id)),
                earliest,
            ));
        }
    }
    found.extend(against_link(document, reference, aliases));
    match &reference.target {
        Target::Resolved {
            id,
            correction: Some(correction),
        } => {
            let one = diagnostic(
                DiagnosticKind::DateMismatch,
                document,
                mention,
                correction.reason.clone(),
            );
            found.push(Diagnostic {
                corrected: Some(id.clone()),
                ..one
            });
        }
        Target::Resolved { .. } => {}
        Target::Ambiguous { candidates, reason } => {
            let one = diagnostic(DiagnosticKind::Ambiguous, document, mention, reason.clone());
            found.push(Diagnostic {
                candidates: candidates.clone(),
                ..one
            });
        }
        Target::Unresolved { reason } => found.push(diagnostic(
            DiagnosticKind::Unresolved,
            document,
            mention,
            reason.clone(),
        )),
    }
    found
}

/// The words of a link and its address lead to two works of one kind.
fn against_link(document: &CitingDocument, reference: &Reference, aliases: &Aliases) -> Option<Diagnostic> {
    let mention = &reference.mention;
    let link = mention.link.as_ref()?;
    let node = |id: &WorkId| aliases.node(&id.without_version()).clone();
    let differs = |id: &WorkId| kind(id) == kind(&link.id) && node(id) != node(&link.id);
    let meant = match &reference.target {
        Target::Resolved { id, .. } if differs(id) => label(id),
        Target::Ambiguous { candidates, .. } if candidates.iter().all(differs) => "something else".to_owned(),
        _ => return None,
    };
    let reason = format!(
        "the words mean {meant}, but the link on them leads to {} ({})",
        label(&link.id),
        link.url
    );
    let one = diagnostic(DiagnosticKind::LinkContradictsText, document, mention, reason);
    Some(Diagnostic {
        candidates: vec![link.id.clone()],
        ..one
    })
}

fn written_date(mention: &Mention) -> Option<PartialDate> {
    match &mention.designation {
        Designation::Conclusions { date, .. } => *date,
        _ => mention.dated,
    }
}

fn after_citing(document: &CitingDocument, mention: &Mention, date: PartialDate) -> Option<Diagnostic> {
    let own = document.date.filter(|own| date.is_surely_after(*own))?;
    let reason = format!(
        "dated {}, but the document that cites it is of {}",
        date.written(),
        own.written()
    );
    Some(diagnostic(
        DiagnosticKind::DateAfterCitingDocument,
        document,
        mention,
        reason,
    ))
}

fn after_earlier_citation(
    document: &CitingDocument,
    mention: &Mention,
    (date, node): (PartialDate, &WorkId),
    earliest: &BTreeMap<WorkId, (PartialDate, String)>,
) -> Option<Diagnostic> {
    let (first, path) = earliest
        .get(node)
        .filter(|(first, path)| date.is_surely_after(*first) && *path != document.path)?;
    let reason = format!(
        "dated {}, but {path} of {} already cites it",
        date.written(),
        first.written()
    );
    Some(diagnostic(
        DiagnosticKind::DateAfterEarlierCitation,
        document,
        mention,
        reason,
    ))
}

/// For each node the date and path of the oldest dated document that cites it.
fn earliest_citations(
    documents: &[CitingDocument],
    aliases: &Aliases,
) -> BTreeMap<WorkId, (PartialDate, String)> {
    let mut earliest: BTreeMap<WorkId, (PartialDate, String)> = BTreeMap::new();
    for document in documents {
        let Some(date) = document.date.filter(|d| d.is_full()) else {
            continue;
        };
        for reference in document
            .references
            .iter()
            .filter(|r| r.mention.relation != Relation::Itself)
        {
            let Some(id) = reference.target.id() else { continue };
            let own = (date, document.path.clone());
            let first = earliest
                .entry(aliases.node(id).clone())
                .or_insert_with(|| own.clone());
            if own < *first {
                *first = own;
            }
        }
    }
    earliest
}

/// What one language version of a work cites and another does not.
fn disagreements(documents: &[CitingDocument], aliases: &Aliases, works: &[Work]) -> Vec<Diagnostic> {
    let mut by_work: BTreeMap<&WorkId, Vec<&CitingDocument>> = BTreeMap::new();
    for document in documents {
        by_work.entry(&document.work).or_default().push(document);
    }
    by_work
        .values()
        .filter(|versions| versions.len() > 1)
        .flat_map(|versions| disagreement(versions, aliases, works))
        .collect()
}

fn disagreement(versions: &[&CitingDocument], aliases: &Aliases, works: &[Work]) -> Vec<Diagnostic> {
    let cited: Vec<BTreeSet<&WorkId>> = versions.iter().map(|d| cited(d, aliases)).collect();
    let mut found = Vec::new();
    for (at, document) in versions.iter().enumerate() {
        for node in &cited[at] {
            let lacking: Vec<&str> = (0..versions.len())
                .filter(|other| !cited[*other].contains(node))
                .map(|other| versions[other].path.as_str())
                .collect();
            let first = document
                .references
                .iter()
                .find(|r| r.target.id().is_some_and(|id| aliases.node(id) == *node));
            if let (false, Some(reference)) = (lacking.is_empty(), first) {
                let name = works
                    .binary_search_by(|w| w.id.cmp(node))
                    .map_or_else(|_| label(node), |at| works[at].label.clone());
                let reason = format!(
                    "{name} is cited here but not in {}, the same work in another language",
                    lacking.join(" and ")
                );
                found.push(diagnostic(
                    DiagnosticKind::LanguageVersionsDisagree,
                    document,
                    &reference.mention,
                    reason,
                ));
            }
        }
    }
    found
}

fn cited<'a>(document: &'a CitingDocument, aliases: &'a Aliases) -> BTreeSet<&'a WorkId> {
    let others = document
        .references
        .iter()
        .filter(|r| r.mention.relation != Relation::Itself);
    others
        .filter_map(|r| r.target.id())
        .map(|id| aliases.node(id))
        .collect()
}
