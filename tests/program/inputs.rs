//! What can be given as a path, and what becomes of what cannot be read.

use super::{NOTE, folder, run, run_with_input};
use std::fs;

#[test]
fn what_cannot_be_read_is_named_and_all_else_is_done() {
    let empty = "fixtures/hostile/empty.txt";
    let run = run(&[
        "extract",
        "no-such-file.txt",
        empty,
        "fixtures/hostile/binary.bin",
        "fixtures/corpus/11406-22-en.txt",
        "--format",
        "jsonl",
    ]);
    assert_eq!(run.status, 3);
    assert!(run.out.contains("\"ST-11406-2022\""));
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", run.err);
    for (path, reason) in [
        ("no-such-file.txt", "no such file"),
        (empty, "empty"),
        ("binary.bin", "no text file"),
    ] {
        assert!(
            lines
                .iter()
                .any(|line| line.contains(path) && line.contains(reason)),
            "{path}: {}",
            run.err
        );
    }
}

#[test]
fn when_nothing_can_be_read_the_status_is_2() {
    for path in ["no-such-file.txt", "fixtures/hostile/empty.txt"] {
        let run = run(&["extract", path]);
        assert!(
            run.status == 2 && run.out.is_empty() && run.err.contains(path),
            "{path}: {}",
            run.err
        );
    }
    let nothing = folder("nothing");
    assert_eq!(run(&["extract", nothing.to_str().unwrap()]).status, 2);
}

#[test]
fn every_hostile_file_is_read_or_named() {
    let run = run(&["extract", "fixtures/hostile", "--format", "jsonl"]);
    assert_eq!(run.status, 3, "{}", run.err);
    for name in [
        "one-long-line",
        "right-to-left",
        "latin1",
        "utf16le",
        "invalid-utf8",
    ] {
        assert!(run.out.contains(name), "{name}");
    }
    assert!(!run.err.bytes().any(|byte| byte < b' ' && byte != b'\n'));
}

#[test]
fn a_folder_gives_its_text_files_in_order_and_no_hidden_ones() {
    let folder = folder("in-order");
    fs::create_dir_all(folder.join("b")).unwrap();
    for name in [
        "c.txt",
        "b/x.txt",
        "a.md",
        "no-ending",
        ".hidden.txt",
        "table.xlsx",
    ] {
        fs::write(folder.join(name), NOTE).unwrap();
    }
    let run = run(&["extract", "-v", folder.to_str().unwrap(), "--format", "jsonl"]);
    let name = |line: &str| {
        line.split('"')
            .nth(3)
            .unwrap()
            .rsplit("in-order/")
            .next()
            .unwrap()
            .to_owned()
    };
    let names: Vec<String> = run.out.lines().map(name).collect();
    assert_eq!(names, ["a.md", "b/x.txt", "c.txt", "no-ending"]);
    assert!(run.status == 0 && run.err.contains("table.xlsx"), "{}", run.err);
}

