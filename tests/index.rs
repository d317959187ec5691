//! The index: whatever happened to the files, it says of them what a new index of them would say, and what reading them
//! without an index says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use citegraph::export;
use citegraph::graph::ReferenceGraph;
use citegraph::index::{Index, IndexError, Options, Roots, Scan, Source, Summary};
use citegraph::read;
use citegraph::resolve::{Corpus, Dates, resolve};
use proptest::prelude::*;

use super::knowledge::{RECOGNIZER, TABLES};

/// Files as a disk holds them: by path the bytes and the time of the last change.
type Disk = BTreeMap<String, (Vec<u8>, i64)>;

/// Long after every change.
const NOW: i64 = 1 << 60;

fn source(path: &str, (bytes, modified): &(Vec<u8>, i64)) -> Source {
    Source {
        file: PathBuf::from(path),
        path: path.to_owned(),
        key: path.as_bytes().to_vec(),
        size: bytes.len() as u64,
        modified: *modified,
    }
}

fn scan(index: &mut Index, disk: &Disk) -> Summary {
    scan_until(index, disk, &AtomicBool::new(false), &|| ())
}

/// A scan that is stopped when all files are read, and nothing is resolved yet.
fn broken_scan(index: &mut Index, disk: &Disk) {
    let stop = AtomicBool::new(false);
    scan_until(index, disk, &stop, &|| stop.store(true, Ordering::Relaxed));
}

fn scan_until(index: &mut Index, disk: &Disk, stop: &AtomicBool, step: &(dyn Fn() + Sync)) -> Summary {
    let scan = Scan {
        tables: &TABLES,
        recognizer: &RECOGNIZER,
        options: &Options::default(),
        bytes: &|source| Ok(disk[&source.path].0.clone()),
        step,
        stop,
        now: NOW,
    };
    let sources = disk.iter().map(|(path, file)| source(path, file)).collect();
    let roots = Roots {
        given: vec!["disk".to_owned()],
        searched: vec![b"disk".to_vec()],
        barred: Vec::new(),
    };
    index.scan(&scan, sources, &roots).unwrap()
}

/// The graph as it is exported, and every mention with what it refers to.
fn written(mut corpus: Corpus) -> String {
    let graph = ReferenceGraph::new(
        std::mem::take(&mut corpus.works),
        std::mem::take(&mut corpus.edges),
    );
    let mut out = Vec::new();
    export::json(&graph, &corpus, &mut out).unwrap();
    let documents: Vec<String> = corpus.documents.iter().map(|one| format!("{one:?}\n")).collect();
    String::from_utf8(out).unwrap() + &documents.concat()
}

fn indexed(index: &Index) -> String {
    written(index.corpus().unwrap())
}

/// Without an index; files that cannot be read are left out.
fn direct(disk: &Disk) -> String {
    let mut paths: Vec<&String> = disk.keys().collect();
    paths.sort_by(|a, b| Path::new(a).cmp(Path::new(b)));
    let read = |path: &&String| read::read(path, &disk[*path].0, &TABLES, None).ok();
    let findings = paths
        .iter()
        .filter_map(read)
        .map(|r| RECOGNIZER.recognize(&r.document));
    written(resolve(
        findings.collect(),
        &TABLES,
        &RECOGNIZER,
        Dates::Corrected,
    ))
}

/// The texts of the fixtures; the same without any number of their own; and bytes that are no text.
fn contents() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/corpus");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let number = name.split('-').take(2).collect::<Vec<_>>().join("/");
        all.push(text.replace(&number, "").into_bytes());
        all.push(text.into_bytes());
    }
    all.push(b"\x00\x01\x02\x03 no text".to_vec());
    all
}

static CONTENTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(contents);

