//! Documents and ids in, what is made from several documents together out, made again: which ids are one work, the works,
//! how many edges there are, and what is odd only beside others.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};

use super::affected::{Affected, Knowledge};
use super::around::OWN_IDS;
use super::documents::PLACES;
use super::scan::REFERENCES;
use super::{Index, IndexError};
use crate::model::{Kind, PartialDate, Work, WorkId};
use crate::resolve::{Aliases, Dated, Nodes, kind};
use crate::tables::Tables;

/// Ids and what they belong to, before and now; with an id all that may be one work with it are there.
struct Joined {
    ids: BTreeSet<WorkId>,
    before: BTreeMap<WorkId, WorkId>,
    now: Aliases,
}

impl Joined {
    fn is_moved(&self, id: &WorkId) -> bool {
        self.before.get(id) != Some(self.now.node(id))
    }

    /// All works that these ids belong to now, with their ids.
    fn groups(&self) -> BTreeMap<WorkId, BTreeSet<WorkId>> {
        let mut groups: BTreeMap<WorkId, BTreeSet<WorkId>> = BTreeMap::new();
        for id in &self.ids {
            groups
                .entry(self.now.node(id).clone())
                .or_default()
                .insert(id.clone());
        }
        groups
    }
}

/// The topics of a document, each with what it names, by place.
type Topics = BTreeMap<i64, (WorkId, String)>;

/// A work as it stands in its table, beside its data.
#[derive(Default)]
struct Row {
    cites: i64,
    first_cited: Option<Dated>,
}

impl Index {
    /// Makes again what is made from these documents and ids.
    pub(super) fn join_affected(
        &self,
        affected: &Affected,
        knowledge: Knowledge<'_>,
    ) -> Result<(), IndexError> {
        let joined = self.join(affected.ids.clone(), knowledge)?;
        for id in &joined.ids {
            self.write_row("DELETE FROM aliases WHERE id = ?1", [id.as_str()])?;
        }
        self.add_aliases(&joined.now)?;
        let later = self.renew_works(&joined, knowledge)?;
        self.renew_late_dates(&joined, &later, &affected.documents)?;
        let (mut citing, mut works) = (affected.documents.clone(), affected.left.clone());
        for id in joined.ids.iter().filter(|id| joined.is_moved(id)) {
            works.extend([joined.before[id].clone(), joined.now.node(id).clone()]);
            let sql = "SELECT DISTINCT document FROM links WHERE target = ?1 UNION SELECT id FROM documents WHERE work = ?1";
            citing.extend(self.numbers(sql, [id.as_str()])?);
        }
        for id in &citing {
            works.insert(self.citing_document(*id)?.work);
        }
        self.renew_edges(&works)?;
        works.iter().try_for_each(|work| self.renew_disagreements(work))
    }

    fn join(&self, ids: BTreeSet<WorkId>, knowledge: Knowledge<'_>) -> Result<Joined, IndexError> {
        let links = TableLinks::new(knowledge.tables);
        let (mut all, mut next) = (ids.clone(), ids);
        while let Some(id) = next.pop_first() {
            let found = self.perhaps_one_with(&id, &links)?;
            next.extend(found.into_iter().filter(|other| all.insert(other.clone())));
        }
        let mut before = BTreeMap::new();
        let mut mentioned = BTreeSet::new();
        let mut couplings = Vec::new();
        for id in &all {
            before.insert(id.clone(), WorkId::new(self.alias(id.as_str())?));
            if self.is_mentioned(id)? {
                mentioned.insert(id.clone());
            }
            couplings.extend(self.couplings("WHERE name = ?1", [id.as_str()])?);
        }
        let known = self.known_conclusions(&all, knowledge.tables)?;
        let coupled = couplings.iter().map(|(path, one)| (path.as_str(), one.clone()));
        let now = Aliases::new(
            &mentioned,
            coupled,
            (|id: &WorkId| known.contains(id), knowledge.tables),
        );
        Ok(Joined {
            ids: all,
            before,
            now,
        })
    }

