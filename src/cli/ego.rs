//! `ego` and `timeline`: a work in, who refers to it through time out, work by work or counted by year.

use citegraph::analyze::{self, Citing, Ego, Issuer, Year};
use citegraph::draw::views::{EgoLanes, ego_picture, timeline_picture};
use citegraph::model::{PartialDate, Relation, WorkId};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::arguments::CorpusArgs;
use super::ask::title;
use super::desk::Desk;
use super::load::{Loaded, Need, load_around};
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs};
use super::page::PaperArgs;
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
/// What it writes, first what it writes unasked.
pub const COUNTED: [Format; 6] = [
    Format::Table,
    Format::Json,
    Format::Csv,
    Format::Svg,
    Format::Png,
    Format::Pdf,
];

/// Show who refers to a work through time, by body and language
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph ego \"Cyber Diplomacy Toolbox\" --from documents/\n  citegraph ego \"Cyber Diplomacy Toolbox\" --by language --from documents/ -o toolbox.pdf"
)]
pub struct EgoArgs {
    /// The work: an id, a number, or a title or name in any language
    work: String,
    /// What the lanes of a picture have in common
    #[arg(long, value_name = "WHAT", default_value = "body")]
    by: By,
    /// How many works a picture shows at most, those with the most passages
    #[arg(long, value_name = "N", default_value_t = 40)]
    max: usize,
    #[command(flatten)]
    page: PaperArgs,
    #[command(flatten)]
    titles: TitleArgs,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lanes by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Who issued the works, in the order of protocol
    Body,
    /// The languages of the documents that refer to the work
    Language,
}

/// Count who refers to a work by year
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph timeline 11406/22 --from documents/\n  citegraph timeline \"Global Gateway\" --from documents/ -o timeline.png"
)]
pub struct TimelineArgs {
    /// The work: an id, a number, or a title or name in any language
    work: String,
    #[command(flatten)]
    page: PaperArgs,
    #[command(flatten)]
    titles: TitleArgs,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Writes who refers to a work.
pub fn run(desk: &Desk<'_>, args: &EgoArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let style = args.style.style()?;
    let (loaded, ego) = found(desk, &args.work)?;
    match format {
        drawn if is_drawn(drawn) => {
            let grouping = match args.by {
                By::Body => EgoLanes::Issuer,
                By::Language => EgoLanes::Language,
            };
            let scope = scope(&loaded, args.titles.language(), args.max, args.page.plan());
            let picture = ego_picture(&loaded.graph, &ego, grouping, &scope);
            args.output
                .write_picture(format, &style.draw(&picture, format)?)?;
        }
        Format::Json => args.output.write(|out| json(out, &answer(&loaded, &ego)))?,
        Format::Csv => args.output.write(|out| csv(out, &rows(&loaded, &ego)))?,
        _ => args
            .output
            .write(|out| table(&loaded, &ego).write(Look::of(&args.output), out))?,
    }
    Ok(loaded.outcome())
}

/// Writes how many refer to a work, by year.
pub fn run_timeline(desk: &Desk<'_>, args: &TimelineArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&COUNTED)?;
    let style = args.style.style()?;
    let (loaded, ego) = found(desk, &args.work)?;
    let years = ego.by_year();
    match format {
        drawn if is_drawn(drawn) => {
            let scope = scope(&loaded, args.titles.language(), usize::MAX, args.page.plan());
            let picture = timeline_picture(&loaded.graph, &ego, &scope);
            args.output
                .write_picture(format, &style.draw(&picture, format)?)?;
        }
        Format::Json => args.output.write(|out| {
            json(
                out,
                &Timeline {
                    work: &ego.work,
                    years: &years,
                },
            )
        })?,
        Format::Csv => args.output.write(|out| csv(out, &counts(&years)))?,
        _ => args
            .output
            .write(|out| year_table(&ego, &years).write(Look::of(&args.output), out))?,
    }
    Ok(loaded.outcome())
}

fn found(desk: &Desk<'_>, asked: &String) -> Result<(Loaded, Ego), Failure> {
    let need = Need::Touching;
    let (loaded, works) = load_around(desk, std::slice::from_ref(asked), need)?;
    let mut egos = works.iter().filter_map(|id| analyze::ego(&loaded.graph, id));
    let none = || Failure::NotThere(format!("no work {asked}"));
    let ego = egos.next().ok_or_else(none)?;
    Ok((loaded, ego))
}

#[derive(Serialize)]
struct Answer<'a> {
    work: &'a WorkId,
    citing: Vec<Entry<'a>>,
}

