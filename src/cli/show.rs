//! `show`: a work in, all that is known of it out.

use std::collections::BTreeMap;
use std::io::{self, Write};

use citegraph::draw::words::counted;
use citegraph::index::Detail;
use citegraph::model::{Relation, Work};
use clap::Args;
use serde::Serialize;

use super::arguments::CorpusArgs;
use super::desk::Desk;
use super::load::{Loaded, Need, load_around};
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
struct Shown<'a> {
    #[serde(flatten)]
    work: &'a Work,
    citing_works: usize,
    cited_works: usize,
    mentions: usize,
    cited_as: BTreeMap<Relation, usize>,
}

/// Shows the work.
pub fn run(desk: &Desk<'_>, args: &ShowArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let asked = std::slice::from_ref(&args.work);
    let (loaded, works) = load_around(desk, asked, Need::Touching(Detail::Counts))?;
    for work in works.iter().filter_map(|id| loaded.graph.work(id)) {
        let shown = shown(&loaded, work);
        args.output.write(|out| match format {
            Format::Json => json(out, &shown),
            _ => table(&shown, out),
        })?;
    }
    Ok(loaded.outcome())
}

fn shown<'a>(loaded: &Loaded, work: &'a Work) -> Shown<'a> {
    let distinct = |mut ids: Vec<&citegraph::model::WorkId>| {
        ids.sort();
        ids.dedup();
        ids.len()
    };
    let incoming = loaded.graph.who_cites(&work.id);
    let mut cited_as = BTreeMap::new();
    incoming
        .iter()
        .for_each(|edge| *cited_as.entry(edge.relation).or_default() += edge.evidence.len());
    Shown {
        work,
        citing_works: distinct(incoming.iter().map(|edge| &edge.citing).collect()),
        cited_works: distinct(
            loaded
                .graph
                .cites(&work.id)
                .iter()
                .map(|edge| &edge.cited)
                .collect(),
        ),
        mentions: incoming.iter().map(|edge| edge.evidence.len()).sum(),
        cited_as,
    }
}

/// Field by field, one value a line.
fn table(shown: &Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
    let work = shown.work;
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

fn fields(shown: &Shown<'_>) -> Vec<(&'static str, Vec<String>)> {
    let work = shown.work;
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
    let relations: Vec<String> = shown
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
                counted(shown.citing_works, "work"),
                counted(shown.mentions, "passage")
            )],
        ),
        (
            "cited as",
            (!relations.is_empty())
                .then(|| relations.join(", "))
                .into_iter()
                .collect(),
        ),
        ("cites", vec![counted(shown.cited_works, "work")]),
        ("address", work.url.iter().cloned().collect()),
    ]
}
