//! `lineage`: works in, what they descend from and what descends from them out.

use std::collections::BTreeSet;

use citegraph::analyze::{self, Lineage, LineageDirection, LineageQuery};
use citegraph::draw::views::{lineage_pages, lineage_picture};
use citegraph::draw::words::counted;
use citegraph::index::{Detail, Reach};
use citegraph::model::{Kind, PartialDate, Relation, WorkId};
use clap::Args;
use serde::Serialize;

use super::arguments::{CorpusArgs, date, kind, relation};
use super::ask::title;
use super::desk::Desk;
use super::load::{Loaded, Need, load_around};
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs, write_file};
use super::page::PageArgs;
use super::picture::{TitleArgs, is_drawn, scope};
use super::references::{CORRECTED, json};
use super::style::StyleArgs;
use super::table::{Look, Table};

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 6] = [
    Format::Table,
    Format::Json,
    Format::Dot,
    Format::Svg,
    Format::Png,
    Format::Pdf,
];

/// Show what a work descends from and what descends from it, through time
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph lineage 15315/25 --from documents/\n  citegraph lineage 11406/22 --ancestors --depth 2 --from documents/ -o lineage.svg\n  citegraph lineage \"cyber posture\" --since 2015 --from documents/ --format json"
)]
pub struct LineageArgs {
    /// The works: ids, numbers, or titles or names in any language
    #[arg(required = true, value_name = "WORK")]
    works: Vec<String>,
    /// Only what the works descend from
    #[arg(long, conflicts_with = "descendants")]
    ancestors: bool,
    /// Only what descends from the works
    #[arg(long)]
    descendants: bool,
    /// How many references away a work may be
    #[arg(long, value_name = "N")]
    depth: Option<usize>,
    /// Follow only these relations (recalls, builds-on, …)
    #[arg(long, value_name = "RELATION", value_delimiter = ',', value_parser = relation)]
    relation: Vec<Relation>,
    /// Pass only through works of these kinds (council-document, instrument, …)
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    kind: Vec<Kind>,
    /// Leave out older works
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<PartialDate>,
    /// Leave out newer works
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<PartialDate>,
    /// How many works a picture shows at most
    #[arg(
        long,
        value_name = "N",
        default_value_t = 25,
        alias = "limit",
        help_heading = "Picture"
    )]
    max: usize,
    /// Draw all works, a period to a file: NAME-1.svg, NAME-2.svg and so on
    #[arg(long, help_heading = "Picture")]
    paginate: bool,
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

impl LineageArgs {
    fn query(&self, focus: Vec<WorkId>) -> LineageQuery {
        let direction = match (self.ancestors, self.descendants) {
            (true, false) => LineageDirection::Ancestors,
            (false, true) => LineageDirection::Descendants,
            _ => LineageDirection::Both,
        };
        LineageQuery {
            focus,
            direction,
            depth: self.depth,
            relations: set(&self.relation),
            kinds: set(&self.kind),
            since: self.since,
            until: self.until,
        }
    }
}

impl LineageArgs {
    /// How much of the graph is looked at.
    fn need(&self, format: Format) -> Need {
        let depth = |is_asked: bool| if is_asked { self.depth } else { Some(0) };
        let reach = Reach {
            cites: depth(self.ancestors || !self.descendants),
            who_cites: depth(self.descendants || !self.ancestors),
        };
        let detail = if is_drawn(format) {
            Detail::Passages
        } else {
            Detail::Counts
        };
        Need::Around(reach, detail)
    }
}

fn set<T: Ord + Copy>(values: &[T]) -> Option<BTreeSet<T>> {
    (!values.is_empty()).then(|| values.iter().copied().collect())
}

/// Writes the lineage.
pub fn run(desk: &Desk<'_>, args: &LineageArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    if let (Some(since), Some(until)) = (args.since, args.until)
        && since.is_surely_after(until)
    {
        let sentence = format!("--since {since} lies after --until {until}: no work is dated between them");
        return Err(Failure::Usage(sentence));
    }
    let style = args.style.style()?;
    let (loaded, works) = load_around(desk, &args.works, args.need(format))?;
    let lineage = analyze::lineage(&loaded.graph, &args.query(works));
    match format {
        drawn if is_drawn(drawn) => {
            let scope = scope(&loaded, args.titles.language(), args.max, args.page.plan());
            if args.paginate {
                let pictures = lineage_pages(&loaded.graph, &lineage, &scope);
                for (place, picture) in pictures.iter().enumerate() {
                    let bytes = style.draw(picture, format)?;
                    write_file(&args.output.numbered(place + 1)?, |out| out.write_all(&bytes))?;
                }
            } else {
                let picture = lineage_picture(&loaded.graph, &lineage, &scope);
                args.output
                    .write_picture(format, &style.draw(&picture, format)?)?;
            }
        }
        Format::Json => args.output.write(|out| json(out, &answer(&loaded, &lineage)))?,
        _ => args
            .output
            .write(|out| table(&loaded, (args, &lineage)).write(Look::of(&args.output), out))?,
    }
    Ok(loaded.outcome())
}

