//! Lineage: a graph and a [`LineageQuery`] in, a [`Lineage`] out: the works that some works descend from and those that
//! descend from them, the references among all these, and the longest chain through them. Putting them on a time axis
//! is left to drawing.

mod chain;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::walk::breadth_first;
use crate::graph::ReferenceGraph;
use crate::model::{Edge, Kind, PartialDate, Relation, Work, WorkId};

/// Which part of a lineage is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineageDirection {
    /// What the focus descends from: what it cites, and what those cite.
    Ancestors,
    /// What descends from the focus: what cites it, and what cites those.
    Descendants,
    /// Both.
    #[default]
    Both,
}

/// The question: whose lineage, how far and through what.
///
/// The filters say which part of the graph the walk takes place in: it neither shows nor passes through a work or an
/// edge that they leave out. The focus itself always stays, and so does a work without date, since nothing says that
/// it lies outside the time asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineageQuery {
    /// The works it starts from.
    pub focus: Vec<WorkId>,
    /// Which part.
    pub direction: LineageDirection,
    /// How many references away a work may be; none for any number.
    pub depth: Option<usize>,
    /// The relations to follow; none for all.
    pub relations: Option<BTreeSet<Relation>>,
    /// The kinds of works to pass through; none for all.
    pub kinds: Option<BTreeSet<Kind>>,
    /// Leaves out works that are surely older.
    pub since: Option<PartialDate>,
    /// Leaves out works that are surely newer.
    pub until: Option<PartialDate>,
}

impl LineageQuery {
    /// The whole lineage of these works.
    pub fn new(focus: impl IntoIterator<Item = WorkId>) -> Self {
        Self {
            focus: focus.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The same question about one part of the lineage.
    pub fn toward(self, direction: LineageDirection) -> Self {
        Self { direction, ..self }
    }

    /// The same question up to this many references away.
    pub fn up_to(self, depth: usize) -> Self {
        Self {
            depth: Some(depth),
            ..self
        }
    }

    fn follows(&self, edge: &Edge) -> bool {
        let relations = self.relations.as_ref();
        relations.is_none_or(|relations| relations.contains(&edge.relation))
    }

    fn admits(&self, work: &Work) -> bool {
        let too_old = |date| self.since.is_some_and(|since| since.is_surely_after(date));
        let too_new = |date: PartialDate| self.until.is_some_and(|until| date.is_surely_after(until));
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&work.kind))
            && !work.date.is_some_and(|date| too_old(date) || too_new(date))
    }
}

/// One work of a lineage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its id.
    pub id: WorkId,
    /// How many references away it is: 0 for the focus, negative for ancestors (what the focus cites is at -1),
    /// positive for descendants (what cites the focus is at 1).
    pub depth: i64,
    /// Whether it is both an ancestor and a descendant, as happens in a cycle; `depth` then is the nearer of the two,
    /// the ancestor's where both are as near.
    pub both_ways: bool,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Lineage {
    /// The works asked for that are in the graph, in order of id.
    pub focus: Vec<WorkId>,
    /// The works asked for that are not.
    pub unknown: Vec<WorkId>,
    /// The focus, its ancestors and descendants, in order of depth and then id.
    pub members: Vec<Member>,
    /// All references among the members that the query follows, (citing, cited, relation), in this order. Where
    /// [`depth`](LineageQuery::depth) cuts the lineage short, those between two works on its rim are among them.
    pub edges: Vec<(WorkId, WorkId, Relation)>,
    /// The longest chain of references through a work of the focus, the oldest ancestor first. Each work cites the one
    /// before it. References inside a cycle are no part of it: the longest path through cycles cannot be found in
    /// reasonable time. Among equally long chains the one of the first ids is given. Empty only without focus.
    pub longest_chain: Vec<WorkId>,
}

impl Lineage {
    /// The member of this id.
    pub fn member(&self, id: &WorkId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == *id)
    }
}

