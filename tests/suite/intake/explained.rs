//! Why our values differ from those of calamine, the reference: each rule says what differs and why ours is right.
//!
//! A rule looks at what differs, never at the name of a file.

use std::fmt;

use allegati::intake::FileFormat;
use allegati::place::CellRef;
use allegati::sheet::{Cell, Formula, Sheet, Value};
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
    Cell { sheet: &'a Sheet, at: CellRef, ours: Option<Cell<'a>>, theirs: Option<&'a Data> },
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
                && matches!(&ours.value, Value::Text(own) if text.contains('\0') && narrowed(text) == narrowed(own))
        },
    },
    Rule {
        name: "calamine does not read a computed error of .xlsb; we keep it",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: None, .. } = &difference.what else { return false };
            difference.format == FileFormat::Xlsb
                && matches!((&ours.value, ours.formula), (Value::Error(_), Formula::Stored))
        },
    },
    Rule {
        name: "calamine gives 0 for a computed error of OpenDocument; we give the error that is shown",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: Some(Data::Float(0.0)), .. } = &difference.what else {
                return false;
            };
            difference.format == FileFormat::Ods && matches!(ours.value, Value::Error(_))
        },
    },
    Rule {
        name: "calamine ends a computed text of .xls where its record does; it goes on in the records after it",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: Some(Data::String(text)), .. } = &difference.what else {
                return false;
            };
            difference.format == FileFormat::Xls
                && matches!(&ours.value, Value::Text(own) if own.len() > 8_000 && own.starts_with(text.as_str()))
        },
    },
    Rule {
        name: "calamine passes over formulas of .xls with the number that an older version gave them; we read them",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: None, .. } = &difference.what else { return false };
            difference.format == FileFormat::Xls
                && matches!((&ours.value, ours.formula), (Value::Number(_), Formula::Stored))
        },
    },
    Rule {
        name: "calamine keeps the two characters of a line end where XML has one",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: Some(Data::String(text)), .. } = &difference.what else {
                return false;
            };
            let same = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            matches!(&ours.value, Value::Text(own) if text.contains('\r') && same(own) == same(text))
        },
    },
    Rule {
        name: "calamine drops the text that a cell declared as an inline one keeps in its value; it is what the cell shows",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: None, .. } = &difference.what else { return false };
            difference.format == FileFormat::Xlsx
                && matches!((&ours.value, ours.formula), (Value::Text(_), Formula::Stored))
        },
    },
    Rule {
        name: "calamine takes the first of two parts with one name, or none; we take the last and say so",
        explains: |difference| {
            difference.codes.contains(&"F011") && matches!(difference.what, What::Cell { .. } | What::Ours { .. })
        },
    },
    Rule {
        name: "calamine does not open a damaged file; we read what can be read and name the damage",
        explains: |difference| matches!(difference.what, What::Book { .. }) && difference.codes.contains(&"F005"),
    },
    Rule {
        name: "calamine does not open a workbook for one sheet without cells, which we name, or a word of a sheet that it does not know",
        explains: |difference| {
            let What::Book { why } = difference.what else { return false };
            ["Unrecognized sheet:", "Unrecognized BoundSheet8:"].iter().any(|start| why.starts_with(start))
        },
    },
    Rule {
        name: "calamine opens no workbook of a code page that it does not know; the texts of all but the oldest need none",
        explains: |difference| matches!(difference.what, What::Book { why } if why.contains("Codepage")),
    },
    Rule {
        name: "calamine opens no protected workbook; we try the password that Excel itself uses",
        explains: |difference| matches!(difference.what, What::Book { why } if why.contains("password protected")),
    },
    Rule {
        name: "calamine opens no compound file with a chain that leads nowhere, of which the workbook has no need",
        explains: |difference| {
            difference.format == FileFormat::Xls
                && matches!(difference.what, What::Book { why } if why.contains("past end of file"))
        },
    },
    Rule {
        name: "calamine refuses a sheet for its declared extent, which we never believe, or for shared texts without relationship",
        explains: |difference| {
            let What::Sheet { why, .. } = difference.what else { return false };
            why.contains("Range is missing") || why.contains("shared strings table")
        },
    },
    Rule {
        name: "calamine reads what passes our limits; we refuse the file and name the limit",
        explains: |difference| matches!(difference.what, What::Theirs { .. }) && difference.codes.contains(&"F006"),
    },
    Rule {
        name: "calamine drops the blanks at the ends of every run; we keep those between runs",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: Some(Data::String(text)), .. } = &difference.what else {
                return false;
            };
            let joined = |text: &str| text.split_whitespace().collect::<String>();
            difference.format == FileFormat::Xlsx
                && matches!(&ours.value, Value::Text(own) if joined(own) == joined(text))
        },
    },
    Rule {
        name: "calamine panics; we read the file",
        explains: |difference| matches!(difference.what, What::Book { why: "panic" }),
    },
    Rule {
        name: "calamine does not read the cells of .xlsb with a text of several fonts; we do",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: None, .. } = &difference.what else { return false };
            difference.format == FileFormat::Xlsb && matches!(ours.value, Value::Text(_))
        },
    },
    Rule {
        name: "calamine opens no OpenDocument with line ends between its elements or without its kind beside them; we do",
        explains: |difference| {
            difference.format == FileFormat::Ods
                && matches!(difference.what, What::Book { why } if why.contains("Expecting") || why.contains("mimetype"))
        },
    },
    Rule {
        name: "calamine keeps runs of blanks that OpenDocument counts as one",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: Some(Data::String(text)), .. } = &difference.what else {
                return false;
            };
            difference.format == FileFormat::Ods
                && matches!(&ours.value, Value::Text(own) if own.split_whitespace().eq(text.split_whitespace()))
        },
    },
    Rule {
        name: "calamine does not read parts in UTF-16; we do",
        explains: |difference| {
            difference.format == FileFormat::Xlsx
                && matches!(difference.what, What::Book { why } if why.starts_with("Unexpected end of xml"))
        },
    },
    Rule {
        name: "calamine reads on where a sheet of .xls does not begin as it should; we name the damage and read nothing",
        explains: |difference| {
            difference.format == FileFormat::Xls
                && difference.codes.contains(&"F005")
                && matches!(difference.what, What::Cell { ours: None, .. } | What::Theirs { .. })
        },
    },
    Rule {
        name: "calamine takes the workbook of an embedded object for that of the file; we read the file's own",
        explains: |difference| difference.format == FileFormat::Xls && matches!(difference.what, What::Ours { .. }),
    },
    Rule {
        name: "calamine takes the flags of a piece of a text for characters; we do not",
        explains: |difference| {
            let What::Cell { ours: Some(ours), theirs: Some(Data::String(text)), .. } = &difference.what else {
                return false;
            };
            difference.format == FileFormat::Xls
                && matches!(&ours.value, Value::Text(own) if text.contains('\u{1}') && !own.contains('\u{1}') && own.len() < text.len() + 8)
        },
    },
];

/// The 1900 serial of `YYYY-MM-DD`, perhaps with `THH:MM:SS`, or of `HH:MM:SS` or `PTnHnMnS` alone.
fn serial(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('Z');
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
    let days = (days - 693_900) as f64 + seconds(time)? / 86_400.0;
    // Before 1 March 1900 Excel counts a 29 February that never was.
    Some(if days < 61.0 { days - 1.0 } else { days })
}

/// The ASCII letters of a text: what two decodings of the same bytes agree on.
fn narrowed(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn has(sheet: &Sheet, which: impl Fn(&Cell) -> bool) -> bool {
    sheet.cells().map(|(_, cell)| cell).any(|cell| which(&cell))
}
