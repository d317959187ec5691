//! The mentions found in fixtures/corpus against those marked in fixtures/marks.jsonl. A change of data or code must
//! not let a figure fall below its floor; what is missed or wrong is printed
//! mention by mention (`cargo test gold -- --nocapture`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use citegraph::model::Reference;
use citegraph::read;
use citegraph::recognize::Recognizer;
use citegraph::resolve::{Dates, resolve};
use citegraph::tables::Tables;
use serde::Deserialize;

/// Slightly under what is reached, so that a real loss shows.
const FLOORS: Figures = Figures {
    recall: 0.99,
    precision: 0.955,
    target: 0.985,
    relation: 0.955,
};

/// A mention, marked or found.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    pub document: String,
    pub start: usize,
    pub end: usize,
    line: usize,
    text: String,
    target: Option<String>,
    #[serde(default)]
    accept: Vec<String>,
    relation: String,
    #[serde(default)]
    relation_also: Vec<String>,
    #[serde(default)]
    tier: String,
}

impl Row {
    /// A reference of a document.
    pub fn found(document: &str, reference: &Reference) -> Self {
        let passage = &reference.mention.passage;
        Self {
            document: document.to_owned(),
            start: passage.span.start,
            end: passage.span.end,
            line: passage.line,
            text: passage.text.clone(),
            target: reference.target.id().map(ToString::to_string),
            accept: Vec::new(),
            relation: reference.mention.relation.to_string(),
            relation_also: Vec::new(),
            tier: String::new(),
        }
    }

