//! Pictures out: what their foot says of the corpus, and DOT or SVG.

use citegraph::draw::views::Scope;
use citegraph::draw::{Picture, Plan, Theme, dot, svg};
use citegraph::model::Language;
use clap::Args;

use super::arguments::language;
use super::load::Loaded;
use super::outcome::Failure;
use super::output::{Format, OutputArgs, write_file};

/// The language of titles.
#[derive(Debug, Clone, Args)]
pub struct TitleArgs {
    /// The language of titles in pictures, where a title is known in it
    #[arg(long, value_name = "CODE", value_parser = language, default_value = "en")]
    title_language: Language,
}

impl TitleArgs {
    /// The language of titles.
    pub fn language(&self) -> Language {
        self.title_language
    }
}

/// What a picture of a corpus says of it.
pub fn scope(loaded: &Loaded, language: Language, limit: usize, plan: Plan) -> Scope {
    let dates = || {
        loaded
            .corpus
            .documents
            .iter()
            .filter_map(|document| document.date)
    };
    Scope {
        source: loaded.source.join(", "),
        documents: loaded.corpus.documents.len(),
        dates: dates().min().zip(dates().max()),
        language,
        limit,
        plan,
    }
}

/// A picture as text.
pub fn drawn(picture: &Picture, format: Format) -> String {
    let theme = Theme::builtin();
    if format == Format::Dot {
        dot(picture, &theme)
    } else {
        svg(picture, &theme)
    }
}

/// Writes a picture.
pub fn write_picture(picture: &Picture, format: Format, output: &OutputArgs) -> Result<(), Failure> {
    let text = drawn(picture, format);
    output.write(|out| out.write_all(text.as_bytes()))
}

/// Writes pictures, each to a numbered file beside the one named.
pub fn write_pictures(pictures: &[Picture], format: Format, output: &OutputArgs) -> Result<(), Failure> {
    for (place, picture) in pictures.iter().enumerate() {
        let text = drawn(picture, format);
        write_file(&output.numbered(place + 1)?, |out| out.write_all(text.as_bytes()))?;
    }
    Ok(())
}
