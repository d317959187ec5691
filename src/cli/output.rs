//! Where an answer goes: the format asked for, the file or standard output. Nothing is written before there is an
//! answer, so that a wrong question leaves the file of yesterday alone.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::outcome::Failure;

/// A format that an answer can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns for people
    Table,
    /// One JSON object
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header line
    Csv,
    /// Graphviz
    Dot,
    /// A picture to edit
    Svg,
    /// A picture in pixels
    Png,
    /// A picture to print
    Pdf,
    /// The text that offsets count in
    Text,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Text => "text",
        }
    }

    fn of_ending(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "txt" => Self::Table,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" => Self::Csv,
            "dot" | "gv" => Self::Dot,
            "svg" => Self::Svg,
            "png" => Self::Png,
            "pdf" => Self::Pdf,
            _ => return None,
        })
    }
}

/// How the answer is written, and where to.
#[derive(Debug, Clone, Args)]
pub struct OutputArgs {
    /// The format of the answer; without it the ending of the output file decides
    #[arg(long, short, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,
    /// Write to this file instead of standard output; `-` is standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

impl OutputArgs {
    /// The format of the answer, one of those that the command can write, the first of which it writes unasked.
    pub fn format(&self, offered: &[Format]) -> Result<Format, Failure> {
        let asked = match (self.format, self.file()) {
            (Some(format), _) => Some(format),
            (None, Some(path)) => Some(Format::of_ending(path).ok_or_else(|| unknown_ending(path, offered))?),
            (None, None) => offered.first().copied(),
        };
        let format = asked
            .filter(|format| offered.contains(format))
            .ok_or_else(|| not_offered(asked, offered))?;
        if let Some((path, ending)) = self
            .file()
            .and_then(|path| Some((path, Format::of_ending(path)?)))
            && ending != format
            && format != Format::Text
        {
            say(&format!(
                "{} will hold {}, whatever its ending says",
                path.display(),
                format.name()
            ));
        }
        Ok(format)
    }

    /// Writes a picture. Pixels and pages are no text, so that none are written to a terminal.
    pub fn write_picture(&self, format: Format, bytes: &[u8]) -> Result<(), Failure> {
        if matches!(format, Format::Png | Format::Pdf) && self.is_on_terminal() {
            let sentence = format!(
                "a {} is nothing for a terminal; name a file with -o",
                format.name()
            );
            return Err(Failure::Usage(sentence));
        }
        self.write(|out| out.write_all(bytes))
    }

    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// The file of one of several answers: NAME-1.svg beside NAME.svg.
    pub fn numbered(&self, number: usize) -> Result<PathBuf, Failure> {
        let several = "several pictures need the name of a file: say --output FILE";
        let path = self.file().ok_or_else(|| Failure::Usage(several.to_owned()))?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = path
            .extension()
            .map_or(String::new(), |e| format!(".{}", e.to_string_lossy()));
        Ok(path.with_file_name(format!("{stem}-{number}{ending}")))
    }

    /// Whether the answer goes to a terminal.
    pub fn is_on_terminal(&self) -> bool {
        self.file().is_none() && io::stdout().is_terminal()
    }

    /// Writes the answer.
    pub fn write(&self, answer: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        match self.file() {
            Some(path) => write_file(path, answer),
            None => flushed(BufWriter::new(io::stdout().lock()), answer)
                .map_err(|e| Failure::writing("to standard output", e)),
        }
    }
}

/// Writes a file.
pub fn write_file(path: &Path, answer: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let failure = |e| Failure::writing(&path.display().to_string(), e);
    flushed(BufWriter::new(File::create(path).map_err(failure)?), answer).map_err(failure)
}

fn flushed(mut out: impl Write, answer: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    answer(&mut out)?;
    out.flush()
}

fn names(formats: &[Format]) -> String {
    formats.iter().map(|f| f.name()).collect::<Vec<_>>().join(", ")
}

fn unknown_ending(path: &Path, offered: &[Format]) -> Failure {
    let path = path.display();
    Failure::Usage(format!(
        "the ending of {path} names no format; say --format with one of: {}",
        names(offered)
    ))
}

fn not_offered(asked: Option<Format>, offered: &[Format]) -> Failure {
    let asked = asked.map_or("no format", Format::name);
    Failure::Usage(format!(
        "this command does not write {asked}; it writes: {}",
        names(offered)
    ))
}

/// Says a sentence on standard error; where nobody listens any more, it is lost.
pub fn say(sentence: &str) {
    let mut error = io::stderr().lock();
    for line in sentence.lines() {
        let _ = writeln!(error, "{}", printable(line));
    }
}

/// The text without what would move a cursor, ring a bell or turn the direction of a line.
pub fn printable(text: &str) -> String {
    let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(blank).filter(shown).collect()
}
