//! Resources and strategic targets: what was used of the budget, what was reached.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::charter::sources;
use super::{Amounts, Resource, Status, Target};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::reader::Read;
use crate::kinds::{resources, targets};
use crate::parse::across::Joined;
use crate::value::fold::fold;
use crate::value::number;

/// A target without a result.
pub static TARGET_EMPTY: Code = Code {
    id: "P060",
    slug: "target-without-result",
    severity: Severity::Warning,
    message: Text::new("il target «{name}» non ha un risultato", "the target \"{name}\" has no result"),
    help: Text::new(
        "scrivere la percentuale, oppure sospeso o In corso",
        "write the percentage, or sospeso or In corso",
    ),
};

/// An actual amount many times its budget.
pub static USE_OUT_OF_SCALE: Code = Code {
    id: "P061",
    slug: "use-out-of-scale",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}»: il consuntivo ({actual}) è {times} volte il preventivo ({budget})",
        "\"{name}\": the actual amount ({actual}) is {times} times the budget ({budget})",
    ),
    help: Text::new(
        "controllare che gli importi siano tutti in euro e nella colonna giusta",
        "check that all amounts are in euro and in the right column",
    ),
};

/// A budget that is the sum of those whose codes go on with its own.
pub static SUM_OF_PARTS: Code = Code {
    id: "P073",
    slug: "resources-counted-twice",
    severity: Severity::Warning,
    message: Text::new(
        "gli importi di «{name}» sono la somma di {parts}: nel totale sono contati due volte",
        "the amounts of \"{name}\" are the sum of {parts}: in the total they are counted twice",
    ),
    help: Text::new(
        "lasciare la riga dell’obiettivo o quelle delle sue parti; oppure chiamarla TOTALE",
        "leave in the objective's row or those of its parts; or call it TOTALE",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&TARGET_EMPTY, &USE_OUT_OF_SCALE, &SUM_OF_PARTS];

/// From here on the use of a budget is pointed out.
const OUT_OF_SCALE: i64 = 500;

/// Budget, actual and use.
pub fn resources(rows: Vec<Joined<resources::Record>>, findings: &mut Findings) -> Vec<Resource> {
    sums_of_parts(&rows, findings);
    rows.into_iter()
        .map(|row| {
            let (budget, actual) = (row.record.budget, row.record.actual);
            out_of_scale(&row.record, findings);
            let to_check = row.to_check();
            Resource {
                use_percent: Amounts {
                    income: used(budget.income, actual.income),
                    expense: used(budget.expense, actual.expense),
                    investment: used(budget.investment, actual.investment),
                },
                sources: sources(row.origins(), "objective"),
                objective: row.record.objective,
                title: row.record.title,
                budget,
                actual,
                to_check,
            }
        })
        .collect()
}

/// Actual over budget in percent; N.C. when the budget is 0.
fn used(budget: Option<Decimal>, actual: Option<Decimal>) -> Option<Decimal> {
    actual?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget?)
}

/// Points out budgets that stand beside their own parts: `1A` beside `1A.1` and `1A.2`, `2` above `2C` and `2D`.
fn sums_of_parts(rows: &[Joined<resources::Record>], findings: &mut Findings) {
    let parts_of: BTreeMap<&str, Vec<&resources::Record>> = rows.iter().fold(BTreeMap::new(), |mut known, row| {
        if let Some((whole, _)) = row.record.objective.rsplit_once('.') {
            known.entry(whole).or_default().push(&row.record);
        }
        known
    });
    let records: Vec<&resources::Record> = rows.iter().map(|row| &row.record).collect();
    for (at, record) in records.iter().copied().enumerate() {
        let of_code = parts_of.get(&*record.objective).map_or(&[][..], Vec::as_slice);
        let beside = of_code.iter().filter(|part| Arc::ptr_eq(&part.origin.table, &record.origin.table));
        let parts: Vec<&resources::Record> = beside.copied().collect();
        let sums = |parts: &Vec<&resources::Record>| parts.len() > 1 && is_sum(record, parts);
        let below = || [parts_below(record, &records[at + 1..], true), parts_below(record, &records[at + 1..], false)];
        if let Some(parts) = Some(parts).filter(sums).or_else(|| below().into_iter().find(sums)) {
            let finding = Finding::new(&SUM_OF_PARTS, record.origin.place("objective"));
            let names: Vec<String> = parts.iter().map(|part| format!("«{}»", part.objective)).collect();
            let finding = finding.with("name", record.objective.clone()).with("parts", names.join(" + "));
            findings.push(parts.iter().fold(finding, |finding, part| finding.and(part.origin.place("objective"))));
        }
    }
}

