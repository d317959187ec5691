//! Back references, reasons, the user's own instruments, and names that no table has.

use super::{folder, run};
use std::fs;

const TEXT: &str = "Under Directive (EU) 2022/2555 (hereinafter 'the Cyber Directive') much is done, RECALLING the Global Gateway.\n\n\
    Article 5 of that Directive applies. The Cyber Directive is in force, and the Council conclusions of 20 November 2017 \
    on other things are as well.\n";

/// The path of a file with this text, in a folder of its own.
fn file(folder_name: &str, text: &str) -> String {
    let path = folder(folder_name).join("text.txt");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn objects(arguments: &[&str]) -> Vec<serde_json::Value> {
    let run = run(&[arguments, &["--format", "jsonl"]].concat());
    assert_eq!(run.status, 0, "{}", run.err);
    run.out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn back_references_name_their_antecedent_and_can_be_switched_off() {
    let path = file("back", TEXT);
    let found = objects(&["extract", &path]);
    let back: Vec<_> = found.iter().filter(|m| m["rule"] == "back-reference").collect();
    assert_eq!(back.len(), 1);
    assert_eq!(back[0]["text"], "that Directive");
    assert_eq!(back[0]["target"], "32022L2555");
    assert_eq!(back[0]["antecedent"], "Directive (EU) 2022/2555");
    let confidence = |m: &serde_json::Value| m["confidence"].as_f64().unwrap();
    assert!(confidence(back[0]) < confidence(&found[0]));

    let without = objects(&["extract", &path, "--no-back-references"]);
    assert_eq!(without.len(), found.len() - 1);
    assert!(without.iter().all(|m| m["rule"] != "back-reference"));
    let defined = without.iter().filter(|m| m["rule"] == "defined-name");
    assert_eq!(defined.count(), 1);
}

#[test]
fn the_graph_has_an_edge_without_back_references_too() {
    let path = file("back-graph", TEXT);
    let count = |more: &[&str]| {
        let arguments = [&["export", "--from", &path], more].concat();
        let graph: serde_json::Value = serde_json::from_str(&run(&arguments).out).unwrap();
        let edges = graph["edges"].as_array().unwrap().clone();
        let edge = edges.iter().find(|e| e["cited"] == "32022L2555").unwrap();
        edge["mentions"].as_u64().unwrap()
    };
    assert_eq!((count(&[]), count(&["--no-back-references"])), (4, 3));
}

#[test]
fn why_tells_rule_words_relation_target_and_what_was_refused() {
    let path = file("why", TEXT);
    let run = run(&["extract", &path, "--why"]);
    assert_eq!(run.status, 0, "{}", run.err);
    for line in [
        "line 3: \"that Directive\"",
        "    rule        back-reference, confidence 0.71",
        "    pointer     \"that\", line 3",
        "    noun        \"Directive\", line 3, noun.directive of languages/en.toml",
        "    antecedent  \"Directive (EU) 2022/2555\", line 1",
        "    cue         \"RECALLING\", line 1, cue.recalls of languages/en.toml",
        "    definition  \"hereinafter\", line 1, define.phrases of languages/en.toml",
        "    table       instruments, row global-gateway, found for one in",
        "    date        \"20 November 2017\", line 3",
        "    topic       \"other things\", line 3",
        "    refused     ST-14435-2017: of that date, but on another topic",
        "    target      32022L2555; it means what an earlier mention refers to: \"Directive (EU) 2022/2555\", line 1",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
}

#[test]
fn why_is_an_object_of_each_line_and_its_spans_are_those_of_the_file() {
    let path = file("why-jsonl", TEXT);
    for mention in objects(&["extract", &path, "--why"]) {
        let why = mention["why"].as_object().unwrap();
        assert_eq!(why["rule"], mention["rule"]);
        for clue in why["clues"].as_array().unwrap() {
            let (start, end) = (clue["start"].as_u64().unwrap(), clue["end"].as_u64().unwrap());
            assert_eq!(
                &TEXT[start as usize..end as usize],
                clue["text"].as_str().unwrap()
            );
        }
    }
    assert!(
        objects(&["extract", &path])
            .iter()
            .all(|m| m.get("why").is_none())
    );
    let csv = run(&["extract", &path, "--why", "--format", "csv"]);
    assert_eq!(csv.status, 2);
    assert!(csv.err.contains("--why"), "{}", csv.err);
}

#[test]
fn instruments_of_the_user_are_found_and_win_over_those_of_the_tables() {
    let own = "fixtures/instruments/own.toml";
    let path = file(
        "own",
        "The Council recalls the North Sea Cyber Pact and the Cyber Diplomacy Toolbox.\n",
    );
    let run = run(&["extract", &path, "--instruments", own, "--format", "csv"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains(",north-sea-cyber-pact,"), "{}", run.out);
    assert!(run.out.contains(",office-toolbox,"), "{}", run.out);
    let clash = "own.toml: the name \"Cyber Diplomacy Toolbox\" (en) means office-toolbox now, and no longer cyber-diplomacy-toolbox";
    assert!(run.err.contains(clash), "{}", run.err);
    let asked = super::run(&["who-cites", "Noordzeepact", "--instruments", own, "--from", &path]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    assert!(asked.out.contains("North Sea Cyber Pact"), "{}", asked.out);
}

#[test]
fn a_number_of_the_instrument_is_the_instrument_and_a_number_about_it_is_not() {
    let own = "fixtures/instruments/own.toml";
    for (name, number, node) in [
        ("own-is", "9999/24", "ST-9999-2024"),
        ("own-about", "10133/24", "north-sea-cyber-pact"),
    ] {
        // Without the tables the note would couple the number to the name.
        let path = file(
            name,
            &format!("The North Sea Cyber Pact¹ is in force.\n\n¹ Doc. {number}.\n"),
        );
        let found = objects(&["extract", &path, "--instruments", own]);
        let pact = found
            .iter()
            .find(|m| m["target"] == "north-sea-cyber-pact")
            .unwrap();
        assert_eq!(pact["node"], node, "{number}");
    }
}

#[test]
fn faults_of_the_instruments_are_sentences_with_file_and_line() {
    let own = folder("own-faults").join("own.toml");
    fs::write(
        &own,
        "[[instrument]]\nid = \"Our Pact\"\nnmaes.en = [\"Our Pact\"]\ndate = \"2022-13\"\n",
    )
    .unwrap();
    let own = own.to_str().unwrap();
    let run = run(&["check", "--instruments", own, "--from", "fixtures/corpus"]);
    assert_eq!(run.status, 2);
    assert!(run.out.is_empty());
    for (line, words) in [
        (1, "no name"),
        (2, "`Our Pact` is no id"),
        (3, "`nmaes` is no key"),
        (4, "`2022-13` is no date"),
    ] {
        let start = format!("{own}:{line}: ");
        assert!(
            run.err
                .lines()
                .any(|l| l.starts_with(&start) && l.contains(words)),
            "{start}{words}\n{}",
            run.err
        );
    }
    let missing = super::run(&[
        "check",
        "--instruments",
        "no-such.toml",
        "--from",
        "fixtures/corpus",
    ]);
    assert!(
        missing.status == 2 && missing.err.contains("no-such.toml"),
        "{}",
        missing.err
    );
}

#[test]
fn candidates_are_counted_and_linked_to_nothing() {
    let folder = folder("candidates");
    for (name, text) in [
        (
            "a.txt",
            "The Council welcomes the Digital Reef Strategy and the Global Gateway. It notes the Digital Reef Strategy again, and that each Member State has a strategy.\n",
        ),
        ("b.txt", "The Council recalls the Digital Reef Strategy.\n"),
        (
            "c.txt",
            "De Raad verwijst naar de Groningen-verklaring en naar het Pact voor de Noordzee, dat in alle lidstaten van de Unie van belang is.\n",
        ),
        (
            "d.txt",
            "Der Rat begrüßt den Pakt für Wattenmeer und Küste, der in allen Mitgliedstaaten der Union wichtig ist. Eine Strategie fehlt.\n",
        ),
        (
            "e.txt",
            "Le Conseil salue la Stratégie nationale pour la sécurité des ports, qui est utile à tous les États membres de l'Union.\n",
        ),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let path = folder.to_str().unwrap();
    let json: serde_json::Value =
        serde_json::from_str(&run(&["candidates", path, "--format", "json"]).out).unwrap();
    let rows = json["candidates"].as_array().unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names[0], "Digital Reef Strategy");
    assert_eq!(
        (rows[0]["count"].as_u64(), rows[0]["documents"].as_u64()),
        (Some(3), Some(2))
    );
    assert!(
        rows[0]["passage"]
            .as_str()
            .unwrap()
            .contains("Digital Reef Strategy")
    );
    assert_eq!(rows[0]["line"].as_u64(), Some(1));
    for name in [
        "Groningen-verklaring",
        "Pact voor de Noordzee",
        "Pakt für Wattenmeer und Küste",
        "Stratégie nationale pour la sécurité des ports",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    assert_eq!(names.len(), 5, "{names:?}");
    let csv = run(&["candidates", path, "--format", "csv"]).out;
    assert!(
        csv.starts_with("name,language,count,documents,document,line,passage\nDigital Reef Strategy,en,3,2,"),
        "{csv}"
    );
    assert!(
        run(&["candidates", path])
            .out
            .contains("5 names that are in no table")
    );
}
