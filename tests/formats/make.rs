//! One document of fixtures/corpus in every format, made from its text.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The document.
pub const SOURCE: &str = "fixtures/corpus/10289-23-en.txt";

/// A piece of a paragraph.
pub enum Run {
    Words(String),
    /// The call of a note.
    Call(usize),
}

/// The document as its author sees it.
pub struct Source {
    /// The lines of the header block down to the type of document.
    pub head: Vec<String>,
    /// From, To, Subject.
    pub fields: Vec<(String, String)>,
    /// Paragraphs with the number that is printed before them.
    pub paragraphs: Vec<(Option<String>, Vec<Run>)>,
    /// The notes, in order.
    pub notes: Vec<String>,
}

const RAISED: &str = "¹²³⁴";

fn call(c: char) -> Option<usize> {
    RAISED.chars().position(|raised| raised == c).map(|at| at + 1)
}

fn is_foot(line: &str) -> bool {
    line.starts_with("10289/23   ") || line.contains("LIMITE EN")
}

/// Reads the text: no running feet, no lines but paragraphs.
pub fn source() -> Source {
    let text = std::fs::read_to_string(SOURCE).unwrap().replace('\u{c}', "\n");
    let text: String = text
        .lines()
        .filter(|line| !is_foot(line))
        .map(|line| format!("{line}\n"))
        .collect();
    let (head, rest) = text.split_once("From:").unwrap();
    let (fields, body) = rest.split_once("\n\n").unwrap();
    let fields = format!("From:{fields}");
    let fields = fields.lines().map(|line| line.split_once(":\t").unwrap());
    let mut source = Source {
        head: head
            .lines()
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        fields: fields
            .map(|(label, value)| (format!("{label}:"), value.to_owned()))
            .collect(),
        paragraphs: Vec::new(),
        notes: Vec::new(),
    };
    for block in body.split("\n\n").filter(|block| !block.trim().is_empty()) {
        if block.trim_start().starts_with(|c| call(c).is_some()) {
            let notes = block.lines().filter(|line| !line.is_empty());
            source
                .notes
                .extend(notes.map(|line| line.split_once(' ').unwrap().1.to_owned()));
        } else {
            source
                .paragraphs
                .push(paragraph(&block.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    assert_eq!((source.notes.len(), source.fields.len()), (4, 3));
    source
}

fn paragraph(text: &str) -> (Option<String>, Vec<Run>) {
    let number = text
        .split_once(". ")
        .filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
    let (number, words) = match number {
        Some((number, words)) => (Some(number.to_owned()), words),
        None => (None, text),
    };
    let mut runs = Vec::new();
    let mut open = String::new();
    for c in words.chars() {
        match call(c) {
            Some(note) => {
                runs.push(Run::Words(std::mem::take(&mut open)));
                runs.push(Run::Call(note));
            }
            None => open.push(c),
        }
    }
    runs.push(Run::Words(open));
    (number, runs)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The runs as mark-up, calls as `note` writes them.
fn marked(runs: &[Run], words: impl Fn(&str) -> String, note: impl Fn(usize) -> String) -> String {
    let one = |run: &Run| match run {
        Run::Words(text) => words(text),
        Run::Call(number) => note(*number),
    };
    runs.iter().map(one).collect()
}

/// A zip file with these members, the first one not packed, as OpenDocument wants it.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, bytes)) in members.iter().enumerate() {
        let method = if at == 0 {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        writer
            .start_file(*name, SimpleFileOptions::default().compression_method(method))
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// A DOCX file with this body and these notes; `addresses` are those of rId1 and so on.
pub fn docx_of(body: &str, notes: &str, addresses: &[&str]) -> Vec<u8> {
    let types = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
    let package = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut relations = String::new();
    for (at, part) in ["footnotes", "numbering", "styles"].iter().enumerate() {
        write!(
            relations,
            r#"<Relationship Id="p{at}" Type="{kind}/{part}" Target="{part}.xml"/>"#
        )
        .unwrap();
    }
    for (at, url) in addresses.iter().enumerate() {
        let (id, url) = (at + 1, escaped(url));
        write!(
            relations,
            r#"<Relationship Id="rId{id}" Type="{kind}/hyperlink" Target="{url}" TargetMode="External"/>"#
        )
        .unwrap();
    }
    let relations = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
    );
    let level = |at: usize, format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let levels =
        level(0, "decimal", "%1.") + &level(1, "lowerLetter", "(%2)") + &level(2, "bullet", "\u{f0b7}");
    let numbering = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:numbering {WORD}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    );
    let styles = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:styles {WORD}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Annex"><w:name w:val="Annex Title"/><w:basedOn w:val="Heading1"/></w:style></w:styles>"#
    );
    let body = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {WORD}><w:body>{body}<w:sectPr/></w:body></w:document>"#
    );
    let notes = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {WORD}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{notes}</w:footnotes>"#
    );
    let parts: [(&str, &str); 7] = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", package),
        ("word/document.xml", &body),
        ("word/_rels/document.xml.rels", &relations),
        ("word/footnotes.xml", &notes),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", &styles),
    ];
    zip(&parts.map(|(name, text)| (name, text.as_bytes())))
}

