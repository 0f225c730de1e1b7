//! The package again: every part as the library made it, and what large sheets hold in theirs.

use std::io::{Cursor, Read};

use rust_xlsxwriter::XlsxError;
use zip::{ZipArchive, ZipWriter};

use super::Large;
use super::links::Links;
use super::pieces::Pieces;
use super::rows::Rows;
use crate::place::{Area, CellRef};

/// So many rows are compressed by themselves: a piece has no use of the texts of the one before it.
const PIECE: usize = 1_024;

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
        let (pieces, links) = sheet(large, &outline)?;
        pieces.put(&name, &mut filled)?;
        if !links.related.is_empty() {
            let mut related = Pieces::default();
            related.text(&links.related, true)?;
            related.put(&(name.replace("/sheet", "/_rels/sheet") + ".rels"), &mut filled)?;
        }
    }
    Ok(filled.finish()?.into_inner())
}

/// The part of a sheet: its outline, with rows, merged areas and links in their places; and the links.
fn sheet(large: &Large, outline: &str) -> Result<(Pieces, Links), XlsxError> {
    let strange = || XlsxError::ParameterError("the library wrote a sheet in another way".to_owned());
    let (head, told) = outline.split_once("<sheetData").ok_or_else(strange)?;
    let (told, tail) = told.split_once("</sheetData>").or_else(|| told.split_once("/>")).ok_or_else(strange)?;
    let (before, extent) = head.split_once("<dimension ref=\"").ok_or_else(strange)?;
    let (_, after) = extent.split_once('"').ok_or_else(strange)?;
    let (rows, count) = (Rows::new(large, large.styles(told)), large.sheet.rows.len());
    let mut pieces = Pieces::default();
    let first = CellRef::new(0, 0);
    pieces.text(&format!("{before}<dimension ref=\"{first}:{}\"{after}<sheetData>", large.last), false)?;
    let write = |piece: usize, out: &mut Vec<u8>| rows.write(piece * PIECE..count.min((piece + 1) * PIECE), out);
    let (written, links) = rayon::join(|| pieces.side_by_side(count.div_ceil(PIECE), write), || Links::of(large));
    written?;
    // The order of the elements is fixed: the filter comes before the areas, the print options come after the links.
    let filter = if tail.starts_with("<autoFilter ") { tail.find("/>").ok_or_else(strange)? + 2 } else { 0 };
    let print = tail.find("<printOptions ").ok_or_else(strange)?;
    let (tail, end) = tail.split_at(print);
    let (filter, between) = tail.split_at(filter);
    let areas = areas(&large.sheet.merges);
    pieces.text(&["</sheetData>", filter, &areas, between, &links.listed, end].concat(), true)?;
    Ok((pieces, links))
}

/// The merged areas; nothing when there are none.
fn areas(merges: &[Area]) -> String {
    let xml: String = merges.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
    if xml.is_empty() { xml } else { format!("<mergeCells count=\"{}\">{xml}</mergeCells>", merges.len()) }
}
