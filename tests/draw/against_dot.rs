//! Our layout against Graphviz dot on the same boxes with the years as ranks. dot's figures are recorded in set/dot.tsv
//! (`CITEGRAPH_BLESS=1 cargo test --release draw_against_dot -- --ignored --nocapture` writes them anew where dot is
//! installed), so that the comparison runs without it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use citegraph::draw::font::Fonts;
use citegraph::draw::label::{self, Wrap};
use citegraph::draw::layout::{Layout, Link, Node, Options, Sketch, Trunk, arrange};
use citegraph::model::PartialDate;

use super::{checker, graphs};

const RECORDED: &str = include_str!("set/dot.tsv");
const FILES: [(&str, &str); 2] = [
    ("g45", include_str!("set/g45.tsv")),
    ("g400", include_str!("set/g400.tsv")),
];

type Line = Vec<(f64, f64)>;

/// What is compared.
#[derive(Debug, Clone, Copy)]
struct Figures {
    crossings: usize,
    length: f64,
    area: f64,
}

/// Boxes with width, height and year, links with citing, cited and relation; facts alone, no text.
fn read(text: &str) -> Sketch {
    let mut sketch = Sketch::default();
    let mut relations: Vec<&str> = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells.as_slice() {
            ["work", width, height, year] => sketch.nodes.push(Node {
                width: width.parse().unwrap(),
                height: height.parse().unwrap(),
                date: PartialDate::year(year.parse().unwrap()),
                swimlane: 0,
            }),
            ["link", citing, cited, relation] => {
                if !relations.contains(relation) {
                    relations.push(relation);
                }
                sketch.links.push(Link {
                    citing: citing.parse().unwrap(),
                    cited: cited.parse().unwrap(),
                    class: relations.iter().position(|r| r == relation).unwrap(),
                    trunk: Trunk::Shared,
                });
            }
            _ => panic!("neither work nor link: {line}"),
        }
    }
    sketch
}

/// The whole set, by name.
fn set() -> Vec<(String, Sketch)> {
    let fonts = Fonts::builtin();
    let files = FILES.iter().map(|(name, text)| ((*name).to_owned(), read(text)));
    let pictures = graphs::all().into_iter().map(|(name, picture)| {
        let labels = label::labels(&picture, &fonts, Wrap::WIDEST);
        let sizes: Vec<(f64, f64)> = labels.iter().map(|l| (l.width, l.height)).collect();
        (name, picture.sketch(&sizes))
    });
    files.chain(pictures).collect()
}

fn figures(lines: &[Line], sketch: &Sketch, area: f64) -> Figures {
    let steps = |line: &Line| -> f64 {
        let step = |w: &[(f64, f64)]| (w[0].0 - w[1].0).hypot(w[0].1 - w[1].1);
        line.windows(2).map(step).sum()
    };
    let apart = |a: usize, b: usize| {
        let (l, m) = (sketch.links[a], sketch.links[b]);
        [l.citing, l.cited]
            .iter()
            .all(|n| *n != m.citing && *n != m.cited)
    };
    Figures {
        crossings: checker::crossings_among(lines, apart),
        length: lines.iter().map(steps).sum(),
        area,
    }
}

fn ours(layout: &Layout, sketch: &Sketch) -> Figures {
    let line = |r: &citegraph::draw::layout::Route| r.sampled().iter().map(|p| (p.x, p.y)).collect();
    let lines: Vec<Line> = layout.routes.iter().map(line).collect();
    figures(&lines, sketch, layout.width * layout.height)
}

fn script(sketch: &Sketch) -> String {
    let year = |node: &Node| node.date.map(PartialDate::years);
    let mut years: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for (place, node) in sketch.nodes.iter().enumerate() {
        if let Some(year) = year(node) {
            years.entry(year).or_default().push(place);
        }
    }
    let mut text = "digraph g { rankdir=LR; newrank=true; nodesep=0.18; ranksep=0.55; splines=spline; \
                    node [shape=box, fixedsize=true, label=\"\"]; edge [arrowsize=0.6, dir=back];\n"
        .to_owned();
    for (year, places) in &years {
        let same: String = places.iter().map(|place| format!(" n{place};")).collect();
        writeln!(
            text,
            "{{ rank=same; y{year} [shape=plaintext, label=\"{year}\", fixedsize=false];{same} }}"
        )
        .unwrap();
    }
    let order: Vec<&u16> = years.keys().collect();
    for pair in order.windows(2) {
        writeln!(text, "y{} -> y{} [style=invis];", pair[0], pair[1]).unwrap();
    }
    for (place, node) in sketch.nodes.iter().enumerate() {
        writeln!(
            text,
            "n{place} [width={}, height={}];",
            node.width / 72.0,
            node.height / 72.0
        )
        .unwrap();
    }
    for (place, link) in sketch.links.iter().enumerate() {
        writeln!(text, "n{} -> n{} [comment=\"{place}\"];", link.cited, link.citing).unwrap();
    }
    text + "}\n"
}