/// Short documents of which each can change what another refers to: conclusions with and without number, of one day, of a
/// title in two languages, and mentions of them by number, date, wrong date, title, name with a number beside it, and link.
const NOTES: [&str; 23] = [
    "Brussels, 23 May 2022\n\n9364/22\n\nSubject: Council conclusions on digital skills in the Arctic\n\nThe Council met.",
    "Brussels, 23 May 2022\n\n9365/22\n\nSubject: Council conclusions on maritime safety in the Baltic Sea\n\nThe Council met, recalling 9364/22.",
    "Bruxelles, den 23. maj 2022\n\n9364/22\n\nVedr.: Rådets konklusioner om digitale færdigheder i Arktis\n\nRådet mødtes.",
    "Brussels, 23 May 2022\n\nSubject: Council conclusions on digital skills in the Arctic\n\nThe Council met.",
    "Brussels, 23 May 2022\n\nSubject: Council conclusions on rural tourism in the Alps\n\nThe Council met.",
    "Bruxelles, den 23. maj 2022\n\nVedr.: Rådets konklusioner om digitale færdigheder i Arktis\n\nRådet mødtes.",
    "Brussels, 24 June 2022\n\n10001/22\n\nSubject: Council conclusions on digital skills in the Arctic and the Alps\n\nThe Council met.",
    "Brussels, 1 March 2024\n\n7001/24\n\n1. RECALLS the Council conclusions of 23 May 2022.",
    "Brussels, 1 March 2024\n\n7002/24\n\n1. RECALLS the Council conclusions on digital skills in the Arctic of 23 May 2022.",
    "Brussels, 1 March 2024\n\n7003/24\n\n1. RECALLS the Council conclusions on digital skills in the Arctic of 23 May 2023.",
    "Brussels, 1 March 2024\n\n7004/24\n\n1. RECALLS the Council conclusions on digital skills in the Arctic.",
    "Brussels, 1 March 2024\n\n7005/24\n\n1. RECALLS the Council conclusions on maritime safety in the Baltic Sea and on digital skills.",
    "Brussels, 1 March 2024\n\n7006/24\n\n1. RECALLS the Council conclusions on nuclear research in the Sahel (doc. 8000/21).",
    "Brussels, 1 March 2024\n\n7007/24\n\n1. RECALLS the Council conclusions on nuclear research in the Sahel.",
    "Brussels, 1 March 2024\n\n7008/24\n\n1. RECALLS the Council conclusions on nuclear research in the Sahel of 3 June 2021.",
    "Brussels, 3 June 2021\n\n8000/21\n\nSubject: Council conclusions on nuclear research in the Sahel\n\nThe Council met.",
    "Brussels, 1 March 2020\n\n7009/20\n\n1. RECALLS the Council conclusions of 23 May 2022 and 9364/22 REV 1.",
    "Brussels, 1 April 2024\n\n7010/24\n\n1. RECALLS the Cyber Diplomacy Toolbox (doc. 10474/17) and Decision (EU) 2022/2481 (OJ L 323, 19.12.2022, p. 4).",
    "Brussels, 1 April 2019\n\n7011/19\n\n1. RECALLS the Cyber Diplomacy Toolbox (doc. 9916/17) and OJ L 323, 19.12.2022, p. 4.",
    "Brussels, 19 June 2017\n\n10474/17\n\nSubject: Council conclusions on a Framework for a Joint EU Diplomatic Response to Malicious Cyber Activities (\"Cyber Diplomacy Toolbox\")\n\nThe Council met.",
    "Brussels, 1 April 2024\n\n7010/24\n\n1. RECALLS the Council conclusions of June 2022 and the Digital Decade Policy Programme.",
    "<!DOCTYPE html><html><body><h1>7012/24</h1><p>As <a href=\"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32022D2481\">that programme</a> says.</p></body></html>",
    "A note of nobody that recalls the Council conclusions on the Cyber Diplomacy Toolbox and of 24 June 2022.",
];

const PATHS: [&str; 7] = [
    "disk/a.txt",
    "disk/a/x.txt",
    "disk/a-b.txt",
    "disk/b/x.txt",
    "disk/b/y.txt",
    "disk/z.txt",
    "disk/é ü.txt",
];

#[derive(Debug, Clone)]
enum Step {
    Write(usize, usize),
    Note(usize, usize),
    Touch(usize),
    Rename(usize, usize),
    Remove(usize),
    Break,
    Scan,
}

fn step() -> impl Strategy<Value = Step> {
    let path = || 0..PATHS.len();
    prop_oneof![
        5 => (path(), 0..CONTENTS.len()).prop_map(|(path, content)| Step::Write(path, content)),
        1 => path().prop_map(Step::Touch),
        2 => (path(), path()).prop_map(|(from, to)| Step::Rename(from, to)),
        2 => path().prop_map(Step::Remove),
        3 => Just(Step::Scan),
    ]
}

