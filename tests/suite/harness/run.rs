//! Runs the compiled program on a folder, as a user does.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// What a run gave.
#[derive(Debug)]
pub struct Outcome {
    /// Exit code; `None` when it was killed.
    pub exit: Option<i32>,
    /// The JSON record; `Null` when none was written.
    pub json: Value,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// `allegati run FOLDER -o OUT.xlsx --json OUT.json`, with the outputs outside the folder.
pub fn run(folder: &Path) -> Outcome {
    let out = tempfile::tempdir().expect("place for the outputs");
    let json = out.path().join("out.json");
    let output = Command::new(env!("CARGO_BIN_EXE_allegati"))
        .arg("run")
        .arg(folder)
        .arg("-o")
        .arg(out.path().join("out.xlsx"))
        .arg("--json")
        .arg(&json)
        .env_remove("ALLEGATI_LANG")
        .output()
        .expect("the program starts");
    let read = std::fs::read(&json).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Outcome {
        exit: output.status.code(),
        json: read.unwrap_or(Value::Null),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// `allegati check FOLDER --lang LANG`; it writes no JSON.
pub fn check(folder: &Path, lang: &str) -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_allegati"))
        .arg("check")
        .arg(folder)
        .args(["--lang", lang])
        .output()
        .expect("the program starts");
    Outcome {
        exit: output.status.code(),
        json: Value::Null,
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
