//! The data is held to the same care as code: sorted, unique, complete, nothing empty.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use citegraph::model::{Language, PartialDate, WorkId};
use citegraph::recognize::key;
use citegraph::resolve::kind as kind_of;
use citegraph::tables::{
    Catalogue, CatalogueFile, FamilyRow, Instrument, KnownConclusions, LanguageTable, SecurityCouncil, Tables,
};
use regex::Regex;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// The files of a folder below data/.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("data")
        .join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    paths
}

/// The parsed files of a folder below data/, by name.
fn folder(name: &str) -> Vec<(String, Table)> {
    let parsed = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap().parse().unwrap())
    };
    files(name).iter().map(parsed).collect()
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
        // Of rows the key alone is told: a language may have none.
        Value::Array(list) if list.first().is_some_and(Value::is_table) => {
            found.push((path.to_owned(), &[]));
        }
        Value::Array(list) => found.push((path.to_owned(), list)),
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

/// The noun of a name and its adjectives go through the same cases.
#[test]
fn the_rows_of_a_declension_have_as_many_endings() {
    let tables = Tables::builtin().unwrap();
    let mut wrong = Vec::new();
    for table in tables.languages() {
        for declension in &table.declension {
            let cases = |row: &String| row.split(' ').count();
            let agreeing = declension.adjective.iter().chain(&declension.behind);
            let fit = |row: &&String| declension.noun.iter().all(|noun| cases(noun) == cases(row));
            wrong.extend(
                agreeing
                    .filter(|row| !fit(row))
                    .map(|row| format!("{}: {row}", table.code)),
            );
            let alone = declension
                .noun
                .iter()
                .filter(|noun| cases(noun) < 2 || noun.contains("  "));
            wrong.extend(alone.map(|noun| format!("{}: {noun}", table.code)));
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

/// A family of which the pattern does not compile would find nothing.
#[test]
fn every_pattern_of_a_family_compiles() {
    let tables = Tables::builtin().unwrap();
    let rows = tables.families.rows.iter().chain(&tables.addresses.rows);
    let patterns = rows.flat_map(|row| [Some(&row.pattern), row.list.as_ref()].map(|p| (&row.name, p)));
    let wrong = patterns.filter_map(|(name, pattern)| {
        let error = Regex::new(pattern?).err()?;
        Some(format!("{name}: {error}"))
    });
    nothing(wrong.collect());
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Families {
    #[serde(rename = "security_council")]
    _security_council: SecurityCouncil,
    #[serde(rename = "family")]
    _family: Vec<FamilyRow>,
    #[serde(rename = "address")]
    _address: Vec<FamilyRow>,
}

/// The program reads the tables as JSON: of the TOML a fault is told by its line.
#[test]
fn every_file_is_what_its_place_asks_for() {
    let is_dated = |file: &PathBuf| file.ends_with("conclusions.toml");
    let (dated, numbered): (Vec<PathBuf>, Vec<PathBuf>) = files("catalogue").into_iter().partition(is_dated);
    let wrong = [
        faults::<LanguageTable>(files("languages")),
        faults::<BTreeMap<String, Vec<Instrument>>>(files("instruments")),
        faults::<Families>(files("families")),
        faults::<CatalogueFile>(numbered),
        faults::<BTreeMap<String, Vec<KnownConclusions>>>(dated),
    ];
    nothing(wrong.concat());
}

fn faults<T: DeserializeOwned>(files: Vec<PathBuf>) -> Vec<String> {
    let read = |file: &PathBuf| toml::from_str::<T>(&fs::read_to_string(file).unwrap());
    let fault = |file: &PathBuf| Some(format!("{}: {}", file.display(), read(file).err()?));
    files.iter().filter_map(fault).collect()
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

/// The year that an id of this form bears.
fn year_of_id(id: &str) -> Option<u16> {
    let parts: Vec<&str> = id.split('-').collect();
    match parts.as_slice() {
        ["ST", _, year, ..] | ["COM" | "JOIN" | "SWD", year, _] | ["UN", "S", "RES", _, year] => {
            year.parse().ok()
        }
        ["EUCO", "CONCLUSIONS", year, ..] => year.parse().ok(),
        [celex] if celex.starts_with('3') => celex.get(1..5)?.parse().ok(),
        _ => None,
    }
}

/// An act of the last months of a year may bear the year in which it was published; so may a few documents.
fn fits_year(id: &str, date: PartialDate) -> bool {
    let published_later = date.months().is_none_or(|month| month >= 10);
    year_of_id(id).is_none_or(|year| {
        year == date.years() || (year == date.years() + 1 && published_later) || LATER.contains(&id)
    })
}

/// What was adopted or given out in the year after that of its number.
const LATER: [&str; 3] = ["32002L0095", "32002L0096", "COM-2000-890"];

/// What was done on a Sunday all the same.
const SUNDAYS: [&str; 5] = [
    "31998R0974",
    "UN-A-RES-79-1",
    "UN-S-RES-2623-2022",
    "UN-S-RES-425-1978",
    "UN-S-RES-940-1994",
];

#[test]
fn works_of_the_catalogue_stand_in_order_and_once_with_a_title() {
    let mut wrong = Vec::new();
    let mut all = BTreeSet::new();
    let mut places = BTreeMap::new();
    for CatalogueFile { works, .. } in Catalogue::files().unwrap() {
        wrong.extend(
            works
                .windows(2)
                .filter(|w| w[0].id >= w[1].id)
                .map(|w| format!("{} before {}", w[0].id, w[1].id)),
        );
        for work in works {
            if work
                .titles
                .get(&Language::ENGLISH)
                .is_none_or(|titles| titles.iter().all(String::is_empty))
            {
                wrong.push(format!("{}: no title in English", work.id));
            }
            for place in work.identifiers {
                if let Some(other) = places.insert(place.clone(), work.id.clone()) {
                    wrong.push(format!("{place} is of {other} and of {}", work.id));
                }
            }
            if !all.insert(work.id.clone()) {
                wrong.push(format!("{} stands twice", work.id));
            }
        }
    }
    assert!(all.len() >= 1500, "{} works", all.len());
    nothing(wrong);
}

#[test]
fn kinds_and_dates_of_the_catalogue_fit_the_ids() {
    let mut wrong = Vec::new();
    for CatalogueFile { kind, works } in Catalogue::files().unwrap() {
        for work in works {
            let id = work.id.as_str();
            if kind_of(&work.id) != Some(kind) {
                wrong.push(format!("{id} is no {kind}"));
            }
            if work.date.is_some_and(|date| !fits_year(id, date)) {
                wrong.push(format!("{id}: the date is of another year"));
            }
            let sunday = work.date.and_then(PartialDate::weekday) == Some("Sunday");
            if sunday != SUNDAYS.contains(&id) {
                wrong.push(format!("{id}: a Sunday, or none although it is listed"));
            }
            let journal = |other: &&WorkId| !is_published_after(other, work.date);
            wrong.extend(
                work.identifiers
                    .iter()
                    .filter(journal)
                    .map(|other| format!("{id}: {other} is older")),
            );
        }
    }
    nothing(wrong);
}

/// Whether a place in the Official Journal is of the day of the act or later, and the ECLI of a judgment of its year.
fn is_published_after(place: &WorkId, adopted: Option<PartialDate>) -> bool {
    let parts: Vec<&str> = place.as_str().split('-').collect();
    let published = match parts.as_slice() {
        ["OJ", _, _, year, month, day, _] => PartialDate::parse(&format!("{year}-{month}-{day}")),
        ["OJ", _, year, _] | ["OJ", _, year, _, _] => PartialDate::parse(year),
        ["ECLI", "EU", "C" | "T", year, _] => {
            return adopted.map(PartialDate::years) == year.parse().ok();
        }
        _ => None,
    };
    published.is_some_and(|published| adopted.is_none_or(|adopted| !adopted.is_surely_after(published)))
}

#[test]
fn relations_of_the_catalogue_point_to_older_works() {
    let mut wrong = Vec::new();
    let files = Catalogue::files().unwrap();
    let works: BTreeMap<_, _> = files
        .iter()
        .flat_map(|file| &file.works)
        .map(|w| (&w.id, w))
        .collect();
    for work in works.values() {
        for other in work.relations.values().flatten() {
            let older = works
                .get(other)
                .and_then(|o| o.date)
                .zip(work.date)
                .is_none_or(|(o, d)| o <= d);
            if kind_of(other) != kind_of(&work.id) || other == &work.id || !older {
                wrong.push(format!("{} -> {other}", work.id));
            }
        }
    }
    nothing(wrong);
}

/// Of two works that bear one identifier the catalogue would know one.
#[test]
fn the_catalogue_finds_each_work_by_all_that_it_bears() {
    let tables = Tables::builtin().unwrap();
    let catalogue = tables.catalogue();
    let mut wrong = Vec::new();
    for work in Catalogue::files()
        .unwrap()
        .into_iter()
        .flat_map(|file| file.works)
    {
        let mut others = work.identifiers.iter();
        if catalogue.work(&work.id) != Some(&work)
            || others.any(|other| catalogue.known_as(other) != Some(&work.id))
        {
            wrong.push(work.id.to_string());
        }
    }
    nothing(wrong);
}

/// Numbers of newer editions of an instrument that bears the date of its first.
const EDITIONS: [&str; 2] = ["32021R1173", "ST-14413-2018"];

/// Two tables that were written apart must say the same.
#[test]
fn instruments_and_the_catalogue_agree_on_dates() {
    let tables = Tables::builtin().unwrap();
    let mut wrong = Vec::new();
    for row in &tables.instruments {
        for known in row
            .identifiers
            .iter()
            .filter_map(|id| tables.catalogue().work(id))
        {
            if let (Some(a), Some(b)) = (row.date, known.date)
                && !a.is_compatible(b)
                && !EDITIONS.contains(&known.id.as_str())
            {
                wrong.push(format!("{}: {a}, but {} of the catalogue: {b}", row.id, known.id));
            }
        }
    }
    nothing(wrong);
}
