//! DOT is read back: always by the parser of graphviz-rust, and by Graphviz where it is installed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use citegraph::draw::{Picture, Shape, Swimlanes, Theme, dot};
use graphviz_rust::dot_structures::{EdgeTy, Graph, Stmt, Vertex};

use super::{checker, graphs};

/// Runs Graphviz on a text; none, with a message, where it is not installed.
fn graphviz(program: &str, arguments: &[&str], text: &str) -> Option<(String, String)> {
    let piped = || Stdio::piped();
    let child = Command::new(program)
        .args(arguments)
        .stdin(piped())
        .stdout(piped())
        .stderr(piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: {program} of Graphviz is not installed");
        return None;
    };
    let mut input = child.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Some((text(output.stdout), text(output.stderr)))
}

fn id(vertex: &Vertex) -> String {
    match vertex {
        Vertex::N(node) => node.0.to_string(),
        Vertex::S(_) => String::new(),
    }
}

/// Nodes with attributes and edges, without the years.
fn read(text: &str) -> (Vec<String>, Vec<(String, String)>) {
    let Graph::DiGraph { stmts, .. } = graphviz_rust::parse(text).unwrap() else {
        panic!("no digraph")
    };
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for statement in stmts {
        match statement {
            Stmt::Node(node) => nodes.push(node.id.0.to_string()),
            Stmt::Edge(edge) => {
                if let EdgeTy::Pair(a, b) = &edge.ty {
                    edges.push((id(a), id(b)));
                }
            }
            _ => {}
        }
    }
    edges.retain(|(a, _)| !a.contains("year "));
    (nodes, edges)
}

fn small() -> Vec<(String, Picture)> {
    graphs::all()
        .into_iter()
        .filter(|(_, picture)| picture.cards.len() < 60)
        .collect()
}

#[test]
fn every_picture_parses_with_all_its_works_and_references() {
    for (name, picture) in small() {
        let (nodes, edges) = read(&dot(&picture, &Theme::builtin()));
        assert_eq!(nodes.len(), picture.cards.len(), "{name}");
        assert_eq!(edges.len(), picture.drawn_links().count(), "{name}");
    }
}

#[test]
fn graphviz_reads_what_was_meant() {
    for (name, picture) in small() {
        let text = dot(&picture, &Theme::builtin());
        let Some((canonical, warnings)) = graphviz("dot", &["-Tcanon"], &text) else {
            return;
        };
        assert!(warnings.is_empty(), "{name}: {warnings}");
        let (_, edges) = read(&text);
        assert_eq!(
            canonical.matches("arrowtail=odiamond").count(),
            text.matches("arrowtail=odiamond").count()
        );
        assert_eq!(
            canonical.matches(" -> ").count(),
            text.matches(" -> ").count(),
            "{name}: {} references",
            edges.len()
        );
    }
}

#[test]
fn labels_come_out_of_graphviz_as_they_went_in() {
    let labels = [
        "back\\slash \\N",
        "quote \" end\\",
        "a < b & c > d &amp; &lt;",
        "Σύνοψη",
        "Заключение",
        "שלום",
        "node",
        "100 %",
    ];
    let mut picture = graphs::plain(&[Some(2022); 8], []);
    for (card, label) in picture.cards.iter_mut().zip(labels) {
        label.clone_into(&mut card.heading);
        card.title.clear();
    }
    let Some((svg, _)) = graphviz("dot", &["-Tsvg"], &dot(&picture, &Theme::builtin())) else {
        return;
    };
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let document = roxmltree::Document::parse_with_options(&svg, options).unwrap();
    let texts: Vec<&str> = document
        .descendants()
        .filter(|n| n.has_tag_name("text"))
        .filter_map(|n| n.text())
        .collect();
    for label in labels {
        let kept = |text: &&str| text.replace('\u{A0}', " ") == label;
        assert!(texts.iter().any(kept), "`{label}` is not among {texts:?}");
    }
}

#[test]
fn graphviz_draws_it_by_its_own_ranks_and_at_our_places() {
    for (name, picture) in small() {
        let text = dot(&picture, &Theme::builtin());
        for (program, arguments) in [
            ("dot", &["-Tsvg"][..]),
            ("neato", &["-n2", "-Tsvg"]),
            ("neato", &["-n", "-Tsvg"]),
        ] {
            let Some((svg, warnings)) = graphviz(program, arguments, &text) else {
                return;
            };
            assert!(warnings.is_empty(), "{name}, {program}: {warnings}");
            std::fs::write(
                std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.{program}.svg")),
                svg,
            )
            .unwrap();
        }
    }
}

/// Three numbers, or two, of a list.
fn numbers(text: &str) -> Vec<f64> {
    text.split(',').map(|number| number.parse().unwrap()).collect()
}

/// A work as Graphviz draws it.
struct Shown {
    middle: (f64, f64),
    half: (f64, f64),
}

impl Shown {
    fn of(node: &serde_json::Value) -> Option<Self> {
        node["class"].as_str().filter(|class| class.starts_with("work"))?;
        let middle = numbers(node["pos"].as_str()?);
        let half = |side: &str| Some(node[side].as_str()?.parse::<f64>().ok()? * 36.0 - 2.0);
        Some(Self {
            middle: (middle[0], middle[1]),
            half: (half("width")?, half("height")?),
        })
    }

    fn holds(&self, (x, y): (f64, f64)) -> bool {
        let u = (x - self.middle.0).abs() / self.half.0;
        let v = (y - self.middle.1).abs() / self.half.1;
        u < 1.0 && v < 1.0
    }
}

// With -n neato keeps places and lays the lines itself.
#[test]
fn neato_lays_no_line_across_a_work() {
    for (name, picture) in small() {
        let text = dot(&picture, &Theme::builtin());
        let Some((json, warnings)) = graphviz("neato", &["-n", "-Tjson0"], &text) else {
            return;
        };
        assert!(warnings.is_empty(), "{name}: {warnings}");
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let objects = json["objects"].as_array().into_iter().flatten();
        let works: Vec<Shown> = objects.filter_map(Shown::of).collect();
        assert_eq!(works.len(), picture.cards.len(), "{name}");
        for edge in json["edges"].as_array().into_iter().flatten() {
            let Some(line) = edge["pos"].as_str() else {
                continue;
            };
            let points = line
                .split_whitespace()
                .filter(|word| !word.starts_with(['s', 'e']));
            let points: Vec<(f64, f64)> = points.map(numbers).map(|at| (at[0], at[1])).collect();
            let curves = points.windows(4).step_by(3);
            let mut way = curves.flat_map(|c| checker::cubic([c[0], c[1], c[2], c[3]]));
            let crossed = way.find(|point| works.iter().any(|work| work.holds(*point)));
            assert!(crossed.is_none(), "{name}: {crossed:?} of {edge}");
        }
    }
}

#[test]
fn lanes_are_clusters_and_lines_have_a_legend() {
    let mut picture = graphs::plain(&[Some(2020), Some(2021), Some(2022)], [(1, 0), (2, 1)]);
    picture.lanes = Some(Swimlanes {
        names: vec!["Council".to_owned(), "Commission".to_owned()],
        of: vec![0, 1, 0],
    });
    picture.cards[2].shape = Shape::Instrument;
    let text = dot(&picture, &Theme::builtin());
    for name in ["Council", "Commission"] {
        assert!(text.contains(&format!("label=\"{name}\"")), "{text}");
    }
    assert_eq!(text.matches("subgraph cluster_").count(), 2);
    assert_eq!(text.matches("rounded").count(), 1);
    assert!(text.contains(">cites</FONT>") && !text.contains(">recalls</FONT>"));
}
