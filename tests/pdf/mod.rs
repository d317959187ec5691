//! Documents are typeset as PDF and read back: what comes back is what the text gives.

mod file;
mod hostile;
mod layout;
mod typeset;

use std::fs;
use std::path::{Path, PathBuf};

use citegraph::model::{Block, Document, Kind, Reference, Relation, Role, Span, WorkId};
use citegraph::read;
use citegraph::resolve::{Dates, resolve};
use typeset::Feet;

use crate::gold::{Row, Score, score};
use crate::knowledge::{RECOGNIZER, TABLES};
use crate::marked::unmark;

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
    let feet = if name.len().is_multiple_of(2) {
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

/// The letters and digits of the blocks, a line for each note.
fn letters(document: &Document) -> String {
    let mut letters = String::new();
    let mut last = None;
    for (note, place) in places(document) {
        if note.is_some() && note != last {
            letters.push_str(&format!("\n{} ", note.unwrap_or(0)));
        }
        last = note;
        letters.push_str(&document.text.original()[place.start..place.end]);
    }
    letters
}

/// Where the letters and digits of the blocks stand in the original, with the number of the note they are in.
fn places(document: &Document) -> Vec<(Option<u16>, Span)> {
    let repaired = document.text.repaired();
    let of_block = |block: &Block| {
        let note = match block.role {
            Role::Note(number) => Some(number),
            _ => None,
        };
        let start = block.span.start;
        let letters = repaired[start..block.span.end].char_indices();
        let place = |(at, letter): (usize, char)| Span::new(start + at, start + at + letter.len_utf8());
        let places = letters.filter(|(_, letter)| letter.is_alphanumeric()).map(place);
        places
            .map(|place| (note, document.text.to_original(place)))
            .collect::<Vec<_>>()
    };
    document.blocks.iter().flat_map(of_block).collect()
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

/// The documents of the corpus, and one text in all 24 languages.
fn all_pairs() -> Vec<Pair> {
    let folder = |name: &str| root().join("fixtures").join(name);
    let mut pairs = pairs(&folder("corpus"));
    let parallel = texts(&folder("parallel"))
        .into_iter()
        .filter(|(name, _)| name != "references.txt");
    pairs.extend(parallel.map(|(name, bytes)| pair(&name, unmarked(&bytes).as_bytes())));
    pairs
}

/// The text without the marks of its references: "[[EUCO 169/13]]{4}".
fn unmarked(text: &[u8]) -> String {
    let text = unmark(std::str::from_utf8(text).unwrap()).text;
    let mut pieces = text.split('{');
    let first = pieces.next().unwrap_or("").to_owned();
    first
        + &pieces
            .map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest))
            .collect::<String>()
}

#[test]
fn a_document_typeset_and_read_back_has_the_same_letters() {
    for Pair { text, pdf } in all_pairs() {
        let (expected, found) = (letters(&text), letters(&pdf));
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
    let pairs = all_pairs();
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

/// Moves what was found in a PDF to where the same letters stand in the text. What stands in no block of it, a running
/// foot, is left out.
fn moved(pair: &Pair, references: &[Reference]) -> Vec<Row> {
    let (to, from) = (places(&pair.text), places(&pair.pdf));
    assert_eq!(to.len(), from.len());
    let one = |reference: &Reference| {
        let span = reference.mention.passage.span;
        let note = reference.mention.in_note;
        let within = |place: &(Option<u16>, Span)| place.0 == note && span.contains(place.1);
        let mut own = from
            .iter()
            .zip(&to)
            .filter(|(from, _)| within(from))
            .map(|(_, (_, to))| to);
        let first = own.next()?;
        let mut row = Row::found(&pair.text.path, reference);
        (row.start, row.end) = (first.start, own.next_back().unwrap_or(first).end);
        Some(row)
    };
    references.iter().filter_map(one).collect()
}

fn figures_of_text_and_pdf(pairs: &[Pair], marked: &[Row]) -> [Score; 2] {
    let texts = references(&pairs.iter().map(|pair| &pair.text).collect::<Vec<_>>());
    let pdfs = references(&pairs.iter().map(|pair| &pair.pdf).collect::<Vec<_>>());
    let of_text = |(pair, found): (&Pair, &Vec<Reference>)| {
        found
            .iter()
            .map(|one| Row::found(&pair.text.path, one))
            .collect::<Vec<_>>()
    };
    let of_text: Vec<Row> = pairs.iter().zip(&texts).flat_map(of_text).collect();
    let of_pdf: Vec<Row> = pairs
        .iter()
        .zip(&pdfs)
        .flat_map(|(pair, found)| moved(pair, found))
        .collect();
    [score(marked, &of_text), score(marked, &of_pdf)]
}

/// How far the figures of the PDF may stay behind those of the text.
const BEHIND: f64 = 0.02;

fn hold_the_figures(pairs: &[Pair], marked: &[Row]) {
    for Pair { text, pdf } in pairs {
        let (expected, found) = (letters(text), letters(pdf));
        assert!(
            expected == found,
            "{}: {}",
            text.path,
            difference(&expected, &found)
        );
    }
    let [text, pdf] = figures_of_text_and_pdf(pairs, marked);
    let (of_text, of_pdf) = (text.figures(), pdf.figures());
    println!("text {of_text:.3?}\nPDF  {of_pdf:.3?}\n{}", pdf.faults.join("\n"));
    let behind = [
        of_text.recall - of_pdf.recall,
        of_text.precision - of_pdf.precision,
        of_text.target - of_pdf.target,
        of_text.relation - of_pdf.relation,
    ];
    assert!(
        behind.iter().all(|by| *by <= BEHIND),
        "{of_pdf:.3?} stays behind {of_text:.3?}"
    );
}

#[test]
fn the_marks_of_the_fixtures_are_found_in_their_pdfs() {
    let marked = Row::marked(&root().join("fixtures/marks.jsonl"));
    hold_the_figures(&pairs(&root().join("fixtures/corpus")), &marked);
}

/// The gold is no part of the project: it is looked for beside it.
#[test]
fn the_marks_of_the_gold_are_found_in_its_pdfs() {
    let beside = |folder: &Path| Some(folder.join("shared")).filter(|shared| shared.join("corpus").is_dir());
    let Some(shared) = root().ancestors().find_map(beside) else {
        return;
    };
    let marked = Row::marked(&shared.join("gold/dev.jsonl"));
    hold_the_figures(&pairs(&shared.join("corpus")), &marked);
}

/// What fixtures/formats has as PDF, typeset from fixtures/corpus: a plain one and one of a double-spaced text with a note
/// to nearly every item.
const KEPT: [(&str, Feet); 2] = [("10289-23-en", Feet::Plain), ("9364-22-nl", Feet::Artifacts)];

/// After a change of the typesetting that is meant: `CITEGRAPH_BLESS=1 cargo test pdf`.
#[test]
fn the_pdfs_of_the_fixtures_are_typeset_from_their_texts() {
    for (name, feet) in KEPT {
        let text = fs::read(root().join(format!("fixtures/corpus/{name}.txt"))).unwrap();
        let made = typeset::pdf(&document(name, &text), feet);
        let kept = root().join(format!("fixtures/formats/{name}.pdf"));
        if std::env::var_os("CITEGRAPH_BLESS").is_some() {
            fs::create_dir_all(kept.parent().unwrap()).unwrap();
            fs::write(&kept, &made).unwrap();
        }
        let is_kept = fs::read(&kept).is_ok_and(|kept| kept == made);
        assert!(
            is_kept,
            "{}: meant? CITEGRAPH_BLESS=1 cargo test pdf",
            kept.display()
        );
    }
}
