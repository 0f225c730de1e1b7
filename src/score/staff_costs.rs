//! Cost of staff: totals by year, difference and variation against the base.

mod declared;
mod sums;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::charter::sources;
use super::{StaffCost, StaffCosts, StaffYear};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::reader::Read;
use crate::kinds::staff_costs::Record;
use crate::parse::across::{Costs, Joined};
use crate::place::Place;
use crate::settings::Settings;
use crate::value::fold::words;
use crate::value::number;

/// An entity without a figure in a year.
pub static ENTITY_YEAR_MISSING: Code = Code {
    id: "P050",
    slug: "cost-missing",
    severity: Severity::Error,
    message: Text::new(
        "manca il costo {year} di «{entity}»: il totale dell’anno è incompleto",
        "the {year} cost of \"{entity}\" is missing: the year's total is incomplete",
    ),
    help: Text::new(
        "chiedere il dato all’ente, o scriverlo nel suo foglio",
        "ask the entity for the figure, or write it in its sheet",
    ),
};

/// A base year without figures.
pub static BASE_MISSING: Code = Code {
    id: "P051",
    slug: "base-year-missing",
    severity: Severity::Error,
    message: Text::new(
        "l’anno base {year} non ha costi: differenze e variazioni non si possono calcolare",
        "the base year {year} has no costs: differences and variations cannot be computed",
    ),
    help: Text::new(
        "controllare base_year in allegati.toml, o aggiungere i costi di quell’anno",
        "check base_year in allegati.toml, or add that year's costs",
    ),
};

/// A declared difference or variation that the costs do not give.
pub static VARIATION_DIFFERS: Code = Code {
    id: "P052",
    slug: "declared-variation-differs",
    severity: Severity::Warning,
    message: Text::new(
        "«{column}» {year}: dichiarato {declared}, dai costi risulta {computed}",
        "\"{column}\" {year}: {declared} declared, the costs give {computed}",
    ),
    help: Text::new("controllare la formula e l’anno base", "check the formula and the base year"),
};

/// A cost a thousand times the year before.
pub static SCALE_JUMP: Code = Code {
    id: "P053",
    slug: "cost-out-of-scale",
    severity: Severity::Warning,
    message: Text::new(
        "il costo {year} di «{entity}» ({seen}) è {times} volte quello di un altro anno ({other}): migliaia di euro?",
        "the {year} cost of \"{entity}\" ({seen}) is {times} times that of another year ({other}): thousands of euro?",
    ),
    help: Text::new("scrivere tutti gli importi in euro", "write all amounts in euro"),
};

/// Costs of other years only.
pub static YEAR_MISSING: Code = Code {
    id: "P080",
    slug: "cost-of-the-year-missing",
    severity: Severity::Warning,
    message: Text::new(
        "nessun foglio dà il costo del personale del {year}: l’ultimo è del {last}",
        "no sheet gives the cost of staff of {year}: the last is of {last}",
    ),
    help: Text::new("chiedere il costo dell’anno agli enti", "ask the entities for the cost of the year"),
};

/// The codes of this module.
pub static CODES: &[&Code] =
    &[&ENTITY_YEAR_MISSING, &BASE_MISSING, &VARIATION_DIFFERS, &SCALE_JUMP, &YEAR_MISSING, &sums::SUM_OF_OTHERS];

/// Adds up the costs of all entities by year.
pub fn score(all: &Costs, settings: &Settings, reported: i16, findings: &mut Findings) -> StaffCosts {
    let rows = &all.costs[..];
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut years: BTreeMap<i16, StaffYear> = BTreeMap::new();
    for row in rows {
        let record = &row.record;
        let entity = names.entry(words(&record.entity).concat()).or_insert_with(|| record.entity.clone()).clone();
        let year = years.entry(record.year).or_insert_with(|| StaffYear {
            year: record.year,
            complete: true,
            ..StaffYear::default()
        });
        if let Read::Value(cost) = &record.cost {
            let mut sources = sources(row.origins(), "amount");
            sources.iter_mut().take(1).for_each(|source| source.col = record.col);
            let cost = StaffCost { cost_eur: *cost, renewals_eur: record.renewals, sources, to_check: row.to_check() };
            year.entities.insert(entity, cost);
        }
    }
    let entities: Vec<String> = names.into_values().collect();
    let mut costs = StaffCosts {
        entities,
        has_renewals: !all.renewals.is_empty() || rows.iter().any(|row| row.record.renewals.is_some()),
        ..StaffCosts::default()
    };
    let with_renewals = costs.has_renewals;
    for year in years.values_mut() {
        complete(year, &costs.entities, rows, findings);
        year.total = year.entities.values().fold(Decimal::ZERO, |sum, cost| sum.saturating_add(cost.cost_eur));
        let net = |cost: &StaffCost| cost.cost_eur - cost.renewals_eur.unwrap_or_default();
        let net: Decimal = year.entities.values().map(net).sum();
        let whole: Decimal = all.renewals.iter().filter(|(of, _)| *of == year.year).map(|(_, sum)| *sum).sum();
        year.net_total = with_renewals.then(|| net.saturating_sub(whole));
    }
    if let Some((first, last)) = rows.first().zip(years.keys().last()).filter(|_| !years.contains_key(&reported)) {
        let table = &first.record.origin.table;
        let finding = Finding::new(&YEAR_MISSING, Place::sheet(&table.file, &table.sheet));
        findings.push(finding.with("year", reported.to_string()).with("last", last.to_string()));
    }
    costs.years = years.into_values().collect();
    against_base(&mut costs, settings, findings);
    out_of_scale(&costs, findings);
    sums::report(all, findings);
    let base: Vec<i16> = match &settings.base_years[..] {
        [] => costs.years.first().map(|year| year.year).into_iter().collect(),
        years => years.to_vec(),
    };
    declared::compare(all, &costs.years, &base, findings);
    costs
}

