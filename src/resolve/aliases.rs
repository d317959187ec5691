//! Which ids are one work, and which of them the node bears.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::describe::{date, kind, label, may_be_of};
use super::{Cited, CitingDocument};
use crate::model::{Designation, Kind, Merged, Target, WorkId};
use crate::tables::Tables;

/// Ids that are one work, under the id of the node.
#[derive(Debug, Default)]
pub struct Aliases {
    node: BTreeMap<WorkId, WorkId>,
    merged: BTreeMap<WorkId, Vec<Merged>>,
}

impl FromIterator<(WorkId, WorkId)> for Aliases {
    /// Aliases that are known already: pairs of an id and that of its node. Why they are one work is with the node.
    fn from_iter<T: IntoIterator<Item = (WorkId, WorkId)>>(pairs: T) -> Self {
        Self {
            node: pairs.into_iter().collect(),
            merged: BTreeMap::new(),
        }
    }
}

/// A claim that two ids are one work.
struct Claim {
    a: WorkId,
    b: WorkId,
    reason: String,
}

impl Aliases {
    /// The aliases that the catalogue and the couplings of the corpus show; each coupling comes with the path of its
    /// document, `mentioned` are the [ids of the corpus](mentioned), and `is_known` tells which are known as conclusions.
    pub fn new<'a>(
        mentioned: &BTreeSet<WorkId>,
        couplings: impl Iterator<Item = (&'a str, Coupling)>,
        (is_known, tables): (impl Fn(&WorkId) -> bool, &Tables),
    ) -> Self {
        let mut claims = versions(mentioned);
        claims.extend(catalogue(tables, mentioned));
        claims.extend(known_as(tables, mentioned));
        // A number known to be that of conclusions is of the conclusions on the thing.
        let couplings =
            couplings.filter(|(_, one)| !(one.is_instrument && is_known(&one.number.without_version())));
        let coupled = couplings.map(|(path, one)| Claim {
            reason: format!("{path}, {}", one.reason),
            a: one.name,
            b: one.number,
        });
        claims.extend(coupled.filter(|claim| is_credible(claim, tables)));
        claims.retain(|claim| !is_about(tables, claim));
        Self::join(mentioned, claims)
    }

    /// The id of the node that an id belongs to.
    pub fn node<'a>(&'a self, id: &'a WorkId) -> &'a WorkId {
        self.node.get(id).unwrap_or(id)
    }

    /// All ids that belong to a node, with the id of the node.
    pub fn pairs(&self) -> impl Iterator<Item = (&WorkId, &WorkId)> {
        self.node.iter()
    }

    /// What became part of a node, and why.
    pub fn merged(&self, node: &WorkId) -> &[Merged] {
        self.merged.get(node).map_or(&[], Vec::as_slice)
    }

    fn join(mentioned: &BTreeSet<WorkId>, claims: Vec<Claim>) -> Self {
        let mut claims = claims;
        claims.sort_by(|a, b| (&a.a, &a.b, &a.reason).cmp(&(&b.a, &b.b, &b.reason)));
        claims.dedup_by(|later, first| later.a == first.a && later.b == first.b);
        let mut groups: BTreeMap<WorkId, BTreeSet<WorkId>> = BTreeMap::new();
        for claim in &claims {
            let mut group: BTreeSet<WorkId> = [claim.a.clone(), claim.b.clone()].into();
            for id in [&claim.a, &claim.b] {
                if let Some(known) = groups.get(id) {
                    group.extend(known.iter().cloned());
                }
            }
            // Two documents are never one, whatever name they have in common.
            if group.iter().filter(|id| rank(id) == 0).count() > 1 {
                continue;
            }
            for id in &group {
                groups.insert(id.clone(), group.clone());
            }
        }
        let mut this = Self::default();
        for (id, group) in &groups {
            let best = group
                .iter()
                .min_by_key(|id| (rank(id), !mentioned.contains(*id), id.as_str().len(), *id));
            if let Some(best) = best {
                this.node.insert(id.clone(), best.clone());
            }
        }
        this.note(claims);
        this
    }

    fn note(&mut self, claims: Vec<Claim>) {
        for claim in claims {
            let node = self.node(&claim.a).clone();
            if *self.node(&claim.b) != node {
                continue;
            }
            let other = if claim.a == node { claim.b } else { claim.a };
            let merged = self.merged.entry(node).or_default();
            if !merged.iter().any(|m| m.id == other) {
                merged.push(Merged {
                    id: other,
                    reason: claim.reason,
                });
            }
        }
        self.merged.values_mut().for_each(|merged| merged.sort());
    }
}

/// Whether one id of a claim is known as that of a work about the other.
fn is_about(tables: &Tables, claim: &Claim) -> bool {
    let about = |a: &WorkId, b: &WorkId| {
        let mut rows = tables.instruments.iter().filter(|row| !row.about.is_empty());
        rows.any(|row| row.id == *a && row.about.contains(&b.without_version()))
    };
    about(&claim.a, &claim.b) || about(&claim.b, &claim.a)
}

/// The document number wins, then other numbers, then dates; a name comes last.
fn rank(id: &WorkId) -> u8 {
    match kind(id) {
        Some(Kind::CouncilDocument) if id.without_version() == *id => 0,
        Some(Kind::CouncilDocument) => 1,
        Some(Kind::LegalAct | Kind::CommissionDocument | Kind::EuropeanCouncilDocument) => 2,
        Some(Kind::Conclusions) => 4,
        Some(Kind::OfficialJournal) => 5,
        // The number of a case stands before what its judgment bears besides (ECLI).
        Some(Kind::Case) if !id.as_str().starts_with("CASE-") => 5,
        Some(_) => 3,
        None => 6,
    }
}

