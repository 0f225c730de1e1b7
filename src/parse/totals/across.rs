//! The column of totals beside the entities, or years, that it is the sum of.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{TOTAL_DIFFERS, lines};
use crate::finding::{Finding, Findings};
use crate::kinds::reader::Decision;
use crate::kinds::staff_costs::{Line, line};
use crate::kinds::table::{Mapped, Role, Table};
use crate::place::Place;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::number::{self, Nature};

/// Compares the column `Totale` of a grid with the sum of the entities, or years, beside it, row by row.
pub fn compare_across(
    sheet: &Sheet,
    table: &Arc<Table>,
    records: &[u32],
    decisions: &[(u32, Decision)],
    findings: &mut Findings,
) {
    let has_years = table.columns.iter().any(|mapped| matches!(mapped.role, Role::Year(_)));
    let is_sum = |mapped: &&Mapped| match mapped.role {
        Role::Total => true,
        Role::Column(column) => has_years && column.id == "amount" && line(&mapped.header) == Line::Total,
        _ => false,
    };
    let Some(mapped) = table.columns.iter().find(is_sum) else { return };
    let is_part = |mapped: &&Mapped| match &mapped.role {
        Role::Entity(name) => matches!(line(name), Line::Cost | Line::Persons),
        Role::Year(_) => line(&mapped.header) != Line::Renewals,
        _ => false,
    };
    let entities = || table.columns.iter().filter(is_part);
    let Some(first) = entities().next() else { return };
    let reading = decisions.iter().find(|(col, _)| *col == first.col).and_then(|(_, decision)| decision.reading);
    let amount = |cell: Cell<'_>| match cell.value {
        Value::Number(stored) => number::from_stored(stored),
        Value::Text(text) => number::scan(&text).map(|number| number.read(Nature::Amount, reading)),
        _ => None,
    };
    for row in lines::costs(sheet, table, records).iter().copied() {
        let figure = |mapped: &Mapped| sheet.cell(row, mapped.col).and_then(amount);
        let Some(declared) = figure(mapped) else { continue };
        let mut parts = entities().filter_map(figure);
        let sum = parts.try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part));
        let Some(sum) = sum.filter(|sum| (*sum - declared).abs() > Decimal::new(1, 2)) else { continue };
        let place = Place::cell(&table.file, &table.sheet, row, mapped.col);
        findings.push(
            Finding::new(&TOTAL_DIFFERS, place)
                .with("label", mapped.header.clone())
                .with("declared", number::italian(declared, 2, true))
                .with("computed", number::italian(sum, 2, true)),
        );
    }
}
