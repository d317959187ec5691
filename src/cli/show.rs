//! `show`: a work in, all that is known of it out.

use std::io::{self, Write};

use citegraph::draw::words::counted;
use citegraph::graph::Counts;
use citegraph::index::Index;
use citegraph::model::Work;
use clap::Args;
use serde::Serialize;

use super::arguments::CorpusArgs;
use super::ask;
use super::desk::{Desk, Source};
use super::load::{Loaded, load};
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs, printable};
use super::references::json;

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 2] = [Format::Table, Format::Json];

/// Show one work: names, identifiers, versions, documents, dates, counts, address
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph show 11406/22 --from documents/\n  citegraph show \"Versailleserklæringen\" --from documents/ --format json"
)]
pub struct ShowArgs {
    /// The work: an id, a number, or a title or name in any language
    work: String,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    work: Work,
    #[serde(flatten)]
    counts: Counts,
}

/// Shows the work.
pub fn run(desk: &Desk<'_>, args: &ShowArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let (shown, outcome) = match &desk.source {
        Source::Index(index) => (of_index(desk, index, &args.work)?, Outcome::Done),
        Source::Files(_) => {
            let loaded = load(desk)?;
            (of_files(desk, &loaded, &args.work)?, loaded.outcome())
        }
    };
    if let Some(shown) = shown {
        args.output.write(|out| match format {
            Format::Json => json(out, &shown),
            _ => table(&shown, out),
        })?;
    }
    Ok(outcome)
}

fn of_index(desk: &Desk<'_>, index: &Index, asked: &str) -> Result<Option<Shown>, Failure> {
    let id = ask::work_of_index(desk, index, asked)?;
    let counts = index.counts(&id)?;
    Ok(index.work(&id)?.map(|work| Shown { work, counts }))
}

fn of_files(desk: &Desk<'_>, loaded: &Loaded, asked: &str) -> Result<Option<Shown>, Failure> {
    let id = ask::work(desk, loaded, asked)?;
    let counts = loaded.graph.counts(&id);
    let work = loaded.graph.work(&id).cloned();
    Ok(work.map(|work| Shown { work, counts }))
}

/// Field by field, one value a line.
fn table(shown: &Shown, out: &mut dyn Write) -> io::Result<()> {
    let work = &shown.work;
    for (name, values) in fields(shown) {
        for (at, value) in values.iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            writeln!(out, "{name:<12}  {}", printable(value))?;
        }
    }
    for merged in &work.merged {
        writeln!(
            out,
            "{:<12}  {}: {}",
            "the same as",
            merged.id,
            printable(&merged.reason)
        )?;
    }
    Ok(())
}

fn fields(shown: &Shown) -> Vec<(&'static str, Vec<String>)> {
    let (work, counts) = (&shown.work, &shown.counts);
    let names = work.names.iter().filter_map(|(language, names)| {
        let first = names.first()?;
        // The rest are inflected forms and names of parts; JSON has them all.
        let more = if names.len() > 1 {
            format!(" (and {} more)", names.len() - 1)
        } else {
            String::new()
        };
        Some(format!("{language}  {first}{more}"))
    });
    let documents = work
        .expressions
        .iter()
        .map(|e| format!("{}  {}  {}", e.language, e.version, e.document));
    let changes = work.relations.iter().map(|(relation, works)| {
        let works: Vec<&str> = works.iter().map(citegraph::model::WorkId::as_str).collect();
        format!("{relation} {}", works.join(", "))
    });
    let relations: Vec<String> = counts
        .cited_as
        .iter()
        .map(|(relation, count)| format!("{relation} {count}"))
        .collect();
    vec![
        ("id", vec![work.id.to_string()]),
        ("label", vec![work.label.clone()]),
        ("kind", vec![work.kind.to_string()]),
        ("date", work.date.iter().map(ToString::to_string).collect()),
        ("names", names.collect()),
        (
            "identifiers",
            work.identifiers.iter().map(ToString::to_string).collect(),
        ),
        ("versions", work.versions.clone()),
        ("changes", changes.collect()),
        ("about it", work.about.iter().map(ToString::to_string).collect()),
        (
            "documents",
            if work.in_corpus {
                documents.collect()
            } else {
                vec!["none: it is only cited".to_owned()]
            },
        ),
        (
            "cited by",
            vec![format!(
                "{} in {}",
                counted(counts.citing_works, "work"),
                counted(counts.mentions, "passage")
            )],
        ),
        (
            "cited as",
            (!relations.is_empty())
                .then(|| relations.join(", "))
                .into_iter()
                .collect(),
        ),
        ("cites", vec![counted(counts.cited_works, "work")]),
        ("address", work.url.iter().cloned().collect()),
    ]
}
