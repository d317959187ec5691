//! An ODT file in, its text out: body, notes, numbers of lists; tracked changes as accepted, running heads and feet left
//! out.

use std::collections::{HashMap, HashSet};

use super::ReadError;
use super::compose::{Composed, Composer};
use super::markup::{self, Element, Piece};
use super::numbering::{Counters, Digits, LEVELS, Level};
use super::package::Package;

const NAME: &str = "ODT";

/// The text of the file.
pub(super) fn text(bytes: &[u8]) -> Result<Composed, ReadError> {
    let mut package = Package::open(NAME, bytes)?;
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ReadError::Encrypted(NAME));
    }
    let content = package.required("content.xml")?;
    let mut styles = Styles::default();
    styles.learn(&package.part("styles.xml")?.unwrap_or_default())?;
    read(&content, styles)
}

fn read(content: &str, mut styles: Styles) -> Result<Composed, ReadError> {
    styles.learn(content)?;
    let mut story = Story::new(&styles);
    markup::walk(NAME, content, |piece| story.take(piece))?;
    Ok(story.composer.finish())
}

/// The text of a document that is one XML file.
pub(super) fn flat(xml: &str) -> Result<Composed, ReadError> {
    read(xml, Styles::default())
}

/// Whether a package holds a text document.
pub(super) fn is_inside(package: &mut Package<'_>) -> bool {
    let kind = package.part("mimetype").ok().flatten().unwrap_or_default();
    kind.starts_with("application/vnd.oasis.opendocument.text") && package.has("content.xml")
}

/// What styles say.
#[derive(Debug, Default)]
struct Styles {
    lists: HashMap<String, Vec<Level>>,
    /// Styles of text that is set higher.
    raised: HashSet<String>,
    /// Styles of paragraphs that begin a page.
    breaking: HashSet<String>,
}

impl Styles {
    fn learn(&mut self, xml: &str) -> Result<(), ReadError> {
        let mut name = String::new();
        markup::walk(NAME, xml, |piece| {
            let Piece::Open(element) = piece else { return };
            match element.name() {
                "style" | "list-style" | "outline-style" => {
                    name = element.attribute("name").unwrap_or_default();
                }
                kind @ ("list-level-style-number" | "list-level-style-bullet" | "outline-level-style") => {
                    let level = number(&element, "level").unwrap_or(1) as usize;
                    self.set_level(&name, level, read_level(&element, kind));
                }
                "text-properties" => {
                    let position = element.attribute("text-position").unwrap_or_default();
                    if position.starts_with("super") {
                        self.raised.insert(name.clone());
                    }
                }
                "paragraph-properties" if element.attribute("break-before").as_deref() == Some("page") => {
                    self.breaking.insert(name.clone());
                }
                _ => {}
            }
        })
    }

    fn set_level(&mut self, list: &str, level: usize, found: Level) {
        if (1..=LEVELS).contains(&level) {
            let levels = self.lists.entry(list.to_owned()).or_default();
            if levels.len() < level {
                levels.resize(level, Level::default());
            }
            levels[level - 1] = found;
        }
    }
}

fn number(element: &Element<'_>, name: &str) -> Option<u32> {
    element.attribute(name)?.parse().ok()
}

fn read_level(element: &Element<'_>, kind: &str) -> Level {
    let attribute = |name: &str| element.attribute(name).unwrap_or_default();
    let digits = match attribute("num-format").as_str() {
        _ if kind == "list-level-style-bullet" => Digits::Bullet,
        "" => Digits::Nothing,
        "a" => Digits::Letter,
        "A" => Digits::Capital,
        "i" => Digits::Roman,
        "I" => Digits::CapitalRoman,
        _ => Digits::Decimal,
    };
    let level = number(element, "level").unwrap_or(1);
    let shown = number(element, "display-levels")
        .unwrap_or(1)
        .clamp(1, level.max(1));
    let places: Vec<String> = (level + 1 - shown..=level)
        .map(|place| format!("%{place}"))
        .collect();
    let places = if digits == Digits::Nothing {
        String::new()
    } else {
        places.join(".")
    };
    Level {
        digits,
        pattern: format!("{}{places}{}", attribute("num-prefix"), attribute("num-suffix")),
        start: number(element, "start-value").unwrap_or(1),
    }
}

/// Elements whose content is not part of the text, or not of the text as accepted.
const SKIPPED: [&str; 8] = [
    "tracked-changes",
    "annotation",
    "forms",
    "sequence-decls",
    "scripts",
    "note-citation",
    "desc",
    "ruby-text",
];

