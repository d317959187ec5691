//! A picture in, cards and curves along a time axis out.

use std::collections::BTreeMap;

use super::xml::{Element, number};
use super::{Anchor, Axis, Body, Pen, moved};
use crate::draw::describe;
use crate::draw::fit::{Fitted, fit};
use crate::draw::font::TextStyle;
use crate::draw::ids::Ids;
use crate::draw::label::{Label, PAD, Tone};
use crate::draw::layout::{Band, Content, Layout, Piece, Point, Rect, Route};
use crate::draw::picture::{Card, Certainty, Link, Picture, Shape, State};
use crate::draw::theme::CardLook;
use crate::draw::words;

/// Px between a link and the casing of the longest chain, and between a work of it and its ring.
const CASING: f64 = 1.8;
const RING: f64 = 3.4;
/// Px between the bands' ends and the highest and lowest card.
const BAND_PAD: f64 = 10.0;
const AXIS_HEIGHT: f64 = 28.0;
/// A picture higher than this has the years above, too.
const TALL: f64 = 760.0;
const YEAR: TextStyle = TextStyle::bold(13.0);
const CORNER: f64 = 5.0;

/// Documents as cards and instruments as pills, in a room where there is one.
pub(super) fn cards(pen: &Pen, picture: &Picture, room: Option<(f64, f64)>) -> Body {
    let names = lane_names(pen, picture);
    let free = room.map(|(width, height)| free((width - names.width, height)));
    let Fitted { labels, layout } = fit(picture, pen.fonts, free);
    let ids = Ids::of(picture);
    let drawn: String = (picture.cards.iter().enumerate())
        .map(|(place, card)| {
            let rect = &layout.boxes[place];
            let ring = ring(pen, picture.chain.contains(&place), card.shape, rect);
            let shape = card_shape(pen, (card, &tinted(pen, picture, card)), &labels[place], rect);
            card_group(card, &ids[place], &(shape + &ring))
        })
        .collect();
    beside_names(pen, &layout, &names, body(pen, picture, &layout, &drawn))
}

/// Widest name of a swim-lane, in px.
const NAME_WIDTH: f64 = 96.0;
const NAME: TextStyle = TextStyle::bold(12.0);

/// The names of the swim-lanes, in lines, and the width that they take up.
struct LaneNames {
    lines: Vec<Vec<String>>,
    width: f64,
}

fn lane_names(pen: &Pen, picture: &Picture) -> LaneNames {
    let names = picture.lanes.as_ref().filter(|lanes| lanes.names.len() > 1);
    let lines = |name: &String| pen.fonts.wrap(name, NAME, NAME_WIDTH, 3);
    let lines: Vec<Vec<String>> = names.map_or(Vec::new(), |lanes| lanes.names.iter().map(lines).collect());
    let widest = lines.iter().flatten().map(|line| pen.width(line, NAME));
    let widest = widest.fold(0.0, f64::max);
    LaneNames {
        width: if lines.is_empty() { 0.0 } else { widest + 14.0 },
        lines,
    }
}

/// Puts the names of the swim-lanes left of what they hold.
fn beside_names(pen: &Pen, layout: &Layout, names: &LaneNames, body: Body) -> Body {
    if names.lines.is_empty() {
        return body;
    }
    let mut elements = String::new();
    for (lines, (top, bottom)) in names.lines.iter().zip(&layout.swimlanes) {
        let height = NAME.size * 1.25;
        let first = layout_top(layout) + BAND_PAD + (top + bottom - height * lines.len() as f64) / 2.0;
        for (place, line) in lines.iter().enumerate() {
            let at = (Anchor::Start(0.0), first + height * (place as f64 + 0.8));
            elements.push_str(&pen.text(line, NAME, &pen.theme.page.text, at));
        }
    }
    Body {
        width: body.width + names.width,
        elements: elements + &moved(names.width, 0.0, &body.elements),
        ..body
    }
}

/// Px above the bands: a high picture has its years there, too.
fn layout_top(layout: &Layout) -> f64 {
    if layout.height > TALL { AXIS_HEIGHT } else { 0.0 }
}

/// What bands and axis leave of a room.
pub(super) fn free((width, height): (f64, f64)) -> (f64, f64) {
    let axes = if height > TALL { 2.0 } else { 1.0 };
    (width, height - 2.0 * BAND_PAD - axes * AXIS_HEIGHT)
}

