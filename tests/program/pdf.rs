//! Documents in other formats than plain text give what their texts give.

use serde_json::Value;

use super::run;

/// The mentions of a document: note, kind, target, candidates, relation, in order of body and notes. Running feet are left
/// out: pages are not the same.
fn mentions(path: &str) -> Vec<String> {
    let run = run(&["extract", path, "--format", "jsonl"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let rows: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(rows.iter().any(|row| row["page"].is_u64()), "{path} has pages");
    let rows = rows.iter().filter(|row| row["rule"] != "running-foot");
    let mut rows: Vec<String> = rows
        .map(|row| {
            let note = row["footnote"].as_u64().unwrap_or(0);
            let [kind, target, candidates, relation] =
                ["kind", "target", "candidates", "relation"].map(|key| &row[key]);
            format!("{note:3} {kind} {target} {candidates} {relation}")
        })
        .collect();
    rows.sort_by_key(|row| row[..3].to_owned());
    rows
}

#[test]
fn a_pdf_gives_the_references_of_its_text() {
    let text = mentions("fixtures/corpus/10289-23-en.txt");
    assert!(text.len() > 12);
    assert_eq!(mentions("fixtures/formats/10289-23-en.pdf"), text);
}

#[test]
fn a_folder_is_searched_for_pdfs() {
    let run = run(&["extract", "fixtures/formats", "--format", "jsonl"]);
    for (name, work) in [
        ("10289-23-en.pdf", "ST-10289-2023"),
        ("9364-22-nl.pdf", "ST-9364-2022"),
    ] {
        let of_file = |line: &&str| line.contains(name) && line.contains(&format!("\"work\":\"{work}\""));
        assert!(run.out.lines().find(of_file).is_some(), "{name}: {}", run.err);
    }
}

#[test]
fn the_text_of_a_pdf_keeps_calls_notes_and_pages() {
    let run = run(&["extract", "fixtures/formats/10289-23-en.pdf", "--format", "text"]);
    for part in [
        "\nFrom:\tGeneral Secretariat of the Council\n",
        "Decision (CFSP) 2019/797[^3] and Regulation (EU) 2019/796[^4].",
        "\n[^1]: 13007/17.\n[^2]: 10474/17.\n",
        "\n10289/23\taa/BB/cc\t1\n",
    ] {
        assert!(run.out.contains(part), "{part:?} in {}", run.out);
    }
    assert!(run.out.ends_with('\u{c}'), "each page ends with a form feed");
}
