//! Lines in, repaired text and blocks out: paragraphs joined over line and page breaks, items under their governing
//! phrase, notes after the body.

use super::lines::Line;
use super::notes::{FoundNote, Notes};
use super::repair::Repairer;
use crate::model::{Block, Footnote, Language, Link, Role, Span, Text};

/// What the assembly needs to know of a document before it starts.
pub(super) struct Source<'a> {
    pub original: &'a str,
    pub lines: &'a [Line<'a>],
    pub furniture: &'a [bool],
    pub notes: &'a Notes,
    /// Whether each line is a paragraph of its own, or where lines end means little.
    pub setting: Lines,
    /// The lines of the header block.
    pub header: super::header::Extent,
    pub language: Language,
    /// Words at the start of a line after which a hyphen before the break stays apart ("Cyber Europe- en").
    pub list_words: &'a [String],
    /// Phrases that introduce what a text recalls.
    pub recalling: &'a [String],
    /// The names of the Council, which open enacting formulas.
    pub council: &'a [String],
}

/// What the end of a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// Perhaps that the page is no wider.
    Wrapped,
    /// That the paragraph ends.
    #[cfg_attr(
        not(feature = "formats"),
        expect(dead_code, reason = "readers of formats say so")
    )]
    Whole,
}

/// The repaired text, its blocks and footnotes.
pub(super) struct Assembled {
    pub text: Text,
    pub blocks: Vec<Block>,
    pub footnotes: Vec<Footnote>,
    pub links: Vec<Link>,
}

/// What begins a line that opens a block of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marker {
    /// A numbered paragraph, and the length of its number with the dot and blanks.
    Number(String, usize),
    /// A list item, and the length of its bullet or letter.
    Item(usize),
    /// A Markdown heading, and the length of its marks.
    Heading(usize),
}

/// The marker at the start of a line.
pub(super) fn marker(text: &str) -> Option<Marker> {
    // A line that begins with a letter has one only where a bracket closes soon: "iv)".
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.bytes().take(5).any(|b| b == b')') {
        return None;
    }
    number_marker(text)
        .or_else(|| item_marker(text))
        .or_else(|| heading_marker(text))
}

fn number_marker(text: &str) -> Option<Marker> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let count = inner.bytes().take_while(u8::is_ascii_digit).count();
    let after = &inner[count..];
    let close = if text.starts_with('(') { ')' } else { '.' };
    let rest = after.strip_prefix(close).or_else(|| after.strip_prefix(')'))?;
    let blanks = rest.len() - rest.trim_start().len();
    let numbered = (1..=3).contains(&count) && blanks > 0 && !rest.trim_start().is_empty();
    numbered.then(|| Marker::Number(inner[..count].to_owned(), text.len() - rest.len() + blanks))
}

fn item_marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let blanks = rest.len() - rest.trim_start().len();
    let bullet = matches!(
        first,
        '-' | '–' | '—' | '•' | '·' | '▪' | '●' | '◦' | '*' | '\u{f0b7}' | '\u{f0a7}'
    );
    if bullet && blanks > 0 {
        return Some(Marker::Item(first.len_utf8() + blanks));
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let letters = inner.bytes().take_while(|b| b.is_ascii_lowercase()).count();
    let roman = inner[..letters].bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let after = inner[letters..].strip_prefix(')')?;
    let gap = after.len() - after.trim_start().len();
    ((letters == 1 || (letters <= 4 && roman && letters > 0)) && gap > 0)
        .then(|| Marker::Item(text.len() - after.len() + gap))
}

fn heading_marker(text: &str) -> Option<Marker> {
    let marks = text.bytes().take_while(|b| *b == b'#').count();
    let rest = &text[marks..];
    ((1..=6).contains(&marks) && rest.starts_with(' '))
        .then(|| Marker::Heading(marks + rest.len() - rest.trim_start().len()))
}

/// How the lines of a document are set.
#[derive(Clone, Copy)]
struct Setting {
    /// That of a full line, in characters.
    width: usize,
    wrapped: bool,
    double_spaced: bool,
}

