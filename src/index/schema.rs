//! The tables and views of an index, and whether a file holds them. `docs/index.md` describes them for analysts.

use rusqlite::Connection;

use super::IndexError;

/// The number of the schema; another number is another set of tables.
pub(super) const SCHEMA: i64 = 2;

/// Tells an index from other SQLite databases: "cite" in ASCII.
const APPLICATION: i64 = 0x6369_7465;

const TABLES: &str = include_str!("schema.sql");

/// Whether an open file is an index of this schema.
pub(super) fn check(connection: &Connection, name: &str) -> Result<(), IndexError> {
    let pragma = |pragma| {
        connection
            .pragma_query_value(None, pragma, |row| row.get::<_, i64>(0))
            .map_err(|error| IndexError::sql(name, error))
    };
    if pragma("application_id")? != APPLICATION {
        return Err(IndexError::NotAnIndex {
            name: name.to_owned(),
            reason: "it is the database of another program",
        });
    }
    match pragma("user_version")? {
        SCHEMA => Ok(()),
        found => Err(IndexError::OtherSchema {
            name: name.to_owned(),
            found,
        }),
    }
}

/// Makes the tables in an empty file; checks those of one that is not.
pub(super) fn prepare(connection: &Connection, name: &str) -> Result<(), IndexError> {
    let failure = |error| IndexError::sql(name, error);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(failure)?;
    if tables > 0 {
        check(connection, name)?;
    }
    // What is lost when the machine fails is the last batch, never the file.
    connection
        .execute_batch("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        .map_err(failure)?;
    if tables == 0 {
        let make = format!(
            "BEGIN; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA}; {TABLES} COMMIT;"
        );
        connection.execute_batch(&make).map_err(failure)?;
    }
    // Pages that several batches write to are copied into the file once.
    connection
        .execute_batch("PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16384;")
        .map_err(failure)
}
