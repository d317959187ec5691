//! `watch`: paths in, an index that is kept up to date while their files change, and a line for each change out.

use std::time::{Duration, Instant};

use citegraph::index::{Index, Summary};
use clap::Args;

use super::inputs::Unreadable;
use super::outcome::{Failure, Outcome};
use super::scan::{FORMATS, Reader, ScannedArgs, bring_up_to_date, is_stopped, unreadable, with_index};

/// Keep an index up to date while files change; ends with Ctrl-C
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph watch documents/\n  citegraph watch documents/ --index corpus.db --every 30\n\nLooks at the size and time of every file again and again, which works on network drives, too."
)]
pub struct WatchArgs {
    #[command(flatten)]
    what: ScannedArgs,
    /// How many seconds to wait between two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
}

/// Scans until the user has enough.
pub fn run(args: &WatchArgs) -> Result<Outcome, Failure> {
    args.what.output.format(&FORMATS)?;
    with_index(&args.what.index, &args.what.read, |index, reader| {
        args.what.output.write(|out| {
            let mut known = Vec::new();
            while !is_stopped() {
                // A failure to write the answer has a way of its own out of here.
                match look(index, reader, args, &mut known) {
                    Ok(Some(line)) => writeln!(out, "{line}").and_then(|()| out.flush())?,
                    Ok(None) => {}
                    Err(failure) => return Err(std::io::Error::other(failure.to_string())),
                }
                wait(Duration::from_secs(args.every));
            }
            Ok(())
        })
    })?;
    Ok(Outcome::Done)
}

/// One scan; what it changed, as a line. What cannot be read is named once.
fn look(
    index: &mut Index,
    reader: &Reader<'_>,
    args: &WatchArgs,
    known: &mut Vec<Unreadable>,
) -> Result<Option<String>, Failure> {
    let (summary, refused) = bring_up_to_date(index, reader, &args.what.paths)?;
    let unreadable = unreadable(index, refused)?;
    let news = unreadable.iter().filter(|one| !known.contains(one));
    news.for_each(Unreadable::say);
    *known = unreadable;
    Ok(line(&summary))
}

fn line(summary: &Summary) -> Option<String> {
    let changes = [
        ("new", summary.read),
        ("changed", summary.changed),
        ("renamed", summary.renamed),
        ("removed", summary.removed),
    ];
    let changes = changes.iter().filter(|(_, count)| *count > 0);
    let changes: Vec<String> = changes.map(|(what, count)| format!("{count} {what}")).collect();
    (!changes.is_empty()).then(|| {
        format!(
            "{}: {} documents, {} works, {} references",
            changes.join(", "),
            summary.documents,
            summary.works,
            summary.references
        )
    })
}

/// Sleeps in pieces, so that a signal ends it soon.
fn wait(time: Duration) {
    let started = Instant::now();
    while started.elapsed() < time && !is_stopped() {
        std::thread::sleep(Duration::from_millis(100));
    }
}
