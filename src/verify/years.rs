//! The year in the titles of a finished workbook: last year's, left in a title over this year's figures.

use super::{Checked, Subject, Verdict, others};
use crate::kinds::table::Table;
use crate::place::CellRef;
use crate::sheet::{Sheet, Visibility};
use crate::value::date::years;

/// Checks the years that titles of tables name. A span of years says nothing of the year reported on.
pub fn check(subject: &Subject<'_>) -> Vec<Checked> {
    let Some(year) = subject.year else { return Vec::new() };
    let said =
        |sheet: &Sheet| sheet.visibility == Visibility::Visible && !others::is_without_figures(subject.sheets, sheet);
    let visible = subject.sheets.iter().zip(subject.tables).filter(|(sheet, _)| said(sheet));
    let mut checked = Vec::new();
    for (sheet, tables) in visible {
        for (title, (row, col)) in tables.iter().flat_map(titles) {
            let [named] = years(title)[..] else { continue };
            let verdict = if named == year { Verdict::Right } else { Verdict::Wrong };
            checked.push(Checked {
                sheet: sheet.name.clone(),
                cell: Some(CellRef::new(*row, *col)),
                what: ("anno nel titolo".to_owned(), "year in the title".to_owned()),
                declared: named.to_string(),
                computed: Some(year.to_string()),
                verdict,
                basis: (
                    "anno del resto della cartella di lavoro".to_owned(),
                    "year of the rest of the workbook".to_owned(),
                ),
            });
        }
    }
    checked
}

fn titles(table: &Table) -> impl Iterator<Item = &(String, (u32, u32))> {
    table.context.titles.iter()
}
