//! Copies lines of the original into repaired text: one blank for any white space, no soft hyphens, no Markdown, no
//! footnote calls. Where calls and links stood is kept.

use memchr::memmem;

use crate::model::{Link, Span, Text};
use crate::tables::scan;

/// Whether copying may have to stop and look at a byte that is no blank.
fn is_special(byte: u8) -> bool {
    (byte < b' ') | (byte == b'*') | (byte == b'[') | (byte == b']') | (byte == 0xC2) | (byte == 0xE2)
}

/// How far a Markdown link may run before its bracket closes.
const LINK_REACH: usize = 600;

/// Appends lines to a text and notes where footnote calls stood.
pub(super) struct Repairer {
    pub text: Text,
    calls: Vec<Span>,
    next_call: usize,
    /// Finds two blanks.
    blanks: memmem::Finder<'static>,
    /// The calls met so far, in order: the span in the original, the offset in the repaired text.
    pub called: Vec<(Span, usize)>,
    /// The links met so far.
    pub links: Vec<Link>,
}

/// A link whose text is being copied: where its text begins, and where its address stands, bracket and parentheses
/// included.
struct OpenLink {
    start: usize,
    address: Span,
}

impl Repairer {
    /// A repairer of this original; `calls` in order of place.
    pub fn new(original: String, calls: Vec<Span>) -> Self {
        Self {
            text: Text::new(original),
            calls,
            next_call: 0,
            blanks: memmem::Finder::new("  "),
            called: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The length of the repaired text so far.
    pub fn len(&self) -> usize {
        self.text.repaired().len()
    }

    /// Appends a separator that stands for the original before `at`.
    pub fn separate(&mut self, separator: char, at: usize) {
        if self.len() > 0 {
            self.text.push_filler(separator, at.saturating_sub(1));
        }
    }

    /// Appends a line of the original that goes on where the last one ended: a word broken by a hyphen is joined.
    pub fn join(&mut self, span: Span, starts_list_word: impl Fn(&str) -> bool) {
        let ends_soft = self.text.original()[..span.start].trim_end().ends_with('\u{ad}');
        let done = self.text.repaired();
        let hyphen = done.ends_with('-')
            && done[..done.len() - 1]
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric);
        let next = &self.text.original()[span.start..span.end];
        let in_number = ends_in_slash(done) && next.starts_with(|c: char| c.is_ascii_digit());
        let broken = ends_soft
            || in_number
            || (hyphen && next.starts_with(char::is_alphanumeric) && !starts_list_word(next));
        if !broken {
            self.separate(' ', span.start);
        }
        self.append(span);
    }

    /// Appends a span of one line.
    pub fn append(&mut self, span: Span) {
        while self
            .calls
            .get(self.next_call)
            .is_some_and(|call| call.end <= span.start)
        {
            self.next_call += 1;
        }
        let mut at = span.start;
        let mut close = None;
        while at < span.end {
            let run = self.plain_run(at, span.end);
            self.text.push_original(Span::new(at, run));
            at = run;
            if at < span.end {
                at = self.special(at, span, &mut close);
            }
        }
    }

    fn plain_run(&self, from: usize, end: usize) -> usize {
        let stop = self
            .calls
            .get(self.next_call)
            .map_or(end, |call| call.start.clamp(from, end));
        let bytes = &self.text.original().as_bytes()[from..stop];
        // A single blank between plain characters is plain.
        let plain = scan::first(bytes, is_special).unwrap_or(bytes.len());
        let at = match self.blanks.find(&bytes[..plain]) {
            Some(blanks) => blanks,
            None => plain - usize::from(bytes[..plain].ends_with(b" ")),
        };
        from + at
    }

    /// Treats what stands at `at` and gives the place after it. `close` is where an open Markdown link ends.
    fn special(&mut self, at: usize, span: Span, close: &mut Option<OpenLink>) -> usize {
        if let Some(call) = self
            .calls
            .get(self.next_call)
            .copied()
            .filter(|call| call.start == at)
        {
            self.called.push((call, self.len()));
            self.next_call += 1;
            return call.end;
        }
        if let Some(link) = close.take_if(|link| link.address.start == at) {
            return self.close_link(&link);
        }
        let rest = &self.text.original()[at..span.end];
        let Some(first) = rest.chars().next() else {
            return span.end;
        };
        let width = first.len_utf8();
        match first {
            '*' if rest.starts_with("**") => at + 2,
            '[' if close.is_none() => self.open_link(at, span.end, close),
            '\u{2011}' | '\u{2010}' => self.hyphen(at, span.end, width),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => at + width,
            ' ' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}' => self.blank(at, span.end),
            c if c.is_control() => at + width,
            _ => {
                self.text.push_original(Span::new(at, at + width));
                at + width
            }
        }
    }

