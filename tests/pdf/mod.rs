//! Documents are typeset as PDF and read back: what comes back is what the text gives.

mod typeset;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use citegraph::model::{Document, Kind, Reference, Relation, Role, Span, WorkId};
use citegraph::read::{self, ReadError};
use citegraph::recognize::Recognizer;
use citegraph::resolve::{Dates, resolve};
use citegraph::tables::Tables;
use typeset::Feet;

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::builtin().unwrap());
static RECOGNIZER: LazyLock<Recognizer<'static>> = LazyLock::new(|| Recognizer::new(&TABLES));

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The texts of a folder, in order.
fn texts(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let named = |path: PathBuf| {
        (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            fs::read(path).unwrap(),
        )
    };
    paths.into_iter().map(named).collect()
}

fn document(name: &str, bytes: &[u8]) -> Document {
    read::read(name, bytes, &TABLES, None).unwrap().document
}

/// A document and what its PDF gives.
struct Pair {
    text: Document,
    pdf: Document,
}

fn pair(name: &str, bytes: &[u8]) -> Pair {
    let text = document(name, bytes);
    let feet = if name.len() % 2 == 0 {
        Feet::Plain
    } else {
        Feet::Artifacts
    };
    let pdf = document(name, &typeset::pdf(&text, feet));
    Pair { text, pdf }
}

fn pairs(folder: &Path) -> Vec<Pair> {
    texts(folder)
        .iter()
        .map(|(name, bytes)| pair(name, bytes))
        .collect()
}

/// The letters and digits of the body and of the notes, with the bytes of the original that each came from.
fn letters(document: &Document) -> (String, Vec<Span>) {
    let (mut letters, mut places) = (String::new(), Vec::new());
    let repaired = document.text.repaired();
    for block in &document.blocks {
        if let Role::Note(number) = block.role {
            letters.push_str(&format!("\n{number} "));
            places.extend(vec![Span::new(0, 0); letters.chars().count() - places.len()]);
        }
        for (at, letter) in repaired[block.span.start..block.span.end].char_indices() {
            if letter.is_alphanumeric() {
                let start = block.span.start + at;
                letters.push(letter);
                places.push(
                    document
                        .text
                        .to_original(Span::new(start, start + letter.len_utf8())),
                );
            }
        }
    }
    (letters, places)
}

/// The references of each document, the mentions in running feet left out: the feet of the PDF are of our making.
fn references(documents: &[&Document]) -> Vec<Vec<Reference>> {
    let findings = documents
        .iter()
        .map(|document| RECOGNIZER.recognize(document))
        .collect();
    let corpus = resolve(findings, &TABLES, &RECOGNIZER, Dates::Corrected);
    let of_text = |reference: &Reference| reference.mention.rule != "running-foot";
    let one = |references: Vec<Reference>| references.into_iter().filter(of_text).collect();
    corpus
        .documents
        .into_iter()
        .map(|document| one(document.references))
        .collect()
}

/// What must be the same of a reference.
type Essence = (Option<u16>, Kind, Option<WorkId>, Relation);

/// The first place where two lists differ, and what is in one list only.
fn changes(text: &[Essence], pdf: &[Essence]) -> Vec<String> {
    let place = text.iter().zip(pdf).position(|(a, b)| a != b);
    let only = |these: &[Essence], those: &[Essence], whose: &str| {
        let mut rest = those.to_vec();
        let missing = |one: &&Essence| {
            let found = rest.iter().position(|other| other == *one);
            found.map(|at| rest.remove(at)).is_none()
        };
        these
            .iter()
            .filter(missing)
            .map(|one| format!("only in the {whose}: {one:?}"))
            .collect::<Vec<_>>()
    };
    let order = place
        .filter(|_| text.len() == pdf.len())
        .map(|at| format!("differs at {at}: {:?}, {:?}", text[at], pdf[at]));
    [
        only(text, pdf, "text"),
        only(pdf, text, "PDF"),
        order.into_iter().collect(),
    ]
    .concat()
}

/// The references in order, for body and notes: a text may have its notes elsewhere.
fn essence(references: &[Reference]) -> Vec<Essence> {
    let mut all: Vec<_> = references
        .iter()
        .map(|one| {
            let mention = &one.mention;
            (
                mention.in_note,
                mention.kind,
                one.target.id().cloned(),
                mention.relation,
            )
        })
        .collect();
    all.sort_by_key(|(footnote, ..)| *footnote);
    all
}

#[test]
fn a_document_typeset_and_read_back_has_the_same_letters() {
    for Pair { text, pdf } in pairs(&root().join("fixtures/corpus")) {
        let (expected, found) = (letters(&text).0, letters(&pdf).0);
        assert!(
            expected == found,
            "{}: {}",
            text.path,
            difference(&expected, &found)
        );
    }
}

fn difference(expected: &str, found: &str) -> String {
    let same = expected
        .chars()
        .zip(found.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| {
        text.chars()
            .skip(same.saturating_sub(40))
            .take(100)
            .collect::<String>()
    };
    format!(
        "after {same} letters:\n  text {}\n  pdf  {}",
        around(expected),
        around(found)
    )
}

#[test]
fn a_document_typeset_and_read_back_has_the_same_references() {
    let pairs = pairs(&root().join("fixtures/corpus"));
    let texts = references(&pairs.iter().map(|pair| &pair.text).collect::<Vec<_>>());
    let pdfs = references(&pairs.iter().map(|pair| &pair.pdf).collect::<Vec<_>>());
    let mut faults = Vec::new();
    for ((pair, text), pdf) in pairs.iter().zip(&texts).zip(&pdfs) {
        assert!(!text.is_empty());
        faults.extend(
            changes(&essence(text), &essence(pdf))
                .into_iter()
                .map(|fault| format!("{} {fault}", pair.text.path)),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn dump() {
    let Ok(out) = std::env::var("DUMP") else { return };
    for (name, bytes) in texts(&root().join("fixtures/corpus")) {
        fs::write(
            format!("{out}/{name}.pdf"),
            typeset::pdf(&document(&name, &bytes), Feet::Plain),
        )
        .unwrap();
    }
}
