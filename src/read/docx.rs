//! A DOCX file in, its text out: body, notes, numbers of paragraphs; tracked changes as accepted, running heads and feet
//! left out.

use std::collections::HashMap;

use super::ReadError;
use super::compose::{Composed, Composer};
use super::docx_styles::{Chain, Lists, Styles, each_element, lists, styles};
use super::markup::{self, Element, Piece};
use super::numbering::Counters;
use super::package::Package;

/// The name of the format in errors.
pub(super) const NAME: &str = "DOCX";

/// What a part of this ending of name says: addresses by the id of a relationship.
type Addresses = HashMap<String, String>;

/// The text of the file.
pub(super) fn text(bytes: &[u8]) -> Result<Composed, ReadError> {
    let mut package = Package::open(NAME, bytes)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| format!("{folder}/{name}");
    let styles = styles(&package.part(&beside("styles.xml"))?.unwrap_or_default())?;
    let lists = lists(&package.part(&beside("numbering.xml"))?.unwrap_or_default())?;
    let settings = package.part(&beside("settings.xml"))?.unwrap_or_default();
    let body = package.required(&main)?;
    let know = Know {
        notes: [
            notes(&mut package, &folder, "footnotes", "footnote")?,
            notes(&mut package, &folder, "endnotes", "endnote")?,
        ],
        restart: [&settings, &body]
            .iter()
            .any(|part| part.contains("\"eachSect\"")),
        addresses: addresses(&mut package, &main)?,
        styles,
        lists,
    };
    let mut story = Story::new(&know);
    markup::walk(NAME, &body, |piece| story.take(piece))?;
    Ok(story.composer.finish())
}

/// Whether a package holds a Word document.
pub(super) fn is_inside(package: &mut Package<'_>) -> bool {
    package.has("[Content_Types].xml") && main_part(package).is_ok_and(|main| package.has(&main))
}

/// The name of the part with the body.
fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    if package.has("word/document.xml") {
        return Ok("word/document.xml".to_owned());
    }
    let mut found = None;
    let relationships = package.required("_rels/.rels")?;
    each_element(&relationships, |element| {
        let kind = element.attribute("Type").unwrap_or_default();
        let target = element.attribute("Target").unwrap_or_default();
        if kind.ends_with("/officeDocument") && target.contains("word/") {
            found = Some(target.trim_start_matches('/').to_owned());
        }
    })?;
    found.ok_or_else(|| ReadError::Damaged {
        format: NAME,
        reason: "it has no body".to_owned(),
    })
}

/// The addresses outside that a part links to.
fn addresses(package: &mut Package<'_>, part: &str) -> Result<Addresses, ReadError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut found = Addresses::new();
    let relationships = package.part(&format!("{folder}/_rels/{name}.rels"))?;
    each_element(&relationships.unwrap_or_default(), |element| {
        if let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
            && element.attribute("TargetMode").as_deref() == Some("External")
        {
            found.insert(id, target);
        }
    })?;
    Ok(found)
}

/// The text of each note of a part, by id.
fn notes(
    package: &mut Package<'_>,
    folder: &str,
    part: &str,
    element: &str,
) -> Result<HashMap<String, String>, ReadError> {
    let name = format!("{folder}/{part}.xml");
    let know = Know {
        addresses: addresses(package, &name)?,
        ..Know::default()
    };
    let mut found = HashMap::new();
    let mut open: Option<(String, Story<'_>)> = None;
    let xml = package.part(&name)?.unwrap_or_default();
    markup::walk(NAME, &xml, |piece| match piece {
        Piece::Open(start) if start.name() == element => {
            open = start.attribute("id").map(|id| (id, Story::new(&know)));
        }
        Piece::Close(name) if name == element => {
            if let Some((id, story)) = open.take() {
                found.insert(id, story.composer.marked());
            }
        }
        piece => {
            if let Some((_, story)) = &mut open {
                story.take(piece);
            }
        }
    })?;
    Ok(found)
}

/// What the other parts say.
#[derive(Debug, Default)]
struct Know {
    styles: Styles,
    lists: Lists,
    /// Footnotes and endnotes.
    notes: [HashMap<String, String>; 2],
    /// Whether notes are numbered anew in each section.
    restart: bool,
    addresses: Addresses,
}

/// Elements whose content is not part of the text as accepted, or is said elsewhere.
const SKIPPED: [&str; 12] = [
    "del",
    "moveFrom",
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "tcPrChange",
    "trPrChange",
    "tblGridChange",
    "numberingChange",
    "Fallback",
    "sdtPr",
];

/// The walk through a part with text.
struct Story<'a> {
    know: &'a Know,
    composer: Composer,
    counters: Counters,
    /// The lists whose numbers were begun anew.
    begun: Vec<String>,
    /// How many skipped elements are open.
    skipped: usize,
    paragraph: Paragraph,
    run: Run,
    /// The name of what text belongs to: that of `w:t` and `w:instrText`.
    element: &'static str,
    fields: Vec<Field>,
    /// How many footnotes and endnotes were called.
    called: [u32; 2],
    /// A note whose mark follows as text.
    unmarked: Option<(usize, String)>,
}

