//! Which files an index knows, and what became of each.

use std::collections::HashMap;
use std::path::PathBuf;

use rusqlite::params;

use super::{Index, IndexError};

/// A file as it is now: where it is and what tells a change without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path to open.
    pub file: PathBuf,
    /// The path as documents bear it.
    pub path: String,
    /// What tells it from all other files, however it is written: its absolute path.
    pub key: Vec<u8>,
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed last, in nanoseconds since 1970.
    pub modified: i64,
}

/// A file or a document in it that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// The path as documents bear it.
    pub path: String,
    /// Why, as a sentence without its full stop.
    pub reason: String,
}

/// What was looked through: files below that are in the index but were not found are gone.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    /// The paths as given.
    pub given: Vec<String>,
    /// The keys of files and folders that were looked through.
    pub searched: Vec<Vec<u8>>,
    /// The keys of those that could not be: what is below may still be there.
    pub barred: Vec<Vec<u8>>,
}

impl Roots {
    fn covers(&self, key: &[u8]) -> bool {
        let below = |roots: &[Vec<u8>]| roots.iter().any(|root| is_below(key, root));
        below(&self.searched) && !below(&self.barred)
    }
}

fn is_below(key: &[u8], root: &[u8]) -> bool {
    let separator = std::path::MAIN_SEPARATOR as u8;
    match key.strip_prefix(root) {
        Some([]) => true,
        Some([next, ..]) => *next == separator || root.ends_with(&[separator]),
        None => false,
    }
}

/// What sorts paths part by part: "a/b" before "a.txt".
pub(super) fn sort_key(path: &str) -> Vec<u8> {
    let part = |byte: u8| {
        if byte == b'/' || byte == std::path::MAIN_SEPARATOR as u8 {
            0
        } else {
            byte
        }
    };
    path.bytes().map(part).collect()
}

/// A file as an index knows it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub id: i64,
    pub path: String,
    pub size: u64,
    pub modified: i64,
    /// When it was read last.
    pub read: i64,
    /// Nothing where the system did not give its bytes.
    pub hash: Option<Vec<u8>>,
}

/// How long after a change another one may bear the same time.
const GRAIN: i64 = 2_000_000_000;

impl Known {
    /// Whether size and time tell that the file is as it was read.
    pub fn is_surely(&self, source: &Source) -> bool {
        self.hash.is_some()
            && self.size == source.size
            && self.modified == source.modified
            && self.modified < self.read.saturating_sub(GRAIN)
    }
}

/// All files by key.
pub(super) type KnownFiles = HashMap<Vec<u8>, Known>;

impl Index {
    pub(super) fn known_files(&self) -> Result<KnownFiles, IndexError> {
        let read = || -> rusqlite::Result<KnownFiles> {
            let mut all = self
                .connection
                .prepare("SELECT key, id, path, size, modified, read, hash FROM files")?;
            let rows = all.query_map([], |row| {
                let known = Known {
                    id: row.get(1)?,
                    path: row.get(2)?,
                    size: row.get::<_, i64>(3)? as u64,
                    modified: row.get(4)?,
                    read: row.get(5)?,
                    hash: row.get(6)?,
                };
                Ok((row.get(0)?, known))
            })?;
            rows.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The paths that were given to all scans, in order of path.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn roots(&self) -> Result<Vec<String>, IndexError> {
        self.column("SELECT path FROM roots ORDER BY sort")
    }

    /// What could not be read, in order of path.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn unread(&self) -> Result<Vec<Unread>, IndexError> {
        let read = || -> rusqlite::Result<Vec<Unread>> {
            let sql = "SELECT unreadable.path, reason FROM unreadable JOIN files ON files.id = file \
                       ORDER BY files.sort, unreadable.rowid";
            let mut all = self.connection.prepare(sql)?;
            let rows = all.query_map([], |row| {
                Ok(Unread {
                    path: row.get(0)?,
                    reason: row.get(1)?,
                })
            })?;
            rows.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    pub(super) fn column(&self, sql: &str) -> Result<Vec<String>, IndexError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare(sql)?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    pub(super) fn add_roots(&self, roots: &Roots) -> rusqlite::Result<()> {
        let mut add = self
            .connection
            .prepare("INSERT OR IGNORE INTO roots VALUES (?1, ?2)")?;
        roots
            .given
            .iter()
            .try_for_each(|path| add.execute(params![path, sort_key(path)]).map(|_| ()))
    }

    /// The files that a scan of these roots would have found, were they still there.
    pub(super) fn vanished(&self, known: &KnownFiles, seen: &[Source], roots: &Roots) -> Vec<Known> {
        let seen: std::collections::HashSet<&[u8]> =
            seen.iter().map(|source| source.key.as_slice()).collect();
        let gone = known
            .iter()
            .filter(|(key, _)| !seen.contains(key.as_slice()) && roots.covers(key));
        // A file that is there, but is not searched for, was given by its own path once.
        let gone = gone.filter(|(_, file)| !std::path::Path::new(&file.path).is_file());
        gone.map(|(_, file)| file.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_like_a_folder_is_not_below_it() {
        let roots = Roots {
            searched: vec![b"/a/b".to_vec()],
            barred: vec![b"/a/b/locked".to_vec()],
            ..Roots::default()
        };
        assert!(roots.covers(b"/a/b/c.txt") && roots.covers(b"/a/b"));
        assert!(!roots.covers(b"/a/bc.txt") && !roots.covers(b"/a/b/locked/c.txt"));
    }

    #[test]
    fn paths_sort_part_by_part() {
        let mut paths = ["a.txt", "a/z.txt", "a-b", "a"];
        paths.sort_by_key(|path| sort_key(path));
        assert_eq!(paths, ["a", "a/z.txt", "a-b", "a.txt"]);
        let mut as_paths = paths;
        as_paths.sort_by(|a, b| std::path::Path::new(a).cmp(std::path::Path::new(b)));
        assert_eq!(paths, as_paths);
    }
}
