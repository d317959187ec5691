//! Arguments that several commands share, as typed.

use std::path::PathBuf;

use citegraph::model::{Kind, Language, PartialDate, Relation};
use clap::Args;

/// Where the corpus is and how it is read.
#[derive(Debug, Clone, Args)]
pub struct CorpusArgs {
    /// Files and folders to read; `-` is standard input
    #[arg(long, value_name = "PATH", num_args = 1.., help_heading = "Corpus")]
    pub from: Vec<PathBuf>,
    /// Read the corpus from this index; without --from it is citegraph.db in the working folder
    #[arg(long, value_name = "FILE", conflicts_with = "from", help_heading = "Corpus")]
    pub index: Option<PathBuf>,
    #[command(flatten)]
    pub read: ReadArgs,
}

/// How documents are read.
#[derive(Debug, Clone, Args)]
pub struct ReadArgs {
    /// The language of all documents (en, nl, da, …); without it the text tells
    #[arg(long, value_name = "CODE", value_parser = language, help_heading = "Corpus")]
    pub language: Option<Language>,
    /// Take every date as it is written, even where it cannot be right
    #[arg(long, help_heading = "Corpus")]
    pub as_written: bool,
    /// Leave words alone that point back to an earlier reference ("that Directive", "ibid.")
    #[arg(long, help_heading = "Corpus")]
    pub no_back_references: bool,
    /// A file with instruments of your own, in the format of data/instruments/; may be given several times
    #[arg(long, value_name = "FILE", help_heading = "Corpus")]
    pub instruments: Vec<PathBuf>,
    /// Also name the files that are skipped
    #[arg(long, short, help_heading = "Corpus")]
    pub verbose: bool,
}

/// Reads a language code.
pub fn language(code: &str) -> Result<Language, String> {
    Language::parse(code).ok_or_else(|| {
        let codes: Vec<&str> = Language::all().map(Language::code).collect();
        format!("no official language of the EU; one of: {}", codes.join(", "))
    })
}

/// Reads a date: a year, a month or a day.
pub fn date(text: &str) -> Result<PartialDate, String> {
    PartialDate::parse(text).ok_or_else(|| "no date of the form 2022, 2022-07 or 2022-07-18".to_owned())
}

/// Reads a relation.
pub fn relation(word: &str) -> Result<Relation, String> {
    let words = Relation::ALL.map(Relation::as_str).join(", ");
    Relation::parse(word).ok_or_else(|| format!("no relation; one of: {words}"))
}

/// Reads a kind of work.
pub fn kind(word: &str) -> Result<Kind, String> {
    let words = Kind::ALL.map(Kind::as_str).join(", ");
    Kind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == word)
        .ok_or_else(|| format!("no kind of work; one of: {words}"))
}
