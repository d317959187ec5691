//! Tells the format of a file by its content, and has its reader make text of it.

use super::ReadError;
use super::encoding::{self, Decoded};
#[cfg(feature = "pdf")]
use super::pdf;
#[cfg(feature = "formats")]
use super::{docx, html, limits, mail, odt, package::Package, xml};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Pdf,
    Text,
    #[cfg(feature = "formats")]
    Docx,
    #[cfg(feature = "formats")]
    Odt,
    Html,
    Xml,
    Mail,
    Zip,
    Tar,
    Gzip,
    /// A document of a kind that is not read, and what to do about it.
    Other(&'static str),
}

const OLD_WORD: &str =
    "this is a binary Office file (.doc, .xls, .ppt, .msg): save the document as DOCX or PDF first";
const LOCKED: &str = "this is a binary Office file, or one that is locked with a password: save the document as DOCX or PDF, without a password, first";
const RTF: &str = "this is an RTF file: save the document as DOCX or PDF first";
#[cfg(feature = "formats")]
const OFFICE: &str = "this is a spreadsheet or a presentation: save it as PDF or plain text first";

/// How many bytes tell what markup is.
const HEAD: usize = 4096;

impl Format {
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Self::of_zip(bytes),
            [0x1F, 0x8B, 8, ..] => Self::Gzip,
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Self::Other(of_compound(bytes)),
            [b'{', b'\\', b'r', b't', b'f', ..] => Self::Other(RTF),
            _ if is_pdf(bytes) => Self::Pdf,
            _ if bytes.get(257..262) == Some(b"ustar") => Self::Tar,
            _ => Self::of_text(bytes),
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Text => "text",
            #[cfg(feature = "formats")]
            Self::Docx => "docx",
            #[cfg(feature = "formats")]
            Self::Odt => "odt",
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Mail => "mail",
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::Gzip => "gzip",
            Self::Other(_) => "other",
        }
    }

    #[cfg(feature = "formats")]
    fn of_zip(bytes: &[u8]) -> Self {
        let Ok(mut package) = Package::open("zip", bytes) else {
            return Self::Zip;
        };
        match () {
            () if docx::is_inside(&mut package) => Self::Docx,
            () if odt::is_inside(&mut package) => Self::Odt,
            () if package.has("[Content_Types].xml") || package.has("mimetype") => Self::Other(OFFICE),
            () => Self::Zip,
        }
    }

    #[cfg(not(feature = "formats"))]
    fn of_zip(_bytes: &[u8]) -> Self {
        Self::Zip
    }

    fn of_text(bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(HEAD)];
        // Most text holds no tag.
        let head = if memchr::memchr(b'<', head).is_some() {
            head
        } else {
            &[]
        };
        let head = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
        let head = head.trim_start();
        match head.strip_prefix('<').map(|_| head.to_ascii_lowercase()) {
            Some(head) if is_html(&head) => Self::Html,
            Some(head) if is_xml(&head) => Self::Xml,
            _ if is_message(bytes) => Self::Mail,
            _ => Self::Text,
        }
    }

    /// Whether such a file holds documents rather than being one.
    #[cfg(feature = "formats")]
    pub fn holds_others(self) -> bool {
        matches!(self, Self::Zip | Self::Tar | Self::Gzip | Self::Mail)
    }

    /// Whether a member of an archive is no document: a picture, a sheet, an empty file.
    #[cfg(feature = "formats")]
    pub fn is_passed_over(self, bytes: &[u8]) -> bool {
        let refused = matches!(
            encoding::decode(&bytes[..bytes.len().min(8 * 1024)]),
            Err(ReadError::Binary | ReadError::Empty)
        );
        match self {
            Self::Text => refused && !bytes.starts_with(b"%PDF"),
            Self::Other(what) => what == OFFICE,
            _ => false,
        }
    }
}

#[cfg(feature = "formats")]
fn is_message(bytes: &[u8]) -> bool {
    mail::is_message(bytes)
}

#[cfg(not(feature = "formats"))]
fn is_message(_bytes: &[u8]) -> bool {
    false
}

/// A compound file holds an old Office document; or a new one, locked.
fn of_compound(bytes: &[u8]) -> &'static str {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if memchr::memmem::find(bytes, &name).is_some() {
        LOCKED
    } else {
        OLD_WORD
    }
}

/// Elements that a page, or a piece of one, may begin with.
const OF_PAGES: [&str; 16] = [
    "<html", "<head", "<body", "<div", "<p>", "<p ", "<table", "<meta", "<title", "<h1", "<span", "<section",
    "<article", "<main", "<ul", "<ol",
];

fn is_html(head: &str) -> bool {
    let begins = head.starts_with("<!doctype html") || OF_PAGES.iter().any(|name| head.starts_with(name));
    let declared = head.starts_with("<?xml") || head.starts_with("<!--") || head.starts_with("<!doctype");
    begins || (declared && (head.contains("<html") || head.contains("<!doctype html")))
}

fn is_xml(head: &str) -> bool {
    let name = head[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let tag = head.split(['>', '<']).nth(1).unwrap_or("");
    let closes = tag.ends_with('/') || head.contains("</") || tag.contains("xmlns");
    head.starts_with("<?xml") || head.starts_with("<!doctype") || (name && closes)
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
        Format::Other(what) => Err(ReadError::Unsupported(what.to_owned())),
        format => composed(format, bytes),
    }
}

#[cfg(feature = "formats")]
fn composed(format: Format, bytes: &[u8]) -> Result<Decoded<'static>, ReadError> {
    let composed = match format {
        Format::Docx => docx::text(bytes)?,
        Format::Odt => odt::text(bytes)?,
        Format::Html if bytes.len() > limits::PAGE => return Err(limits::long_page()),
        Format::Html => html::text(&encoding::of_markup(bytes)),
        Format::Xml => xml::text(&encoding::of_markup(bytes))?,
        _ => {
            let reason = "this is an archive or a message: its documents are read one by one".to_owned();
            return Err(ReadError::Unsupported(reason));
        }
    };
    if composed.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Decoded::composed(composed.text, composed.links))
}

#[cfg(not(feature = "formats"))]
fn composed(_format: Format, _bytes: &[u8]) -> Result<Decoded<'static>, ReadError> {
    let reason = "this build reads plain text alone: the feature `formats` is off".to_owned();
    Err(ReadError::Unsupported(reason))
}
