//! Documents in, rows out, and back: what comes of one file alone.

use rusqlite::{Connection, Params, Row, params};
use serde::{Deserialize, Serialize};

use super::files::{Known, sort_key};
use super::fold::folded_words;
use super::{Index, IndexError, Source, Unread};
use crate::model::{
    Clue, Designation, Document, Kind, Language, Leads, Mention, PartialDate, Passage, Reference, Relation,
    Span,
};
use crate::read::Reading;
use crate::recognize::{Findings, Recognizer};
use crate::resolve::{CitingDocument, open, reference};

/// The ids of what belongs to a document begin here.
pub(super) const PLACES: i64 = 1 << 24;

/// One document, read and recognized: all that is written of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub format: &'static str,
    pub findings: Findings,
    pub remark: Option<String>,
    pub text: String,
    pub passages: Vec<Paragraph>,
}

/// A paragraph with its words.
#[derive(Debug)]
pub(super) struct Paragraph {
    span: Span,
    line: usize,
    number: Option<String>,
    words: String,
}

impl Entry {
    /// What a document comes to.
    pub fn of(reading: Reading, recognizer: &Recognizer<'_>) -> Self {
        let document = &reading.document;
        Self {
            format: reading.format,
            findings: recognizer.recognize(document),
            remark: reading.remark,
            passages: paragraphs(document),
            text: document.text.original().to_owned(),
        }
    }
}

fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let blocks = document.blocks.iter().map(|block| {
        let span = document.text.to_original(block.span);
        Paragraph {
            line: document.text.line(span.start),
            span,
            number: block.number.clone(),
            words: folded_words(&document.text.repaired()[block.span.start..block.span.end]),
        }
    });
    blocks.filter(|paragraph| !paragraph.words.is_empty()).collect()
}

/// A file that was read: its documents and what in it could not be read.
#[derive(Debug)]
pub(super) struct Content {
    pub hash: Option<Vec<u8>>,
    pub entries: Vec<Entry>,
    pub unread: Vec<Unread>,
}

/// What of a mention has no column of its own.
#[derive(Serialize, Deserialize)]
struct Rest {
    designation: Designation,
    dated: Option<PartialDate>,
    in_note: Option<u16>,
    calls_note: Option<u16>,
    identified_by: Vec<usize>,
    clues: Vec<Clue>,
    link: Option<Leads>,
}

impl Index {
    /// Writes what a file holds, in place of what it held before; `id` is that of a file the index knows.
    pub(super) fn put(
        &self,
        source: &Source,
        id: Option<i64>,
        content: &Content,
        now: i64,
    ) -> Result<(), IndexError> {
        let file = match id {
            Some(id) => {
                self.take_out(id)?;
                id
            }
            None => self.add_file(source).map_err(|error| self.failed(error))?,
        };
        self.mark(file, source, content.hash.as_deref(), now)?;
        for (place, entry) in content.entries.iter().enumerate() {
            self.add_document(file, place, entry)?;
        }
        self.add_unread(file, &content.unread)
            .map_err(|error| self.failed(error))
    }

