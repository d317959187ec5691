//! The words for a work in, the work out; or a sentence that says which works may be meant.

use citegraph::graph::{Find, Finder, GraphWorks};
use citegraph::index::Index;
use citegraph::model::{Language, Work, WorkId};

use super::desk::Desk;
use super::load::Loaded;
use super::outcome::Failure;
use super::output::say;

/// The works of a corpus, as far as a question needs them.
trait Corpus {
    fn find(&self, desk: &Desk<'_>, asked: &str) -> Result<Find, Failure>;
    fn work(&self, id: &WorkId) -> Result<Option<Work>, Failure>;
    fn works(&self) -> Result<usize, Failure>;
}

impl Corpus for Loaded {
    fn find(&self, desk: &Desk<'_>, asked: &str) -> Result<Find, Failure> {
        let finder = Finder {
            works: &GraphWorks {
                graph: &self.graph,
                aliases: &self.corpus.aliases,
            },
            recognizer: &desk.recognizer,
            tables: desk.tables,
        };
        Ok(finder.find(asked).unwrap_or_else(|never| match never {}))
    }

    fn work(&self, id: &WorkId) -> Result<Option<Work>, Failure> {
        Ok(self.graph.work(id).cloned())
    }

    fn works(&self) -> Result<usize, Failure> {
        Ok(self.graph.len())
    }
}

impl Corpus for Index {
    fn find(&self, desk: &Desk<'_>, asked: &str) -> Result<Find, Failure> {
        let finder = Finder {
            works: self,
            recognizer: &desk.recognizer,
            tables: desk.tables,
        };
        Ok(finder.find(asked)?)
    }

    fn work(&self, id: &WorkId) -> Result<Option<Work>, Failure> {
        Ok(Index::work(self, id)?)
    }

    fn works(&self) -> Result<usize, Failure> {
        Ok(self.extent()?.works)
    }
}

/// The work of a loaded corpus that is asked for.
pub fn work(desk: &Desk<'_>, loaded: &Loaded, asked: &str) -> Result<WorkId, Failure> {
    named(desk, loaded, asked)
}

/// The work of an index that is asked for.
pub fn work_of_index(desk: &Desk<'_>, index: &Index, asked: &str) -> Result<WorkId, Failure> {
    named(desk, index, asked)
}

fn named(desk: &Desk<'_>, corpus: &impl Corpus, asked: &str) -> Result<WorkId, Failure> {
    match corpus.find(desk, asked)? {
        Find::One(id) => Ok(id),
        Find::Part(id) => {
            let called = corpus.work(&id)?.as_ref().map(called).unwrap_or_default();
            say(&format!("\"{asked}\" is taken for {id}, {called}"));
            Ok(id)
        }
        Find::Several(ids) => Err(Failure::NotThere(format!(
            "\"{asked}\" fits {} works; say which one by its id:{}",
            ids.len(),
            listed(corpus, &ids)?
        ))),
        Find::None(near) => {
            let sentence = format!(
                "no work named \"{asked}\" among the {} works of this corpus",
                corpus.works()?
            );
            Err(Failure::NotThere(if near.is_empty() {
                sentence
            } else {
                format!("{sentence}; did you mean{}", listed(corpus, &near)?)
            }))
        }
    }
}

/// So many works are listed where several may be meant.
const LISTED: usize = 20;

fn listed(corpus: &impl Corpus, ids: &[WorkId]) -> Result<String, Failure> {
    let mut list = String::new();
    for id in ids.iter().take(LISTED) {
        if let Some(work) = corpus.work(id)? {
            list += &format!("\n  {}  {}", work.id, called(&work));
        }
    }
    if ids.len() > LISTED {
        list += &format!("\n  and {} more", ids.len() - LISTED);
    }
    Ok(list)
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
