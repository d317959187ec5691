//! Where things go: boxes with dates and links between them in, places of boxes, curves and year bands out.
//!
//! A layered layout along time. `columns` gives each year a band of one or more columns, `lanes` reserves a lane in
//! every column that a link crosses and merges links of one hub into trunks, `order` minimizes crossings, `place`
//! finds heights, `tracks` where lines climb, `axis` widths, `route` draws the curves. Same input, same output: the only randomness is seeded.
//!
//! Links point from citing to cited. Cycles and links to newer works are drawn as they are; links with an end that is
//! no box, or from a box to itself, get an empty route.

mod axis;
mod columns;
mod lanes;
mod order;
mod place;
mod random;
mod route;
mod sieve;
mod tracks;

use crate::model::PartialDate;
use order::Effort;
use place::Heights;
use tracks::Tracks;

/// What to lay out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sketch {
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The links between them.
    pub links: Vec<Link>,
}

/// A box to place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Width in px.
    pub width: f64,
    /// Height in px; the layout may make a box higher so that arrowheads have room.
    pub height: f64,
    /// The date that places it in a band.
    pub date: Option<PartialDate>,
    /// The swim-lane it stands in, from the top; the same for all where there are none.
    pub swimlane: usize,
}

/// A link to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The place of the citing box.
    pub citing: usize,
    /// The place of the cited box.
    pub cited: usize,
    /// Links of one class may share a trunk.
    pub class: usize,
    /// Whether it may share a trunk at all.
    pub trunk: Trunk,
}

/// Whether a link may share its way with others of its class from or to the same box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trunk {
    /// It may.
    Shared,
    /// It keeps a lane of its own.
    Own,
}

/// What the layout aims at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// What the drawing should fill.
    pub room: Room,
    /// Seed of the restarts.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            room: Room::Aspect(2.0),
            seed: 0x5EED,
        }
    }
}

/// What a drawing should fill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Room {
    /// A page of any size with this width over height.
    Aspect(f64),
    /// Width and height in px. What fits is spread over it; what does not becomes larger, as near to its shape as can be.
    Fixed(f64, f64),
}

impl Options {
    /// How large a page a drawing needs. Both sides count a little, so that of two drawings that need an equal page the
    /// smaller wins, but all that fit into a fixed room are equally good.
    fn excess(&self, (width, height): (f64, f64)) -> f64 {
        let page = |aspect: f64| (width / aspect).max(height) + 0.1 * (width / aspect + height);
        match self.room {
            Room::Aspect(aspect) => page(aspect),
            Room::Fixed(w, h) if width <= w && height <= h => 1.2 * h,
            // Too large is worse than anything that sharing and crossings cost.
            Room::Fixed(w, h) => page(w / h).max(1.2 * h) * (width / w).max(height / h).powi(3),
        }
    }
}

/// A point in px, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// The point at these coordinates.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A rectangle in px.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left side.
    pub x: f64,
    /// Top side.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// The right side.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The bottom.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

/// A piece of a route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece {
    /// A straight line to a point.
    Line(Point),
    /// A cubic curve: two control points and the end.
    Curve(Point, Point, Point),
}

impl Piece {
    /// Where the piece ends.
    pub fn end(&self) -> Point {
        match *self {
            Self::Line(end) | Self::Curve(_, _, end) => end,
        }
    }
}

/// Which end of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The citing box.
    Citing,
    /// The cited box.
    Cited,
}

/// The way of a link. It starts at the end that trunks share, so that dashes of merged links fall on each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The first point.
    pub start: Point,
    /// The pieces after it; none for a link that is not drawn.
    pub pieces: Vec<Piece>,
    /// Which end `start` is at.
    pub starts_at: End,
    /// The tip of the arrowhead, on the side of the cited box.
    pub tip: Point,
    /// Where the arrowhead points, as a vector of length 1: to the right or left, or where two boxes stand under each
    /// other down or up.
    pub heading: Point,
}

/// The years of the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The first and the last year; none for works that nothing dates.
    pub years: Option<(u16, u16)>,
    /// Left side.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// What it holds.
    pub content: Content,
}

/// What a band of the axis stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A year with boxes, or several that share a column.
    Works,
    /// A year without boxes.
    Empty,
    /// Several years without boxes, folded.
    Folded,
}

/// A finished layout; everything lies between 0 and width, 0 and height.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// The boxes, in the order given.
    pub boxes: Vec<Rect>,
    /// The column of each box, from the left.
    pub columns: Vec<usize>,
    /// The routes, in the order given.
    pub routes: Vec<Route>,
    /// The axis from left to right, without gaps.
    pub bands: Vec<Band>,
    /// Top and bottom of each swim-lane, without gaps; none where there is but one.
    pub swimlanes: Vec<(f64, f64)>,
}

/// Up to this many boxes all ways to pack them are drawn and the best kept; beyond, only the most promising.
const TRY_ALL: usize = 150;
/// How much one crossing for each link counts against size.
const CROSSING: f64 = 0.8;
/// The same where all that fits is large enough.
const CROSSING_IN_ROOM: f64 = 0.2;

