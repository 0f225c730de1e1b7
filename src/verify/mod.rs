//! A finished workbook checked again: every figure it declares beside what its own rows give.
//!
//! Needs the sheets of a workbook, ours or a published one, with what was recognised in them; gives a [`Checked`] for
//! each declared figure: right, cut instead of rounded, wrong, or not to be told. Nothing is taken from anywhere but
//! the workbook's rows, the links of the settings, and references that its titles spell out.

mod derived;
mod figure;
mod grid;
mod labels;
mod names;
mod objectives;
mod others;
mod own;
mod standards;
mod summary;
mod totals;
mod uncomputed;
mod years;

use std::sync::Arc;

use crate::kinds::table::Table;
use crate::place::CellRef;
use crate::score::Consolidation;
use crate::settings::Settings;
use crate::sheet::{Sheet, Visibility};
pub use figure::{Figure, judge, shown};
use grid::Grid;
pub use others::{compare, earlier, earlier_record, hashes, is_trends, source};
pub use own::table as own_table;

/// What is to be said of a declared figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The rows give another figure.
    Wrong,
    /// Digits were cut off where the figure should have been rounded.
    Truncated,
    /// The workbook does not hold what the figure was computed from.
    CannotTell,
    /// The rows give the same.
    Right,
}

impl Verdict {
    /// The word in the JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Truncated => "truncated",
            Self::CannotTell => "cannot_tell",
            Self::Right => "right",
        }
    }
}

/// A text in Italian and English.
pub type Words = (String, String);

/// One declared figure, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The sheet it stands on; a file's name for the sources.
    pub sheet: Arc<str>,
    /// Its cell, when it has one.
    pub cell: Option<CellRef>,
    /// What it is: `TOTALE, RISULTATO`.
    pub what: Words,
    /// The figure as the workbook shows it.
    pub declared: String,
    /// What the rows give, with as many decimals as the declared figure shows; none when it cannot be told.
    pub computed: Option<String>,
    /// What is to be said of it.
    pub verdict: Verdict,
    /// What it was computed from, with cells.
    pub basis: Words,
}

/// A workbook, checked.
#[derive(Debug, Clone, Default)]
pub struct Verification {
    /// The year most of the workbook speaks of.
    pub year: Option<i16>,
    /// Every declared figure, by sheet and cell.
    pub checked: Vec<Checked>,
}

impl Verification {
    /// How many figures have a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.checked.iter().filter(|checked| checked.verdict == verdict).count()
    }

    /// Adds what was checked elsewhere.
    pub fn extend(&mut self, more: Vec<Checked>) {
        self.checked.extend(more);
    }
}

/// A workbook to be checked.
pub struct Subject<'a> {
    /// Its sheets.
    pub sheets: &'a [Sheet],
    /// The tables recognised in each.
    pub tables: &'a [Vec<Table>],
    /// What its rows give when they are scored.
    pub scored: &'a Consolidation,
    /// The year its sheets name most, when they name any.
    pub year: Option<i16>,
    /// Links between objectives.
    pub settings: &'a Settings,
}

/// Checks every figure that the visible sheets of a workbook declare.
pub fn verify(subject: &Subject<'_>) -> Verification {
    let mut checked = years::check(subject);
    let mut grids = Vec::new();
    for (sheet, tables) in subject.sheets.iter().zip(subject.tables) {
        if sheet.visibility == Visibility::Visible && !others::is_without_figures(subject.sheets, sheet) {
            grids.extend(Grid::all(sheet, tables));
        }
    }
    let mut figures = names::Figures::default();
    for grid in &grids {
        checked.extend(derived::check(grid, &mut figures));
        checked.extend(totals::check(grid, &mut figures));
    }
    checked.extend(standards::check(subject, &grids));
    checked.extend(objectives::check(&grids, subject.settings, &mut figures));
    checked.extend(names::check(subject.sheets, &figures));
    checked.extend(summary::check(subject.sheets, &figures));
    checked.extend(uncomputed::check(subject.sheets));
    let order = |sheet: &str| subject.sheets.iter().position(|one| &*one.name == sheet).unwrap_or(usize::MAX);
    checked.sort_by(|a, b| (order(&a.sheet), a.cell, &a.what.0).cmp(&(order(&b.sheet), b.cell, &b.what.0)));
    checked.dedup();
    Verification { year: subject.year, checked }
}
