//! The reference graph: works in, questions answered out. petgraph stays behind these types.

mod adjacency;
mod components;
mod find;
mod merge;

pub use adjacency::Adjacency;
pub use find::{Find, Finder, GraphWorks, Works, holds};

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use serde::Serialize;

use crate::model::{Edge, Relation, Work, WorkId};

/// How often a work is cited and cites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// How many works cite it.
    pub citing_works: usize,
    /// How many works it cites.
    pub cited_works: usize,
    /// In how many passages it is cited.
    pub mentions: usize,
    /// In how many of these in each relation.
    pub cited_as: BTreeMap<Relation, usize>,
}

/// A directed graph of works, citing → cited. Immutable once built; nodes in order of id, edges in order of citing,
/// cited, relation. Parallel edges exist where the relation differs; edges from a work to itself are left out.
#[derive(Debug, Clone, Default)]
pub struct ReferenceGraph {
    graph: DiGraph<Work, Edge>,
    index: IndexMap<WorkId, NodeIndex>,
}

impl ReferenceGraph {
    /// The graph of these works and edges. An edge with an end that is not among the works is left out, as is a second
    /// work of the same id.
    pub fn new(mut works: Vec<Work>, mut edges: Vec<Edge>) -> Self {
        works.sort_by(|a, b| a.id.cmp(&b.id));
        edges.sort_by(|a, b| (&a.citing, &a.cited, a.relation).cmp(&(&b.citing, &b.cited, b.relation)));
        let mut this = Self::default();
        for work in works {
            if !this.index.contains_key(&work.id) {
                let id = work.id.clone();
                let node = this.graph.add_node(work);
                this.index.insert(id, node);
            }
        }
        for edge in edges.into_iter().filter(|e| e.citing != e.cited) {
            if let (Some(&from), Some(&to)) = (this.index.get(&edge.citing), this.index.get(&edge.cited)) {
                this.graph.add_edge(from, to, edge);
            }
        }
        this
    }

    /// All works in order of id.
    pub fn works(&self) -> impl Iterator<Item = &Work> {
        self.graph.node_weights()
    }

    /// All edges in order of citing, cited, relation.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.graph.edge_weights()
    }

    /// The work of this canonical id.
    pub fn work(&self, id: &WorkId) -> Option<&Work> {
        self.index.get(id).and_then(|node| self.graph.node_weight(*node))
    }

    /// The edges that go out from a work: what it cites, in order of cited id.
    pub fn cites(&self, id: &WorkId) -> Vec<&Edge> {
        self.incident(id, Direction::Outgoing)
    }

    /// The edges that come in to a work: who cites it, in order of citing id.
    pub fn who_cites(&self, id: &WorkId) -> Vec<&Edge> {
        self.incident(id, Direction::Incoming)
    }

    /// How often a work is cited and cites.
    pub fn counts(&self, id: &WorkId) -> Counts {
        let (incoming, outgoing) = (self.who_cites(id), self.cites(id));
        let mut counts = Counts {
            citing_works: incoming
                .iter()
                .map(|edge| &edge.citing)
                .collect::<BTreeSet<_>>()
                .len(),
            cited_works: outgoing
                .iter()
                .map(|edge| &edge.cited)
                .collect::<BTreeSet<_>>()
                .len(),
            ..Counts::default()
        };
        for edge in incoming {
            counts.mentions += edge.evidence.len();
            *counts.cited_as.entry(edge.relation).or_default() += edge.evidence.len();
        }
        counts
    }

    fn incident(&self, id: &WorkId, direction: Direction) -> Vec<&Edge> {
        let Some(node) = self.index.get(id) else {
            return Vec::new();
        };
        let mut edges: Vec<&Edge> = self
            .graph
            .edges_directed(*node, direction)
            .map(|e| e.weight())
            .collect();
        edges.sort_by(|a, b| (&a.citing, &a.cited, a.relation).cmp(&(&b.citing, &b.cited, b.relation)));
        edges
    }

    /// The edges that go out from the work at a position, each with the position of the cited work; in no set order.
    pub fn cites_at(&self, position: usize) -> impl Iterator<Item = (usize, &Edge)> {
        self.graph
            .edges_directed(NodeIndex::new(position), Direction::Outgoing)
            .map(|e| (e.target().index(), e.weight()))
    }

    /// The edges that come in to the work at a position, each with the position of the citing work; in no set order.
    pub fn who_cites_at(&self, position: usize) -> impl Iterator<Item = (usize, &Edge)> {
        self.graph
            .edges_directed(NodeIndex::new(position), Direction::Incoming)
            .map(|e| (e.source().index(), e.weight()))
    }

    /// How many works it holds.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether it holds no work.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The work at a position.
    pub fn work_at(&self, position: usize) -> Option<&Work> {
        self.graph.node_weight(NodeIndex::new(position))
    }

    /// The place of a work among [`works`](Self::works).
    pub fn position(&self, id: &WorkId) -> Option<usize> {
        self.index.get_index_of(id)
    }

    /// Every pair (citing, cited) of positions once, whatever the number of relations between them.
    pub fn links(&self) -> Vec<(usize, usize)> {
        let mut links: Vec<_> = self
            .graph
            .raw_edges()
            .iter()
            .map(|e| (e.source().index(), e.target().index()))
            .collect();
        links.sort_unstable();
        links.dedup();
        links
    }
}

impl PartialEq for ReferenceGraph {
    /// Whether both hold the same works and the same edges.
    fn eq(&self, other: &Self) -> bool {
        self.works().eq(other.works()) && self.edges().eq(other.edges())
    }
}
