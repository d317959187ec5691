//! What was typed in, all that a command works with out: the tables, the recognizer and where the corpus comes from.
//! Whether that is an index or files is decided here and nowhere else.

use std::path::{Path, PathBuf};

use citegraph::index::{Index, Options};
use citegraph::recognize::{BackReferences, Recognizer};
use citegraph::resolve::Dates;
use citegraph::tables::Tables;

use super::arguments::{CorpusArgs, ReadArgs};
use super::inputs::reason;
use super::outcome::Failure;
use super::output::say;

/// The index of a working folder.
pub const INDEX: &str = "citegraph.db";

/// Where the corpus comes from.
pub enum Source {
    /// Files and folders.
    Files(Vec<PathBuf>),
    /// An index.
    Index(Index),
}

impl Source {
    /// What the arguments name: paths given with or without `--from`, else an index.
    pub fn of(args: &CorpusArgs, paths: &[PathBuf]) -> Result<Self, Failure> {
        let paths: Vec<PathBuf> = paths.iter().chain(&args.from).cloned().collect();
        let index = args.index.as_deref();
        match index {
            Some(index) if !paths.is_empty() => Err(Failure::Usage(format!(
                "documents come from {} or from the paths, not from both",
                index.display()
            ))),
            Some(index) => opened(index),
            None if !paths.is_empty() => Ok(Self::Files(paths)),
            None if Path::new(INDEX).exists() => opened(Path::new(INDEX)),
            None => Err(Failure::Usage(format!(
                "no documents: name files or folders with --from PATH..., or make an index with `citegraph scan PATH...` (there is no {INDEX} here)"
            ))),
        }
    }
}

fn opened(path: &Path) -> Result<Source, Failure> {
    let index = Index::open(path)?;
    if index.is_stale()? {
        say(&format!(
            "the last scan into {} has not come to its end: `citegraph scan` goes on with it",
            path.display()
        ));
    }
    Ok(Source::Index(index))
}

/// What was typed in of how documents are read.
pub fn options(args: &ReadArgs) -> Result<Options, Failure> {
    let instruments = args.instruments.iter().map(|file| {
        let name = file.display().to_string();
        match std::fs::read_to_string(file) {
            Ok(text) => Ok((name, text)),
            Err(error) => Err(Failure::Usage(format!("cannot read {name}: {}", reason(&error)))),
        }
    });
    Ok(Options {
        language: args.language,
        as_written: args.as_written,
        no_back_references: args.no_back_references,
        instruments: instruments.collect::<Result<_, _>>()?,
    })
}

/// The options of an index; those typed in must be none or the same.
pub fn agreed(index: &Index, asked: Options) -> Result<Options, Failure> {
    let Some(known) = index.options()? else {
        return Ok(asked);
    };
    let other = [
        (
            "--language",
            asked.language.is_some() && asked.language != known.language,
        ),
        ("--as-written", asked.as_written && !known.as_written),
        (
            "--no-back-references",
            asked.no_back_references && !known.no_back_references,
        ),
        (
            "--instruments",
            !asked.instruments.is_empty() && asked.instruments != known.instruments,
        ),
    ];
    match other.iter().find(|(_, differs)| *differs) {
        None => Ok(known),
        Some((option, _)) => Err(Failure::Usage(format!(
            "the documents of {} were scanned with another {option}: say it with --from PATH..., or scan into another index",
            index.name()
        ))),
    }
}

/// The tables of the program with the instruments of the user's files. Names that mean something else by that are said.
pub fn tables(options: &Options) -> Result<Tables, Failure> {
    let mut tables = Tables::builtin()?;
    for (name, text) in &options.instruments {
        let (more, clashes) = tables.with_instruments(name, text)?;
        clashes.iter().for_each(|clash| say(&format!("{name}: {clash}")));
        tables = more;
    }
    Ok(tables)
}

/// Whether words that point back count as mentions.
pub fn back_references(options: &Options) -> BackReferences {
    if options.no_back_references {
        BackReferences::Ignored
    } else {
        BackReferences::Bound
    }
}

/// All that a command works with.
pub struct Desk<'t> {
    /// The tables.
    pub tables: &'t Tables,
    /// What finds mentions.
    pub recognizer: Recognizer<'t>,
    /// How documents are read.
    pub options: Options,
    /// Where they come from.
    pub source: Source,
    /// Whether files that are skipped are named.
    pub verbose: bool,
}

impl Desk<'_> {
    /// Whether dates that cannot be right are corrected.
    pub fn dates(&self) -> Dates {
        dates(&self.options)
    }
}

/// Whether dates that cannot be right are corrected.
pub fn dates(options: &Options) -> Dates {
    if options.as_written {
        Dates::AsWritten
    } else {
        Dates::Corrected
    }
}