/// One citing work with what the graph knows of it.
#[derive(Serialize)]
struct Entry<'a> {
    label: &'a str,
    title: String,
    #[serde(flatten)]
    citing: &'a Citing,
}

#[derive(Serialize)]
struct Timeline<'a> {
    work: &'a WorkId,
    years: &'a [Year],
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a WorkId,
    label: &'a str,
    date: Option<PartialDate>,
    body: Issuer,
    languages: String,
    relations: String,
    mentions: usize,
    title: String,
}

#[derive(Serialize)]
struct Count {
    year: Option<u16>,
    works: usize,
    mentions: usize,
    relations: String,
}

fn answer<'a>(loaded: &'a Loaded, ego: &'a Ego) -> Answer<'a> {
    let entry = |citing: &'a Citing| {
        let work = loaded.graph.work(&citing.id)?;
        Some(Entry {
            label: &work.label,
            title: title(work),
            citing,
        })
    };
    Answer {
        work: &ego.work,
        citing: ego.citing.iter().filter_map(entry).collect(),
    }
}

fn rows<'a>(loaded: &'a Loaded, ego: &'a Ego) -> Vec<Row<'a>> {
    let row = |one: &'a Citing| {
        let work = loaded.graph.work(&one.id)?;
        let languages: Vec<&str> = one.languages.iter().map(|language| language.code()).collect();
        let relations: Vec<&str> = one.relations.iter().map(|relation| relation.as_str()).collect();
        Some(Row {
            id: &one.id,
            label: &work.label,
            date: one.date,
            body: one.issuer,
            languages: languages.join(" "),
            relations: relations.join(" "),
            mentions: one.mentions,
            title: title(work),
        })
    };
    ego.citing.iter().filter_map(row).collect()
}

fn table(loaded: &Loaded, ego: &Ego) -> Table {
    let mut table = Table::new(&["date", "body", "lang", "relation", "#passages", "work", "title"]);
    for row in rows(loaded, ego) {
        table.row([
            row.date.map_or(String::new(), |date| date.to_string()),
            row.body.to_string(),
            row.languages,
            row.relations,
            row.mentions.to_string(),
            row.label.to_owned(),
            row.title,
        ]);
    }
    table.remark(format!("{} works refer to {}", ego.citing.len(), ego.work));
    table
}

fn counts(years: &[Year]) -> Vec<Count> {
    let relations = |year: &Year| {
        let counts: Vec<String> = year
            .by_relation
            .iter()
            .map(|(relation, works): (&Relation, &usize)| format!("{relation} {works}"))
            .collect();
        counts.join(", ")
    };
    let count = |year: &Year| Count {
        year: year.year,
        works: year.works,
        mentions: year.mentions,
        relations: relations(year),
    };
    years.iter().map(count).collect()
}

fn year_table(ego: &Ego, years: &[Year]) -> Table {
    let mut table = Table::new(&[
        "year",
        "#works",
        "#passages",
        "works by the relation that says most",
    ]);
    for count in counts(years) {
        table.row([
            count.year.map_or("undated".to_owned(), |year| year.to_string()),
            count.works.to_string(),
            count.mentions.to_string(),
            count.relations,
        ]);
    }
    table.remark(format!("{} works refer to {}", ego.citing.len(), ego.work));
    table
}