    /// Ids that are one work with an id, or were, or would be if nothing spoke against it.
    fn perhaps_one_with(&self, id: &WorkId, links: &TableLinks<'_>) -> Result<BTreeSet<WorkId>, IndexError> {
        let sql = "SELECT id FROM aliases WHERE work = (SELECT work FROM aliases WHERE id = ?1) \
                   UNION SELECT work FROM aliases WHERE id = ?1 UNION SELECT id FROM aliases WHERE work = ?1 \
                   UNION SELECT number FROM couplings WHERE name = ?1 UNION SELECT name FROM couplings WHERE number = ?1";
        let mut found = self.ids(sql, [id.as_str()])?;
        let sql = "SELECT DISTINCT target FROM links WHERE target > ?1 || '-' AND target < ?1 || '.'";
        if id.is_council_document() {
            let versions = self.ids(sql, [id.as_str()])?.into_iter();
            found.extend(versions.filter(|version| version.without_version() == *id));
            found.insert(id.without_version());
        }
        found.extend(links.of(id));
        Ok(found)
    }

    fn is_mentioned(&self, id: &WorkId) -> Result<bool, IndexError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM links WHERE target = ?1) OR EXISTS (SELECT 1 FROM documents WHERE work = ?1)";
        Ok(self.numbers(sql, [id.as_str()])? == [1])
    }

    /// Those of these ids that are known as conclusions.
    fn known_conclusions(
        &self,
        ids: &BTreeSet<WorkId>,
        tables: &Tables,
    ) -> Result<BTreeSet<WorkId>, IndexError> {
        let rows = tables.conclusions.iter().map(|row| &row.id);
        let mut known: BTreeSet<WorkId> = rows.filter(|id| ids.contains(id)).cloned().collect();
        for id in ids {
            for document in self.documents_of([id])? {
                let identity = self.head_of(document)?.identity;
                if identity.body.is_some() && identity.topic.is_some() {
                    known.insert(id.clone());
                }
            }
        }
        Ok(known)
    }
}

/// Which ids the tables couple.
struct TableLinks<'a> {
    tables: &'a Tables,
    pairs: BTreeSet<(WorkId, WorkId)>,
}

impl<'a> TableLinks<'a> {
    fn new(tables: &'a Tables) -> Self {
        let instruments = tables.instruments.iter();
        let numbers =
            instruments.flat_map(|row| row.identifiers.iter().map(|id| (row.id.clone(), id.clone())));
        let conclusions = tables.conclusions.iter();
        let dates = conclusions.filter_map(|row| Some((row.id.clone(), row.body.conclusions(row.date?))));
        let pairs = numbers
            .chain(dates)
            .flat_map(|(a, b)| [(a.clone(), b.clone()), (b, a)]);
        Self {
            tables,
            pairs: pairs.collect(),
        }
    }

    fn of(&self, id: &WorkId) -> Vec<WorkId> {
        let pairs = self.pairs.range((id.clone(), WorkId::new(""))..);
        let pairs = pairs
            .take_while(|(one, _)| one == id)
            .map(|(_, other)| other.clone());
        let catalogue = self.tables.catalogue();
        let others = catalogue.work(id).into_iter().flat_map(|row| &row.identifiers);
        let known = catalogue.known_as(id).into_iter().chain(others);
        pairs.chain(known.cloned()).collect()
    }
}

impl Index {
    /// Writes the works of these ids; tells those whose oldest citation or whose ids are others.
    fn renew_works(
        &self,
        joined: &Joined,
        knowledge: Knowledge<'_>,
    ) -> Result<BTreeMap<WorkId, Option<Dated>>, IndexError> {
        let groups = joined.groups();
        let works = self.works_of(joined, &groups, knowledge)?;
        let mut later = BTreeMap::new();
        let mut gone: BTreeSet<&WorkId> = joined.before.values().collect();
        for work in works {
            gone.remove(&work.id);
            let ids = groups.get(&work.id).into_iter().flatten();
            let is_moved = ids.clone().any(|id| joined.is_moved(id));
            let first = self.first_citation(ids)?;
            let row = self.row_of(&work.id)?;
            if is_moved || row.first_cited != first {
                later.insert(work.id.clone(), first.clone());
            }
            self.renew_work(&work, first.as_ref())?;
        }
        for id in gone {
            self.count_on(-self.row_of(id)?.cites)?;
            self.drop_work(id)?;
        }
        Ok(later)
    }

