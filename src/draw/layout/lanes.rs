//! Columns and links in, a layered graph out: every column that a link crosses gets a lane for it, and links of one class
//! that leave or reach the same box share their lanes as a trunk, so that a hub with fifty references is one line that
//! branches and not fifty lines.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::columns::Columns;
use super::{End, Link, Sketch, Trunk, drawable};
use crate::model::PartialDate;

/// A box or a lane in a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    pub(super) column: usize,
    /// Its height.
    pub(super) height: f64,
    /// The box it is; none for a lane.
    pub(super) card: Option<usize>,
    /// The date of the box.
    pub(super) date: Option<PartialDate>,
    /// The swim-lane: that of the box, or for a lane that of the box at its root.
    pub(super) swimlane: usize,
}

/// A line between two neighboring columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) left: usize,
    pub(super) right: usize,
    /// The trunk it belongs to.
    pub(super) group: usize,
    /// How many links run through it.
    pub(super) links: usize,
}

/// The way of a link through the vertices, starting at the end where its trunk is rooted.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) link: usize,
    pub(super) group: usize,
    pub(super) starts_at: End,
    pub(super) vertices: Vec<usize>,
}

/// The layered graph.
#[derive(Debug, Clone, Default)]
pub(super) struct Lanes {
    /// Boxes first, in the order given, then lanes.
    pub(super) vertices: Vec<Vertex>,
    pub(super) segments: Vec<Segment>,
    pub(super) ways: Vec<Way>,
    pub(super) columns: usize,
    /// Boxes of one column with a straight line between them, the upper one and the one right under it.
    pub(super) joined: HashSet<(usize, usize)>,
}

/// Most straight lines between two boxes: more would stand too close.
const MOST_JOINTS: usize = 3;

impl Lanes {
    /// The lanes of each trunk from left to right, for trunks that have any.
    pub(super) fn trunks(&self) -> Vec<Vec<usize>> {
        let mut trunks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for segment in &self.segments {
            for end in [segment.left, segment.right] {
                if self.vertices[end].card.is_none() {
                    trunks.entry(segment.group).or_default().push(end);
                }
            }
        }
        for trunk in trunks.values_mut() {
            trunk.sort_by_key(|v| (self.vertices[*v].column, *v));
            trunk.dedup();
        }
        trunks.into_values().collect()
    }

    /// Makes straight lines of links whose boxes stand right under each other, which then need no turn.
    pub(super) fn join(&mut self, sketch: &Sketch, order: &mut super::order::Order) {
        let under: HashSet<(usize, usize)> = (order.iter())
            .flat_map(|column| column.windows(2).map(|pair| (pair[0], pair[1])))
            .collect();
        let pair = |way: &Way| match *way.vertices.as_slice() {
            [a, _, b] if self.vertices[a].column == self.vertices[b].column => {
                [(a, b), (b, a)].into_iter().find(|pair| under.contains(pair))
            }
            _ => None,
        };
        let mut links: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (place, way) in self.ways.iter().enumerate() {
            let alike = |(a, b): &(usize, usize)| self.vertices[*a].swimlane == self.vertices[*b].swimlane;
            if let Some(pair) = pair(way).filter(alike) {
                links.entry(pair).or_default().push(place);
            }
        }
        // What bears a mark of its own keeps a line that is long enough for it.
        let plain = |way: &usize| sketch.links[self.ways[*way].link].trunk == Trunk::Shared;
        links.retain(|_, ways| ways.len() <= MOST_JOINTS && ways.iter().all(plain));
        let (mut groups, mut turns) = (HashSet::new(), HashSet::new());
        for way in links.values().flatten() {
            let way = &mut self.ways[*way];
            turns.insert(way.vertices.remove(1));
            groups.insert(way.group);
        }
        self.segments.retain(|segment| !groups.contains(&segment.group));
        order
            .iter_mut()
            .for_each(|column| column.retain(|vertex| !turns.contains(vertex)));
        self.joined = links.into_keys().collect();
    }
}

/// What links must share to run in one trunk: the box, the class, and whether it is cited or citing, left or right.
type Root = (usize, usize, bool, bool, usize);

/// Least links that share a trunk.
const LEAST_TRUNK: usize = 3;
/// Px between two ports on the side of a box.
const PORT: f64 = 7.0;

/// Builds the layered graph.
pub(super) fn build(sketch: &Sketch, columns: &Columns) -> Lanes {
    let mut builder = Builder::new(sketch, columns);
    let sizes = group_sizes(sketch, columns);
    for (place, link) in drawable(sketch) {
        builder.add(place, link, trunk(&sizes, (place, link), columns));
    }
    builder.finish()
}

/// How many lanes each column will have: as `build` makes them, without making them.
pub(super) fn count(sketch: &Sketch, columns: &Columns) -> Vec<usize> {
    let sizes = group_sizes(sketch, columns);
    let mut spans: HashMap<Root, (usize, usize)> = HashMap::new();
    for (place, link) in drawable(sketch) {
        let (_, root) = trunk(&sizes, (place, link), columns);
        let (a, b) = (columns.of[link.citing], columns.of[link.cited]);
        let span = spans.entry(root).or_insert((a.min(b), a.max(b)));
        // A link inside a column has its turn in the next one.
        let last = if a == b { a + 2 } else { a.max(b) };
        *span = (span.0.min(a.min(b)), span.1.max(last));
    }
    let mut changes = vec![0_isize; columns.periods.len() + 1];
    for (first, last) in spans.into_values() {
        changes[first + 1] += 1;
        changes[last] -= 1;
    }
    let mut lanes = 0;
    let count = |change: &isize| {
        lanes += change;
        lanes.unsigned_abs()
    };
    changes[..columns.periods.len()].iter().map(count).collect()
}