/// Puts bands, links and nodes of a layout together.
pub(super) fn body(pen: &Pen, picture: &Picture, layout: &Layout, nodes: &str) -> Body {
    let top = layout_top(layout);
    let bottom = top + layout.height + 2.0 * BAND_PAD;
    let mut elements = swimlanes(pen, layout, top + BAND_PAD);
    elements.push_str(&bands(pen, layout, (top, bottom)));
    let content = format!(
        "{}{}{nodes}",
        casings(pen, picture, layout),
        links(pen, picture, layout)
    );
    elements.push_str(&moved(0.0, top + BAND_PAD, &content));
    Body {
        width: layout.width,
        height: bottom + AXIS_HEIGHT,
        elements,
        axis: Axis::of(picture, layout),
    }
}

fn bands(pen: &Pen, layout: &Layout, (top, bottom): (f64, f64)) -> String {
    let page = &pen.theme.page;
    let mut elements = String::new();
    for (place, band) in layout.bands.iter().enumerate() {
        if !layout.swimlanes.is_empty() {
            if place > 0 {
                elements.push_str(&grid(pen, band.x, (top, bottom)));
            }
        } else if place % 2 == 0 {
            let rect = Rect {
                x: band.x,
                y: top,
                width: band.width,
                height: bottom - top,
            };
            elements.push_str(&rectangle(&rect).attr("fill", &page.band).empty());
        }
        elements.push_str(&year(pen, band, bottom + 19.0));
        if top > 0.0 {
            elements.push_str(&year(pen, band, top - 9.0));
        }
    }
    elements.push_str(&axis_line(pen, layout, bottom));
    Element::new("g").attr("class", "axis").around(&elements)
}

/// Every second swim-lane in another shade.
fn swimlanes(pen: &Pen, layout: &Layout, y: f64) -> String {
    let shaded = layout.swimlanes.iter().step_by(2).map(|(top, bottom)| Rect {
        x: 0.0,
        y: y + top,
        width: layout.width,
        height: bottom - top,
    });
    let shaded = shaded.map(|rect| rectangle(&rect).attr("fill", &pen.theme.page.band).empty());
    shaded.collect()
}

/// A thin line between two years.
fn grid(pen: &Pen, x: f64, (top, bottom): (f64, f64)) -> String {
    Element::new("line")
        .num("x1", x)
        .num("y1", top)
        .num("x2", x)
        .num("y2", bottom)
        .attr("stroke", &pen.theme.page.grid)
        .attr("stroke-width", "1")
        .empty()
}

/// The name of a band; a folded span has none but the break in the axis.
fn year(pen: &Pen, band: &Band, y: f64) -> String {
    let page = &pen.theme.page;
    let color = if band.content == Content::Works && band.years.is_some() {
        &page.text
    } else {
        &page.muted
    };
    if band.content == Content::Folded {
        return String::new();
    }
    let text = words::years(band.years);
    let style = if band.content == Content::Works {
        YEAR
    } else {
        TextStyle::regular(12.0)
    };
    pen.text(
        &text,
        style,
        color,
        (Anchor::Middle(band.x + band.width / 2.0), y),
    )
}

/// The axis with a tick between years and a visible break where years are folded.
fn axis_line(pen: &Pen, layout: &Layout, y: f64) -> String {
    let mut elements = String::new();
    for band in &layout.bands {
        let right = band.x + band.width;
        if band.content == Content::Folded {
            elements.push_str(&fold(pen, band, y));
        } else {
            elements.push_str(&line(pen, (band.x, y), (right, y)));
        }
        elements.push_str(&line(pen, (right, y), (right, y + 5.0)));
    }
    elements
}

fn line(pen: &Pen, from: (f64, f64), to: (f64, f64)) -> String {
    Element::new("line")
        .num("x1", from.0)
        .num("y1", from.1)
        .num("x2", to.0)
        .num("y2", to.1)
        .attr("stroke", &pen.theme.page.axis)
        .attr("stroke-width", "1.5")
        .empty()
}

/// Two slanted strokes in a gap of the axis, and the years they stand for as a title.
fn fold(pen: &Pen, band: &Band, y: f64) -> String {
    let middle = band.x + band.width / 2.0;
    let title = match band.years {
        Some((first, last)) => Element::new("title").text(&format!("{first} to {last}: no works shown")),
        None => String::new(),
    };
    let strokes = [
        line(pen, (band.x, y), (middle - 4.0, y)),
        line(pen, (middle + 4.0, y), (band.x + band.width, y)),
        line(pen, (middle - 7.0, y + 7.0), (middle - 1.0, y - 7.0)),
        line(pen, (middle + 1.0, y + 7.0), (middle + 7.0, y - 7.0)),
    ];
    Element::new("g").around(&(title + &strokes.concat()))
}

