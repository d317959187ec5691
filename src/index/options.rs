//! What a corpus is read with: the same for all documents of an index.

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

use super::{Index, IndexError};
use crate::model::Language;

/// How documents are read and resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The language of all documents; where it is none the text tells.
    pub language: Option<Language>,
    /// Every date is taken as it is written.
    pub as_written: bool,
    /// Words that point back are left alone.
    pub no_back_references: bool,
    /// Instruments of the user: the name of each file and its text.
    pub instruments: Vec<(String, String)>,
}

const OPTIONS: &str = "options";
const PROGRAM: &str = "program";
const STALE: &str = "stale";
const WHOLE: &str = "whole";

impl Index {
    /// The options that the documents were read with; none of an index that holds nothing yet.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn options(&self) -> Result<Option<Options>, IndexError> {
        let text = self.metadata(OPTIONS)?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// Whether the documents were read by this version of the program.
    pub(super) fn is_of_this_program(&self) -> Result<bool, IndexError> {
        Ok(self.metadata(PROGRAM)?.as_deref() == Some(env!("CARGO_PKG_VERSION")))
    }

    /// Whether a scan has not come to its end: what comes from all documents is that of an earlier one.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_stale(&self) -> Result<bool, IndexError> {
        Ok(self.metadata(STALE)?.is_some())
    }

    pub(super) fn set_options(&self, options: &Options) -> Result<(), IndexError> {
        self.set_metadata(OPTIONS, &serde_json::to_string(options)?)?;
        self.set_metadata(PROGRAM, env!("CARGO_PKG_VERSION"))
    }

    /// Notes that documents have changed; what is stale as a whole stays so.
    pub(super) fn set_stale(&self) -> Result<(), IndexError> {
        match self.is_stale()? {
            true => Ok(()),
            false => self.set_metadata(STALE, "documents"),
        }
    }

    /// Notes that everything has to be resolved again.
    pub(super) fn set_stale_as_a_whole(&self) -> Result<(), IndexError> {
        self.set_metadata(STALE, WHOLE)
    }

    pub(super) fn is_stale_as_a_whole(&self) -> Result<bool, IndexError> {
        Ok(self.metadata(STALE)?.as_deref() == Some(WHOLE))
    }

    pub(super) fn set_fresh(&self) -> Result<(), IndexError> {
        let done = self
            .connection
            .execute("DELETE FROM metadata WHERE name = ?1", [STALE]);
        done.map(|_| ()).map_err(|error| self.failed(error))
    }

    /// A number that a scan has left.
    pub(super) fn number(&self, name: &str) -> Result<usize, IndexError> {
        let text = self.metadata(name)?;
        Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    fn metadata(&self, name: &str) -> Result<Option<String>, IndexError> {
        let sql = "SELECT value FROM metadata WHERE name = ?1";
        let value = self.connection.query_row(sql, [name], |row| row.get(0));
        value.optional().map_err(|error| self.failed(error))
    }

    pub(super) fn set_metadata(&self, name: &str, value: &str) -> Result<(), IndexError> {
        let sql = "INSERT INTO metadata VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
        let done = self.connection.execute(sql, [name, value]);
        done.map(|_| ()).map_err(|error| self.failed(error))
    }
}
