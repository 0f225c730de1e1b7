//! What stands below a log and would move its figures above it.

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::{Cell, Row};
use crate::value::fold::words;

/// A term written below the cases it is of.
pub static TERM_BELOW: Code = Code {
    id: "C050",
    slug: "term-below-the-log",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» sta sotto il registro: il termine non è stato usato",
        "\"{seen}\" stands below the log: the term was not used",
    ),
    help: Text::new(
        "scrivere il termine sopra la tabella: «Termine: 30 gg.»",
        "write the term above the table: \"Termine: 30 gg.\"",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&TERM_BELOW];

/// Tells a term in a row that is no case.
pub fn term(table: &Table, row: Row<'_>, findings: &mut Findings) {
    if table.kind.id != "cases" {
        return;
    }
    let names_term =
        |text: &str| words(text).first().is_some_and(|word| matches!(word.as_str(), "termine" | "termini"));
    let has_digit = |cell: Cell<'_>| match cell.text() {
        Some(text) => text.contains(|letter: char| letter.is_ascii_digit()),
        None => true,
    };
    let texts = || row.cells().filter_map(|cell| Some((cell.col, cell.text()?)));
    let Some((col, seen)) = texts().find(|(_, text)| names_term(text)).filter(|_| row.cells().any(has_digit)) else {
        return;
    };
    let place = Place::cell(&table.file, &table.sheet, row.index, col);
    findings.push(Finding::new(&TERM_BELOW, place).with("seen", seen.trim().to_owned()));
}
