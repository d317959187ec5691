//! What a reader asks of the layout in; how many works fit, which citations are implied, which works stand together out.

use std::collections::BTreeMap;

use super::picture::{Card, Certainty, Link, Picture, Shape, State, Swimlanes};
use super::{Page, Theme, svg, words};
use crate::analyze::{Issuer, Lineage, communities};
use crate::graph::ReferenceGraph;
use crate::model::{Kind, PartialDate, Relation, WorkId};

/// What is asked of the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Plan {
    /// The page to fit.
    pub page: Page,
    /// What works must share to stand in one lane.
    pub grouping: Grouping,
    /// Which plain citations are drawn.
    pub citations: Citations,
}

/// What works must share to stand in one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// There are no lanes.
    #[default]
    None,
    /// The body that issued them.
    Body,
    /// The kind of document.
    Kind,
    /// That they refer to each other more than to others.
    Community,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Body, Self::Kind, Self::Community, Self::None];

    /// The name that options take.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Body => "body",
            Self::Kind => "kind",
            Self::Community => "community",
        }
    }

    /// The grouping of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grouping| grouping.as_str() == name)
    }
}

/// Which plain citations are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Citations {
    /// All.
    #[default]
    All,
    /// Only those that no longer way implies.
    Reduced,
}

/// The picture of as many works as fit the page at a readable size, at most `limit`.
pub(super) fn fitted(limit: usize, page: Page, make: impl Fn(usize) -> Picture) -> Picture {
    fitting(limits(limit), page, make)
}

/// The first picture that fits the page, or the last.
pub(super) fn fitting<T>(tries: impl Iterator<Item = T>, page: Page, make: impl Fn(T) -> Picture) -> Picture {
    let mut last = None;
    for picture in tries.map(make) {
        if page == Page::Free || svg::fits(&picture, &Theme::builtin()) {
            return picture;
        }
        last = Some(picture);
    }
    last.unwrap_or_else(|| Picture::new("", ""))
}

/// How many works to try to show, from the most down to the least.
pub(super) fn limits(most: usize) -> impl Iterator<Item = usize> {
    let next = |limit: &usize| (*limit > LEAST).then(|| (limit - (limit / 10).max(1)).max(LEAST));
    std::iter::successors(Some(most), next)
}

/// So few works are shown always.
const LEAST: usize = 4;

/// Leaves out plain citations that a longer way implies; tells how many. Other relations stay, and so does what was
/// reached by correcting a date.
pub(super) fn reduced(picture: &mut Picture, citations: Citations) -> usize {
    if citations == Citations::All {
        return 0;
    }
    let mut cited = vec![Vec::new(); picture.cards.len()];
    for link in &picture.links {
        if let Some(cited) = cited.get_mut(link.citing) {
            cited.push(link.cited);
        }
    }
    let implied: Vec<bool> = (picture.links.iter())
        .map(|link| {
            link.relation == Relation::Cites
                && link.certainty == Certainty::AsWritten
                && is_implied(&cited, (link.citing, link.cited))
        })
        .collect();
    let before = picture.links.len();
    let mut implied = implied.iter();
    picture
        .links
        .retain(|_| !implied.next().is_some_and(|implied| *implied));
    before - picture.links.len()
}

/// Whether there is a way of two or more steps that does not come back to where it starts. In a circle every link would
/// imply another, so none of a circle is.
fn is_implied(cited: &[Vec<usize>], (from, to): (usize, usize)) -> bool {
    let reaches = |start: &[usize], goal: usize, direct: bool| {
        let mut seen = vec![false; cited.len()];
        let mut open: Vec<usize> = start.iter().copied().filter(|n| direct || *n != goal).collect();
        while let Some(node) = open.pop() {
            if node == goal {
                return true;
            }
            if let Some(seen) = seen.get_mut(node).filter(|seen| !**seen) {
                *seen = true;
                open.extend(&cited[node]);
            }
        }
        false
    };
    let Some(next) = cited.get(from) else { return false };
    let circle = cited.get(to).is_some_and(|after| reaches(after, from, true));
    !circle && reaches(next, to, false)
}

/// Cards for hidden works that stand to a shown one alike, at most.
pub(super) const STUBS: usize = 2;
/// So many works are worth a card.
const LEAST_STUB: usize = 3;

/// What hidden works share: the place of the shown work, whether they cite it, how, and their kind.
type Bond = (usize, bool, Relation, Kind);

/// Adds cards for the largest groups of hidden works of one kind that refer to one shown work alike, or are referred to
/// by it; gives the works of each card.
pub(super) fn add_stubs(
    picture: &mut Picture,
    graph: &ReferenceGraph,
    lineage: &Lineage,
    most: usize,
) -> Vec<Vec<WorkId>> {
    let mut summed_up = Vec::new();
    let mut groups = bonds(picture, lineage, graph);
    for stub in 0..most {
        let largest = groups
            .iter()
            .max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.cmp(a.0)));
        let Some((&bond, works)) = largest.filter(|(_, works)| works.len() >= LEAST_STUB) else {
            break;
        };
        let works = works.clone();
        groups
            .values_mut()
            .for_each(|others| others.retain(|id| !works.contains(id)));
        add_stub(picture, graph, (stub, bond), &works);
        summed_up.push(works);
    }
    summed_up
}

