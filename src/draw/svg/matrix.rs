//! Who refers to what: a picture in, a table of cells out, each outlined by the relation and with the number of passages.

use super::named::{Place, named};
use super::network::{card_group, rectangle};
use super::xml::Element;
use super::{Anchor, Axis, Body, Pen};
use crate::draw::describe;
use crate::draw::font::{self, TextStyle};
use crate::draw::ids::Ids;
use crate::draw::layout::Rect;
use crate::draw::picture::{Card, Link, Matrix, Picture};

/// Narrowest and widest names.
const NAMES: (f64, f64) = (310.0, 560.0);
const DATE: f64 = 136.0;
/// Lowest and highest row.
const ROW: (f64, f64) = (30.0, 44.0);
/// Px under the last row.
const FOOT: f64 = 6.0;
/// Narrowest and widest column, between which the longest word decides.
const COLUMN: (f64, f64) = (98.0, 128.0);
const STRONG: TextStyle = TextStyle::bold(12.0);
const TEXT: TextStyle = TextStyle::regular(12.0);
const LINE: f64 = 15.0;
const HEAD_LINES: usize = 6;

/// Where rows and columns are.
struct Grid {
    /// Height of the heads of columns.
    top: f64,
    row: f64,
    column: f64,
    /// Width of the names of rows.
    names: f64,
    width: f64,
}

impl Grid {
    /// Names and rows take what a room leaves free.
    fn new(matrix: &Matrix, (top, column): (f64, f64), room: Option<(f64, f64)>) -> Self {
        let (rows, columns) = (matrix.rows.len(), matrix.columns.len());
        let needed = DATE + column * columns as f64;
        let (width, height) = room.unwrap_or((0.0, 0.0));
        let names = (width - needed).clamp(NAMES.0, NAMES.1);
        Self {
            top,
            // Less than the room by as much as sums of rows may be off.
            row: ((height - top - FOOT - 0.1) / rows.max(1) as f64).clamp(ROW.0, ROW.1),
            column,
            names,
            width: names + needed,
        }
    }

    /// The left side of a column.
    fn left(&self, column: usize) -> f64 {
        self.names + DATE + self.column * column as f64
    }

    /// The top side of a row.
    fn top_of(&self, row: usize) -> f64 {
        self.top + self.row * row as f64
    }
}

/// The matrix.
pub(super) fn body(pen: &Pen, picture: &Picture, matrix: &Matrix, room: Option<(f64, f64)>) -> Body {
    let ids = Ids::of(picture);
    let column = column_width(pen, picture, matrix);
    let heads: Vec<Vec<String>> = columns(picture, matrix)
        .map(|card| {
            pen.fonts
                .wrap(&font::one_line(&card.heading), STRONG, column - 8.0, HEAD_LINES)
        })
        .collect();
    let top = heads.iter().map(Vec::len).max().unwrap_or(0) as f64 * LINE + 12.0;
    let grid = Grid::new(matrix, (top, column), room);
    let mut elements = String::new();
    for (at, row) in matrix.rows.iter().enumerate() {
        let card = &picture.cards[*row];
        let head = ground(pen, &grid, at, (0.0, grid.left(0)))
            + &row_head(pen, card, &grid, grid.top_of(at) + grid.row / 2.0);
        elements.push_str(&card_group(card, &ids[*row], &head));
        elements.push_str(&ground(pen, &grid, at, (grid.left(0), grid.width)));
    }
    for ((at, cited), lines) in matrix.columns.iter().enumerate().zip(&heads) {
        let head = Rect {
            x: grid.left(at),
            y: 0.0,
            width: column,
            height: top,
        };
        let head = column_head(pen, lines, &head);
        elements.push_str(&card_group(&picture.cards[*cited], &ids[*cited], &head));
    }
    elements.push_str(&cells(pen, picture, matrix, &grid));
    Body {
        width: grid.width,
        height: grid.top_of(matrix.rows.len()) + FOOT,
        elements,
        axis: Axis::default(),
    }
}

/// What lies behind a row from one place to another.
fn ground(pen: &Pen, grid: &Grid, row: usize, (left, right): (f64, f64)) -> String {
    let page = &pen.theme.page;
    let fill = if row.is_multiple_of(2) {
        &page.band
    } else {
        &page.background
    };
    let rect = Rect {
        x: left,
        y: grid.top_of(row),
        width: right - left,
        height: grid.row,
    };
    rectangle(&rect).attr("fill", fill).empty()
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
fn row_head(pen: &Pen, card: &Card, grid: &Grid, middle: f64) -> String {
    let name = Place {
        at: (8.0, middle),
        width: grid.names - 20.0,
        size: TEXT.size,
        lines: Place::lines_in(grid.row, TEXT.size),
    };
    let date = pen
        .fonts
        .wrap(&font::one_line(&card.date_label), TEXT, DATE - 10.0, 1);
    let at = (Anchor::Start(grid.names), middle + 4.3);
    named(pen, card, &name) + &pen.text(&date.concat(), TEXT, &pen.theme.page.muted, at)
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

fn cells(pen: &Pen, picture: &Picture, matrix: &Matrix, grid: &Grid) -> String {
    let mut elements = String::new();
    for (y, row) in matrix.rows.iter().enumerate() {
        for (x, column) in matrix.columns.iter().enumerate() {
            let links: Vec<&Link> = picture
                .drawn_links()
                .filter(|link| link.citing == *row && link.cited == *column)
                .collect();
            let rect = Rect {
                x: grid.left(x) + 10.0,
                y: grid.top_of(y) + 4.0,
                width: grid.column - 20.0,
                height: grid.row - 8.0,
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
