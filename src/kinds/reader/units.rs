//! Units that a column of their own gives: `U.M.` beside the values, with `gg`, `ore` or `%` in each row.

use super::codes::UNIT_UNKNOWN;
use super::{Decision, RowReader};
use crate::kinds::table::{Mapped, Role, Table};
use crate::value::duration;
use crate::value::fold::{trim, words};

/// Whether a header names a column of units: `U.M.`, `Unità di misura`.
///
/// ```
/// use allegati::kinds::reader::names_units;
/// assert!(["U.M.", "u.m", "Unità di misura"].into_iter().all(names_units));
/// assert!(!["Unità organizzativa", "Misura"].into_iter().any(names_units));
/// ```
pub fn names_units(header: &str) -> bool {
    let words = words(header);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(words[..], ["um"] | ["u", "m"] | ["unita", "misura"] | ["unita", "di", "misura"])
}

/// The column that gives the units of another: the one right of it, or the only one there is.
pub fn units_of(table: &Table, col: u32) -> Option<u32> {
    let is_it = |mapped: &&Mapped| matches!(mapped.role, Role::Unknown) && names_units(&mapped.header);
    let mut all = table.columns.iter().filter(is_it).map(|mapped| mapped.col);
    let beside = table.columns.iter().find(|mapped| mapped.col > col).filter(is_it).map(|mapped| mapped.col);
    beside.or_else(|| all.next().filter(|_| all.next().is_none()))
}

impl RowReader<'_> {
    /// Whether a bare number of a column is a time, by the unit beside it in this row, else by its header.
    pub fn gives_time(&self, id: &str) -> bool {
        let Some(col) = self.table.col(id) else { return false };
        let decision = self.decision(col);
        let unit = decision.units.and_then(|col| self.sheet.cell_of(self.stored, col));
        match unit.map(|cell| self.sheet.shown(cell)).filter(|said| !trim(said).is_empty()) {
            Some(said) => duration::header_clock(&format!("u ({})", trim(&said))).is_some(),
            None => decision.no_share,
        }
    }

    /// What a column decided, with the unit that its row gives; none when nobody can tell what the unit is, which is
    /// reported where a bare number needs it.
    pub(super) fn with_unit(&mut self, mut decision: Decision, is_bare: bool) -> Option<Decision> {
        let Some(cell) = decision.units.and_then(|col| self.sheet.cell_of(self.stored, col)) else {
            return Some(decision);
        };
        let shown = self.sheet.shown(cell);
        let said = trim(&shown);
        if said.is_empty() {
            return Some(decision);
        }
        let clock = duration::header_clock(&format!("u ({said})"));
        decision.points = clock.is_none() && duration::header_says_points(said);
        match clock {
            Some(clock) => decision.clock = clock,
            None if decision.points || !is_bare => {}
            None => {
                let place = self.place(cell.col);
                let is_told =
                    |finding: &crate::finding::Finding| finding.code.id == UNIT_UNKNOWN.id && finding.place == place;
                if !self.findings.iter().rev().take(8).any(is_told) {
                    self.report(&UNIT_UNKNOWN, cell.col, &[("seen", said.into())]);
                }
                return None;
            }
        }
        Some(decision)
    }
}
