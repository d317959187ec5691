//! Places in, curves out. In a gap every line is a cubic curve with level ends; over a column it is level in its lane or at
//! its port. So two lines cross only where the order makes them, and none passes under a box.

use std::collections::{BTreeMap, HashMap};

use super::axis::{Axis, STUB};
use super::lanes::{Lanes, Way};
use super::order::Order;
use super::tracks::Tracks;
use super::{End, Layout, Piece, Point, Rect, Route, Sketch};

/// Length of an arrowhead in px: a line ends there, not at the tip.
pub(super) const ARROW: f64 = 9.0;
/// Px between two ports where a box has room.
const PORT_GAP: f64 = 13.0;
/// Px between two straight lines from box to box under each other.
const JOINT_GAP: f64 = 22.0;
/// Px of a side above the first port and under the last.
const PORT_MARGIN: f64 = 7.0;

/// Where lines meet the sides of boxes.
#[derive(Default)]
pub(super) struct Ports(HashMap<(usize, bool, usize), f64>);

impl Ports {
    /// How far below the middle of a vertex the lines of a group meet its right or its left side; 0 for lanes.
    pub(super) fn offset(&self, vertex: usize, right: bool, group: usize) -> f64 {
        self.0.get(&(vertex, right, group)).copied().unwrap_or(0.0)
    }
}

/// Gives every side of a box its ports, in the order of what they lead to.
pub(super) fn ports(lanes: &Lanes, order: &Order) -> Ports {
    let mut position = vec![0.0; lanes.vertices.len()];
    for column in order {
        for (place, vertex) in column.iter().enumerate() {
            position[*vertex] = place as f64;
        }
    }
    let mut sides: BTreeMap<(usize, bool), BTreeMap<usize, (f64, f64)>> = BTreeMap::new();
    for segment in &lanes.segments {
        for (at, right, to) in [
            (segment.left, true, segment.right),
            (segment.right, false, segment.left),
        ] {
            if lanes.vertices[at].card.is_some() {
                let place = sides
                    .entry((at, right))
                    .or_default()
                    .entry(segment.group)
                    .or_insert((0.0, 0.0));
                *place = (place.0 + position[to], place.1 + 1.0);
            }
        }
    }
    let mut ports = Ports::default();
    for ((vertex, right), groups) in sides {
        let mut groups: Vec<(f64, usize)> = groups.into_iter().map(|(g, (sum, n))| (sum / n, g)).collect();
        groups.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let gaps = (groups.len() as f64 - 1.0).max(1.0);
        let step = ((lanes.vertices[vertex].height - 2.0 * PORT_MARGIN) / gaps).min(PORT_GAP);
        let first = -step * (groups.len() as f64 - 1.0) / 2.0;
        for (place, (_, group)) in groups.into_iter().enumerate() {
            ports
                .0
                .insert((vertex, right, group), first + step * place as f64);
        }
    }
    ports
}

/// Puts everything together.
pub(super) fn finish(
    sketch: &Sketch,
    lanes: &Lanes,
    places: (&[f64], &Ports, &Tracks),
    axis: Axis,
) -> Layout {
    let (heights, ports, tracks) = places;
    let boxes: Vec<Rect> = (sketch.nodes.iter().enumerate())
        .map(|(card, node)| {
            let (left, right) = axis.columns[lanes.vertices[card].column];
            let (left, right) = axis.share(card, (left, right));
            let height = lanes.vertices[card].height;
            Rect {
                x: (left + right - node.width) / 2.0,
                y: heights[card] - height / 2.0,
                width: node.width,
                height,
            }
        })
        .collect();
    let tracer = Tracer {
        lanes,
        heights,
        ports,
        columns: &axis.columns,
        boxes: &boxes,
        tracks,
        through: through(lanes),
    };
    let mut routes = vec![Route::none(); sketch.links.len()];
    for way in &lanes.ways {
        routes[way.link] = tracer.trace(way);
    }
    let lane_bottom = (heights.iter().zip(&lanes.vertices)).map(|(y, v)| y + v.height / 2.0);
    Layout {
        width: axis.width,
        height: lane_bottom.fold(0.0, f64::max),
        columns: lanes.vertices[..boxes.len()].iter().map(|v| v.column).collect(),
        boxes,
        routes,
        bands: axis.bands,
        swimlanes: Vec::new(),
    }
}

impl Route {
    fn none() -> Self {
        Self {
            start: Point::default(),
            pieces: Vec::new(),
            starts_at: End::Citing,
            tip: Point::default(),
            heading: Point::new(1.0, 0.0),
        }
    }

    /// Whether there is anything to draw.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The same way from the citing to the cited end, as points and pieces.
    pub fn from_citing(&self) -> (Point, Vec<Piece>) {
        if self.starts_at == End::Citing {
            return (self.start, self.pieces.clone());
        }
        let mut starts = vec![self.start];
        starts.extend(self.pieces.iter().map(Piece::end));
        let end = starts.last().copied().unwrap_or_default();
        let reversed = |(piece, start): (&Piece, &Point)| match *piece {
            Piece::Line(_) => Piece::Line(*start),
            Piece::Curve(a, b, _) => Piece::Curve(b, a, *start),
        };
        (end, self.pieces.iter().zip(&starts).rev().map(reversed).collect())
    }