/// The links, weak relations first, so that strong ones lie on top.
fn links(pen: &Pen, picture: &Picture, layout: &Layout) -> String {
    let mut drawn: BTreeMap<(bool, i64, usize), String> = BTreeMap::new();
    for (place, (link, route)) in picture.drawn_links().zip(&layout.routes).enumerate() {
        if route.pieces.is_empty() {
            continue;
        }
        let corrected = link.certainty == Certainty::Corrected;
        let strength = (pen.theme.relation(link.relation).width * 10.0) as i64;
        drawn.insert(
            (corrected, strength, place),
            link_group(pen, (picture, layout), link, route),
        );
    }
    drawn.into_values().collect()
}

/// The lines on both sides of the longest chain, under all links: a wide stroke, and the page over its middle.
fn casings(pen: &Pen, picture: &Picture, layout: &Layout) -> String {
    let chain = &pen.theme.chain;
    let on_chain = |link: &&Link| picture.is_on_chain(link);
    let routes = picture
        .drawn_links()
        .zip(&layout.routes)
        .filter(|(link, route)| on_chain(link) && !route.pieces.is_empty());
    let (mut below, mut above) = (String::new(), String::new());
    for (link, route) in routes {
        let inner = pen.theme.relation(link.relation).width + 2.0 * CASING;
        let stroke = |color: &str, width| {
            Element::new("path")
                .attr("d", &path(route))
                .attr("fill", "none")
                .attr("stroke", color)
                .num("stroke-width", width)
        };
        below.push_str(&stroke(&chain.color, inner + 2.0 * chain.width).empty());
        above.push_str(&stroke(&pen.theme.page.background, inner).empty());
    }
    if below.is_empty() {
        return String::new();
    }
    Element::new("g").attr("class", "chain").around(&(below + &above))
}

/// The ring around a work of the longest chain.
fn ring(pen: &Pen, on_chain: bool, shape: Shape, rect: &Rect) -> String {
    if !on_chain {
        return String::new();
    }
    let around = Rect {
        x: rect.x - RING,
        y: rect.y - RING,
        width: rect.width + 2.0 * RING,
        height: rect.height + 2.0 * RING,
    };
    let corner = corner(shape, rect) + RING;
    rectangle(&around)
        .num("rx", corner)
        .num("ry", corner)
        .attr("fill", "none")
        .attr("stroke", &pen.theme.chain.color)
        .num("stroke-width", pen.theme.chain.width)
        .empty()
}

/// The look of a card, shaded by how many references it is away.
fn tinted(pen: &Pen, picture: &Picture, card: &Card) -> CardLook {
    let look = pen.theme.card(card.state);
    match card
        .depth
        .filter(|depth| *depth > 0 && card.state != State::Focus)
    {
        Some(depth) => CardLook {
            fill: pen.theme.tint(depth, picture.farthest()),
            ..look
        },
        None => look,
    }
}

fn link_group(pen: &Pen, (picture, layout): (&Picture, &Layout), link: &Link, route: &Route) -> String {
    let look = pen.theme.relation(link.relation);
    let mut content = Element::new("title").text(&describe::link(picture, link, pen.theme));
    let curve = Element::new("path")
        .attr("d", &path(route))
        .attr("fill", "none")
        .attr("stroke", &look.color)
        .num("stroke-width", look.width)
        .dash(&look.dash);
    content.push_str(&curve.empty());
    content.push_str(&arrowhead(route.tip, route.heading, &look.color));
    if link.certainty == Certainty::Corrected {
        content.push_str(&corrected_mark(
            mark_place(route, layout),
            &look.color,
            &pen.theme.page.background,
        ));
    }
    let class = format!("reference {}", link.relation);
    Element::new("g").attr("class", &class).around(&content)
}

fn path(route: &Route) -> String {
    let at = |p: Point| format!("{},{}", number(p.x), number(p.y));
    let mut text = format!("M{}", at(route.start));
    for piece in &route.pieces {
        text.push_str(&match *piece {
            Piece::Line(end) => format!(" L{}", at(end)),
            Piece::Curve(a, b, end) => format!(" C{} {} {}", at(a), at(b), at(end)),
        });
    }
    text
}

fn polygon(points: &[(f64, f64)]) -> Element {
    let points: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{},{}", number(*x), number(*y)))
        .collect();
    Element::new("polygon").attr("points", &points.join(" "))
}

