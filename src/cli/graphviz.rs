//! DOT in, the SVG that an installed Graphviz draws of it out. What Graphviz says on the way is passed on.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::outcome::Failure;
use super::output::say;

/// Where the command is, if not on the path.
const VARIABLE: &str = "GRAPHVIZ_DOT";
/// A thousand works take Graphviz 40 s; who waits longer waits in vain.
const PATIENCE: Duration = Duration::from_secs(120);

/// Draws DOT.
pub fn svg(dot: &str) -> Result<String, Failure> {
    let program = std::env::var(VARIABLE).unwrap_or_else(|_| "dot".to_owned());
    let mut child = Command::new(&program)
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| absent(&program, &error))?;
    let fed = feed(&mut child, dot.to_owned());
    let (drawn, said) = (collect(child.stdout.take()), collect(child.stderr.take()));
    let done = wait(&mut child, PATIENCE);
    let said = text(said);
    said.lines().for_each(|line| say(&format!("Graphviz: {line}")));
    drop(fed.map(JoinHandle::join));
    match done {
        Some(true) => Ok(text(drawn)),
        Some(false) => Err(Failure::NotDrawn(format!(
            "Graphviz ({program}) could not draw the picture; see what it said above"
        ))),
        None => Err(Failure::NotDrawn(format!(
            "Graphviz ({program}) was stopped after {} seconds; leave --engine out to draw without it",
            PATIENCE.as_secs()
        ))),
    }
}

fn absent(program: &str, error: &std::io::Error) -> Failure {
    let reason = super::inputs::reason(error);
    Failure::NotDrawn(format!(
        "cannot run Graphviz, `{program}`: {reason}; install it, name its `dot` in {VARIABLE}, or leave --engine out: Graphviz is not needed"
    ))
}

/// Writes the input beside the waiting: a program that writes before it has read all would block otherwise.
fn feed(child: &mut Child, dot: String) -> Option<JoinHandle<()>> {
    let mut input = child.stdin.take()?;
    // What cannot be written shows in the exit status.
    Some(std::thread::spawn(move || drop(input.write_all(dot.as_bytes()))))
}

fn collect(stream: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            let _ = stream.read_to_end(&mut bytes);
        }
        bytes
    })
}

fn text(bytes: JoinHandle<Vec<u8>>) -> String {
    String::from_utf8_lossy(&bytes.join().unwrap_or_default()).into_owned()
}

/// Whether the program ended well; none if it had to be stopped.
fn wait(child: &mut Child, patience: Duration) -> Option<bool> {
    let start = Instant::now();
    while start.elapsed() < patience {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(_) => return Some(false),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}
