//! Akoma Ntoso, the XML of parliaments (<https://docs.oasis-open.org/legaldocml/akn-core/v1.0/>): what its elements are.

use super::markup::Element;
use super::xml::{Dialect, Note};

/// The dialect.
pub(super) const DIALECT: Dialect = Dialect {
    skipped: |name| matches!(name, "meta" | "del" | "remark" | "img"),
    inline: |name| INLINE.split(' ').any(|inline| inline == name),
    number: |name| name == "num",
    heading: |name| matches!(name, "heading" | "subheading" | "docTitle"),
    line_break: |name| matches!(name, "eol" | "br"),
    table: [&["table"], &["tr"], &["td", "th"]],
    superscript: |element| element.name() == "sup",
    note,
    link: |element| {
        let href = element.attribute("href").filter(|href| !href.starts_with('#'))?;
        matches!(element.name(), "ref" | "rref" | "a" | "affectedDocument").then_some(href)
    },
    literal: |_| None,
    page: |_| false,
};

/// Elements that stand inside a line.
const INLINE: &str = "a abbr affectedDocument argument b change concept courtType date def docDate docIntroducer \
    docJurisdiction docNumber docProponent docPurpose docStage docStatus docType docketNumber entity event fillIn i inline ins \
    legislature location marker mmod mod mref neutralCitation noteRef object omissis organization person process quantity \
    quotedText ref role rref session shortTitle signature span sub term time u vote";

fn note(element: &Element<'_>) -> Option<Note> {
    let again = match element.name() {
        "authorialNote" => false,
        "noteRef" => true,
        _ => return None,
    };
    let target = element
        .attribute("href")
        .map(|href| href.trim_start_matches('#').to_owned());
    let own = element.attribute("eId").or_else(|| element.attribute("id"));
    Some(Note {
        again,
        id: if again { target } else { own }.unwrap_or_default(),
        label: element
            .attribute("marker")
            .filter(|label| !label.trim().is_empty() && !again),
    })
}