/// The lineage that a query asks for.
///
/// Ancestors are reached from the citing work to the cited one, descendants the other way. Cycles are allowed; parallel
/// edges count as one step and are all listed; a work without references has itself as its only member. Depth is the
/// least number of references. Time is linear in the works of the graph and the references of the members.
///
/// ```
/// use citegraph::analyze::{LineageQuery, lineage};
/// use citegraph::graph::ReferenceGraph;
/// use citegraph::model::{Edge, Kind, Relation, Work, WorkId};
/// let id = WorkId::new;
/// let works = ["JOIN-2020-18", "ST-9364-2022", "ST-11406-2022"];
/// let cites = |citing, cited| {
///     Edge { citing: id(citing), cited: id(cited), relation: Relation::Recalls, evidence: vec![] }
/// };
/// let graph = ReferenceGraph::new(
///     works.map(|w| Work::new(id(w), Kind::Conclusions, w)).into(),
///     vec![cites("ST-11406-2022", "ST-9364-2022"), cites("ST-9364-2022", "JOIN-2020-18")],
/// );
/// let lineage = lineage(&graph, &LineageQuery::new([id("ST-11406-2022")]));
/// assert_eq!(lineage.longest_chain, works.map(id));
/// assert_eq!(lineage.member(&id("JOIN-2020-18")).map(|m| m.depth), Some(-2));
/// ```
pub fn lineage(graph: &ReferenceGraph, query: &LineageQuery) -> Lineage {
    let (known, unknown): (Vec<_>, Vec<_>) = query
        .focus
        .iter()
        .cloned()
        .partition(|id| graph.position(id).is_some());
    let focus: BTreeSet<usize> = known.iter().filter_map(|id| graph.position(id)).collect();
    let focus: Vec<usize> = focus.into_iter().collect();
    let reached = reach(graph, query, &focus);
    let places: Vec<usize> = reached.keys().copied().collect();
    let edges = edges_among(graph, query, &places);
    let chain = chain::longest(&places, &edges, &focus);
    let id = |place: usize| graph.work_at(place).map(|work| work.id.clone());
    Lineage {
        unknown,
        members: members(graph, &reached),
        edges: edges
            .iter()
            .filter_map(|&(citing, cited, relation)| Some((id(citing)?, id(cited)?, relation)))
            .collect(),
        longest_chain: chain.into_iter().filter_map(id).collect(),
        focus: focus.into_iter().filter_map(id).collect(),
    }
}

/// How a work was reached: the distance as ancestor and as descendant.
type Reached = BTreeMap<usize, (Option<i64>, Option<i64>)>;

fn reach(graph: &ReferenceGraph, query: &LineageQuery, focus: &[usize]) -> Reached {
    let walk = |neighbors: &dyn Fn(usize) -> Vec<usize>| {
        breadth_first(graph.len(), focus, query.depth, |at| neighbors(at).into_iter())
    };
    let mut reached = Reached::new();
    if query.direction != LineageDirection::Descendants {
        for (place, depth) in walk(&|at| passable(graph, query, graph.cites_at(at))) {
            reached.entry(place).or_default().0 = Some(depth as i64);
        }
    }
    if query.direction != LineageDirection::Ancestors {
        for (place, depth) in walk(&|at| passable(graph, query, graph.who_cites_at(at))) {
            reached.entry(place).or_default().1 = Some(depth as i64);
        }
    }
    reached
}

fn passable<'a>(
    graph: &ReferenceGraph,
    query: &LineageQuery,
    edges: impl Iterator<Item = (usize, &'a Edge)>,
) -> Vec<usize> {
    edges
        .filter(|(_, edge)| query.follows(edge))
        .map(|(place, _)| place)
        .filter(|place| graph.work_at(*place).is_some_and(|work| query.admits(work)))
        .collect()
}

fn members(graph: &ReferenceGraph, reached: &Reached) -> Vec<Member> {
    let member = |(place, found): (&usize, &(Option<i64>, Option<i64>))| {
        let depth = match *found {
            (Some(up), Some(down)) if up <= down => -up,
            (Some(up), None) => -up,
            (_, down) => down.unwrap_or_default(),
        };
        let both_ways = depth != 0 && found.0.is_some() && found.1.is_some();
        let id = graph.work_at(*place)?.id.clone();
        Some(Member { id, depth, both_ways })
    };
    let mut members: Vec<_> = reached.iter().filter_map(member).collect();
    // Stable, and the works come in order of id.
    members.sort_by_key(|member| member.depth);
    members
}

fn edges_among(
    graph: &ReferenceGraph,
    query: &LineageQuery,
    places: &[usize],
) -> Vec<(usize, usize, Relation)> {
    let mut edges = Vec::new();
    for &citing in places {
        let outgoing = graph.cites_at(citing).filter(|(_, edge)| query.follows(edge));
        let inside = outgoing.filter(|(cited, _)| places.binary_search(cited).is_ok());
        edges.extend(inside.map(|(cited, edge)| (citing, cited, edge.relation)));
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

#[cfg(test)]
mod tests;
