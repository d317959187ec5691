//! How a run ended, as the exit status of the contract: 0 done, 1 not there, 2 nothing could be done, 3 done in part.

use std::io;
use std::process::ExitCode;

use thiserror::Error;

/// What a command that came to its end has to say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, but some documents could not be read.
    InPart,
    /// `check --strict` found something.
    Alarmed,
}

impl Outcome {
    /// The exit status.
    pub fn status(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::Alarmed => 1,
            Self::InPart => 3,
        })
    }
}

/// Why there is no answer, as a sentence for the one who asked.
#[derive(Debug, Error)]
pub enum Failure {
    /// The thing asked for is not there, or it fits several.
    #[error("{0}")]
    NotThere(String),
    /// The command line asks for what cannot be done.
    #[error("{0}")]
    Usage(String),
    /// None of the documents could be read.
    #[error("{0}")]
    NothingRead(String),
    /// There is an answer, but it cannot be drawn.
    #[error("{0}")]
    NotDrawn(String),
    /// The answer could not be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// Where to.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Whoever read the output has had enough.
    #[error("nobody reads on")]
    ReaderGone,
    /// The index cannot be used.
    #[error(transparent)]
    Index(#[from] citegraph::index::IndexError),
    /// The tables that the program brings along are broken.
    #[error(transparent)]
    Tables(#[from] citegraph::tables::TableError),
}

impl Failure {
    /// The exit status.
    pub fn status(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::ReaderGone => 0,
            Self::NotThere(_) => 1,
            Self::Usage(_)
            | Self::NothingRead(_)
            | Self::NotDrawn(_)
            | Self::Write { .. }
            | Self::Index(_)
            | Self::Tables(_) => 2,
        })
    }

    /// What became of writing to `path`.
    pub fn writing(path: &str, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::Write {
                path: path.to_owned(),
                source,
            },
        }
    }
}
