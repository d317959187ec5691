//! Answers in, pictures out: thin adapters from an answer of [`analyze`] to a [`Picture`]. They choose what is shown and put
//! the finding into words; where and how it is drawn is left to layout and outputs.

mod crossing;
mod reception;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Scene;
use super::picture::{Certainty, Link, Measure, Picture, View, Weight};
use super::plan::{self, Plan};
use super::words::{self, counted};

pub use crossing::matrix_picture;
pub use reception::{EgoLanes, ego_picture, timeline_picture};

use crate::analyze::{self, Lineage, Member, Ranking};
use crate::graph::ReferenceGraph;
use crate::model::{Kind, Language, PartialDate, Relation, WorkId};

/// What the foot of a picture says of the corpus behind it, and how much is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Where the documents are from.
    pub source: String,
    /// How many documents there are.
    pub documents: usize,
    /// The dates of the oldest and the newest of them.
    pub dates: Option<(PartialDate, PartialDate)>,
    /// The language of titles, where there is one in it.
    pub language: Language,
    /// How many works are shown at most; the focus is shown always.
    pub limit: usize,
    /// How the picture is laid out.
    pub plan: Plan,
}

impl Scope {
    fn footer(&self) -> Vec<String> {
        let dates = self.dates.map_or(String::new(), |(first, last)| {
            format!(", {}", span_of(first, last))
        });
        let documents = counted(self.documents, "document");
        vec![format!(
            "Source: {}: {documents}{dates}. Drawn by citegraph {}.",
            self.source,
            env!("CARGO_PKG_VERSION")
        )]
    }
}

/// The picture of a lineage: its works along time.
///
/// Where it holds more works than the scope allows or the page has room for, the focus stays first, then what the headline
/// counts, then the longest chain, then documents of the corpus, then what is cited most and nearest; a note says what was
/// kept, and how many works and references are hidden.
pub fn lineage_picture(graph: &ReferenceGraph, lineage: &Lineage, scope: &Scope) -> Picture {
    let essential = Essential::of(lineage);
    let ranked = ranked(graph, lineage, &essential);
    let most = scope.limit.max(lineage.focus.len()).min(ranked.len());
    plan::fitting(
        choices(most, essential.count()),
        scope.plan.page,
        |(works, stubs)| {
            let mut shown = ranked[..works].to_vec();
            shown.sort();
            let picture = lineage_of(graph, lineage, &shown, scope);
            if works == ranked.len() {
                return laned(picture, graph, scope, &[]);
            }
            summed_up(picture, (graph, lineage, scope), &essential, stubs)
        },
    )
}

/// How many works to try to show with how many cards for the rest: such cards are given up before what is essential.
fn choices(most: usize, essential: usize) -> impl Iterator<Item = (usize, usize)> {
    let more = plan::limits(most).take_while(move |works| *works > essential);
    let kept = (0..=plan::STUBS)
        .rev()
        .map(move |stubs| (essential.min(most), stubs));
    let less = plan::limits(most).skip_while(move |works| *works >= essential);
    (more.map(|works| (works, plan::STUBS)).chain(kept)).chain(less.map(|works| (works, 0)))
}

/// Adds cards for groups of hidden works, and the notes on what was kept.
fn summed_up(
    mut picture: Picture,
    (graph, lineage, scope): (&ReferenceGraph, &Lineage, &Scope),
    essential: &Essential,
    stubs: usize,
) -> Picture {
    let shown: BTreeSet<WorkId> = picture.cards.iter().map(|card| WorkId::new(&card.id)).collect();
    let on_cards = plan::add_stubs(&mut picture, graph, lineage, stubs);
    let hidden = lineage.members.len() - shown.len();
    let notes = [
        words::summed_up(on_cards.iter().map(Vec::len).sum(), hidden),
        Some(essential.kept(&shown)),
    ];
    picture.notes.splice(1..1, notes.into_iter().flatten());
    laned(picture, graph, scope, &on_cards)
}

