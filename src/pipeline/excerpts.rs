//! The window of cells that is shown with a finding: the cell, its neighbours, their headers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::folder::look_at;
use super::{Options, Read};
use crate::finding::{Excerpt, Finding, Findings, shorten};
use crate::place::{CellRef, Place, column_letters};
use crate::sheet::Sheet;

/// Columns shown on each side of the cell.
const SIDE: usize = 2;
/// The longest text of a cell in a window.
const WIDEST: usize = 40;
/// From here on only the first finding of each kind, sheet and column has a window: nobody looks at more.
const MOST: usize = 3_000;

/// Gives the findings of one file the windows they will most likely have, while its sheets are at hand; `shown` counts
/// those of all files.
pub fn begin(findings: &mut Findings, sheets: &[Sheet], shown: &AtomicUsize) {
    let mut seen: HashSet<(&'static str, Arc<str>, u32)> = HashSet::new();
    for finding in findings.iter_mut() {
        let (Some(sheet), Some(cell)) = (&finding.place.sheet, finding.place.cell) else { continue };
        let is_first = seen.insert((finding.code.id, sheet.clone(), cell.col));
        if is_first || !finding.also.is_empty() || shown.load(Ordering::Relaxed) < MOST {
            shown.fetch_add(1, Ordering::Relaxed);
            finding.excerpt = window_of(finding, sheets).map(Box::new);
        }
    }
}

/// Gives findings their windows: the first of each kind, sheet and column always, the others as far as they are few.
pub fn attach(findings: &mut Findings, reads: &[Read], options: &Options) {
    let mut shown: HashSet<(&'static str, Arc<str>, Arc<str>, u32)> = HashSet::new();
    let mut wanted: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
    for (index, finding) in findings.iter_mut().enumerate() {
        let Place { file, sheet: Some(sheet), cell: Some(cell) } = &finding.place else { continue };
        let is_first = shown.insert((finding.code.id, file.clone(), sheet.clone(), cell.col));
        if !is_first && finding.also.is_empty() && index >= MOST {
            finding.excerpt = None;
        } else if finding.excerpt.is_none() {
            wanted.entry(file.clone()).or_default().push(index);
        }
    }
    let windows = |read: &Read| -> Vec<(usize, Excerpt)> {
        let Some(of_file) = wanted.get(&*read.found.name) else { return Vec::new() };
        look_at(read, options, |sheets| {
            let windows =
                of_file.iter().filter_map(|index| Some((*index, window_of(findings.iter().nth(*index)?, sheets)?)));
            windows.collect()
        })
    };
    let windows: Vec<(usize, Excerpt)> = reads.par_iter().flat_map_iter(windows).collect();
    let mut windows: HashMap<usize, Excerpt> = windows.into_iter().collect();
    for (index, finding) in findings.iter_mut().enumerate() {
        if let Some(window) = windows.remove(&index) {
            finding.excerpt = Some(Box::new(window));
        }
    }
}

fn window_of(finding: &Finding, sheets: &[Sheet]) -> Option<Excerpt> {
    let (name, cell) = (finding.place.sheet.as_ref()?, finding.place.cell?);
    sheets.iter().find(|sheet| sheet.name == *name).map(|sheet| window(sheet, cell))
}

fn window(sheet: &Sheet, cell: CellRef) -> Excerpt {
    let header = header_row(sheet, cell);
    let columns = columns_around(sheet, cell, header);
    let at = sheet.rows.first_from(cell.row);
    let mut rows: Vec<u32> = Vec::new();
    let above = at
        .checked_sub(1)
        .and_then(|above| sheet.rows.get(above))
        .map(|row| row.index)
        .filter(|row| header.is_none_or(|header| *row > header));
    rows.extend(above);
    rows.push(cell.row);
    rows.extend(sheet.rows.part(at..).map(|row| row.index).find(|row| *row > cell.row));
    let text = |row: u32, col: u32| shorten(&sheet.text(row, col), WIDEST);
    let head = |col: u32| header.map(|row| text(row, col)).unwrap_or_default();
    Excerpt {
        header: header
            .map(|row| (CellRef::new(row, cell.col).to_string(), head(cell.col)))
            .filter(|(_, text)| !text.is_empty()),
        mark: (
            rows.iter().position(|row| *row == cell.row).unwrap_or(0),
            columns.iter().position(|col| *col == cell.col).unwrap_or(0),
        ),
        rows: rows.iter().map(|row| (row + 1, columns.iter().map(|col| text(*row, *col)).collect())).collect(),
        columns: columns.iter().map(|col| (column_letters(*col), head(*col))).collect(),
    }
}

/// The nearest row above with several texts and no numbers: most likely the header.
fn header_row(sheet: &Sheet, cell: CellRef) -> Option<u32> {
    use crate::sheet::Value;
    let end = sheet.rows.first_from(cell.row);
    let is_header = |row: &crate::sheet::Row<'_>| {
        let texts =
            row.cells().filter(|cell| matches!(&cell.value, Value::Text(text) if text.chars().count() < 60)).count();
        texts >= 2 && texts == row.len()
    };
    // The first such row: rows of words further down are records.
    sheet.rows.part(..end).find(is_header).map(|row| row.index)
}

fn columns_around(sheet: &Sheet, cell: CellRef, header: Option<u32>) -> Vec<u32> {
    let near = [Some(cell.row), header];
    let rows = near.into_iter().flatten().filter_map(|row| sheet.row(row));
    let mut used: Vec<u32> = rows.flat_map(|row| row.cols()).chain([cell.col]).collect();
    used.sort_unstable();
    used.dedup();
    let at = used.iter().position(|col| *col == cell.col).unwrap_or(0);
    used[at.saturating_sub(SIDE)..(at + SIDE + 1).min(used.len())].to_vec()
}
