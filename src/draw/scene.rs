//! A graph and what of it to show in, a picture out: the thin layer that adapters for lineage and rankings stand on.

use std::collections::BTreeMap;

use super::picture::{Card, Link, Picture, Shape, State};
use super::words;
use crate::graph::ReferenceGraph;
use crate::model::{Language, WorkId};

/// What of a graph a picture shows.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The graph.
    pub graph: &'a ReferenceGraph,
    /// The works to show; those that the graph does not hold are left out, as are repeated ones.
    pub shown: &'a [WorkId],
    /// The works in question.
    pub focus: &'a [WorkId],
    /// The language of titles.
    pub language: Language,
}

impl Scene<'_> {
    /// The picture of these works and of all references between them, with title, subtitle and the note on what is hidden.
    /// Title and subtitle are a plain finding, to be replaced by whoever knows a better one.
    pub fn picture(&self) -> Picture {
        let mut places: BTreeMap<&WorkId, usize> = BTreeMap::new();
        let mut picture = Picture::new("", "");
        picture.language = self.language;
        for work in self.shown.iter().filter_map(|id| self.graph.work(id)) {
            places.entry(&work.id).or_insert_with(|| {
                let state = self.state(&work.id, work.in_corpus);
                picture.cards.push(Card::of_work(work, state, self.language));
                picture.cards.len() - 1
            });
        }
        for edge in self.graph.edges() {
            if let (Some(citing), Some(cited)) = (places.get(&edge.citing), places.get(&edge.cited)) {
                picture.links.push(Link::of_edge(edge, *citing, *cited));
            }
        }
        picture.title = finding(&picture);
        picture.subtitle = scope(&picture);
        picture.notes.push(self.hidden(&picture));
        picture
    }

    fn state(&self, id: &WorkId, in_corpus: bool) -> State {
        match (self.focus.contains(id), in_corpus) {
            (true, _) => State::Focus,
            (false, true) => State::InCorpus,
            (false, false) => State::CitedOnly,
        }
    }

    fn hidden(&self, picture: &Picture) -> String {
        let references = self.graph.edges().count() - picture.links.len();
        words::shown(picture.cards.len(), self.graph.len(), references)
    }
}

/// What the picture shows of its focus, in a dozen words.
fn finding(picture: &Picture) -> String {
    let is_focus = |place: usize| picture.cards.get(place).is_some_and(|c| c.state == State::Focus);
    let mut focus = picture.cards.iter().filter(|c| c.state == State::Focus);
    let (Some(only), None) = (focus.next(), focus.next()) else {
        return words::network(picture.cards.len(), picture.links.len());
    };
    let distinct = |mut places: Vec<usize>| {
        places.sort_unstable();
        places.dedup();
        places.len()
    };
    let cited = picture
        .links
        .iter()
        .filter(|l| is_focus(l.citing))
        .map(|l| l.cited);
    let citing = picture
        .links
        .iter()
        .filter(|l| is_focus(l.cited))
        .map(|l| l.citing);
    words::refers(
        &only.heading,
        distinct(cited.collect()),
        distinct(citing.collect()),
    )
}

/// How many of what from when.
fn scope(picture: &Picture) -> String {
    let documents = picture
        .cards
        .iter()
        .filter(|c| c.shape == Shape::Document)
        .count();
    let years = || picture.cards.iter().filter_map(|c| c.date).map(|d| d.years());
    let span = years().min().zip(years().max());
    words::scope(documents, picture.cards.len() - documents, span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edge, Kind, PartialDate, Relation, Work};

    fn graph() -> ReferenceGraph {
        let work = |id: &str, year| {
            let mut work = Work::new(WorkId::new(id), Kind::CouncilDocument, id);
            work.date = PartialDate::year(year);
            work
        };
        let edge = |citing: &str, cited: &str, relation| Edge {
            citing: WorkId::new(citing),
            cited: WorkId::new(cited),
            relation,
            evidence: Vec::new(),
        };
        ReferenceGraph::new(
            vec![work("A", 2020), work("B", 2022), work("C", 2023), work("D", 2024)],
            vec![
                edge("B", "A", Relation::Recalls),
                edge("C", "B", Relation::BuildsOn),
                edge("C", "B", Relation::Cites),
                edge("D", "A", Relation::Cites),
            ],
        )
    }

    #[test]
    fn a_picture_says_what_it_shows_and_what_it_hides() {
        let graph = graph();
        let shown = ["A", "B", "C", "B", "none"].map(WorkId::new);
        let focus = [WorkId::new("B")];
        let scene = Scene {
            graph: &graph,
            shown: &shown,
            focus: &focus,
            language: Language::ENGLISH,
        };
        let picture = scene.picture();
        assert_eq!((picture.cards.len(), picture.links.len()), (3, 3));
        assert_eq!(picture.title, "B refers to 1 work; 1 work refers to it");
        assert_eq!(picture.subtitle, "3 documents, 2020–2023");
        assert_eq!(picture.notes, ["3 of 4 works shown, 1 reference hidden."]);
    }
}
