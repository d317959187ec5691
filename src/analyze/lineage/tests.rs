use proptest::prelude::*;

use super::*;
use crate::analyze::fixtures::{dated, edge, golden, ids};

fn ask(text: &str) -> LineageQuery {
    LineageQuery::new(ids(text))
}

/// The members as text: `B-1 C0 G2`.
fn shown(lineage: &Lineage) -> String {
    let members = lineage.members.iter();
    let words: Vec<_> = members.map(|m| format!("{}{}", m.id, m.depth)).collect();
    words.join(" ")
}

#[test]
fn ancestors_have_negative_depths_and_descendants_positive_ones() {
    let graph = golden();
    assert_eq!(shown(&lineage(&graph, &ask("D"))), "A-1 C-1 D0 F1 G1 H2 I2");
    let up = ask("D").toward(LineageDirection::Ancestors);
    assert_eq!(shown(&lineage(&graph, &up)), "A-1 C-1 D0");
    let down = ask("D").toward(LineageDirection::Descendants).up_to(1);
    assert_eq!(shown(&lineage(&graph, &down)), "D0 F1 G1");
}

#[test]
fn all_references_among_the_members_are_listed_in_order() {
    let found = lineage(&golden(), &ask("D").up_to(1));
    let edges: Vec<_> = found.edges.iter().map(|(u, v, _)| format!("{u}{v}")).collect();
    assert_eq!(edges, ["CA", "DA", "DC", "FA", "FC", "FD", "GD"]);
}

// `longest_path_nodes` of measures/golden.json (NetworkX 3.6) is A C D F H; A C D G H and A B E G H are as long, and
// which of them is given depends on where one starts.
#[test]
fn the_longest_chain_runs_from_the_oldest_work_to_the_newest() {
    assert_eq!(lineage(&golden(), &ask("A")).longest_chain, ids("A B E G H"));
    assert_eq!(lineage(&golden(), &ask("D")).longest_chain, ids("A C D F H"));
    assert_eq!(lineage(&golden(), &ask("J")).longest_chain, ids("J"));
}

#[test]
fn several_works_in_focus_share_one_lineage() {
    let found = lineage(&golden(), &ask("I F I").up_to(1));
    assert_eq!(shown(&found), "A-1 C-1 D-1 G-1 F0 I0 H1");
    assert_eq!(found.focus, ids("F I"));
}

#[test]
fn a_work_that_is_not_there_is_named() {
    let found = lineage(&golden(), &ask("X"));
    assert_eq!((found.unknown, found.members.len()), (ids("X"), 0));
    assert!(found.longest_chain.is_empty());
    assert_eq!(lineage(&ReferenceGraph::default(), &ask("")), Lineage::default());
}

#[test]
fn filters_are_walls_but_for_the_focus_and_undated_works() {
    let graph = golden();
    let late = LineageQuery {
        since: PartialDate::year(2005),
        ..ask("D")
    };
    assert_eq!(shown(&lineage(&graph, &late)), "D0 F1 G1 H2 I2");
    let early = LineageQuery {
        until: PartialDate::parse("2012-05"),
        ..ask("D")
    };
    assert_eq!(shown(&lineage(&graph, &early)), "A-1 C-1 D0 F1 G1");
    let undated = Work {
        date: None,
        ..dated("U", 2000)
    };
    let graph = ReferenceGraph::new(
        vec![undated, dated("V", 2000)],
        vec![edge("V", "U", Relation::Cites)],
    );
    let late = LineageQuery {
        since: PartialDate::year(2005),
        ..ask("V")
    };
    assert_eq!(shown(&lineage(&graph, &late)), "U-1 V0");
}

#[test]
fn only_the_relations_and_kinds_asked_for_are_followed() {
    let instrument = Work {
        kind: Kind::Instrument,
        ..dated("I", 2000)
    };
    let edges = vec![
        edge("V", "I", Relation::Implements),
        edge("V", "I", Relation::Recalls),
        edge("V", "W", Relation::Recalls),
    ];
    let graph = ReferenceGraph::new(vec![instrument, dated("V", 2000), dated("W", 2000)], edges);
    assert_eq!(lineage(&graph, &ask("V")).edges.len(), 3);
    let implements = LineageQuery {
        relations: Some([Relation::Implements].into()),
        ..ask("V")
    };
    let found = lineage(&graph, &implements);
    assert_eq!((shown(&found).as_str(), found.edges.len()), ("I-1 V0", 1));
    let documents = LineageQuery {
        kinds: Some([Kind::CouncilDocument].into()),
        ..ask("V")
    };
    assert_eq!(shown(&lineage(&graph, &documents)), "W-1 V0");
}

#[test]
fn a_cycle_is_walked_once_and_its_works_go_both_ways() {
    let edges = ["AB", "BC", "CA", "CD"].map(|pair| edge(&pair[..1], &pair[1..], Relation::Cites));
    let works = ["A", "B", "C", "D"].map(|id| dated(id, 2020));
    let found = lineage(&ReferenceGraph::new(works.into(), edges.into()), &ask("A"));
    assert_eq!(shown(&found), "D-3 B-1 A0 C1");
    let both: Vec<_> = found.members.iter().map(|m| m.both_ways).collect();
    assert_eq!(both, [false, true, false, true]);
    assert_eq!(found.longest_chain, ids("A"));
}

proptest! {
    #[test]
    fn the_longest_chain_is_a_path_through_the_focus(pairs in prop::collection::vec(("[A-F]", "[A-F]"), 0..14)) {
        let edges = pairs.iter().map(|(u, v)| edge(u, v, Relation::Cites)).collect();
        let works = ["A", "B", "C", "D", "E", "F"].map(|id| dated(id, 2020));
        let found = lineage(&ReferenceGraph::new(works.into(), edges), &ask("C"));
        let chain = &found.longest_chain;
        prop_assert!(chain.contains(&WorkId::new("C")));
        for pair in chain.windows(2) {
            prop_assert!(found.edges.contains(&(pair[1].clone(), pair[0].clone(), Relation::Cites)));
        }
    }
}
