//! Why our values differ from those of calamine, the reference: each rule says what differs and why ours is right.
//!
//! A rule looks at what differs, never at the name of a file.

use std::fmt;

use allegati::intake::FileFormat;
use allegati::place::CellRef;
use allegati::sheet::{Cell, Sheet, Value};
use calamine::Data;

/// A difference of one file.
#[derive(Debug)]
pub struct Difference<'a> {
    /// What the file is.
    pub format: FileFormat,
    /// The codes that we found in it.
    pub codes: &'a [&'a str],
    /// Whether its bytes are encrypted, as the container says.
    pub protected: bool,
    /// What differs.
    pub what: What<'a>,
}

/// What differs.
#[derive(Debug)]
pub enum What<'a> {
    /// We have sheets of a file that the reference does not open.
    Book { why: &'a str },
    /// We have the cells of a sheet that the reference refuses.
    Sheet { sheet: &'a Sheet, why: &'a str },
    /// Only the reference has a sheet.
    Theirs { name: &'a str },
    /// Only we have a sheet.
    Ours { sheet: &'a Sheet },
    /// A cell.
    Cell { sheet: &'a Sheet, at: CellRef, ours: Option<&'a Cell>, theirs: Option<&'a Data> },
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} ", self.format.id(), self.codes)?;
        match &self.what {
            What::Book { why } => write!(f, "only we open it: {why}"),
            What::Sheet { sheet, why } => write!(f, "{}: only we read it: {why}", sheet.name),
            What::Theirs { name } => write!(f, "{name}: only the reference has it"),
            What::Ours { sheet } => write!(f, "{}: only we have it", sheet.name),
            What::Cell { sheet, at, ours, theirs } => {
                write!(f, "{}!{at}: ours {ours:?}, theirs {theirs:?}", sheet.name)
            }
        }
    }
}

/// A reason for differences.
#[derive(Debug)]
pub struct Rule {
    /// What differs, and why ours is right.
    pub name: &'static str,
    /// Whether it explains a difference.
    pub explains: fn(&Difference) -> bool,
}

/// Rules that the committed files need, each of them.
pub const REFERENCE: &[Rule] = &[
    Rule {
        name: "calamine opens no protected file, and takes some for damaged; we try the password that Excel itself uses",
        explains: |difference| difference.protected && matches!(difference.what, What::Book { .. }),
    },
    Rule {
        name: "calamine leaves a date or time of the ISO form a text; it is a serial, the same in every format",
        explains: |difference| {
            let What::Cell { sheet, ours: Some(ours), theirs: Some(theirs), .. } = &difference.what else {
                return false;
            };
            let (Data::DateTimeIso(text) | Data::DurationIso(text)) = theirs else { return false };
            let shift = if sheet.date_1904 && text.contains('-') { 1462.0 } else { 0.0 };
            matches!((&ours.value, serial(text)), (Value::Number(number), Some(same)) if (number + shift - same).abs() < 1e-6)
        },
    },
    Rule {
        name: "a value that its declared type cannot hold is a text for calamine; we keep no value and name the cell",
        explains: |difference| {
            let What::Cell { sheet, at, ours: None, .. } = &difference.what else { return false };
            sheet.damaged.iter().any(|(place, _)| *place == (at.row, at.col))
        },
    },
];

/// Rules that only public files need.
pub const PUBLIC: &[Rule] = &[
    Rule {
        name: "calamine refuses a whole sheet for an error value it does not know; we keep the error as written",
        explains: |difference| {
            let What::Sheet { sheet, why } = difference.what else { return false };
            why.contains("error")
                && has(sheet, |cell| matches!(&cell.value, Value::Error(text) if why.contains(&**text)))
        },
    },
    Rule {
        name: "calamine gives the text below a merge in OpenDocument; nobody sees it, and the merge shows its first cell",
        explains: |difference| {
            let What::Cell { sheet, at, ours: None, .. } = &difference.what else { return false };
            difference.format == FileFormat::Ods && sheet.merge_at(at.row, at.col).is_some()
        },
    },
    Rule {
        name: "calamine leaves the zero bytes in a two-byte text of a binary workbook; we decode it",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: Some(Data::String(text)), .. } = &difference.what else {
                return false;
            };
            difference.format == FileFormat::Xls
                && matches!(&ours.value, Value::Text(own) if text.contains('\0') && text.replace('\0', "") == **own)
        },
    },
];

/// The 1900 serial of `YYYY-MM-DD`, perhaps with `THH:MM:SS`, or of `HH:MM:SS` or `PTnHnMnS` alone.
fn serial(text: &str) -> Option<f64> {
    let seconds = |text: &str| {
        let mut parts = text.splitn(3, [':', 'H', 'M']).map(|part| part.parse::<f64>().ok());
        Some(parts.next()?? * 3600.0 + parts.next()?? * 60.0 + parts.next()??)
    };
    if !text.contains('-') {
        let time = text.trim_start_matches("PT").trim_end_matches('S');
        return Some(seconds(time)? / 86_400.0);
    }
    let (date, time) = text.split_once('T').unwrap_or((text, "0:0:0"));
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Years that begin in March, so that a leap day is the last.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
    // 693 900 is the same count for 1899-12-30.
    Some((days - 693_900) as f64 + seconds(time)? / 86_400.0)
}

fn has(sheet: &Sheet, which: impl Fn(&Cell) -> bool) -> bool {
    sheet.rows.iter().flat_map(|row| &row.cells).any(which)
}
