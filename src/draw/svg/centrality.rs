//! A ranking in, bars beside a small network out: the longer the bar and the larger and darker the node, the higher the
//! value; what stands in a node is its rank, as it stands before its bar.

use super::bars::{self, Table};
use super::network::{body as network_body, card_group, free, rectangle};
use super::xml::Element;
use super::{Anchor, Body, Pen, moved};
use crate::draw::font::TextStyle;
use crate::draw::ids::Ids;
use crate::draw::layout::{self, Layout, Rect, Room};
use crate::draw::picture::{Card, Measure, Picture, Shape, State};

const SPACE: f64 = 28.0;
/// Widths of names and bars with sizes of nodes, in the order in which they are given up. The last is taken if none fits.
const TRIALS: [((f64, f64), f64); 9] = [
    (bars::NAMES[0], 1.0),
    (bars::NAMES[0], 0.75),
    (bars::NAMES[0], 0.6),
    (bars::NAMES[1], 1.0),
    (bars::NAMES[1], 0.75),
    (bars::NAMES[1], 0.6),
    (bars::NAMES[2], 0.75),
    (bars::NAMES[2], 0.6),
    (bars::NAMES[2], 0.45),
];
/// Side that a number needs.
const LEAST_NODE: f64 = 24.0;
const IN_NODE: TextStyle = TextStyle::bold(12.0);
/// A network wider than this goes under the bars, as does one on an upright page and on one narrower than that.
const BESIDE: f64 = 1400.0;
const NARROW: f64 = 900.0;
/// Part of the width of a page that the network gets at least: time needs room.
const SHARE: f64 = 0.33;
/// Part of the height of a narrow page that is left to the network at least.
const BELOW: f64 = 0.45;
/// Values that differ by less than this share of themselves are equal, as in the ranking.
const SAME: f64 = 1e-10;

/// Bars and network.
pub(super) fn body(pen: &Pen, picture: &Picture, measure: &Measure, room: Option<(f64, f64)>) -> Body {
    let ranking = Ranking::new(picture);
    let table = Table::new(pen, picture, &ranking, measure);
    let nodes = Nodes {
        pen,
        picture,
        ranking: &ranking,
    };
    let Some(room) = room else {
        let network = nodes.draw(&nodes.arranged(1.0, Room::Aspect(1.2)));
        let beside = network.width <= BESIDE;
        return together(table.draw(bars::NAMES[0], None), network, beside);
    };
    let beside = room.0 >= NARROW && room.0 >= room.1;
    let mut last = None;
    for (names, scale) in TRIALS {
        let height = Some(if beside { room.1 } else { room.1 * (1.0 - BELOW) });
        let mut bars = table.draw(names, height);
        if !beside && bars.width < room.0 {
            bars = table.draw((names.0, names.1 + room.0 - bars.width), height);
        }
        let left = left(room, &bars, beside);
        let layout = nodes.arranged(scale, Room::Fixed(left.0, left.1));
        let fits = bars.width <= room.0 && layout.width <= left.0 && layout.height <= left.1;
        last = Some((bars, layout));
        if fits && left.0 >= SHARE * room.0 {
            break;
        }
    }
    last.map_or_else(Body::default, |(bars, layout)| {
        together(bars, nodes.draw(&layout), beside)
    })
}

/// What the bars leave of a room to the layout of the network.
fn left((width, height): (f64, f64), bars: &Body, beside: bool) -> (f64, f64) {
    let (width, height) = free(if beside {
        (width - bars.width - SPACE, height - bars::HEAD)
    } else {
        (width, height - bars.height - SPACE)
    });
    (width.max(1.0), height.max(1.0))
}

fn together(bars: Body, network: Body, beside: bool) -> Body {
    let (x, y) = if beside {
        (bars.width + SPACE, bars::HEAD)
    } else {
        (0.0, bars.height + SPACE)
    };
    Body {
        width: (x + network.width).max(bars.width),
        height: (y + network.height).max(bars.height),
        elements: bars.elements + &moved(x, y, &network.elements),
        axis: network.axis,
    }
}

/// The cards from the highest value to the lowest, and the highest value.
pub(super) struct Ranking {
    pub(super) order: Vec<usize>,
    highest: f64,
    /// What stands for the rank of each card: letters tell apart those of equal value.
    labels: Vec<String>,
}

impl Ranking {
    pub(super) fn new(picture: &Picture) -> Self {
        let cards = &picture.cards;
        let mut order: Vec<usize> = (0..cards.len()).filter(|c| cards[*c].weight.is_some()).collect();
        order.sort_by(|a, b| value(&cards[*b]).total_cmp(&value(&cards[*a])).then(a.cmp(b)));
        let mut labels = vec![String::new(); cards.len()];
        let mut rank = 1;
        let is_same = |a: &usize, b: &usize| {
            let (a, b) = (value(&cards[*a]), value(&cards[*b]));
            a - b <= SAME * a.abs()
        };
        for tied in order.chunk_by(is_same) {
            for (place, card) in tied.iter().enumerate() {
                labels[*card] = rank_label(rank, place, tied.len());
            }
            rank += tied.len();
        }
        Self {
            highest: order.first().map_or(0.0, |card| value(&cards[*card])),
            order,
            labels,
        }
    }

