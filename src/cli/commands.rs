//! The commands as clap sees them, with their help.

use clap::{Parser, Subcommand};

use super::arguments::CorpusArgs;
use super::load::{Desk, tables};
use super::outcome::{Failure, Outcome};
use super::{
    brief, candidates, centrality, check, cites, completions, ego, export, extract, frontier, lineage,
    matrix, show, who_cites,
};

/// Reference graph analyzer for EU policy documents: what a document builds on, who refers to it, and the picture
/// for the briefing.
#[derive(Debug, Parser)]
#[command(name = "citegraph", version, arg_required_else_help = true, after_help = TOP_EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const TOP_EXAMPLES: &str = "\
A WORK is an id (ST-10289-2023), a number as people write it (10289/23, \"15315/1/25 REV 1\"), or a title or name in \
any language (\"instrumentarium voor cyberdiplomatie\"). Edges point from the citing work to the cited one.

Examples:
  citegraph brief documents/ --out briefing
  citegraph who-cites \"Cyber Diplomacy Toolbox\" --from documents/
  citegraph lineage 15315/25 --from documents/ -o lineage.svg

Exit status:
  0  done
  1  the thing asked for is not there, or `check --strict` found something
  2  wrong usage, or nothing could be read or written
  3  done, but some documents could not be read";

#[derive(Debug, Subcommand)]
enum Command {
    Brief(brief::BriefArgs),
    Extract(extract::ExtractArgs),
    WhoCites(who_cites::WhoCitesArgs),
    Cites(cites::CitesArgs),
    Show(show::ShowArgs),
    Lineage(lineage::LineageArgs),
    Centrality(centrality::CentralityArgs),
    Ego(ego::EgoArgs),
    Timeline(ego::TimelineArgs),
    Matrix(matrix::MatrixArgs),
    Frontier(frontier::FrontierArgs),
    Candidates(candidates::CandidatesArgs),
    Check(check::CheckArgs),
    Export(export::ExportArgs),
    Completions(completions::CompletionsArgs),
}

impl Cli {
    /// Does what was asked.
    pub fn run(&self) -> Result<Outcome, Failure> {
        if let Command::Completions(args) = &self.command {
            return completions::run(args);
        }
        let corpus = self.command.corpus();
        let tables = tables(corpus.map_or(&[], |args| &args.instruments))?;
        let desk = Desk::new(
            &tables,
            corpus.map(CorpusArgs::back_references).unwrap_or_default(),
        );
        match &self.command {
            Command::Brief(args) => brief::run(&desk, args),
            Command::Extract(args) => extract::run(&desk, args),
            Command::WhoCites(args) => who_cites::run(&desk, args),
            Command::Cites(args) => cites::run(&desk, args),
            Command::Show(args) => show::run(&desk, args),
            Command::Lineage(args) => lineage::run(&desk, args),
            Command::Centrality(args) => centrality::run(&desk, args),
            Command::Ego(args) => ego::run(&desk, args),
            Command::Timeline(args) => ego::run_timeline(&desk, args),
            Command::Matrix(args) => matrix::run(&desk, args),
            Command::Frontier(args) => frontier::run(&desk, args),
            Command::Candidates(args) => candidates::run(&desk, args),
            Command::Check(args) => check::run(&desk, args),
            Command::Export(args) => export::run(&desk, args),
            Command::Completions(args) => completions::run(args),
        }
    }
}

impl Command {
    /// Where the corpus of a command is and how it is read; a command without one has none.
    fn corpus(&self) -> Option<&CorpusArgs> {
        match self {
            Self::Brief(args) => Some(&args.corpus),
            Self::Extract(args) => Some(&args.corpus),
            Self::WhoCites(args) => Some(&args.corpus),
            Self::Cites(args) => Some(&args.corpus),
            Self::Show(args) => Some(&args.corpus),
            Self::Lineage(args) => Some(&args.corpus),
            Self::Centrality(args) => Some(&args.corpus),
            Self::Ego(args) => Some(&args.corpus),
            Self::Timeline(args) => Some(&args.corpus),
            Self::Matrix(args) => Some(&args.corpus),
            Self::Frontier(args) => Some(&args.corpus),
            Self::Candidates(args) => Some(&args.corpus),
            Self::Check(args) => Some(&args.corpus),
            Self::Export(args) => Some(&args.corpus),
            Self::Completions(_) => None,
        }
    }
}
