//! One document in each format.
//!
//! After a change of tests/formats/make.rs that is meant: `CITEGRAPH_BLESS=1 cargo test --test main formats`.

use std::fs;

use citegraph::model::{Kind, Mention, Relation, WorkId};
use citegraph::read;
use citegraph::resolve::{Dates, resolve};

use super::make;
use super::text_of;
use crate::knowledge::{RECOGNIZER, TABLES};

const FOLDER: &str = "fixtures/formats";

/// What is compared of a reference.
type Line = (Kind, Option<WorkId>, Relation, Option<u16>);

/// The references of a file: those of the text before those of the notes, as formats have their notes in different
/// places; numbers in running feet left out, as only some have feet.
fn references(path: &str, bytes: &[u8]) -> Vec<Line> {
    let parts = read::parts(path, bytes);
    assert_eq!(parts.len(), 1, "{path}");
    let bytes = parts[0].bytes.as_ref().unwrap();
    let reading = read::read(&parts[0].path, bytes, &TABLES, None).unwrap();
    let document = reading.document;
    let in_feet = |m: &Mention| {
        let span = m.passage.span;
        document.furniture.iter().any(|foot| foot.contains(span))
    };
    let mut findings = RECOGNIZER.recognize(&document);
    findings
        .mentions
        .retain(|m| m.relation != Relation::Itself || !in_feet(m));
    let corpus = resolve(vec![findings], &TABLES, &RECOGNIZER, Dates::Corrected);
    assert_eq!(corpus.documents[0].work.as_str(), "ST-10289-2023", "{path}");
    assert!(
        corpus.diagnostics.iter().all(|d| !d.reason.contains("link")),
        "{path}: {:?}",
        corpus.diagnostics
    );
    let references = corpus.documents.into_iter().flat_map(|d| d.references);
    let mut lines: Vec<Line> = references
        .map(|r| {
            (
                r.mention.kind,
                r.target.id().cloned(),
                r.mention.relation,
                r.mention.in_note,
            )
        })
        .collect();
    lines.sort_by_key(|line| line.3.is_some());
    lines
}

#[test]
fn each_format_gives_the_references_of_the_text() {
    let expected = references(make::SOURCE, &fs::read(make::SOURCE).unwrap());
    assert_eq!(expected.len(), 16);
    let mut read = 0;
    for entry in fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        // Whatever stands beside them is the work of another test.
        if make::all().iter().any(|(made, _)| name.ends_with(made)) {
            assert_eq!(references(&name, &fs::read(&path).unwrap()), expected, "{name}");
            read += 1;
        }
    }
    assert_eq!(read, make::all().len());
    #[cfg(feature = "pdf")]
    {
        let path = format!("{FOLDER}/10289-23-en.pdf");
        assert_eq!(references(&path, &fs::read(&path).unwrap()), expected, "{path}");
    }
    // The same in the hand of another program: LibreOffice 7, from the DOCX and for itself from the ODT.
    for name in [
        "10289-23-en.docx",
        "10289-23-en.odt",
        "10289-23-en.fodt",
        "10289-23-en.html",
    ] {
        let path = format!("{FOLDER}/by-libreoffice/{name}");
        assert_eq!(references(&path, &fs::read(&path).unwrap()), expected, "{path}");
    }
}

#[test]
fn the_files_are_what_the_code_makes() {
    for (name, made) in make::all() {
        let path = format!("{FOLDER}/{name}");
        if std::env::var_os("CITEGRAPH_BLESS").is_some() {
            fs::write(&path, &made).unwrap();
        }
        // Packed files differ from one version of their packer to the next; what they hold does not.
        let kept = fs::read(&path).unwrap_or_default();
        assert_eq!(
            text_of(name, &kept),
            text_of(name, &made),
            "{path}: meant? CITEGRAPH_BLESS=1 cargo test --test main formats"
        );
    }
}
