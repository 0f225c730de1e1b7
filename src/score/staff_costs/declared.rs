//! Differences and variations that sheets declare, recomputed on their own costs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::VARIATION_DIFFERS;
use crate::finding::{Finding, Findings};
use crate::kinds::staff_costs::{Line, Record, is_reduction, line, line_of};
use crate::kinds::table::{Role, Table};
use crate::parse::across::Costs;
use crate::parse::totals::{self, Compared};
use crate::score::StaffYear;
use crate::value::date;
use crate::value::fold::{fold, words};
use crate::value::number;

/// Amounts by year.
type Series = BTreeMap<i16, Decimal>;

/// One declared figure.
struct Declared<'a> {
    record: &'a Record,
    column: &'static str,
    /// Column id of the cell.
    at: &'static str,
    /// What its row or column is called.
    label: String,
    value: Decimal,
    is_row: bool,
}

/// Compares what the sheets declare with what their costs give.
pub fn compare(costs: &Costs, years: &[StaffYear], base: &[i16], findings: &mut Findings) {
    let columns = costs.parts.iter().flat_map(|record| figures(record, false));
    let rows = costs.declared.iter().flat_map(|record| figures(record, true));
    let sums = Sums::of(&costs.parts);
    let all: Series = years.iter().filter(|year| year.complete).map(|year| (year.year, year.total)).collect();
    // The row of a grid has a record of each entity, and one figure.
    let mut told = HashSet::new();
    for declared in columns.chain(rows) {
        let record = declared.record;
        let col = declared.is_row.then_some(record.col);
        let at = (Arc::as_ptr(&record.origin.table), record.origin.row, declared.column, record.year, col);
        if told.insert(at) {
            judge(&declared, &sums, &all, base).into_iter().for_each(|finding| findings.push(finding));
        }
    }
}

fn figures(record: &Record, is_row: bool) -> impl Iterator<Item = Declared<'_>> {
    let pairs = [("difference", record.declared_difference), ("variation", record.declared_variation)];
    pairs.into_iter().filter_map(move |(column, value)| {
        let table = &record.origin.table;
        // Amounts in euro may stand under `Variazione`.
        let at = if table.col(column).is_some() { column } else { "variation" };
        let label = match is_row {
            true => line_of(record).1.to_owned(),
            false => table.mapped(at).map(|mapped| mapped.header.clone()).unwrap_or_default(),
        };
        Some(Declared { record, column, at, label, value: value?, is_row })
    })
}

fn judge(declared: &Declared<'_>, sums: &Sums, all: &Series, base: &[i16]) -> Option<Finding> {
    let record = declared.record;
    let others = (!declared.is_row).then_some(all);
    let mut each: Vec<Vec<Decimal>> =
        sums.own(declared).into_iter().chain(others).map(|series| candidates(declared, series, base)).collect();
    each.retain(|candidates| !candidates.is_empty());
    let decimals = declared.value.normalize().scale();
    let (code, computed) = match totals::judge(declared.value, decimals, &each.concat(), Decimal::ZERO) {
        Compared::Right => return None,
        Compared::Cut(computed) => (&totals::TOTAL_CUT, computed),
        // What is nearest may be of another entity.
        Compared::Wrong(nearest) => match totals::judge(declared.value, decimals, each.first()?, Decimal::ZERO) {
            Compared::Wrong(own) => (&VARIATION_DIFFERS, own),
            _ => (&VARIATION_DIFFERS, nearest),
        },
    };
    // 0.0105 among variations is 1.05%.
    let points = declared.value.checked_mul(Decimal::ONE_HUNDRED)?;
    let is_fraction = declared.column == "variation" && declared.value.abs() < Decimal::ONE;
    let as_points = || totals::judge(points, decimals.saturating_sub(2), &each.concat(), Decimal::ZERO);
    if is_fraction && matches!(as_points(), Compared::Right) {
        return None;
    }
    let place = if declared.is_row { record.origin.place_at(record.col) } else { record.origin.place(declared.at) };
    let shown = |value: Decimal| number::italian(value, 2, true);
    let finding = Finding::new(code, place)
        .with("column", declared.label.clone())
        .with("label", declared.label.clone())
        .with("year", record.year.to_string());
    Some(finding.with("declared", shown(declared.value)).with("computed", shown(computed)))
}

