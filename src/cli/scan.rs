//! `scan`: paths in, an index that holds their documents out, and a summary of what was done.

use std::fs::{File, Metadata, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use citegraph::index::{self, Index, Options, Roots, Scan, Summary};
use citegraph::recognize::Recognizer;
use citegraph::tables::Tables;
use clap::Args;
use rayon::prelude::*;

use super::arguments::ReadArgs;
use super::desk::{INDEX, agreed, back_references, options, tables};
use super::inputs::{Inputs, Unreadable, reason};
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs, say};
use super::progress::Progress;

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 1] = [Format::Table];

/// Read documents into an index; only what changed is read again
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph scan documents/\n  citegraph scan documents/ attachments/ --index corpus.db\n  citegraph who-cites \"Cyber Diplomacy Toolbox\"\n\nThe next scan of the same paths reads what is new or changed, and takes out what is gone. Files below other paths stay."
)]
pub struct ScanArgs {
    #[command(flatten)]
    what: ScannedArgs,
}

/// What is read, and into which index.
#[derive(Debug, Args)]
pub struct ScannedArgs {
    /// Files and folders to read
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The index file; made if it is not there
    #[arg(long, value_name = "FILE", default_value = INDEX, help_heading = "Corpus")]
    pub index: PathBuf,
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Set when the user wants the program to end.
static STOP: LazyLock<AtomicBool> = LazyLock::new(AtomicBool::default);

/// Brings the index up to date.
pub fn run(ScanArgs { what: args }: &ScanArgs) -> Result<Outcome, Failure> {
    args.output.format(&FORMATS)?;
    let scanned = with_index(&args.index, &args.read, |index, reader| {
        let (summary, refused) = bring_up_to_date(index, reader, &args.paths)?;
        let unread = unreadable(index, refused)?;
        Ok((summary, unread))
    });
    let (summary, unreadable) = scanned?;
    unreadable.iter().for_each(Unreadable::say);
    for (path, remark) in &summary.remarks {
        say(&format!("{path}: {remark}"));
    }
    args.output.write(|out| table(&summary, unreadable.len(), out))?;
    if summary.stopped {
        say("stopped: what was read is in the index, and the next scan goes on from there");
    } else if summary.documents == 0 {
        return Err(Failure::NothingRead(
            "none of what was given could be read".to_owned(),
        ));
    }
    Ok(if unreadable.is_empty() && !summary.stopped {
        Outcome::Done
    } else {
        Outcome::InPart
    })
}

/// What reads files.
pub struct Reader<'a> {
    tables: &'a Tables,
    recognizer: &'a Recognizer<'a>,
    options: &'a Options,
    verbose: bool,
}

/// Does something with an index that nobody else writes to.
pub fn with_index<T>(
    path: &Path,
    args: &ReadArgs,
    act: impl FnOnce(&mut Index, &Reader<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    stop_when_asked();
    let _lock = lock(path)?;
    let mut index = Index::create(path)?;
    let options = agreed(&index, options(args)?)?;
    let tables = tables(&options)?;
    let recognizer = Recognizer::new(&tables).with_back_references(back_references(&options));
    let reader = Reader {
        tables: &tables,
        recognizer: &recognizer,
        options: &options,
        verbose: args.verbose,
    };
    let done = act(&mut index, &reader);
    index.close()?;
    done
}

/// Whether the user wants the program to end.
pub fn is_stopped() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// What was refused, and what the index could not read.
pub fn unreadable(index: &Index, mut refused: Vec<Unreadable>) -> Result<Vec<Unreadable>, Failure> {
    let unread = index.unread()?.into_iter();
    refused.extend(unread.map(|one| Unreadable::new(one.path, one.reason)));
    Ok(refused)
}

/// The first signal ends the scan after the files at hand, the second at once.
fn stop_when_asked() {
    let asked = || {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    // Where there are no signals, a scan that is killed goes on next time all the same.
    let _ = ctrlc::set_handler(asked);
}

/// Holds a file beside the index for as long as the scan lasts; the system lets go of it whatever happens.
fn lock(index: &Path) -> Result<File, Failure> {
    let mut path = index.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let failure = |error| Failure::writing(&path.display().to_string(), error);
    let file = File::options()
        .create(true)
        .append(true)
        .open(&path)
        .map_err(failure)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::Error(error)) => Err(failure(error)),
        Err(TryLockError::WouldBlock) => Err(Failure::Usage(format!(
            "another scan is writing {}: wait until it has ended",
            index.display()
        ))),
    }
}

