//! Nodes in, nodes with what the tables know of them out: names, dates, other identifiers, what they replaced.

use std::collections::BTreeMap;

use super::aliases::Aliases;
use super::describe;
use super::nodes::add_name;
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
fn known_work<'t>(work: &Work, tables: &'t Tables) -> Option<&'t KnownWork> {
    let mut ids = [&work.id].into_iter().chain(&work.identifiers);
    ids.find_map(|id| tables.catalogue().work(id))
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

fn name_work(work: &mut Work, row: &KnownWork) {
    for (language, titles) in &row.titles {
        titles.iter().for_each(|title| add_name(work, *language, title));
    }
    add_date(work, row.date);
    for (relation, works) in &row.relations {
        add_relation(work, *relation, works);
    }
    work.identifiers.extend(row.identifiers.iter().cloned());
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

#[cfg(test)]
mod tests {
    use crate::model::{Language, Relation, Work};
    use crate::read;
    use crate::recognize::Recognizer;
    use crate::resolve::{Dates, resolve};
    use crate::tables::Tables;

    fn works(text: &str) -> Vec<Work> {
        let tables = Tables::builtin().unwrap();
        let recognizer = Recognizer::new(&tables);
        let text = format!("Brussels, 8 June 2025\n\n10289/25\n\n1. RECALLS {text}.");
        let document = read::read("a.txt", text.as_bytes(), &tables, None)
            .unwrap()
            .document;
        resolve(
            vec![recognizer.recognize(&document)],
            &tables,
            &recognizer,
            Dates::Corrected,
        )
        .works
    }

    fn work(text: &str, id: &str) -> Work {
        let works = works(text);
        let found = works.iter().find(|work| work.id.as_str() == id);
        found
            .unwrap_or_else(|| panic!("{id} is not among {works:?}"))
            .clone()
    }

    #[test]
    fn an_act_gets_its_day_its_names_and_what_it_repealed() {
        let act = work("Directive (EU) 2022/2555 once more", "32022L2555");
        assert_eq!(act.date.unwrap().to_string(), "2022-12-14");
        assert_eq!(act.name(Language::ENGLISH), Some("NIS2 Directive"));
        assert!(
            act.name(Language::parse("de").unwrap())
                .is_some_and(|name| name.contains("NIS"))
        );
        assert_eq!(act.relations[&Relation::Repeals][0].as_str(), "32016L1148");
    }

    #[test]
    fn the_proposal_of_an_act_is_another_work() {
        let act = work("Directive (EU) 2022/2555 and COM(2020) 823 final", "32022L2555");
        assert!(act.merged.is_empty());
        assert!(act.about.iter().any(|id| id.as_str() == "COM-2020-823"));
    }

    #[test]
    fn a_page_of_the_journal_is_the_act_that_begins_there() {
        let act = work("the rules (OJ L 119, 4.5.2016, p. 1) of that year", "32016R0679");
        assert_eq!(act.merged[0].id.as_str(), "OJ-L-119-2016-05-04-P1");
        let other = works("the rules (OJ L 119, 4.5.2016, p. 2) of that year");
        assert!(
            other
                .iter()
                .any(|work| work.id.as_str() == "OJ-L-119-2016-05-04-P2")
        );
    }

    #[test]
    fn a_wrong_page_beside_an_act_does_not_make_it_another() {
        let works = works("Directive (EU) 2022/2555 (OJ L 119, 4.5.2016, p. 1) of that year");
        let ids: Vec<&str> = works.iter().map(|work| work.id.as_str()).collect();
        assert!(
            ids.contains(&"32022L2555") && ids.contains(&"32016R0679"),
            "{ids:?}"
        );
    }
}
