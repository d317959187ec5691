//! Merging: two graphs in, the graph of both out. Whatever the order and the grouping of several merges, the outcome is
//! the same, so that parts of a corpus may be read apart and put together in any order.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::ReferenceGraph;
use crate::model::{Edge, Evidence, Language, PartialDate, Relation, Work, WorkId};

impl ReferenceGraph {
    /// The graph of the works and edges of both; commutative and associative.
    ///
    /// Works are joined by id (that two ids are one work must be known before: that is the resolver's knowledge). Lists
    /// become sorted sets. Of kind and label, those of the work in the corpus win over those of a work that is only
    /// cited, else the first in order; of two dates the more exact one wins, then the earlier; of two best names in a
    /// language the first in order stays the best. Edges are joined by citing, cited and relation, their evidence
    /// becomes a sorted set, too.
    pub fn merge(self, other: Self) -> Self {
        let (mut works, mut edges) = self.into_parts();
        let (more_works, more_edges) = other.into_parts();
        works.extend(more_works);
        edges.extend(more_edges);
        works.sort_by(|a, b| a.id.cmp(&b.id));
        edges.sort_by(|a, b| key(a).cmp(&key(b)));
        let works = join_neighbors(works, |a, b| a.id == b.id, join_works);
        let edges = join_neighbors(edges, |a, b| key(a) == key(b), join_edges);
        Self::new(works, edges)
    }

    fn into_parts(self) -> (Vec<Work>, Vec<Edge>) {
        let (nodes, edges) = self.graph.into_nodes_edges();
        let works = nodes.into_iter().map(|node| node.weight).collect();
        (works, edges.into_iter().map(|edge| edge.weight).collect())
    }
}

fn key(edge: &Edge) -> impl Ord + '_ {
    (&edge.citing, &edge.cited, edge.relation)
}

/// Joins runs of items that are the same thing into one item each.
fn join_neighbors<T>(items: Vec<T>, same: impl Fn(&T, &T) -> bool, join: impl Fn(T, T) -> T) -> Vec<T> {
    let mut joined: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        match joined.pop() {
            Some(last) if same(&last, &item) => joined.push(join(last, item)),
            Some(last) => joined.extend([last, item]),
            None => joined.push(item),
        }
    }
    joined
}

fn join_works(a: Work, b: Work) -> Work {
    // The flag is part of what is compared and the result bears the winner's flag: that keeps this associative.
    let by_corpus = |a_wins: bool| match (a.in_corpus, b.in_corpus) {
        (true, false) => true,
        (false, true) => false,
        _ => a_wins,
    };
    let kind = if by_corpus(a.kind <= b.kind) {
        a.kind
    } else {
        b.kind
    };
    let label_of_a = by_corpus(a.label <= b.label);
    Work {
        id: a.id,
        kind,
        label: if label_of_a { a.label } else { b.label },
        names: join_names(a.names, b.names),
        date: a.date.into_iter().chain(b.date).min_by_key(by_exactness),
        in_corpus: a.in_corpus || b.in_corpus,
        identifiers: union(a.identifiers, b.identifiers),
        expressions: union(a.expressions, b.expressions),
        versions: union(a.versions, b.versions),
        url: a.url.into_iter().chain(b.url).min(),
        merged: union(a.merged, b.merged),
        relations: join_relations(a.relations, b.relations),
        about: union(a.about, b.about),
    }
}

type Relations = BTreeMap<Relation, Vec<WorkId>>;

fn join_relations(mut a: Relations, b: Relations) -> Relations {
    for (relation, works) in b {
        let first = a.remove(&relation).unwrap_or_default();
        a.insert(relation, union(first, works));
    }
    a
}

fn by_exactness(date: &PartialDate) -> impl Ord + use<> {
    (date.days().is_none(), date.months().is_none(), *date)
}

fn union<T: Ord>(mut a: Vec<T>, b: Vec<T>) -> Vec<T> {
    a.extend(b);
    a.sort();
    a.dedup();
    a
}

type Names = BTreeMap<Language, Vec<String>>;

fn join_names(mut a: Names, b: Names) -> Names {
    for (language, names) in b {
        let joined = match a.remove(&language) {
            Some(first) => join_best_first(first, names),
            None => names,
        };
        a.insert(language, joined);
    }
    a
}

/// The best name stays in front; the order of the others does not survive.
fn join_best_first(a: Vec<String>, b: Vec<String>) -> Vec<String> {
    let best = a.first().into_iter().chain(b.first()).min().cloned();
    let mut names = union(a, b);
    if let Some(at) = best.and_then(|best| names.iter().position(|name| *name == best)) {
        names[..=at].rotate_right(1);
    }
    names
}

fn join_edges(mut a: Edge, b: Edge) -> Edge {
    a.evidence.extend(b.evidence);
    a.evidence.sort_by(order_of_evidence);
    a.evidence
        .dedup_by(|x, y| order_of_evidence(x, y) == Ordering::Equal);
    a
}