/// The rows right below one whose codes go on with its own; without the parts of parts where only the `next` level counts.
fn parts_below<'a>(
    record: &resources::Record,
    below: &[&'a resources::Record],
    next: bool,
) -> Vec<&'a resources::Record> {
    let is_part = |other: &&&resources::Record| {
        Arc::ptr_eq(&other.origin.table, &record.origin.table) && goes_on(&record.objective, &other.objective)
    };
    let mut parts: Vec<&resources::Record> = Vec::new();
    for part in below.iter().take_while(is_part) {
        if !next || !parts.last().is_some_and(|last| goes_on(&last.objective, &part.objective)) {
            parts.push(part);
        }
    }
    parts
}

/// Whether a code goes on with that of a whole: `2C` with `2`, `2C/1` with `2C`, `2A` with `Linea 2`; `21` not with `2`.
fn goes_on(whole: &str, part: &str) -> bool {
    let code = |name: &str| name.split_whitespace().rfind(|word| word.contains(|c: char| c.is_ascii_digit())).map(fold);
    let (Some(whole), Some(part)) = (code(whole), code(part)) else { return false };
    let Some(rest) = part.strip_prefix(&*whole).and_then(|rest| rest.chars().next()) else { return false };
    !(rest.is_ascii_digit() && whole.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether all amounts of a record are those of its parts together, and some are not nought.
fn is_sum(record: &resources::Record, parts: &[&resources::Record]) -> bool {
    let amounts = |record: &resources::Record| {
        let (budget, actual) = (record.budget, record.actual);
        [budget.income, budget.expense, budget.investment, actual.income, actual.expense, actual.investment]
            .map(Option::unwrap_or_default)
    };
    let sums = parts.iter().try_fold([Decimal::ZERO; 6], |mut sums, part| {
        for (sum, amount) in sums.iter_mut().zip(amounts(part)) {
            *sum = sum.checked_add(amount)?;
        }
        Some(sums)
    });
    let own = amounts(record);
    sums == Some(own) && own.iter().any(|amount| !amount.is_zero())
}

fn out_of_scale(record: &resources::Record, findings: &mut Findings) {
    let (budget, actual) = (record.budget, record.actual);
    let pairs = [
        ("actual_income", budget.income, actual.income),
        ("actual_expense", budget.expense, actual.expense),
        ("actual_investment", budget.investment, actual.investment),
    ];
    for (column, budget, actual) in pairs {
        let (Some(budget), Some(actual)) = (budget, actual) else { continue };
        let Some(times) =
            actual.checked_div(budget).filter(|times| *times * Decimal::ONE_HUNDRED >= Decimal::from(OUT_OF_SCALE))
        else {
            continue;
        };
        let money = |value: Decimal| number::italian(value, 2, true);
        let finding =
            Finding::new(&USE_OUT_OF_SCALE, record.origin.place(column)).with("name", record.objective.clone());
        findings.push(
            finding
                .with("actual", money(actual))
                .with("budget", money(budget))
                .with("times", number::italian(times, 1, true)),
        );
    }
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
            let to_check = row.to_check();
            Target {
                sources: sources(row.origins(), "result"),
                objective: row.record.objective,
                target: row.record.target,
                description: row.record.description,
                text: row.record.text,
                score,
                status,
                to_check,
            }
        })
        .collect()
}
