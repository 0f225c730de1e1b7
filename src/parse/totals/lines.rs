//! Totals that only the label of a row among costs or budgets tells: of the items of one entity, of one year, of all above.

use std::borrow::Cow;

use super::TotalRow;
use crate::kinds::Content;
use crate::kinds::resources;
use crate::kinds::staff_costs::{Line, MOST_ROWS, RowLabel, has_parts, line, line_of_row};
use crate::kinds::table::{Mapped, Role, Table};
use crate::sheet::Sheet;
use crate::value::date;
use crate::value::fold::fold;

/// The rows that are summed; all, where labels say nothing of it.
pub fn costs<'a>(sheet: &Sheet, table: &Table, records: &'a [u32]) -> Cow<'a, [u32]> {
    if !matches!(table.kind.id, "staff_costs" | "resources") {
        return Cow::Borrowed(records);
    }
    let is_cost = |row: &u32| match table.kind.id {
        "staff_costs" => match line_of_row(sheet, table, *row) {
            Line::Cost | Line::Persons => true,
            Line::Total => !has_parts(sheet, table, *row),
            _ => false,
        },
        _ => !resources::is_of_others(&resources::label(sheet, table, *row)),
    };
    records.iter().copied().filter(is_cost).collect()
}

/// A total row, all that it can be the total of, and of that what stands below the total above.
pub type Labelled = (TotalRow, Vec<u32>, Vec<u32>);

/// Rows that are totals or means by their label; `told` are those of others.
pub fn totals(sheet: &Sheet, table: &Table, records: &[u32], costs: &[u32], told: &[TotalRow]) -> Vec<Labelled> {
    let mut totals: Vec<Labelled> = Vec::new();
    // The others have no such rows, and may be very many.
    if costs.len() == records.len() || sheet.rows.len() > MOST_ROWS {
        return totals;
    }
    for row in records.iter().copied().filter(|row| costs.binary_search(row).is_err()) {
        let (shown, parts) = match table.kind.id {
            "staff_costs" => of_costs(sheet, table, row, costs),
            "resources" => {
                let shown = resources::label(sheet, table, row);
                let parts = costs.iter().copied().filter(|cost| *cost < row).collect();
                (Some(shown).filter(|label| line(label) == Line::Total), parts)
            }
            _ => (None, Vec::new()),
        };
        let Some(shown) = shown else { continue };
        let above = told.iter().chain(totals.iter().map(|(total, ..)| total)).map(|total| total.row);
        let from = above.filter(|above| *above < row).max().unwrap_or(0);
        let section = parts.iter().copied().filter(|part| *part > from).collect();
        totals.push((TotalRow { row, label: label(&shown), shown }, parts, section));
    }
    totals
}

/// What a label says, with the word that tells sums apart in front.
fn label(shown: &str) -> String {
    match line(shown) {
        Line::Total => format!("totale {}", fold(shown)),
        _ => format!("media {}", fold(shown)),
    }
}

fn of_costs(sheet: &Sheet, table: &Table, row: u32, costs: &[u32]) -> (Option<String>, Vec<u32>) {
    let own = RowLabel::of(sheet, table, row);
    let what = line_of_row(sheet, table, row);
    let text = own.text();
    let of_items = !own.item.is_empty() && line(&own.item) == what && line(&own.entity) == Line::Cost;
    // `Totale 2018` in the column of years; a plain year stands there beside the items of it.
    let years = if own.year.is_empty() { Vec::new() } else { date::years(&own.year) };
    let is_part = |cost: &u32| {
        let label = RowLabel::of(sheet, table, *cost);
        let of_year = years.is_empty() || date::years(&label.year).iter().any(|year| years.contains(year));
        of_year && if of_items { fold(&label.entity) == fold(&own.entity) } else { *cost < row }
    };
    let parts = costs.iter().copied().filter(is_part).collect();
    (matches!(what, Line::Total | Line::Mean).then(|| text.to_owned()), parts)
}

/// Columns whose amounts a total row can sum.
pub fn columns(table: &Table) -> impl Iterator<Item = (&Mapped, Content)> {
    let amounts = |mapped: &&Mapped| match mapped.role {
        Role::Column(column) => column.content == Content::Amount,
        Role::Year(_) | Role::Entity(_) | Role::Total => true,
        _ => false,
    };
    table.columns.iter().filter(amounts).map(|mapped| (mapped, Content::Amount))
}
