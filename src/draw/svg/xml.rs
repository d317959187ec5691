//! Names, attributes and text in, well-formed XML out.

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
    let tenths = if value.is_finite() {
        (value * 10.0).round() as i64
    } else {
        0
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_at_most_one_decimal() {
        for (value, text) in [
            (1.0, "1"),
            (-0.04, "0"),
            (2.25, "2.3"),
            (-3.12, "-3.1"),
            (f64::NAN, "0"),
            (-0.5, "-0.5"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