/// What a picture of a lineage must show, in order: the focus, what the headline counts, the longest chain.
struct Essential<'a> {
    focus: BTreeSet<&'a WorkId>,
    headline: BTreeSet<&'a WorkId>,
    chain: BTreeSet<&'a WorkId>,
}

impl<'a> Essential<'a> {
    fn of(lineage: &'a Lineage) -> Self {
        let chain = Some(&lineage.longest_chain).filter(|chain| is_chain(chain));
        Self {
            focus: lineage.focus.iter().collect(),
            headline: in_headline(lineage),
            chain: chain.into_iter().flatten().collect(),
        }
    }

    fn count(&self) -> usize {
        let all: BTreeSet<&WorkId> = [&self.focus, &self.headline, &self.chain]
            .into_iter()
            .flatten()
            .copied()
            .collect();
        all.len()
    }

    /// What was kept of it, in words.
    fn kept(&self, shown: &BTreeSet<WorkId>) -> String {
        let whole = |part: &BTreeSet<&WorkId>| !part.is_empty() && part.iter().all(|id| shown.contains(*id));
        words::kept(whole(&self.headline), whole(&self.chain))
    }
}

/// The pictures of a lineage that together show all its works, a period each, in order of time.
pub fn lineage_pages(graph: &ReferenceGraph, lineage: &Lineage, scope: &Scope) -> Vec<Picture> {
    let date = |id: &WorkId| graph.work(id).and_then(|work| work.date);
    let mut ids: Vec<WorkId> = lineage.members.iter().map(|m| m.id.clone()).collect();
    ids.sort_by_key(|id| (date(id).is_none(), date(id), id.clone()));
    let mut pictures = Vec::new();
    let mut rest = ids.as_slice();
    while !rest.is_empty() {
        let most = rest.len().min(scope.limit.max(1));
        let picture = plan::fitted(most, scope.plan.page, |limit| {
            let shown = &rest[..limit.clamp(1, most)];
            laned(lineage_of(graph, lineage, shown, scope), graph, scope, &[])
        });
        rest = &rest[picture.cards.len().max(1).min(rest.len())..];
        pictures.push(picture);
    }
    let pages = pictures.len();
    for (page, picture) in pictures.iter_mut().enumerate() {
        picture.title = format!("{} ({} of {pages})", picture.title, page + 1);
    }
    pictures
}

/// The picture of these works of a lineage.
fn lineage_of(graph: &ReferenceGraph, lineage: &Lineage, shown: &[WorkId], scope: &Scope) -> Picture {
    let mut picture = scene(graph, shown, &lineage.focus, scope);
    keep_followed(&mut picture, lineage);
    let hidden = lineage.edges.len() - picture.links.len();
    let mut picture = folded(picture);
    let implied = plan::reduced(&mut picture, scope.plan.citations);
    picture.notes = vec![words::shown(shown.len(), lineage.members.len(), hidden + implied)];
    picture
        .notes
        .extend((implied > 0).then(|| words::implied(implied)));
    picture.notes.extend(corrected_note(&picture));
    place_generations(&mut picture, lineage);
    picture.title = lineage_title(graph, lineage);
    picture.subtitle = lineage_subtitle(graph, lineage, shown, scope);
    picture
}

/// The picture of a ranking: the first works with the references among them.
pub fn centrality_picture(graph: &ReferenceGraph, ranking: &Ranking, scope: &Scope) -> Picture {
    plan::fitted(scope.limit.min(ranking.entries.len()), scope.plan.page, |limit| {
        ranking_of(graph, ranking, limit, scope)
    })
}