impl Setting {
    fn of(lines: &[&Line<'_>], set: Lines) -> Self {
        let mut widths: Vec<usize> = lines.iter().map(|l| l.width).collect();
        let width = match widths.len() {
            0 => 0,
            all => *widths.select_nth_unstable(all * 9 / 10).1,
        };
        let running = lines
            .windows(2)
            .filter(|w| w[0].width * 10 >= width * 7 && starts_lower(w[1].text));
        let (apart, all) = running.fold((0, 0), |(apart, all), w| {
            (apart + usize::from(w[1].gap == 1), all + 1)
        });
        Self {
            width,
            wrapped: set == Lines::Wrapped && width <= 170,
            double_spaced: apart * 2 > all,
        }
    }

    /// The same for each of these lines: prose in a column, between empty lines, has a width of its own.
    fn of_each(self, lines: &[&Line<'_>]) -> Vec<Self> {
        let runs = lines.chunk_by(|_, line| line.gap == 0 && !line.page_break);
        let of_run = |run: &[&Line<'_>]| {
            let width = self.width.min(width_of_prose(run).unwrap_or(self.width));
            vec![Self { width, ..self }; run.len()]
        };
        runs.flat_map(of_run).collect()
    }

    /// Whether a line is full and ends in the middle of a clause, without a mark.
    fn breaks_off(&self, last: &Line<'_>) -> bool {
        self.is_full(last) && !ends_clause(last.text)
    }

    fn is_full(&self, line: &Line<'_>) -> bool {
        self.wrapped && line.width * 10 >= self.width * 7
    }

    /// Whether a line is the rest of one that breaks off right above it, whatever it looks like: "A/RES/70/237;", "NIS 2.".
    fn is_rest(&self, last: &Line<'_>, line: &Line<'_>) -> bool {
        self.breaks_off(last) && !line.page_break && line.gap <= usize::from(self.double_spaced)
    }

    /// Whether a line goes on where the one before it stopped.
    fn continues(&self, last: &Line<'_>, line: &Line<'_>, interrupted: bool) -> bool {
        let hyphen = last.text.ends_with(['-', '\u{ad}', '\u{2011}']) && !last.text.ends_with(" -");
        let runs_on = starts_lower(line.text) && !ends_sentence(last.text);
        let gap = usize::from(self.double_spaced);
        match () {
            () if is_capitals(line.text) && !is_capitals(last.text) && !self.is_rest(last, line) => false,
            // The next member of a recital: "..., |TAKING INTO ACCOUNT the recommendation".
            () if ends_member(last.text) && opens_loud(line.text) => false,
            () if hyphen && self.wrapped => true,
            // A page may end inside a name, before a word with a capital.
            () if interrupted || line.page_break => {
                self.wrapped && (runs_on || (!ends_clause(last.text) && last.width * 10 >= self.width * 7))
            }
            () if line.gap > gap => runs_on && self.wrapped,
            () if !self.wrapped => line.gap == 0 && runs_on,
            () if last.width * 10 < self.width * 6 => starts_lower(line.text) && !ends_sentence(last.text),
            () => true,
        }
    }
}

/// The fewest lines, and the fewest letters of one, that tell the width of a column.
const PROSE: (usize, usize) = (3, 25);

/// The width of lines that all but the last fill, as prose does and a list of names does not.
fn width_of_prose(lines: &[&Line<'_>]) -> Option<usize> {
    let width = lines.iter().map(|line| line.width).max()?;
    let (_, inner) = lines.split_last()?;
    let are_full = inner.iter().all(|line| line.width * 10 >= width * 7);
    let is_list = lines.iter().skip(1).any(|line| marker(line.text).is_some());
    (lines.len() >= PROSE.0 && width >= PROSE.1 && are_full && !is_list).then_some(width)
}

/// An article before the name of an institution is no longer than this many bytes.
const ARTICLE: usize = 4;

/// Whether a line opens an enacting formula: "The Council of the European Union,".
fn is_enacting(line: &str, council: &[String]) -> bool {
    let Some(line) = line.trim_end().strip_suffix([',', '—', '–']).map(str::trim_end) else {
        return false;
    };
    let closes = |name: &&String| {
        let start = line
            .len()
            .checked_sub(name.len())
            .filter(|start| *start <= ARTICLE);
        start
            .and_then(|start| line.get(start..))
            .is_some_and(|tail| tail.to_lowercase() == name.to_lowercase())
    };
    line.starts_with(char::is_uppercase)
        && council
            .iter()
            .filter(|name| name.contains(' '))
            .any(|n| closes(&n))
}

fn starts_lower(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(char::is_lowercase)
}

/// Whether a line ends with a member of a list, perhaps with the call of a footnote before the mark.
fn ends_member(text: &str) -> bool {
    text.trim_end_matches(is_call).ends_with([',', ';'])
}

/// Whether a line opens with a phrase in capitals: two words of which the first is no abbreviation.
fn opens_loud(text: &str) -> bool {
    loud_opening(text).is_some_and(|(letters, two)| letters >= LOUD || letters > 3 && two)
}

/// Whether a paragraph opens with a verb in capitals of its own ("STRESSES that", "Z ZADOWOLENIEM PRZYJMUJE").
fn opens_with_verb(text: &str) -> bool {
    loud_opening(text).is_some_and(|(letters, two)| letters > ABBREVIATION || two)
}

/// If a text opens with a word in capitals: how many letters it has, and whether another follows.
fn loud_opening(text: &str) -> Option<(usize, bool)> {
    let loud = |word: &str| is_whole_word(word) && word.chars().all(char::is_uppercase);
    let mut words = text.split(' ');
    let first = words.next().filter(|word| loud(word))?;
    Some((first.chars().count(), words.next().is_some_and(loud)))
}

/// Few abbreviations at the start of an item are longer ("PESCO", "ENISA").
const ABBREVIATION: usize = 5;

/// Abbreviations are shorter than this.
const LOUD: usize = 9;

fn is_whole_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(char::is_alphabetic)
}

fn is_call(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ':', ';', '!', '?'])
}