    /// The works of these ids, made from their documents and from those that cite them.
    fn works_of(
        &self,
        joined: &Joined,
        groups: &BTreeMap<WorkId, BTreeSet<WorkId>>,
        knowledge: Knowledge<'_>,
    ) -> Result<Vec<Work>, IndexError> {
        let ids = self.in_order(&self.documents_of(&joined.ids)?)?;
        let heads: Result<Vec<_>, IndexError> = ids.iter().map(|id| self.head_of(*id)).collect();
        let context = self.context_of(&ids, &heads?, knowledge)?;
        let mut nodes = Nodes::new(&joined.now);
        let of_works: BTreeSet<i64> = ids.into_iter().collect();
        let topics = self.topics_of(groups)?;
        let mut all = of_works.clone();
        all.extend(topics.keys().copied());
        for id in self.in_order(&all)? {
            let document = self.citing_document(id)?;
            if of_works.contains(&id) {
                nodes.add_document(&document);
            }
            for (target, topic) in topics.get(&id).into_iter().flat_map(BTreeMap::values) {
                nodes.add_topic(target, document.language, topic);
            }
        }
        for id in &joined.ids {
            if let Some(kind) = self.cited_as(id, knowledge.tables)? {
                nodes.add_target(id, kind);
            }
        }
        Ok(nodes.finish(knowledge.tables, &context))
    }

