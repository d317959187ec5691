//! Passages behind edges, as `who-cites` and `cites` list them: table, JSON, CSV.

use std::collections::BTreeSet;
use std::io::{self, Write};

use citegraph::draw::words::counted;
use citegraph::model::{Edge, Evidence, Reference, Relation, Target, Work, WorkId};
use citegraph::resolve::CitingDocument;
use serde::Serialize;

use super::load::Loaded;
use super::outcome::Failure;
use super::output::{Format, OutputArgs};
use super::table::{Look, Table};

/// The formats that references are listed in.
pub const FORMATS: [Format; 3] = [Format::Table, Format::Json, Format::Csv];

/// Marks a reference that was reached by correcting the text.
pub const CORRECTED: char = '*';

/// The end of the edges that varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The citing works of one cited work.
    Citing,
    /// The works cited by one citing work.
    Cited,
}

#[derive(Serialize)]
struct Answer<'a> {
    work: &'a WorkId,
    label: &'a str,
    references: Vec<Row<'a>>,
    possible: Vec<Possible<'a>>,
}

/// A passage that may refer to the work, or to another that fits as well.
#[derive(Serialize)]
struct Possible<'a> {
    document: &'a str,
    line: usize,
    text: &'a str,
    candidates: &'a [WorkId],
}

#[derive(Serialize)]
struct Row<'a> {
    citing: &'a WorkId,
    cited: &'a WorkId,
    relation: Relation,
    document: &'a str,
    language: &'static str,
    line: usize,
    start: usize,
    end: usize,
    paragraph: Option<&'a str>,
    footnote: Option<u16>,
    pinpoint: Option<&'a str>,
    text: &'a str,
    snippet: &'a str,
    confidence: f64,
    correction: Option<&'a str>,
}

/// Lists the passages of these edges, in order of document and place.
pub fn list(loaded: &Loaded, work: &Work, end: End, output: &OutputArgs) -> Result<(), Failure> {
    let edges = match end {
        End::Citing => loaded.graph.who_cites(&work.id),
        End::Cited => loaded.graph.cites(&work.id),
    };
    let mut rows: Vec<Row<'_>> = edges
        .iter()
        .flat_map(|edge| edge.evidence.iter().map(|one| row(edge, one)))
        .collect();
    rows.sort_by_key(|row| (order(end, row), row.document, row.start));
    let possible = if end == End::Citing {
        possible(loaded, work)
    } else {
        Vec::new()
    };
    let answer = Answer {
        work: &work.id,
        label: &work.label,
        references: rows,
        possible,
    };
    match output.format(&FORMATS)? {
        Format::Json => output.write(|out| json(out, &answer)),
        Format::Csv => output.write(|out| csv(out, &answer.references)),
        _ => output.write(|out| table(loaded, end, &answer).write(Look::of(output), out)),
    }
}

/// The ambiguous passages of which the work is a candidate.
fn possible<'a>(loaded: &'a Loaded, work: &Work) -> Vec<Possible<'a>> {
    let references = loaded
        .corpus
        .documents
        .iter()
        .flat_map(|document| document.references.iter().map(move |one| (document, one)));
    let possible = |(document, reference): (&'a CitingDocument, &'a Reference)| {
        let Target::Ambiguous { candidates, .. } = &reference.target else {
            return None;
        };
        let passage = &reference.mention.passage;
        let fits = candidates
            .iter()
            .any(|id| *loaded.corpus.aliases.node(id) == work.id);
        fits.then(|| Possible {
            document: &document.path,
            line: passage.line,
            text: &passage.text,
            candidates,
        })
    };
    references.filter_map(possible).collect()
}

/// Who cites a work is asked work by work; what a work cites, in the order of its text.
fn order<'a>(end: End, row: &Row<'a>) -> Option<&'a WorkId> {
    (end == End::Citing).then_some(row.citing)
}

fn row<'a>(edge: &'a Edge, evidence: &'a Evidence) -> Row<'a> {
    Row {
        citing: &edge.citing,
        cited: &edge.cited,
        relation: edge.relation,
        document: &evidence.document,
        language: evidence.language.code(),
        line: evidence.line,
        start: evidence.start,
        end: evidence.end,
        paragraph: evidence.paragraph.as_deref(),
        footnote: evidence.footnote,
        pinpoint: evidence.pinpoint.as_deref(),
        text: &evidence.text,
        snippet: &evidence.snippet,
        confidence: (f64::from(evidence.confidence) * 1e4).round() / 1e4,
        correction: evidence.correction.as_deref(),
    }
}

/// One JSON value, indented, and a line end.
pub fn json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// Rows as CSV with a header line.
pub fn csv<T: Serialize>(out: &mut dyn Write, rows: &[T]) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    rows.iter()
        .try_for_each(|row| writer.serialize(row))
        .map_err(io_error)?;
    writer.flush()
}

/// What csv says, so that a reader who is gone is still told apart.
pub fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn table(loaded: &Loaded, end: End, answer: &Answer<'_>) -> Table {
    let head = if end == End::Citing { "citing" } else { "cited" };
    let mut table = Table::new(&[
        head, "document", "lang", "#line", "#par", "relation", "text", "snippet",
    ]);
    for row in &answer.references {
        table.row_about(row.text, cells(loaded, other(end, row), row));
    }
    let works: BTreeSet<&WorkId> = answer.references.iter().map(|row| other(end, row)).collect();
    table.remark(format!(
        "{}, {}",
        counted(answer.references.len(), "passage"),
        counted(works.len(), "work")
    ));
    for row in answer.references.iter().filter(|row| row.correction.is_some()) {
        let reason = row.correction.unwrap_or_default();
        table.remark(format!(
            "{CORRECTED} {}, line {}: corrected: {reason}",
            row.document, row.line
        ));
    }
    for one in &answer.possible {
        let candidates: Vec<&str> = one.candidates.iter().map(WorkId::as_str).collect();
        table.remark(format!(
            "? {}, line {}: \"{}\" may mean {}",
            one.document,
            one.line,
            one.text,
            candidates.join(" or ")
        ));
    }
    table
}

fn other<'a>(end: End, row: &Row<'a>) -> &'a WorkId {
    if end == End::Citing { row.citing } else { row.cited }
}

fn cells(loaded: &Loaded, other: &WorkId, row: &Row<'_>) -> [String; 8] {
    let mark = if row.correction.is_some() {
        format!(" {CORRECTED}")
    } else {
        String::new()
    };
    [
        loaded
            .graph
            .work(other)
            .map_or_else(|| other.to_string(), |work| work.label.clone()),
        row.document.to_owned(),
        row.language.to_owned(),
        row.line.to_string(),
        row.paragraph.unwrap_or_default().to_owned(),
        row.relation.to_string(),
        row.text.split_whitespace().collect::<Vec<_>>().join(" ") + &mark,
        row.snippet.to_owned(),
    ]
}
