//! The summary of a briefing: a corpus and the answers about it in, Markdown out.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use citegraph::analyze::{Lineage, Ranking};
use citegraph::draw::views::value_label;
use citegraph::model::{DiagnosticKind, Relation, WorkId};

use super::ask::called;
use super::check;
use super::load::Loaded;
use super::output::printable;

/// How many works and diagnostics of each kind are spelled out.
const SHOWN: usize = 10;

/// What the summary is of.
pub struct Summary<'a> {
    /// The corpus.
    pub loaded: &'a Loaded,
    /// The lineage of the focus.
    pub lineage: &'a Lineage,
    /// The ranking of all works.
    pub ranking: &'a Ranking,
}

/// The summary as Markdown.
pub fn markdown(summary: &Summary<'_>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = summary.write(&mut text);
    text
}

impl Summary<'_> {
    fn write(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "# Briefing\n")?;
        self.corpus(out)?;
        self.focus(out)?;
        self.top(out)?;
        self.diagnostics(out)?;
        self.unreadable(out)
    }

    fn corpus(&self, out: &mut String) -> fmt::Result {
        let documents = &self.loaded.corpus.documents;
        let languages = tally(documents.iter().map(|document| document.language.code()));
        let in_corpus = self.loaded.graph.works().filter(|work| work.in_corpus).count();
        let relations: BTreeMap<Relation, usize> = tally(self.loaded.graph.edges().map(|edge| edge.relation));
        let total: usize = relations.values().sum();
        writeln!(out, "- Documents: {} ({})", documents.len(), listed(&languages))?;
        writeln!(
            out,
            "- Works: {} of the corpus, {} only cited",
            in_corpus,
            self.loaded.graph.len() - in_corpus
        )?;
        writeln!(
            out,
            "- References between works: {total} ({})",
            listed(&relations)
        )
    }

    fn focus(&self, out: &mut String) -> fmt::Result {
        let older = self
            .lineage
            .members
            .iter()
            .filter(|member| member.depth < 0)
            .count();
        let newer = self
            .lineage
            .members
            .iter()
            .filter(|member| member.depth > 0)
            .count();
        let chain: Vec<String> = self
            .lineage
            .longest_chain
            .iter()
            .rev()
            .map(|id| self.label(id))
            .collect();
        writeln!(out, "\n## Focus\n")?;
        for id in &self.lineage.focus {
            writeln!(out, "- {}", self.called(id))?;
        }
        writeln!(out, "- {older} ancestors, {newer} descendants (lineage.svg)")?;
        writeln!(out, "- Longest chain: {}", chain.join(" → "))
    }

    fn top(&self, out: &mut String) -> fmt::Result {
        writeln!(
            out,
            "\n## Top works by {} (centrality.svg)\n",
            self.ranking.measure
        )?;
        writeln!(out, "| rank | value | cited by | work |\n|---:|---:|---:|---|")?;
        for entry in self.ranking.entries.iter().take(SHOWN) {
            let value = value_label(self.ranking.measure, entry.value);
            writeln!(
                out,
                "| {} | {value} | {} | {} |",
                entry.rank,
                entry.in_degree,
                self.called(&entry.id)
            )?;
        }
        writeln!(out, "\n{}", self.ranking.measure.definition())
    }

    fn diagnostics(&self, out: &mut String) -> fmt::Result {
        let all = &self.loaded.corpus.diagnostics;
        let mut kinds: BTreeMap<DiagnosticKind, Vec<_>> = BTreeMap::new();
        all.iter()
            .for_each(|one| kinds.entry(one.kind).or_default().push(one));
        writeln!(
            out,
            "\n## To look at\n\n{} (all of them: `citegraph check`)",
            counted(all.len())
        )?;
        for found in kinds.values() {
            let Some(first) = found.first() else { continue };
            writeln!(out, "\n### {}: {}\n", check::kind(first), found.len())?;
            for one in found.iter().take(SHOWN) {
                writeln!(
                    out,
                    "- {}, line {}: \"{}\": {}",
                    one.document,
                    one.line,
                    one_line(&one.text),
                    one_line(&check::sentence(one))
                )?;
            }
            if found.len() > SHOWN {
                writeln!(out, "- and {} more", found.len() - SHOWN)?;
            }
        }
        Ok(())
    }

    fn unreadable(&self, out: &mut String) -> fmt::Result {
        if self.loaded.unreadable.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n## Could not be read\n")?;
        self.loaded
            .unreadable
            .iter()
            .try_for_each(|one| writeln!(out, "- {}: {}", one.path, one.reason))
    }

    fn called(&self, id: &WorkId) -> String {
        let called = self.loaded.graph.work(id).map_or_else(|| id.to_string(), called);
        one_line(&called).replace('|', "\\|")
    }

    fn label(&self, id: &WorkId) -> String {
        self.loaded
            .graph
            .work(id)
            .map_or_else(|| id.to_string(), |work| one_line(&work.label))
    }
}

fn counted(diagnostics: usize) -> String {
    match diagnostics {
        0 => "Nothing odd was found".to_owned(),
        1 => "One thing".to_owned(),
        many => format!("{many} things"),
    }
}

fn tally<K: Ord>(items: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    items.for_each(|item| *counts.entry(item).or_default() += 1);
    counts
}

fn listed<K: fmt::Display>(counts: &BTreeMap<K, usize>) -> String {
    counts
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn one_line(text: &str) -> String {
    printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
