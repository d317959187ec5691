//! What each format knows beside its words: calls of notes, changes, numbers of paragraphs, fields, pages.

use super::make::{docx_call, docx_note, docx_of, odt_note, odt_of, run};
use super::text_of;
use crate::knowledge::{RECOGNIZER, TABLES};
use citegraph::read;

fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

fn numbered(level: usize, content: &str) -> String {
    p(&format!(
        r#"<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>{}"#,
        run(content)
    ))
}

/// The targets that a text gives, with the notes they stand in.
fn targets(path: &str, bytes: &[u8]) -> Vec<(String, Option<u16>)> {
    let document = read::read(path, bytes, &TABLES, None).unwrap().document;
    let mentions = RECOGNIZER.recognize(&document).mentions;
    mentions
        .into_iter()
        .map(|m| (m.passage.text, m.in_note.or(m.calls_note)))
        .collect()
}

#[test]
fn a_call_is_no_part_of_the_number_before_it() {
    let expected = [
        ("Regulation (EU) 2017/745".to_owned(), Some(13)),
        ("OJ L 117, 5.5.2017, p. 1".to_owned(), Some(13)),
    ];
    let body = p(&(run("Under Regulation (EU) 2017/745") + &docx_call(13) + &run(" devices are safe.")));
    let twelve: String = (1..=12).map(|n| p(&(run("Word") + &docx_call(n)))).collect();
    let notes: String = (1..=12).map(|n| docx_note(n, &run("Note."))).collect();
    let note = docx_note(13, &run("OJ L 117, 5.5.2017, p. 1."));
    assert_eq!(
        targets("a.docx", &docx_of(&(twelve + &body), &(notes + &note), &[])),
        expected
    );

    let body = format!(
        "<text:p>Under Regulation (EU) 2017/745{} devices are safe.</text:p>",
        odt_note(13, "OJ L 117, 5.5.2017, p. 1.")
    );
    let twelve: String = (1..=12)
        .map(|n| format!("<text:p>Word{}</text:p>", odt_note(n, "Note.")))
        .collect();
    assert_eq!(targets("a.odt", &odt_of(&(twelve + &body))), expected);

    let html = "<p>Under Regulation (EU) 2017/745<sup><a href='#fn13'>13</a></sup> devices are safe.</p><ol><li id='fn13'>OJ L 117, 5.5.2017, p. 1. <a href='#ref13'>↩</a></li></ol>";
    assert_eq!(targets("a.html", html.as_bytes()), expected);

    // Set by hand: digits that are only higher.
    let html = "<p>Under Regulation (EU) 2017/745<sup>1</sup> devices are safe.</p><p><sup>1</sup> OJ L 117, 5.5.2017, p. 1.</p>";
    let by_hand = expected.map(|(text, _)| (text, Some(1)));
    assert_eq!(targets("a.html", html.as_bytes()), by_hand);
}

#[test]
fn notes_of_eur_lex_are_told_by_their_links_in_every_layout() {
    let new = r##"<html><body><p class="oj-normal">Regulation (EU) 2021/691&nbsp;<a id="ntc1-L_1" href="#ntr1-L_1">(<span class="oj-super oj-note-tag">1</span>)</a>, and</p>
        <p class="oj-normal">Annex: Directive 95/46/EC&nbsp;<a id="ntc*1-L_1" href="#ntr*1-L_1">(<span class="oj-super">*1</span>)</a>.</p><hr/>
        <p class="oj-note"><a id="ntr1-L_1" href="#ntc1-L_1">(<span class="oj-super">1</span>)</a>&nbsp;&nbsp;OJ L 153, 3.5.2021, p. 48.</p>
        <p class="oj-note"><a id="ntr*1-L_1" href="#ntc*1-L_1">(<span class="oj-super">*1</span>)</a>&nbsp;OJ L 281, 23.11.1995, p. 31.</p></body></html>"##;
    let expected = "Regulation (EU) 2021/691[^1], and\n\nAnnex: Directive 95/46/EC[^*1].\n\n[^1]: OJ L 153, 3.5.2021, p. 48.\n\n[^*1]: OJ L 281, 23.11.1995, p. 31.\n\n";
    assert_eq!(text_of("new.html", new.as_bytes()), expected);

    let old = r##"<html><body><div id="TexteOnly"><p><TXT_TE><p>Having regard to Directive 95/46/EC (<a href="#f1" name="b1">1</a>),</p>
        <p>(<a href="#b1" name="f1">1</a>) OJ No L 281, 23. 11. 1995, p. 31.</p></TXT_TE></p></div></body></html>"##;
    let expected = "Having regard to Directive 95/46/EC[^1],\n\n[^1]: OJ No L 281, 23. 11. 1995, p. 31.\n\n";
    assert_eq!(text_of("old.html", old.as_bytes()), expected);

    let again = r##"<p>One <a href="#fn1">[1]</a> and one more <a href="#fn1">[1]</a>.</p><div id="fn1"><p>OJ L 1, 1.1.2020, p. 1.</p><p>Text.</p></div>"##;
    assert_eq!(
        text_of("again.html", again.as_bytes()),
        "One[^1] and one more[^1].\n\n[^1]: OJ L 1, 1.1.2020, p. 1.\n\nText.\n\n"
    );
}

#[test]
fn a_table_of_contents_calls_no_notes() {
    let html = r##"<p><a href="#s1">1</a> Scope</p><h2 id="s1">Scope</h2><p>Text.</p>"##;
    assert_eq!(
        text_of("a.html", html.as_bytes()),
        "1 Scope\n\n# Scope\n\nText.\n\n"
    );
}

