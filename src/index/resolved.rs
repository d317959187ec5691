//! All documents in, what comes of them together out: targets, works, names, diagnostics; and the corpus back.

use std::collections::BTreeMap;

use rusqlite::params;
use serde_json::to_string;

use super::documents::PLACES;
use super::fold::folded_words;
use super::{Index, IndexError};
use crate::model::{Diagnostic, Reference, Relation, Target, Work, WorkId};
use crate::recognize::{Recognizer, key};
use crate::resolve::{CitingDocument, Corpus, Dates, resolve};
use crate::tables::Tables;

impl Index {
    /// The corpus of the index, resolved.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn corpus(
        &self,
        tables: &Tables,
        recognizer: &Recognizer<'_>,
        dates: Dates,
    ) -> Result<Corpus, IndexError> {
        Ok(resolve(self.findings()?, tables, recognizer, dates))
    }

    /// Resolves all mentions and writes what comes of it.
    pub(super) fn resolve(
        &mut self,
        tables: &Tables,
        recognizer: &Recognizer<'_>,
        dates: Dates,
    ) -> Result<(), IndexError> {
        let ids = self.document_ids()?;
        let corpus = self.corpus(tables, recognizer, dates)?;
        self.in_transaction(|index| {
            index.clear()?;
            index.clear_words()?;
            for (id, document) in ids.iter().zip(&corpus.documents) {
                index.set_work(*id, document)?;
                index.add_targets(*id, &document.references)?;
            }
            index.add_aliases(&corpus)?;
            corpus.works.iter().try_for_each(|work| index.add_work(work))?;
            corpus
                .diagnostics
                .iter()
                .try_for_each(|one| index.add_diagnostic(one))?;
            index.set_fresh()
        })
    }
}

/// The tables of what comes from all documents together.
const DERIVED: [&str; 8] = [
    "targets",
    "candidates",
    "links",
    "aliases",
    "works",
    "names",
    "identifiers",
    "diagnostics",
];

impl Index {
    fn clear(&self) -> Result<(), IndexError> {
        DERIVED.iter().try_for_each(|table| {
            let done = self.connection.execute(&format!("DELETE FROM {table}"), []);
            done.map(|_| ()).map_err(|error| self.failed(error))
        })
    }

    fn clear_words(&self) -> Result<(), IndexError> {
        self.write_row("INSERT INTO work_words (work_words) VALUES ('delete-all')", [])
    }

    fn set_work(&self, id: i64, document: &CitingDocument) -> Result<(), IndexError> {
        let sql = "UPDATE documents SET work = ?2, version = ?3, date = ?4, title = ?5 WHERE id = ?1";
        let date = document.date.map(|date| date.to_string());
        let (work, title) = (document.work.as_str(), &document.title);
        self.write_row(sql, params![id, work, document.version, date, title])
    }

    fn add_targets(&self, document: i64, references: &[Reference]) -> Result<(), IndexError> {
        let mut links: BTreeMap<(&str, Relation), (i64, Option<&str>)> = BTreeMap::new();
        for (place, reference) in references.iter().enumerate() {
            let mention = document * PLACES + place as i64;
            let correction = match &reference.target {
                Target::Resolved { correction, .. } => correction.as_ref().map(|c| c.reason.as_str()),
                _ => None,
            };
            if let Some(id) = reference.target.id() {
                let link = links
                    .entry((id.as_str(), reference.mention.relation))
                    .or_default();
                link.0 += 1;
                link.1 = link.1.or(correction);
            }
            self.add_target(mention, reference, correction)?;
        }
        let sql = "INSERT INTO links VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut links = links.into_iter();
        links.try_for_each(|((target, relation), (mentions, correction))| {
            self.write_row(
                sql,
                params![target, relation.as_str(), document, mentions, correction],
            )
        })
    }

    fn add_target(
        &self,
        mention: i64,
        reference: &Reference,
        correction: Option<&str>,
    ) -> Result<(), IndexError> {
        let reason = match &reference.target {
            Target::Resolved { .. } => correction,
            Target::Ambiguous { candidates, reason } => {
                let sql = "INSERT OR IGNORE INTO candidates VALUES (?1, ?2)";
                let mut candidates = candidates.iter();
                candidates.try_for_each(|id| self.write_row(sql, params![id.as_str(), mention]))?;
                Some(reason.as_str())
            }
            Target::Unresolved { reason } => Some(reason.as_str()),
        };
        let target = reference.target.id().map(WorkId::as_str);
        let verdict = postcard::to_stdvec(&(&reference.target, &reference.grounds))?;
        let sql = "INSERT INTO targets VALUES (?1, ?2, ?3, ?4)";
        self.write_row(sql, params![mention, target, reason, verdict])
    }

    fn add_aliases(&self, corpus: &Corpus) -> Result<(), IndexError> {
        let sql = "INSERT INTO aliases VALUES (?1, ?2)";
        let mut pairs = corpus.aliases.pairs();
        pairs.try_for_each(|(id, work)| self.write_row(sql, params![id.as_str(), work.as_str()]))
    }

    fn add_work(&self, work: &Work) -> Result<(), IndexError> {
        let id = work.id.as_str();
        let date = work.date.map(|date| date.to_string());
        let sql = "INSERT INTO works (id, kind, label, label_key, date, in_corpus, url, data) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let (kind, data) = (work.kind.as_str(), to_string(work)?);
        self.write_row(
            sql,
            params![
                id,
                kind,
                work.label,
                key(&work.label),
                date,
                work.in_corpus,
                work.url,
                data
            ],
        )?;
        let row = self.connection.last_insert_rowid();
        let sql = "INSERT INTO work_words (rowid, words) VALUES (?1, ?2)";
        self.write_row(sql, params![row, words(work)])?;
        let sql = "INSERT INTO names VALUES (?1, ?2, ?3, ?4, ?5)";
        for (language, names) in &work.names {
            for (place, name) in names.iter().enumerate() {
                self.write_row(sql, params![id, language.code(), place as i64, name, key(name)])?;
            }
        }
        let sql = "INSERT OR IGNORE INTO identifiers VALUES (?1, ?2)";
        let mut identifiers = work.identifiers.iter();
        identifiers.try_for_each(|one| self.write_row(sql, params![one.as_str(), id]))
    }

    fn add_diagnostic(&self, one: &Diagnostic) -> Result<(), IndexError> {
        let kind = serde_json::to_value(one.kind)?;
        let corrected = one.corrected.as_ref().map(WorkId::as_str);
        let candidates = (!one.candidates.is_empty())
            .then(|| to_string(&one.candidates))
            .transpose()?;
        let (line, start, end) = (one.line as i64, one.start as i64, one.end as i64);
        let sql = "INSERT INTO diagnostics VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let (kind, text, reason) = (kind.as_str(), &one.text, &one.reason);
        self.write_row(
            sql,
            params![
                kind,
                one.document,
                line,
                start,
                end,
                text,
                reason,
                corrected,
                candidates
            ],
        )
    }

    pub(super) fn write_row(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), IndexError> {
        let write = || self.connection.prepare_cached(sql)?.execute(values);
        write().map(|_| ()).map_err(|error| self.failed(error))
    }
}

/// What a work is found by.
fn words(work: &Work) -> String {
    let ids = [&work.id]
        .into_iter()
        .chain(&work.identifiers)
        .map(WorkId::as_str);
    let names = work.names.values().flatten().map(String::as_str);
    let all: Vec<String> = ids
        .chain([work.label.as_str()])
        .chain(names)
        .map(folded_words)
        .collect();
    all.join(" ")
}
