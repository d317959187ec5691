//! Words in, the passages and works that hold them out: in any language, whatever the case and the accents.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::fold::{fold, folded_words, is_of_word};
use super::{Index, IndexError};
use crate::model::{Language, PartialDate, Span, Work, WorkId};

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hits {
    /// Works of which the words are in names, label or identifiers, the nearest first.
    pub works: Vec<WorkHit>,
    /// Passages that hold the words, the nearest first.
    pub passages: Vec<PassageHit>,
    /// How many passages hold them.
    pub passages_in_all: usize,
}

/// A work that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkHit {
    /// Its id.
    pub id: WorkId,
    /// Its label.
    pub label: String,
    /// Its name, one that holds the words if there is one.
    pub name: Option<String>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Whether it is a document of the corpus.
    pub in_corpus: bool,
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassageHit {
    /// The path of the document.
    pub document: String,
    /// The work it is an expression of.
    pub work: Option<WorkId>,
    /// Its language.
    pub language: Language,
    /// The line, from 1.
    pub line: usize,
    /// The number printed before the paragraph.
    pub paragraph: Option<String>,
    /// First byte of the passage.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Its text.
    pub text: String,
}

/// The words that are sought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Words that must stand one after another, with whether the last may go on.
    phrases: Vec<(Vec<String>, bool)>,
}

impl Query {
    /// Reads a query: all words must be there, those in double quotes or joined by signs (10289/23) one after
    /// another, and a word with `*` at its end may go on.
    ///
    /// # Examples
    /// ```
    /// use citegraph::index::Query;
    /// assert_eq!(Query::new("Éire \"cyber posture\" 10289/23 diplom*").as_text(), "\"eire\" \"cyber posture\" \"10289 23\" \"diplom\"*");
    /// ```
    pub fn new(text: &str) -> Self {
        let mut phrases = Vec::new();
        for (at, part) in text.split('"').enumerate() {
            let pieces: Vec<&str> = if at % 2 == 1 {
                vec![part]
            } else {
                part.split_whitespace().collect()
            };
            for piece in pieces {
                let words: Vec<String> = folded_words(piece)
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect();
                if !words.is_empty() {
                    phrases.push((words, piece.trim_end().ends_with('*')));
                }
            }
        }
        Self { phrases }
    }

    /// Whether it holds no word.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The query as SQLite reads it.
    pub fn as_text(&self) -> String {
        let phrase = |(words, goes_on): &(Vec<String>, bool)| {
            let star = if *goes_on { "*" } else { "" };
            format!("\"{}\"{star}", words.join(" "))
        };
        self.phrases.iter().map(phrase).collect::<Vec<_>>().join(" ")
    }

    /// Where the words stand in a text.
    pub fn spans_in(&self, text: &str) -> Vec<Span> {
        let words = words(text);
        let folded: Vec<String> = words
            .iter()
            .map(|span| fold(&text[span.start..span.end]))
            .collect();
        let mut found = BTreeSet::new();
        for (phrase, goes_on) in &self.phrases {
            for start in 0..words.len() {
                let here = folded[start..].iter().zip(phrase);
                let last = phrase.len() - 1;
                let same = here.enumerate().take_while(|(at, (word, asked))| {
                    word == asked || *goes_on && *at == last && word.starts_with(asked.as_str())
                });
                if same.count() == phrase.len() {
                    found.extend(words[start..start + phrase.len()].iter().copied());
                }
            }
        }
        found.into_iter().collect()
    }
}

fn words(text: &str) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_of_word(*c)) {
        let end = at + c.len_utf8();
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = end,
            None => words.push(Span::new(at, end)),
        }
    }
    words
}

