//! Bytes in, text out, and a word on what was done to them.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_8859_2, ISO_8859_4, ISO_8859_5, ISO_8859_7, ISO_8859_13, UTF_8, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1257,
};

use super::ReadError;
use super::blocks::Lines;
use crate::model::Link;

/// Text and, where the bytes were not plain UTF-8, what was assumed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub remark: Option<String>,
    /// What the end of a line says.
    pub lines: Lines,
    /// The links that the text itself does not show.
    pub links: Vec<Link>,
}

impl<'a> Decoded<'a> {
    /// Plain text, as it stands.
    pub fn plain(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            remark: None,
            lines: Lines::Wrapped,
            links: Vec::new(),
        }
    }
}

#[cfg(feature = "formats")]
impl Decoded<'_> {
    /// The text that the reader of a format made: a line is a paragraph.
    pub fn composed(text: String, links: Vec<Link>) -> Self {
        Self {
            text: Cow::Owned(text),
            remark: None,
            lines: Lines::Whole,
            links,
        }
    }
}

/// Decodes by byte-order mark, else as UTF-8, else by detection.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    match Encoding::for_bom(bytes) {
        // A UTF-8 mark stays in the text, so that offsets are those of the file.
        Some((encoding, _)) if encoding != UTF_8 => Ok(by_encoding(bytes, encoding)),
        _ => unmarked(bytes),
    }
}

/// Markup as text: by byte-order mark, else as UTF-8, else by what it declares itself, else by detection.
#[cfg(feature = "formats")]
pub(super) fn of_markup(bytes: &[u8]) -> Cow<'_, str> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let utf8 = || std::str::from_utf8(bytes).is_ok().then_some(UTF_8);
    match marked.or_else(utf8).or_else(|| declared(bytes)) {
        Some(encoding) => encoding.decode(bytes).0,
        None => detected(bytes).text,
    }
}

/// How far into a document its encoding may be declared.
#[cfg(feature = "formats")]
const DECLARATION: usize = 2048;

/// `encoding="iso-8859-2"` of XML, `charset=windows-1253` of HTML.
#[cfg(feature = "formats")]
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION)].to_ascii_lowercase();
    let mut labels = ["encoding=", "charset="].iter().filter_map(|key| {
        let at = memchr::memmem::find(&head, key.as_bytes())? + key.len();
        let label = head[at..].trim_ascii_start();
        let label = label
            .strip_prefix(b"\"")
            .or(label.strip_prefix(b"'"))
            .unwrap_or(label);
        let end = label
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')));
        Encoding::for_label(&label[..end?])
    });
    labels.next()
}

fn unmarked(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    if is_binary(bytes) {
        return Err(ReadError::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded::plain(text)),
        Err(_) if is_mostly_utf8(bytes) => Ok(without_stray_bytes(bytes)),
        Err(_) => Ok(detected(bytes)),
    }
}

fn by_encoding<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, _, _) = encoding.decode(bytes);
    let remark = format!(
        "read as {}; offsets count in the text, not in the file",
        encoding.name()
    );
    Decoded {
        text,
        remark: Some(remark),
        lines: Lines::Wrapped,
        links: Vec::new(),
    }
}

fn detected(bytes: &[u8]) -> Decoded<'_> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    by_encoding(
        bytes,
        if OF_EUROPE.contains(&guess) {
            guess
        } else {
            WINDOWS_1252
        },
    )
}

/// The encodings in which the languages of the Union are written; a short text may look like that of another language.
static OF_EUROPE: [&Encoding; 10] = [
    WINDOWS_1250,
    WINDOWS_1251,
    WINDOWS_1252,
    WINDOWS_1253,
    WINDOWS_1257,
    ISO_8859_2,
    ISO_8859_4,
    ISO_8859_5,
    ISO_8859_7,
    ISO_8859_13,
];

/// NUL and other control bytes do not occur in text.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(8 * 1024)];
    let odd = sample
        .iter()
        .filter(|b| **b < 32 && !matches!(b, b'\t'..=b'\r' | 27))
        .count();
    sample.contains(&0) || odd * 10 > sample.len()
}

/// Whether the sequences beyond ASCII are valid UTF-8 but for a few.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > invalid
}

/// Each stray byte becomes a question mark, so that offsets stay those of the file.
fn without_stray_bytes(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len());
    let mut stray = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
        stray += chunk.invalid().len();
    }
    Decoded {
        text: Cow::Owned(text),
        remark: Some(format!(
            "{stray} bytes are not UTF-8 and were read as question marks"
        )),
        lines: Lines::Wrapped,
        links: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_in_latin_1_is_not_read_as_mojibake() {
        let bytes = b"R\xe5dets konklusioner om cyberforsvar: Udvalget g\xf8r opm\xe6rksom p\xe5 behovet for st\xf8rre modstandsdygtighed";
        let decoded = decode(bytes).unwrap();
        assert!(
            decoded.text.starts_with("Rådets konklusioner") && decoded.text.contains("større"),
            "{}",
            decoded.text
        );
        assert!(decoded.remark.is_some());
    }

    #[test]
    fn stray_bytes_keep_the_offsets_of_the_file() {
        let bytes = [
            b"R\xc3\xa5dets m\xc3\xb8de \xc3\xa9t sted \xc3\xb8 ".as_slice(),
            b"\xff doc",
        ]
        .concat();
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.ends_with("? doc"));
    }

    #[test]
    fn empty_and_binary_files_are_told_apart() {
        assert!(matches!(decode(b" \n\t"), Err(ReadError::Empty)));
        assert!(matches!(
            decode(b"PK\x03\x04\0\0\0\0 rest"),
            Err(ReadError::Binary)
        ));
    }

    #[test]
    fn utf_16_is_told_by_its_mark() {
        let bytes: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("Council".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode(&bytes).unwrap().text, "Council");
    }
}
