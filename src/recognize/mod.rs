//! [`Document`] in, mentions out: what refers to something, how it is worded, and how the document stands to it. Nothing
//! here knows any other document.

mod act_number;
mod acts;
mod addresses;
mod articles;
mod back;
mod candidates;
mod conclusions;
mod council;
mod dated;
mod definitions;
mod editions;
mod families;
mod forms;
mod found;
mod head;
mod identity;
mod instruments;
mod issued;
mod journal;
mod lexicon;
mod links;
mod names;
mod paragraphs;
mod phrase;
mod phrases;
mod place;
mod relations;
mod resolutions;
mod scene;
mod select;
mod squeeze;
mod treaties;
mod trie;

use std::sync::OnceLock;

pub use candidates::Candidate;
pub use council::parse as parse_council_number;
pub use identity::{Identity, same_key, same_topic};
use lexicon::Lexicon;
use scene::Scene;
use serde::{Deserialize, Serialize};
pub use squeeze::key;

use crate::model::{Document, Language, Mention, Role, Span, WorkId, language::CODES};
use crate::tables::Tables;

/// Whether words that point back to an earlier reference ("that Directive", "ibid.") count as mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BackReferences {
    /// They refer to what the earlier reference refers to.
    #[default]
    Bound,
    /// They are left alone.
    Ignored,
}

/// Recognizes mentions; holds the words and names of each language, compiled when first needed.
pub struct Recognizer<'t> {
    tables: &'t Tables,
    lexicons: Vec<OnceLock<Lexicon>>,
    back: BackReferences,
}

/// What was found in one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// The path of the document.
    pub path: String,
    /// Its language.
    pub language: Language,
    /// What it says of itself.
    pub identity: Identity,
    /// The mentions, in order of place.
    pub mentions: Vec<Mention>,
}

/// About how many bytes of text a stretch may have.
const STRETCH: usize = 32 * 1024;

impl<'t> Recognizer<'t> {
    /// A recognizer on these tables.
    pub fn new(tables: &'t Tables) -> Self {
        Self {
            tables,
            lexicons: CODES.iter().map(|_| OnceLock::new()).collect(),
            back: BackReferences::default(),
        }
    }

    /// The same with back references bound or ignored.
    pub fn with_back_references(self, back: BackReferences) -> Self {
        Self { back, ..self }
    }

    /// All mentions of a document.
    ///
    /// # Examples
    /// ```
    /// use citegraph::{read, recognize::Recognizer, tables::Tables};
    /// let tables = Tables::builtin()?;
    /// let document = read::read("a.txt", b"The revised guidelines are set out in document 10289/23 of the Council.", &tables, None)?.document;
    /// let findings = Recognizer::new(&tables).recognize(&document);
    /// assert_eq!(findings.mentions[0].passage.text, "10289/23");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn recognize(&self, document: &Document) -> Findings {
        let scenes = self.scenes(document);
        let found = select::longest(document, &scenes, self.tables);
        let identity = Identity::of(document, &found, self.tables);
        let links = links::read(document, self.tables);
        let found = links::with_links(document.text.repaired(), &links, found);
        let found = definitions::with_short_forms(document, &scenes, found);
        let found = match self.back {
            BackReferences::Bound => back::with_back_references(document, &scenes, found, &identity),
            BackReferences::Ignored => found,
        };
        let mentions = place::mentions(document, &scenes, (&found, &links), &identity);
        Findings {
            path: document.path.clone(),
            language: document.language,
            identity,
            mentions,
        }
    }

    /// The names in a document that look like those of instruments but are in no table, in order of place.
    pub fn candidates(&self, document: &Document) -> Vec<Candidate> {
        let scenes = self.scenes(document);
        let found = select::longest(document, &scenes, self.tables);
        let found = definitions::with_short_forms(document, &scenes, found);
        candidates::find(document, &scenes, &found)
    }

    /// The instruments that a text in this language names, in order of id: for titles and queries.
    pub fn names_in(&self, text: &str, language: Language) -> Vec<WorkId> {
        let (_, names) = self.lexicon(language).find(text, Span::new(0, text.len()));
        let mut ids: Vec<WorkId> = names
            .iter()
            .map(|n| self.tables.instruments[n.instrument].id.clone())
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn lexicon(&self, language: Language) -> &Lexicon {
        self.lexicons[language.index()].get_or_init(|| Lexicon::new(self.tables, language))
    }

    /// The stretches of one language each, in order. Long ones are cut before a block that is no list item, so that the
    /// words of a stretch stay in the cache of the processor and the phrase that governs a list stays with its items.
    fn scenes<'a>(&'a self, document: &'a Document) -> Vec<Scene<'a>> {
        let mut stretches: Vec<(Span, Language)> = Vec::new();
        for block in &document.blocks {
            match stretches.last_mut() {
                Some((span, language))
                    if *language == block.language && (span.len() < STRETCH || block.role == Role::Item) =>
                {
                    span.end = block.span.end;
                }
                _ => stretches.push((block.span, block.language)),
            }
        }
        let scene =
            |(span, language)| Scene::new(document, span, language, (self.tables, self.lexicon(language)));
        stretches.into_iter().map(scene).collect()
    }
}
