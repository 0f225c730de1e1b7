//! Tables of persons beside those of costs, in the same years and of the same entities: their own title says so.

use super::lines::{amounts, are_few};
use crate::kinds::table::Table;
use crate::sheet::Sheet;
use crate::value::fold::words;

/// Units of persons.
const UNITS: &[&str] = &["fte", "ula", "addetti", "organico", "organica"];
/// Words that make a number of the persons named beside them.
const NUMBERS: &[&str] = &["unita", "numero", "n", "nr", "num", "consistenza"];
const PERSONS: &[&str] = &["personale", "dipendenti", "addetti", "persone"];
const MONEY: &[&str] = &["costo", "costi", "spesa", "spese", "oneri", "euro", "eur", "importo", "importi"];
/// So many rows show whether a table counts persons.
const LOOKED_AT: usize = 400;

/// Whether a title says that what stands below it are numbers of persons.
///
/// ```
/// use allegati::kinds::staff_costs::speaks_of_heads;
/// assert!(speaks_of_heads("UNITA' DI PERSONALE (FTE)") && speaks_of_heads("Numero dipendenti"));
/// assert!(!speaks_of_heads("Costo del personale") && !speaks_of_heads("Costo per unità di personale"));
/// ```
pub fn speaks_of_heads(title: &str) -> bool {
    let words = words(title);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    (has(UNITS) || (has(NUMBERS) && has(PERSONS))) && !has(MONEY) && !title.contains('€')
}

/// The title right above a table that says so, when its amounts are as small as numbers of persons.
pub fn title_of_heads<'a>(sheet: &Sheet, table: &'a Table) -> Option<&'a (String, (u32, u32))> {
    let title = title_above(table).filter(|(title, _)| speaks_of_heads(title))?;
    let rows = sheet.rows_between(table.body_rows.0, table.body_rows.1).take(LOOKED_AT);
    are_few(rows.flat_map(|row| amounts(sheet, table, row.index))).then_some(title)
}

/// The title nearest above the header.
fn title_above(table: &Table) -> Option<&(String, (u32, u32))> {
    let above = table.context.titles.iter().filter(|(_, (row, _))| *row < table.header_rows.0);
    above.max_by_key(|(_, (row, _))| *row)
}

/// Whether a table whose header repeats that of another, with titles of its own, is of other things: persons below
/// costs, or costs below persons.
pub fn is_of_others(above: &Table, titles: &[(String, (u32, u32))]) -> bool {
    let is_above = title_above(above).is_some_and(|(title, _)| speaks_of_heads(title));
    titles.last().is_some_and(|(title, _)| speaks_of_heads(title) != is_above)
}
