//! Damaged, hostile and odd PDFs: each is read or gets a sentence, in time.

use std::io::Write;
use std::time::{Duration, Instant};

use citegraph::read::ReadError;
use proptest::prelude::*;

use super::file::{CATALOGUE, file, page, read, stream};
use super::typeset::{self, Feet};
use super::{document, root};

fn sample(packed: bool) -> Vec<u8> {
    let bytes = std::fs::read(root().join("fixtures/corpus/10289-23-en.txt")).unwrap();
    let document = document("10289-23-en.txt", &bytes);
    if packed {
        typeset::pdf(&document, Feet::Artifacts)
    } else {
        typeset::plain_pdf(&document)
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let image = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        "x",
    );
    let scan = page(
        "q 500 0 0 700 0 0 cm /I Do Q",
        "/XObject << /I 6 0 R >>",
        &[&image],
    );
    assert_eq!(read(&scan), Err(ReadError::Scanned("PDF")));
    assert_eq!(read(&page("", "", &[])), Err(ReadError::Empty));
    let damaged = |bytes: &[u8]| matches!(read(bytes), Err(ReadError::Damaged { format: "PDF", .. }));
    assert!(damaged(b"%PDF-1.7\n"));
    assert!(damaged(&file(&[
        CATALOGUE,
        "<< /Type /Pages /Kids [] /Count 0 >>"
    ])));
}

#[test]
fn a_file_that_wants_a_password_says_so() {
    let key = "(01234567890123456789012345678901)";
    let lock = format!(
        "/ID [(a) (a)] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O {key} /U {key} >> /Root"
    );
    let open = String::from_utf8(page("", "", &[])).unwrap();
    assert_eq!(
        read(open.replace("/Root", &lock).as_bytes()),
        Err(ReadError::Encrypted("PDF"))
    );
}

#[test]
fn pages_and_forms_that_refer_to_themselves_end() {
    let start = Instant::now();
    let pages = file(&[CATALOGUE, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]);
    assert!(read(&pages).is_err());
    let form = |next: usize| {
        let resources = format!("/Resources << /XObject << /X {next} 0 R >> >>");
        stream(
            &format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources}"),
            &"/X Do ".repeat(10),
        )
    };
    let itself = page("/X Do", "/XObject << /X 6 0 R >>", &[&form(6)]);
    assert_eq!(read(&itself), Err(ReadError::Empty));
    let deep: Vec<String> = (7..70).map(form).collect();
    let deep: Vec<&str> = deep.iter().map(String::as_str).collect();
    let found = read(&page("/X Do", "/XObject << /X 6 0 R >>", &deep));
    assert!(matches!(found, Err(ReadError::TooLarge(_))), "{found:?}");
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn deep_nesting_ends() {
    for (open, close) in [("[", "]"), ("<< /A ", " >>")] {
        let nested = format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
        let content = format!("{nested} TJ BT /F 12 Tf 70 700 Td (10289/23) Tj ET");
        let _ = read(&page(
            &content,
            &format!("/Properties << /P {nested} >>"),
            &[&nested],
        ));
    }
    let saved = format!("{} BT /F 12 Tf 70 700 Td (10289/23) Tj ET", "q ".repeat(100_000));
    assert_eq!(read(&page(&saved, "", &[])).unwrap(), "10289/23\n\u{c}");
}

#[test]
fn more_than_can_be_read_is_refused() {
    let kids: String = (3..5_010).map(|at| format!("{at} 0 R ")).collect();
    let pages = format!("<< /Type /Pages /Kids [{kids}] /Count 5007 >>");
    let mut objects = vec![CATALOGUE, &pages];
    objects.resize(5_009, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>");
    assert!(matches!(read(&file(&objects)), Err(ReadError::TooLarge(_))));

    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let blanks = vec![b' '; 1 << 20];
    (0..520).for_each(|_| packed.write_all(&blanks).unwrap());
    let packed = packed.finish().unwrap();
    let head = format!(
        "4 0 obj\n<< /Filter /FlateDecode /Length {} >>\nstream\n",
        packed.len()
    );
    let bomb = [b"%PDF-1.7\n", head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat();
    assert!(matches!(read(&bomb), Err(ReadError::TooLarge(_))));
}

#[test]
fn a_truncated_file_is_read_or_refused() {
    for packed in [true, false] {
        let whole = sample(packed);
        for part in 0..150 {
            let _ = read(&whole[..whole.len() * part / 150]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_file_is_read_or_refused(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        packed: bool,
    ) {
        let mut bytes = sample(packed);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if bytes.starts_with(b"%PDF-") {
            prop_assert!(!matches!(read(&bytes), Err(ReadError::Binary)));
        }
    }
}
