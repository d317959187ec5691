//! The address of a link is evidence: it settles what its words leave open, and is held against what they say.

use super::make::{docx_of, run};
use crate::knowledge::{RECOGNIZER, TABLES};
use citegraph::model::{DiagnosticKind, Target};
use citegraph::read;
use citegraph::resolve::{Corpus, Dates, resolve};

fn corpus(path: &str, bytes: &[u8]) -> Corpus {
    let document = read::read(path, bytes, &TABLES, None).unwrap().document;
    resolve(
        vec![RECOGNIZER.recognize(&document)],
        &TABLES,
        &RECOGNIZER,
        Dates::Corrected,
    )
}

/// The words, the target and why, of each reference.
fn told(corpus: &Corpus) -> Vec<(String, Option<String>, String)> {
    let references = &corpus.documents[0].references;
    let line = |r: &citegraph::model::Reference| {
        (
            r.mention.passage.text.clone(),
            r.target.id().map(|id| id.to_string()),
            r.grounds.how.to_string(),
        )
    };
    references.iter().map(line).collect()
}

fn contradictions(corpus: &Corpus) -> Vec<String> {
    let of_links = corpus
        .diagnostics
        .iter()
        .filter(|d| d.kind == DiagnosticKind::LinkContradictsText);
    of_links.map(|d| d.reason.clone()).collect()
}

const EUR_LEX: &str = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:";

/// A page with one link.
fn page(before: &str, words: &str, url: &str) -> Vec<u8> {
    format!("<html><body><p>{before} <a href=\"{url}\">{words}</a>.</p></body></html>").into_bytes()
}

#[test]
fn a_link_settles_what_its_words_leave_open() {
    // No catalog knows the title.
    let words = "Council conclusions on rural telephone boxes";
    let open = corpus("a.html", &page("See the", words, "https://example.org/"));
    assert!(matches!(
        open.documents[0].references[0].target,
        Target::Unresolved { .. }
    ));
    let url = "https://data.consilium.europa.eu/doc/document/ST-9364-2022-INIT/en/pdf";
    let settled = corpus("a.html", &page("See the", words, url));
    let expected = (
        words.to_owned(),
        Some("ST-9364-2022".to_owned()),
        "the link on the words leads to it".to_owned(),
    );
    assert_eq!(told(&settled), [expected]);
    let [before, after] = [&open, &settled].map(|c| c.documents[0].references[0].mention.confidence);
    assert!(after < before);
    assert_eq!(contradictions(&settled), [""; 0]);
}

#[test]
fn a_link_that_contradicts_its_words_is_reported_and_changes_nothing() {
    let corpus = corpus(
        "a.html",
        &page("See", "Regulation (EU) 2016/679", &format!("{EUR_LEX}32016L0680")),
    );
    assert_eq!(told(&corpus)[0].1.as_deref(), Some("32016R0679"));
    let said = contradictions(&corpus);
    assert!(said.len() == 1 && said[0].contains("2016/680"), "{said:?}");
}

#[test]
fn links_that_agree_or_cannot_be_compared_are_no_matter() {
    for (words, url) in [
        ("Regulation (EU) 2016/679", format!("{EUR_LEX}32016R0679")),
        (
            "Regulation (EU) 2016/679",
            format!("{EUR_LEX}02016R0679-20160504"),
        ),
        (
            "2016/679",
            "./../../../legal-content/EN/AUTO/?uri=CELEX%3A32016R0679".to_owned(),
        ),
        (
            "OJ L 119, 4.5.2016, p. 1",
            "https://eur-lex.europa.eu/legal-content/EN/AUTO/?uri=OJ:L:2016:119:TOC".to_owned(),
        ),
        ("OJ L 119, 4.5.2016, p. 1", format!("{EUR_LEX}32016R0679")),
    ] {
        let corpus = corpus("a.html", &page("See Regulation (EU)", words, &url));
        assert_eq!(contradictions(&corpus), [""; 0], "{words} {url}");
    }
}

#[test]
fn a_link_on_other_words_is_a_mention() {
    let url = format!("{EUR_LEX}32016R0679");
    let found = corpus("a.html", &page("See", "what was agreed", &url));
    assert_eq!(
        told(&found),
        [(
            "what was agreed".to_owned(),
            Some("32016R0679".to_owned()),
            "the words give it".to_owned()
        )]
    );
    assert_eq!(told(&corpus("a.html", &page("See", "&gt;&gt;", &url))), []);
}

#[test]
fn links_are_read_in_every_format_that_has_them() {
    let url = format!("{EUR_LEX}32016L0680");
    let docx = docx_of(
        &format!(
            "<w:p>{}<w:hyperlink r:id=\"rId1\">{}</w:hyperlink></w:p>",
            run("See "),
            run("Regulation (EU) 2016/679")
        ),
        "",
        &[&url],
    );
    let field = format!(
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \"{url}\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
        run("Regulation (EU) 2016/679")
    );
    let odt = super::make::odt_of(&format!(
        "<text:p>See <text:a xlink:href=\"{url}\">Regulation (EU) 2016/679</text:a></text:p>"
    ));
    let markdown = format!("See [Regulation (EU) 2016/679]({url}) of the Union.\n");
    let akn = "<akomaNtoso><p>See <ref href=\"/akn/eu/act/directive/2016/680\">Regulation (EU) 2016/679</ref></p></akomaNtoso>";
    for (path, bytes) in [
        ("a.docx", docx),
        ("field.docx", docx_of(&field, "", &[])),
        ("a.odt", odt),
        ("a.md", markdown.into_bytes()),
        ("a.xml", akn.as_bytes().to_vec()),
    ] {
        assert_eq!(contradictions(&corpus(path, &bytes)).len(), 1, "{path}");
    }
    let formex = r#"<ACT><P NOTE.ID="x">See <REF.DOC.OJ COLL="L" DATE.PUB="20160504" NO.OJ="119" PAGE.FIRST="89">OJ L 119, 4.5.2016, p. 1</REF.DOC.OJ>.</P></ACT>"#;
    assert_eq!(contradictions(&corpus("a.xml", formex.as_bytes())).len(), 1);
}
