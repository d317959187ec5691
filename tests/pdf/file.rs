//! Small PDFs written by hand, so that a test says what stands where.

use std::fmt::Write;

use citegraph::read::{self, ReadError};

use crate::knowledge::TABLES;

/// The text of a PDF.
pub fn read(bytes: &[u8]) -> Result<String, ReadError> {
    read::read("a.pdf", bytes, &TABLES, None).map(|reading| reading.document.text.original().to_owned())
}

/// A file of these objects, the first of them its catalogue, with a table of where they stand.
pub fn file(objects: &[&str]) -> Vec<u8> {
    let mut text = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", text.len()).unwrap();
        writeln!(text, "{} 0 obj\n{object}\nendobj", at + 1).unwrap();
    }
    let start = text.len();
    let size = objects.len() + 1;
    write!(
        text,
        "{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    text.into_bytes()
}

pub const CATALOGUE: &str = "<< /Type /Catalog /Pages 2 0 R >>";
const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A stream with these entries in its dictionary.
pub fn stream(dictionary: &str, content: &str) -> String {
    format!(
        "<< {dictionary} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// A file of one page with this content; the font is `/F`, further objects begin with 6.
pub fn page(content: &str, resources: &str, further: &[&str]) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> {resources} >> >>"
    );
    let content = stream("", content);
    let pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
    file(&[&[CATALOGUE, pages, &page, &content, FONT], further].concat())
}

/// A file of pages with these contents.
pub fn pages(contents: &[String]) -> Vec<u8> {
    let kids: String = (0..contents.len())
        .map(|at| format!("{} 0 R ", 4 + 2 * at))
        .collect();
    let mut objects = vec![
        CATALOGUE.to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len()),
        FONT.to_owned(),
    ];
    for (at, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            5 + 2 * at
        ));
        objects.push(stream("", content));
    }
    file(&objects.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Text of a size whose baseline begins this far from the left and from the top of the page.
pub fn at(x: f32, y: f32, size: f32, text: &str) -> String {
    let escaped = text.replace('(', "\\(").replace(')', "\\)");
    format!("BT /F {size} Tf 1 0 0 1 {x} {} Tm ({escaped}) Tj ET\n", 842.0 - y)
}

/// Lines of size 11 below each other, 14 points apart.
pub fn lines(x: f32, y: f32, lines: &[&str]) -> String {
    let line = |(index, text): (usize, &&str)| at(x, y + 14.0 * index as f32, 11.0, text);
    lines.iter().enumerate().map(line).collect()
}
