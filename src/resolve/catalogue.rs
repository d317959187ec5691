//! Nodes in, nodes with what the tables know of them out: names, dates, other identifiers, what they replaced.

use std::collections::BTreeMap;

use super::aliases::Aliases;
use super::{add_name, describe};
use crate::model::{Language, PartialDate, Relation, Work, WorkId};
use crate::tables::{Instrument, KnownWork, Tables};

type Nodes = BTreeMap<WorkId, Work>;

/// Gives all nodes what the tables know of them.
pub(super) fn describe(nodes: &mut Nodes, tables: &Tables, aliases: &Aliases) {
    for row in &tables.instruments {
        match nodes.get_mut(aliases.node(&row.id)) {
            Some(work) => name_instrument(work, row),
            None => name_number(nodes, row, aliases),
        }
    }
    for work in nodes.values_mut() {
        if let Some(row) = known_work(work, tables) {
            name_work(work, row);
        }
    }
}

/// The row of a node by its id or another of its numbers.
fn known_work(work: &Work, tables: &Tables) -> Option<KnownWork> {
    let ids = [&work.id].into_iter().chain(&work.identifiers);
    ids.filter_map(|id| tables.catalogue().work(id)).next()
}

fn name_instrument(work: &mut Work, row: &Instrument) {
    if describe::kind(&work.id).is_none() {
        work.kind = row.kind;
        let english = row.names.get(&Language::ENGLISH).and_then(|names| names.first());
        work.label = english.unwrap_or(&work.label).clone();
    }
    work.identifiers.extend(row.identifiers.iter().cloned());
    add_row(work, row);
}

/// The instrument is mentioned by its number alone.
fn name_number(nodes: &mut Nodes, row: &Instrument, aliases: &Aliases) {
    for id in &row.identifiers {
        if let Some(work) = nodes.get_mut(aliases.node(id)) {
            add_row(work, row);
        }
    }
}

fn add_row(work: &mut Work, row: &Instrument) {
    for (language, names) in &row.names {
        names.iter().for_each(|name| add_name(work, *language, name));
    }
    add_date(work, row.date);
    work.url = work.url.take().or_else(|| row.url.clone());
    if work.id != row.id {
        work.identifiers.push(row.id.clone());
    }
    work.about.extend(row.about.iter().cloned());
    add_relation(work, Relation::Repeals, &row.replaces);
}

fn name_work(work: &mut Work, row: KnownWork) {
    for (language, titles) in &row.titles {
        titles.iter().for_each(|title| add_name(work, *language, title));
    }
    add_date(work, row.date);
    for (relation, works) in &row.relations {
        add_relation(work, *relation, works);
    }
    work.identifiers.extend(row.identifiers);
}

/// A full date stays; what the tables know stands before a year alone.
fn add_date(work: &mut Work, known: Option<PartialDate>) {
    work.date = work.date.filter(|date| date.is_full()).or(known).or(work.date);
}

fn add_relation(work: &mut Work, relation: Relation, works: &[WorkId]) {
    if works.is_empty() {
        return;
    }
    let known = work.relations.entry(relation).or_default();
    known.extend(works.iter().cloned());
    known.sort();
    known.dedup();
}
