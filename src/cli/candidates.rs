//! `candidates`: documents in, the names out that look like those of instruments but are in no table, most used first.

use std::collections::BTreeMap;
use std::path::PathBuf;

use citegraph::recognize::{Candidate, key};
use clap::Args;
use serde::Serialize;

use super::arguments::CorpusArgs;
use super::desk::Desk;
use super::load::of_each;
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs};
use super::references::{csv, json};
use super::table::{Look, Table};

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 3] = [Format::Table, Format::Json, Format::Csv];

/// List names that look like those of instruments but are not known, most used first
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph candidates documents/\n  citegraph candidates documents/ --format csv -o names.csv\n\nNo name of this list is linked to anything. Put those that are instruments into a file and give it with --instruments FILE."
)]
pub struct CandidatesArgs {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Serialize)]
struct Answer<'a> {
    candidates: &'a [Row],
}

/// One name in one language.
#[derive(Serialize)]
struct Row {
    name: String,
    language: &'static str,
    count: usize,
    documents: usize,
    /// Where it stands first.
    document: String,
    line: usize,
    passage: String,
}

/// Lists the candidates.
pub fn run(desk: &Desk<'_>, args: &CandidatesArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let recognizer = &desk.recognizer;
    let (documents, outcome) = of_each(desk, |document| {
        (document.path.clone(), recognizer.candidates(document))
    })?;
    let rows = rows(documents);
    args.output.write(|out| match format {
        Format::Json => json(out, &Answer { candidates: &rows }),
        Format::Csv => csv(out, &rows),
        _ => table(&rows).write(Look::of(&args.output), out),
    })?;
    Ok(outcome)
}

/// The names of all documents, those used most first. Spellings that differ in case, hyphens or blanks are one name.
fn rows(documents: Vec<(String, Vec<Candidate>)>) -> Vec<Row> {
    let mut rows: BTreeMap<(&'static str, String), Row> = BTreeMap::new();
    for (document, candidates) in documents {
        let mut here = Vec::new();
        for candidate in candidates {
            let name = (candidate.language.code(), key(&candidate.name));
            let row = rows
                .entry(name.clone())
                .or_insert_with(|| row(&document, candidate));
            row.count += 1;
            if !here.contains(&name) {
                row.documents += 1;
                here.push(name);
            }
        }
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by(|a, b| (b.count, b.documents, &a.name).cmp(&(a.count, a.documents, &b.name)));
    rows
}

fn row(document: &str, candidate: Candidate) -> Row {
    Row {
        name: candidate.name,
        language: candidate.language.code(),
        count: 0,
        documents: 0,
        document: document.to_owned(),
        line: candidate.line,
        passage: candidate.passage,
    }
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new(&[
        "#count",
        "#documents",
        "lang",
        "name",
        "document",
        "#line",
        "passage",
    ]);
    for row in rows {
        let cells = [
            row.count.to_string(),
            row.documents.to_string(),
            row.language.to_owned(),
            row.name.clone(),
            row.document.clone(),
            row.line.to_string(),
            row.passage.clone(),
        ];
        table.row_about(&row.name, cells);
    }
    table.remark(format!(
        "{} names that are in no table; none of them is linked to anything",
        rows.len()
    ));
    table
}
