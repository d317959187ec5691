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

/// The fixtures in one language, put one after another until the text has so many megabytes.
fn grown(language: &str, megabytes: usize) -> String {
    let text = corpus()
        .into_iter()
        .filter(|(name, _)| name.ends_with(&format!("-{language}.txt")))
        .map(|(_, t)| t)
        .collect::<String>();
    let mut grown = String::with_capacity(megabytes * 1_000_000 + text.len());
    while grown.len() < megabytes * 1_000_000 {
        grown.push_str(&text);
    }
    grown
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
fn extract_english(bencher: Bencher<'_, '_>, megabytes: usize) {
    extract(bencher, "en", megabytes);
}

#[divan::bench(args = [1, 5, 20], sample_count = 5)]
fn extract_dutch(bencher: Bencher<'_, '_>, megabytes: usize) {
    extract(bencher, "nl", megabytes);
}

fn extract(bencher: Bencher<'_, '_>, language: &str, megabytes: usize) {
    let Ok(tables) = Tables::builtin() else { return };
    let recognizer = Recognizer::new(&tables);
    let text = grown(language, megabytes);
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
