//! Rows as they are filled: cells in any order, each text and each shape once where they come again soon.

mod room;
mod shared;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use arcstr::ArcStr;

pub use shared::SharedText;

use super::{FIGURE_BITS, HUNDREDTHS, Head, Kind, OWN, PACKED, Rows, Shape, Slot, place_in};
use crate::memo::hash;
use crate::place::Area;
use crate::sheet::{Cell, CellText, Formula, LONGEST_FIGURE, Packed, Value, is_figure};

/// So many shapes are looked at for one that a row has; of more, the one that its hash gives.
const SHAPES: usize = 16;
/// So many are found by their hash; a power of two.
const HASHED: usize = 1 << 10;
/// Longer texts seldom come twice.
const LONGEST: usize = 64;
/// In so many columns it is seen whether texts come again: after so many, when fewer than one of so many did, it is no
/// longer looked for them.
const COLUMNS: usize = 32;
const TRIED: u32 = 1_024;
const SELDOM: u32 = 64;
/// So many cells are looked at for those below merged ones: areas that lie over each other have no end.
const MOST_BELOW: usize = 20_000_000;
/// So many texts that have one place are remembered.
const SIDE_BY_SIDE: usize = 4;
/// So many texts of a column are found without a look at them at first, and so many at most where more come again; powers
/// of two.
const RECENT: (usize, usize) = (1 << 4, 1 << 14);
/// So many texts are remembered at first, and so many at most; powers of two.
const REMEMBERED: (usize, usize) = (1 << 10, 1 << 15);

/// What is known of the texts of a column.
#[derive(Default)]
struct Column {
    /// How many were looked for, and how many of them were there.
    tried: u32,
    found: u32,
    /// How many of these had to be looked for elsewhere.
    missed: usize,
    /// Some that came not long ago.
    recent: Vec<Recent>,
}

/// A text that came not long ago, and its place.
#[derive(Clone, Copy, Default)]
struct Recent {
    text: Exact,
    own: u32,
}

/// All that a text of some bytes is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Exact {
    first: u64,
    last: u64,
    len: u32,
}

impl Exact {
    /// None of a very short text, or a long one.
    #[inline]
    fn of(text: &str) -> Option<Self> {
        let (bytes, len) = (text.as_bytes(), text.len());
        let half = |half: &[u8; 4]| u64::from(u32::from_le_bytes(*half));
        // Some bytes count twice: to take them apart would need a copy.
        let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) if len <= 16 => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            (None, None) => (half(bytes.first_chunk()?), half(bytes.last_chunk()?)),
            _ => return None,
        };
        Some(Self { first, last, len: len as u32 })
    }

    /// Where it is looked for among so many, a power of two.
    #[inline]
    fn place(self, among: usize) -> usize {
        let mixed = (self.first ^ self.last.rotate_left(24) ^ u64::from(self.len)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 32) as usize & (among - 1)
    }
}

impl Column {
    /// The place of a text that came not long ago.
    #[inline]
    fn recent(&self, text: Exact) -> Option<u32> {
        let at = text.place(self.recent.len().max(1));
        let is_it = |at: &usize| self.recent.get(*at).is_some_and(|known| known.text == text);
        // It has one of two places.
        [at, at ^ 1].into_iter().find(is_it).map(|at| self.recent[at].own)
    }

    /// Remembers the place of a text that was not among these, and whether it has come before.
    fn remember(&mut self, text: Exact, own: u32, is_known: bool) {
        self.missed += usize::from(is_known);
        if self.missed >= self.recent.len() && self.recent.len() < RECENT.1 {
            self.missed = 0;
            self.recent = vec![Recent::default(); (4 * self.recent.len()).max(RECENT.0)];
        }
        let place = text.place(self.recent.len());
        self.recent[place ^ 1] = std::mem::replace(&mut self.recent[place], Recent { text, own });
    }
}

