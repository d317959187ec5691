//! Who may know whom: the stages stand in one order, and the `crate::` paths below src/ keep to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each folder of the library with the folders it may name beside itself.
const MAY_KNOW: [(&str, &[&str]); 10] = [
    ("model", &[]),
    ("tables", &["model"]),
    ("read", &["model", "tables"]),
    ("recognize", &["model", "tables", "read"]),
    ("resolve", &["model", "tables", "recognize"]),
    ("graph", &["model"]),
    ("analyze", &["model", "graph"]),
    ("draw", &["model", "graph", "analyze"]),
    ("export", &["model", "graph", "analyze", "resolve"]),
    (
        "index",
        &["model", "tables", "read", "recognize", "resolve", "graph"],
    ),
];

/// Files that know more than their folder may, each with the reason. One that no longer does is taken off the list.
const EXCEPTIONS: [(&str, &[&str]); 1] = [
    // What people call a work is read, recognized and led to its node as the words of a document are.
    ("src/graph/find.rs", &["tables", "read", "recognize", "resolve"]),
];

/// What only the program may use.
const PROGRAM_ONLY: [&str; 7] = [
    "clap",
    "clap_complete",
    "ctrlc",
    "ignore",
    "indicatif",
    "terminal_size",
    "unicode_width",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files with this ending below a folder, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code without its line comments, which may link anywhere, and without its unit tests, which may make their
/// input with other stages.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
    let bare = |line: &str| line.split("//").next().unwrap_or("").to_owned();
    text.lines().map(bare).collect::<Vec<_>>().join("\n")
}

/// The first name of every path that begins with `crate::`, those in braces included.
fn known(code: &str) -> BTreeSet<String> {
    code.split("crate::").skip(1).flat_map(first_names).collect()
}

fn first_names(after: &str) -> Vec<String> {
    let name = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(inside) = after.strip_prefix('{') else {
        return vec![name(after)];
    };
    let mut depth = 1;
    let mut names = vec![name(inside)];
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&inside[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|n: &String| !n.is_empty());
    names
}

#[test]
fn paths_in_braces_are_read() {
    let names = known("use crate::{model::{Span, Text}, read};\nlet x = crate::tables::Tables;");
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["model", "read", "tables"]);
}

/// The paths from the root of files of one stage, each with what it knows and may not.
fn trespasses() -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (stage, allowed) in MAY_KNOW {
        for path in files(&root().join("src").join(stage), "rs") {
            let mut names = known(&code(&path));
            names.retain(|name| name != stage && !allowed.contains(&name.as_str()));
            let place = path
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.extend((!names.is_empty()).then(|| (place, names.into_iter().collect())));
        }
    }
    found
}

#[test]
fn every_stage_knows_only_those_before_it() {
    let sorted = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>();
    let expected: Vec<_> = EXCEPTIONS
        .iter()
        .map(|(place, names)| ((*place).to_owned(), sorted(names)))
        .collect();
    let found: Vec<_> = trespasses()
        .into_iter()
        .map(|(place, names)| (place, names.into_iter().collect()))
        .collect();
    assert_eq!(
        found, expected,
        "a stage knows what comes after it, or an exception is no longer needed"
    );
}

#[test]
fn every_folder_has_its_place_in_the_order() {
    let folders = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir());
    let names: BTreeSet<String> = folders
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let expected: BTreeSet<String> = MAY_KNOW
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .chain(["cli".to_owned()])
        .collect();
    assert_eq!(
        names, expected,
        "a new folder of src/ is given its place in MAY_KNOW"
    );
}

#[test]
fn the_library_knows_nothing_of_the_program() {
    let mut wrong = Vec::new();
    for (stage, _) in MAY_KNOW {
        for path in files(&root().join("src").join(stage), "rs") {
            let code = code(&path);
            let used = |name: &&&str| code.contains(&format!("{name}::"));
            wrong.extend(
                PROGRAM_ONLY
                    .iter()
                    .filter(used)
                    .map(|name| format!("{}: {name}", path.display())),
            );
            for talk in [
                "println!",
                "eprintln!",
                "print!(",
                "std::env",
                "process::exit",
                "SystemTime",
                "Instant::now",
            ] {
                if code.contains(talk) {
                    wrong.push(format!("{}: {talk}", path.display()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "the library is deaf and dumb:\n{}",
        wrong.join("\n")
    );
}

/// Word borders and digit classes of Unicode are slow, and wrong beside Greek and Cyrillic.
#[test]
fn no_pattern_holds_a_word_border_or_a_digit_class() {
    let data = files(&root().join("data"), "toml")
        .into_iter()
        .map(|p| (data_rows(&p), p));
    let rules = files(&root().join("src/recognize"), "rs")
        .into_iter()
        .map(|p| (code(&p), p));
    for (text, path) in data.chain(rules) {
        for class in [r"\b", r"\d"] {
            assert!(!text.contains(class), "{}: {class}", path.display());
        }
    }
}

fn data_rows(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .collect::<Vec<_>>()
        .join("\n")
}
