//! Who refers to what: a picture in, a table of cells out, each outlined by the relation and with the number of passages.

use super::network::{card_group, rectangle};
use super::xml::Element;
use super::{Anchor, Axis, Body, Pen};
use crate::draw::describe;
use crate::draw::font::{self, TextStyle};
use crate::draw::ids::Ids;
use crate::draw::layout::Rect;
use crate::draw::picture::{Card, Link, Matrix, Picture};

const NAMES: f64 = 310.0;
const DATE: f64 = 136.0;
const ROW: f64 = 30.0;
/// Narrowest and widest column, between which the longest word decides.
const COLUMN: (f64, f64) = (98.0, 128.0);
const STRONG: TextStyle = TextStyle::bold(12.0);
const TEXT: TextStyle = TextStyle::regular(12.0);
const LINE: f64 = 15.0;
const HEAD_LINES: usize = 4;

/// The matrix.
pub(super) fn body(pen: &Pen, picture: &Picture, matrix: &Matrix) -> Body {
    let ids = Ids::of(picture);
    let column = column_width(pen, picture, matrix);
    let width = NAMES + DATE + column * matrix.columns.len() as f64;
    let mut elements = String::new();
    let heads: Vec<Vec<String>> = columns(picture, matrix)
        .map(|card| {
            pen.fonts
                .wrap(&font::one_line(&card.heading), STRONG, column - 8.0, HEAD_LINES)
        })
        .collect();
    let top = heads.iter().map(Vec::len).max().unwrap_or(0) as f64 * LINE + 12.0;
    for (at, row) in matrix.rows.iter().enumerate() {
        let page = &pen.theme.page;
        let fill = if at % 2 == 0 { &page.band } else { &page.background };
        let y = top + ROW * at as f64;
        let ground = |x, width| {
            let rect = Rect {
                x,
                y,
                width,
                height: ROW,
            };
            rectangle(&rect).attr("fill", fill).empty()
        };
        let head = ground(0.0, NAMES + DATE) + &row_head(pen, &picture.cards[*row], y + ROW / 2.0);
        elements.push_str(&card_group(&picture.cards[*row], &ids[*row], &head));
        elements.push_str(&ground(NAMES + DATE, width - NAMES - DATE));
    }
    for ((at, cited), lines) in matrix.columns.iter().enumerate().zip(&heads) {
        let head = Rect {
            x: NAMES + DATE + column * at as f64,
            y: 0.0,
            width: column,
            height: top,
        };
        let head = column_head(pen, lines, &head);
        elements.push_str(&card_group(&picture.cards[*cited], &ids[*cited], &head));
    }
    elements.push_str(&cells(pen, picture, matrix, (top, column)));
    Body {
        width,
        height: top + ROW * matrix.rows.len() as f64 + 6.0,
        elements,
        axis: Axis::default(),
    }
}

/// Wide enough for the longest word of a name.
fn column_width(pen: &Pen, picture: &Picture, matrix: &Matrix) -> f64 {
    let words = columns(picture, matrix).flat_map(|card| card.heading.split_whitespace());
    let widest = words.fold(0.0_f64, |width, word| width.max(pen.width(word, STRONG)));
    (widest.ceil() + 10.0).clamp(COLUMN.0, COLUMN.1)
}

fn columns<'a>(picture: &'a Picture, matrix: &'a Matrix) -> impl Iterator<Item = &'a Card> {
    matrix.columns.iter().map(|place| &picture.cards[*place])
}

/// Number, as much of the title as fits, and date.
fn row_head(pen: &Pen, card: &Card, middle: f64) -> String {
    let page = &pen.theme.page;
    let baseline = middle + 4.3;
    let fitted = |text: &str, style, room| pen.fonts.wrap(&font::one_line(text), style, room, 1).concat();
    let heading = fitted(&card.heading, STRONG, NAMES - 20.0);
    let used = pen.width(&heading, STRONG) + 8.0;
    let mut elements = pen.text(&heading, STRONG, &page.text, (Anchor::Start(8.0), baseline));
    if NAMES - used > 80.0 && !card.title.is_empty() {
        let title = fitted(&card.title, TEXT, NAMES - used - 20.0);
        elements.push_str(&pen.text(&title, TEXT, &page.muted, (Anchor::Start(8.0 + used), baseline)));
    }
    let date = fitted(&card.date_label, TEXT, DATE - 10.0);
    elements + &pen.text(&date, TEXT, &page.muted, (Anchor::Start(NAMES), baseline))
}

/// The lines of a name, standing on the table.
fn column_head(pen: &Pen, lines: &[String], place: &Rect) -> String {
    let page = &pen.theme.page;
    let top = place.height - 6.0 - lines.len() as f64 * LINE;
    let line = |(at, line): (usize, &String)| {
        let baseline = top + LINE * (at as f64 + 0.76);
        pen.text(
            line,
            STRONG,
            &page.text,
            (Anchor::Middle(place.center().x), baseline),
        )
    };
    let lines: String = lines.iter().enumerate().map(line).collect();
    rectangle(place).attr("fill", &page.background).empty() + &lines
}

fn cells(pen: &Pen, picture: &Picture, matrix: &Matrix, (top, width): (f64, f64)) -> String {
    let mut elements = String::new();
    for (y, row) in matrix.rows.iter().enumerate() {
        for (x, column) in matrix.columns.iter().enumerate() {
            let links: Vec<&Link> = picture
                .drawn_links()
                .filter(|link| link.citing == *row && link.cited == *column)
                .collect();
            let rect = Rect {
                x: NAMES + DATE + width * x as f64 + 10.0,
                y: top + ROW * y as f64 + 4.0,
                width: width - 20.0,
                height: ROW - 8.0,
            };
            elements.push_str(&cell(pen, picture, &links, &rect));
        }
    }
    elements
}

fn cell(pen: &Pen, picture: &Picture, links: &[&Link], rect: &Rect) -> String {
    let Some(first) = links.first() else {
        return String::new();
    };
    let said: Vec<String> = links
        .iter()
        .map(|link| describe::link(picture, link, pen.theme))
        .collect();
    let mentions: usize = links.iter().map(|link| link.mentions).sum();
    let at = (Anchor::Middle(rect.center().x), rect.center().y + 4.3);
    let elements = [
        Element::new("title").text(&said.join("; ")),
        pen.related(first.relation, rect),
        pen.text(&mentions.to_string(), STRONG, &pen.theme.page.text, at),
    ];
    Element::new("g")
        .attr("class", &format!("reference {}", first.relation))
        .around(&elements.concat())
}
