//! `centrality`: a corpus in, its works ranked by a measure out.

use citegraph::analyze::{self, Measure, Ranking};
use citegraph::draw::views::{centrality_picture, value_label};
use citegraph::model::{PartialDate, WorkId};
use clap::Args;
use serde::Serialize;

use super::arguments::CorpusArgs;
use super::ask::title;
use super::desk::Desk;
use super::load::{Loaded, load_graph};
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs};
use super::page::PageArgs;
use super::picture::{TitleArgs, is_drawn, scope};
use super::references::{csv, json};
use super::style::StyleArgs;
use super::table::{Look, Table};

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 7] = [
    Format::Table,
    Format::Json,
    Format::Csv,
    Format::Dot,
    Format::Svg,
    Format::Png,
    Format::Pdf,
];

/// Rank the works by a measure
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph centrality --from documents/\n  citegraph centrality --by in-degree --top 30 --from documents/ --format csv\n  citegraph centrality --by pagerank --from documents/ -o centrality.svg"
)]
pub struct CentralityArgs {
    /// The measure: in-degree, out-degree, pagerank, hits-authority, hits-hub or betweenness
    #[arg(long, value_name = "MEASURE", default_value = "pagerank", value_parser = measure)]
    by: Measure,
    /// How many works to show
    #[arg(long, value_name = "N", default_value_t = 15, alias = "max")]
    top: usize,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    titles: TitleArgs,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Reads the name of a measure.
pub fn measure(name: &str) -> Result<Measure, String> {
    let names = Measure::ALL.map(Measure::as_str).join(", ");
    Measure::parse(name).ok_or_else(|| format!("no measure; one of: {names}"))
}

#[derive(Serialize)]
struct Answer<'a> {
    measure: Measure,
    definition: &'static str,
    works: usize,
    ranking: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    rank: usize,
    id: &'a WorkId,
    label: &'a str,
    value: f64,
    in_degree: usize,
    date: Option<PartialDate>,
    in_corpus: bool,
    year: Option<u16>,
    rank_in_year: Option<usize>,
    works_of_year: Option<usize>,
    title: String,
}

/// Writes the ranking.
pub fn run(desk: &Desk<'_>, args: &CentralityArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let style = args.style.style()?;
    let loaded = load_graph(desk)?;
    let ranking = analyze::rank(&loaded.graph, args.by);
    match format {
        drawn if is_drawn(drawn) => {
            let picture = centrality_picture(
                &loaded.graph,
                &ranking,
                &scope(&loaded, args.titles.language(), args.top, args.page.plan()),
            );
            args.output
                .write_picture(format, &style.draw(&picture, format)?)?;
        }
        Format::Json => args
            .output
            .write(|out| json(out, &answer(&loaded, &ranking, args.top)))?,
        Format::Csv => args
            .output
            .write(|out| csv(out, &rows(&loaded, &ranking, args.top)))?,
        _ => args
            .output
            .write(|out| table(&loaded, &ranking, args.top).write(Look::of(&args.output), out))?,
    }
    Ok(loaded.outcome())
}

fn answer<'a>(loaded: &'a Loaded, ranking: &'a Ranking, top: usize) -> Answer<'a> {
    let ranked = rows(loaded, ranking, top);
    Answer {
        measure: ranking.measure,
        definition: ranking.measure.definition(),
        works: loaded.graph.len(),
        ranking: ranked,
    }
}

fn rows<'a>(loaded: &'a Loaded, ranking: &'a Ranking, top: usize) -> Vec<Row<'a>> {
    let entries = ranking.entries.iter().take(top);
    let row = |entry: &'a analyze::Ranked| {
        let work = loaded.graph.work(&entry.id)?;
        Some(Row {
            rank: entry.rank,
            id: &entry.id,
            label: &work.label,
            value: (entry.value * 1e12).round() / 1e12,
            in_degree: entry.in_degree,
            date: work.date,
            in_corpus: work.in_corpus,
            year: entry.in_year.map(|placing| placing.year),
            rank_in_year: entry.in_year.map(|placing| placing.rank),
            works_of_year: entry.in_year.map(|placing| placing.of),
            title: title(work),
        })
    };
    entries.filter_map(row).collect()
}

fn table(loaded: &Loaded, ranking: &Ranking, top: usize) -> Table {
    let mut table = Table::new(&[
        "#rank",
        "#value",
        "#cited by",
        "date",
        "#in its year",
        "corpus",
        "work",
        "title",
    ]);
    for row in rows(loaded, ranking, top) {
        let year = row
            .rank_in_year
            .zip(row.works_of_year)
            .map_or(String::new(), |(rank, of)| format!("{rank} of {of}"));
        let cells = [
            row.rank.to_string(),
            value_label(ranking.measure, row.value),
            row.in_degree.to_string(),
            row.date.map_or(String::new(), |date| date.to_string()),
            year,
            if row.in_corpus { "yes" } else { "cited" }.to_owned(),
            row.label.to_owned(),
            row.title,
        ];
        table.row(cells);
    }
    table.remark(format!(
        "{} of {} works. {}",
        top.min(ranking.entries.len()),
        ranking.entries.len(),
        ranking.measure.definition()
    ));
    table
}
