//! The museum of oddities: for every finding the smallest believable folder that raises it, and what the program says.
//!
//! `tests/findings/<CODE>-<slug>/` holds text grids (see the harness), perhaps an `allegati.toml`, and
//! - `earlier/`, perhaps: results of other years, which lie in `consolidato` of the folder;
//! - `place.txt`, written by hand and never by the program: a line `CODE SEVERITY FILE › SHEET › CELL` for each error
//!   and warning of any code and each info of the folder's own, all of them and no other. `extra` before a line: it is
//!   raised today and should not be; the test says so when it is gone, and the line goes with it;
//! - `expected.it.txt` and `expected.en.txt`: how `check` shows the folder's own code, rewritten by `ALLEGATI_BLESS=1`
//!   and reviewed as code.
//!
//! Files that no grid can say (truncated, protected, links) are made in [`raw`].

mod moved;
pub mod raw;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;

use crate::harness::run::{check, run};
use crate::harness::{deliver, grids};

/// Codes that no folder can raise, each with the reason why.
const NOT_SHOWN: &[(&str, &str)] =
    &[("F012", "no content is known that stops a reader; the tests of the worker raise it by taking the program away")];

/// A folder of the museum.
#[derive(Debug)]
struct Case {
    code: String,
    folder: PathBuf,
}

/// A folder of office files, made from a case and thrown away after it.
pub fn build(case: &Path) -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a place for the folder");
    for grid in grids(case) {
        let stem = grid.file_stem().expect("a name").to_string_lossy().into_owned();
        deliver(&std::fs::read_to_string(&grid).expect("a grid"), &stem, place.path());
    }
    let settings = case.join("allegati.toml");
    if settings.exists() {
        std::fs::copy(settings, place.path().join("allegati.toml")).expect("settings copied");
    }
    let results = case.join("earlier");
    if results.is_dir() {
        let own = place.path().join("consolidato");
        std::fs::create_dir(&own).expect("a folder of results");
        for entry in std::fs::read_dir(results).expect("results").map(|entry| entry.expect("a result")) {
            std::fs::copy(entry.path(), own.join(entry.file_name())).expect("a result copied");
        }
    }
    raw::add(&code(case), place.path());
    place
}

/// The folder that holds all cases.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

/// The folders of the museum that this machine can make, by name.
pub fn folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root()).expect("the museum");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder").path()).collect();
    folders.retain(|folder| folder.is_dir() && (cfg!(unix) || !raw::NEEDS_LINKS.contains(&code(folder).as_str())));
    folders.sort();
    folders
}

/// The code that a folder shows.
fn code(folder: &Path) -> String {
    let name = folder.file_name().expect("a name").to_string_lossy();
    let (code, _) = name.split_once('-').unwrap_or_else(|| panic!("{name} is no CODE-slug"));
    code.to_owned()
}

#[test]
fn every_finding_is_shown_at_its_place_in_both_languages() {
    let cases: Vec<Case> = folders().into_iter().map(|folder| Case { code: code(&folder), folder }).collect();
    let wrong: Vec<String> = cases.par_iter().flat_map_iter(judge).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_its_folder() {
    let codes = allegati::pipeline::codes();
    let names: BTreeSet<String> = codes.iter().map(|code| format!("{}-{}", code.id, code.slug)).collect();
    let folders: BTreeSet<String> = std::fs::read_dir(root())
        .expect("the museum")
        .map(|entry| entry.expect("a folder").file_name().to_string_lossy().into_owned())
        .collect();
    let unknown: Vec<&String> = folders.difference(&names).collect();
    assert!(unknown.is_empty(), "folders of no code: {unknown:?}");
    for code in codes {
        let shown = folders.contains(&format!("{}-{}", code.id, code.slug));
        let excused = NOT_SHOWN.iter().any(|(id, _)| *id == code.id);
        assert!(shown != excused, "{} {}: has a folder: {shown}, is excused: {excused}", code.id, code.slug);
    }
}

/// What is wrong with a case; nothing when all is as it should be.
fn judge(case: &Case) -> Vec<String> {
    let folder = build(&case.folder);
    let name = case.folder.file_name().expect("a name").to_string_lossy().into_owned();
    let outcome = run(folder.path());
    let findings = outcome.json["findings"].as_array().cloned().unwrap_or_default();
    let mut wrong = places(case, &findings);
    if !wrong.is_empty() {
        wrong.push(outcome.stdout);
        wrong.push(outcome.stderr);
    }
    let errors = findings.iter().any(|finding| finding["severity"] == "error");
    for lang in ["it", "en"] {
        let said = check(folder.path(), lang);
        if (said.exit, outcome.exit) != (Some(i32::from(errors)), Some(i32::from(errors))) {
            wrong.push(format!("check ends with {:?}, run with {:?}, errors: {errors}", said.exit, outcome.exit));
        }
        let shown = own(&said.stdout.replace(&folder.path().display().to_string(), "CARTELLA"), &case.code);
        let golden = case.folder.join(format!("expected.{lang}.txt"));
        if std::env::var_os("ALLEGATI_BLESS").is_some() {
            std::fs::write(&golden, &shown).expect("golden written");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default().replace("\r\n", "\n");
        if shown != expected || shown.is_empty() {
            wrong.push(format!("{lang} is now\n{shown}\n-- expected\n{expected}"));
        }
    }
    wrong.into_iter().map(|what| format!("{name}: {what}")).collect()
}

/// Compares what was found with what `place.txt` says.
fn places(case: &Case, findings: &[Value]) -> Vec<String> {
    let counts = |finding: &&Value| finding["severity"] != "info" || finding["code"] == case.code.as_str();
    let mut found: Vec<String> = findings.iter().filter(counts).map(place).collect();
    let text = std::fs::read_to_string(case.folder.join("place.txt")).unwrap_or_default();
    let mut wrong = Vec::new();
    for line in text.lines().map(str::trim) {
        let wanted = line.strip_prefix("extra ").unwrap_or(line);
        match found.iter().position(|one| one == wanted) {
            Some(at) => drop(found.remove(at)),
            None => wrong.push(format!("not raised: {line}")),
        }
    }
    if !text.lines().any(|line| line.starts_with(&case.code)) {
        wrong.push("place.txt does not name the folder's own code".to_owned());
    }
    wrong.extend(found.iter().map(|one| format!("not in place.txt: {one}")));
    wrong
}

/// `CODE SEVERITY FILE › SHEET › CELL` of a finding.
fn place(finding: &Value) -> String {
    let word = |part: &str| finding[part].as_str().unwrap_or_default().to_owned();
    let parts: Vec<&str> = ["file", "sheet", "cell"].iter().filter_map(|part| finding[part].as_str()).collect();
    format!("{} {} {}", word("code"), word("severity"), parts.join(" › "))
}

/// The blocks and lines of a code among what was printed.
fn own(printed: &str, code: &str) -> String {
    let mark = format!("[{code}]");
    let blocks = printed.split("\n\n").filter_map(|block| {
        let listed = block.lines().next().is_some_and(|first| first.starts_with("nota[") || first.starts_with("info["));
        if listed {
            let lines: Vec<&str> = block.lines().filter(|line| line.contains(&mark)).collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        } else {
            block.lines().next().is_some_and(|first| first.contains(&mark)).then(|| block.trim_end().to_owned())
        }
    });
    blocks.map(|block| format!("{block}\n")).collect::<Vec<_>>().join("\n")
}
