//! Archives, bombs, damage: what is wrong is named, and nothing else is lost.

use citegraph::read::{self, Part, ReadError};
use proptest::prelude::*;

use super::make::{self, PICTURE, base64, docx_of, gzip, run, tar, zip};
use super::text_of;
use crate::knowledge::{RECOGNIZER, TABLES};

const NOTE: &[u8] = b"The revised guidelines are set out in document 10289/23 of the Council.\n";

/// Paths with the length of the bytes or what was said.
fn listed(parts: &[Part<'_>]) -> Vec<(String, Result<usize, String>)> {
    let outcome = |part: &Part<'_>| part.bytes.as_ref().map(|b| b.len()).map_err(ToString::to_string);
    parts
        .iter()
        .map(|part| (part.path.clone(), outcome(part)))
        .collect()
}

fn paths(parts: &[Part<'_>]) -> Vec<String> {
    parts.iter().map(|part| part.path.clone()).collect()
}

#[test]
fn an_archive_holds_its_documents_and_those_of_archives_in_it() {
    let inner = gzip(&tar(&[("deep/a.txt", NOTE)]));
    let docx = docx_of(&format!("<w:p>{}</w:p>", run("Document 10289/23.")), "", &[]);
    let bytes = zip(&[
        ("b.txt", NOTE),
        ("logo.gif", PICTURE),
        ("__MACOSX/._b.txt", NOTE),
        ("empty.txt", b""),
        ("more.tgz", &inner),
        ("../../up.docx", &docx),
    ]);
    let parts = read::parts("all.zip", &bytes);
    assert_eq!(
        paths(&parts),
        ["all.zip/b.txt", "all.zip/more.tgz/deep/a.txt", "all.zip/up.docx"]
    );
    assert!(parts.iter().all(|part| part.bytes.is_ok()));
}

#[test]
fn a_packed_file_is_the_file() {
    let packed = gzip(NOTE);
    assert_eq!(paths(&read::parts("a.txt.gz", &packed)), ["a.txt.gz"]);
    assert_eq!(text_of("a.txt.gz", &packed).as_bytes(), NOTE);
}

#[test]
fn a_message_holds_its_text_and_its_attachments() {
    let docx = docx_of(&format!("<w:p>{}</w:p>", run("Document 10289/23.")), "", &[]);
    let packed = zip(&[("in.txt", NOTE)]);
    let attachment = |name: &str, bytes: &[u8]| {
        format!(
            "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(bytes)
        )
    };
    let mail = format!(
        "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>see document 10289/23</p>\r\n{}{}{}--b--\r\n",
        attachment("note.docx", &docx),
        attachment("all.zip", &packed),
        attachment("logo.gif", PICTURE),
    );
    let parts = read::parts("m.eml", mail.as_bytes());
    assert_eq!(
        paths(&parts),
        ["m.eml", "m.eml/note.docx", "m.eml/all.zip/in.txt"]
    );
    let texts = parts.iter().map(|part| {
        let bytes = part.bytes.as_ref().unwrap();
        read::read(&part.path, bytes, &TABLES, None)
            .unwrap()
            .document
            .text
            .original()
            .trim()
            .to_owned()
    });
    let texts: Vec<String> = texts.collect();
    assert_eq!(texts[..2], ["see document 10289/23", "Document 10289/23."]);
}

#[test]
fn a_header_block_alone_is_no_message() {
    let text = "From: General Secretariat\nTo: Delegations\nSubject: Document 10289/23\n\nText.\n";
    assert_eq!(text_of("a.txt", text.as_bytes()), text);
}

#[test]
fn a_bomb_is_named_and_its_neighbors_are_read() {
    let zeros = vec![b' '; 80 * 1024 * 1024];
    let bytes = zip(&[("a.txt", NOTE), ("bomb.txt", &zeros), ("b.txt", NOTE)]);
    assert!(bytes.len() < 100_000);
    let parts = listed(&read::parts("all.zip", &bytes));
    assert_eq!(parts.len(), 3);
    assert_eq!((&parts[0].1, &parts[2].1), (&Ok(NOTE.len()), &Ok(NOTE.len())));
    let (path, said) = &parts[1];
    assert!(
        path == "all.zip/bomb.txt" && said.as_ref().is_err_and(|why| why.contains("unpacks to more")),
        "{said:?}"
    );
    let packed = listed(&read::parts("a.gz", &gzip(&zeros)));
    assert!(
        packed[0]
            .1
            .as_ref()
            .is_err_and(|why| why.contains("unpacks to more")),
        "{packed:?}"
    );
}

#[test]
fn a_document_that_unpacks_without_end_is_refused() {
    let body = format!("<w:p>{}</w:p>", run(&" ".repeat(80 * 1024 * 1024)));
    let bytes = docx_of(&body, "", &[]);
    let error = read::read("a.docx", &bytes, &TABLES, None).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge(_)), "{error}");
}

