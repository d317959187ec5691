//! Reads an SVG as a viewer would and lists what is wrong with it: labels that overlap or leave their card or the page, text
//! under 9 pt, lines under cards, elements and attributes outside the subset.

use citegraph::draw::font::{Boldness, Fonts};
use roxmltree::{Document, Node};

const ELEMENTS: [&str; 10] = [
    "svg", "g", "title", "desc", "rect", "line", "path", "polygon", "text", "a",
];
const FORBIDDEN: [&str; 9] = [
    "style",
    "filter",
    "mask",
    "marker-end",
    "marker-start",
    "onclick",
    "href",
    "clip-path",
    "transform-origin",
];

#[derive(Debug, Clone, Copy)]
struct Area {
    x0: f64,
    y0: f64,
    x1: f64,
    y1: f64,
}

impl Area {
    fn overlaps(self, other: Self) -> bool {
        let slack = 0.2;
        self.x0 + slack < other.x1
            && other.x0 + slack < self.x1
            && self.y0 + slack < other.y1
            && other.y0 + slack < self.y1
    }

    fn contains(self, other: Self) -> bool {
        let slack = 0.2;
        self.x0 <= other.x0 + slack
            && other.x1 <= self.x1 + slack
            && self.y0 <= other.y0 + slack
            && other.y1 <= self.y1 + slack
    }
}

/// Everything that breaks a rule.
pub fn faults(svg: &str) -> Vec<String> {
    let document = match Document::parse(svg) {
        Ok(document) => document,
        Err(error) => return vec![format!("no XML: {error}")],
    };
    let mut faults = outside_the_subset(&document);
    faults.extend(labels(&document));
    faults.extend(lines_under_cards(&document));
    faults.extend(marks_on_cards(&document));
    faults.extend(ids(&document));
    faults
}

fn outside_the_subset(document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        if !ELEMENTS.contains(&name) {
            faults.push(format!("element {name}"));
        }
        for attribute in node.attributes() {
            let plain = attribute.namespace().is_none();
            if plain && FORBIDDEN.contains(&attribute.name()) {
                faults.push(format!("attribute {}", attribute.name()));
            }
            if matches!(attribute.name(), "fill" | "stroke") && !is_color(attribute.value()) {
                faults.push(format!("color {}", attribute.value()));
            }
        }
    }
    let root = document.root_element();
    for attribute in ["width", "height", "viewBox", "role"] {
        if !root.has_attribute(attribute) {
            faults.push(format!("no {attribute}"));
        }
    }
    faults
}

fn is_color(value: &str) -> bool {
    value == "none" || value.len() == 7 && value.starts_with('#')
}

fn ids(document: &Document) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let ids = document.descendants().filter_map(|n| n.attribute("id"));
    ids.filter(|id| !seen.insert(id.to_owned()))
        .map(|id| format!("id {id} twice"))
        .collect()
}

fn attribute(node: Node, name: &str) -> f64 {
    node.attribute(name).and_then(|v| v.parse().ok()).unwrap_or(0.0)
}

/// How far a node is moved by the groups around it.
fn shift(node: Node) -> (f64, f64) {
    let moves = node.ancestors().filter_map(|n| n.attribute("transform"));
    moves.fold((0.0, 0.0), |(x, y), text| {
        let numbers = text.trim_start_matches("translate(").trim_end_matches(')');
        let by: Vec<f64> = numbers.split(' ').map(|n| n.parse().unwrap()).collect();
        (x + by[0], y + by[1])
    })
}

fn text_area(node: Node, fonts: &Fonts) -> Area {
    let boldness = if node.attribute("font-weight") == Some("bold") {
        Boldness::Bold
    } else {
        Boldness::Regular
    };
    let size = attribute(node, "font-size");
    let width = fonts.width(node.text().unwrap_or_default(), size, boldness);
    let (dx, dy) = shift(node);
    let (x, y) = (attribute(node, "x") + dx, attribute(node, "y") + dy);
    let x0 = match node.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    Area {
        x0,
        y0: y - 0.76 * size,
        x1: x0 + width,
        y1: y + 0.24 * size,
    }
}

fn rect_area(node: Node) -> Area {
    let (dx, dy) = shift(node);
    let (x0, y0) = (attribute(node, "x") + dx, attribute(node, "y") + dy);
    Area {
        x0,
        y0,
        x1: x0 + attribute(node, "width"),
        y1: y0 + attribute(node, "height"),
    }
}

fn is_work(node: &Node) -> bool {
    node.attribute("class").is_some_and(|c| c.starts_with("work "))
}

