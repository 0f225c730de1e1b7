//! The records of a text as the rows of a sheet; those of a long one are read in rounds.

use std::sync::Arc;

use super::DOUBTFUL_TEXT;
use super::records::Records;
use super::rounds::{self, OfText, PIECE};
use crate::finding::{Finding, Text, Word};
use crate::intake::budget::{Job, Over};
use crate::intake::build::{Builder, Formats};
use crate::place::{MAX_COLS, MAX_ROWS, Place};
use crate::sheet::Sheet;

/// After so many records it is seen how long they are, and how long it takes.
const LOOKED_AT: u32 = 1 << 12;

/// What separates the fields of a record, and how many most have.
pub(super) type Fields = (char, usize);

/// The records as one sheet, named as the file.
pub(super) fn sheet(body: &str, cut: Fields, job: &mut Job) -> Result<Sheet, Over> {
    let mark = job.mark();
    let is_long = body.len() > 2 * PIECE && rayon::current_num_threads() > 1;
    let in_rounds = match is_long {
        true => rounds::read(&mut OfText(body), cut, body.len(), &name(job.file), job)?,
        false => None,
    };
    let builder = match in_rounds {
        Some(builder) => builder,
        None => {
            job.back_to(&mark);
            whole(body, cut, job)?
        }
    };
    Ok(finished(builder))
}

/// The sheet of all records.
pub(super) fn finished(builder: Builder) -> Sheet {
    let mut sheet = builder.finish();
    sheet.formats = Formats::new().into_list();
    sheet
}

/// Reads all records one after the other, and tells what is wrong with them.
pub(super) fn whole(body: &str, (delimiter, width): Fields, job: &mut Job) -> Result<Builder, Over> {
    let mut builder = Builder::new(name(job.file));
    let mut records = Records::new(body, delimiter, width, 0);
    let (mut row, mut beyond) = (0u32, false);
    loop {
        let mut cells = 0;
        let take = |col: usize, field: &str| {
            if field.is_empty() {
            } else if col < MAX_COLS as usize && row < MAX_ROWS {
                cells += 1;
                builder.text(row, col as u32, field);
            } else {
                beyond = true;
            }
        };
        if records.next(take).is_none() {
            break;
        }
        job.cells(cells)?;
        row = row.saturating_add(1);
        if row % LOOKED_AT == 0 {
            job.clock()?;
        }
        if row == LOOKED_AT {
            // Those below will be as long.
            builder.expect((body.len() / records.read()) as u64, job);
        }
    }
    records.forgive_another_table();
    for (oddity, more) in records.untold() {
        let Text { it, en } = oddity.said();
        let what = Word::Both(format!("{it}, in altre {more} celle"), format!("{en}, in {more} more cells"));
        let place = Place::sheet(job.file, &builder.sheet.name);
        job.findings.push(Finding::new(&DOUBTFUL_TEXT, place).with("what", what));
    }
    for (oddity, (row, col)) in records.odd {
        let place = Place::cell(job.file, &builder.sheet.name, row, u32::try_from(col).unwrap_or(u32::MAX));
        job.findings.push(Finding::new(&DOUBTFUL_TEXT, place).with("what", oddity.said()));
    }
    if beyond {
        let what = Word::Text(Text::new(
            "righe o colonne oltre quelle di un foglio",
            "rows or columns beyond those of a sheet",
        ));
        job.partly(Place::file(job.file), what);
    }
    Ok(builder)
}

/// The file's name without folder and extension.
pub(super) fn name(file: &str) -> Arc<str> {
    let own = file.rsplit('/').next().unwrap_or(file);
    own.rsplit_once('.').map_or(own, |(stem, _)| stem).into()
}
