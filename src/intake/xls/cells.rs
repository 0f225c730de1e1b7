//! The records of one sheet.

use std::sync::Arc;

use super::globals::{Book, Entry};
use super::notes::Notes;
use super::part_name;
use super::records::{Record, Records};
use super::strings::{Pieces, narrow};
use crate::finding::Text;
use crate::intake::budget::{Job, Over};
use crate::intake::build::Builder;
use crate::place::{Area, CellRef, MAX_COLS, Place};
use crate::sheet::{Cell, Formula, Sheet, Value};

/// Reads a sheet; says also whether all its formulas ask to be computed when the file is opened.
pub(super) fn read(stream: &[u8], book: &Book, entry: &Entry, job: &mut Job) -> Result<(Sheet, bool), Over> {
    let mut reading = Reading {
        book,
        builder: Builder::new(Arc::clone(&entry.name)),
        notes: Notes::default(),
        hidden_rows: Vec::new(),
        pending: None,
        on_load: true,
        lost_styles: 0,
        has_cells_beyond: false,
    };
    reading.builder.sheet.visibility = entry.visibility;
    let mut records = Records::new(stream, entry.at);
    let begins = records.next().is_some_and(|record| record.kind == 0x0809);
    let ended = begins && reading.all(&mut records, job)?;
    if !ended {
        job.damaged(part_name(&entry.name), Text::new("è troncato", "it is cut off"));
    }
    reading.pending_is_lost();
    if reading.lost_styles > 0 {
        let place = Place::sheet(job.file, &entry.name);
        job.partly(
            place,
            Text::new(
                "celle con un formato che il file non definisce",
                "cells with a format that the file does not define",
            ),
        );
    }
    if reading.has_cells_beyond {
        let place = Place::sheet(job.file, &entry.name);
        job.partly(place, Text::new("celle in posti che nessun foglio ha", "cells at places that no sheet has"));
    }
    let Reading { mut builder, notes, hidden_rows, on_load, .. } = reading;
    builder.sheet.comments = notes.into_comments();
    let mut sheet = builder.finish();
    sheet.rows.hide(hidden_rows);
    Ok((sheet, on_load))
}

struct Reading<'a> {
    book: &'a Book,
    builder: Builder,
    notes: Notes,
    hidden_rows: Vec<u32>,
    /// A formula whose text follows in a record of its own.
    pending: Option<(u32, u32, u16)>,
    on_load: bool,
    lost_styles: u32,
    has_cells_beyond: bool,
}

