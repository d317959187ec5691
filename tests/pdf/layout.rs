//! What stands where on a page, and what is read of it.

use super::file::{at, lines, page, pages, read};

/// The text of a page of these pieces.
fn text(pieces: &[String]) -> String {
    read(&page(&pieces.concat(), "", &[])).unwrap()
}

/// The call of a note, raised beside text of size 11.
fn call(x: f32, y: f32, number: &str) -> String {
    at(x, y - 4.0, 7.0, number)
}

#[test]
fn a_raised_number_calls_its_note() {
    let body = "Regulation (EU) 2017/745";
    let width = 125.98;
    let note = [
        call(70.0, 700.0, "13"),
        at(80.0, 700.0, 9.0, "OJ L 117, 5.5.2017, p. 1."),
    ]
    .concat();
    let held = at(206.0, 100.0, 11.0, "holds.");
    let whole = [
        at(70.0, 100.0, 11.0, body),
        call(70.0 + width, 100.0, "13"),
        held,
        note,
    ];
    assert_eq!(
        text(&whole),
        "Regulation (EU) 2017/745[^13] holds.\n\n[^13]: OJ L 117, 5.5.2017, p. 1.\n\u{c}"
    );
    assert_eq!(text(&whole[..2]), "Regulation (EU) 2017/745¹³\n\u{c}");
}

#[test]
fn a_number_in_brackets_calls_its_note_as_in_the_official_journal() {
    let whole = [
        at(70.0, 100.0, 11.0, "Regulation (EU) 2016/679 ("),
        call(207.0, 100.0, "1"),
        at(211.5, 100.0, 11.0, ") holds."),
        at(70.0, 700.0, 8.0, "("),
        at(73.0, 698.0, 5.0, "1"),
        at(76.0, 700.0, 8.0, ") OJ L 119, 4.5.2016, p. 1."),
    ];
    assert_eq!(
        text(&whole),
        "Regulation (EU) 2016/679 [^1] holds.\n\n[^1]: OJ L 119, 4.5.2016, p. 1.\n\u{c}"
    );
}

#[test]
fn powers_ordinals_and_formulas_call_nothing() {
    let whole = [
        at(70.0, 100.0, 11.0, "an area of 45 m"),
        call(148.6, 100.0, "2"),
        at(156.0, 100.0, 11.0, "and CO"),
        at(194.0, 102.0, 7.0, "2"),
        at(202.0, 100.0, 11.0, "on the 1"),
        call(242.4, 100.0, "st"),
        at(252.0, 100.0, 11.0, "of May"),
        call(286.2, 100.0, "2"),
        call(70.0, 700.0, "2"),
        at(80.0, 700.0, 9.0, "Doc. 10289/23."),
    ];
    assert_eq!(
        text(&whole),
        "an area of 45 m² and CO₂ on the 1st of May[^2]\n\n[^2]: Doc. 10289/23.\n\u{c}"
    );
}

#[test]
fn a_note_may_run_over_the_page() {
    let first = [
        lines(70.0, 100.0, &["The Council met,", "and it met again"]),
        call(148.0, 114.0, "1"),
        call(70.0, 748.0, "1"),
        at(
            80.0,
            748.0,
            9.0,
            "See the conclusions of the Council on the first",
        ),
    ];
    let second = [
        lines(70.0, 100.0, &["in the autumn", "of the same year"]),
        call(152.5, 114.0, "2"),
        at(70.0, 720.0, 9.0, "half of the year, doc. 6122/15."),
        call(70.0, 740.0, "2"),
        at(80.0, 740.0, 9.0, "Doc. 10289/23."),
    ];
    assert_eq!(
        read(&pages(&[first.concat(), second.concat()])).unwrap(),
        "The Council met,\nand it met again[^1]\n\n[^1]: See the conclusions of the Council on the first\nhalf of the year, \
         doc. 6122/15.\n\u{c}in the autumn\nof the same year[^2]\n\n[^2]: Doc. 10289/23.\n\u{c}"
    );
}