/// An arrowhead with its tip at a point.
pub(super) fn arrowhead(tip: Point, heading: Point, color: &str) -> String {
    let (back, half) = (10.0, 4.2);
    let corner = |side: f64| {
        (
            tip.x - back * heading.x + side * heading.y,
            tip.y - back * heading.y - side * heading.x,
        )
    };
    polygon(&[(tip.x, tip.y), corner(half), corner(-half)])
        .attr("fill", color)
        .empty()
}

/// The diamond on a reference that was reached by a corrected date.
pub(super) fn corrected_mark(at: Point, color: &str, background: &str) -> String {
    polygon(&[
        (at.x - 7.0, at.y),
        (at.x, at.y - 7.0),
        (at.x + 7.0, at.y),
        (at.x, at.y + 7.0),
    ])
    .attr("fill", background)
    .attr("stroke", color)
    .attr("stroke-width", "2")
    .empty()
}

/// Px between the middle of a mark and the cards around it.
const CLEAR: f64 = 14.0;
/// Px along a route between places that are tried for its mark.
const STEP: f64 = 6.0;

/// The place for the mark of a route: as near to its middle as cards leave room.
fn mark_place(route: &Route, layout: &Layout) -> Point {
    let places = along(route);
    let middle = places.len() / 2;
    let is_clear = |at: &Point| {
        layout.boxes.iter().all(|rect| {
            let beside = (rect.x - at.x).max(at.x - rect.right());
            let above = (rect.y - at.y).max(at.y - rect.bottom());
            beside.max(above) >= CLEAR
        })
    };
    let mut nearest: Vec<usize> = (0..places.len()).collect();
    nearest.sort_by_key(|place| place.abs_diff(middle));
    let clear = nearest.into_iter().map(|place| places[place]).find(is_clear);
    clear.or(places.get(middle).copied()).unwrap_or(route.tip)
}

/// Points along a route at equal distances.
fn along(route: &Route) -> Vec<Point> {
    let mut places = Vec::new();
    let mut left = STEP / 2.0;
    for pair in route.sampled().windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.x - from.x).hypot(to.y - from.y);
        let mut at = left;
        while at < length {
            let part = at / length;
            places.push(Point::new(
                from.x + (to.x - from.x) * part,
                from.y + (to.y - from.y) * part,
            ));
            at += STEP;
        }
        left = at - length;
    }
    places
}

/// A group with the id of a work, its title and, where there is one, its address.
pub(super) fn card_group(card: &Card, id: &str, shape: &str) -> String {
    let title = Element::new("title").text(&describe::card(card));
    let content = match describe::address(card) {
        Some(url) => Element::new("a")
            .attr("xlink:href", url)
            .around(&format!("{title}{shape}")),
        None => format!("{title}{shape}"),
    };
    Element::new("g")
        .attr("id", id)
        .attr("class", &describe::class(card))
        .around(&content)
}

/// A rectangle without looks.
pub(super) fn rectangle(rect: &Rect) -> Element {
    Element::new("rect")
        .num("x", rect.x)
        .num("y", rect.y)
        .num("width", rect.width)
        .num("height", rect.height)
}

/// The outline of a card of a shape and state.
pub(super) fn outline(pen: &Pen, shape: Shape, state: State, rect: &Rect) -> String {
    outlined(&pen.theme.card(state), shape, rect)
}

fn corner(shape: Shape, rect: &Rect) -> f64 {
    match shape {
        Shape::Document => CORNER,
        Shape::Instrument => (rect.height / 2.0).min(22.0),
    }
}

fn outlined(look: &CardLook, shape: Shape, rect: &Rect) -> String {
    let corner = corner(shape, rect);
    rectangle(rect)
        .num("rx", corner)
        .num("ry", corner)
        .attr("fill", &look.fill)
        .attr("stroke", &look.stroke)
        .num("stroke-width", look.width)
        .dash(&look.dash)
        .empty()
}

/// A card with its text.
pub(super) fn card_shape(pen: &Pen, (card, look): (&Card, &CardLook), label: &Label, rect: &Rect) -> String {
    let mut elements = outlined(look, card.shape, rect);
    let top = rect.center().y - label.text_height / 2.0;
    for line in &label.lines {
        let color = match line.tone {
            Tone::Full => &look.text,
            Tone::Muted => &look.muted,
        };
        let anchor = match card.shape {
            Shape::Document => Anchor::Start(rect.x + PAD.0),
            Shape::Instrument => Anchor::Middle(rect.center().x),
        };
        elements.push_str(&pen.text(&line.text, line.style, color, (anchor, top + line.baseline)));
    }
    elements
}
