//! `check`: a corpus in, what an analyst should look at out.

use std::io::{self, Write};

use citegraph::model::Diagnostic;
use clap::Args;
use serde::Serialize;

use super::arguments::CorpusArgs;
use super::desk::{Desk, Source};
use super::load::load;
use super::outcome::{Failure, Outcome};
use super::output::{Format, OutputArgs, printable};
use super::references::json;

/// What it writes, first what it writes unasked.
pub const FORMATS: [Format; 2] = [Format::Table, Format::Json];

/// List what an analyst should look at: wrong dates, versions that disagree, unsure targets
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph check --from documents/\n  citegraph check --strict --from documents/ || echo look at it"
)]
pub struct CheckArgs {
    /// End with status 1 if there is anything to look at
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Serialize)]
struct Answer<'a> {
    diagnostics: &'a [Diagnostic],
}

/// Lists the diagnostics.
pub fn run(desk: &Desk<'_>, args: &CheckArgs) -> Result<Outcome, Failure> {
    let format = args.output.format(&FORMATS)?;
    let (diagnostics, outcome) = match &desk.source {
        Source::Index(index) => (index.diagnostics()?, Outcome::Done),
        Source::Files(_) => {
            let loaded = load(desk)?;
            let outcome = loaded.outcome();
            (loaded.corpus.diagnostics, outcome)
        }
    };
    let diagnostics = diagnostics.as_slice();
    args.output.write(|out| match format {
        Format::Json => json(out, &Answer { diagnostics }),
        _ => list(diagnostics, out),
    })?;
    Ok(if args.strict && !diagnostics.is_empty() {
        Outcome::Alarmed
    } else {
        outcome
    })
}

/// The word of the exported graph for what sort of thing is odd.
pub fn kind(diagnostic: &Diagnostic) -> String {
    serde_json::to_value(diagnostic.kind)
        .ok()
        .and_then(|kind| kind.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// What to look at, as a sentence.
pub fn sentence(diagnostic: &Diagnostic) -> String {
    let corrected = diagnostic
        .corrected
        .iter()
        .map(|id| format!("; corrected to {id}"));
    let candidates: Vec<&str> = diagnostic.candidates.iter().map(|id| id.as_str()).collect();
    let candidates = (!candidates.is_empty()).then(|| format!("; candidates: {}", candidates.join(", ")));
    diagnostic.reason.clone() + &corrected.chain(candidates).collect::<String>()
}

/// Two lines each: where and in what words, then why. The reason is a sentence that no column is wide enough for.
fn list(diagnostics: &[Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    for one in diagnostics {
        let text = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let head = format!("{}: {}, line {}: \"{text}\"", kind(one), one.document, one.line);
        writeln!(out, "{}\n    {}", printable(&head), printable(&sentence(one)))?;
    }
    writeln!(out, "{} things to look at", diagnostics.len())
}
