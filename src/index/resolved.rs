//! All documents in, what comes of them together out: targets, works, names, diagnostics; and the corpus back.
//!
//! What the documents know together is gathered from a small part of each. A document is resolved, and written, only if
//! what others know changes something in it; works are written only where they are other than before.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rusqlite::{OptionalExtension, params};
use serde_json::to_string;

use super::documents::PLACES;
use super::fold::folded_words;
use super::scan::REFERENCES;
use super::{Index, IndexError};
use crate::model::{Diagnostic, Reference, Relation, Target, Work, WorkId};
use crate::recognize::{Findings, Recognizer, key};
use crate::resolve::{
    Aliases, Cited, CitingDocument, Context, Corpus, Coupling, Dates, Nodes, couplings, in_itself, mentioned,
    resolve, written_date,
};
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
        let open: Vec<Findings> = ids.iter().map(|id| self.open_of(*id)).collect::<Result<_, _>>()?;
        let context = Context::new(&open, tables, recognizer, dates);
        self.resolve_changed(&ids, &open, &context)?;
        drop(open);
        let aliases = self.aliases(&ids, (&context, tables))?;
        let mut nodes = Nodes::new(&aliases);
        for id in &ids {
            nodes.add(&self.citing_document(*id)?, &self.cited_of(*id)?);
        }
        let works = nodes.finish(tables, &context);
        self.in_transaction(|index| {
            index.write_aliases(&aliases)?;
            index.write_works(&works)?;
            index.write_diagnostics(&ids, &aliases, &works)?;
            index.count_references()?;
            index.set_fresh()
        })
    }

    /// Resolves the documents to which the context says something new, a batch at a time.
    fn resolve_changed(
        &mut self,
        ids: &[i64],
        open: &[Findings],
        context: &Context,
    ) -> Result<(), IndexError> {
        let places: Vec<usize> = (0..ids.len()).collect();
        for batch in places.chunks(BATCH) {
            let verdicts: Vec<Result<Vec<u8>, IndexError>> = batch
                .par_iter()
                .map(|at| verdict(*at, &open[*at], context))
                .collect();
            let mut changed = Vec::new();
            for (at, verdict) in batch.iter().zip(verdicts) {
                let verdict = verdict?;
                if self.verdict_of(ids[*at])?.as_ref() != Some(&verdict) {
                    changed.push((*at, verdict, self.findings_of(ids[*at])?));
                }
            }
            let resolved: Vec<Resolved> = changed
                .into_par_iter()
                .map(|(at, verdict, findings)| Resolved::new((at, ids[at]), verdict, &findings, context))
                .collect();
            if !resolved.is_empty() {
                self.in_transaction(|index| resolved.iter().try_for_each(|one| index.write_resolved(one)))?;
            }
        }
        Ok(())
    }

    fn verdict_of(&self, id: i64) -> Result<Option<Vec<u8>>, IndexError> {
        let sql = "SELECT verdict FROM facts WHERE document = ?1";
        let read = || {
            self.connection
                .prepare_cached(sql)?
                .query_row([id], |row| row.get(0))
        };
        read().map_err(|error| self.failed(error))
    }

    fn blob<T: serde::de::DeserializeOwned>(&self, sql: &str, id: i64) -> Result<T, IndexError> {
        let read = || {
            self.connection
                .prepare_cached(sql)?
                .query_row([id], |row| row.get::<_, Vec<u8>>(0))
        };
        let bytes = read().map_err(|error| self.failed(error))?;
        Ok(postcard::from_bytes(&bytes)?)
    }

    pub(super) fn cited_of(&self, id: i64) -> Result<Cited, IndexError> {
        self.blob("SELECT cited FROM facts WHERE document = ?1", id)
    }

    fn aliases(&self, ids: &[i64], known: (&Context, &Tables)) -> Result<Aliases, IndexError> {
        let mut all = std::collections::BTreeSet::new();
        let mut coupled: Vec<(String, Coupling)> = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            let cited = self.cited_of(*id)?;
            let more = mentioned([(known.0.work(at), &cited)].into_iter());
            all.extend(more);
            let couplings: Vec<Coupling> =
                self.blob("SELECT couplings FROM facts WHERE document = ?1", *id)?;
            if !couplings.is_empty() {
                let path = self.citing_document(*id)?.path;
                coupled.extend(couplings.into_iter().map(|one| (path.clone(), one)));
            }
        }
        let coupled = coupled.iter().map(|(path, one)| (path.as_str(), one.clone()));
        Ok(Aliases::new(&all, coupled, known))
    }

    fn count_references(&self) -> Result<(), IndexError> {
        let count = "SELECT count(*) FROM edges";
        let count = self.connection.query_row(count, [], |row| row.get::<_, i64>(0));
        let count = count.map_err(|error| self.failed(error))?;
        self.set_metadata(REFERENCES, &count.to_string())
    }

    fn write_resolved(&self, one: &Resolved) -> Result<(), IndexError> {
        let (first, last) = (one.id * PLACES, one.id * PLACES + PLACES - 1);
        for sql in [
            "DELETE FROM targets WHERE mention BETWEEN ?1 AND ?2",
            "DELETE FROM candidates WHERE mention BETWEEN ?1 AND ?2",
        ] {
            self.write_row(sql, [first, last])?;
        }
        for sql in [
            "DELETE FROM links WHERE document = ?1",
            "DELETE FROM findings WHERE document = ?1",
        ] {
            self.write_row(sql, [one.id])?;
        }
        self.set_work(one.id, &one.document)?;
        self.add_targets(one.id, &one.document.references)?;
        for diagnostic in &one.diagnostics {
            self.add_diagnostic(one.id, false, diagnostic)?;
        }
        let (cited, couplings) = (
            postcard::to_stdvec(&one.cited)?,
            postcard::to_stdvec(&one.couplings)?,
        );
        let sql = "UPDATE facts SET verdict = ?2, cited = ?3, couplings = ?4 WHERE document = ?1";
        self.write_row(sql, params![one.id, one.verdict, cited, couplings])
    }
}

