//! `export`: a corpus in, its whole graph out.

use citegraph::draw::Plan;
use citegraph::draw::views::graph_picture;
use clap::Args;

use super::arguments::CorpusArgs;
use super::desk::Desk;
use super::load::load;
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs};
use super::picture::{TitleArgs, scope};
use super::style::Style;

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 2] = [Format::Json, Format::Dot];

/// Write the whole graph
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph export --from documents/ -o graph.json\n  citegraph export --format dot --from documents/ | dot -Tpdf -o graph.pdf"
)]
pub struct ExportArgs {
    #[command(flatten)]
    titles: TitleArgs,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Writes the graph.
pub fn run(desk: &Desk<'_>, args: &ExportArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let loaded = load(desk)?;
    match format {
        Format::Dot => {
            let picture = graph_picture(
                &loaded.graph,
                &scope(&loaded, args.titles.language(), usize::MAX, Plan::default()),
            );
            args.output
                .write_picture(format, &Style::default().draw(&picture, format)?)?;
        }
        _ => args
            .output
            .write(|out| citegraph::export::json(&loaded.graph, &loaded.corpus, out))?,
    }
    Ok(loaded.outcome())
}
