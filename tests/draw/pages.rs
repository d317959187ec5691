//! Pictures on a page: of its shape, with text of 9 pt, saying what they leave out, the same with any number of threads.

use citegraph::analyze::{self, LineageQuery, Measure};
use citegraph::draw::views::{Scope, centrality_picture, lineage_pages, lineage_picture};
use citegraph::draw::{Citations, Grouping, Page, Picture, Plan, Theme, svg};
use citegraph::graph::ReferenceGraph;
use citegraph::model::{Edge, Kind, Language, Relation, Work, WorkId};

use super::{checker, graphs};

fn id(place: usize) -> WorkId {
    WorkId::new(format!("ST-{}-2020", 1000 + place))
}

/// The works and references of a picture as a graph.
fn graph(picture: &Picture) -> ReferenceGraph {
    let work = |(place, card): (usize, &citegraph::draw::Card)| {
        let kind = [Kind::CouncilDocument, Kind::CommissionDocument, Kind::LegalAct][place % 3];
        let mut work = Work::new(id(place), kind, card.heading.clone());
        work.names.insert(Language::ENGLISH, vec![card.title.clone()]);
        work.date = card.date;
        work.in_corpus = place % 2 == 0;
        work
    };
    let edges = picture.links.iter().map(|link| Edge {
        citing: id(link.citing),
        cited: id(link.cited),
        relation: link.relation,
        evidence: Vec::new(),
    });
    ReferenceGraph::new(
        picture.cards.iter().enumerate().map(work).collect(),
        edges.collect(),
    )
}

fn scope(plan: Plan) -> Scope {
    Scope {
        source: "generated".to_owned(),
        documents: 9,
        dates: None,
        language: Language::ENGLISH,
        limit: 25,
        plan,
    }
}

fn newest(picture: &Picture) -> WorkId {
    id(picture.cards.len() - 1)
}

fn is_on_page(name: &str, picture: &Picture, page: (f64, f64)) {
    let text = svg(picture, &Theme::builtin());
    let faults = checker::faults(&text);
    assert!(faults.is_empty(), "{name}: {faults:#?}");
    assert_eq!(checker::size(&text), format!("{}x{}", page.0, page.1), "{name}");
    assert!(checker::smallest_text(&text, page) >= 9.0 - 1e-6, "{name}");
}

#[test]
fn a_lineage_fits_every_page_whatever_its_size() {
    for (works, links) in [(15, 24), (45, 90), (120, 200)] {
        let drawn = graphs::citations(works, links, works as u64);
        let graph = graph(&drawn);
        let lineage = analyze::lineage(&graph, &LineageQuery::new([id(works / 2)]));
        for page in Page::ALL.into_iter().filter(|page| page.size().is_some()) {
            let plan = Plan {
                page,
                ..Plan::default()
            };
            let picture = lineage_picture(&graph, &lineage, &scope(plan));
            is_on_page(
                &format!("{works} works, {}", page.as_str()),
                &picture,
                page.size().unwrap(),
            );
            let members = lineage.members.len();
            assert!(
                picture.notes[0].contains(&format!(" of {members} works shown")),
                "{:?}",
                picture.notes
            );
        }
    }
}

#[test]
fn works_in_lanes_keep_the_rules_and_their_lanes() {
    let drawn = graphs::citations(40, 60, 3);
    let graph = graph(&drawn);
    let lineage = analyze::lineage(&graph, &LineageQuery::new([newest(&drawn)]));
    for grouping in [Grouping::Body, Grouping::Kind, Grouping::Community] {
        for page in [Page::Slide, Page::Free] {
            let plan = Plan {
                page,
                grouping,
                citations: Citations::All,
            };
            let picture = lineage_picture(&graph, &lineage, &scope(plan));
            let text = svg(&picture, &Theme::builtin());
            let faults = checker::faults(&text);
            assert!(faults.is_empty(), "{grouping:?} {page:?}: {faults:#?}");
            let sizes = vec![(100.0, 50.0); picture.cards.len()];
            let layout = citegraph::draw::layout::arrange(&picture.sketch(&sizes), &Default::default());
            let lanes = picture.lanes.as_ref().unwrap();
            for (rect, lane) in layout.boxes.iter().zip(&lanes.of) {
                let (top, bottom) = layout
                    .swimlanes
                    .get(*lane)
                    .copied()
                    .unwrap_or((0.0, layout.height));
                assert!(
                    top <= rect.y && rect.bottom() <= bottom,
                    "{grouping:?}: {rect:?} {lane}"
                );
            }
        }
    }
}

