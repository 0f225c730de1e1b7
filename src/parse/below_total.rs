//! Rows of costs or budgets below the total that closes their table: what they are, nobody says.

use rust_decimal::Decimal;

use super::Fates;
use super::ledger::Fate;
use super::plan::Plan;
use super::totals::lines;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::resources;
use crate::kinds::staff_costs::{Line, RowLabel, line, owner};
use crate::kinds::table::{Role, Table};
use crate::place::Place;
use crate::sheet::{Sheet, Value};
use crate::value::number::{self, Nature};

/// A row below the total of the rows above it, and of no other.
pub static BELOW_TOTAL: Code = Code {
    id: "S054",
    slug: "row-below-the-total",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» sta sotto «{total}», che è la somma delle righe sopra: la riga non è stata sommata",
        "\"{seen}\" stands below \"{total}\", which is the sum of the rows above: the row was not added",
    ),
    help: Text::new(
        "se deve contare, spostare la riga sopra il totale; altrimenti non serve fare nulla",
        "if it should count, move the row above the total; else nothing needs doing",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&BELOW_TOTAL];

/// Words that the label of the total of a whole table may have besides those of costs.
const OF_ALL: &[&str] = &["generale", "finale", "risorse", "budget", "oneri", "complessivogenerale", "generali"];

/// Takes the rows below the last total from the records, when that is the total of all above and nothing begins anew
/// below it.
pub fn leave_out(sheet: &Sheet, table: &Table, plan: &mut Plan, fates: &mut Fates<'_>, findings: &mut Findings) {
    let by_rows = match table.kind.id {
        // Items of entities, and years, have totals of their own between them.
        "staff_costs" => {
            let is_of_entities = table.col("item").is_some() && table.col("entity").is_some();
            !is_of_entities && table.columns.iter().any(|mapped| matches!(mapped.role, Role::Year(_)))
        }
        "resources" => true,
        _ => false,
    };
    if !by_rows {
        return;
    }
    let label = |row: u32| match table.kind.id {
        "resources" => resources::label(sheet, table, row),
        _ => RowLabel::of(sheet, table, row).text().to_owned(),
    };
    let costs = lines::costs(sheet, table, &plan.records).into_owned();
    let told = plan.totals.iter().map(|total| (total.row, total.shown.clone()));
    let labelled = plan.records.iter().filter(|row| costs.binary_search(row).is_err()).map(|row| (*row, label(*row)));
    let totals = told.chain(labelled).filter(|(_, label)| line(label) == Line::Total);
    let Some((total, shown)) = totals.max_by_key(|(row, _)| *row).filter(|(_, shown)| is_of_all(shown)) else {
        return;
    };
    let split = costs.partition_point(|row| *row < total);
    let (above, below) = costs.split_at(split);
    let first = plan.records.partition_point(|row| *row < total);
    let begins_anew = plan.sections.iter().any(|(at, _)| *at > 0 && *at >= first);
    if below.is_empty() || begins_anew || !is_sum(sheet, table, total, above) {
        return;
    }
    plan.records.retain(|row| below.binary_search(row).is_err());
    for row in below {
        let col = sheet.row(*row).and_then(|row| row.first()).map_or(0, |cell| cell.col);
        let finding = Finding::new(&BELOW_TOTAL, Place::cell(&table.file, &table.sheet, *row, col));
        findings.push(finding.with("seen", label(*row)).with("total", shown.clone()));
        fates.row(*row, Fate::Finding);
    }
}

/// Whether a label is of the total of a whole table: it names nobody.
pub(super) fn is_of_all(label: &str) -> bool {
    let owner = owner(label);
    owner.is_empty() || OF_ALL.contains(&owner.as_str())
}

/// Whether a row has an amount, and each of its amounts is the sum of those above.
fn is_sum(sheet: &Sheet, table: &Table, total: u32, above: &[u32]) -> bool {
    let amount = |row: u32, col: u32| match sheet.cell(row, col)?.value {
        Value::Number(stored) => number::from_stored(stored),
        Value::Text(text) => number::scan(&text).map(|number| number.read(Nature::Amount, None)),
        _ => None,
    };
    let agrees = |col: u32| {
        let declared = amount(total, col)?;
        let mut parts = above.iter().filter_map(|row| amount(*row, col));
        let sum = parts.try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part))?;
        let agrees = (sum - declared).abs() <= Decimal::new(1, 2);
        Some((agrees, !declared.is_zero()))
    };
    let agreed: Vec<(bool, bool)> = lines::columns(table).filter_map(|(mapped, _)| agrees(mapped.col)).collect();
    agreed.iter().all(|(agrees, _)| *agrees) && agreed.iter().any(|(_, says)| *says)
}
