//! The records of one sheet.

use std::sync::Arc;

use arcstr::ArcStr;

use super::Entry;
use super::records::{Record, Records};
use crate::finding::Text;
use crate::intake::budget::Over;
use crate::intake::build::Builder;
use crate::intake::xls::{error, rk};
use crate::intake::xlsx::Parts;
use crate::place::{Area, CellRef, MAX_COLS, MAX_ROWS, Place};
use crate::sheet::{Cell, Formula, Sheet, Value};

/// What the cells of all sheets point to.
pub(super) struct Shared {
    pub(super) styles: Vec<u16>,
    pub(super) strings: Vec<ArcStr>,
}

/// Reads a sheet; `None` when its part is not there.
pub(super) fn read(part: &str, entry: &Entry, shared: &Shared, parts: &mut Parts) -> Result<Option<Sheet>, Over> {
    let Some(bytes) = parts.bytes(part)? else { return Ok(None) };
    let mut reading = Reading {
        shared,
        builder: Builder::new(Arc::clone(&entry.name)),
        row: None,
        hidden_rows: false,
        lost_styles: false,
        unknown: false,
    };
    reading.builder.sheet.visibility = entry.visibility;
    let (mut records, mut ended) = (Records::new(&bytes), false);
    while let Some(record) = records.next() {
        if matches!(record.kind, 0x01..=0x12 | 0x3E) {
            parts.job.cell()?;
        }
        ended |= record.kind == 0x0082;
        reading.record(&record);
    }
    if records.is_cut() || !ended {
        parts.job.damaged(part, Text::new("è troncata", "it is cut off"));
    }
    let place = Place::sheet(parts.job.file, &entry.name);
    if reading.lost_styles {
        let what = "celle con un formato che il file non definisce";
        parts.job.partly(place.clone(), Text::new(what, "cells with a format that the file does not define"));
    }
    if reading.unknown {
        parts.job.partly(place, Text::new("celle di un tipo sconosciuto", "cells of an unknown kind"));
    }
    Ok(Some(reading.builder.finish()))
}

struct Reading<'a> {
    shared: &'a Shared,
    builder: Builder,
    row: Option<u32>,
    hidden_rows: bool,
    lost_styles: bool,
    unknown: bool,
}

impl Reading<'_> {
    fn record(&mut self, record: &Record<'_>) {
        match record.kind {
            0x0000 => {
                self.row = record.u32(0).filter(|row| *row < MAX_ROWS);
                let hidden = record.u8(11).is_some_and(|flags| flags & 0x10 != 0);
                if let Some(row) = self.row {
                    self.builder.row(row, hidden || self.hidden_rows);
                }
            }
            0x01E5 => self.hidden_rows = record.u8(8).is_some_and(|flags| flags & 2 != 0),
            0x003C => self.columns(record),
            0x00B0 => self.merge(record),
            0x0002..=0x000B | 0x003E => self.cell(record),
            // Cells without a column of their own, which no known program writes.
            0x000C..=0x0012 => self.unknown = true,
            _ => {}
        }
    }

    fn cell(&mut self, record: &Record<'_>) {
        let Some((row, col)) = self.row.zip(record.u32(0).filter(|col| *col < MAX_COLS)) else {
            self.unknown = true;
            return;
        };
        let formula = if matches!(record.kind, 0x08..=0x0B) { Formula::Stored } else { Formula::None };
        match self.value(record) {
            Some(Value::Text(text)) if text.is_empty() => {}
            Some(value) => {
                let style = record.u32(4).map_or(usize::MAX, |style| (style & 0x00FF_FFFF) as usize);
                let format = self.shared.styles.get(style);
                self.lost_styles |= format.is_none() && !(style == 0 && self.shared.styles.is_empty());
                let format = format.copied().unwrap_or(0);
                self.builder.cell(row, Cell { col, format, formula, value: value.as_ref() });
            }
            None => self.builder.sheet.damaged.push(((row, col), "".into())),
        }
    }

    fn value(&self, record: &Record<'_>) -> Option<Value> {
        let text = |at| record.text(at).map(|(text, _)| Value::Text(text.into()));
        match record.kind {
            0x02 => record.u32(8).map(|packed| Value::Number(rk(packed))),
            0x03 | 0x0B => {
                record.u8(8).map(|code| error(code).unwrap_or_else(|| Value::Error(format!("#ERR{code}").into())))
            }
            0x04 | 0x0A => record.u8(8).map(|value| Value::Bool(value != 0)),
            0x05 | 0x09 => record.f64(8).map(Value::Number),
            0x06 | 0x08 => text(8),
            0x07 => {
                let index = record.u32(8)? as usize;
                self.shared.strings.get(index).map(|text| Value::Text(text.clone()))
            }
            _ => text(9),
        }
    }

    fn columns(&mut self, record: &Record<'_>) {
        if let (Some(first), Some(last), Some(width), Some(flags)) =
            (record.u32(0), record.u32(4), record.u32(8), record.u16(16))
            && (flags & 1 != 0 || width == 0)
            && first <= last
            && first < MAX_COLS
        {
            self.builder.sheet.hidden_cols.push((first, last.min(MAX_COLS - 1)));
        }
    }

    fn merge(&mut self, record: &Record<'_>) {
        if let (Some(top), Some(bottom), Some(left), Some(right)) =
            (record.u32(0), record.u32(4), record.u32(8), record.u32(12))
        {
            let inside = bottom < MAX_ROWS && right < MAX_COLS;
            if inside && top <= bottom && left <= right && (top, left) != (bottom, right) {
                let area = Area { first: CellRef::new(top, left), last: CellRef::new(bottom, right) };
                self.builder.sheet.merges.push(area);
            }
        }
    }
}
