//! A picture and the room for it in, labels and a layout that fit the room out: text is wrapped the narrower the less
//! room there is, but never smaller.

use super::font::Fonts;
use super::grow::grow;
use super::label::{self, Label, Wrap};
use super::layout::{self, Layout, Options, Room};
use super::picture::Picture;

/// Labels and where they go.
pub(super) struct Fitted {
    pub(super) labels: Vec<Label>,
    pub(super) layout: Layout,
}

/// Shape of a picture that may have any size.
const FREE: f64 = 2.0;

/// Labels and layout, with as much of the titles as there is room for.
pub(super) fn fit(picture: &Picture, fonts: &Fonts, room: Option<(f64, f64)>) -> Fitted {
    let (wrap, mut fitted) = first_fitting(picture, fonts, room);
    if let Some(room) = room.filter(|room| excess(&fitted, *room) <= FITS) {
        fitted = enriched(picture, (fonts, wrap), room).unwrap_or(fitted);
    }
    grow(picture, fonts, &mut fitted.labels, &mut fitted.layout);
    fitted
}

/// The same with more lines for titles, where some are cut and the room allows.
fn enriched(picture: &Picture, (fonts, wrap): (&Fonts, Wrap), room: (f64, f64)) -> Option<Fitted> {
    let is_cut = |lines: usize| {
        let labels = label::labels(picture, fonts, Wrap { lines, ..wrap });
        labels.iter().any(label::Label::is_cut)
    };
    let most = (wrap.lines..MOST_LINES)
        .find(|lines| !is_cut(*lines))
        .unwrap_or(MOST_LINES);
    let richer = (wrap.lines + 1..=most).rev().map(|lines| Wrap { lines, ..wrap });
    let fixed = Room::Fixed(room.0, room.1);
    let promising = richer.filter(|wrap| promises(picture, (fonts, *wrap), fixed));
    let mut drawn = promising
        .take(TRIED)
        .map(|wrap| wrapped(picture, fonts, wrap, fixed));
    drawn.find(|fitted| excess(fitted, room) <= FITS)
}

/// How many times larger than a room a layout is.
fn excess(fitted: &Fitted, (width, height): (f64, f64)) -> f64 {
    (fitted.layout.width / width).max(fitted.layout.height / height)
}

/// Room for rounding.
const FITS: f64 = 1.00001;
/// Most lines of a title.
const MOST_LINES: usize = 5;

/// The first wrapping with which the picture fits, or the one that comes nearest.
fn first_fitting(picture: &Picture, fonts: &Fonts, room: Option<(f64, f64)>) -> (Wrap, Fitted) {
    let Some((width, height)) = room else {
        let fitted = wrapped(picture, fonts, Wrap::WIDEST, Room::Aspect(FREE));
        return (Wrap::WIDEST, fitted);
    };
    let room = Room::Fixed(width, height);
    let first = Wrap::ALL
        .into_iter()
        .position(|wrap| promises(picture, (fonts, wrap), room));
    let first = first.unwrap_or(Wrap::ALL.len() - 1);
    let mut best: Option<(f64, (Wrap, Fitted))> = None;
    for wrap in Wrap::ALL.into_iter().skip(first).take(TRIED) {
        let fitted = wrapped(picture, fonts, wrap, room);
        let excess = excess(&fitted, (width, height));
        if best.as_ref().is_none_or(|(least, _)| excess < *least) {
            best = Some((excess, (wrap, fitted)));
        }
        if excess <= FITS {
            break;
        }
    }
    let widest = || (Wrap::WIDEST, wrapped(picture, fonts, Wrap::WIDEST, room));
    best.map_or_else(widest, |best| best.1)
}

/// How many ways to wrap are drawn at most.
const TRIED: usize = 3;
/// Estimates are a little too large more often than too small.
const HOPE: f64 = 1.15;

fn promises(picture: &Picture, (fonts, wrap): (&Fonts, Wrap), room: Room) -> bool {
    let labels = label::labels(picture, fonts, wrap);
    layout::estimate(&picture.sketch(&sizes(&labels)), &options(room)) <= HOPE
}

fn sizes(labels: &[Label]) -> Vec<(f64, f64)> {
    labels.iter().map(|l| (l.width, l.height)).collect()
}

fn options(room: Room) -> Options {
    Options {
        room,
        ..Options::default()
    }
}

fn wrapped(picture: &Picture, fonts: &Fonts, wrap: Wrap, room: Room) -> Fitted {
    let labels = label::labels(picture, fonts, wrap);
    let layout = layout::arrange(&picture.sketch(&sizes(&labels)), &options(room));
    Fitted { labels, layout }
}