    /// Points along the way, close enough to judge what it passes.
    pub fn sampled(&self) -> Vec<Point> {
        let mut points = vec![self.start];
        let mut from = self.start;
        for piece in &self.pieces {
            if let Piece::Curve(a, b, end) = *piece {
                points.extend((1..16).map(|step| cubic([from, a, b, end], f64::from(step) / 16.0)));
            }
            from = piece.end();
            points.push(from);
        }
        points
    }
}

fn cubic(p: [Point; 4], t: f64) -> Point {
    let s = 1.0 - t;
    let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
    let sum = |of: fn(&Point) -> f64| p.iter().zip(weights).map(|(p, w)| of(p) * w).sum();
    Point::new(sum(|p| p.x), sum(|p| p.y))
}

struct Tracer<'a> {
    lanes: &'a Lanes,
    heights: &'a [f64],
    ports: &'a Ports,
    columns: &'a [(f64, f64)],
    boxes: &'a [Rect],
    tracks: &'a Tracks,
    /// For each vertex whether one line alone comes and goes on.
    through: Vec<bool>,
}

fn through(lanes: &Lanes) -> Vec<bool> {
    let mut ends = vec![(0, 0); lanes.vertices.len()];
    for segment in &lanes.segments {
        ends[segment.left].1 += 1;
        ends[segment.right].0 += 1;
    }
    ends.into_iter().map(|ends| ends == (1, 1)).collect()
}

impl Tracer<'_> {
    fn trace(&self, way: &Way) -> Route {
        let (Some(&first), Some(&last)) = (way.vertices.first(), way.vertices.last()) else {
            return Route::none();
        };
        let (a, b) = (
            self.lanes.vertices[first].column,
            self.lanes.vertices[last].column,
        );
        match way.vertices.as_slice() {
            [_, _] if a == b => return self.joint(way, (first, last)),
            _ if a == b => return self.turn(way, (first, last)),
            _ => {}
        }
        let to_right = a < b;
        let forward = if to_right { 1.0 } else { -1.0 };
        let start = self.port(first, to_right, way.group);
        let end = self.port(last, !to_right, way.group);
        let (tip, heading, begins, ends) = match way.starts_at {
            End::Citing => (end, forward, start, Point::new(end.x - forward * ARROW, end.y)),
            End::Cited => (
                start,
                -forward,
                Point::new(start.x + forward * ARROW, start.y),
                end,
            ),
        };
        let mut pen = Pen::at(begins);
        let gaps: Vec<(Point, Point)> = (way.vertices.windows(2))
            .map(|pair| {
                let (from, to) = self.gap(pair[0], pair[1]);
                let start = Point::new(from, self.height(pair[0], to_right, way.group));
                (start, Point::new(to, self.height(pair[1], !to_right, way.group)))
            })
            .collect();
        let mut slope = 0.0;
        for (place, pair) in way.vertices.windows(2).enumerate() {
            let (from, to) = gaps[place];
            let next = gaps.get(place + 1).filter(|_| self.runs_through(pair[1]));
            let after = next.map_or(0.0, |next| common_slope((from, to), *next));
            pen.line(from);
            pen.curve(to, self.track(pair[0], pair[1], way.group), (slope, after));
            slope = after;
        }
        pen.line(ends);
        Route {
            start: begins,
            pieces: pen.pieces,
            starts_at: way.starts_at,
            tip,
            heading: Point::new(heading, 0.0),
        }
    }

    /// A straight line between two boxes under each other; several stand side by side.
    fn joint(&self, way: &Way, (first, last): (usize, usize)) -> Route {
        let (citing, cited) = (&self.boxes[first], &self.boxes[last]);
        let (left, right) = (citing.x.max(cited.x), citing.right().min(cited.right()));
        let between = |way: &&Way| {
            let ends = [way.vertices.first(), way.vertices.last()];
            way.vertices.len() == 2
                && (ends == [Some(&first), Some(&last)] || ends == [Some(&last), Some(&first)])
        };
        let beside: Vec<usize> = self
            .lanes
            .ways
            .iter()
            .filter(between)
            .map(|way| way.link)
            .collect();
        let place = beside.iter().position(|link| *link == way.link).unwrap_or(0);
        let step = JOINT_GAP.min((right - left) / (beside.len() as f64 + 1.0));
        let x = (left + right) / 2.0 + step * (place as f64 - (beside.len() as f64 - 1.0) / 2.0);
        let (start, tip, down) = if citing.y < cited.y {
            (citing.bottom(), cited.y, 1.0)
        } else {
            (citing.y, cited.bottom(), -1.0)
        };
        let mut pen = Pen::at(Point::new(x, start));
        pen.line(Point::new(x, tip - down * ARROW));
        Route {
            start: Point::new(x, start),
            pieces: pen.pieces,
            starts_at: End::Citing,
            tip: Point::new(x, tip),
            heading: Point::new(0.0, down),
        }
    }

    /// A link inside a column: out on the right side, round in the gap, and back to the right side of the cited box.
    fn turn(&self, way: &Way, (first, last): (usize, usize)) -> Route {
        let (start, tip) = (
            self.port(first, true, way.group),
            self.port(last, true, way.group),
        );
        let lane = way.vertices[1];
        let (near, far) = self.gap(first, lane);
        let part = self.tracks.part(self.lanes.vertices[first].column, way.group);
        let out = near + (far - near) * part;
        let (top, bottom) = (start.y.min(tip.y), start.y.max(tip.y));
        let round = 0.3 * (bottom - top);
        let middle = Point::new(out, self.heights[lane].clamp(top + round, bottom - round));
        let mut pen = Pen::at(start);
        pen.line(Point::new(near, start.y));
        pen.bend(Point::new(out, start.y), middle);
        pen.bend(Point::new(out, tip.y), Point::new(near, tip.y));
        pen.line(Point::new(tip.x + ARROW, tip.y));
        Route {
            start,
            pieces: pen.pieces,
            starts_at: End::Citing,
            tip,
            heading: Point::new(-1.0, 0.0),
        }
    }

    /// Whether a lane is a mere point of a line that does not branch there: then the line need not be level in it.
    fn runs_through(&self, lane: usize) -> bool {
        let (left, right) = self.columns[self.lanes.vertices[lane].column];
        left >= right && self.through[lane]
    }

    fn height(&self, vertex: usize, right: bool, group: usize) -> f64 {
        self.heights[vertex] + self.ports.offset(vertex, right, group)
    }

    fn port(&self, vertex: usize, right: bool, group: usize) -> Point {
        let rect = &self.boxes[vertex];
        let x = if right { rect.right() } else { rect.x };
        Point::new(x, self.height(vertex, right, group))
    }

    /// Where in the gap between two vertices the lines of a group climb, as a part of the way.
    fn track(&self, from: usize, to: usize, group: usize) -> f64 {
        let (a, b) = (self.lanes.vertices[from].column, self.lanes.vertices[to].column);
        let part = self.tracks.part(a.min(b), group);
        if a < b { part } else { 1.0 - part }
    }

    /// From where to where lines may climb between the columns of two vertices.
    fn gap(&self, from: usize, to: usize) -> (f64, f64) {
        let (a, b) = (self.lanes.vertices[from].column, self.lanes.vertices[to].column);
        if a < b {
            (self.columns[a].1 + self.stub(a), self.columns[b].0 - self.stub(b))
        } else {
            (self.columns[a].0 - self.stub(a), self.columns[b].1 + self.stub(b))
        }
    }

    /// Px beside a column in which lines run level; none beside one without boxes, where no arrowhead lies.
    fn stub(&self, column: usize) -> f64 {
        let (left, right) = self.columns[column];
        if right > left { STUB } else { 0.0 }
    }
}