#[test]
fn a_file_given_twice_counts_once() {
    let path = "fixtures/corpus/11406-22-en.txt";
    let once = run(&["extract", path, "--format", "jsonl"]).out;
    assert_eq!(
        run(&[
            "extract",
            path,
            "fixtures/corpus/../corpus/11406-22-en.txt",
            "--format",
            "jsonl"
        ])
        .out,
        once
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_named_and_do_not_hang() {
    use std::os::unix::fs::symlink;
    let folder = folder("circle");
    fs::write(folder.join("note.txt"), NOTE).unwrap();
    symlink(&folder, folder.join("again")).unwrap();
    symlink(folder.join("one.txt"), folder.join("other.txt")).unwrap();
    symlink(folder.join("other.txt"), folder.join("one.txt")).unwrap();
    let run = run(&["extract", folder.to_str().unwrap(), "--format", "jsonl"]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(
        run.status == 3 && run.err.contains("again") && run.err.contains("other.txt"),
        "{}",
        run.err
    );
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("locked");
    let locked = folder.join("locked.txt");
    fs::write(&locked, NOTE).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_ok() {
        return; // the superuser reads everything
    }
    let run = run(&[
        "extract",
        locked.to_str().unwrap(),
        "fixtures/corpus/11406-22-en.txt",
    ]);
    assert!(run.status == 3 && run.err.contains("permission"), "{}", run.err);
}

#[test]
fn another_encoding_is_remarked_upon() {
    let run = run(&["extract", "fixtures/hostile/latin1.txt"]);
    assert!(run.status == 0 && run.err.contains("windows-1252"), "{}", run.err);
}

#[test]
fn a_declared_language_holds_for_all_documents() {
    let run = run(&[
        "extract",
        "fixtures/corpus/11406-22-en.txt",
        "--language",
        "NL",
        "--format",
        "jsonl",
    ]);
    assert!(run.out.lines().all(|line| line.contains("\"language\":\"nl\"")));
    assert_eq!(
        super::run(&["extract", "fixtures/corpus", "--language", "tlh"]).status,
        2
    );
}

/// The targets of JSON Lines, in order.
fn targets(lines: &str) -> Vec<String> {
    let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    lines
        .lines()
        .map(|line| value(line)["target"].as_str().unwrap_or("?").to_owned())
        .collect()
}

#[test]
fn an_archive_on_the_command_line_gives_its_documents() {
    let path = "fixtures/formats/10289-23-en.zip";
    let zip = run(&["extract", path, "--format", "jsonl"]);
    assert_eq!(zip.status, 0, "{}", zip.err);
    assert!(
        zip.out
            .contains("\"document\":\"fixtures/formats/10289-23-en.zip/10289-23-en.docx\"")
    );
    assert!(!zip.out.contains("logo"));
    let member = run(&[
        "extract",
        &format!("{path}/10289-23-en.docx"),
        "--format",
        "jsonl",
    ]);
    assert_eq!(member.out, zip.out);
    let none = run(&["extract", &format!("{path}/none.docx")]);
    assert!(
        none.status == 2 && none.err.contains("holds no such document"),
        "{}",
        none.err
    );
}

#[test]
fn standard_input_is_read_in_any_format() {
    let path = "fixtures/formats/10289-23-en.docx";
    let file = run(&["extract", path, "--format", "jsonl"]);
    let input = run_with_input(&["extract", "-", "--format", "jsonl"], &fs::read(path).unwrap());
    assert_eq!(input.status, 0, "{}", input.err);
    assert_eq!(targets(&input.out), targets(&file.out));
    assert_eq!(targets(&file.out).len(), 16);
}

#[test]
fn a_folder_gives_documents_of_every_format_told_by_content() {
    let folder = folder("formats");
    fs::copy("fixtures/formats/10289-23-en.docx", folder.join("a.docx")).unwrap();
    // A page that was saved under the wrong name.
    fs::copy("fixtures/formats/10289-23-en.html", folder.join("b.docx")).unwrap();
    fs::copy("fixtures/formats/10289-23-en.tar.gz", folder.join("c.tar.gz")).unwrap();
    fs::write(folder.join("d.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old").unwrap();
    fs::write(folder.join("e.jpg"), b"\xFF\xD8\xFF").unwrap();
    let run = run(&["extract", folder.to_str().unwrap(), "--format", "csv"]);
    for name in ["a.docx", "b.docx", "c.tar.gz/10289-23-en.txt"] {
        assert!(run.out.contains(name), "{name}");
    }
    assert_eq!(run.status, 3);
    assert!(
        run.err.contains("d.doc: this is a binary Office file") && run.err.lines().count() == 1,
        "{}",
        run.err
    );
}

#[test]
fn text_is_printed_of_one_document_only() {
    let path = "fixtures/formats/10289-23-en.docx";
    let text = run(&["extract", path, "--format", "text"]);
    assert!(
        text.status == 0 && text.out.contains("conclusions of 19 June 2017[^2]."),
        "{}",
        text.err
    );
    for line in run(&["extract", path, "--format", "jsonl"]).out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let at = |key: &str| row[key].as_u64().unwrap() as usize;
        assert_eq!(&text.out[at("start")..at("end")], row["text"].as_str().unwrap());
    }
    let several = run(&["extract", "fixtures/formats", "--format", "text"]);
    assert!(several.status == 2 && several.out.is_empty(), "{}", several.out);
    assert!(several.err.contains("one document"), "{}", several.err);
}
