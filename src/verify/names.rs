//! Figures that are quoted elsewhere: what stands behind a defined name of our own workbook, and cells that point there.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::figure::{self, Figure, judge};
use super::grid::{ClosingRow, Column, Grid};
use super::labels::{Closing, Derived};
use super::{Checked, Verdict};
use crate::place::CellRef;
use crate::sheet::Sheet;
use crate::value::date::years;
use crate::value::number::Nature;

/// Figures by the name that our own workbook gives them, as declared on their sheet.
#[derive(Debug, Default)]
pub struct Figures {
    named: BTreeMap<String, (Figure, String)>,
    /// Exact percentage of Allegato 1.
    pub charter_percent: Option<Decimal>,
    /// Exact total of Allegato 1.
    pub charter_total: Option<Decimal>,
    /// Exact mean deviation of Allegato 1.
    pub charter_deviation: Option<Decimal>,
    /// Exact mean of Allegato 2.
    pub procedures_mean: Option<Decimal>,
}

impl Figures {
    /// Adds one.
    pub fn add(&mut self, name: String, declared: Figure, cell: String) {
        self.named.entry(name.to_lowercase()).or_insert((declared, cell));
    }

    /// Keeps the figure of a closing row of Allegato 1 or 2.
    pub fn closing(&mut self, grid: &Grid<'_>, closing: &ClosingRow, declared: &Figure, exact: Decimal) {
        let name = match (grid.kind, closing.closing) {
            (Some("charter"), Closing::Sum) => {
                self.charter_total.get_or_insert(exact);
                "A1_TOTALE"
            }
            (Some("charter"), Closing::Count) => "A1_PROCESSI",
            (Some("charter"), Closing::Percentage | Closing::Mean) => {
                self.charter_percent.get_or_insert(exact);
                "A1_PERCENTUALE"
            }
            (Some("charter"), Closing::MeanDeviation) => {
                self.charter_deviation.get_or_insert(exact);
                "A1_SCOSTAMENTO_MEDIO"
            }
            (Some("procedures"), Closing::Mean) => {
                self.procedures_mean.get_or_insert(exact);
                "A2_MEDIA"
            }
            (Some("procedures"), Closing::RoundedMean) => "A2_ARROTONDATA",
            _ => return,
        };
        let place = format!("{}, {}", grid.sheet.name, closing.label);
        self.add(name.to_owned(), *declared, place);
    }

    /// Keeps the total or the variation of a year of staff cost.
    pub fn of_year(&mut self, grid: &Grid<'_>, row: u32, column: &Column, declared: &Figure) {
        let prefix = match column.derived {
            Some(Derived::Across) => "COSTO",
            Some(Derived::Variation) => "VARIAZIONE",
            _ => return,
        };
        let year = grid.column("year").and_then(|year| years(&grid.shown(row, year)).first().copied());
        if let (Some(year), Some("staff_costs")) = (year, grid.kind) {
            let place = format!("{}!{}", grid.sheet.name, CellRef::new(row, column.col));
            self.add(format!("{prefix}_{year}"), *declared, place);
        }
    }
}

/// Cells whose formula is the name of a figure show that figure.
pub fn check(sheets: &[Sheet], figures: &Figures) -> Vec<Checked> {
    let formulas =
        sheets.iter().flat_map(|sheet| sheet.formulas.iter().map(move |(at, formula)| (sheet, *at, formula)));
    formulas.filter_map(|(sheet, at, formula)| quoted(sheet, at, formula.trim(), figures)).collect()
}

/// A cell that shows the figure of this name, beside the figure itself; none when either holds no figure.
pub fn quoted(sheet: &Sheet, (row, col): (u32, u32), name: &str, figures: &Figures) -> Option<Checked> {
    let (declared, place) = figures.named.get(&name.to_lowercase())?;
    let cell = sheet.stored(row, col)?;
    let quoted = Figure::of(sheet, cell, Nature::Measure, None)?;
    let verdict = match judge(&quoted, declared.value, Decimal::ZERO) {
        Verdict::Right => Verdict::Right,
        _ => Verdict::Wrong,
    };
    Some(Checked {
        sheet: sheet.name.clone(),
        cell: Some(CellRef::new(row, col)),
        what: (name.to_owned(), name.to_owned()),
        declared: sheet.shown(cell),
        computed: Some(figure::shown(declared.value, &quoted)),
        verdict,
        basis: (format!("ripreso da {place}"), format!("taken from {place}")),
    })
}
