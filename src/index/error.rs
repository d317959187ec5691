//! What can go wrong with an index, as a sentence for its user.

use thiserror::Error;

use super::schema::SCHEMA;

/// Why an index cannot be used.
#[derive(Debug, Error)]
pub enum IndexError {
    /// Not there.
    #[error("there is no index {name}: make it with `citegraph scan PATH...`")]
    Missing {
        /// The path as given.
        name: String,
    },
    /// Something else.
    #[error("{name} is no index of citegraph: {reason}")]
    NotAnIndex {
        /// The path as given.
        name: String,
        /// What it is.
        reason: &'static str,
    },
    /// Made by another version.
    #[error(
        "{name} is an index of schema {found}, and this program reads schema {SCHEMA}: delete it and scan again"
    )]
    OtherSchema {
        /// The path as given.
        name: String,
        /// Its schema.
        found: i64,
    },
    /// What SQLite says.
    #[error("cannot use the index {name}: {source}")]
    Sql {
        /// The path as given.
        name: String,
        /// What it says.
        source: rusqlite::Error,
    },
    /// A value that no program of this schema wrote.
    #[error("the index is damaged: {reason}; delete it and scan again")]
    Damaged {
        /// What cannot be read.
        reason: String,
    },
}

impl IndexError {
    pub(super) fn sql(name: &str, source: rusqlite::Error) -> Self {
        let name = name.to_owned();
        match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NotAnIndex {
                name,
                reason: "it is no SQLite database",
            },
            _ => Self::Sql { name, source },
        }
    }
}

impl From<postcard::Error> for IndexError {
    fn from(error: postcard::Error) -> Self {
        Self::Damaged {
            reason: format!("a record cannot be read ({error})"),
        }
    }
}

impl From<serde_json::Error> for IndexError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged {
            reason: format!("a record cannot be read ({error})"),
        }
    }
}
