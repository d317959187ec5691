//! Files in, an index that holds them out: only what changed is read, several files at a time, and written in the order
//! of the files, a batch to a transaction.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::affected::Knowledge;
use super::documents::{Content, Entry};
use super::files::{Known, KnownFiles, Roots};
use super::{Index, IndexError, Options, Source, Unread};
use crate::read;
use crate::recognize::Recognizer;
use crate::resolve::Dates;
use crate::tables::Tables;

/// How files are read: what a scan needs from whoever starts it.
pub struct Scan<'a> {
    /// What the program knows.
    pub tables: &'a Tables,
    /// What finds mentions; made from these tables and options.
    pub recognizer: &'a Recognizer<'a>,
    /// How documents are read; the same for all scans of an index.
    pub options: &'a Options,
    /// The bytes of a file, or why there are none.
    pub bytes: &'a (dyn Fn(&Source) -> Result<Vec<u8>, String> + Sync),
    /// Called after each file.
    pub step: &'a (dyn Fn() + Sync),
    /// Set from outside to end the scan early: what is done is kept, and the next scan goes on.
    pub stop: &'a AtomicBool,
    /// The time, in nanoseconds since 1970.
    pub now: i64,
}

/// What a scan came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new.
    pub read: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files that were read again.
    pub changed: usize,
    /// Files that have another path.
    pub renamed: usize,
    /// Files that are gone.
    pub removed: usize,
    /// All documents of the index.
    pub documents: usize,
    /// All works.
    pub works: usize,
    /// All references between works.
    pub references: usize,
    /// How documents were read that were not plain UTF-8: path and remark.
    pub remarks: Vec<(String, String)>,
    /// Whether it was ended early.
    pub stopped: bool,
}

/// Where the number of edges is kept: to count them takes a while.
pub(super) const REFERENCES: &str = "references";

/// How many bytes, and how many files, are read before they are written.
const BATCH: (u64, usize) = (8 << 20, 512);
/// How many batches may wait to be written.
const WAITING: usize = 1;

/// A file to look at, with what the index knows of it.
type Job = (Source, Option<Known>);

/// What a look at a file came to.
enum Found {
    /// Its bytes are as they were.
    Same(Known),
    /// A file of these bytes is gone from elsewhere.
    Moved(Known),
    /// It was read.
    Read(Content),
}

/// Files that are gone, by hash.
type Gone = Mutex<HashMap<Vec<u8>, Vec<Known>>>;

impl Index {
    /// Brings the index up to date with these files; of those below the roots that are not among them nothing remains.
    ///
    /// Files that are as they were are not read. After a scan the index says of its files what a new index of the
    /// same files would say.
    ///
    /// # Errors
    /// If the index cannot be written; what was written before stays, and the next scan goes on from there.
    pub fn scan(
        &mut self,
        scan: &Scan<'_>,
        sources: Vec<Source>,
        roots: &Roots,
    ) -> Result<Summary, IndexError> {
        self.in_transaction(|index| index.begin(scan, roots))?;
        let known = self.known_files()?;
        let vanished = self.vanished(&known, &sources, roots);
        let mut summary = Summary::default();
        let jobs = to_look_at(scan, sources, &known, &mut summary);
        if !jobs.is_empty() || !vanished.is_empty() {
            self.work_off(scan, jobs, vanished, &mut summary)?;
        }
        if self.is_stale()? && !summary.stopped {
            let dates = if scan.options.as_written {
                Dates::AsWritten
            } else {
                Dates::Corrected
            };
            self.resolve(Knowledge {
                tables: scan.tables,
                recognizer: scan.recognizer,
                dates,
            })?;
        }
        self.count(&mut summary)?;
        Ok(summary)
    }

    fn begin(&self, scan: &Scan<'_>, roots: &Roots) -> Result<(), IndexError> {
        if !self.is_of_this_program()? {
            // Another version may find other things: without a hash every file counts as changed.
            let done = self.connection.execute("UPDATE files SET hash = NULL", []);
            done.map_err(|error| self.failed(error))?;
            // And know other things of what has not changed.
            self.set_stale_as_a_whole()?;
            self.set_options(scan.options)?;
        }
        self.add_roots(roots).map_err(|error| self.failed(error))
    }

    fn work_off(
        &mut self,
        scan: &Scan<'_>,
        jobs: Vec<Job>,
        vanished: Vec<Known>,
        summary: &mut Summary,
    ) -> Result<(), IndexError> {
        let mut gone: HashMap<Vec<u8>, Vec<Known>> = HashMap::new();
        for file in &vanished {
            let hash = file.hash.clone().unwrap_or_default();
            gone.entry(hash).or_default().push(file.clone());
        }
        let gone = Mutex::new(gone);
        let (send, receive) = sync_channel(WAITING);
        std::thread::scope(|threads| {
            threads.spawn(|| look(scan, jobs, &gone, send));
            self.write(scan, receive, summary)
        })?;
        summary.stopped = scan.stop.load(Ordering::Relaxed);
        if summary.stopped {
            return Ok(());
        }
        let left: Vec<Known> = lock(&gone).drain().flat_map(|(_, files)| files).collect();
        summary.removed = left.len();
        self.in_transaction(|index| {
            if !left.is_empty() {
                index.set_stale()?;
            }
            left.iter().try_for_each(|file| index.remove(file.id))
        })
    }

