//! Texts with their mentions marked, and what the library finds in them.

use citegraph::model::{Designation, Language, Mention, Relation, Span};
use citegraph::read;
use citegraph::recognize::Recognizer;
use citegraph::tables::Tables;

/// A text without its marks, and the spans that were marked, in order.
pub struct Marked {
    pub text: String,
    pub spans: Vec<Span>,
}

/// Takes `[[…]]` out of a text. Marks do not nest.
pub fn unmark(marked: &str) -> Marked {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once("[[") {
        text.push_str(before);
        let (inside, tail) = after.split_once("]]").expect("a mark is closed");
        spans.push(Span::new(text.len(), text.len() + inside.len()));
        text.push_str(inside);
        rest = tail;
    }
    text.push_str(rest);
    Marked { text, spans }
}

/// The mentions of a text in a declared language; what points back is led to what it points to.
pub fn mentions(
    text: &str,
    language: Language,
    tables: &Tables,
    recognizer: &Recognizer<'_>,
) -> Vec<Mention> {
    let reading =
        read::read("test.txt", text.as_bytes(), tables, Some(language)).expect("the text can be read");
    let mut mentions = recognizer.recognize(&reading.document).mentions;
    for at in 0..mentions.len() {
        if let Designation::Back(to) = mentions[at].designation {
            mentions[at].designation = mentions[to].designation.clone();
        }
    }
    mentions
}

/// The id that the words of a mention give by themselves; empty where they give none.
pub fn target(mention: &Mention) -> String {
    match &mention.designation {
        Designation::Identified(id) => id.to_string(),
        Designation::Conclusions {
            body,
            date: Some(date),
            ..
        } => body
            .unwrap_or(citegraph::model::Body::Council)
            .conclusions(*date)
            .to_string(),
        _ => String::new(),
    }
}

/// The mentions that are no mere generic phrase.
pub fn specific(mentions: Vec<Mention>) -> Vec<Mention> {
    mentions
        .into_iter()
        .filter(|m| m.confidence > 0.5 && m.relation != Relation::Itself)
        .collect()
}
