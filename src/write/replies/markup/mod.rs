//! A copy of an office's file with the wrong cells coloured and noted: a new workbook, made from what was read.
//!
//! Values stand as they were, with their number formats; formulas are values; merges and what was hidden are kept. The
//! first sheet explains the colours and lists every finding; it is left out when the copy is read again. Rows and sheets
//! of another office are not in it.

mod legend;
mod sheet;
mod width;

use std::collections::HashSet;
use std::sync::Arc;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::desk::{Desk, Office};
use super::dossier::Item;
use super::phrases::say;
use crate::finding::Lang;
use crate::intake::own;
use crate::outcome::{KeptFile, Outcome};
use crate::sheet::Sheet;
use crate::write::WriteError;

/// More cells than this take too much memory for a copy.
const MOST_CELLS: usize = 400_000;
/// More notes than this take too much memory: 50,000 would take 588 MiB. Cells beyond it are coloured all the same.
const MOST_NOTES: usize = 2_000;

/// What a copy is made from.
pub struct Copied<'a> {
    /// The run.
    pub outcome: &'a Outcome,
    /// Who keeps what.
    pub desk: &'a Desk,
    /// For whom.
    pub office: Office,
    /// The file.
    pub kept: &'a KeptFile,
    /// What was found in it for that office.
    pub items: Vec<Item<'a>>,
}

/// Why there is no copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncopied {
    /// The file could not be read, or none of its sheets is the office's.
    Nothing,
    /// A password protects it.
    Protected,
    /// So many cells.
    TooLarge(usize),
}

impl<'a> Copied<'a> {
    /// Why there will be no copy.
    pub fn refused(&self) -> Option<Uncopied> {
        let cells: usize = self.sheets().map(Sheet::count).sum();
        match cells {
            0 => Some(Uncopied::Nothing),
            _ if self.kept.protected => Some(Uncopied::Protected),
            cells if cells > MOST_CELLS => Some(Uncopied::TooLarge(cells)),
            _ => None,
        }
    }

    /// Sheets that are the office's, in the order of the file.
    fn sheets(&self) -> impl Iterator<Item = &'a Sheet> {
        let (kept, desk, office) = (self.kept, self.desk, self.office);
        kept.sheets.iter().filter(move |sheet| desk.keeper(&kept.file, Some(&sheet.name)) == office)
    }

    /// Whether a row names another office.
    fn is_foreign(&self, sheet: &Arc<str>, row: u32) -> bool {
        let office = self.desk.of_row(&self.kept.file, sheet, row);
        office.is_some() && office != self.office
    }
}

/// What was left out or changed, for the explanation.
#[derive(Debug, Default)]
struct Remarks {
    formulas: usize,
    foreign_rows: usize,
    foreign_sheets: usize,
    merges: usize,
    unnoted: usize,
    counts_from_1904: bool,
    renamed: Vec<(String, String)>,
}

/// The bytes of the copy.
///
/// # Errors
///
/// When it breaks a limit of the format.
pub fn render(copied: &Copied<'_>, lang: Lang) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(copied)?);
    let list = say(lang, "Da correggere", "To correct");
    let mut used = HashSet::from([list.to_lowercase()]);
    let named: Vec<(&Sheet, String)> =
        copied.sheets().map(|sheet| (sheet, sheet_name(&sheet.name, &mut used))).collect();
    let mut remarks = Remarks {
        renamed: named
            .iter()
            .filter(|(sheet, name)| *sheet.name != **name)
            .map(|(sheet, name)| (sheet.name.to_string(), name.clone()))
            .collect(),
        foreign_sheets: copied.kept.sheets.len() - named.len(),
        ..Remarks::default()
    };
    workbook.add_worksheet().set_name(list)?;
    let mut notes = MOST_NOTES;
    for (sheet, name) in &named {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(name)?;
        sheet::draw(copied, sheet, worksheet, &mut remarks, &mut notes, lang)?;
    }
    let place = |name: &str| named.iter().find(|(sheet, _)| *sheet.name == *name).map(|(_, name)| name.clone());
    legend::draw(copied, workbook.worksheet_from_index(0)?, &remarks, &place, lang)?;
    Ok(workbook.save_to_buffer()?)
}

/// The marks by which the copy is told from a consolidated workbook, and from one that somebody has saved since.
fn properties(copied: &Copied<'_>) -> Result<DocProperties, XlsxError> {
    let figures = &copied.outcome.consolidation;
    let year = u16::try_from(figures.year).unwrap_or_default().clamp(1900, 9999);
    Ok(DocProperties::new()
        .set_title(copied.kept.file.rsplit('/').next().unwrap_or_default())
        .set_company(figures.body.as_deref().unwrap_or_default())
        .set_author(own::AUTHOR)
        .set_category(own::COPY)
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, 12, 31)?))
}

/// A sheet's name as Excel takes it, unlike any other.
fn sheet_name(name: &str, used: &mut HashSet<String>) -> String {
    let safe: String = name
        .chars()
        .map(|letter| if letter.is_control() || r"[]:*?/\".contains(letter) { '-' } else { letter })
        .collect();
    let safe = safe.trim().trim_matches('\'');
    let safe = if safe.is_empty() || safe.eq_ignore_ascii_case("history") { "Foglio" } else { safe };
    let cut = |most: usize| {
        let mut units = 0;
        let fits = |letter: &char| {
            units += letter.len_utf16();
            units <= most
        };
        safe.chars().take_while(fits).collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
    };
    let mut given = cut(31);
    let mut count = 1;
    while !used.insert(given.to_lowercase()) {
        count += 1;
        given = format!("{} ({count})", cut(25));
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_what_excel_takes() {
        let mut used = HashSet::new();
        assert_eq!(sheet_name("Dati/2019: [a]", &mut used), "Dati-2019- -a-");
        assert_eq!(sheet_name("dati-2019- -A-", &mut used), "dati-2019- -A- (2)");
        let long = sheet_name(&"è".repeat(40), &mut used);
        assert_eq!(long.chars().count(), 31);
        assert_eq!(sheet_name(&"è".repeat(40), &mut used), format!("{} (2)", "è".repeat(25)));
        assert_eq!(sheet_name("'", &mut used), "Foglio");
    }
}
