//! `extract`: documents in, their mentions out, in order of document and place.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::PathBuf;

use citegraph::draw::words::counted;
use citegraph::model::{Designation, Kind, PartialDate, Reference, Relation, Target, WorkId};
use citegraph::resolve::CitingDocument;
use clap::Args;
use serde::Serialize;

use super::arguments::CorpusArgs;
use super::desk::Desk;
use super::load::{self, Loaded, load};
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs};
use super::references::{CORRECTED, io_error};
use super::table::{Look, Table};
use super::why::{self, Why};

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 4] = [Format::Table, Format::Jsonl, Format::Csv, Format::Text];

/// List the mentions of each document
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph extract report.txt\n  citegraph extract documents/ --format jsonl -o mentions.jsonl\n  citegraph extract report.pdf --why\n  citegraph extract - --format csv < report.txt\n  citegraph extract letters.zip/annex.docx --format text\n\n--format text prints the text of one document, which byte offsets count in."
)]
pub struct ExtractArgs {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Explain each mention: the rule, what in the text and the tables told it, and what was refused
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// One mention: the fields of the contract in its order, then further ones.
#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    work: &'a WorkId,
    language: &'static str,
    start: usize,
    end: usize,
    line: usize,
    text: &'a str,
    kind: Kind,
    target: Option<&'a WorkId>,
    candidates: Cow<'a, [WorkId]>,
    relation: Relation,
    pinpoint: Option<&'a str>,
    paragraph: Option<&'a str>,
    footnote: Option<u16>,
    page: Option<usize>,
    rule: &'a str,
    confidence: f64,
    dated: Option<PartialDate>,
    node: Option<&'a WorkId>,
    reason: Option<&'a str>,
    correction: Option<&'a str>,
    antecedent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why<'a>>,
}

/// Lists the mentions.
pub fn run(desk: &Desk<'_>, args: &ExtractArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    if args.why && !matches!(format, Format::Table | Format::Jsonl) {
        return Err(Failure::Usage("--why is written as table or jsonl".to_owned()));
    }
    if format == Format::Text {
        return print_text(desk, args);
    }
    let loaded = load(desk)?;
    args.output.write(|out| match format {
        Format::Jsonl => jsonl(desk, args, (&loaded, out)),
        Format::Table if args.why => why::explain(desk.tables, &loaded.corpus.documents, out),
        Format::Csv => csv(&loaded, out),
        _ => table(&loaded).write(Look::of(&args.output), out),
    })?;
    Ok(loaded.outcome())
}

/// Prints the text of the one document that the arguments name: offsets in several would be those of none. The path of a
/// message names its own text rather than its attachments.
fn print_text(desk: &Desk<'_>, args: &ExtractArgs) -> Result<Outcome, Failure> {
    let (mut texts, outcome) = load::of_each(desk, |document| {
        (document.path.clone(), document.text.original().to_owned())
    })?;
    if let [path] = args.paths.as_slice() {
        let given = path.display().to_string();
        if texts.iter().any(|(path, _)| *path == given) {
            texts.retain(|(path, _)| *path == given);
        }
    }
    if let [(first, _), _, ..] = texts.as_slice() {
        return Err(Failure::Usage(format!(
            "--format text prints one document, which byte offsets count in, but these are {}; name one, for example {first}",
            texts.len()
        )));
    }
    args.output.write(|out| {
        texts
            .iter()
            .try_for_each(|(_, text)| out.write_all(text.as_bytes()))
    })?;
    Ok(outcome)
}

fn rows(loaded: &Loaded) -> impl Iterator<Item = Row<'_>> {
    let documents = loaded.corpus.documents.iter();
    documents.flat_map(|document| {
        document
            .references
            .iter()
            .map(|reference| row(loaded, document, reference))
    })
}

fn row<'a>(loaded: &'a Loaded, document: &'a CitingDocument, reference: &'a Reference) -> Row<'a> {
    let (mention, target) = (&reference.mention, &reference.target);
    let passage = &mention.passage;
    Row {
        document: &document.path,
        work: &document.work,
        language: mention.language.code(),
        start: passage.span.start,
        end: passage.span.end,
        line: passage.line,
        text: &passage.text,
        kind: mention.kind,
        target: target.id(),
        candidates: candidates(target),
        relation: mention.relation,
        pinpoint: mention.pinpoint.as_deref(),
        paragraph: passage.paragraph.as_deref(),
        footnote: mention.in_note.or(mention.calls_note),
        page: passage.page,
        rule: &mention.rule,
        confidence: (f64::from(mention.confidence) * 1e4).round() / 1e4,
        dated: dated(reference),
        node: target.id().map(|id| loaded.corpus.aliases.node(id)),
        reason: reason(target),
        correction: correction(target),
        antecedent: antecedent(document, reference),
        why: None,
    }
}