/// The walk through the content.
struct Story<'a> {
    styles: &'a Styles,
    composer: Composer,
    counters: Counters,
    skipped: usize,
    /// Whether the body has begun.
    inside: bool,
    /// The lists that are open, the outermost first, and their styles.
    lists: Vec<String>,
    /// Whether a list item has begun whose number is not printed yet.
    item: bool,
    /// Whether each span that is open is set higher.
    spans: Vec<bool>,
    /// The label and class of the note that is open.
    note: Option<String>,
    called: [u32; 2],
    kind: usize,
}

impl<'a> Story<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            composer: Composer::default(),
            counters: Counters::default(),
            skipped: 0,
            inside: false,
            lists: Vec::new(),
            item: false,
            spans: Vec::new(),
            note: None,
            called: [0; 2],
            kind: 0,
        }
    }

    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(element) if SKIPPED.contains(&element.name()) => {
                self.note_label(&element);
                self.skipped += 1;
            }
            Piece::Close(name) if SKIPPED.contains(&name.as_str()) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            _ if self.skipped > 0 => {}
            Piece::Open(element) => self.open(&element),
            Piece::Close(name) => self.close(&name),
            Piece::Text(text) if self.inside => self.words(&text),
            _ => {}
        }
    }

    /// Notes count by their class; one with a mark of its own keeps it.
    fn note_label(&mut self, element: &Element<'_>) {
        if element.name() == "note-citation" {
            let label = element.attribute("label").unwrap_or_else(|| {
                self.called[self.kind] += 1;
                let number = self.called[self.kind];
                if self.kind == 0 {
                    number.to_string()
                } else {
                    format!("e{number}")
                }
            });
            self.composer.call(&label);
            self.note = Some(label);
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "text" => self.inside = true,
            "p" => self.paragraph(element),
            "h" => self.heading(element),
            "list" => self.list(element),
            "list-item" => {
                self.item = true;
                if let (Some(list), Some(start)) = (self.lists.first(), number(element, "start-value")) {
                    self.counters.set(list, self.lists.len() - 1, start);
                }
            }
            "list-header" => self.item = false,
            "span" => {
                let style = element.attribute("style-name").unwrap_or_default();
                self.spans.push(self.styles.raised.contains(&style));
            }
            "note" => self.kind = usize::from(element.attribute("note-class").as_deref() == Some("endnote")),
            "note-body" => {
                let label = self.note.take().unwrap_or_default();
                self.composer.begin_note(&label);
            }
            "a" => self
                .composer
                .begin_link(&element.attribute("href").unwrap_or_default()),
            "s" => self.words(" "),
            "tab" => self.composer.tab(),
            "line-break" => self.composer.line_break(),
            "soft-page-break" => self.composer.page(),
            "table" | "text-box" => self.composer.begin_table(),
            "table-row" => self.composer.row(),
            "table-cell" => self.composer.cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => self.composer.paragraph(),
            "list" => {
                self.lists.pop();
                self.item = false;
            }
            "span" => {
                self.spans.pop();
            }
            "note-body" => self.composer.end_note(),
            "a" => self.composer.end_link(),
            "table" | "text-box" => self.composer.end_table(),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.spans.contains(&true) {
            self.composer.superscript(text);
        } else {
            self.composer.text(text);
        }
    }

    fn begin(&mut self, element: &Element<'_>) {
        let style = element.attribute("style-name").unwrap_or_default();
        if self.styles.breaking.contains(&style) {
            self.composer.page();
        }
    }

    fn paragraph(&mut self, element: &Element<'_>) {
        self.begin(element);
        if std::mem::take(&mut self.item) {
            self.print();
        }
    }

    fn print(&mut self) {
        let level = self.lists.len().saturating_sub(1);
        let (Some(list), Some(levels)) = (
            self.lists.first(),
            self.lists.last().and_then(|list| self.styles.lists.get(list)),
        ) else {
            return;
        };
        let mark = self.counters.next(list, levels, level);
        self.composer.mark(&mark);
    }

    fn heading(&mut self, element: &Element<'_>) {
        self.begin(element);
        self.composer.mark("# ");
        if std::mem::take(&mut self.item) {
            self.print();
        }
    }

    /// A list without a style has that of the list around it.
    fn list(&mut self, element: &Element<'_>) {
        let own = element.attribute("style-name");
        let style = own.or_else(|| self.lists.last().cloned()).unwrap_or_default();
        let goes_on = element.attribute("continue-numbering").as_deref() == Some("true")
            || element.attribute("continue-list").is_some();
        if self.lists.is_empty() && !goes_on {
            self.counters.restart(&style);
        }
        self.lists.push(style);
    }
}
