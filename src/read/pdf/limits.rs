//! How much of a PDF is read: docs/limits.md names these numbers.

use super::super::ReadError;

/// Bytes of a file, in megabytes.
const FILE: usize = 500;
/// Pages of a file.
pub(super) const PAGES: usize = 5_000;
/// Letters, lines and pictures drawn on one page.
const ON_PAGE: usize = 500_000;
/// Letters, lines and pictures drawn in a file.
const IN_FILE: usize = 50_000_000;
/// What a clip costs: every form begins with one, and a form takes longer than a letter.
pub(super) const CLIP: usize = 10;
/// Horizontal rules kept of a page.
pub(super) const RULES: usize = 10_000;
/// Bytes that all streams of a file but its pictures may unpack to.
pub(super) const UNPACKED: u64 = 512 << 20;

/// What may still be drawn.
pub(super) struct Budget {
    page: usize,
    file: usize,
}

/// What [`Budget::spend`] unwinds with.
pub(super) struct Spent;

impl Budget {
    /// A budget for one file.
    pub fn new() -> Self {
        Self {
            page: ON_PAGE,
            file: IN_FILE,
        }
    }

    /// Begins the next page.
    pub fn turn_page(&mut self) {
        self.page = ON_PAGE;
    }

    /// Takes from the budget. When nothing is left it unwinds to the doorway of the reader: the interpreter cannot be
    /// stopped otherwise, and a form that draws itself ten times over, fifty levels deep, would never end.
    pub fn spend(&mut self, count: usize) {
        match (self.page.checked_sub(count), self.file.checked_sub(count)) {
            (Some(page), Some(file)) => (self.page, self.file) = (page, file),
            _ => std::panic::resume_unwind(Box::new(Spent)),
        }
    }
}

/// Whether the file is not too large.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), ReadError> {
    let megabytes = bytes.len() >> 20;
    if megabytes < FILE {
        return Ok(());
    }
    Err(ReadError::TooLarge(format!(
        "the PDF file has {megabytes} MB; up to {FILE} MB are read: split it first"
    )))
}

/// Too many pages.
pub(super) fn too_many_pages(pages: usize) -> ReadError {
    ReadError::TooLarge(format!(
        "the PDF file has {pages} pages; up to {PAGES} are read: split it first"
    ))
}

/// Too much on its pages.
pub(super) fn too_much() -> ReadError {
    ReadError::TooLarge(format!(
        "the PDF file draws too much: up to {ON_PAGE} letters and lines of a page are read, and {IN_FILE} of a file"
    ))
}

/// Too much in its streams.
pub(super) fn too_packed() -> ReadError {
    ReadError::TooLarge(format!(
        "the PDF file unpacks to more than {} MB without its pictures",
        UNPACKED >> 20
    ))
}
