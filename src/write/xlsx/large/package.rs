//! The package again: every part as the library made it, and the rows of large sheets in theirs.

use std::io::{self, Cursor, Read, Seek, Write};

use rust_xlsxwriter::XlsxError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::rows::Rows;
use super::{Large, QUICK};
use crate::place::CellRef;

/// So many rows are written while those before them are compressed.
const PIECE: usize = 512;

/// Puts the rows of large sheets, each with the number of its sheet in the book, into a package.
pub fn fill(package: Vec<u8>, sheets: &[(usize, Large)]) -> Result<Vec<u8>, XlsxError> {
    let mut source = ZipArchive::new(Cursor::new(package))?;
    let mut filled = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..source.len() {
        let part = source.by_index_raw(index)?;
        let name = part.name()?.into_owned();
        let Some((_, large)) = sheets.iter().find(|(at, _)| name == format!("xl/worksheets/sheet{}.xml", at + 1))
        else {
            filled.raw_copy_file(part)?;
            continue;
        };
        drop(part);
        filled.start_file(name, options())?;
        let mut outline = String::new();
        source.by_index(index)?.read_to_string(&mut outline)?;
        sheet(large, &outline, &mut filled)?;
    }
    Ok(filled.finish()?.into_inner())
}

/// As the library has them: no clock, no machine.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(QUICK.into()))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default())
}

/// Writes the part of a sheet: its outline, with the rows instead of those the library was told.
fn sheet(large: &Large, outline: &str, out: &mut ZipWriter<impl Write + Seek + Send>) -> Result<(), XlsxError> {
    let strange = || XlsxError::ParameterError("the library wrote a sheet in another way".to_owned());
    let (head, told) = outline.split_once("<sheetData").ok_or_else(strange)?;
    let (told, tail) = told.split_once("</sheetData>").or_else(|| told.split_once("/>")).ok_or_else(strange)?;
    let (before, extent) = head.split_once("<dimension ref=\"").ok_or_else(strange)?;
    let (_, after) = extent.split_once('"').ok_or_else(strange)?;
    write!(out, "{before}<dimension ref=\"{}:{}\"{after}<sheetData>", CellRef::new(0, 0), large.last)?;
    rows(&Rows::new(large, large.styles(told)), large.sheet.rows.len(), out)?;
    write!(out, "</sheetData>{tail}")?;
    Ok(())
}

/// Writes the rows, a piece while the one before it is compressed.
fn rows(rows: &Rows, count: usize, out: &mut (impl Write + Send)) -> io::Result<()> {
    let (mut ready, mut next) = (Vec::new(), Vec::new());
    for start in (0..count).step_by(PIECE) {
        let end = count.min(start + PIECE);
        let (written, ()) = rayon::join(|| out.write_all(&ready), || rows.write(start..end, &mut next));
        written?;
        std::mem::swap(&mut ready, &mut next);
        next.clear();
    }
    out.write_all(&ready)
}
