//! A ranking in, a table of bars out: rank, name, bar, value, raw count and the place within the year, a row for each work.

use super::centrality::{Ranking, shaded, side_of};
use super::named::{self, Place};
use super::xml::Element;
use super::{Anchor, Axis, Body, Pen};
use crate::draw::describe;
use crate::draw::font::{self, TextStyle};
use crate::draw::layout::Rect;
use crate::draw::picture::{Card, Measure, Picture, Weight};

/// Height of a row where there is all the room it needs, at least, and at most.
const ROW: f64 = 30.0;
const LEAST_ROW: f64 = 22.0;
const MOST_ROW: f64 = 46.0;
/// Height of a bar, in rows, and at most.
const BAR: f64 = 0.6;
const MOST_BAR: f64 = 24.0;
/// Height of the line above the bars, and of the scale below.
pub(super) const HEAD: f64 = 34.0;
const SCALE: f64 = 48.0;
/// Widest names, from the widest to the narrowest, with the longest bar beside them.
pub(super) const NAMES: [(f64, f64); 3] = [(320.0, 220.0), (270.0, 170.0), (220.0, 120.0)];
const SPACE: f64 = 20.0;
const TEXT: TextStyle = TextStyle::regular(13.0);
const STRONG: TextStyle = TextStyle::bold(13.0);

/// What the bars say.
pub(super) struct Table<'a> {
    pen: &'a Pen<'a>,
    cards: &'a [Card],
    ranking: &'a Ranking,
    measure: &'a Measure,
}

