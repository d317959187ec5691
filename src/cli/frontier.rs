//! `frontier`: a corpus in, what it cites but does not hold out, most cited first.

use citegraph::analyze;
use clap::Args;

use super::arguments::CorpusArgs;
use super::desk::Desk;
use super::load::load_graph;
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs};
use super::references::{csv, json};
use super::table::{Look, Table};

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 3] = [Format::Table, Format::Json, Format::Csv];

/// List what is cited but missing, most cited first, with where to get it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph frontier --from documents/\n  citegraph frontier --from documents/ --format csv -o to-fetch.csv"
)]
pub struct FrontierArgs {
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the frontier.
pub fn run(desk: &Desk<'_>, args: &FrontierArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let loaded = load_graph(desk)?;
    let frontier = analyze::frontier(&loaded.graph);
    args.output.write(|out| match format {
        Format::Json => json(out, &frontier),
        Format::Csv => csv(out, &frontier.entries),
        _ => table(&frontier).write(Look::of(&args.output), out),
    })?;
    Ok(loaded.outcome())
}

fn table(frontier: &analyze::Frontier) -> Table {
    let mut table = Table::new(&["#cited by", "#mentions", "kind", "id", "label", "address"]);
    for entry in &frontier.entries {
        let url = entry.url.clone().unwrap_or_default();
        let cells = [
            entry.cited_by.to_string(),
            entry.mentions.to_string(),
            entry.kind.to_string(),
            entry.id.to_string(),
            entry.label.clone(),
            url,
        ];
        table.row(cells);
    }
    table.remark(format!(
        "{} works are cited but not in the corpus",
        frontier.entries.len()
    ));
    table
}