/// A run of a DOCX file.
pub fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(text))
}

/// The call of a note in a DOCX file.
pub fn docx_call(note: usize) -> String {
    format!(
        r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{note}"/></w:r>"#
    )
}

/// A note of a DOCX file.
pub fn docx_note(id: usize, content: &str) -> String {
    format!(
        r#"<w:footnote w:id="{id}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>{}{content}</w:p></w:footnote>"#,
        run(" ")
    )
}

fn docx(source: &Source) -> Vec<u8> {
    let p = |content: &str| format!("<w:p>{content}</w:p>");
    let cell = |content: String| format!("<w:tc>{content}</w:tc>");
    let lines: Vec<String> = source.head[2..source.head.len() - 1]
        .iter()
        .map(|line| p(&run(line)))
        .collect();
    let institution = p(&run(&source.head[..2].join(" ")));
    let mut body = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell(institution),
        cell(lines.concat())
    );
    body += &p(&run(source.head.last().unwrap()));
    body += "<w:tbl>";
    for (label, value) in &source.fields {
        write!(
            body,
            "<w:tr>{}{}</w:tr>",
            cell(p(&run(label))),
            cell(p(&run(value)))
        )
        .unwrap();
    }
    body += "</w:tbl>";
    for (number, runs) in &source.paragraphs {
        let properties = number.as_ref().map_or(
            "",
            |_| r#"<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>"#,
        );
        // As reviewers leave it: a date that was corrected.
        let changed = |text: &str| match text.split_once("9 October 2017") {
            Some((before, after)) => format!(
                r#"{}<w:del w:id="1"><w:r><w:delText>document 1234/56</w:delText></w:r></w:del><w:ins w:id="2">{}</w:ins>{}"#,
                run(before),
                run("9 October 2017"),
                run(after)
            ),
            None => run(text),
        };
        body += &p(&(properties.to_owned() + &marked(runs, changed, docx_call)));
    }
    let notes: String = source
        .notes
        .iter()
        .enumerate()
        .map(|(at, note)| docx_note(at + 1, &run(note)))
        .collect();
    docx_of(&body, &notes, &[])
}

const ODF: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink""#;

/// An ODT file with this body.
pub fn odt_of(body: &str) -> Vec<u8> {
    let styles = r#"<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style><style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="P9" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>"#;
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    let manifest = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
    let kind = "application/vnd.oasis.opendocument.text";
    let parts = [
        ("mimetype", kind),
        ("content.xml", &content),
        ("META-INF/manifest.xml", manifest),
    ];
    zip(&parts.map(|(name, text)| (name, text.as_bytes())))
}

/// A note of an ODT file, where it is called.
pub fn odt_note(label: usize, text: &str) -> String {
    format!(
        r#"<text:note text:id="ftn{label}" text:note-class="footnote"><text:note-citation>{label}</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>"#,
        escaped(text)
    )
}

fn odt(source: &Source) -> Vec<u8> {
    let p = |content: &str| format!("<text:p>{content}</text:p>");
    let cell = |content: &str| format!("<table:table-cell>{content}</table:table-cell>");
    let mut body: String = source.head.iter().map(|line| p(&escaped(line))).collect();
    body += "<table:table><table:table-column table:number-columns-repeated=\"2\"/>";
    for (label, value) in &source.fields {
        let cells = cell(&p(&escaped(label))) + &cell(&p(&escaped(value)));
        write!(body, "<table:table-row>{cells}</table:table-row>").unwrap();
    }
    body += "</table:table>";
    for (number, runs) in &source.paragraphs {
        let content = p(&marked(runs, escaped, |note| {
            odt_note(note, &source.notes[note - 1])
        }));
        body += &match number {
            Some(number) => {
                let goes_on = if number == "1" {
                    ""
                } else {
                    r#" text:continue-numbering="true""#
                };
                format!(
                    r#"<text:list text:style-name="L1"{goes_on}><text:list-item>{content}</text:list-item></text:list>"#
                )
            }
            None => content,
        };
    }
    odt_of(&body)
}

