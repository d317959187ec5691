//! A picture in, one SVG text out: SVG 1.1 with presentation attributes only, so that browsers, Inkscape, LibreOffice and
//! PowerPoint draw it alike. Text stays text, every work and reference is a group with a title.

mod bars;
mod centrality;
mod columns;
mod frame;
mod lanes;
mod legend;
mod matrix;
mod named;
mod network;
mod xml;

use super::font::{Boldness, Fonts, TextStyle};
use super::layout::{Band, Content, Layout, Rect};
use super::picture::{Picture, View};
use super::theme::Theme;
use crate::model::Relation;
use xml::Element;

/// Draws a picture as SVG, with the text measured in the font of the theme.
///
/// ```
/// use citegraph::draw::{svg, Picture, Theme};
/// let svg = svg(&Picture::new("Nothing cites anything", "an empty corpus"), &Theme::builtin());
/// assert!(svg.starts_with("<?xml") && svg.trim_end().ends_with("</svg>"));
/// ```
pub fn svg(picture: &Picture, theme: &Theme) -> String {
    let pen = Pen {
        fonts: &theme.fonts,
        theme,
    };
    let room = frame::room(&pen, picture);
    frame::page(&pen, picture, &body(&pen, picture, room))
}

fn body(pen: &Pen, picture: &Picture, room: Option<(f64, f64)>) -> Body {
    match &picture.view {
        View::Lineage => network::cards(pen, picture, room),
        View::Centrality(measure) => centrality::body(pen, picture, measure, room),
        View::Lanes(lanes) => lanes::body(pen, picture, lanes, room),
        View::Columns(counts) => columns::body(pen, counts, room),
        View::Matrix(matrix) => matrix::body(pen, picture, matrix, room),
    }
}

/// Whether a picture fits its page with text of 9 pt.
pub fn fits(picture: &Picture, theme: &Theme) -> bool {
    let pen = Pen {
        fonts: &theme.fonts,
        theme,
    };
    let Some((width, height)) = frame::room(&pen, picture) else {
        return true;
    };
    let body = body(&pen, picture, Some((width, height)));
    body.width <= width + 0.01 && body.height <= height
}

/// What everything is drawn with.
struct Pen<'a> {
    fonts: &'a Fonts,
    theme: &'a Theme,
}

/// A part of the page: its size, and its elements with 0, 0 as its corner.
#[derive(Default)]
struct Body {
    width: f64,
    height: f64,
    elements: String,
    axis: Axis,
}

/// What the notes must say of a time axis.
#[derive(Clone, Copy, Default)]
struct Axis {
    folded: bool,
    shared: bool,
    /// Whether there is more than one band of years.
    widened: bool,
    /// Whether works without a date stand in a band of years.
    placed: bool,
}

/// Where a line of text is fastened.
#[derive(Clone, Copy)]
enum Anchor {
    Start(f64),
    Middle(f64),
    End(f64),
}

impl Pen<'_> {
    fn width(&self, text: &str, style: TextStyle) -> f64 {
        self.fonts.width(text, style.size, style.boldness)
    }

    /// A rectangle outlined as the references of a relation are drawn.
    fn related(&self, relation: Relation, rect: &Rect) -> String {
        let look = self.theme.relation(relation);
        network::rectangle(rect)
            .attr("rx", "3")
            .attr("ry", "3")
            .attr("fill", &self.theme.breath(relation))
            .attr("stroke", &look.color)
            .num("stroke-width", look.width)
            .dash(&look.dash)
            .empty()
    }

    /// One line of text. Its length is set, so that a viewer with another font keeps it in its place.
    fn text(&self, text: &str, style: TextStyle, color: &str, at: (Anchor, f64)) -> String {
        if text.is_empty() {
            return String::new();
        }
        let (x, anchor) = match at.0 {
            Anchor::Start(x) => (x, None),
            Anchor::Middle(x) => (x, Some("middle")),
            Anchor::End(x) => (x, Some("end")),
        };
        let mut element = Element::new("text")
            .num("x", x)
            .num("y", at.1)
            .num("font-size", style.size);
        if style.boldness == Boldness::Bold {
            element = element.attr("font-weight", "bold");
        }
        if let Some(anchor) = anchor {
            element = element.attr("text-anchor", anchor);
        }
        element = element.attr("fill", color);
        if self.fonts.covers(text) {
            let width = self.width(text, style);
            element = element
                .num("textLength", width)
                .attr("lengthAdjust", "spacingAndGlyphs");
        }
        element.text(text)
    }
}

impl Axis {
    fn of(picture: &Picture, layout: &Layout) -> Self {
        let shared = |band: &Band| band.content == Content::Works && band.years.is_some_and(|(a, b)| a < b);
        let dated = |band: &&Band| band.content == Content::Works && band.years.is_some();
        Self {
            widened: layout.bands.iter().filter(dated).count() > 1,
            folded: layout.bands.iter().any(|band| band.content == Content::Folded),
            shared: layout.bands.iter().any(shared),
            placed: (picture.cards.iter().zip(&layout.boxes)).any(|(card, rect)| {
                let x = rect.center().x;
                let inside = |band: &&Band| band.x <= x && x <= band.x + band.width;
                let band = layout.bands.iter().find(inside);
                card.date.is_none() && band.is_some_and(|band| band.years.is_some())
            }),
        }
    }
}

/// Moves elements.
fn moved(x: f64, y: f64, elements: &str) -> String {
    let by = format!("translate({} {})", xml::number(x), xml::number(y));
    Element::new("g").attr("transform", &by).around(elements)
}
