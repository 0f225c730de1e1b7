//! The window of cells around a finding, as a table of a letter: without the rows that name another office.

use std::sync::Arc;

use super::desk::Desk;
use super::dossier::{Dossier, Item};

/// A small table of cells.
#[derive(Debug)]
pub struct Window {
    /// Letter and header of each column.
    pub columns: Vec<(String, String)>,
    /// Its rows.
    pub rows: Vec<WindowRow>,
}

/// One row of it.
#[derive(Debug)]
pub struct WindowRow {
    /// Its number, as Excel shows it.
    pub number: u32,
    /// The text of each cell, and whether it is the one that is meant.
    pub cells: Vec<(String, bool)>,
}

/// The window of a finding; none when it has none, or stands in another office's sheet.
pub fn of(item: &Item<'_>, desk: &Desk, dossier: &Dossier<'_>) -> Option<Window> {
    let excerpt = item.finding.excerpt.as_ref().filter(|_| item.is_own())?;
    let sheet = item.place.sheet.as_ref()?;
    let (marked_row, marked_col) = excerpt.mark;
    let foreign = |number: u32| is_foreign(desk, dossier, &item.place.file, sheet, number - 1);
    let rows = excerpt.rows.iter().enumerate().filter(|(at, (number, _))| *at == marked_row || !foreign(*number));
    Some(Window {
        columns: excerpt.columns.clone(),
        rows: rows
            .map(|(at, (number, texts))| {
                let cell = |(col, text): (usize, &String)| (text.clone(), (at, col) == (marked_row, marked_col));
                WindowRow { number: *number, cells: texts.iter().enumerate().map(cell).collect() }
            })
            .collect(),
    })
}

/// Whether a row names another office than the one of the dossier.
pub fn is_foreign(desk: &Desk, dossier: &Dossier<'_>, file: &Arc<str>, sheet: &Arc<str>, row: u32) -> bool {
    let office = desk.of_row(file, sheet, row);
    office.is_some() && office != dossier.office
}
