//! The index from outside: `scan`, and every command on an index as on files.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::{NOTE, Run, command, folder, run};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn scan(index: &Path, paths: &[&str]) -> Run {
    run(&[&["scan", "--index", text(index)], paths].concat())
}

/// Every command that asks a corpus, in several formats.
const QUESTIONS: [&[&str]; 26] = [
    &["extract"],
    &["extract", "--format", "jsonl", "--why"],
    &["extract", "--why"],
    &["who-cites", "Cyber Diplomacy Toolbox"],
    &["who-cites", "9364/22", "--format", "json"],
    &["who-cites", "strategic-compass", "--format", "csv"],
    &["cites", "15315/25 REV 1"],
    &["cites", "9364/22", "--format", "json"],
    &["show", "11406/22"],
    &["show", "Versailleserklæringen", "--format", "json"],
    &["show", "Council conclusions on EU Digital Diplomacy"],
    &["lineage", "15315/25"],
    &["lineage", "15315/25", "--depth", "1", "--format", "json"],
    &[
        "lineage",
        "11406/22",
        "10474/17",
        "--relation",
        "recalls,builds-on",
        "--format",
        "dot",
    ],
    &["lineage", "11406/22", "--since", "2018", "--format", "svg"],
    &["centrality", "--by", "betweenness"],
    &["centrality", "--format", "svg"],
    &["matrix", "--format", "svg"],
    &["frontier"],
    &["ego", "Cyber Diplomacy Toolbox", "--format", "json"],
    &["timeline", "Cyber Diplomacy Toolbox"],
    &["matrix", "--format", "csv"],
    &["frontier", "--format", "json"],
    &["candidates"],
    &["check"],
    &["export"],
];

#[test]
fn every_command_says_the_same_of_an_index_as_of_its_files() {
    let index = folder("equal").join("corpus.db");
    assert_eq!(scan(&index, &["fixtures/corpus"]).status, 0);
    for question in QUESTIONS {
        let indexed = run(&[question, &["--index", text(&index)]].concat());
        let direct = run(&[question, &["--from", "fixtures/corpus"]].concat());
        assert_eq!(
            (indexed.status, direct.status),
            (0, 0),
            "{question:?}: {}",
            indexed.err
        );
        assert_eq!(indexed.out, direct.out, "{question:?}");
        assert_eq!(indexed.err, direct.err, "{question:?}");
    }
}

