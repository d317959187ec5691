//! Every view in every theme keeps the rules of pictures; PNG and PDF come of each.

use citegraph::draw::font::Fonts;
use citegraph::draw::svg::fits;
use citegraph::draw::{Columns, Lane, Matrix, Page, Picture, Raster, State, Theme, View, pdf, png, svg};
use citegraph::model::Relation;

use super::{checker, graphs};

/// The first card is cited by all others.
fn referring(works: usize) -> Picture {
    let years: Vec<Option<u16>> = (0..works)
        .map(|place| (place % 7 != 6).then(|| 2010 + (place * place % 13) as u16))
        .collect();
    let mut picture = graphs::plain(&years, (1..works).map(|place| (place, 0)));
    picture.cards[0].state = State::Focus;
    for (place, card) in picture.cards.iter_mut().enumerate() {
        card.languages = vec!["da", "en", "nl"][..place % 4].to_vec();
    }
    for (place, link) in picture.links.iter_mut().enumerate() {
        link.relation = Relation::ALL[1 + place % 9];
    }
    picture
}

fn lanes(works: usize) -> Picture {
    let mut picture = referring(works);
    let lane = |name: &str, every: usize| Lane {
        name: name.to_owned(),
        cards: (1..works).filter(|place| place % every == 0).collect(),
    };
    picture.view = View::Lanes(vec![
        lane("European Parliament and others", 3),
        lane("Council", 1),
    ]);
    picture
}

fn columns(years: u16, most: usize) -> Picture {
    let mut picture = referring(8);
    let counts = |year: u16| match usize::from(year * 7 % 5) {
        0 => Vec::new(),
        share => vec![(Relation::Recalls, most * share / 5), (Relation::Cites, most / 5)],
    };
    picture.view = View::Columns(Columns {
        counted: "citing works".to_owned(),
        years: (0..years).map(|year| (1980 + year, counts(year))).collect(),
        undated: vec![(Relation::Cites, 1)],
    });
    picture
}

fn matrix() -> Picture {
    let links = (0..8)
        .flat_map(|row| (8..14).map(move |column| (row, column)))
        .filter(|(row, column)| (row * column) % 3 != 1);
    let mut picture = graphs::plain(&[Some(2022); 14], links);
    picture.view = View::Matrix(Matrix {
        rows: (0..8).collect(),
        columns: (8..14).collect(),
    });
    picture
}

fn lineage() -> Picture {
    let mut picture = graphs::plain(
        &[Some(2015), Some(2018), Some(2020), Some(2022)],
        [(1, 0), (2, 1), (3, 2), (3, 0)],
    );
    picture.chain = vec![0, 1, 2, 3];
    for (place, card) in picture.cards.iter_mut().enumerate() {
        card.depth = Some(3 - place);
    }
    picture
}

fn views() -> Vec<(&'static str, Picture)> {
    vec![
        ("lineage", lineage()),
        ("few in lanes", lanes(3)),
        ("many in lanes", lanes(60)),
        ("nobody in lanes", lanes(1)),
        ("few columns", columns(3, 5)),
        ("many columns", columns(44, 800)),
        ("no columns", columns(0, 1)),
        ("matrix", matrix()),
    ]
}

#[test]
fn every_view_keeps_the_rules_in_every_theme() {
    for name in Theme::names() {
        let theme = Theme::named(name).unwrap();
        for (view, picture) in views() {
            let faults = checker::faults(&svg(&picture, &theme));
            assert!(
                faults.is_empty(),
                "{view}, {name}: {:#?}",
                &faults[..faults.len().min(9)]
            );
        }
    }
}

#[test]
fn every_view_becomes_png_and_pdf() {
    let fonts = Fonts::builtin();
    for (view, picture) in views() {
        let text = svg(&picture, &Theme::builtin());
        let raster = Raster {
            scale: 0.5,
            ..Raster::default()
        };
        assert!(
            png(&text, &fonts, raster).unwrap().starts_with(b"\x89PNG\r\n"),
            "{view}"
        );
        let file = pdf(&text, &fonts).unwrap();
        assert!(
            file.starts_with(b"%PDF-") && file.trim_ascii_end().ends_with(b"%%EOF"),
            "{view}"
        );
        assert_eq!(file, pdf(&text, &fonts).unwrap(), "{view}");
    }
}

