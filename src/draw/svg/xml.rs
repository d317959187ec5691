//! Names, attributes and text in, well-formed XML out.

use std::collections::HashSet;
use std::fmt::Write as _;

/// An element under construction.
pub(super) struct Element {
    text: String,
    name: &'static str,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            text: format!("<{name}"),
            name,
        }
    }

    pub(super) fn attr(mut self, name: &str, value: &str) -> Self {
        // Writing to a string cannot fail.
        let _ = write!(self.text, " {name}=\"{}\"", escape(value));
        self
    }

    pub(super) fn num(self, name: &str, value: f64) -> Self {
        let value = number(value);
        self.attr(name, &value)
    }

    /// The dash array; none for a solid line.
    pub(super) fn dash(self, dash: &[f64]) -> Self {
        if dash.is_empty() {
            return self;
        }
        let lengths: Vec<String> = dash.iter().map(|d| number(*d)).collect();
        self.attr("stroke-dasharray", &lengths.join(" "))
    }

    pub(super) fn empty(self) -> String {
        format!("{}/>\n", self.text)
    }

    pub(super) fn text(self, text: &str) -> String {
        format!("{}>{}</{}>\n", self.text, escape(text), self.name)
    }

    pub(super) fn around(self, content: &str) -> String {
        format!("{}>\n{content}</{}>\n", self.text, self.name)
    }
}

/// A length with at most one decimal, the same on every machine.
pub(super) fn number(value: f64) -> String {
    let tenths = if value.is_finite() { (value * 10.0).round() as i64 } else { 0 };
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenth == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{tenth}")
    }
}

/// Text for content and attributes; characters that XML does not allow are left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Makes XML ids out of any text: a plain id stays as it is, another is encoded, a second one of the same text is numbered.
/// No id made here is one of the picture's own, for those hold `_` before a small letter other than x.
#[derive(Default)]
pub(super) struct Ids(HashSet<String>);

impl Ids {
    pub(super) fn make(&mut self, text: &str) -> String {
        let plain = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_plain);
        let base = if plain { text.to_owned() } else { format!("work-{}", encode(text)) };
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
    fn numbers_have_at_most_one_decimal() {
        for (value, text) in [(1.0, "1"), (-0.04, "0"), (2.25, "2.3"), (-3.14, "-3.1"), (f64::NAN, "0"), (-0.5, "-0.5")] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn ids_are_safe_and_unique_whatever_they_are_made_of() {
        let mut ids = Ids::default();
        let made: Vec<String> = ["ST-1-2022", "ST-1-2022", "32018D1993", "", "a b", "a_b", "\"<", "work-32018D1993"]
            .iter()
            .map(|text| ids.make(text))
            .collect();
        assert_eq!(made[..3], ["ST-1-2022", "ST-1-2022.2", "work-32018D1993"]);
        assert_eq!(made.iter().collect::<HashSet<_>>().len(), made.len());
        assert!(made.iter().all(|id| id.chars().all(|c| is_plain(c) || "_.".contains(c))));
    }
}