/// The words of the earlier mention that this one stands for.
fn antecedent<'a>(document: &'a CitingDocument, reference: &Reference) -> Option<&'a str> {
    let Designation::Back(to) = reference.mention.designation else {
        return None;
    };
    document
        .references
        .get(to)
        .map(|r| r.mention.passage.text.as_str())
}

fn candidates(target: &Target) -> Cow<'_, [WorkId]> {
    match target {
        Target::Ambiguous { candidates, .. } => Cow::Borrowed(candidates),
        _ => Cow::Borrowed(&[]),
    }
}

fn dated(reference: &Reference) -> Option<PartialDate> {
    match &reference.mention.designation {
        Designation::Conclusions { date, .. } => *date,
        _ => reference.mention.dated,
    }
}

fn reason(target: &Target) -> Option<&str> {
    match target {
        Target::Resolved { .. } => None,
        Target::Ambiguous { reason, .. } | Target::Unresolved { reason } => Some(reason),
    }
}

fn correction(target: &Target) -> Option<&str> {
    match target {
        Target::Resolved { correction, .. } => correction.as_ref().map(|c| c.reason.as_str()),
        _ => None,
    }
}

fn jsonl(desk: &Desk<'_>, args: &ExtractArgs, (loaded, out): (&Loaded, &mut dyn Write)) -> io::Result<()> {
    for document in &loaded.corpus.documents {
        for reference in &document.references {
            let why = args.why.then(|| Why::of(desk.tables, document, reference));
            let row = Row {
                why,
                ..row(loaded, document, reference)
            };
            serde_json::to_writer(&mut *out, &row)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn csv(loaded: &Loaded, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    let heads = "document work language start end line text kind target candidates relation pinpoint paragraph footnote page rule confidence dated node reason correction antecedent";
    writer.write_record(heads.split(' ')).map_err(io_error)?;
    rows(loaded)
        .try_for_each(|row| writer.write_record(record(&row)))
        .map_err(io_error)?;
    writer.flush()
}

/// The fields of a row as CSV holds them: several candidates with a blank between them.
fn record(row: &Row<'_>) -> [String; 22] {
    fn text(value: Option<impl ToString>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }
    let candidates: Vec<&str> = row.candidates.iter().map(WorkId::as_str).collect();
    [
        row.document.to_owned(),
        row.work.to_string(),
        row.language.to_owned(),
        row.start.to_string(),
        row.end.to_string(),
        row.line.to_string(),
        row.text.to_owned(),
        row.kind.to_string(),
        text(row.target),
        candidates.join(" "),
        row.relation.to_string(),
        text(row.pinpoint),
        text(row.paragraph),
        text(row.footnote),
        text(row.page),
        row.rule.to_owned(),
        row.confidence.to_string(),
        text(row.dated),
        text(row.node),
        text(row.reason),
        text(row.correction),
        text(row.antecedent),
    ]
}

fn table(loaded: &Loaded) -> Table {
    let mut table = Table::new(&["document", "#line", "kind", "relation", "target", "text"]);
    for row in rows(loaded) {
        let mark = if row.correction.is_some() {
            format!(" {CORRECTED}")
        } else {
            String::new()
        };
        let target = match (row.target, row.candidates.len()) {
            (Some(id), _) => id.to_string() + &mark,
            (None, 0) => "?".to_owned(),
            (None, several) => format!("? one of {several}"),
        };
        let cells = [
            row.document.to_owned(),
            row.line.to_string(),
            row.kind.to_string(),
            row.relation.to_string(),
            target,
            row.text.to_owned(),
        ];
        table.row(cells);
    }
    let mentions: usize = loaded
        .corpus
        .documents
        .iter()
        .map(|document| document.references.len())
        .sum();
    let unsure = rows(loaded).any(|row| row.target.is_none());
    table.remark(format!(
        "{} in {}{}",
        counted(mentions, "mention"),
        counted(loaded.corpus.documents.len(), "document"),
        if unsure {
            "; ? has no sure target (see `citegraph check`)"
        } else {
            ""
        }
    ));
    for row in rows(loaded) {
        row.correction.iter().for_each(|reason| {
            table.remark(format!(
                "{CORRECTED} {}, line {}: corrected: {reason}",
                row.document, row.line
            ))
        });
    }
    table
}