fn bonds(picture: &Picture, lineage: &Lineage, graph: &ReferenceGraph) -> BTreeMap<Bond, Vec<WorkId>> {
    let places: BTreeMap<&str, usize> = (picture.cards.iter().enumerate())
        .map(|(place, card)| (card.id.as_str(), place))
        .collect();
    let mut groups: BTreeMap<Bond, Vec<WorkId>> = BTreeMap::new();
    for (citing, cited, relation) in &lineage.edges {
        let (place, cites, hidden) = match (places.get(citing.as_str()), places.get(cited.as_str())) {
            (Some(place), None) => (*place, false, cited),
            (None, Some(place)) => (*place, true, citing),
            _ => continue,
        };
        // What nothing dates cannot stand in a card with a period.
        if let Some(work) = graph.work(hidden).filter(|work| work.date.is_some()) {
            let group = groups.entry((place, cites, *relation, work.kind)).or_default();
            if !group.contains(hidden) {
                group.push(hidden.clone());
            }
        }
    }
    groups
}

fn add_stub(picture: &mut Picture, graph: &ReferenceGraph, (stub, bond): (usize, Bond), works: &[WorkId]) {
    let (place, cites, relation, kind) = bond;
    let mut dates: Vec<PartialDate> = works.iter().filter_map(|id| graph.work(id)?.date).collect();
    dates.sort();
    let span = dates
        .first()
        .zip(dates.last())
        .map(|(a, b)| (a.years(), b.years()));
    let at = picture.cards.len();
    let labels: Vec<&str> = works
        .iter()
        .filter_map(|id| Some(graph.work(id)?.label.as_str()))
        .collect();
    picture.cards.push(Card {
        id: format!("more {}", stub + 1),
        shape: if kind == Kind::Instrument {
            Shape::Instrument
        } else {
            Shape::Document
        },
        heading: words::more(works.len(), noun(kind)),
        title: String::new(),
        date_label: words::years(span),
        // Half of them are older, half are younger.
        date: dates.get(dates.len() / 2).copied(),
        state: State::CitedOnly,
        weight: None,
        depth: None,
        languages: Vec::new(),
        tooltip: labels.join(", "),
        url: None,
    });
    let (citing, cited) = if cites { (at, place) } else { (place, at) };
    picture.links.push(Link {
        citing,
        cited,
        relation,
        mentions: works.len(),
        certainty: Certainty::AsWritten,
        tooltip: String::new(),
    });
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::LegalAct => "act",
        Kind::Instrument => "instrument",
        Kind::Case => "case",
        Kind::CouncilDocument | Kind::Conclusions => "Council document",
        Kind::CommissionDocument => "Commission document",
        Kind::UnDocument => "UN document",
        _ => "document",
    }
}

/// The lanes of a picture, in order. Its last cards sum up these works and stand where the first of them would.
pub(super) fn lanes(
    graph: &ReferenceGraph,
    picture: &Picture,
    grouping: Grouping,
    summed_up: &[Vec<WorkId>],
) -> Option<Swimlanes> {
    let own = picture.cards.len() - summed_up.len();
    let ids = picture.cards[..own].iter().map(|card| WorkId::new(&card.id));
    let ids: Vec<WorkId> = ids
        .chain(summed_up.iter().filter_map(|works| works.first().cloned()))
        .collect();
    let named = |name: &dyn Fn(&WorkId) -> (usize, String)| {
        let keys: Vec<(usize, String)> = ids.iter().map(name).collect();
        let mut names = keys.clone();
        names.sort();
        names.dedup();
        let of = keys
            .iter()
            .map(|key| names.iter().position(|name| name == key).unwrap_or(0));
        Some(Swimlanes {
            of: of.collect(),
            names: names.iter().map(|(_, name)| name.clone()).collect(),
        })
    };
    match grouping {
        Grouping::None => None,
        Grouping::Body => named(&|id| {
            let issuer = graph.work(id).map_or(Issuer::Other, Issuer::of);
            (issuer as usize, issuer.name().to_owned())
        }),
        Grouping::Kind => named(&|id| {
            let kind = graph.work(id).map(|work| work.kind);
            let name = kind.map_or_else(String::new, |kind| words::capitalized(&words::plural(kind)));
            (kind.map_or(usize::MAX, |kind| kind as usize), name)
        }),
        Grouping::Community => {
            let links: Vec<(usize, usize)> = picture.links.iter().map(|l| (l.citing, l.cited)).collect();
            let of = communities(picture.cards.len(), &links);
            let groups = of.iter().max().map_or(0, |last| last + 1);
            let names = (0..groups).map(|group| words::around(most_linked(picture, &of, group)));
            Some(Swimlanes {
                names: names.collect(),
                of,
            })
        }
    }
}

/// The heading of the card of a group with the most links within it; of several the first.
fn most_linked<'a>(picture: &'a Picture, of: &[usize], group: usize) -> &'a str {
    let within = |place: usize| of.get(place) == Some(&group);
    let mut links = vec![0; picture.cards.len()];
    for link in picture
        .drawn_links()
        .filter(|link| within(link.citing) && within(link.cited))
    {
        links[link.citing] += 1;
        links[link.cited] += 1;
    }
    let members = (0..picture.cards.len()).filter(|place| within(*place));
    let first = members.max_by_key(|place| (links[*place], std::cmp::Reverse(*place)));
    first.map_or("", |place| picture.cards[place].heading.as_str())
}
