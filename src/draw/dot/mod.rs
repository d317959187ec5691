//! A picture in, DOT out: nodes with the sizes, places and looks of our own layout, so that `dot` ranks them as we do and
//! `neato -n` puts them where we do. Written through the syntax tree of graphviz-rust.
//!
//! Sizes are in points as Graphviz counts them, one for one px.

mod quote;

use std::collections::{BTreeMap, BTreeSet};

use graphviz_rust::dot_structures as tree;
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::fit::{Fitted, fit};
use super::ids::Ids;
use super::label::{self, Label};
use super::layout::{Layout, Piece, Point, Route};
use super::picture::{Card, Certainty, Lane, Link, Picture, Shape, State, Swimlanes, View};
use super::{Theme, describe, words};
use crate::model::Relation;
use quote::{address, html, lines, quote};

/// Px per inch of Graphviz.
const INCH: f64 = 72.0;
/// Px between the lowest work and the middle of the years: more than neato keeps free around both.
const YEARS: f64 = 46.0;
/// Px between the years and the legend, of one of its rows, and of its width, roughly.
const LEGEND_GAP: f64 = 30.0;
const LEGEND_ROW: f64 = 20.0;
const LEGEND_WIDTH: f64 = 160.0;
/// Px that the mark of a corrected reference takes of its line.
const TAIL: f64 = 9.0;

/// Draws a picture as DOT.
///
/// ```
/// use citegraph::draw::{dot, Picture, Theme};
/// let text = dot(&Picture::new("A \"title\"", ""), &Theme::builtin());
/// assert!(text.starts_with("digraph") && graphviz_rust::parse(&text).is_ok());
/// ```
pub fn dot(picture: &Picture, theme: &Theme) -> String {
    let Fitted { labels, layout } = fit(picture, &theme.fonts, picture.page.size());
    let ids = Ids::of(picture);
    let writer = Writer {
        picture,
        theme,
        labels: &labels,
        layout: &layout,
        ids: &ids,
    };
    let graph = tree::Graph::DiGraph {
        id: plain("citegraph"),
        strict: false,
        stmts: writer.statements(),
    };
    graph.print(&mut PrinterContext::default()) + "\n"
}

/// What the statements are made from.
struct Writer<'a> {
    picture: &'a Picture,
    theme: &'a Theme,
    labels: &'a [Label],
    layout: &'a Layout,
    ids: &'a [String],
}

