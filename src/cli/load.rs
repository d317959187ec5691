//! A desk in, the corpus and its graph out. What cannot be read is named on standard error, and the run goes on.

use std::io::Read;
use std::path::{Path, PathBuf};

use citegraph::graph::ReferenceGraph;
use citegraph::index::{Detail, Extent, Index, Reach};
use citegraph::model::{Document, Language, WorkId};
use citegraph::read::{self, Part, Reading};
use citegraph::recognize::Findings;
use citegraph::resolve::{Corpus, resolve};
use citegraph::tables::Tables;
use rayon::prelude::*;

use super::ask;
use super::desk::{Desk, Source};
use super::inputs::{Inputs, Unreadable, holder, reason};
use super::outcome::{Failure, Outcome};
use super::output::say;
use super::progress::Progress;

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
    /// How large the whole corpus is, whatever part of it is here.
    pub extent: Extent,
    outcome: Outcome,
}

impl Loaded {
    /// How a command that did its work on this corpus ends.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }
}

/// Reads the corpus.
pub fn load(desk: &Desk<'_>) -> Result<Loaded, Failure> {
    match &desk.source {
        Source::Files(paths) => of_files(desk, paths),
        Source::Index(index) => of_index(index),
    }
}

/// What a question about works needs of the graph.
#[derive(Debug, Clone, Copy)]
pub enum Need {
    /// The passages of the edges that touch the work.
    Touching,
    /// All that is so far away.
    Around(Reach, Detail),
}

/// The works that are asked for, with what the question needs of the graph: of an index only a part of it is read.
pub fn load_around(desk: &Desk<'_>, asked: &[String], need: Need) -> Result<(Loaded, Vec<WorkId>), Failure> {
    let Source::Index(index) = &desk.source else {
        let loaded = load(desk)?;
        let works = asked.iter().map(|asked| ask::work(desk, &loaded, asked));
        let works = works.collect::<Result<_, _>>()?;
        return Ok((loaded, works));
    };
    let works = asked.iter().map(|asked| ask::work_of_index(desk, index, asked));
    let works: Vec<WorkId> = works.collect::<Result<_, _>>()?;
    let mut corpus = Corpus::default();
    let graph = match (need, works.as_slice()) {
        (Need::Touching, [work]) => {
            corpus.documents = index.possible(work)?;
            corpus.aliases = index.aliases_of(work)?;
            index.touching(work)?
        }
        (Need::Touching, _) => ReferenceGraph::default(),
        (Need::Around(reach, detail), works) => index.around(works, reach, detail)?,
    };
    Ok((part(index, corpus, graph)?, works))
}

/// The graph without the words of its passages: all that a measure needs.
pub fn load_graph(desk: &Desk<'_>) -> Result<Loaded, Failure> {
    match &desk.source {
        Source::Files(paths) => of_files(desk, paths),
        Source::Index(index) => part(index, Corpus::default(), index.whole()?),
    }
}

fn part(index: &Index, corpus: Corpus, graph: ReferenceGraph) -> Result<Loaded, Failure> {
    let unread = index.unread()?.into_iter();
    Ok(Loaded {
        graph,
        corpus,
        unreadable: unread.map(|one| Unreadable::new(one.path, one.reason)).collect(),
        source: index.roots()?,
        extent: index.extent()?,
        // The scan has said what it could not read.
        outcome: Outcome::Done,
    })
}

fn of_index(index: &Index) -> Result<Loaded, Failure> {
    let mut corpus = index.corpus()?;
    let graph = graph(&mut corpus);
    part(index, corpus, graph)
}

fn of_files(desk: &Desk<'_>, paths: &[PathBuf]) -> Result<Loaded, Failure> {
    let inputs = inputs(desk, paths);
    let (findings, unreadable) = findings(desk, inputs);
    if findings.is_empty() {
        return Err(nothing_read());
    }
    let mut corpus = resolve(findings, desk.tables, &desk.recognizer, desk.dates());
    let graph = graph(&mut corpus);
    let dates = || corpus.documents.iter().filter_map(|document| document.date);
    Ok(Loaded {
        extent: Extent {
            documents: corpus.documents.len(),
            works: graph.len(),
            dates: dates().min().zip(dates().max()),
        },
        graph,
        corpus,
        source: paths.iter().map(|path| path.display().to_string()).collect(),
        outcome: outcome(&unreadable),
        unreadable,
    })
}

fn graph(corpus: &mut Corpus) -> ReferenceGraph {
    ReferenceGraph::new(
        std::mem::take(&mut corpus.works),
        std::mem::take(&mut corpus.edges),
    )
}

fn outcome(unreadable: &[Unreadable]) -> Outcome {
    if unreadable.is_empty() {
        Outcome::Done
    } else {
        Outcome::InPart
    }
}

fn nothing_read() -> Failure {
    Failure::NothingRead("none of what was given could be read".to_owned())
}

fn inputs(desk: &Desk<'_>, paths: &[PathBuf]) -> Inputs {
    let inputs = Inputs::of(paths);
    if desk.verbose || inputs.files.is_empty() {
        inputs.say_skipped();
    }
    inputs
}

/// Reads and recognizes all files, several at a time; the findings come in the order of the files.
fn findings(desk: &Desk<'_>, inputs: Inputs) -> (Vec<Findings>, Vec<Unreadable>) {
    let mut unreadable = inputs.unreadable;
    let progress = Progress::new(inputs.files.len());
    let (how, recognizer) = (how(desk), &desk.recognizer);
    let one = |path: &PathBuf| {
        let found = each_part(how, path, |reading| {
            (recognizer.recognize(&reading.document), reading.remark)
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
    unreadable.iter().for_each(Unreadable::say);
    (findings, unreadable)
}

/// What a file is read with: the tables and the language declared for it.
type How<'a> = (&'a Tables, Option<Language>);

fn how<'a>(desk: &Desk<'a>) -> How<'a> {
    (desk.tables, desk.options.language)
}

/// What is made of each document of a file. Its text goes no further: a large corpus would not fit into memory.
fn each_part<T>(how: How<'_>, path: &Path, make: impl Fn(Reading) -> T) -> Vec<Result<T, Unreadable>> {
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
            .and_then(|bytes| read::read(&part.path, &bytes, how.0, how.1));
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
    ask: impl Fn(&Document) -> T + Sync,
) -> Result<(Vec<T>, Outcome), Failure> {
    match &desk.source {
        Source::Files(paths) => of_each_file(desk, paths, ask),
        Source::Index(index) => {
            let mut answers = Vec::new();
            index.texts(|path, text| {
                let document = read::structure(&path, &text, desk.tables, desk.options.language);
                answers.push(ask(&document));
            })?;
            Ok((answers, Outcome::Done))
        }
    }
}

fn of_each_file<T: Send>(
    desk: &Desk<'_>,
    paths: &[PathBuf],
    ask: impl Fn(&Document) -> T + Sync,
) -> Result<(Vec<T>, Outcome), Failure> {
    let inputs = inputs(desk, paths);
    let how = how(desk);
    let one = |path: &PathBuf| each_part(how, path, |reading| ask(&reading.document));
    let results: Vec<_> = inputs.files.par_iter().flat_map_iter(one).collect();
    let mut unreadable = inputs.unreadable;
    let mut answers = Vec::new();
    for result in results {
        match result {
            Ok(answer) => answers.push(answer),
            Err(refused) => unreadable.push(refused),
        }
    }
    unreadable.iter().for_each(Unreadable::say);
    if answers.is_empty() {
        return Err(nothing_read());
    }
    Ok((answers, outcome(&unreadable)))
}
