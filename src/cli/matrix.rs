//! `matrix`: a corpus in, which of its works refer to which instruments out.

use std::collections::BTreeMap;

use citegraph::analyze::{self, Crossing};
use citegraph::draw::views::matrix_picture;
use citegraph::model::{Kind, Relation, Work, WorkId};
use clap::Args;
use serde::Serialize;

use super::arguments::{CorpusArgs, kind};
use super::desk::Desk;
use super::load::{Loaded, load_graph};
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs};
use super::page::PaperArgs;
use super::picture::{TitleArgs, is_drawn, scope};
use super::references::{csv, json};
use super::style::StyleArgs;
use super::table::{Look, Table};

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 6] = [
    Format::Table,
    Format::Json,
    Format::Csv,
    Format::Svg,
    Format::Png,
    Format::Pdf,
];

/// Show which works refer to which instruments
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph matrix --from documents/\n  citegraph matrix --kind legal-act --from documents/ -o acts.svg"
)]
pub struct MatrixArgs {
    /// The kind of the works referred to (instrument, legal-act, council-document, …)
    #[arg(long, value_name = "KIND", default_value = "instrument", value_parser = kind)]
    kind: Kind,
    /// How many citing works a picture shows at most, those that refer to the most
    #[arg(long, value_name = "N", default_value_t = 25)]
    max: usize,
    #[command(flatten)]
    page: PaperArgs,
    #[command(flatten)]
    titles: TitleArgs,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Writes the matrix.
pub fn run(desk: &Desk<'_>, args: &MatrixArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let style = args.style.style()?;
    let loaded = load_graph(desk)?;
    let crossing = analyze::crossing(&loaded.graph, args.kind);
    match format {
        drawn if is_drawn(drawn) => {
            let scope = scope(&loaded, args.titles.language(), args.max, args.page.plan());
            let picture = matrix_picture(&loaded.graph, &crossing, &scope);
            args.output
                .write_picture(format, &style.draw(&picture, format)?)?;
        }
        Format::Json => args.output.write(|out| json(out, &crossing))?,
        Format::Csv => args.output.write(|out| csv(out, &rows(&loaded, &crossing)))?,
        _ => args
            .output
            .write(|out| table(&loaded, &crossing).write(Look::of(&args.output), out))?,
    }
    Ok(loaded.outcome())
}

#[derive(Serialize)]
struct Row<'a> {
    citing: &'a WorkId,
    citing_label: &'a str,
    cited: &'a WorkId,
    cited_label: &'a str,
    relations: String,
    mentions: usize,
}

/// The filled cells, by row and column as they stand in the matrix.
fn rows<'a>(loaded: &'a Loaded, crossing: &'a Crossing) -> Vec<Row<'a>> {
    let mut cells: Vec<&analyze::Cell> = crossing.cells.iter().collect();
    let places = |ids: Vec<&'a WorkId>| -> BTreeMap<&'a WorkId, usize> { ids.into_iter().zip(0..).collect() };
    let row_places = places(crossing.rows.iter().collect());
    let column_places = places(crossing.columns.iter().map(|(id, _)| id).collect());
    cells.sort_by_key(|cell| (row_places.get(&cell.citing), column_places.get(&cell.cited)));
    let label = |id: &WorkId| {
        loaded
            .graph
            .work(id)
            .map_or("", |work: &'a Work| work.label.as_str())
    };
    let words = |relations: &[Relation]| {
        relations
            .iter()
            .map(|one| one.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let row = |cell: &&'a analyze::Cell| Row {
        citing: &cell.citing,
        citing_label: label(&cell.citing),
        cited: &cell.cited,
        cited_label: label(&cell.cited),
        relations: words(&cell.relations),
        mentions: cell.mentions,
    };
    cells.iter().map(row).collect()
}

fn table(loaded: &Loaded, crossing: &Crossing) -> Table {
    let mut table = Table::new(&["work", "refers to", "relation", "#passages"]);
    for row in rows(loaded, crossing) {
        table.row([
            row.citing_label.to_owned(),
            row.cited_label.to_owned(),
            row.relations,
            row.mentions.to_string(),
        ]);
    }
    table.remark(format!(
        "{} works of the corpus refer to {} of kind {}",
        crossing.rows.len(),
        crossing.columns.len(),
        crossing.kind
    ));
    table
}
