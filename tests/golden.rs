//! The pictures and the graph that the program makes from fixtures/corpus, byte for byte.
//!
//! After a change that is meant: `CITEGRAPH_BLESS=1 cargo test golden`, then look at the pictures.

use std::fs;
use std::path::PathBuf;

use crate::program::{folder, run};

const FILES: [&str; 5] = [
    "lineage.svg",
    "lineage.dot",
    "centrality.svg",
    "centrality.dot",
    "graph.json",
];

/// Pictures of other commands, with what makes them.
const VIEWS: [(&str, &[&str]); 2] = [
    ("ego.svg", &["ego", "Cyber Diplomacy Toolbox"]),
    ("matrix.svg", &["matrix"]),
];

#[test]
fn golden_files_are_what_the_program_makes() {
    let made = folder("golden");
    let run = run(&["brief", "fixtures/corpus", "--out", made.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.err);
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("graphs");
    for (name, command) in VIEWS {
        let file = made.join(name);
        let rest = ["--from", "fixtures/corpus", "-o", file.to_str().unwrap()];
        let run = crate::program::run(&[command, &rest].concat());
        assert_eq!(run.status, 0, "{}", run.err);
    }
    let mut wrong = Vec::new();
    for name in FILES.into_iter().chain(VIEWS.map(|(name, _)| name)) {
        let new = fs::read_to_string(made.join(name)).unwrap();
        if std::env::var_os("CITEGRAPH_BLESS").is_some() {
            fs::write(kept.join(name), &new).unwrap();
        }
        let old = fs::read_to_string(kept.join(name)).unwrap_or_default();
        if let Some(difference) = difference(&old, &new) {
            wrong.push(format!("graphs/{name}, {difference}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "meant? CITEGRAPH_BLESS=1 cargo test golden\n{}",
        wrong.join("\n")
    );
}

/// The first line that differs.
fn difference(old: &str, new: &str) -> Option<String> {
    if old == new {
        return None;
    }
    let at = old.lines().zip(new.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| {
        text.lines()
            .nth(at)
            .unwrap_or("(the end)")
            .chars()
            .take(300)
            .collect::<String>()
    };
    Some(format!(
        "line {}:\n    kept {}\n    made {}",
        at + 1,
        line(old),
        line(new)
    ))
}
