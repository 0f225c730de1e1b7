//! Cells that lie where no record is read: errors, and formulas without result, in titles, headers, totals and unused
//! columns.

use super::Fates;
use super::ledger::Fate;
use crate::finding::{Finding, Findings, Severity};
use crate::kinds::reader::{ERROR_CELL, UNSTORED_FORMULA};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::{Formula, Sheet, Value};

/// Tells those of a table's rows, and of the rows above it from `first` on. What a title or a header would say may
/// decide how the table is read, and a total is what was published; of an unused column only the first is told, for the
/// record.
pub fn report(sheet: &Sheet, table: &Table, first: u32, fates: &Fates<'_>, findings: &mut Findings) {
    if !sheet.rows.any_error() && !sheet.rows.any_formula(Formula::Unstored) {
        return;
    }
    let mut told = Vec::new();
    for row in sheet.rows_between(first, table.body_rows.1) {
        for (cell, fate) in row.cells().zip(fates.of_row(row)) {
            let code = match (cell.value, cell.formula) {
                (Value::Error(_), _) => &ERROR_CELL,
                (_, Formula::Unstored) => &UNSTORED_FORMULA,
                _ => continue,
            };
            let severity = match fate {
                None | Some(Fate::Title | Fate::Header | Fate::Section | Fate::Total) => Severity::Warning,
                Some(Fate::UnknownColumn | Fate::OtherPeriod) if !told.contains(&cell.col) => {
                    told.push(cell.col);
                    Severity::Info
                }
                _ => continue,
            };
            let place = Place::cell(&table.file, &table.sheet, row.index, cell.col);
            findings.push(Finding::new(code, place).with("seen", sheet.shown(cell)).at(severity));
        }
    }
}
