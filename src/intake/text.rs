//! Text with separators: its encoding, its delimiter, its quotes. All values are texts; what they mean is decided later.
//!
//! Rows are counted as Excel counts them when it opens the file: each record is a row, a record whose quoted text runs
//! over several lines is one, a blank line is one, and a first line `sep=;` is none.

mod delimiter;
mod encoding;
mod records;

use std::sync::Arc;

use super::budget::{Job, Over};
use super::build::{Builder, Formats};
use super::list::looks_like_sheet;
use super::sniff::{self, Content};
use crate::finding::{Code, Finding, Severity, Text, Word};
use crate::place::{MAX_COLS, MAX_ROWS, Place};
use crate::sheet::Sheet;
pub(super) use encoding::wide;
use records::Records;

pub(super) static DOUBTFUL_TEXT: Code = Code {
    id: "F009",
    slug: "doubtful-text",
    severity: Severity::Warning,
    message: Text::new(
        "Il file di testo si legge solo per ipotesi: {what}.",
        "The text file can be read only by assumption: {what}.",
    ),
    help: Text::new(
        "Controllate accenti e colonne nel risultato; meglio ancora, chiedete lo stesso foglio in formato Excel (.xlsx).",
        "Check accents and columns in the result; better still, ask for the same sheet as an Excel file (.xlsx).",
    ),
};

pub(super) static NOT_A_TABLE: Code = Code {
    id: "F013",
    slug: "not-a-table",
    severity: Severity::Info,
    message: Text::new(
        "Il file contiene testo e nessuna tabella: non è stato usato.",
        "The file holds text and no table: it was not used.",
    ),
    help: Text::new(
        "Se doveva contenere dati, chiedete all'ufficio di trasmetterli in un foglio Excel.",
        "If it was meant to hold data, ask the office to send them in an Excel sheet.",
    ),
};

/// Reads the text as one sheet, named as the file.
pub(super) fn read(bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let (text, doubts) = encoding::decode(bytes);
    if text.trim().is_empty() {
        sniff::refuse(&Content::Empty, job);
        return Ok(Vec::new());
    }
    let (declared, body) = delimiter::declared(&text);
    let choice = declared.map_or_else(|| delimiter::choose(body), delimiter::Choice::certain);
    if !looks_like_sheet(job.file) && !choice.is_table {
        job.findings.push(Finding::new(&NOT_A_TABLE, job.place()));
        return Ok(Vec::new());
    }
    for what in doubts.into_iter().chain(choice.doubt) {
        job.findings.push(Finding::new(&DOUBTFUL_TEXT, job.place()).with("what", what));
    }
    sheet(body, choice.delimiter, job).map(|sheet| vec![sheet])
}

fn sheet(body: &str, delimiter: char, job: &mut Job) -> Result<Sheet, Over> {
    let mut builder = Builder::new(name(job.file));
    let mut records = Records::new(body, delimiter);
    let mut fields = Vec::new();
    let (mut row, mut beyond) = (0u32, false);
    while records.next(&mut fields) {
        for (col, field) in fields.iter().enumerate().filter(|(_, field)| !field.is_empty()) {
            match u32::try_from(col) {
                Ok(col) if col < MAX_COLS && row < MAX_ROWS => {
                    job.cell()?;
                    builder.text(row, col, field);
                }
                _ => beyond = true,
            }
        }
        row = row.saturating_add(1);
        if row % 4096 == 0 {
            job.clock()?;
        }
        if row == 4096 {
            builder.expect((body.len() / records.read().max(1)) as u64, job);
        }
    }
    if let Some((line, _)) = records.unclosed {
        let place = Place::cell(job.file, &builder.sheet.name, line, 0);
        let what = Text::new("una virgoletta aperta non si chiude", "an opening quotation mark is never closed");
        job.findings.push(Finding::new(&DOUBTFUL_TEXT, place).with("what", what));
    }
    if beyond {
        let what = Word::Text(Text::new(
            "righe o colonne oltre quelle di un foglio",
            "rows or columns beyond those of a sheet",
        ));
        job.partly(Place::file(job.file), what);
    }
    let mut sheet = builder.finish();
    sheet.formats = Formats::new().into_list();
    Ok(sheet)
}

/// The file's name without folder and extension.
fn name(file: &str) -> Arc<str> {
    let own = file.rsplit('/').next().unwrap_or(file);
    own.rsplit_once('.').map_or(own, |(stem, _)| stem).into()
}
