//! Ids of works in, ids that are safe and unique in XML and DOT out.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::picture::Picture;

/// Makes XML ids out of any text: a plain id stays as it is, another is encoded, a second one of the same text is numbered.
/// No id made here is one of a page's own ids, for those hold `_` before a letter other than x.
#[derive(Default)]
pub(super) struct Ids(HashSet<String>);

impl Ids {
    /// The ids of the cards of a picture.
    pub(super) fn of(picture: &Picture) -> Vec<String> {
        let mut ids = Self::default();
        picture.cards.iter().map(|card| ids.make(&card.id)).collect()
    }

    fn make(&mut self, text: &str) -> String {
        let plain = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_plain);
        let base = if plain {
            text.to_owned()
        } else {
            format!("work-{}", encode(text))
        };
        let mut id = base.clone();
        let mut again = 1;
        while !self.0.insert(id.clone()) {
            again += 1;
            id = format!("{base}.{again}");
        }
        id
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

fn encode(text: &str) -> String {
    text.chars().fold(String::new(), |mut id, c| {
        if is_plain(c) {
            id.push(c);
        } else {
            let _ = write!(id, "_x{:X}_", c as u32);
        }
        id
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_and_unique_whatever_they_are_made_of() {
        let mut ids = Ids::default();
        let made: Vec<String> = [
            "ST-1-2022",
            "ST-1-2022",
            "32018D1993",
            "",
            "a b",
            "a_b",
            "\"<",
            "work-32018D1993",
        ]
        .iter()
        .map(|text| ids.make(text))
        .collect();
        assert_eq!(made[..3], ["ST-1-2022", "ST-1-2022.2", "work-32018D1993"]);
        assert_eq!(made.iter().collect::<HashSet<_>>().len(), made.len());
        assert!(
            made.iter()
                .all(|id| id.chars().all(|c| is_plain(c) || "_.".contains(c)))
        );
    }
}
