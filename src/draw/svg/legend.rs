//! A picture in, a legend of what occurs in it out, in rows of a width.

use std::collections::BTreeSet;

use super::network::{arrowhead, corrected_mark, outline};
use super::xml::Element;
use super::{Anchor, Axis, Body, Pen};
use crate::draw::font::TextStyle;
use crate::draw::layout::{Point, Rect};
use crate::draw::picture::{Certainty, Link, Picture, Shape, State, View};
use crate::draw::words;
use crate::model::Relation;

const TEXT: TextStyle = TextStyle::regular(12.0);
const ROW: f64 = 24.0;
/// Px for the sample, and between items.
const SAMPLE: f64 = 38.0;
const SPACE: f64 = 20.0;

/// One thing to explain.
enum Item {
    Card(Shape, State, &'static str),
    Relation(Relation),
    Corrected,
    Chain,
}

/// The legend.
pub(super) fn legend(pen: &Pen, picture: &Picture, width: f64) -> Body {
    let mut elements = String::new();
    let (mut x, mut y) = (0.0, 0.0);
    for item in card_items(picture).into_iter().chain(relation_items(picture)) {
        let text = item.text(pen);
        let needed = SAMPLE + 8.0 + pen.width(&text, TEXT);
        if y == 0.0 || x + needed > width {
            x = 0.0;
            y += ROW;
        }
        let middle = y - ROW / 2.0;
        let at = Point::new(x, middle);
        elements.push_str(&match item {
            // There relations are outlines and not lines.
            Item::Relation(relation) if !picture.is_network() => pen.related(relation, &sample_rect(at)),
            _ => item.sample(pen, at),
        });
        let at = (Anchor::Start(x + SAMPLE + 8.0), middle + 4.5);
        elements.push_str(&pen.text(&text, TEXT, &pen.theme.page.text, at));
        x += needed + SPACE;
    }
    Body {
        width,
        height: y,
        elements: Element::new("g").attr("class", "legend").around(&elements),
        axis: Axis::default(),
    }
}

fn card_items(picture: &Picture) -> Vec<Item> {
    let has = |shape: Option<Shape>, state: Option<State>| {
        (picture.cards.iter())
            .any(|c| shape.is_none_or(|s| s == c.shape) && state.is_none_or(|s| s == c.state))
    };
    let mut items = Vec::new();
    let documents = [
        (State::InCorpus, words::IN_CORPUS),
        (State::CitedOnly, words::CITED_ONLY),
    ];
    let ranking = picture.view != View::Lineage;
    match picture.view {
        View::Matrix(_) | View::Columns(_) => return items,
        // There the outline of all others is that of their relation.
        View::Lanes(_) => return focus_items(picture),
        View::Lineage | View::Centrality(_) => {}
    }
    if !ranking && has(None, Some(State::Focus)) {
        items.push(Item::Card(Shape::Document, State::Focus, words::FOCUS));
    }
    for (state, word) in documents {
        // Rankings do not mark the focus: there it is a document of the corpus as any other.
        let focus = ranking && state == State::InCorpus && has(Some(Shape::Document), Some(State::Focus));
        if focus || has(Some(Shape::Document), Some(state)) {
            items.push(Item::Card(Shape::Document, state, word));
        }
    }
    for state in [State::InCorpus, State::CitedOnly] {
        let shown = items
            .iter()
            .any(|i| matches!(i, Item::Card(Shape::Instrument, ..)));
        if !shown && has(Some(Shape::Instrument), Some(state)) {
            let explained = state == State::InCorpus || has(Some(Shape::Document), Some(state));
            let word = if explained {
                words::INSTRUMENT
            } else {
                words::INSTRUMENT_CITED
            };
            items.push(Item::Card(Shape::Instrument, state, word));
        }
    }
    items
}

/// The work in question, in its own shape.
fn focus_items(picture: &Picture) -> Vec<Item> {
    let focus = picture.cards.iter().find(|card| card.state == State::Focus);
    focus
        .map(|card| Item::Card(card.shape, State::Focus, words::FOCUS))
        .into_iter()
        .collect()
}

fn relation_items(picture: &Picture) -> Vec<Item> {
    let mut items: Vec<Item> = visible(picture).into_iter().map(Item::Relation).collect();
    if picture.is_network() && picture.drawn_links().any(|l| l.certainty == Certainty::Corrected) {
        items.push(Item::Corrected);
    }
    if !picture.chain.is_empty() {
        items.push(Item::Chain);
    }
    items
}

impl Item {
    fn text(&self, pen: &Pen) -> String {
        match self {
            Self::Card(_, _, word) => (*word).to_owned(),
            Self::Relation(relation) => pen.theme.relation(*relation).label,
            Self::Corrected => words::CORRECTED.to_owned(),
            Self::Chain => words::CHAIN.to_owned(),
        }
    }

    fn sample(&self, pen: &Pen, at: Point) -> String {
        match self {
            Self::Card(shape, state, _) => outline(pen, *shape, *state, &sample_rect(at)),
            Self::Relation(relation) => relation_sample(pen, *relation, at),
            Self::Chain => chain_sample(pen, at),
            Self::Corrected => {
                let middle = Point::new(at.x + SAMPLE / 2.0, at.y);
                corrected_mark(middle, &pen.theme.page.muted, &pen.theme.page.background)
            }
        }
    }
}

/// The outline of a sample whose left side has its middle at a point.
fn sample_rect(at: Point) -> Rect {
    Rect {
        x: at.x + 4.0,
        y: at.y - 8.0,
        width: SAMPLE - 8.0,
        height: 16.0,
    }
}

/// The relations that are drawn: of several between two works, lanes and cells show the first.
fn visible(picture: &Picture) -> BTreeSet<Relation> {
    if let View::Columns(columns) = &picture.view {
        let years = columns.years.iter().map(|(_, counts)| counts);
        let counts = years.chain([&columns.undated]).flatten();
        return counts
            .filter(|(_, works)| *works > 0)
            .map(|(relation, _)| *relation)
            .collect();
    }
    let mut seen = BTreeSet::new();
    let mut is_drawn = |link: &&Link| seen.insert((link.citing, link.cited)) || picture.is_network();
    let drawn = picture.drawn_links().filter(&mut is_drawn);
    drawn.map(|link| link.relation).collect()
}

fn chain_sample(pen: &Pen, at: Point) -> String {
    let line = |y: f64| {
        let line = Element::new("line")
            .num("x1", at.x)
            .num("y1", y)
            .num("x2", at.x + SAMPLE)
            .num("y2", y);
        line.attr("stroke", &pen.theme.chain.color)
            .num("stroke-width", pen.theme.chain.width)
            .empty()
    };
    line(at.y - 3.5) + &line(at.y + 3.5)
}

fn relation_sample(pen: &Pen, relation: Relation, at: Point) -> String {
    let look = pen.theme.relation(relation);
    let line = Element::new("line")
        .num("x1", at.x + SAMPLE)
        .num("y1", at.y)
        .num("x2", at.x + 9.0)
        .num("y2", at.y)
        .attr("stroke", &look.color)
        .num("stroke-width", look.width)
        .dash(&look.dash);
    line.empty() + &arrowhead(at, Point::new(-1.0, 0.0), &look.color)
}
