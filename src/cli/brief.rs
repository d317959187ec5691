//! `brief`: a folder of documents in, a folder for the briefing out: lineage and centrality as SVG, DOT, PNG
//! and PDF, the graph as JSON, a summary.

use std::path::{Path, PathBuf};

use citegraph::analyze::{self, LineageQuery, Measure};
use citegraph::draw::views::{centrality_picture, lineage_picture};
use citegraph::graph::{Adjacency, ReferenceGraph};
use citegraph::model::WorkId;
use clap::Args;

use super::arguments::CorpusArgs;
use super::ask;
use super::desk::Desk;
use super::load::{Loaded, load};
use super::outcome::{Failure, Outcome};
use super::output::{Format, say, write_file};
use super::page::PageArgs;
use super::picture::{TitleArgs, scope};
use super::style::{Style, StyleArgs};
use super::summary::{self, Summary};

/// What each picture is drawn as.
const ENDINGS: [(&str, Format); 4] = [
    ("svg", Format::Svg),
    ("dot", Format::Dot),
    ("png", Format::Png),
    ("pdf", Format::Pdf),
];
/// How many works the ranking shows.
const RANKED_WORKS: usize = 15;

/// Do the whole job: lineage and centrality as SVG, DOT, PNG and PDF, the graph as JSON, a summary
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph brief documents/ --out briefing\n  citegraph brief documents/ --out briefing --focus 11406/22\n\nWrites lineage and centrality as .svg, .dot, .png and .pdf, graph.json and summary.md."
)]
pub struct BriefArgs {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder to write to; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The work that the lineage is about; without it the work of the corpus with the most ancestors
    #[arg(long, value_name = "WORK", num_args = 1..)]
    focus: Vec<String>,
    /// The measure of the ranking: in-degree, out-degree, pagerank, hits-authority, hits-hub or betweenness
    #[arg(long, value_name = "MEASURE", default_value = "pagerank", value_parser = super::centrality::measure)]
    by: Measure,
    /// How many works the lineage shows at most
    #[arg(long, value_name = "N", default_value_t = 25, help_heading = "Picture")]
    max: usize,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    titles: TitleArgs,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    pub corpus: CorpusArgs,
}

/// Writes the folder.
pub fn run(desk: &Desk<'_>, args: &BriefArgs) -> Result<Outcome, Failure> {
    let style = args.style.style()?;
    let loaded = load(desk)?;
    let asked = args.focus.iter().map(|asked| ask::work(desk, &loaded, asked));
    let mut focus: Vec<WorkId> = asked.collect::<Result<_, _>>()?;
    if focus.is_empty() {
        focus.extend(richest(&loaded.graph));
    }
    if args.out.is_file() {
        let sentence = format!(
            "cannot write into {}: it is a file; --out names a folder",
            args.out.display()
        );
        return Err(Failure::Usage(sentence));
    }
    std::fs::create_dir_all(&args.out)
        .map_err(|error| Failure::writing(&args.out.display().to_string(), error))?;
    write(args, &loaded, &style, focus)?;
    say(&format!(
        "wrote {}: lineage and centrality as svg, dot, png and pdf, graph.json, summary.md",
        args.out.display()
    ));
    Ok(loaded.outcome())
}

fn write(args: &BriefArgs, loaded: &Loaded, style: &Style, focus: Vec<WorkId>) -> Result<(), Failure> {
    let lineage = analyze::lineage(&loaded.graph, &LineageQuery::new(focus));
    let ranking = analyze::rank(&loaded.graph, args.by);
    let language = args.titles.language();
    let pictures = [
        (
            "lineage",
            lineage_picture(
                &loaded.graph,
                &lineage,
                &scope(loaded, language, args.max, args.page.plan()),
            ),
        ),
        (
            "centrality",
            centrality_picture(
                &loaded.graph,
                &ranking,
                &scope(loaded, language, RANKED_WORKS, args.page.plan()),
            ),
        ),
    ];
    for (name, picture) in &pictures {
        for (ending, format) in ENDINGS {
            let file = args.out.join(format!("{name}.{ending}"));
            match style.draw(picture, format) {
                Ok(bytes) => write_bytes(&file, &bytes)?,
                // One picture less is no reason to give nothing.
                Err(Failure::NotDrawn(reason)) => say(&format!("no {}: {reason}", file.display())),
                Err(failure) => return Err(failure),
            }
        }
    }
    write_file(&args.out.join("graph.json"), |out| {
        citegraph::export::json(&loaded.graph, &loaded.corpus, out)
    })?;
    let summary = Summary {
        loaded,
        lineage: &lineage,
        ranking: &ranking,
    };
    write_bytes(
        &args.out.join("summary.md"),
        summary::markdown(&summary).as_bytes(),
    )
}

fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_file(path, |out| out.write_all(bytes))
}

/// The work of the corpus with the most ancestors; of several the newest.
fn richest(graph: &ReferenceGraph) -> Option<WorkId> {
    let adjacency = Adjacency::from(graph);
    let in_corpus = graph.works().enumerate().filter(|(_, work)| work.in_corpus);
    let depth = |at: usize| analyze::ancestors(&adjacency, &[at], None).len();
    let best = in_corpus.max_by_key(|(at, work)| (depth(*at), work.date, std::cmp::Reverse(*at)));
    best.map(|(_, work)| work.id.clone())
}