/// By document and place; then by all the rest, so that only equal passages are equal.
fn order_of_evidence(a: &Evidence, b: &Evidence) -> Ordering {
    fn place(e: &Evidence) -> impl Ord + '_ {
        (&e.document, e.start, e.end, e.line)
    }
    fn words(e: &Evidence) -> impl Ord + '_ {
        (e.language, &e.text, &e.snippet, &e.paragraph)
    }
    fn rest(e: &Evidence) -> impl Ord + '_ {
        (e.footnote, &e.pinpoint, &e.correction)
    }
    place(a)
        .cmp(&place(b))
        .then_with(|| words(a).cmp(&words(b)))
        .then_with(|| rest(a).cmp(&rest(b)))
        .then_with(|| a.confidence.total_cmp(&b.confidence))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Expression, Kind, Relation, WorkId};

    fn id(number: usize) -> WorkId {
        WorkId::new(format!("ST-{number}-2022"))
    }

    fn some_date() -> impl Strategy<Value = Option<PartialDate>> {
        prop::sample::select(vec!["", "2021", "2022", "2022-07", "2022-07-18", "2022-06-18"])
            .prop_map(PartialDate::parse)
    }

    fn words() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-c]", 0..4)
    }

    fn language() -> impl Strategy<Value = Language> {
        prop::sample::select(vec!["en", "nl", "da"]).prop_map(|code| Language::parse(code).unwrap())
    }

    prop_compose! {
        fn some_work()(
            number in 0usize..4, kind in 0usize..3, label in "[a-c]", in_corpus: bool, date in some_date(),
            names in prop::collection::btree_map(language(), words(), 0..3),
            other in (prop::collection::vec(0usize..5, 0..3), words(), words()),
            url in prop::option::of("[a-c]"),
        ) -> Work {
            let (identifiers, versions, documents) = other;
            let expression = |document| Expression { language: Language::ENGLISH, document, version: "INIT".into() };
            Work {
                names, date, in_corpus, versions, url,
                identifiers: identifiers.into_iter().map(id).collect(),
                expressions: documents.into_iter().map(expression).collect(),
                ..Work::new(id(number), Kind::ALL[kind], label)
            }
        }
    }

    prop_compose! {
        fn passage()(
            document in "[ab]", start in 0usize..3, confidence in prop::sample::select(vec![0.5f32, 1.0]),
        ) -> Evidence {
            Evidence {
                document, start, end: start + 1, line: 1, confidence,
                language: Language::ENGLISH, text: "x".into(), snippet: String::new(),
                paragraph: None, footnote: None, pinpoint: None, correction: None,
            }
        }
    }

    prop_compose! {
        fn some_edge()(
            ends in (0usize..4, 0usize..4), relation in 0usize..2, evidence in prop::collection::vec(passage(), 0..4),
        ) -> Edge {
            Edge { citing: id(ends.0), cited: id(ends.1), relation: Relation::ALL[relation + 1], evidence }
        }
    }

    prop_compose! {
        fn some_graph()(
            works in prop::collection::vec(some_work(), 0..6), edges in prop::collection::vec(some_edge(), 0..8),
        ) -> ReferenceGraph {
            ReferenceGraph::new(works, edges)
        }
    }

    proptest! {
        #[test]
        fn merging_is_commutative(a in some_graph(), b in some_graph()) {
            prop_assert_eq!(a.clone().merge(b.clone()), b.merge(a));
        }

        #[test]
        fn merging_is_associative(a in some_graph(), b in some_graph(), c in some_graph()) {
            let left = a.clone().merge(b.clone()).merge(c.clone());
            prop_assert_eq!(left, a.merge(b.merge(c)));
        }

        #[test]
        fn what_is_merged_stays_the_same_when_merged_again(a in some_graph()) {
            let once = a.clone().merge(a);
            prop_assert_eq!(once.clone().merge(once.clone()), once);
        }
    }

    #[test]
    fn the_work_of_the_corpus_gives_the_label_and_the_exact_date_wins() {
        let (mut cited, mut own) = (
            Work::new(id(1), Kind::Conclusions, "conclusions of 2022"),
            Work::new(id(1), Kind::CouncilDocument, "zz 1/22"),
        );
        cited.date = PartialDate::parse("2022");
        own.date = PartialDate::parse("2022-07-18");
        own.in_corpus = true;
        let graph =
            ReferenceGraph::new(vec![cited], Vec::new()).merge(ReferenceGraph::new(vec![own], Vec::new()));
        let work = graph.work(&id(1)).unwrap();
        assert_eq!(
            (work.label.as_str(), work.kind),
            ("zz 1/22", Kind::CouncilDocument)
        );
        assert_eq!(work.date, PartialDate::parse("2022-07-18"));
    }

    #[test]
    fn an_edge_finds_its_works_in_the_other_graph_only_if_it_had_both_before() {
        let edge = Edge {
            citing: id(1),
            cited: id(2),
            relation: Relation::Cites,
            evidence: Vec::new(),
        };
        let work = |number| Work::new(id(number), Kind::CouncilDocument, "x");
        let whole = ReferenceGraph::new(vec![work(1), work(2)], vec![edge]);
        let part = ReferenceGraph::new(vec![work(2), work(3)], Vec::new());
        let merged = part.merge(whole);
        assert_eq!((merged.len(), merged.edges().count()), (3, 1));
        assert_eq!(merged.position(&id(3)), Some(2));
    }
}
