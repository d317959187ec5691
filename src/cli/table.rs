//! Tables for people: rows in, aligned text out. Colored on a terminal only, and fitted to its width by cutting wide
//! columns around the words that matter, the last one first.

use std::io::{self, IsTerminal, Write};

use terminal_size::{Width, terminal_size};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::output::{OutputArgs, printable};

const GAP: &str = "  ";
const ELLIPSIS: char = '…';
/// A column narrower than this says nothing: the terminal wraps the line instead.
const NARROWEST: usize = 16;

/// How a table is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The width to fit; none for as wide as it comes.
    width: Option<usize>,
    /// Whether the head is bold.
    colored: bool,
}

impl Look {
    /// Plain text of any width: what a file or another program gets, whatever the terminal.
    pub const PLAIN: Self = Self {
        width: None,
        colored: false,
    };

    /// The look for where the answer goes.
    pub fn of(output: &OutputArgs) -> Self {
        if !output.is_on_terminal() {
            return Self::PLAIN;
        }
        let width = terminal_size().map(|(Width(columns), _)| usize::from(columns));
        Self {
            width,
            colored: is_color_wanted(),
        }
    }
}

impl Look {
    /// Whether bold letters may be used.
    pub fn is_colored(self) -> bool {
        self.colored
    }
}

fn is_color_wanted() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal()
        && !is_set("NO_COLOR")
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Rows under heads, with remarks below.
#[derive(Debug, Default)]
pub struct Table {
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// The words of each row that a cut must leave.
    kept: Vec<String>,
    remarks: Vec<String>,
}

impl Table {
    /// A table with these heads; a head that starts with `#` stands over numbers, which are aligned to the right.
    pub fn new(heads: &[&'static str]) -> Self {
        Self {
            heads: heads.to_vec(),
            ..Self::default()
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.row_about("", cells);
    }

    /// Adds a row of which a cut must leave these words.
    pub fn row_about(&mut self, words: &str, cells: impl IntoIterator<Item = String>) {
        self.rows
            .push(cells.into_iter().map(|cell| one_line(&cell)).collect());
        self.kept.push(one_line(words));
    }

    /// Adds a line below the table.
    pub fn remark(&mut self, line: impl AsRef<str>) {
        self.remarks.push(one_line(line.as_ref()));
    }

    /// Writes it.
    pub fn write(&self, look: Look, out: &mut dyn Write) -> io::Result<()> {
        let mut widths = self.widths();
        if let Some(width) = look.width {
            fit(&mut widths, width);
        }
        if !self.rows.is_empty() {
            let (on, off) = if look.colored {
                ("\x1b[1m", "\x1b[0m")
            } else {
                ("", "")
            };
            let heads: Vec<String> = self
                .heads
                .iter()
                .map(|head| head.trim_start_matches('#').to_owned())
                .collect();
            writeln!(out, "{on}{}{off}", self.line(&heads, "", &widths))?;
        }
        for (row, kept) in self.rows.iter().zip(&self.kept) {
            writeln!(out, "{}", self.line(row, kept, &widths))?;
        }
        if !self.remarks.is_empty() && !self.rows.is_empty() {
            writeln!(out)?;
        }
        self.remarks.iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    fn widths(&self) -> Vec<usize> {
        let head = |at: usize| self.heads[at].trim_start_matches('#').width();
        let cells = |at: usize| {
            self.rows
                .iter()
                .filter_map(move |row| row.get(at))
                .map(|cell| cell.width())
        };
        (0..self.heads.len())
            .map(|at| cells(at).max().unwrap_or(0).max(head(at)))
            .collect()
    }

    fn line(&self, cells: &[String], kept: &str, widths: &[usize]) -> String {
        let cell = |(at, cell): (usize, &String)| {
            let cell = match self.heads[at] {
                "document" => cut(cell, cell.rsplit('/').next().unwrap_or_default(), widths[at]),
                _ => cut(cell, kept, widths[at]),
            };
            let fill = " ".repeat(widths[at].saturating_sub(cell.width()));
            if self.heads[at].starts_with('#') {
                fill + &cell
            } else {
                cell + &fill
            }
        };
        let padded: Vec<String> = cells.iter().enumerate().take(widths.len()).map(cell).collect();
        padded.join(GAP).trim_end().to_owned()
    }
}

/// Narrows columns to a width: the last down to a third of it, then whichever is widest.
fn fit(widths: &mut [usize], width: usize) {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(width);
    if let Some(last) = widths.last_mut() {
        let cut = excess.min(last.saturating_sub(width / 3));
        *last -= cut;
        excess -= cut;
    }
    while excess > 0 {
        let Some(widest) = widths.iter_mut().max_by_key(|w| **w).filter(|w| **w > NARROWEST) else {
            break;
        };
        *widest -= 1;
        excess -= 1;
    }
}

/// Cuts a text to a width so that the words in question stay in sight.
fn cut(text: &str, kept: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let at = text.find(kept).unwrap_or(0);
    let lead = room.saturating_sub(kept.width()) / 3;
    let mut start = at;
    let mut before = 0;
    for (place, c) in text[..at].char_indices().rev() {
        before += c.width().unwrap_or(0);
        if before > lead {
            break;
        }
        start = place;
    }
    let mut shown = if start > 0 {
        ELLIPSIS.to_string()
    } else {
        String::new()
    };
    let mut width = shown.width();
    for c in text[start..].chars() {
        width += c.width().unwrap_or(0);
        if width >= room {
            shown.push(ELLIPSIS);
            break;
        }
        shown.push(c);
    }
    shown
}

fn one_line(text: &str) -> String {
    printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(table: &Table, width: Option<usize>) -> String {
        let mut out = Vec::new();
        table
            .write(
                Look {
                    width,
                    colored: false,
                },
                &mut out,
            )
            .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_and_numbers_stand_to_the_right() {
        let mut table = Table::new(&["work", "#cited by", "title"]);
        table.row(["6122/15".to_owned(), "12".to_owned(), "Råd\x07ets".to_owned()]);
        table.row(["1/15".to_owned(), "3".to_owned(), String::new()]);
        assert_eq!(
            shown(&table, None),
            "work     cited by  title\n6122/15        12  Rådets\n1/15            3\n"
        );
    }

    #[test]
    fn a_cut_leaves_the_words_in_question() {
        let mut table = Table::new(&["#line", "snippet"]);
        let snippet = "The Council recalls, among many other things, the Cyber Diplomacy Toolbox and all that came of it";
        table.row_about("Cyber Diplomacy Toolbox", ["7".to_owned(), snippet.to_owned()]);
        let shown = shown(&table, Some(48));
        assert!(shown.contains("Cyber Diplomacy Toolbox"), "{shown}");
        assert!(shown.lines().all(|line| line.width() <= 48), "{shown}");
    }
}