    fn add_file(&self, source: &Source) -> rusqlite::Result<i64> {
        let sql = "INSERT INTO files (key, path, sort, size, modified, read) VALUES (?1, '', '', 0, 0, 0)";
        self.connection.prepare_cached(sql)?.execute([&source.key])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Notes what a file is now.
    pub(super) fn mark(
        &self,
        file: i64,
        source: &Source,
        hash: Option<&[u8]>,
        now: i64,
    ) -> Result<(), IndexError> {
        let write = || {
            let sql = "UPDATE files SET key = ?2, path = ?3, sort = ?4, size = ?5, modified = ?6, read = ?7, hash = ?8 \
                       WHERE id = ?1";
            let (size, sort) = (source.size as i64, sort_key(&source.path));
            let values = params![
                file,
                source.key,
                source.path,
                sort,
                size,
                source.modified,
                now,
                hash
            ];
            self.connection.prepare_cached(sql)?.execute(values)
        };
        write().map(|_| ()).map_err(|error| self.failed(error))
    }

    /// Gives a file and all that is in it another path.
    pub(super) fn rename(&self, known: &Known, source: &Source, now: i64) -> Result<(), IndexError> {
        let write = || -> rusqlite::Result<()> {
            for table in ["documents", "unreadable"] {
                // Of a document inside of a file the path of the file is the beginning.
                let sql =
                    format!("UPDATE {table} SET path = ?2 || substr(path, length(?3) + 1) WHERE file = ?1");
                self.connection
                    .prepare_cached(&sql)?
                    .execute(params![known.id, source.path, known.path])?;
            }
            Ok(())
        };
        for document in self.documents_of_file(known.id)? {
            self.note_gone(document)?;
            self.note_changed(document)?;
        }
        write().map_err(|error| self.failed(error))?;
        self.mark(known.id, source, known.hash.as_deref(), now)
    }

    /// Takes a file out of the index, with all that came from it.
    pub(super) fn remove(&self, file: i64) -> Result<(), IndexError> {
        self.take_out(file)?;
        self.write_row("DELETE FROM files WHERE id = ?1", [file])
    }

    fn documents_of_file(&self, file: i64) -> Result<Vec<i64>, IndexError> {
        self.numbers("SELECT id FROM documents WHERE file = ?1", [file])
    }

    fn take_out(&self, file: i64) -> Result<(), IndexError> {
        for id in self.documents_of_file(file)? {
            self.note_gone(id)?;
            self.remove_keys(id)?;
            self.release_titles(id)?;
            let (first, last) = (id * PLACES, id * PLACES + PLACES - 1);
            for sql in [
                "DELETE FROM passage_words WHERE rowid BETWEEN ?1 AND ?2 \
                 AND rowid IN (SELECT id FROM passages WHERE id BETWEEN ?1 AND ?2)",
                "DELETE FROM passages WHERE id BETWEEN ?1 AND ?2",
                "DELETE FROM mentions WHERE id BETWEEN ?1 AND ?2",
                "DELETE FROM targets WHERE mention BETWEEN ?1 AND ?2",
                "DELETE FROM candidates WHERE mention BETWEEN ?1 AND ?2",
            ] {
                self.write_row(sql, [first, last])?;
            }
            for sql in [
                "DELETE FROM links WHERE document = ?1",
                "DELETE FROM topics WHERE document = ?1",
                "DELETE FROM couplings WHERE document = ?1",
                "DELETE FROM facts WHERE document = ?1",
                "DELETE FROM findings WHERE document = ?1",
                "DELETE FROM texts WHERE document = ?1",
                "DELETE FROM changed WHERE document = ?1",
                "DELETE FROM documents WHERE id = ?1",
            ] {
                self.write_row(sql, [id])?;
            }
        }
        self.write_row("DELETE FROM unreadable WHERE file = ?1", [file])
    }

    fn add_document(&self, file: i64, place: usize, entry: &Entry) -> Result<(), IndexError> {
        let findings = &entry.findings;
        let identity = postcard::to_stdvec(&findings.identity)?;
        let open = postcard::to_stdvec(&open(findings).mentions)?;
        let rests: Vec<Vec<u8>> = findings.mentions.iter().map(rest).collect::<Result<_, _>>()?;
        let write = || -> rusqlite::Result<()> {
            let sql = "INSERT INTO documents (file, place, path, format, language, remark, identity) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let (language, place) = (findings.language.code(), place as i64);
            self.connection.prepare_cached(sql)?.execute(params![
                file,
                place,
                findings.path,
                entry.format,
                language,
                entry.remark,
                identity
            ])?;
            let document = self.connection.last_insert_rowid();
            self.connection
                .prepare_cached("INSERT INTO changed VALUES (?1)")?
                .execute([document])?;
            self.connection
                .prepare_cached("INSERT INTO texts VALUES (?1, ?2)")?
                .execute(params![document, entry.text])?;
            self.connection
                .prepare_cached("INSERT INTO facts (document, open) VALUES (?1, ?2)")?
                .execute(params![document, open])?;
            add_mentions(&self.connection, document, findings.mentions.iter().zip(&rests))?;
            add_passages(&self.connection, document, &entry.passages)
        };
        write().map_err(|error| self.failed(error))
    }

    fn add_unread(&self, file: i64, unread: &[Unread]) -> rusqlite::Result<()> {
        let mut add = self
            .connection
            .prepare_cached("INSERT INTO unreadable VALUES (?1, ?2, ?3)")?;
        unread
            .iter()
            .try_for_each(|one| add.execute(params![file, one.path, one.reason]).map(|_| ()))
    }

    /// The documents in order of path, each with its id.
    pub(super) fn document_ids(&self) -> Result<Vec<i64>, IndexError> {
        let read = || -> rusqlite::Result<Vec<i64>> {
            let sql = "SELECT documents.id FROM documents JOIN files ON files.id = documents.file \
                       ORDER BY files.sort, documents.place";
            self.connection
                .prepare(sql)?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The text of each document, in order of path.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn texts(&self, mut each: impl FnMut(String, String)) -> Result<(), IndexError> {
        let sql = "SELECT path, text FROM documents JOIN texts ON document = id WHERE id = ?1";
        for id in self.document_ids()? {
            let one = || {
                self.connection
                    .prepare_cached(sql)?
                    .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            };
            let (path, text) = one().map_err(|error| self.failed(error))?;
            each(path, text);
        }
        Ok(())
    }

    /// What was found in a document.
    pub(super) fn findings_of(&self, document: i64) -> Result<Findings, IndexError> {
        let mentions = self.mentions_of(document)?;
        Ok(Findings {
            mentions,
            ..self.head_of(document)?
        })
    }

    /// A document without what was found in it.
    pub(super) fn head_of(&self, document: i64) -> Result<Findings, IndexError> {
        let sql = "SELECT path, language, identity, NULL FROM documents WHERE id = ?1";
        self.head(sql, document)
    }

    /// What of a document depends on other documents.
    pub(super) fn open_of(&self, document: i64) -> Result<Findings, IndexError> {
        let sql =
            "SELECT path, language, identity, open FROM documents JOIN facts ON document = id WHERE id = ?1";
        self.head(sql, document)
    }

    fn head(&self, sql: &str, document: i64) -> Result<Findings, IndexError> {
        type Head = (String, String, Vec<u8>, Option<Vec<u8>>);
        let head = || -> rusqlite::Result<Head> {
            let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            self.connection.prepare_cached(sql)?.query_row([document], row)
        };
        let (path, language, identity, open) = head().map_err(|error| self.failed(error))?;
        let open = open.map(|open| postcard::from_bytes(&open)).transpose()?;
        Ok(Findings {
            path,
            language: parse(Language::parse(&language), &language)?,
            identity: postcard::from_bytes(&identity)?,
            mentions: open.unwrap_or_default(),
        })
    }

    fn mentions_of(&self, document: i64) -> Result<Vec<Mention>, IndexError> {
        let sql = format!("SELECT {MENTION} FROM mentions WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
        let first = document * PLACES;
        let read = || -> rusqlite::Result<Vec<Result<Mention, IndexError>>> {
            let mut all = self.connection.prepare_cached(&sql)?;
            all.query_map([first, first + PLACES - 1], mention)?.collect()
        };
        read().map_err(|error| self.failed(error))?.into_iter().collect()
    }

    /// A document with its mentions and what they refer to, as far as they are resolved.
    pub(super) fn with_references(&self, document: i64) -> Result<CitingDocument, IndexError> {
        let first = document * PLACES;
        let which = "mentions.id BETWEEN ?1 AND ?2 ORDER BY mentions.id";
        Ok(CitingDocument {
            references: self.references(which, [first, first + PLACES - 1])?,
            ..self.citing_document(document)?
        })
    }

    /// A mention with what it refers to.
    pub(super) fn reference(&self, id: i64) -> Result<Reference, IndexError> {
        let mut found = self.references("mentions.id = ?1", [id])?.into_iter();
        parse(found.next(), "mention")
    }

    fn references(&self, which: &str, values: impl Params) -> Result<Vec<Reference>, IndexError> {
        let sql = format!(
            "SELECT {MENTION}, grounds FROM mentions JOIN targets ON mention = mentions.id WHERE {which}"
        );
        let read = || -> rusqlite::Result<Vec<Result<Reference, IndexError>>> {
            let mut query = self.connection.prepare_cached(&sql)?;
            let row = |row: &Row<'_>| Ok(reference_in(mention(row)?, row.get_ref(14)?.as_blob()?));
            query.query_map(values, row)?.collect()
        };
        read().map_err(|error| self.failed(error))?.into_iter().collect()
    }
}

fn reference_in(mention: Result<Mention, IndexError>, grounds: &[u8]) -> Result<Reference, IndexError> {
    Ok(reference((mention?, postcard::from_bytes(grounds)?)))
}

/// The columns that a mention is made from.
const MENTION: &str = "first_byte, end_byte, line, page, paragraph, language, kind, relation, pinpoint, rule, \
                       confidence, text, snippet, rest";

fn rest(mention: &Mention) -> Result<Vec<u8>, IndexError> {
    let rest = Rest {
        designation: mention.designation.clone(),
        dated: mention.dated,
        in_note: mention.in_note,
        calls_note: mention.calls_note,
        identified_by: mention.identified_by.clone(),
        clues: mention.clues.clone(),
        link: mention.link.clone(),
    };
    Ok(postcard::to_stdvec(&rest)?)
}

fn add_mentions<'a>(
    connection: &Connection,
    document: i64,
    mentions: impl Iterator<Item = (&'a Mention, &'a Vec<u8>)>,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO mentions VALUES \
               (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
    let mut add = connection.prepare_cached(sql)?;
    for (place, (mention, rest)) in mentions.enumerate() {
        let (place, passage) = (place as i64, &mention.passage);
        add.execute(params![
            document * PLACES + place,
            document,
            place,
            passage.span.start as i64,
            passage.span.end as i64,
            passage.line as i64,
            passage.page.map(|page| page as i64),
            passage.paragraph,
            mention.in_note.or(mention.calls_note),
            mention.language.code(),
            mention.kind.as_str(),
            mention.relation.as_str(),
            mention.pinpoint,
            mention.rule,
            f64::from(mention.confidence),
            passage.text,
            passage.snippet,
            rest,
        ])?;
    }
    Ok(())
}

fn add_passages(connection: &Connection, document: i64, passages: &[Paragraph]) -> rusqlite::Result<()> {
    let mut add = connection.prepare_cached("INSERT INTO passages VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut words = connection.prepare_cached("INSERT INTO passage_words (rowid, words) VALUES (?1, ?2)")?;
    for (place, passage) in passages.iter().enumerate() {
        let id = document * PLACES + place as i64;
        let (start, end) = (passage.span.start as i64, passage.span.end as i64);
        add.execute(params![
            id,
            document,
            start,
            end,
            passage.line as i64,
            passage.number
        ])?;
        words.execute(params![id, passage.words])?;
    }
    Ok(())
}

fn mention(row: &Row<'_>) -> rusqlite::Result<Result<Mention, IndexError>> {
    let place = |at| row.get::<_, i64>(at).map(|value| value as usize);
    let passage = Passage {
        span: Span::new(place(0)?, place(1)?),
        line: place(2)?,
        page: row.get::<_, Option<i64>>(3)?.map(|page| page as usize),
        paragraph: row.get(4)?,
        text: row.get(11)?,
        snippet: row.get(12)?,
    };
    let words = [
        row.get_ref(5)?.as_str()?,
        row.get_ref(6)?.as_str()?,
        row.get_ref(7)?.as_str()?,
    ];
    let (pinpoint, rule, rest) = (row.get(8)?, row.get::<_, String>(9)?, row.get_ref(13)?.as_blob()?);
    let confidence = row.get::<_, f64>(10)? as f32;
    Ok(
        assembled(words, rest).map(|(language, kind, relation, rest)| Mention {
            passage,
            language,
            kind,
            designation: rest.designation,
            relation,
            pinpoint,
            dated: rest.dated,
            in_note: rest.in_note,
            calls_note: rest.calls_note,
            identified_by: rest.identified_by,
            clues: rest.clues,
            link: rest.link,
            rule: rule.into(),
            confidence,
        }),
    )
}

fn assembled(words: [&str; 3], rest: &[u8]) -> Result<(Language, Kind, Relation, Rest), IndexError> {
    let [language, kind, relation] = words;
    Ok((
        parse(Language::parse(language), language)?,
        parse(Kind::ALL.into_iter().find(|one| one.as_str() == kind), kind)?,
        parse(Relation::parse(relation), relation)?,
        postcard::from_bytes(rest)?,
    ))
}

fn parse<T>(value: Option<T>, word: &str) -> Result<T, IndexError> {
    value.ok_or_else(|| IndexError::Damaged {
        reason: format!("`{word}` is no word of it"),
    })
}
