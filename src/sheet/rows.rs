//! The rows of a sheet, kept small: rows of a table look alike, so what their cells are is kept once for all of them,
//! and a row has no more of its own than what its cells store.

mod alike;
mod fill;
mod verdicts;
#[cfg(test)]
mod tests;

use std::ops::RangeBounds;
use std::sync::Arc;

use arcstr::ArcStr;

use super::{Cell, CellText, Figure, Formula, LONGEST_FIGURE, Packed, Value};
pub use fill::{Filling, SharedText};
pub use verdicts::Verdicts;

/// Rows that hold at least one non-empty cell, by index.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    heads: Vec<Head>,
    shapes: Vec<Shape>,
    /// What the cells of all shapes are.
    slots: Vec<Slot>,
    /// Of each shape the places of its texts that are no figures, and then those of all its texts.
    places: Vec<u32>,
    /// What the cells of all rows store: a whole number, hundredths, or the place of another number or of a text.
    stored: Vec<u32>,
    /// Numbers that have other decimals, are below zero or are too large to be stored themselves.
    numbers: Vec<f64>,
    /// Texts of the whole workbook.
    shared: Arc<Vec<ArcStr>>,
    /// Texts of these rows only.
    own: Vec<ArcStr>,
    /// Figures of these rows only, one behind the other.
    figures: String,
    /// Bytes of the texts of all cells.
    text_bytes: u64,
}

/// From here on what is stored is a place among these rows' own: of texts and figures, those that are not of the whole
/// workbook; of numbers, those that are not stored themselves.
const OWN: u32 = 1 << 31;

/// A figure's own place has so many bits; those above them tell how long it is.
const FIGURE_BITS: u32 = 27;

/// From here on a figure is packed: none of those that have a place is as long.
const PACKED: u32 = OWN | (LONGEST_FIGURE as u32 + 1) << FIGURE_BITS;

/// From here on a number is stored in hundredths, as amounts have them.
const HUNDREDTHS: u32 = 3 << 30;

/// Where a row's cells are.
#[derive(Debug, Clone, Copy)]
struct Head {
    index: u32,
    /// Of what it stores, the first.
    from: u32,
    shape: u32,
}

/// What the cells of some rows are, and whether these rows are hidden.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    from: u32,
    len: u32,
    hidden: bool,
    /// Where the places of its texts begin, how many of these are no figures, and how many are.
    places: u32,
    texts: u32,
    figures: u32,
    /// The place of its first number, behind them all when there is none; whether it has but texts and numbers.
    number: u32,
    is_plain: bool,
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
    /// A text that is a figure.
    Figure,
    False,
    True,
    Error,
}

/// Where a cell is in all rows of one shape, and what it is but for what it stores.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    at: usize,
    slot: Slot,
}

impl Spot {
    /// Whether the cells there are numbers or figures.
    pub fn is_figure(self) -> bool {
        matches!(self.slot.kind, Kind::Number | Kind::Figure)
    }
}

/// Where a text that is no figure is kept among those of its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeptAt(u32);

/// One row that holds at least one non-empty cell.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// 0-based row.
    pub index: u32,
    head: &'a Head,
    rows: &'a Rows,
}

impl Rows {
    /// Adds the shape of rows of such cells.
    fn add_shape(&mut self, slots: &[Slot], hidden: bool) {
        let places = self.places.len();
        self.places.extend((0..).zip(slots).filter(|(_, slot)| slot.kind == Kind::Text).map(|(at, _)| at));
        let texts = (self.places.len() - places) as u32;
        let is_text = |slot: &Slot| matches!(slot.kind, Kind::Text | Kind::Figure);
        self.places.extend((0..).zip(slots).filter(|(_, slot)| is_text(slot)).map(|(at, _)| at));
        self.shapes.push(Shape {
            from: self.slots.len() as u32,
            len: slots.len() as u32,
            hidden,
            places: places as u32,
            texts,
            figures: (self.places.len() - places) as u32 - 2 * texts,
            number: slots.iter().position(|slot| slot.kind == Kind::Number).unwrap_or(slots.len()) as u32,
            is_plain: slots.iter().all(|slot| is_text(slot) || slot.kind == Kind::Number),
        });
        self.slots.extend_from_slice(slots);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// How many cells they have.
    pub fn count(&self) -> usize {
        self.stored.len()
    }

    /// All rows.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Row<'_>> + ExactSizeIterator + Clone {
        self.part(..)
    }

