//! Where something stands: file › sheet › cell. The only module that knows "B7".
//!
//! Rows and columns are 0-based and absolute everywhere else; here they become what Excel shows.

use std::fmt;
use std::sync::Arc;

/// The number of rows of a worksheet.
pub const MAX_ROWS: u32 = 1_048_576;
/// The number of columns of a worksheet.
pub const MAX_COLS: u32 = 16_384;

/// One cell of a sheet, 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub col: u32,
}

impl CellRef {
    /// The cell at a 0-based row and column.
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }

    /// Reads `B7` or `$B$7`; `None` when it is no cell of a worksheet.
    ///
    /// ```
    /// use allegati::place::CellRef;
    /// assert_eq!(CellRef::parse("B7"), Some(CellRef::new(6, 1)));
    /// assert_eq!(CellRef::parse("XFD1048576"), Some(CellRef::new(1_048_575, 16_383)));
    /// assert_eq!(CellRef::parse("XFE1"), None);
    /// assert_eq!(CellRef::parse("A0"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (mut col, mut row, mut digits) = (0u32, 0u32, false);
        for byte in text.bytes().filter(|byte| *byte != b'$') {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' if !digits => {
                    col = col * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                    if col > MAX_COLS {
                        return None;
                    }
                }
                b'0'..=b'9' if col > 0 => {
                    digits = true;
                    row = row * 10 + u32::from(byte - b'0');
                    if row > MAX_ROWS {
                        return None;
                    }
                }
                _ => return None,
            }
        }
        (col > 0 && row > 0).then(|| Self::new(row - 1, col - 1))
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), self.row + 1)
    }
}

/// The letters of a 0-based column.
///
/// ```
/// assert_eq!(allegati::place::column_letters(0), "A");
/// assert_eq!(allegati::place::column_letters(27), "AB");
/// ```
pub fn column_letters(col: u32) -> String {
    let (mut rest, mut letters) = (col + 1, Vec::new());
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|byte| char::from(*byte)).collect()
}

/// A rectangle of cells, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Upper left cell.
    pub first: CellRef,
    /// Lower right cell.
    pub last: CellRef,
}

impl Area {
    /// Reads `A1:F1` or a single cell.
    ///
    /// ```
    /// use allegati::place::Area;
    /// assert_eq!(Area::parse("A1:F2").map(|area| area.to_string()), Some("A1:F2".to_owned()));
    /// assert!(Area::parse("B2:A1").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (first, last) = (CellRef::parse(first)?, CellRef::parse(last)?);
        (first.row <= last.row && first.col <= last.col).then_some(Self { first, last })
    }

    /// Whether the area holds the cell.
    pub fn contains(&self, row: u32, col: u32) -> bool {
        (self.first.row..=self.last.row).contains(&row) && (self.first.col..=self.last.col).contains(&col)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { self.first.fmt(f) } else { write!(f, "{}:{}", self.first, self.last) }
    }
}

/// A file, a sheet in it, or a cell in that.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the folder, with `/` between its parts.
    pub file: Arc<str>,
    /// The sheet's name, when the place is inside one.
    pub sheet: Option<Arc<str>>,
    /// The cell, when the place is a cell.
    pub cell: Option<CellRef>,
}

impl Place {
    /// A whole file.
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: file.clone(), sheet: None, cell: None }
    }

    /// A whole sheet.
    pub fn sheet(file: &Arc<str>, sheet: &Arc<str>) -> Self {
        Self { file: file.clone(), sheet: Some(sheet.clone()), cell: None }
    }

    /// One cell.
    pub fn cell(file: &Arc<str>, sheet: &Arc<str>, row: u32, col: u32) -> Self {
        Self { file: file.clone(), sheet: Some(sheet.clone()), cell: Some(CellRef::new(row, col)) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, " › {sheet}")?;
        }
        if let Some(cell) = &self.cell {
            write!(f, " › {cell}")?;
        }
        Ok(())
    }
}
