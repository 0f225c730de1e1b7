//! The museum of oddities: for every finding the smallest believable folder that raises it, and what the program says.
//!
//! `tests/findings/<CODE>-<slug>/` holds text grids (see the harness), perhaps an `allegati.toml`, and
//! - `place.txt`, written by hand and never by the program: a line `SEVERITY FILE › SHEET › CELL` for each finding of
//!   the folder's code, all of them and no other;
//! - `expected.it.txt` and `expected.en.txt`: what `check` prints, rewritten by `ALLEGATI_BLESS=1` and reviewed as code.
//!
//! Files that no grid can say (truncated, protected, links) are made in [`raw`]. The kinds of sheet that a small folder
//! does not have (X022) are left out of what is compared, except in X022's own folder.

mod raw;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;

use crate::harness::run::{check, run};
use crate::harness::{deliver, grids};

/// Codes that no folder can raise, each with the reason why.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("F012", "no content is known that stops a reader; the tests of the worker raise it by taking the program away"),
    ("S014", "declared and never raised: an empty code stays empty"),
];

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
    let name = case.file_name().expect("a name").to_string_lossy();
    raw::add(name.split_once('-').map_or(&name, |(code, _)| code), place.path());
    place
}

/// The folder that holds all cases.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

fn cases() -> Vec<Case> {
    let entries = std::fs::read_dir(root()).expect("the museum");
    let mut cases: Vec<Case> = entries
        .map(|entry| entry.expect("a folder").path())
        .filter(|path| path.is_dir())
        .map(|folder| {
            let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
            let (code, _) = name.split_once('-').unwrap_or_else(|| panic!("{name} is no CODE-slug"));
            Case { code: code.to_owned(), folder }
        })
        .filter(|case| cfg!(unix) || !raw::NEEDS_LINKS.contains(&case.code.as_str()))
        .collect();
    cases.sort_by(|a, b| a.folder.cmp(&b.folder));
    cases
}

#[test]
fn every_finding_is_shown_at_its_place_in_both_languages() {
    let wrong: Vec<String> = cases().par_iter().flat_map_iter(judge).collect();
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
    let mut wrong = Vec::new();
    let outcome = run(folder.path());
    let findings = outcome.json["findings"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<String> = findings.iter().filter(|one| one["code"] == case.code.as_str()).map(place).collect();
    let text = std::fs::read_to_string(case.folder.join("place.txt")).unwrap_or_default();
    let mut wanted: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    found.sort();
    wanted.sort();
    if found != wanted || wanted.is_empty() {
        wrong.push(format!("{name}: wanted {wanted:?}, found {found:?}\n{}{}", outcome.stdout, outcome.stderr));
    }
    let errors = findings.iter().any(|finding| finding["severity"] == "error");
    for (lang, exit) in [("it", outcome.exit), ("en", outcome.exit)] {
        let said = check(folder.path(), lang);
        if said.exit != exit || exit != Some(i32::from(errors)) {
            wrong.push(format!("{name}: exit codes {:?} and {exit:?}, errors: {errors}", said.exit));
        }
        let shown = settled(&said.stdout, folder.path(), &case.code);
        let golden = case.folder.join(format!("expected.{lang}.txt"));
        if std::env::var_os("ALLEGATI_BLESS").is_some() {
            std::fs::write(&golden, &shown).expect("golden written");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default().replace("\r\n", "\n");
        if shown != expected {
            wrong.push(format!("{name}: {lang} is now\n{shown}\n-- expected\n{expected}"));
        }
    }
    wrong
}

/// `SEVERITY FILE › SHEET › CELL` of a finding.
fn place(finding: &Value) -> String {
    let parts = ["file", "sheet", "cell"].iter().filter_map(|part| finding[part].as_str());
    format!("{} {}", finding["severity"].as_str().unwrap_or("?"), parts.collect::<Vec<_>>().join(" › "))
}

/// What was printed, without the time it took and the place it was made in.
fn settled(printed: &str, folder: &Path, code: &str) -> String {
    let mut out = String::new();
    for line in printed.replace(&folder.display().to_string(), "CARTELLA").lines() {
        let absent = line.starts_with("nota[X022]") || line.starts_with("info[X022]");
        if absent && code != "X022" {
            continue;
        }
        let line = [" Tempo: ", " Time: "].iter().fold(line, |line, mark| line.split(mark).next().unwrap_or(line));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