    /// The rows at some positions.
    pub fn part(
        &self,
        range: impl RangeBounds<usize>,
    ) -> impl DoubleEndedIterator<Item = Row<'_>> + ExactSizeIterator + Clone {
        let heads = &self.heads[(range.start_bound().cloned(), range.end_bound().cloned())];
        heads.iter().map(|head| self.row(head))
    }

    /// The row at a position.
    pub fn get(&self, at: usize) -> Option<Row<'_>> {
        self.heads.get(at).map(|head| self.row(head))
    }

    /// Whether any cell is computed in such a way.
    pub fn any_formula(&self, formula: Formula) -> bool {
        self.slots.iter().any(|slot| slot.formula == formula)
    }

    /// Whether any cell holds an error.
    pub fn any_error(&self) -> bool {
        self.slots.iter().any(|slot| slot.kind == Kind::Error)
    }

    /// How long the texts of all cells are, in bytes.
    pub fn text_bytes(&self) -> u64 {
        self.text_bytes
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

    /// The cells of a column in the rows from one position up to another, each with how many there are in its row.
    pub fn column(&self, from: usize, to: usize, col: u32) -> impl Iterator<Item = (u32, Cell<'_>)> {
        let mut known = (u32::MAX, 0, None);
        self.heads[from..to].iter().filter_map(move |head| {
            // Most rows are like the one above.
            if head.shape != known.0 {
                let shape = self.shapes[head.shape as usize];
                let slots = self.slots_of(shape);
                known = (head.shape, shape.len, place_of(slots, col).map(|at| (at, slots[at])));
            }
            let (at, slot) = known.2?;
            Some((known.1, self.cell(slot, self.stored[head.from as usize + at])))
        })
    }

    #[inline]
    fn row<'a>(&'a self, head: &'a Head) -> Row<'a> {
        Row { index: head.index, head, rows: self }
    }

    #[inline(always)]
    fn slots_of(&self, shape: Shape) -> &[Slot] {
        &self.slots[shape.from as usize..][..shape.len as usize]
    }

    #[inline(always)]
    fn cell(&self, slot: Slot, stored: u32) -> Cell<'_> {
        let value = match slot.kind {
            Kind::Blank => Value::Blank,
            Kind::Number => Value::Number(self.number(stored)),
            Kind::Text => Value::Text(CellText::Kept(self.text(stored))),
            Kind::Figure => Value::Text(self.figure(stored)),
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Error => Value::Error(CellText::Kept(self.text(stored))),
        };
        Cell { col: slot.col, format: slot.format, formula: slot.formula, value }
    }

    #[inline]
    fn text(&self, stored: u32) -> &ArcStr {
        if stored < OWN { &self.shared[stored as usize] } else { &self.own[(stored - OWN) as usize] }
    }

    #[inline]
    fn figure(&self, stored: u32) -> CellText<'_> {
        match stored {
            ..OWN => CellText::Kept(&self.shared[stored as usize]),
            OWN..PACKED => {
                let (place, len) = (stored & ((1 << FIGURE_BITS) - 1), (stored - OWN) >> FIGURE_BITS);
                CellText::Figure(Figure::within(&self.figures, place as usize, len as usize))
            }
            PACKED.. => CellText::Figure(Packed(stored - PACKED).written()),
        }
    }

    #[inline]
    fn number(&self, stored: u32) -> f64 {
        match stored {
            ..OWN => f64::from(stored),
            OWN..HUNDREDTHS => self.numbers[(stored - OWN) as usize],
            HUNDREDTHS.. => f64::from(stored - HUNDREDTHS) / 100.0,
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
        (self.index, self.hidden()) == (other.index, other.hidden()) && self.cells().eq(other.cells())
    }
}

impl<'a> Row<'a> {
    /// Hidden by hand or by a filter.
    pub fn hidden(self) -> bool {
        self.shaped().hidden
    }