#[test]
fn a_pdf_holds_its_font_the_letters_of_its_glyphs_and_its_title() {
    let mut picture = lineage();
    picture.title = "Three works build on one another".to_owned();
    picture.cards[0].url = Some("https://example.org/document".to_owned());
    let file = pdf(&svg(&picture, &Theme::builtin()), &Fonts::builtin()).unwrap();
    let holds = |what: &str| file.windows(what.len()).any(|part| part == what.as_bytes());
    // Without a table to Unicode text cannot be found or copied.
    for what in [
        "/FontFile",
        "/ToUnicode",
        "/StructTreeRoot",
        "/Title",
        "Three works build on one another",
        "https://example.org/document",
    ] {
        assert!(holds(what), "{what}");
    }
    assert!(
        !holds("/Subtype/Image") && !holds("/Subtype /Image"),
        "lines, not pixels"
    );
}

#[test]
fn the_longest_chain_is_cased_and_ringed() {
    let text = svg(&lineage(), &Theme::builtin());
    let document = roxmltree::Document::parse(&text).unwrap();
    let chain = document
        .descendants()
        .find(|node| node.attribute("class") == Some("chain"))
        .unwrap();
    // Three steps, each with a wide stroke and the page over its middle; the fourth reference is no step.
    assert_eq!(
        chain.children().filter(|node| node.has_tag_name("path")).count(),
        6
    );
    let color = "#A85B00";
    let rings = document
        .descendants()
        .filter(|node| node.has_tag_name("rect") && node.attribute("stroke") == Some(color));
    assert_eq!(rings.count(), 4);
}

#[test]
fn a_view_that_fits_a_page_is_drawn_on_that_page_and_fills_it_to_the_edge() {
    let theme = Theme::named("dark").unwrap();
    for (view, mut picture) in views() {
        picture.page = Page::Slide;
        let text = svg(&picture, &theme);
        if fits(&picture, &theme) {
            assert_eq!(checker::size(&text), "1280x720", "{view}");
        }
        // The page may be drawn a part of a px higher or wider than its shape, and nothing may shine through there.
        let document = roxmltree::Document::parse(&text).unwrap();
        let ground = document
            .descendants()
            .find(|node| node.attribute("id") == Some("picture_background"));
        let number = |name: &str| ground.unwrap().attribute(name).unwrap().parse::<f64>().unwrap();
        assert!(number("x") <= -1.0 && number("y") <= -1.0, "{view}");
    }
}

#[test]
fn the_legend_shows_relations_as_the_picture_does() {
    for (view, picture) in views().into_iter().filter(|(_, p)| p.drawn_links().count() > 0) {
        let text = svg(&picture, &Theme::builtin());
        let document = roxmltree::Document::parse(&text).unwrap();
        let legend = document
            .descendants()
            .find(|node| node.attribute("class") == Some("legend"))
            .unwrap();
        let arrows = legend
            .descendants()
            .filter(|node| node.has_tag_name("polygon"))
            .count();
        assert_eq!(arrows > 0, picture.is_network(), "{view}");
    }
}

#[test]
fn the_note_on_undated_works_stands_only_where_they_stand_in_a_year() {
    let noted = |years: &[Option<u16>], links: &[(usize, usize)]| {
        let picture = graphs::plain(years, links.iter().copied());
        svg(&picture, &Theme::builtin()).contains("Undated works stand beside")
    };
    assert!(noted(&[None, Some(2020)], &[(1, 0)]));
    assert!(!noted(&[None, None], &[(1, 0)]));
}

#[test]
fn a_title_takes_the_room_beside_its_card() {
    // The first work stands alone in its year beside five of another; its title needs four lines.
    let years = [
        Some(2020),
        Some(2022),
        Some(2022),
        Some(2022),
        Some(2022),
        Some(2022),
    ];
    let picture = graphs::plain(&years, (1..6).map(|citing| (citing, 0)));
    let text = svg(&picture, &Theme::builtin());
    let document = roxmltree::Document::parse(&text).unwrap();
    let card = document
        .descendants()
        .find(|node| node.attribute("id") == Some("ST-0"))
        .unwrap();
    let lines: Vec<&str> = card
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    let title = lines[1..lines.len() - 1].join(" ");
    assert_eq!(title, picture.cards[0].title, "{lines:?}");
    assert!(checker::faults(&text).is_empty());
}
