//! One work in, who refers to it out: work by work through time, and counted by year.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Issuer;
use crate::graph::ReferenceGraph;
use crate::model::{Language, PartialDate, Relation, WorkId};

/// One work that refers to the work in question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citing {
    /// Its id.
    pub id: WorkId,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Who issued it.
    pub issuer: Issuer,
    /// The languages of those of its documents that refer to the work.
    pub languages: BTreeSet<Language>,
    /// How it refers, in the order of [`Relation::ALL`], of which the first says most.
    pub relations: Vec<Relation>,
    /// In how many passages, those of several language versions counted apart.
    pub mentions: usize,
}

/// Who refers to a work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ego {
    /// The work in question.
    pub work: WorkId,
    /// The works that refer to it, the oldest first and undated ones last, then by id.
    pub citing: Vec<Citing>,
}

/// Who refers to the work of an id; none if the graph does not hold it. Linear in its edges but for the sorting.
///
/// What a work says of itself is left out. Parallel edges make one entry with several relations.
pub fn ego(graph: &ReferenceGraph, work: &WorkId) -> Option<Ego> {
    graph.work(work)?;
    let mut citing: BTreeMap<&WorkId, Citing> = BTreeMap::new();
    for edge in graph
        .who_cites(work)
        .into_iter()
        .filter(|edge| edge.citing != *work)
    {
        let Some(from) = graph.work(&edge.citing) else {
            continue;
        };
        let entry = citing.entry(&from.id).or_insert_with(|| Citing {
            id: from.id.clone(),
            date: from.date,
            issuer: Issuer::of(from),
            languages: BTreeSet::new(),
            relations: Vec::new(),
            mentions: 0,
        });
        entry.relations.push(edge.relation);
        entry.mentions += edge.evidence.len();
        entry
            .languages
            .extend(edge.evidence.iter().map(|one| one.language));
    }
    let mut citing: Vec<Citing> = citing.into_values().collect();
    citing.iter_mut().for_each(|one| {
        one.relations.sort_unstable();
        one.relations.dedup();
    });
    // Stable, and the works come in order of id.
    citing.sort_by_key(|one| (one.date.is_none(), one.date));
    Some(Ego {
        work: work.clone(),
        citing,
    })
}

/// How many works of a year refer to the work in question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Year {
    /// The year; none for works without a date.
    pub year: Option<u16>,
    /// How many works.
    pub works: usize,
    /// In how many passages.
    pub mentions: usize,
    /// The works by what says most of how they refer, each counted once.
    pub by_relation: BTreeMap<Relation, usize>,
}

impl Ego {
    /// The references by year, from the first year with any to the last, those between without any too; undated ones last.
    pub fn by_year(&self) -> Vec<Year> {
        let mut years: BTreeMap<(bool, u16), Year> = BTreeMap::new();
        let dated = || {
            self.citing
                .iter()
                .filter_map(|one| one.date)
                .map(PartialDate::years)
        };
        if let (Some(first), Some(last)) = (dated().min(), dated().max()) {
            years.extend((first..=last).map(|year| ((false, year), Year::empty(Some(year)))));
        }
        for one in &self.citing {
            let year = one.date.map(PartialDate::years);
            let key = (year.is_none(), year.unwrap_or(0));
            let entry = years.entry(key).or_insert_with(|| Year::empty(year));
            entry.works += 1;
            entry.mentions += one.mentions;
            if let Some(relation) = one.relations.first() {
                *entry.by_relation.entry(*relation).or_default() += 1;
            }
        }
        years.into_values().collect()
    }
}

impl Year {
    fn empty(year: Option<u16>) -> Self {
        Self {
            year,
            works: 0,
            mentions: 0,
            by_relation: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::fixtures::{dated, edge};
    use crate::model::{Kind, Work};

    fn graph() -> ReferenceGraph {
        let works = vec![
            dated("I", 2015),
            dated("B", 2019),
            dated("A", 2016),
            dated("C", 2019),
            Work::new(WorkId::new("U"), Kind::CouncilDocument, "U"),
        ];
        let edges = vec![
            edge("B", "I", Relation::Cites),
            edge("B", "I", Relation::Recalls),
            edge("A", "I", Relation::Implements),
            edge("C", "I", Relation::Cites),
            edge("U", "I", Relation::Cites),
            edge("C", "A", Relation::Cites),
            edge("I", "I", Relation::Itself),
        ];
        ReferenceGraph::new(works, edges)
    }

    #[test]
    fn who_refers_comes_in_order_of_time_with_all_relations() {
        let found = ego(&graph(), &WorkId::new("I")).unwrap();
        let shown: Vec<_> = found
            .citing
            .iter()
            .map(|one| (one.id.as_str(), one.relations.as_slice()))
            .collect();
        assert_eq!(
            shown,
            [
                ("A", &[Relation::Implements][..]),
                ("B", &[Relation::Recalls, Relation::Cites]),
                ("C", &[Relation::Cites]),
                ("U", &[Relation::Cites])
            ]
        );
        assert_eq!(ego(&graph(), &WorkId::new("X")), None);
    }

    #[test]
    fn years_without_references_are_counted_as_well_and_each_work_once() {
        let years = ego(&graph(), &WorkId::new("I")).unwrap().by_year();
        let shown: Vec<_> = years.iter().map(|year| (year.year, year.works)).collect();
        assert_eq!(
            shown,
            [
                (Some(2016), 1),
                (Some(2017), 0),
                (Some(2018), 0),
                (Some(2019), 2),
                (None, 1)
            ]
        );
        assert_eq!(
            years[3].by_relation,
            BTreeMap::from([(Relation::Recalls, 1), (Relation::Cites, 1)])
        );
    }
}