/// What a figure can be, by the costs of some years.
fn candidates(declared: &Declared<'_>, series: &Series, base: &[i16]) -> Vec<Decimal> {
    let year = declared.record.year;
    let Some(cost) = series.get(&year) else { return Vec::new() };
    let difference = |before: Decimal| cost.checked_sub(before);
    let percent = |before: Decimal| difference(before)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before);
    let bases = bases(&declared.label, year, series, base);
    let (differences, percents) =
        (bases.iter().copied().filter_map(difference), bases.iter().copied().filter_map(percent));
    let mut candidates: Vec<Decimal> = match declared.column {
        _ if may_be_either(&declared.label) => differences.chain(percents).collect(),
        "difference" => differences.collect(),
        _ => percents.collect(),
    };
    if is_reduction(&declared.label) {
        candidates.extend(candidates.clone().into_iter().map(|value| -value));
    }
    candidates
}

/// Whether a label leaves open what its figures are in: `Variazione sul 2016`.
fn may_be_either(label: &str) -> bool {
    let is_variation = |first: &String| matches!(first.as_str(), "variazione" | "variazioni" | "var");
    line(label) == Line::Difference
        && words(label).first().is_some_and(is_variation)
        && !words(label).iter().any(|word| word.starts_with("assolut"))
}

/// The costs of every table, of every entity in it, and of every item of these.
struct Sums(HashMap<(*const Table, Option<String>, Option<String>), Series>);

impl Sums {
    fn of(parts: &[Record]) -> Self {
        let mut sums: HashMap<_, Series> = HashMap::new();
        for part in parts {
            let Some(cost) = part.cost.value() else { continue };
            let (table, entity, item) =
                (Arc::as_ptr(&part.origin.table), Some(fold(&part.entity)), Some(fold(&part.item)));
            for key in [(table, None, None), (table, entity.clone(), None), (table, entity, item)] {
                let sum = sums.entry(key).or_default().entry(part.year).or_default();
                *sum = sum.saturating_add(*cost);
            }
        }
        Self(sums)
    }

    /// The costs that a figure can be of: those of its own row, its entity and its table.
    fn own(&self, declared: &Declared<'_>) -> Vec<&Series> {
        let record = declared.record;
        let (table, entity) = (Arc::as_ptr(&record.origin.table), Some(fold(&record.entity)));
        let is_grid = matches!(record.origin.table.at(record.col).map(|mapped| &mapped.role), Some(Role::Entity(_)));
        let whole = (table, None, None);
        let keys = match (declared.is_row, is_grid) {
            (true, true) => vec![(table, entity, None)],
            (false, false) => vec![(table, entity.clone(), Some(fold(&record.item))), (table, entity, None), whole],
            _ => vec![whole],
        };
        keys.iter().filter_map(|key| self.0.get(key)).collect()
    }
}

/// The costs that a year is compared with: of the years that the label names, of the year before, or of the base.
fn bases(label: &str, year: i16, series: &Series, base: &[i16]) -> Vec<Decimal> {
    let before = || series.range(..year).next_back().map(|(_, cost)| *cost);
    let mean = |years: &[i16]| -> Option<Decimal> {
        let costs = years.iter().map(|year| series.get(year).copied()).collect::<Option<Vec<_>>>()?;
        let sum = costs.iter().try_fold(Decimal::ZERO, |sum, cost| sum.checked_add(*cost))?;
        sum.checked_div(Decimal::from(costs.len()))
    };
    let named = date::years(label);
    let first = || series.first_key_value().map(|(_, cost)| *cost);
    match &named[..] {
        [one, .., other] if named.contains(&year) => mean(&[*one.min(other)]).into_iter().collect(),
        [one] if *one == year => mean(base).or_else(first).into_iter().chain(before()).collect(),
        [] if words(label).iter().any(|word| word.starts_with("prec")) => before().into_iter().collect(),
        [] => mean(base).filter(|_| !base.is_empty()).or_else(first).into_iter().chain(before()).collect(),
        years => mean(years).into_iter().collect(),
    }
}
