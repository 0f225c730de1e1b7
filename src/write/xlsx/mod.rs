//! A [`Book`] as an Excel workbook: the same book gives the same bytes.
//!
//! What Excel cannot hold is kept within its limits here: long texts, control characters, too many links.

mod cell;
mod chart;
mod format;
mod large;
mod page;

use std::fmt;

use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError,
};

use super::book::{Book, Shade, TableSheet, row_heights};
use cell::Pen;
pub(super) use cell::fitting;
use large::{Large, QUICK, is_large};

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

/// The rows of a sheet with more of them than this are written by us, in a third of the time that the library takes.
const LARGE: usize = 2_000;

/// The bytes of the workbook.
///
/// # Errors
///
/// When the book breaks a limit of the format: a sheet without a name, areas that overlap.
pub fn render(book: &Book) -> Result<Vec<u8>, WriteError> {
    render_with(book, LARGE)
}

/// The bytes of the workbook, large sheets being those of more rows than said.
fn render_with(book: &Book, most_rows: usize) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    // Columns are as wide as the digits of this face, which every system has or matches; the usual default is missing
    // on many, and what stands in for it makes pages a third wider.
    workbook.set_default_format(&format::plain(), 20, 64)?;
    workbook.set_properties(&properties(book)?);
    let mut pen = Pen::new(book.lang);
    let mut outlined = Vec::new();
    if book.sheets.iter().any(|sheet| is_large(book, sheet, most_rows)) {
        workbook.set_zip_compression_level(QUICK);
    }
    for (at, sheet) in book.sheets.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        let mut tell = || -> Result<(), XlsxError> {
            pen.begin();
            if is_large(book, sheet, most_rows) {
                outlined.push((at, Large::outline(sheet, worksheet, &mut pen)?));
            } else {
                draw(sheet, worksheet, &mut pen)?;
            }
            surround(book, sheet, worksheet)
        };
        tell().map_err(|cause| WriteError { sheet: sheet.name.clone(), cause })?;
    }
    for sheet in &book.sheets {
        for (name, cell) in &sheet.names {
            let column = crate::place::column_letters(cell.col);
            let sheet_name = sheet.name.replace('\'', "''");
            workbook.define_name(name, &format!("='{sheet_name}'!${column}${}", cell.row + 1))?;
        }
    }
    let package = workbook.save_to_buffer()?;
    if outlined.is_empty() { Ok(package) } else { Ok(large::fill(package, &outlined)?) }
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

/// Writes the cells of a sheet.
fn draw(sheet: &TableSheet, worksheet: &mut Worksheet, pen: &mut Pen) -> Result<(), XlsxError> {
    pen.merges(sheet, &sheet.merges, worksheet)?;
    for (row, (cells, height)) in sheet.rows.iter().zip(row_heights(sheet)).enumerate() {
        worksheet.set_row_height(row as u32, height)?;
        for (col, cell) in cells.iter().enumerate() {
            pen.cell(worksheet, row as u32, col as u16, cell)?;
        }
    }
    Ok(())
}

/// Gives a sheet what it has besides cells.
fn surround(book: &Book, sheet: &TableSheet, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_screen_gridlines(false);
    for (col, column) in sheet.columns.iter().enumerate() {
        worksheet.set_column_width(col as u16, column.width)?;
    }
    if let Some(area) = sheet.filter {
        let (first, last) = (area.first, area.last);
        worksheet.autofilter(first.row, first.col as u16, last.row, last.col as u16)?;
    }
    lights(sheet, worksheet)?;
    chart::draw(sheet, worksheet, book.lang)?;
    page::set_up(book, sheet, worksheet)
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
