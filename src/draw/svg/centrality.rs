//! A ranking in, bars beside a small network out: the longer the bar and the larger and darker the node, the higher the
//! value; the number in a node is its rank.

use super::network::{body as network_body, card_group, free};
use super::xml::Element;
use super::{Anchor, Axis, Body, Pen, moved};
use crate::draw::describe;
use crate::draw::font::{self, TextStyle};
use crate::draw::ids::Ids;
use crate::draw::layout::{self, Layout, Rect, Room};
use crate::draw::picture::{Card, Measure, Picture, Shape, Weight};

const ROW: f64 = 30.0;
const HEAD: f64 = 34.0;
const NAME_WIDTH: f64 = 320.0;
const BAR_WIDTH: f64 = 220.0;
const TEXT: TextStyle = TextStyle::regular(13.0);
const STRONG: TextStyle = TextStyle::bold(13.0);
const SPACE: f64 = 28.0;
/// Height of the scale below the bars.
const SCALE: f64 = 48.0;
/// Values that differ by less than this share of themselves are equal, as in the ranking.
const SAME: f64 = 1e-10;
/// From the largest to the smallest nodes, and the side that a number needs.
const NODE_SCALES: [f64; 3] = [1.0, 0.75, 0.55];
const LEAST_NODE: f64 = 24.0;
/// A network wider than this goes under the bars.
const BESIDE: f64 = 1400.0;
/// Bars and network.
pub(super) fn body(pen: &Pen, picture: &Picture, measure: &Measure, room: Option<(f64, f64)>) -> Body {
    let ranking = Ranking::new(picture);
    let bars = bars(pen, picture, &ranking, measure);
    let room = room.map(|(width, height)| (width - bars.width - SPACE, height - HEAD));
    let network = network(pen, picture, &ranking, room);
    let beside = network.width <= BESIDE;
    let (x, y) = if beside {
        (bars.width + SPACE, HEAD)
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
struct Ranking {
    order: Vec<usize>,
    highest: f64,
}

impl Ranking {
    fn new(picture: &Picture) -> Self {
        let mut order: Vec<usize> = (0..picture.cards.len())
            .filter(|c| picture.cards[*c].weight.is_some())
            .collect();
        order.sort_by(|a, b| {
            value(&picture.cards[*b])
                .total_cmp(&value(&picture.cards[*a]))
                .then(a.cmp(b))
        });
        let highest = order.first().map_or(0.0, |card| value(&picture.cards[*card]));
        Self { order, highest }
    }

    /// One more than the number of works with a greater value, so that equal ones share a rank.
    fn rank(&self, picture: &Picture, card: usize) -> Option<usize> {
        picture.cards[card].weight.as_ref()?;
        let own = value(&picture.cards[card]);
        let is_greater = |other: &&usize| value(&picture.cards[**other]) - own > SAME * own.abs();
        Some(self.order.iter().filter(is_greater).count() + 1)
    }

    fn share(&self, card: &Card) -> f64 {
        let share = value(card) / self.highest;
        if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

fn value(card: &Card) -> f64 {
    card.weight.as_ref().map_or(0.0, |w| w.value)
}

fn bars(pen: &Pen, picture: &Picture, ranking: &Ranking, measure: &Measure) -> Body {
    let value_width = ranking.order.iter().fold(60.0, |w: f64, card| {
        let label = picture.cards[*card]
            .weight
            .as_ref()
            .map_or("", |weight| weight.label.as_str());
        w.max(pen.width(label, STRONG))
    });
    let bar = 36.0 + NAME_WIDTH + 12.0;
    let value = bar + BAR_WIDTH + 10.0 + value_width;
    let count = value + 20.0 + pen.width(&measure.counted, STRONG);
    let standing = pen.width(&measure.standing, STRONG);
    let places = Places {
        bar,
        value,
        count,
        standing: if standing > 0.0 {
            count + 20.0 + standing.max(56.0)
        } else {
            count
        },
    };
    let mut elements = head(pen, measure, &places);
    for (place, card) in ranking.order.iter().enumerate() {
        let row = Row {
            rank: ranking.rank(picture, *card).unwrap_or(place + 1),
            share: ranking.share(&picture.cards[*card]),
            middle: HEAD + ROW * (place as f64 + 0.5),
        };
        elements.push_str(&row.draw(pen, &picture.cards[*card], &places));
    }
    let bottom = HEAD + ROW * ranking.order.len() as f64;
    elements.push_str(&scale(pen, picture, ranking, (places.bar, bottom)));
    Body {
        width: places.standing,
        height: bottom + SCALE,
        elements,
        axis: Axis::default(),
    }
}

/// Where the columns of the table of bars are: left side of the bars, right sides of what stands beside them.
struct Places {
    bar: f64,
    value: f64,
    count: f64,
    standing: f64,
}

/// What sizes and shades stand for: nodes from nothing to the highest value, with both ends named.
fn scale(pen: &Pen, picture: &Picture, ranking: &Ranking, (left, top): (f64, f64)) -> String {
    let Some(highest) = ranking
        .order
        .first()
        .and_then(|card| picture.cards[*card].weight.as_ref())
    else {
        return String::new();
    };
    let middle = top + SCALE / 2.0;
    let mut elements = pen.text(
        "0",
        TEXT,
        &pen.theme.page.text,
        (Anchor::End(left - 8.0), middle + 4.5),
    );
    let mut x = left;
    for step in 0..5 {
        let share = f64::from(step) / 4.0;
        let side = side_of(share) * 0.6;
        let sample = Element::new("rect")
            .num("x", x)
            .num("y", middle - side / 2.0)
            .num("width", side)
            .num("height", side);
        elements.push_str(
            &sample
                .attr("fill", &pen.theme.shade(share))
                .attr("stroke", &pen.theme.measure.high)
                .empty(),
        );
        x += side + 6.0;
    }
    let label = font::one_line(&highest.label);
    elements.push_str(&pen.text(
        &label,
        TEXT,
        &pen.theme.page.text,
        (Anchor::Start(x + 2.0), middle + 4.5),
    ));
    Element::new("g").attr("class", "scale").around(&elements)
}

/// Px of a side of the node of a share of the highest value.
fn side_of(share: f64) -> f64 {
    (26.0 + 34.0 * share.sqrt()).round()
}

fn head(pen: &Pen, measure: &Measure, places: &Places) -> String {
    let color = &pen.theme.page.muted;
    let y = HEAD - 12.0;
    pen.text(
        &font::one_line(&measure.name),
        STRONG,
        color,
        (Anchor::Start(places.bar), y),
    ) + &pen.text(
        &font::one_line(&measure.counted),
        STRONG,
        color,
        (Anchor::End(places.count), y),
    ) + &pen.text(
        &font::one_line(&measure.standing),
        STRONG,
        color,
        (Anchor::End(places.standing), y),
    )
}

/// One bar with its name and values.
struct Row {
    rank: usize,
    share: f64,
    middle: f64,
}

impl Row {
    fn draw(&self, pen: &Pen, card: &Card, places: &Places) -> String {
        let (page, baseline) = (&pen.theme.page, self.middle + 4.5);
        let empty = Weight {
            value: 0.0,
            label: String::new(),
            count: 0,
            standing: String::new(),
        };
        let weight = card.weight.as_ref().unwrap_or(&empty);
        let text = |text: &str, style, at| pen.text(text, style, &page.text, (at, baseline));
        let elements = [
            Element::new("title").text(&describe::card(card)),
            text(&self.rank.to_string(), STRONG, Anchor::End(24.0)),
            name(pen, card, baseline),
            self.bar(pen, card, places),
            text(&font::one_line(&weight.label), STRONG, Anchor::End(places.value)),
            text(&weight.count.to_string(), TEXT, Anchor::End(places.count)),
            text(
                &font::one_line(&weight.standing),
                TEXT,
                Anchor::End(places.standing),
            ),
        ];
        Element::new("g").attr("class", "bar").around(&elements.concat())
    }

    fn bar(&self, pen: &Pen, card: &Card, places: &Places) -> String {
        let bar = Element::new("rect")
            .num("x", places.bar)
            .num("y", self.middle - 9.0)
            .num("width", (BAR_WIDTH * self.share).max(1.5))
            .num("height", 18.0)
            .attr("fill", &pen.theme.shade(self.share))
            .attr("stroke", &pen.theme.measure.high);
        bar.dash(state_dash(card)).empty()
    }
}

/// The heading in bold, and as much of the title as fits beside it.
fn name(pen: &Pen, card: &Card, baseline: f64) -> String {
    let line = |text: &str, style, width: f64| {
        pen.fonts
            .wrap(&font::one_line(text), style, width, 1)
            .into_iter()
            .next()
            .unwrap_or_default()
    };
    let heading = line(&card.heading, STRONG, NAME_WIDTH);
    let used = pen.width(&heading, STRONG) + 8.0;
    let mut text = pen.text(
        &heading,
        STRONG,
        &pen.theme.page.text,
        (Anchor::Start(36.0), baseline),
    );
    if NAME_WIDTH - used > 60.0 && !card.title.is_empty() {
        let title = line(&card.title, TEXT, NAME_WIDTH - used);
        text.push_str(&pen.text(
            &title,
            TEXT,
            &pen.theme.page.muted,
            (Anchor::Start(36.0 + used), baseline),
        ));
    }
    text
}

fn network(pen: &Pen, picture: &Picture, ranking: &Ranking, room: Option<(f64, f64)>) -> Body {
    let layout = match room.map(free) {
        None => nodes_laid_out(picture, ranking, 1.0, Room::Aspect(1.2)),
        Some((width, height)) => {
            let fixed = Room::Fixed(width, height);
            let sizes = NODE_SCALES
                .iter()
                .map(|scale| nodes_laid_out(picture, ranking, *scale, fixed));
            let fits = |layout: &Layout| layout.width <= width && layout.height <= height;
            let smallest = || nodes_laid_out(picture, ranking, NODE_SCALES[NODE_SCALES.len() - 1], fixed);
            sizes.into_iter().find(fits).unwrap_or_else(smallest)
        }
    };
    let ids = Ids::of(picture);
    let nodes: String = (picture.cards.iter().enumerate())
        .map(|(place, card)| {
            let shape = node(
                pen,
                (card, ranking.rank(picture, place)),
                ranking.share(card),
                &layout.boxes[place],
            );
            card_group(card, &ids[place], &shape)
        })
        .collect();
    network_body(pen, picture, &layout, &nodes)
}

/// Where the nodes go when they are so many times as large as they would be with all the room they need.
fn nodes_laid_out(picture: &Picture, ranking: &Ranking, scale: f64, room: Room) -> Layout {
    let side = |card: &Card| (scale * side_of(ranking.share(card))).max(LEAST_NODE).round();
    let sizes: Vec<(f64, f64)> = picture.cards.iter().map(|c| (side(c), side(c))).collect();
    let options = layout::Options {
        room,
        ..layout::Options::default()
    };
    layout::arrange(&picture.sketch(&sizes), &options)
}

/// A square for a document, a round one for an instrument, with the rank in it.
fn node(pen: &Pen, (card, rank): (&Card, Option<usize>), share: f64, rect: &Rect) -> String {
    let fill = pen.theme.shade(share);
    let corner = if card.shape == Shape::Instrument {
        rect.width / 2.0
    } else {
        4.0
    };
    let shape = Element::new("rect")
        .num("x", rect.x)
        .num("y", rect.y)
        .num("width", rect.width)
        .num("height", rect.height)
        .num("rx", corner)
        .num("ry", corner)
        .attr("fill", &fill)
        .attr("stroke", &pen.theme.measure.high)
        .attr("stroke-width", "1.5")
        .dash(state_dash(card));
    let Some(rank) = rank else { return shape.empty() };
    let at = (Anchor::Middle(rect.center().x), rect.center().y + 4.5);
    shape.empty()
        + &pen.text(
            &rank.to_string(),
            TextStyle::bold(12.0),
            &pen.theme.text_on(share),
            at,
        )
}

fn state_dash(card: &Card) -> &'static [f64] {
    if card.state == crate::draw::picture::State::CitedOnly {
        &[4.0, 3.0]
    } else {
        &[]
    }
}