#[test]
fn a_briefing_is_the_same_from_an_index() {
    let folder = folder("equal-briefing");
    let index = folder.join("corpus.db");
    scan(&index, &["fixtures/corpus"]);
    let (one, two) = (folder.join("one"), folder.join("two"));
    assert_eq!(
        run(&["brief", "--index", text(&index), "--out", text(&one)]).status,
        0
    );
    assert_eq!(run(&["brief", "fixtures/corpus", "--out", text(&two)]).status, 0);
    for name in ["lineage.svg", "centrality.dot", "graph.json", "summary.md"] {
        assert_eq!(
            fs::read(one.join(name)).unwrap(),
            fs::read(two.join(name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn what_is_not_there_is_told_alike() {
    let index = folder("not-there").join("corpus.db");
    scan(&index, &["fixtures/corpus"]);
    for work in [
        "no such thing at all",
        "Cyber Diplomacy Toolbo",
        "conclusions",
        "9999/99",
    ] {
        let indexed = run(&["show", work, "--index", text(&index)]);
        let direct = run(&["show", work, "--from", "fixtures/corpus"]);
        assert_eq!(
            (indexed.status, indexed.err),
            (direct.status, direct.err),
            "{work}"
        );
    }
}

#[test]
fn the_index_of_the_working_folder_is_used_unasked() {
    let folder = folder("unasked");
    fs::write(folder.join("note.txt"), NOTE).unwrap();
    let here = |arguments: &[&str]| {
        let output = command(arguments).current_dir(&folder).output().unwrap();
        super::finished(output)
    };
    let none = here(&["frontier"]);
    assert!(
        none.status == 2 && none.err.contains("citegraph scan"),
        "{}",
        none.err
    );
    assert_eq!(here(&["scan", "."]).status, 0);
    assert!(here(&["frontier"]).out.contains("ST-10289-2023"));
    assert!(here(&["extract", "--format", "jsonl"]).out.contains("note.txt"));
    assert!(here(&["brief", "--out", "briefing"]).err.contains("wrote"));
}

#[test]
fn what_cannot_be_read_is_named_in_every_scan_and_read_once_it_can_be() {
    let folder = folder("named");
    let index = folder.join("index.db");
    let (good, bad) = (folder.join("good.txt"), folder.join("bad.txt"));
    fs::write(&good, NOTE).unwrap();
    fs::write(&bad, "").unwrap();
    for _ in 0..2 {
        let run = scan(&index, &[text(&good), text(&bad)]);
        assert_eq!(run.status, 3, "{}", run.err);
        assert!(run.err.contains("bad.txt: the file is empty"), "{}", run.err);
    }
    fs::write(&bad, NOTE).unwrap();
    let run = scan(&index, &[text(&good), text(&bad)]);
    assert!(run.status == 0 && run.err.is_empty(), "{}", run.err);
    assert_eq!(scan(&folder.join("none.db"), &["no-such-folder"]).status, 2);
}

#[test]
fn files_that_are_gone_leave_and_files_given_elsewhere_stay() {
    let folder = folder("gone");
    let index = folder.join("index.db");
    let (one, two) = (folder.join("one"), folder.join("two"));
    for (folder, name) in [
        (&one, "a.txt"),
        (&one, "b.txt"),
        (&two, "c.txt"),
        (&two, "odd.ending"),
    ] {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join(name), NOTE).unwrap();
    }
    let odd = two.join("odd.ending");
    scan(&index, &[text(&one), text(&two), text(&odd)]);
    fs::remove_file(one.join("a.txt")).unwrap();
    let documents = || {
        let run = run(&["extract", "--index", text(&index), "--format", "jsonl"]);
        ["a.txt", "b.txt", "c.txt", "odd.ending"].map(|name| run.out.contains(name))
    };
    scan(&index, &[text(&one)]);
    assert_eq!(documents(), [false, true, true, true]);
    scan(&index, &[text(&two)]);
    assert_eq!(documents(), [false, true, true, true]);
    fs::remove_dir_all(&two).unwrap();
    assert_eq!(scan(&index, &[text(&two)]).status, 3);
    assert_eq!(documents(), [false, true, false, false]);
}

#[test]
fn an_index_remembers_its_options() {
    let folder = folder("options");
    let index = folder.join("index.db");
    let own = "fixtures/instruments/own.toml";
    let scanned = scan(&index, &["fixtures/corpus", "--as-written", "--instruments", own]);
    assert_eq!(scanned.status, 0, "{}", scanned.err);
    let asked = ["who-cites", "office-toolbox"];
    let direct = [
        &asked[..],
        &["--from", "fixtures/corpus", "--as-written", "--instruments", own],
    ]
    .concat();
    let indexed = [&asked[..], &["--index", text(&index)]].concat();
    assert_eq!(run(&indexed).out, run(&direct).out);
    let other = run(&["check", "--index", text(&index), "--language", "nl"]);
    assert!(
        other.status == 2 && other.err.contains("--language"),
        "{}",
        other.err
    );
    assert_eq!(
        scan(&index, &["fixtures/corpus", "--no-back-references"]).status,
        2
    );
    assert_eq!(scan(&index, &["fixtures/corpus"]).status, 0);
}

#[test]
fn no_index_is_a_sentence() {
    let folder = folder("sentence");
    let file = folder.join("text.db");
    fs::write(
        &file,
        "this is no database at all, but a text of more than one hundred bytes. ".repeat(4),
    )
    .unwrap();
    for arguments in [
        vec!["check", "--index", text(&file)],
        vec!["scan", "fixtures/corpus", "--index", text(&file)],
        vec!["check", "--index", "no-such.db"],
    ] {
        let run = run(&arguments);
        assert!(run.status == 2 && run.err.contains("index"), "{}", run.err);
        assert!(run.out.is_empty() && run.err.lines().count() == 1, "{}", run.err);
    }
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .starts_with("this is no database")
    );
}

#[test]
fn a_second_scan_says_that_there_is_one() {
    let folder = folder("second");
    let index = folder.join("index.db");
    let lock = fs::File::create(folder.join("index.db.lock")).unwrap();
    lock.lock().unwrap();
    let second = scan(&index, &["fixtures/corpus"]);
    assert!(
        second.status == 2 && second.err.contains("another scan"),
        "{}",
        second.err
    );
    lock.unlock().unwrap();
    assert_eq!(scan(&index, &["fixtures/corpus"]).status, 0);
}

#[cfg(unix)]
#[test]
fn an_index_in_a_folder_that_cannot_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("read-only");
    let index = folder.join("index.db");
    scan(&index, &["fixtures/corpus"]);
    fs::remove_file(folder.join("index.db.lock")).unwrap();
    fs::set_permissions(&index, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let run = run(&["show", "11406/22", "--index", text(&index)]);
    let left: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(left, ["index.db"]);
}

/// So many copies of a text that a scan of them lasts a while.
fn many(folder: &Path) -> String {
    let documents = folder.join("documents");
    fs::create_dir_all(&documents).unwrap();
    let text = fs::read_to_string("fixtures/corpus/11406-22-en.txt").unwrap();
    for number in 0..600 {
        let text = text.replace("11406/22", &format!("{}/22", 1000 + number));
        fs::write(documents.join(format!("{number}.txt")), text.repeat(4)).unwrap();
    }
    documents.to_str().unwrap().to_owned()
}

#[test]
fn a_scan_that_is_killed_leaves_an_index_and_the_next_one_ends_the_work() {
    let folder = folder("killed");
    let documents = many(&folder);
    let direct = run(&["export", "--from", &documents]).out;
    let index = folder.join("index.db");
    for wait in [0, 150, 400, 800, 1600] {
        let mut child = command(&["scan", &documents, "--index", text(&index)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        if index.exists() {
            let query = run(&["frontier", "--index", text(&index)]);
            assert!(query.status == 0 || query.err.contains("index"), "{}", query.err);
        }
    }
    assert_eq!(scan(&index, &[&documents]).status, 0);
    assert!(run(&["export", "--index", text(&index)]).out == direct);
}

#[cfg(unix)]
fn interrupt(child: &std::process::Child) {
    let id = child.id().to_string();
    assert!(
        std::process::Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
}

#[cfg(unix)]
#[test]
fn a_scan_that_is_interrupted_keeps_what_is_done() {
    let folder = folder("interrupted");
    let documents = many(&folder);
    let index = folder.join("index.db");
    let child = command(&["scan", &documents, "--index", text(&index)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    interrupt(&child);
    let run = super::finished(child.wait_with_output().unwrap());
    // On a fast machine the scan may have come to its end before.
    assert!(
        run.status == 0 || run.status == 3 && run.err.contains("stopped"),
        "{}",
        run.err
    );
    assert_eq!(scan(&index, &[&documents]).status, 0);
    assert!(
        super::run(&["export", "--index", text(&index)]).out
            == super::run(&["export", "--from", &documents]).out
    );
}

#[test]
fn a_watch_writes_lines_and_no_other_format() {
    let index = folder("watched-format").join("index.db");
    for format in ["json", "svg"] {
        let run = run(&[
            "watch",
            "fixtures/corpus",
            "--index",
            text(&index),
            "--format",
            format,
        ]);
        assert_eq!(run.status, 2, "{}", run.err);
        assert!(run.err.contains(format) && !index.exists(), "{}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn a_watched_folder_is_kept_up_to_date() {
    use std::io::{BufRead, BufReader};
    let folder = folder("watched");
    let documents = folder.join("documents");
    fs::create_dir_all(&documents).unwrap();
    fs::write(documents.join("one.txt"), NOTE).unwrap();
    let index = folder.join("index.db");
    let mut child = command(&["watch", text(&documents), "--every", "1", "--index", text(&index)])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || lines.next().unwrap().unwrap();
    assert!(next().starts_with("1 new: 1 documents"));
    fs::write(documents.join("two.txt"), NOTE.replace("10289", "10290")).unwrap();
    assert!(next().starts_with("1 new: 2 documents"));
    fs::rename(documents.join("one.txt"), documents.join("three.txt")).unwrap();
    assert!(next().starts_with("1 renamed: 2 documents"));
    assert!(
        run(&["frontier", "--index", text(&index)])
            .out
            .contains("ST-10290-2023")
    );
    fs::remove_file(documents.join("two.txt")).unwrap();
    assert!(next().starts_with("1 removed: 1 documents"));
    interrupt(&child);
    assert!(child.wait().unwrap().success());
}

#[test]
fn words_are_searched_in_any_language_with_an_index_or_without() {
    let index = folder("searched").join("index.db");
    scan(&index, &["fixtures/corpus"]);
    for words in [
        "versailleserklaeringen",
        "CYBER posture",
        "10289/23",
        "\"digitale diplomatie\"",
        "strateg*",
    ] {
        let indexed = run(&["search", words, "--index", text(&index)]);
        let direct = run(&["search", words, "--from", "fixtures/corpus"]);
        assert_eq!((indexed.status, &indexed.out), (0, &direct.out), "{words}");
        assert!(!indexed.out.contains('\x1b'));
    }
    let json = run(&[
        "search",
        "versailleserklæringen",
        "--index",
        text(&index),
        "--format",
        "json",
    ])
    .out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let passage = &json["passages"][0];
    let document = fs::read_to_string(passage["document"].as_str().unwrap()).unwrap();
    let place = |name: &str| passage[name].as_u64().unwrap() as usize;
    assert_eq!(
        &document[place("start")..place("end")],
        passage["text"].as_str().unwrap()
    );
    assert!(
        passage["text"]
            .as_str()
            .unwrap()
            .contains("Versailleserklæringen")
    );
    assert_eq!(json["works"][0]["id"], "versailles-declaration");
    assert_eq!(run(&["search", "zzzz", "--index", text(&index)]).status, 1);
    assert_eq!(run(&["search", "...", "--index", text(&index)]).status, 2);
    let csv = run(&["search", "posture", "--index", text(&index), "--format", "csv"]).out;
    assert!(csv.starts_with("what,work,document"));
}