/// Rows being filled.
#[derive(Default)]
pub struct Filling {
    rows: Rows,
    /// The row whose cells come, and whether it is hidden; none before the first.
    open: Option<(u32, bool)>,
    /// How many cells of the open row, from the first on, are what those of the row above are.
    alike: usize,
    /// What the cells of the open row are, once one of them is another thing.
    slots: Vec<Slot>,
    /// What the cells of the row above are, whether it is hidden, and the place of its shape.
    above: (Vec<Slot>, bool, u32),
    /// The places behind which shapes stand, by their hash, where there are many; of two the later stays.
    hashed: Vec<u32>,
    /// The places behind which texts stand that came not long ago, by their hash, and the rest of it; where more
    /// than [`SIDE_BY_SIDE`] have one place, the earliest is forgotten.
    known: Vec<(u32, u32)>,
    /// What is known of the texts of each of the first columns, once there is one.
    columns: Vec<Column>,
    unsorted: bool,
}

impl Filling {
    /// No row yet; these are the texts of the whole workbook, which its cells may refer to.
    pub fn sharing(texts: Arc<Vec<ArcStr>>) -> Self {
        Self { rows: Rows { shared: texts, ..Rows::default() }, ..Self::default() }
    }

    /// Adds a cell; a second one at the same place replaces the first. A row is hidden when its first cell says so.
    #[inline(always)]
    pub fn cell(&mut self, row: u32, hidden: bool, cell: Cell<'_>) {
        let (kind, stored) = match cell.value {
            Value::Blank => (Kind::Blank, 0),
            Value::Number(number) => (Kind::Number, self.number(number)),
            Value::Text(text) => {
                self.rows.text_bytes += text.len() as u64;
                let shared = if let CellText::Kept(text) = text { self.shared(text) } else { None };
                match shared {
                    Some(shared) if is_figure(&text) => (Kind::Figure, shared),
                    Some(shared) => (Kind::Text, shared),
                    None => match self.figure(&text) {
                        Some(figure) => (Kind::Figure, figure),
                        None => (Kind::Text, self.place(&text.to_shared())),
                    },
                }
            }
            Value::Bool(false) => (Kind::False, 0),
            Value::Bool(true) => (Kind::True, 0),
            Value::Error(CellText::Kept(text)) => (Kind::Error, self.place(text)),
            Value::Error(text) => (Kind::Error, self.place(&text.to_shared())),
        };
        let slot = Slot { col: cell.col, format: cell.format, formula: cell.formula, kind };
        self.add(row, hidden, slot, stored);
    }

    /// Adds a typed text without a format.
    #[inline(always)]
    pub fn text(&mut self, row: u32, hidden: bool, col: u32, text: &str) {
        self.rows.text_bytes += text.len() as u64;
        let (kind, stored) = match self.figure(text) {
            Some(figure) => (Kind::Figure, figure),
            None => (Kind::Text, self.place_in(col, text)),
        };
        self.add(row, hidden, Slot { col, format: 0, formula: Formula::None, kind }, stored);
    }

    #[inline(always)]
    fn add(&mut self, row: u32, hidden: bool, slot: Slot, stored: u32) {
        if self.open.is_none_or(|open| open.0 != row) {
            self.close();
            self.unsorted |= self.rows.heads.last().is_some_and(|before| before.index >= row);
            self.open = Some((row, hidden));
        }
        self.rows.stored.push(stored);
        // Most rows are like the one above.
        if self.slots.is_empty() {
            if self.above.0.get(self.alike) == Some(&slot) {
                self.alike += 1;
                return;
            }
            self.slots.extend_from_slice(&self.above.0[..self.alike]);
        }
        self.unsorted |= self.slots.last().is_some_and(|before| before.col >= slot.col);
        self.slots.push(slot);
    }

