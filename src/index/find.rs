//! The works of an index as a [`Finder`](crate::graph::Finder) asks for them: every question is a few rows, not the graph.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;

use super::{Index, IndexError};
use crate::graph::{Works, holds};
use crate::model::{Language, Work, WorkId};
use crate::recognize::{key, same_key};

/// Two topics are the same if one is the beginning of the other and not much shorter: see `same_key`.
const SHORTEST: usize = 8;

impl Index {
    pub(super) fn ids(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<BTreeSet<WorkId>, IndexError> {
        let read = || -> rusqlite::Result<BTreeSet<WorkId>> {
            let mut query = self.connection.prepare_cached(sql)?;
            let rows = query.query_map(values, |row| row.get::<_, String>(0))?;
            rows.map(|id| id.map(WorkId::new)).collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The node of an id, whether or not there is such a work.
    pub(super) fn alias(&self, id: &str) -> Result<String, IndexError> {
        let sql = "SELECT work FROM aliases WHERE id = ?1";
        let read = || {
            self.connection
                .prepare_cached(sql)?
                .query_row([id], |row| row.get(0))
                .optional()
        };
        let work = read().map_err(|error| self.failed(error))?;
        Ok(work.unwrap_or_else(|| id.to_owned()))
    }

    /// A work of the index.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn work(&self, id: &WorkId) -> Result<Option<Work>, IndexError> {
        let sql = "SELECT data FROM works WHERE id = ?1";
        let read = || {
            let mut query = self.connection.prepare_cached(sql)?;
            query
                .query_row([id.as_str()], |row| row.get::<_, String>(0))
                .optional()
        };
        let data = read().map_err(|error| self.failed(error))?;
        Ok(data.map(|data| serde_json::from_str(&data)).transpose()?)
    }
}

impl Works for Index {
    type Error = IndexError;

    fn node(&self, id: &WorkId) -> Result<Option<WorkId>, IndexError> {
        for id in [id, &id.without_version()] {
            let node = WorkId::new(self.alias(id.as_str())?);
            if !self
                .ids("SELECT id FROM works WHERE id = ?1", [node.as_str()])?
                .is_empty()
            {
                return Ok(Some(node));
            }
        }
        let sql = "SELECT work FROM identifiers WHERE identifier = ?1 ORDER BY work LIMIT 1";
        Ok(self.ids(sql, [id.as_str()])?.into_iter().next())
    }

    fn with_id(&self, id: &str) -> Result<BTreeSet<WorkId>, IndexError> {
        let sql = "SELECT id FROM works WHERE id = ?1 COLLATE NOCASE \
                   UNION SELECT work FROM identifiers WHERE identifier = ?1 COLLATE NOCASE";
        self.ids(sql, [id])
    }

    fn labeled(&self, key: &str) -> Result<BTreeSet<WorkId>, IndexError> {
        self.ids("SELECT id FROM works WHERE label_key = ?1", [key])
    }

    fn named(&self, key: &str) -> Result<BTreeSet<WorkId>, IndexError> {
        let sql = "SELECT id FROM works WHERE label_key = ?1 UNION SELECT work FROM names WHERE key = ?1";
        self.ids(sql, [key])
    }

    fn alike(&self, key: &str) -> Result<BTreeSet<WorkId>, IndexError> {
        let mut found = BTreeSet::new();
        if key.len() >= SHORTEST {
            let sql = "SELECT id, label_key FROM works WHERE label_key >= ?1 AND label_key < ?2 \
                       UNION SELECT work, key FROM names WHERE key >= ?1 AND key < ?2";
            let longer = || -> rusqlite::Result<Vec<(String, String)>> {
                let mut query = self.connection.prepare_cached(sql)?;
                query
                    .query_map([key, &after(key)], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            };
            let longer = longer().map_err(|error| self.failed(error))?.into_iter();
            found.extend(
                longer
                    .filter(|(_, name)| same_key(name, key))
                    .map(|(id, _)| WorkId::new(id)),
            );
        }
        let shorter = key.char_indices().map(|(at, _)| &key[..at]);
        for shorter in shorter.filter(|shorter| same_key(shorter, key)) {
            found.extend(self.named(shorter)?);
        }
        Ok(found)
    }

    fn beginning(&self, key: &str) -> Result<BTreeSet<WorkId>, IndexError> {
        let sql = "SELECT id FROM works WHERE label_key >= ?1 AND label_key < ?2 \
                   UNION SELECT work FROM names WHERE key >= ?1 AND key < ?2";
        self.ids(sql, [key, &after(key)])
    }

    fn holding(&self, words: &[String]) -> Result<BTreeSet<WorkId>, IndexError> {
        // Folded words find too much, never too little: what is found is looked at again.
        let sought: Vec<String> = words
            .iter()
            .map(|word| format!("\"{}\"", super::fold(word)))
            .collect();
        let sql =
            "SELECT id FROM works WHERE row IN (SELECT rowid FROM work_words WHERE work_words MATCH ?1)";
        let mut found = BTreeSet::new();
        for id in self.ids(sql, [sought.join(" ")])? {
            if self.work(&id)?.is_some_and(|work| holds(&work, words)) {
                found.insert(id);
            }
        }
        Ok(found)
    }

    fn languages(&self) -> Result<BTreeSet<Language>, IndexError> {
        let codes = self.column("SELECT DISTINCT language FROM documents")?;
        Ok(codes.iter().filter_map(|code| Language::parse(code)).collect())
    }

    fn each_key(&self, each: &mut dyn FnMut(&WorkId, &str)) -> Result<(), IndexError> {
        let mut read = || -> rusqlite::Result<()> {
            let sql = "SELECT id, label_key FROM works UNION ALL SELECT work, key FROM names";
            let mut query = self.connection.prepare(sql)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let id = WorkId::new(row.get_ref(0)?.as_str()?);
                each(&id, row.get_ref(1)?.as_str()?);
                each(&id, &key(id.as_str()));
            }
            Ok(())
        };
        read().map_err(|error| self.failed(error))
    }
}

/// The first text that no text with this beginning comes after.
fn after(key: &str) -> String {
    format!("{key}\u{10ffff}")
}
