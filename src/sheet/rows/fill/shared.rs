//! Texts of the workbook, which are looked at once for all cells that show them, and room for cells that are to come.

use arcstr::ArcStr;
use rayon::prelude::*;

use super::super::{Kind, OWN, Slot};
use super::Filling;
use crate::place::MAX_ROWS;
use crate::sheet::{Formula, LONGEST_FIGURE, is_figure};

/// From so many texts on they are looked at side by side.
const LONG: usize = 1 << 14;

/// A text of the whole workbook with what each cell that shows it asks about it: it is looked at once for all of them.
#[derive(Debug, Clone, Copy)]
pub struct SharedText {
    place: u32,
    bytes: u32,
    is_figure: bool,
}

impl SharedText {
    /// Each of the texts of a workbook that a cell can refer to by its place.
    pub fn of_all(texts: &[ArcStr]) -> Vec<Self> {
        let of = |(place, text): (u32, &ArcStr)| {
            let bytes = u32::try_from(text.len()).unwrap_or(u32::MAX);
            Self { place, bytes, is_figure: is_figure(text) }
        };
        match texts.len() {
            0..LONG => (0..OWN).zip(texts).map(of).collect(),
            _ => (0..OWN).into_par_iter().zip(texts).map(of).collect(),
        }
    }

    /// How many bytes it has, as far as that can be told.
    #[inline]
    pub fn bytes(self) -> usize {
        self.bytes as usize
    }
}

impl Filling {
    /// Adds a text of the workbook's, which is not one of the longest.
    #[inline(always)]
    pub fn shared_text(
        &mut self,
        row: u32,
        hidden: bool,
        (col, format): (u32, u16),
        formula: Formula,
        text: &SharedText,
    ) {
        debug_assert!((text.place as usize) < self.rows.shared.len() && text.bytes < u32::MAX);
        self.rows.text_bytes += u64::from(text.bytes);
        let kind = if text.is_figure { Kind::Figure } else { Kind::Text };
        self.add(row, hidden, Slot { col, format, formula, kind }, text.place);
    }

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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::sheet::{Cell, CellText, Value};

    #[test]
    fn shared_texts_are_the_cells_they_would_be_one_by_one() {
        let texts = ["chiusa", "2019", "12/05/2019", "3,5", "è", "una nota molto lunga"];
        let texts: Arc<Vec<ArcStr>> = Arc::new(texts.into_iter().map(ArcStr::from).collect());
        let known = SharedText::of_all(&texts);
        let (mut quick, mut each) = (Filling::sharing(Arc::clone(&texts)), Filling::sharing(Arc::clone(&texts)));
        quick.reserve(100);
        for (at, (text, known)) in texts.iter().zip(&known).cycle().take(40).enumerate() {
            let (row, col, formula) = (at as u32 / 3, at as u32 % 3, Formula::None);
            quick.shared_text(row, row == 4, (col, 1), formula, known);
            let value = Value::Text(CellText::Kept(text));
            each.cell(row, row == 4, Cell { col, format: 1, formula, value });
        }
        let (quick, each) = (quick.finish(), each.finish());
        assert_eq!(quick.text_bytes(), each.text_bytes());
        assert!(quick == each);
        let cells = |rows: &crate::sheet::Rows| rows.iter().map(|row| row.figures().count()).sum::<usize>();
        assert!(cells(&quick) > 0 && cells(&quick) == cells(&each));
    }
}
