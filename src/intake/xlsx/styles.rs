//! The number format of each cell style.

use std::collections::HashMap;

use super::super::budget::Over;
use super::super::build::Formats;
use super::super::xml::{Broken, Xml};
use super::Parts;
use super::workbook::Book;
use crate::sheet::format::Format;

/// Reads the index of the number format of each cell style, in the order cells count them.
pub(super) fn read(parts: &mut Parts, book: &Book, formats: &mut Formats) -> Result<Vec<u16>, Over> {
    let Some(name) = &book.styles else { return Ok(Vec::new()) };
    let Some(text) = parts.text(name)? else { return Ok(Vec::new()) };
    let mut styles = Vec::new();
    if let Err(error) = cell_styles(&text, formats, &mut styles) {
        parts.broken(name, error);
    }
    parts.job.clock()?;
    Ok(styles)
}

fn cell_styles(text: &str, formats: &mut Formats, styles: &mut Vec<u16>) -> Result<(), Broken> {
    let mut own: HashMap<u32, String> = HashMap::new();
    let mut xml = Xml::new(text);
    while let Some(start) = xml.child(0)? {
        match start.local() {
            "numFmts" | "cellXfs" => {}
            "numFmt" => {
                let id = start.attribute("numFmtId").and_then(|id| id.trim().parse().ok());
                if let (Some(id), Some(code)) = (id, start.attribute("formatCode")) {
                    own.entry(id).or_insert_with(|| code.into_owned());
                }
            }
            "cellStyleXfs" | "dxfs" | "fonts" | "fills" | "borders" | "cellStyles" | "extLst" | "colors" => {
                xml.skip()?
            }
            "xf" => {
                let id = start.attribute("numFmtId").and_then(|id| id.trim().parse::<u32>().ok()).unwrap_or(0);
                let builtin = || u16::try_from(id).ok().and_then(Format::builtin);
                let code = own.get(&id).map(String::as_str).or_else(builtin).unwrap_or("General");
                styles.push(formats.index(code));
            }
            _ => {}
        }
    }
    Ok(())
}
