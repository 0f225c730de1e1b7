//! Results of single standards, from what was planned and measured in their row.

use super::figure::{self, judge};
use super::grid::Grid;
use super::{Checked, Subject, Verdict};
use crate::place::CellRef;
use crate::score::Status;
use rust_decimal::Decimal;

/// Checks the result that each row of standards declares with the score its own values give.
pub fn check(subject: &Subject<'_>, grids: &[Grid<'_>]) -> Vec<Checked> {
    let mut checked = Vec::new();
    for row in &subject.scored.charter.rows {
        let Some(source) = row.sources.first() else { continue };
        let grid = grids.iter().find(|grid| grid.sheet.name == source.sheet && grid.records.contains(&source.row));
        let Some((grid, column)) = grid.and_then(|grid| Some((grid, grid.column("declared")?))) else { continue };
        let Some(declared) = grid.figure(source.row, column) else { continue };
        let computed = row.score.filter(|_| row.status == Status::Counted);
        let verdict = computed.map_or(Verdict::CannotTell, |score| judge(&declared, score, Decimal::ZERO));
        let name = if row.code.is_empty() { &row.process } else { &row.code };
        let what = format!("{} {}", crate::finding::shorten(name, 40), column.header);
        let values = format!("{} / {}", row.measured, row.planned);
        checked.push(Checked {
            sheet: source.sheet.clone(),
            cell: Some(CellRef::new(source.row, column.col)),
            what: (what.clone(), what),
            declared: grid.shown(source.row, column),
            computed: computed.map(|score| figure::shown(score, &declared)),
            verdict,
            basis: (format!("rilevato / programmato: {values}"), format!("measured / planned: {values}")),
        });
    }
    checked
}
