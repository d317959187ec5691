//! The references of a document in, what the nodes need to know of them out: each target once.

use serde::{Deserialize, Serialize};

use super::CitingDocument;
use crate::model::{Designation, Kind, Relation, WorkId};

/// What a document says of the works it speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// Each target with the kind of its last mention, in the order of these.
    pub targets: Vec<CitedTarget>,
    /// The topics by which conclusions are named, each once, in order.
    pub topics: Vec<(WorkId, String)>,
}

/// One target of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedTarget {
    /// Its id.
    pub id: WorkId,
    /// What sort of thing the last mention takes it for.
    pub kind: Kind,
    /// Whether it is more than the document naming itself.
    pub is_cited: bool,
}

impl Cited {
    /// What a document says of others.
    pub fn of(document: &CitingDocument) -> Self {
        let mut this = Self::default();
        let mut seen = std::collections::BTreeSet::new();
        let others: std::collections::BTreeSet<&WorkId> = document
            .references
            .iter()
            .filter(|reference| reference.mention.relation != Relation::Itself)
            .filter_map(|reference| reference.target.id())
            .collect();
        for reference in document.references.iter().rev() {
            if let Some(id) = reference.target.id().filter(|id| seen.insert(*id)) {
                this.targets.push(CitedTarget {
                    id: id.clone(),
                    kind: reference.mention.kind,
                    is_cited: others.contains(id),
                });
            }
        }
        this.targets.reverse();
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
