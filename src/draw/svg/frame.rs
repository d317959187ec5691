//! A drawn body in, the whole page out: headline, subtitle, body, legend, notes and footer around it.

use super::xml::{Element, escape, number};
use super::{Anchor, Axis, Body, Pen, legend, moved};
use crate::draw::describe;
use crate::draw::font::{self, TextStyle};
use crate::draw::picture::{Picture, View};
use crate::draw::words;

const MARGIN: f64 = 20.0;
const LEAST_WIDTH: f64 = 760.0;
const TITLE: TextStyle = TextStyle::bold(22.0);
const SUBTITLE: TextStyle = TextStyle::regular(14.0);
const NOTE: TextStyle = TextStyle::regular(12.0);
const FOOTER: TextStyle = TextStyle::regular(12.0);

/// The page: as large as the picture needs, or of the shape asked for.
pub(super) fn page(pen: &Pen, picture: &Picture, body: &Body) -> String {
    let Some((page_width, page_height)) = picture.page.size() else {
        let width = (body.width.max(LEAST_WIDTH) + 2.0 * MARGIN).ceil();
        let (height, elements) = stacked(pen, picture, body, (width, None));
        return document(pen, picture, ((width, height), (width, height)), &elements);
    };
    // In steps that meet the page itself.
    let sizes = (LEAST_PERCENT..)
        .step_by(2)
        .map(|percent| f64::from(percent) / 100.0);
    let sizes = sizes.map(|scale| ((page_width * scale).ceil(), (page_height * scale).ceil()));
    let fits = |(width, height): &(f64, f64)| {
        body.width <= width - 2.0 * MARGIN + 0.01 && stacked(pen, picture, body, (*width, None)).0 <= *height
    };
    let (width, height) = sizes.take(1000).find(fits).unwrap_or((page_width, page_height));
    let (_, elements) = stacked(pen, picture, body, (width, Some(height)));
    // A picture that leaves room is drawn larger; one that needs more makes a larger page of the same shape.
    let shown = (width.max(page_width), height.max(page_height));
    document(pen, picture, (shown, (width, height)), &elements)
}

/// Smallest part of a page, in percent of its sides, that is drawn large enough to fill it.
const LEAST_PERCENT: u32 = 70;

/// Width and height that the page leaves for the body; none where it may have any size.
pub(super) fn room(pen: &Pen, picture: &Picture) -> Option<(f64, f64)> {
    let (width, height) = picture.page.size()?;
    let empty = Body {
        width: 0.0,
        height: 0.0,
        elements: String::new(),
        axis: Axis {
            folded: true,
            shared: true,
            widened: true,
            placed: true,
        },
    };
    let used = stacked(pen, picture, &empty, (width, None)).0;
    Some((width - 2.0 * MARGIN, (height - used).max(0.0)))
}

/// Headline, body, legend and foot one under the other: the height that they take up, and the elements. Where the page
/// has a height, the body is in the middle of what is free and the foot at its end.
fn stacked(pen: &Pen, picture: &Picture, body: &Body, (width, height): (f64, Option<f64>)) -> (f64, String) {
    let free = height.map_or(0.0, |height| {
        (height - stacked(pen, picture, body, (width, None)).0).max(0.0)
    });
    let inner = width - 2.0 * MARGIN;
    let mut column = Column {
        pen,
        width: inner,
        y: MARGIN,
        elements: String::new(),
    };
    let page = &pen.theme.page;
    column.write(&picture.title, TITLE, &page.title, 3);
    column.write(&subtitle(picture), SUBTITLE, &page.muted, 3);
    column.skip(12.0 + free / 2.0);
    let beside = (inner - body.width).max(0.0);
    column.place(body, if picture.is_network() { beside / 2.0 } else { 0.0 });
    column.skip(8.0 + free / 2.0);
    column.place(&legend::legend(pen, picture, inner), 0.0);
    column.skip(8.0);
    column.write(&notes(picture, body).join(" "), NOTE, &page.text, 6);
    column.skip(4.0);
    for line in &picture.footer {
        column.write(line, FOOTER, &page.muted, 4);
    }
    ((column.y + MARGIN - 4.0).ceil(), column.elements)
}

