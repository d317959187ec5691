//! The program as users run it: exit status, streams, formats, and what must come out of fixtures/.

mod answers;
mod commands;
mod drawn;
mod explain;
mod index;
mod inputs;
mod pdf;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// One run of the program, from the root of the project.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_citegraph"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn finished(output: Output) -> Run {
    Run {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program.
pub fn run(arguments: &[&str]) -> Run {
    finished(command(arguments).stdin(Stdio::null()).output().unwrap())
}

/// Runs the program with something on standard input.
pub fn run_with_input(arguments: &[&str], input: &[u8]) -> Run {
    let mut command = command(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    finished(child.wait_with_output().unwrap())
}

/// Runs the program on fixtures/corpus; it must be done with status 0.
pub fn on_corpus(arguments: &[&str]) -> String {
    let run = run(&[arguments, &["--from", "fixtures/corpus"]].concat());
    assert_eq!(run.status, 0, "{arguments:?}: {}", run.err);
    run.out
}

/// The same, read as JSON.
pub fn json_on_corpus(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&on_corpus(&[arguments, &["--format", "json"]].concat())).unwrap()
}

/// An empty folder of this name that no other test uses.
pub fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A small document that cites one number.
pub const NOTE: &str = "The revised guidelines are set out in document 10289/23 of the Council.\n";
