//! Costs that are the sum of others: a total that nobody called so would be counted twice.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::staff_costs::Record;
use crate::parse::across::Costs;
use crate::place::Place;
use crate::value::fold::words;

/// A cost that is in every year the sum of the others.
pub static SUM_OF_OTHERS: Code = Code {
    id: "P070",
    slug: "cost-is-sum-of-others",
    severity: Severity::Error,
    message: Text::new(
        "«{name}» è in ogni anno uguale a {others}: se è un totale, o lo stesso ente con un altro nome, il costo è contato due volte",
        "\"{name}\" is in every year equal to {others}: if it is a total, or the same entity by another name, the cost is counted twice",
    ),
    help: Text::new(
        "se è un totale, chiamarlo TOTALE; se gli altri ne sono le parti, scriverli con «di cui»; se è lo stesso ente, lasciarlo una volta sola",
        "if it is a total, call it TOTALE; if the others are its parts, begin them with «di cui»; if it is the same entity, leave it in only once",
    ),
};

/// The amounts by year of an entity or item, and where the first stands.
struct Series {
    name: String,
    place: Place,
    years: BTreeMap<i16, Decimal>,
}

/// More names than these nobody sums by hand.
const MOST_NAMES: usize = 200;

/// Looks for sums among the items of an entity, the entities of a table, and all entities.
pub fn report(costs: &Costs, findings: &mut Findings) {
    let mut groups: Vec<Vec<Series>> = Vec::new();
    // The parts of a table follow each other.
    for parts in costs.parts.chunk_by(|one, next| Arc::ptr_eq(&one.origin.table, &next.origin.table)) {
        let mut items: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
        for part in parts.iter().filter(|part| !part.item.is_empty()) {
            items.entry(key(&part.entity)).or_default().push(part);
        }
        groups.extend(items.into_values().map(|items| series(items.into_iter(), |part| &part.item)));
        groups.push(series(parts.iter(), |part| &part.entity));
    }
    // Only the rows of a table stand right above or below each other.
    let of_tables = groups.len();
    groups.push(series(costs.costs.iter().map(|joined| &joined.record), |record| &record.entity));
    let mut told: Vec<Place> = Vec::new();
    for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.len() <= MOST_NAMES) {
        // Two of a kind may cost the same.
        let severity = if group.len() == 2 { Severity::Warning } else { Severity::Error };
        let whole = sum_of_others(group).map(|(sum, others)| (sum, others, severity));
        let beside = if at < of_tables { sums_beside(group) } else { Vec::new() };
        for (sum, others, severity) in whole.into_iter().chain(beside) {
            if !told.contains(&sum.place) {
                told.push(sum.place.clone());
                let finding = Finding::new(&SUM_OF_OTHERS, sum.place.clone()).with("name", sum.name.clone());
                findings.push(finding.with("others", others).at(severity));
            }
        }
    }
}

/// Those that are in each of their years the sum of two or more right below them, or right above.
fn sums_beside(group: &[Series]) -> Vec<(&Series, String, Severity)> {
    let of = |at: usize| {
        let own = &group[at];
        let below = parts_of(own, group[at + 1..].iter());
        let parts = below.map(|count| &group[at + 1..=at + count]);
        let parts = parts.or_else(|| Some(&group[at - parts_of(own, group[..at].iter().rev())?..at]))?;
        // In a single year round figures add up by chance too.
        let severity = if own.years.len() == 1 { Severity::Warning } else { Severity::Error };
        Some((own, shown(parts.iter()), severity))
    };
    (0..group.len()).filter_map(of).collect()
}

/// How many of those that follow are together a cost in each of its years.
fn parts_of<'a>(own: &Series, others: impl Iterator<Item = &'a Series>) -> Option<usize> {
    let mut left = own.years.clone();
    for (at, other) in others.enumerate() {
        for (year, cost) in &other.years {
            let left = left.get_mut(year)?;
            *left = left.checked_sub(*cost)?;
        }
        if at > 0 && left.values().all(Decimal::is_zero) {
            return Some(at + 1);
        }
        if left.values().any(|left| left.is_sign_negative() && !left.is_zero()) {
            return None;
        }
    }
    None
}

fn key(name: &str) -> String {
    words(name).concat()
}

fn series<'a>(records: impl Iterator<Item = &'a Record>, name: fn(&Record) -> &String) -> Vec<Series> {
    let (mut all, mut known): (Vec<Series>, HashMap<String, usize>) = Default::default();
    for record in records {
        let Some(cost) = record.cost.value().filter(|cost| !cost.is_zero()) else { continue };
        let at = *known.entry(key(name(record))).or_insert(all.len());
        if at == all.len() {
            let place = record.origin.place_at(record.col);
            all.push(Series { name: name(record).clone(), place, years: BTreeMap::new() });
        }
        let sum = all[at].years.entry(record.year).or_default();
        *sum = sum.saturating_add(*cost);
    }
    all
}

/// The last that is in each of its years the sum of all others: of two at least where it has a single year, and of the
/// same years.
fn sum_of_others(group: &[Series]) -> Option<(&Series, String)> {
    let is_sum = |at: &usize| {
        let own = &group[*at].years;
        let others = || group.iter().enumerate().filter(|(other, _)| other != at).map(|(_, other)| &other.years);
        let sums = own.iter().all(|(year, cost)| {
            let sum = others()
                .filter_map(|years| years.get(year))
                .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part));
            sum.is_some_and(|sum| (sum - cost).abs() <= Decimal::new(1, 2))
        });
        let beyond = others().any(|years| years.keys().any(|year| !own.contains_key(year)));
        sums && !beyond && (own.len() > 1 && group.len() > 1 || group.len() > 2)
    };
    let at = (0..group.len()).rev().find(is_sum)?;
    let others = group.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
    Some((&group[at], shown(others)))
}

/// The names of what adds up, at most four.
fn shown<'a>(parts: impl Iterator<Item = &'a Series>) -> String {
    let names: Vec<String> = parts.map(|part| format!("«{}»", part.name)).collect();
    match names.len() {
        0..=4 => names.join(" + "),
        count => format!("{} + … ({count})", names[..3].join(" + ")),
    }
}
