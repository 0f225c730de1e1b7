//! Formulas whose results the file does not hold: some programs save only the formulas.

use super::{Checked, Verdict};
use crate::place::CellRef;
use crate::sheet::{Sheet, Value, Visibility};

/// Tells of the formulas without a stored result, once for each visible sheet that has any.
pub fn check(sheets: &[Sheet]) -> Vec<Checked> {
    sheets.iter().filter(|sheet| sheet.visibility == Visibility::Visible).filter_map(of_sheet).collect()
}

fn of_sheet(sheet: &Sheet) -> Option<Checked> {
    let mut lost = sheet.cells().filter(|(_, cell)| cell.value == Value::Blank).map(|(row, cell)| (row, cell.col));
    let (row, col) = lost.next()?;
    let cell = CellRef::new(row, col);
    let what = match lost.count() {
        0 => ("una formula senza risultato nel file".to_owned(), "a formula without a result in the file".to_owned()),
        more => (
            format!("{} formule senza risultato nel file, da {cell} in giù", more + 1),
            format!("{} formulas without a result in the file, from {cell} down", more + 1),
        ),
    };
    Some(Checked {
        sheet: sheet.name.clone(),
        cell: Some(cell),
        what,
        declared: String::new(),
        computed: None,
        verdict: Verdict::CannotTell,
        basis: (
            "aprire il file con LibreOffice o Excel, salvarlo e ripetere la verifica".to_owned(),
            "open the file with LibreOffice or Excel, save it and verify again".to_owned(),
        ),
    })
}
