//! What the workbook says before its sheets: their list, formats, shared texts, the date system.

use std::collections::HashMap;
use std::sync::Arc;

use arcstr::ArcStr;

use super::records::{Record, Records};
use super::strings::{Pieces, narrow};
use crate::finding::Text;
use crate::intake::budget::{Job, Over};
use crate::intake::build::Formats;
use crate::sheet::Visibility;
use crate::sheet::format::Format;

/// The records before the first sheet, as a part of the file.
pub(super) const PART: Text = Text::new("la parte iniziale", "the first part");

/// The workbook.
pub(super) struct Book {
    /// Whether texts are those of Excel 97 and later.
    pub(super) wide: bool,
    pub(super) codepage: u16,
    pub(super) date_1904: bool,
    pub(super) sheets: Vec<Entry>,
    pub(super) strings: Vec<ArcStr>,
    /// Whether it keeps values of other files for its formulas.
    pub(super) has_links: bool,
    /// Format of each cell style, in the order cells count them.
    pub(super) styles: Vec<u16>,
}

/// One sheet of the workbook.
pub(super) struct Entry {
    pub(super) name: Arc<str>,
    pub(super) at: usize,
    pub(super) visibility: Visibility,
    /// 0 cells, 1 macros, 2 a chart, 6 a module.
    pub(super) kind: u8,
}