#[derive(Serialize)]
struct Answer<'a> {
    focus: &'a [WorkId],
    members: Vec<Row<'a>>,
    edges: Vec<Link<'a>>,
    longest_chain: &'a [WorkId],
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a WorkId,
    depth: i64,
    both_ways: bool,
    kind: Kind,
    label: &'a str,
    title: String,
    date: Option<PartialDate>,
    in_corpus: bool,
}

#[derive(Serialize)]
struct Link<'a> {
    citing: &'a WorkId,
    cited: &'a WorkId,
    relation: Relation,
    mentions: usize,
    correction: Option<&'a str>,
}

fn answer<'a>(loaded: &'a Loaded, lineage: &'a Lineage) -> Answer<'a> {
    Answer {
        focus: &lineage.focus,
        members: rows(loaded, lineage),
        edges: links(loaded, lineage),
        longest_chain: &lineage.longest_chain,
    }
}

fn rows<'a>(loaded: &'a Loaded, lineage: &'a Lineage) -> Vec<Row<'a>> {
    let row = |member: &'a analyze::Member| {
        let work = loaded.graph.work(&member.id)?;
        Some(Row {
            id: &member.id,
            depth: member.depth,
            both_ways: member.both_ways,
            kind: work.kind,
            label: &work.label,
            title: title(work),
            date: work.date,
            in_corpus: work.in_corpus,
        })
    };
    lineage.members.iter().filter_map(row).collect()
}

fn links<'a>(loaded: &'a Loaded, lineage: &'a Lineage) -> Vec<Link<'a>> {
    let followed: BTreeSet<(&WorkId, &WorkId, Relation)> = lineage
        .edges
        .iter()
        .map(|(citing, cited, relation)| (citing, cited, *relation))
        .collect();
    let edges = loaded
        .graph
        .edges()
        .filter(|edge| followed.contains(&(&edge.citing, &edge.cited, edge.relation)));
    let link = |edge: &'a citegraph::model::Edge| Link {
        citing: &edge.citing,
        cited: &edge.cited,
        relation: edge.relation,
        mentions: edge.evidence.len(),
        correction: edge.evidence.iter().find_map(|one| one.correction.as_deref()),
    };
    edges.map(link).collect()
}

fn table(loaded: &Loaded, (args, lineage): (&LineageArgs, &Lineage)) -> Table {
    let links = links(loaded, lineage);
    let corrected: BTreeSet<&WorkId> = links
        .iter()
        .filter(|link| link.correction.is_some())
        .map(|link| link.cited)
        .collect();
    let mut table = Table::new(&["#generation", "date", "corpus", "kind", "work", "title"]);
    for row in rows(loaded, lineage) {
        let mark = if corrected.contains(row.id) {
            format!(" {CORRECTED}")
        } else {
            String::new()
        };
        let cells = [
            if row.depth == 0 {
                "focus".to_owned()
            } else {
                format!("{:+}", row.depth)
            },
            row.date.map_or(String::new(), |date| date.to_string()),
            if row.in_corpus { "yes" } else { "cited" }.to_owned(),
            row.kind.to_string(),
            row.label.to_owned() + &mark,
            row.title,
        ];
        table.row(cells);
    }
    remarks(loaded, (args, lineage), &mut table);
    for link in links.iter().filter(|link| link.correction.is_some()) {
        let reason = link.correction.unwrap_or_default();
        table.remark(format!(
            "{CORRECTED} cited by {}: corrected: {reason}",
            label(loaded, link.citing)
        ));
    }
    table
}

fn remarks(loaded: &Loaded, (args, lineage): (&LineageArgs, &Lineage), table: &mut Table) {
    let works = lineage
        .members
        .iter()
        .filter_map(|member| loaded.graph.work(&member.id));
    let undated = works.filter(|work| work.date.is_none()).count();
    if undated > 0 && (args.since.is_some() || args.until.is_some()) {
        table.remark(format!(
            "{} without a date: nothing says that {} outside the period",
            counted(undated, "work"),
            if undated == 1 { "it lies" } else { "they lie" }
        ));
    }
    let older = lineage.members.iter().filter(|member| member.depth < 0).count();
    let newer = lineage.members.iter().filter(|member| member.depth > 0).count();
    table.remark(format!(
        "{} (what is cited, below 0), {} (what cites, above 0), {}",
        counted(older, "ancestor"),
        counted(newer, "descendant"),
        counted(lineage.edges.len(), "reference")
    ));
    let chain: Vec<String> = lineage
        .longest_chain
        .iter()
        .rev()
        .map(|id| label(loaded, id))
        .collect();
    table.remark(format!("longest chain: {}", chain.join(" → ")));
}

fn label(loaded: &Loaded, id: &WorkId) -> String {
    loaded
        .graph
        .work(id)
        .map_or_else(|| id.to_string(), |work| work.label.clone())
}