/// Scans once.
pub fn bring_up_to_date(
    index: &mut Index,
    reader: &Reader<'_>,
    paths: &[PathBuf],
) -> Result<(Summary, Vec<Unreadable>), Failure> {
    let inputs = Inputs::of(paths);
    if reader.verbose {
        inputs.say_skipped();
    }
    let (sources, refused) = sources(&inputs);
    let progress = Progress::new(sources.len());
    let scan = Scan {
        tables: reader.tables,
        recognizer: reader.recognizer,
        options: reader.options,
        bytes: &|source| std::fs::read(&source.file).map_err(|error| reason(&error)),
        step: &|| progress.step(),
        stop: &STOP,
        now: nanoseconds(SystemTime::now()),
    };
    let summary = index.scan(&scan, sources, &roots(paths, &refused))?;
    progress.finish();
    Ok((summary, refused))
}

/// The files with their size and time; and what cannot be read.
pub fn sources(inputs: &Inputs) -> (Vec<index::Source>, Vec<Unreadable>) {
    let source = |(path, key): (&PathBuf, &PathBuf)| match std::fs::metadata(path) {
        Ok(found) => Ok(source(path, key, &found)),
        Err(error) => Err(Unreadable::new(path.display().to_string(), reason(&error))),
    };
    let found: Vec<_> = inputs.files.par_iter().zip(&inputs.keys).map(source).collect();
    let mut refused = inputs.unreadable.clone();
    let mut sources = Vec::with_capacity(found.len());
    for one in found {
        match one {
            Ok(source) => sources.push(source),
            Err(unreadable) => refused.push(unreadable),
        }
    }
    (sources, refused)
}

fn source(path: &Path, key: &Path, found: &Metadata) -> index::Source {
    index::Source {
        file: path.to_owned(),
        path: path.display().to_string(),
        key: key.as_os_str().as_encoded_bytes().to_vec(),
        size: found.len(),
        modified: found.modified().map_or(0, nanoseconds),
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// What was looked through, and what could not be.
fn roots(paths: &[PathBuf], refused: &[Unreadable]) -> Roots {
    let key = |path: &Path| absolute(path).as_os_str().as_encoded_bytes().to_vec();
    let there = refused.iter().map(|one| Path::new(&one.path));
    Roots {
        given: paths.iter().map(|path| path.display().to_string()).collect(),
        searched: paths.iter().map(|path| key(path)).collect(),
        barred: there
            .filter(|path| path.symlink_metadata().is_ok())
            .map(key)
            .collect(),
    }
}

/// The path from the root of the system, even of a file that is gone.
fn absolute(path: &Path) -> PathBuf {
    if let Ok(found) = std::fs::canonicalize(path) {
        return found;
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (whole.parent().map(std::fs::canonicalize), whole.file_name()) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => whole,
    }
}

fn table(summary: &Summary, unreadable: usize, out: &mut dyn Write) -> io::Result<()> {
    let rows = [
        ("new", summary.read),
        ("changed", summary.changed),
        ("renamed", summary.renamed),
        ("removed", summary.removed),
        ("unchanged", summary.unchanged),
        ("unreadable", unreadable),
        ("documents", summary.documents),
        ("works", summary.works),
        ("references", summary.references),
    ];
    rows.iter()
        .try_for_each(|(name, count)| writeln!(out, "{name:<12}{count:>9}"))
}
