//! The commands as clap sees them, with their help.

use std::path::PathBuf;

use citegraph::recognize::Recognizer;
use citegraph::tables::Tables;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::arguments::CorpusArgs;
use super::desk::{self, Desk, Source};
use super::outcome::{Failure, Outcome};
use super::output::Format;
use super::{
    brief, candidates, centrality, check, cites, completions, ego, export, extract, frontier, lineage,
    matrix, references, scan, search, show, watch, who_cites,
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
    Scan(scan::ScanArgs),
    Watch(watch::WatchArgs),
    #[command(flatten)]
    Query(Query),
    Completions(completions::CompletionsArgs),
}

/// The commands that ask a corpus.
#[derive(Debug, Subcommand)]
enum Query {
    Brief(brief::BriefArgs),
    Extract(extract::ExtractArgs),
    WhoCites(who_cites::WhoCitesArgs),
    Cites(cites::CitesArgs),
    Show(show::ShowArgs),
    Search(search::SearchArgs),
    Lineage(lineage::LineageArgs),
    Centrality(centrality::CentralityArgs),
    Ego(ego::EgoArgs),
    Timeline(ego::TimelineArgs),
    Matrix(matrix::MatrixArgs),
    Frontier(frontier::FrontierArgs),
    Candidates(candidates::CandidatesArgs),
    Check(check::CheckArgs),
    Export(export::ExportArgs),
}

/// What each command writes.
const WRITTEN: [(&str, &[Format]); 16] = [
    ("scan", &scan::FORMATS),
    ("watch", &scan::FORMATS),
    ("extract", &extract::FORMATS),
    ("who-cites", &references::FORMATS),
    ("cites", &references::FORMATS),
    ("show", &show::FORMATS),
    ("search", &search::FORMATS),
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
        match &self.command {
            Command::Scan(args) => scan::run(args),
            Command::Watch(args) => watch::run(args),
            Command::Query(query) => query.run(),
            Command::Completions(args) => completions::run(args),
        }
    }
}

fn one_of(formats: &[Format]) -> impl TypedValueParser<Value = Format> + use<> {
    let values = formats.iter().filter_map(Format::to_possible_value);
    let read = |name: String| Format::from_str(&name, false);
    PossibleValuesParser::new(values).try_map(read)
}

impl Query {
    fn run(&self) -> Result<Outcome, Failure> {
        let corpus = self.corpus();
        let source = Source::of(corpus, self.paths())?;
        let mut options = desk::options(&corpus.read)?;
        if let Source::Index(index) = &source {
            options = desk::agreed(index, options)?;
        }
        // They live as long as the program: to take them apart at its end would cost a fifth of what loading them does.
        let tables: &Tables = Box::leak(Box::new(desk::tables(&options)?));
        let recognizer = Recognizer::new(tables).with_back_references(desk::back_references(&options));
        self.answer(&Desk {
            tables,
            recognizer,
            options,
            source,
            verbose: corpus.read.verbose,
        })
    }

    fn answer(&self, desk: &Desk<'_>) -> Result<Outcome, Failure> {
        match self {
            Self::Brief(args) => brief::run(desk, args),
            Self::Extract(args) => extract::run(desk, args),
            Self::WhoCites(args) => who_cites::run(desk, args),
            Self::Cites(args) => cites::run(desk, args),
            Self::Show(args) => show::run(desk, args),
            Self::Search(args) => search::run(desk, args),
            Self::Lineage(args) => lineage::run(desk, args),
            Self::Centrality(args) => centrality::run(desk, args),
            Self::Ego(args) => ego::run(desk, args),
            Self::Timeline(args) => ego::run_timeline(desk, args),
            Self::Matrix(args) => matrix::run(desk, args),
            Self::Frontier(args) => frontier::run(desk, args),
            Self::Candidates(args) => candidates::run(desk, args),
            Self::Check(args) => check::run(desk, args),
            Self::Export(args) => export::run(desk, args),
        }
    }

    /// Where the corpus is and how it is read.
    fn corpus(&self) -> &CorpusArgs {
        match self {
            Self::Brief(args) => &args.corpus,
            Self::Extract(args) => &args.corpus,
            Self::WhoCites(args) => &args.corpus,
            Self::Cites(args) => &args.corpus,
            Self::Show(args) => &args.corpus,
            Self::Search(args) => &args.corpus,
            Self::Lineage(args) => &args.corpus,
            Self::Centrality(args) => &args.corpus,
            Self::Ego(args) => &args.corpus,
            Self::Timeline(args) => &args.corpus,
            Self::Matrix(args) => &args.corpus,
            Self::Frontier(args) => &args.corpus,
            Self::Candidates(args) => &args.corpus,
            Self::Check(args) => &args.corpus,
            Self::Export(args) => &args.corpus,
        }
    }

    /// The paths given without `--from`.
    fn paths(&self) -> &[PathBuf] {
        match self {
            Self::Brief(args) => &args.paths,
            Self::Extract(args) => &args.paths,
            Self::Candidates(args) => &args.paths,
            _ => &[],
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