impl Writer<'_> {
    fn statements(&self) -> Vec<tree::Stmt> {
        let mut statements = self.defaults();
        statements.extend(self.columns());
        statements.extend(self.clusters());
        statements.extend(self.legend());
        let cards = self.picture.cards.iter().enumerate();
        statements.extend(cards.map(|(place, card)| self.node(place, card)));
        let links = self.picture.drawn_links().zip(&self.layout.routes);
        statements.extend(links.map(|(link, route)| self.edge(link, route)));
        statements
    }

    fn defaults(&self) -> Vec<tree::Stmt> {
        let font = || attribute("fontname", quote(&self.theme.fonts.families()));
        let page = &self.theme.page;
        let title = [self.picture.title.as_str(), &self.picture.subtitle, words::ARROWS];
        let title = title
            .into_iter()
            .chain(self.picture.notes.iter().map(String::as_str));
        let graph = vec![
            attribute("rankdir", "RL".to_owned()),
            // Places are in points also where neato is not told so by -n.
            attribute("inputscale", "72".to_owned()),
            attribute("newrank", "true".to_owned()),
            // Where neato lays the lines itself (-n) it is to go round the works, which stand close to each other.
            attribute("splines", "true".to_owned()),
            attribute("esep", quote("+1")),
            attribute("nodesep", "0.2".to_owned()),
            attribute("ranksep", "0.6".to_owned()),
            attribute("labelloc", "t".to_owned()),
            attribute("labeljust", "l".to_owned()),
            attribute("label", lines(title, "\\l")),
            attribute("fontsize", "14".to_owned()),
            attribute("bgcolor", quote(&page.background)),
            font(),
        ];
        let node = vec![
            attribute("shape", "box".to_owned()),
            attribute("fixedsize", "true".to_owned()),
            attribute("fontsize", number(label::SMALL)),
            font(),
        ];
        let edge = vec![
            attribute("arrowsize", "0.8".to_owned()),
            attribute("fontsize", number(label::SMALL)),
            font(),
        ];
        vec![
            tree::Stmt::GAttribute(tree::GraphAttributes::Graph(graph)),
            tree::Stmt::GAttribute(tree::GraphAttributes::Node(node)),
            tree::Stmt::GAttribute(tree::GraphAttributes::Edge(edge)),
        ]
    }

    /// One rank for each column, with the year below its first; invisible edges keep the columns in order.
    fn columns(&self) -> Vec<tree::Stmt> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (card, column) in self.layout.columns.iter().enumerate() {
            members.entry(*column).or_default().push(card);
        }
        let names: Vec<(String, String)> = self.column_names(&members);
        let mut statements = Vec::new();
        for ((column, cards), (name, year)) in members.iter().zip(&names) {
            let mut inside = vec![tree::Stmt::Attribute(attribute("rank", "same".to_owned()))];
            inside.push(self.year_node(name, year, *column));
            inside.extend(cards.iter().map(|card| bare_node(&self.ids[*card])));
            statements.push(tree::Stmt::Subgraph(tree::Subgraph {
                id: plain(&quote(&format!("column {name}"))),
                stmts: inside,
            }));
        }
        for pair in names.windows(2) {
            let attributes = vec![
                attribute("style", "invis".to_owned()),
                attribute("weight", "100".to_owned()),
            ];
            statements.push(edge(&year_id(&pair[1].0), &year_id(&pair[0].0), attributes));
        }
        statements
    }

    /// For each column a name of its own, and its year if it is the first of the year.
    fn column_names(&self, members: &BTreeMap<usize, Vec<usize>>) -> Vec<(String, String)> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let name = |cards: &Vec<usize>| {
            let x = cards
                .first()
                .map_or(0.0, |card| self.layout.boxes[*card].center().x);
            let band = self.layout.bands.iter().find(|b| b.x <= x && x <= b.x + b.width);
            let year = words::years(band.and_then(|b| b.years));
            let count = seen.entry(year.clone()).or_insert(0);
            *count += 1;
            let label = if *count == 1 { year.clone() } else { String::new() };
            (format!("{year} {count}"), label)
        };
        members.values().map(name).collect()
    }

    /// A cluster for each lane. Graphviz has a node in one cluster only, so that a work of several lanes stays in its first.
    fn clusters(&self) -> Vec<tree::Stmt> {
        let lanes = match (&self.picture.view, &self.picture.lanes) {
            (View::Lanes(lanes), _) => lanes.clone(),
            (_, Some(lanes)) => members(lanes),
            _ => return Vec::new(),
        };
        let mut seen = BTreeSet::new();
        let mut clusters = Vec::new();
        for (at, lane) in lanes.iter().enumerate() {
            let mut inside = vec![
                tree::Stmt::Attribute(attribute("label", quote(&lane.name))),
                tree::Stmt::Attribute(attribute("color", quote(&self.theme.page.grid))),
            ];
            let cards = lane.cards.iter().filter(|card| seen.insert(**card));
            inside.extend(
                cards
                    .filter_map(|card| self.ids.get(*card))
                    .map(|id| bare_node(id)),
            );
            clusters.push(tree::Stmt::Subgraph(tree::Subgraph {
                id: plain(&format!("cluster_{at}")),
                stmts: inside,
            }));
        }
        clusters
    }

    /// A table of the lines that occur, in their colors, below the years.
    fn legend(&self) -> Option<tree::Stmt> {
        let relations: BTreeSet<_> = self.picture.drawn_links().map(|link| link.relation).collect();
        let row = |relation: &Relation| {
            let look = self.theme.relation(*relation);
            let line = match line_style(&look.dash) {
                "solid" => "————",
                "dotted" => "· · · · ·",
                _ => "– – – –",
            };
            let cell = |text: &str, color: &str| {
                format!(
                    "<TD ALIGN=\"LEFT\"><FONT COLOR=\"{color}\">{}</FONT></TD>",
                    html(text)
                )
            };
            let cells = cell(line, &look.color) + &cell(&look.label, &self.theme.page.text);
            format!("<TR>{cells}</TR>")
        };
        let rows: String = relations.iter().map(row).collect();
        let bottom = self.layout.height + YEARS + LEGEND_GAP + LEGEND_ROW * relations.len() as f64 / 2.0;
        let attributes = vec![
            attribute(
                "label",
                format!("<<TABLE BORDER=\"0\" CELLSPACING=\"0\">{rows}</TABLE>>"),
            ),
            attribute("shape", "plaintext".to_owned()),
            attribute("fixedsize", "false".to_owned()),
            attribute("pos", self.at(Point::new(LEGEND_WIDTH / 2.0, bottom))),
        ];
        // In a subgraph, as the years are: at the top there are the works alone.
        (!relations.is_empty()).then(|| {
            tree::Stmt::Subgraph(tree::Subgraph {
                id: plain("legend"),
                stmts: vec![node("legend of lines", attributes)],
            })
        })
    }

    fn year_node(&self, name: &str, year: &str, column: usize) -> tree::Stmt {
        let mut boxes = self.layout.boxes.iter().zip(&self.layout.columns);
        let x = boxes
            .find(|(_, c)| **c == column)
            .map_or(0.0, |(b, _)| b.center().x);
        let attributes = vec![
            attribute("label", quote(year)),
            attribute("shape", "plaintext".to_owned()),
            attribute("fontsize", "14".to_owned()),
            attribute("fixedsize", "false".to_owned()),
            attribute("pos", self.at(Point::new(x, self.layout.height + YEARS))),
        ];
        node(&year_id(name), attributes)
    }

    fn node(&self, place: usize, card: &Card) -> tree::Stmt {
        let look = self.theme.card(card.state);
        let (rect, label) = (&self.layout.boxes[place], &self.labels[place]);
        let ending = if card.shape == Shape::Document {
            "\\l"
        } else {
            "\\n"
        };
        let (fill, text) = match self.share(card) {
            Some(share) => (self.theme.shade(share), self.theme.text_on(share)),
            None => (self.tint(card).unwrap_or(look.fill), look.text),
        };
        let mut attributes = vec![
            attribute(
                "label",
                lines(label.lines.iter().map(|l| l.text.as_str()), ending),
            ),
            attribute("tooltip", quote(&describe::card(card))),
            attribute("class", quote(&describe::class(card))),
            attribute("width", inches(rect.width)),
            attribute("height", inches(rect.height)),
            attribute("pos", self.at(rect.center())),
            attribute("style", quote(node_style(card))),
            attribute("fillcolor", quote(&fill)),
            attribute("color", quote(&look.stroke)),
            attribute("fontcolor", quote(&text)),
            attribute("penwidth", number(look.width)),
        ];
        if self.picture.chain.contains(&place) {
            attributes.push(attribute("peripheries", "2".to_owned()));
        }
        if let Some(url) = describe::address(card) {
            attributes.push(attribute("URL", address(url)));
        }
        node(&self.ids[place], attributes)
    }

    /// The shade of a work some references away.
    fn tint(&self, card: &Card) -> Option<String> {
        let depth = card
            .depth
            .filter(|depth| *depth > 0 && card.state != State::Focus)?;
        Some(self.theme.tint(depth, self.picture.farthest()))
    }

    /// The share of the highest value, in a ranking.
    fn share(&self, card: &Card) -> Option<f64> {
        let weight = card
            .weight
            .as_ref()
            .filter(|_| matches!(self.picture.view, View::Centrality(_)))?;
        let all = self.picture.cards.iter().filter_map(|c| c.weight.as_ref());
        let highest = all.fold(0.0_f64, |most, w| most.max(w.value));
        let share = weight.value / highest;
        Some(if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        })
    }

    fn edge(&self, link: &Link, route: &Route) -> tree::Stmt {
        let look = self.theme.relation(link.relation);
        let chain = &self.theme.chain.color;
        let color = if self.picture.is_on_chain(link) {
            format!("{}:{chain}", look.color)
        } else {
            look.color.clone()
        };
        let mut attributes = vec![
            attribute("color", quote(&color)),
            attribute("style", line_style(&look.dash).to_owned()),
            attribute("penwidth", number(look.width)),
            attribute("class", quote(link.relation.as_str())),
            attribute("tooltip", quote(&describe::link(self.picture, link, self.theme))),
        ];
        if link.certainty == Certainty::Corrected {
            attributes.push(attribute("dir", "both".to_owned()));
            attributes.push(attribute("arrowtail", "odiamond".to_owned()));
        }
        // An edge that goes on in time would close a circle with the chain of years, which dot breaks anywhere.
        if self.layout.columns[link.citing] < self.layout.columns[link.cited] {
            attributes.push(attribute("constraint", "false".to_owned()));
        }
        if !route.is_empty() {
            attributes.push(attribute("pos", self.spline(link, route)));
        }
        edge(&self.ids[link.citing], &self.ids[link.cited], attributes)
    }

    /// A point as Graphviz writes it: from the bottom up.
    fn point(&self, at: Point) -> String {
        format!("{},{}", number(at.x), number(self.layout.height - at.y))
    }

    /// A place that neato is to keep.
    fn at(&self, at: Point) -> String {
        quote(&format!("{}!", self.point(at)))
    }

    /// A route as a spline, with the tip of its arrowhead first, and before it the end of the mark of a corrected one.
    fn spline(&self, link: &Link, route: &Route) -> String {
        let (mut start, pieces) = route.from_citing();
        let mut text = String::new();
        if link.certainty == Certainty::Corrected {
            text = format!("s,{} ", self.point(start));
            start.x += route.heading.x * TAIL;
            start.y += route.heading.y * TAIL;
        }
        text.push_str(&format!("e,{} {}", self.point(route.tip), self.point(start)));
        let mut from = start;
        for piece in pieces {
            let (a, b) = match piece {
                Piece::Curve(a, b, _) => (a, b),
                Piece::Line(end) => (between(from, end, 1.0 / 3.0), between(from, end, 2.0 / 3.0)),
            };
            from = piece.end();
            for point in [a, b, from] {
                text.push(' ');
                text.push_str(&self.point(point));
            }
        }
        quote(&text)
    }
}