#[derive(Debug, Default)]
struct Paragraph {
    style: String,
    list: Option<String>,
    level: Option<usize>,
    heading: Option<bool>,
    /// Whether its end is deleted, so that the next goes on in its line.
    runs_on: bool,
    in_properties: bool,
    marked: bool,
}

#[derive(Debug, Default)]
struct Run {
    superscript: bool,
    hidden: bool,
}

/// A field: what it says, and whether it is a link.
#[derive(Debug, Default)]
struct Field {
    code: String,
    link: bool,
}

impl<'a> Story<'a> {
    fn new(know: &'a Know) -> Self {
        Self {
            know,
            composer: Composer::default(),
            counters: Counters::default(),
            begun: Vec::new(),
            skipped: 0,
            paragraph: Paragraph::default(),
            run: Run::default(),
            element: "",
            fields: Vec::new(),
            called: [0; 2],
            unmarked: None,
        }
    }

    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(element) if SKIPPED.contains(&element.name()) => {
                // The end of the paragraph is deleted.
                self.paragraph.runs_on |= element.name() == "del" && self.paragraph.in_properties;
                self.skipped += 1;
            }
            Piece::Close(name) if SKIPPED.contains(&name.as_str()) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            _ if self.skipped > 0 => {}
            Piece::Open(element) if self.paragraph.in_properties => self.property(&element),
            Piece::Open(element) => self.open(&element),
            Piece::Close(name) => self.close(&name),
            Piece::Text(text) => self.text(&text),
            Piece::Instruction(_) => {}
        }
    }

    /// What the properties of a paragraph say.
    fn property(&mut self, element: &Element<'_>) {
        let value = element.attribute("val");
        let paragraph = &mut self.paragraph;
        match (element.name(), value) {
            ("pStyle", Some(style)) => paragraph.style = style,
            ("numId", Some(list)) => paragraph.list = Some(list),
            ("ilvl", Some(level)) => paragraph.level = level.parse().ok(),
            ("outlineLvl", Some(level)) => paragraph.heading = Some(level != "9"),
            ("pageBreakBefore", value) if is_on(value.as_deref()) => self.composer.page(),
            ("sectPr", _) if self.know.restart => self.called = [0; 2],
            _ => {}
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        let value = element.attribute("val");
        match element.name() {
            "p" => self.paragraph = Paragraph::default(),
            "pPr" => self.paragraph.in_properties = true,
            "r" => self.run = Run::default(),
            "vertAlign" => self.run.superscript = value.as_deref() == Some("superscript"),
            "vanish" => self.run.hidden = is_on(value.as_deref()),
            "rStyle" => {
                let style = value.unwrap_or_default().to_lowercase();
                self.run.superscript |= style.contains("footnotereference");
            }
            "t" => self.element = "t",
            "instrText" => self.element = "instrText",
            "tab" | "ptab" => self.composer.tab(),
            "br" if element.attribute("type").as_deref() == Some("page") => self.composer.page(),
            "br" | "cr" => self.composer.line_break(),
            "lastRenderedPageBreak" => self.composer.page(),
            "noBreakHyphen" => self.words("\u{2011}"),
            "softHyphen" => self.words("\u{ad}"),
            "sym" => self.symbol(element),
            "fldChar" => self.field(element.attribute("fldCharType").as_deref()),
            "hyperlink" => {
                let id = element.attribute("id").unwrap_or_default();
                let url = self.know.addresses.get(&id).cloned().unwrap_or_default();
                self.composer.begin_link(&url);
            }
            "footnoteReference" => self.reference(0, element),
            "endnoteReference" => self.reference(1, element),
            "tbl" | "txbxContent" => self.composer.begin_table(),
            "tr" => self.composer.row(),
            "tc" => self.composer.cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "pPr" => self.paragraph.in_properties = false,
            "p" => self.end_paragraph(),
            "t" | "instrText" => self.element = "",
            "hyperlink" => self.composer.end_link(),
            "tbl" | "txbxContent" => self.composer.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.marked {
            // Paragraphs without words count, too.
            let _printed = self.mark();
        }
        if !self.paragraph.runs_on {
            self.composer.paragraph();
        }
    }

    fn text(&mut self, text: &str) {
        match self.element {
            "t" => self.words(text),
            "instrText" => {
                if let Some(field) = self.fields.last_mut() {
                    field.code.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.run.hidden {
            return;
        }
        if let Some((kind, id)) = self.unmarked.take() {
            return self.call(kind, &id, text.trim());
        }
        if !self.paragraph.marked && !text.trim().is_empty() {
            self.paragraph.marked = true;
            let mark = self.mark();
            self.composer.mark(&mark);
        }
        if self.run.superscript {
            self.composer.superscript(text);
        } else {
            self.composer.text(text);
        }
    }

    /// What is printed before the paragraph.
    fn mark(&mut self) -> String {
        let styles = Chain::of(&self.paragraph.style, &self.know.styles);
        let heading = self
            .paragraph
            .heading
            .unwrap_or_else(|| styles.clone().any(|style| style.heading));
        let list = self
            .paragraph
            .list
            .clone()
            .or_else(|| styles.clone().find_map(|style| style.list.clone()));
        let own = self
            .paragraph
            .level
            .or_else(|| styles.clone().find_map(|style| style.level));
        let number = list.map_or(String::new(), |list| self.number(&list, own));
        if heading { format!("# {number}") } else { number }
    }

    fn number(&mut self, id: &str, level: Option<usize>) -> String {
        let Some(list) = self.know.lists.get(id) else {
            return String::new();
        };
        let style = &self.paragraph.style;
        let of_style = || list.styles.iter().position(|own| !own.is_empty() && own == style);
        let level = level.or_else(of_style).unwrap_or(0);
        if !list.begins.is_empty() && !self.begun.iter().any(|begun| begun == id) {
            self.begun.push(id.to_owned());
            for (level, start) in &list.begins {
                self.counters.set(&list.definition, *level, *start);
            }
        }
        self.counters.next(&list.definition, &list.levels, level)
    }

    fn symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute("char").unwrap_or_default();
        let symbol = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
        if let Some(symbol) = symbol.filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)) {
            self.words(&symbol.to_string());
        }
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut()
                    && let Some(url) = field.code.trim().strip_prefix("HYPERLINK")
                    && let Some(url) = url.split('"').nth(1).filter(|url| url.contains("://"))
                {
                    field.link = true;
                    self.composer.begin_link(url);
                }
            }
            _ => {
                if self.fields.pop().is_some_and(|field| field.link) {
                    self.composer.end_link();
                }
            }
        }
    }

    fn reference(&mut self, kind: usize, element: &Element<'_>) {
        let Some(id) = element.attribute("id") else { return };
        if is_on(element.attribute("customMarkFollows").as_deref().or(Some("0"))) {
            self.unmarked = Some((kind, id));
            return;
        }
        self.called[kind] += 1;
        let number = self.called[kind];
        let label = if kind == 0 {
            number.to_string()
        } else {
            format!("e{number}")
        };
        self.call(kind, &id, &label);
    }

    fn call(&mut self, kind: usize, id: &str, label: &str) {
        let note = self.know.notes[kind].get(id).map_or("", String::as_str);
        self.composer.call(label);
        self.composer.note(label, note);
    }
}

fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}
