//! The mean deviation that a sheet of standards declares: `Scostamento medio | 3,5%`, in whatever column its figure stands.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Check, TotalRow};
use crate::kinds::Content;
use crate::kinds::closing::{Closing, DeclaredTotal};
use crate::kinds::reader::Decision;
use crate::kinds::table::{Role, Table};
use crate::sheet::format::FormatKind;
use crate::sheet::{Sheet, Value};

/// The declared mean deviation of a row, in percent; none when it names no mean, has more than one figure or one below
/// zero, or a figure that may be days or a fraction.
pub(super) fn declared(
    sheet: &Sheet,
    table: &Arc<Table>,
    total: &TotalRow,
    decisions: &[(u32, Decision)],
    above: &[u32],
) -> Option<DeclaredTotal> {
    if table.kind.id != "charter" || !total.label.contains("medi") {
        return None;
    }
    let mut figures = sheet.row(total.row)?.cells().filter_map(|cell| {
        let known = table.at(cell.col).or(table.columns.first())?;
        let check = Check::new(sheet, table, known, Content::Percent, decisions, total);
        Some((cell, check.declared(cell)?))
    });
    let (cell, (value, decimals)) = figures.next()?;
    let is_percent = match cell.value {
        Value::Number(_) => sheet.format(cell).kind == FormatKind::Percent,
        Value::Text(text) => text.contains('%'),
        _ => false,
    };
    let among_measures = matches!(table.at(cell.col).map(|mapped| &mapped.role), Some(Role::Column(column)) if column.content == Content::Measure);
    let is_fraction = value > Decimal::ZERO && value < Decimal::ONE;
    if figures.next().is_some() || value.is_sign_negative() || (!is_percent && (among_measures || is_fraction)) {
        return None;
    }
    Some(DeclaredTotal {
        table: table.clone(),
        row: total.row,
        col: cell.col,
        label: total.shown.clone(),
        shown: sheet.shown(cell),
        value,
        decimals,
        what: Closing::MeanDeviation,
        rows: [above.to_vec(), Vec::new()],
    })
}
