//! Records, scores and findings become neutral tables, then files: one file per table, one folder per format.
//!
//! Needs an [`Outcome`]; gives the bytes of the JSON record and of the workbook, and puts bytes in their place on disk.
//! [`book`] lays the tables out without knowing any format; [`xlsx`] renders them.

pub mod book;
mod decimal;
mod expected;
#[cfg(test)]
pub(crate) mod fixture;
pub mod forms;
mod json;
pub mod notice;
mod offices;
pub mod replies;
pub mod report;
pub mod save;
pub mod summary;
#[cfg(test)]
mod tests;
mod way;
pub mod xlsx;

pub use json::json;
pub use report::report;
pub use xlsx::WriteError;

use crate::finding::Lang;
use crate::outcome::Outcome;

/// The consolidated workbook, as the bytes of an `.xlsx` file; the same outcome gives the same bytes.
///
/// `source_prefix` leads from the folder of the workbook to the folder of the sources: `../` when the workbook lies in
/// `consolidato/`. Links to sources are relative, so that the folder can be moved or handed on.
///
/// # Errors
///
/// When a table breaks a limit of the format that the renderer does not know how to keep.
pub fn workbook(outcome: &Outcome, lang: Lang, source_prefix: &str) -> Result<Vec<u8>, WriteError> {
    let book = book::of(outcome, lang, source_prefix);
    let workbook = xlsx::render(&book);
    // Nobody waits for the memory of large tables to be given back.
    rayon::spawn(move || drop(book));
    workbook
}
