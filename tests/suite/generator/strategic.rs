//! Strategic objectives: their resources, and their targets.

use rust_decimal::Decimal;

use crate::harness::grid::{Cell, Value};

use super::draft::{Cellmap, Draft, DraftRecord, Row, cells, spot};
use super::headers::{self, ACHIEVED, DESCRIPTION, STRATEGIC, TARGET};
use super::random::Rng;
use super::spell::{Medium, Numbers, Style};
use super::truth::{Gravity, Key, Want};
use super::words::{OBJECTIVES, TASKS};

const CODES: &[&str] = &["1A", "1B", "2A", "2B", "2C", "3A", "3B", "3C"];
const ITEMS: &[(&str, &str)] = &[("income", "Proventi"), ("expense", "Oneri"), ("investment", "Investimenti")];

/// Draws the sheet of resources.
pub fn resources(rng: &mut Rng, style: Style, trapped: bool) -> Draft {
    let mut draft = Draft::new("resources", style);
    draft.about.push(format!("RISORSE PER OBIETTIVO STRATEGICO - ANNO {}", draft.style.year));
    draft.column("objective", *rng.pick(STRATEGIC));
    draft.column("title", *rng.pick(&["Descrizione", "Titolo", "Titolo obiettivo"]));
    let budget = *rng.pick(&["Preventivo", "Risorse a preventivo", "Budget"]);
    let actual = *rng.pick(&["Consuntivo", "Risorse a consuntivo"]);
    for (group, part) in [(budget, "budget"), (actual, "actual")] {
        for (id, name) in ITEMS {
            let role = RESOURCE_ROLES.iter().find(|role| role.starts_with(part) && role.ends_with(id)).expect("a role");
            draft.grouped(role, format!("{name} {}", group.to_lowercase()), group, *name);
        }
    }
    headers::disfigure(rng, &mut draft);
    let count = rng.range(3, CODES.len() as i64) as usize;
    let mut sums: Vec<Decimal> = vec![Decimal::ZERO; 6];
    let victim = trapped.then(|| rng.below(count));
    for at in 0..count {
        let mut row =
            cells([("objective", Cell::text(CODES[at])), ("title", Cell::text(OBJECTIVES[at % OBJECTIVES.len()]))]);
        let mut amounts = Vec::new();
        for (index, role) in RESOURCE_ROLES.iter().enumerate() {
            let zero = rng.chance(25);
            let negative = role.starts_with("actual") && rng.chance(4);
            let cents = if zero { 0 } else { rng.range(10_000, 90_000_000) };
            let amount = Decimal::new(if negative { -cents } else { cents }, 2);
            sums[index] += amount;
            amounts.push(amount);
            row.insert((*role).to_owned(), draft.style.amount(rng, amount));
        }
        let row = draft.record(row);
        let mut wants: Vec<_> = RESOURCE_ROLES
            .iter()
            .zip(&amounts)
            .map(|(role, amount)| (*role, Want::Number(*amount), vec![spot(row, role)]))
            .collect();
        for (index, (id, _)) in ITEMS.iter().enumerate() {
            let (budget, actual) = (amounts[index], amounts[index + 3]);
            let use_of =
                if budget.is_zero() { Want::Null } else { Want::Number(actual / budget * Decimal::ONE_HUNDRED) };
            let field = ["use_percent/income", "use_percent/expense", "use_percent/investment"][index];
            wants.push((field, use_of, vec![spot(row, &format!("budget/{id}")), spot(row, &format!("actual/{id}"))]));
        }
        if victim == Some(at) {
            let index = rng.below(6);
            let role = RESOURCE_ROLES[index];
            let error = draft.style.medium != Medium::Csv && rng.chance(50);
            let (trap, cell) = match rng.below(3) {
                // The other decimal mark among amounts: one of the two readings must be told.
                0 if draft.style.numbers == Numbers::Italian => ("both decimal marks", Cell::text("551080.58")),
                _ if error => ("error cell", Cell::new(Value::Error("#REF!".to_owned()))),
                _ => ("unreadable text", Cell::text("1.2.34,5")),
            };
            draft.set(row, role, cell);
            draft.need(trap, row, &[role], Gravity::Warning);
            wants[index].1 = Want::Flag;
            wants[6 + index % 3].1 = Want::Flag;
        }
        let key = Key::Resource { objective: CODES[at].to_owned() };
        draft.records.push(DraftRecord { row: Some(row), key, wants, trapped: victim == Some(at) });
    }
    if !trapped && rng.chance(35) {
        let total: Cellmap = RESOURCE_ROLES
            .iter()
            .zip(&sums)
            .map(|(role, sum)| ((*role).to_owned(), draft.style.amount(rng, *sum)))
            .collect();
        draft.label_role = "title";
        draft.rows.push(Row::Total((*rng.pick(&["TOTALE", "Totale", "TOTALI"])).to_owned(), total));
    }
    draft
}

