//! One tiny text for each phenomenon, with its mentions, targets and relations marked inline.

use std::fs;
use std::path::Path;

use citegraph::model::{Kind, Language, Target};
use citegraph::read;
use citegraph::recognize::Recognizer;
use citegraph::resolve::{Dates, resolve};
use citegraph::tables::Tables;

/// A case: its language, its text without marks, and what must be found: text, target, relation; an act has its pinpoint
/// behind the relation, an ambiguous mention its candidates with "or" between.
struct Case {
    language: Language,
    text: String,
    expected: Vec<(String, String, String)>,
}

fn parse(source: &str) -> Case {
    let mut lines = source.splitn(3, '\n');
    let code = lines
        .next()
        .and_then(|l| l.strip_prefix("# language: "))
        .expect("the first line names the language");
    lines.next().expect("the second line says what the case is about");
    let mut text = String::new();
    let mut open: Vec<usize> = Vec::new();
    let mut expected: Vec<(usize, String, String, String)> = Vec::new();
    let mut rest = lines.next().unwrap_or("");
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix("[[") {
            open.push(text.len());
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix("]]{") {
            let start = open.pop().expect("a mark is opened");
            let (claim, tail) = tail.split_once('}').expect("a claim is closed");
            let (target, relation) = claim
                .split_once('|')
                .expect("a claim has a target and a relation");
            expected.push((
                start,
                text[start..].to_owned(),
                target.to_owned(),
                relation.to_owned(),
            ));
            rest = tail;
        } else {
            let c = rest.chars().next().expect("there is more text");
            text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    expected.sort_by_key(|(start, words, _, _)| (*start, std::cmp::Reverse(words.len())));
    let language = Language::parse(code.trim()).expect("an official language");
    Case {
        language,
        text,
        expected: expected.into_iter().map(|(_, a, b, c)| (a, b, c)).collect(),
    }
}

/// The id of a target; of an ambiguous one, those of all candidates.
fn named(target: &Target) -> String {
    match target {
        Target::Resolved { id, .. } => id.to_string(),
        Target::Ambiguous { candidates, .. } => candidates
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" or "),
        Target::Unresolved { .. } => String::new(),
    }
}

/// The texts of a folder, in order of name.
fn texts(folder: &str) -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the texts are there")
        .map(|e| e.expect("readable").path())
        .collect();
    names.sort();
    names
}

/// What is found in a text: words, target, relation.
fn found(case: &Case, tables: &Tables, recognizer: &Recognizer<'_>) -> Vec<(String, String, String)> {
    let reading = read::read("case.txt", case.text.as_bytes(), tables, Some(case.language))
        .expect("the text can be read");
    let findings = recognizer.recognize(&reading.document);
    let corpus = resolve(vec![findings], tables, recognizer, Dates::Corrected);
    let references = corpus.documents[0].references.iter();
    references
        .filter(|r| r.mention.confidence > 0.5 && r.mention.rule != "running-foot")
        .map(|r| {
            let relation = match &r.mention.pinpoint {
                Some(place) if r.mention.kind == Kind::LegalAct => format!("{} {place}", r.mention.relation),
                _ => r.mention.relation.to_string(),
            };
            (r.mention.passage.text.clone(), named(&r.target), relation)
        })
        .collect()
}

#[test]
fn every_passage_refers_to_what_is_marked_in_it() {
    let tables = Tables::builtin().expect("the tables load");
    let recognizer = Recognizer::new(&tables);
    let mut wrong = Vec::new();
    for path in texts("fixtures/passages") {
        let case = parse(&fs::read_to_string(&path).expect("readable"));
        let claims = |rows: Vec<(String, String, String)>| -> Vec<(String, String)> {
            rows.into_iter()
                .map(|(_, target, relation)| (target, relation.split(' ').take(1).collect()))
                .collect()
        };
        let found = found(&case, &tables, &recognizer);
        let words: Vec<String> = found.iter().map(|(text, _, _)| text.clone()).collect();
        let (found, expected) = (claims(found), claims(case.expected));
        if found != expected {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            wrong.push(format!(
                "{name}\n    expected {expected:?}\n    found    {found:?}\n    {words:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} passages fail:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_case_gives_what_is_marked_in_it() {
    let tables = Tables::builtin().expect("the tables load");
    let recognizer = Recognizer::new(&tables);
    let mut wrong = Vec::new();
    for path in texts("fixtures/cases") {
        let case = parse(&fs::read_to_string(&path).expect("readable"));
        let found = found(&case, &tables, &recognizer);
        if found != case.expected {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            wrong.push(format!(
                "{name}\n    expected {:?}\n    found    {found:?}",
                case.expected
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases fail:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
