//! The words for a work in, the work out; or a sentence that says which works may be meant.

use citegraph::graph::{Find, Finder};
use citegraph::model::{Language, Work, WorkId};

use super::desk::Desk;
use super::load::Loaded;
use super::outcome::Failure;
use super::output::say;

/// The work that is asked for.
pub fn work<'a>(desk: &Desk<'_>, loaded: &'a Loaded, asked: &str) -> Result<&'a Work, Failure> {
    let finder = Finder {
        graph: &loaded.graph,
        aliases: &loaded.corpus.aliases,
        recognizer: &desk.recognizer,
        tables: desk.tables,
    };
    let unknown = |near: &[WorkId]| Failure::NotThere(unknown(loaded, asked, near));
    match finder.find(asked) {
        Find::One(id) => loaded.graph.work(&id).ok_or_else(|| unknown(&[])),
        Find::Part(id) => {
            let work = loaded.graph.work(&id).ok_or_else(|| unknown(&[]))?;
            say(&format!("\"{asked}\" is taken for {}, {}", work.id, called(work)));
            Ok(work)
        }
        Find::Several(ids) => Err(Failure::NotThere(ambiguous(loaded, asked, &ids))),
        Find::None(near) => Err(unknown(&near)),
    }
}

fn ambiguous(loaded: &Loaded, asked: &str, ids: &[WorkId]) -> String {
    format!(
        "\"{asked}\" fits {} works; say which one by its id:{}",
        ids.len(),
        listed(loaded, ids)
    )
}

fn unknown(loaded: &Loaded, asked: &str, near: &[WorkId]) -> String {
    let sentence = format!(
        "no work named \"{asked}\" among the {} works of this corpus",
        loaded.graph.len()
    );
    if near.is_empty() {
        sentence
    } else {
        format!("{sentence}; did you mean{}", listed(loaded, near))
    }
}

fn listed(loaded: &Loaded, ids: &[WorkId]) -> String {
    ids.iter()
        .filter_map(|id| loaded.graph.work(id))
        .map(|work| format!("\n  {}  {}", work.id, called(work)))
        .collect()
}

/// A work by label and name.
pub fn called(work: &Work) -> String {
    match work.name(Language::ENGLISH).filter(|name| *name != work.label) {
        Some(name) => format!("{}: {name}", work.label),
        None => work.label.clone(),
    }
}

/// The title beside a label: nothing where the label says all.
pub fn title(work: &Work) -> String {
    work.name(Language::ENGLISH)
        .filter(|name| *name != work.label)
        .unwrap_or_default()
        .to_owned()
}
