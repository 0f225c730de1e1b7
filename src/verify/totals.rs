//! Rows that close others: their totals, counts, means and percentages from the records above them.

use rust_decimal::Decimal;

use super::figure::{self, Figure, judge};
use super::grid::{ClosingRow, Column, Grid, doubt};
use super::labels::{Closing, Derived};
use super::names::Figures;
use super::{Checked, Verdict, Words};
use crate::place::CellRef;
use crate::sheet::Value;

/// What a figure could be: the exact value, how well it is known, and the cells it comes from.
pub struct Candidate {
    /// The exact value.
    pub exact: Decimal,
    /// How far it can be off.
    pub doubt: Decimal,
    /// Where it comes from.
    pub basis: Words,
}

/// Checks the closing rows of a table.
pub fn check(grid: &Grid<'_>, figures: &mut Figures) -> Vec<Checked> {
    let mut checked = Vec::new();
    for (at, closing) in grid.closings.iter().enumerate() {
        for column in &grid.columns {
            let Some(declared) = grid.own_figure(closing.row, column) else { continue };
            if !belongs(grid, closing, column) {
                continue;
            }
            let candidates = candidates(grid, at, column);
            let done = checked_figure(grid, closing.row, column, &closing.label, &declared, &candidates);
            if let Some(exact) = best(&declared, &candidates).map(|candidate| candidate.exact) {
                figures.closing(grid, closing, &declared, exact);
            }
            checked.extend(done);
            checked.extend(rounded_in_text(grid, closing, column, &declared));
        }
    }
    checked
}

/// `89.95% arrotondato a 90%`: the second figure is the first as a whole number.
fn rounded_in_text(grid: &Grid<'_>, closing: &ClosingRow, column: &Column, declared: &Figure) -> Option<Checked> {
    let rounded = Figure { value: declared.rounded?, decimals: declared.rounded?.scale(), rounded: None };
    let basis = same(grid.range(&[closing.row], column));
    let candidate = Candidate { exact: declared.value, doubt: Decimal::ZERO, basis };
    let label = format!("{}, arrotondata", closing.label);
    let mut checked = checked_figure(grid, closing.row, column, &label, &rounded, &[candidate])?;
    checked.declared = figure::shown(rounded.value, &rounded);
    Some(checked)
}

/// Whether a figure in a closing row is one of the column it stands in.
fn belongs(grid: &Grid<'_>, closing: &ClosingRow, column: &Column) -> bool {
    let by_row = matches!(column.derived, Some(Derived::Net | Derived::Difference | Derived::Variation | Derived::Use));
    let years = matches!(closing.closing, Closing::Difference | Closing::Variation);
    if by_row || years || closing.closing == Closing::Parameter {
        return false;
    }
    match grid.kind {
        Some("charter") => column.id == Some("declared"),
        Some("procedures") => column.id == Some("result"),
        _ => true,
    }
}

/// Everything that a figure in a closing row can be.
fn candidates(grid: &Grid<'_>, at: usize, column: &Column) -> Vec<Candidate> {
    let closing = &grid.closings[at];
    let deviations = || grid.columns.iter().find(|column| column.derived == Some(Derived::Deviation));
    let source = if closing.closing == Closing::MeanDeviation { deviations().unwrap_or(column) } else { column };
    let mut blocks: Vec<Vec<u32>> = Vec::new();
    let above: Vec<u32> = grid.records.iter().copied().filter(|row| *row < closing.row).collect();
    let sums = grid.closings[..at].iter().filter(|other| other.closing == Closing::Sum).map(|other| other.row);
    let titles = grid.sections.iter().copied().filter(|row| *row < closing.row);
    let below: Vec<u32> = grid.records.iter().copied().filter(|row| *row > closing.row).collect();
    blocks.push(above.clone());
    for start in sums.clone().chain(titles) {
        blocks.push(above.iter().copied().filter(|row| *row > start).collect());
    }
    // A total may stand above what it sums.
    if above.is_empty() {
        blocks.push(below);
    }
    // A grand total may sum the totals of sections.
    blocks.push(sums.collect());
    blocks.retain(|rows| !rows.is_empty());
    blocks.dedup();
    blocks.iter().filter_map(|rows| candidate(grid, rows, source, closing.closing)).collect()
}

fn candidate(grid: &Grid<'_>, rows: &[u32], column: &Column, closing: Closing) -> Option<Candidate> {
    // A sum of what is left of the figures would be another one.
    if rows.iter().any(|row| grid.sheet.stored(*row, column.col).is_some_and(|cell| cell.value == Value::Blank)) {
        return None;
    }
    let figures = grid.figures(rows, column);
    let sum = figures.iter().try_fold(Decimal::ZERO, |sum, figure| sum.checked_add(figure.value))?;
    let count = Decimal::from(figures.len());
    let mean = sum.checked_div(count)?;
    let range = grid.range(rows, column);
    let basis = |it: &str, en: &str| (format!("{it} {range}"), format!("{en} {range}"));
    let (exact, doubt, basis) = match closing {
        Closing::Sum => (sum, Decimal::ZERO, basis("somma di", "sum of")),
        Closing::Count => (count, Decimal::ZERO, basis("conteggio di", "count of")),
        Closing::RoundedMean => {
            let mean = crate::value::number::round2(mean);
            (mean, Decimal::ZERO, basis("media a 2 decimali di", "mean with 2 decimals of"))
        }
        _ => (mean, doubt(&figures), basis("media di", "mean of")),
    };
    Some(Candidate { exact, doubt, basis })
}

/// The candidate that a declared figure agrees with best.
pub fn best<'a>(declared: &Figure, candidates: &'a [Candidate]) -> Option<&'a Candidate> {
    candidates.iter().min_by_key(|candidate| {
        let verdict = judge(declared, candidate.exact, candidate.doubt);
        (std::cmp::Reverse(verdict == Verdict::Right), (candidate.exact - declared.value).abs())
    })
}

/// A declared figure beside what it can be.
pub fn checked_figure(
    grid: &Grid<'_>,
    row: u32,
    column: &Column,
    label: &str,
    declared: &Figure,
    candidates: &[Candidate],
) -> Option<Checked> {
    let found = best(declared, candidates);
    let what = if label.is_empty() { column.header.clone() } else { format!("{label}, {}", column.header) };
    let verdict = found.map_or(Verdict::CannotTell, |found| judge(declared, found.exact, found.doubt));
    // What the rows of a sheet of no known kind mean is only guessed.
    let guessed = grid.kind.is_none() && verdict != Verdict::Right;
    let (found, verdict) = if guessed { (None, Verdict::CannotTell) } else { (found, verdict) };
    let basis = match (found, verdict) {
        (None, _) => ("nessuna riga da cui ricavarlo".to_owned(), "no row that it comes from".to_owned()),
        (Some(found), Verdict::CannotTell) => (
            format!("{}, arrotondati anch’essi", found.basis.0),
            format!("{}, which were rounded themselves", found.basis.1),
        ),
        (Some(found), _) => found.basis.clone(),
    };
    Some(Checked {
        sheet: grid.sheet.name.clone(),
        cell: Some(CellRef::new(row, column.col)),
        what: same(what),
        declared: grid.shown(row, column),
        computed: found.map(|found| figure::shown(found.exact, declared)),
        verdict,
        basis,
    })
}

/// A text that is the same in both languages.
pub fn same(text: impl Into<String>) -> Words {
    let text = text.into();
    (text.clone(), text)
}
