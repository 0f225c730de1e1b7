//! The package again: every part as the library made it, and what large sheets hold in theirs.

use std::io::{self, Cursor, Read, Write};

use rust_xlsxwriter::XlsxError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::links::Links;
use super::rows::Rows;
use super::{Large, QUICK};
use crate::place::{Area, CellRef};

/// So many rows are written while those before them are compressed.
const PIECE: usize = 512;

/// Puts what large sheets hold, each with the number of its sheet in the book, into a package.
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
        let mut outline = String::new();
        source.by_index(index)?.read_to_string(&mut outline)?;
        filled.start_file(&name, options())?;
        let links = sheet(large, &outline, &mut filled)?;
        if !links.related.is_empty() {
            filled.start_file(name.replace("/sheet", "/_rels/sheet") + ".rels", options())?;
            filled.write_all(links.related.as_bytes())?;
        }
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

/// Writes the part of a sheet: its outline, with rows, merged areas and links in their places. Gives the links.
fn sheet(large: &Large, outline: &str, out: &mut (impl Write + Send)) -> Result<Links, XlsxError> {
    let strange = || XlsxError::ParameterError("the library wrote a sheet in another way".to_owned());
    let (head, told) = outline.split_once("<sheetData").ok_or_else(strange)?;
    let (told, tail) = told.split_once("</sheetData>").or_else(|| told.split_once("/>")).ok_or_else(strange)?;
    let (before, extent) = head.split_once("<dimension ref=\"").ok_or_else(strange)?;
    let (_, after) = extent.split_once('"').ok_or_else(strange)?;
    write!(out, "{before}<dimension ref=\"{}:{}\"{after}<sheetData>", CellRef::new(0, 0), large.last)?;
    let cells = Rows::new(large, large.styles(told));
    let (written, links) = rayon::join(|| rows(&cells, large.sheet.rows.len(), out), || Links::of(large));
    written?;
    // The order of the elements is fixed: the filter comes before the areas, the print options come after the links.
    let filter = if tail.starts_with("<autoFilter ") { tail.find("/>").ok_or_else(strange)? + 2 } else { 0 };
    let print = tail.find("<printOptions ").ok_or_else(strange)?;
    write!(out, "</sheetData>{}{}", &tail[..filter], areas(&large.sheet.merges))?;
    write!(out, "{}{}{}", &tail[filter..print], links.listed, &tail[print..])?;
    Ok(links)
}

/// The merged areas; nothing when there are none.
fn areas(merges: &[Area]) -> String {
    let xml: String = merges.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
    if xml.is_empty() { xml } else { format!("<mergeCells count=\"{}\">{xml}</mergeCells>", merges.len()) }
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
