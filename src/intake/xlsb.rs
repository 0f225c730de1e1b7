//! Excel binary workbooks: the container of .xlsx, its parts as records instead of XML.
//!
//! Read here because no library gives formats and hidden rows, and one that reads the values drops computed errors; the
//! texts of formulas come from calamine.

mod records;
mod sheet;

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arcstr::ArcStr;

use calamine::{Reader as _, Xlsb};

use super::budget::{Job, Over};
use super::build::Formats;
use super::package::{Package, resolve};
use super::sniff::{self, Content};
use super::xlsx::Parts;
use crate::finding::{Text, Word};
use crate::sheet::format::Format;
use crate::sheet::{Formula, Sheet, Visibility};
use records::Records;

/// Reads all sheets.
pub(super) fn read(bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let package = match Package::open(bytes) {
        Ok(package) => package,
        Err(why) => {
            sniff::refuse(&Content::BrokenZip(why), job);
            return Ok(Vec::new());
        }
    };
    package.remark(job);
    let mut parts = Parts { package, job };
    let root = parts.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let name = root.map_or_else(|| "xl/workbook.bin".to_owned(), |relation| relation.target);
    let Some(workbook) = parts.bytes(&name)? else { return Ok(Vec::new()) };
    let relations = parts.relations(&name)?;
    let target = |kind: &str, own: &str| {
        let found = relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.clone());
        found.or_else(|| Some(resolve(&name, own)).filter(|name| parts.package.has(name)))
    };
    let (styles, strings) = (target("styles", "styles.bin"), target("sharedStrings", "sharedStrings.bin"));
    let (entries, date_1904) = entries(&workbook, &name, &mut parts);
    let mut formats = Formats::new();
    let shared = sheet::Shared {
        styles: cell_styles(styles, &mut parts, &mut formats)?,
        strings: shared_strings(strings, &mut parts)?,
    };
    let mut sheets = Vec::new();
    for entry in &entries {
        parts.job.sheet()?;
        let Some(relation) = relations.iter().find(|relation| relation.id == entry.id) else {
            let part = Word::Both(format!("il foglio {}", entry.name), format!("the sheet {}", entry.name));
            parts.job.damaged(part, Text::new("la parte manca", "the part is missing"));
            continue;
        };
        match relation.kind.as_str() {
            "chartsheet" => parts.not_a_grid(&entry.name, Text::new("è un grafico", "is a chart")),
            "dialogsheet" => parts.not_a_grid(&entry.name, Text::new("è una finestra di dialogo", "is a dialogue")),
            kind if kind.to_ascii_lowercase().ends_with("macrosheet") => {
                parts.not_a_grid(&entry.name, Text::new("contiene macro", "holds macros"));
            }
            _ => sheets.extend(sheet::read(&relation.target, entry, &shared, &mut parts)?),
        }
    }
    if sheets.is_empty() && parts.job.findings.is_empty() {
        let has_links = relations.iter().any(|relation| relation.kind == "externalLink");
        parts.job.without_sheets(&name, has_links);
    }
    let formats = formats.into_list();
    for sheet in &mut sheets {
        sheet.formats = Arc::clone(&formats);
        sheet.date_1904 = date_1904;
    }
    Ok(sheets)
}

/// One sheet of the workbook.
struct Entry {
    name: Arc<str>,
    id: String,
    visibility: Visibility,
}

fn entries(workbook: &[u8], name: &str, parts: &mut Parts) -> (Vec<Entry>, bool) {
    let (mut entries, mut date_1904) = (Vec::new(), false);
    let mut records = Records::new(workbook);
    while let Some(record) = records.next() {
        match record.kind {
            0x0099 => date_1904 = record.u32(0).is_some_and(|flags| flags & 1 != 0),
            0x009C => entries.extend(entry(&record)),
            _ => {}
        }
    }
    if records.is_cut() {
        parts.job.damaged(name, Text::new("è troncata", "it is cut off"));
    }
    (entries, date_1904)
}

fn entry(record: &records::Record<'_>) -> Option<Entry> {
    let visibility = match record.u32(0)? {
        0 => Visibility::Visible,
        1 => Visibility::Hidden,
        _ => Visibility::VeryHidden,
    };
    let (id, after) = record.text(8)?;
    let (name, _) = record.text(after)?;
    Some(Entry { name: name.into(), id, visibility })
}

fn cell_styles(name: Option<String>, parts: &mut Parts, formats: &mut Formats) -> Result<Vec<u16>, Over> {
    let Some(bytes) = name.map(|name| parts.bytes(&name)).transpose()?.flatten() else { return Ok(Vec::new()) };
    let mut codes: HashMap<u16, String> = HashMap::new();
    let mut styles = Vec::new();
    let mut of_cells = false;
    let mut records = Records::new(&bytes);
    while let Some(record) = records.next() {
        match record.kind {
            0x002C => codes.extend(record.u16(0).zip(record.text(2).map(|(code, _)| code))),
            0x0269 => of_cells = true,
            0x026A => of_cells = false,
            0x002F if of_cells => {
                let id = record.u16(2).unwrap_or(0);
                let code = codes.get(&id).map(String::as_str).or_else(|| Format::builtin(id)).unwrap_or("General");
                styles.push(formats.index(code));
            }
            _ => {}
        }
    }
    Ok(styles)
}

fn shared_strings(name: Option<String>, parts: &mut Parts) -> Result<Vec<ArcStr>, Over> {
    let Some(name) = name else { return Ok(Vec::new()) };
    let Some(bytes) = parts.list(&name)? else { return Ok(Vec::new()) };
    let mut strings: Vec<ArcStr> = Vec::new();
    let mut records = Records::new(&bytes);
    while let Some(record) = records.next() {
        if record.kind == 0x0013 {
            strings.push(record.text(1).map(|(text, _)| text).unwrap_or_default().into());
            if strings.len() as u64 > parts.job.limits.cells {
                return Err(Over::Cells);
            }
        }
    }
    if records.is_cut() {
        parts.job.damaged(name, Text::new("è troncata", "it is cut off"));
    }
    Ok(strings)
}

/// Adds the texts of formulas; a library that cannot read the file costs only these. As it may ask for more memory than
/// there is, only a worker calls this, after its sheets are safe.
pub(super) fn formula_texts(bytes: &[u8], sheets: &mut [Sheet]) {
    let computed = |sheet: &Sheet| sheet.rows.any_formula(Formula::Stored);
    if !sheets.iter().any(computed) {
        return;
    }
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let Ok(mut book) = Xlsb::new(Cursor::new(bytes)) else { return };
        for sheet in sheets {
            let Ok(mut cells) = book.worksheet_cells_reader(&sheet.name) else { continue };
            while let Ok(Some(cell)) = cells.next_formula() {
                let place = cell.get_position();
                let known = sheet.stored(place.0, place.1).is_some_and(|cell| cell.formula == Formula::Stored);
                // References to other sheets are not to be relied on: no text is better than a wrong one.
                let text = cell.get_value().trim_start_matches('=');
                if known && !text.is_empty() && !text.contains('!') {
                    sheet.formulas.push((place, text.into()));
                }
            }
            sheet.formulas.sort_by_key(|(at, _)| *at);
        }
    }));
}
