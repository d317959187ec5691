//! A picture and the room for it in, labels and a layout that fit the room out: text is wrapped the narrower the less
//! room there is, but never smaller.

use super::font::Fonts;
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

/// The first wrapping with which the picture fits, or the one that comes nearest.
pub(super) fn fit(picture: &Picture, fonts: &Fonts, room: Option<(f64, f64)>) -> Fitted {
    let Some((width, height)) = room else {
        return wrapped(picture, fonts, Wrap::WIDEST, Room::Aspect(FREE));
    };
    let room = Room::Fixed(width, height);
    let first = Wrap::ALL
        .into_iter()
        .position(|wrap| promises(picture, (fonts, wrap), room));
    let first = first.unwrap_or(Wrap::ALL.len() - 1);
    let mut best: Option<(f64, Fitted)> = None;
    for wrap in Wrap::ALL.into_iter().skip(first).take(TRIED) {
        let fitted = wrapped(picture, fonts, wrap, room);
        let excess = (fitted.layout.width / width).max(fitted.layout.height / height);
        if best.as_ref().is_none_or(|(least, _)| excess < *least) {
            best = Some((excess, fitted));
        }
        if excess <= 1.00001 {
            break;
        }
    }
    best.map_or_else(|| wrapped(picture, fonts, Wrap::WIDEST, room), |best| best.1)
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
