//! What the program knows: loads and checks the knowledge in `data/`. The caller owns the tables and passes them on.

mod catalogue;
mod date_form;
mod dates;
mod family;
mod function_words;
mod instrument;
mod language;
mod own;
pub(crate) mod scan;

use std::sync::OnceLock;

use langid_rs::Model;
use rayon::prelude::*;
use thiserror::Error;

pub use catalogue::{Catalogue, CatalogueFile, KnownConclusions, KnownWork};
pub use dates::{DateHit, DatePatterns, stands_alone};
pub use family::{Families, FamilyHit, FamilyRow, FamilyWitness, SecurityCouncil, full_year};
pub use function_words::{FunctionWords, WordCounts};
pub use instrument::Instrument;
pub use language::{
    Act, Back, BodyWords, Cue, CueAfter, DateWords, Declension, Define, HeaderWords, Journal, LanguageTable,
    Link, Near, Noun, Treaty, VersionWords, Witness,
};
pub use own::{Clash, Fault};

use crate::model::{Language, language::CODES};

/// A row or file of the tables that cannot be used.
#[derive(Debug, Error)]
pub enum TableError {
    /// A file does not hold what its place asks for; the tests name the line of the TOML.
    #[error("data/{file}: {source}")]
    File {
        /// The file, below `data/`.
        file: String,
        /// What the reader said, with the place in the JSON that the file was turned into.
        source: serde_json::Error,
    },
    /// A row contradicts itself or another.
    #[error("data/{file}, row `{row}`: {reason}")]
    Row {
        /// The file, below `data/`.
        file: String,
        /// The id of the row.
        row: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A file of the user has faults.
    #[error("the instruments cannot be used:\n{}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Own {
        /// All of them, in order of line.
        faults: Vec<Fault>,
    },
}

// The files of `data/`, as `build.rs` made JSON of them.
include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// All tables.
pub struct Tables {
    languages: Vec<LanguageTable>,
    dates: Vec<OnceLock<DatePatterns>>,
    catalogue: OnceLock<Catalogue>,
    /// Named instruments, in the order of the files.
    pub instruments: Vec<Instrument>,
    /// Conclusions known by number and date, in order of id.
    pub conclusions: Vec<KnownConclusions>,
    /// Families of identifiers in texts.
    pub families: Families,
    /// Families of identifiers in addresses on the web.
    pub addresses: Families,
    /// The resolutions of the Security Council by year.
    pub security_council: SecurityCouncil,
    function_words: OnceLock<FunctionWords>,
    identifier: OnceLock<Option<Model>>,
}

impl Tables {
    /// The tables that come with the program.
    ///
    /// # Errors
    /// If a file of `data/` is broken; the tests hold that none is.
    pub fn builtin() -> Result<Self, TableError> {
        let (instruments, (languages, families)) =
            rayon::join(all_instruments, || rayon::join(all_languages, family::load));
        let instruments = instruments?;
        instrument::check_unique(&instruments)?;
        let (families, addresses, security_council) = families?;
        Ok(Self {
            languages: languages?,
            dates: CODES.iter().map(|_| OnceLock::new()).collect(),
            catalogue: OnceLock::new(),
            instruments,
            conclusions: catalogue::load()?,
            families,
            addresses,
            security_council,
            function_words: OnceLock::new(),
            identifier: OnceLock::new(),
        })
    }

    /// The table of a language.
    pub fn language(&self, language: Language) -> &LanguageTable {
        &self.languages[language.index()]
    }

    /// The written dates of a language, compiled when first asked for.
    pub fn dates(&self, language: Language) -> &DatePatterns {
        self.dates[language.index()].get_or_init(|| DatePatterns::new(self.language(language)))
    }

    /// The small words of all languages, put together when first asked for.
    pub fn function_words(&self) -> &FunctionWords {
        self.function_words
            .get_or_init(|| FunctionWords::new(&self.languages))
    }

    /// The model that tells languages apart, loaded when first asked for; none if it lacks an official language.
    pub fn identifier(&self) -> Option<&Model> {
        self.identifier.get_or_init(identifier).as_ref()
    }

    /// The works known by their numbers.
    pub fn catalogue(&self) -> &Catalogue {
        self.catalogue.get_or_init(Catalogue::new)
    }

    /// The tables of all languages, in order of code.
    pub fn languages(&self) -> &[LanguageTable] {
        &self.languages
    }
}

/// The files are parsed side by side: they are most of what a start takes.
fn all_instruments() -> Result<Vec<Instrument>, TableError> {
    let files = INSTRUMENTS.par_iter();
    let rows: Result<Vec<_>, _> = files.map(|(file, text)| instrument::load(file, text)).collect();
    Ok(rows?.into_iter().flatten().collect())
}

fn all_languages() -> Result<Vec<LanguageTable>, TableError> {
    let files = LANGUAGES.par_iter();
    files.map(|(code, text)| language::load(code, text)).collect()
}

fn identifier() -> Option<Model> {
    let mut model = Model::load(false).ok()?;
    let codes = CODES.iter().map(|c| (*c).to_owned()).collect();
    model.set_langs(Some(codes)).ok()?;
    Some(model)
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, json: &str) -> Result<T, TableError> {
    serde_json::from_str(json).map_err(|source| TableError::File {
        file: file.to_owned(),
        source,
    })
}
