//! What the readers of marked-up formats meet in, text in the conventions of this folder out: a paragraph a line, notes
//! behind the paragraph that calls them, tables cell by cell. Knows no format.

use crate::model::{Link, Span};

/// Tables and notes inside each other deeper than this run into one.
const DEPTH: usize = 16;

/// A link with more text than this, or a longer address, is left out: no such text names one document.
const LINK: usize = 500;

/// A text and its links.
#[derive(Debug, Default)]
pub(super) struct Composed {
    pub text: String,
    pub links: Vec<Link>,
}

/// Builds the text of a document.
#[derive(Debug, Default)]
pub(super) struct Composer {
    text: String,
    /// What is open, the innermost last. Empty where the text itself goes on.
    frames: Vec<Frame>,
    /// The line of the text itself.
    body: Line,
    /// Notes that are complete and wait for the end of the paragraph.
    notes: Vec<String>,
    /// How many tables and notes are open beyond the limit.
    beyond: usize,
}

/// A line on its way.
#[derive(Debug, Default)]
struct Line {
    /// What is put before the first word.
    mark: String,
    text: String,
    /// Where an open link begins, and its address.
    link: Option<(usize, String)>,
    /// Whether a closing bracket that comes first is left out: its partner stood before a call.
    unpaired: bool,
}

/// A table or a note that is open.
#[derive(Debug)]
struct Frame {
    holder: Holder,
    line: Line,
    /// The lines of the note, or of the cell that is open.
    lines: Vec<String>,
}

#[derive(Debug)]
enum Holder {
    Note(String),
    Table {
        /// The cells of the row so far.
        cells: Vec<Vec<String>>,
        /// The rows so far.
        rows: Vec<String>,
    },
}

impl Composer {
    fn line(&mut self) -> &mut Line {
        match self.frames.last_mut() {
            Some(frame) => &mut frame.line,
            None => &mut self.body,
        }
    }

    /// Whether the line that is open has no text yet.
    pub fn is_at_start(&self) -> bool {
        let line = self.frames.last().map_or(&self.body, |frame| &frame.line);
        line.text.is_empty()
    }

    /// Text of the paragraph that is open; white space of any length is one blank.
    pub fn text(&mut self, text: &str) {
        self.line().push(text);
    }

    /// Text set higher: digits become digits that are no part of the number before them.
    pub fn superscript(&mut self, text: &str) {
        let line = self.line();
        let digits = text.trim();
        let call = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if call {
            line.push(&digits.chars().map(raised).collect::<String>());
        } else {
            line.push(text);
        }
    }

    /// A blank that columns are set by.
    pub fn tab(&mut self) {
        let line = self.line();
        if !line.text.is_empty() {
            line.text.push('\t');
        }
    }

    /// What stands before the first word of the next paragraph: its number, a dash, the mark of a heading.
    pub fn mark(&mut self, mark: &str) {
        let line = self.line();
        if line.text.is_empty() {
            line.mark.push_str(mark);
        }
    }

    /// The end of a page.
    pub fn page(&mut self) {
        match self.frames.last_mut() {
            Some(frame) if !frame.line.text.is_empty() => end_page(&mut frame.line.text),
            Some(frame) => end_page(&mut frame.line.mark),
            None if self.body.text.is_empty() && self.text.is_empty() => {}
            None if self.body.text.is_empty() => end_page(&mut self.text),
            None => end_page(&mut self.body.text),
        }
    }

    /// A line ends, the paragraph goes on.
    pub fn line_break(&mut self) {
        let line = self.line().take();
        if line.is_empty() {
            return;
        }
        match self.frames.last_mut() {
            Some(frame) => frame.lines.push(line),
            None => {
                self.text.push_str(&line);
                self.text.push('\n');
            }
        }
    }

    /// The paragraph ends.
    pub fn paragraph(&mut self) {
        let line = self.line().take();
        if !line.is_empty() {
            self.write(line);
        } else if self.frames.is_empty() && self.text.ends_with('\n') {
            self.blank_line();
        }
        if self.frames.is_empty() {
            self.write_notes();
        }
    }

