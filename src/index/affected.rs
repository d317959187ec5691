//! A few changes in, the documents that are resolved again for them out: those that changed, those whose work is another
//! for it, and those of which a mention may be led elsewhere. All others are left alone.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::changed::Gone;
use super::resolved::{Resolved, verdict};
use super::{Index, IndexError};
use crate::model::{Language, WorkId};
use crate::recognize::{Findings, Recognizer};
use crate::resolve::{Context, Dates, Key, Offer, Role, Title, asks_for, date_number, keys, of_documents};
use crate::tables::Tables;

/// What resolving needs besides the index.
#[derive(Clone, Copy)]
pub(super) struct Knowledge<'a> {
    pub tables: &'a Tables,
    pub recognizer: &'a Recognizer<'a>,
    pub dates: Dates,
}

/// What came of it: whatever is made from these documents and ids has to be made again.
#[derive(Default)]
pub(super) struct Affected {
    pub documents: BTreeSet<i64>,
    pub ids: BTreeSet<WorkId>,
    /// The works that lost a document.
    pub left: BTreeSet<WorkId>,
}

/// Some documents with their context.
struct Local {
    ids: Vec<i64>,
    findings: Vec<Findings>,
    context: Context,
}

impl Local {
    fn of(&self, id: i64) -> Option<(usize, &Findings)> {
        let at = self.ids.iter().position(|known| *known == id)?;
        Some((at, &self.findings[at]))
    }
}

impl Index {
    /// Resolves what the changes since the last time may have touched.
    pub(super) fn resolve_affected(&self, knowledge: Knowledge<'_>) -> Result<Affected, IndexError> {
        let (changed, gone) = (self.changed()?, self.gone()?);
        for id in &changed {
            let open = self.open_of(*id)?;
            self.renew_keys(*id, &open, (knowledge.tables, knowledge.recognizer))?;
        }
        let moved = self.settle_works(&changed, &gone, knowledge.tables)?;
        let mut affected = Affected::default();
        for gone in &gone {
            affected.ids.extend(gone.ids.iter().cloned());
            affected.left.insert(gone.work.clone());
        }
        affected.left.extend(moved.values().cloned());
        let mut works = affected.left.clone();
        for id in changed.iter().chain(moved.keys()) {
            works.insert(self.citing_document(*id)?.work);
        }
        let mut looked: BTreeSet<i64> = changed.iter().chain(moved.keys()).copied().collect();
        let offers = self.offers(&works, &gone, knowledge)?;
        looked.extend(self.asking(&offers, &looked)?);
        let titles = self.settle_titles(&looked, &works, knowledge)?;
        looked.extend(self.asking(&titles, &looked)?);
        affected.documents = changed;
        self.resolve_again(&looked, knowledge, &mut affected)?;
        affected.ids.extend(works);
        self.drop_titles()?;
        Ok(affected)
    }

    /// Finds the works of documents that changed, and of those that may be the same; tells which have another now, and which
    /// they had.
    fn settle_works(
        &self,
        changed: &BTreeSet<i64>,
        gone: &[Gone],
        tables: &Tables,
    ) -> Result<BTreeMap<i64, WorkId>, IndexError> {
        let mut keys: BTreeSet<Key> = gone.iter().flat_map(|gone| gone.keys.iter().copied()).collect();
        keys.extend(self.keys_of_all(changed)?);
        let mut open = changed.clone();
        open.extend(self.holders(Role::Unnumbered, of_role(&keys, Role::Numbered))?);
        keys.extend(self.keys_of_all(&open)?);
        let called = self.holders(Role::Called, of_role(&keys, Role::Called))?;
        keys.extend(self.keys_of_all(&called)?);
        open.extend(called);
        let days = of_role(&keys, Role::Unnumbered);
        let mut all = open.clone();
        all.extend(self.holders(Role::Numbered, days)?);
        let ids = self.in_order(&all)?;
        let heads: Vec<Findings> = ids.iter().map(|id| self.head_of(*id)).collect::<Result<_, _>>()?;
        let mut moved = BTreeMap::new();
        for (id, work) in ids.into_iter().zip(of_documents(&heads, tables)) {
            let before = self.citing_document(id)?.work;
            if before != work && open.contains(&id) {
                self.write_row(
                    "UPDATE documents SET work = ?2 WHERE id = ?1",
                    rusqlite::params![id, work.as_str()],
                )?;
                moved.insert(id, before);
            }
        }
        moved.retain(|_, before| !before.as_str().is_empty());
        Ok(moved)
    }

    fn keys_of_all(&self, documents: &BTreeSet<i64>) -> Result<BTreeSet<Key>, IndexError> {
        let mut all = BTreeSet::new();
        for id in documents {
            all.extend(self.keys_of(*id)?);
        }
        Ok(all)
    }

