//! The references of a document in, what the nodes need to know of them out: each target once.

use serde::{Deserialize, Serialize};

use super::{CitingDocument, describe::kind};
use crate::model::{Designation, Kind, Relation, WorkId};

/// What a document says of the works it speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// Each target with the first kind, by name, that its mentions take it for; in order of id.
    pub targets: Vec<CitedTarget>,
    /// The topics by which conclusions are named, each once, in order.
    pub topics: Vec<(WorkId, String)>,
}

/// One target of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedTarget {
    /// Its id.
    pub id: WorkId,
    /// What sort of thing mentions take it for.
    pub kind: Kind,
    /// Whether it is more than the document naming itself.
    pub is_cited: bool,
}

impl Cited {
    /// What a document says of others.
    pub fn of(document: &CitingDocument) -> Self {
        let mut this = Self::default();
        let mut kinds = std::collections::BTreeMap::new();
        let others: std::collections::BTreeSet<&WorkId> = document
            .references
            .iter()
            .filter(|reference| reference.mention.relation != Relation::Itself)
            .filter_map(|reference| reference.target.id())
            .collect();
        for reference in &document.references {
            let Some(id) = reference.target.id() else { continue };
            let kind = kinds.entry(id).or_insert(reference.mention.kind);
            *kind = first_kind(*kind, reference.mention.kind);
        }
        let targets = kinds.into_iter().map(|(id, kind)| CitedTarget {
            id: id.clone(),
            kind,
            is_cited: others.contains(id),
        });
        this.targets = targets.collect();
        for reference in &document.references {
            // What several dates share names none of them.
            if let (
                Some(id),
                Designation::Conclusions {
                    topic: Some(topic),
                    shared: false,
                    ..
                },
            ) = (reference.target.id(), &reference.mention.designation)
                && reference.mention.relation != Relation::Itself
                && may_be_dated_conclusions(id)
            {
                let named = (id.clone(), topic.clone());
                if !this.topics.contains(&named) {
                    this.topics.push(named);
                }
            }
        }
        this
    }
}

/// Of two kinds that are taken for one work's, the same whatever the order of its mentions.
pub(super) fn first_kind(a: Kind, b: Kind) -> Kind {
    a.min(b)
}

/// Whether the work of an id may be conclusions that have no number: others have names of their own.
fn may_be_dated_conclusions(id: &WorkId) -> bool {
    matches!(kind(id), None | Some(Kind::Conclusions | Kind::OfficialJournal))
}
