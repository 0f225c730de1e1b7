//! Large sheets: the library makes the workbook and knows nothing of their rows but links, merged areas and looks; the
//! rows are put into its package afterwards, a piece at a time.
//!
//! The library looks every cell's format and text up by its whole content and keeps or spools the cell, which costs more
//! than the cell is worth in a sheet of a hundred thousand rows.

mod package;
mod rows;
#[cfg(test)]
mod tests;
mod text;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cell::{Look, Pen, look};
use crate::place::CellRef;
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

/// Whether merged areas lie within the rows and their cells.
fn is_whole(sheet: &TableSheet) -> bool {
    sheet.merges.iter().all(|area| {
        let rows = sheet.rows.get(area.first.row as usize..=area.last.row as usize);
        rows.is_some_and(|rows| rows.iter().all(|row| row.len() > area.last.col as usize))
    })
}

/// A large sheet, and what the library was told of it.
pub struct Large<'a> {
    sheet: &'a TableSheet,
    /// The last of its cells.
    last: CellRef,
    /// The looks of its cells; that of the first stands to the right of the last cell, the others follow.
    looks: Vec<Look>,
}

impl<'a> Large<'a> {
    /// Tells the library links, merged areas and looks, row by row.
    pub fn outline(sheet: &'a TableSheet, worksheet: &mut Worksheet, pen: &mut Pen) -> Result<Self, XlsxError> {
        let mut merges = sheet.merges.clone();
        merges.sort_by_key(|area| (area.first.row, area.first.col));
        let mut merges = merges.chunk_by(|one, next| one.first.row == next.first.row).peekable();
        let (mut looks, mut seen) = (Vec::new(), vec![false; SLOTS]);
        for (row, cells) in sheet.rows.iter().enumerate() {
            if let Some(areas) = merges.next_if(|areas| areas[0].first.row as usize == row) {
                pen.merges(sheet, areas, worksheet)?;
            }
            for (col, cell) in cells.iter().enumerate() {
                let look = look(cell);
                if !std::mem::replace(&mut seen[slot(look)], true) {
                    looks.push(look);
                }
                if matches!(cell.content, Content::Link(_)) {
                    pen.cell(worksheet, row as u32, col as u16, cell)?;
                }
            }
        }
        let width = sheet.rows.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let last = CellRef::new(sheet.next_row().saturating_sub(1), width as u32 - 1);
        for (look, at) in looks.iter().zip(last.col + 1..) {
            pen.blank(worksheet, last.row, at as u16, *look)?;
        }
        Ok(Self { sheet, last, looks })
    }

    /// The attributes that give cells their looks, by the slot of the look, as the library chose them. The format of
    /// cells that have none needs no attribute, and the library writes no such blank.
    fn styles(&self, written: &str) -> Vec<Box<str>> {
        let mut styles = vec![Box::default(); SLOTS];
        let row = &written[written.rfind("<row ").unwrap_or_default()..];
        for (look, at) in self.looks.iter().zip(self.last.col + 1..) {
            let cell = format!("<c r=\"{}\" ", CellRef::new(self.last.row, at));
            if let Some((attribute, _)) = row.split_once(&cell).and_then(|(_, rest)| rest.split_once("/>")) {
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
