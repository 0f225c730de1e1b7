//! Texts of the workbook, which are looked at once for all cells that show them.

use arcstr::ArcStr;
use rayon::prelude::*;

use super::super::{Kind, OWN, Slot};
use super::Filling;
use crate::sheet::{Formula, is_figure};

/// The most bytes of which that many letters never are too many for a cell.
const MAX_BYTES: usize = (1 << 15) - 1;

/// From so many texts on they are looked at side by side.
const LONG: usize = 1 << 14;

/// What each cell that shows a text of the whole workbook asks about it, found once for all of them: how many bytes it has,
/// up to those that any cell can hold, and whether it is a figure. There may be very many.
#[derive(Debug, Clone, Copy)]
pub struct SharedText(u16);

impl SharedText {
    /// Each of the texts of a workbook that a cell can refer to by its place.
    pub fn of_all(texts: &[ArcStr]) -> Vec<Self> {
        let texts = &texts[..texts.len().min(OWN as usize)];
        match texts.len() {
            0..LONG => texts.iter().map(Self::of).collect(),
            _ => texts.par_iter().map(Self::of).collect(),
        }
    }

    fn of(text: &ArcStr) -> Self {
        match text.len() {
            bytes @ 0..=MAX_BYTES => Self((bytes as u16) << 1 | u16::from(is_figure(text))),
            _ => Self(0),
        }
    }

    /// Whether it is neither empty nor so long that it may be too long for a cell.
    #[inline]
    pub fn is_usual(self) -> bool {
        self.0 > 1
    }
}

impl Filling {
    /// Adds the text of the workbook that has a place among them, a usual one.
    #[inline(always)]
    pub fn shared_text(&mut self, row: u32, hidden: bool, slot: (u32, u16, Formula), text: (usize, SharedText)) {
        let ((col, format, formula), (place, text)) = (slot, text);
        debug_assert!(place < self.rows.shared.len() && text.is_usual());
        self.rows.text_bytes += u64::from(text.0 >> 1);
        let kind = if text.0 & 1 == 1 { Kind::Figure } else { Kind::Text };
        self.add(row, hidden, Slot { col, format, formula, kind }, place as u32);
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
        for (at, (place, text)) in texts.iter().enumerate().cycle().take(40).enumerate() {
            let (row, col, formula) = (at as u32 / 3, at as u32 % 3, Formula::None);
            quick.shared_text(row, row == 4, (col, 1, formula), (place, known[place]));
            let value = Value::Text(CellText::Kept(text));
            each.cell(row, row == 4, Cell { col, format: 1, formula, value });
        }
        let (quick, each) = (quick.finish(), each.finish());
        let odd = ["".into(), "a".repeat(MAX_BYTES + 1).into(), "a".repeat(MAX_BYTES).into()];
        let usual: Vec<bool> = SharedText::of_all(&odd).into_iter().map(SharedText::is_usual).collect();
        assert_eq!(usual, [false, false, true]);
        assert_eq!(quick.text_bytes(), each.text_bytes());
        assert!(quick == each);
        let cells = |rows: &crate::sheet::Rows| rows.iter().map(|row| row.figures().count()).sum::<usize>();
        assert!(cells(&quick) > 0 && cells(&quick) == cells(&each));
    }
}
