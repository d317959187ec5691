//! What a picture says of the corpus behind it, and the formats it is drawn in.

use std::path::Path;

use citegraph::draw::Plan;
use citegraph::draw::views::Scope;
use citegraph::model::Language;
use clap::Args;

use super::arguments::language;
use super::load::Loaded;
use super::output::Format;

/// Whether a format is one that pictures are drawn in.
pub fn is_drawn(format: Format) -> bool {
    matches!(format, Format::Dot | Format::Svg | Format::Png | Format::Pdf)
}

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
    Scope {
        source: source(&loaded.source),
        documents: loaded.extent.documents,
        dates: loaded.extent.dates,
        language,
        limit,
        plan,
    }
}

/// Where the documents are from; many paths are named by the folder they share.
fn source(paths: &[String]) -> String {
    let folder = |path: &String| Path::new(path).parent().map(Path::to_path_buf);
    let shared = paths
        .first()
        .and_then(folder)
        .filter(|first| paths.iter().all(|path| folder(path).as_ref() == Some(first)));
    match shared.filter(|folder| paths.len() > 2 && !folder.as_os_str().is_empty()) {
        Some(folder) => folder.display().to_string(),
        None => paths.iter().map(named).collect::<Vec<_>>().join(", "),
    }
}

/// A path as a reader of the picture knows it: `.` says nothing where the picture goes, the name of the folder does.
fn named(path: &String) -> String {
    let folder = Path::new(path).canonicalize();
    let name = folder.as_deref().ok().and_then(Path::file_name);
    match (Path::new(path).file_name(), name) {
        (None, Some(name)) => name.to_string_lossy().into_owned(),
        _ => path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_working_folder_is_named_by_its_name() {
        let here = std::env::current_dir().unwrap();
        let name = here.file_name().unwrap().to_str().unwrap();
        assert_eq!(source(&[".".to_owned()]), name);
        assert_eq!(source(&["fixtures/corpus".to_owned()]), "fixtures/corpus");
    }
}
