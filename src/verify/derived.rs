//! Columns computed from others of their row: totals across, differences and variations from a base, use of a budget,
//! results of procedures from what was met.

use rust_decimal::Decimal;

use super::Checked;
use super::figure::Figure;
use super::grid::{Column, Grid};
use super::labels::{Closing, Derived};
use super::names::Figures;
use super::totals::{Candidate, checked_figure, same};
use crate::place::CellRef;
use crate::value::date::years;
use crate::value::fold::fold;

/// Checks the computed columns of a table, in its records and in its totals.
pub fn check(grid: &Grid<'_>, figures: &mut Figures) -> Vec<Checked> {
    let sums = grid.closings.iter().filter(|closing| closing.closing == Closing::Sum);
    let rows: Vec<(u32, String)> = grid
        .records
        .iter()
        .map(|row| (*row, name_of(grid, *row)))
        .chain(sums.map(|closing| (closing.row, closing.label.clone())))
        .collect();
    let mut checked = Vec::new();
    for column in &grid.columns {
        for (row, name) in &rows {
            let Some(declared) = grid.own_figure(*row, column) else { continue };
            let Some(candidates) = candidates(grid, *row, column) else { continue };
            figures.of_year(grid, *row, column, &declared);
            checked.extend(checked_figure(grid, *row, column, name, &declared, &candidates));
        }
    }
    checked.extend(year_rows(grid));
    checked
}

/// What tells a row from others: the text of its first column.
fn name_of(grid: &Grid<'_>, row: u32) -> String {
    let first = grid.columns.iter().map(|column| grid.shown(row, column)).find(|text| !text.is_empty());
    crate::finding::shorten(&first.unwrap_or_default(), 40)
}

/// What a computed cell can be; none when its column is typed.
fn candidates(grid: &Grid<'_>, row: u32, column: &Column) -> Option<Vec<Candidate>> {
    if grid.kind == Some("procedures") && column.id == Some("result") {
        return of_procedure(grid, row);
    }
    let found = match column.derived? {
        Derived::Across => across(grid, row, column),
        Derived::Net => net(grid, row, column),
        Derived::Difference => against_base(grid, row, column, |value, base| value.checked_sub(base)),
        Derived::Variation => against_base(grid, row, column, percent),
        Derived::Use => usage(grid, row, column),
        Derived::Deviation => return None,
    };
    Some(found)
}

fn percent(value: Decimal, base: Decimal) -> Option<Decimal> {
    value.checked_sub(base)?.checked_div(base)?.checked_mul(Decimal::ONE_HUNDRED)
}

fn cell(row: u32, column: &Column) -> String {
    CellRef::new(row, column.col).to_string()
}

fn exact(exact: Decimal, it: String, en: String) -> Candidate {
    Candidate { exact, doubt: Decimal::ZERO, basis: (it, en) }
}

/// The sum of the amounts to the left, of entities or of years.
fn across(grid: &Grid<'_>, row: u32, total: &Column) -> Vec<Candidate> {
    let is_part = |part: &&Column| (part.entity || part.year.is_some()) && !is_renewals(part) && part.derived.is_none();
    let parts: Vec<&Column> = grid.columns.iter().filter(is_part).filter(|part| part.col != total.col).collect();
    let values: Vec<Decimal> = parts.iter().filter_map(|part| grid.figure(row, part)).map(|part| part.value).collect();
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    let (Some(sum), Some(first), Some(last), true) = (sum, parts.first(), parts.last(), values.len() > 1) else {
        return Vec::new();
    };
    let range = format!("{}:{}", cell(row, first), cell(row, last));
    vec![exact(sum, format!("somma di {range}"), format!("sum of {range}"))]
}

fn is_renewals(column: &Column) -> bool {
    column.id == Some("renewals") || fold(&column.header).contains("rinnov") && column.derived.is_none()
}

fn total_column<'a>(grid: &'a Grid<'_>) -> Option<&'a Column> {
    let total = grid.columns.iter().find(|column| column.derived == Some(Derived::Across));
    total.or_else(|| grid.column("amount"))
}

fn net(grid: &Grid<'_>, row: u32, column: &Column) -> Vec<Candidate> {
    let renewals = grid.columns.iter().find(|other| is_renewals(other) && other.col != column.col);
    let (Some(total), Some(renewals)) = (total_column(grid), renewals) else { return Vec::new() };
    let (Some(gross), Some(part)) = (grid.figure(row, total), grid.figure(row, renewals)) else { return Vec::new() };
    let basis = format!("{} − {}", cell(row, total), cell(row, renewals));
    vec![exact(gross.value - part.value, basis.clone(), basis)]
}

/// A year, its row, its total.
type YearRow = (i16, u32, Figure);

/// The rows of years, each with its total.
fn yearly<'a>(grid: &'a Grid<'_>) -> Option<(&'a Column, Vec<YearRow>)> {
    let (year, total) = (grid.column("year")?, total_column(grid)?);
    let of_row = |row: &u32| {
        let named = years(&grid.shown(*row, year)).first().copied()?;
        Some((named, *row, grid.figure(*row, total)?))
    };
    Some((total, grid.records.iter().filter_map(of_row).collect()))
}