impl Reading<'_> {
    /// Reads up to the end mark; whether there was one.
    fn all(&mut self, records: &mut Records<'_>, job: &mut Job) -> Result<bool, Over> {
        let mut depth = 0u32;
        while let Some(record) = records.next() {
            match record.kind {
                // A chart inside the sheet is a stream of its own.
                0x0809 => depth += 1,
                0x000A if depth == 0 => return Ok(true),
                0x000A => depth -= 1,
                _ if depth > 0 => {}
                _ => self.record(&record, records, job)?,
            }
        }
        Ok(false)
    }

    fn record(&mut self, record: &Record<'_>, records: &mut Records<'_>, job: &mut Job) -> Result<(), Over> {
        match record.kind {
            0x0208 => {
                let hidden = record.u16(12).is_some_and(|flags| flags & 0x20 != 0);
                self.hidden_rows.extend(record.u16(0).filter(|_| hidden).map(u32::from));
            }
            0x007D => self.columns(record),
            0x00E5 => self.merges(record),
            0x0207 => self.formula_text(record, records),
            0x005D => self.notes.object(record),
            0x01B6 => self.notes.text(record, records),
            0x001C => self.notes.note(record),
            0x0203 | 0x027E | 0x00BD | 0x00FD | 0x0204 | 0x00D6 | 0x0205 | 0x0006 | 0x0206 | 0x0406 => {
                job.cell()?;
                if self.cell(record, records, job)?.is_none() {
                    self.damaged(record);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, record: &Record<'_>, records: &mut Records<'_>, job: &mut Job) -> Result<Option<()>, Over> {
        if record.kind == 0x00BD {
            return self.many(record, job);
        }
        let (Some(row), Some(col), Some(style)) = (record.u16(0), record.u16(2), record.u16(4)) else {
            return Ok(None);
        };
        let (row, col) = (u32::from(row), u32::from(col));
        let value = match record.kind {
            0x0203 => record.f64(6).filter(|number| number.is_finite()).map(Value::Number),
            0x027E => record.u32(6).map(|number| Value::Number(rk(number))),
            0x00FD => self.shared(record),
            0x0204 | 0x00D6 => self.label(record, records),
            0x0205 => match (record.data.get(6), record.data.get(7)) {
                (Some(code), Some(1)) => error(*code),
                (Some(value), Some(_)) => Some(Value::Bool(*value != 0)),
                _ => None,
            },
            _ => return Ok(self.formula(record, row, col, style)),
        };
        Ok(value.map(|value| self.put(row, col, style, Formula::None, value)))
    }

    fn put(&mut self, row: u32, col: u32, style: u16, formula: Formula, value: Value) {
        if matches!(&value, Value::Text(text) if text.is_empty()) {
            return;
        }
        if col >= MAX_COLS {
            self.has_cells_beyond = true;
            return;
        }
        let format = self.book.styles.get(usize::from(style)).copied();
        self.lost_styles += u32::from(format.is_none());
        self.builder.cell(row, Cell { col, format: format.unwrap_or(0), formula, value: value.as_ref() });
    }

    fn many(&mut self, record: &Record<'_>, job: &mut Job) -> Result<Option<()>, Over> {
        let (Some(row), Some(first)) = (record.u16(0), record.u16(2)) else { return Ok(None) };
        let count = record.data.len().saturating_sub(6) / 6;
        for at in 0..count {
            job.cell()?;
            if let (Some(style), Some(number)) = (record.u16(4 + at * 6), record.u32(6 + at * 6)) {
                self.put(u32::from(row), u32::from(first) + at as u32, style, Formula::None, Value::Number(rk(number)));
            }
        }
        Ok(Some(()))
    }

    fn shared(&self, record: &Record<'_>) -> Option<Value> {
        let index = record.u32(6)? as usize;
        self.book.strings.get(index).map(|text| Value::Text(text.clone()))
    }

    fn label(&self, record: &Record<'_>, records: &mut Records<'_>) -> Option<Value> {
        let text = if self.book.wide {
            Pieces::new(record.data.get(6..)?, records.continued()).text()?
        } else {
            let length = usize::from(record.u16(6)?);
            narrow(record.data.get(8..)?.get(..length)?, self.book.codepage)
        };
        Some(Value::Text(text.into()))
    }

    fn formula(&mut self, record: &Record<'_>, row: u32, col: u32, style: u16) -> Option<()> {
        self.pending_is_lost();
        self.on_load &= record.u16(14).is_some_and(|flags| flags & 1 != 0);
        let stored = record.data.get(6..14)?;
        let value = match (stored[0], stored[6], stored[7]) {
            (0, 0xFF, 0xFF) => {
                self.pending = Some((row, col, style));
                return Some(());
            }
            (1, 0xFF, 0xFF) => Value::Bool(stored[2] != 0),
            (2, 0xFF, 0xFF) => error(stored[2])?,
            (3, 0xFF, 0xFF) => return Some(()),
            (_, 0xFF, 0xFF) => return None,
            _ => record.f64(6).filter(|number| number.is_finite()).map(Value::Number)?,
        };
        self.put(row, col, style, Formula::Stored, value);
        Some(())
    }

    fn formula_text(&mut self, record: &Record<'_>, records: &mut Records<'_>) {
        let Some((row, col, style)) = self.pending.take() else { return };
        let text = if self.book.wide {
            Pieces::new(record.data, records.continued()).text()
        } else {
            let length = record.u16(0).map_or(0, usize::from);
            record.data.get(2..).and_then(|data| data.get(..length)).map(|data| narrow(data, self.book.codepage))
        };
        match text {
            Some(text) => self.put(row, col, style, Formula::Stored, Value::Text(text.into())),
            None => self.builder.sheet.damaged.push(((row, col), "".into())),
        }
    }

    /// A formula that announced a text which never came carries no result.
    fn pending_is_lost(&mut self) {
        if let Some((row, col, style)) = self.pending.take() {
            self.put(row, col, style, Formula::Unstored, Value::Blank);
        }
    }

    fn damaged(&mut self, record: &Record<'_>) {
        let (row, col) = (record.u16(0).unwrap_or(0), record.u16(2).unwrap_or(0));
        self.builder.sheet.damaged.push(((u32::from(row), u32::from(col)), "".into()));
    }

    fn columns(&mut self, record: &Record<'_>) {
        let (Some(first), Some(last), Some(width), Some(flags)) =
            (record.u16(0), record.u16(2), record.u16(4), record.u16(8))
        else {
            return;
        };
        if (flags & 1 != 0 || width == 0) && first <= last {
            self.builder.sheet.hidden_cols.push((u32::from(first), u32::from(last)));
        }
    }

    fn merges(&mut self, record: &Record<'_>) {
        for at in 0..usize::from(record.u16(0).unwrap_or(0)) {
            let number = |offset: usize| record.u16(2 + at * 8 + offset).map(u32::from);
            let (Some(top), Some(bottom), Some(left), Some(right)) = (number(0), number(2), number(4), number(6))
            else {
                return;
            };
            if top <= bottom && left <= right && (top, left) != (bottom, right) {
                let area = Area { first: CellRef::new(top, left), last: CellRef::new(bottom, right) };
                self.builder.sheet.merges.push(area);
            }
        }
    }
}

/// A number packed into four bytes.
pub(in crate::intake) fn rk(packed: u32) -> f64 {
    let number =
        if packed & 2 != 0 { f64::from(packed as i32 >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

/// An error value by its code.
pub(in crate::intake) fn error(code: u8) -> Option<Value> {
    let text = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => return None,
    };
    Some(Value::Error(text.into()))
}
