//! Paths in, the corpus and its graph out. What cannot be read is named on standard error, and the run goes on.

use std::io::Read;
use std::path::{Path, PathBuf};

use citegraph::graph::ReferenceGraph;
use citegraph::model::Document;
use citegraph::read::{self, Part, Reading};
use citegraph::recognize::{BackReferences, Findings, Recognizer};
use citegraph::resolve::{Corpus, resolve};
use citegraph::tables::Tables;
use rayon::prelude::*;

use super::arguments::CorpusArgs;
use super::inputs::{Inputs, Unreadable, holder, reason};
use super::outcome::{Failure, Outcome};
use super::output::say;
use super::progress::Progress;

const INDEX: &str = "citegraph.db";

/// What the program knows, ready for use.
pub struct Desk<'t> {
    /// The tables.
    pub tables: &'t Tables,
    /// What finds mentions.
    pub recognizer: Recognizer<'t>,
}

impl<'t> Desk<'t> {
    /// A desk with these tables on it.
    pub fn new(tables: &'t Tables, back: BackReferences) -> Self {
        Self {
            tables,
            recognizer: Recognizer::new(tables).with_back_references(back),
        }
    }
}

/// The tables of the program with the instruments of the user's files. Names that mean something else by that are said.
pub fn tables(files: &[PathBuf]) -> Result<Tables, Failure> {
    let mut tables = Tables::builtin()?;
    for file in files {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file)
            .map_err(|error| Failure::Usage(format!("cannot read {name}: {}", reason(&error))))?;
        let (more, clashes) = tables.with_instruments(&name, &text)?;
        clashes.iter().for_each(|clash| say(&format!("{name}: {clash}")));
        tables = more;
    }
    Ok(tables)
}

/// A corpus, read and resolved.
pub struct Loaded {
    /// Documents, diagnostics and aliases; its works and edges are in the graph.
    pub corpus: Corpus,
    /// The graph.
    pub graph: ReferenceGraph,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// The paths as given.
    pub source: Vec<String>,
}

impl Loaded {
    /// How a command that did its work on this corpus ends.
    pub fn outcome(&self) -> Outcome {
        if self.unreadable.is_empty() {
            Outcome::Done
        } else {
            Outcome::InPart
        }
    }
}

/// Reads the corpus that the arguments name; `paths` are those given without `--from`.
pub fn load(desk: &Desk<'_>, args: &CorpusArgs, paths: &[PathBuf]) -> Result<Loaded, Failure> {
    let paths: Vec<PathBuf> = paths.iter().chain(&args.from).cloned().collect();
    check_source(args, &paths)?;
    let inputs = Inputs::of(&paths);
    if args.verbose {
        inputs
            .skipped
            .iter()
            .for_each(|skipped| say(&format!("skipped {}: {}", skipped.path, skipped.reason)));
    }
    let (findings, unreadable) = findings(desk, args, inputs);
    if findings.is_empty() {
        return Err(Failure::NothingRead(
            "none of what was given could be read".to_owned(),
        ));
    }
    let mut corpus = resolve(findings, desk.tables, &desk.recognizer, args.dates());
    let graph = ReferenceGraph::new(
        std::mem::take(&mut corpus.works),
        std::mem::take(&mut corpus.edges),
    );
    let source = paths.iter().map(|path| path.display().to_string()).collect();
    Ok(Loaded {
        corpus,
        graph,
        unreadable,
        source,
    })
}

fn check_source(args: &CorpusArgs, paths: &[PathBuf]) -> Result<(), Failure> {
    if let Some(index) = &args.index {
        let index = index.display();
        return Err(Failure::Usage(format!(
            "cannot read {index}: indexes come with a later version; name the documents with --from PATH..."
        )));
    }
    if paths.is_empty() && Path::new(INDEX).exists() {
        return Err(Failure::Usage(format!(
            "cannot read {INDEX}: indexes come with a later version; name the documents with --from PATH..."
        )));
    }
    if paths.is_empty() {
        return Err(Failure::Usage(format!(
            "no documents: name files or folders with --from PATH... (there is no {INDEX} here)"
        )));
    }
    Ok(())
}

/// Reads and recognizes all files, several at a time; the findings come in the order of the files.
fn findings(desk: &Desk<'_>, args: &CorpusArgs, inputs: Inputs) -> (Vec<Findings>, Vec<Unreadable>) {
    let mut unreadable = inputs.unreadable;
    let progress = Progress::new(inputs.files.len());
    let one = |path: &PathBuf| {
        let found = each_part(desk.tables, args, path, |reading| {
            (desk.recognizer.recognize(&reading.document), reading.remark)
        });
        progress.step();
        found
    };
    let results: Vec<_> = inputs.files.par_iter().map(one).collect();
    progress.finish();
    let mut findings = Vec::new();
    for result in results.into_iter().flatten() {
        match result {
            Ok((found, remark)) => {
                remark
                    .into_iter()
                    .for_each(|remark| say(&format!("{}: {remark}", found.path)));
                findings.push(found);
            }
            Err(refused) => unreadable.push(refused),
        }
    }
    unreadable
        .iter()
        .for_each(|one| say(&format!("cannot read {}: {}", one.path, one.reason)));
    (findings, unreadable)
}

/// What is made of each document of a file. Its text goes no further: a large corpus would not fit into memory.
fn each_part<T>(
    tables: &Tables,
    args: &CorpusArgs,
    path: &Path,
    make: impl Fn(Reading) -> T,
) -> Vec<Result<T, Unreadable>> {
    let name = path.display().to_string();
    let file = holder(path).unwrap_or(path);
    let bytes = match bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => return vec![Err(Unreadable::new(name, reason(&error)))],
    };
    let mut parts = read::parts(&file.display().to_string(), &bytes);
    if file != path {
        parts.retain(|part| Path::new(&part.path).starts_with(path));
        if parts.is_empty() {
            let reason = format!("{} holds no such document", file.display());
            return vec![Err(Unreadable::new(name, reason))];
        }
    }
    let one = |part: Part<'_>| {
        let reading = part
            .bytes
            .and_then(|bytes| read::read(&part.path, &bytes, tables, args.language));
        reading
            .map(&make)
            .map_err(|error| Unreadable::new(part.path, error.to_string()))
    };
    parts.into_iter().map(one).collect()
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is asked of each document, in the order of the files.
pub fn of_each<T: Send>(
    desk: &Desk<'_>,
    args: &CorpusArgs,
    paths: &[PathBuf],
    ask: impl Fn(&Document) -> T + Sync,
) -> Result<(Vec<T>, Outcome), Failure> {
    let paths: Vec<PathBuf> = paths.iter().chain(&args.from).cloned().collect();
    check_source(args, &paths)?;
    let inputs = Inputs::of(&paths);
    let one = |path: &PathBuf| each_part(desk.tables, args, path, |reading| ask(&reading.document));
    let results: Vec<_> = inputs.files.par_iter().flat_map_iter(one).collect();
    let mut unreadable = inputs.unreadable;
    let mut answers = Vec::new();
    for result in results {
        match result {
            Ok(answer) => answers.push(answer),
            Err(refused) => unreadable.push(refused),
        }
    }
    unreadable
        .iter()
        .for_each(|one| say(&format!("cannot read {}: {}", one.path, one.reason)));
    match (answers.is_empty(), unreadable.is_empty()) {
        (true, _) => Err(Failure::NothingRead(
            "none of what was given could be read".to_owned(),
        )),
        (false, true) => Ok((answers, Outcome::Done)),
        (false, false) => Ok((answers, Outcome::InPart)),
    }
}
