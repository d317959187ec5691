//! The commands of README.md run as written, and their output begins as shown there.
//!
//! After a change that is meant: `CITEGRAPH_BLESS=1 cargo test readme`.

use std::path::PathBuf;

use crate::program::run;

/// Longer lines are cut here.
const WIDTH: usize = 118;

/// The arguments of a command line; double quotes hold blanks together.
fn arguments(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        match at % 2 {
            0 => found.extend(part.split_whitespace().map(str::to_owned)),
            _ => found.push(part.to_owned()),
        }
    }
    found
}

fn shown(line: &str) -> String {
    if line.trim_end().chars().count() <= WIDTH {
        return line.trim_end().to_owned();
    }
    line.chars().take(WIDTH).collect::<String>().trim_end().to_owned() + "…"
}

/// The page with the output of every command as it is now, as many lines of it as stood there.
fn as_run(page: &str) -> String {
    let mut new = String::new();
    let mut output: Option<Vec<String>> = None;
    for line in page.lines() {
        if let Some(command) = line.strip_prefix("$ citegraph ") {
            let words = arguments(command);
            let run = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(run.status, 0, "{line}: {}", run.err);
            output = Some(run.out.lines().rev().map(shown).collect());
        } else if line == "```" {
            output = None;
        } else if let Some(lines) = &mut output {
            new.extend(lines.pop().map(|line| line + "\n"));
            continue;
        }
        new.push_str(line);
        new.push('\n');
    }
    new
}

#[test]
fn readme_commands_give_what_is_shown() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let new = as_run(&page);
    if std::env::var_os("CITEGRAPH_BLESS").is_some() {
        std::fs::write(&path, &new).unwrap();
        return;
    }
    for (at, (old, new)) in page.lines().zip(new.lines()).enumerate() {
        assert_eq!(
            old,
            new,
            "README.md, line {}; meant? CITEGRAPH_BLESS=1 cargo test readme",
            at + 1
        );
    }
    assert_eq!(page.lines().count(), new.lines().count());
}
