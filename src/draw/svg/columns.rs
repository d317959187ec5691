//! Counts by year: a picture in, a column for each year out, stacked by relation, with its sum on top.

use super::xml::Element;
use super::{Anchor, Axis, Body, Pen};
use crate::draw::font::TextStyle;
use crate::draw::layout::Rect;
use crate::draw::picture::Columns;
use crate::draw::words;
use crate::model::Relation;

/// Room where the page gives none.
const ROOM: (f64, f64) = (900.0, 352.0);
/// Left of the columns, for the numbers of the scale.
const SCALE: f64 = 44.0;
/// Around the column of what bears no date.
const APART: f64 = 80.0;
const HEAD: f64 = 44.0;
const FOOT: f64 = 28.0;
const STRONG: TextStyle = TextStyle::bold(13.0);
const TEXT: TextStyle = TextStyle::regular(12.0);
/// Widest column, and one of a single work at its highest.
const COLUMN: f64 = 120.0;
const UNIT: f64 = 100.0;

/// The columns.
pub(super) fn body(pen: &Pen, columns: &Columns, room: Option<(f64, f64)>) -> Body {
    let chart = Chart::new(columns, room.unwrap_or(ROOM));
    let mut elements = chart.scale(pen, &columns.counted);
    for (at, (name, counts)) in chart.columns.iter().enumerate() {
        elements.push_str(&chart.column(pen, at, name, counts));
    }
    Body {
        width: chart.width(),
        height: chart.bottom() + FOOT,
        elements,
        axis: Axis::default(),
    }
}

/// A name to stand below and what is stacked above it.
type Column<'a> = (String, &'a [(Relation, usize)]);

struct Chart<'a> {
    columns: Vec<Column<'a>>,
    step: f64,
    unit: f64,
    most: usize,
    dated: usize,
}

impl<'a> Chart<'a> {
    fn new(of: &'a Columns, (width, height): (f64, f64)) -> Self {
        let (width, height) = (width - SCALE - APART, height - HEAD - FOOT);
        let mut columns: Vec<Column<'a>> = of
            .years
            .iter()
            .map(|(year, counts)| (year.to_string(), counts.as_slice()))
            .collect();
        let dated = columns.len();
        if !of.undated.is_empty() {
            columns.push((words::UNDATED.to_owned(), &of.undated));
        }
        let most = columns
            .iter()
            .map(|(_, counts)| sum(counts))
            .max()
            .unwrap_or(0)
            .max(1);
        Self {
            step: (width / columns.len().max(1) as f64).clamp(10.0, COLUMN),
            unit: (height / most as f64).min(UNIT),
            columns,
            most,
            dated,
        }
    }

    /// The undated column stands apart.
    fn left(&self, at: usize) -> f64 {
        let apart = if at >= self.dated { APART / 2.0 } else { 0.0 };
        SCALE + at as f64 * self.step + apart
    }

    fn width(&self) -> f64 {
        let apart = if self.columns.len() > self.dated {
            APART
        } else {
            0.0
        };
        SCALE + self.columns.len() as f64 * self.step + apart
    }

    fn bottom(&self) -> f64 {
        HEAD + self.unit * self.most as f64
    }

    /// Lines at round numbers, at most six of them.
    fn scale(&self, pen: &Pen, counted: &str) -> String {
        let page = &pen.theme.page;
        let step = round_step(self.most);
        let mut elements = pen.text(counted, STRONG, &page.muted, (Anchor::Start(0.0), 14.0));
        for value in (0..=self.most).step_by(step) {
            let y = self.bottom() - self.unit * value as f64;
            let color = if value == 0 { &page.axis } else { &page.grid };
            let line = Element::new("line")
                .num("x1", SCALE - 6.0)
                .num("y1", y)
                .num("x2", self.width())
                .num("y2", y);
            elements.push_str(&line.attr("stroke", color).attr("stroke-width", "1").empty());
            elements.push_str(&pen.text(
                &value.to_string(),
                TEXT,
                &page.muted,
                (Anchor::End(SCALE - 12.0), y + 4.0),
            ));
        }
        Element::new("g").attr("class", "axis").around(&elements)
    }

    fn column(&self, pen: &Pen, at: usize, name: &str, counts: &[(Relation, usize)]) -> String {
        let page = &pen.theme.page;
        let (left, middle) = (self.left(at), self.left(at) + self.step / 2.0);
        let total = sum(counts);
        let mut elements = Element::new("title").text(&format!("{name}: {total}"));
        let mut y = self.bottom();
        for (relation, count) in counts.iter().filter(|(_, count)| *count > 0) {
            let height = self.unit * *count as f64;
            y -= height;
            elements.push_str(&self.block(
                pen,
                *relation,
                *count,
                &Rect {
                    x: left,
                    y,
                    width: self.step,
                    height,
                },
            ));
        }
        if total > 0 && self.step >= pen.width(&total.to_string(), STRONG) {
            elements.push_str(&pen.text(
                &total.to_string(),
                STRONG,
                &page.text,
                (Anchor::Middle(middle), y - 6.0),
            ));
        }
        if self.is_named(at, name) {
            elements.push_str(&pen.text(
                name,
                STRONG,
                &page.text,
                (Anchor::Middle(middle), self.bottom() + 20.0),
            ));
        }
        Element::new("g").attr("class", "column").around(&elements)
    }

    /// Where columns are narrow only some years are named.
    fn is_named(&self, at: usize, name: &str) -> bool {
        let every = (44.0 / self.step).ceil() as usize;
        let every = [1, 2, 5, 10, 20, 50]
            .into_iter()
            .find(|n| *n >= every)
            .unwrap_or(100);
        at >= self.dated || name.parse::<usize>().is_ok_and(|year| year % every == 0)
    }

    fn block(&self, pen: &Pen, relation: Relation, count: usize, place: &Rect) -> String {
        let look = pen.theme.relation(relation);
        let inset = look.width / 2.0 + 1.0;
        let side = (self.step * 0.12).min(8.0);
        let rect = Rect {
            x: place.x + side,
            y: place.y + inset,
            width: (place.width - 2.0 * side).max(1.0),
            height: (place.height - 2.0 * inset).max(1.0),
        };
        let mut elements = Element::new("title").text(&format!("{}: {count}", look.label));
        elements.push_str(&pen.related(relation, &rect));
        let text = count.to_string();
        if rect.height >= 15.0 && rect.width >= pen.width(&text, TEXT) + 6.0 {
            let at = (Anchor::Middle(rect.center().x), rect.center().y + 4.3);
            elements.push_str(&pen.text(&text, TEXT, &pen.theme.page.text, at));
        }
        Element::new("g")
            .attr("class", &format!("reference {relation}"))
            .around(&elements)
    }
}

fn sum(counts: &[(Relation, usize)]) -> usize {
    counts.iter().map(|(_, count)| count).sum()
}

/// A step of 1, 2 or 5 times a power of ten with at most six lines.
fn round_step(most: usize) -> usize {
    let mut power = 1;
    loop {
        if let Some(step) = [1, 2, 5]
            .map(|one| one * power)
            .into_iter()
            .find(|step| most / step <= 6)
        {
            return step;
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::round_step;

    #[test]
    fn the_scale_has_round_steps() {
        for (most, step) in [(1, 1), (6, 1), (7, 2), (13, 2), (14, 5), (60, 10), (1000, 200)] {
            assert_eq!(round_step(most), step, "{most}");
        }
    }
}
