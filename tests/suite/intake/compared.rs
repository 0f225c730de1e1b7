//! Our values beside those of an independent reader, for the samples and for any folder of spreadsheets.

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::path::Path;

use allegati::intake::{self, Found, Limits};
use allegati::place::CellRef;
use allegati::sheet::{Cell, Sheet, Value};
use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};

use super::{messages, samples_folder};

type Values = BTreeMap<CellRef, String>;

/// The first differences between our values and theirs; `None` when they cannot read the file.
fn differences(found: &Found, sheets: &[Sheet]) -> Option<Vec<String>> {
    let bytes = std::fs::read(&found.path).ok()?;
    let theirs = catch_unwind(|| {
        let mut book = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).ok()?;
        let read = |sheet: &Sheet| (sheet.name.to_string(), book.worksheet_range(&sheet.name).ok().map(|r| theirs(&r)));
        Some(sheets.iter().map(read).collect::<Vec<_>>())
    });
    let mut different = Vec::new();
    for (sheet, (name, values)) in sheets.iter().zip(theirs.ok()??) {
        let (ours, Some(values)) = (ours(sheet), values) else { continue };
        for place in ours.keys().chain(values.keys()).filter(|place| ours.get(place) != values.get(place)).take(3) {
            different.push(format!("{name}!{place}: ours {:?}, theirs {:?}", ours.get(place), values.get(place)));
        }
    }
    Some(different)
}

fn ours(sheet: &Sheet) -> Values {
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)));
    cells.filter_map(|(row, cell)| Some((CellRef::new(row, cell.col), our_value(cell)?))).collect()
}

fn theirs(range: &Range<Data>) -> Values {
    let (top, left) = range.start().unwrap_or_default();
    let place = |row: usize, col: usize| CellRef::new(row as u32 + top, col as u32 + left);
    range.used_cells().filter_map(|(row, col, data)| Some((place(row, col), their_value(data)?))).collect()
}

fn our_value(cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Blank => None,
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Error(text) => Some(text.to_string()),
    }
}

fn their_value(data: &Data) -> Option<String> {
    match data {
        Data::Empty => None,
        Data::Int(number) => Some((*number as f64).to_string()),
        Data::Float(number) => Some(number.to_string()),
        Data::String(text) if text.is_empty() => None,
        Data::String(text) => Some(text.clone()),
        Data::Bool(value) => Some(value.to_string()),
        Data::DateTime(date) => Some(date.as_f64().to_string()),
        Data::Error(error) => Some(error.to_string()),
        other => Some(other.to_string()),
    }
}

#[test]
fn the_samples_have_the_values_of_an_independent_reader() {
    let mut compared = 0;
    for found in intake::list(&samples_folder()).expect("the sample folder").files {
        let (opened, _) = intake::open(&found, &Limits::default(), None);
        if let Some(different) = differences(&found, &opened.expect("its bytes").sheets) {
            assert!(different.is_empty(), "{}: {different:?}", found.name);
            compared += 1;
        }
    }
    assert_eq!(compared, 23);
}

#[test]
#[ignore = "walks the folder that ALLEGATI_CORPUS names, and prints what became of each file"]
fn a_corpus() {
    let folder = std::env::var("ALLEGATI_CORPUS").expect("ALLEGATI_CORPUS names a folder");
    let listing = intake::list(Path::new(&folder)).expect("the folder");
    let mut panicked = 0;
    for found in &listing.files {
        let started = std::time::Instant::now();
        let (opened, findings) = intake::open(found, &Limits::default(), None);
        let sheets = opened.map(|opened| opened.sheets).unwrap_or_default();
        let cells: usize = sheets.iter().map(Sheet::count).sum();
        println!("{}: {} sheets, {cells} cells, {} ms", found.name, sheets.len(), started.elapsed().as_millis());
        for message in messages(&findings) {
            println!("    {message}");
        }
        for sheet in &sheets {
            for (at, text) in sheet.damaged.iter().take(3) {
                println!("    damaged {}!{}: {text:?}", sheet.name, CellRef::new(at.0, at.1));
            }
        }
        for difference in differences(found, &sheets).unwrap_or_default().iter().take(4) {
            println!("    {difference}");
        }
        panicked += usize::from(findings.iter().any(|finding| finding.code.id == "F012"));
    }
    assert_eq!(panicked, 0, "no file may make the reader panic");
}
