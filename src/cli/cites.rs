//! `cites`: a work in, the passages by which it refers to others out.

use clap::Args;

use super::arguments::CorpusArgs;
use super::desk::Desk;
use super::load::{Need, load_around};
use super::outcome::{Failure, Outcome};
use super::output::OutputArgs;
use super::references::{End, FORMATS, list};

/// List what a work refers to, where, in what words
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph cites 9364/22 --from documents/\n  citegraph cites \"Council conclusions on EU Digital Diplomacy\" --from documents/ --format json"
)]
pub struct CitesArgs {
    /// The citing work: an id, a number, or a title or name in any language
    work: String,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the passages.
pub fn run(desk: &Desk<'_>, args: &CitesArgs) -> Result<Outcome, Failure> {
    args.output.format(&FORMATS)?;
    let asked = std::slice::from_ref(&args.work);
    let (loaded, works) = load_around(desk, asked, Need::Touching)?;
    for work in works.iter().filter_map(|id| loaded.graph.work(id)) {
        list(&loaded, work, End::Cited, &args.output)?;
    }
    Ok(loaded.outcome())
}