#[test]
fn a_ranking_fits_the_page() {
    let drawn = graphs::citations(45, 90, 4);
    let graph = graph(&drawn);
    let ranking = analyze::rank(&graph, Measure::PageRank);
    let plan = Plan {
        page: Page::Slide,
        ..Plan::default()
    };
    let picture = centrality_picture(
        &graph,
        &ranking,
        &Scope {
            limit: 15,
            ..scope(plan)
        },
    );
    assert_eq!(picture.cards.len(), 15);
    is_on_page("ranking", &picture, (1280.0, 720.0));
}

#[test]
fn pages_show_every_work_once() {
    let drawn = graphs::citations(60, 120, 5);
    let graph = graph(&drawn);
    let lineage = analyze::lineage(&graph, &LineageQuery::new([newest(&drawn)]));
    let plan = Plan {
        page: Page::Slide,
        ..Plan::default()
    };
    let pages = lineage_pages(&graph, &lineage, &scope(plan));
    let mut shown: Vec<String> = pages
        .iter()
        .flat_map(|p| p.cards.iter().map(|c| c.id.clone()))
        .collect();
    shown.sort();
    let mut members: Vec<String> = lineage.members.iter().map(|m| m.id.to_string()).collect();
    members.sort();
    assert_eq!(shown, members);
    assert!(pages.len() > 1 && pages[0].title.ends_with(&format!("(1 of {})", pages.len())));
}

#[test]
fn only_plain_citations_that_a_longer_way_implies_are_hidden() {
    // 3 cites 2 cites 1 cites 0; 3 cites 0 plainly and recalls 1.
    let mut drawn = graphs::plain(
        &[Some(2018), Some(2019), Some(2020), Some(2021)],
        [(1, 0), (2, 1), (3, 2), (3, 0), (3, 1)],
    );
    drawn.links[4].relation = Relation::Recalls;
    let graph = graph(&drawn);
    let lineage = analyze::lineage(&graph, &LineageQuery::new([newest(&drawn)]));
    let plan = Plan {
        citations: Citations::Reduced,
        ..Plan::default()
    };
    let picture = lineage_picture(&graph, &lineage, &scope(plan));
    let left: Vec<(usize, usize)> = picture.links.iter().map(|l| (l.citing, l.cited)).collect();
    assert_eq!(left, [(1, 0), (2, 1), (3, 1), (3, 2)]);
    assert!(
        picture
            .notes
            .iter()
            .any(|note| note.starts_with("1 citation implied")),
        "{:?}",
        picture.notes
    );
}

#[test]
fn hidden_works_that_stand_alike_share_a_card() {
    // Thirty later works build on the focus.
    let years: Vec<Option<u16>> = std::iter::once(Some(2010))
        .chain((0..60).map(|n| Some(2011 + n / 5)))
        .collect();
    let drawn = graphs::plain(&years, (1..61).map(|n| (n, 0)));
    let graph = graph(&drawn);
    let lineage = analyze::lineage(&graph, &LineageQuery::new([id(0)]));
    let picture = lineage_picture(&graph, &lineage, &scope(Plan::default()));
    let stubs: Vec<&str> = picture
        .cards
        .iter()
        .map(|c| c.heading.as_str())
        .filter(|h| h.starts_with('+'))
        .collect();
    assert_eq!(stubs.len(), 2, "{stubs:?}");
    assert!(
        picture.notes[0].starts_with("25 of 61 works shown"),
        "{:?}",
        picture.notes
    );
}

