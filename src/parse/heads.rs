//! Tables among the costs of staff that count persons.

use super::ledger::Fate;
use super::{Fates, SheetParse};
use crate::finding::Finding;
use crate::kinds::staff_costs::{TABLE_OF_HEADS, title_of_heads};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::Sheet;

/// Leaves a table of persons out, and says so.
pub fn leave(sheet: &Sheet, table: &Table, fates: &mut Fates<'_>, parse: &mut SheetParse) -> bool {
    let title = title_of_heads(sheet, table).filter(|_| table.kind.id == "staff_costs");
    let Some((title, (row, col))) = title else { return false };
    let place = Place::cell(&table.file, &table.sheet, *row, *col);
    parse.findings.push(Finding::new(&TABLE_OF_HEADS, place).with("seen", title.clone()));
    if parse.why.0.is_empty() {
        parse.why = ("conta persone, non costi".to_owned(), "it counts persons, not costs".to_owned());
    }
    fates.rows(table.header_rows.0, table.body_rows.1, Fate::NotConsolidated);
    true
}