    /// A bracket opens a link if its text goes on, without another bracket, up to the parentheses with the address.
    fn open_link(&mut self, at: usize, end: usize, close: &mut Option<OpenLink>) -> usize {
        let rest = &self.text.original()[at + 1..end];
        let window = &rest[..rest.floor_char_boundary(LINK_REACH)];
        let address = window.find("](").and_then(|open| {
            let length = window[open..].find(')')? + 1;
            let start = at + 1 + open;
            (!has_bracket(&window[..open])).then_some(Span::new(start, start + length))
        });
        *close = address.map(|address| OpenLink {
            start: at + 1,
            address,
        });
        if address.is_none() {
            self.text.push_original(Span::new(at, at + 1));
        }
        at + 1
    }

    fn close_link(&mut self, link: &OpenLink) -> usize {
        let span = Span::new(link.start, link.address.start);
        let address = &self.text.original()[link.address.start + 2..link.address.end - 1];
        if !span.is_empty() && !address.starts_with('#') {
            let url = address.split_whitespace().next().unwrap_or("").to_owned();
            self.links.push(Link { span, url });
        }
        link.address.end
    }

    /// A hyphen that does not break, and the stray blank that converters leave after it ("EU‑ regeling").
    fn hyphen(&mut self, at: usize, end: usize, width: usize) -> usize {
        let tail = &self.text.original()[at + width..end];
        let word = tail.trim_start_matches(' ');
        let blanks = tail.len() - word.len();
        let joins =
            word.starts_with(char::is_lowercase) && self.text.repaired().ends_with(char::is_uppercase);
        self.text.push_filler('-', at);
        at + width + if joins { blanks } else { 0 }
    }

    fn blank(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.text.original()[at..end];
        let run = rest.len()
            - rest
                .trim_start_matches([' ', '\t', '\u{a0}', '\u{2009}', '\u{202f}', '\u{2007}'])
                .len();
        let plain = rest.starts_with(' ') && run == 1;
        if plain {
            self.text.push_original(Span::new(at, at + 1));
        } else {
            self.text.push_filler(' ', at);
        }
        at + run
    }
}

/// Whether a text has a bracket that opens no footnote call.
fn has_bracket(text: &str) -> bool {
    text.match_indices('[')
        .any(|(at, _)| !text[at..].starts_with("[^"))
}

/// Whether a text ends in the middle of a number ("doc. 10289/|23").
fn ends_in_slash(text: &str) -> bool {
    text.strip_suffix('/')
        .is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let mut repairer = Repairer::new(text.to_owned(), Vec::new());
        repairer.append(Span::new(0, text.len()));
        repairer.text.repaired().to_owned()
    }

    #[test]
    fn markdown_soft_hyphens_and_odd_blanks_go() {
        for (text, expected) in [
            ("**COPS 362", "COPS 362"),
            (
                "see [Council Conclusions](#) here",
                "see Council Conclusions here",
            ),
            ("cyber\u{ad}defence", "cyberdefence"),
            (
                "ge\u{ef}ntegreerde EU\u{2011} regeling",
                "ge\u{ef}ntegreerde EU-regeling",
            ),
            ("10\u{a0}289/23  x\ty", "10 289/23 x y"),
            ("a [b] c", "a [b] c"),
        ] {
            assert_eq!(repaired(text), expected);
        }
    }

    #[test]
    fn a_word_broken_at_a_line_end_maps_back_over_the_break() {
        let original = "het EU-\n\ninstrumentarium voor";
        let mut repairer = Repairer::new(original.to_owned(), Vec::new());
        repairer.append(Span::new(0, 7));
        repairer.join(Span::new(9, original.len()), |_| false);
        assert_eq!(repairer.text.repaired(), "het EU-instrumentarium voor");
        let span = repairer.text.to_original(Span::new(4, 22));
        assert_eq!(&original[span.start..span.end], "EU-\n\ninstrumentarium");
    }
}
