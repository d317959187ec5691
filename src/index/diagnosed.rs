//! What is odd in a document only beside others: works dated after those that cite them, language versions that disagree.

use std::collections::{BTreeMap, BTreeSet};

use super::documents::PLACES;
use super::{Index, IndexError};
use crate::model::{Diagnostic, PartialDate, Work, WorkId};
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

    /// Writes what can be seen only beside other documents.
    pub(super) fn write_diagnostics(
        &self,
        ids: &[i64],
        aliases: &Aliases,
        works: &[Work],
    ) -> Result<(), IndexError> {
        self.write_row("DELETE FROM findings WHERE is_of_all = 1", [])?;
        let earliest = self.earliest_citations(ids, aliases)?;
        for (mention, target, dated) in self.dated_targets()? {
            let first = earliest.get(aliases.node(&target));
            let Some(first) = first.filter(|first| dated.is_surely_after(first.0)) else {
                continue;
            };
            let id = mention / PLACES;
            let document = self.citing_document(id)?;
            if let Some(one) = after_earlier_citation(&document, &self.reference(mention)?, first) {
                self.add_diagnostic(id, true, &one)?;
            }
        }
        self.write_disagreements(aliases, works)
    }

    /// For each node the date and path of the oldest dated document that cites it.
    fn earliest_citations(
        &self,
        ids: &[i64],
        aliases: &Aliases,
    ) -> Result<BTreeMap<WorkId, Dated>, IndexError> {
        let mut earliest: BTreeMap<WorkId, Dated> = BTreeMap::new();
        for id in ids {
            let document = self.citing_document(*id)?;
            let Some(date) = document.date.filter(|date| date.is_full()) else {
                continue;
            };
            for target in self
                .cited_of(*id)?
                .targets
                .iter()
                .filter(|target| target.is_cited)
            {
                let node = aliases.node(&target.id);
                match earliest.get_mut(node) {
                    Some(first) if (date, &document.path) < (first.0, &first.1) => {
                        *first = (date, document.path.clone())
                    }
                    Some(_) => {}
                    None => drop(earliest.insert(node.clone(), (date, document.path.clone()))),
                }
            }
        }
        Ok(earliest)
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

    fn write_disagreements(&self, aliases: &Aliases, works: &[Work]) -> Result<(), IndexError> {
        let sql = "SELECT work FROM documents GROUP BY work HAVING count(*) > 1";
        let label = |node: &WorkId| {
            let known = works.binary_search_by(|work| work.id.cmp(node));
            known.map_or_else(|_| label(node), |at| works[at].label.clone())
        };
        for work in self.column(sql)? {
            let ids = self.document_ids_of(&work)?;
            if self.agree(&ids, aliases)? {
                continue;
            }
            let versions = self.with_references(&ids)?;
            let documents: Vec<&CitingDocument> = versions.iter().map(|(_, document)| document).collect();
            let ids: BTreeMap<&str, i64> = versions
                .iter()
                .map(|(id, document)| (document.path.as_str(), *id))
                .collect();
            for one in disagreement(&documents, aliases, label) {
                let id = ids.get(one.document.as_str()).copied().unwrap_or_default();
                self.add_diagnostic(id, true, &one)?;
            }
        }
        Ok(())
    }

    /// The documents of a work, in order of path.
    fn document_ids_of(&self, work: &str) -> Result<Vec<i64>, IndexError> {
        let sql = "SELECT documents.id FROM documents JOIN files ON files.id = file WHERE work = ?1 \
                   ORDER BY files.sort, documents.place";
        self.numbers(sql, [work])
    }

    /// Whether documents cite the same.
    fn agree(&self, ids: &[i64], aliases: &Aliases) -> Result<bool, IndexError> {
        let mut first = None;
        for id in ids {
            let targets = self.cited_of(*id)?.targets.into_iter();
            let cited: BTreeSet<WorkId> = targets
                .filter(|target| target.is_cited)
                .map(|target| aliases.node(&target.id).clone())
                .collect();
            if *first.get_or_insert_with(|| cited.clone()) != cited {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn with_references(&self, ids: &[i64]) -> Result<Vec<(i64, CitingDocument)>, IndexError> {
        let one = |id: &i64| {
            let mut document = self.citing_document(*id)?;
            document.references = self.references_of(*id)?;
            Ok((*id, document))
        };
        ids.iter().map(one).collect()
    }
}
