//! Keys in, the documents and titles that bear them out: who is led to whom, without a look at the others.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};
use serde::de::DeserializeOwned;

use super::{Index, IndexError};
use crate::recognize::{Findings, Recognizer};
use crate::resolve::{Key, Offer, Role, Title, keys};
use crate::tables::Tables;

/// A year as a number of a date.
const YEAR: i64 = 10_000;
/// A month as a number of a date.
const MONTH: i64 = 100;

impl Index {
    /// What bears one of these keys in a role.
    pub(super) fn holders(
        &self,
        role: Role,
        keys: impl IntoIterator<Item = i64>,
    ) -> Result<BTreeSet<i64>, IndexError> {
        let sql = "SELECT holder FROM keys WHERE role = ?1 AND key = ?2";
        let mut found = BTreeSet::new();
        for key in keys {
            found.extend(self.numbers(sql, [role as i64, key])?);
        }
        Ok(found)
    }

    /// What bears a date in a role that may be one of these.
    pub(super) fn of_dates(&self, role: Role, dates: &BTreeSet<i64>) -> Result<BTreeSet<i64>, IndexError> {
        let sql = "SELECT holder FROM keys WHERE role = ?1 AND key BETWEEN ?2 AND ?3";
        let mut found = BTreeSet::new();
        for date in dates {
            let (year, month) = (date - date % YEAR, date - date % MONTH);
            let last = match (date % YEAR, date % MONTH) {
                (0, _) => date + YEAR - 1,
                (_, 0) => date + MONTH - 1,
                _ => *date,
            };
            for (first, last) in [(year, year), (month, month), (*date, last)] {
                found.extend(self.numbers(sql, [role as i64, first, last])?);
            }
        }
        Ok(found)
    }

    /// What bears a full date in a role that differs from one of these in day, month or year alone.
    pub(super) fn near_dates(&self, role: Role, dates: &BTreeSet<i64>) -> Result<BTreeSet<i64>, IndexError> {
        let end = |which: &str| -> Result<i64, IndexError> {
            let sql = format!("SELECT coalesce({which}(key), 0) / {YEAR} FROM keys WHERE role = ?1");
            Ok(self.numbers(&sql, [role as i64])?.first().copied().unwrap_or(0))
        };
        let (years, mut near) = (end("min")?..=end("max")?, BTreeSet::new());
        for date in dates.iter().filter(|date| **date % MONTH != 0) {
            let (day, month) = (date % MONTH, date % YEAR - date % MONTH);
            near.extend((1..=31).map(|other| date - day + other));
            near.extend((1..=12).map(|other| date - month + other * MONTH));
            near.extend(years.clone().map(|year| year * YEAR + month + day));
            near.remove(date);
        }
        self.holders(role, near)
    }

    /// What bears a topic in roles that may be the one of an offer.
    pub(super) fn on_topic(
        &self,
        (short, any): (Role, Role),
        offer: &Offer,
    ) -> Result<BTreeSet<i64>, IndexError> {
        let mut found = self.holders(any, offer.short_keys())?;
        found.extend(self.holders(short, offer.all_keys())?);
        Ok(found)
    }

    /// The keys of a document.
    pub(super) fn keys_of(&self, document: i64) -> Result<BTreeSet<Key>, IndexError> {
        let keys = self.fact("SELECT keys FROM facts WHERE document = ?1", document)?;
        Ok(keys.unwrap_or_default())
    }

    /// What a column holds in a form of its own, by row.
    fn fact<T: DeserializeOwned>(&self, sql: &str, row: i64) -> Result<Option<T>, IndexError> {
        let read = || -> rusqlite::Result<Option<Option<Vec<u8>>>> {
            let mut query = self.connection.prepare_cached(sql)?;
            query.query_row([row], |row| row.get(0)).optional()
        };
        let bytes = read().map_err(|error| self.failed(error))?.flatten();
        Ok(bytes.map(|bytes| postcard::from_bytes(&bytes)).transpose()?)
    }

