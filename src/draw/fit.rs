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
/// Beyond so many cards only the narrowest labels are tried.
const TRY_ALL: usize = 150;

/// The first wrapping with which the picture fits, or the one that comes nearest.
pub(super) fn fit(picture: &Picture, fonts: &Fonts, room: Option<(f64, f64)>) -> Fitted {
    let Some((width, height)) = room else {
        return wrapped(picture, fonts, Wrap::WIDEST, Room::Aspect(FREE));
    };
    let tried = if picture.cards.len() > TRY_ALL {
        1
    } else {
        usize::MAX
    };
    let excess = |layout: &Layout| (layout.width / width).max(layout.height / height);
    let mut best: Option<(f64, Fitted)> = None;
    for wrap in Wrap::ALL.iter().rev().take(tried).rev() {
        let fitted = wrapped(picture, fonts, *wrap, Room::Fixed(width, height));
        let excess = excess(&fitted.layout);
        if best.as_ref().is_none_or(|(least, _)| excess < *least) {
            best = Some((excess, fitted));
        }
        if excess <= 1.0 {
            break;
        }
    }
    best.map_or_else(
        || wrapped(picture, fonts, Wrap::WIDEST, Room::Aspect(FREE)),
        |best| best.1,
    )
}

fn wrapped(picture: &Picture, fonts: &Fonts, wrap: Wrap, room: Room) -> Fitted {
    let labels = label::labels(picture, fonts, wrap);
    let sizes: Vec<(f64, f64)> = labels.iter().map(|l| (l.width, l.height)).collect();
    let options = Options {
        room,
        ..Options::default()
    };
    let layout = layout::arrange(&picture.sketch(&sizes), &options);
    Fitted { labels, layout }
}