fn printed(number: &Option<String>) -> String {
    number
        .as_ref()
        .map_or(String::new(), |number| format!("{number}. "))
}

fn html(source: &Source) -> String {
    let mut body =
        String::from("<nav><a href=\"/\">Home</a> <a href=\"/doc/ST-9999-2020-INIT\">9999/20</a></nav>\n<p>");
    body += &source
        .head
        .iter()
        .map(|line| escaped(line))
        .collect::<Vec<_>>()
        .join("<br>\n");
    body += "</p>\n<table>\n";
    for (label, value) in &source.fields {
        writeln!(
            body,
            "<tr><td><p>{label}</p></td><td><p>{}</p></td></tr>",
            escaped(value)
        )
        .unwrap();
    }
    body += "</table>\n";
    let call = |note: usize| {
        format!(
            r##"&nbsp;<a id="ntc{note}-L_1" href="#ntr{note}-L_1">(<span class="oj-super oj-note-tag">{note}</span>)</a>"##
        )
    };
    for (number, runs) in &source.paragraphs {
        writeln!(
            body,
            "<p class=\"oj-normal\">{}{}</p>",
            printed(number),
            marked(runs, escaped, call)
        )
        .unwrap();
    }
    for (at, note) in source.notes.iter().enumerate() {
        let at = at + 1;
        writeln!(body, r##"<p class="oj-note"><a id="ntr{at}-L_1" href="#ntc{at}-L_1">(<span class="oj-super">{at}</span>)</a>&nbsp;&nbsp;{}</p>"##, escaped(note)).unwrap();
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>10289/23</title><style>p {{ margin: 0 }}</style></head>\n<body>\n{body}<script>var x = \"document 1111/11\";</script></body></html>\n"
    )
}

fn formex(source: &Source) -> String {
    let mut body = String::new();
    for line in &source.head {
        writeln!(body, "<P>{}</P>", escaped(line)).unwrap();
    }
    for (label, value) in &source.fields {
        writeln!(body, "<P>{label} {}</P>", escaped(value)).unwrap();
    }
    let call = |note: usize| {
        format!(
            r#"<NOTE NOTE.ID="E{note:04}" NUMBERING="ARAB" TYPE="FOOTNOTE"><P>{}</P></NOTE>"#,
            journal(&source.notes[note - 1])
        )
    };
    for (number, runs) in &source.paragraphs {
        let words = marked(runs, escaped, call);
        match number {
            Some(number) => writeln!(body, "<NP><NO.P>{number}.</NO.P><TXT>{words}</TXT></NP>").unwrap(),
            None => writeln!(body, "<P>{words}</P>").unwrap(),
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<GENERAL xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"http://formex.publications.europa.eu/schema/formex-05.56-20160701.xd\">\n<BIB.INSTANCE><DOCUMENT.REF FILE=\"x.doc.xml\"><NO.DOC>1111/11</NO.DOC></DOCUMENT.REF></BIB.INSTANCE>\n<CONTENTS>\n{body}</CONTENTS>\n</GENERAL>\n"
    )
}

/// A note of the Official Journal with what Formex says of it.
fn journal(note: &str) -> String {
    match note.strip_prefix("OJ L 129I, 17.5.2019, p. ") {
        Some(page) => {
            let page = page.trim_end_matches('.');
            format!(
                r#"<REF.DOC.OJ COLL="L" DATE.PUB="20190517" NO.OJ="129I" PAGE.FIRST="{page}">OJ L 129I, 17.5.2019, p. {page}</REF.DOC.OJ>."#
            )
        }
        None => escaped(note),
    }
}

fn akoma_ntoso(source: &Source) -> String {
    let mut body = String::new();
    for line in &source.head {
        writeln!(body, "<p>{}</p>", escaped(line)).unwrap();
    }
    for (label, value) in &source.fields {
        writeln!(body, "<p>{label} {}</p>", escaped(value)).unwrap();
    }
    let call = |note: usize| {
        format!(
            r#"<authorialNote marker="{note}" placement="bottom" eId="fn_{note}"><p>{}</p></authorialNote>"#,
            escaped(&source.notes[note - 1])
        )
    };
    let linked = |text: &str| {
        let regulation = "Regulation (EU) 2019/796";
        escaped(text).replace(
            regulation,
            &format!(r#"<ref href="http://data.europa.eu/eli/reg/2019/796/oj">{regulation}</ref>"#),
        )
    };
    for (number, runs) in &source.paragraphs {
        let words = marked(runs, linked, call);
        match number {
            Some(number) => writeln!(body, "<paragraph eId=\"para_{number}\"><num>{number}.</num><content><p>{words}</p></content></paragraph>").unwrap(),
            None => writeln!(body, "<p>{words}</p>").unwrap(),
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n<statement name=\"note\">\n<meta><identification source=\"#x\"><FRBRWork><FRBRthis value=\"/akn/eu/statement/2023/1111\"/></FRBRWork></identification></meta>\n<mainBody>\n{body}</mainBody>\n</statement>\n</akomaNtoso>\n"
    )
}

fn markdown(source: &Source) -> String {
    let mut text = source.head.join("\n\n") + "\n\n";
    for (label, value) in &source.fields {
        writeln!(text, "**{label}** {value}").unwrap();
    }
    text.push('\n');
    let linked = |words: &str| {
        let regulation = "Regulation (EU) 2019/796";
        words.replace(
            regulation,
            &format!("[{regulation}](http://data.europa.eu/eli/reg/2019/796/oj)"),
        )
    };
    for (number, runs) in &source.paragraphs {
        writeln!(
            text,
            "{}{}\n",
            printed(number),
            marked(runs, linked, |note| format!("[^{note}]"))
        )
        .unwrap();
    }
    for (at, note) in source.notes.iter().enumerate() {
        writeln!(text, "[^{}]: {note}", at + 1).unwrap();
    }
    text
}

/// Text in quoted-printable.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut width = 0;
        for byte in line.bytes() {
            let sign = match byte {
                b'=' | 0..=31 | 127.. => format!("={byte:02X}"),
                byte => char::from(byte).to_string(),
            };
            if width + sign.len() > 72 {
                out += "=\r\n";
                width = 0;
            }
            width += sign.len();
            out += &sign;
        }
        out += "\r\n";
    }
    out
}

/// Bytes in base64.
pub fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (at, three) in bytes.chunks(3).enumerate() {
        let number = three.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= three.len() {
                char::from(sign)
            } else {
                '='
            });
        }
        if at % 19 == 18 {
            out += "\r\n";
        }
    }
    out
}

