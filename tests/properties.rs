//! What holds for any text and any date.

use citegraph::model::{Language, PartialDate};
use citegraph::read;
use citegraph::recognize::{Findings, Recognizer};
use citegraph::resolve::{Dates, resolve};
use proptest::prelude::*;

use super::knowledge::{RECOGNIZER, TABLES};

/// Words at which some rule starts, with what may stand around them.
const WORDS: [&str; 64] = [
    "Council",
    "conclusions",
    "of",
    "on",
    "and",
    "the",
    "Raadsconclusies",
    "van",
    "over",
    "Rådets",
    "konklusioner",
    "om",
    "den",
    "RECALLING",
    "HERINNEREND AAN",
    "voortbouwend op",
    "10289/23",
    "ST",
    "15315/1/25",
    "REV 1",
    "+ COR 1",
    "ADD 1 to 3",
    "doc.",
    "18 July 2022",
    "18 juni 2022 en 26 juni 2023",
    "17. november 2020",
    "November 2020",
    "31 June 2022",
    "Regulation (EU) 2016/679",
    "Richtlijn 95/46/EG",
    "afgørelse",
    "(FUSP)",
    "2019/797",
    "OJ L 320, 17.12.2018, p. 28",
    "Article 42(7)",
    "TEU",
    "artikel 222 VWEU",
    "JOIN(2020) 18 final",
    "EUCO 7/23",
    "Cyber Diplomacy Toolbox",
    "EU-",
    "instrumentarium voor cyberdiplomatie",
    "Strategic Compass",
    "Paris",
    "Christchurch Calls",
    "Declaration",
    "Tallinn Declaration on eGovernment",
    "cyberdefensie2",
    "¹",
    "²",
    "2",
    "1.",
    "16.",
    "ANNEX",
    "Subject:",
    "No. prev. doc.:",
    "Brussels,",
    "11406/22   pm/LA/pm 5",
    "BILAG RELEX.1 DA",
    "\u{c}",
    "\u{ad}",
    "\u{2011}",
    "Σύμβαση",
    "[x](https://e.eu/2010/11)",
];

const GAPS: [&str; 12] = [
    " ", " ", " ", " ", "\n", "\n\n", "\r\n", "", "-\n", ", ", ".\n", "\u{a0}",
];

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        1 => "[0-9/().,;:*_\\[\\]\"'«»-]{1,8}",
        1 => "\\PC{0,6}",
    ];
    let piece = (word, prop::sample::select(&GAPS[..])).prop_map(|(word, gap)| word + gap);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn language() -> impl Strategy<Value = Option<Language>> {
    let codes = ["en", "nl", "da", "el"].map(|code| Language::parse(code).unwrap());
    prop::sample::select(codes.to_vec()).prop_map(Some)
}

fn findings(text: &str, language: Option<Language>) -> Option<Findings> {
    let reading = read::read("any.txt", text.as_bytes(), &TABLES, language).ok()?;
    Some(RECOGNIZER.recognize(&reading.document))
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        // The same texts in every run: hunting for new ones is the work of a fuzzer.
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_231_019),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn every_mention_slices_the_original(text in text(), language in language()) {
        for mention in findings(&text, language).map_or(Vec::new(), |f| f.mentions) {
            let span = mention.passage.span;
            prop_assert_eq!(text.get(span.start..span.end), Some(mention.passage.text.as_str()));
            prop_assert!(!span.is_empty());
            prop_assert!((0.0..=1.0).contains(&mention.confidence));
            let line = 1 + text[..span.start].matches('\n').count();
            prop_assert_eq!(mention.passage.line, line);
        }
    }

    #[test]
    fn the_same_text_gives_the_same_findings(text in text(), language in language()) {
        let fresh = Recognizer::new(&TABLES);
        let again = read::read("any.txt", text.as_bytes(), &TABLES, language).ok().map(|r| fresh.recognize(&r.document));
        prop_assert_eq!(findings(&text, language), again);
    }

    #[test]
    fn resolving_any_two_texts_is_the_same_twice(a in text(), b in text()) {
        let both = || [&a, &b].into_iter().filter_map(|text| findings(text, Some(Language::ENGLISH))).collect::<Vec<_>>();
        let resolved = || resolve(both(), &TABLES, &RECOGNIZER, Dates::Corrected);
        let (one, two) = (resolved(), resolved());
        prop_assert_eq!(one.documents, two.documents);
        prop_assert_eq!(one.works, two.works);
        prop_assert_eq!(one.edges, two.edges);
    }
}

proptest! {
    #![proptest_config(config(1024))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(reading) = read::read("any.txt", &bytes, &TABLES, Some(Language::ENGLISH)) {
            let text = reading.document.text.original().to_owned();
            for mention in RECOGNIZER.recognize(&reading.document).mentions {
                let span = mention.passage.span;
                prop_assert_eq!(text.get(span.start..span.end), Some(mention.passage.text.as_str()));
            }
        }
    }

    #[test]
    fn dates_are_read_as_they_are_written(year in 1800u16..=2199, month in 1u8..=12, day in 1u8..=31) {
        let dates = [PartialDate::year(year), PartialDate::month(year, month), PartialDate::day(year, month, day)];
        for date in dates.into_iter().flatten() {
            prop_assert_eq!(PartialDate::parse(&date.to_string()), Some(date));
        }
    }

    #[test]
    fn no_other_text_is_a_date(text in "[0-9]{0,5}-?[0-9]{0,3}-?[0-9]{0,3}") {
        if let Some(date) = PartialDate::parse(&text) {
            prop_assert_eq!(date.to_string(), text);
        }
    }
}

/// The target of the conclusions that a document of this day recalls by the date of 23 May 2021, beside conclusions of 23 May 2022.
fn recalled_on(day: &str) -> String {
    let texts = [
        "Brussels, 23 May 2022\n\n9364/22\n\nSubject: Council conclusions on digital skills in the Arctic\n\nThe Council met.".to_owned(),
        format!("Brussels, {day}\n\n1. RECALLS the Council conclusions on digital skills in the Arctic of 23 May 2021."),
    ];
    let findings = texts
        .iter()
        .filter_map(|text| findings(text, Some(Language::ENGLISH)));
    let corpus = resolve(findings.collect(), &TABLES, &RECOGNIZER, Dates::Corrected);
    let references = &corpus.documents[1].references;
    references[0].target.id().unwrap().to_string()
}

#[test]
fn no_date_is_corrected_to_one_that_comes_after_the_document() {
    assert_eq!(recalled_on("1 March 2024"), "ST-9364-2022");
    assert_eq!(recalled_on("1 March 2022"), "COUNCIL-CONCLUSIONS-2021-05-23");
}
