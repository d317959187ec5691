//! What a DOCX file says of its styles and lists: which paragraphs are headings, and what is printed before them.

use std::collections::HashMap;

use super::ReadError;
use super::docx::NAME;
use super::markup::{self, Element, Piece};
use super::numbering::{Digits, LEVELS, Level};

/// Gives each element of a part to `take`.
pub(super) fn each_element(xml: &str, mut take: impl FnMut(&Element<'_>)) -> Result<(), ReadError> {
    markup::walk(NAME, xml, |piece| {
        if let Piece::Open(element) = piece {
            take(&element);
        }
    })
}

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub based_on: Option<String>,
    pub heading: bool,
    pub list: Option<String>,
    pub level: Option<usize>,
}

pub(super) type Styles = HashMap<String, Style>;

pub(super) fn styles(xml: &str) -> Result<Styles, ReadError> {
    let mut styles = Styles::new();
    let mut id = String::new();
    each_element(xml, |element| {
        if element.name() == "style" {
            id = element.attribute("styleId").unwrap_or_default();
        }
        let style = styles.entry(id.clone()).or_default();
        let value = element.attribute("val");
        match (element.name(), value) {
            ("basedOn", value) => style.based_on = value,
            ("name", Some(name)) => style.heading |= name.to_lowercase().starts_with("heading"),
            ("outlineLvl", Some(level)) => style.heading = level != "9",
            ("numId", value) => style.list = value,
            ("ilvl", Some(level)) => style.level = level.parse().ok(),
            _ => {}
        }
    })?;
    Ok(styles)
}

/// A list: the definition it counts with, its levels, and numbers it begins anew with.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    pub definition: String,
    pub levels: Vec<Level>,
    /// The style of paragraphs that each level belongs to.
    pub styles: Vec<String>,
    pub begins: Vec<(usize, u32)>,
}

pub(super) type Lists = HashMap<String, List>;

/// Reads the lists of a document: definitions with their levels, then lists that follow one of them.
#[derive(Default)]
struct ListReader {
    definitions: Lists,
    lists: Lists,
    pub definition: String,
    /// The list that is open; none while definitions are read.
    pub list: Option<String>,
    level: usize,
}

/// The lists of a document by id.
pub(super) fn lists(xml: &str) -> Result<Lists, ReadError> {
    let mut reader = ListReader::default();
    each_element(xml, |element| reader.take(element))?;
    Ok(reader.lists)
}

impl ListReader {
    fn take(&mut self, element: &Element<'_>) {
        let value = element.attribute("val").unwrap_or_default();
        match element.name() {
            "abstractNum" => {
                self.definition = element.attribute("abstractNumId").unwrap_or_default();
                self.list = None;
            }
            "num" => self.list = element.attribute("numId"),
            "abstractNumId" => self.follow(value),
            "lvl" | "lvlOverride" => {
                let level = element.attribute("ilvl").and_then(|level| level.parse().ok());
                self.level = level.unwrap_or(0);
            }
            "startOverride" => {
                if let Ok(start) = value.parse() {
                    let level = self.level;
                    self.current().begins.push((level, start));
                }
            }
            name => {
                let level = self.level;
                set_level(self.current(), level, (name, value));
            }
        }
    }

    fn current(&mut self) -> &mut List {
        match &self.list {
            Some(id) => self.lists.entry(id.clone()).or_default(),
            None => self.definitions.entry(self.definition.clone()).or_default(),
        }
    }

    fn follow(&mut self, definition: String) {
        if let Some(id) = &self.list {
            let found = self.definitions.get(&definition).cloned().unwrap_or_default();
            self.lists.insert(id.clone(), List { definition, ..found });
        }
    }
}

fn set_level(list: &mut List, level: usize, (name, value): (&str, String)) {
    if level >= LEVELS {
        return;
    }
    if list.levels.len() <= level {
        list.levels.resize(level + 1, Level::default());
        list.styles.resize(level + 1, String::new());
    }
    let own = &mut list.levels[level];
    match name {
        "start" => own.start = value.parse().unwrap_or(1),
        "numFmt" => own.digits = digits(&value),
        "lvlText" => own.pattern = value,
        "pStyle" => list.styles[level] = value,
        _ => {}
    }
}

fn digits(format: &str) -> Digits {
    match format {
        "bullet" => Digits::Bullet,
        "none" => Digits::Nothing,
        "decimalZero" => Digits::Padded,
        "lowerLetter" => Digits::Letter,
        "upperLetter" => Digits::Capital,
        "lowerRoman" => Digits::Roman,
        "upperRoman" => Digits::CapitalRoman,
        _ => Digits::Decimal,
    }
}

/// A style and those it is based on.
#[derive(Clone)]
pub(super) struct Chain<'a> {
    next: Option<&'a str>,
    styles: &'a Styles,
    left: usize,
}

impl<'a> Chain<'a> {
    pub fn of(style: &'a str, styles: &'a Styles) -> Self {
        let next = Some(style).filter(|style| !style.is_empty());
        Self {
            next,
            styles,
            left: 12,
        }
    }
}

impl<'a> Iterator for Chain<'a> {
    type Item = &'a Style;

    fn next(&mut self) -> Option<&'a Style> {
        // Styles may be based on each other in a circle.
        self.left = self.left.checked_sub(1)?;
        let style = self.styles.get(self.next?)?;
        self.next = style.based_on.as_deref();
        Some(style)
    }
}