    #[inline(always)]
    fn shaped(self) -> &'a Shape {
        &self.rows.shapes[self.head.shape as usize]
    }

    #[inline(always)]
    fn slots(self) -> &'a [Slot] {
        self.rows.slots_of(*self.shaped())
    }

    /// Its non-empty cells by column, each column once.
    #[inline]
    pub fn cells(self) -> impl DoubleEndedIterator<Item = Cell<'a>> + ExactSizeIterator + Clone {
        self.slots().iter().zip(self.stored_all()).map(move |(slot, stored)| self.rows.cell(*slot, *stored))
    }

    /// Its texts, each with its column; figures among them only where they are wanted.
    #[inline(always)]
    pub fn texts(self, figures: bool) -> impl Iterator<Item = (u32, CellText<'a>)> {
        let (slots, stored) = (self.slots(), self.stored_all());
        self.places_of_texts(figures).iter().map(move |at| {
            let (slot, stored) = (slots[*at as usize], stored[*at as usize]);
            let text = match slot.kind {
                Kind::Figure => self.rows.figure(stored),
                _ => CellText::Kept(self.rows.text(stored)),
            };
            (slot.col, text)
        })
    }

    /// Those of its texts that are no figures, each with its column and where it is kept.
    #[inline(always)]
    pub fn names(self) -> impl Iterator<Item = (u32, KeptAt)> {
        let (slots, stored) = (self.slots(), self.stored_all());
        self.places_of_texts(false).iter().map(move |at| (slots[*at as usize].col, KeptAt(stored[*at as usize])))
    }

    /// Those of its texts that are figures, each with its column.
    pub fn figures(self) -> impl Iterator<Item = (u32, CellText<'a>)> {
        let is_figure = |(slot, _): &(&Slot, &u32)| slot.kind == Kind::Figure;
        let cells = self.slots().iter().zip(self.stored_all()).filter(is_figure);
        cells.map(move |(slot, stored)| (slot.col, self.rows.figure(*stored)))
    }

    /// The places of its texts among its cells.
    #[inline(always)]
    fn places_of_texts(self, figures: bool) -> &'a [u32] {
        let Shape { places, texts, figures: also, .. } = *self.shaped();
        let (from, len) = if figures { (places + texts, texts + also) } else { (places, texts) };
        &self.rows.places[from as usize..][..len as usize]
    }

    /// Whether the cell at a place among its cells is a text that is a figure.
    #[inline]
    pub fn has_figure(self, at: usize) -> bool {
        self.slots().get(at).is_some_and(|slot| slot.kind == Kind::Figure)
    }

    /// How many they are.
    #[inline]
    pub fn count_texts(self, figures: bool) -> usize {
        self.places_of_texts(figures).len()
    }

    /// The columns of all its texts.
    pub fn cols_of_texts(self) -> impl Iterator<Item = u32> {
        self.places_of_texts(true).iter().map(move |at| self.slots()[*at as usize].col)
    }

    /// Whether it has nothing but texts and numbers of one sort.
    #[inline]
    pub fn is_of_texts_and(self, sort: impl Fn(f64) -> bool) -> bool {
        let shape = self.shaped();
        let mut numbers = self.slots().iter().zip(self.stored_all()).skip(shape.number as usize);
        let is_it = |(slot, stored): (&Slot, &u32)| slot.kind != Kind::Number || sort(self.rows.number(*stored));
        shape.is_plain && numbers.all(is_it)
    }

    /// What its cells store.
    #[inline(always)]
    fn stored_all(self) -> &'a [u32] {
        &self.rows.stored[self.head.from as usize..][..self.len()]
    }

    /// How many cells it has.
    #[expect(clippy::len_without_is_empty, reason = "no row is empty")]
    #[inline]
    pub fn len(self) -> usize {
        self.shaped().len as usize
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
    #[inline]
    pub fn stored(self, col: u32) -> Option<Cell<'a>> {
        self.spot(col).map(|spot| self.at(spot))
    }

    /// The text of a column that is typed and shown as it is: no figure, of the first format, which is the general one.
    #[inline]
    pub fn typed_text(self, col: u32) -> Option<&'a ArcStr> {
        let Spot { at, slot } = self.spot(col)?;
        let is_typed = slot.kind == Kind::Text && slot.format == 0 && slot.formula == Formula::None;
        is_typed.then(|| self.rows.text(self.rows.stored[self.head.from as usize + at]))
    }

    /// Its columns that hold something.
    pub fn cols(self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + use<'a> {
        self.slots().iter().map(|slot| slot.col)
    }

    /// Rows of one shape have cells in the same columns, of the same sorts, with the same formats.
    #[inline]
    pub fn shape(self) -> u32 {
        self.head.shape
    }

    /// Where the cell of a column is in all rows of its shape.
    #[inline]
    pub fn spot(self, col: u32) -> Option<Spot> {
        let slots = self.slots();
        let at = place_of(slots, col)?;
        Some(Spot { at, slot: slots[at] })
    }

    /// The cell at a spot of its shape.
    #[inline(always)]
    pub fn at(self, spot: Spot) -> Cell<'a> {
        self.rows.cell(spot.slot, self.rows.stored[self.head.from as usize + spot.at])
    }

    /// The figure at a spot of its shape, when it is packed.
    #[inline(always)]
    pub fn packed(self, spot: Spot) -> Option<Packed> {
        let stored = self.rows.stored[self.head.from as usize + spot.at];
        (spot.slot.kind == Kind::Figure).then_some(stored)?.checked_sub(PACKED).map(Packed)
    }

    /// Where the text at a spot of its shape is kept, when it is no figure.
    #[inline(always)]
    pub fn kept_at(self, spot: Spot) -> Option<KeptAt> {
        (spot.slot.kind == Kind::Text).then(|| KeptAt(self.rows.stored[self.head.from as usize + spot.at]))
    }

    /// The cell at a place among its cells.
    #[inline]
    pub fn nth(self, at: usize) -> Option<Cell<'a>> {
        self.slots().get(at).map(|slot| self.rows.cell(*slot, self.rows.stored[self.head.from as usize + at]))
    }
}

/// The place of a text in a list that it stands in itself, not one like it.
#[inline]
fn place_in(list: &[ArcStr], text: &ArcStr) -> Option<usize> {
    let distance = (std::ptr::from_ref(text) as usize).checked_sub(list.as_ptr() as usize)?;
    let place = distance / size_of::<ArcStr>();
    list.get(place).filter(|own| std::ptr::eq(*own, text)).map(|_| place)
}

/// The place of a column among those of a row.
#[inline]
fn place_of(slots: &[Slot], col: u32) -> Option<usize> {
    // Where a row has no gap before it, that is the column itself.
    let here = slots.get(col as usize).is_some_and(|slot| slot.col == col);
    if here { Some(col as usize) } else { slots.binary_search_by_key(&col, |slot| slot.col).ok() }
}