pub(super) enum Outcome {
    Book(Book),
    TooOld(&'static str),
}

/// The record that announces a protection by password, and whether texts are those of Excel 97 and later.
pub(super) fn protection(stream: &[u8]) -> Option<(&[u8], bool)> {
    let mut records = Records::new(stream, 0);
    let wide = records.next()?.u16(0)? == 0x0600;
    while let Some(record) = records.next() {
        match record.kind {
            0x002F => return Some((record.data, wide)),
            0x000A => return None,
            _ => {}
        }
    }
    None
}

/// Reads the records up to the first end mark.
pub(super) fn read(stream: &[u8], formats: &mut Formats, job: &mut Job) -> Result<Outcome, Over> {
    let mut records = Records::new(stream, 0);
    let version = records.next().filter(|record| record.kind == 0x0809).and_then(|record| record.u16(0));
    let wide = match version {
        Some(0x0600) => true,
        Some(0x0500) => false,
        _ => return Ok(Outcome::TooOld("Excel 2-4")),
    };
    let mut book = Book {
        wide,
        codepage: 1252,
        date_1904: false,
        sheets: Vec::new(),
        strings: Vec::new(),
        has_links: false,
        styles: Vec::new(),
    };
    let mut codes: HashMap<u16, String> = HashMap::new();
    let mut styles: Vec<u16> = Vec::new();
    let mut ended = false;
    while let Some(record) = records.next() {
        match record.kind {
            0x000A => {
                ended = true;
                break;
            }
            0x0022 => book.date_1904 = record.u16(0) == Some(1),
            0x0042 => book.codepage = record.u16(0).unwrap_or(1252),
            0x0085 => book.sheets.extend(entry(&record, &book)),
            0x041E | 0x001E => codes.extend(format_code(&record, &book)),
            0x00E0 => styles.push(record.u16(2).unwrap_or(0)),
            // Of this workbook itself, and of functions, the record is no longer than this.
            0x01AE => book.has_links |= record.data.len() > 4,
            0x00FC => book.strings = shared(&record, &mut records, job)?,
            _ => {}
        }
    }
    if !ended {
        job.damaged(PART, Text::new("è troncata", "it is cut off"));
    }
    let code = |id: &u16| codes.get(id).map(String::as_str).or_else(|| Format::builtin(*id)).unwrap_or("General");
    book.styles = styles.iter().map(|id| formats.index(code(id))).collect();
    Ok(Outcome::Book(book))
}

/// Gives sheets whose start is stated wrongly the parts of the stream that none claims, in their order.
pub(super) fn settle_starts(stream: &[u8], book: &mut Book, job: &mut Job) {
    let begins = |at: usize| at > 0 && Records::new(stream, at).next().is_some_and(|record| record.kind == 0x0809);
    let lost: Vec<usize> = (0..book.sheets.len()).filter(|index| !begins(book.sheets[*index].at)).collect();
    if lost.is_empty() {
        return;
    }
    let free: Vec<(usize, Option<u8>)> =
        starts(stream).into_iter().filter(|(at, _)| !book.sheets.iter().any(|entry| entry.at == *at)).collect();
    let fits = |(index, (_, kind)): (&usize, &(usize, Option<u8>))| *kind == Some(book.sheets[*index].kind);
    if free.len() != lost.len() || !lost.iter().zip(&free).all(fits) {
        return;
    }
    for (index, (at, _)) in lost.iter().zip(&free) {
        book.sheets[*index].at = *at;
    }
    if lost.len() > 1 {
        let what = "il file dice male dove comincia ogni foglio: sono stati letti nel loro ordine";
        let en = "the file says wrongly where each sheet begins: they were read in their order";
        job.partly(job.place(), Text::new(what, en));
    }
}

/// Where the parts of the stream behind the first begin, each with its kind as sheets name theirs; a chart inside a sheet
/// is none.
fn starts(stream: &[u8]) -> Vec<(usize, Option<u8>)> {
    let (mut starts, mut depth) = (Vec::new(), 0u32);
    let mut records = Records::new(stream, 0);
    let mut at = records.position();
    while let Some(record) = records.next() {
        match record.kind {
            0x0809 => {
                if depth == 0 {
                    starts.push((at, kind_of(&record)));
                }
                depth += 1;
            }
            0x000A => depth = depth.saturating_sub(1),
            _ => {}
        }
        at = records.position();
    }
    if starts.is_empty() { starts } else { starts.split_off(1) }
}

/// The kind of a part by its first record: cells, macros of Excel 4, a chart, a module.
fn kind_of(record: &Record<'_>) -> Option<u8> {
    match record.u16(2)? {
        0x0010 => Some(0),
        0x0040 => Some(1),
        0x0020 => Some(2),
        0x0006 => Some(6),
        _ => None,
    }
}

fn entry(record: &Record<'_>, book: &Book) -> Option<Entry> {
    let at = record.u32(0)? as usize;
    let (state, kind, length) = (*record.data.get(4)?, *record.data.get(5)?, usize::from(*record.data.get(6)?));
    let name = if book.wide {
        let wide = record.data.get(7)? & 1 != 0;
        Pieces::new(record.data.get(8..)?, Vec::new()).characters(length, wide)?
    } else {
        narrow(record.data.get(7..)?.get(..length)?, book.codepage)
    };
    let visibility = match state & 3 {
        0 => Visibility::Visible,
        1 => Visibility::Hidden,
        _ => Visibility::VeryHidden,
    };
    Some(Entry { name: name.into(), at, visibility, kind })
}

fn format_code(record: &Record<'_>, book: &Book) -> Option<(u16, String)> {
    let id = record.u16(0)?;
    let code = if book.wide {
        Pieces::new(record.data.get(2..)?, Vec::new()).text()?
    } else {
        let length = usize::from(*record.data.get(2)?);
        narrow(record.data.get(3..)?.get(..length)?, book.codepage)
    };
    Some((id, code))
}

/// The shared texts; how many are declared is not believed.
fn shared(record: &Record<'_>, records: &mut Records<'_>, job: &mut Job) -> Result<Vec<ArcStr>, Over> {
    let declared = record.u32(4).unwrap_or(0);
    let Some(data) = record.data.get(8..) else { return Ok(Vec::new()) };
    let mut pieces = Pieces::new(data, records.continued());
    let mut strings = Vec::new();
    while strings.len() < declared as usize {
        let Some(text) = pieces.text() else { break };
        strings.push(text.into());
        if strings.len() as u64 > job.limits.cells {
            return Err(Over::Cells);
        }
    }
    Ok(strings)
}
