//! Tells the format of a file by its content, and has its reader make text of it.

use super::ReadError;
use super::encoding::{self, Decoded};
#[cfg(feature = "pdf")]
use super::pdf;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    #[cfg(feature = "pdf")]
    Pdf,
    Text,
}

impl Format {
    fn of(bytes: &[u8]) -> Self {
        match () {
            #[cfg(feature = "pdf")]
            () if pdf::is_pdf(bytes) => Self::Pdf,
            () => Self::Text,
        }
    }
}

/// The text of a file of any format.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    match Format::of(bytes) {
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::text(bytes),
        Format::Text => encoding::decode(bytes),
    }
}