    /// Writes the keys of a document in place of those it had.
    pub(super) fn renew_keys(
        &self,
        document: i64,
        open: &Findings,
        (tables, recognizer): (&Tables, &Recognizer<'_>),
    ) -> Result<(), IndexError> {
        self.remove_keys(document)?;
        let keys = keys(open, tables, recognizer);
        self.note_keys(document, &keys)?;
        self.add_keys(keys.into_iter().map(|key| (key, document)).collect())
    }

    /// Notes with a document which keys it has.
    pub(super) fn note_keys(&self, document: i64, keys: &BTreeSet<Key>) -> Result<(), IndexError> {
        let sql = "UPDATE facts SET keys = ?2 WHERE document = ?1";
        self.write_row(sql, params![document, postcard::to_stdvec(keys)?])
    }

    fn add_key(&self, (role, key): Key, holder: i64) -> Result<(), IndexError> {
        let sql = "INSERT OR IGNORE INTO keys VALUES (?1, ?2, ?3)";
        self.write_row(sql, [role as i64, key, holder])
    }

    /// Takes the keys of a document away.
    pub(super) fn remove_keys(&self, document: i64) -> Result<(), IndexError> {
        let sql = "DELETE FROM keys WHERE role = ?1 AND key = ?2 AND holder = ?3";
        let keys = self.keys_of(document)?;
        keys.iter()
            .try_for_each(|(role, key)| self.write_row(sql, [*role as i64, *key, document]))
    }
}

impl Index {
    /// The titles of a document, by row.
    pub(super) fn titles_of(&self, document: i64) -> Result<Vec<i64>, IndexError> {
        let titles = self.fact("SELECT titles FROM facts WHERE document = ?1", document)?;
        Ok(titles.unwrap_or_default())
    }

    /// A title by its row.
    pub(super) fn title(&self, row: i64) -> Result<Option<Title>, IndexError> {
        self.fact("SELECT data FROM titles WHERE id = ?1", row)
    }

    /// Writes the titles of a document in place of those it had; tells the rows that came into the world.
    fn renew_titles(&self, document: i64, titles: &BTreeSet<Title>) -> Result<Vec<i64>, IndexError> {
        let (mut rows, mut new) = (Vec::new(), Vec::new());
        for title in titles {
            let data = postcard::to_stdvec(title)?;
            let known = self.numbers("SELECT id FROM titles WHERE data = ?1", [&data])?;
            let row = match known.first() {
                Some(row) => *row,
                None => {
                    let sql = "INSERT INTO titles (work, documents, data) VALUES (?1, 0, ?2)";
                    self.write_row(sql, params![title.id.as_str(), data])?;
                    self.connection.last_insert_rowid()
                }
            };
            if known.is_empty() {
                new.push(row);
            }
            self.write_row("UPDATE titles SET documents = documents + 1 WHERE id = ?1", [row])?;
            rows.push(row);
        }
        self.release_titles(document)?;
        let sql = "UPDATE facts SET titles = ?2 WHERE document = ?1";
        self.write_row(sql, params![document, postcard::to_stdvec(&rows)?])?;
        Ok(new)
    }

    /// A document no longer holds its titles; those that none holds are still there until all is resolved.
    pub(super) fn release_titles(&self, document: i64) -> Result<(), IndexError> {
        let sql = "UPDATE titles SET documents = documents - 1 WHERE id = ?1";
        let rows = self.titles_of(document)?;
        rows.iter().try_for_each(|row| self.write_row(sql, [row]))
    }

    /// Takes out the titles that no document holds.
    pub(super) fn drop_titles(&self) -> Result<(), IndexError> {
        let sql = "DELETE FROM keys WHERE role = ?1 AND key = ?2 AND holder = ?3";
        for row in self.numbers("SELECT id FROM titles WHERE documents = 0", [])? {
            let Some(title) = self.title(row)? else { continue };
            let offer = Offer::of_title(&title.topic, &title.about);
            let mut keys = title_keys(&offer);
            keys.try_for_each(|(role, key)| self.write_row(sql, [role as i64, key, row]))?;
            self.write_row("DELETE FROM titles WHERE id = ?1", [row])?;
        }
        Ok(())
    }

    /// Writes the titles of a document; tells the keys of those that came into the world.
    pub(super) fn new_title_keys(
        &self,
        document: i64,
        titles: &BTreeSet<Title>,
    ) -> Result<Vec<(Key, i64)>, IndexError> {
        let mut keys = Vec::new();
        for row in self.renew_titles(document, titles)? {
            let title = self.title(row)?;
            let offer = title.map(|title| Offer::of_title(&title.topic, &title.about));
            keys.extend(offer.iter().flat_map(title_keys).map(|key| (key, row)));
        }
        Ok(keys)
    }

    /// Writes keys in their order, which is much faster than one document after another.
    pub(super) fn add_keys(&self, mut keys: Vec<(Key, i64)>) -> Result<(), IndexError> {
        keys.sort_unstable();
        keys.into_iter()
            .try_for_each(|(key, holder)| self.add_key(key, holder))
    }

    /// Takes out all keys and titles.
    pub(super) fn drop_all_keys(&self) -> Result<(), IndexError> {
        for sql in [
            "DELETE FROM keys",
            "DELETE FROM titles",
            "UPDATE facts SET titles = NULL",
        ] {
            self.write_row(sql, [])?;
        }
        Ok(())
    }
}

fn title_keys(offer: &Offer) -> impl Iterator<Item = Key> {
    let short = offer.short_keys().into_iter().map(|key| (Role::Title, key));
    short.chain(offer.all_keys().into_iter().map(|key| (Role::AnyTitle, key)))
}
