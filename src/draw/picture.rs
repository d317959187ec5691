//! The neutral picture: what to draw, without where or how. Analysis results come in through thin adapters that build a
//! [`Picture`]; layout and the outputs read it and nothing else.

use super::layout::{self, Sketch, Trunk};
use super::page::Page;
use crate::model::{Edge, Language, PartialDate, Relation, Work};

/// Everything one picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The finding, at most a dozen words: "11406/22 builds on three sets of conclusions".
    pub title: String,
    /// Scope and dates: "Lineage of 11406/22, two generations, 2013–2025".
    pub subtitle: String,
    /// What is drawn: a network in time, or a ranking.
    pub view: View,
    /// The page it is to fit.
    pub page: Page,
    /// Works that are to stand in lanes.
    pub lanes: Option<Swimlanes>,
    /// The language of the texts of the picture.
    pub language: Language,
    /// The works shown.
    pub cards: Vec<Card>,
    /// The references shown; ends are places in `cards`. A link with an end that is no card is left out.
    pub links: Vec<Link>,
    /// The chain to stand out, as places in `cards`, the oldest first: each work refers to the one before it.
    pub chain: Vec<usize>,
    /// What the reader must know of what is not shown: "25 of 78 works shown, 112 references hidden".
    pub notes: Vec<String>,
    /// Source, size of the corpus, program version.
    pub footer: Vec<String>,
}

/// Lanes along time, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Swimlanes {
    /// What the works of each lane share: "Council".
    pub names: Vec<String>,
    /// The lane of each card.
    pub of: Vec<usize>,
}

/// What sort of picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// Works along time with the references between them.
    Lineage,
    /// Works ranked by a measure, with a small network in time beside the bars.
    Centrality(Measure),
    /// Works in lanes along time, each with how it refers to the one work in question.
    Lanes(Vec<Lane>),
    /// Counts by year, stacked by relation.
    Columns(Columns),
    /// Works that refer, a row each, by what they refer to, a column each; the links between them fill the cells.
    Matrix(Matrix),
}

/// One lane of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// What its works have in common: "Council".
    pub name: String,
    /// Its works, as places in the cards of the picture; a work may be in several lanes.
    pub cards: Vec<usize>,
}

/// Counts by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// What is counted: "citing works".
    pub counted: String,
    /// The years in order, with counts by relation, in order of relation. A year without any is there, too.
    pub years: Vec<(u16, Vec<(Relation, usize)>)>,
    /// The counts of what bears no date.
    pub undated: Vec<(Relation, usize)>,
}

/// Who refers to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The citing works from top to bottom, as places in the cards of the picture.
    pub rows: Vec<usize>,
    /// The cited works from left to right.
    pub columns: Vec<usize>,
}

/// The measure a ranking goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its name: "PageRank".
    pub name: String,
    /// How it is defined, with its parameters and the direction: "damping 0.85, rank flows from citing to cited work".
    pub definition: String,
    /// What [`Weight::count`] counts: "citing works".
    pub counted: String,
    /// What [`Weight::standing`] tells: "in its year"; empty where it is not told.
    pub standing: String,
}

/// One work.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The canonical id; it may hold anything.
    pub id: String,
    /// Document or instrument.
    pub shape: Shape,
    /// The number, or the name of an instrument; drawn bold.
    pub heading: String,
    /// The title; empty when the heading says all. Wrapped, and cut with an ellipsis only when long.
    pub title: String,
    /// The date as it is to be read ("18 July 2022"); empty when unknown.
    pub date_label: String,
    /// The date that places the card; none for undated works, which stand next to what cites them.
    pub date: Option<PartialDate>,
    /// Whether it is the work in question, another of the corpus, or only cited.
    pub state: State,
    /// Its value under the measure of a ranking.
    pub weight: Option<Weight>,
    /// How many references the work in question is away; none where there is none or no way.
    pub depth: Option<usize>,
    /// The languages in which it refers to the work in question ("en"), in order; empty in views that do not tell.
    pub languages: Vec<&'static str>,
    /// The text to show on hovering: the full title.
    pub tooltip: String,
    /// Address in a public register.
    pub url: Option<String>,
}

/// The value of a work in a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Weight {
    /// The value, not negative.
    pub value: f64,
    /// The value as it is to be read ("0.0412").
    pub label: String,
    /// The raw count that stands beside it.
    pub count: usize,
    /// Its place among those of its age ("1 of 12"): old works had more time to be cited. Empty where its age is not known.
    pub standing: String,
}

/// The outline of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A document: a rectangle with number, title and date.
    Document,
    /// A named instrument: a pill with its name.
    Instrument,
}

