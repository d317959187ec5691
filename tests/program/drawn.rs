//! Pictures as files: every command that draws, every format, theme and engine.

use std::path::Path;
use std::process::Command;

use super::{folder, json_on_corpus, on_corpus, run};

const CORPUS: &str = "fixtures/corpus";
const TOOLBOX: &str = "Cyber Diplomacy Toolbox";

fn file(path: &Path, arguments: &[&str]) -> Vec<u8> {
    // Fitting a page takes its time in a program that is not optimized.
    let more = ["--page", "free", "--from", CORPUS, "-o", path.to_str().unwrap()];
    let run = run(&[arguments, &more].concat());
    assert_eq!(run.status, 0, "{arguments:?}: {}", run.err);
    std::fs::read(path).unwrap()
}

/// Width and height of a PNG, from its header.
fn pixels(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn every_command_that_draws_writes_svg_png_and_pdf_by_the_ending() {
    let folder = folder("drawn");
    for command in [
        &["lineage", "11406/22"][..],
        &["centrality"],
        &["ego", TOOLBOX],
        &["timeline", TOOLBOX],
        &["matrix"],
    ] {
        let svg = file(&folder.join("a.svg"), command);
        let text = String::from_utf8(svg).unwrap();
        assert!(roxmltree::Document::parse(&text).is_ok(), "{command:?}");
        assert!(
            file(&folder.join("a.png"), command).starts_with(b"\x89PNG"),
            "{command:?}"
        );
        assert!(
            file(&folder.join("a.pdf"), command).starts_with(b"%PDF-"),
            "{command:?}"
        );
    }
}

#[test]
fn the_scale_multiplies_the_pixels() {
    let folder = folder("scale");
    let timeline = ["timeline", TOOLBOX];
    let text = String::from_utf8(file(&folder.join("a.svg"), &timeline)).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let length = |name| {
        document
            .root_element()
            .attribute(name)
            .unwrap()
            .parse::<u32>()
            .unwrap()
    };
    let (width, height) = (length("width"), length("height"));
    let scaled = |scale| {
        pixels(&file(
            &folder.join("a.png"),
            &[
                "timeline",
                TOOLBOX,
                "--scale",
                scale,
                "--background",
                "transparent",
            ],
        ))
    };
    assert_eq!(scaled("1"), (width, height));
    assert_eq!(scaled("3"), (3 * width, 3 * height));
}

#[test]
fn the_brief_holds_every_picture_in_every_format() {
    let folder = folder("brief-formats");
    let made = run(&["brief", CORPUS, "--out", folder.to_str().unwrap()]);
    assert_eq!(made.status, 0, "{}", made.err);
    for name in ["lineage", "centrality"] {
        for ending in ["svg", "dot", "png", "pdf"] {
            assert!(
                folder.join(format!("{name}.{ending}")).metadata().unwrap().len() > 1000,
                "{name}.{ending}"
            );
        }
    }
}

#[test]
fn a_theme_is_one_of_ours_or_a_file_and_else_an_error_that_says_why() {
    let folder = folder("themes");
    let own = folder.join("own.toml");
    std::fs::write(&own, "[page]\nbackground = \"#FFFDF5\"\n").unwrap();
    let svg = |theme: &str| on_corpus(&["timeline", TOOLBOX, "--format", "svg", "--theme", theme]);
    assert!(svg("dark").contains("fill=\"#14181F\""));
    assert!(svg(own.to_str().unwrap()).contains("fill=\"#FFFDF5\""));
    std::fs::write(&own, "[page]\nbackground = \"ivory\"\n").unwrap();
    for (theme, reason) in [
        (
            "gaudy",
            "there is no theme gaudy, and no such file; themes: default, print, dark",
        ),
        (
            own.to_str().unwrap(),
            "own.toml: `ivory` is no color of the form #RRGGBB",
        ),
    ] {
        let run = run(&[
            "timeline", TOOLBOX, "--format", "svg", "--theme", theme, "--from", CORPUS,
        ]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains(reason), "{}", run.err);
    }
}

#[test]
fn a_font_is_measured_and_named() {
    let bold = "data/fonts/NotoSans-Bold.subset.ttf";
    let svg = |font: &[&str]| on_corpus(&[&["timeline", TOOLBOX, "--format", "svg"][..], font].concat());
    assert_ne!(svg(&[]), svg(&["--font", bold]), "bold letters are wider");
    let run = run(&[
        "timeline",
        TOOLBOX,
        "--format",
        "svg",
        "--font",
        "Cargo.toml",
        "--from",
        CORPUS,
    ]);
    assert_eq!(run.status, 2);
    assert!(
        run.err
            .contains("cannot use Cargo.toml: it is no TrueType or OpenType font"),
        "{}",
        run.err
    );
}

#[test]
fn the_footer_can_be_left_out() {
    let svg = |more: &[&str]| on_corpus(&[&["matrix", "--format", "svg"][..], more].concat());
    assert!(svg(&[]).contains("Source: fixtures/corpus: 18 documents"));
    assert!(!svg(&["--no-footer"]).contains("Source:"));
}

#[test]
fn white_is_refused_behind_a_theme_that_cannot_be_read_on_it() {
    let run = run(&[
        "matrix",
        "--format",
        "png",
        "--theme",
        "dark",
        "--background",
        "white",
        "--from",
        CORPUS,
    ]);
    assert_eq!(run.status, 2);
    assert!(
        run.err
            .contains("the text of the theme dark cannot be read on white"),
        "{}",
        run.err
    );
}

/// Runs with another Graphviz than the one that is installed.
fn with_graphviz(program: &str, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_citegraph"))
        .args(arguments)
        .args(["--engine", "graphviz", "--from", CORPUS])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("GRAPHVIZ_DOT", program)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn without_graphviz_its_engine_is_an_error_that_says_what_to_do() {
    let (status, _, said) = with_graphviz("/nowhere/dot", &["lineage", "11406/22", "--format", "svg"]);
    assert_eq!(status, 2);
    assert!(
        said.contains("cannot run Graphviz, `/nowhere/dot`") && said.contains("GRAPHVIZ_DOT"),
        "{said}"
    );
    let (status, _, said) = with_graphviz("/nowhere/dot", &["matrix", "--format", "svg"]);
    assert_eq!(status, 2);
    assert!(said.contains("Graphviz does not draw this view"), "{said}");
}

#[cfg(unix)]
#[test]
fn what_graphviz_draws_and_says_is_passed_on() {
    use std::os::unix::fs::PermissionsExt;
    let script = folder("graphviz").join("dot");
    let write = |body: &str| {
        std::fs::write(&script, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    let lineage = ["lineage", "11406/22", "--format", "svg"];
    write("cat > /dev/null; echo 'Warning: odd node' >&2; echo '<svg/>'");
    let (status, drawn, said) = with_graphviz(script.to_str().unwrap(), &lineage);
    assert_eq!((status, drawn.trim()), (0, "<svg/>"));
    assert!(said.contains("Graphviz: Warning: odd node"), "{said}");
    write("cat > /dev/null; echo 'syntax error' >&2; exit 1");
    let (status, _, said) = with_graphviz(script.to_str().unwrap(), &lineage);
    assert_eq!(status, 2);
    assert!(
        said.contains("Graphviz: syntax error") && said.contains("could not draw"),
        "{said}"
    );
}

// Who cites the toolbox is told by `who-cites`, which counts passages one by one.
#[test]
fn ego_timeline_and_matrix_agree_with_who_cites() {
    let passages = json_on_corpus(&["who-cites", TOOLBOX]);
    let passages = passages["references"].as_array().unwrap();
    let mut citing: Vec<&str> = passages
        .iter()
        .map(|one| one["citing"].as_str().unwrap())
        .collect();
    citing.sort_unstable();
    citing.dedup();
    let ego = json_on_corpus(&["ego", TOOLBOX]);
    let entries = ego["citing"].as_array().unwrap();
    let mentions: u64 = entries.iter().map(|one| one["mentions"].as_u64().unwrap()).sum();
    assert_eq!((entries.len(), mentions as usize), (citing.len(), passages.len()));
    let timeline = json_on_corpus(&["timeline", TOOLBOX]);
    let years = timeline["years"].as_array().unwrap();
    let works: u64 = years.iter().map(|year| year["works"].as_u64().unwrap()).sum();
    assert_eq!(works as usize, citing.len());
    let matrix = json_on_corpus(&["matrix"]);
    let cells = matrix["cells"].as_array().unwrap();
    let column = cells
        .iter()
        .filter(|cell| cell["cited"] == "cyber-diplomacy-toolbox");
    assert_eq!(column.count(), citing.len());
}

#[test]
fn an_entry_of_ego_tells_body_languages_and_relations() {
    let ego = json_on_corpus(&["ego", TOOLBOX]);
    let entries = ego["citing"].as_array().unwrap();
    let entry = entries.iter().find(|one| one["id"] == "ST-9364-2022").unwrap();
    // Three documents of 9364/22 lie in the corpus, one in each language.
    assert_eq!(entry["languages"], serde_json::json!(["da", "en", "nl"]));
    assert_eq!(entry["issuer"], "council");
    assert_eq!(entry["date"], "2022-05-23");
}
