//! Where in a sheet a header may begin: most rows of a long table say quickly that they are none.

use rayon::prelude::*;

use super::header::is_year;
use super::vocabulary::Vocabulary;
use crate::sheet::{Cell, KeptAt, Row, Sheet, Value, Verdicts};

/// So many rows are looked at one after the other; those behind them side by side.
const NEAR: usize = 1_024;
/// Below the head of a sheet no name is as long.
const LONGEST: usize = 120;

/// The search for headers in one sheet.
pub struct Search<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    vocabulary: &'a Vocabulary,
    /// Whether texts are surely names.
    said: Verdicts<'a>,
}

impl<'a> Search<'a> {
    /// None was looked at yet.
    pub fn of(sheet: &'a Sheet, vocabulary: &'a Vocabulary) -> Self {
        Self { sheet, vocabulary, said: Verdicts::of(&sheet.rows) }
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
                _ => {
                    let parts = (at..end).into_par_iter().step_by(NEAR);
                    parts.find_map_first(|from| (from..end.min(from + NEAR)).find(begins))
                }
            };
            if let Some(found) = found {
                return found;
            }
            // However near the next one is, others have looked in vain at no more rows than there were up to it.
            (at, near) = (end, 2 * near);
        }
        rows.len()
    }

    /// The texts of a row that are surely names, each with its column and where it is kept.
    pub fn sure_names(&self, row: Row<'_>) -> Vec<(u32, KeptAt)> {
        row.names().filter(|(_, at)| self.said.get(*at, 0, |text| self.is_sure(text))).collect()
    }

    /// Whether a text is surely a name, and no longer than one.
    fn is_sure(&self, text: &str) -> bool {
        text.len() < LONGEST && self.vocabulary.is_sure(text)
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
        // `Ente | 2018 | 2019` has one name; a year alone is no figure.
        let has_years = || (1..=2).rev().all(|at| !row.has_figure(at) && row.nth(at).is_some_and(names_year));
        let is_sure = |text: &str| self.is_sure(text);
        let (mut sure, mut left) = (0, row.count_texts(figures));
        // Whether it is known now: two texts are surely names, or there are too few left.
        let mut tells = |is_sure: bool| {
            sure += usize::from(is_sure);
            left -= 1;
            sure == 2 || (sure + left < 2 && !has_years())
        };
        for (_, at) in row.names() {
            if tells(self.said.get(at, 0, is_sure)) {
                return sure == 2;
            }
        }
        if figures && row.figures().any(|(_, text)| tells(is_sure(&text))) {
            return sure == 2;
        }
        sure == 1 && has_years()
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
