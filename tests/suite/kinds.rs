//! Cases of every kind of sheet, refusals included: a text grid, and what the JSON must say of it, written by hand.
//!
//! A case called `open-…` says what is right and is not read so today: the test says when it is, and the case gets a
//! name without `open-`.
//!
//! `tests/kinds/<kind>/<case>.grid` becomes a folder with one file, `_*.grid` beside it a file of every case of the
//! kind (the plan that evidence proves). `<case>.json` is a part of the JSON: objects may leave fields out, arrays are
//! complete. Three fields are its own: `kinds`, the kind that claims each sheet; `said`, every error and warning as
//! `CODE FILE › SHEET › CELL` in any order; and `extra`, those that are raised today and should not be: the test says so
//! when one is gone.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;

use crate::harness::run::run;
use crate::harness::{deliver, grids};

/// The least number of cases of a kind.
const LEAST: usize = 4;

/// The folder that holds all kinds.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kinds")
}

/// The cases of a kind.
pub fn cases(kind: &str) -> Vec<PathBuf> {
    grids(&root().join(kind)).into_iter().filter(|grid| !is_shared(grid)).collect()
}

fn is_shared(grid: &Path) -> bool {
    grid.file_name().is_some_and(|name| name.to_string_lossy().starts_with('_'))
}

/// A folder of office files, made from a case.
pub fn build(case: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a place for the folder");
    let shared = grids(case.parent().expect("its kind")).into_iter().filter(|grid| is_shared(grid));
    for grid in shared.chain([case.to_owned()]) {
        let stem = grid.file_stem().expect("a name").to_string_lossy().into_owned();
        deliver(&std::fs::read_to_string(&grid).expect("a grid"), &stem, folder.path());
    }
    let settings = case.with_extension("toml");
    if settings.exists() {
        std::fs::copy(settings, folder.path().join("allegati.toml")).expect("settings copied");
    }
    folder
}

#[test]
fn every_kind_reads_and_refuses_as_its_cases_say() {
    let all: Vec<PathBuf> = allegati::kinds::KINDS.iter().flat_map(|kind| cases(kind.id)).collect();
    let wrong: Vec<String> = all.par_iter().flat_map_iter(|case| judge(case)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_cases_and_a_refusal() {
    for kind in allegati::kinds::KINDS {
        let names: Vec<String> = cases(kind.id).iter().filter(|case| !is_open(case)).map(|case| name(case)).collect();
        assert!(names.len() >= LEAST, "{}: {names:?}", kind.id);
        assert!(names.iter().any(|name| name.contains("refused-")), "{}: no refusal", kind.id);
    }
}

fn judge(case: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(case.with_extension("json")).expect("what the case expects");
    let mut wanted: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", case.display()));
    let folder = build(case);
    let outcome = run(folder.path());
    let mut wrong = Vec::new();
    let fields = wanted.as_object_mut().expect("an object");
    let mut said = texts(fields.remove("said").as_ref());
    said.extend(texts(fields.remove("extra").as_ref()));
    let mut told = told(&outcome.json);
    said.sort();
    told.sort();
    if said != told {
        wrong.push(format!("wanted {said:#?}, found {told:#?}"));
    }
    if let Some(kinds) = fields.remove("kinds") {
        for (sheet, kind) in kinds.as_object().expect("sheets") {
            differ(&format!("kind of {sheet}"), kind, &claimed(&outcome.json, sheet), &mut wrong);
        }
    }
    differ("", &wanted, &outcome.json, &mut wrong);
    if is_open(case) {
        let closed = wrong.is_empty().then(|| "is read right now: give it a name without `open-`".to_owned());
        wrong = closed.into_iter().collect();
    } else if !wrong.is_empty() {
        wrong.push(format!("{}{}", outcome.stdout, outcome.stderr));
    }
    wrong.into_iter().map(|what| format!("{}: {what}", name(case))).collect()
}

/// `KIND/CASE.grid`.
fn name(case: &Path) -> String {
    case.strip_prefix(root()).unwrap_or(case).display().to_string()
}

fn is_open(case: &Path) -> bool {
    case.file_name().is_some_and(|name| name.to_string_lossy().starts_with("open-"))
}

/// The texts of a list that may not be there.
fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.map(|item| item.as_str().expect("a text").to_owned()).collect()
}

/// Errors and warnings as `CODE FILE › SHEET › CELL`.
pub fn told(json: &Value) -> Vec<String> {
    let findings = json["findings"].as_array().into_iter().flatten().filter(|finding| finding["severity"] != "info");
    let line = |finding: &Value| {
        let parts: Vec<&str> = ["file", "sheet", "cell"].iter().filter_map(|part| finding[part].as_str()).collect();
        format!("{} {}", finding["code"].as_str().unwrap_or("?"), parts.join(" › "))
    };
    findings.map(line).collect()
}

/// The kind that claims a sheet; null for none.
fn claimed(json: &Value, name: &str) -> Value {
    let sheets = json["sources"].as_array().into_iter().flatten().flat_map(|file| file["sheets"].as_array());
    let mut found = sheets.flatten().filter(|sheet| sheet["name"] == name);
    found.next().map_or(Value::from("no such sheet"), |sheet| sheet["kind"].clone())
}

/// Where the JSON is not what was wanted; what was not asked for may be anything.
fn differ(path: &str, wanted: &Value, got: &Value, wrong: &mut Vec<String>) {
    match (wanted, got) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                match got.get(name) {
                    Some(found) => differ(&format!("{path}/{name}"), value, found, wrong),
                    None => wrong.push(format!("{path}/{name} is missing")),
                }
            }
        }
        (Value::Array(list), Value::Array(found)) if list.len() == found.len() => {
            for (at, (value, found)) in list.iter().zip(found).enumerate() {
                differ(&format!("{path}/{at}"), value, found, wrong);
            }
        }
        _ if wanted == got => {}
        _ => wrong.push(format!("{path}: wanted {wanted}, got {got}")),
    }
}