/// How many documents are resolved before they are written.
const BATCH: usize = 256;

/// What tells whether a document has to be resolved again: its work, and all that its mentions owe to other documents.
fn verdict(at: usize, open: &Findings, context: &Context) -> Result<Vec<u8>, IndexError> {
    let said = postcard::to_stdvec(&(context.work(at), context.targets(at, open)))?;
    Ok(blake3::hash(&said).as_bytes()[..16].to_vec())
}

/// A document, resolved: all that is written of it.
struct Resolved {
    id: i64,
    verdict: Vec<u8>,
    document: CitingDocument,
    cited: Cited,
    couplings: Vec<Coupling>,
    diagnostics: Vec<Diagnostic>,
}

impl Resolved {
    fn new((at, id): (usize, i64), verdict: Vec<u8>, findings: &Findings, context: &Context) -> Self {
        let document = context.document(at, findings);
        Self {
            id,
            verdict,
            cited: Cited::of(&document),
            couplings: couplings(&document),
            diagnostics: in_itself(&document, &findings.identity),
            document,
        }
    }
}

impl Index {
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
        let dated = target
            .and_then(|_| written_date(&reference.mention))
            .map(|date| date.to_string());
        let sql = "INSERT INTO targets VALUES (?1, ?2, ?3, ?4, ?5)";
        self.write_row(sql, params![mention, target, reason, dated, verdict])
    }

    fn write_aliases(&self, aliases: &Aliases) -> Result<(), IndexError> {
        self.write_row("DELETE FROM aliases", [])?;
        let sql = "INSERT INTO aliases VALUES (?1, ?2)";
        let mut pairs = aliases.pairs();
        pairs.try_for_each(|(id, work)| self.write_row(sql, params![id.as_str(), work.as_str()]))
    }

    /// Writes the works that are other than before, and takes out those that are no more.
    fn write_works(&self, works: &[Work]) -> Result<(), IndexError> {
        let mut gone: BTreeMap<String, i64> = self.work_rows()?;
        let sql = "SELECT data FROM works WHERE id = ?1";
        for batch in works.chunks(BATCH) {
            let data: Vec<_> = batch.par_iter().map(to_string).collect();
            for (work, data) in batch.iter().zip(data) {
                let (id, data) = (work.id.as_str(), data?);
                let known = || {
                    let mut known = self.connection.prepare_cached(sql)?;
                    known
                        .query_row([id], |row| Ok(row.get_ref(0)?.as_str()? == data))
                        .optional()
                };
                let row = gone.remove(id);
                if known().map_err(|error| self.failed(error))? != Some(true) {
                    row.map_or(Ok(()), |row| self.remove_work(id, row))?;
                    self.add_work(work, &data)?;
                }
            }
        }
        gone.iter().try_for_each(|(id, row)| self.remove_work(id, *row))
    }

    fn work_rows(&self) -> Result<BTreeMap<String, i64>, IndexError> {
        let read = || -> rusqlite::Result<_> {
            let mut all = self.connection.prepare("SELECT id, row FROM works")?;
            all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    fn remove_work(&self, id: &str, row: i64) -> Result<(), IndexError> {
        self.write_row("DELETE FROM work_words WHERE rowid = ?1", [row])?;
        self.write_row("DELETE FROM works WHERE row = ?1", [row])?;
        self.write_row("DELETE FROM names WHERE work = ?1", [id])?;
        self.write_row("DELETE FROM identifiers WHERE work = ?1", [id])
    }

    fn add_work(&self, work: &Work, data: &str) -> Result<(), IndexError> {
        let id = work.id.as_str();
        let date = work.date.map(|date| date.to_string());
        let sql = "INSERT INTO works (id, kind, label, label_key, date, in_corpus, url, data) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let kind = work.kind.as_str();
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

    pub(super) fn add_diagnostic(
        &self,
        document: i64,
        is_of_all: bool,
        one: &Diagnostic,
    ) -> Result<(), IndexError> {
        let (kind, data) = (serde_json::to_value(one.kind)?, to_string(one)?);
        let (line, start, end) = (one.line as i64, one.start as i64, one.end as i64);
        let sql = "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let (kind, text, reason) = (kind.as_str(), &one.text, &one.reason);
        self.write_row(
            sql,
            params![document, is_of_all, kind, line, start, end, text, reason, data],
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
