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
/// Where it holds more works than the scope allows, the focus stays first, then what the headline counts, then the longest chain, then documents of the
/// corpus, then what is cited most and nearest; a note says how many works and references are hidden.
pub fn lineage_picture(graph: &ReferenceGraph, lineage: &Lineage, scope: &Scope) -> Picture {
    plan::fitted(scope.limit.min(lineage.members.len()), scope.plan.page, |limit| {
        let shown = shown(graph, lineage, limit);
        let mut picture = lineage_of(graph, lineage, &shown, scope);
        if shown.len() < lineage.members.len() {
            let summed_up = plan::add_stubs(&mut picture, graph, lineage);
            picture.lanes = plan::lanes(graph, &picture, scope.plan.grouping, &summed_up);
            picture.notes.insert(1, words::SELECTION.to_owned());
            let on_cards = summed_up.iter().map(Vec::len).sum();
            picture.notes.splice(
                1..1,
                words::summed_up(on_cards, lineage.members.len() - shown.len()),
            );
        }
        picture
    })
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
            lineage_of(graph, lineage, shown, scope)
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
    for (card, entry) in picture.cards.iter_mut().zip(top) {
        let label = value_label(ranking.measure, entry.value);
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
    picture
}

/// The whole graph as one picture, with every reference.
pub fn graph_picture(graph: &ReferenceGraph, scope: &Scope) -> Picture {
    let shown: Vec<WorkId> = graph.works().map(|work| work.id.clone()).collect();
    Picture {
        notes: Vec::new(),
        ..scene(graph, &shown, &[], scope)
    }
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
        lanes: plan::lanes(graph, &picture, scope.plan.grouping, &[]),
        ..picture
    }
}

/// Tells each card how far away it is, and the picture which of them are the longest chain. A single step is none.
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
    picture.chain = chain.filter(|chain| chain.len() > 2).unwrap_or_default();
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
    match measure {
        analyze::Measure::InDegree | analyze::Measure::OutDegree => format!("{value:.0}"),
        _ => format!("{value:.4}"),
    }
}

/// The ids to show, in order of id.
fn shown(graph: &ReferenceGraph, lineage: &Lineage, limit: usize) -> Vec<WorkId> {
    let chain: BTreeSet<&WorkId> = lineage.longest_chain.iter().collect();
    let named = in_headline(lineage);
    let mut cited: BTreeMap<&WorkId, usize> = BTreeMap::new();
    lineage
        .edges
        .iter()
        .for_each(|(_, to, _)| *cited.entry(to).or_default() += 1);
    let is_focus = |member: &Member| lineage.focus.contains(&member.id);
    let precedence = |member: &&Member| {
        let in_corpus = graph.work(&member.id).is_some_and(|work| work.in_corpus);
        let cited = cited.get(&member.id).copied().unwrap_or(0);
        (
            !is_focus(member),
            !named.contains(&member.id),
            !chain.contains(&member.id),
            !in_corpus,
            Reverse(cited),
            member.depth.unsigned_abs(),
        )
    };
    let mut members: Vec<&Member> = lineage.members.iter().collect();
    // Stable, and members come in order of depth and id.
    members.sort_by_key(precedence);
    let mut ids: Vec<WorkId> = members
        .into_iter()
        .take(limit.max(lineage.focus.len()))
        .map(|m| m.id.clone())
        .collect();
    ids.sort();
    ids
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
        let counted = format!(
            "{} share the first place by {}",
            counted(tied.len(), "work"),
            name(ranking.measure)
        );
        return if is_short(&named) { named } else { counted };
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
