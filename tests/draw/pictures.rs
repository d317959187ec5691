//! The rules that every picture must keep, on every graph of the set.

use std::time::Instant;

use citegraph::draw::layout::{Options, arrange};
use citegraph::draw::{Theme, dot, svg};

use super::{checker, graphs};

#[test]
fn no_picture_breaks_a_rule() {
    for (name, picture) in graphs::all() {
        let text = svg(&picture, &Theme::builtin());
        let faults = checker::faults(&text);
        assert!(
            faults.is_empty(),
            "{name}: {} faults: {:#?}",
            faults.len(),
            &faults[..faults.len().min(12)]
        );
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    let picture = graphs::citations(60, 140, 5);
    assert_eq!(svg(&picture, &Theme::builtin()), svg(&picture, &Theme::builtin()));
}

#[test]
fn works_that_stand_under_each_other_are_joined_by_a_straight_line() {
    let (_, picture) = graphs::all()
        .into_iter()
        .find(|(name, _)| name == "chain-in-a-year")
        .unwrap();
    let sizes = vec![(180.0, 80.0); picture.cards.len()];
    let layout = arrange(&picture.sketch(&sizes), &Options::default());
    // Twelve works, each citing the one before it: in a column each line runs from edge to edge, of as much as an arrow needs.
    let (mut straight, mut beside) = (0, 0);
    for (link, route) in picture.links.iter().zip(&layout.routes) {
        let (citing, cited) = (layout.boxes[link.citing], layout.boxes[link.cited]);
        if citing.x != cited.x {
            beside += 1;
            continue;
        }
        let (upper, lower) = if citing.y < cited.y {
            (citing, cited)
        } else {
            (cited, citing)
        };
        let gap = lower.y - upper.bottom();
        assert!((19.0..100.0).contains(&gap), "{gap}");
        assert_eq!(route.pieces.len(), 1);
        assert_eq!(route.start.x, route.tip.x);
        assert_eq!((route.start.y - route.tip.y).abs(), gap);
        assert_eq!(route.heading.y, if citing.y < cited.y { 1.0 } else { -1.0 });
        straight += 1;
    }
    assert!(straight > 2 * beside, "{straight} {beside}");
    assert!(layout.width < 3.0 * layout.height, "no strip across the page");
}

#[test]
fn sixty_works_take_less_than_150_kb() {
    assert!(svg(&graphs::citations(60, 140, 5), &Theme::builtin()).len() < 150_000);
}

#[test]
fn two_thousand_works_are_drawn() {
    assert!(svg(&graphs::citations(2000, 3000, 1), &Theme::builtin()).contains("2000 works"));
}

/// Writes the whole set to look at, with time and crossings: `cargo test --release --test draw -- --ignored --nocapture`.
#[test]
#[ignore = "writes files for the eye"]
fn pictures_for_the_eye() {
    for (name, picture) in graphs::all() {
        let start = Instant::now();
        let text = svg(&picture, &Theme::builtin());
        let time = start.elapsed();
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.svg"));
        std::fs::write(&path, &text).unwrap();
        std::fs::write(path.with_extension("dot"), dot(&picture, &Theme::builtin())).unwrap();
        println!(
            "{name:18} {:6.1} ms {:7} bytes {:5} crossings {}",
            time.as_secs_f64() * 1e3,
            text.len(),
            checker::crossings(&text),
            checker::size(&text)
        );
    }
    let large = graphs::citations(2000, 6000, 1);
    let start = Instant::now();
    svg(&large, &Theme::builtin());
    println!("2000 works {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
}

#[test]
fn the_checker_sees_what_is_wrong() {
    let good = svg(
        &graphs::plain(&[Some(2020), Some(2022)], [(1, 0)]),
        &Theme::builtin(),
    );
    assert!(checker::faults(&good).is_empty());
    let path = good
        .split(" d=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    for (was, is, fault) in [
        ("font-size=\"12\"", "font-size=\"11\"", "smaller than 9 pt"),
        ("</svg>", "<foreignObject/></svg>", "element foreignObject"),
        ("fill=\"#FFFFFF\"", "fill=\"rgba(1,1,1,1)\"", "color rgba"),
        ("fill=\"none\"", "filter=\"none\"", "attribute filter"),
        (
            "Council conclusions",
            "Council conclusions of a great many words and more",
            "leaves its card",
        ),
        (path, "M0,60 L900,60", "passes under"),
    ] {
        let faults = checker::faults(&good.replace(was, is));
        assert!(faults.iter().any(|f| f.contains(fault)), "{fault}: {faults:?}");
    }
}