const RESOURCE_ROLES: &[&str] =
    &["budget/income", "budget/expense", "budget/investment", "actual/income", "actual/expense", "actual/investment"];

/// Draws the sheet of targets.
pub fn targets(rng: &mut Rng, style: Style, trapped: bool) -> Draft {
    let mut draft = Draft::new("targets", style);
    draft.about.push(format!("TARGET STRATEGICI - ANNO {}", draft.style.year));
    draft.column("objective", *rng.pick(STRATEGIC));
    draft.column("target", *rng.pick(TARGET));
    draft.column("description", *rng.pick(&["Descrizione", "Descrizione del target", DESCRIPTION[0]]));
    draft.column("result", *rng.pick(ACHIEVED));
    headers::disfigure(rng, &mut draft);
    if draft.style.medium != Medium::Csv && rng.chance(40) {
        draft.merge_down = vec!["objective"];
    }
    let count = rng.range(3, 6) as usize;
    let victim = trapped.then(|| rng.below(count));
    for (at, code) in CODES[..count].iter().enumerate() {
        for number in 1..=rng.range(1, 4) {
            let score = if rng.chance(60) { Decimal::ONE_HUNDRED } else { Decimal::new(rng.range(4000, 9999), 2) };
            let (cell, status, want) = match rng.below(10) {
                0 => (Cell::text(*rng.pick(&["sospeso", "In corso", "N.C."])), "not_counted", Want::Null),
                1 => {
                    let text =
                        *rng.pick(&["+3,6%", "n. 12 eventi realizzati", "10% nel primo semestre, 30% nel secondo"]);
                    (Cell::text(text), "reported", Want::Null)
                }
                _ => (draft.style.percent(rng, score), "scored", Want::Number(score)),
            };
            let description = Cell::text(TASKS[(at * 3 + number as usize) % TASKS.len()]);
            let number_cell = draft.style.number(rng, Decimal::from(number));
            let mut row = cells([
                ("objective", Cell::text(*code)),
                ("target", number_cell),
                ("description", description),
                ("result", cell),
            ]);
            let planted = victim == Some(at) && number == 1;
            if planted {
                let csv = draft.style.medium == Medium::Csv;
                let cell = if csv { Cell::text("#N/D") } else { Cell::new(Value::Error("#N/A".to_owned())) };
                row.insert("result".to_owned(), cell);
            }
            let row = draft.record(row);
            let place = vec![spot(row, "result")];
            let mut wants = vec![("score", want, place.clone()), ("status", Want::Text(status.to_owned()), place)];
            if planted {
                draft.need("error cell", row, &["result"], Gravity::Warning);
                wants.iter_mut().for_each(|(_, want, _)| *want = Want::Flag);
            }
            let key = Key::Target { objective: (*code).to_owned(), target: number.to_string() };
            draft.records.push(DraftRecord { row: Some(row), key, wants, trapped: planted });
        }
    }
    draft
}
