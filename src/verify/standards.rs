//! Results of single standards, from what was planned and measured in their row.

use rust_decimal::Decimal;

use super::figure::{self, judge};
use super::grid::{Column, Grid};
use super::{Checked, Subject, Verdict, Words};
use crate::finding::shorten;
use crate::place::CellRef;
use crate::score::charter::score_of;
use crate::score::{Rule, Status};
use crate::settings::Respect;
use crate::value::duration::{Clock, Measure, Span, Unit, parse};
use crate::value::fold::fold;
use crate::value::number;

/// Checks the result that each row of standards declares with the score its own values give.
pub fn check(subject: &Subject<'_>, grids: &[Grid<'_>]) -> Vec<Checked> {
    let mut checked = of_others(subject, grids);
    for grid in grids.iter().filter(|grid| is_ours(grid)) {
        checked.extend(grid.records.iter().filter_map(|row| of_ours(grid, *row)));
    }
    checked
}

fn is_ours(grid: &Grid<'_>) -> bool {
    grid.source.is_some() && grid.kind == Some("charter")
}

/// Rows of a workbook that another program wrote, by what they score when they are read.
fn of_others(subject: &Subject<'_>, grids: &[Grid<'_>]) -> Vec<Checked> {
    let mut checked = Vec::new();
    for row in &subject.scored.charter.rows {
        let Some(origin) = row.standard.origins().next() else { continue };
        let holds = |grid: &&Grid<'_>| grid.sheet.name == origin.table.sheet && grid.records.contains(&origin.row);
        let grid = grids.iter().find(holds);
        let Some((grid, column)) =
            grid.filter(|grid| !is_ours(grid)).and_then(|grid| Some((grid, grid.column("declared")?)))
        else {
            continue;
        };
        let computed = row.score.filter(|_| row.status == Status::Counted).map(|score| (score, Decimal::ZERO));
        let record = row.record();
        let name = if record.code.is_empty() { &record.process } else { &record.code };
        let values = values(&record.measured_text, &record.planned_text);
        checked.extend(judged(grid, origin.row, column, name, computed, values));
    }
    checked
}

/// A row of our own Allegato 1, by the rule that stands beside it.
fn of_ours(grid: &Grid<'_>, row: u32) -> Option<Checked> {
    let column = grid.column("declared")?;
    let (planned, measured) = (grid.column("planned")?, grid.column("measured")?);
    let rule = grid.headed(&["regola", "rule"]).and_then(|column| rule_called(&grid.shown(row, column)));
    let computed = rule.and_then(|rule| {
        let planned = value(grid, row, planned, &["programmato (valore)", "planned (value)"])?;
        let measured = value(grid, row, measured, &["rilevato (valore)", "measured (value)"])?;
        score(rule, &planned, &measured)
    });
    let named = |id: &str| grid.column(id).map(|column| grid.shown(row, column)).filter(|text| !text.is_empty());
    let name = named("code").or_else(|| named("process")).unwrap_or_default();
    let basis = match rule {
        Some(Rule::Declared) => {
            let label = Rule::Declared.label();
            (label.it.to_owned(), label.en.to_owned())
        }
        _ => values(&grid.shown(row, measured), &grid.shown(row, planned)),
    };
    judged(grid, row, column, &name, computed, basis)
}

fn values(measured: &str, planned: &str) -> Words {
    let values = format!("{measured} / {planned}");
    (format!("rilevato / programmato: {values}"), format!("measured / planned: {values}"))
}

/// The result of a row beside the score it should have, and how well that is known.
fn judged(
    grid: &Grid<'_>,
    row: u32,
    column: &Column,
    name: &str,
    computed: Option<(Decimal, Decimal)>,
    basis: Words,
) -> Option<Checked> {
    let declared = grid.figure(row, column)?;
    let verdict = computed.map_or(Verdict::CannotTell, |(score, doubt)| judge(&declared, score, doubt));
    let what = format!("{} {}", shorten(name, 40), column.header);
    Some(Checked {
        sheet: grid.sheet.name.clone(),
        cell: Some(CellRef::new(row, column.col)),
        what: (what.clone(), what),
        declared: grid.shown(row, column),
        computed: computed.map(|(score, _)| figure::shown(score, &declared)),
        verdict,
        basis,
    })
}

/// The rule of a row, by its words in either language.
fn rule_called(label: &str) -> Option<Rule> {
    let rules =
        [Rule::WithinStandard, Rule::Linear, Rule::Binary, Rule::Ratio, Rule::Stated, Rule::Declared, Rule::NotCounted];
    let folded = fold(label);
    rules.into_iter().find(|rule| [rule.label().it, rule.label().en].into_iter().any(|name| fold(name) == folded))
}

/// A planned or measured value, and how far a share may have been rounded where it is shown.
struct Value {
    measure: Measure,
    doubt: Decimal,
}

/// The value of a row: the days beside it, as long as its text says the same; without days only what names its unit.
fn value(grid: &Grid<'_>, row: u32, column: &Column, days: &[&str]) -> Option<Value> {
    let text = grid.shown(row, column);
    let days = grid.headed(days).and_then(|column| grid.figure(row, column)).map(|figure| figure.value);
    let measure = match (parse(&text, Clock::DAYS, None), days) {
        (Some(Measure::Span(span)), Some(days)) if span.stated && !is_near(&span, days) => Measure::Span(span),
        (_, Some(days)) => days_of(days)?,
        (Some(Measure::Span(span)), None) if !span.stated => return None,
        (said, None) => said?,
    };
    let decimals = number::numbers_in(&text).map(|number| number.as_decimal.scale()).max().unwrap_or_default();
    let doubt = if matches!(measure, Measure::Share(_)) { Decimal::new(5, decimals + 1) } else { Decimal::ZERO };
    Some(Value { measure, doubt })
}

/// Whether a text shows these days; it may show no decimals.
fn is_near(said: &Span, days: Decimal) -> bool {
    let in_unit = if said.unit == Unit::Hours { days * Decimal::from(24) } else { days };
    (said.amount - in_unit).abs() <= Decimal::new(5, 1)
}

fn days_of(days: Decimal) -> Option<Measure> {
    parse(&format!("{} giorni", number::plain(days).replace('.', ",")), Clock::DAYS, None)
}

/// The score by a rule of ours, and how well it is known; none when the rule takes it from elsewhere.
fn score(rule: Rule, planned: &Value, measured: &Value) -> Option<(Decimal, Decimal)> {
    let respect = match rule {
        Rule::WithinStandard | Rule::Linear | Rule::Stated => Respect::Linear,
        Rule::Binary => Respect::Binary,
        Rule::Ratio => Respect::Ratio,
        _ => return None,
    };
    let score = score_of(&planned.measure, &measured.measure, respect)?;
    let doubt = match planned.measure {
        Measure::Share(share) => {
            (planned.doubt + measured.doubt).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(share).unwrap_or_default()
        }
        _ => Decimal::ZERO,
    };
    Some((score, doubt))
}