    fn write(
        &mut self,
        scan: &Scan<'_>,
        batches: Receiver<Vec<(Job, Found)>>,
        summary: &mut Summary,
    ) -> Result<(), IndexError> {
        for batch in batches {
            self.in_transaction(|index| {
                batch
                    .iter()
                    .try_for_each(|(job, found)| index.note(scan.now, job, found, summary))
            })?;
        }
        Ok(())
    }

    fn note(&self, now: i64, job: &Job, found: &Found, summary: &mut Summary) -> Result<(), IndexError> {
        let (source, known) = job;
        match found {
            Found::Same(known) if known.path == source.path => {
                summary.unchanged += 1;
                self.mark(known.id, source, known.hash.as_deref(), now)
            }
            Found::Same(known) | Found::Moved(known) => {
                summary.renamed += 1;
                self.set_stale()?;
                self.rename(known, source, now)
            }
            Found::Read(content) => {
                match known {
                    Some(_) => summary.changed += 1,
                    None => summary.read += 1,
                }
                let remarks = content.entries.iter();
                let remarks = remarks.filter_map(|e| Some((e.findings.path.clone(), e.remark.clone()?)));
                summary.remarks.extend(remarks);
                self.set_stale()?;
                self.put(source, known.as_ref().map(|known| known.id), content, now)
            }
        }
    }

    /// All or nothing of what is done to the index.
    pub(super) fn in_transaction<T>(
        &mut self,
        act: impl FnOnce(&Self) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        let sql = |index: &Self, sql| {
            index
                .connection
                .execute_batch(sql)
                .map_err(|error| index.failed(error))
        };
        sql(self, "BEGIN IMMEDIATE")?;
        let done = act(self);
        sql(self, if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done
    }

    fn count(&self, summary: &mut Summary) -> Result<(), IndexError> {
        let one = |sql| {
            let count = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
            count
                .map(|count| count as usize)
                .map_err(|error| self.failed(error))
        };
        summary.documents = one("SELECT count(*) FROM documents")?;
        summary.works = one("SELECT count(*) FROM works")?;
        summary.references = self.number(REFERENCES)?;
        Ok(())
    }
}

/// The files that size and time do not tell to be as they were.
fn to_look_at(scan: &Scan<'_>, sources: Vec<Source>, known: &KnownFiles, summary: &mut Summary) -> Vec<Job> {
    let mut jobs = Vec::new();
    for source in sources {
        match known.get(&source.key) {
            Some(file) if file.is_surely(&source) && file.path == source.path => {
                summary.unchanged += 1;
                (scan.step)();
            }
            file => jobs.push((source, file.cloned())),
        }
    }
    jobs
}

/// Looks at all files, a batch at a time, until it is to stop or nobody listens.
fn look(scan: &Scan<'_>, jobs: Vec<Job>, gone: &Gone, send: SyncSender<Vec<(Job, Found)>>) {
    let mut jobs = jobs.into_iter().peekable();
    while jobs.peek().is_some() && !scan.stop.load(Ordering::Relaxed) {
        let batch = batch(&mut jobs);
        let one = |job: Job| {
            let found = look_at(scan, &job, gone);
            (scan.step)();
            (job, found)
        };
        let found = batch.into_par_iter().map(one).collect();
        if send.send(found).is_err() {
            return;
        }
    }
}

fn batch(jobs: &mut impl Iterator<Item = Job>) -> Vec<Job> {
    let (mut bytes, mut batch) = (0, Vec::new());
    for job in jobs {
        bytes += job.0.size;
        batch.push(job);
        if bytes >= BATCH.0 || batch.len() >= BATCH.1 {
            break;
        }
    }
    batch
}

fn look_at(scan: &Scan<'_>, (source, known): &Job, gone: &Gone) -> Found {
    let bytes = match (scan.bytes)(source) {
        Ok(bytes) => bytes,
        Err(reason) => return Found::Read(refused(source, reason)),
    };
    let hash = blake3::hash(&bytes).as_bytes().to_vec();
    if let Some(known) = known.as_ref().filter(|known| known.hash.as_ref() == Some(&hash)) {
        return Found::Same(known.clone());
    }
    let moved = known
        .is_none()
        .then(|| lock(gone).get_mut(&hash)?.pop())
        .flatten();
    match moved {
        Some(known) => Found::Moved(known),
        None => Found::Read(content(scan, source, &bytes, hash)),
    }
}

/// A file without bytes: it has no hash, so that every scan tries again.
fn refused(source: &Source, reason: String) -> Content {
    let path = source.path.clone();
    Content {
        hash: None,
        entries: Vec::new(),
        unread: vec![Unread { path, reason }],
    }
}

fn content(scan: &Scan<'_>, source: &Source, bytes: &[u8], hash: Vec<u8>) -> Content {
    let mut content = Content {
        hash: Some(hash),
        entries: Vec::new(),
        unread: Vec::new(),
    };
    for part in read::parts(&source.path, bytes) {
        let reading = part
            .bytes
            .and_then(|bytes| read::read(&part.path, &bytes, scan.tables, scan.options.language));
        match reading {
            Ok(reading) => content.entries.push(Entry::of(reading, scan.recognizer)),
            Err(error) => content.unread.push(Unread {
                path: part.path,
                reason: error.to_string(),
            }),
        }
    }
    content
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
