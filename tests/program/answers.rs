//! What must come out of fixtures/corpus: see fixtures/README.md.

use super::{json_on_corpus, on_corpus, run};
use std::collections::BTreeSet;

fn cited_by(work: &str) -> BTreeSet<String> {
    let answer = json_on_corpus(&["cites", work]);
    answer["references"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["cited"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_work_is_found_by_whatever_people_call_it() {
    for (asked, id) in [
        ("ST-11406-2022", "ST-11406-2022"),
        ("st-11406-2022", "ST-11406-2022"),
        ("11406/22", "ST-11406-2022"),
        ("11406/2022", "ST-11406-2022"),
        ("st 11406/22", "ST-11406-2022"),
        ("Council conclusions of 18 July 2022", "ST-11406-2022"),
        ("15315/1/25 REV 1", "ST-15315-2025"),
        ("15315/25", "ST-15315-2025"),
        ("ST-15315-2025-REV-1", "ST-15315-2025"),
        ("Article 42(7) TEU", "TEU-42-7"),
        ("32019D0797", "32019D0797"),
        ("JOIN(2013) 1 final", "JOIN-2013-1"),
        ("Global Digital Compact", "global-digital-compact"),
    ] {
        assert_eq!(json_on_corpus(&["show", asked])["id"], id, "{asked}");
    }
}

#[test]
fn a_name_means_the_same_work_in_three_languages() {
    let ids: Vec<_> = [
        "Cyber Diplomacy Toolbox",
        "instrumentarium voor cyberdiplomatie",
        "cyberdiplomatiske værktøjskasse",
    ]
    .iter()
    .map(|name| json_on_corpus(&["show", name])["id"].clone())
    .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[test]
fn what_is_not_there_is_status_1_and_what_is_like_it_is_named() {
    let unknown = run(&["cites", "Global Digital Compct", "--from", "fixtures/corpus"]);
    assert_eq!(unknown.status, 1);
    assert!(
        unknown.out.is_empty()
            && unknown.err.contains("did you mean")
            && unknown.err.contains("global-digital-compact"),
        "{}",
        unknown.err
    );
    let ambiguous = run(&["show", "conclusions of", "--from", "fixtures/corpus"]);
    assert_eq!(ambiguous.status, 1);
    assert!(ambiguous.err.contains("fits"), "{}", ambiguous.err);
}

#[test]
fn a_part_of_a_name_is_taken_for_the_one_work_that_has_it_and_said_so() {
    let run = run(&["show", "Digital Compact", "--from", "fixtures/corpus"]);
    assert!(
        run.status == 0 && run.out.contains("global-digital-compact"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("is taken for global-digital-compact"),
        "{}",
        run.err
    );
}

#[test]
fn an_ambiguous_passage_is_listed_for_each_work_it_may_mean() {
    for work in ["11406/22", "11088/23"] {
        let possible = json_on_corpus(&["who-cites", work])["possible"].clone();
        assert_eq!(
            possible[0]["document"], "fixtures/corpus/9957-24-nl.txt",
            "{work}"
        );
        assert_eq!(
            possible[0]["candidates"],
            serde_json::json!(["ST-11088-2023", "ST-11406-2022"])
        );
    }
}

#[test]
fn lineage_reaches_the_oldest_work_by_a_correction_that_is_marked() {
    let lineage = json_on_corpus(&["lineage", "15315/25", "--ancestors"]);
    let members: BTreeSet<&str> = lineage["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["id"].as_str().unwrap())
        .collect();
    for id in ["ST-11406-2022", "ST-9364-2022", "ST-6122-2015"] {
        assert!(members.contains(id), "{id}");
    }
    let corrected = lineage["edges"]
        .as_array()
        .unwrap()
        .iter()
        .find(|edge| !edge["correction"].is_null())
        .unwrap();
    assert_eq!(
        (corrected["citing"].as_str(), corrected["cited"].as_str()),
        (Some("ST-15315-2025"), Some("ST-11406-2022"))
    );
    let table = on_corpus(&["lineage", "15315/25"]);
    assert!(
        table.contains("11406/22 *") && table.contains("18 June 2022"),
        "{table}"
    );
    let as_written = json_on_corpus(&["lineage", "15315/25", "--as-written"]);
    assert!(
        as_written["edges"]
            .as_array()
            .unwrap()
            .iter()
            .all(|edge| edge["correction"].is_null())
    );
}

#[test]
fn lineage_keeps_to_what_is_asked() {
    let lineage = json_on_corpus(&["lineage", "9364/22", "--descendants", "--depth", "1"]);
    let depths: BTreeSet<i64> = lineage["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["depth"].as_i64().unwrap())
        .collect();
    assert_eq!(depths, [0, 1].into());
    let ids = |arguments: &[&str]| json_on_corpus(arguments)["members"].as_array().unwrap().len();
    assert!(ids(&["lineage", "9364/22", "--since", "2020"]) < ids(&["lineage", "9364/22"]));
    assert!(ids(&["lineage", "9364/22", "--kind", "treaty"]) < ids(&["lineage", "9364/22"]));
    assert!(ids(&["lineage", "9364/22", "--relation", "recalls,builds-on"]) < ids(&["lineage", "9364/22"]));
}

#[test]
fn works_of_the_corpus_cite_each_other_as_the_table_says() {
    for (citing, cited) in [
        ("6122/15", ["ST-12109-2013"].as_slice()),
        ("14413/18", &["ST-10474-2017", "ST-14435-2017"]),
        ("10016/22", &["ST-10474-2017", "ST-9364-2022"]),
        ("11406/22", &["ST-7290-2021", "ST-9364-2022", "ST-10016-2022"]),
        ("9618/23", &["ST-14413-2018", "ST-9364-2022"]),
    ] {
        let found = cited_by(citing);
        cited
            .iter()
            .for_each(|id| assert!(found.contains(*id), "{citing}: {id}"));
    }
}

#[test]
fn check_names_the_saturday_and_strict_makes_it_an_alarm() {
    let diagnostics = json_on_corpus(&["check"]);
    let mismatch = diagnostics["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "date-mismatch")
        .unwrap();
    assert_eq!(mismatch["document"], "fixtures/corpus/15315-25-rev-1-nl.txt");
    assert_eq!(mismatch["corrected"], "ST-11406-2022");
    assert_eq!(run(&["check", "--strict", "--from", "fixtures/corpus"]).status, 1);
}

#[test]
fn the_ranking_goes_by_the_measure_asked_for() {
    let ranking = json_on_corpus(&["centrality", "--by", "in-degree", "--top", "5"]);
    let values: Vec<f64> = ranking["ranking"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["value"].as_f64().unwrap())
        .collect();
    assert!(values.len() == 5 && values.windows(2).all(|pair| pair[0] >= pair[1]));
}