    /// The rows of a file.
    pub fn marked(path: &Path) -> Vec<Self> {
        let text = fs::read_to_string(path).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    fn is_required(&self) -> bool {
        self.tier == "required"
    }

    fn accepts_target(&self, found: &Row) -> bool {
        self.target == found.target || found.target.as_ref().is_some_and(|t| self.accept.contains(t))
    }

    fn accepts_relation(&self, found: &Row) -> bool {
        self.relation == found.relation || self.relation_also.contains(&found.relation)
    }

    fn told(&self, what: &str) -> String {
        format!(
            "{what} {}:{} {:?} {}: {:?}",
            self.document, self.line, self.target, self.relation, self.text
        )
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub recall: f64,
    pub precision: f64,
    pub target: f64,
    pub relation: f64,
}

/// What the scoring counts, and the faults as sentences.
#[derive(Debug, Default)]
pub struct Score {
    required: usize,
    found: usize,
    target: usize,
    relation: usize,
    predicted: usize,
    correct: usize,
    pub faults: Vec<String>,
}

impl Score {
    /// The figures of the scoring.
    pub fn figures(&self) -> Figures {
        let ratio = |part: usize, whole: usize| {
            if whole == 0 {
                1.0
            } else {
                part as f64 / whole as f64
            }
        };
        Figures {
            recall: ratio(self.found, self.required),
            precision: ratio(self.correct, self.predicted),
            target: ratio(self.target, self.found),
            relation: ratio(self.relation, self.found),
        }
    }

    fn add(&mut self, marked: &[Row], found: &[Row]) {
        let pairs = pair(marked, found);
        self.predicted += found.len();
        self.correct += pairs.len();
        for (at, mark) in marked.iter().enumerate().filter(|(_, mark)| mark.is_required()) {
            self.required += 1;
            match pairs.get(&at) {
                Some(&hit) => self.hit(mark, &found[hit]),
                None => self.faults.push(mark.told("missed")),
            }
        }
        let used: BTreeSet<usize> = pairs.into_values().collect();
        let alarms = found.iter().enumerate().filter(|(at, _)| !used.contains(at));
        self.faults.extend(alarms.map(|(_, row)| row.told("false alarm")));
    }

    fn hit(&mut self, mark: &Row, found: &Row) {
        self.found += 1;
        if mark.accepts_target(found) {
            self.target += 1;
        } else {
            self.faults
                .push(format!("{}, found {:?}", mark.told("target"), found.target));
        }
        if mark.accepts_relation(found) {
            self.relation += 1;
        } else {
            self.faults
                .push(format!("{}, found {}", mark.told("relation"), found.relation));
        }
    }
}

/// One-to-one pairs of marked and found, by index. A pair shares at least half of the shorter span; right targets come
/// first, then required marks, then the larger shared part.
fn pair(marked: &[Row], found: &[Row]) -> BTreeMap<usize, usize> {
    let mut candidates = Vec::new();
    for (m, mark) in marked.iter().enumerate() {
        for (f, row) in found.iter().enumerate() {
            let shared = mark.end.min(row.end).saturating_sub(mark.start.max(row.start));
            let (a, b) = (mark.end - mark.start, row.end - row.start);
            if shared > 0 && 2 * shared >= a.min(b) {
                candidates.push((
                    mark.accepts_target(row),
                    mark.is_required(),
                    shared as f64 / a.max(b) as f64,
                    m,
                    f,
                ));
            }
        }
    }
    candidates.sort_by(|a, b| {
        (b.0, b.1)
            .cmp(&(a.0, a.1))
            .then(b.2.total_cmp(&a.2))
            .then((a.3, a.4).cmp(&(b.3, b.4)))
    });
    let mut pairs = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (_, _, _, m, f) in candidates {
        if !pairs.contains_key(&m) && used.insert(f) {
            pairs.insert(m, f);
        }
    }
    pairs
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn found() -> Vec<Row> {
    let tables = Tables::builtin().unwrap();
    let recognizer = Recognizer::new(&tables);
    let mut names: Vec<String> = fs::read_dir(fixtures().join("corpus"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let findings = names.iter().map(|name| {
        let bytes = fs::read(fixtures().join("corpus").join(name)).unwrap();
        recognizer.recognize(&read::read(name, &bytes, &tables, None).unwrap().document)
    });
    let corpus = resolve(findings.collect(), &tables, &recognizer, Dates::Corrected);
    let mut rows = Vec::new();
    for document in &corpus.documents {
        for reference in &document.references {
            rows.push(Row::found(&document.path, reference));
        }
    }
    rows
}

fn of(document: &str, rows: &[Row]) -> Vec<Row> {
    rows.iter()
        .filter(|row| row.document == document)
        .cloned()
        .collect()
}

/// The score of all documents that have marks.
pub fn score(marked: &[Row], found: &[Row]) -> Score {
    let mut score = Score::default();
    for document in marked
        .iter()
        .map(|row| row.document.as_str())
        .collect::<BTreeSet<_>>()
    {
        score.add(&of(document, marked), &of(document, found));
    }
    score
}

#[test]
fn the_marks_of_the_fixtures_are_found() {
    let marked = Row::marked(&fixtures().join("marks.jsonl"));
    let score = score(&marked, &found());
    let figures = score.figures();
    println!("{figures:.3?}\n{}", score.faults.join("\n"));
    let holds = figures.recall >= FLOORS.recall
        && figures.precision >= FLOORS.precision
        && figures.target >= FLOORS.target
        && figures.relation >= FLOORS.relation;
    assert!(holds, "{figures:.3?} is below {FLOORS:?}; the faults stand above");
}

#[test]
fn a_found_mention_counts_once_and_a_missed_one_is_told() {
    let row = |start: usize, end: usize, target: &str| Row {
        document: "a.txt".to_owned(),
        start,
        end,
        line: 1,
        text: String::new(),
        target: Some(target.to_owned()),
        accept: Vec::new(),
        relation: "cites".to_owned(),
        relation_also: Vec::new(),
        tier: "required".to_owned(),
    };
    let marked = [row(0, 10, "A"), row(2, 8, "B"), row(20, 30, "C")];
    let found = [row(0, 10, "A"), row(0, 9, "X"), row(40, 50, "D")];
    let mut score = Score::default();
    score.add(&marked, &found);
    assert_eq!(
        (
            score.required,
            score.found,
            score.target,
            score.correct,
            score.predicted
        ),
        (3, 2, 1, 2, 3)
    );
    assert_eq!(score.faults.len(), 3, "{:?}", score.faults);
}
