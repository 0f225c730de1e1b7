//! The blank forms: one workbook per kind, made from its declared columns and its form.
//!
//! Needs a kind and a language; gives the bytes of an `.xlsx` file, the same for the same. The sheet to fill in is
//! Italian, as its reader is; instructions, examples and the messages of the checks are in the language.

mod check;
mod folder;
mod guide;
mod sheet;
mod style;

pub use folder::{guide_file, settings_file};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::WriteError;
use crate::finding::Lang;
use crate::kinds::Kind;

/// What is written into a form before it is handed out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prefill {
    /// The reporting year, beside its label.
    pub year: Option<i16>,
}

/// The blank form of a kind.
///
/// # Errors
/// When the form breaks a limit of the format.
pub fn form(kind: &Kind, lang: Lang, prefill: Prefill) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    // No author: a workbook of ours is taken for an output, and this one comes back with data.
    let created = ExcelDateTime::from_ymd(2020, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(kind.form.title).set_creation_datetime(&created));
    sheet::draw(workbook.add_worksheet(), kind, lang, prefill)?;
    guide::instructions(workbook.add_worksheet(), kind, lang)?;
    guide::examples(workbook.add_worksheet(), kind, lang)?;
    Ok(workbook.save_to_buffer()?)
}
