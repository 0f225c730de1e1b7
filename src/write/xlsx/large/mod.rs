//! Large sheets: the library makes the workbook and knows nothing of their rows but how their cells can look; rows,
//! merged areas and links are put into its package afterwards.
//!
//! The library looks every cell's format and text up by its whole content and keeps or spools the cell, which costs
//! more than the cell is worth in a sheet of a hundred thousand rows.

mod links;
mod package;
mod pieces;
mod rows;
#[cfg(test)]
mod tests;
mod text;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cell::{Look, MOST_LINKS, Pen, look};
use crate::place::{Area, CellRef, MAX_COLS, MAX_ROWS};
use crate::write::book::{Book, Content, Role, Shade, Show, TableSheet};
pub use package::fill;

/// How hard the parts of a workbook with a large sheet are compressed: a tenth larger, in a third of the time.
pub const QUICK: u8 = 3;

/// Whether a sheet has more than so many rows, all of whose cells stand in its rows. Drawings hang on the heights of
/// rows, and hold a copy of the cells they draw, which the library must know then.
pub fn is_large(book: &Book, sheet: &TableSheet, most_rows: usize) -> bool {
    sheet.rows.len() > most_rows && sheet.charts.is_empty() && !is_drawn(book, sheet) && is_whole(sheet)
}

fn is_drawn(book: &Book, sheet: &TableSheet) -> bool {
    let mut series = book.sheets.iter().flat_map(|sheet| &sheet.charts).flat_map(|chart| &chart.series);
    series.any(|series| series.categories.sheet == sheet.name || series.values.sheet == sheet.name)
}

/// Whether merged areas are areas, and lie within the rows and their cells.
fn is_whole(sheet: &TableSheet) -> bool {
    sheet.merges.iter().all(|area| {
        let rows = sheet.rows.get(area.first.row as usize..=area.last.row as usize);
        let holds = |row: &Vec<_>| row.len() > area.last.col as usize;
        area.first != area.last && area.first.col <= area.last.col && rows.is_some_and(|rows| rows.iter().all(holds))
    })
}

/// A large sheet, and what the library was told of it.
pub struct Large<'a> {
    sheet: &'a TableSheet,
    /// The last of its cells.
    last: CellRef,
    /// The looks of its cells; that of the first stands to the right of the last cell, the others follow.
    looks: Vec<Look>,
    /// The cells that lead somewhere, as many as a sheet can have.
    links: Vec<CellRef>,
}

impl<'a> Large<'a> {
    /// Tells the library the looks.
    pub fn outline(sheet: &'a TableSheet, worksheet: &mut Worksheet, pen: &mut Pen) -> Result<Self, XlsxError> {
        if let Some((one, other)) = overlapping(&sheet.merges) {
            return Err(XlsxError::MergeRangeOverlaps(one.to_string(), other.to_string()));
        }
        let width = sheet.rows.iter().map(Vec::len).max().unwrap_or_default().max(1);
        if sheet.rows.len() > MAX_ROWS as usize || width > MAX_COLS as usize {
            return Err(XlsxError::RowColumnLimitError);
        }
        let (mut looks, mut links, mut seen) = (Vec::new(), Vec::new(), vec![false; SLOTS]);
        for (row, cells) in (0..).zip(&sheet.rows) {
            for (col, cell) in (0..).zip(cells) {
                let look = look(cell);
                if !std::mem::replace(&mut seen[slot(look)], true) {
                    looks.push(look);
                }
                if matches!(cell.content, Content::Link(_)) && links.len() < MOST_LINKS as usize {
                    links.push(CellRef::new(row, col));
                }
            }
        }
        let last = CellRef::new(sheet.next_row().saturating_sub(1), width as u32 - 1);
        for (look, at) in looks.iter().zip(last.col + 1..) {
            pen.blank(worksheet, last.row, at as u16, *look)?;
        }
        Ok(Self { sheet, last, looks, links })
    }

    /// The attributes that give cells their looks, by the slot of the look, as the library chose them. The format of
    /// cells that have none needs no attribute, and the library writes no such blank.
    fn styles(&self, written: &str) -> Vec<Box<str>> {
        let mut styles = vec![Box::default(); SLOTS];
        for (look, at) in self.looks.iter().zip(self.last.col + 1..) {
            let cell = format!("<c r=\"{}\" ", CellRef::new(self.last.row, at));
            if let Some((attribute, _)) = written.split_once(&cell).and_then(|(_, rest)| rest.split_once("/>")) {
                styles[slot(*look)] = format!(" {attribute}").into();
            }
        }
        styles
    }
}

/// How many looks there can be: every part of a look has its bits.
const SLOTS: usize = 1 << 12;

/// The number of a look.
const fn slot((style, is_link): Look) -> usize {
    const { assert!((Role::Note as usize) < 16 && (Shade::Good as usize) < 8 && (Show::Percent as usize) < 4) };
    let number = ((style.role as usize) << 3 | style.shade as usize) << 2 | style.show as usize;
    (number << 2 | style.align as usize) << 1 | is_link as usize
}

/// Two merged areas that have a cell in common.
fn overlapping(merges: &[Area]) -> Option<(Area, Area)> {
    let mut merges = merges.to_vec();
    merges.sort_by_key(|area| area.first.row);
    let mut above: Vec<Area> = Vec::new();
    for area in merges {
        above.retain(|other| other.last.row >= area.first.row);
        let meets = |other: &&Area| other.first.col <= area.last.col && area.first.col <= other.last.col;
        if let Some(other) = above.iter().find(meets) {
            return Some((area, *other));
        }
        above.push(area);
    }
    None
}
