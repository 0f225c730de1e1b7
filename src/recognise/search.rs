//! Where in a sheet a header may begin: most rows of a long table say quickly that they are none.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::header::is_year;
use super::vocabulary::Vocabulary;
use crate::sheet::{Cell, CellText, Row, Sheet, Value};

/// So many rows are looked at one after the other; those behind them side by side.
const NEAR: usize = 1_024;
/// Below the head of a sheet no name is as long.
const LONGEST: usize = 120;
/// So many texts are remembered in a long sheet; a power of two.
const REMEMBERED: usize = 1 << 15;

/// The search for headers in one sheet.
pub struct Search<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    vocabulary: &'a Vocabulary,
    /// Where texts stand in memory that were looked at not long ago, the last bit set when one is surely a name: cells
    /// that say the same share one text.
    said: Box<[AtomicUsize]>,
}

impl<'a> Search<'a> {
    /// None was looked at yet.
    pub fn of(sheet: &'a Sheet, vocabulary: &'a Vocabulary) -> Self {
        let remembered = if sheet.rows.len() > NEAR { REMEMBERED } else { 0 };
        Self { sheet, vocabulary, said: (0..remembered).map(|_| AtomicUsize::new(0)).collect() }
    }

    /// The position of the first row, from one on, where a header may begin below the head of the sheet.
    pub fn next(&self, from: usize) -> usize {
        let rows = &self.sheet.rows;
        let begins = |at: &usize| rows.get(*at).is_some_and(|row| self.may_begin(row, false));
        let (mut at, mut near) = (from, NEAR);
        while at < rows.len() {
            let end = rows.len().min(at + near);
            let found = match near {
                NEAR => (at..end).find(begins),
                _ => (at..end).into_par_iter().with_min_len(NEAR).find_first(begins),
            };
            if let Some(found) = found {
                return found;
            }
            // However near the next one is, others have looked in vain at no more rows than there were up to it.
            (at, near) = (end, 2 * near);
        }
        rows.len()
    }

    /// Cheap test: at least two short texts, and below the head of the sheet no number but years.
    pub fn may_begin(&self, row: Row<'_>, in_head: bool) -> bool {
        if in_head {
            let is_short = |cell: &Cell<'_>| match &cell.value {
                Value::Text(text) => text.len() < 400,
                Value::Number(number) => is_year(*number),
                _ => false,
            };
            return row.cells().filter(is_short).nth(1).is_some();
        }
        // Further down a header must show at least two names that are surely headers, or one beside years.
        if !row.is_of_texts_and(is_year) {
            return false;
        }
        let figures = self.vocabulary.names_figures();
        // `Ente | 2018 | 2019` has one name.
        let has_years = || (1..=2).all(|at| row.nth(at).is_some_and(names_year));
        let (mut sure, mut left) = (0, row.count_texts(figures));
        for (_, name) in row.texts(figures) {
            if sure + left < 2 && !has_years() {
                return false;
            }
            sure += usize::from(name.len() < LONGEST && self.is_sure(&name));
            left -= 1;
            if sure == 2 {
                return true;
            }
        }
        sure == 1 && has_years()
    }

    /// Whether a text is surely a name.
    fn is_sure(&self, text: &CellText<'_>) -> bool {
        let CellText::Kept(text) = text else { return self.vocabulary.is_sure(text) };
        // The last bit of a place is taken: texts stand behind the counts of those who share them, at even places.
        let place = text.as_ptr() as usize;
        if self.said.is_empty() || place & 1 == 1 {
            return self.vocabulary.is_sure(text);
        }
        let mixed = (place as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let slot = &self.said[(mixed >> (u64::BITS - REMEMBERED.ilog2())) as usize];
        let known = slot.load(Ordering::Relaxed);
        if known & !1 == place {
            return known & 1 == 1;
        }
        let sure = self.vocabulary.is_sure(text);
        slot.store(place | usize::from(sure), Ordering::Relaxed);
        sure
    }
}

/// Whether a cell holds nothing but a year, as a number or as a text.
fn names_year(cell: Cell<'_>) -> bool {
    match cell.value {
        Value::Number(number) => is_year(number),
        Value::Text(text) => text.len() == 4 && text.parse().is_ok_and(is_year),
        _ => false,
    }
}
