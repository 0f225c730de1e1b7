//! Room for cells that are to come.

use super::Filling;
use crate::place::MAX_ROWS;
use crate::sheet::LONGEST_FIGURE;

impl Filling {
    /// Makes room for so many cells.
    pub fn reserve(&mut self, cells: usize) {
        self.rows.heads.reserve(cells / 8);
        self.rows.stored.reserve(cells);
    }

    /// Makes room for so many times what there is, but for no more cells than so many.
    pub fn expect(&mut self, times: u64, most: u64) {
        let more = |count: usize, most: u64| (count as u64).saturating_mul(times).min(most) as usize;
        self.rows.heads.reserve(more(self.rows.heads.len(), most.min(u64::from(MAX_ROWS))));
        self.rows.stored.reserve(more(self.rows.stored.len(), most));
        self.rows.numbers.reserve(more(self.rows.numbers.len(), most));
        self.rows.own.reserve(more(self.rows.own.len(), most));
        self.rows.figures.reserve(more(self.rows.figures.len(), most.saturating_mul(LONGEST_FIGURE as u64)));
    }
}