    /// The topics by which documents name these works, where these have no other name.
    fn topics_of(
        &self,
        groups: &BTreeMap<WorkId, BTreeSet<WorkId>>,
    ) -> Result<BTreeMap<i64, Topics>, IndexError> {
        let sql = "SELECT document, place, topic FROM topics WHERE target = ?1";
        let mut all: BTreeMap<i64, Topics> = BTreeMap::new();
        let ids = groups.iter().filter(|(node, _)| node.is_dated_conclusions());
        for id in ids.flat_map(|(_, ids)| ids) {
            let read = || -> rusqlite::Result<Vec<(i64, i64, String)>> {
                let mut query = self.connection.prepare_cached(sql)?;
                query
                    .query_map([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                    .collect()
            };
            for (document, place, topic) in read().map_err(|error| self.failed(error))? {
                let topics = all.entry(document).or_default();
                topics.insert(place, (id.clone(), topic));
            }
        }
        Ok(all)
    }

    /// What documents take an id for that they cite.
    pub(super) fn cited_as(&self, id: &WorkId, tables: &Tables) -> Result<Option<Kind>, IndexError> {
        let is_cited = "SELECT EXISTS (SELECT 1 FROM links WHERE target = ?1)";
        if self.numbers(is_cited, [id.as_str()])? != [1] {
            return Ok(None);
        }
        // An instrument of the tables is what they say, and has more documents that cite it than any other.
        let known = tables.instruments.iter().find(|row| row.id == *id);
        if let Some(kind) = kind(id).or(known.map(|row| row.kind)) {
            return Ok(Some(kind));
        }
        let sql = "SELECT DISTINCT kind FROM links WHERE target = ?1 AND kind IS NOT NULL";
        let words = self.texts_in(sql, [id.as_str()])?;
        let kinds = Kind::ALL
            .into_iter()
            .filter(|kind| words.iter().any(|word| word == kind.as_str()));
        Ok(kinds.min().or(Some(Kind::Instrument)))
    }

    pub(super) fn texts_in(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<String>, IndexError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut query = self.connection.prepare_cached(sql)?;
            query.query_map(values, |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Date and path of the oldest dated document that cites one of these ids.
    fn first_citation<'i>(&self, ids: impl Iterator<Item = &'i WorkId>) -> Result<Option<Dated>, IndexError> {
        let sql = "SELECT links.date, min(path) FROM links JOIN documents ON documents.id = document WHERE target = ?1 \
                   AND links.date = (SELECT min(date) FROM links WHERE target = ?1 AND date > '')";
        let mut first: Option<Dated> = None;
        for id in ids {
            let read = || {
                let mut query = self.connection.prepare_cached(sql)?;
                query.query_row([id.as_str()], dated)
            };
            let own = read().map_err(|error| self.failed(error))?;
            first = match (first, own) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        Ok(first)
    }

    fn row_of(&self, id: &WorkId) -> Result<Row, IndexError> {
        let sql = "SELECT first_cited, first_cited_by, cites FROM works WHERE id = ?1";
        let read = || {
            let mut query = self.connection.prepare_cached(sql)?;
            let row = |row: &rusqlite::Row<'_>| {
                Ok(Row {
                    first_cited: dated(row)?,
                    cites: row.get(2)?,
                })
            };
            query.query_row([id.as_str()], row).optional()
        };
        let row = read().map_err(|error| self.failed(error))?;
        Ok(row.unwrap_or_default())
    }

    /// Adds to the number of edges.
    fn count_on(&self, more: i64) -> Result<(), IndexError> {
        let known = self.number(REFERENCES)? as i64;
        self.set_metadata(REFERENCES, &(known + more).to_string())
    }

    /// Counts the edges of the nodes of these works.
    fn renew_edges(&self, works: &BTreeSet<WorkId>) -> Result<(), IndexError> {
        let sql = &format!(
            "SELECT count(*) FROM (SELECT DISTINCT coalesce(aliases.work, target) AS cited, relation FROM links \
             LEFT JOIN aliases ON aliases.id = target WHERE relation <> 'self' AND document IN (SELECT id FROM documents \
             WHERE work IN ({OWN_IDS}))) WHERE cited <> ?1"
        );
        let mut nodes = BTreeSet::new();
        for work in works {
            nodes.insert(WorkId::new(self.alias(work.as_str())?));
        }
        for node in nodes {
            let before = self.row_of(&node)?.cites;
            let now = self.numbers(sql, [node.as_str()])?.first().copied().unwrap_or(0);
            if now != before {
                self.write_row(
                    "UPDATE works SET cites = ?2 WHERE id = ?1",
                    params![node.as_str(), now],
                )?;
                self.count_on(now - before)?;
            }
        }
        Ok(())
    }

    /// Writes what is odd about dates: of these works all of it, of the other ids what is odd in these documents.
    fn renew_late_dates(
        &self,
        joined: &Joined,
        later: &BTreeMap<WorkId, Option<Dated>>,
        documents: &BTreeSet<i64>,
    ) -> Result<(), IndexError> {
        let late = format!("AND kind = '{LATE}'");
        let mut mentions: BTreeSet<i64> = BTreeSet::new();
        for document in documents {
            let sql = format!("DELETE FROM findings WHERE document = ?1 AND cause IS NOT NULL {late}");
            self.write_row(&sql, [document])?;
            let (first, last) = (document * PLACES, document * PLACES + PLACES - 1);
            let sql = "SELECT mention FROM targets WHERE mention BETWEEN ?1 AND ?2 AND dated IS NOT NULL";
            mentions.extend(self.numbers(sql, [first, last])?);
        }
        for id in &joined.ids {
            let Some(first) = later.get(joined.now.node(id)) else {
                continue;
            };
            let sql = format!("DELETE FROM findings WHERE cause = ?1 {late}");
            self.write_row(&sql, [id.as_str()])?;
            let sql = "SELECT mention FROM targets WHERE target = ?1 AND dated > ?2";
            if let Some((date, _)) = first {
                mentions.extend(self.numbers(sql, [id.as_str(), &date.to_string()])?);
            }
        }
        for mention in mentions {
            for target in self.ids("SELECT target FROM targets WHERE mention = ?1", [mention])? {
                let node = WorkId::new(self.alias(target.as_str())?);
                if let Some(first) = self.row_of(&node)?.first_cited {
                    self.add_late_date(mention, &target, &first)?;
                }
            }
        }
        Ok(())
    }

    /// What one language version of a work cites and another does not, written anew.
    fn renew_disagreements(&self, work: &WorkId) -> Result<(), IndexError> {
        let sql = format!("DELETE FROM findings WHERE cause = ?1 AND kind = '{DISAGREE}'");
        self.write_row(&sql, [work.as_str()])?;
        let ids = self.in_order(&self.documents_of([work])?)?;
        if ids.len() < 2 {
            return Ok(());
        }
        let mut aliases = BTreeMap::new();
        for id in &ids {
            for target in self.ids("SELECT target FROM links WHERE document = ?1", [id])? {
                let node = WorkId::new(self.alias(target.as_str())?);
                aliases.insert(target, node);
            }
        }
        let aliases: Aliases = aliases.into_iter().filter(|(id, node)| id != node).collect();
        self.write_disagreement(work, &ids, &aliases)
    }
}

/// The kinds of diagnostics that need other documents to be seen.
const LATE: &str = "date-after-earlier-citation";
const DISAGREE: &str = "language-versions-disagree";

fn dated(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Dated>> {
    let (date, path) = (row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?);
    Ok(date.and_then(|date| PartialDate::parse(&date)).zip(path))
}
