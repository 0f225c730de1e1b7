//! Our own *Riepilogo*: a figure that somebody typed over the formula that led to it.

use std::collections::BTreeSet;

use super::names::{Figures, quoted};
use super::{Checked, others};
use crate::sheet::Sheet;
use crate::value::fold::fold;

/// The sheet's name.
const NAME: &str = "Riepilogo";
/// Where the table of the standards, the procedures and the costs has its labels.
const LABEL: u32 = 0;
/// Its values.
const VALUE: u32 = 1;
/// What is said of them.
const VERDICT: u32 = 2;

/// How the label of a figure begins in either language, folded, and the figure's name.
const LABELS: [([&str; 2], &str); 6] = [
    (["processi conteggiati", "processes counted"], "A1_PROCESSI"),
    (["totale dei risultati", "total of the results"], "A1_TOTALE"),
    (["percentuale di realizzazione", "percentage achieved"], "A1_PERCENTUALE"),
    (["scostamento medio %", "mean deviation %"], "A1_SCOSTAMENTO_MEDIO"),
    (["media", "mean"], "A2_MEDIA"),
    (["media arrotondata", "rounded mean"], "A2_ARROTONDATA"),
];

/// Checks the numbers that stand where our own summary has the name of a figure.
pub fn check(sheets: &[Sheet], figures: &Figures) -> Vec<Checked> {
    let Some(sheet) = sheets.iter().find(|sheet| &*sheet.name == NAME && others::is_without_figures(sheets, sheet))
    else {
        return Vec::new();
    };
    let mut places = of_the_page(sheet);
    places.extend(of_objectives(sheet));
    places.retain(|(at, _)| sheet.formula(at.0, at.1).is_none());
    places.into_iter().filter_map(|(at, name)| quoted(sheet, at, &name, figures)).collect()
}

/// A cell, and the name of the figure that belongs there.
type Place = ((u32, u32), String);

/// The figures with a label beside them.
fn of_the_page(sheet: &Sheet) -> Vec<Place> {
    let mut places = Vec::new();
    for row in sheet.rows.iter().map(|row| row.index) {
        let label = fold(&sheet.text(row, LABEL));
        // The tolerance stands in brackets behind its deviation.
        let bare = label.split(" (").next().unwrap_or_default();
        let named = LABELS.iter().find(|(labels, _)| labels.contains(&bare));
        places.extend(named.map(|(_, name)| ((row, VALUE), (*name).to_owned())));
        if label.len() == 4 && label.parse::<i16>().is_ok() {
            places.push(((row, VALUE), format!("COSTO_{label}")));
            places.push(((row, VERDICT), format!("VARIAZIONE_{label}")));
        }
    }
    places
}

/// The results of the objectives that the charts are drawn from: holder, number, result.
fn of_objectives(sheet: &Sheet) -> Vec<Place> {
    let is_header = |row: u32, col: u32| {
        let holder = ["titolare", "holder"].contains(&&*fold(&sheet.text(row, col)));
        holder && ["risultato %", "result %"].contains(&&*fold(&sheet.text(row, col + 2)))
    };
    let header = sheet.cells().map(|(row, cell)| (row, cell.col)).find(|(row, col)| is_header(*row, *col));
    let Some((header, col)) = header else { return Vec::new() };
    let (mut holder, mut seen, mut places) = (String::new(), BTreeSet::new(), Vec::new());
    let filled = |row: &u32| (1..3).any(|right| !sheet.text(*row, col + right).is_empty());
    for row in (header + 1..).take_while(filled) {
        let number = sheet.text(row, col + 1);
        let own = sheet.text(row, col);
        if !own.is_empty() {
            holder = own;
        }
        // Of two rows with one holder and number the name is the first one's.
        let name = crate::write::book::objective_name(&holder, &number);
        if seen.insert(name.to_lowercase()) {
            places.push(((row, col + 2), name));
        }
    }
    places
}
