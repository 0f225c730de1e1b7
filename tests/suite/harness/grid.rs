//! A workbook as the writers need it: cells at absolute 0-based places with value and number format, merges, what is
//! hidden. It knows no file format; what a format cannot hold is written as a person's program would save it.

use std::collections::{BTreeMap, BTreeSet};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number as stored.
    Number(f64),
    /// A day as a serial of the 1900 system; the writers shift it in a 1904 book. Format `General` hides that it is one.
    Date(f64),
    /// A logical value.
    Bool(bool),
    /// An error by its English name: `#REF!`, `#SPILL!`.
    Error(String),
    /// A formula without its `=`, and the result that the file stores.
    Formula { text: String, stored: Option<Box<Value>> },
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub value: Value,
    /// Number format code; `None` is `General`, and `dd/mm/yyyy` for a date.
    pub format: Option<String>,
}

impl Cell {
    /// A cell without a format of its own.
    pub fn new(value: Value) -> Self {
        Self { value, format: None }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Value::Text(text.into()))
    }

    /// A number.
    pub fn number(number: f64) -> Self {
        Self::new(Value::Number(number))
    }

    /// A day by its 1900 serial.
    pub fn date(serial: f64) -> Self {
        Self::new(Value::Date(serial))
    }

    /// The same cell with a number format.
    #[must_use]
    pub fn formatted(mut self, code: &str) -> Self {
        self.format = Some(code.to_owned());
        self
    }

    /// The format code that applies.
    pub fn code(&self) -> &str {
        match (&self.format, self.stored()) {
            (Some(code), _) => code,
            (None, Some(Value::Date(_))) => "dd/mm/yyyy",
            _ => "General",
        }
    }

    /// The value itself, or the stored result of a formula.
    pub fn stored(&self) -> Option<&Value> {
        match &self.value {
            Value::Formula { stored, .. } => stored.as_deref(),
            other => Some(other),
        }
    }
}

/// Whether a sheet can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// As usual.
    #[default]
    Visible,
    /// Hidden by hand.
    Hidden,
    /// Hidden so that only a macro can show it.
    VeryHidden,
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Cells by (row, column), 0-based.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Merged areas: first row, first column, last row, last column.
    pub merges: Vec<(u32, u32, u32, u32)>,
    /// Rows hidden.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns hidden.
    pub hidden_cols: BTreeSet<u32>,
    /// Whether the sheet can be seen.
    pub visibility: Visibility,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Puts a cell.
    pub fn put(&mut self, row: u32, col: u32, cell: Cell) {
        self.cells.insert((row, col), cell);
    }

    /// Puts a text.
    pub fn label(&mut self, row: u32, col: u32, text: &str) {
        self.put(row, col, Cell::text(text));
    }

    /// The number of rows up to the last that holds something.
    pub fn height(&self) -> u32 {
        self.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0)
    }

    /// The number of columns up to the last that holds something.
    pub fn width(&self) -> u32 {
        self.cells.keys().map(|(_, col)| col + 1).max().unwrap_or(0)
    }

    /// The merge whose first cell stands at a place.
    pub fn merge_from(&self, row: u32, col: u32) -> Option<(u32, u32, u32, u32)> {
        self.merges.iter().copied().find(|area| area.0 == row && area.1 == col)
    }

    /// Whether a place lies inside a merge without being its first cell.
    pub fn covered(&self, row: u32, col: u32) -> bool {
        self.merges.iter().any(|(top, left, bottom, right)| {
            (*top..=*bottom).contains(&row) && (*left..=*right).contains(&col) && (row, col) != (*top, *left)
        })
    }
}

/// How a text file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// Windows-1252.
    Windows1252,
    /// UTF-16, little endian, with a byte order mark.
    Utf16,
}

/// A workbook, and the choices of the program that saves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// Sheets in order.
    pub sheets: Vec<Sheet>,
    /// Serials count from 1904-01-01.
    pub date_1904: bool,
    /// Texts in a shared table rather than in the cells (`.xlsx`, `.xlsb`).
    pub shared_strings: bool,
    /// The program named in the properties (`.xlsx`), none written when empty.
    pub application: String,
    /// Asks to be computed when opened, as libraries do that store zeros for formulas (`.xlsx`).
    pub compute_on_load: bool,
    /// Field separator of a text file.
    pub delimiter: char,
    /// Encoding of a text file.
    pub encoding: Encoding,
    /// Decimal comma in a text file, else decimal point.
    pub decimal_comma: bool,
}

impl Book {
    /// A book as an Italian spreadsheet program saves it.
    pub fn new(sheets: Vec<Sheet>) -> Self {
        Self {
            sheets,
            date_1904: false,
            shared_strings: true,
            application: "Microsoft Excel".to_owned(),
            compute_on_load: false,
            delimiter: ';',
            encoding: Encoding::Utf8Bom,
            decimal_comma: true,
        }
    }

    /// The serial that is stored for a day in this book.
    pub fn serial(&self, serial: f64) -> f64 {
        if self.date_1904 { serial - 1462.0 } else { serial }
    }
}

/// The letters of a 0-based column.
pub fn letters(col: u32) -> String {
    let (mut rest, mut text) = (col + 1, String::new());
    while rest > 0 {
        text.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    text
}

/// The A1 name of a 0-based place.
pub fn a1(row: u32, col: u32) -> String {
    format!("{}{}", letters(col), row + 1)
}

/// The place that an A1 name means.
pub fn place(name: &str) -> Option<(u32, u32)> {
    let split = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(split);
    let col = letters
        .bytes()
        .try_fold(0u32, |col, byte| byte.is_ascii_uppercase().then(|| col * 26 + u32::from(byte - b'A') + 1))?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, col.checked_sub(1)?))
}