    /// What others may be led to, or were, because of these works.
    fn offers(
        &self,
        works: &BTreeSet<WorkId>,
        gone: &[Gone],
        knowledge: Knowledge<'_>,
    ) -> Result<Vec<Offer>, IndexError> {
        let mut heads: Vec<Findings> = gone.iter().map(head).collect();
        for id in self.documents_of(works)? {
            heads.push(self.head_of(id)?);
        }
        let rows = knowledge.tables.conclusions.iter();
        let rows = rows.filter(|row| works.contains(&row.id));
        let rows = rows.map(|row| Offer::of_row(row, knowledge.recognizer));
        let offers = heads
            .iter()
            .filter_map(|head| Offer::of(head, knowledge.recognizer));
        Ok(offers.chain(rows).collect())
    }

    /// The documents besides these of which a mention may be led to one of the offers.
    fn asking(&self, offers: &[Offer], known: &BTreeSet<i64>) -> Result<BTreeSet<i64>, IndexError> {
        let dates = offers.iter().flat_map(Offer::dates);
        let dates = dates.map(|date| date_number(*date)).collect();
        let mut perhaps = self.of_dates(Role::AsksDate, &dates)?;
        perhaps.extend(self.near_dates(Role::AsksDate, &dates)?);
        for offer in offers {
            perhaps.extend(self.on_topic((Role::AsksTopic, Role::AsksAnyTopic), offer)?);
        }
        let mut asking = BTreeSet::new();
        for id in perhaps.difference(known) {
            if asks_for(&self.open_of(*id)?, offers) {
                asking.insert(*id);
            }
        }
        Ok(asking)
    }

    /// Writes the titles that these documents give to others; tells those that are new, gone, or of works that changed.
    fn settle_titles(
        &self,
        documents: &BTreeSet<i64>,
        works: &BTreeSet<WorkId>,
        knowledge: Knowledge<'_>,
    ) -> Result<Vec<Offer>, IndexError> {
        let local = self.local(documents, self.answering(documents)?, knowledge)?;
        let mut rows = BTreeSet::new();
        for id in documents {
            let Some((at, open)) = local.of(*id) else { continue };
            let new = self.renew_titles(*id, &local.context.titles_of(at, open))?;
            rows.extend(new.iter().copied());
            for row in new {
                if let Some(title) = self.title(row)? {
                    self.add_title_keys(row, &Offer::of_title(&title.topic, &title.about))?;
                }
            }
        }
        rows.extend(self.numbers("SELECT id FROM titles WHERE documents = 0", [])?);
        for work in works {
            rows.extend(self.numbers("SELECT id FROM titles WHERE work = ?1", [work.as_str()])?);
        }
        let titles = self.titles_in(rows)?;
        let offers = titles.iter();
        Ok(offers
            .map(|title| Offer::of_title(&title.topic, &title.about))
            .collect())
    }

    fn titles_in(&self, rows: BTreeSet<i64>) -> Result<BTreeSet<Title>, IndexError> {
        let titles: Result<Vec<Option<Title>>, IndexError> =
            rows.into_iter().map(|row| self.title(row)).collect();
        Ok(titles?.into_iter().flatten().collect())
    }

    /// Resolves these documents, and writes those that refer to something else than before.
    fn resolve_again(
        &self,
        documents: &BTreeSet<i64>,
        knowledge: Knowledge<'_>,
        affected: &mut Affected,
    ) -> Result<(), IndexError> {
        let titles = self.titles_for(documents)?;
        let mut known = self.answering(documents)?;
        known.extend(self.documents_of(titles.iter().map(|title| &title.id))?);
        let mut local = self.local(documents, known.clone(), knowledge)?;
        local.context = local.context.with_titles(titles.clone(), knowledge.dates);
        let near = self.near_dates(Role::IsOf, &local.dates_as_written(documents))?;
        if !near.is_subset(&known) {
            known.extend(self.with_others_of_their_works(near)?);
            local = self.local(documents, known, knowledge)?;
            local.context = local.context.with_titles(titles, knowledge.dates);
        }
        for id in documents {
            let Some((at, open)) = local.of(*id) else { continue };
            let verdict = verdict(at, open, &local.context)?;
            if self.verdict_of(*id)?.as_ref() == Some(&verdict) {
                continue;
            }
            affected.ids.extend(self.ids_of(*id)?);
            let findings = self.findings_of(*id)?;
            self.write_resolved(&Resolved::new((at, *id), verdict, &findings, &local.context))?;
            affected.ids.extend(self.ids_of(*id)?);
            affected.documents.insert(*id);
        }
        Ok(())
    }

    /// The titles that mentions of these documents may be led to.
    fn titles_for(&self, documents: &BTreeSet<i64>) -> Result<BTreeSet<Title>, IndexError> {
        let keys = self.keys_of_all(documents)?;
        let mut rows = self.holders(Role::AnyTitle, of_role(&keys, Role::AsksTopic))?;
        rows.extend(self.holders(Role::Title, of_role(&keys, Role::AsksAnyTopic))?);
        for dead in self.numbers("SELECT id FROM titles WHERE documents = 0", [])? {
            rows.remove(&dead);
        }
        self.titles_in(rows)
    }