#[test]
fn notes_may_be_numbered_anew_on_each_page() {
    let sheet = |number: &str| {
        let body = [
            at(70.0, 130.0, 11.0, "the Council"),
            call(124.0, 130.0, "1"),
            at(132.0, 130.0, 11.0, "met"),
        ];
        let note = [
            call(70.0, 748.0, "1"),
            at(80.0, 748.0, 9.0, &format!("Doc. {number}.")),
        ];
        [body.concat(), note.concat()].concat()
    };
    let text = read(&pages(&[sheet("6122/15"), sheet("10289/23")])).unwrap();
    let page = |number: &str| format!("the Council[^1] met\n\n[^1]: Doc. {number}.\n\u{c}");
    assert_eq!(text, page("6122/15") + &page("10289/23"));
}

/// The first of two columns.
const COLUMN: [&str; 6] = [
    "This is the first column of two",
    "columns, which is full of words",
    "of the Council on its own work",
    "and of other things that it did",
    "in the first half of that year,",
    "as it had said in the spring on",
];

#[test]
fn two_columns_are_read_one_after_the_other() {
    let right = [
        "and this is the second of them,",
        "as full of words as the first,",
        "and with as many lines of text",
        "for the columns to be as high as",
        "each other on this page, which",
        "ends here as it has to end now.",
    ];
    let title = "A title over both of the columns of this page";
    let whole = [
        at(70.0, 80.0, 14.0, title),
        lines(70.0, 110.0, &COLUMN),
        lines(250.0, 110.0, &right),
    ];
    let expected = format!("{title}\n\n{}\n{}\n\u{c}", COLUMN.join("\n"), right.join("\n"));
    assert_eq!(text(&whole), expected);
}

#[test]
fn numbers_that_hang_in_the_second_column_stand_before_their_text() {
    let right = [
        "and this is the second of them,",
        "as full of words as the first.",
        "A line with a number begins here",
        "for the columns to be as high as",
        "each other on this page, which",
        "ends here as it has to end now.",
    ];
    let whole = [
        lines(70.0, 110.0, &COLUMN),
        lines(268.0, 110.0, &right),
        at(236.0, 138.0, 11.0, "8."),
    ];
    let [before, numbered] = [&right[..2], &right[2..]].map(|lines| lines.join("\n"));
    let expected = format!("{}\n{before}\n\n8.\t{numbered}\n\u{c}", COLUMN.join("\n"));
    assert_eq!(text(&whole), expected);
}

#[test]
fn the_labels_of_a_header_keep_their_fields() {
    let labels = ["From:", "To:", "No. prev. doc.:", "Subject:"];
    let fields = [
        "General Secretariat of the Council",
        "Delegations",
        "11259/22",
        "Conclusions on Digital Diplomacy",
    ];
    let whole = [
        lines(70.0, 80.0, &["Council of the", "European Union"]),
        lines(350.0, 80.0, &["Brussels, 18 July 2022", "(OR. en)", "11406/22"]),
        lines(70.0, 200.0, &labels),
        lines(180.0, 200.0, &fields),
    ];
    assert_eq!(
        text(&whole),
        "Council of the\nEuropean Union\nBrussels, 18 July 2022\n(OR. en)\n11406/22\n\nFrom:\tGeneral Secretariat of the Council\n\
         To:\tDelegations\nNo. prev. doc.:\t11259/22\nSubject:\tConclusions on Digital Diplomacy\n\u{c}"
    );
}

