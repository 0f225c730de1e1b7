//! A sheet before anyone knows what it is: absolute cells with stored value, number format, formula state, merges and
//! what is hidden. Readers in `intake` build it; nothing after them sees a file.

pub mod format;
mod packed;
mod rows;
mod text;

use std::borrow::Cow;
use std::sync::Arc;

use arcstr::ArcStr;

use crate::place::Area;
use format::{Format, FormatKind};
pub use packed::Packed;
pub use rows::{Filling, KeptAt, Row, Rows, SharedText, Spot, Verdicts};
use text::LONGEST_FIGURE;
pub use text::{CellText, Figure, is_figure};

/// What is stored in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<T = ArcStr> {
    /// Nothing: only a formula without a stored result has a cell with this value.
    Blank,
    /// A number as stored; dates are serials of the sheet's date system.
    Number(f64),
    /// A text, as stored.
    Text(T),
    /// A logical value.
    Bool(bool),
    /// An error, as written in the file: `#REF!`, `#SPILL!`, `Err:502`.
    Error(T),
}

impl Value {
    /// The same value, with its text where it is.
    pub fn as_ref(&self) -> Value<CellText<'_>> {
        match self {
            Self::Blank => Value::Blank,
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::Text(CellText::Kept(text)),
            Self::Bool(value) => Value::Bool(*value),
            Self::Error(text) => Value::Error(CellText::Kept(text)),
        }
    }
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// 0-based column.
    pub col: u32,
    /// Index into [`Sheet::formats`].
    pub format: u16,
    /// Whether it is computed.
    pub formula: Formula,
    /// What is stored.
    pub value: Value<CellText<'a>>,
}

impl<'a> Cell<'a> {
    /// Its text, when it holds one.
    pub fn text(self) -> Option<CellText<'a>> {
        if let Value::Text(text) = self.value { Some(text) } else { None }
    }
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
    pub rows: Rows,
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

impl Sheet {
    /// The rows from one index up to another, that one left out.
    pub fn rows_between(&self, first: u32, end: u32) -> impl DoubleEndedIterator<Item = Row<'_>> + Clone {
        let from = self.rows.first_from(first);
        self.rows.part(from..self.rows.first_from(end).max(from))
    }

    /// The rows with some absolute indices in ascending order, those that hold nothing left out.
    pub fn along<'a>(&'a self, indices: &'a [u32]) -> impl Iterator<Item = Row<'a>> {
        let mut from = indices.first().map_or(0, |first| self.rows.first_from(*first));
        indices.iter().filter_map(move |index| {
            while self.rows.index(from).is_some_and(|row| row < *index) {
                from += 1;
            }
            self.rows.get(from).filter(|row| row.index == *index)
        })
    }

    /// The same rows, each with the cell a person sees in a column of it.
    pub fn down<'a>(&'a self, indices: &'a [u32], col: u32) -> impl Iterator<Item = (Row<'a>, Option<Cell<'a>>)> {
        self.along(indices).map(move |row| (row, self.cell_of(row, col)))
    }

    /// The row with an absolute index, when it holds anything.
    pub fn row(&self, index: u32) -> Option<Row<'_>> {
        self.rows.get(self.rows.position(index)?)
    }

    /// All cells, each with its row.
    pub fn cells(&self) -> impl Iterator<Item = (u32, Cell<'_>)> {
        self.rows.iter().flat_map(|row| row.cells().map(move |cell| (row.index, cell)))
    }

    /// The cell stored at a place; a cell inside a merge has none of its own.
    pub fn stored(&self, row: u32, col: u32) -> Option<Cell<'_>> {
        self.row(row)?.stored(col)
    }

    /// The merged area that covers a place.
    pub fn merge_at(&self, row: u32, col: u32) -> Option<&Area> {
        self.merges.iter().find(|area| area.contains(row, col))
    }

    /// The cell a person sees at a place: a merge gives its upper left cell to every place it covers.
    pub fn cell(&self, row: u32, col: u32) -> Option<Cell<'_>> {
        self.stored(row, col).or_else(|| self.merged_into(row, col))
    }

    /// The cell of the merge that covers a place.
    fn merged_into(&self, row: u32, col: u32) -> Option<Cell<'_>> {
        let area = self.merge_at(row, col)?;
        self.stored(area.first.row, area.first.col)
    }

    /// The cell a person sees in a column of a row, as [`Sheet::cell`] gives it.
    pub fn cell_of<'a>(&'a self, row: Row<'a>, col: u32) -> Option<Cell<'a>> {
        row.stored(col).or_else(|| self.merged_into(row.index, col))
    }

    /// The number format of a cell.
    pub fn format(&self, cell: Cell<'_>) -> &Format {
        &self.formats[usize::from(cell.format)]
    }

    /// The text of a cell as a person with an Italian program sees it.
    pub fn shown(&self, cell: Cell<'_>) -> String {
        format::shown(cell.value, self.format(cell), self.date_1904)
    }

    /// The same, without a copy where the cell holds just this text.
    pub fn shown_text<'a>(&self, cell: Cell<'a>) -> Cow<'a, str> {
        match cell.value {
            Value::Text(text) if self.format(cell).kind == FormatKind::General => text.into_cow(),
            _ => Cow::Owned(self.shown(cell)),
        }
    }

    /// The same, shared with the cell where it holds just this text.
    pub fn shared_text(&self, cell: Cell<'_>) -> ArcStr {
        match (cell.value, self.shown_text(cell)) {
            (Value::Text(text), Cow::Borrowed(_)) => text.to_shared(),
            (_, shown) => shown.into(),
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
        self.rows.count()
    }
}
