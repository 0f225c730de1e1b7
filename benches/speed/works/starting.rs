//! Whole processes: how long a person waits for small things.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Make;
use crate::harness::{Goal, Work, contender};

pub const WORKS: &[(&str, Make)] = &[
    ("sample", |id| {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/lucca-2019");
        let output = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data/sample.xlsx");
        process(id, "process: run on the samples", 40.0, vec!["run".into(), samples, "-o".into(), output])
    }),
    ("version", |id| process(id, "process: --version", 5.0, vec!["--version".into()])),
    ("explain", |id| process(id, "process: explain C012", 5.0, vec!["explain".into(), "C012".into()])),
];

fn process(id: &'static str, what: &str, most: f64, arguments: Vec<PathBuf>) -> Option<Work> {
    let ours = contender("ours", "whole process", move || run(&arguments));
    Some(Work { id, what: what.to_owned(), goal: Some(Goal::Millis(most)), contenders: vec![ours] })
}

/// Runs the program with some arguments.
pub fn run(arguments: &[PathBuf]) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegati"));
    let status = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    // The samples hold findings, on purpose.
    assert!(status.expect("our program").code().is_some_and(|code| code < 2), "it failed");
    1
}
