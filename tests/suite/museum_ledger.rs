//! Nothing is lost: the ledger of every sheet adds up to the cells that hold something, counted without our readers,
//! and what it calls a title stands above the table.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};
use rayon::prelude::*;
use serde_json::Value;

use crate::harness::grid::Value as Stored;
use crate::harness::run::run;
use crate::harness::{grids, text};
use crate::{kinds, museum};

/// The row, as Excel counts it, of every cell that holds something, by file and sheet.
type Counts = BTreeMap<(String, String), Vec<u64>>;

/// Counts the cells of a grid as the file holds them; nothing for a file that [`museum::raw`] changes.
fn count_grid(grid: &Path, counts: &mut Counts) {
    let stem = grid.file_stem().expect("a name").to_string_lossy();
    let written = text::parse(&std::fs::read_to_string(grid).expect("a grid"));
    let file = written.file.unwrap_or_else(|| format!("{stem}.xlsx"));
    let plain = [".csv", ".tsv", ".txt"].iter().find_map(|end| file.strip_suffix(end)).map(str::to_owned);
    for sheet in &written.book.sheets {
        let holds = |stored: &Stored| !matches!(stored, Stored::Text(text) if text.is_empty());
        let filled = sheet.cells.iter().filter(|(_, cell)| cell.stored().is_none_or(holds));
        let rows = filled.map(|((row, _), _)| u64::from(*row) + 1).collect();
        // A text file has one sheet, which is called as the file.
        let own = plain.as_deref().map(|stem| stem.rsplit('/').next().unwrap_or(stem).to_owned());
        counts.insert((file.clone(), own.unwrap_or_else(|| sheet.name.clone())), rows);
    }
}

/// Counts the cells of a workbook with calamine: values, and formulas without one.
fn count_workbook(path: &Path, file: &str, counts: &mut Counts) {
    let mut book = open_workbook_auto(path).expect("calamine opens it");
    for name in book.sheet_names() {
        let mut places = std::collections::BTreeSet::new();
        if let Ok(range) = book.worksheet_range(&name) {
            let (top, left) = range.start().unwrap_or_default();
            let used = range.used_cells().filter(|(_, _, cell)| !matches!(cell, Data::String(text) if text.is_empty()));
            places.extend(used.map(|(row, col, _)| (top + row as u32, left + col as u32)));
        }
        if let Ok(range) = book.worksheet_formula(&name) {
            let (top, left) = range.start().unwrap_or_default();
            let used = range.used_cells().filter(|(_, _, formula)| !formula.is_empty());
            places.extend(used.map(|(row, col, _)| (top + row as u32, left + col as u32)));
        }
        counts.insert((file.to_owned(), name), places.into_iter().map(|(row, _)| u64::from(row) + 1).collect());
    }
}

/// Counts the fields of a text file that hold something.
fn count_text(path: &Path, file: &str, counts: &mut Counts) {
    let bytes = std::fs::read(path).expect("a text file");
    let (text, _, _) = match std::str::from_utf8(&bytes) {
        Ok(text) => (std::borrow::Cow::from(text), (), ()),
        Err(_) => (encoding_rs::WINDOWS_1252.decode(&bytes).0, (), ()),
    };
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = [b';', b',', b'\t'].into_iter().max_by_key(|mark| text.bytes().filter(|byte| byte == mark).count());
    let mut rows = Vec::new();
    // A row of the file is a line; the samples have none that runs over several.
    for (at, line) in text.lines().enumerate() {
        let mut reader = csv::ReaderBuilder::new();
        reader.delimiter(delimiter.expect("a separator")).has_headers(false);
        for record in reader.from_reader(line.as_bytes()).records() {
            let filled = record.expect("a row").iter().filter(|field| !field.is_empty()).count();
            rows.extend(std::iter::repeat_n(at as u64 + 1, filled));
        }
    }
    let sheet = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
    counts.insert((file.to_owned(), sheet), rows);
}

/// Compares the ledgers of a run with the cells counted; gives what differs and how many sheets were compared.
fn differences(json: &Value, counts: &Counts) -> (Vec<String>, usize) {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for file in json["sources"].as_array().into_iter().flatten() {
        for sheet in file["sheets"].as_array().into_iter().flatten() {
            let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let (name, sheet_name) = (word(&file["file"]), word(&sheet["name"]));
            let Some(rows) = counts.get(&(name.clone(), sheet_name.clone())) else { continue };
            let ledger: u64 = sheet["ledger"].as_object().into_iter().flatten().filter_map(|(_, n)| n.as_u64()).sum();
            compared += 1;
            if ledger != rows.len() as u64 {
                wrong.push(format!("{name} › {sheet_name}: {} cells, the ledger has {}", rows.len(), sheet["ledger"]));
            }
            let header: Vec<u64> =
                sheet["header_rows"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
            let one_table = header.windows(2).all(|pair| pair[1] == pair[0] + 1);
            if let (Some(first), true) = (header.first(), one_table) {
                let above = rows.iter().filter(|row| *row < first).count() as u64;
                if !sheet["ledger"]["unaccounted"].is_null() {
                    wrong.push(format!("{name} › {sheet_name}: cells that nothing accounts for"));
                }
                let titles = sheet["ledger"]["title"].as_u64().unwrap_or(0);
                // Rows of no table stand above one too, and have their finding.
                let told = sheet["ledger"]["finding"].as_u64().unwrap_or(0);
                if !(titles..=titles + told).contains(&above) && sheet["ledger"]["not_consolidated"].is_null() {
                    wrong.push(format!("{name} › {sheet_name}: {above} cells above the table, {titles} titles"));
                }
            }
        }
    }
    (wrong, compared)
}

#[test]
fn the_ledger_of_the_sample_office_closes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/lucca-2019");
    let mut counts = Counts::new();
    for entry in std::fs::read_dir(&folder).expect("the sample") {
        let path = entry.expect("a file").path();
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if file.starts_with("~$") => {}
            Some("xlsx" | "xls" | "ods") => count_workbook(&path, &file, &mut counts),
            Some("csv") => count_text(&path, &file, &mut counts),
            _ => {}
        }
    }
    let (wrong, compared) = differences(&run(&folder).json, &counts);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(compared, counts.len(), "every sheet is in the ledger");
}

#[test]
fn the_ledger_of_every_case_closes() {
    let mut folders: Vec<(String, tempfile::TempDir, Counts)> = Vec::new();
    for case in museum::folders() {
        let mut counts = Counts::new();
        grids(&case).iter().for_each(|grid| count_grid(grid, &mut counts));
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with("F011") {
            // There the table of one sheet's cells is taken out of the file.
            counts.retain(|(_, sheet), _| sheet != "Allegato");
        }
        folders.push((name, museum::build(&case), counts));
    }
    for kind in allegati::kinds::KINDS {
        for case in kinds::cases(kind.id) {
            let mut counts = Counts::new();
            count_grid(&case, &mut counts);
            folders.push((case.display().to_string(), kinds::build(&case), counts));
        }
    }
    let wrong: Vec<String> = folders
        .par_iter()
        .flat_map_iter(|(name, folder, counts)| {
            let (wrong, compared) = differences(&run(folder.path()).json, counts);
            let none = (compared == 0).then(|| "no sheet was compared".to_owned());
            wrong.into_iter().chain(none).map(move |what| format!("{name}: {what}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
