//! Why a mention is one: the rule, the row of the tables, the pieces of text, the target and what was refused. All of it was
//! kept when the mention was found; nothing is worked out again here.

use std::io::{self, Write};

use citegraph::model::{Clue, Designation, Mention, Reference, Sign, Target, WorkId};
use citegraph::resolve::CitingDocument;
use citegraph::tables::Tables;
use serde::Serialize;

use super::output::printable;

/// The reasons for one mention.
#[derive(Serialize)]
pub struct Why<'a> {
    rule: &'a str,
    rows: Vec<TableRow<'a>>,
    clues: Vec<Told<'a>>,
    how: Option<&'a str>,
    by: Option<By<'a>>,
    reason: Option<&'a str>,
    refused: Vec<Refused<'a>>,
}

/// A row of the tables that the words matched.
#[derive(Serialize)]
struct TableRow<'a> {
    table: &'static str,
    row: &'a str,
    /// The pattern, where the row is one.
    pattern: Option<&'a str>,
    /// A text of the table in which the row is found.
    witness: Option<&'a str>,
}

/// A piece of text that the mention was told by.
#[derive(Serialize)]
struct Told<'a> {
    sign: Sign,
    start: usize,
    end: usize,
    line: usize,
    text: &'a str,
    list: Option<&'a str>,
}

/// Another mention of the document that gave the target.
#[derive(Serialize)]
struct By<'a> {
    line: usize,
    start: usize,
    end: usize,
    text: &'a str,
    footnote: Option<u16>,
}

/// A work that was not taken.
#[derive(Serialize)]
struct Refused<'a> {
    id: &'a WorkId,
    reason: &'a str,
}

impl<'a> Why<'a> {
    /// The reasons for a mention of a document.
    pub fn of(tables: &'a Tables, document: &'a CitingDocument, reference: &'a Reference) -> Self {
        let (mention, grounds) = (&reference.mention, &reference.grounds);
        let by = grounds.by.and_then(|at| document.references.get(at));
        let refused = grounds.refused.iter();
        Self {
            rule: &mention.rule,
            rows: rows(tables, mention),
            clues: mention.clues.iter().map(told).collect(),
            how: Some(&*grounds.how).filter(|how| !how.is_empty()),
            by: by.map(|by| self::by(&by.mention)),
            reason: match &reference.target {
                Target::Resolved { correction, .. } => correction.as_ref().map(|c| c.reason.as_str()),
                Target::Ambiguous { reason, .. } | Target::Unresolved { reason } => Some(reason),
            },
            refused: refused
                .map(|r| Refused {
                    id: &r.id,
                    reason: &r.reason,
                })
                .collect(),
        }
    }
}

fn told(clue: &Clue) -> Told<'_> {
    Told {
        sign: clue.sign,
        start: clue.span.start,
        end: clue.span.end,
        line: clue.line,
        text: &clue.text,
        list: clue.list.as_deref(),
    }
}

fn by(mention: &Mention) -> By<'_> {
    By {
        line: mention.passage.line,
        start: mention.passage.span.start,
        end: mention.passage.span.end,
        text: &mention.passage.text,
        footnote: mention.in_note,
    }
}

/// The rows that a mention names: of the instruments by its designation, of the families by its rule.
fn rows<'a>(tables: &'a Tables, mention: &'a Mention) -> Vec<TableRow<'a>> {
    let mut families = tables.families.rows.iter().chain(&tables.addresses.rows);
    if let Some(row) = families.find(|row| row.name == mention.rule) {
        return vec![TableRow {
            table: "families",
            row: &row.name,
            pattern: Some(&row.pattern),
            witness: row.witness.first().map(|w| w.text.as_str()),
        }];
    }
    let ids: &[WorkId] = match &mention.designation {
        Designation::Identified(id) => std::slice::from_ref(id),
        Designation::OneOf(ids) => ids,
        _ => &[],
    };
    let known = ids
        .iter()
        .filter_map(|id| tables.instruments.iter().find(|row| row.id == *id));
    known
        .map(|row| TableRow {
            table: "instruments",
            row: row.id.as_str(),
            pattern: None,
            witness: row
                .witness
                .get(&mention.language)
                .or_else(|| row.witness.values().next())
                .map(String::as_str),
        })
        .collect()
}

/// Explains all mentions in lines for people.
pub fn explain(tables: &Tables, documents: &[CitingDocument], out: &mut dyn Write) -> io::Result<()> {
    for document in documents {
        for reference in &document.references {
            let mention = &reference.mention;
            let head = format!(
                "{}, line {}: \"{}\"",
                document.path,
                mention.passage.line,
                one_line(&mention.passage.text)
            );
            writeln!(out, "{}", printable(&head))?;
            for (name, text) in lines(&Why::of(tables, document, reference), reference) {
                writeln!(out, "    {name:<11} {}", printable(&text))?;
            }
        }
    }
    Ok(())
}

fn lines(why: &Why<'_>, reference: &Reference) -> Vec<(&'static str, String)> {
    let mention = &reference.mention;
    let mut lines = vec![(
        "rule",
        format!("{}, confidence {:.2}", why.rule, mention.confidence),
    )];
    for row in &why.rows {
        let pattern = row.pattern.map_or(String::new(), |p| format!(", pattern {p}"));
        let witness = row.witness.map_or(String::new(), |w| {
            format!(", found for one in \"{}\"", one_line(w))
        });
        lines.push((
            "table",
            format!("{}, row {}{pattern}{witness}", row.table, row.row),
        ));
    }
    for clue in &why.clues {
        let list = clue.list.map_or(String::new(), |list| {
            format!(", {list} of languages/{}.toml", mention.language)
        });
        let text = format!("\"{}\", line {}{list}", one_line(clue.text), clue.line);
        lines.push((clue.sign.as_str(), text));
    }
    lines.push(("relation", mention.relation.to_string()));
    if let Some(note) = mention.in_note {
        lines.push(("footnote", format!("{note}, in which it stands")));
    }
    if let Some(note) = mention.calls_note {
        lines.push(("footnote", format!("{note}, which it calls")));
    }
    lines.push(("target", target(why, &reference.target)));
    for refused in &why.refused {
        lines.push(("refused", format!("{}: {}", refused.id, refused.reason)));
    }
    lines
}

fn target(why: &Why<'_>, target: &Target) -> String {
    let mut text = match target {
        Target::Resolved { id, .. } => id.to_string(),
        Target::Ambiguous { candidates, .. } => {
            let ids: Vec<&str> = candidates.iter().map(WorkId::as_str).collect();
            format!("one of {}", ids.join(", "))
        }
        Target::Unresolved { .. } => "none".to_owned(),
    };
    let reasons = why.how.iter().copied().chain(why.reason);
    reasons.for_each(|reason| text += &format!("; {reason}"));
    if let Some(by) = &why.by {
        text += &format!(": \"{}\", line {}", one_line(by.text), by.line);
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
