//! A work in, the part of the graph around it out: a few rows, however large the corpus is.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

use super::documents::PLACES;
use super::{Index, IndexError};
use crate::graph::{Counts, ReferenceGraph};
use crate::model::{Edge, Evidence, Language, PartialDate, Reference, Relation, Work, WorkId};
use crate::resolve::{Aliases, CitingDocument, evidence};

/// How much of each edge is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// How many passages there are, and whether one was corrected: their words stay empty.
    Counts,
    /// Every passage.
    Passages,
}

/// How far from its works a part of the graph goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// How many references away in the direction of what is cited; none for all the way.
    pub cites: Option<usize>,
    /// How many references away in the direction of what cites; none for all the way.
    pub who_cites: Option<usize>,
}

/// A document that refers to a target, as a row of links.
struct Link {
    work: String,
    target: String,
    relation: Relation,
    document: i64,
    mentions: usize,
    correction: Option<String>,
}

/// Where a document stands among all: what its file is sorted by, and its place in the file.
type Order = (Vec<u8>, i64);

/// A passage with the place of its document and its own.
type Placed = ((Order, i64), Evidence);

/// What an index holds, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// How many documents.
    pub documents: usize,
    /// How many works.
    pub works: usize,
    /// The dates of the oldest and the newest document.
    pub dates: Option<(PartialDate, PartialDate)>,
}

