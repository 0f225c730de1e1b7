//! Cases that ended without an amount, in a log where the others have one: the timeliness of payments is without them.

use super::layout::is_blank;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::{Row, Sheet};

/// Ended cases without an amount.
pub static NO_AMOUNT: Code = Code {
    id: "C029",
    slug: "case-without-amount",
    severity: Severity::Warning,
    message: Text::new(
        "{cases} senza importo, a differenza delle altre: l’indicatore di tempestività dei pagamenti non ne tiene conto",
        "{cases} without an amount, unlike the others: the timeliness of payments is without them",
    ),
    help: Text::new("scrivere l’importo nella cella", "write the amount in the cell"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&NO_AMOUNT];

/// So many are named one by one.
const POINTED_OUT: usize = 50;

/// Tells the ended cases without an amount, where most have one.
pub fn missing(sheet: &Sheet, table: &Table, records: &[u32], findings: &mut Findings) {
    let (Some(end), Some(amount)) = (table.col("end"), table.col("amount")) else { return };
    if table.kind.id != "cases" {
        return;
    }
    let filled = |row: Row<'_>, col: u32| sheet.cell_of(row, col).is_some_and(|cell| !is_blank(&cell));
    let (mut ended, mut lacking, mut first): (usize, usize, Vec<u32>) = Default::default();
    for row in sheet.along(records).filter(|row| filled(*row, end)) {
        ended += 1;
        if !filled(row, amount) {
            lacking += 1;
            first.extend((lacking <= POINTED_OUT).then_some(row.index));
        }
    }
    let mut places = first.into_iter().map(|row| Place::cell(&table.file, &table.sheet, row, amount));
    let Some(place) = places.next().filter(|_| lacking * 2 < ended) else { return };
    let cases = match lacking {
        1 => Word::Text(Text::new("una pratica conclusa", "one ended case")),
        _ => Word::Both(format!("{lacking} pratiche concluse"), format!("{lacking} ended cases")),
    };
    findings.push(places.fold(Finding::new(&NO_AMOUNT, place).with("cases", cases), Finding::and));
}