/// How much flatter than it might be a line passes from one gap to the next: those beside it are level there.
const FLATTER: f64 = 0.6;

/// The slope at which a line passes from one gap to the next without turning up or down in between: less than that of the
/// flatter part, so that it climbs or falls all the way (Fritsch and Carlson, "Monotone piecewise cubic interpolation", 1980).
fn common_slope((a, b): (Point, Point), (c, d): (Point, Point)) -> f64 {
    let slope = |from: Point, to: Point| (to.y - from.y) / (to.x - from.x);
    let (before, after) = (slope(a, b), slope(c, d));
    if !(before * after).is_finite() || before * after <= 0.0 {
        return 0.0;
    }
    FLATTER * before.abs().min(after.abs()) * before.signum()
}

/// Draws pieces, joining level lines.
struct Pen {
    at: Point,
    pieces: Vec<Piece>,
}

impl Pen {
    fn at(at: Point) -> Self {
        Self {
            at,
            pieces: Vec::new(),
        }
    }

    fn line(&mut self, to: Point) {
        match self.pieces.last_mut() {
            Some(Piece::Line(end)) if (end.y - to.y).abs() < 0.05 => *end = to,
            _ => self.pieces.push(Piece::Line(to)),
        }
        self.at = to;
    }

    /// A quarter of a round, towards and away from a corner.
    fn bend(&mut self, corner: Point, to: Point) {
        let toward = |from: Point| {
            Point::new(
                from.x + (corner.x - from.x) * 0.7,
                from.y + (corner.y - from.y) * 0.7,
            )
        };
        self.pieces.push(Piece::Curve(toward(self.at), toward(to), to));
        self.at = to;
    }

    /// A curve that starts and ends with these slopes and climbs at a part of its way.
    fn curve(&mut self, to: Point, part: f64, (first, last): (f64, f64)) {
        if (to.y - self.at.y).abs() < 0.05 {
            return self.line(to);
        }
        let middle = self.at.x + (to.x - self.at.x) * part;
        self.pieces.push(Piece::Curve(
            Point::new(middle, self.at.y + first * (middle - self.at.x)),
            Point::new(middle, to.y + last * (middle - to.x)),
            to,
        ));
        self.at = to;
    }
}
