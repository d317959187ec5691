//! Works in lanes along time: a picture in, rows of lanes and columns of years out, with the work in question on top. Every
//! work is outlined by how it refers to it, so that no line need cross the page.

use std::collections::{BTreeMap, BTreeSet};

use super::network::{card_group, card_shape, rectangle};
use super::xml::Element;
use super::{Anchor, Axis, Body, Pen};
use crate::draw::font::{self, TextStyle};
use crate::draw::ids::Ids;
use crate::draw::label;
use crate::draw::layout::Rect;
use crate::draw::picture::{Card, Lane, Picture, State};
use crate::draw::words;
use crate::model::{PartialDate, Relation};

/// The column of the names of lanes.
const NAMES: f64 = 132.0;
const CARD: f64 = 134.0;
const GAP: f64 = 9.0;
const PAD: f64 = 10.0;
const AXIS_HEIGHT: f64 = 28.0;
/// More works than this of one lane and year stand side by side.
const STACK: usize = 5;
const NAME: TextStyle = TextStyle::bold(13.0);
const HEADING: TextStyle = TextStyle::bold(label::SMALL);
const SMALL: TextStyle = TextStyle::regular(label::SMALL);
const LINE: f64 = 15.5;

/// A year, or what bears no date, which comes last.
type Year = (bool, u16);

fn year_of(card: &Card) -> Year {
    let year = card.date.map(PartialDate::years);
    (year.is_none(), year.unwrap_or(0))
}

/// Most lines of a title, where there is room for them.
const TITLE: usize = 5;

/// The lanes, with as much of the titles as the room allows.
pub(super) fn body(pen: &Pen, picture: &Picture, lanes: &[Lane], room: Option<(f64, f64)>) -> Body {
    let drawn = |titles| drawn(pen, picture, lanes, titles);
    let height = room.map_or(f64::INFINITY, |(_, height)| height);
    let titled = (1..=TITLE).rev().map(drawn).find(|body| body.height <= height);
    titled.unwrap_or_else(|| drawn(0))
}

fn drawn(pen: &Pen, picture: &Picture, lanes: &[Lane], titles: usize) -> Body {
    let grid = Grid::new(pen, picture, lanes, titles);
    let (mut elements, mut names) = (String::new(), String::new());
    let mut y = grid.head();
    for (place, (lane, height)) in lanes.iter().zip(&grid.heights).enumerate() {
        if place % 2 == 0 {
            let band = Rect {
                x: 0.0,
                y,
                width: grid.width,
                height: *height,
            };
            elements.push_str(&rectangle(&band).attr("fill", &pen.theme.page.band).empty());
        }
        names.push_str(&name(pen, &lane.name, y + height / 2.0));
        y += height;
    }
    elements = elements + &grid.axis(pen, y) + &names;
    elements = Element::new("g").attr("class", "axis").around(&elements);
    elements.push_str(&grid.focus(pen, picture));
    elements.push_str(&grid.works(pen, picture, lanes));
    Body {
        width: grid.width,
        height: y + AXIS_HEIGHT,
        elements,
        axis: Axis::default(),
    }
}

fn name(pen: &Pen, text: &str, middle: f64) -> String {
    let lines = pen.fonts.wrap(&font::one_line(text), NAME, NAMES - 2.0 * PAD, 3);
    let top = middle - lines.len() as f64 * LINE / 2.0;
    let line = |(at, line): (usize, &String)| {
        let baseline = top + LINE * (at as f64 + 0.76);
        pen.text(line, NAME, &pen.theme.page.text, (Anchor::Start(PAD), baseline))
    };
    lines.iter().enumerate().map(line).collect()
}

/// Where everything is.
struct Grid {
    /// Left end, width and number of works side by side of each year.
    columns: BTreeMap<Year, (f64, f64, usize)>,
    heights: Vec<f64>,
    width: f64,
    card: f64,
    /// Most lines of a title.
    titles: usize,
    focus: Option<(usize, label::Label)>,
}

