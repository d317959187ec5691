//! The index: a corpus in one file that keeps up with its documents. Files in, what changed is read; findings, graph and
//! passages out. It knows no folders: whoever scans says which files there are and gives their bytes.
//!
//! The file is an SQLite database; `docs/index.md` describes its tables and views. What comes from a file (documents,
//! mentions, passages) is written file by file; what comes from all of them (targets, works, diagnostics) is marked
//! stale until it is resolved again.

mod affected;
mod around;
mod changed;
mod diagnosed;
mod documents;
mod error;
mod files;
mod find;
mod fold;
mod joined;
mod keyed;
mod options;
mod resolved;
mod scan;
mod schema;
mod search;

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub use around::{Detail, Extent, Reach};
pub use error::IndexError;
pub use files::{Roots, Source, Unread};
pub use fold::{fold, folded_words};
pub use options::Options;
pub use scan::{Scan, Summary};
pub use search::{Hits, PassageHit, Query, WorkHit};

/// How long a command waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// An index, open.
#[derive(Debug)]
pub struct Index {
    connection: Connection,
    name: String,
}

impl Index {
    /// Opens an index to read it; the file and its folder may be read-only.
    ///
    /// # Errors
    /// If there is no such file, it is no index, or one of another schema.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let name = path.display().to_string();
        if !path.exists() {
            return Err(IndexError::Missing { name });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let this = Self::over(Connection::open_with_flags(path, flags), &name)?;
        let this = match schema::check(&this.connection, &name) {
            // The journal of a reader needs a folder that can be written.
            Err(IndexError::Sql { .. }) => {
                let uri = format!("file:{}?immutable=1", escaped(path));
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                let still = Self::over(Connection::open_with_flags(uri, flags), &name)?;
                schema::check(&still.connection, &name)?;
                still
            }
            checked => checked.map(|()| this)?,
        };
        // All that is read is of one moment, and the file is locked once; its pages come from the memory of the system.
        let begun = this
            .connection
            .execute_batch("PRAGMA mmap_size = 2147418112; BEGIN;");
        begun.map_err(|error| this.failed(error))?;
        Ok(this)
    }

    /// Opens an index to write to it; makes it if it is not there.
    ///
    /// # Errors
    /// If it cannot be written, is no index, or one of another schema.
    pub fn create(path: &Path) -> Result<Self, IndexError> {
        let name = path.display().to_string();
        let this = Self::over(Connection::open(path), &name)?;
        schema::prepare(&this.connection, &name)?;
        Ok(this)
    }

    /// An index that lives as long as this value.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn in_memory() -> Result<Self, IndexError> {
        let this = Self::over(Connection::open_in_memory(), "the index in memory")?;
        schema::prepare(&this.connection, &this.name)?;
        Ok(this)
    }

    fn over(connection: rusqlite::Result<Connection>, name: &str) -> Result<Self, IndexError> {
        let failure = |error| IndexError::sql(name, error);
        let connection = connection.map_err(failure)?;
        connection.busy_timeout(PATIENCE).map_err(failure)?;
        connection.set_prepared_statement_cache_capacity(128);
        // Else a statement with a range would be planned again for every value.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(failure)?;
        connection
            .execute_batch("PRAGMA cache_size = -65536;")
            .map_err(failure)?;
        Ok(Self {
            connection,
            name: name.to_owned(),
        })
    }

    /// The path it was opened by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Leaves one file that can be copied and read from a folder that cannot be written.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn close(self) -> Result<(), IndexError> {
        // Somebody who reads at this moment keeps the journal; it does no harm.
        let _ = self.connection.pragma_update(None, "journal_mode", "delete");
        self.connection
            .close()
            .map_err(|(_, error)| IndexError::sql(&self.name, error))
    }

    fn failed(&self, error: rusqlite::Error) -> IndexError {
        IndexError::sql(&self.name, error)
    }
}

/// A path as a part of an address.
fn escaped(path: &Path) -> String {
    let text = path.display().to_string();
    text.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

impl Index {
    /// The rows of a query of one's own, each as a line of its values.
    ///
    /// # Errors
    /// If the query cannot be run.
    pub fn query(&self, sql: &str) -> Result<Vec<String>, IndexError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut query = self.connection.prepare(sql)?;
            let columns = query.column_count();
            let line = |row: &rusqlite::Row<'_>| -> rusqlite::Result<String> {
                let values = (0..columns).map(|at| row.get_ref(at).map(written));
                Ok(values.collect::<rusqlite::Result<Vec<_>>>()?.join("|"))
            };
            query.query_map([], line)?.collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

fn written(value: rusqlite::types::ValueRef<'_>) -> String {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}