#[test]
fn a_locked_member_is_named() {
    let mut bytes = zip(&[("a.txt", NOTE), ("b.txt", NOTE)]);
    // The first bit of the flags says that a member is encrypted.
    let second = |mark: &[u8], bytes: &[u8]| memchr::memmem::find_iter(bytes, mark).nth(1).unwrap();
    let (local, central) = (second(b"PK\x03\x04", &bytes), second(b"PK\x01\x02", &bytes));
    bytes[local + 6] |= 1;
    bytes[central + 8] |= 1;
    let parts = listed(&read::parts("all.zip", &bytes));
    assert_eq!(parts[0].1, Ok(NOTE.len()));
    assert!(
        parts[1].1.as_ref().is_err_and(|why| why.contains("password")),
        "{parts:?}"
    );
}

#[test]
fn archives_in_archives_end() {
    let mut bytes = zip(&[("a.txt", NOTE)]);
    for _ in 0..6 {
        bytes = zip(&[("in.zip", &bytes), ("beside.txt", NOTE)]);
    }
    let parts = listed(&read::parts("all.zip", &bytes));
    let refused: Vec<_> = parts.iter().filter(|(_, said)| said.is_err()).collect();
    assert_eq!(refused.len(), 1, "{parts:?}");
    assert!(
        refused[0]
            .1
            .as_ref()
            .is_err_and(|why| why.contains("deep in each other"))
    );
    assert_eq!(parts.len(), 5);
}

#[test]
fn truncated_files_are_named_or_read_as_far_as_they_go() {
    for (name, bytes) in make::all() {
        let half = &bytes[..bytes.len() / 2];
        for part in read::parts(name, half) {
            let said = part
                .bytes
                .and_then(|bytes| read::read(&part.path, &bytes, &TABLES, None));
            if name.ends_with("docx")
                || name.ends_with("odt")
                || name.ends_with("xml")
                || name.ends_with("gz")
                || name.ends_with("zip")
            {
                let error = said.unwrap_err();
                assert!(matches!(error, ReadError::Damaged { .. }), "{name}: {error}");
            } else {
                assert!(said.is_ok(), "{name}");
            }
        }
    }
}

#[test]
fn kinds_that_are_not_read_say_what_to_do() {
    let mut old = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    old.resize(2048, 0);
    let sheet = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook/>"),
    ]);
    for (bytes, words) in [
        (old.as_slice(), "save the document as DOCX or PDF"),
        (b"{\\rtf1\\ansi Hello}", "save the document as DOCX or PDF"),
        (&sheet, "spreadsheet"),
    ] {
        let parts = read::parts("x", bytes);
        let error = read::read("x", parts[0].bytes.as_ref().unwrap(), &TABLES, None).unwrap_err();
        assert!(
            matches!(&error, ReadError::Unsupported(why) if why.contains(words)),
            "{error}"
        );
    }
}

#[test]
fn depth_and_length_do_no_harm() {
    let deep = "<div><p>".repeat(100_000) + "document 10289/23" + &"</p></div>".repeat(100_000);
    assert!(text_of("a.html", deep.as_bytes()).contains("10289/23"));
    let tables = "<table><tr><td>".repeat(20_000) + "document 10289/23";
    assert!(text_of("a.html", tables.as_bytes()).contains("10289/23"));
    let lists = "<ul><li>x".repeat(50_000);
    assert!(text_of("a.html", lists.as_bytes()).contains("- x"));
    let cells = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p>".repeat(5_000)
        + &"</w:tc></w:tr></w:tbl>".repeat(5_000);
    assert!(text_of("a.docx", &docx_of(&cells, "", &[])).contains('x'));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(10_289),
        ..ProptestConfig::default()
    })]

    /// Bytes changed, cut out or doubled: read or named, spans slice, nothing hangs.
    #[test]
    fn any_mutation_is_read_or_named(
        file in 0usize..9,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..40), 1..12),
    ) {
        let (name, mut bytes) = make::all().swap_remove(file);
        for (place, byte, length) in changes {
            let at = place.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match byte % 3 {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                _ => {
                    let again = bytes[at..end].to_vec();
                    drop(bytes.splice(at..at, again));
                }
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        for part in read::parts(name, &bytes) {
            let Ok(bytes) = part.bytes else { continue };
            let Ok(reading) = read::read(&part.path, &bytes, &TABLES, None) else { continue };
            let text = reading.document.text.original().to_owned();
            for mention in RECOGNIZER.recognize(&reading.document).mentions {
                let span = mention.passage.span;
                prop_assert_eq!(text.get(span.start..span.end), Some(mention.passage.text.as_str()));
            }
        }
    }
}
