//! The index at size: how long a scan takes, with everything new, nothing changed and twelve files more, how large the
//! index is, and how long each question to it takes.
//!
//! `cargo bench --bench index` measures a thousand documents, `cargo bench --bench index -- 10000` as many as one likes,
//! and `cargo bench --bench index -- write 1000 FOLDER` only writes the documents. Times are of the clock and of the
//! processor; memory is the most that was resident.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::corpus::Corpus;

const SEED: u64 = 20_261_125;
/// How many files are new in the third scan.
const MORE: usize = 12;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", number, folder] => write(
            &Corpus::new(parsed(number), SEED),
            0..parsed(number),
            Path::new(folder),
        ),
        [] => measure(1000),
        numbers => numbers.iter().for_each(|number| measure(parsed(number))),
    }
}

fn parsed(number: &str) -> usize {
    number.parse().unwrap_or(1000)
}

fn write(corpus: &Corpus, numbers: std::ops::Range<usize>, folder: &Path) {
    for at in numbers {
        let path = folder.join(corpus.name(at));
        let written = path.parent().map_or(Ok(()), fs::create_dir_all);
        if let Err(error) = written.and_then(|()| fs::write(&path, corpus.text(at))) {
            eprintln!("{}: {error}", path.display());
        }
    }
}

/// What a run of the program took.
struct Cost {
    clock: Duration,
    cpu: Duration,
    megabytes: u64,
}

fn measure(documents: usize) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("index-{documents}"));
    let _ = fs::remove_dir_all(&folder);
    let corpus = Corpus::new(documents + MORE, SEED);
    let (texts, index) = (folder.join("documents"), folder.join("citegraph.db"));
    write(&corpus, 0..documents, &texts);
    // Files that have just been written are not trusted to be what they were: their clock is too coarse.
    std::thread::sleep(Duration::from_secs(3));
    let (texts_name, index_name) = (texts.display().to_string(), index.display().to_string());
    let scan = ["scan", &texts_name, "--index", &index_name];
    report(documents, "scan, all new", &run(&scan));
    let bytes = fs::metadata(&index).map_or(0, |found| found.len());
    println!("| {documents} | size of the index | {} MB |", bytes / 1_000_000);
    report(documents, "scan, nothing changed", &run(&scan));
    write(&corpus, documents..documents + MORE, &texts);
    report(documents, "scan, twelve files more", &run(&scan));
    let work = corpus.name(documents / 2);
    let work = work.rsplit('/').next().unwrap_or("").replace('-', "/");
    let number = work.rsplit_once('/').map_or("", |(number, _)| number);
    let questions: [&[&str]; 12] = [
        &["who-cites", number],
        &["who-cites", "cyber-diplomacy-toolbox", "--format", "json"],
        &["cites", number],
        &["show", number],
        &["show", "Cyber Diplomacy Toolbox"],
        &["search", "maritime skills arctic"],
        &["lineage", number, "--depth", "3"],
        &["frontier"],
        &["centrality"],
        &["matrix"],
        &["check"],
        &["export"],
    ];
    for question in questions {
        let name = question.join(" ").replace(number, "NUMBER");
        report(
            documents,
            &name,
            &run(&[question, &["--index", &index_name]].concat()),
        );
    }
    let _ = fs::remove_dir_all(&folder);
}

fn report(documents: usize, what: &str, cost: &Cost) {
    println!(
        "| {documents} | {what} | {:.3} s, {:.2} s of CPU, {} MB |",
        cost.clock.as_secs_f64(),
        cost.cpu.as_secs_f64(),
        cost.megabytes
    );
}

fn run(arguments: &[&str]) -> Cost {
    let started = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_citegraph"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let (mut cpu, mut megabytes) = (Duration::ZERO, 0);
    let Ok(mut child) = child else {
        return Cost {
            clock: Duration::ZERO,
            cpu,
            megabytes,
        };
    };
    while let Ok(None) = child.try_wait() {
        (cpu, megabytes) = so_far(child.id()).unwrap_or((cpu, megabytes));
        std::thread::sleep(Duration::from_millis(1));
    }
    Cost {
        clock: started.elapsed(),
        cpu,
        megabytes,
    }
}

/// Time of the processor and most memory of a process, as Linux tells them.
fn so_far(process: u32) -> Option<(Duration, u64)> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().ok()?;
    Some((Duration::from_millis(ticks * 10), kilobytes / 1000))
}
