//! All documents in, what comes of them together out: targets, works, names, diagnostics; and the corpus back.
//!
//! What the documents know together is gathered from a small part of each. A document is resolved, and written, only if
//! what others know changes something in it; works are written only where they are other than before.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rusqlite::types::FromSql;
use rusqlite::{OptionalExtension, params};
use serde_json::to_string;

use super::affected::Knowledge;
use super::documents::PLACES;
use super::fold::folded_words;
use super::scan::REFERENCES;
use super::{Index, IndexError};
use crate::model::{Diagnostic, Kind, Reference, Relation, Target, Work, WorkId};
use crate::recognize::{Findings, key};
use crate::resolve::{
    Aliases, Cited, CitingDocument, Context, Corpus, Coupling, Dated, Nodes, couplings, edges, in_itself,
    kind, of_documents, written_date,
};
use crate::tables::Tables;

impl Index {
    /// The corpus as the last scan resolved it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn corpus(&self) -> Result<Corpus, IndexError> {
        let aliases = self.all_aliases()?.into_iter();
        let aliases = aliases.map(|(id, work)| (WorkId::new(id), work)).collect();
        let ids = self.document_ids()?;
        let documents = ids.iter().map(|id| self.with_references(*id));
        let documents: Vec<CitingDocument> = documents.collect::<Result<_, _>>()?;
        Ok(Corpus {
            works: self.all_works()?,
            edges: edges(&documents, &aliases),
            diagnostics: self.diagnostics()?,
            documents,
            aliases,
        })
    }

    /// Resolves all mentions and writes what comes of it: where little has changed, only what that touches is looked at.
    pub(super) fn resolve(&mut self, knowledge: Knowledge<'_>) -> Result<(), IndexError> {
        if self.has_changed_little()? {
            return self.in_transaction(|index| {
                let affected = index.resolve_affected(knowledge)?;
                index.join_affected(&affected, knowledge)?;
                index.forget_changes()
            });
        }
        self.in_transaction(Self::set_stale_as_a_whole)?;
        self.resolve_all(knowledge)
    }

    fn resolve_all(&mut self, knowledge: Knowledge<'_>) -> Result<(), IndexError> {
        let ids = self.document_ids()?;
        let open: Vec<Findings> = ids.iter().map(|id| self.open_of(*id)).collect::<Result<_, _>>()?;
        let context = self.whole_context(&ids, &open, knowledge)?;
        self.resolve_changed(&ids, &open, &context)?;
        drop(open);
        let aliases = self.aliases((&context, knowledge.tables))?;
        let works = self.works(&ids, &aliases, (&context, knowledge.tables))?;
        self.in_transaction(|index| {
            index.write_row("DELETE FROM aliases", [])?;
            index.add_aliases(&aliases)?;
            let earliest = index.earliest_citations(&aliases)?;
            index.write_works(&works, &earliest)?;
            index.write_diagnostics(&aliases, &earliest)?;
            index.count_references()?;
            index.forget_changes()
        })
    }

    /// The context of all documents; their keys and titles are written on the way.
    fn whole_context(
        &mut self,
        ids: &[i64],
        open: &[Findings],
        knowledge: Knowledge<'_>,
    ) -> Result<Context, IndexError> {
        let known = (knowledge.tables, knowledge.recognizer);
        let context = Context::of_works(open, of_documents(open, knowledge.tables), known);
        let titles = self.in_transaction(|index| index.write_keys(ids, open, (&context, knowledge)))?;
        Ok(context.with_titles(titles, knowledge.dates))
    }

    /// The works of all documents and of what they cite.
    fn works(
        &self,
        ids: &[i64],
        aliases: &Aliases,
        (context, tables): (&Context, &Tables),
    ) -> Result<Vec<Work>, IndexError> {
        let mut nodes = Nodes::new(aliases);
        let sql = "SELECT target, topic FROM topics WHERE document = ?1 ORDER BY place";
        for id in ids {
            let document = self.citing_document(*id)?;
            nodes.add_document(&document);
            for (target, topic) in self.pairs::<String>(sql, [id])? {
                nodes.add_topic(&WorkId::new(target), document.language, &topic);
            }
        }
        for target in self.targets()? {
            if let Some(kind) = self.cited_as(&target, tables)? {
                nodes.add_target(&target, kind);
            }
        }
        Ok(nodes.finish(tables, context))
    }

    fn targets(&self) -> Result<Vec<WorkId>, IndexError> {
        let targets = self.column("SELECT DISTINCT target FROM links")?;
        Ok(targets.into_iter().map(WorkId::new).collect())
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

    pub(super) fn verdict_of(&self, id: i64) -> Result<Option<Vec<u8>>, IndexError> {
        let sql = "SELECT verdict FROM facts WHERE document = ?1";
        let read = || {
            self.connection
                .prepare_cached(sql)?
                .query_row([id], |row| row.get(0))
        };
        read().map_err(|error| self.failed(error))
    }

    fn aliases(&self, (context, tables): (&Context, &Tables)) -> Result<Aliases, IndexError> {
        let works = self.column("SELECT DISTINCT work FROM documents")?;
        let mut all: BTreeSet<WorkId> = works.into_iter().map(WorkId::new).collect();
        all.extend(self.targets()?);
        let coupled = self.couplings("", [])?;
        let coupled = coupled.iter().map(|(path, one)| (path.as_str(), one.clone()));
        Ok(Aliases::new(
            &all,
            coupled,
            (|id: &WorkId| context.knows(id), tables),
        ))
    }

    /// What documents couple, with the path of each.
    pub(super) fn couplings(
        &self,
        which: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<(String, Coupling)>, IndexError> {
        let sql =
            format!("SELECT path, data FROM couplings JOIN documents ON documents.id = document {which}");
        let read = || -> rusqlite::Result<Vec<(String, Vec<u8>)>> {
            let mut query = self.connection.prepare_cached(&sql)?;
            query
                .query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let found = read().map_err(|error| self.failed(error))?.into_iter();
        found
            .map(|(path, data)| Ok((path, postcard::from_bytes(&data)?)))
            .collect()
    }

    fn count_references(&self) -> Result<(), IndexError> {
        let sql = "SELECT citing, count(*) FROM edges GROUP BY citing";
        let counts: BTreeMap<String, i64> = self.pairs(sql, [])?.into_iter().collect();
        let count: i64 = counts.values().sum();
        let before = self.pairs("SELECT id, cites FROM works WHERE cites > 0", [])?;
        let mut before: BTreeMap<String, i64> = before.into_iter().collect();
        let set = "UPDATE works SET cites = ?2 WHERE id = ?1";
        for (work, cites) in counts {
            if before.remove(&work) != Some(cites) {
                self.write_row(set, params![work, cites])?;
            }
        }
        for work in before.keys() {
            self.write_row(set, params![work, 0])?;
        }
        self.set_metadata(REFERENCES, &count.to_string())
    }

    /// The rows of a query of two columns.
    pub(super) fn pairs<T: FromSql>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<(String, T)>, IndexError> {
        let read = || -> rusqlite::Result<Vec<(String, T)>> {
            let mut query = self.connection.prepare_cached(sql)?;
            query
                .query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Takes out what was written of a document when it was resolved before.
    fn take_out_resolved(&self, document: i64) -> Result<(), IndexError> {
        let (first, last) = (document * PLACES, document * PLACES + PLACES - 1);
        for sql in [
            "DELETE FROM targets WHERE mention BETWEEN ?1 AND ?2",
            "DELETE FROM candidates WHERE mention BETWEEN ?1 AND ?2",
        ] {
            self.write_row(sql, [first, last])?;
        }
        for sql in [
            "DELETE FROM links WHERE document = ?1",
            "DELETE FROM topics WHERE document = ?1",
            "DELETE FROM couplings WHERE document = ?1",
            "DELETE FROM findings WHERE document = ?1",
        ] {
            self.write_row(sql, [document])?;
        }
        Ok(())
    }

    pub(super) fn write_resolved(&self, one: &Resolved) -> Result<(), IndexError> {
        if self.verdict_of(one.id)?.is_some() {
            self.take_out_resolved(one.id)?;
        }
        self.set_work(one.id, &one.document)?;
        self.add_targets(one.id, &one.document)?;
        for diagnostic in &one.diagnostics {
            self.add_diagnostic(one.id, None, diagnostic)?;
        }
        let sql = "INSERT INTO topics VALUES (?1, ?2, ?3, ?4)";
        for (place, (target, topic)) in one.topics.iter().enumerate() {
            self.write_row(sql, params![target.as_str(), one.id, place as i64, topic])?;
        }
        let sql = "INSERT INTO couplings VALUES (?1, ?2, ?3, ?4)";
        for coupling in &one.couplings {
            let ([name, number], data) = (coupling.ids(), postcard::to_stdvec(coupling)?);
            self.write_row(sql, params![name.as_str(), number.as_str(), one.id, data])?;
        }
        let sql = "UPDATE facts SET verdict = ?2 WHERE document = ?1";
        self.write_row(sql, params![one.id, one.verdict])
    }
}

/// How many documents are resolved before they are written.
pub(super) const BATCH: usize = 256;

/// What tells whether a document has to be resolved again: its work, and all that its mentions owe to other documents.
pub(super) fn verdict(at: usize, open: &Findings, context: &Context) -> Result<Vec<u8>, IndexError> {
    let said = postcard::to_stdvec(&(context.work(at), context.targets(at, open)))?;
    Ok(blake3::hash(&said).as_bytes()[..16].to_vec())
}

/// A document, resolved: all that is written of it.
pub(super) struct Resolved {
    id: i64,
    verdict: Vec<u8>,
    document: CitingDocument,
    topics: Vec<(WorkId, String)>,
    couplings: Vec<Coupling>,
    diagnostics: Vec<Diagnostic>,
}

impl Resolved {
    pub fn new((at, id): (usize, i64), verdict: Vec<u8>, findings: &Findings, context: &Context) -> Self {
        let document = context.document(at, findings);
        Self {
            id,
            verdict,
            topics: Cited::of(&document).topics,
            couplings: couplings(&document),
            diagnostics: in_itself(&document, &findings.identity),
            document,
        }
    }
}

/// How a document refers to a target in one relation.
#[derive(Default)]
struct Link<'a> {
    mentions: i64,
    correction: Option<&'a str>,
    kind: Option<Kind>,
}

impl<'a> Link<'a> {
    fn add(&mut self, kind: Kind, correction: Option<&'a str>, is_of_kind: bool) {
        self.mentions += 1;
        self.correction = self.correction.or(correction);
        // Only the mentions tell the kind where the id does not.
        if is_of_kind {
            self.kind = Some(self.kind.map_or(kind, |known| known.min(kind)));
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

    fn add_targets(&self, id: i64, document: &CitingDocument) -> Result<(), IndexError> {
        let mut links: BTreeMap<(&str, Relation), Link<'_>> = BTreeMap::new();
        for (place, reference) in document.references.iter().enumerate() {
            let mention = id * PLACES + place as i64;
            let correction = match &reference.target {
                Target::Resolved { correction, .. } => correction.as_ref().map(|c| c.reason.as_str()),
                _ => None,
            };
            if let Some(target) = reference.target.id() {
                let link = links.entry((target.as_str(), reference.mention.relation));
                link.or_default()
                    .add(reference.mention.kind, correction, kind(target).is_none());
            }
            self.add_target(mention, reference, correction)?;
        }
        let work = document.work.as_str();
        let day = document.date.filter(|date| date.is_full());
        let day = day.map(|date| date.to_string()).unwrap_or_default();
        links.into_iter().try_for_each(|((target, relation), link)| {
            let date = if relation == Relation::Itself { "" } else { &day };
            let kind = link.kind.map(Kind::as_str);
            let (relation, mentions) = (relation.as_str(), link.mentions);
            self.write_row(
                "INSERT INTO links VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![target, date, relation, id, work, mentions, link.correction, kind],
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

    pub(super) fn add_aliases(&self, aliases: &Aliases) -> Result<(), IndexError> {
        let sql = "INSERT INTO aliases VALUES (?1, ?2)";
        let mut pairs = aliases.pairs();
        pairs.try_for_each(|(id, work)| self.write_row(sql, params![id.as_str(), work.as_str()]))
    }

    /// Writes the works that are other than before, and takes out those that are no more.
    fn write_works(&self, works: &[Work], earliest: &BTreeMap<WorkId, Dated>) -> Result<(), IndexError> {
        let mut gone: BTreeMap<String, i64> = self.work_rows()?;
        for batch in works.chunks(BATCH) {
            let data: Vec<_> = batch.par_iter().map(to_string).collect();
            for (work, data) in batch.iter().zip(data) {
                let row = gone.remove(work.id.as_str());
                self.put_work((work, &data?), earliest.get(&work.id), row)?;
            }
        }
        gone.iter().try_for_each(|(id, row)| self.remove_work(id, *row))
    }

    /// Writes a work if it is other than in its row.
    fn put_work(
        &self,
        (work, data): (&Work, &str),
        first: Option<&Dated>,
        row: Option<i64>,
    ) -> Result<(), IndexError> {
        let sql = "SELECT data = ?2, cites FROM works WHERE row = ?1";
        let known = || {
            let mut known = self.connection.prepare_cached(sql)?;
            let row = known.query_row(params![row, data], |row| Ok((row.get(0)?, row.get(1)?)));
            row.optional()
        };
        let known: Option<(bool, i64)> = known().map_err(|error| self.failed(error))?;
        if known.is_none_or(|(same, _)| !same) {
            row.map_or(Ok(()), |row| self.remove_work(work.id.as_str(), row))?;
            self.add_work(work, data, known.map_or(0, |(_, cites)| cites))?;
        }
        let (date, path) = (
            first.map(|first| first.0.to_string()),
            first.map(|first| &first.1),
        );
        let sql = "UPDATE works SET first_cited = ?2, first_cited_by = ?3 WHERE id = ?1 \
                   AND (first_cited IS NOT ?2 OR first_cited_by IS NOT ?3)";
        self.write_row(sql, params![work.id.as_str(), date, path])
    }

    /// Writes one work if it is other than before.
    pub(super) fn renew_work(&self, work: &Work, first: Option<&Dated>) -> Result<(), IndexError> {
        let row = self.work_row(&work.id)?;
        self.put_work((work, &to_string(work)?), first, row)
    }

    /// Takes out a work, if it is there.
    pub(super) fn drop_work(&self, id: &WorkId) -> Result<(), IndexError> {
        match self.work_row(id)? {
            Some(row) => self.remove_work(id.as_str(), row),
            None => Ok(()),
        }
    }

    fn work_row(&self, id: &WorkId) -> Result<Option<i64>, IndexError> {
        let rows = self.numbers("SELECT row FROM works WHERE id = ?1", [id.as_str()])?;
        Ok(rows.first().copied())
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

    fn add_work(&self, work: &Work, data: &str, cites: i64) -> Result<(), IndexError> {
        let id = work.id.as_str();
        let date = work.date.map(|date| date.to_string());
        let sql = "INSERT INTO works (id, kind, label, label_key, date, in_corpus, url, cites, data) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
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
                cites,
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
        cause: Option<&WorkId>,
        one: &Diagnostic,
    ) -> Result<(), IndexError> {
        let (kind, data) = (serde_json::to_value(one.kind)?, to_string(one)?);
        let (line, start, end) = (one.line as i64, one.start as i64, one.end as i64);
        let sql = "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let (kind, text, reason) = (kind.as_str(), &one.text, &one.reason);
        let cause = cause.map(WorkId::as_str);
        self.write_row(
            sql,
            params![document, cause, kind, line, start, end, text, reason, data],
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