impl Grid {
    fn new(pen: &Pen, picture: &Picture, lanes: &[Lane], titles: usize) -> Self {
        let focus = picture.cards.iter().position(|card| card.state == State::Focus);
        let labels = label::labels(picture, pen.fonts, label::Wrap::WIDEST);
        let focus = focus.map(|place| (place, labels[place].clone()));
        let counts: Vec<BTreeMap<Year, usize>> = lanes.iter().map(|lane| counts(picture, lane)).collect();
        let mut years: BTreeSet<Year> = counts.iter().flat_map(BTreeMap::keys).copied().collect();
        years.extend(
            focus
                .iter()
                .map(|(place, _)| year_of(&picture.cards[*place]))
                .filter(|(undated, _)| !undated),
        );
        let mut columns = BTreeMap::new();
        let mut x = NAMES;
        for year in years {
            let most = counts
                .iter()
                .filter_map(|lane| lane.get(&year))
                .max()
                .copied()
                .unwrap_or(1);
            let abreast = most.div_ceil(STACK).max(1);
            let width = abreast as f64 * (CARD + GAP) - GAP + 2.0 * PAD;
            columns.insert(year, (x, width, abreast));
            x += width;
        }
        let lines = picture.cards.iter().filter(|card| card.state != State::Focus);
        let lines = lines.map(|card| heading(pen, card).len() + title(pen, card, titles).len());
        let lines = lines.max().unwrap_or(1);
        let card = (lines + 2) as f64 * LINE + 12.0;
        let rows = |lane: &BTreeMap<Year, usize>| {
            lane.iter()
                .map(|(year, n)| n.div_ceil(columns[year].2))
                .max()
                .unwrap_or(1)
        };
        Self {
            heights: counts
                .iter()
                .map(|lane| rows(lane) as f64 * (card + GAP) - GAP + 2.0 * PAD)
                .collect(),
            columns,
            width: x,
            card,
            titles,
            focus,
        }
    }

    /// Height of the row of the work in question.
    fn head(&self) -> f64 {
        self.focus
            .as_ref()
            .map_or(0.0, |(_, label)| label.height + 2.0 * PAD)
    }

    fn focus(&self, pen: &Pen, picture: &Picture) -> String {
        let Some((place, label)) = &self.focus else {
            return String::new();
        };
        let card = &picture.cards[*place];
        let middle = self
            .columns
            .get(&year_of(card))
            .map_or(NAMES + CARD / 2.0, |(x, width, _)| x + width / 2.0);
        let rect = Rect {
            x: (middle - label.width / 2.0).clamp(NAMES, (self.width - label.width).max(NAMES)),
            y: PAD,
            width: label.width,
            height: label.height,
        };
        let shape = card_shape(pen, (card, &pen.theme.card(card.state)), label, &rect);
        let id = Ids::of(picture).get(*place).cloned().unwrap_or_default();
        card_group(card, &id, &shape)
    }

    /// Lines between years and their names below.
    fn axis(&self, pen: &Pen, bottom: f64) -> String {
        let page = &pen.theme.page;
        let line = |from: (f64, f64), to: (f64, f64), color: &str| {
            Element::new("line")
                .num("x1", from.0)
                .num("y1", from.1)
                .num("x2", to.0)
                .num("y2", to.1)
                .attr("stroke", color)
                .attr("stroke-width", "1")
                .empty()
        };
        let mut elements = String::new();
        let mut before: Option<u16> = None;
        for ((undated, year), (x, width, _)) in &self.columns {
            elements.push_str(&line((*x, 0.0), (*x, bottom), &page.grid));
            let text = words::years((!undated).then_some((*year, *year)));
            let color = if *undated { &page.muted } else { &page.text };
            elements.push_str(&pen.text(
                &text,
                NAME,
                color,
                (Anchor::Middle(x + width / 2.0), bottom + 19.0),
            ));
            if !undated && before.is_some_and(|before| year - before > 1) {
                for shift in [-4.0, 2.0] {
                    elements.push_str(&line(
                        (x + shift, bottom + 6.0),
                        (x + shift + 4.0, bottom - 6.0),
                        &page.axis,
                    ));
                }
            }
            before = (!undated).then_some(*year);
        }
        elements + &line((NAMES, bottom), (self.width, bottom), &page.axis)
    }

