//! `who-cites`: a work in, the passages that refer to it out.

use clap::Args;

use super::arguments::CorpusArgs;
use super::desk::Desk;
use super::load::{Need, load_around};
use super::outcome::{Failure, Outcome};
use super::output::OutputArgs;
use super::references::{End, FORMATS, list};

/// List who refers to a work: which documents, where, in what words
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph who-cites \"Cyber Diplomacy Toolbox\" --from documents/\n  citegraph who-cites 9364/22 --from documents/ --format csv -o who.csv"
)]
pub struct WhoCitesArgs {
    /// The cited work: an id, a number, or a title or name in any language
    work: String,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the passages.
pub fn run(desk: &Desk<'_>, args: &WhoCitesArgs) -> Result<Outcome, Failure> {
    args.output.format(&FORMATS)?;
    let asked = std::slice::from_ref(&args.work);
    let (loaded, works) = load_around(desk, asked, Need::Touching)?;
    for work in works.iter().filter_map(|id| loaded.graph.work(id)) {
        list(&loaded, work, End::Citing, &args.output)?;
    }
    Ok(loaded.outcome())
}
