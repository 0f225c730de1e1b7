//! What is said of the texts of a long sheet, yes or no: cells that say the same share one text, so that it is known by
//! the place it has among the others, and need not be fetched.

use std::sync::atomic::{AtomicU16, Ordering};

use arcstr::ArcStr;

use super::{Rows, place_in};

/// In shorter sheets nothing is remembered.
const LEAST: usize = 1 << 11;

/// With more texts of the workbook for each cell neither: most of them are of other sheets.
const MOST: usize = 8;

/// What was said of each text.
pub struct Verdicts<'a> {
    rows: &'a Rows,
    /// Of each of the rows' own texts and then of each of the workbook's what was asked and what is said, zero before.
    said: Box<[AtomicU16]>,
}

impl<'a> Verdicts<'a> {
    /// Nothing was said yet.
    pub fn of(rows: &'a Rows) -> Self {
        let texts = rows.own.len() + rows.shared.len();
        let remembered = if rows.len() < LEAST || texts / MOST > rows.count() { 0 } else { texts };
        Self { rows, said: (0..remembered).map(|_| AtomicU16::new(0)).collect() }
    }

    /// What is said of one of the sheet's texts when so much is asked; of what was asked of it before, the last is known.
    #[inline]
    pub fn get(&self, text: &ArcStr, asked: u32, make: impl FnOnce(&str) -> bool) -> bool {
        let Some((said, asked)) = self.place(text).and_then(|place| self.said.get(place)).zip(code(asked)) else {
            return make(text);
        };
        let known = said.load(Ordering::Relaxed);
        if known & !1 == asked {
            return known & 1 == 1;
        }
        let verdict = make(text);
        said.store(asked | u16::from(verdict), Ordering::Relaxed);
        verdict
    }

    #[inline]
    fn place(&self, text: &ArcStr) -> Option<usize> {
        let Rows { own, shared, .. } = self.rows;
        place_in(own, text).or_else(|| place_in(shared, text).map(|place| own.len() + place))
    }
}

/// What is asked, in all bits but the last, and never zero; none when it does not fit.
#[inline]
fn code(asked: u32) -> Option<u16> {
    u16::try_from(asked + 1).ok().filter(|code| *code < 1 << 15).map(|code| code << 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{CellText, Filling};

    #[test]
    fn a_text_is_looked_at_once_for_what_is_asked_last() {
        let mut rows = Filling::default();
        for row in 0..3_000 {
            rows.text(row, false, 0, ["chiusa", "in corso"][row as usize % 2]);
            rows.text(row, false, 1, &format!("nota {row}"));
        }
        let rows = rows.finish();
        let verdicts = Verdicts::of(&rows);
        let mut made = 0;
        for asked in [0, 7, u32::from(u16::MAX), u32::MAX - 1] {
            let before = made;
            for (_, text) in rows.iter().flat_map(|row| row.texts(false)) {
                let CellText::Kept(text) = text else { continue };
                let said = verdicts.get(text, asked, |text| {
                    made += 1;
                    text.ends_with(['a', '7']) == (asked < 5)
                });
                assert_eq!(said, text.ends_with(['a', '7']) == (asked < 5), "{text}");
            }
            // What is asked in such a large number is remembered of none.
            assert_eq!(made - before, if asked < 10 { 3_002 } else { 6_000 });
        }
        assert!(!verdicts.get(&"chiusa".into(), 0, |_| false), "a text of another sheet has no place here");
    }

    #[test]
    fn of_a_short_sheet_nothing_is_remembered() {
        let mut rows = Filling::default();
        rows.text(0, false, 0, "chiusa");
        assert!(Verdicts::of(&rows.finish()).said.is_empty());
    }
}