#[test]
fn what_a_site_puts_around_its_page_is_left_out() {
    let html = "<html><head><title>T</title></head><body><header>Site</header><nav>Menu</nav><main><h1>Head</h1><ul><li>one<li>two</ul><ol start=3><li>three</ol>\
        <table><tr><td><p>(1)</p></td><td><p>Whereas.</p></td></tr></table><script>no</script></main><footer>Contact</footer></body></html>";
    assert_eq!(
        text_of("a.html", html.as_bytes()),
        "# Head\n\n- one\n\n- two\n\n3. three\n\n(1) Whereas.\n\n"
    );
}

#[test]
fn a_page_says_its_encoding() {
    let (greek, _, _) = encoding_rs::WINDOWS_1253
        .encode("<html><head><meta charset=\"windows-1253\"></head><p>Συμπεράσματα</p></html>");
    assert_eq!(text_of("a.html", &greek), "Συμπεράσματα\n\n");
    let (polish, _, _) =
        encoding_rs::ISO_8859_2.encode("<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><r>Święto</r>");
    assert_eq!(text_of("a.xml", &polish), "Święto\n\n");
}

#[test]
fn changes_are_read_as_accepted() {
    let ins = |text: &str| format!(r#"<w:ins w:id="1">{}</w:ins>"#, run(text));
    let del = |text: &str| format!(r#"<w:del w:id="2"><w:r><w:delText>{text}</w:delText></w:r></w:del>"#);
    let moved = format!(
        r#"<w:moveFrom w:id="3">{}</w:moveFrom><w:moveTo w:id="4">{}</w:moveTo>"#,
        run("old place"),
        run("new place")
    );
    let joined = r#"<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Goes </w:t></w:r></w:p>"#;
    let body = p(&(run("Document ") + &del("1111/11") + &ins("10289/23") + &run(".")))
        + &p(&moved)
        + joined
        + &p(&run("on."));
    assert_eq!(
        text_of("a.docx", &docx_of(&body, "", &[])),
        "Document 10289/23.\n\nnew place\n\nGoes on.\n\n"
    );
}

#[test]
fn paragraphs_have_the_numbers_that_are_printed() {
    let annex = r#"<w:p><w:pPr><w:pStyle w:val="Annex"/></w:pPr><w:r><w:t>ANNEX</w:t></w:r></w:p>"#;
    let body = [
        numbered(0, "First."),
        numbered(1, "point"),
        numbered(1, "point"),
        numbered(2, "dash"),
        annex.to_owned(),
        numbered(0, "Second."),
    ];
    assert_eq!(
        text_of("a.docx", &docx_of(&body.concat(), "", &[])),
        "1. First.\n\n(a) point\n\n(b) point\n\n- dash\n\n# ANNEX\n\n2. Second.\n\n"
    );
    let item = |content: &str| format!("<text:list-item>{content}</text:list-item>");
    let list = |content: &str| format!(r#"<text:list text:style-name="L1">{content}</text:list>"#);
    let nested = "<text:list>".to_owned() + &item("<text:p>dash</text:p>") + "</text:list>";
    let body =
        list(&(item("<text:p>First.</text:p>") + &item(&("<text:p>Second.</text:p>".to_owned() + &nested))));
    assert_eq!(
        text_of("a.odt", &odt_of(&body)),
        "1. First.\n\n2. Second.\n\n- dash\n\n"
    );
}

#[test]
fn a_table_in_the_header_gives_its_fields() {
    let row = |cells: [&str; 2]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells
                .map(|cell| format!("<w:tc>{}</w:tc>", p(&run(cell))))
                .concat()
        )
    };
    let table = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(["From:", "General Secretariat of the Council"]),
        row(["No. prev. doc.:", "9364/22"]),
        row(["Subject:", "Council conclusions on cyber diplomacy"])
    );
    let body = p(&run("10289/23")) + &table + &p(&run("The Council met."));
    let document = read::read("a.docx", &docx_of(&body, "", &[]), &TABLES, None)
        .unwrap()
        .document;
    let header = &document.header;
    let value =
        |field: &Option<citegraph::model::Field>| field.as_ref().map(|f| f.value.clone()).unwrap_or_default();
    assert_eq!(value(&header.number), "10289/23");
    assert_eq!(value(&header.from), "General Secretariat of the Council");
    assert_eq!(value(&header.previous), "9364/22");
    assert_eq!(value(&header.subject), "Council conclusions on cyber diplomacy");
}

#[test]
fn pages_hyphens_and_tabs_are_kept() {
    let body = p(&run("One."))
        + &p(&format!(r#"<w:r><w:br w:type="page"/></w:r>{}"#, run("Two")))
        + &p(&format!(
            r#"{}<w:r><w:noBreakHyphen/><w:t>wide docu</w:t><w:softHyphen/><w:t>ment</w:t><w:tab/><w:t>10289/23</w:t></w:r>"#,
            run("EU")
        ))
        + &p(r#"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"#);
    let text = text_of("a.docx", &docx_of(&body, "", &[]));
    assert_eq!(
        text,
        "One.\n\n\u{c}Two\n\nEU\u{2011}wide docu\u{ad}ment\t10289/23\n\n"
    );
    let bytes = docx_of(&body, "", &[]);
    let document = read::read("a.docx", &bytes, &TABLES, None).unwrap().document;
    assert_eq!(RECOGNIZER.recognize(&document).mentions[0].passage.page, Some(2));

    let body = r#"<text:p>One<text:soft-page-break/>.</text:p><text:p text:style-name="P9">Two<text:s text:c="2"/>m<text:span text:style-name="T1">2</text:span></text:p>"#;
    assert_eq!(text_of("a.odt", &odt_of(body)), "One\u{c}.\n\n\u{c}Two m²\n\n");
}