/// The total of a row against that of the base: the year the header names, else the earliest, else a mean of years.
fn against_base(
    grid: &Grid<'_>,
    row: u32,
    column: &Column,
    compute: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Vec<Candidate> {
    let Some((total, rows)) = yearly(grid) else { return Vec::new() };
    let Some((_, _, own)) = rows.iter().find(|(_, other, _)| *other == row) else { return Vec::new() };
    let named = years(&column.header);
    let earliest = rows.iter().map(|(year, ..)| *year).min();
    let is_base = |year: i16| if named.is_empty() { Some(year) == earliest } else { named.contains(&year) };
    let base: Vec<&YearRow> = rows.iter().filter(|(year, ..)| is_base(*year)).collect();
    let sum: Decimal = base.iter().map(|(_, _, figure)| figure.value).sum();
    let mean = sum.checked_div(Decimal::from(base.len()));
    let value = mean.and_then(|mean| compute(own.value, mean));
    let cells = base.iter().map(|(_, row, _)| cell(*row, total)).collect::<Vec<_>>().join(", ");
    let basis = (format!("{} rispetto a {cells}", cell(row, total)), format!("{} against {cells}", cell(row, total)));
    value.map(|value| exact(value, basis.0, basis.1)).into_iter().collect()
}

/// Years in columns: rows of differences and variations from the base below a row of totals.
fn year_rows(grid: &Grid<'_>) -> Vec<Checked> {
    let of_years: Vec<&Column> = grid.columns.iter().filter(|column| column.year.is_some()).collect();
    let total = grid.closings.iter().find(|closing| closing.closing == Closing::Sum).map(|closing| closing.row);
    let only = (grid.records.len() == 1).then(|| grid.records[0]);
    let (Some(total), false) = (total.or(only), of_years.is_empty()) else { return Vec::new() };
    let mut checked = Vec::new();
    for closing in &grid.closings {
        let compute: fn(Decimal, Decimal) -> Option<Decimal> = match closing.closing {
            Closing::Difference => |value, base| value.checked_sub(base),
            Closing::Variation => percent,
            _ => continue,
        };
        let named = years(&closing.label);
        let earliest = of_years.iter().filter_map(|column| column.year).min();
        let is_base = |year: i16| if named.is_empty() { Some(year) == earliest } else { named.contains(&year) };
        let base = of_years.iter().find(|column| column.year.is_some_and(is_base));
        for column in &of_years {
            let Some(declared) = grid.own_figure(closing.row, column) else { continue };
            let value = base.and_then(|base| Some((grid.figure(total, column)?, grid.figure(total, base)?, base)));
            let candidates: Vec<Candidate> = value
                .and_then(|(own, of_base, base)| {
                    let (own_cell, base_cell) = (cell(total, column), cell(total, base));
                    let value = compute(own.value, of_base.value)?;
                    let it = format!("{own_cell} rispetto a {base_cell}");
                    Some(exact(value, it, format!("{own_cell} against {base_cell}")))
                })
                .into_iter()
                .collect();
            checked.extend(checked_figure(grid, closing.row, column, &closing.label, &declared, &candidates));
        }
    }
    checked
}

/// Actual over budget: the columns of the same name under another group.
fn usage(grid: &Grid<'_>, row: u32, column: &Column) -> Vec<Candidate> {
    let folded = fold(&column.header);
    let what = ["provent", "oner", "invest", "income", "expens"].into_iter().find(|word| folded.contains(word));
    let pair = match what {
        Some("provent" | "income") => ("budget_income", "actual_income"),
        Some("oner" | "expens") => ("budget_expense", "actual_expense"),
        Some("invest") => ("budget_investment", "actual_investment"),
        _ => return Vec::new(),
    };
    let (Some(budget), Some(actual)) = (grid.column(pair.0), grid.column(pair.1)) else { return Vec::new() };
    let (Some(planned), Some(done)) = (grid.figure(row, budget), grid.figure(row, actual)) else { return Vec::new() };
    let share = done.value.checked_div(planned.value).and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
    let basis = format!("{} / {}", cell(row, actual), cell(row, budget));
    share.map(|share| exact(share, basis.clone(), basis)).into_iter().collect()
}

/// The result of a procedure whose row says how many were considered and how many were met.
fn of_procedure(grid: &Grid<'_>, row: u32) -> Option<Vec<Candidate>> {
    let all = grid.headed(&["considerati", "considered"])?;
    let met = grid.headed(&["rispettati", "met"])?;
    let (total, kept) = (grid.figure(row, all)?, grid.figure(row, met)?);
    let least = grid.headed(&["almeno", "at least"]).and_then(|column| grid.figure(row, column));
    let share = match least {
        Some(least) if kept.value >= least.value => Decimal::ONE_HUNDRED,
        Some(least) => kept.value.checked_div(least.value)?.checked_mul(Decimal::ONE_HUNDRED)?,
        None => kept.value.checked_div(total.value)?.checked_mul(Decimal::ONE_HUNDRED)?,
    };
    let basis = same(format!("{} / {}", cell(row, met), cell(row, all)));
    Some(vec![exact(share, basis.0, basis.1)])
}