    /// Adds what stands below, so many rows further down than it says, with the same texts of the workbook.
    pub fn append(&mut self, mut below: Self, down: u32) {
        self.close();
        below.close();
        let Some(first) = below.rows.heads.first() else { return };
        if self.rows.figures.len() + below.rows.figures.len() >= 1 << FIGURE_BITS {
            return self.append_each(&below.rows, down);
        }
        self.unsorted |= below.unsorted || self.rows.heads.last().is_some_and(|last| last.index >= first.index + down);
        self.rows.text_bytes += below.rows.text_bytes;
        let texts = std::mem::take(&mut below.rows.own);
        let texts: Vec<u32> =
            texts.into_iter().map(|text| self.before(&text).unwrap_or_else(|| self.keep(text))).collect();
        let shapes: Vec<u32> =
            below.rows.shapes.iter().map(|shape| self.shape(below.rows.slots_of(*shape), shape.hidden)).collect();
        let (from, numbers) = (self.rows.stored.len() as u32, self.rows.numbers.len() as u32);
        let figures = self.rows.figures.len() as u32;
        self.rows.numbers.append(&mut below.rows.numbers);
        self.rows.figures.push_str(&below.rows.figures);
        for (head, row) in below.rows.heads.iter().zip(below.rows.iter()) {
            let shape = shapes[head.shape as usize];
            self.rows.heads.push(Head { index: head.index + down, from: from + head.from, shape });
            let stored = |(slot, stored): (&Slot, &u32)| match (slot.kind, *stored) {
                (Kind::Text | Kind::Error, own @ OWN..) => texts[(own - OWN) as usize],
                (Kind::Figure, own @ OWN..PACKED) => own + figures,
                (Kind::Number, own @ OWN..HUNDREDTHS) => own + numbers,
                (_, stored) => stored,
            };
            self.rows.stored.extend(row.slots().iter().zip(row.stored_all()).map(stored));
        }
    }

    /// The same cell by cell, where not all figures have room.
    fn append_each(&mut self, below: &Rows, down: u32) {
        for row in below.iter() {
            row.cells().for_each(|cell| self.cell(row.index + down, row.hidden(), cell));
        }
    }

    /// The rows, they and their cells in order, each place once.
    pub fn finish(mut self) -> Rows {
        self.close();
        if self.unsorted { self.sorted() } else { self.rows }
    }

    /// Ends the open row.
    fn close(&mut self) {
        let Some((index, hidden)) = self.open.take() else { return };
        let alike = std::mem::take(&mut self.alike);
        let is_above = alike == self.above.0.len() && hidden == self.above.1;
        if !self.slots.is_empty() || !is_above {
            let mut slots = std::mem::take(&mut self.slots);
            if slots.is_empty() {
                slots.extend_from_slice(&self.above.0[..alike]);
            }
            let shape = self.shape(&slots, hidden);
            self.slots = std::mem::replace(&mut self.above, (slots, hidden, shape)).0;
            self.slots.clear();
        }
        let from = (self.rows.stored.len() - self.above.0.len()) as u32;
        self.rows.heads.push(Head { index, from, shape: self.above.2 });
    }

    /// The shape of a row of such cells.
    fn shape(&mut self, slots: &[Slot], hidden: bool) -> u32 {
        let is_it = |shape: &u32| {
            let shape = self.rows.shapes[*shape as usize];
            shape.hidden == hidden && self.rows.slots_of(shape) == slots
        };
        let count = self.rows.shapes.len() as u32;
        let place = if self.hashed.is_empty() { 0 } else { shape_hash(slots, hidden) as usize & (HASHED - 1) };
        let known = match self.hashed.get(place) {
            Some(behind) => behind.checked_sub(1).filter(is_it),
            None => (0..count).rev().find(is_it),
        };
        if let Some(known) = known {
            return known;
        }
        self.rows.add_shape(slots, hidden);
        match self.hashed.get_mut(place) {
            Some(behind) => *behind = count + 1,
            None if self.rows.shapes.len() > SHAPES => self.hashed = vec![0; HASHED],
            None => {}
        }
        count
    }

    /// What a number is stored as.
    #[inline]
    fn number(&mut self, number: f64) -> u32 {
        let whole = number as u32;
        if whole < OWN && f64::from(whole).to_bits() == number.to_bits() {
            return whole;
        }
        // Of a number of hundredths this is the nearest whole one; of any other it does not matter.
        let hundredths = (number * 100.0 + 0.5) as u32;
        if hundredths < u32::MAX - HUNDREDTHS && (f64::from(hundredths) / 100.0).to_bits() == number.to_bits() {
            return HUNDREDTHS + hundredths;
        }
        self.rows.numbers.push(number);
        OWN + (self.rows.numbers.len() as u32 - 1)
    }

