//! Excel 97–2003 workbooks: the records of their one stream, with value, format, formula state, merges and what is hidden.
//!
//! The texts of formulas come from calamine, where the sheet is small enough for it and a worker reads; everything else is read here,
//! because no library gives formats and hidden rows, and a value should not depend on two readers agreeing.

mod cells;
mod globals;
mod notes;
mod records;
mod strings;

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Reader as _, Xls};

use super::budget::{Job, Over};
use super::build::{Formats, only_zeros};
use super::encryption;
use super::sniff::{self, Content};
use super::xlsx::NOT_A_GRID;
use crate::finding::{Finding, Text, Word};
use crate::place::Place;
use crate::sheet::{Formula, Sheet};
pub(super) use cells::{error, rk};

/// A sheet wider and longer than this is not handed to the library that makes a full rectangle of it.
const MAX_RECTANGLE: u64 = 4_000_000;

/// Reads all sheets.
pub(super) fn read(bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let Some(mut stream) = workbook_stream(bytes, job) else { return Ok(Vec::new()) };
    let mut formats = Formats::new();
    if let Some((protection, wide)) = globals::protection(&stream) {
        let Some(unlocked) = encryption::unlock(&stream, protection, wide, job) else {
            sniff::refuse(&Content::Encrypted, job);
            return Ok(Vec::new());
        };
        stream = unlocked;
    }
    let book = match globals::read(&stream, &mut formats, job)? {
        globals::Outcome::Book(mut book) => {
            globals::settle_starts(&stream, &mut book, job);
            book
        }
        globals::Outcome::TooOld(version) => {
            sniff::refuse(&Content::TooOld(version), job);
            return Ok(Vec::new());
        }
    };
    let mut sheets = Vec::new();
    let mut computed_on_load = true;
    for entry in &book.sheets {
        job.sheet()?;
        let what = match entry.kind {
            0 => None,
            1 => Some(Text::new("contiene macro", "holds macros")),
            2 => Some(Text::new("è un grafico", "is a chart")),
            _ => continue,
        };
        if let Some(what) = what {
            let place = Place::sheet(job.file, &entry.name);
            job.findings.push(Finding::new(&NOT_A_GRID, place).with("what", what));
            continue;
        }
        let (sheet, on_load) = cells::read(&stream, &book, entry, job)?;
        computed_on_load &= on_load;
        sheets.push(sheet);
    }
    if sheets.is_empty() && job.findings.is_empty() {
        job.without_sheets(globals::PART, book.has_links);
    }
    let formats = formats.into_list();
    let zeros = computed_on_load && only_zeros(&sheets);
    for sheet in &mut sheets {
        sheet.formats = Arc::clone(&formats);
        sheet.date_1904 = book.date_1904;
        sheet.uncomputed_zeros = zeros;
    }
    Ok(sheets)
}

/// The stream that holds the workbook, as far as it can be read.
fn workbook_stream(bytes: &[u8], job: &mut Job) -> Option<Vec<u8>> {
    let part = Text::new("il contenitore del file", "the container of the file");
    let mut file = match cfb::CompoundFile::open(Cursor::new(bytes)) {
        Ok(file) => file,
        Err(error) => {
            job.damaged(part, error.to_string());
            return None;
        }
    };
    let name = ["/Workbook", "/WORKBOOK", "/Book", "/BOOK"].into_iter().find(|name| file.is_stream(name));
    let Some(mut stream) = name.and_then(|name| file.open_stream(name).ok()) else {
        job.damaged(part, Text::new("non contiene una cartella di lavoro", "it holds no workbook"));
        return None;
    };
    let mut content = Vec::new();
    if let Err(error) = (&mut stream).take(bytes.len() as u64).read_to_end(&mut content) {
        job.damaged(part, error.to_string());
    }
    Some(content)
}

/// Adds the texts of formulas; a library that cannot read the file costs only these. As it may ask for more memory than
/// there is, only a worker calls this, after its sheets are safe.
pub(super) fn formula_texts(bytes: &[u8], sheets: &mut [Sheet]) {
    let computed = |sheet: &Sheet| sheet.rows.any_formula(Formula::Stored);
    let small = sheets.iter().all(|sheet| rectangle(sheet) <= MAX_RECTANGLE);
    if !small || !sheets.iter().any(computed) {
        return;
    }
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let Ok(mut book) = Xls::new(Cursor::new(bytes)) else { return };
        for sheet in sheets {
            let Ok(range) = book.worksheet_formula(&sheet.name) else { continue };
            let (top, left) = range.start().unwrap_or_default();
            for (row, col, text) in range.used_cells() {
                let place = (row as u32 + top, col as u32 + left);
                let computed = sheet.stored(place.0, place.1).is_some_and(|cell| cell.formula == Formula::Stored);
                // References to other sheets come back with a wrong sheet and column: no text is better than that.
                if computed && !text.is_empty() && !text.contains('!') {
                    sheet.formulas.push((place, text.trim_start_matches('=').into()));
                }
            }
            sheet.formulas.sort_by_key(|(at, _)| *at);
        }
    }));
}

fn rectangle(sheet: &Sheet) -> u64 {
    let rows = sheet.rows.last().map_or(0, |row| u64::from(row.index) + 1);
    let cols = sheet.rows.iter().filter_map(|row| row.cols().next_back()).map(|col| u64::from(col) + 1).max();
    rows * cols.unwrap_or(0)
}

/// The name of a sheet as a part of the file.
fn part_name(name: &str) -> Word {
    Word::Both(format!("il foglio {name}"), format!("the sheet {name}"))
}
