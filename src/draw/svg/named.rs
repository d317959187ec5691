//! A work in, its number in bold and as much of its title as fits beside it out: the head of a row.

use super::{Anchor, Pen};
use crate::draw::font::{self, Boldness, TextStyle};
use crate::draw::picture::Card;

/// Px between number and title.
const SPACE: f64 = 8.0;
/// Narrower than this a title says nothing.
const LEAST_TITLE: f64 = 60.0;
/// Height of a line over the size of its text.
const LEADING: f64 = 1.2;

/// Where a name goes.
pub(super) struct Place {
    /// Its left side and the middle of its height.
    pub(super) at: (f64, f64),
    pub(super) width: f64,
    /// Size of its text in px.
    pub(super) size: f64,
    /// Most lines.
    pub(super) lines: usize,
}

impl Place {
    /// The most lines that a row of a height has room for.
    pub(super) fn lines_in(height: f64, size: f64) -> usize {
        if height >= 2.0 * LEADING * size + 3.0 {
            2
        } else {
            1
        }
    }

    fn write(&self, pen: &Pen, lines: &[String], style: TextStyle, (x, color): (f64, &str)) -> String {
        let step = LEADING * self.size;
        let first = self.at.1 + 0.35 * self.size - step * (lines.len() as f64 - 1.0) / 2.0;
        let line = |(place, line): (usize, &String)| {
            pen.text(
                line,
                style,
                color,
                (Anchor::Start(x), first + step * place as f64),
            )
        };
        lines.iter().enumerate().map(line).collect()
    }
}

/// Draws it.
pub(super) fn named(pen: &Pen, card: &Card, place: &Place) -> String {
    let (strong, regular) = (TextStyle::bold(place.size), TextStyle::regular(place.size));
    let wrap = |text: &str, style, width| {
        let text = font::one_line(text);
        pen.fonts.wrap(&text, style, width, place.lines)
    };
    let page = &pen.theme.page;
    let heading = wrap(&card.heading, strong, place.width);
    let widest = heading
        .iter()
        .map(|line| pen.width(line, strong))
        .fold(0.0, f64::max);
    let used = widest + SPACE;
    let elements = place.write(pen, &heading, strong, (place.at.0, &page.text));
    if place.width - used <= LEAST_TITLE || card.title.is_empty() {
        return elements;
    }
    let title = wrap(&card.title, regular, place.width - used);
    elements + &place.write(pen, &title, regular, (place.at.0 + used, &page.muted))
}

/// Px that number and title take up on one line.
pub(super) fn width(pen: &Pen, card: &Card, size: f64) -> f64 {
    let of = |text: &str, boldness| pen.fonts.width(&font::one_line(text), size, boldness);
    let title = of(&card.title, Boldness::Regular);
    let title = if title > 0.0 { title + SPACE } else { 0.0 };
    of(&card.heading, Boldness::Bold) + title + 1.0
}