    /// The mark of a call; brackets around it and the blank before belong to it.
    pub fn call(&mut self, label: &str) {
        let line = self.line();
        let bare = line.text.trim_end_matches(['(', '[']);
        line.unpaired = bare.len() < line.text.len();
        // A blank before a call is no blank of the text.
        let bare = bare.trim_end().len();
        line.text.truncate(bare);
        line.start();
        line.text.push_str(&format!("[^{}]", sound(label)));
    }

    /// A note that is complete, as [`Composer::marked`] gives it.
    pub fn note(&mut self, label: &str, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.notes.push(note(&sound(label), &text));
    }

    /// What follows is the note of this label, until [`Composer::end_note`]. A bracket that stands before it belongs to
    /// its number.
    pub fn begin_note(&mut self, label: &str) {
        let line = self.line();
        let bracket = matches!(line.text.as_str(), "(" | "[");
        if bracket {
            line.text.clear();
        }
        self.open(Holder::Note(sound(label)));
        self.line().unpaired = bracket;
    }

    /// The note that is open ends.
    pub fn end_note(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return self.paragraph();
        }
        let is_note = |frame: &Frame| matches!(frame.holder, Holder::Note(_));
        let Some(at) = self.frames.iter().rposition(is_note) else {
            return;
        };
        while self.frames.len() > at + 1 {
            self.end_table();
        }
        self.paragraph();
        if let Some(Frame {
            holder: Holder::Note(label),
            lines,
            ..
        }) = self.frames.pop()
        {
            self.notes.push(note(&label, &lines.join(" ")));
        }
        if self.frames.is_empty() && self.body.text.is_empty() {
            self.write_notes();
        }
    }

    /// A table begins.
    pub fn begin_table(&mut self) {
        let (cells, rows) = (Vec::new(), Vec::new());
        self.open(Holder::Table { cells, rows });
    }

    /// The next cell begins.
    pub fn cell(&mut self) {
        self.paragraph();
        if let Some(Frame {
            holder: Holder::Table { cells, .. },
            lines,
            ..
        }) = self.frames.last_mut()
            && !lines.is_empty()
        {
            cells.push(std::mem::take(lines));
        }
    }

    /// The next row begins.
    pub fn row(&mut self) {
        self.cell();
        if let Some(Frame {
            holder: Holder::Table { cells, rows },
            ..
        }) = self.frames.last_mut()
        {
            rows.extend(row(std::mem::take(cells)));
        }
    }

    /// The table that is open ends.
    pub fn end_table(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return self.paragraph();
        }
        let is_table = |frame: &Frame| matches!(frame.holder, Holder::Table { .. });
        if !self.frames.last().is_some_and(is_table) {
            return self.paragraph();
        }
        self.row();
        if let Some(Frame {
            holder: Holder::Table { rows, .. },
            ..
        }) = self.frames.pop()
        {
            rows.into_iter().for_each(|row| self.write(row));
        }
        if self.frames.is_empty() {
            self.write_notes();
        }
    }

    /// What follows is a link, until [`Composer::end_link`].
    pub fn begin_link(&mut self, url: &str) {
        let line = self.line();
        line.end_link();
        let sound = !url.is_empty() && url.len() <= LINK && !url.starts_with('#');
        line.link = sound.then(|| (line.text.len(), address(url)));
    }

    /// The link ends.
    pub fn end_link(&mut self) {
        self.line().end_link();
    }

    /// The text and its links.
    pub fn finish(self) -> Composed {
        without_marks(&self.marked())
    }

    /// The text with the marks of its links, for [`Composer::note`].
    pub fn marked(mut self) -> String {
        self.beyond = 0;
        while let Some(frame) = self.frames.last() {
            match frame.holder {
                Holder::Note(_) => self.end_note(),
                Holder::Table { .. } => self.end_table(),
            }
        }
        self.paragraph();
        self.write_notes();
        self.text
    }

    fn open(&mut self, holder: Holder) {
        if matches!(holder, Holder::Table { .. }) {
            self.paragraph();
        }
        if self.frames.len() >= DEPTH {
            self.beyond += 1;
            return;
        }
        self.frames.push(Frame {
            holder,
            line: Line::default(),
            lines: Vec::new(),
        });
    }

    fn write(&mut self, lines: String) {
        match self.frames.last_mut() {
            Some(frame) => frame.lines.push(lines),
            None => {
                self.text.push_str(&lines);
                self.text.push('\n');
                self.blank_line();
            }
        }
    }

    fn blank_line(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn write_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.write(note);
        }
    }
}

