//! Our own workbook beside what it came from: the files that Fonti lists, and the figures they give today.

use std::sync::Arc;

use super::totals::same;
use super::{Checked, Verdict};
use crate::place::CellRef;
use crate::sheet::{Sheet, Value};
use crate::value::fold::fold;
use crate::value::number;

/// The sheet of our workbook that lists the sources.
const SOURCES: &str = "Fonti";
/// The sheet of our workbook that lists the records of earlier years.
const TRENDS: &str = "Andamento";
/// Sheets of ours that hold no figures of the sources, or quote those of other sheets.
const WITHOUT_FIGURES: [&str; 3] = ["Riepilogo", "Anomalie", SOURCES];
/// Differences told one by one; the rest is counted.
const MOST_TOLD: usize = 50;

/// The files that a workbook of ours says it came from, each with its SHA-256 and the cell that says so.
pub fn hashes(sheets: &[Sheet]) -> Vec<(String, String, CellRef)> {
    hashes_on(SOURCES, sheets)
}

/// The records of earlier years that a workbook of ours compares with, likewise.
pub fn earlier(sheets: &[Sheet]) -> Vec<(String, String, CellRef)> {
    if hashes(sheets).is_empty() { Vec::new() } else { hashes_on(TRENDS, sheets) }
}

fn hashes_on(name: &str, sheets: &[Sheet]) -> Vec<(String, String, CellRef)> {
    let Some(sheet) = sheets.iter().find(|sheet| &*sheet.name == name) else { return Vec::new() };
    let is_hash = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut found: Vec<(String, String, CellRef)> = Vec::new();
    for row in sheet.rows.iter() {
        let hash = row.cells().find(|cell| is_hash(&sheet.shown(*cell)));
        if let (Some(hash), Some(file)) = (hash, row.first()) {
            let name = sheet.shown(file);
            if found.last().is_none_or(|(last, ..)| *last != name) {
                found.push((name, sheet.shown(hash), CellRef::new(row.index, hash.col)));
            }
        }
    }
    found
}

/// Whether a sheet of our own workbook only quotes figures, or holds none.
pub fn is_without_figures(sheets: &[Sheet], sheet: &Sheet) -> bool {
    is_trends(sheets, sheet) || WITHOUT_FIGURES.contains(&&*sheet.name) && !hashes(sheets).is_empty()
}

/// Whether a sheet of our own workbook shows figures over the years.
pub fn is_trends(sheets: &[Sheet], sheet: &Sheet) -> bool {
    &*sheet.name == TRENDS && !hashes(sheets).is_empty()
}

/// The figures of a workbook beside those of the one that its sources give today.
pub fn compare(ours: &[Sheet], today: &[Sheet]) -> Vec<Checked> {
    let mut checked = Vec::new();
    for new in today.iter().filter(|sheet| !WITHOUT_FIGURES.contains(&&*sheet.name)) {
        let Some(old) = ours.iter().find(|sheet| sheet.name == new.name) else {
            checked.push(told(&new.name, None, "", new, Verdict::Wrong));
            continue;
        };
        let places = |sheet: &Sheet| -> Vec<(u32, u32)> { sheet.cells().map(|(row, cell)| (row, cell.col)).collect() };
        let mut all = places(old);
        all.extend(places(new));
        all.sort_unstable();
        all.dedup();
        let differs = |(row, col): &&(u32, u32)| !same_value(old, new, *row, *col);
        let different: Vec<&(u32, u32)> = all.iter().filter(differs).collect();
        for (row, col) in different.iter().take(MOST_TOLD) {
            let cell = CellRef::new(*row, *col);
            checked.push(told(&new.name, Some(cell), &old.text(*row, *col), new, Verdict::Wrong));
        }
        if different.is_empty() {
            checked.push(told(&new.name, None, "", new, Verdict::Right));
        }
    }
    checked
}

fn told(sheet: &Arc<str>, cell: Option<CellRef>, declared: &str, today: &Sheet, verdict: Verdict) -> Checked {
    let computed = cell.map(|cell| today.text(cell.row, cell.col));
    let what = match (cell, verdict) {
        (Some(_), _) => ("cifra dalle fonti".to_owned(), "figure of the sources".to_owned()),
        (None, Verdict::Right) => ("tutte le celle, dalle fonti".to_owned(), "all cells, from the sources".to_owned()),
        (None, _) => ("foglio che manca".to_owned(), "sheet that is missing".to_owned()),
    };
    let basis = ("le fonti, riunite di nuovo".to_owned(), "the sources, consolidated again".to_owned());
    Checked { sheet: sheet.clone(), cell, what, declared: declared.to_owned(), computed, verdict, basis }
}

/// Whether two workbooks show the same at a place; numbers to 15 digits, texts folded.
fn same_value(old: &Sheet, new: &Sheet, row: u32, col: u32) -> bool {
    match (old.stored(row, col).map(|cell| cell.value), new.stored(row, col).map(|cell| cell.value)) {
        (Some(Value::Number(a)), Some(Value::Number(b))) => {
            let shown = |value: f64| number::from_stored(value).map(|value| number::round_to(value, 9));
            shown(a) == shown(b)
        }
        (Some(Value::Text(a)), Some(Value::Text(b))) => fold(&a) == fold(&b),
        (a, b) => a == b,
    }
}

/// A record of an earlier year, with the hash it has today.
pub fn earlier_record(file: &str, declared: &str, today: Option<&str>, cell: CellRef) -> Checked {
    Checked { sheet: TRENDS.into(), ..source(file, declared, today, cell) }
}

/// A source of ours, with the hash it has today.
pub fn source(file: &str, declared: &str, today: Option<&str>, cell: CellRef) -> Checked {
    let verdict = match today {
        Some(today) if today.eq_ignore_ascii_case(declared) => Verdict::Right,
        Some(_) => Verdict::Wrong,
        None => Verdict::CannotTell,
    };
    let basis = match today {
        Some(_) => ("il file com’è adesso", "the file as it is now"),
        None => ("il file non si trova più", "the file is no longer there"),
    };
    Checked {
        sheet: SOURCES.into(),
        cell: Some(cell),
        what: same(file.to_owned()),
        declared: declared.chars().take(12).collect(),
        computed: today.map(|today| today.chars().take(12).collect()),
        verdict,
        basis: (basis.0.to_owned(), basis.1.to_owned()),
    }
}
