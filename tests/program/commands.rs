//! Each command once or twice: help, status, streams, formats.

use super::{folder, json_on_corpus, on_corpus, run, run_with_input};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

const COMMANDS: [&str; 12] = [
    "brief",
    "extract",
    "who-cites",
    "cites",
    "show",
    "lineage",
    "centrality",
    "frontier",
    "candidates",
    "check",
    "export",
    "completions",
];

#[test]
fn every_command_explains_itself_with_examples() {
    let help = run(&["--help"]);
    assert_eq!(help.status, 0);
    for name in COMMANDS {
        assert!(help.out.contains(name), "{name}");
        let own = run(&[name, "--help"]);
        assert_eq!(own.status, 0, "{name}");
        assert!(own.out.contains("Examples:") && own.err.is_empty(), "{name}");
    }
    assert!(run(&["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_status_2_with_a_sentence() {
    let wrong: [&[&str]; 9] = [
        &[],
        &["scna"],
        &["who-cites"],
        &["who-cites", "9364/22"],
        &["frontier", "--index", "some.db"],
        &["check", "--from", "fixtures/corpus", "--format", "svg"],
        &["frontier", "--from", "fixtures/corpus", "-o", "frontier.svg"],
        &["frontier", "--from", "fixtures/corpus", "-o", "frontier.xyz"],
        &["centrality", "--from", "fixtures/corpus", "--by", "fame"],
    ];
    for arguments in wrong {
        let run = run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.out.is_empty() && !run.err.trim().is_empty(), "{arguments:?}");
    }
    assert!(
        run(&["frontier", "--index", "some.db"])
            .err
            .contains("there is no index some.db")
    );
}

#[test]
fn the_ending_of_the_output_file_picks_the_format() {
    let folder = folder("endings");
    for (ending, start) in [
        ("svg", "<?xml"),
        ("dot", "digraph"),
        ("json", "{"),
        ("txt", "generation"),
    ] {
        let file = folder.join(format!("lineage.{ending}"));
        let out = on_corpus(&["lineage", "11406/22", "-o", file.to_str().unwrap()]);
        assert!(out.is_empty());
        assert!(
            std::fs::read_to_string(&file)
                .unwrap()
                .trim_start()
                .starts_with(start),
            "{ending}"
        );
    }
}

#[test]
fn a_file_that_cannot_be_written_is_status_2() {
    let run = run(&[
        "frontier",
        "--from",
        "fixtures/corpus",
        "-o",
        "/no/such/folder/x.csv",
    ]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("/no/such/folder/x.csv"), "{}", run.err);
}

#[test]
fn brief_writes_the_whole_folder() {
    let folder = folder("brief");
    let out = folder.join("new").join("briefing");
    let run = run(&["brief", "fixtures/corpus", "--out", out.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.is_empty());
    for (name, start) in [
        ("lineage.svg", "<?xml"),
        ("lineage.dot", "digraph"),
        ("centrality.svg", "<?xml"),
        ("centrality.dot", "digraph"),
        ("graph.json", "{\"schema\":\"citegraph/graph/1\""),
        ("summary.md", "# "),
    ] {
        assert!(
            std::fs::read_to_string(out.join(name))
                .unwrap()
                .starts_with(start),
            "{name}"
        );
    }
    let summary = std::fs::read_to_string(out.join("summary.md")).unwrap();
    assert!(summary.contains("Documents: 18 (da 5, en 8, nl 5)"), "{summary}");
    assert!(summary.contains("Works: 15 of the corpus"), "{summary}");
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_threads() {
    let with = |threads: &str| {
        let mut command = super::command(&["export", "--from", "fixtures/corpus"]);
        command.env("RAYON_NUM_THREADS", threads).output().unwrap().stdout
    };
    let one = with("1");
    assert!(one.len() > 1000);
    assert_eq!(one, with("4"));
}

#[test]
fn the_exported_graph_has_the_fields_of_the_contract_in_order() {
    let graph = json_on_corpus(&["export"]);
    assert_eq!(graph["schema"], "citegraph/graph/1");
    let fields = |list: &str, names: &[&str]| {
        let one = graph[list][0].as_object().unwrap();
        names
            .iter()
            .for_each(|name| assert!(one.contains_key(*name), "{list}: {name}"));
    };
    fields(
        "nodes",
        &[
            "id",
            "kind",
            "label",
            "names",
            "date",
            "in_corpus",
            "identifiers",
            "expressions",
            "versions",
            "url",
            "measures",
        ],
    );
    fields(
        "edges",
        &["citing", "cited", "relation", "mentions", "languages", "evidence"],
    );
    let evidence = graph["edges"][0]["evidence"][0].as_object().unwrap();
    ["document", "start", "end", "line", "text", "snippet"]
        .iter()
        .for_each(|name| assert!(evidence.contains_key(*name), "{name}"));
    assert_eq!(graph["documents"].as_array().unwrap().len(), 18);
    let ids: Vec<&str> = graph["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn extract_gives_one_object_a_line_with_spans_of_the_file() {
    let path = "fixtures/corpus/11406-22-en.txt";
    let run = run(&["extract", path, "--format", "jsonl"]);
    let bytes = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    assert_eq!(run.status, 0);
    for line in run.out.lines() {
        let start = "{\"document\":\"fixtures/corpus/11406-22-en.txt\",\"work\":\"ST-11406-2022\",\"language\":\"en\",\"start\":";
        assert!(line.starts_with(start), "{line}");
        let mention: serde_json::Value = serde_json::from_str(line).unwrap();
        let (from, to) = (
            mention["start"].as_u64().unwrap() as usize,
            mention["end"].as_u64().unwrap() as usize,
        );
        assert_eq!(&bytes[from..to], mention["text"].as_str().unwrap().as_bytes());
    }
}

#[test]
fn csv_has_as_many_fields_in_every_row_as_in_its_head() {
    for arguments in [
        ["extract", "--format", "csv"].as_slice(),
        &["who-cites", "9364/22", "--format", "csv"],
        &["cites", "9364/22", "--format", "csv"],
        &["frontier", "--format", "csv"],
        &["centrality", "--format", "csv"],
    ] {
        let out = on_corpus(arguments);
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        let records: Result<Vec<_>, _> = reader.records().collect();
        assert!(records.unwrap().len() > 3, "{arguments:?}");
    }
}

#[test]
fn tables_bear_no_color_when_piped() {
    for arguments in [
        ["check"].as_slice(),
        &["frontier"],
        &["centrality"],
        &["show", "9364/22"],
        &["cites", "9364/22"],
    ] {
        assert!(!on_corpus(arguments).contains('\x1b'), "{arguments:?}");
    }
}

#[test]
fn a_reader_who_has_enough_is_no_error() {
    let mut command = super::command(&["extract", "fixtures/corpus", "--format", "jsonl"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    // The reader takes one line and goes away.
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(line.starts_with('{'));
    assert_eq!(ended.status.code(), Some(0));
    assert!(
        ended.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
}

#[test]
fn standard_input_is_a_document() {
    let run = run_with_input(&["extract", "-", "--format", "jsonl"], super::NOTE.as_bytes());
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.out.starts_with("{\"document\":\"-\"") && run.out.contains("ST-10289-2023"),
        "{}",
        run.out
    );
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let run = run(&["completions", shell]);
        assert!(run.status == 0 && run.out.contains("who-cites"), "{shell}");
    }
}

#[test]
fn the_text_that_offsets_count_in_can_be_had() {
    let run = run(&["extract", "fixtures/hostile/utf16le.txt", "--format", "text"]);
    assert!(run.status == 0 && run.out.contains("6122/15"), "{}", run.out);
}