impl Index {
    /// Finds at most so many works and so many passages.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn search(&self, query: &Query, most: usize) -> Result<Hits, IndexError> {
        if query.is_empty() {
            return Ok(Hits {
                works: Vec::new(),
                passages: Vec::new(),
                passages_in_all: 0,
            });
        }
        let ranked = |table: &str| {
            let sql =
                format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 ORDER BY rank, rowid LIMIT ?2");
            let read = || -> rusqlite::Result<Vec<i64>> {
                let mut found = self.connection.prepare_cached(&sql)?;
                found
                    .query_map(params![query.as_text(), most as i64], |row| row.get(0))?
                    .collect()
            };
            read().map_err(|error| self.failed(error))
        };
        let count = "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?1";
        let count = self
            .connection
            .query_row(count, [query.as_text()], |row| row.get::<_, i64>(0));
        let works = ranked("work_words")?
            .into_iter()
            .map(|row| self.work_hit(row, query));
        let passages = ranked("passage_words")?
            .into_iter()
            .map(|id| self.passage_hit(id));
        Ok(Hits {
            works: works
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .flatten()
                .collect(),
            passages: passages
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .flatten()
                .collect(),
            passages_in_all: count.map_err(|error| self.failed(error))? as usize,
        })
    }

    fn work_hit(&self, row: i64, query: &Query) -> Result<Option<WorkHit>, IndexError> {
        let sql = "SELECT data FROM works WHERE row = ?1";
        let read = || {
            self.connection
                .prepare_cached(sql)?
                .query_row([row], |row| row.get::<_, String>(0))
                .optional()
        };
        let Some(data) = read().map_err(|error| self.failed(error))? else {
            return Ok(None);
        };
        let work: Work = serde_json::from_str(&data)?;
        let holds = |name: &&String| !query.spans_in(name).is_empty();
        let name = work.names.values().flatten().find(holds).map(String::as_str);
        Ok(Some(WorkHit {
            name: name.or_else(|| work.name(Language::ENGLISH)).map(str::to_owned),
            id: work.id,
            label: work.label,
            date: work.date,
            in_corpus: work.in_corpus,
        }))
    }

    fn passage_hit(&self, id: i64) -> Result<Option<PassageHit>, IndexError> {
        let sql = "SELECT path, coalesce(aliases.work, documents.work), language, line, paragraph, first_byte, end_byte, \
                   CAST(substr(CAST(text AS BLOB), first_byte + 1, end_byte - first_byte) AS TEXT) \
                   FROM passages JOIN documents ON documents.id = passages.document \
                   JOIN texts ON texts.document = documents.id \
                   LEFT JOIN aliases ON aliases.id = documents.work WHERE passages.id = ?1";
        let hit = |row: &rusqlite::Row<'_>| {
            Ok(PassageHit {
                document: row.get(0)?,
                work: row.get::<_, Option<String>>(1)?.map(WorkId::new),
                language: Language::parse(&row.get::<_, String>(2)?).unwrap_or(Language::ENGLISH),
                line: row.get::<_, i64>(3)? as usize,
                paragraph: row.get(4)?,
                start: row.get::<_, i64>(5)? as usize,
                end: row.get::<_, i64>(6)? as usize,
                text: row.get(7)?,
            })
        };
        let read = || {
            self.connection
                .prepare_cached(sql)?
                .query_row([id], hit)
                .optional()
        };
        read().map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "Die Schlußfolgerungen, DIE SCHLUSSFOLGERUNGEN zur Cyber-Diplomatie";
        let found = |query: &str| -> Vec<&str> {
            let spans = Query::new(query).spans_in(text);
            spans.iter().map(|span| &text[span.start..span.end]).collect()
        };
        assert_eq!(
            found("schlussfolgerungen"),
            ["Schlußfolgerungen", "SCHLUSSFOLGERUNGEN"]
        );
        assert_eq!(found("cyber-diplomatie"), ["Cyber", "Diplomatie"]);
        assert_eq!(found("diplom*"), ["Diplomatie"]);
        assert!(found("diplom").is_empty() && found("\"diplomatie cyber\"").is_empty());
    }
}
