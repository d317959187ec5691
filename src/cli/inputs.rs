//! Paths as typed in, the files to read out, in order; and for what cannot be read the reason.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::output::say;

/// Endings of files that a folder is searched for; a file without ending is read, too. What a file is its content tells:
/// old Word and RTF files are named, with what to do about them.
const ENDINGS: [&str; 24] = [
    "akn", "doc", "docm", "docx", "dotx", "eml", "fmx", "fodt", "gz", "htm", "html", "markdown", "md", "odt",
    "ott", "pdf", "rtf", "tar", "text", "tgz", "txt", "xhtml", "xml", "zip",
];

/// Something that was given and cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The path as given or found.
    pub path: String,
    /// Why, as a sentence without its full stop.
    pub reason: String,
}

impl Unreadable {
    /// This path, for this reason.
    pub fn new(path: String, reason: String) -> Self {
        Self { path, reason }
    }

    /// Names it on standard error.
    pub fn say(&self) {
        say(&format!("cannot read {}: {}", self.path, self.reason));
    }
}

/// What the paths lead to.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files to read, in the order given, those of a folder in order of path; `-` for standard input.
    pub files: Vec<PathBuf>,
    /// For each of them its path from the root of the system, without links: one file, one key.
    pub keys: Vec<PathBuf>,
    /// What cannot be read.
    pub unreadable: Vec<Unreadable>,
    /// Files that folders hold but that are not read, and why.
    pub skipped: Vec<Unreadable>,
    seen: HashSet<OsString>,
    /// The folder that was searched last, as it was reached and without links.
    folder: (PathBuf, PathBuf),
}

impl Inputs {
    /// Follows all paths.
    pub fn of(paths: &[PathBuf]) -> Self {
        let mut this = Self::default();
        paths.iter().for_each(|path| this.follow(path));
        this
    }

    /// Names on standard error what is skipped.
    pub fn say_skipped(&self) {
        self.skipped
            .iter()
            .for_each(|skipped| say(&format!("skipped {}: {}", skipped.path, skipped.reason)));
    }

    fn follow(&mut self, path: &Path) {
        if path == Path::new("-") {
            return self.add(path);
        }
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => self.search(path),
            Ok(_) => self.add(path),
            // "letters.zip/note.docx" is a document of a file.
            Err(_) if holder(path).is_some() => self.add(path),
            Err(error) => self.refuse(path, reason(&error)),
        }
    }

    /// A file is read once, however many paths lead to it: its references would count twice.
    fn add(&mut self, path: &Path) {
        let file = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.add_file(path, file);
    }

    fn add_file(&mut self, path: &Path, file: PathBuf) {
        if self.seen.insert(file.clone().into_os_string()) {
            self.files.push(path.to_owned());
            self.keys.push(file);
        } else {
            self.skip(path, "it is among the documents already");
        }
    }

    fn refuse(&mut self, path: &Path, reason: String) {
        self.unreadable.push(Unreadable {
            path: path.display().to_string(),
            reason,
        });
    }

    fn skip(&mut self, path: &Path, reason: &str) {
        self.skipped.push(Unreadable {
            path: path.display().to_string(),
            reason: reason.to_owned(),
        });
    }

    fn search(&mut self, folder: &Path) {
        let before = self.files.len();
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(false)
            .hidden(true)
            .follow_links(true)
            .sort_by_file_path(Path::cmp);
        for entry in walk.build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => self.found(&entry),
                Ok(_) => {}
                Err(error) => self.stumble(folder, &error),
            }
        }
        if self.files.len() == before {
            self.skip(folder, "the folder holds no documents that are not read already");
        }
    }

    fn found(&mut self, entry: &DirEntry) {
        let path = entry.path();
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending {
            Some(ending) if !ENDINGS.contains(&ending.as_str()) => self.skip(
                path,
                "its ending is not that of a document; give its path to read it all the same",
            ),
            _ if entry.path_is_symlink() => self.add(path),
            _ => {
                let file = self.without_links(path);
                self.add_file(path, file);
            }
        }
    }

    /// The path of a file that is no link: what leads to its folder is looked at once for all files there.
    fn without_links(&mut self, path: &Path) -> PathBuf {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return path.to_owned();
        };
        if self.folder.0 != folder {
            let whole = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
            self.folder = (folder.to_owned(), whole);
        }
        self.folder.1.join(name)
    }

    fn stumble(&mut self, folder: &Path, error: &ignore::Error) {
        let (path, reason) = explained(error);
        self.refuse(&path.unwrap_or_else(|| folder.to_owned()), reason);
    }
}

/// The file that holds a document whose path goes on behind that of the file.
pub fn holder(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|above| above.is_file())
}

fn explained(error: &ignore::Error) -> (Option<PathBuf>, String) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path.clone()), explained(err).1),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => explained(err),
        ignore::Error::Loop { ancestor, child } => (
            Some(child.clone()),
            format!(
                "the link leads back to {} and is not followed",
                ancestor.display()
            ),
        ),
        ignore::Error::Io(error) => (None, reason(root(error))),
        other => (None, other.to_string()),
    }
}

/// The error of the system that a walk has wrapped into its own.
fn root(error: &io::Error) -> &io::Error {
    let inner = error.get_ref().and_then(|inner| inner.source());
    inner.and_then(|source| source.downcast_ref()).unwrap_or(error)
}

/// Why the system does not give a file, in words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ if error.raw_os_error() == Some(TOO_MANY_LINKS) => "its links lead in a circle".to_owned(),
        _ => error.to_string(),
    }
}

/// ELOOP of Linux; its [`io::ErrorKind`] has no stable name yet.
const TOO_MANY_LINKS: i32 = 40;