impl Line {
    fn start(&mut self) {
        if self.text.is_empty() {
            self.text = std::mem::take(&mut self.mark);
            if let Some((start, _)) = &mut self.link {
                *start = self.text.len();
            }
        }
    }

    fn push(&mut self, text: &str) {
        let mut text = text;
        if self.unpaired && !text.is_empty() {
            self.unpaired = false;
            text = text.strip_prefix([')', ']']).unwrap_or(text);
        }
        for c in text.chars() {
            if matches!(
                c,
                ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
            ) {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\t']) {
                    self.text.push(' ');
                }
            } else if !is_mark(c) {
                self.start();
                self.text.push(c);
            }
        }
    }

    fn end_link(&mut self) {
        let Some((start, url)) = self.link.take() else {
            return;
        };
        let words = self.text.get(start..).unwrap_or("");
        if words.trim().is_empty() || words.len() > LINK {
            return;
        }
        let lead = words.len() - words.trim_start().len();
        let end = start + words.trim_end().len();
        self.text.insert_str(end, &format!("{ADDRESS}{url}{CLOSE}"));
        self.text.insert(start + lead, OPEN);
    }

    /// The line as it stands; what follows is a new one.
    fn take(&mut self) -> String {
        self.end_link();
        self.mark.clear();
        let line = std::mem::take(self).text;
        line.trim_matches([' ', '\t']).to_owned()
    }
}

/// A page ends here, unless it has just ended.
fn end_page(text: &mut String) {
    if !text.ends_with('\u{c}') {
        text.push('\u{c}');
    }
}

/// An address as it may stand behind the words of a link.
fn address(url: &str) -> String {
    url.chars()
        .filter(|c| !c.is_whitespace() && !is_mark(*c))
        .collect()
}

/// What stands in the text of a composer before the words of a link, between the words and the address, and behind it:
/// code points that are no characters and occur in no text.
const OPEN: char = '\u{fdd0}';
const ADDRESS: char = '\u{fdd1}';
const CLOSE: char = '\u{fdd2}';

fn is_mark(c: char) -> bool {
    c.is_control() || matches!(c, OPEN..=CLOSE)
}

/// The text without the marks of links, and the links.
fn without_marks(marked: &str) -> Composed {
    let mut composed = Composed::default();
    let mut rest = marked;
    let mut start = 0;
    while let Some(at) = rest.find([OPEN, ADDRESS]) {
        composed.text.push_str(&rest[..at]);
        let opens = rest[at..].starts_with(OPEN);
        rest = &rest[at + OPEN.len_utf8()..];
        if opens {
            start = composed.text.len();
        } else if let Some((url, after)) = rest.split_once(CLOSE) {
            let span = Span::new(start, composed.text.len());
            let url = url.to_owned();
            composed.links.push(Link { span, url });
            rest = after;
        }
    }
    composed.text.push_str(rest);
    composed
}

/// A label without what would end its mark.
fn sound(label: &str) -> String {
    let fits = |c: &char| c.is_alphanumeric() || matches!(c, '*' | '-' | '†' | '‡');
    let label: String = label.chars().filter(fits).take(8).collect();
    if label.is_empty() { "*".to_owned() } else { label }
}

fn raised(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => digit
            .to_digit(10)
            .and_then(|value| char::from_u32(0x2070 + value))
            .unwrap_or(digit),
    }
}

