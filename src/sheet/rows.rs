//! The rows of a sheet, kept small: rows of a table look alike, so what their cells are is kept once for all of them,
//! and a row has no more of its own than what its cells store.

mod fill;

use arcstr::ArcStr;

use super::{Cell, Formula, Value};
pub use fill::Filling;

/// Rows that hold at least one non-empty cell, by index.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    heads: Vec<Head>,
    shapes: Vec<Shape>,
    /// What the cells of all shapes are.
    slots: Vec<Slot>,
    /// What the cells of all rows store: the bits of a number, the place of a text.
    stored: Vec<u64>,
    texts: Vec<ArcStr>,
}

/// Where a row's cells are.
#[derive(Debug, Clone, Copy)]
struct Head {
    index: u32,
    /// Of what it stores, the first.
    from: u32,
    shape: u32,
}

/// What the cells of some rows are, and whether these rows are hidden.
#[derive(Debug, Clone, Copy)]
struct Shape {
    from: u32,
    len: u32,
    hidden: bool,
}

/// What a cell is, but for what it stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot {
    col: u32,
    format: u16,
    formula: Formula,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Number,
    Text,
    False,
    True,
    Error,
}

/// One row that holds at least one non-empty cell.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// 0-based row.
    pub index: u32,
    /// Hidden by hand or by a filter.
    pub hidden: bool,
    slots: &'a [Slot],
    stored: &'a [u64],
    texts: &'a [ArcStr],
}

impl Rows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// How many cells they have.
    pub fn cells(&self) -> usize {
        self.stored.len()
    }

    /// All rows.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Row<'_>> + ExactSizeIterator + Clone {
        self.part(0, self.len())
    }

    /// The rows from one position up to another, that one left out.
    pub fn part(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = Row<'_>> + ExactSizeIterator + Clone {
        self.heads[from..to].iter().map(|head| self.row(head))
    }

    /// The row at a position.
    pub fn get(&self, at: usize) -> Option<Row<'_>> {
        self.heads.get(at).map(|head| self.row(head))
    }

    /// The last row.
    pub fn last(&self) -> Option<Row<'_>> {
        self.heads.last().map(|head| self.row(head))
    }

    /// The index of the row at a position.
    pub fn index(&self, at: usize) -> Option<u32> {
        self.heads.get(at).map(|head| head.index)
    }

    /// The position of the first row at or below an index.
    pub fn first_from(&self, index: u32) -> usize {
        self.heads.partition_point(|head| head.index < index)
    }

    /// The position of the row with an index.
    pub fn position(&self, index: u32) -> Option<usize> {
        self.heads.binary_search_by_key(&index, |head| head.index).ok()
    }

    /// How many cells stand before those of the row at a position.
    pub fn cells_before(&self, at: usize) -> usize {
        self.heads.get(at).map_or(self.stored.len(), |head| head.from as usize)
    }

    fn row(&self, head: &Head) -> Row<'_> {
        let Shape { from, len, hidden } = self.shapes[head.shape as usize];
        let within = |from: u32| from as usize..from as usize + len as usize;
        Row {
            index: head.index,
            hidden,
            slots: &self.slots[within(from)],
            stored: &self.stored[within(head.from)],
            texts: &self.texts,
        }
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl PartialEq for Row<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.index, self.hidden) == (other.index, other.hidden) && self.cells().eq(other.cells())
    }
}

impl<'a> Row<'a> {
    /// Its non-empty cells by column, each column once.
    pub fn cells(self) -> impl DoubleEndedIterator<Item = Cell<'a>> + ExactSizeIterator + Clone {
        self.slots.iter().zip(self.stored).map(move |(slot, stored)| slot.cell(*stored, self.texts))
    }

    /// How many cells it has.
    #[expect(clippy::len_without_is_empty, reason = "no row is empty")]
    pub fn len(self) -> usize {
        self.slots.len()
    }

    /// Its first cell.
    pub fn first(self) -> Option<Cell<'a>> {
        self.nth(0)
    }

    /// Its only cell, when it has no other.
    pub fn only(self) -> Option<Cell<'a>> {
        self.first().filter(|_| self.len() == 1)
    }

    /// The cell stored in a column.
    pub fn stored(self, col: u32) -> Option<Cell<'a>> {
        // Where a row has no gap before it, its place is its column.
        let here = self.slots.get(col as usize).is_some_and(|slot| slot.col == col);
        if here {
            self.nth(col as usize)
        } else {
            self.nth(self.slots.binary_search_by_key(&col, |slot| slot.col).ok()?)
        }
    }

    /// The cell at a place among its cells.
    pub fn nth(self, at: usize) -> Option<Cell<'a>> {
        self.slots.get(at).map(|slot| slot.cell(self.stored[at], self.texts))
    }
}

impl Slot {
    fn cell(self, stored: u64, texts: &[ArcStr]) -> Cell<'_> {
        let value = match self.kind {
            Kind::Blank => Value::Blank,
            Kind::Number => Value::Number(f64::from_bits(stored)),
            Kind::Text => Value::Text(&texts[stored as usize]),
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Error => Value::Error(&texts[stored as usize]),
        };
        Cell { col: self.col, format: self.format, formula: self.formula, value }
    }

    /// Whether what it stores is the place of a text.
    fn is_text(self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Error)
    }
}
