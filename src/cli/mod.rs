//! The command line: what was typed in, a library call, what is printed out. One file for each command; the rest is
//! shared: what the words of the command line mean ([`arguments`]), reading a corpus ([`load`]), finding the work
//! that is asked for ([`ask`]), where the answer goes ([`output`]) and how a table looks ([`table`]).

mod arguments;
mod ask;
mod brief;
mod candidates;
mod centrality;
mod check;
mod cites;
mod commands;
mod completions;
mod desk;
mod ego;
mod export;
mod extract;
mod frontier;
mod graphviz;
mod inputs;
mod lineage;
mod load;
mod matrix;
mod outcome;
mod output;
mod page;
mod picture;
mod progress;
mod references;
mod scan;
mod search;
mod show;
mod style;
mod summary;
mod table;
mod watch;
mod who_cites;
mod why;

use std::process::ExitCode;

use commands::Cli;
use outcome::Failure;

/// Runs the program on the arguments it was started with.
pub fn main() -> ExitCode {
    keep_quiet_about_damaged_files();
    match Cli::typed().run() {
        Ok(outcome) => outcome.status(),
        Err(failure) => failed(&failure),
    }
}

/// A library that gives up on a file by a panic is caught, and the file named with the reason: the panic itself is no news.
fn keep_quiet_about_damaged_files() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !citegraph::read::is_guarded() {
            loud(panic);
        }
    }));
}

fn failed(failure: &Failure) -> ExitCode {
    if !matches!(failure, Failure::ReaderGone) {
        output::say(&format!("citegraph: {failure}"));
    }
    failure.status()
}
