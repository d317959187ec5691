//! What an analyst should look at: dates that cannot be right, versions that disagree, targets that are not sure.

use std::collections::{BTreeMap, BTreeSet};

use super::describe::{kind, label};
use super::{CitingDocument, aliases::Aliases};
use crate::model::{
    Designation, Diagnostic, DiagnosticKind, Mention, PartialDate, Reference, Relation, Target, Work, WorkId,
};
use crate::recognize::{Findings, Identity};

/// All diagnostics, in order of document and place.
pub(super) fn all(
    documents: &[CitingDocument],
    findings: &[Findings],
    (aliases, works): (&Aliases, &[Work]),
) -> Vec<Diagnostic> {
    let earliest = earliest_citations(documents, aliases);
    let mut all = Vec::new();
    for (document, findings) in documents.iter().zip(findings) {
        all.extend(in_itself(document, &findings.identity));
        for reference in &document.references {
            let first = reference
                .target
                .id()
                .and_then(|id| earliest.get(aliases.node(id)));
            all.extend(first.and_then(|first| after_earlier_citation(document, reference, first)));
        }
    }
    all.extend(disagreements(documents, aliases, works));
    sort(&mut all);
    all
}

/// Puts diagnostics in order of document and place.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (&a.document, a.start, a.kind, &a.reason).cmp(&(&b.document, b.start, b.kind, &b.reason))
    });
}

/// The diagnostics of a document that need no other one.
pub fn in_itself(document: &CitingDocument, identity: &Identity) -> Vec<Diagnostic> {
    let references = document.references.iter();
    header(document, identity)
        .into_iter()
        .chain(references.flat_map(|reference| of_reference(document, reference)))
        .collect()
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

fn header(document: &CitingDocument, identity: &Identity) -> Option<Diagnostic> {
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

fn of_reference(document: &CitingDocument, reference: &Reference) -> Vec<Diagnostic> {
    let mention = &reference.mention;
    let mut found: Vec<Diagnostic> = written_date(mention)
        .and_then(|date| after_citing(document, mention, date))
        .into_iter()
        .collect();
    found.extend(against_link(document, reference));
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
fn against_link(document: &CitingDocument, reference: &Reference) -> Option<Diagnostic> {
    let mention = &reference.mention;
    let link = mention.link.as_ref()?;
    let differs =
        |id: &WorkId| kind(id) == kind(&link.id) && id.without_version() != link.id.without_version();
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

/// The date that a document gives to what it cites.
pub fn written_date(mention: &Mention) -> Option<PartialDate> {
    if mention.relation == Relation::Itself {
        return None;
    }
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

/// The date and the path of a document.
pub type Dated = (PartialDate, String);

/// What is odd where a work is dated after a document that cites it already; `first` is the oldest of these.
pub fn after_earlier_citation(
    document: &CitingDocument,
    reference: &Reference,
    (first, path): &Dated,
) -> Option<Diagnostic> {
    let mention = &reference.mention;
    let date = written_date(mention)?;
    if !date.is_surely_after(*first) || *path == document.path {
        return None;
    }
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
fn earliest_citations(documents: &[CitingDocument], aliases: &Aliases) -> BTreeMap<WorkId, Dated> {
    let mut earliest: BTreeMap<WorkId, Dated> = BTreeMap::new();
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
        .flat_map(|versions| {
            let label = |node: &WorkId| {
                works
                    .binary_search_by(|w| w.id.cmp(node))
                    .map_or_else(|_| label(node), |at| works[at].label.clone())
            };
            disagreement(versions, aliases, label)
        })
        .collect()
}

/// What one of these language versions of a work cites and another does not; `label` is that of a node.
pub fn disagreement(
    versions: &[&CitingDocument],
    aliases: &Aliases,
    label: impl Fn(&WorkId) -> String,
) -> Vec<Diagnostic> {
    let cited: Vec<BTreeSet<&WorkId>> = versions.iter().map(|d| cited(d, aliases)).collect();
    let mut found = Vec::new();
    for (at, document) in versions.iter().enumerate() {
        for node in &cited[at] {
            let lacking: Vec<&str> = (0..versions.len())
                .filter(|other| !cited[*other].contains(node))
                .map(|other| versions[other].path.as_str())
                .collect();
            let mut references = document.references.iter();
            let first = references.find(|r| r.target.id().is_some_and(|id| aliases.node(id) == *node));
            if let (false, Some(reference)) = (lacking.is_empty(), first) {
                let reason = format!(
                    "{} is cited here but not in {}, the same work in another language",
                    label(node),
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
