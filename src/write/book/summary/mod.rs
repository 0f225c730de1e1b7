//! *Riepilogo*: one page that a manager reads. Figures with their verdicts above, charts below; what the charts are drawn
//! from stands to the right of the page, in live formulas that lead to the annexes.
//!
//! Needs the other sheets already laid out, since its formulas point into them.

mod charts;
mod coverage;
mod data;
mod expected;
mod figures;
mod offices;

use super::style::{Align, Role};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use crate::place::{Area, CellRef};
use data::Data;

/// The sheet's name.
pub const NAME: &str = "Riepilogo";
/// The page: two tables of three columns side by side, with a gap between them.
const WIDTHS: [f64; 7] = [26.0, 14.0, 20.0, 1.5, 26.0, 12.0, 22.0];
/// Where the right table begins.
const RIGHT: usize = 4;
/// The columns of the two tables.
pub const TABLES: [std::ops::Range<usize>; 2] = [0..3, RIGHT..RIGHT + 3];
/// Where the data of the charts begin, beyond a gap.
const DATA: u32 = 8;
/// Widths to the right of the page.
const SIDE: [f64; 6] = [3.0, 40.0, 14.0, 14.0, 44.0, 24.0];

/// A row of one of the two tables.
type Line = [Cell; 3];

/// The table.
pub fn table(view: &View, others: &[TableSheet]) -> TableSheet {
    let mut sheet = TableSheet::new(NAME, Page { landscape: false, one_page: true }, &WIDTHS, &SIDE);
    view.open(&mut sheet, view.say("RIEPILOGO DEI RISULTATI", "SUMMARY OF RESULTS"));
    let words = [view.say("DATO", "FIGURE"), view.say("VALORE", "VALUE"), view.say("ESITO", "VERDICT")];
    sheet.headers(&[words[0], words[1], words[2], "", words[0], words[1], words[2]]);
    let first = sheet.next_row();
    // The gap between the two tables is no column of either.
    sheet.rows[first as usize - 1][3] = Cell::empty().role(Role::Blank);
    let mut data = Data::new(view, sheet.next_row());
    let blocks = data::Blocks::of(view, others, &mut data);
    let left = figures::left(view, &blocks);
    let right = figures::right(view, &blocks);
    side_by_side(&mut sheet, left, right);
    for col in [2, 6] {
        let area = Area { first: CellRef::new(first, col), last: CellRef::new(sheet.next_row() - 1, col) };
        sheet.lights.push(area);
    }
    coverage::names(view, &mut sheet);
    charts::draw(view, others, &blocks, &data, &mut sheet);
    sheet.across(
        view.say(
            "● come previsto   ▲ da guardare   ■ fuori soglia, o da fare.   N.C.: non conteggiato.",
            "● as planned   ▲ please look   ■ beyond the threshold, or to be done.   N.C.: not counted.",
        ),
        Role::Note,
    );
    sheet.across(
        view.say(
            "Ogni dato è una formula che porta al suo foglio; i dati dei grafici stanno a destra della pagina.",
            "Each figure is a formula that leads to its sheet; the data of the charts stand to the right of the page.",
        ),
        Role::Note,
    );
    sheet.printed_rows = Some(sheet.next_row());
    data.place(&mut sheet);
    sheet
}

/// Puts the lines of two tables beside each other; a section is a line whose first cell is one.
fn side_by_side(sheet: &mut TableSheet, left: Vec<Line>, right: Vec<Line>) {
    let rows = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    for _ in 0..rows {
        let mut cells: Vec<Cell> = vec![Cell::empty().role(Role::Blank); WIDTHS.len()];
        for (at, line) in [(0, left.next()), (RIGHT, right.next())] {
            for (offset, cell) in line.into_iter().flatten().enumerate() {
                cells[at + offset] = cell;
            }
        }
        sheet.push(cells);
    }
}

/// The title of a group of figures, with a link to the sheet where they come from.
fn section(title: &str, on: &str) -> Line {
    let link = Cell::link(on, "", Some((on.to_owned(), CellRef::new(0, 0)))).align(Align::Right);
    [Cell::text(title), Cell::empty(), link].map(|cell| cell.role(Role::Section))
}