    /// The documents that mentions of these may be led to, save for dates that are not as written.
    fn answering(&self, documents: &BTreeSet<i64>) -> Result<BTreeSet<i64>, IndexError> {
        let keys = self.keys_of_all(documents)?;
        let dates = of_role(&keys, Role::AsksDate).collect();
        let mut found = self.of_dates(Role::IsOf, &dates)?;
        found.extend(self.holders(Role::AnyTopic, of_role(&keys, Role::AsksTopic))?);
        found.extend(self.holders(Role::Topic, of_role(&keys, Role::AsksAnyTopic))?);
        self.with_others_of_their_works(found)
    }

    fn with_others_of_their_works(&self, documents: BTreeSet<i64>) -> Result<BTreeSet<i64>, IndexError> {
        let mut works = BTreeSet::new();
        for id in &documents {
            works.insert(self.citing_document(*id)?.work);
        }
        self.documents_of(&works)
    }

    /// The documents that are expressions of these works.
    pub(super) fn documents_of<'w>(
        &self,
        works: impl IntoIterator<Item = &'w WorkId>,
    ) -> Result<BTreeSet<i64>, IndexError> {
        let mut found = BTreeSet::new();
        for work in works {
            found.extend(self.numbers("SELECT id FROM documents WHERE work = ?1", [work.as_str()])?);
        }
        Ok(found)
    }

    /// These documents with what is open in them, in the context of those that they may be led to.
    fn local(
        &self,
        documents: &BTreeSet<i64>,
        known: BTreeSet<i64>,
        knowledge: Knowledge<'_>,
    ) -> Result<Local, IndexError> {
        let mut all = known;
        all.extend(documents);
        all.extend(self.documents_of(knowledge.tables.conclusions.iter().map(|row| &row.id))?);
        let ids = self.in_order(&all)?;
        let one = |id: &i64| match documents.contains(id) {
            true => self.open_of(*id),
            false => self.head_of(*id),
        };
        let findings: Vec<Findings> = ids.iter().map(one).collect::<Result<_, _>>()?;
        let context = self.context_of(&ids, &findings, knowledge)?;
        Ok(Local {
            ids,
            findings,
            context,
        })
    }

    /// The context of some documents, in order, as far as they alone tell it.
    pub(super) fn context_of(
        &self,
        ids: &[i64],
        findings: &[Findings],
        knowledge: Knowledge<'_>,
    ) -> Result<Context, IndexError> {
        let works: Result<Vec<WorkId>, IndexError> =
            ids.iter().map(|id| Ok(self.citing_document(*id)?.work)).collect();
        let known = (knowledge.tables, knowledge.recognizer);
        Ok(Context::of_works(findings, works?, known))
    }

    /// Documents in the order of all.
    pub(super) fn in_order(&self, documents: &BTreeSet<i64>) -> Result<Vec<i64>, IndexError> {
        let order = self.places(documents.clone())?;
        let mut ids: Vec<i64> = documents.iter().copied().collect();
        ids.sort_by_key(|id| order.get(id));
        Ok(ids)
    }

    /// Writes the keys and titles of all documents; tells the titles.
    pub(super) fn write_keys(
        &self,
        ids: &[i64],
        open: &[Findings],
        (context, knowledge): (&Context, Knowledge<'_>),
    ) -> Result<BTreeSet<Title>, IndexError> {
        let of_one = |at: usize| {
            let keys = keys(&open[at], knowledge.tables, knowledge.recognizer);
            (ids[at], (keys, context.titles_of(at, &open[at])))
        };
        let all: BTreeMap<i64, _> = (0..ids.len()).into_par_iter().map(of_one).collect();
        let (mut keys, mut titles) = (BTreeMap::new(), BTreeMap::new());
        for (id, (of_it, by_it)) in all {
            keys.insert(id, of_it);
            titles.insert(id, by_it);
        }
        let all = titles.values().flatten().cloned().collect();
        self.write_all_keys(keys, titles)?;
        Ok(all)
    }
}

impl Local {
    /// The dates of conclusions that these documents refer to by nothing else: one close to it may be meant.
    fn dates_as_written(&self, documents: &BTreeSet<i64>) -> BTreeSet<i64> {
        let mut dates = BTreeSet::new();
        for (at, id) in self.ids.iter().enumerate() {
            if !documents.contains(id) {
                continue;
            }
            let targets = self.context.targets(at, &self.findings[at]);
            let dated = targets.iter().filter_map(|(target, _)| target.id());
            let dated = dated.filter(|id| id.is_dated_conclusions());
            let days = dated.filter_map(|id| crate::resolve::date(id).filter(|date| date.is_full()));
            dates.extend(days.map(date_number));
        }
        dates
    }
}

fn of_role(keys: &BTreeSet<Key>, role: Role) -> impl Iterator<Item = i64> {
    keys.range((role, i64::MIN)..=(role, i64::MAX))
        .map(|(_, key)| *key)
}

fn head(gone: &Gone) -> Findings {
    Findings {
        path: String::new(),
        language: Language::parse(&gone.language).unwrap_or(Language::ENGLISH),
        identity: gone.identity.clone(),
        mentions: Vec::new(),
    }
}