fn ranking_of(graph: &ReferenceGraph, ranking: &Ranking, limit: usize, scope: &Scope) -> Picture {
    let top = &ranking.entries[..ranking.entries.len().min(limit)];
    let shown: Vec<WorkId> = top.iter().map(|entry| entry.id.clone()).collect();
    let mut picture = scene(graph, &shown, &[], scope);
    picture.view = View::Centrality(Measure {
        name: name(ranking.measure).to_owned(),
        definition: definition(ranking.measure),
        counted: "citing works".to_owned(),
        standing: "in its year".to_owned(),
    });
    let places = telling_places(ranking.measure, top);
    for (card, entry) in picture.cards.iter_mut().zip(top) {
        let label = value_in_places(ranking.measure, entry.value, places);
        card.weight = Some(Weight {
            value: entry.value,
            label,
            count: entry.in_degree,
            standing: entry
                .in_year
                .map(|placing| format!("{} of {}", placing.rank, placing.of))
                .unwrap_or_default(),
        });
    }
    picture.title = ranking_title(graph, ranking);
    picture.subtitle = ranking_subtitle(graph, &shown);
    let mut picture = folded(picture);
    let implied = plan::reduced(&mut picture, scope.plan.citations);
    picture
        .notes
        .extend((implied > 0).then(|| words::implied(implied)));
    picture.notes.extend(ties_note(ranking, top));
    laned(picture, graph, scope, &[])
}

