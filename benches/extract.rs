//! The speed of reading and recognizing on text grown from the fixtures, and of resolving the whole fixtures.
//!
//! `cargo bench --bench extract`. Bytes a second are of one thread.

use std::fs;
use std::path::Path;

use citegraph::read;
use citegraph::recognize::{Findings, Recognizer};
use citegraph::resolve::{Dates, resolve};
use citegraph::tables::Tables;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// The fixtures in one language, one after another.
fn dense(language: &str) -> String {
    let texts = corpus().into_iter();
    let own = texts.filter(|(name, _)| name.ends_with(&format!("-{language}.txt")));
    own.map(|(_, text)| text).collect()
}

/// How many mentions a kilobyte of Council documents has; the fixtures are made to have three times as many.
const MENTIONS: usize = 4;

/// The same with paragraphs that refer to nothing, until it is as rich in mentions as real documents are.
fn prose(language: &str, tables: &Tables, recognizer: &Recognizer<'_>) -> String {
    let mut text = dense(language);
    let mentions = |text: &str| findings("x.txt", text, tables, recognizer).map_or(0, |f| f.mentions.len());
    let plain: Vec<String> = text
        .split("\n\n")
        .filter(|p| mentions(p) == 0)
        .map(str::to_owned)
        .collect();
    let enough = mentions(&text) * 1000 / MENTIONS;
    for paragraph in plain.iter().filter(|p| !p.is_empty()).cycle() {
        if text.len() >= enough {
            break;
        }
        text.push_str("\n\n");
        text.push_str(paragraph);
    }
    text
}

fn corpus() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/corpus");
    let mut files: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    files
        .iter()
        .filter_map(|p| Some((p.to_string_lossy().into_owned(), fs::read_to_string(p).ok()?)))
        .collect()
}

#[divan::bench(args = [1, 5, 20], sample_count = 5)]
fn english_prose(bencher: Bencher<'_, '_>, megabytes: usize) {
    extract(bencher, megabytes, |tables, recognizer| {
        prose("en", tables, recognizer)
    });
}

#[divan::bench(args = [1, 5, 20], sample_count = 5)]
fn dutch_prose(bencher: Bencher<'_, '_>, megabytes: usize) {
    extract(bencher, megabytes, |tables, recognizer| {
        prose("nl", tables, recognizer)
    });
}

#[divan::bench(args = [1, 5, 20], sample_count = 5)]
fn english_dense(bencher: Bencher<'_, '_>, megabytes: usize) {
    extract(bencher, megabytes, |_, _| dense("en"));
}

/// Reads and recognizes a text put one after another until it has so many megabytes.
fn extract(bencher: Bencher<'_, '_>, megabytes: usize, text: impl Fn(&Tables, &Recognizer<'_>) -> String) {
    let Ok(tables) = Tables::builtin() else { return };
    let recognizer = Recognizer::new(&tables);
    let text = text(&tables, &recognizer);
    let text = text.repeat(megabytes * 1_000_000 / text.len() + 1);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| findings("grown.txt", &text, &tables, &recognizer));
}

fn findings(path: &str, text: &str, tables: &Tables, recognizer: &Recognizer<'_>) -> Option<Findings> {
    let reading = read::read(path, text.as_bytes(), tables, None).ok()?;
    Some(recognizer.recognize(&reading.document))
}

#[divan::bench(sample_count = 20)]
fn resolve_the_fixtures(bencher: Bencher<'_, '_>) {
    let Ok(tables) = Tables::builtin() else { return };
    let recognizer = Recognizer::new(&tables);
    let all: Vec<Findings> = corpus()
        .iter()
        .filter_map(|(path, text)| findings(path, text, &tables, &recognizer))
        .collect();
    bencher
        .with_inputs(|| all.clone())
        .bench_values(|all| resolve(all, &tables, &recognizer, Dates::Corrected));
}

#[divan::bench(sample_count = 20)]
fn load_the_tables() -> bool {
    Tables::builtin().is_ok()
}