fn mail(source: &Source) -> String {
    let page = html(source);
    let text = std::fs::read_to_string(SOURCE).unwrap();
    format!(
        "Return-Path: <desk@example.org>\r\nFrom: Desk <desk@example.org>\r\nTo: Delegations <all@example.org>\r\nSubject: Fwd: 1111/11\r\nDate: Thu, 8 Jun 2023 10:00:00 +0200\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--b1--\r\n",
        quoted(&text),
        quoted(&page)
    )
}

/// A tar file with these members.
pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// Bytes packed by gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The smallest picture.
pub const PICTURE: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0;";

/// The document in every format, by the name of its file.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let source = source();
    let text = std::fs::read(SOURCE).unwrap();
    vec![
        ("10289-23-en.docx", docx(&source)),
        ("10289-23-en.odt", odt(&source)),
        ("10289-23-en.html", html(&source).into_bytes()),
        ("10289-23-en.fmx.xml", formex(&source).into_bytes()),
        ("10289-23-en.akn.xml", akoma_ntoso(&source).into_bytes()),
        ("10289-23-en.md", markdown(&source).into_bytes()),
        ("10289-23-en.eml", mail(&source).into_bytes()),
        (
            "10289-23-en.zip",
            zip(&[
                ("figures/logo.gif", PICTURE),
                ("10289-23-en.docx", &docx(&source)),
            ]),
        ),
        (
            "10289-23-en.tar.gz",
            gzip(&tar(&[("10289-23-en.txt", &text), ("logo.gif", PICTURE)])),
        ),
    ]
}
