//! An archive in, its members out, unpacked in memory within limits: what breaks a limit or is damaged is named, and all
//! else is there.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::format::Format;
use super::limits::{self, DEPTH, MEMBERS, TOTAL};
use super::{Part, ReadError, mail};

/// What may still be unpacked of a file.
pub(super) struct Budget {
    members: usize,
    bytes: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            members: MEMBERS,
            bytes: TOTAL,
        }
    }
}

impl Budget {
    /// What is said when nothing is left.
    fn exhausted(&self) -> Option<ReadError> {
        match (self.members, self.bytes) {
            (0, _) => Some(limits::crowded()),
            (_, 0) => Some(limits::full()),
            _ => None,
        }
    }
}

/// The documents of a file, the documents in its members included.
pub(super) fn open<'a>(path: &str, bytes: Cow<'a, [u8]>, budget: &mut Budget, depth: usize) -> Vec<Part<'a>> {
    let format = Format::of(&bytes);
    if !format.holds_others() {
        return vec![Part {
            path: path.to_owned(),
            bytes: Ok(bytes),
        }];
    }
    if depth >= DEPTH {
        let reason =
            format!("archives and messages stand more than {DEPTH} deep in each other: it is not read");
        return vec![refused(path, ReadError::TooLarge(reason))];
    }
    let mut members = Members {
        path,
        budget,
        depth,
        parts: Vec::new(),
    };
    let ended = match format {
        Format::Zip => members.zip(&bytes),
        Format::Tar => members.tar(&mut Cursor::new(&bytes)),
        Format::Gzip => members.gzip(&bytes),
        _ => {
            members.parts.extend(mail::parts(path, &bytes));
            members.open_attachments();
            Ok(())
        }
    };
    members.finish(ended)
}

fn refused<'a>(path: &str, error: ReadError) -> Part<'a> {
    Part {
        path: path.to_owned(),
        bytes: Err(error),
    }
}

/// The members of one archive.
struct Members<'b, 'a> {
    path: &'b str,
    budget: &'b mut Budget,
    depth: usize,
    parts: Vec<Part<'a>>,
}

impl<'a> Members<'_, 'a> {
    fn zip(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged("zip", &e))?;
        for at in 0..archive.len() {
            let name = archive
                .name_for_index(at)
                .and_then(Result::ok)
                .unwrap_or_default()
                .into_owned();
            match archive.by_index(at) {
                Ok(mut entry) if entry.is_file() => {
                    let sizes = (entry.compressed_size(), entry.size());
                    self.member(&name, sizes, &mut entry)?;
                }
                Ok(_) => {}
                Err(error) => {
                    let path = self.below(&name);
                    self.parts.push(refused(&path, unreadable(&error)));
                }
            }
        }
        Ok(())
    }

    fn tar(&mut self, reader: &mut dyn Read) -> Result<(), ReadError> {
        let mut archive = tar::Archive::new(reader);
        let entries = archive.entries().map_err(|e| damaged("tar", &e))?;
        for entry in entries {
            let mut entry = entry.map_err(|e| damaged("tar", &e))?;
            if entry.header().entry_type().is_file() {
                let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                let size = entry.size();
                self.member(&name, (size, size), &mut entry)?;
            }
        }
        Ok(())
    }

    /// A tar file that is packed, or one packed file.
    fn gzip(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let limit = limits::unpacked(bytes.len() as u64).min(self.budget.bytes);
        let mut unpacked = Vec::new();
        let ended = MultiGzDecoder::new(bytes)
            .take(limit + 1)
            .read_to_end(&mut unpacked);
        if unpacked.len() as u64 > limit {
            return Err(limits::bomb("it"));
        }
        self.budget.bytes -= unpacked.len() as u64;
        // What was unpacked before the damage is read all the same, if it is an archive.
        let tar = Format::of(&unpacked) == Format::Tar;
        if !tar {
            ended.map_err(|e| damaged("gzip", &e))?;
            let inner = open(self.path, Cow::Owned(unpacked), self.budget, self.depth + 1);
            self.parts.extend(inner);
            return Ok(());
        }
        self.tar(&mut Cursor::new(&unpacked))?;
        ended.map_err(|e| damaged("gzip", &e)).map(|_| ())
    }

    /// Reads a member, of these bytes packed and unpacked, and what is in it; what no reader reads is passed over.
    fn member(
        &mut self,
        name: &str,
        (packed, size): (u64, u64),
        content: &mut dyn Read,
    ) -> Result<(), ReadError> {
        if is_hidden(name) {
            return Ok(());
        }
        if let Some(error) = self.budget.exhausted() {
            return Err(error);
        }
        self.budget.members -= 1;
        let path = self.below(name);
        let part = match self.unpacked((packed, size), content) {
            Ok(bytes) if Format::of(&bytes).is_passed_over(&bytes) => return Ok(()),
            Ok(bytes) => open(&path, Cow::Owned(bytes), self.budget, self.depth + 1),
            Err(error) => vec![refused(&path, error)],
        };
        self.parts.extend(part);
        Ok(())
    }

    fn unpacked(&mut self, (packed, size): (u64, u64), content: &mut dyn Read) -> Result<Vec<u8>, ReadError> {
        let limit = limits::unpacked(packed);
        let allowed = limit.min(self.budget.bytes);
        let mut bytes = Vec::new();
        let ended = content.take(allowed + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        if length > limit {
            return Err(limits::bomb("it"));
        }
        if length > allowed {
            self.budget.bytes = 0;
            return Err(limits::full());
        }
        self.budget.bytes -= length;
        ended.map_err(|error| damaged("archive", &error))?;
        if length < size {
            return Err(ReadError::Damaged {
                format: "archive",
                reason: "it ends in the middle of this member".to_owned(),
            });
        }
        Ok(bytes)
    }

    /// Looks into the attachments of a message.
    fn open_attachments(&mut self) {
        for part in std::mem::take(&mut self.parts) {
            match part.bytes {
                Ok(bytes) if part.path != self.path => {
                    let mut content: &[u8] = &bytes;
                    let name = part.path[self.path.len() + 1..].to_owned();
                    if let Err(error) = self.member(&name, (bytes.len() as u64, 0), &mut content) {
                        self.parts.push(refused(&part.path, error));
                    }
                }
                bytes => self.parts.push(Part {
                    path: part.path,
                    bytes,
                }),
            }
        }
    }

    /// The path of a member. A name that leads elsewhere is kept to its words: nothing is written anywhere.
    fn below(&self, name: &str) -> String {
        let steps = name
            .split(['/', '\\'])
            .filter(|step| !matches!(*step, "" | "." | ".."));
        let name: Vec<&str> = steps.collect();
        format!("{}/{}", self.path, name.join("/"))
    }

    fn finish(mut self, ended: Result<(), ReadError>) -> Vec<Part<'a>> {
        match ended {
            Err(error) => self.parts.push(refused(self.path, error)),
            Ok(()) if self.parts.is_empty() => {
                let reason = "it holds no document that can be read".to_owned();
                self.parts
                    .push(refused(self.path, ReadError::Unsupported(reason)));
            }
            Ok(()) => {}
        }
        self.parts
    }
}

/// What systems put into archives beside the files.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\'])
        .any(|step| step.starts_with('.') && step != "." && step != ".." || step == "__MACOSX")
}

fn unreadable(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted("zip"),
        error => damaged("zip", error),
    }
}

fn damaged(format: &'static str, error: &dyn std::error::Error) -> ReadError {
    ReadError::Damaged {
        format,
        reason: error.to_string(),
    }
}
