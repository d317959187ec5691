//! The instruments of the user: a file of the format of `data/instruments/` in, its rows out, or every fault of it as a
//! sentence with its line.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Instrument, TableError, Tables, instrument};
use crate::model::{Kind, Language, PartialDate, WorkId};

/// Something wrong in a file of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file as given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do, as a sentence.
    pub sentence: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.sentence)
    }
}

/// A name of the user that the tables gave to something else: the user's meaning holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// The name.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// Whose name it is now.
    pub own: WorkId,
    /// Whose it was.
    pub builtin: WorkId,
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            language,
            own,
            builtin,
        } = self;
        write!(
            f,
            "the name \"{name}\" ({language}) means {own} now, and no longer {builtin}"
        )
    }
}

/// The keys of a row.
const KEYS: [&str; 11] = [
    "id",
    "kind",
    "date",
    "identifiers",
    "about",
    "of",
    "subject",
    "url",
    "names",
    "witness",
    "near_miss",
];

impl Tables {
    /// These tables with the instruments of a file of the user, and the names that now mean something else. A row with the
    /// id of an instrument of the tables adds to it; of a name that both have, the user's row gets it.
    ///
    /// # Errors
    /// If the file has faults: all of them, each with its line.
    ///
    /// # Examples
    /// ```
    /// use citegraph::tables::Tables;
    /// let own = "[[instrument]]\nid = \"our-strategy\"\nnames.en = [\"Our Strategy for Things\"]\n";
    /// let (tables, clashes) = Tables::builtin()?.with_instruments("own.toml", own)?;
    /// assert!(clashes.is_empty() && tables.instruments.iter().any(|row| row.id.as_str() == "our-strategy"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_instruments(mut self, file: &str, text: &str) -> Result<(Self, Vec<Clash>), TableError> {
        let mut clashes = Vec::new();
        for row in load(file, text)? {
            clashes.extend(self.give_names(&row));
            match self.instruments.iter_mut().find(|known| known.id == row.id) {
                Some(known) => add(known, row),
                None => self.instruments.push(row),
            }
        }
        Ok((self, clashes))
    }

    /// Takes the names of a row from the instruments that have them.
    fn give_names(&mut self, row: &Instrument) -> Vec<Clash> {
        let mut clashes = Vec::new();
        let others = self.instruments.iter_mut().filter(|known| known.id != row.id);
        for known in others {
            for (language, own) in &row.names {
                let Some(names) = known.names.get_mut(language) else {
                    continue;
                };
                let taken = |name: &String| own.iter().any(|o| folded(o) == folded(name));
                clashes.extend(names.iter().filter(|n| taken(n)).map(|name| Clash {
                    name: name.clone(),
                    language: *language,
                    own: row.id.clone(),
                    builtin: known.id.clone(),
                }));
                names.retain(|name| !taken(name));
            }
        }
        clashes
    }
}

fn add(known: &mut Instrument, row: Instrument) {
    for (language, mut names) in row.names {
        let old = known.names.entry(language).or_default();
        names.append(old);
        names.dedup();
        *old = names;
    }
    known.date = row.date.or(known.date);
    known.url = row.url.or(known.url.take());
    known.identifiers.extend(row.identifiers);
    known.about.extend(row.about);
}

/// Letters and digits alone, in lower case: names that differ in nothing else are one name.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn load(file: &str, text: &str) -> Result<Vec<Instrument>, TableError> {
    let mut lint = Lint {
        file,
        text,
        faults: Vec::new(),
        ids: BTreeMap::new(),
        names: BTreeMap::new(),
    };
    match DeTable::parse(text) {
        Ok(table) => lint.file(table.get_ref()),
        Err(error) => lint.toml(&error),
    }
    if lint.faults.is_empty() {
        match instrument::rows(text) {
            Ok(rows) => return Ok(rows),
            Err(error) => lint.toml(&error),
        }
    }
    lint.faults.sort_by_key(|fault| fault.line);
    Err(TableError::Own { faults: lint.faults })
}

/// A file of the user and what was found wrong in it.
struct Lint<'t> {
    file: &'t str,
    text: &'t str,
    faults: Vec<Fault>,
    /// The line on which each id stands.
    ids: BTreeMap<String, usize>,
    names: BTreeMap<(Language, String), usize>,
}