/// A work (the last) that builds on four, of which none is in the chain of nine works that it ends, and cites thirty more.
fn with_a_long_chain() -> Picture {
    let years: Vec<Option<u16>> = (0..46).map(|n| Some(2001 + n / 2)).collect();
    let chain = (1..8).map(|n| (n * 6, n * 6 - 6)).chain([(45, 42)]);
    let foundations = [1, 13, 25, 33].map(|n| (45, n));
    let rest = (0..45)
        .filter(|n| n % 6 != 0 && ![1, 13, 25, 33].contains(n))
        .map(|n| (45, n));
    let mut drawn = graphs::plain(&years, chain.chain(foundations).chain(rest));
    for link in &mut drawn.links {
        if foundations.contains(&(link.citing, link.cited)) {
            link.relation = Relation::BuildsOn;
        }
    }
    drawn
}

#[test]
fn what_a_lineage_says_that_it_keeps_is_shown() {
    let graph = graph(&with_a_long_chain());
    let lineage = analyze::lineage(&graph, &LineageQuery::new([id(45)]));
    assert_eq!(lineage.longest_chain.len(), 9);
    for page in Page::ALL {
        for limit in [25, 17, 9, 5] {
            let plan = Plan {
                page,
                ..Plan::default()
            };
            let picture = lineage_picture(&graph, &lineage, &Scope { limit, ..scope(plan) });
            let shows = |works: &[usize]| {
                works
                    .iter()
                    .all(|n| picture.cards.iter().any(|card| card.id == id(*n).as_str()))
            };
            let notes = picture.notes.join(" ");
            let name = format!("{}, {limit}: {notes}", page.as_str());
            assert!(shows(&[45]), "{name}");
            assert_eq!(
                notes.contains("what the headline counts"),
                shows(&[1, 13, 25, 33]),
                "{name}"
            );
            assert_eq!(
                notes.contains("the longest chain"),
                picture.chain.len() == 9,
                "{name}"
            );
        }
    }
    let slide = Plan {
        page: Page::Slide,
        ..Plan::default()
    };
    let picture = lineage_picture(&graph, &lineage, &scope(slide));
    assert_eq!(picture.chain.len(), 9, "{:?}", picture.notes);
}

#[test]
fn works_of_equal_value_share_a_rank_and_every_rank_is_told_apart() {
    // 0 is cited three times, 1 and 2 twice, 3 once, the others never.
    let links = [(4, 0), (5, 0), (6, 0), (4, 1), (5, 1), (4, 2), (5, 2), (6, 3)];
    let graph = graph(&graphs::plain(&[Some(2020); 7], links));
    let ranking = analyze::rank(&graph, Measure::InDegree);
    let picture = centrality_picture(
        &graph,
        &ranking,
        &Scope {
            limit: 5,
            ..scope(Plan::default())
        },
    );
    let notes = picture.notes.join(" ");
    assert!(notes.contains("share a rank; letters"), "{notes}");
    assert!(notes.contains("Of 3 works that share rank 5, 1 shown"), "{notes}");
    let text = svg(&picture, &Theme::builtin());
    for label in ["1", "2a", "2b", "4", "5"] {
        assert!(text.matches(&format!(">{label}</text>")).count() >= 2, "{label}");
    }
    assert!(checker::faults(&text).is_empty());
}

#[test]
fn works_that_share_the_first_place_are_named() {
    // 0, 1 and 2 are cited twice, 3 once.
    let links = [(4, 0), (5, 0), (4, 1), (5, 1), (4, 2), (5, 2), (6, 3)];
    let mut drawn = graphs::plain(&[Some(2020); 7], links);
    for (card, name) in
        drawn
            .cards
            .iter_mut()
            .zip(["Cyber Diplomacy Toolbox", "Global Gateway", "Strategic Compass"])
    {
        name.clone_into(&mut card.heading);
    }
    let graph = graph(&drawn);
    let ranking = analyze::rank(&graph, Measure::InDegree);
    let picture = centrality_picture(&graph, &ranking, &scope(Plan::default()));
    assert_eq!(
        picture.title,
        "Cyber Diplomacy Toolbox and 2 others share first place by citing works"
    );
}

#[test]
fn threads_change_nothing() {
    let drawn = graphs::citations(60, 120, 6);
    let here = svg(&drawn, &Theme::builtin());
    let draw = || svg(&graphs::citations(60, 120, 6), &Theme::builtin());
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(draw)).collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), here);
    }
}
