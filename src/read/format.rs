//! Tells the format of a file by its content, and has its reader make text of it.

use super::ReadError;
use super::encoding::{self, Decoded};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
}

impl Format {
    fn of(_bytes: &[u8]) -> Self {
        Self::Text
    }
}

/// The text of a file of any format.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    match Format::of(bytes) {
        Format::Text => encoding::decode(bytes),
    }
}
