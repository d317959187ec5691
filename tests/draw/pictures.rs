//! The rules that every picture must keep, on every graph of the set.

use std::time::Instant;

use citegraph::draw::layout::{Link, Node, Options, Sketch, Trunk, arrange};
use citegraph::draw::{Theme, dot, svg};
use citegraph::model::PartialDate;

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

/// Crossings on a graph of another program: `CITEGRAPH_COMPARE=g45.json cargo test --test draw -- --ignored --nocapture`.
#[test]
#[ignore = "needs a graph file"]
fn crossings_of_a_graph_file() {
    let Ok(path) = std::env::var("CITEGRAPH_COMPARE") else {
        return;
    };
    let graph: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let nodes = graph["nodes"].as_array().unwrap();
    let place = |id: &serde_json::Value| nodes.iter().position(|n| n["id"] == *id).unwrap();
    let mut classes: Vec<&str> = Vec::new();
    let links: Vec<Link> = (graph["edges"].as_array().unwrap().iter())
        .map(|e| {
            let class = e["type"].as_str().unwrap();
            if !classes.contains(&class) {
                classes.push(class);
            }
            Link {
                citing: place(&e["src"]),
                cited: place(&e["dst"]),
                class: classes.iter().position(|c| *c == class).unwrap(),
                trunk: Trunk::Shared,
            }
        })
        .collect();
    let node = |n: &serde_json::Value| Node {
        width: n["w"].as_f64().unwrap(),
        height: n["h"].as_f64().unwrap(),
        date: n["year"].as_u64().and_then(|y| PartialDate::year(y as u16)),
        swimlane: 0,
    };
    let own: Vec<Link> = links
        .iter()
        .map(|l| Link {
            trunk: Trunk::Own,
            ..*l
        })
        .collect();
    for (name, links) in [("trunks", links), ("no trunks", own)] {
        let sketch = Sketch {
            nodes: nodes.iter().map(node).collect(),
            links,
        };
        let start = Instant::now();
        let layout = arrange(&sketch, &Options::default());
        let time = start.elapsed();
        let lines: Vec<Vec<(f64, f64)>> = layout
            .routes
            .iter()
            .map(|r| r.sampled().iter().map(|p| (p.x, p.y)).collect())
            .collect();
        let mut crossings = 0;
        for a in 0..lines.len() {
            for b in a + 1..lines.len() {
                let (l, m) = (sketch.links[a], sketch.links[b]);
                let apart = [l.citing, l.cited]
                    .iter()
                    .all(|n| *n != m.citing && *n != m.cited);
                if apart {
                    crossings += checker::crossings_of(&lines[a], &lines[b]);
                }
            }
        }
        println!(
            "{name}: {crossings} crossings, {:.0}x{:.0}, {:.0} ms",
            layout.width,
            layout.height,
            time.as_secs_f64() * 1e3
        );
    }
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
