//! What must hold whatever the bytes are: they are read or refused, and every mention is cut from the text where it
//! says it stands. A panic, a hang and memory without end are what the fuzzer looks for.

use std::io::Write;
use std::sync::LazyLock;

use citegraph::model::{Document, Language};
use citegraph::read;
use citegraph::recognize::Recognizer;
use citegraph::tables::Tables;

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::builtin().expect("the built-in tables load"));
static RECOGNIZER: LazyLock<Recognizer> = LazyLock::new(|| Recognizer::new(&TABLES));

/// Reads a file of any kind, with all that it holds.
pub fn file(name: &str, bytes: &[u8]) {
    for part in read::parts(name, bytes) {
        let Ok(bytes) = part.bytes else { continue };
        if let Ok(reading) = read::read(&part.path, &bytes, &TABLES, None) {
            recognize(&reading.document);
        }
    }
}

/// Reads and recognizes a text as if it were of one of the 24 languages.
pub fn text_in_a_language(choice: u8, text: &str) {
    let tables = TABLES.languages();
    let language = Language::parse(&tables[usize::from(choice) % tables.len()].code);
    recognize(&read::structure("a.txt", text, &TABLES, language));
}

/// A zipped document: every part but the first has its name and its contents behind a line of `==`.
pub fn package(first: &str, fixed: &[(&str, &str)], parts: &str) {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, contents: &str| {
        let options = zip::write::SimpleFileOptions::default();
        if writer.start_file(name, options).is_ok() {
            writer.write_all(contents.as_bytes()).expect("memory takes it");
        }
    };
    for (name, contents) in fixed {
        add(name, contents);
    }
    let mut rest = parts.split("\n==");
    add(first, rest.next().unwrap_or_default());
    for part in rest {
        let (name, contents) = part.split_once('\n').unwrap_or((part, ""));
        add(name.trim(), contents);
    }
    if let Ok(done) = writer.finish() {
        file("a.zip", done.get_ref());
    }
}


fn recognize(document: &Document) {
    let original = document.text.original();
    for mention in RECOGNIZER.recognize(document).mentions {
        let span = mention.passage.span;
        assert_eq!(original.get(span.start..span.end), Some(mention.passage.text.as_str()), "{mention:?}");
    }
}
