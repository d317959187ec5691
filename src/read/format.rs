//! Tells the format of a file by its content, and has its reader make text of it.

use super::ReadError;
use super::encoding::{self, Decoded};
#[cfg(feature = "pdf")]
use super::pdf;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Pdf,
    Text,
}

impl Format {
    fn of(bytes: &[u8]) -> Self {
        match () {
            () if is_pdf(bytes) => Self::Pdf,
            () => Self::Text,
        }
    }
}

/// Whether the bytes are those of a PDF.
fn is_pdf(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"%PDF-")
}

/// The text of a file of any format.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    match Format::of(bytes) {
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::text(bytes),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(ReadError::Binary),
        Format::Text => encoding::decode(bytes),
    }
}