/// How equal values are ranked, where there are any, and whether the last ones shown have equals that are not.
fn ties_note(ranking: &Ranking, top: &[analyze::Ranked]) -> Option<String> {
    let tied = top.windows(2).any(|pair| pair[0].rank == pair[1].rank);
    let last = top.last()?.rank;
    let sharing = |entries: &[analyze::Ranked]| entries.iter().filter(|entry| entry.rank == last).count();
    let (shown, all) = (sharing(top), sharing(&ranking.entries));
    let parts = [
        tied.then(|| words::TIES.to_owned()),
        (shown < all).then(|| words::cut_tie(last, shown, all)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The whole graph as one picture, with every reference.
pub fn graph_picture(graph: &ReferenceGraph, scope: &Scope) -> Picture {
    let shown: Vec<WorkId> = graph.works().map(|work| work.id.clone()).collect();
    let picture = Picture {
        notes: Vec::new(),
        ..scene(graph, &shown, &[], scope)
    };
    laned(picture, graph, scope, &[])
}

fn scene(graph: &ReferenceGraph, shown: &[WorkId], focus: &[WorkId], scope: &Scope) -> Picture {
    let scene = Scene {
        graph,
        shown,
        focus,
        language: scope.language,
    };
    let picture = scene.picture();
    Picture {
        footer: scope.footer(),
        page: scope.plan.page,
        ..picture
    }
}

/// The picture with its works in the lanes asked for; its last cards sum up these works.
fn laned(picture: Picture, graph: &ReferenceGraph, scope: &Scope, summed_up: &[Vec<WorkId>]) -> Picture {
    Picture {
        lanes: plan::lanes(graph, &picture, scope.plan.grouping, summed_up),
        ..picture
    }
}

/// Tells each card how far away it is, and the picture which of them are the longest chain, where all of it is shown.
fn place_generations(picture: &mut Picture, lineage: &Lineage) {
    let depths: BTreeMap<&str, usize> = lineage
        .members
        .iter()
        .map(|member| (member.id.as_str(), member.depth.unsigned_abs() as usize))
        .collect();
    for card in &mut picture.cards {
        card.depth = depths.get(card.id.as_str()).copied();
    }
    let place = |id: &WorkId| picture.cards.iter().position(|card| card.id == id.as_str());
    let chain: Option<Vec<usize>> = lineage.longest_chain.iter().map(place).collect();
    picture.chain = chain
        .filter(|_| is_chain(&lineage.longest_chain))
        .unwrap_or_default();
}

/// Leaves out the references that the question does not follow.
fn keep_followed(picture: &mut Picture, lineage: &Lineage) {
    let followed: BTreeSet<(&str, &str, Relation)> = lineage
        .edges
        .iter()
        .map(|(citing, cited, relation)| (citing.as_str(), cited.as_str(), *relation))
        .collect();
    let id = |place: usize| picture.cards.get(place).map_or("", |card| card.id.as_str());
    picture
        .links
        .retain(|link| followed.contains(&(id(link.citing), id(link.cited), link.relation)));
}

/// A work that recalls another and elsewhere just cites it gets one line: the second would say nothing more. The mentions
/// are added up.
fn folded(picture: Picture) -> Picture {
    let mut kept: Vec<Link> = Vec::with_capacity(picture.links.len());
    for link in picture.links {
        let before = kept
            .last_mut()
            .filter(|one| (one.citing, one.cited) == (link.citing, link.cited));
        // Edges come in order of relation, of which `cites` is the last.
        match before.filter(|_| link.relation == Relation::Cites && link.certainty == Certainty::AsWritten) {
            Some(before) => before.mentions += link.mentions,
            None => kept.push(link),
        }
    }
    Picture {
        links: kept,
        ..picture
    }
}

/// A value as it is to be read: degrees are counts, all else has four places.
pub fn value_label(measure: analyze::Measure, value: f64) -> String {
    value_in_places(measure, value, PLACES.0)
}

/// Decimal places of a value that is no count, and at most, where fewer would make different values look equal.
const PLACES: (usize, usize) = (4, 7);

fn value_in_places(measure: analyze::Measure, value: f64, places: usize) -> String {
    match measure {
        analyze::Measure::InDegree | analyze::Measure::OutDegree => format!("{value:.0}"),
        _ => format!("{value:.places$}"),
    }
}

/// So many places that works of different rank do not seem to have one value.
fn telling_places(measure: analyze::Measure, top: &[analyze::Ranked]) -> usize {
    let label = |entry: &analyze::Ranked, places| value_in_places(measure, entry.value, places);
    let tells = |places: &usize| {
        let differ = |pair: &[analyze::Ranked]| label(&pair[0], *places) != label(&pair[1], *places);
        top.windows(2)
            .all(|pair| pair[0].rank == pair[1].rank || differ(pair))
    };
    (PLACES.0..PLACES.1).find(tells).unwrap_or(PLACES.1)
}

/// The works of a lineage, those first that must be shown first.
fn ranked(graph: &ReferenceGraph, lineage: &Lineage, essential: &Essential) -> Vec<WorkId> {
    let mut cited: BTreeMap<&WorkId, usize> = BTreeMap::new();
    lineage
        .edges
        .iter()
        .for_each(|(_, to, _)| *cited.entry(to).or_default() += 1);
    let precedence = |member: &&Member| {
        let in_corpus = graph.work(&member.id).is_some_and(|work| work.in_corpus);
        let cited = cited.get(&member.id).copied().unwrap_or(0);
        (
            !essential.focus.contains(&member.id),
            !essential.headline.contains(&member.id),
            !essential.chain.contains(&member.id),
            !in_corpus,
            Reverse(cited),
            member.depth.unsigned_abs(),
        )
    };
    let mut members: Vec<&Member> = lineage.members.iter().collect();
    // Stable, and members come in order of depth and id.
    members.sort_by_key(precedence);
    members.into_iter().map(|member| member.id.clone()).collect()
}

/// A single step is no chain.
fn is_chain(works: &[WorkId]) -> bool {
    works.len() > 2
}

fn lineage_title(graph: &ReferenceGraph, lineage: &Lineage) -> String {
    let older = lineage.members.iter().filter(|m| m.depth < 0).count();
    let newer = lineage.members.iter().filter(|m| m.depth > 0).count();
    let [focus] = lineage.focus.as_slice() else {
        let named: Vec<String> = lineage.focus.iter().map(|id| label(graph, id)).collect();
        let rest = format!("descend from {} and lead to {newer}", counted(older, "work"));
        let titles = [named.join(" and "), counted(named.len(), "work")].map(|who| format!("{who} {rest}"));
        let short = titles
            .iter()
            .find(|title| named.len() == 2 && is_short(title))
            .unwrap_or(&titles[1]);
        return short.clone();
    };
    let label = label(graph, focus);
    let at = |depth: i64| lineage.members.iter().filter(|m| m.depth == depth).count();
    let first = match (foundations(graph, lineage, focus), at(-1)) {
        (Some(foundations), _) => format!("{label} builds on {foundations}"),
        (None, 0) => label.clone(),
        (None, cited) => format!("{label} cites {}", counted(cited, "work")),
    };
    match (older, newer) {
        (0, 0) => format!("{label} cites nothing, and nothing cites it"),
        (0, _) => format!("{label} is cited by {}", counted(at(1), "later work")),
        (_, 0) if older > at(-1) => format!("{first} and descends from {older}"),
        (_, 0) => first,
        _ => format!("{first}; {}", later(lineage, focus, at(1))),
    }
}

/// The works of the lineage at the other end of the references of a relation that leave or reach the focus.
fn at_other_end<'a>(
    lineage: &'a Lineage,
    focus: &WorkId,
    relation: Relation,
) -> (BTreeSet<&'a WorkId>, BTreeSet<&'a WorkId>) {
    let edges = || {
        lineage
            .edges
            .iter()
            .filter(|(citing, cited, one)| *one == relation && citing != cited)
    };
    let cited = edges()
        .filter(|(citing, _, _)| citing == focus)
        .map(|(_, cited, _)| cited);
    let citing = edges()
        .filter(|(_, cited, _)| cited == focus)
        .map(|(citing, _, _)| citing);
    (cited.collect(), citing.collect())
}

/// What the headline says that the focus builds on and what builds on it, where that is not too many to be shown.
fn in_headline(lineage: &Lineage) -> BTreeSet<&WorkId> {
    let [focus] = lineage.focus.as_slice() else {
        return BTreeSet::new();
    };
    let (cited, citing) = at_other_end(lineage, focus, Relation::BuildsOn);
    let groups = [cited, citing].into_iter().filter(|works| works.len() <= COUNTED);
    groups.flatten().collect()
}

/// So many works of a headline are kept.
const COUNTED: usize = 6;

/// What the focus says it builds on: "3 sets of conclusions".
fn foundations(graph: &ReferenceGraph, lineage: &Lineage, focus: &WorkId) -> Option<String> {
    let (cited, _) = at_other_end(lineage, focus, Relation::BuildsOn);
    let kinds: BTreeSet<Kind> = cited
        .iter()
        .filter_map(|id| graph.work(id))
        .map(|work| work.kind)
        .collect();
    let only = |kind| kinds.len() == 1 && kinds.contains(&kind);
    let noun = match cited.len() {
        0 => return None,
        1 if only(Kind::Conclusions) => "set of conclusions",
        _ if only(Kind::Conclusions) => "sets of conclusions",
        1 => "work",
        _ => "works",
    };
    Some(format!("{} {noun}", cited.len()))
}

/// What came of the focus: "2 later works build on it".
fn later(lineage: &Lineage, focus: &WorkId, citing: usize) -> String {
    let (_, building) = at_other_end(lineage, focus, Relation::BuildsOn);
    match (building.len(), citing) {
        (0, 1) => "1 later work cites it".to_owned(),
        (0, many) => format!("{many} later works cite it"),
        (1, _) => "1 later work builds on it".to_owned(),
        (many, _) => format!("{many} later works build on it"),
    }
}

fn lineage_subtitle(graph: &ReferenceGraph, lineage: &Lineage, shown: &[WorkId], scope: &Scope) -> String {
    let name = match lineage.focus.as_slice() {
        [focus] => graph
            .work(focus)
            .and_then(|work| work.name(scope.language).filter(|name| *name != work.label))
            .map(str::to_owned),
        several => Some(
            several
                .iter()
                .map(|id| label(graph, id))
                .collect::<Vec<_>>()
                .join(", "),
        ),
    };
    let name = name.map(|name| format!("Lineage of {name}"));
    [name, generations(lineage), years(graph, shown)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// How many references the farthest works are away.
fn generations(lineage: &Lineage) -> Option<String> {
    let back = lineage.members.iter().map(|m| -m.depth).max().filter(|n| *n > 0);
    let on = lineage.members.iter().map(|m| m.depth).max().filter(|n| *n > 0);
    let parts = [back.map(|n| format!("{n} back")), on.map(|n| format!("{n} on"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("generations: {}", parts.join(", ")))
}

fn years(graph: &ReferenceGraph, ids: &[WorkId]) -> Option<String> {
    let years: Vec<u16> = ids
        .iter()
        .filter_map(|id| graph.work(id)?.date)
        .map(PartialDate::years)
        .collect();
    Some(words::years(Some((*years.iter().min()?, *years.iter().max()?))))
}

fn span_of(first: PartialDate, last: PartialDate) -> String {
    if first == last {
        words::date(first)
    } else {
        format!("{} to {}", words::date(first), words::date(last))
    }
}

fn label(graph: &ReferenceGraph, id: &WorkId) -> String {
    graph
        .work(id)
        .map_or_else(|| id.to_string(), |work| work.label.clone())
}

/// A dozen words at most.
const TITLE_WORDS: usize = 12;

fn is_short(title: &str) -> bool {
    title.split_whitespace().count() <= TITLE_WORDS
}

fn ranking_title(graph: &ReferenceGraph, ranking: &Ranking) -> String {
    let Some(first) = ranking.entries.first() else {
        return "No works to rank".to_owned();
    };
    let tied: Vec<String> = ranking
        .entries
        .iter()
        .take_while(|entry| entry.rank == 1)
        .map(|entry| label(graph, &entry.id))
        .collect();
    if let [others @ .., last] = tied.as_slice()
        && !others.is_empty()
    {
        let named = format!(
            "{} and {last} rank first by {}",
            others.join(", "),
            name(ranking.measure)
        );
        let share = |who: String| format!("{who} share first place by {}", name(ranking.measure));
        let first = format!("{} and {}", tied[0], counted(tied.len() - 1, "other"));
        let titles = [named, share(first), share(counted(tied.len(), "work"))];
        let short = titles.iter().find(|title| is_short(title));
        return short.unwrap_or(&titles[2]).clone();
    }
    if ranking.measure == analyze::Measure::InDegree {
        return format!(
            "{} is cited most, by {}",
            label(graph, &first.id),
            counted(first.in_degree, "work")
        );
    }
    let plain = format!(
        "{} ranks first by {}",
        label(graph, &first.id),
        name(ranking.measure)
    );
    let ahead = ranking
        .entries
        .get(1)
        .map(|second| format!("{plain}, ahead of {}", label(graph, &second.id)));
    ahead.filter(|title| is_short(title)).unwrap_or(plain)
}

fn ranking_subtitle(graph: &ReferenceGraph, shown: &[WorkId]) -> String {
    let whole = "Works of the corpus and works they cite".to_owned();
    [Some(whole), years(graph, shown)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn name(measure: analyze::Measure) -> &'static str {
    match measure {
        analyze::Measure::InDegree => "citing works",
        analyze::Measure::OutDegree => "cited works",
        analyze::Measure::PageRank => "PageRank",
        analyze::Measure::HitsAuthority => "HITS authority",
        analyze::Measure::HitsHub => "HITS hub score",
        analyze::Measure::Betweenness => "betweenness",
    }
}

/// The definition without the name, which stands before it already.
fn definition(measure: analyze::Measure) -> String {
    let whole = measure.definition().trim_end_matches('.');
    whole.split_once(": ").map_or(whole, |(_, rest)| rest).to_owned()
}

fn corrected_note(picture: &Picture) -> Option<String> {
    let mut reasons: Vec<&str> = Vec::new();
    for link in picture.links.iter().filter(|link| !link.tooltip.is_empty()) {
        if !reasons.contains(&link.tooltip.as_str()) {
            reasons.push(&link.tooltip);
        }
    }
    (!reasons.is_empty()).then(|| format!("Corrected: {}.", reasons.join("; ")))
}
