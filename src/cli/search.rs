//! `search`: words in, the works and passages that hold them out, the words marked on a terminal.

use std::io::{self, Write};
use std::sync::atomic::AtomicBool;

use citegraph::index::{Hits, Index, PassageHit, Query, Roots, Scan};
use citegraph::model::Span;
use clap::Args;
use serde::Serialize;

use super::arguments::CorpusArgs;
use super::desk::{Desk, Source};
use super::inputs::{Inputs, Unreadable, reason};
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs, printable};
use super::references::{csv, json};
use super::scan;
use super::table::Look;

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 3] = [Format::Table, Format::Json, Format::Csv];

/// How much of a passage is shown on each side of the first word.
const AROUND: usize = 120;

/// Find works and passages by their words, in any language
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph search cyber diplomacy\n  citegraph search '\"digitale diplomatie\" 2022'\n  citegraph search 'diplom*' --from documents/ --format json\n\nCase and accents do not matter. All words must be there; words in double quotes stand one after another, and a word with * at its end may go on."
)]
pub struct SearchArgs {
    /// The words
    #[arg(required = true)]
    text: Vec<String>,
    /// How many works and how many passages to show at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    max: usize,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists what was found.
pub fn run(desk: &Desk<'_>, args: &SearchArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let query = Query::new(&args.text.join(" "));
    if query.is_empty() {
        return Err(Failure::Usage("there is no word to search for".to_owned()));
    }
    let (hits, outcome) = match &desk.source {
        Source::Index(index) => (index.search(&query, args.max)?, Outcome::Done),
        Source::Files(paths) => {
            let (index, outcome) = in_memory(desk, &Inputs::of(paths))?;
            (index.search(&query, args.max)?, outcome)
        }
    };
    args.output.write(|out| match format {
        Format::Json => json(out, &hits),
        Format::Csv => csv(out, &rows(&hits)),
        _ => list(&hits, &query, Look::of(&args.output), out),
    })?;
    if hits.works.is_empty() && hits.passages.is_empty() {
        return Err(Failure::NotThere(format!(
            "nothing holds {}",
            args.text.join(" ")
        )));
    }
    Ok(outcome)
}

/// An index of files that is gone with the answer.
fn in_memory(desk: &Desk<'_>, inputs: &Inputs) -> Result<(Index, Outcome), Failure> {
    let mut index = Index::in_memory()?;
    let (sources, refused) = scan::sources(inputs);
    let scan = Scan {
        tables: desk.tables,
        recognizer: &desk.recognizer,
        options: &desk.options,
        bytes: &|source| std::fs::read(&source.file).map_err(|error| reason(&error)),
        step: &|| (),
        stop: &AtomicBool::new(false),
        now: i64::MAX,
    };
    let summary = index.scan(&scan, sources, &Roots::default())?;
    let unread = index.unread()?.into_iter();
    let unread: Vec<Unreadable> = unread.map(|one| Unreadable::new(one.path, one.reason)).collect();
    refused.iter().chain(&unread).for_each(Unreadable::say);
    match (summary.documents, refused.is_empty() && unread.is_empty()) {
        (0, _) => Err(Failure::NothingRead(
            "none of what was given could be read".to_owned(),
        )),
        (_, true) => Ok((index, Outcome::Done)),
        (_, false) => Ok((index, Outcome::InPart)),
    }
}

/// A work or a passage as a row.
#[derive(Serialize)]
struct Row<'a> {
    what: &'static str,
    work: &'a str,
    document: &'a str,
    language: &'static str,
    line: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    text: &'a str,
}

fn rows(hits: &Hits) -> Vec<Row<'_>> {
    let works = hits.works.iter().map(|work| Row {
        what: "work",
        work: work.id.as_str(),
        document: "",
        language: "",
        line: None,
        start: None,
        end: None,
        text: work.name.as_deref().unwrap_or(&work.label),
    });
    let passages = hits.passages.iter().map(|passage| Row {
        what: "passage",
        work: passage.work.as_ref().map_or("", |work| work.as_str()),
        document: &passage.document,
        language: passage.language.code(),
        line: Some(passage.line),
        start: Some(passage.start),
        end: Some(passage.end),
        text: &passage.text,
    });
    works.chain(passages).collect()
}

/// A line for each work; for each passage where it stands, and below it its words.
fn list(hits: &Hits, query: &Query, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for work in &hits.works {
        let name = work.name.as_deref().filter(|name| *name != work.label);
        let text = name.map_or(work.label.clone(), |name| format!("{}: {name}", work.label));
        writeln!(out, "{}  {}", work.id, marked(&text, query, look))?;
    }
    for passage in &hits.passages {
        let work = passage.work.as_ref().map_or("", |work| work.as_str());
        let place = format!("{}, line {}  {work}", passage.document, passage.line);
        writeln!(
            out,
            "{}\n    {}",
            printable(&place),
            marked(&around(passage, query), query, look)
        )?;
    }
    let shown = hits.passages.len();
    match hits.passages_in_all {
        all if all > shown => writeln!(out, "{shown} of {all} passages, {} works", hits.works.len()),
        all => writeln!(out, "{all} passages, {} works", hits.works.len()),
    }
}

/// The words of a passage around the first that was sought, on one line.
fn around(passage: &PassageHit, query: &Query) -> String {
    let line = passage.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = query.spans_in(&line).first().copied().unwrap_or(Span::new(0, 0));
    let before = line[..first.start].char_indices().rev().take(AROUND).last();
    let after = line[first.end..].char_indices().nth(AROUND);
    let start = before.map_or(first.start, |(at, _)| at);
    let end = after.map_or(line.len(), |(at, _)| first.end + at);
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{}{}", cut(start > 0), &line[start..end], cut(end < line.len()))
}

/// The text with the words that were sought in bold, where there is color.
fn marked(text: &str, query: &Query, look: Look) -> String {
    let text = printable(text);
    if !look.is_colored() {
        return text;
    }
    let (mut marked, mut done) = (String::with_capacity(text.len()), 0);
    for span in query.spans_in(&text) {
        marked += &text[done..span.start];
        marked += &format!("\x1b[1m{}\x1b[0m", &text[span.start..span.end]);
        done = span.end;
    }
    marked + &text[done..]
}
