//! Who refers to one work: an [`Ego`] in, lanes along time or columns by year out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Scope, corrected_note, label, scene};
use crate::analyze::{Citing, Ego, Year};
use crate::draw::picture::{Columns, Lane, Picture, View};
use crate::draw::plan;
use crate::draw::words::{self, counted};
use crate::graph::ReferenceGraph;
use crate::model::{PartialDate, WorkId};

/// What the lanes of a picture have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EgoLanes {
    /// Who issued the works, in the order of protocol.
    #[default]
    Issuer,
    /// The languages of the documents that refer; a work of several languages is in several lanes.
    Language,
}

/// Who refers to a work, through time, in lanes.
///
/// Where more refer to it than the scope allows, those with the most passages stay; a note says how many are hidden.
pub fn ego_picture(graph: &ReferenceGraph, ego: &Ego, lanes: EgoLanes, scope: &Scope) -> Picture {
    plan::fitted(scope.limit.min(ego.citing.len()), scope.plan.page, |limit| {
        lanes_of(graph, ego, (lanes, limit), scope)
    })
}

fn lanes_of(
    graph: &ReferenceGraph,
    ego: &Ego,
    (grouping, limit): (EgoLanes, usize),
    scope: &Scope,
) -> Picture {
    let shown = most_telling(ego, limit);
    let mut picture = referring(graph, ego, &shown, scope);
    for (card, one) in picture.cards.iter_mut().skip(1).zip(&shown) {
        card.languages = one.languages.iter().map(|language| language.code()).collect();
    }
    picture.view = View::Lanes(lanes(&shown, grouping));
    picture.title = ego_title(graph, ego);
    picture.subtitle = ego_subtitle(graph, ego, grouping, scope);
    picture
}

/// How many works refer to a work, by year.
pub fn timeline_picture(graph: &ReferenceGraph, ego: &Ego, scope: &Scope) -> Picture {
    let all: Vec<&Citing> = ego.citing.iter().collect();
    let mut picture = referring(graph, ego, &all, scope);
    let years = ego.by_year();
    let counts = |year: &Year| {
        year.by_relation
            .iter()
            .map(|(relation, works)| (*relation, *works))
            .collect()
    };
    picture.view = View::Columns(Columns {
        counted: "citing works".to_owned(),
        years: years
            .iter()
            .filter_map(|year| Some((year.year?, counts(year))))
            .collect(),
        undated: years
            .iter()
            .find(|year| year.year.is_none())
            .map(counts)
            .unwrap_or_default(),
    });
    picture.title = timeline_title(graph, ego, &years);
    picture.subtitle = joined([
        dated(graph, ego, scope),
        Some("each work counted once, by the relation that says most".to_owned()),
    ]);
    picture
}

/// The work and those that refer to it, with the references between the two and no others.
fn referring(graph: &ReferenceGraph, ego: &Ego, shown: &[&Citing], scope: &Scope) -> Picture {
    let focus = [ego.work.clone()];
    let ids: Vec<WorkId> = focus
        .iter()
        .chain(shown.iter().map(|one| &one.id))
        .cloned()
        .collect();
    let mut picture = scene(graph, &ids, &focus, scope);
    picture.links.retain(|link| link.cited == 0 && link.citing != 0);
    let hidden: usize = ego.citing.iter().map(|one| one.relations.len()).sum::<usize>() - picture.links.len();
    picture.notes = (hidden > 0)
        .then(|| words::shown(shown.len(), ego.citing.len(), hidden))
        .into_iter()
        .chain(corrected_note(&picture))
        .collect();
    picture
}

/// The works with the most passages, in order of time.
fn most_telling(ego: &Ego, limit: usize) -> Vec<&Citing> {
    let mut places: Vec<usize> = (0..ego.citing.len()).collect();
    places.sort_by_key(|place| Reverse(ego.citing[*place].mentions));
    places.truncate(limit);
    places.sort_unstable();
    places.into_iter().map(|place| &ego.citing[place]).collect()
}

/// The lanes; the cards are the works shown, after that of the work in question.
fn lanes(shown: &[&Citing], grouping: EgoLanes) -> Vec<Lane> {
    let mut lanes: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (place, one) in shown.iter().enumerate() {
        match grouping {
            EgoLanes::Issuer => lanes
                .entry((one.issuer as usize, one.issuer.name()))
                .or_default()
                .push(place + 1),
            EgoLanes::Language => {
                for language in &one.languages {
                    lanes
                        .entry((language.index(), language.name()))
                        .or_default()
                        .push(place + 1);
                }
            }
        }
    }
    let lane = |((_, name), cards): ((usize, &str), Vec<usize>)| Lane {
        name: name.to_owned(),
        cards,
    };
    lanes.into_iter().map(lane).collect()
}

fn ego_title(graph: &ReferenceGraph, ego: &Ego) -> String {
    let name = label(graph, &ego.work);
    let dates = || {
        ego.citing
            .iter()
            .filter_map(|one| one.date)
            .map(PartialDate::years)
    };
    let refer = words::refer(ego.citing.len(), &name);
    match (dates().min(), dates().max()) {
        (Some(first), Some(last)) if first < last => format!("{refer}, from {first} to {last}"),
        (Some(year), _) => format!("{refer}, in {year}"),
        _ => refer,
    }
}

fn ego_subtitle(graph: &ReferenceGraph, ego: &Ego, grouping: EgoLanes, scope: &Scope) -> String {
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    ego.citing
        .iter()
        .flat_map(|one| &one.languages)
        .for_each(|one| *languages.entry(one.code()).or_default() += 1);
    let spoken: Vec<String> = languages
        .iter()
        .map(|(code, works)| format!("{code} {works}"))
        .collect();
    let lanes = match grouping {
        EgoLanes::Issuer => "lanes by body, in order of protocol",
        EgoLanes::Language => "lanes by language of the documents that refer",
    };
    joined([
        dated(graph, ego, scope),
        Some(lanes.to_owned()),
        (!spoken.is_empty()).then(|| format!("works by language: {}", spoken.join(", "))),
    ])
}

/// The name of the work in the language asked for, and its date.
fn dated(graph: &ReferenceGraph, ego: &Ego, scope: &Scope) -> Option<String> {
    let work = graph.work(&ego.work)?;
    let name = work.name(scope.language).unwrap_or(&work.label);
    let date = work
        .date
        .map(|date| format!(", {}", words::date(date)))
        .unwrap_or_default();
    Some(format!("References to {name}{date}"))
}

fn timeline_title(graph: &ReferenceGraph, ego: &Ego, years: &[Year]) -> String {
    let refer = words::refer(ego.citing.len(), &label(graph, &ego.work));
    let dated = || years.iter().filter(|year| year.year.is_some());
    let most = dated().map(|year| year.works).max().unwrap_or(0);
    let peaks: Vec<u16> = dated()
        .filter(|year| year.works == most)
        .filter_map(|year| year.year)
        .collect();
    match peaks.as_slice() {
        [peak] if most < ego.citing.len() => format!("{refer}, most in {peak} ({most})"),
        [only] => format!("{refer}, in {only}"),
        [one, other] if 2 * most < ego.citing.len() => {
            format!("{refer}, most in {one} and {other} ({most} each)")
        }
        [_, ..] => format!(
            "{refer}, at most {} a year",
            counted(most, "work").replace(" works", "").replace(" work", "")
        ),
        [] => refer,
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