/// All ids that a corpus speaks of: the work of each document, and what it cites.
pub fn mentioned<'a>(documents: impl Iterator<Item = (&'a WorkId, &'a Cited)>) -> BTreeSet<WorkId> {
    let mut all = BTreeSet::new();
    let mut add = |id: &WorkId| {
        if !all.contains(id) {
            all.insert(id.clone());
        }
    };
    for (work, cited) in documents {
        add(work);
        cited.targets.iter().for_each(|target| add(&target.id));
    }
    all
}

/// A version is no work of its own.
fn versions(mentioned: &BTreeSet<WorkId>) -> Vec<Claim> {
    let versions = mentioned.iter().filter(|id| id.without_version() != **id);
    versions
        .map(|id| Claim {
            a: id.clone(),
            b: id.without_version(),
            reason: "it is a version of it".to_owned(),
        })
        .collect()
}

fn catalogue(tables: &Tables, mentioned: &BTreeSet<WorkId>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for row in &tables.instruments {
        for id in row
            .identifiers
            .iter()
            .filter(|id| mentioned.contains(id) && mentioned.contains(&row.id))
        {
            claims.push(Claim {
                a: row.id.clone(),
                b: id.clone(),
                reason: "the catalogue of instruments gives the number".to_owned(),
            });
        }
    }
    for row in &tables.conclusions {
        let dated = row
            .date
            .map(|date| row.body.conclusions(date))
            .filter(|id| mentioned.contains(id));
        let alone = dated
            .filter(|_| mentioned.contains(&row.id))
            .filter(|_| sole_of_day(tables, row));
        claims.extend(alone.map(|id| Claim {
            a: row.id.clone(),
            b: id,
            reason: "the catalogue of conclusions gives the date".to_owned(),
        }));
    }
    claims
}

/// Other identifiers by which the catalogue knows a work: the place of an act in the Official Journal.
fn known_as(tables: &Tables, mentioned: &BTreeSet<WorkId>) -> Vec<Claim> {
    let known = mentioned
        .iter()
        .filter_map(|id| Some((tables.catalogue().known_as(id)?, id)));
    known
        .map(|(work, id)| Claim {
            a: work.clone(),
            b: id.clone(),
            reason: "the catalogue of works gives it".to_owned(),
        })
        .collect()
}

/// What a text says of an identifier that the catalogue knows as that of another work is a slip.
fn is_credible(claim: &Claim, tables: &Tables) -> bool {
    // An act is published in its year or early in the next: in the title of an act that repeals it the issue is of the other.
    let act = kind(&claim.a) == Some(Kind::LegalAct);
    if act && !may_be_of(&claim.b, date(&claim.a)) {
        return false;
    }
    tables
        .catalogue()
        .known_as(&claim.b)
        .is_none_or(|work| *work == claim.a || kind(&claim.a) != Some(Kind::LegalAct))
}

fn sole_of_day(tables: &Tables, row: &crate::tables::KnownConclusions) -> bool {
    tables
        .conclusions
        .iter()
        .filter(|other| other.body == row.body && other.date == row.date)
        .count()
        == 1
}

/// A name whose number stands in a note or a bracket, or an act with its place in the Official Journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupling {
    name: WorkId,
    number: WorkId,
    is_instrument: bool,
    /// Why, without the path of the document.
    reason: String,
}

impl Coupling {
    /// The two ids that it couples.
    pub fn ids(&self) -> [&WorkId; 2] {
        [&self.name, &self.number]
    }
}

/// What a document couples.
pub fn couplings(document: &CitingDocument) -> Vec<Coupling> {
    let mut found = Vec::new();
    for reference in &document.references {
        let mention = &reference.mention;
        let Some(id) = reference.target.id() else { continue };
        let by = mention.identified_by.iter();
        for by in by.filter_map(|i| document.references.get(*i)) {
            let Some(number) = by.target.id().filter(|n| *n != id) else {
                continue;
            };
            if couples(document, reference, &by.mention.kind) {
                let line = by.mention.passage.line;
                let words = one_line(&mention.passage.text);
                found.push(Coupling {
                    name: id.clone(),
                    number: number.clone(),
                    is_instrument: mention.kind == Kind::Instrument,
                    reason: format!(
                        "line {line}: the number of \"{words}\" is given as {}",
                        label(number)
                    ),
                });
            }
        }
    }
    found
}

/// How many mentions before a name may be conclusions that hold it.
const NEAR: usize = 12;

/// A number in the note names what the call hangs on; the number of conclusions ON a thing is not the number of the thing.
fn couples(document: &CitingDocument, reference: &crate::model::Reference, number: &Kind) -> bool {
    let mention = &reference.mention;
    let span = mention.passage.span;
    let before = document
        .references
        .partition_point(|other| other.mention.passage.span.start <= span.start);
    let near = document.references[..before].iter().rev().take(NEAR);
    let in_conclusions = near
        .map(|r| &r.mention)
        .any(|m| m.kind == Kind::Conclusions && m.passage.span.contains(span));
    match (mention.kind, number) {
        (Kind::LegalAct, Kind::OfficialJournal) | (Kind::Case, Kind::Case) => true,
        (Kind::Instrument | Kind::CommissionDocument, Kind::CouncilDocument) if !in_conclusions => {
            mention.kind == Kind::Instrument && !is_joined(reference)
        }
        (Kind::Instrument, Kind::CommissionDocument | Kind::LegalAct) => !in_conclusions,
        _ => false,
    }
}

/// A name told by its form alone is not sure enough to become a number.
fn is_joined(reference: &crate::model::Reference) -> bool {
    !matches!(reference.target, Target::Resolved { .. })
        || !matches!(reference.mention.designation, Designation::Identified(_))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
