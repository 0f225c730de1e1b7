//! Walks folders of spreadsheets and has each file read by the compiled program, in a process and a budget of its own.
//!
//! `cargo run --release --example corpus -- [--program PATH] [--password-file FILE] FOLDER…` prints a line for every
//! file that is no plain success, with what became of it, its time and its peak of memory, and a table at the end. Files
//! with the same content are read once. Exit code 1 when a file made the program panic, hang or take too much memory.

#[path = "../tests/suite/harness/measured.rs"]
mod measured;

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use measured::{Measured, measure};
use sha2::{Digest, Sha256};

/// Longer than the program's own limit for a file, with time to start and to write.
const PATIENCE: Duration = Duration::from_secs(30);
/// More memory than one file may ever cost.
const MOST_MEMORY: u64 = 512 << 20;

struct Arguments {
    program: PathBuf,
    password_file: Option<PathBuf>,
    folders: Vec<PathBuf>,
}

/// What became of one file.
struct Told {
    fate: String,
    took: Duration,
    peak: u64,
}

#[derive(Default)]
struct Tally {
    files: usize,
    slowest: Duration,
    peak: u64,
}

fn main() -> ExitCode {
    let Some(arguments) = arguments() else {
        eprintln!("corpus [--program PATH] [--password-file FILE] FOLDER…");
        return ExitCode::from(2);
    };
    let files = distinct(&arguments.folders);
    let (next, table) = (AtomicUsize::new(0), Mutex::new(BTreeMap::<String, Tally>::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let told = judge(file, &arguments);
                    if told.fate != "ok" {
                        let (ms, mib) = (told.took.as_millis(), told.peak >> 20);
                        println!("{}\t{ms} ms\t{mib} MiB\t{}", told.fate, file.display());
                    }
                    let mut table = table.lock().expect("the table");
                    let tally = table.entry(told.fate).or_default();
                    tally.files += 1;
                    tally.slowest = tally.slowest.max(told.took);
                    tally.peak = tally.peak.max(told.peak);
                }
            });
        }
    });
    let table = table.into_inner().expect("the table");
    summary(&table, files.len());
    ExitCode::from(u8::from(table.keys().any(|fate| fate.chars().any(char::is_uppercase) && !fate.starts_with('F'))))
}

fn arguments() -> Option<Arguments> {
    let program = std::env::current_exe().ok()?.parent()?.parent()?.join("allegati");
    let mut found = Arguments { program, password_file: None, folders: Vec::new() };
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--program") => found.program = arguments.next()?.into(),
            Some("--password-file") => found.password_file = Some(arguments.next()?.into()),
            _ => found.folders.push(argument.into()),
        }
    }
    (!found.folders.is_empty()).then_some(found)
}

/// The files below some folders, each content once.
fn distinct(folders: &[PathBuf]) -> Vec<PathBuf> {
    let (mut files, mut seen, mut left) = (Vec::new(), HashSet::new(), folders.to_vec());
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => left.push(entry.path()),
                Ok(kind) if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.sort();
    files.retain(|file| std::fs::read(file).is_ok_and(|bytes| seen.insert(Sha256::digest(&bytes))));
    files
}

/// Has a file consolidated, alone in a folder.
fn judge(file: &Path, arguments: &Arguments) -> Told {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let extension = file.extension().map_or_else(|| OsString::from("bin"), OsString::from);
    let copy = folder.path().join("in").join(PathBuf::from("file").with_extension(extension));
    std::fs::create_dir(folder.path().join("in")).expect("its folder");
    std::fs::copy(file, &copy).expect("a copy of the file");
    let json = folder.path().join("out.json");
    let mut command = Command::new(&arguments.program);
    command.arg("run").arg(folder.path().join("in")).args(["--lang", "en", "--jobs", "1"]);
    command.arg("-o").arg(folder.path().join("out.xlsx")).arg("--json").arg(&json);
    if let Some(passwords) = &arguments.password_file {
        command.arg("--password-file").arg(passwords);
    }
    let measured = measure(&mut command, PATIENCE);
    Told { fate: fate(&measured, &json), took: measured.took, peak: measured.peak }
}

fn fate(measured: &Measured, json: &Path) -> String {
    let Some(output) = &measured.output else { return "TIME-OUT".to_owned() };
    if measured.peak > MOST_MEMORY {
        return "OVER MEMORY".to_owned();
    }
    let said = String::from_utf8_lossy(&output.stderr);
    if !matches!(output.status.code(), Some(0..=2)) || said.contains("panicked") {
        let line = said.lines().find(|line| line.contains("panicked")).unwrap_or("no word");
        return format!("PANIC {:?} {line}", output.status.code());
    }
    if output.status.code() == Some(2) && said.contains("no spreadsheets in the folder") {
        return "not opened: its name says that it is no sheet".to_owned();
    }
    if output.status.code() == Some(2) {
        return format!("refused: {}", said.lines().next().unwrap_or("no word").replace(['\t'], " "));
    }
    let Some(record) = std::fs::read(json).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) else {
        return "NO RECORD".to_owned();
    };
    of_record(&record)
}

/// The worst thing that the record says of the file itself.
fn of_record(record: &serde_json::Value) -> String {
    let findings = record["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of_file = findings.iter().filter(|finding| finding["code"].as_str().is_some_and(|code| code.starts_with('F')));
    let named = of_file.filter_map(|finding| {
        let rank = ["error", "warning", "info"].iter().position(|word| finding["severity"] == *word)?;
        Some((rank, format!("{} {}", finding["code"].as_str()?, finding["slug"].as_str().unwrap_or_default())))
    });
    named.min().map_or_else(|| "ok".to_owned(), |(_, name)| name)
}

fn summary(table: &BTreeMap<String, Tally>, files: usize) {
    println!("\n{:>6}  {:>9}  {:>8}  became", "files", "slowest", "peak");
    for (fate, tally) in table {
        println!("{:>6}  {:>6} ms  {:>4} MiB  {fate}", tally.files, tally.slowest.as_millis(), tally.peak >> 20);
    }
    println!("{files:>6}  files in all, each content once");
}