/// Lays a sketch out.
///
/// Any sketch is laid out, an empty one to an empty layout. The effort spent on crossings goes down with size, so that
/// 400 boxes take a fraction of a second and 2,000 a few seconds.
///
/// ```
/// use citegraph::draw::layout::{arrange, Link, Node, Options, Sketch, Trunk};
/// use citegraph::model::PartialDate;
/// let node = |year| Node { width: 160.0, height: 60.0, date: PartialDate::year(year), swimlane: 0 };
/// let link = Link { citing: 1, cited: 0, class: 0, trunk: Trunk::Shared };
/// let layout = arrange(&Sketch { nodes: vec![node(2016), node(2022)], links: vec![link] }, &Options::default());
/// assert!(layout.boxes[0].right() < layout.boxes[1].x);
/// assert_eq!(layout.routes[0].tip.x, layout.boxes[0].right());
/// ```
pub fn arrange(sketch: &Sketch, options: &Options) -> Layout {
    let tried = if sketch.nodes.len() > TRY_ALL {
        1
    } else {
        usize::MAX
    };
    let candidates = columns::candidates(sketch, options);
    if let ([only], _) | ([only, ..], 1) = (candidates.as_slice(), tried) {
        return attempt(sketch, only, options, Effort::Full).1;
    }
    let drawn = candidates.iter().map(|candidate| {
        let (score, layout) = attempt(sketch, candidate, options, Effort::Trial);
        (score, layout, candidate)
    });
    let Some((score, layout, candidate)) = drawn.min_by(|a, b| a.0.total_cmp(&b.0)) else {
        return Layout::default();
    };
    let (better, again) = attempt(sketch, candidate, options, Effort::Full);
    if better < score { again } else { layout }
}

/// How many times larger than a fixed room a drawing will be, roughly; 1 where the room has no size.
pub fn estimate(sketch: &Sketch, options: &Options) -> f64 {
    let Room::Fixed(width, height) = options.room else {
        return 1.0;
    };
    let candidates = columns::candidates(sketch, options);
    let excess = candidates.iter().map(|candidate| {
        let (w, h) = columns::estimate(sketch, &candidate.columns);
        (w / width).max(h / height)
    });
    excess.fold(f64::INFINITY, f64::min)
}

/// Draws one candidate, and tells how large and how tangled it became: the less the better.
fn attempt(
    sketch: &Sketch,
    candidate: &columns::Candidate,
    options: &Options,
    effort: Effort,
) -> (f64, Layout) {
    let columns = &candidate.columns;
    let mut lanes = lanes::build(sketch, columns);
    let (crossings, mut order) = order::minimize(&lanes, options.seed, effort);
    lanes.join(sketch, &mut order);
    let ports = route::ports(&lanes, &order);
    let Heights {
        of: heights,
        swimlanes,
    } = heights(&lanes, &order, &ports, options.room);
    let tracks = Tracks::new(&lanes, &heights, &ports);
    let axis = axis::axis(sketch, columns, (&lanes, &heights, &tracks), options.room);
    let mut layout = route::finish(sketch, &lanes, (&heights, &ports, &tracks), axis);
    layout.height = swimlanes.last().map_or(layout.height, |last| last.1);
    layout.swimlanes = swimlanes;
    let size = options.excess((layout.width, layout.height));
    let (weight, size) = match options.room {
        Room::Aspect(_) => (CROSSING, (size * length(&layout)).sqrt()),
        Room::Fixed(..) => (CROSSING_IN_ROOM, size),
    };
    let tangle = 1.0 + weight * crossings as f64 / (sketch.links.len() + 10) as f64;
    (candidate.price * size * tangle, layout)
}

/// Px of all routes together, roughly.
fn length(layout: &Layout) -> f64 {
    let way = |route: &Route| {
        let ends = route.pieces.iter().map(Piece::end);
        ends.scan(route.start, |from, end| {
            let step = (end.x - from.x).hypot(end.y - from.y);
            *from = end;
            Some(step)
        })
        .sum::<f64>()
    };
    layout.routes.iter().map(way).sum::<f64>() + 1.0
}

/// How many times the least gaps free height may widen the gaps.
const SPREADS: [f64; 5] = [3.0, 2.4, 1.9, 1.5, 1.2];

/// How many times the least gaps are left where room is short.
const NARROW: f64 = 0.75;

/// The heights of all vertices: with the widest gaps that a room of fixed size leaves space for.
fn heights(lanes: &lanes::Lanes, order: &order::Order, ports: &route::Ports, room: Room) -> Heights {
    let least = place::place(lanes, order, ports, 1.0);
    let Room::Fixed(_, free) = room else { return least };
    let bottom = |heights: &Heights| {
        let sides = heights.of.iter().zip(&lanes.vertices);
        let swimlanes = heights.swimlanes.last().map_or(0.0, |last| last.1);
        sides.fold(swimlanes, |b: f64, (y, v)| b.max(y + v.height / 2.0))
    };
    let lowest = bottom(&least);
    if lowest > free {
        return place::place(lanes, order, ports, NARROW);
    }
    let spread = SPREADS
        .iter()
        .map(|gaps| place::place(lanes, order, ports, *gaps));
    spread.into_iter().find(|y| bottom(y) <= free).unwrap_or(least)
}

/// The links that can be drawn, with their place.
fn drawable(sketch: &Sketch) -> impl Iterator<Item = (usize, &Link)> {
    let nodes = sketch.nodes.len();
    let links = sketch.links.iter().enumerate();
    links.filter(move |(_, l)| l.citing != l.cited && l.citing.max(l.cited) < nodes)
}
