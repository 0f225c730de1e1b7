//! The museum's tables a few rows lower and a few columns further right, in three formats: every finding moves along.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value as Json;

use super::{code, folders};
use crate::harness::grid::{Book, Sheet, Value, a1, place};
use crate::harness::run::run;
use crate::harness::{grids, text, write};

/// How far the tables are moved: rows down, columns right. In `.ods` the rows above are one repeated row.
const BY: (u32, u32) = (6, 3);

/// A book of a case with the name of its file, in another format.
struct File {
    name: String,
    book: Book,
}

#[test]
fn a_finding_moves_with_its_table() {
    let judged: Vec<(usize, Vec<String>)> = folders().par_iter().map(|case| judge(case)).collect();
    let wrong: Vec<String> = judged.iter().flat_map(|(_, wrong)| wrong.clone()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let compared: usize = judged.iter().map(|(count, _)| count).sum();
    assert!(compared > 150, "only {compared} places were compared");
}

/// How many places were compared, and what differs.
fn judge(case: &Path) -> (usize, Vec<String>) {
    let id = code(case);
    let (mut compared, mut wrong) = (0, Vec::new());
    for extension in ["xlsx", "ods", "csv"] {
        let Some(files) = files(case, extension) else { continue };
        let (at_home, moved) = (found(case, &files, (0, 0)), found(case, &files, BY));
        compared += at_home.len();
        let differ = |what: &str, one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
            one.difference(other).map(|place| format!("{id} {extension}: {place} {what}")).collect()
        };
        wrong.extend(differ("is lost when moved", &at_home, &moved));
        wrong.extend(differ("is new when moved", &moved, &at_home));
    }
    (compared, wrong)
}

/// The books of a case in a format; none when it cannot be moved: formulas name their cells, text files have one sheet.
fn files(case: &Path, extension: &str) -> Option<Vec<File>> {
    let file = |grid: &Path| {
        let written = text::parse(&std::fs::read_to_string(grid).expect("a grid"));
        let stem = grid.file_stem()?.to_str()?.to_owned();
        let name = written.file.unwrap_or_else(|| format!("{stem}.xlsx"));
        let stem = name.strip_suffix(".xlsx")?;
        let cells = || written.book.sheets.iter().flat_map(|sheet| sheet.cells.values());
        let fixed = cells().any(|cell| matches!(cell.value, Value::Formula { .. } | Value::Error(_)));
        let plain = extension != "csv" || written.book.sheets.len() == 1;
        (!fixed && plain).then(|| File { name: format!("{stem}.{extension}"), book: written.book })
    };
    let files: Vec<File> = grids(case).iter().map(|grid| file(grid)).collect::<Option<_>>()?;
    (!files.is_empty() && !case.join("earlier").exists()).then_some(files)
}

/// What is found in the books moved by so much, each place told as if they had stayed where they were.
fn found(case: &Path, files: &[File], by: (u32, u32)) -> BTreeSet<String> {
    let folder = tempfile::tempdir().expect("a place for the folder");
    for File { name, book } in files {
        let mut book = book.clone();
        book.sheets.iter_mut().for_each(|sheet| shift(sheet, by));
        write(&book, &folder.path().join(name));
    }
    let settings = case.join("allegati.toml");
    if settings.exists() {
        std::fs::copy(settings, folder.path().join("allegati.toml")).expect("settings copied");
    }
    let findings = run(folder.path()).json["findings"].as_array().cloned().unwrap_or_default();
    let told = |finding: &Json| {
        let word = |part: &str| finding[part].as_str().unwrap_or_default().to_owned();
        let home = |name: &str| {
            let (row, col) = place(name)?;
            Some(a1(row.checked_sub(by.0)?, col.checked_sub(by.1)?))
        };
        let cell = word("cell");
        let cell = if cell.is_empty() { cell } else { home(&cell).unwrap_or_else(|| format!("{cell} as it is")) };
        format!("{} {} › {} › {cell}", word("code"), word("file"), word("sheet"))
    };
    findings.iter().map(told).collect()
}

fn shift(sheet: &mut Sheet, (down, right): (u32, u32)) {
    let cells = std::mem::take(&mut sheet.cells);
    sheet.cells = cells.into_iter().map(|((row, col), cell)| ((row + down, col + right), cell)).collect();
    for (top, left, bottom, last) in &mut sheet.merges {
        (*top, *left, *bottom, *last) = (*top + down, *left + right, *bottom + down, *last + right);
    }
    sheet.hidden_rows = sheet.hidden_rows.iter().map(|row| row + down).collect();
    sheet.hidden_cols = sheet.hidden_cols.iter().map(|col| col + right).collect();
}
