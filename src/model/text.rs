//! Text in two states: as it stands in the file, and repaired for matching, with the way back.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether every byte of `other` is in this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A piece of repaired text that was copied, byte for byte, from the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment {
    repaired: usize,
    original: usize,
}

/// About how many bytes of text have no repair among them.
const SEGMENT: usize = 48;

/// A text as it stands in the file and as it reads once line breaks, hyphenation and page furniture are repaired.
///
/// Built by appending pieces of the original; a span of the repaired text maps back exactly to the bytes it came from.
///
/// ```
/// use citegraph::model::{Span, Text};
/// let mut text = Text::new("the EU-\ntoolbox".to_owned());
/// text.push_original(Span::new(0, 7));
/// text.push_original(Span::new(8, 15));
/// assert_eq!(text.repaired(), "the EU-toolbox");
/// let span = text.to_original(Span::new(4, 14));
/// assert_eq!(&text.original()[span.start..span.end], "EU-\ntoolbox");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Text {
    original: String,
    repaired: String,
    segments: Vec<Segment>,
    line_starts: Vec<usize>,
    page_ends: Vec<usize>,
}

impl Text {
    /// An original of which nothing is repaired yet.
    pub fn new(original: String) -> Self {
        let breaks = memchr::memchr_iter(b'\n', original.as_bytes()).map(|at| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        let page_ends = memchr::memchr_iter(b'\x0c', original.as_bytes()).collect();
        let original_length = original.len();
        let repaired = String::with_capacity(original_length);
        Self {
            original,
            repaired,
            segments: Vec::with_capacity(original_length / SEGMENT),
            line_starts,
            page_ends,
        }
    }

    /// Appends these bytes of the original to the repaired text. Spans that do not lie on character borders are ignored.
    pub fn push_original(&mut self, span: Span) {
        if self
            .original
            .get(span.start..span.end)
            .is_some_and(|piece| !piece.is_empty())
        {
            self.mark(span.start);
            self.repaired.push_str(&self.original[span.start..span.end]);
        }
    }

    /// Appends a character that stands for the original from byte `original` on (a blank for a line break).
    pub fn push_filler(&mut self, filler: char, original: usize) {
        self.mark(original);
        self.repaired.push(filler);
    }

    fn mark(&mut self, original: usize) {
        let continues = self
            .segments
            .last()
            .is_some_and(|s| s.original + (self.repaired.len() - s.repaired) == original);
        if !continues {
            self.segments.push(Segment {
                repaired: self.repaired.len(),
                original,
            });
        }
    }

    /// The text as it stands in the file.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The text that matching runs on.
    pub fn repaired(&self) -> &str {
        &self.repaired
    }

    /// The bytes of the original that a span of the repaired text came from.
    pub fn to_original(&self, span: Span) -> Span {
        let start = self.original_byte(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        let end = self.original_byte(span.end - 1) + 1;
        // After notes are lifted out of the flow a span may run over a page and come back before its start.
        Span::new(start.min(end), end.max(start)).clamped(&self.original)
    }

    fn original_byte(&self, repaired: usize) -> usize {
        let at = self.segments.partition_point(|s| s.repaired <= repaired);
        match at.checked_sub(1).map(|i| self.segments[i]) {
            Some(segment) => segment.original + (repaired - segment.repaired),
            None => 0,
        }
    }

    /// What became of spans of the original in the repaired text, without what was left out at their ends; none where
    /// nothing is left. A span that comes apart has its first and last byte in order, or it is none.
    ///
    /// ```
    /// use citegraph::model::{Span, Text};
    /// let mut text = Text::new("the EU-\ntoolbox".to_owned());
    /// text.push_original(Span::new(0, 7));
    /// text.push_original(Span::new(8, 15));
    /// assert_eq!(text.to_repaired(&[Span::new(4, 10), Span::new(7, 8)]), [Some(Span::new(4, 9)), None]);
    /// ```
    pub fn to_repaired(&self, spans: &[Span]) -> Vec<Option<Span>> {
        let ends = self.segments.iter().skip(1).map(|s| s.repaired);
        let ends = ends.chain([self.repaired.len()]);
        let pieces = self.segments.iter().zip(ends);
        let mut pieces: Vec<(usize, Span)> = pieces
            .map(|(s, end)| (s.original, Span::new(s.repaired, end)))
            .collect();
        pieces.sort_unstable();
        let one = |span: &Span| {
            let at = pieces.partition_point(|(original, _)| *original <= span.start);
            let first = pieces[at.saturating_sub(1)..].iter();
            let mut reaching = first.filter(|(original, piece)| original + piece.len() > span.start);
            let (original, piece) = reaching.next().filter(|(original, _)| *original < span.end)?;
            let start = piece.start + span.start.saturating_sub(*original);
            let last = pieces
                .partition_point(|(original, _)| *original < span.end)
                .checked_sub(1)?;
            let (original, piece) = pieces[last];
            let end = piece.start + piece.len().min(span.end - original);
            (start < end).then_some(Span::new(start, end))
        };
        spans.iter().map(one).collect()
    }

    /// The line, from 1, that a byte of the original stands on.
    pub fn line(&self, original: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= original)
    }

    /// The page, from 1, that a byte of the original stands on; none in a text without page breaks (form feeds).
    pub fn page(&self, original: usize) -> Option<usize> {
        (!self.page_ends.is_empty()).then(|| 1 + self.page_ends.partition_point(|end| *end < original))
    }
}

impl Span {
    fn clamped(self, text: &str) -> Self {
        let mut span = Self::new(self.start.min(text.len()), self.end.min(text.len()));
        while !text.is_char_boundary(span.start) {
            span.start -= 1;
        }
        while !text.is_char_boundary(span.end) {
            span.end += 1;
        }
        span
    }
}
