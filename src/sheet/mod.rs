//! A sheet before anyone knows what it is: absolute cells with stored value, number format, formula state, merges and
//! what is hidden. Readers in `intake` build it; nothing after them sees a file.

pub mod format;

use std::borrow::Cow;
use std::sync::Arc;

use arcstr::ArcStr;

use crate::place::Area;
use format::{Format, FormatKind};

/// What is stored in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: only a formula without a stored result has a cell with this value.
    Blank,
    /// A number as stored; dates are serials of the sheet's date system.
    Number(f64),
    /// A text, as stored.
    Text(ArcStr),
    /// A logical value.
    Bool(bool),
    /// An error, as written in the file: `#REF!`, `#SPILL!`, `Err:502`.
    Error(ArcStr),
}

/// Whether a cell is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Formula {
    /// A typed value.
    #[default]
    None,
    /// Computed, with a stored result.
    Stored,
    /// Computed, and the file carries no result.
    Unstored,
}

/// One non-empty cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// 0-based column.
    pub col: u32,
    /// Index into [`Sheet::formats`].
    pub format: u16,
    /// Whether it is computed.
    pub formula: Formula,
    /// What is stored.
    pub value: Value,
}

/// One row that holds at least one non-empty cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// 0-based row.
    pub index: u32,
    /// Hidden by hand or by a filter.
    pub hidden: bool,
    /// Non-empty cells by column, each column once.
    pub cells: Vec<Cell>,
}

/// Whether a sheet can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// As usual.
    #[default]
    Visible,
    /// Hidden; a person can show it again.
    Hidden,
    /// Hidden so that only a macro can show it.
    VeryHidden,
}

/// One sheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name; for text files the file's name without extension.
    pub name: Arc<str>,
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// Rows with at least one non-empty cell, by index.
    pub rows: Vec<Row>,
    /// Merged areas of more than one cell.
    pub merges: Vec<Area>,
    /// Hidden columns, 0-based, both ends included.
    pub hidden_cols: Vec<(u32, u32)>,
    /// The number formats that cells point to; the first is `General`.
    pub formats: Arc<Vec<Format>>,
    /// Whether serials count from 1904-01-01.
    pub date_1904: bool,
    /// Texts of formulas, by cell (row, column), where the file gives them; without the leading `=`.
    pub formulas: Vec<((u32, u32), Box<str>)>,
    /// Comments, by cell (row, column).
    pub comments: Vec<((u32, u32), Box<str>)>,
    /// Whether the program that wrote the file stores 0 for formulas it never computed.
    pub uncomputed_zeros: bool,
    /// Cells that could not be read, with what stood there; each becomes a finding.
    pub damaged: Vec<((u32, u32), Box<str>)>,
}

impl Row {
    /// The cell stored in a column.
    pub fn stored(&self, col: u32) -> Option<&Cell> {
        // Where a row has no gap before it, its place is its column.
        self.cells
            .get(col as usize)
            .filter(|cell| cell.col == col)
            .or_else(|| self.cells.binary_search_by_key(&col, |cell| cell.col).ok().map(|at| &self.cells[at]))
    }
}

impl Sheet {
    /// The rows from one index up to another, that one left out.
    pub fn rows_between(&self, first: u32, end: u32) -> &[Row] {
        let from = self.rows.partition_point(|row| row.index < first);
        let rest = &self.rows[from..];
        &rest[..rest.partition_point(|row| row.index < end)]
    }

    /// The rows with some absolute indices in ascending order, those that hold nothing left out.
    pub fn along<'a>(&'a self, indices: &'a [u32]) -> impl Iterator<Item = &'a Row> {
        let mut from = indices.first().map_or(0, |first| self.rows.partition_point(|row| row.index < *first));
        indices.iter().filter_map(move |index| {
            from += self.rows[from..].iter().take_while(|row| row.index < *index).count();
            self.rows.get(from).filter(|row| row.index == *index)
        })
    }

    /// The row with an absolute index, when it holds anything.
    pub fn row(&self, index: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&index, |row| row.index).ok().map(|at| &self.rows[at])
    }

    /// The cell stored at a place; a cell inside a merge has none of its own.
    pub fn stored(&self, row: u32, col: u32) -> Option<&Cell> {
        self.row(row)?.stored(col)
    }

    /// The merged area that covers a place.
    pub fn merge_at(&self, row: u32, col: u32) -> Option<&Area> {
        self.merges.iter().find(|area| area.contains(row, col))
    }

    /// The cell a person sees at a place: a merge gives its upper left cell to every place it covers.
    pub fn cell(&self, row: u32, col: u32) -> Option<&Cell> {
        self.stored(row, col).or_else(|| {
            let area = self.merge_at(row, col)?;
            self.stored(area.first.row, area.first.col)
        })
    }

    /// The cell a person sees in a column of a row, as [`Sheet::cell`] gives it.
    pub fn cell_of<'a>(&'a self, row: &'a Row, col: u32) -> Option<&'a Cell> {
        row.stored(col).or_else(|| {
            let area = self.merge_at(row.index, col)?;
            self.stored(area.first.row, area.first.col)
        })
    }

    /// The number format of a cell.
    pub fn format(&self, cell: &Cell) -> &Format {
        &self.formats[usize::from(cell.format)]
    }

    /// The text of a cell as a person with an Italian program sees it.
    pub fn shown(&self, cell: &Cell) -> String {
        format::shown(&cell.value, self.format(cell), self.date_1904)
    }

    /// The same, without a copy where the cell holds just this text.
    pub fn shown_text<'a>(&self, cell: &'a Cell) -> Cow<'a, str> {
        match &cell.value {
            Value::Text(text) if self.format(cell).kind == FormatKind::General => Cow::Borrowed(text),
            _ => Cow::Owned(self.shown(cell)),
        }
    }

    /// The text a person sees at a place, empty when there is nothing.
    pub fn text(&self, row: u32, col: u32) -> String {
        self.cell(row, col).map(|cell| self.shown(cell)).unwrap_or_default()
    }

    /// The text of the formula at a place, when the file gives it.
    pub fn formula(&self, row: u32, col: u32) -> Option<&str> {
        self.formulas.binary_search_by_key(&(row, col), |(at, _)| *at).ok().map(|at| &*self.formulas[at].1)
    }

    /// Whether a column is hidden.
    pub fn hidden_col(&self, col: u32) -> bool {
        self.hidden_cols.iter().any(|(first, last)| (*first..=*last).contains(&col))
    }

    /// How many non-empty cells it has.
    pub fn count(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).sum()
    }
}