fn pair(text: &str) -> (f64, f64) {
    let (x, y) = text.split_once(',').unwrap();
    (x.parse().unwrap(), y.parse().unwrap())
}

/// What dot makes of it; none where it is not installed or gives up.
fn dots(sketch: &Sketch) -> Option<Figures> {
    let piped = || Stdio::piped();
    let mut child = Command::new("dot")
        .arg("-Tjson0")
        .stdin(piped())
        .stdout(piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let (mut input, text) = (child.stdin.take()?, script(sketch));
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let corners: Vec<f64> = json["bb"]
        .as_str()?
        .split(',')
        .map(|x| x.parse().unwrap())
        .collect();
    let mut lines = vec![Line::new(); sketch.links.len()];
    for edge in json["edges"].as_array()? {
        let Some(place) = edge["comment"].as_str().and_then(|c| c.parse::<usize>().ok()) else {
            continue;
        };
        let words = edge["pos"].as_str()?.split_whitespace();
        let points: Vec<(f64, f64)> = words.filter(|w| !w.starts_with(['s', 'e'])).map(pair).collect();
        lines[place] = vec![points[0]];
        for c in points.windows(4).step_by(3) {
            lines[place].extend(checker::cubic([c[0], c[1], c[2], c[3]]));
        }
    }
    Some(figures(
        &lines,
        sketch,
        (corners[2] - corners[0]) * (corners[3] - corners[1]),
    ))
}

fn recorded() -> BTreeMap<String, Figures> {
    let rows = RECORDED.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let figures = Figures {
            crossings: number(1) as usize,
            length: number(2),
            area: number(3),
        };
        (cells[0].to_owned(), figures)
    };
    rows.map(row).collect()
}

#[test]
fn lines_cross_less_than_with_dot_and_are_hardly_longer() {
    let dot = recorded();
    assert!(dot.len() >= 20);
    let (mut ratios, mut lengths) = (Vec::new(), Vec::new());
    for (name, sketch) in set().into_iter().filter(|(_, s)| s.nodes.len() < 200) {
        let Some(dot) = dot.get(&name) else { continue };
        let ours = ours(&arrange(&sketch, &Options::default()), &sketch);
        // Of a handful of crossings one more or less says nothing.
        assert!(
            ours.crossings as f64 <= (1.1 * dot.crossings as f64).max(dot.crossings as f64 + 1.0),
            "{name}: {ours:?}, dot {dot:?}"
        );
        if dot.crossings >= 5 {
            ratios.push(ours.crossings as f64 / dot.crossings as f64);
        }
        if !sketch.links.is_empty() {
            lengths.push(ours.length / dot.length);
        }
    }
    ratios.sort_by(f64::total_cmp);
    lengths.sort_by(f64::total_cmp);
    assert!(ratios[ratios.len() / 2] <= 0.85, "{ratios:?}");
    assert!(lengths[lengths.len() / 2] <= 1.1, "{lengths:?}");
}

/// Prints the table of docs/pictures.md, with dot's figures measured anew where asked.
#[test]
#[ignore = "measures for a minute"]
fn table_against_dot() {
    let bless = std::env::var_os("CITEGRAPH_BLESS").is_some();
    let mut rows = "# graph\tcrossings\tlength\tarea, of Graphviz dot with the years as ranks\n".to_owned();
    let mut dot = recorded();
    for (name, sketch) in set() {
        if bless && !sketch.nodes.is_empty() {
            dot.extend(dots(&sketch).map(|figures| (name.clone(), figures)));
        }
        let start = Instant::now();
        let layout = arrange(&sketch, &Options::default());
        let time = start.elapsed().as_secs_f64() * 1e3;
        let ours = ours(&layout, &sketch);
        let Some(dot) = dot.get(&name) else { continue };
        writeln!(
            rows,
            "{name}\t{}\t{:.0}\t{:.0}",
            dot.crossings, dot.length, dot.area
        )
        .unwrap();
        let ratio = |a: f64, b: f64| {
            if b > 0.0 {
                format!("{:.2}", a / b)
            } else {
                "–".to_owned()
            }
        };
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {time:.0} |",
            sketch.nodes.len(),
            sketch.links.len(),
            ours.crossings,
            dot.crossings,
            ratio(ours.crossings as f64, dot.crossings as f64),
            ratio(ours.length, dot.length),
            ratio(ours.area, dot.area)
        );
    }
    if bless {
        std::fs::write(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/draw/set/dot.tsv"),
            rows,
        )
        .unwrap();
    }
}