/// Steps with short documents alone.
fn short_step() -> impl Strategy<Value = Step> {
    let path = || 0..PATHS.len();
    prop_oneof![
        6 => (path(), 0..NOTES.len()).prop_map(|(path, note)| Step::Note(path, note)),
        2 => (path(), path()).prop_map(|(from, to)| Step::Rename(from, to)),
        2 => path().prop_map(Step::Remove),
        1 => Just(Step::Break),
        4 => Just(Step::Scan),
    ]
}

fn take(disk: &mut Disk, step: &Step, time: i64) {
    match *step {
        Step::Note(path, note) => {
            disk.insert(PATHS[path].to_owned(), (NOTES[note].as_bytes().to_vec(), time));
        }
        Step::Write(path, content) => {
            disk.insert(PATHS[path].to_owned(), (CONTENTS[content].clone(), time));
        }
        Step::Touch(path) => {
            if let Some(file) = disk.get_mut(PATHS[path]) {
                file.1 = time;
            }
        }
        Step::Rename(from, to) => {
            if let Some(file) = disk.remove(PATHS[from]) {
                disk.insert(PATHS[to].to_owned(), file);
            }
        }
        Step::Remove(path) => {
            disk.remove(PATHS[path]);
        }
        Step::Break | Step::Scan => {}
    }
}

/// A table as text, without the numbers of rows, which depend on what was there before.
fn tables(index: &Index) -> String {
    let sql = [
        "SELECT path, language, remark, work, version, date, title FROM documents ORDER BY path",
        "SELECT id, kind, label, date, in_corpus, url, cites, first_cited, first_cited_by, data FROM works ORDER BY id",
        "SELECT value FROM metadata WHERE name = 'references'",
        "SELECT count(*) FROM edges",
        "SELECT path, target, topic FROM topics JOIN documents ON id = document ORDER BY path, topics.place, target",
        "SELECT path, name, number FROM couplings JOIN documents ON id = document ORDER BY path, name, number",
        "SELECT work, documents, hex(data) FROM titles ORDER BY data",
        "SELECT role, key, path FROM keys JOIN documents ON id = holder WHERE role < 9 ORDER BY role, key, path",
        "SELECT role, key, work FROM keys JOIN titles ON id = holder WHERE role >= 9 ORDER BY role, key, work",
        "SELECT count(*) FROM keys",
        "SELECT * FROM names ORDER BY work, language, place",
        "SELECT * FROM identifiers ORDER BY identifier, work",
        "SELECT * FROM aliases ORDER BY id",
        "SELECT * FROM edges ORDER BY citing, cited, relation",
        "SELECT * FROM frontier ORDER BY id",
        "SELECT * FROM diagnostics ORDER BY document, first_byte, kind, reason",
        "SELECT path, reason FROM unreadable ORDER BY path",
        "SELECT path, mentions.place, reason, target, (SELECT group_concat(candidate) FROM candidates WHERE mention = mentions.id) FROM documents JOIN mentions ON documents.id = document \
         LEFT JOIN targets ON mention = mentions.id ORDER BY path, mentions.place",
        "SELECT path, first_byte, end_byte, passages.line, paragraph FROM documents JOIN passages \
         ON documents.id = document ORDER BY path, passages.id",
    ];
    sql.iter()
        .map(|sql| index.query(sql).unwrap().join("\n") + "\n\n")
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_261_125),
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_any_scans_the_index_says_what_a_new_one_would(steps in prop::collection::vec(step(), 1..24)) {
        holds_after(&steps)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("CASES").map_or(96, |n| n.parse().unwrap()),
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_261_126),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_one_document_changes_in_others_is_as_in_a_new_index(steps in prop::collection::vec(short_step(), 1..32)) {
        holds_after(&steps)?;
    }
}

/// After each scan the index is as a new one of the same files, and as the files themselves.
fn holds_after(steps: &[Step]) -> Result<(), TestCaseError> {
    let (mut index, mut disk) = (Index::in_memory().unwrap(), Disk::new());
    for (time, step) in steps.iter().chain([&Step::Scan]).enumerate() {
        take(&mut disk, step, time as i64);
        if matches!(step, Step::Break) {
            broken_scan(&mut index, &disk);
        }
        if matches!(step, Step::Scan) {
            scan(&mut index, &disk);
            let mut fresh = Index::in_memory().unwrap();
            scan(&mut fresh, &disk);
            prop_assert_eq!(indexed(&index), indexed(&fresh));
            prop_assert_eq!(tables(&index), tables(&fresh));
            prop_assert_eq!(indexed(&index), direct(&disk));
        }
    }
    Ok(())
}