/// The works of each swim-lane.
fn members(lanes: &Swimlanes) -> Vec<Lane> {
    let cards = |lane: usize| {
        (0..lanes.of.len())
            .filter(|card| lanes.of[*card] == lane)
            .collect()
    };
    let lane = |(place, name): (usize, &String)| Lane {
        name: name.clone(),
        cards: cards(place),
    };
    lanes.names.iter().enumerate().map(lane).collect()
}

fn between(a: Point, b: Point, part: f64) -> Point {
    Point::new(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
}

fn year_id(name: &str) -> String {
    format!("year {name}")
}

/// Instruments alone are rounded: the corners of any other shape of Graphviz would cut their names off.
fn node_style(card: &Card) -> &'static str {
    match (card.shape, card.state) {
        (Shape::Instrument, State::CitedOnly) => "rounded,filled,dashed",
        (Shape::Instrument, _) => "rounded,filled",
        (Shape::Document, State::CitedOnly) => "filled,dashed",
        (Shape::Document, _) => "filled",
    }
}

/// Graphviz has three dashes.
fn line_style(dash: &[f64]) -> &'static str {
    match dash.first() {
        None => "solid",
        Some(stroke) if *stroke <= 2.0 => "dotted",
        Some(_) => "dashed",
    }
}

fn inches(px: f64) -> String {
    format!("{:.3}", px / INCH)
}

fn number(value: f64) -> String {
    format!("{:.1}", if value.is_finite() { value + 0.0 } else { 0.0 })
}

fn plain(text: &str) -> tree::Id {
    tree::Id::Plain(text.to_owned())
}

fn attribute(name: &str, value: String) -> tree::Attribute {
    tree::Attribute(plain(name), plain(&value))
}

fn node_id(id: &str) -> tree::NodeId {
    tree::NodeId(plain(&quote(id)), None)
}

fn bare_node(id: &str) -> tree::Stmt {
    node(id, Vec::new())
}

fn node(id: &str, attributes: Vec<tree::Attribute>) -> tree::Stmt {
    tree::Stmt::Node(tree::Node {
        id: node_id(id),
        attributes,
    })
}

fn edge(from: &str, to: &str, attributes: Vec<tree::Attribute>) -> tree::Stmt {
    let ends = tree::EdgeTy::Pair(tree::Vertex::N(node_id(from)), tree::Vertex::N(node_id(to)));
    tree::Stmt::Edge(tree::Edge { ty: ends, attributes })
}