impl Index {
    /// How much the index holds.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn extent(&self) -> Result<Extent, IndexError> {
        let sql = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM works), \
                   (SELECT min(date) FROM documents), (SELECT max(date) FROM documents)";
        let row = |row: &rusqlite::Row<'_>| {
            let date = |at| row.get::<_, Option<String>>(at);
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, date(2)?, date(3)?))
        };
        let found = self.connection.query_row(sql, [], row);
        let (documents, works, oldest, newest) = found.map_err(|error| self.failed(error))?;
        let date = |text: Option<String>| PartialDate::parse(&text?);
        Ok(Extent {
            documents: documents as usize,
            works: works as usize,
            dates: date(oldest).zip(date(newest)),
        })
    }

    /// The edges that touch a work, with the works at their other ends.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn touching(&self, work: &WorkId) -> Result<ReferenceGraph, IndexError> {
        let links = [self.links_to(work)?, self.links_from(work)?];
        let links = links.into_iter().flatten().collect();
        let mut nodes = Nodes::default();
        let (edges, mut members) = self.edges(links, Detail::Passages, &mut nodes)?;
        members.insert(work.clone());
        Ok(ReferenceGraph::new(self.all(&members)?, edges))
    }

    /// How often a work is cited and cites.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn counts(&self, work: &WorkId) -> Result<Counts, IndexError> {
        let citing = "FROM links LEFT JOIN aliases ON aliases.id = links.work \
                      WHERE relation <> 'self' AND coalesce(aliases.work, links.work) <> ?1";
        let one = |sql: String| {
            let counted = self.numbers(&sql, [work.as_str()])?;
            Ok::<_, IndexError>(counted.first().map_or(0, |count| *count as usize))
        };
        let by_relation =
            format!("SELECT relation, sum(mentions) {citing} AND target IN ({OWN_IDS}) GROUP BY relation");
        let by_relation: Vec<(String, i64)> = self.pairs(&by_relation, [work.as_str()])?;
        let cited_as = by_relation
            .into_iter()
            .filter_map(|(relation, count)| Some((Relation::parse(&relation)?, count as usize)));
        let cited_as: BTreeMap<Relation, usize> = cited_as.collect();
        Ok(Counts {
            citing_works: one(format!(
                "SELECT count(DISTINCT coalesce(aliases.work, links.work)) {citing} AND target IN ({OWN_IDS})"
            ))?,
            cited_works: one(format!(
                "SELECT count(DISTINCT coalesce(aliases.work, target)) FROM links LEFT JOIN aliases ON aliases.id = target \
                 WHERE relation <> 'self' AND coalesce(aliases.work, target) <> ?1 \
                 AND document IN ({EXPRESSIONS})"
            ))?,
            mentions: cited_as.values().sum(),
            cited_as,
        })
    }

    /// The part of the graph that is reached from these works, with all edges inside of it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn around(
        &self,
        works: &[WorkId],
        reach: Reach,
        detail: Detail,
    ) -> Result<ReferenceGraph, IndexError> {
        let start: BTreeSet<WorkId> = works.iter().cloned().collect();
        let mut nodes = Nodes::default();
        let mut members = self.reached(&start, reach.cites, |work| self.cited(work, &mut nodes))?;
        members.extend(self.reached(&start, reach.who_cites, |work| self.citing(work, &mut nodes))?);
        let among: HashSet<&WorkId> = members.iter().collect();
        let mut links = Vec::new();
        for work in &members {
            links.extend(self.links_between(work, &among, &mut nodes)?);
        }
        let (edges, _) = self.edges(links, detail, &mut nodes)?;
        Ok(ReferenceGraph::new(self.all(&members)?, edges))
    }

    fn reached(
        &self,
        start: &BTreeSet<WorkId>,
        depth: Option<usize>,
        mut next: impl FnMut(&WorkId) -> Result<Vec<WorkId>, IndexError>,
    ) -> Result<BTreeSet<WorkId>, IndexError> {
        let (mut reached, mut edge) = (start.clone(), start.clone());
        let mut left = depth.unwrap_or(usize::MAX);
        while left > 0 && !edge.is_empty() {
            let mut further = BTreeSet::new();
            for work in &edge {
                further.extend(
                    next(work)?
                        .into_iter()
                        .filter(|work| reached.insert(work.clone())),
                );
            }
            (edge, left) = (further, left - 1);
        }
        Ok(reached)
    }

    fn cited(&self, work: &WorkId, nodes: &mut Nodes) -> Result<Vec<WorkId>, IndexError> {
        let sql = "SELECT DISTINCT target FROM links WHERE document = ?1 AND relation <> 'self'";
        self.nodes_of(&self.numbers(EXPRESSIONS, [work.as_str()])?, sql, nodes)
    }

    fn citing(&self, work: &WorkId, nodes: &mut Nodes) -> Result<Vec<WorkId>, IndexError> {
        let sql = "SELECT DISTINCT work FROM links WHERE target = ?1 AND relation <> 'self'";
        self.nodes_of(&self.texts_in(OWN_IDS, [work.as_str()])?, sql, nodes)
    }

    /// The nodes of the ids that a query gives for each of these.
    fn nodes_of<T: rusqlite::ToSql>(
        &self,
        each: &[T],
        sql: &str,
        nodes: &mut Nodes,
    ) -> Result<Vec<WorkId>, IndexError> {
        let mut found = Vec::new();
        for one in each {
            for id in self.texts_in(sql, [one])? {
                found.push(self.node_of(&id, nodes)?.clone());
            }
        }
        Ok(found)
    }

    fn node_of<'n>(&self, id: &str, nodes: &'n mut Nodes) -> Result<&'n WorkId, IndexError> {
        if !nodes.0.contains_key(id) {
            nodes.0.insert(id.to_owned(), WorkId::new(self.alias(id)?));
        }
        Ok(&nodes.0[id])
    }

    /// The links from a work to works among these. All that is asked of them stands in the index of the table: most links of
    /// a document lead elsewhere, and the table has them by target.
    fn links_between(
        &self,
        work: &WorkId,
        members: &HashSet<&WorkId>,
        nodes: &mut Nodes,
    ) -> Result<Vec<Link>, IndexError> {
        let mut links = Vec::new();
        for document in self.numbers(EXPRESSIONS, [work.as_str()])? {
            let sql = "SELECT target, relation, document, mentions, correction, ?2 FROM links \
                       WHERE document = ?1 AND relation <> 'self'";
            for link in self.links(sql, rusqlite::params![document, work.as_str()])? {
                if members.contains(self.node_of(&link.target, nodes)?) {
                    links.push(link);
                }
            }
        }
        Ok(links)
    }

    fn links_to(&self, work: &WorkId) -> Result<Vec<Link>, IndexError> {
        let which = format!("{LINKS} WHERE target IN ({OWN_IDS}) AND relation <> 'self'");
        self.links(&which, [work.as_str()])
    }

    fn links_from(&self, work: &WorkId) -> Result<Vec<Link>, IndexError> {
        let which = format!("{LINKS} WHERE document IN ({EXPRESSIONS}) AND relation <> 'self'");
        self.links(&which, [work.as_str()])
    }

    fn links(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<Link>, IndexError> {
        let link = |row: &rusqlite::Row<'_>| {
            Ok(Link {
                target: row.get(0)?,
                relation: Relation::parse(row.get_ref(1)?.as_str()?).unwrap_or(Relation::Cites),
                document: row.get(2)?,
                mentions: row.get::<_, i64>(3)? as usize,
                correction: row.get(4)?,
                work: row.get(5)?,
            })
        };
        let read = || -> rusqlite::Result<Vec<Link>> {
            let mut query = self.connection.prepare_cached(sql)?;
            query.query_map(values, link)?.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The edges of these links, and the works at their ends.
    fn edges(
        &self,
        mut links: Vec<Link>,
        detail: Detail,
        nodes: &mut Nodes,
    ) -> Result<(Vec<Edge>, BTreeSet<WorkId>), IndexError> {
        // The order of passages matters only where something of them is shown.
        let is_shown = |link: &Link| detail == Detail::Passages || link.correction.is_some();
        let shown = links.iter().filter(|link| is_shown(link));
        let order = self.places(shown.map(|link| link.document).collect())?;
        links.sort_by_key(|link| (!is_shown(link), order.get(&link.document)));
        let mut edges: BTreeMap<(WorkId, WorkId, Relation), Vec<Placed>> = BTreeMap::new();
        for link in links {
            let citing = self.node_of(&link.work, nodes)?.clone();
            let cited = self.node_of(&link.target, nodes)?.clone();
            if citing == cited {
                continue;
            }
            let passages = match detail {
                Detail::Counts => counted(&link),
                Detail::Passages => self.passages_of(&link)?,
            };
            let at = order.get(&link.document).cloned().unwrap_or_default();
            let edge = edges.entry((citing, cited, link.relation)).or_default();
            edge.extend(
                passages
                    .into_iter()
                    .map(|(place, one)| ((at.clone(), place), one)),
            );
        }
        let ends = edges
            .keys()
            .flat_map(|(citing, cited, _)| [citing.clone(), cited.clone()]);
        let members = ends.collect();
        let edges = edges
            .into_iter()
            .map(|((citing, cited, relation), mut evidence)| {
                if detail == Detail::Passages {
                    // One document may name a work by several ids: its passages come in the order of its text.
                    evidence.sort_by(|a, b| a.0.cmp(&b.0));
                }
                let evidence = evidence.into_iter().map(|(_, evidence)| evidence).collect();
                Edge {
                    citing,
                    cited,
                    relation,
                    evidence,
                }
            });
        Ok((edges.collect(), members))
    }
}

/// The nodes of ids that were looked up already.
#[derive(Default)]
struct Nodes(HashMap<String, WorkId>);

/// Links with all that is read of them.
const LINKS: &str = "SELECT target, relation, document, mentions, correction, work FROM links";

/// The ids that one work goes by.
pub(super) const OWN_IDS: &str = "SELECT id FROM aliases WHERE work = ?1 UNION SELECT ?1";

/// The documents that are expressions of a work.
const EXPRESSIONS: &str = "SELECT id FROM documents WHERE work = ?1 UNION ALL SELECT documents.id FROM aliases \
     JOIN documents ON documents.work = aliases.id WHERE aliases.work = ?1 AND aliases.id <> ?1";

impl Index {
    pub(super) fn places(&self, documents: BTreeSet<i64>) -> Result<BTreeMap<i64, Order>, IndexError> {
        let sql = "SELECT files.sort, documents.place FROM documents JOIN files ON files.id = file WHERE documents.id = ?1";
        let one = |id: i64| {
            let mut query = self.connection.prepare_cached(sql)?;
            query.query_row([id], |row| Ok((id, (row.get(0)?, row.get(1)?))))
        };
        let all: rusqlite::Result<_> = documents.into_iter().map(one).collect();
        all.map_err(|error| self.failed(error))
    }

    fn passages_of(&self, link: &Link) -> Result<Vec<(i64, Evidence)>, IndexError> {
        let sql = "SELECT path FROM documents WHERE id = ?1";
        let path = || {
            self.connection
                .prepare_cached(sql)?
                .query_row([link.document], |row| row.get::<_, String>(0))
        };
        let path = path().map_err(|error| self.failed(error))?;
        let sql = "SELECT mention FROM targets WHERE mention BETWEEN ?1 AND ?2 AND target = ?3";
        let first = link.document * PLACES;
        let mut passages = Vec::new();
        for mention in self.numbers(sql, rusqlite::params![first, first + PLACES - 1, link.target])? {
            let reference = self.reference(mention)?;
            if reference.mention.relation == link.relation {
                passages.push((mention, evidence(&path, &reference)));
            }
        }
        Ok(passages)
    }

    /// The documents with passages that may mean a work, each with these references alone; in order of path.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn possible(&self, work: &WorkId) -> Result<Vec<CitingDocument>, IndexError> {
        let sql = &format!(
            "SELECT DISTINCT mention FROM candidates WHERE candidate IN ({OWN_IDS}) ORDER BY mention"
        );
        let mut by_document: BTreeMap<i64, Vec<Reference>> = BTreeMap::new();
        for mention in self.numbers(sql, [work.as_str()])? {
            by_document
                .entry(mention / PLACES)
                .or_default()
                .push(self.reference(mention)?);
        }
        let order = self.places(by_document.keys().copied().collect())?;
        let mut documents: Vec<(i64, Vec<Reference>)> = by_document.into_iter().collect();
        documents.sort_by_key(|(id, _)| order.get(id));
        documents
            .into_iter()
            .map(|(id, references)| {
                Ok(CitingDocument {
                    references,
                    ..self.citing_document(id)?
                })
            })
            .collect()
    }

    /// The ids that are one work with this one.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn aliases_of(&self, work: &WorkId) -> Result<Aliases, IndexError> {
        let sql = "SELECT id FROM aliases WHERE work = ?1";
        let ids = self.ids(sql, [work.as_str()])?.into_iter();
        Ok(ids.map(|id| (id, work.clone())).collect())
    }

    /// A document without its references.
    pub(super) fn citing_document(&self, id: i64) -> Result<CitingDocument, IndexError> {
        let sql = "SELECT path, language, work, version, date, title FROM documents WHERE id = ?1";
        let document = |row: &rusqlite::Row<'_>| {
            let text = |at| row.get::<_, Option<String>>(at);
            Ok(CitingDocument {
                path: row.get(0)?,
                language: Language::parse(row.get_ref(1)?.as_str()?).unwrap_or(Language::ENGLISH),
                work: WorkId::new(text(2)?.unwrap_or_default()),
                version: text(3)?.unwrap_or_default(),
                date: text(4)?.and_then(|date| PartialDate::parse(&date)),
                title: text(5)?,
                references: Vec::new(),
            })
        };
        let read = || self.connection.prepare_cached(sql)?.query_row([id], document);
        read().map_err(|error| self.failed(error))
    }

    pub(super) fn numbers(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<i64>, IndexError> {
        let read = || -> rusqlite::Result<Vec<i64>> {
            self.connection
                .prepare_cached(sql)?
                .query_map(values, |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    fn all(&self, members: &BTreeSet<WorkId>) -> Result<Vec<Work>, IndexError> {
        let mut data = Vec::with_capacity(members.len());
        for id in members {
            data.extend(self.texts_in("SELECT data FROM works WHERE id = ?1", [id.as_str()])?);
        }
        let works: Result<_, serde_json::Error> =
            data.par_iter().map(|data| serde_json::from_str(data)).collect();
        Ok(works?)
    }
}

/// As many passages as there are, without their words; the first bears the correction.
fn counted(link: &Link) -> Vec<(i64, Evidence)> {
    let passage = |place: usize| Evidence {
        document: String::new(),
        language: Language::ENGLISH,
        start: 0,
        end: 0,
        line: 0,
        text: String::new(),
        snippet: String::new(),
        paragraph: None,
        footnote: None,
        pinpoint: None,
        confidence: 0.0,
        correction: link.correction.clone().filter(|_| place == 0),
    };
    (0..link.mentions)
        .map(|place| (place as i64, passage(place)))
        .collect()
}

impl Index {
    /// The whole graph; how many passages each edge has is told, and their words are left out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn whole(&self) -> Result<ReferenceGraph, IndexError> {
        let aliases = self.all_aliases()?;
        let mut edges: BTreeMap<(WorkId, WorkId, Relation), Vec<Evidence>> = BTreeMap::new();
        for link in self.links(&format!("{LINKS} WHERE relation <> 'self'"), [])? {
            let passages = counted(&link).into_iter().map(|(_, one)| one);
            let node = |id: &String| aliases.get(id).cloned().unwrap_or_else(|| WorkId::new(id));
            edges
                .entry((node(&link.work), node(&link.target), link.relation))
                .or_default()
                .extend(passages);
        }
        let edges = edges
            .into_iter()
            .map(|((citing, cited, relation), evidence)| Edge {
                citing,
                cited,
                relation,
                evidence,
            });
        Ok(ReferenceGraph::new(self.all_works()?, edges.collect()))
    }

    pub(super) fn all_aliases(&self) -> Result<BTreeMap<String, WorkId>, IndexError> {
        let pairs = self.pairs::<String>("SELECT id, work FROM aliases", [])?;
        Ok(pairs
            .into_iter()
            .map(|(id, work)| (id, WorkId::new(work)))
            .collect())
    }

    pub(super) fn all_works(&self) -> Result<Vec<Work>, IndexError> {
        let data = self.column("SELECT data FROM works ORDER BY id")?;
        let works: Result<_, serde_json::Error> =
            data.par_iter().map(|data| serde_json::from_str(data)).collect();
        Ok(works?)
    }
}
