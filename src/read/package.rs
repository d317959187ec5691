//! The parts of a document that is a zip file of XML (DOCX, ODT), unpacked within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;
use super::encoding;
use super::limits;

/// An open package.
pub(super) struct Package<'a> {
    format: &'static str,
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Opens a package; `format` names it in errors.
    pub fn open(format: &'static str, bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(format, &error))?;
        Ok(Self { format, archive })
    }

    /// Whether it has a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part; none where there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(self.format, &error)),
        };
        let limit = limits::unpacked(file.compressed_size());
        let mut bytes = Vec::new();
        file.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(self.format, &error))?;
        if bytes.len() as u64 > limit {
            return Err(limits::bomb(&format!("the {} file", self.format)));
        }
        Ok(Some(encoding::of_markup(&bytes).into_owned()))
    }

    /// The text of a part that must be there.
    pub fn required(&mut self, name: &str) -> Result<String, ReadError> {
        let format = self.format;
        self.part(name)?.ok_or_else(|| ReadError::Damaged {
            format,
            reason: format!("{name} is missing"),
        })
    }
}

fn damaged(format: &'static str, error: &dyn std::error::Error) -> ReadError {
    ReadError::Damaged {
        format,
        reason: error.to_string(),
    }
}
