//! The real folder of 2019: every figure that was published, in the JSON, in the workbook's cells and behind its names.

mod findings;
mod json;
mod settings;
mod workbook;

use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

use crate::sample::{self, Book, Ran};

/// One run, looked at by many tests.
static RUN: LazyLock<Ran> = LazyLock::new(|| sample::run(sample::copy().path(), &[]));
static JSON: LazyLock<Value> = LazyLock::new(|| RUN.json());
static BOOK: LazyLock<Book> = LazyLock::new(|| RUN.book());

/// Number, kind of evidence, all, met and score of each procedure.
const PROCEDURES: [(&str, &str, u64, u64, &str); 6] = [
    ("1", "steps", 357, 356, "99.72"),
    ("2", "cases", 1240, 1116, "90.00"),
    ("3", "steps", 5, 5, "100.00"),
    ("4", "checks", 5, 4, "100.00"),
    ("5", "checks", 4, 2, "50.00"),
    ("6", "coverage", 12, 12, "100.00"),
];

const DIRIGENTE: &str =
    "Dirigente Area Anagrafico Certificativa, Studi, Politiche Economiche e Regolazione del Mercato";

/// Holder, number and percentage of each objective.
const OBJECTIVES: [(&str, &str, &str); 13] = [
    ("Ente", "1", "99.17"),
    ("Ente", "2", "100.00"),
    ("Ente", "3", "100.00"),
    ("Ente", "4", "100.00"),
    ("Ente", "5", "100.00"),
    ("Ente", "6", "99.80"),
    ("Segretario Generale", "1", "99.17"),
    ("Segretario Generale", "2", "100.00"),
    ("Segretario Generale", "3", "99.95"),
    ("Segretario Generale", "4", "100.00"),
    (DIRIGENTE, "1", "100.00"),
    (DIRIGENTE, "2", "99.62"),
    (DIRIGENTE, "3", "100.00"),
];

/// Year, cost, difference and variation on 2016.
const COSTS: [(i64, &str, &str, &str); 4] = [
    (2016, "3664142.24", "0.00", "0.00"),
    (2017, "3552460.39", "-111681.85", "-3.05"),
    (2018, "3405605.76", "-258536.48", "-7.06"),
    (2019, "3272845.34", "-391296.90", "-10.68"),
];

#[test]
fn the_run_is_clean() {
    assert_eq!((RUN.code, RUN.err.as_str()), (0, ""), "{}", RUN.out);
    let summary = RUN.out.trim_end().lines().last().expect("a closing line");
    for part in ["26 file", "30 fogli", "nessun errore", "out.xlsx"] {
        assert!(summary.contains(part), "{part} is not in {summary}");
    }
}

#[test]
fn without_options_the_outputs_stand_below_the_folder_and_are_the_same_each_time() {
    let outputs = |folder: &std::path::Path, more: &[&str]| {
        let (code, _, err) = sample::say(&[&["run", folder.to_str().expect("UTF-8")], more].concat());
        assert_eq!((code, err.as_str()), (0, ""));
        let read = |name: &str| fs::read(folder.join("consolidato").join(name)).expect("written");
        (read("Allegati-2019.xlsx"), read("Allegati-2019.json"))
    };
    let (one, other) = (sample::copy(), sample::copy());
    let first = outputs(one.path(), &[]);
    // The second run finds the outputs of the first in its folder.
    assert!(first == outputs(one.path(), &["--jobs", "1"]), "a second run wrote other bytes");
    assert!(first == outputs(other.path(), &[]), "the same files elsewhere gave other bytes");
    let written = fs::read_dir(one.path().join("consolidato")).expect("outputs").count();
    assert_eq!(written, 2, "something else was left behind");
}

#[test]
fn a_run_leaves_the_sheets_of_the_offices_as_they_are() {
    let copy = sample::copy();
    let before = sample::contents(copy.path());
    sample::run(copy.path(), &[]);
    assert!(before == sample::contents(copy.path()));
}

#[test]
fn check_says_the_same_and_writes_nothing() {
    let copy = sample::copy();
    let before = sample::contents(copy.path());
    let (code, out, err) = sample::say(&["check", copy.path().to_str().expect("UTF-8")]);
    assert_eq!((code, err.as_str()), (0, ""));
    let findings = |text: &str| text.trim_end().rsplit_once('\n').expect("a closing line").0.to_owned();
    assert_eq!(findings(&out), findings(&RUN.out));
    assert!(before == sample::contents(copy.path()));
}

#[test]
fn strict_counts_the_warnings_too() {
    let ran = sample::run(sample::copy().path(), &["--strict"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.record == RUN.record, "the verdict changed the figures");
}