fn disk(files: &[(&str, usize)]) -> Disk {
    let file = |(path, content): &(&str, usize)| ((*path).to_owned(), (CONTENTS[*content].clone(), 1));
    files.iter().map(file).collect()
}

#[test]
fn a_scan_counts_what_it_did() {
    let mut index = Index::in_memory().unwrap();
    let mut files = disk(&[
        ("disk/a.txt", 1),
        ("disk/b.txt", 3),
        ("disk/c.txt", 5),
        ("disk/d.txt", 36),
    ]);
    let first = scan(&mut index, &files);
    assert_eq!((first.read, first.documents), (4, 3));
    assert_eq!(scan(&mut index, &files).unchanged, 4);
    files.get_mut("disk/a.txt").unwrap().1 = 2; // touched, the same bytes
    files.insert("disk/b.txt".to_owned(), (CONTENTS[7].clone(), 2));
    let moved = files.remove("disk/c.txt").unwrap();
    files.insert("disk/e.txt".to_owned(), moved);
    files.remove("disk/d.txt");
    let second = scan(&mut index, &files);
    assert_eq!(
        (
            second.read,
            second.unchanged,
            second.changed,
            second.renamed,
            second.removed
        ),
        (0, 1, 1, 1, 1)
    );
}

#[test]
fn what_changed_within_the_grain_of_the_clock_is_seen() {
    let mut index = Index::in_memory().unwrap();
    let text = |number: &str| format!("As set out in document {number} of the Council.").into_bytes();
    let mut files: Disk = [("disk/a.txt".to_owned(), (text("10289/23"), NOW))].into();
    scan(&mut index, &files);
    files.insert("disk/a.txt".to_owned(), (text("10290/23"), NOW));
    scan(&mut index, &files);
    assert_eq!(indexed(&index), direct(&files));
}

#[test]
fn files_below_other_roots_stay() {
    let mut index = Index::in_memory().unwrap();
    let mut files = disk(&[("disk/a.txt", 1), ("elsewhere/b.txt", 3)]);
    scan(&mut index, &files);
    files.clear();
    assert_eq!(scan(&mut index, &files).removed, 1);
    assert_eq!(
        index.query("SELECT path FROM documents").unwrap(),
        ["elsewhere/b.txt"]
    );
}

#[test]
fn a_scan_that_is_stopped_is_ended_by_the_next() {
    let mut index = Index::in_memory().unwrap();
    let files = disk(&[("disk/a.txt", 1), ("disk/b.txt", 3)]);
    let options = Options::default();
    let stopped = AtomicBool::new(true);
    let scan_once = Scan {
        tables: &TABLES,
        recognizer: &RECOGNIZER,
        options: &options,
        bytes: &|source| Ok(files[&source.path].0.clone()),
        step: &|| (),
        stop: &stopped,
        now: NOW,
    };
    let sources: Vec<Source> = files.iter().map(|(path, file)| source(path, file)).collect();
    let summary = index.scan(&scan_once, sources, &Roots::default()).unwrap();
    assert!(summary.stopped);
    scan(&mut index, &files);
    assert_eq!(indexed(&index), direct(&files));
}

#[test]
fn what_is_no_index_or_one_of_another_schema_is_refused() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("no-index");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let open = |name: &str| Index::open(&folder.join(name)).unwrap_err();
    assert!(matches!(open("none.db"), IndexError::Missing { .. }));
    std::fs::write(
        folder.join("text.db"),
        "a text that is long enough to be taken for the head of a database; it is none".repeat(9),
    )
    .unwrap();
    assert!(matches!(open("text.db"), IndexError::NotAnIndex { .. }));
    assert!(matches!(
        Index::create(&folder.join("text.db")).unwrap_err(),
        IndexError::NotAnIndex { .. }
    ));
    let other = rusqlite::Connection::open(folder.join("other.db")).unwrap();
    other.execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(open("other.db"), IndexError::NotAnIndex { .. }));
    Index::create(&folder.join("old.db")).unwrap().close().unwrap();
    let old = rusqlite::Connection::open(folder.join("old.db")).unwrap();
    old.pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(
        open("old.db"),
        IndexError::OtherSchema { found: 99, .. }
    ));
    assert!(open("old.db").to_string().contains("schema 99"));
}
