//! The commands as clap sees them, with their help.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::arguments::CorpusArgs;
use super::load::{Desk, tables};
use super::outcome::{Failure, Outcome};
use super::output::Format;
use super::{
    brief, candidates, centrality, check, cites, completions, ego, export, extract, frontier, lineage,
    matrix, references, show, who_cites,
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

/// What each command writes.
const WRITTEN: [(&str, &[Format]); 13] = [
    ("extract", &extract::FORMATS),
    ("who-cites", &references::FORMATS),
    ("cites", &references::FORMATS),
    ("show", &show::FORMATS),
    ("lineage", &lineage::FORMATS),
    ("centrality", &centrality::FORMATS),
    ("ego", &ego::FORMATS),
    ("timeline", &ego::COUNTED),
    ("matrix", &matrix::FORMATS),
    ("frontier", &frontier::FORMATS),
    ("candidates", &candidates::FORMATS),
    ("check", &check::FORMATS),
    ("export", &export::FORMATS),
];

impl Cli {
    /// The commands, each with the formats that it writes.
    pub fn commands() -> clap::Command {
        WRITTEN.iter().fold(Self::command(), |cli, (name, formats)| {
            cli.mut_subcommand(name, |command| {
                command.mut_arg("format", |format| format.value_parser(one_of(formats)))
            })
        })
    }

    /// What was typed. Help and usage errors are printed, and the program ends with 0 or 2.
    pub fn typed() -> Self {
        let matches = Self::commands().get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

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

fn one_of(formats: &[Format]) -> impl TypedValueParser<Value = Format> + use<> {
    let values = formats.iter().filter_map(Format::to_possible_value);
    let read = |name: String| Format::from_str(&name, false);
    PossibleValuesParser::new(values).try_map(read)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_offers_only_the_formats_that_it_writes() {
        let writes = |command: &clap::Command| command.get_arguments().any(|arg| arg.get_id() == "format");
        for command in Cli::command().get_subcommands().filter(|c| writes(c)) {
            assert!(
                WRITTEN.iter().any(|(name, _)| *name == command.get_name()),
                "{}",
                command.get_name()
            );
        }
        Cli::commands().debug_assert();
    }
}
