//! Findings alike become one: the first shown whole, the others as a list of cells.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::super::{Finding, Findings, Severity};
use super::style::clean;
use crate::place::{Area, CellRef};

/// A finding and those like it.
pub(super) struct Group<'a> {
    pub(super) first: &'a Finding,
    alike: Vec<CellRef>,
}

/// What findings alike share: code, file, sheet and, when they are shown whole, column.
type Key<'a> = (&'a str, &'a Arc<str>, &'a Arc<str>, Option<u32>);

/// Groups of one severity, each in one column of one sheet.
pub(super) fn whole(findings: &Findings, severity: Severity) -> Vec<Group<'_>> {
    groups(findings, severity, |cell| Some(cell.col))
}

/// Groups of one severity, each in one sheet.
pub(super) fn compact(findings: &Findings, severity: Severity) -> Vec<Group<'_>> {
    groups(findings, severity, |_| None)
}

fn groups(findings: &Findings, severity: Severity, column: fn(CellRef) -> Option<u32>) -> Vec<Group<'_>> {
    let (mut groups, mut seen): (Vec<Group<'_>>, HashMap<Key<'_>, usize>) = (Vec::new(), HashMap::new());
    for finding in findings.iter().filter(|finding| finding.severity == severity) {
        // A finding about a whole sheet, or one that names another place, says something that its cell does not.
        let cell = finding.place.cell.filter(|_| finding.also.is_empty());
        let (Some(cell), Some(sheet)) = (cell, &finding.place.sheet) else {
            groups.push(Group { first: finding, alike: Vec::new() });
            continue;
        };
        let key = (finding.code.id, &finding.place.file, sheet, column(cell));
        match seen.get(&key) {
            Some(at) => groups[*at].alike.push(cell),
            None => {
                seen.insert(key, groups.len());
                groups.push(Group { first: finding, alike: Vec::new() });
            }
        }
    }
    groups
}

impl Group<'_> {
    /// The other cells, runs of three and more as an area, at most so many; and how many cells are left over.
    pub(super) fn others(&self, most: usize) -> (Vec<String>, usize) {
        let mut cells = self.alike.clone();
        cells.sort_unstable_by_key(|cell| (cell.col, cell.row));
        cells.dedup();
        let mut runs: Vec<Area> = Vec::new();
        for cell in cells.iter().copied() {
            match runs.last_mut() {
                Some(run) if run.last.col == cell.col && run.last.row + 1 == cell.row => run.last = cell,
                _ => runs.push(Area { first: cell, last: cell }),
            }
        }
        let split = runs.into_iter().flat_map(|run| {
            let two = run.last.row == run.first.row + 1;
            let one = |cell| Area { first: cell, last: cell };
            if two { vec![one(run.first), one(run.last)] } else { vec![run] }
        });
        let (mut shown, mut told) = (Vec::new(), 0);
        for run in split.take(most) {
            told += (run.last.row - run.first.row + 1) as usize;
            shown.push(clean(&run.to_string()));
        }
        (shown, cells.len() - told)
    }
}
