//! What is said of the texts of a long sheet, yes or no: cells that say the same share one text, so that it is known by
//! the place it has among the others, and need not be fetched.

use std::sync::atomic::{AtomicU16, Ordering};

use super::{KeptAt, OWN, Rows};

/// In shorter sheets nothing is remembered.
const LEAST: usize = 1 << 5;

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
    #[inline(always)]
    pub fn get(&self, text: KeptAt, asked: u32, make: impl FnOnce(&str) -> bool) -> bool {
        let place = text.0.checked_sub(OWN).unwrap_or_else(|| self.rows.own.len() as u32 + text.0);
        let Some((said, asked)) = self.said.get(place as usize).zip(code(asked)) else {
            return make(self.rows.text(text.0));
        };
        let known = said.load(Ordering::Relaxed);
        if known & !1 == asked {
            return known & 1 == 1;
        }
        self.ask(text, asked, said, make)
    }

    #[cold]
    #[inline(never)]
    fn ask(&self, text: KeptAt, asked: u16, said: &AtomicU16, make: impl FnOnce(&str) -> bool) -> bool {
        let verdict = make(self.rows.text(text.0));
        said.store(asked | u16::from(verdict), Ordering::Relaxed);
        verdict
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
    use crate::sheet::Filling;

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
            for (_, at) in rows.iter().flat_map(|row| row.names()) {
                let text = rows.text(at.0);
                let said = verdicts.get(at, asked, |text| {
                    made += 1;
                    text.ends_with(['a', '7']) == (asked < 5)
                });
                assert_eq!(said, text.ends_with(['a', '7']) == (asked < 5), "{text}");
            }
            // What is asked in such a large number is remembered of none.
            assert_eq!(made - before, if asked < 10 { 3_002 } else { 6_000 });
        }
    }

    #[test]
    fn of_a_short_sheet_nothing_is_remembered() {
        let mut rows = Filling::default();
        rows.text(0, false, 0, "chiusa");
        assert!(Verdicts::of(&rows.finish()).said.is_empty());
    }
}