/// The line of a note, without its own number and the arrows that lead back.
fn note(label: &str, text: &str) -> String {
    let arrows = |c: char| matches!(c, '↩' | '↑' | '^' | '\u{fe0e}') || c.is_whitespace();
    let text = text.trim_matches(arrows);
    let digits = label.bytes().all(|b| b.is_ascii_digit());
    let bare = if digits {
        label.chars().map(raised).collect()
    } else {
        label.to_owned()
    };
    let own = [format!("({label})"), format!("[{label}]"), bare];
    let rest = own.iter().find_map(|own| text.strip_prefix(own.as_str()));
    let rest = rest.filter(|rest| !rest.starts_with(char::is_alphanumeric));
    let rest = rest
        .unwrap_or(text)
        .trim_start_matches("()")
        .trim_start_matches("[]");
    format!("[^{label}]: {}", rest.trim_matches(arrows))
}

/// A row as paragraphs: a label and a number stand before what they belong to, all else is cell by cell.
fn row(cells: Vec<Vec<String>>) -> Vec<String> {
    let mut cells = cells.into_iter();
    let Some(mut first) = cells.next() else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    if let [words] = first.as_slice()
        && let Some(separator) = separator(words)
        && let Some(second) = cells.next()
    {
        let words = format!("{words}{separator}{}", second[0]);
        let mut rest = vec![words];
        rest.extend(second.into_iter().skip(1));
        // The lines of a field stand together.
        first = if separator == "\t" {
            vec![rest.join("\n")]
        } else {
            rest
        };
    }
    blocks.extend(first);
    blocks.extend(cells.flatten());
    blocks
}

/// What joins a cell with these words to the next one, if it is a label ("Subject:") or the mark of an item.
fn separator(words: &str) -> Option<&'static str> {
    let words = words.trim();
    if words.len() <= 60 && words.ends_with([':', '：']) && words.contains(char::is_alphabetic) {
        return Some("\t");
    }
    let inner = words.trim_matches(['(', ')', '.', '[', ']']);
    let dash = matches!(words, "-" | "–" | "—" | "•" | "·" | "▪" | "●" | "◦" | "");
    let short =
        inner.len() <= 5 && inner.len() < words.len() && inner.bytes().all(|b| b.is_ascii_alphanumeric());
    (dash || (short && !inner.is_empty())).then_some(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_keeps_apart_from_the_number_before_it_and_its_note_follows() {
        let mut composer = Composer::default();
        composer.text("Regulation (EU) 2017/745 (");
        composer.call("13");
        composer.begin_note("13");
        composer.text("(13) OJ L 117,\n 5.5.2017.");
        composer.end_note();
        composer.text(")  holds");
        composer.superscript("2");
        composer.paragraph();
        composer.text("Next.");
        let expected = "Regulation (EU) 2017/745[^13] holds²\n\n[^13]: OJ L 117, 5.5.2017.\n\nNext.\n\n";
        assert_eq!(composer.finish().text, expected);
    }

    #[test]
    fn labels_of_a_table_stand_before_their_fields_and_other_cells_alone() {
        let mut composer = Composer::default();
        composer.begin_table();
        for cells in [["From:", "The Council"], ["(a)", "first"], ["one", "two"]] {
            composer.row();
            for cell in cells {
                composer.cell();
                composer.text(cell);
            }
        }
        composer.end_table();
        assert_eq!(
            composer.finish().text,
            "From:\tThe Council\n\n(a) first\n\none\n\ntwo\n\n"
        );
    }

    #[test]
    fn links_are_kept_where_they_name_one_thing() {
        let mut composer = Composer::default();
        composer.text("see");
        composer.begin_link("https://e.eu/a(1)");
        composer.text(" Directive 1 ");
        composer.end_link();
        composer.text("and");
        composer.begin_link("#up");
        composer.text(" up");
        composer.end_link();
        let composed = composer.finish();
        assert_eq!(composed.text, "see Directive 1 and up\n\n");
        let [link] = composed.links.as_slice() else {
            panic!("{:?}", composed.links)
        };
        assert_eq!(&composed.text[link.span.start..link.span.end], "Directive 1");
        assert_eq!(link.url, "https://e.eu/a(1)");
    }
}
