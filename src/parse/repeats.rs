//! Rows of evidence that stand twice in a table: a line copied by mistake counts twice.

use std::collections::HashMap;
use std::fmt::Write;

use super::layout::is_blank;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::Sheet;

/// A row that is another once more.
pub static ROW_TWICE: Code = Code {
    id: "S025",
    slug: "row-twice",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}»: la riga è identica alla {row}; {copies} oltre a quella, e tutte sono conteggiate",
        "\"{seen}\": the row is the same as row {row}; {copies} besides it, and all are counted",
    ),
    help: Text::new("se è una copia, togliere la riga", "if it is a copy, remove the row"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&ROW_TWICE];

/// Tells the rows of steps, checks and items that are, cell for cell, one further up.
pub fn report(sheet: &Sheet, table: &Table, records: &[u32], findings: &mut Findings) {
    // Cases have their number; without one two may be of the same days, but not of the same amount too. Of the other kinds
    // rows are joined across files.
    let tells_apart = |id: &str| table.col(id).is_some();
    if !table.kind.evidence || (table.kind.id == "cases" && (tells_apart("id") || !tells_apart("amount"))) {
        return;
    }
    let key = if table.kind.id == "cases" { Some("amount") } else { table.kind.keys.first().copied() };
    let Some(col) = key.and_then(|id| table.col(id)) else { return };
    let mut known: HashMap<String, Vec<u32>> = HashMap::new();
    for row in sheet.along(records) {
        let cells = || row.cells().filter(|cell| !is_blank(cell));
        if cells().count() < 2 || cells().all(|cell| cell.col != col) {
            continue;
        }
        let mut key = String::new();
        for cell in cells() {
            writeln!(key, "{} {:?}", cell.col, cell.value).expect("writing to a text");
        }
        known.entry(key).or_default().push(row.index);
    }
    let mut twice: Vec<Vec<u32>> = known.into_values().filter(|rows| rows.len() > 1).collect();
    twice.sort_unstable();
    for rows in twice {
        let copies = match rows.len() - 1 {
            1 => Word::Text(Text::new("ce n’è una", "there is one")),
            count => Word::Both(format!("ce ne sono {count}"), format!("there are {count}")),
        };
        // At the copies, and last where the first stands.
        let places = rows[1..].iter().map(|row| Place::cell(&table.file, &table.sheet, *row, col));
        let (first, Some(finding)) = (rows[0], Finding::over(&ROW_TWICE, places)) else { continue };
        let finding = finding.with("seen", sheet.text(first, col)).with("row", (first + 1).to_string());
        findings.push(finding.with("copies", copies).and(Place::cell(&table.file, &table.sheet, first, col)));
    }
}