    /// The place of a text.
    fn place(&mut self, text: &ArcStr) -> u32 {
        self.shared(text).or_else(|| self.before(text)).unwrap_or_else(|| self.keep(text.clone()))
    }

    /// The place of a text of the workbook.
    fn shared(&self, text: &ArcStr) -> Option<u32> {
        place_in(&self.rows.shared, text).and_then(|place| u32::try_from(place).ok()).filter(|place| *place < OWN)
    }

    /// What a figure is stored as; none of another text, or when there is no room: it is a text like others then.
    #[inline(always)]
    fn figure(&mut self, text: &str) -> Option<u32> {
        if let Some(packed) = Packed::of(text) {
            return Some(PACKED + packed.0);
        }
        let place = self.rows.figures.len();
        if !is_figure(text) || place + LONGEST_FIGURE >= 1 << FIGURE_BITS {
            return None;
        }
        self.rows.figures.push_str(text);
        Some(OWN | (text.len() as u32) << FIGURE_BITS | place as u32)
    }

    /// The place of a text that came not long ago; of any other it is remembered that it is the next to be kept.
    fn before(&mut self, text: &str) -> Option<u32> {
        if text.len() > LONGEST {
            return None;
        }
        let (next, remembered) = (self.rows.own.len(), self.known.len());
        if next >= remembered && remembered < REMEMBERED.1 {
            self.known = vec![(0, 0); (4 * remembered).clamp(REMEMBERED.0, REMEMBERED.1)];
        }
        let hash = hash(text);
        let (places, rest) = (hash as usize & (self.known.len() / SIDE_BY_SIDE - 1), (hash >> 32) as u32);
        let known = &mut self.known[places * SIDE_BY_SIDE..][..SIDE_BY_SIDE];
        // A text that cannot be the same is not fetched.
        let own = |known: &(u32, u32)| if known.1 == rest { known.0.checked_sub(1) } else { None };
        let is_it = |before: &u32| *self.rows.own[*before as usize] == *text;
        let before = known.iter().find_map(|known| own(known).filter(is_it));
        if before.is_none() {
            known.rotate_right(1);
            known[0] = (next as u32 + 1, rest);
        }
        before.map(|before| OWN + before)
    }

    /// The place of a text of a column, where texts come again: numbers of cases and amounts do not.
    #[inline]
    fn place_in(&mut self, col: u32, text: &str) -> u32 {
        let exact = Exact::of(text);
        if let (Some(exact), Some(column)) = (exact, self.columns.get_mut(col as usize))
            && let Some(own) = column.recent(exact)
        {
            column.tried += 1;
            column.found += 1;
            return own;
        }
        self.place_again(col, text, exact)
    }

    fn place_again(&mut self, col: u32, text: &str, exact: Option<Exact>) -> u32 {
        let column = self.columns.get(col as usize);
        if column.is_some_and(|column| column.tried >= TRIED && column.found < column.tried / SELDOM) {
            return self.keep(text.into());
        }
        let before = self.before(text);
        let own = before.unwrap_or_else(|| self.keep(text.into()));
        if self.columns.is_empty() {
            self.columns.resize_with(COLUMNS, Column::default);
        }
        if let Some(column) = self.columns.get_mut(col as usize) {
            column.tried += 1;
            column.found += u32::from(before.is_some());
            if let Some(exact) = exact {
                column.remember(exact, own, before.is_some());
            }
        }
        own
    }

    fn keep(&mut self, text: ArcStr) -> u32 {
        self.rows.own.push(text);
        OWN + (self.rows.own.len() as u32 - 1)
    }

