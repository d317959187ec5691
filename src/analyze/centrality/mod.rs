//! Centrality: a graph and a [`Measure`] in, a [`Ranking`] of its works out.
//!
//! Each measure has a function of its own that takes an [`Adjacency`] and gives one number for each position. Common
//! to all: links point from the citing to the cited position; parallel links count once and links from a position to
//! itself not at all; cycles are allowed; isolated positions take part and have the least value there is; the outcome
//! is the same to the last bit whatever the number of threads.
//!
//! | measure | what a high value says | adds up to | time |
//! |---|---|---|---|
//! | [`in_degree`] | many works cite it | links | positions |
//! | [`out_degree`] | it cites many works | links | positions |
//! | [`pagerank`] | works that matter cite it, and not much else | 1 | links, times the sweeps that cycles need |
//! | [`hits`], authority | works that cite much of what matters cite it | 1 | links times iterations |
//! | [`hits`], hub | it cites much of what matters | 1 | links times iterations |
//! | [`betweenness`] | shortest ways from work to work lead through it | | positions times links |
//!
//! On a citation network without cycles old works win by in-degree, authority and PageRank, since they had more time to
//! be cited, and the newest and oldest works have betweenness 0: so a [`Ranking`] gives the rank within the year, too.

mod betweenness;
mod hits;
mod pagerank;
mod ranking;

pub use betweenness::{betweenness, normalize};
pub use hits::{Hits, hits};
pub use pagerank::{DAMPING, pagerank};
pub use ranking::{Placing, Ranked, Ranking, rank};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::graph::Adjacency;

/// A way to say how much a work matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// How many works cite it.
    InDegree,
    /// How many works it cites.
    OutDegree,
    /// [`pagerank`] with [`DAMPING`].
    #[serde(rename = "pagerank")]
    PageRank,
    /// The authority of [`hits`].
    HitsAuthority,
    /// The hub score of [`hits`].
    HitsHub,
    /// [`betweenness`], [normalized](normalize).
    Betweenness,
}

impl Measure {
    /// All measures, in order.
    pub const ALL: [Self; 6] = [
        Self::InDegree,
        Self::OutDegree,
        Self::PageRank,
        Self::HitsAuthority,
        Self::HitsHub,
        Self::Betweenness,
    ];

    /// Its name: `in-degree`, `out-degree`, `pagerank`, `hits-authority`, `hits-hub`, `betweenness`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InDegree => "in-degree",
            Self::OutDegree => "out-degree",
            Self::PageRank => "pagerank",
            Self::HitsAuthority => "hits-authority",
            Self::HitsHub => "hits-hub",
            Self::Betweenness => "betweenness",
        }
    }

    /// The measure of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.as_str() == name)
    }

    /// What it counts and how it is normalized, as a sentence for the foot of a table or picture.
    pub fn definition(self) -> &'static str {
        match self {
            Self::InDegree => "Number of works that cite the work.",
            Self::OutDegree => "Number of works that the work cites.",
            Self::PageRank => {
                "PageRank: share of time a reader spends at the work who follows references from citing to cited \
                 works and starts anew with probability 0.15; all shares add up to 1."
            }
            Self::HitsAuthority => {
                "HITS authority: cited by works that cite many authorities; within the largest connected part of \
                 the graph, all scores add up to 1."
            }
            Self::HitsHub => {
                "HITS hub: cites works that many hubs cite; within the largest connected part of the graph, all \
                 scores add up to 1."
            }
            Self::Betweenness => {
                "Betweenness: share of the shortest chains of references between all other pairs of works that \
                 lead through the work, from 0 to 1."
            }
        }
    }

    /// Its value for each position.
    pub fn values(self, adjacency: &Adjacency) -> Vec<f64> {
        match self {
            Self::InDegree => in_degree(adjacency),
            Self::OutDegree => out_degree(adjacency),
            Self::PageRank => pagerank(adjacency, DAMPING),
            Self::HitsAuthority => hits(adjacency).authorities,
            Self::HitsHub => hits(adjacency).hubs,
            Self::Betweenness => normalize(&betweenness(adjacency)),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How many positions cite each position; not normalized. Linear in positions.
///
/// Source: E. Garfield, "Citation analysis as a tool in journal evaluation", Science 178 (1972).
pub fn in_degree(adjacency: &Adjacency) -> Vec<f64> {
    (0..adjacency.len())
        .map(|position| adjacency.who_cites(position).len() as f64)
        .collect()
}

/// How many positions each position cites; not normalized. Linear in positions.
///
/// Source: L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1 (1978), as
/// [`in_degree`] counted at the other end.
pub fn out_degree(adjacency: &Adjacency) -> Vec<f64> {
    (0..adjacency.len())
        .map(|position| adjacency.cites(position).len() as f64)
        .collect()
}

#[cfg(test)]
mod tests;
