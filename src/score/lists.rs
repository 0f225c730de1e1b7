//! Resources and strategic targets: what was used of the budget, what was reached.

use rust_decimal::Decimal;

use super::charter::sources;
use super::{Amounts, Resource, Status, Target};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::reader::Read;
use crate::kinds::{resources, targets};
use crate::parse::across::Joined;

/// A target without a result.
pub static TARGET_EMPTY: Code = Code {
    id: "P060",
    slug: "target-without-result",
    severity: Severity::Warning,
    message: Text::new("il target «{name}» non ha un risultato", "the target \"{name}\" has no result"),
    help: Text::new("scrivere la percentuale, oppure sospeso o In corso", "write the percentage, or sospeso or In corso"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&TARGET_EMPTY];

/// Budget, actual and use.
pub fn resources(rows: Vec<Joined<resources::Record>>) -> Vec<Resource> {
    rows.into_iter()
        .map(|row| {
            let (budget, actual) = (row.record.budget, row.record.actual);
            Resource {
                use_percent: Amounts {
                    income: used(budget.income, actual.income),
                    expense: used(budget.expense, actual.expense),
                    investment: used(budget.investment, actual.investment),
                },
                sources: sources(&row.origins, "objective"),
                objective: row.record.objective,
                title: row.record.title,
                budget,
                actual,
                to_check: row.to_check,
            }
        })
        .collect()
}

/// Actual over budget in percent; N.C. when the budget is 0.
fn used(budget: Option<Decimal>, actual: Option<Decimal>) -> Option<Decimal> {
    actual?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget?)
}

/// Targets: one unsigned percentage is the score, anything else is kept as a text.
pub fn targets(rows: Vec<Joined<targets::Record>>, findings: &mut Findings) -> Vec<Target> {
    rows.into_iter()
        .map(|row| {
            let (score, status) = match &row.record.result {
                Read::Value(value) => (Some(*value), Status::Counted),
                Read::NotCounted(_) => (None, Status::NotCounted),
                Read::Empty => {
                    let name = format!("{}/{}", row.record.objective, row.record.target);
                    findings.push(Finding::new(&TARGET_EMPTY, row.record.origin.place("result")).with("name", name));
                    (None, Status::Reported)
                }
                Read::Unclear | Read::Unread => (None, Status::Reported),
            };
            Target {
                sources: sources(&row.origins, "result"),
                objective: row.record.objective,
                target: row.record.target,
                description: row.record.description,
                text: row.record.text,
                score,
                status,
                to_check: row.to_check,
            }
        })
        .collect()
}