impl Lint<'_> {
    fn fault(&mut self, at: usize, sentence: String) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line: self.line(at),
            sentence,
        });
    }

    fn line(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }

    fn toml(&mut self, error: &toml::de::Error) {
        let at = error.span().map_or(0, |span: Range<usize>| span.start);
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        self.fault(at, format!("this is no TOML that can be read: {message}"));
    }

    fn file(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let rows = value
                .get_ref()
                .as_array()
                .filter(|_| key.get_ref() == "instrument");
            let Some(rows) = rows else {
                let name = key.get_ref();
                self.fault(
                    key.span().start,
                    format!("`{name}` is no key of this file; every row begins with [[instrument]]"),
                );
                continue;
            };
            for row in rows.iter() {
                match row.get_ref().as_table() {
                    Some(fields) => self.row(row.span().start, fields),
                    None => self.fault(
                        row.span().start,
                        "a row is a table: begin it with [[instrument]]".to_owned(),
                    ),
                }
            }
        }
    }

    fn row(&mut self, at: usize, fields: &DeTable<'_>) {
        for key in fields
            .keys()
            .filter(|key| !KEYS.contains(&key.get_ref().as_ref()))
        {
            let sentence = format!(
                "`{}` is no key of an instrument; the keys are {}",
                key.get_ref(),
                KEYS.join(", ")
            );
            self.fault(key.span().start, sentence);
        }
        match fields.get("id") {
            Some(id) => self.id(id),
            None => self.fault(at, "the row has no id: add id = \"…\"".to_owned()),
        }
        match fields.get("names") {
            Some(names) => self.names(names),
            None => self.fault(at, "the row has no name: add names.en = [\"…\"]".to_owned()),
        }
        if let Some(date) = fields.get("date") {
            self.date(date);
        }
        if let Some(kind) = fields.get("kind") {
            self.kind(kind);
        }
    }

    fn id(&mut self, id: &Spanned<DeValue<'_>>) {
        let at = id.span().start;
        let Some(text) = id.get_ref().as_str() else {
            return self.fault(at, "an id is text in quotes".to_owned());
        };
        let word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if !text.split('-').all(word) {
            self.fault(
                at,
                format!("`{text}` is no id: use words of a-z and 0-9 with hyphens between them"),
            );
        }
        let line = self.line(at);
        if let Some(first) = self.ids.insert(text.to_owned(), line) {
            self.fault(
                at,
                format!("the id `{text}` stands on line {first} already; join the rows"),
            );
        }
    }

    fn names(&mut self, names: &Spanned<DeValue<'_>>) {
        let at = names.span().start;
        let Some(languages) = names.get_ref().as_table().filter(|t| !t.is_empty()) else {
            return self.fault(at, "the row has no name: add names.en = [\"…\"]".to_owned());
        };
        for (code, list) in languages {
            let Some(language) = Language::parse(code.get_ref()) else {
                let sentence = format!("`{}` is no official language of the EU", code.get_ref());
                self.fault(code.span().start, sentence);
                continue;
            };
            let list = list.get_ref().as_array();
            let Some(list) = list.filter(|l| !l.is_empty()) else {
                let sentence = format!("names.{language} is a list of names: [\"…\"]");
                self.fault(code.span().start, sentence);
                continue;
            };
            list.iter().for_each(|name| self.name(language, name));
        }
    }

    fn name(&mut self, language: Language, name: &Spanned<DeValue<'_>>) {
        let at = name.span().start;
        let text = name.get_ref().as_str().unwrap_or("");
        let key = folded(text);
        if key.is_empty() {
            return self.fault(at, "a name is text in quotes, with letters".to_owned());
        }
        let line = self.line(at);
        if let Some(first) = self.names.insert((language, key), line) {
            self.fault(
                at,
                format!("the name \"{text}\" ({language}) stands on line {first} already; one name is one instrument"),
            );
        }
    }

    fn date(&mut self, date: &Spanned<DeValue<'_>>) {
        let text = date.get_ref().as_str();
        if text.and_then(PartialDate::parse).is_none() {
            let shown = text.map_or("this".to_owned(), |t| format!("`{t}`"));
            self.fault(
                date.span().start,
                format!("{shown} is no date: write \"2022\", \"2022-07\" or \"2022-07-18\", in quotes"),
            );
        }
    }

    fn kind(&mut self, kind: &Spanned<DeValue<'_>>) {
        let text = kind.get_ref().as_str().unwrap_or("");
        if !Kind::ALL.iter().any(|k| k.as_str() == text) {
            let words = Kind::ALL.map(Kind::as_str).join(", ");
            self.fault(
                kind.span().start,
                format!("`{text}` is no kind of work; one of: {words}"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        match load("own.toml", text) {
            Ok(_) => Vec::new(),
            Err(TableError::Own { faults }) => faults.iter().map(ToString::to_string).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn every_fault_is_a_sentence_with_its_line() {
        let row = "[[instrument]]\nid = \"our-strategy\"\nnames.en = [\"Our Strategy\"]\n";
        for (text, line, words) in [
            (format!("{row}nmae = 1\n"), 4, "`nmae` is no key"),
            (format!("{row}\n{row}"), 6, "line 2 already"),
            (format!("{row}date = \"2022-13\"\n"), 4, "`2022-13` is no date"),
            (format!("{row}date = 2022-07-18\n"), 4, "in quotes"),
            (format!("{row}kind = \"song\"\n"), 4, "`song` is no kind"),
            (
                "[[instrument]]\nid = \"Our_Strategy\"\nnames.en = [\"Our\"]\n".to_owned(),
                2,
                "is no id",
            ),
            ("[[instrument]]\nid = \"our-strategy\"\n".to_owned(), 1, "no name"),
            ("[[instrument]]\nnames.en = [\"Our\"]\n".to_owned(), 1, "no id"),
            (
                "[[instrument]]\nid = \"a\"\nnames.xx = [\"Our\"]\n".to_owned(),
                3,
                "`xx` is no official language",
            ),
            (
                "[[instrument]]\nid = \"a\"\nnames.en = [\"-\"]\n".to_owned(),
                3,
                "with letters",
            ),
            ("[instruments]\n".to_owned(), 1, "`instruments` is no key"),
            ("[[instrument]\n".to_owned(), 1, "no TOML"),
        ] {
            let found = faults(&text);
            let start = format!("own.toml:{line}: ");
            assert!(
                found.iter().any(|f| f.starts_with(&start) && f.contains(words)),
                "{text}\n{found:?}"
            );
        }
        assert_eq!(faults(row), [] as [String; 0]);
    }

    #[test]
    fn all_faults_are_reported_in_order_of_line() {
        let found = faults("[[instrument]]\nid = \"A\"\nx = 1\nnames.en = [\"N\"]\ndate = \"x\"\n");
        let lines: Vec<_> = found.iter().map(|f| f.split(':').nth(1).unwrap_or("")).collect();
        assert_eq!(lines, ["2", "3", "5"]);
    }

    #[test]
    fn a_name_of_the_user_means_what_the_user_says() {
        let own = "[[instrument]]\nid = \"my-toolbox\"\nnames.en = [\"cyber diplomacy toolbox\"]\n";
        let (tables, clashes) = Tables::builtin()
            .unwrap()
            .with_instruments("own.toml", own)
            .unwrap();
        assert_eq!(clashes.len(), 1);
        assert_eq!(clashes[0].builtin.as_str(), "cyber-diplomacy-toolbox");
        let bearers = tables.instruments.iter().filter(|row| {
            row.names
                .get(&Language::ENGLISH)
                .is_some_and(|names| names.iter().any(|n| folded(n) == "cyberdiplomacytoolbox"))
        });
        let ids: Vec<_> = bearers.map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["my-toolbox"]);
    }

    #[test]
    fn a_known_id_gets_the_names_of_the_user_first() {
        let own = "[[instrument]]\nid = \"cyber-diplomacy-toolbox\"\nnames.en = [\"Our Box\"]\n";
        let (tables, clashes) = Tables::builtin()
            .unwrap()
            .with_instruments("own.toml", own)
            .unwrap();
        let row = tables
            .instruments
            .iter()
            .find(|row| row.id.as_str() == "cyber-diplomacy-toolbox")
            .unwrap();
        assert!(clashes.is_empty());
        assert!(row.names[&Language::ENGLISH].len() > 1 && row.names[&Language::ENGLISH][0] == "Our Box");
    }
}