    fn works(&self, pen: &Pen, picture: &Picture, lanes: &[Lane]) -> String {
        let ids = Ids::of(picture);
        let mut seen = BTreeSet::new();
        let mut elements = String::new();
        let mut top = self.head();
        for (at, (lane, height)) in lanes.iter().zip(&self.heights).enumerate() {
            let mut filled: BTreeMap<Year, usize> = BTreeMap::new();
            for place in &lane.cards {
                let Some(card) = picture.cards.get(*place) else {
                    continue;
                };
                let year = year_of(card);
                let count = filled.entry(year).or_default();
                let rect = self.place(year, *count, top);
                *count += 1;
                // A work in a second lane is drawn again, under an id of its own.
                let id = if seen.insert(*place) {
                    ids[*place].clone()
                } else {
                    format!("{}_lane{at}", ids[*place])
                };
                elements.push_str(&card_group(card, &id, &self.work(pen, picture, *place, &rect)));
            }
            top += height;
        }
        elements
    }

    fn place(&self, year: Year, count: usize, top: f64) -> Rect {
        let (x, _, abreast) = self.columns.get(&year).copied().unwrap_or((NAMES, CARD, 1));
        Rect {
            x: x + PAD + (count % abreast) as f64 * (CARD + GAP),
            y: top + PAD + (count / abreast) as f64 * (self.card + GAP),
            width: CARD,
            height: self.card,
        }
    }

    /// A work with its number, title, date, languages and passages, outlined by the first of its relations.
    fn work(&self, pen: &Pen, picture: &Picture, place: usize, rect: &Rect) -> String {
        let card = &picture.cards[place];
        let links: Vec<_> = picture
            .drawn_links()
            .filter(|link| link.citing == place)
            .collect();
        let relation = links.first().map_or(Relation::Cites, |link| link.relation);
        let mentions: usize = links.iter().map(|link| link.mentions).sum();
        let page = &pen.theme.page;
        let mut elements = pen.related(relation, rect);
        let mut baseline = rect.y + 6.0 + LINE * 0.76;
        let mut write = |text: &str, style, color: &str| {
            elements.push_str(&pen.text(text, style, color, (Anchor::Start(rect.x + 9.0), baseline)));
            baseline += LINE;
        };
        let heading = heading(pen, card);
        let title = title(pen, card, self.titles);
        heading.iter().for_each(|line| write(line, HEADING, &page.text));
        title.iter().for_each(|line| write(line, SMALL, &page.text));
        write(&font::one_line(&card.date_label), SMALL, &page.muted);
        let spoken = card.languages.join(" ");
        let spoken = if card.languages.len() > 6 {
            format!("{} languages", card.languages.len())
        } else {
            spoken
        };
        write(&spoken, SMALL, &page.text);
        let below = rect.y + 6.0 + LINE * ((heading.len() + title.len() + 1) as f64 + 0.76);
        elements
            + &pen.text(
                &format!("×{mentions}"),
                HEADING,
                &page.text,
                (Anchor::End(rect.x + CARD - 9.0), below),
            )
    }
}

fn heading(pen: &Pen, card: &Card) -> Vec<String> {
    pen.fonts
        .wrap(&font::one_line(&card.heading), HEADING, CARD - 18.0, 3)
}

/// As much of the title as so many lines hold.
fn title(pen: &Pen, card: &Card, lines: usize) -> Vec<String> {
    if lines == 0 || card.title.is_empty() {
        return Vec::new();
    }
    pen.fonts
        .wrap(&font::one_line(&card.title), SMALL, CARD - 18.0, lines)
}

/// How many works of a lane are of each year.
fn counts(picture: &Picture, lane: &Lane) -> BTreeMap<Year, usize> {
    let mut counts = BTreeMap::new();
    let cards = lane.cards.iter().filter_map(|place| picture.cards.get(*place));
    cards.for_each(|card| *counts.entry(year_of(card)).or_default() += 1);
    counts
}