fn subtitle(picture: &Picture) -> String {
    let mut parts = vec![picture.subtitle.clone()];
    if let View::Centrality(measure) = &picture.view {
        parts.push(format!("{}: {}", measure.name, measure.definition));
    }
    if picture.is_network() && picture.drawn_links().next().is_some() {
        parts.push(words::ARROWS.to_owned());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// What the picture says of what it leaves out, and how to read it.
fn notes(picture: &Picture, body: &Body) -> Vec<String> {
    let mut read = Vec::new();
    if picture.cards.is_empty() {
        read.push(words::EMPTY);
    }
    if picture.is_network() {
        read.extend(axis(body));
    }
    match picture.view {
        View::Lineage if picture.farthest() > 1 => read.push(words::DEPTH),
        View::Centrality(_) => read.push(words::RANKING),
        View::Lanes(_) => read.push(words::LANES),
        _ => {}
    }
    let mut notes = picture.notes.clone();
    notes.push(read.join(" "));
    notes.retain(|note| !note.is_empty());
    notes
}

/// How to read the axis of time.
fn axis(body: &Body) -> Vec<&'static str> {
    let mut read = Vec::new();
    if body.axis.widened {
        read.push(words::AXIS);
    }
    if body.axis.shared {
        read.push(words::SHARED);
    }
    if body.axis.folded {
        read.push(words::FOLDED);
    }
    if body.axis.placed {
        read.push(words::UNDATED_NOTE);
    }
    read
}

/// Text and parts one under the other.
struct Column<'a> {
    pen: &'a Pen<'a>,
    width: f64,
    y: f64,
    elements: String,
}

impl Column<'_> {
    fn write(&mut self, text: &str, style: TextStyle, color: &str, lines: usize) {
        for line in self
            .pen
            .fonts
            .wrap(&font::one_line(text), style, self.width, lines)
        {
            let height = style.size * 1.35;
            let at = (Anchor::Start(MARGIN), self.y + height * 0.5 + style.size * 0.36);
            self.elements.push_str(&self.pen.text(&line, style, color, at));
            self.y += height;
        }
    }

    fn place(&mut self, body: &Body, x: f64) {
        if body.height > 0.0 {
            self.elements.push_str(&moved(MARGIN + x, self.y, &body.elements));
            self.y += body.height;
        }
    }

    fn skip(&mut self, px: f64) {
        self.y += px;
    }
}

/// Px by which the background reaches over the page on every side.
const BLEED: f64 = 2.0;

/// The file: shown at one size, with coordinates of another.
fn document(
    pen: &Pen,
    picture: &Picture,
    (shown, (width, height)): ((f64, f64), (f64, f64)),
    elements: &str,
) -> String {
    // The shape shown and the one drawn differ by less than a px, which would leave a strip on two sides bare.
    let background = Element::new("rect")
        .attr("id", "picture_background")
        .num("x", -BLEED)
        .num("y", -BLEED)
        .num("width", width + 2.0 * BLEED)
        .num("height", height + 2.0 * BLEED)
        .attr("fill", &pen.theme.page.background)
        .empty();
    let title = Element::new("title")
        .attr("id", "picture_title")
        .text(&picture.title);
    let text = describe::picture(picture, pen.theme);
    let description = Element::new("desc").attr("id", "picture_description").text(&text);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"picture_title picture_description\" \
         xml:lang=\"{language}\" font-family=\"{families}\">\n{title}{description}{background}{elements}</svg>\n",
        number(shown.0),
        number(shown.1),
        w = number(width),
        h = number(height),
        language = picture.language.code(),
        families = escape(&pen.theme.fonts.families()),
    )
}