#[test]
fn heads_that_come_again_go_and_feet_with_the_number_stay() {
    let sheet = |number: usize| {
        let page = (number + 1).to_string();
        let pieces = [
            at(200.0, 40.0, 9.0, &format!("L 117/{}", 170 + number)),
            lines(70.0, 120.0, &[["one", "two", "three"][number]]),
            at(70.0, 790.0, 9.0, "11406/22"),
            at(280.0, 790.0, 9.0, "pm/LA/pm"),
            at(520.0, 790.0, 9.0, &page),
            at(280.0, 803.0, 9.0, "RELEX.5"),
            at(500.0, 806.0, 22.0, "EN"),
        ];
        pieces.concat()
    };
    let foot = |page: &str| format!("\n11406/22\tpm/LA/pm\t{page}\n\u{c}");
    let expected = [
        "L 117/170\n\none\n",
        &foot("1"),
        "two\n",
        &foot("2"),
        "three\n",
        &foot("3"),
    ]
    .concat();
    assert_eq!(read(&pages(&[sheet(0), sheet(1), sheet(2)])).unwrap(), expected);
}

#[test]
fn headings_at_the_same_place_stay() {
    let sheet =
        |heading: &str, body: &str| [at(250.0, 80.0, 11.0, heading), lines(70.0, 120.0, &[body])].concat();
    let whole = [
        sheet("ANNEX 1", "one"),
        sheet("ANNEX 2", "two"),
        String::new(),
        sheet("ANNEX 3", "three"),
    ];
    assert_eq!(
        read(&pages(&whole)).unwrap(),
        "ANNEX 1\n\none\n\u{c}ANNEX 2\n\ntwo\n\u{c}\u{c}ANNEX 3\n\nthree\n\u{c}"
    );
}

#[test]
fn artifacts_go_but_not_from_the_head_of_the_first_page() {
    let marked = |content: String| format!("/Artifact BMC {content} EMC ");
    let first = [
        marked(at(70.0, 50.0, 11.0, "10289/23")),
        lines(70.0, 120.0, &["one"]),
    ]
    .concat();
    let second = [
        marked(at(70.0, 50.0, 11.0, "Working paper")),
        lines(70.0, 120.0, &["two"]),
    ]
    .concat();
    assert_eq!(
        read(&pages(&[first, second])).unwrap(),
        "10289/23\n\none\n\u{c}two\n\u{c}"
    );
}

#[test]
fn words_are_told_by_their_gaps() {
    for (content, expected) in [
        (
            "[(Coun) 10 (cil) -300 (conclusions) -280 (of) -250 (2022)] TJ",
            "Council conclusions of 2022",
        ),
        ("5 Tc (LIMITE) Tj 0 Tc", "LIMITE"),
        ("3 Tc [(DECISIONS) -500 (TAKEN)] TJ", "DECISIONS TAKEN"),
        ("(Council) Tj 1 0 0 1 70.3 700 Tm (Council) Tj", "Council"),
        ("[(Doc. 1) -556 (,)] TJ 1 0 0 1 102.4 700 Tm (0) Tj", "Doc. 10,"),
        ("2 Tr (Council) Tj", "Council"),
        ("3 Tr (Council) Tj", "Council"),
        ("(the cyber\\255defence) Tj", "the cyber-defence"),
        (
            "/Span << /ActualText (office) >> BDC (oce) Tj EMC ( hours) Tj",
            "office hours",
        ),
        ("(near) Tj 0 1 -1 0 30 400 Tm (side) Tj", "near"),
    ] {
        let content = format!("BT /F 11 Tf 1 0 0 1 70 700 Tm {content} ET");
        let expected = format!("{expected}\n\u{c}");
        assert_eq!(read(&page(&content, "", &[])).unwrap(), expected, "{content}");
    }
}

#[test]
fn a_page_on_its_side_is_read_upright() {
    let content = "BT /F 11 Tf 0 1 -1 0 100 70 Tm (first line) Tj 0 1 -1 0 114 70 Tm (second line) Tj ET";
    assert_eq!(
        read(&page(content, "", &[])).unwrap(),
        "first line\nsecond line\n\u{c}"
    );
}

#[test]
fn a_paragraph_begins_after_a_wider_gap() {
    let whole = [
        lines(70.0, 100.0, &["one", "two", "three"]),
        lines(70.0, 150.0, &["four", "five"]),
    ];
    assert_eq!(text(&whole), "one\ntwo\nthree\n\nfour\nfive\n\u{c}");
}