    /// The rows in order; of cells at the same place the one that came last.
    fn sorted(self) -> Rows {
        let mut cells: Vec<(u32, bool, Slot, u32)> = Vec::with_capacity(self.rows.stored.len());
        for row in self.rows.iter() {
            cells.extend(
                row.slots()
                    .iter()
                    .zip(row.stored_all())
                    .map(|(slot, stored)| (row.index, row.hidden(), *slot, *stored)),
            );
        }
        cells.sort_by_key(|(row, _, slot, _)| (*row, slot.col));
        let mut sorted = Self::sharing(Arc::clone(&self.rows.shared));
        for same_row in cells.chunk_by(|a, b| a.0 == b.0) {
            let hidden = same_row.iter().any(|(_, hidden, ..)| *hidden);
            for same_place in same_row.chunk_by(|a, b| a.2.col == b.2.col) {
                // The sort is stable: the last written stands last.
                let Some((row, _, slot, stored)) = same_place.last() else { continue };
                sorted.cell(*row, hidden, self.rows.cell(*slot, *stored));
            }
        }
        sorted.finish()
    }
}

impl Rows {
    /// Takes away what is stored below merged cells: a merge shows its upper left cell in all of its places.
    pub fn uncover(&mut self, merges: &[Area]) {
        let mut below: HashSet<(u32, u32)> = HashSet::new();
        let mut looked_at = 0;
        for area in merges {
            let rows = self.first_from(area.first.row)..self.first_from(area.last.row.saturating_add(1));
            for row in self.part(rows) {
                looked_at += row.len();
                if looked_at > MOST_BELOW {
                    break;
                }
                let is_below =
                    |col: &u32| area.contains(row.index, *col) && (row.index, *col) != (area.first.row, area.first.col);
                below.extend(row.cols().filter(is_below).map(|col| (row.index, col)));
            }
        }
        if below.is_empty() {
            return;
        }
        let mut left = Filling::sharing(Arc::clone(&self.shared));
        for row in self.iter() {
            for cell in row.cells().filter(|cell| !below.contains(&(row.index, cell.col))) {
                left.cell(row.index, row.hidden(), cell);
            }
        }
        *self = left.finish();
    }

    /// Hides the rows with some indices.
    pub fn hide(&mut self, indices: impl IntoIterator<Item = u32>) {
        // Of each shape that is seen, the one of hidden rows.
        let mut twins: HashMap<u32, u32> = HashMap::new();
        for at in indices.into_iter().filter_map(|index| self.position(index)).collect::<Vec<_>>() {
            let seen = self.heads[at].shape;
            let shape = self.shapes[seen as usize];
            if shape.hidden {
                continue;
            }
            self.heads[at].shape = *twins.entry(seen).or_insert_with(|| {
                self.shapes.push(Shape { hidden: true, ..shape });
                self.shapes.len() as u32 - 1
            });
        }
    }
}

/// A hash of what the cells of a row are.
fn shape_hash(slots: &[Slot], hidden: bool) -> u64 {
    let mixed = slots.iter().fold(u64::from(hidden), |hash, slot| {
        let cell =
            u64::from(slot.col) << 32 | u64::from(slot.format) << 16 | (slot.formula as u64) << 8 | slot.kind as u64;
        (hash.rotate_left(5) ^ cell).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    mixed >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_below_is_the_same_cell_by_cell() {
        let fill = |first: u32| {
            let mut rows = Filling::default();
            for row in first..first + 40 {
                rows.text(row, row % 5 == 0, 0, ["12/03/2019", "Albo", "2019"][row as usize % 3]);
                rows.cell(
                    row,
                    false,
                    Cell { col: 2, format: 1, formula: Formula::Stored, value: Value::Number(0.125) },
                );
                rows.text(row, false, 3, &format!("nota {}", row % 7));
                if row % 4 == 0 {
                    rows.cell(row, false, Cell { col: 4, format: 0, formula: Formula::None, value: Value::Bool(true) });
                }
            }
            rows
        };
        let (mut whole, mut each) = (fill(0), fill(0));
        whole.append(fill(3), 50);
        let mut below = fill(3);
        below.close();
        each.append_each(&below.rows, 50);
        assert!(whole.finish() == each.finish());
    }
}
