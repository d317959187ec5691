//! Analysis: a [`ReferenceGraph`](crate::graph::ReferenceGraph) and a question in, a value out. Nothing here draws,
//! prints or changes the graph.
//!
//! | question | function | answer |
//! |---|---|---|
//! | what does a work descend from, what descends from it | [`lineage()`] | [`Lineage`] |
//! | which works matter most by a [`Measure`] | [`rank`] | [`Ranking`] |
//! | who refers to a work, through time, by body and language | [`ego()`] | [`Ego`] |
//! | which works refer to which of a kind | [`crossing`] | [`Crossing`] |
//! | which works belong together | [`communities()`] | a group for each work |
//! | what is cited but not in the corpus | [`frontier()`] | [`Frontier`] |
//!
//! The measures themselves run on an [`Adjacency`](crate::graph::Adjacency) and are in [`centrality`].

pub mod centrality;
pub mod communities;
pub mod ego;
pub mod frontier;
pub mod issuer;
pub mod lineage;
pub mod matrix;
mod walk;

pub use centrality::{Measure, Placing, Ranked, Ranking, rank};
pub use communities::communities;
pub use ego::{Citing, Ego, Year, ego};
pub use frontier::{Frontier, Missing, frontier};
pub use issuer::Issuer;
pub use lineage::{Lineage, LineageDirection, LineageQuery, Member, lineage};
pub use matrix::{Cell, Crossing, crossing};
pub use walk::{ancestors, descendants};

#[cfg(test)]
mod fixtures;
