//! A [`Book`] as an Excel workbook: the same book gives the same bytes.
//!
//! What Excel cannot hold is kept within its limits here: long texts, control characters, too many links.

mod cell;
mod chart;
mod format;
mod page;

use std::fmt;

use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError,
};

use super::book::{Book, Cell, Content, Shade, TableSheet, row_heights};
use crate::place::Area;
use cell::Pen;
pub(super) use cell::fitting;

/// The workbook could not be made.
#[derive(Debug)]
pub struct WriteError {
    sheet: String,
    cause: XlsxError,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sheet.is_empty() {
            write!(f, "the workbook cannot be written: {}", self.cause)
        } else {
            write!(f, "sheet {} cannot be written: {}", self.sheet, self.cause)
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

impl From<XlsxError> for WriteError {
    fn from(cause: XlsxError) -> Self {
        Self { sheet: String::new(), cause }
    }
}

/// A sheet with more rows than this is written row by row into an unnamed temporary file, not kept in memory as a whole.
const LARGE: usize = 20_000;
/// How hard the parts of a workbook with such a sheet are compressed: a tenth larger, in a third of the time.
const QUICK: u8 = 3;

fn is_large(sheet: &TableSheet) -> bool {
    sheet.rows.len() > LARGE
}

/// The bytes of the workbook.
///
/// # Errors
///
/// When the book breaks a limit of the format: a sheet without a name, areas that overlap.
pub fn render(book: &Book) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    // Columns are as wide as the digits of this face, which every system has or matches; the usual default is missing
    // on many, and what stands in for it makes pages a third wider.
    workbook.set_default_format(&format::plain(), 20, 64)?;
    workbook.set_properties(&properties(book)?);
    let mut pen = Pen::new(book.lang);
    if book.sheets.iter().any(is_large) {
        workbook.set_zip_compression_level(QUICK);
    }
    for sheet in &book.sheets {
        let worksheet = match is_large(sheet) {
            true => workbook.add_worksheet_with_low_memory()?,
            false => workbook.add_worksheet(),
        };
        draw(book, sheet, worksheet, &mut pen).map_err(|cause| WriteError { sheet: sheet.name.clone(), cause })?;
    }
    for sheet in &book.sheets {
        for (name, cell) in &sheet.names {
            let column = crate::place::column_letters(cell.col);
            let sheet_name = sheet.name.replace('\'', "''");
            workbook.define_name(name, &format!("='{sheet_name}'!${column}${}", cell.row + 1))?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// The creation date is the last day of the reporting year: the clock would make every run's bytes differ.
fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    let year = u16::try_from(book.year).unwrap_or_default().clamp(1900, 9999);
    let created = ExcelDateTime::from_ymd(year, 12, 31)?;
    Ok(DocProperties::new()
        .set_title(&book.title)
        .set_company(&book.body)
        .set_author("allegati")
        .set_creation_datetime(&created))
}

fn draw(book: &Book, sheet: &TableSheet, worksheet: &mut Worksheet, pen: &mut Pen) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_screen_gridlines(false);
    for (col, column) in sheet.columns.iter().enumerate() {
        worksheet.set_column_width(col as u16, column.width)?;
    }
    pen.begin(sheet, is_large(sheet));
    let mut merges = sheet.merges.clone();
    if is_large(sheet) {
        merges.sort_by_key(|area| (area.first.row, area.first.col));
    } else {
        pen.merges(sheet, &std::mem::take(&mut merges), worksheet)?;
    }
    // A sheet that is written row by row takes its areas with the row they begin in.
    let mut merges = merges.chunk_by(|one, next| one.first.row == next.first.row).peekable();
    for (row, (cells, height)) in sheet.rows.iter().zip(row_heights(sheet)).enumerate() {
        let areas = merges.next_if(|areas| areas[0].first.row as usize == row).unwrap_or_default();
        pen.merges(sheet, areas, worksheet)?;
        worksheet.set_row_height(row as u32, height)?;
        if row + 1 == sheet.rows.len() {
            pen.begin_last_row();
        }
        for (col, cell) in cells.iter().enumerate().filter(|(col, _)| !is_drawn(areas, cells, *col)) {
            pen.cell(worksheet, row as u32, col as u16, cell)?;
        }
    }
    pen.end(worksheet)?;
    if let Some(area) = sheet.filter {
        let (first, last) = (area.first, area.last);
        worksheet.autofilter(first.row, first.col as u16, last.row, last.col as u16)?;
    }
    lights(sheet, worksheet)?;
    chart::draw(sheet, worksheet, book.lang)?;
    page::set_up(book, sheet, worksheet)
}

/// Whether a cell is written already: an empty one that looks as the first of its merged area.
fn is_drawn(areas: &[Area], cells: &[Cell], col: usize) -> bool {
    let around = areas.iter().find(|area| (area.first.col + 1..=area.last.col).contains(&(col as u32)));
    let first = around.and_then(|area| cells.get(area.first.col as usize));
    first.is_some_and(|first| cells[col].content == Content::Empty && cells[col].style == first.style)
}

/// Colours verdicts after their sign, so that a word that changes on recalculation changes its colour, too.
fn lights(sheet: &TableSheet, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    let signs = [("●", Shade::Good), ("▲", Shade::Warning), ("■", Shade::Error)];
    for area in &sheet.lights {
        let (first, last) = (area.first, area.last);
        for (sign, shade) in signs {
            let rule = ConditionalFormatText::new()
                .set_rule(ConditionalFormatTextRule::BeginsWith(sign.to_owned()))
                .set_format(format::light(shade));
            worksheet.add_conditional_format(first.row, first.col as u16, last.row, last.col as u16, &rule)?;
        }
    }
    Ok(())
}
