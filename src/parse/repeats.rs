//! Rows of evidence that stand twice in a table: a line copied by mistake counts twice.

use std::collections::HashMap;
use std::fmt::Write;

use super::layout::is_blank;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::Sheet;

/// A row that is another once more.
pub static ROW_TWICE: Code = Code {
    id: "S025",
    slug: "row-twice",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}»: la riga è identica alla {row}; entrambe sono conteggiate",
        "\"{seen}\": the row is the same as row {row}; both are counted",
    ),
    help: Text::new("se è una copia, togliere una delle due righe", "if it is a copy, remove one of the two rows"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&ROW_TWICE];

/// So many of a table are named one by one.
const POINTED_OUT: usize = 50;

/// Tells the rows of steps, checks and items that are, cell for cell, one further up.
pub fn report(sheet: &Sheet, table: &Table, records: &[u32], findings: &mut Findings) {
    // Cases have their number; of the other kinds rows are joined across files.
    let name = match table.kind.id {
        "steps" => "step",
        "checks" => "target",
        "coverage" => "item",
        _ => return,
    };
    let Some(col) = table.col(name) else { return };
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut told = 0;
    for row in sheet.along(records) {
        let cells = || row.cells().filter(|cell| !is_blank(cell));
        let Some(named) = cells().find(|cell| cell.col == col).filter(|_| cells().count() >= 2) else { continue };
        let mut key = String::new();
        for cell in cells() {
            writeln!(key, "{} {:?}", cell.col, cell.value).expect("writing to a text");
        }
        let first = *known.entry(key).or_insert(row.index);
        if first == row.index || told == POINTED_OUT {
            continue;
        }
        told += 1;
        let place = |row| Place::cell(&table.file, &table.sheet, row, col);
        let finding = Finding::new(&ROW_TWICE, place(row.index)).with("seen", sheet.shown(named));
        findings.push(finding.with("row", (first + 1).to_string()).and(place(first)));
    }
}