/// The end at which more links share a trunk, and the trunk; a trunk of few has nothing to save.
fn trunk(sizes: &HashMap<Root, usize>, (place, link): (usize, &Link), columns: &Columns) -> (End, Root) {
    let size = |end| sizes.get(&root(link, place, end, columns)).copied().unwrap_or(0);
    let end = if size(End::Cited) > size(End::Citing) {
        End::Cited
    } else {
        End::Citing
    };
    let mut trunk = root(link, place, end, columns);
    if size(end) < LEAST_TRUNK {
        trunk.4 = place + 1;
    }
    (end, trunk)
}

fn group_sizes(sketch: &Sketch, columns: &Columns) -> HashMap<Root, usize> {
    let mut sizes = HashMap::new();
    for (place, link) in drawable(sketch) {
        for end in [End::Citing, End::Cited] {
            *sizes.entry(root(link, place, end, columns)).or_insert(0) += 1;
        }
    }
    sizes
}

fn root(link: &Link, place: usize, end: End, columns: &Columns) -> Root {
    let goes_left = columns.of[link.cited] < columns.of[link.citing];
    let node = if end == End::Citing {
        link.citing
    } else {
        link.cited
    };
    let alone = link.trunk == Trunk::Own || columns.of[link.cited] == columns.of[link.citing];
    let own = if alone { place + 1 } else { 0 };
    (node, link.class, end == End::Citing, goes_left, own)
}

/// What grows while links are added.
struct Builder<'a> {
    columns: &'a Columns,
    lanes: Lanes,
    groups: HashMap<Root, usize>,
    lane_of: HashMap<(usize, usize), usize>,
    segment_of: HashMap<(usize, usize, usize), usize>,
}

impl<'a> Builder<'a> {
    fn new(sketch: &Sketch, columns: &'a Columns) -> Self {
        let card = |(card, node): (usize, &super::Node)| Vertex {
            column: columns.of[card],
            height: node.height,
            card: Some(card),
            date: node.date,
            swimlane: node.swimlane,
        };
        let lanes = Lanes {
            vertices: sketch.nodes.iter().enumerate().map(card).collect(),
            columns: columns.periods.len(),
            ..Lanes::default()
        };
        Self {
            columns,
            lanes,
            groups: HashMap::new(),
            lane_of: HashMap::new(),
            segment_of: HashMap::new(),
        }
    }

    fn add(&mut self, place: usize, link: &Link, (starts_at, root): (End, Root)) {
        let next = self.groups.len();
        let group = *self.groups.entry(root).or_insert(next);
        let (first, last) = match starts_at {
            End::Citing => (link.citing, link.cited),
            End::Cited => (link.cited, link.citing),
        };
        let mut vertices = vec![first];
        for column in crossed(self.columns.of[first], self.columns.of[last]) {
            let vertex = self.lane(group, column, first);
            vertices.push(vertex);
        }
        vertices.push(last);
        for pair in vertices.windows(2) {
            self.segment(pair[0], pair[1], group);
        }
        self.lanes.ways.push(Way {
            link: place,
            group,
            starts_at,
            vertices,
        });
    }

    fn lane(&mut self, group: usize, column: usize, root: usize) -> usize {
        let vertices = &mut self.lanes.vertices;
        let swimlane = vertices[root].swimlane;
        *self.lane_of.entry((group, column)).or_insert_with(|| {
            vertices.push(Vertex {
                column,
                height: 0.0,
                card: None,
                date: None,
                swimlane,
            });
            vertices.len() - 1
        })
    }

    fn segment(&mut self, a: usize, b: usize, group: usize) {
        let a_is_left = self.lanes.vertices[a].column < self.lanes.vertices[b].column;
        let (left, right) = if a_is_left { (a, b) } else { (b, a) };
        let segments = &mut self.lanes.segments;
        let place = *self.segment_of.entry((left, right, group)).or_insert_with(|| {
            segments.push(Segment {
                left,
                right,
                group,
                links: 0,
            });
            segments.len() - 1
        });
        segments[place].links += 1;
    }

    /// Makes boxes high enough for their ports.
    fn finish(mut self) -> Lanes {
        let mut ports = std::collections::HashSet::new();
        let mut count: HashMap<(usize, bool), usize> = HashMap::new();
        for segment in &self.lanes.segments {
            for end in [(segment.left, true), (segment.right, false)] {
                if ports.insert((end, segment.group)) {
                    *count.entry(end).or_insert(0) += 1;
                }
            }
        }
        for ((vertex, _), ports) in count {
            let vertex = &mut self.lanes.vertices[vertex];
            if vertex.card.is_some() {
                vertex.height = vertex.height.max(PORT * (ports as f64 + 1.0));
            }
        }
        self.lanes
    }
}

/// The columns strictly between two, from the first towards the second; for one and the same the one after it, where links
/// turn.
fn crossed(first: usize, last: usize) -> Vec<usize> {
    match first.cmp(&last) {
        Ordering::Less => (first + 1..last).collect(),
        Ordering::Equal => vec![first + 1],
        Ordering::Greater => (last + 1..first).rev().collect(),
    }
}
