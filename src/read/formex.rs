//! Formex, the XML of the Official Journal (<https://op.europa.eu/en/web/eu-vocabularies/formex>): what its elements are.

use super::markup::Element;
use super::xml::{Dialect, Note};

/// The dialect.
pub(super) const DIALECT: Dialect = Dialect {
    skipped: |name| name.starts_with("BIB.") || matches!(name, "PAGE.HEADER" | "REF.PHYS" | "INCL.ELEMENT"),
    inline,
    number: |name| matches!(name, "NO.P" | "NO.PARAG" | "NO.ITEM"),
    heading: |name| name == "TITLE" || name.starts_with("TI.") || name.starts_with("STI."),
    line_break: |name| name == "BR",
    table: [&["TBL"], &["ROW"], &["CELL"]],
    superscript: |element| {
        element.name() == "HT" && matches!(element.attribute("TYPE").as_deref(), Some("SUP" | "EXPONENT"))
    },
    note,
    link,
    literal: quote,
    page: |instruction| instruction.starts_with("PAGE"),
};

/// Elements that stand inside a line, with all whose names begin with "REF." or "NO.".
const INLINE: &str =
    "HT DATE FT IE LINK ANONYM ANONYMOUS ADDR TERM KEYWORD INDEX IND YEAR LG.DOC QUOT.START QUOT.END";

fn inline(name: &str) -> bool {
    INLINE.split(' ').any(|inline| inline == name) || name.starts_with("REF.") || name.starts_with("NO.")
}

fn note(element: &Element<'_>) -> Option<Note> {
    if element.name() != "NOTE" {
        return None;
    }
    let again = element.attribute("NOTE.REF");
    let star = element.attribute("NUMBERING").as_deref() == Some("STAR");
    Some(Note {
        again: again.is_some(),
        id: again.or_else(|| element.attribute("NOTE.ID")).unwrap_or_default(),
        label: star.then(|| "*".to_owned()),
    })
}

/// A reference to the Official Journal says in its attributes what it refers to; as an address: series, number, date and
/// page.
fn link(element: &Element<'_>) -> Option<String> {
    if element.name() != "REF.DOC.OJ" {
        return None;
    }
    let series = element.attribute("COLL")?;
    let number = element.attribute("NO.OJ")?;
    let date = element.attribute("DATE.PUB")?;
    let page = element.attribute("PAGE.FIRST")?;
    let (year, month, day) = (date.get(..4)?, date.get(4..6)?, date.get(6..8)?);
    let number = number.replace(' ', "");
    let number = number.trim_start_matches('0');
    Some(format!("oj://{series}/{number}/{year}-{month}-{day}/{page}"))
}

fn quote(element: &Element<'_>) -> Option<String> {
    let code = element
        .attribute("CODE")
        .filter(|_| matches!(element.name(), "QUOT.START" | "QUOT.END"))?;
    let mark = char::from_u32(u32::from_str_radix(&code, 16).ok()?)?;
    Some(mark.to_string())
}