    /// What stands for the rank of a card; nothing where it has none.
    pub(super) fn label(&self, card: usize) -> &str {
        &self.labels[card]
    }

    pub(super) fn share(&self, card: &Card) -> f64 {
        let share = value(card) / self.highest;
        if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

/// "3", or of several that share the third place "3a", "3b" and so on, after "3z" "3aa".
fn rank_label(rank: usize, place: usize, tied: usize) -> String {
    if tied == 1 {
        return rank.to_string();
    }
    let mut letters = Vec::new();
    let mut rest = place + 1;
    while rest > 0 {
        letters.push(char::from(b'a' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{rank}{}", letters.into_iter().rev().collect::<String>())
}

fn value(card: &Card) -> f64 {
    card.weight.as_ref().map_or(0.0, |w| w.value)
}

/// Px of a side of the node of a share of the highest value.
pub(super) fn side_of(share: f64) -> f64 {
    (26.0 + 34.0 * share.sqrt()).round()
}

/// The works as nodes of a network.
struct Nodes<'a> {
    pen: &'a Pen<'a>,
    picture: &'a Picture,
    ranking: &'a Ranking,
}

impl Nodes<'_> {
    /// Where the nodes go when they are so many times as large as they would be with all the room they need.
    fn arranged(&self, scale: f64, room: Room) -> Layout {
        let size = |(place, card): (usize, &Card)| {
            let text = self.pen.width(self.ranking.label(place), IN_NODE) + 2.0 * (APART + 2.0);
            let side = scale * side_of(self.ranking.share(card));
            let side = side.max(LEAST_NODE).max(text).round();
            (side, side)
        };
        let sizes: Vec<(f64, f64)> = self.picture.cards.iter().enumerate().map(size).collect();
        let options = layout::Options {
            room,
            ..layout::Options::default()
        };
        layout::arrange(&self.picture.sketch(&sizes), &options)
    }

    fn draw(&self, layout: &Layout) -> Body {
        let ids = Ids::of(self.picture);
        let drawn = |(place, card): (usize, &Card)| {
            let label = self.ranking.label(place);
            let shape = node(
                self.pen,
                (card, label),
                self.ranking.share(card),
                &layout.boxes[place],
            );
            card_group(card, &ids[place], &shape)
        };
        let nodes: String = self.picture.cards.iter().enumerate().map(drawn).collect();
        network_body(self.pen, self.picture, layout, &nodes)
    }
}

/// A square for a document, a round one for an instrument, with the rank in it.
fn node(pen: &Pen, (card, label): (&Card, &str), share: f64, rect: &Rect) -> String {
    let corner = if card.shape == Shape::Instrument {
        rect.width / 2.0
    } else {
        4.0
    };
    let at = (Anchor::Middle(rect.center().x), rect.center().y + 4.5);
    shaded(pen, (card, share), rect, corner) + &pen.text(label, IN_NODE, &pen.theme.text_on(share), at)
}

/// Px between the dashes around what is only cited and its fill, which is often of their color.
const APART: f64 = 3.0;

/// A shape filled with the shade of a share of the highest value; one that is only cited stands in a ring of dashes.
pub(super) fn shaded(pen: &Pen, (card, share): (&Card, f64), rect: &Rect, corner: f64) -> String {
    let shape = |by: f64| {
        let inner = Rect {
            x: rect.x + by,
            y: rect.y + by,
            width: (rect.width - 2.0 * by).max(0.5),
            height: rect.height - 2.0 * by,
        };
        let corner = (corner - by).max(0.0);
        rectangle(&inner).num("rx", corner).num("ry", corner)
    };
    let (shade, high) = (pen.theme.shade(share), &pen.theme.measure.high);
    let stroked = |shape: Element| shape.attr("stroke", high).attr("stroke-width", "1.5");
    if card.state != State::CitedOnly {
        return stroked(shape(0.0).attr("fill", &shade)).empty();
    }
    let ring = stroked(shape(0.0).attr("fill", &pen.theme.page.background));
    ring.dash(&[4.0, 3.0]).empty() + &shape(APART).attr("fill", &shade).empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_apart_what_shares_a_rank() {
        for (rank, place, tied, label) in [
            (1, 0, 1, "1"),
            (3, 0, 2, "3a"),
            (3, 1, 2, "3b"),
            (2, 25, 40, "2z"),
            (2, 26, 40, "2aa"),
        ] {
            assert_eq!(rank_label(rank, place, tied), label);
        }
    }
}