/// The groups of works with the areas of their outlines.
fn works<'a>(document: &'a Document) -> Vec<(Node<'a, 'a>, Area)> {
    let groups = document.descendants().filter(is_work);
    groups
        .map(|g| {
            (
                g,
                rect_area(g.descendants().find(|n| n.has_tag_name("rect")).unwrap()),
            )
        })
        .collect()
}

fn labels(document: &Document) -> Vec<String> {
    let fonts = Fonts::builtin();
    let root = document.root_element();
    let view: Vec<f64> = (root.attribute("viewBox").unwrap_or("0 0 0 0").split(' '))
        .map(|n| n.parse().unwrap())
        .collect();
    let page = Area {
        x0: 0.0,
        y0: 0.0,
        x1: view[2],
        y1: view[3],
    };
    let texts: Vec<(Node, Area)> = (document.descendants().filter(|n| n.has_tag_name("text")))
        .map(|n| (n, text_area(n, &fonts)))
        .collect();
    let mut faults = Vec::new();
    for (place, (node, area)) in texts.iter().enumerate() {
        let text = node.text().unwrap_or_default();
        if attribute(*node, "font-size") < 12.0 {
            faults.push(format!("`{text}` is smaller than 9 pt"));
        }
        if !page.contains(*area) {
            faults.push(format!("`{text}` leaves the page: {area:?}"));
        }
        for (other, second) in &texts[place + 1..] {
            if area.overlaps(*second) {
                faults.push(format!(
                    "`{text}` overlaps `{}`",
                    other.text().unwrap_or_default()
                ));
            }
        }
    }
    let works = works(document);
    for (place, (work, area)) in works.iter().enumerate() {
        for (text, label) in texts.iter().filter(|(n, _)| n.ancestors().any(|a| a == *work)) {
            if !area.contains(*label) {
                faults.push(format!("`{}` leaves its card", text.text().unwrap_or_default()));
            }
        }
        let overlapping = works[place + 1..]
            .iter()
            .filter(|(_, other)| area.overlaps(*other));
        faults.extend(overlapping.map(|(other, _)| {
            format!(
                "cards {:?} and {:?} overlap",
                work.attribute("id"),
                other.attribute("id")
            )
        }));
    }
    faults
}

pub type Polyline = Vec<(f64, f64)>;

/// The lines of all references, as points close to each other.
fn references(document: &Document) -> Vec<Polyline> {
    let paths = document.descendants().filter(|n| n.has_tag_name("path"));
    paths
        .map(|n| (flatten(n.attribute("d").unwrap()), shift(n)))
        .map(|(line, (dx, dy))| line.iter().map(|(x, y)| (x + dx, y + dy)).collect())
        .collect()
}

