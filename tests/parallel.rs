//! One text in all 24 languages: what it refers to, and how, is the same in each. `fixtures/parallel/references.txt` says
//! what the numbers of the marks mean.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use citegraph::model::{Language, language::CODES};
use citegraph::read;
use citegraph::recognize::Recognizer;
use citegraph::resolve::{Dates, resolve};
use citegraph::tables::Tables;

/// A target and the relation to it.
type Claim = (String, String);

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/parallel")
        .join(name);
    fs::read_to_string(path).expect("the text is there")
}

/// What each number of a mark claims.
fn claims() -> BTreeMap<String, Claim> {
    let row = |line: &str| {
        let parts: Vec<&str> = line.split(' ').collect();
        (parts[0].to_owned(), (parts[1].to_owned(), parts[2].to_owned()))
    };
    file("references.txt").lines().map(row).collect()
}

/// Takes the marks `[[…]]{number}` out of a text and gives the numbers.
fn unmark(marked: &str) -> (String, Vec<String>) {
    let mut numbers = Vec::new();
    let mut text = String::new();
    let mut pieces = marked.split("]]{");
    text.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        let (number, rest) = piece.split_once('}').expect("a mark has a number");
        numbers.push(number.to_owned());
        text.push_str(rest);
    }
    (text.replace("[[", ""), numbers)
}

fn found(
    text: &str,
    language: Language,
    (tables, recognizer): (&Tables, &Recognizer<'_>),
) -> BTreeSet<Claim> {
    let reading =
        read::read("parallel.txt", text.as_bytes(), tables, Some(language)).expect("it can be read");
    let findings = recognizer.recognize(&reading.document);
    let corpus = resolve(vec![findings], tables, recognizer, Dates::Corrected);
    let references = corpus.documents[0].references.iter();
    references
        .filter(|r| r.mention.confidence > 0.5)
        .map(|r| {
            let target = r.target.id().map_or(String::new(), ToString::to_string);
            (target, r.mention.relation.to_string())
        })
        // Titles of the document itself name no other work.
        .filter(|(target, relation)| !(target.is_empty() && relation == "self"))
        .collect()
}

#[test]
fn the_marks_claim_the_same_in_all_languages() {
    let claims = claims();
    for code in CODES {
        let (_, mut numbers) = unmark(&file(&format!("{code}.txt")));
        numbers.sort();
        numbers.dedup();
        let known: Vec<&String> = claims.keys().collect();
        assert_eq!(numbers.iter().collect::<Vec<_>>(), known, "{code}");
    }
}

#[test]
fn a_text_refers_to_the_same_in_all_languages() {
    let tables = Tables::builtin().expect("the tables load");
    let recognizer = Recognizer::new(&tables);
    let expected: BTreeSet<Claim> = claims().into_values().collect();
    let mut wrong = Vec::new();
    for code in CODES {
        let language = Language::parse(code).expect("an official language");
        let (text, _) = unmark(&file(&format!("{code}.txt")));
        let found = found(&text, language, (&tables, &recognizer));
        let missed: Vec<_> = expected.difference(&found).collect();
        let more: Vec<_> = found.difference(&expected).collect();
        if !missed.is_empty() || !more.is_empty() {
            wrong.push(format!("{code}\n    missed {missed:?}\n    more   {more:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} languages differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