fn complete(year: &mut StaffYear, entities: &[String], rows: &[Joined<Record>], findings: &mut Findings) {
    for entity in entities.iter().filter(|entity| !year.entities.contains_key(*entity)) {
        year.complete = false;
        let key = words(entity).concat();
        let own: Vec<&Record> =
            rows.iter().map(|row| &row.record).filter(|record| words(&record.entity).concat() == key).collect();
        // A cell that could not be read has said so already.
        if own.iter().any(|record| record.year == year.year && matches!(record.cost, Read::Unread)) {
            continue;
        }
        let blank = own.iter().find(|record| record.year == year.year).map(|record| record.origin.place_at(record.col));
        let sheet = own.first().map(|record| Place::sheet(&record.origin.table.file, &record.origin.table.sheet));
        if let Some(place) = blank.or(sheet) {
            findings.push(
                Finding::new(&ENTITY_YEAR_MISSING, place).with("year", year.year.to_string()).with("entity", entity),
            );
        }
    }
}

fn against_base(costs: &mut StaffCosts, settings: &Settings, findings: &mut Findings) {
    let wanted: Vec<i16> = if settings.base_years.is_empty() {
        costs.years.first().map(|year| year.year).into_iter().collect()
    } else {
        settings.base_years.clone()
    };
    costs.base = named(&wanted);
    let bases: Vec<&StaffYear> = costs.years.iter().filter(|year| wanted.contains(&year.year)).collect();
    if costs.years.is_empty() {
        return;
    }
    if let Some(missing) = wanted.iter().find(|year| !bases.iter().any(|base| base.year == **year)) {
        let place = Place::file(&crate::settings::FILE_NAME.into());
        findings.push(Finding::new(&BASE_MISSING, place).with("year", missing.to_string()));
        return;
    }
    if bases.iter().any(|base| !base.complete) {
        return;
    }
    let sum: Decimal = bases.iter().map(|base| base.total).sum();
    let Some(base) = super::charter::mean_of(sum, bases.len()) else { return };
    for year in costs.years.iter_mut().filter(|year| year.complete) {
        let difference = year.total - base;
        year.difference = Some(difference);
        year.variation_percent =
            difference.checked_mul(Decimal::ONE_HUNDRED).and_then(|difference| difference.checked_div(base));
    }
}

/// The base in words: `2016`, the span `2014-2016`, or years apart: `2014, 2016`.
fn named(years: &[i16]) -> String {
    match years {
        [first, .., last] if years.windows(2).all(|pair| pair[0] + 1 == pair[1]) => format!("{first}-{last}"),
        years => years.iter().map(i16::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// Thousands instead of euro: one year's cost is a hundred times or more another's of the same entity.
fn out_of_scale(costs: &StaffCosts, findings: &mut Findings) {
    let hundred = Decimal::ONE_HUNDRED;
    for entity in &costs.entities {
        let series: Vec<(i16, &StaffCost)> =
            costs.years.iter().filter_map(|year| year.entities.get(entity).map(|cost| (year.year, cost))).collect();
        let Some((_, least)) =
            series.iter().filter(|(_, cost)| cost.cost_eur > Decimal::ZERO).min_by_key(|(_, cost)| cost.cost_eur)
        else {
            continue;
        };
        let Some((year, most)) = series.iter().max_by_key(|(_, cost)| cost.cost_eur) else { continue };
        let Some(times) = most.cost_eur.checked_div(least.cost_eur).filter(|times| *times >= hundred) else { continue };
        let Some(source) = most.sources.first() else { continue };
        let place = Place::cell(&source.file, &source.sheet, source.row, source.col);
        let money = |value: Decimal| number::italian(value, 2, true);
        let finding = Finding::new(&SCALE_JUMP, place)
            .with("year", year.to_string())
            .with("entity", entity)
            .with("seen", money(most.cost_eur));
        findings.push(finding.with("times", number::italian(times, 0, true)).with("other", money(least.cost_eur)));
    }
}
