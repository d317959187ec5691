//! Any text in, a DOT string that Graphviz reads back as that text out. The printer of graphviz-rust writes ids as they
//! are, so everything that reaches it goes through here.

use crate::draw::font::one_line;

/// A quoted string for labels and tooltips, from lines that are each closed by `ending` (`\l`, `\n`, or nothing).
pub(super) fn lines<'a>(lines: impl IntoIterator<Item = &'a str>, ending: &str) -> String {
    let text: Vec<String> = lines.into_iter().map(|line| escaped(line) + ending).collect();
    format!("\"{}\"", text.concat())
}

/// A quoted string of one line.
pub(super) fn quote(text: &str) -> String {
    lines([text], "")
}

/// Text inside a label of HTML.
pub(super) fn html(text: &str) -> String {
    let line = one_line(text);
    line.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A quoted address. Graphviz 2.43 copies the ampersands of an address into its SVG as they are, which is no XML, so every
/// one goes in as an entity, which later versions leave alone.
pub(super) fn address(url: &str) -> String {
    let url = one_line(url).replace('\\', "%5C").replace('"', "%22");
    format!("\"{}\"", url.replace('&', "&amp;"))
}

/// Graphviz reads `\` as the start of an escape, `"` as the end, and `&lt;` as `<`.
fn escaped(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '"' => escaped.push_str("\\\""),
            '&' if is_entity(&line[at + 1..]) => escaped.push_str("&amp;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether what follows an ampersand makes it an entity of HTML.
fn is_entity(rest: &str) -> bool {
    let name = rest.split(';').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '#';
    name.len() < rest.len() && !name.is_empty() && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_graphviz_reads_specially_is_escaped() {
        for (text, quoted) in [
            ("", r#""""#),
            ("node", r#""node""#),
            ("a \"b\"", r#""a \"b\"""#),
            ("ends in \\", r#""ends in \\""#),
            ("\\N", r#""\\N""#),
            ("<b>", r#""<b>""#),
            ("a & b", r#""a & b""#),
            ("&lt;", r#""&amp;lt;""#),
            ("two\nlines", r#""two lines""#),
            ("ψηφιακή", r#""ψηφιακή""#),
        ] {
            assert_eq!(quote(text), quoted);
        }
    }
}