fn flatten(path: &str) -> Polyline {
    let mut points: Polyline = Vec::new();
    let mut words = path.split(' ').peekable();
    let point = |word: &str| -> (f64, f64) {
        let (x, y) = word.trim_start_matches(['M', 'L', 'C']).split_once(',').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    while let Some(word) = words.next() {
        if !word.starts_with('C') {
            points.push(point(word));
            continue;
        }
        let (from, a, b, to) = (
            *points.last().unwrap(),
            point(word),
            point(words.next().unwrap()),
            point(words.next().unwrap()),
        );
        points.extend(cubic([from, a, b, to]));
    }
    points
}

/// Points of a curve after its first.
pub fn cubic(p: [(f64, f64); 4]) -> impl Iterator<Item = (f64, f64)> {
    (1..=24).map(move |step| {
        let t = f64::from(step) / 24.0;
        let s = 1.0 - t;
        let mix = |c: [f64; 4]| {
            s * s * s * c[0] + 3.0 * s * s * t * c[1] + 3.0 * s * t * t * c[2] + t * t * t * c[3]
        };
        (mix(p.map(|p| p.0)), mix(p.map(|p| p.1)))
    })
}

fn lines_under_cards(document: &Document) -> Vec<String> {
    let works = works(document);
    let mut faults = Vec::new();
    for line in references(document) {
        for (work, area) in &works {
            let inside = |(x, y): (f64, f64)| {
                x > area.x0 + 0.5 && x < area.x1 - 0.5 && y > area.y0 + 0.5 && y < area.y1 - 0.5
            };
            let between = |pair: &[(f64, f64)]| {
                let near = bounds(pair).overlaps(*area);
                near && (0..=20).any(|step| {
                    let t = f64::from(step) / 20.0;
                    inside((
                        pair[0].0 + (pair[1].0 - pair[0].0) * t,
                        pair[0].1 + (pair[1].1 - pair[0].1) * t,
                    ))
                })
            };
            if line.windows(2).any(between) {
                faults.push(format!("a line passes under {:?}", work.attribute("id")));
            }
        }
    }
    faults
}

/// The diamonds of corrected references that reach into a card. They are the polygons with an outline.
fn marks_on_cards(document: &Document) -> Vec<String> {
    let works = works(document);
    let marks = document
        .descendants()
        .filter(|n| n.has_tag_name("polygon") && n.has_attribute("stroke-width"));
    let corners = |mark: Node| -> Polyline {
        let (dx, dy) = shift(mark);
        let points = mark.attribute("points").unwrap().split(' ');
        let point = |point: &str| {
            let (x, y) = point.split_once(',').unwrap();
            (x.parse::<f64>().unwrap() + dx, y.parse::<f64>().unwrap() + dy)
        };
        points.map(point).collect()
    };
    let areas = marks.map(|mark| bounds(&corners(mark)));
    let on_cards = areas.filter(|area| works.iter().any(|(_, card)| card.overlaps(*area)));
    on_cards
        .map(|area| format!("a mark lies on a card: {area:?}"))
        .collect()
}

/// How often lines cross, each pair of references for itself; those that share an end are left out.
pub fn crossings(svg: &str) -> usize {
    let document = Document::parse(svg).unwrap();
    let lines = references(&document);
    crossings_among(&lines, |a, b| !share_an_end(&lines[a], &lines[b]))
}

/// How often lines cross, over the pairs that count.
pub fn crossings_among(lines: &[Polyline], counts: impl Fn(usize, usize) -> bool) -> usize {
    let boxes: Vec<Area> = lines.iter().map(|line| bounds(line.as_slice())).collect();
    let mut count = 0;
    for a in 0..lines.len() {
        for b in a + 1..lines.len() {
            if boxes[a].overlaps(boxes[b]) && counts(a, b) {
                count += crossings_of(&lines[a], &lines[b]);
            }
        }
    }
    count
}

fn bounds(line: &[(f64, f64)]) -> Area {
    let start = Area {
        x0: f64::MAX,
        y0: f64::MAX,
        x1: f64::MIN,
        y1: f64::MIN,
    };
    line.iter().fold(start, |a, (x, y)| Area {
        x0: a.x0.min(*x),
        y0: a.y0.min(*y - 0.5),
        x1: a.x1.max(*x),
        y1: a.y1.max(*y + 0.5),
    })
}

fn share_an_end(a: &Polyline, b: &Polyline) -> bool {
    let ends = |l: &Polyline| [l[0], l[l.len() - 1]];
    // Lines of one card may start at different ports.
    ends(a).iter().any(|p| {
        ends(b)
            .iter()
            .any(|q| (p.0 - q.0).abs() < 0.6 && (p.1 - q.1).abs() < 0.6)
    })
}

fn crossings_of(a: &Polyline, b: &Polyline) -> usize {
    let mut count = 0;
    for p in a.windows(2) {
        for q in b.windows(2) {
            let side = |o: (f64, f64), e: (f64, f64), x: (f64, f64)| {
                (e.0 - o.0) * (x.1 - o.1) - (e.1 - o.1) * (x.0 - o.0)
            };
            let across = |o, e, x, y| (side(o, e, x) > 0.0) != (side(o, e, y) > 0.0);
            if across(p[0], p[1], q[0], q[1]) && across(q[0], q[1], p[0], p[1]) {
                count += 1;
            }
        }
    }
    count
}

/// Size in pt of the smallest text when the picture is shown at its width and height, shrunk to fit a page where it is
/// larger than that.
pub fn smallest_text(svg: &str, page: (f64, f64)) -> f64 {
    let document = Document::parse(svg).unwrap();
    let root = document.root_element();
    let (width, height) = (attribute(root, "width"), attribute(root, "height"));
    let view: Vec<f64> = root
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|n| n.parse().unwrap())
        .collect();
    let shrunk = (page.0 / width).min(page.1 / height).min(1.0);
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    let smallest = texts
        .map(|n| attribute(n, "font-size"))
        .fold(f64::INFINITY, f64::min);
    smallest * width / view[2] * shrunk * 0.75
}

/// Width and height as text.
pub fn size(svg: &str) -> String {
    let document = Document::parse(svg).unwrap();
    let root = document.root_element();
    format!("{}x{}", attribute(root, "width"), attribute(root, "height"))
}