/// The state of the walk over the body lines.
struct Assembly<'a> {
    source: &'a Source<'a>,
    repairer: Repairer,
    blocks: Vec<Block>,
    number: Option<String>,
    governor: Option<Span>,
}

/// Assembles the document.
pub(super) fn assemble(source: &Source<'_>) -> Assembled {
    let found = source.notes.found.iter().filter_map(|n| n.call);
    let mut calls: Vec<Span> = found.chain(source.notes.spare.iter().copied()).collect();
    calls.sort_unstable();
    let repairer = Repairer::new(source.original.to_owned(), calls);
    let mut assembly = Assembly {
        source,
        repairer,
        blocks: Vec::new(),
        number: None,
        governor: None,
    };
    assembly.body();
    assembly.notes()
}

impl Assembly<'_> {
    fn body(&mut self) {
        let source = self.source;
        let is_body = body_lines(source);
        let body: Vec<&Line<'_>> = source
            .lines
            .iter()
            .zip(&is_body)
            .filter(|(_, b)| **b)
            .map(|(l, _)| l)
            .collect();
        let setting = Setting::of(&body, source.setting);
        let mut settings = setting.of_each(&body).into_iter();
        let mut last: Option<&Line<'_>> = None;
        let mut interrupted = false;
        for (index, line) in source.lines.iter().enumerate() {
            if !is_body[index] {
                interrupted = true;
                continue;
            }
            let setting = settings.next().unwrap_or(setting);
            let header = index < source.header.end;
            let follows = match last {
                None => false,
                // The subject is one field, however many lines it takes.
                Some(_) if header => index > source.header.subject && !line.text.starts_with(['-', '–', '—']),
                Some(last) => self.follows(last, line, &setting, interrupted),
            };
            let item = marker(line.text).filter(|_| !header);
            if follows {
                self.extend(line);
            } else {
                self.open(line, item, header);
            }
            (last, interrupted) = (Some(line), false);
            if index + 1 == source.header.end {
                last = None;
            }
        }
    }

    /// Whether the line belongs to the block of the last one.
    fn follows(&self, last: &Line<'_>, line: &Line<'_>, setting: &Setting, interrupted: bool) -> bool {
        let opens = match marker(line.text) {
            // A dash in the middle of a sentence may come to stand at the start of a line.
            Some(Marker::Item(_)) => {
                line.gap > usize::from(setting.double_spaced)
                    || !setting.wrapped
                    || ends_clause(last.text)
                    || last.width * 10 < setting.width * 8
                    || interrupted
            }
            // So may the day of a date ("the conclusions of the |19. lipnja 2017.").
            Some(Marker::Number(number, _)) => {
                let is_day = || setting.is_full(last) && last.text.ends_with(',') && !self.is_next(&number);
                !(setting.breaks_off(last) || is_day()) || line.gap > last.gap || interrupted
            }
            Some(Marker::Heading(_)) => true,
            None => false,
        };
        // A number on a line of its own is that of the document, wherever the labels of its header are.
        let number =
            [last.text, line.text].into_iter().any(super::header::is_number) && !setting.is_rest(last, line);
        let enacts = is_enacting(line.text, self.source.council);
        !opens && !number && !enacts && setting.continues(last, line, interrupted)
    }

    /// Whether a paragraph of this number follows the last one.
    fn is_next(&self, number: &str) -> bool {
        let value = |number: &str| number.parse::<u32>().ok();
        let last = self.number.as_deref().map_or(Some(0), value);
        last.is_some_and(|last| value(number) == Some(last + 1))
    }

    fn extend(&mut self, line: &Line<'_>) {
        let words = self.source.list_words;
        self.repairer.join(line.span, |next| {
            let first = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            words.iter().any(|w| w == first)
        });
        let end = self.repairer.len();
        if let Some(block) = self.blocks.last_mut() {
            block.span.end = end;
        }
    }

    fn open(&mut self, line: &Line<'_>, item: Option<Marker>, header: bool) {
        self.close_block();
        self.repairer.separate('\n', line.span.start);
        let lead = match &item {
            Some(Marker::Number(number, lead)) => {
                self.number = Some(number.clone());
                *lead
            }
            Some(Marker::Item(lead) | Marker::Heading(lead)) => *lead,
            None => 0,
        };
        let role = match item {
            _ if header => Role::Header,
            Some(Marker::Item(_)) => Role::Item,
            Some(Marker::Number(..)) if self.goes_on_with(&line.text[lead..]) => Role::Item,
            Some(Marker::Heading(_)) => Role::Heading,
            Some(Marker::Number(..)) => Role::Paragraph,
            None if is_heading(line.text) => Role::Heading,
            None => Role::Paragraph,
        };
        if role == Role::Heading {
            self.number = None;
        }
        let start = self.repairer.len();
        self.repairer
            .append(Span::new(line.span.start + lead, line.span.end));
        let governor = if role == Role::Item { self.governor } else { None };
        let span = Span::new(start, self.repairer.len());
        self.blocks.push(Block {
            span,
            role,
            number: self.number.clone(),
            governor,
            language: self.source.language,
        });
    }

    /// Whether a numbered paragraph takes up the sentence of the phrase that introduces it ("RECALLING: 1. its conclusions").
    fn goes_on_with(&self, text: &str) -> bool {
        let Some(governor) = self.governor else {
            return false;
        };
        let phrase = &self.repairer.text.repaired()[governor.start..governor.end];
        starts_lower(text) && phrase.trim_end().ends_with(':')
            || is_capitals(phrase)
                && self.recalls(phrase)
                && self.is_listed_under(governor)
                && !opens_with_verb(text)
    }

    fn recalls(&self, phrase: &str) -> bool {
        self.source.recalling.contains(&phrase.trim().to_lowercase())
    }

    /// Whether numbers come right behind a phrase, and not dashes.
    fn is_listed_under(&self, governor: Span) -> bool {
        let last = self.blocks.last();
        last.is_some_and(|b| b.span == governor || b.role == Role::Item && b.number.is_some())
    }

    /// A block that ends in a colon governs the items after it; any other that is no item ends the list.
    fn close_block(&mut self) {
        let Some(block) = self.blocks.last() else { return };
        let text = self.repairer.text.repaired()[block.span.start..block.span.end].trim_end();
        match block.role {
            // Some texts leave the colon out: a short phrase without a full stop introduces what follows.
            Role::Paragraph | Role::Heading
                if text.ends_with(':') || (text.len() < 120 && !text.ends_with(['.', ';', ','])) =>
            {
                self.governor = Some(block.span);
            }
            Role::Paragraph | Role::Heading => self.governor = None,
            _ => {}
        }
    }

    fn notes(mut self) -> Assembled {
        let called = std::mem::take(&mut self.repairer.called);
        let place = |call: Span| {
            let at = called.binary_search_by_key(&call, |(span, _)| *span).ok()?;
            Some(called[at].1)
        };
        let mut footnotes = Vec::new();
        let mut by_call: Vec<&FoundNote> = self.source.notes.found.iter().collect();
        by_call.sort_by_key(|n| n.call);
        for note in by_call {
            let call = note.call.and_then(place);
            let span = self.note(note);
            footnotes.push(Footnote {
                number: note.number,
                call,
                note: span,
            });
        }
        Assembled {
            text: self.repairer.text,
            blocks: self.blocks,
            footnotes,
            links: self.repairer.links,
        }
    }

    fn note(&mut self, note: &FoundNote) -> Span {
        let lines = &self.source.lines[note.line..note.end_line];
        let first = lines[0].span;
        self.repairer.separate('\n', first.start);
        let start = self.repairer.len();
        self.repairer
            .append(Span::new(first.start + note.lead, first.end));
        for line in &lines[1..] {
            self.repairer.join(line.span, |_| false);
        }
        let span = Span::new(start, self.repairer.len());
        self.blocks.push(Block {
            span,
            role: Role::Note(note.number),
            number: None,
            governor: None,
            language: self.source.language,
        });
        span
    }
}

fn ends_clause(text: &str) -> bool {
    let text = text.trim_end_matches(is_call);
    text.ends_with(['.', ':', ';', ',', '!', '?'])
}

fn is_heading(text: &str) -> bool {
    let roman = text
        .split(['.', ' '])
        .next()
        .is_some_and(|r| !r.is_empty() && r.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')));
    text.len() < 120
        && !text.ends_with(['.', ';', ',', ':'])
        && (is_capitals(text) || (roman && text.contains(". ")))
}

fn is_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().all(char::is_uppercase) && letters().nth(2).is_some()
}

/// Which lines are neither furniture nor notes.
fn body_lines(source: &Source<'_>) -> Vec<bool> {
    let mut body: Vec<bool> = source.furniture.iter().map(|f| !f).collect();
    for note in &source.notes.found {
        body[note.line..note.end_line].fill(false);
    }
    for number in &source.notes.numbers {
        body[*number] = false;
    }
    body
}
