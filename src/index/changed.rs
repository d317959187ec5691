//! What has happened to documents since all was resolved: kept in the file, so that a scan which was killed is made up for.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Index, IndexError};
use crate::model::WorkId;
use crate::recognize::Findings;
use crate::resolve::Key;

/// What a document was before it changed or went, as far as others were led to it.
#[derive(Serialize, Deserialize)]
pub(super) struct Gone {
    pub work: WorkId,
    pub ids: BTreeSet<WorkId>,
    pub keys: BTreeSet<Key>,
    pub language: String,
    pub identity: crate::recognize::Identity,
}

/// A change of so many documents, and of one in so many, is small: what it touches is looked up and the rest left alone.
const FEW: (usize, usize) = (400, 40);

impl Index {
    /// Notes what a document is before it changes; one that was never resolved has led nobody.
    pub(super) fn note_gone(&self, document: i64) -> Result<(), IndexError> {
        let before = self.citing_document(document)?;
        if before.work.as_str().is_empty() {
            return Ok(());
        }
        let Findings {
            language, identity, ..
        } = self.head_of(document)?;
        let mut ids = self.ids_of(document)?;
        ids.insert(before.work.clone());
        let gone = Gone {
            ids,
            keys: self.keys_of(document)?,
            language: language.code().to_owned(),
            identity,
            work: before.work,
        };
        self.write_row("INSERT INTO gone VALUES (?1)", [postcard::to_stdvec(&gone)?])
    }

    /// All ids that a document speaks of.
    pub(super) fn ids_of(&self, document: i64) -> Result<BTreeSet<WorkId>, IndexError> {
        let sql = "SELECT target FROM links WHERE document = ?1 \
                   UNION SELECT name FROM couplings WHERE document = ?1 \
                   UNION SELECT number FROM couplings WHERE document = ?1 \
                   UNION SELECT work FROM documents WHERE id = ?1 AND work IS NOT NULL";
        self.ids(sql, [document])
    }

    /// Notes that a document is new or has another path.
    pub(super) fn note_changed(&self, document: i64) -> Result<(), IndexError> {
        self.write_row("INSERT OR IGNORE INTO changed VALUES (?1)", [document])
    }

    pub(super) fn changed(&self) -> Result<BTreeSet<i64>, IndexError> {
        let all = self.numbers("SELECT document FROM changed", [])?;
        Ok(all.into_iter().collect())
    }

    pub(super) fn gone(&self) -> Result<Vec<Gone>, IndexError> {
        let read = || -> rusqlite::Result<Vec<Vec<u8>>> {
            let mut all = self.connection.prepare("SELECT data FROM gone")?;
            all.query_map([], |row| row.get(0))?.collect()
        };
        let all = read().map_err(|error| self.failed(error))?;
        all.iter().map(|data| Ok(postcard::from_bytes(data)?)).collect()
    }

    /// Forgets what has happened, once it is resolved.
    pub(super) fn forget_changes(&self) -> Result<(), IndexError> {
        self.write_row("DELETE FROM changed", [])?;
        self.write_row("DELETE FROM gone", [])?;
        self.set_fresh()
    }

    /// Whether so little has happened that only what it touches need be looked at.
    pub(super) fn has_changed_little(&self) -> Result<bool, IndexError> {
        let count = |sql| Ok::<_, IndexError>(self.numbers(sql, [])?.first().map_or(0, |n| *n as usize));
        let documents = count("SELECT count(*) FROM documents")?;
        let new = count("SELECT count(*) FROM changed")?;
        let changes = new + count("SELECT count(*) FROM gone")?;
        Ok(!self.is_stale_as_a_whole()? && new < documents && changes <= FEW.0.max(documents / FEW.1))
    }
}