/// How a work stands to the corpus and to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The work in question.
    Focus,
    /// A work of the corpus.
    InCorpus,
    /// Cited, but not in the corpus.
    CitedOnly,
}

/// One reference, from the citing card to the cited one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The place of the citing card.
    pub citing: usize,
    /// The place of the cited card.
    pub cited: usize,
    /// How.
    pub relation: Relation,
    /// How many mentions stand behind it.
    pub mentions: usize,
    /// Whether it was reached by correcting a date in the text.
    pub certainty: Certainty,
    /// The text to show on hovering.
    pub tooltip: String,
}

/// Whether the text says it as drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The text says it.
    AsWritten,
    /// A date in the text was corrected to reach the cited work.
    Corrected,
}

impl Picture {
    /// A lineage picture without cards.
    pub fn new(title: impl Into<String>, subtitle: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            subtitle: subtitle.into(),
            view: View::Lineage,
            page: Page::Free,
            lanes: None,
            language: Language::ENGLISH,
            cards: Vec::new(),
            links: Vec::new(),
            chain: Vec::new(),
            notes: Vec::new(),
            footer: Vec::new(),
        }
    }

    /// The links whose two ends are different cards, in order.
    pub fn drawn_links(&self) -> impl Iterator<Item = &Link> {
        let cards = self.cards.len();
        self.links
            .iter()
            .filter(move |link| link.citing != link.cited && link.citing.max(link.cited) < cards)
    }
}

impl Picture {
    /// Whether it is drawn as works with lines between them.
    pub fn is_network(&self) -> bool {
        matches!(self.view, View::Lineage | View::Centrality(_))
    }

    /// Whether a link is a step of the chain.
    pub fn is_on_chain(&self, link: &Link) -> bool {
        let step = |pair: &[usize]| pair[0] == link.cited && pair[1] == link.citing;
        self.chain.windows(2).any(step)
    }

    /// How many references the farthest work is away.
    pub fn farthest(&self) -> usize {
        self.cards.iter().filter_map(|card| card.depth).max().unwrap_or(0)
    }

    /// What the layout is to arrange when the cards have these sizes: its links are [`drawn_links`](Self::drawn_links).
    pub fn sketch(&self, sizes: &[(f64, f64)]) -> Sketch {
        let swimlane = |place: usize| (self.lanes.as_ref()).and_then(|lanes| lanes.of.get(place).copied());
        let node = |(place, (card, size)): (usize, (&Card, &(f64, f64)))| layout::Node {
            width: size.0,
            height: size.1,
            date: card.date,
            swimlane: swimlane(place).unwrap_or(0),
        };
        Sketch {
            nodes: self.cards.iter().zip(sizes).enumerate().map(node).collect(),
            links: self.drawn_links().map(Link::sketch).collect(),
        }
    }
}

impl Card {
    /// The card of a work, with names and date in a language.
    pub fn of_work(work: &Work, state: State, language: Language) -> Self {
        let name = work.name(language).unwrap_or_default();
        let title = if name == work.label { "" } else { name }.to_owned();
        Self {
            id: work.id.as_str().to_owned(),
            shape: if work.kind == crate::model::Kind::Instrument {
                Shape::Instrument
            } else {
                Shape::Document
            },
            heading: work.label.clone(),
            tooltip: [work.label.as_str(), &title]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(": "),
            title,
            date_label: work.date.map(super::words::date).unwrap_or_default(),
            date: work.date,
            state,
            weight: None,
            depth: None,
            languages: Vec::new(),
            url: work.url.clone(),
        }
    }
}

impl Link {
    /// Corrected references keep a line of their own, so that their mark says which one it is.
    fn sketch(&self) -> layout::Link {
        layout::Link {
            citing: self.citing,
            cited: self.cited,
            class: Relation::ALL
                .iter()
                .position(|r| *r == self.relation)
                .unwrap_or(0),
            trunk: match self.certainty {
                Certainty::AsWritten => Trunk::Shared,
                Certainty::Corrected => Trunk::Own,
            },
        }
    }

    /// The link of an edge between the cards at two places.
    pub fn of_edge(edge: &Edge, citing: usize, cited: usize) -> Self {
        let corrected = edge.evidence.iter().find_map(|e| e.correction.as_deref());
        Self {
            citing,
            cited,
            relation: edge.relation,
            mentions: edge.evidence.len(),
            certainty: if corrected.is_some() {
                Certainty::Corrected
            } else {
                Certainty::AsWritten
            },
            tooltip: corrected.unwrap_or_default().to_owned(),
        }
    }
}