/// Where the columns are: left sides of names and bars, right sides of what stands beside them; and the height of a row.
struct Places {
    rank: f64,
    name: f64,
    names: f64,
    bar: f64,
    bars: f64,
    row: f64,
    value: f64,
    count: f64,
    standing: f64,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        pen: &'a Pen,
        picture: &'a Picture,
        ranking: &'a Ranking,
        measure: &'a Measure,
    ) -> Self {
        Self {
            pen,
            cards: &picture.cards,
            ranking,
            measure,
        }
    }

    /// The bars with names and bars no wider than that, as high as the room allows.
    pub(super) fn draw(&self, widest: (f64, f64), room: Option<f64>) -> Body {
        let rows = self.ranking.order.len();
        let height = room.map_or(ROW, |height| {
            ((height - HEAD - SCALE) / rows.max(1) as f64).clamp(LEAST_ROW, MOST_ROW)
        });
        let places = self.places(widest, height);
        let mut elements = self.head(&places);
        for (place, card) in self.ranking.order.iter().enumerate() {
            let middle = HEAD + height * (place as f64 + 0.5);
            elements.push_str(&self.row(*card, middle, &places));
        }
        let bottom = HEAD + height * rows as f64;
        elements.push_str(&self.scale((places.bar, bottom)));
        Body {
            width: places.standing,
            height: bottom + SCALE,
            elements,
            axis: Axis::default(),
        }
    }

    fn places(&self, (names, bars): (f64, f64), row: f64) -> Places {
        let ranked = || self.ranking.order.iter().map(|card| (*card, &self.cards[*card]));
        let widest =
            |least: f64, width: &dyn Fn((usize, &Card)) -> f64| ranked().map(width).fold(least, f64::max);
        let rank = widest(24.0, &|(place, _)| {
            self.pen.width(self.ranking.label(place), STRONG)
        });
        let names = widest(0.0, &|(_, card)| named::width(self.pen, card, TEXT.size)).min(names);
        let label = |card: &Card| self.pen.width(weight(card).map_or("", |w| &w.label), STRONG);
        let standing = self.pen.width(&self.measure.standing, STRONG);
        let name = rank + 12.0;
        let bar = name + names + 12.0;
        let value = bar + bars + 10.0 + widest(0.0, &|(_, card)| label(card));
        let counted = self.pen.width(self.counted(), STRONG);
        let count = value + if counted > 0.0 { SPACE + counted } else { 0.0 };
        Places {
            rank,
            name,
            names,
            bar,
            bars,
            row,
            value,
            count,
            standing: if standing > 0.0 {
                count + SPACE + standing.max(56.0)
            } else {
                count
            },
        }
    }

    /// What the raw count counts; nothing where that is the measure itself.
    fn counted(&self) -> &str {
        let counted = &self.measure.counted;
        if *counted == self.measure.name {
            ""
        } else {
            counted
        }
    }

    fn head(&self, places: &Places) -> String {
        let names = [
            (self.measure.name.as_str(), Anchor::Start(places.bar)),
            (self.counted(), Anchor::End(places.count)),
            (self.measure.standing.as_str(), Anchor::End(places.standing)),
        ];
        let color = &self.pen.theme.page.muted;
        let text = |(name, at): (&str, Anchor)| {
            self.pen
                .text(&font::one_line(name), STRONG, color, (at, HEAD - 12.0))
        };
        names.into_iter().map(text).collect()
    }

    fn row(&self, place: usize, middle: f64, places: &Places) -> String {
        let (card, baseline) = (&self.cards[place], middle + 4.5);
        let color = &self.pen.theme.page.text;
        let text = |text: &str, style, right: f64| {
            self.pen.text(
                &font::one_line(text),
                style,
                color,
                (Anchor::End(right), baseline),
            )
        };
        let name = Place {
            at: (places.name, middle),
            width: places.names,
            size: TEXT.size,
            lines: Place::lines_in(places.row, TEXT.size),
        };
        let mut elements = vec![
            Element::new("title").text(&describe::card(card)),
            text(self.ranking.label(place), STRONG, places.rank),
            named::named(self.pen, card, &name),
            self.bar(card, middle, places),
        ];
        if let Some(weight) = weight(card) {
            elements.push(text(&weight.label, STRONG, places.value));
            if !self.counted().is_empty() {
                elements.push(text(&weight.count.to_string(), TEXT, places.count));
            }
            elements.push(text(&weight.standing, TEXT, places.standing));
        }
        Element::new("g").attr("class", "bar").around(&elements.concat())
    }

    fn bar(&self, card: &Card, middle: f64, places: &Places) -> String {
        let share = self.ranking.share(card);
        let height = (BAR * places.row).min(MOST_BAR);
        let rect = Rect {
            x: places.bar,
            y: middle - height / 2.0,
            width: (places.bars * share).max(1.5),
            height,
        };
        shaded(self.pen, (card, share), &rect, 0.0)
    }

    /// What sizes and shades stand for: nodes from nothing to the highest value, with both ends named.
    fn scale(&self, (left, top): (f64, f64)) -> String {
        let Some(highest) = self
            .ranking
            .order
            .first()
            .and_then(|card| weight(&self.cards[*card]))
        else {
            return String::new();
        };
        let middle = top + SCALE / 2.0;
        let text = |text: &str, at| {
            self.pen
                .text(text, TEXT, &self.pen.theme.page.text, (at, middle + 4.5))
        };
        let mut elements = text("0", Anchor::End(left - 8.0));
        let mut x = left;
        for step in 0..5 {
            let share = f64::from(step) / 4.0;
            let side = side_of(share) * 0.6;
            let sample = Element::new("rect")
                .num("x", x)
                .num("y", middle - side / 2.0)
                .num("width", side)
                .num("height", side)
                .attr("fill", &self.pen.theme.shade(share))
                .attr("stroke", &self.pen.theme.measure.high);
            elements.push_str(&sample.empty());
            x += side + 6.0;
        }
        elements.push_str(&text(&font::one_line(&highest.label), Anchor::Start(x + 2.0)));
        Element::new("g").attr("class", "scale").around(&elements)
    }
}

fn weight(card: &Card) -> Option<&Weight> {
    card.weight.as_ref()
}
