//! Every row of every table: its witness is found, with its target, and its near miss is not.

use citegraph::model::{Language, language::CODES};
use citegraph::recognize::Recognizer;
use citegraph::tables::Tables;

use crate::marked::{mentions, specific, target, unmark};

#[test]
fn witnesses_of_all_languages_are_found_and_near_misses_are_not() {
    let tables = Tables::builtin().expect("the tables load");
    let recognizer = Recognizer::new(&tables);
    let mut wrong = Vec::new();
    for code in CODES {
        let language = Language::parse(code).expect("an official language");
        let table = tables.language(language);
        let witnesses = [&table.witness, &table.define.witness, &table.back.witness];
        for witness in witnesses.into_iter().flatten() {
            let marked = unmark(&witness.text);
            let found: Vec<_> = specific(mentions(&marked.text, language, &tables, &recognizer))
                .into_iter()
                .map(|m| (m.passage.text.clone(), target(&m)))
                .collect();
            let expected: Vec<_> = marked
                .spans
                .iter()
                .zip(&witness.targets)
                .map(|(s, t)| (marked.text[s.start..s.end].to_owned(), t.clone()))
                .collect();
            if found != expected {
                wrong.push(format!(
                    "{code}: {}\n    expected {expected:?}\n    found    {found:?}",
                    witness.text
                ));
            }
        }
        let near = [&table.near_miss, &table.define.near_miss, &table.back.near_miss];
        for near in near.into_iter().flatten() {
            let found = specific(mentions(&near.text, language, &tables, &recognizer));
            if !found.is_empty() {
                let words: Vec<_> = found.iter().map(|m| &m.passage.text).collect();
                wrong.push(format!("{code}: near miss {}\n    found {words:?}", near.text));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows fail:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn instruments_are_found_by_their_witnesses_and_not_by_their_near_misses() {
    let tables = Tables::builtin().expect("the tables load");
    let recognizer = Recognizer::new(&tables);
    let mut wrong = Vec::new();
    for row in &tables.instruments {
        for (language, text) in &row.witness {
            let found = mentions(text, *language, &tables, &recognizer);
            if !found.iter().any(|m| target(m) == row.id.as_str()) {
                let words: Vec<_> = found.iter().map(|m| (&m.passage.text, target(m))).collect();
                wrong.push(format!("{} {language}: not in {text:?}, found {words:?}", row.id));
            }
        }
        for (language, text) in &row.near_miss {
            if mentions(text, *language, &tables, &recognizer)
                .iter()
                .any(|m| target(m) == row.id.as_str())
            {
                wrong.push(format!("{} {language}: near miss found in {text:?}", row.id));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows fail:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn families_are_found_by_their_witnesses_and_not_by_their_near_misses() {
    let tables = Tables::builtin().expect("the tables load");
    let recognizer = Recognizer::new(&tables);
    let mut wrong = Vec::new();
    for family in tables.families.rows.iter().chain(&tables.addresses.rows) {
        for witness in &family.witness {
            let marked = unmark(&witness.text);
            let found = mentions(&marked.text, Language::ENGLISH, &tables, &recognizer);
            let hit = found
                .iter()
                .find(|m| m.passage.span == marked.spans[0])
                .map(target);
            if hit.as_deref() != Some(witness.target.as_str()) {
                wrong.push(format!("{}: {}, found {hit:?}", family.name, witness.text));
            }
        }
        for text in &family.near_miss {
            let found = mentions(text, Language::ENGLISH, &tables, &recognizer);
            if found.iter().any(|m| m.rule == family.name) {
                wrong.push(format!("{}: near miss {text}", family.name));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows fail:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
