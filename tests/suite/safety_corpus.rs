//! What once ended a reader or a parser must not end it again.
//!
//! `tests/corpus/books/` holds files, `tests/corpus/texts/` texts: each made by the fuzzer or by hand, at most 50 KB,
//! and named for what it did. The files are read by the program, all in one folder and each alone; the texts go
//! through every parser of text.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use allegati::finding::Lang;
use allegati::settings::{Settings, link};
use allegati::sheet::Value;
use allegati::sheet::format::{Format, shown};
use allegati::value::duration::Clock;
use allegati::value::number::{self, Nature, Reading};
use allegati::value::{date, duration, fold, goal, not_counted, percentage, yes_no};

use crate::harness::run::run;

/// The largest file kept.
const LARGEST: u64 = 50 << 10;

/// Files that still end something: the line goes with the fault.
const OPEN: &[&str] = &[];

fn kept(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder)) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in &paths {
        assert!(fs::metadata(path).expect("a file").len() <= LARGEST, "{} is too large", path.display());
    }
    paths
}

fn is_open(path: &Path) -> bool {
    path.file_name().is_some_and(|name| OPEN.iter().any(|open| name == *open))
}

/// Whether the program ends by itself over a folder, and every file of it is read or has a finding that says why not.
fn ends_well(folder: &Path) -> Result<(), String> {
    let outcome = run(folder);
    if !matches!(outcome.exit, Some(0 | 1)) {
        return Err(format!("{:?}: {}", outcome.exit, outcome.stderr));
    }
    let findings = outcome.json["findings"].as_array().expect("findings");
    if let Some(failed) = findings.iter().find(|finding| finding["code"] == "F012") {
        return Err(failed.to_string());
    }
    let sources = outcome.json["sources"].as_array().expect("sources");
    let silent = sources.iter().find(|source| {
        source["sheets"].as_array().is_none_or(Vec::is_empty)
            && !findings.iter().any(|finding| finding["file"] == source["file"])
    });
    silent.map_or(Ok(()), |source| Err(format!("nothing is said of {source}")))
}

#[test]
fn every_kept_file_ends_as_records_or_findings() {
    let together = tempfile::tempdir().unwrap();
    for path in kept("books") {
        let alone = tempfile::tempdir().unwrap();
        let name = path.file_name().unwrap();
        fs::copy(&path, alone.path().join(name)).unwrap();
        let end = ends_well(alone.path());
        assert_eq!(end.is_err(), is_open(&path), "{}: {end:?}", path.display());
        if end.is_ok() {
            fs::copy(&path, together.path().join(name)).unwrap();
        }
    }
    fs::write(together.path().join("statistica.csv"), "CODICE;PROCESSO\n6.1.1;Rilascio\n").unwrap();
    assert_eq!(ends_well(together.path()), Ok(()));
}

#[test]
fn no_kept_text_ends_a_parser() {
    for path in kept("texts") {
        let bytes = fs::read(&path).expect("a text");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let end = catch_unwind(|| through_every_parser(&text));
        assert_eq!(end.is_err(), is_open(&path), "{}", path.display());
    }
}

fn through_every_parser(text: &str) {
    for reading in [None, Some(Reading::Italian), Some(Reading::English)] {
        if let Some(scanned) = number::scan(text) {
            number::italian(scanned.read(Nature::Amount, reading), 2, true);
            number::italian(scanned.read(Nature::Measure, reading), 2, true);
        }
        if let Some(duration::Measure::Span(span)) = duration::parse(text, Clock::DAYS, reading) {
            span.days();
            span.hours();
        }
        if let Some(goal) = goal::parse(text, reading) {
            let amounts = [0.0, -1.0, 99.5, 7e27].map(|amount| number::from_stored(amount).expect("an amount"));
            for amount in amounts {
                goal.met(amount, None);
                goal.met(amount, Some(amounts[3]));
                goal.met(amount, Some(-amounts[3]));
            }
        }
    }
    percentage::scan(text);
    duration::header_clock(text);
    goal::at_least_count(text);
    not_counted::reason(text);
    yes_no::parse(text);
    date::years(text);
    for year in [1, 2019, 9999] {
        let _ = date::parse(text, year);
    }
    assert_eq!(fold::fold(&fold::fold(text)), fold::fold(text));
    assert!((0.0..=1.0).contains(&fold::similarity(text, "Registro Imprese")));
    if let Err(error) = Settings::parse(text, &[("charter", &["measured"])]) {
        error.message(Lang::It);
        error.message(Lang::En);
    }
    let _ = link::Expr::parse(text);
    let _ = link::Reference::parse(text);
    let format = Format::parse(text);
    for number in [0.0, -1.5, 43_830.75, 1e22, f64::MAX, f64::NAN] {
        assert!(shown(Value::Number(number), &format, false).len() < 1 << 20);
    }
    shown(Value::Text("testo".into()).as_ref(), &format, false);
}
