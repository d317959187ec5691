//! What is odd in a document only beside others: works dated after those that cite them, language versions that disagree.

use std::collections::{BTreeMap, BTreeSet};

use super::documents::PLACES;
use super::{Index, IndexError};
use crate::model::{Diagnostic, PartialDate, WorkId};
use crate::resolve::{
    Aliases, CitingDocument, Dated, after_earlier_citation, disagreement, label, sort_diagnostics,
};

impl Index {
    /// All diagnostics, in order of document and place.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn diagnostics(&self) -> Result<Vec<Diagnostic>, IndexError> {
        let mut all = Vec::new();
        for (path, data) in self.rows_of("SELECT path, data FROM findings JOIN documents ON id = document")? {
            let one: Diagnostic = serde_json::from_str(&data)?;
            all.push(Diagnostic {
                document: path,
                ..one
            });
        }
        sort_diagnostics(&mut all);
        Ok(all)
    }

    fn rows_of(&self, sql: &str) -> Result<Vec<(String, String)>, IndexError> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut query = self.connection.prepare(sql)?;
            query
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Writes what can be seen only beside other documents; `earliest` is for each node its oldest citation.
    pub(super) fn write_diagnostics(
        &self,
        aliases: &Aliases,
        earliest: &BTreeMap<WorkId, Dated>,
    ) -> Result<(), IndexError> {
        self.write_row("DELETE FROM findings WHERE cause IS NOT NULL", [])?;
        for (mention, target, dated) in self.dated_targets()? {
            let first = earliest.get(aliases.node(&target));
            if let Some(first) = first.filter(|first| dated.is_surely_after(first.0)) {
                self.add_late_date(mention, &target, first)?;
            }
        }
        let sql = "SELECT work FROM documents GROUP BY work HAVING count(*) > 1";
        for work in self.column(sql)? {
            let ids = self.in_order(&self.documents_of([&WorkId::new(&work)])?)?;
            self.write_disagreement(&WorkId::new(&work), &ids, aliases)?;
        }
        Ok(())
    }

    /// For each node date and path of the oldest dated document that cites it.
    pub(super) fn earliest_citations(
        &self,
        aliases: &Aliases,
    ) -> Result<BTreeMap<WorkId, Dated>, IndexError> {
        let sql = "SELECT target, links.date, min(path) FROM links JOIN documents ON documents.id = document \
                   WHERE (target, links.date) IN (SELECT target, min(date) FROM links WHERE date > '' GROUP BY target) \
                   GROUP BY target";
        let mut earliest: BTreeMap<WorkId, Dated> = BTreeMap::new();
        for (target, own) in self.dated_rows(sql)? {
            let node = aliases.node(&target).clone();
            match earliest.get_mut(&node) {
                Some(first) if own < *first => *first = own,
                Some(_) => {}
                None => drop(earliest.insert(node, own)),
            }
        }
        Ok(earliest)
    }

    fn dated_rows(&self, sql: &str) -> Result<Vec<(WorkId, Dated)>, IndexError> {
        let read = || -> rusqlite::Result<Vec<(WorkId, Dated)>> {
            let mut query = self.connection.prepare(sql)?;
            let (mut rows, mut found) = (query.query([])?, Vec::new());
            while let Some(row) = rows.next()? {
                if let Some(date) = PartialDate::parse(row.get_ref(1)?.as_str()?) {
                    found.push((WorkId::new(row.get_ref(0)?.as_str()?), (date, row.get(2)?)));
                }
            }
            Ok(found)
        };
        read().map_err(|error| self.failed(error))
    }

    /// The mentions that give their target a date of which a document that cites it already can be older.
    fn dated_targets(&self) -> Result<Vec<(i64, WorkId, PartialDate)>, IndexError> {
        let sql = "SELECT mention, target, dated FROM targets WHERE dated IS NOT NULL";
        let read = || -> rusqlite::Result<Vec<(i64, WorkId, PartialDate)>> {
            let mut query = self.connection.prepare(sql)?;
            let (mut rows, mut found) = (query.query([])?, Vec::new());
            while let Some(row) = rows.next()? {
                if let Some(date) = PartialDate::parse(row.get_ref(2)?.as_str()?) {
                    found.push((row.get(0)?, WorkId::new(row.get_ref(1)?.as_str()?), date));
                }
            }
            Ok(found)
        };
        read().map_err(|error| self.failed(error))
    }

    /// Writes that a mention dates its target after the oldest document that cites it, if it does.
    pub(super) fn add_late_date(
        &self,
        mention: i64,
        target: &WorkId,
        first: &Dated,
    ) -> Result<(), IndexError> {
        let id = mention / PLACES;
        let document = self.citing_document(id)?;
        match after_earlier_citation(&document, &self.reference(mention)?, first) {
            Some(one) => self.add_diagnostic(id, Some(target), &one),
            None => Ok(()),
        }
    }

    /// Writes what one of the documents of a work cites and another does not; the documents come in order.
    pub(super) fn write_disagreement(
        &self,
        work: &WorkId,
        ids: &[i64],
        aliases: &Aliases,
    ) -> Result<(), IndexError> {
        if self.agree(ids, aliases)? {
            return Ok(());
        }
        let versions = ids.iter().map(|id| self.with_references(*id));
        let versions: Vec<CitingDocument> = versions.collect::<Result<_, _>>()?;
        let documents: Vec<&CitingDocument> = versions.iter().collect();
        let paths = documents.iter().map(|document| document.path.as_str());
        let ids: BTreeMap<&str, i64> = paths.zip(ids.iter().copied()).collect();
        let mut labels = BTreeMap::new();
        for node in documents.iter().flat_map(|document| &document.references) {
            let Some(node) = node.target.id().map(|id| aliases.node(id)) else {
                continue;
            };
            let known = self.texts_in("SELECT label FROM works WHERE id = ?1", [node.as_str()])?;
            labels.insert(
                node.clone(),
                known.into_iter().next().unwrap_or_else(|| label(node)),
            );
        }
        let label_of = |node: &WorkId| labels.get(node).cloned().unwrap_or_else(|| label(node));
        for one in disagreement(&documents, aliases, label_of) {
            let id = ids.get(one.document.as_str()).copied().unwrap_or_default();
            self.add_diagnostic(id, Some(work), &one)?;
        }
        Ok(())
    }

    /// Whether documents cite the same.
    fn agree(&self, ids: &[i64], aliases: &Aliases) -> Result<bool, IndexError> {
        let sql = "SELECT DISTINCT target FROM links WHERE document = ?1 AND relation <> 'self'";
        let mut first = None;
        for id in ids {
            let targets = self.ids(sql, [id])?;
            let cited: BTreeSet<WorkId> = targets.iter().map(|id| aliases.node(id).clone()).collect();
            if *first.get_or_insert_with(|| cited.clone()) != cited {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
