//! Text with separators: its encoding, its delimiter, its quotes. All values are texts; what they mean is decided later.
//!
//! Rows are counted as Excel counts them when it opens the file: each record is a row, a record whose quoted text runs
//! over several lines is one, a blank line is one, and a first line `sep=;` is none.

mod delimiter;
mod encoding;
mod records;
mod rounds;
mod rows;

use std::fs::File;

use super::budget::{Job, Over};
use super::list::looks_like_sheet;
use super::sniff::{self, Content};
use crate::finding::{Code, Finding, Severity, Text};
use crate::sheet::Sheet;
pub(super) use encoding::wide;
use rounds::{OfFile, Rounds};

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

/// Reads a long file in UTF-8 as one sheet while it comes from the disk, so that no more of it is in memory than is read at
/// once; gives its hash too. Nothing when there is anything to say of it: it is read whole then.
pub(super) fn read_long(file: File, bytes: usize, job: &mut Job) -> Option<(String, Sheet)> {
    let mut rounds = OfFile::of(file);
    let first = rounds.next().ok()??;
    if sniff::sniff(first.as_bytes()) != Content::Text || wide(first.as_bytes()).is_some() {
        return None;
    }
    let (declared, body) = delimiter::declared(first.strip_prefix('\u{feff}').unwrap_or(&first));
    let choice =
        declared.map_or_else(|| delimiter::choose(body), |declared| delimiter::Choice::certain(body, declared));
    if !choice.is_clear {
        return None;
    }
    rounds.put_back(body.to_owned());
    let fields = (choice.delimiter, choice.width);
    let builder = rounds::read(&mut rounds, fields, bytes, &rows::name(job.file), job).ok()??;
    Some((rounds.sha256(), rows::finished(builder)))
}

/// Reads the text as one sheet, named as the file.
pub(super) fn read(bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let (text, doubts) = encoding::decode(bytes);
    if text.trim().is_empty() {
        sniff::refuse(&Content::Empty, job);
        return Ok(Vec::new());
    }
    let (declared, body) = delimiter::declared(&text);
    let choice =
        declared.map_or_else(|| delimiter::choose(body), |declared| delimiter::Choice::certain(body, declared));
    if !looks_like_sheet(job.file) && !choice.is_table {
        job.findings.push(Finding::new(&NOT_A_TABLE, job.place()));
        return Ok(Vec::new());
    }
    for what in doubts.into_iter().chain(choice.doubt) {
        job.findings.push(Finding::new(&DOUBTFUL_TEXT, job.place()).with("what", what));
    }
    rows::sheet(body, (choice.delimiter, choice.width), job).map(|sheet| vec![sheet])
}
