//! A text alone in its row: the title of a section, a note, or a record that lacks the rest.

use super::Fates;
use super::ledger::Fate;
use super::plan::LONE_NAME;
use crate::finding::{Finding, Findings};
use crate::kinds::Content;
use crate::kinds::charter::split_code;
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::Sheet;

/// A text in small letters, not merged, where the names of records stand.
pub fn in_column_of_names(sheet: &Sheet, table: &Table, row: u32, text: &str) -> bool {
    let col = sheet.row(row).and_then(|row| row.first()).map_or(0, |cell| cell.col);
    let name = table.kind.keys.iter().any(|id| {
        table.col(id) == Some(col) && table.kind.column(id).is_some_and(|column| column.content == Content::Text)
    });
    name && sheet.merge_at(row, col).is_none() && text.chars().any(char::is_lowercase) && split_code(text).1.is_empty()
}

/// A lone text after the last record: a note, unless it stands where a record's name would, right below one.
pub fn closing_text(
    sheet: &Sheet,
    table: &Table,
    row: u32,
    text: &str,
    after_blank: bool,
    fates: &mut Fates<'_>,
    findings: &mut Findings,
) {
    let col = sheet.row(row).and_then(|row| row.first()).map_or(0, |cell| cell.col);
    let key = table.kind.keys.iter().any(|id| table.col(id) == Some(col));
    let wide = sheet.merge_at(row, col).is_some();
    if key && !wide && !after_blank {
        findings.push(
            Finding::new(&LONE_NAME, Place::cell(&table.file, &table.sheet, row, col)).with("seen", text.to_owned()),
        );
        fates.row(row, |_| Fate::Finding);
    } else {
        fates.row(row, |_| Fate::Note);
    }
}
