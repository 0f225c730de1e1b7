//! How wide the columns of a copy are: enough for what they show, within reason.

use std::collections::BTreeMap;

use crate::sheet::{Cell, Row, Sheet, Value};

/// Rows that decide.
const ROWS: usize = 2_000;
/// The widest a column of texts gets; longer texts are wrapped.
pub const WIDEST: usize = 48;
/// The narrowest one.
const NARROWEST: usize = 9;

/// The width of each column that holds something, in characters.
pub fn widths(sheet: &Sheet) -> BTreeMap<u32, f64> {
    let mut widths: BTreeMap<u32, usize> = BTreeMap::new();
    for row in sheet.rows.iter().take(ROWS) {
        for cell in row.cells() {
            if sheet.merge_at(row.index, cell.col).is_some_and(|area| area.first.col != area.last.col) {
                continue;
            }
            let width = sheet.shown(cell).lines().map(|line| line.chars().count()).max().unwrap_or_default();
            // A number that does not fit shows as ###; titles run over into the empty cells beside them.
            let width = match cell.value {
                Value::Text(_) if row.len() == 1 => 0,
                Value::Text(_) => width.min(WIDEST),
                _ => width,
            };
            let known = widths.entry(cell.col).or_default();
            *known = (*known).max(width);
        }
    }
    widths.into_iter().map(|(col, width)| (col, width.max(NARROWEST) as f64 + 1.5)).collect()
}

/// The height of a line of text, in points.
const LINE: f64 = 15.0;
/// The highest a row can be.
const HIGHEST: f64 = 409.0;

/// The height of a row whose texts are wrapped, in points; `None` when one line is enough.
pub fn height(sheet: &Sheet, row: Row<'_>, widths: &BTreeMap<u32, f64>) -> Option<f64> {
    let lines = |cell: Cell<'_>| {
        let Value::Text(text) = &cell.value else { return 1.0 };
        let merged =
            sheet.merge_at(row.index, cell.col).map_or(cell.col..=cell.col, |area| area.first.col..=area.last.col);
        let width: f64 = merged.map(|col| widths.get(&col).copied().unwrap_or(NARROWEST as f64)).sum();
        // Capitals and words that do not break in the middle take more room than their letters.
        text.lines().map(|line| (line.chars().count() as f64 * 1.1 / width).ceil().max(1.0)).sum()
    };
    let most = if row.len() == 1 { 1.0 } else { row.cells().map(lines).fold(1.0, f64::max) };
    (most > 1.0).then_some((most * LINE).min(HIGHEST))
}
