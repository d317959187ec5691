//! The data is held to the same care as code: sorted, unique, complete, nothing empty.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use citegraph::model::Language;
use citegraph::recognize::key;
use citegraph::tables::{Instrument, Tables};
use toml::{Table, Value};

/// The parsed files of a folder below data/, by name.
fn folder(name: &str) -> Vec<(String, Table)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    let parsed = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap().parse().unwrap())
    };
    paths.iter().map(parsed).collect()
}

/// Every list of a table with the path of its key. Rows (witnesses) are no lists.
fn lists<'a>(path: &str, value: &'a Value, found: &mut Vec<(String, &'a [Value])>) {
    match value {
        Value::Table(table) => table
            .iter()
            .for_each(|(key, value)| lists(&format!("{path}.{key}"), value, found)),
        Value::Array(list) if list.first().is_some_and(Value::is_array) => {
            list.iter()
                .enumerate()
                .for_each(|(at, value)| lists(&format!("{path}[{at}]"), value, found));
        }
        Value::Array(list) if !list.first().is_some_and(Value::is_table) => {
            found.push((path.to_owned(), list))
        }
        _ => {}
    }
}

fn lists_of(table: &Table) -> Vec<(String, &[Value])> {
    let mut found = Vec::new();
    table
        .iter()
        .for_each(|(key, value)| lists(key, value, &mut found));
    found
}

fn nothing(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn all_languages_have_the_same_keys() {
    let keys = |table: &Table| {
        lists_of(table)
            .into_iter()
            .map(|(path, _)| path)
            .collect::<BTreeSet<_>>()
    };
    let tables = folder("languages");
    assert_eq!(tables.len(), 24);
    let english = keys(&tables.iter().find(|(code, _)| code == "en").unwrap().1);
    for (code, table) in &tables {
        assert_eq!(keys(table), english, "{code}");
    }
}

#[test]
fn no_word_of_a_language_is_empty_or_stands_twice_in_its_list() {
    let mut wrong = Vec::new();
    for (code, table) in folder("languages") {
        for (path, list) in lists_of(&table) {
            let mut seen = BTreeSet::new();
            for word in list.iter().filter_map(Value::as_str) {
                // What is glued to a day may begin with a blank ("18 d.").
                let bare = if path == "date.day_suffix" {
                    word.trim_start()
                } else {
                    word
                };
                if bare.is_empty() || bare.trim() != bare {
                    wrong.push(format!(
                        "{code} {path}: {word:?} is empty or has blanks around it"
                    ));
                }
                if !seen.insert(word) {
                    wrong.push(format!("{code} {path}: {word:?} stands twice"));
                }
            }
        }
    }
    nothing(wrong);
}

#[test]
fn every_language_names_twelve_months_and_has_its_witnesses() {
    let tables = Tables::builtin().unwrap();
    let mut wrong = Vec::new();
    for table in tables.languages() {
        for (at, month) in table.date.months.iter().enumerate() {
            if month.is_empty() {
                wrong.push(format!("{}: month {} has no name", table.code, at + 1));
            }
        }
        let (found, missed) = (table.witness.len(), table.near_miss.len());
        if found < 5 || missed < 1 {
            wrong.push(format!("{}: {found} witnesses, {missed} near misses", table.code));
        }
    }
    nothing(wrong);
}

#[test]
fn instruments_stand_in_order_of_id_and_once() {
    let mut wrong = Vec::new();
    let mut all = BTreeSet::new();
    for (file, table) in folder("instruments") {
        let rows = table
            .get("instrument")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let ids: Vec<String> = rows
            .iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect();
        wrong.extend(
            ids.windows(2)
                .filter(|w| w[0] >= w[1])
                .map(|w| format!("{file}: {} before {}", w[0], w[1])),
        );
        wrong.extend(
            ids.into_iter()
                .filter(|id| !all.insert(id.clone()))
                .map(|id| format!("{file}: {id} stands twice")),
        );
    }
    nothing(wrong);
}

#[test]
fn every_instrument_has_names_a_witness_and_a_near_miss() {
    let tables = Tables::builtin().unwrap();
    let mut wrong = Vec::new();
    for row in &tables.instruments {
        let names = row.names.values().flatten().count();
        if names == 0 || row.witness.is_empty() || row.near_miss.is_empty() {
            let (found, missed) = (row.witness.len(), row.near_miss.len());
            wrong.push(format!(
                "{}: {names} names, {found} witnesses, {missed} near misses",
                row.id
            ));
        }
    }
    nothing(wrong);
}

#[test]
fn no_name_of_an_instrument_is_empty_or_stands_twice_in_its_language() {
    let tables = Tables::builtin().unwrap();
    let mut wrong = Vec::new();
    for row in &tables.instruments {
        for (language, names) in &row.names {
            let mut seen = BTreeSet::new();
            for name in names {
                if key(name).is_empty() || !seen.insert(name) {
                    wrong.push(format!("{} {language}: {name:?}", row.id));
                }
            }
        }
    }
    nothing(wrong);
}

/// Two instruments of one name can be told apart only by their dates.
#[test]
fn a_name_that_two_instruments_share_is_told_apart_by_dates() {
    let tables = Tables::builtin().unwrap();
    let mut owners: BTreeMap<(Language, String), Vec<&Instrument>> = BTreeMap::new();
    for row in &tables.instruments {
        for (language, names) in &row.names {
            for name in names {
                let owners = owners.entry((*language, key(name))).or_default();
                if owners.last().is_none_or(|last| last.id != row.id) {
                    owners.push(row);
                }
            }
        }
    }
    let shared = owners
        .into_iter()
        .filter(|(_, rows)| rows.len() > 1 && rows.iter().any(|row| row.date.is_none()));
    let told = |((language, key), rows): ((Language, String), Vec<&Instrument>)| {
        let ids: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
        format!("{language} {key}: {}", ids.join(", "))
    };
    nothing(shared.map(told).collect());
}

#[test]
fn every_family_has_witnesses_and_near_misses_and_its_own_name() {
    let tables = Tables::builtin().unwrap();
    let mut names = BTreeSet::new();
    for row in tables.families.rows.iter().chain(&tables.addresses.rows) {
        assert!(
            !row.witness.is_empty() && !row.near_miss.is_empty(),
            "{}",
            row.name
        );
        assert!(names.insert(&row.name), "{} stands twice", row.name);
    }
}

#[test]
fn the_catalogue_is_sorted_and_its_ids_are_unique() {
    let tables = Tables::builtin().unwrap();
    let ids: Vec<&str> = tables.conclusions.iter().map(|row| row.id.as_str()).collect();
    let wrong = ids
        .windows(2)
        .filter(|w| w[0] >= w[1])
        .map(|w| format!("{} before {}", w[0], w[1]));
    nothing(wrong.collect());
}
