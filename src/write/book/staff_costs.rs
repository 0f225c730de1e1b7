//! *Costo del personale*: cost by year and entity, with difference and variation on the base.

use rust_decimal::Decimal;

use super::style::{Align, Role, Shade, Show};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use super::{formula, names};
use crate::finding::Lang;
use crate::score::{StaffCosts, StaffYear};
use crate::value::date::years;
use crate::write::decimal::{round2, same};

/// The sheet's name.
pub const NAME: &str = "Costo del personale";

/// Where the columns after the entities stand.
struct Columns {
    total: u32,
    net: Option<u32>,
    difference: u32,
}

/// The table.
pub fn table(view: &View) -> TableSheet {
    let costs = &view.figures().staff_costs;
    let total = 1 + costs.entities.len() as u32;
    let net = costs.has_renewals.then_some(total + 2);
    let columns = Columns { total, net, difference: net.unwrap_or(total) + 1 };
    let mut widths = vec![9.0];
    widths.resize(columns.difference as usize, 19.0);
    widths.extend([18.0, 13.0, 24.0]);
    let page = Page { landscape: true, one_page: false };
    let mut sheet = TableSheet::new(NAME, page, &widths, &[62.0]);
    view.open(&mut sheet, view.say("COSTO DEL PERSONALE", "COST OF STAFF"));
    headers(view, costs, &mut sheet);
    if costs.years.is_empty() {
        view.nothing(&mut sheet, view.say("Nessun costo trovato nei fogli.", "No cost was found in the sheets."));
        return sheet;
    }
    let base = base(costs, sheet.next_row(), columns.total);
    for year in &costs.years {
        push_year(view, costs, year, &columns, base.as_ref(), &mut sheet);
    }
    explain(view, costs, &mut sheet);
    sheet
}

fn headers(view: &View, costs: &StaffCosts, sheet: &mut TableSheet) {
    let base = if costs.base.is_empty() { String::new() } else { format!(" {}", costs.base) };
    let difference = format!("{}{base}", view.say("DIFFERENZA SU", "DIFFERENCE ON"));
    let variation = format!("{}{base}", view.say("VARIAZIONE % SU", "VARIATION % ON"));
    let mut texts = vec![view.say("ANNO", "YEAR")];
    texts.extend(costs.entities.iter().map(String::as_str));
    texts.push(view.say("TOTALE", "TOTAL"));
    if costs.has_renewals {
        texts.extend([
            view.say("DI CUI RINNOVI CONTRATTUALI", "OF WHICH CONTRACT RENEWALS"),
            view.say("TOTALE AL NETTO DEI RINNOVI", "TOTAL NET OF RENEWALS"),
        ]);
    }
    texts.extend([&*difference, &*variation, view.say("NOTE", "NOTES"), view.say("Fonte", "Source")]);
    sheet.headers(&texts);
}

/// The years of the base: `2016`, `2014-2016`, or `2014, 2016`; none when there is no base.
fn base_years(costs: &StaffCosts) -> Vec<i16> {
    years(&costs.base)
}

/// The base's total as a formula, with its value: one year's total, or the mean of several.
fn base(costs: &StaffCosts, first_row: u32, total_col: u32) -> Option<(String, Decimal)> {
    let years = base_years(costs);
    let of_base = |(_, year): &(usize, &StaffYear)| years.contains(&year.year);
    let (mut cells, mut sum) = (Vec::new(), Decimal::ZERO);
    for (index, year) in costs.years.iter().enumerate().filter(of_base) {
        let row = first_row + index as u32 + 1;
        cells.push(format!("${}${row}", crate::place::column_letters(total_col)));
        sum += year.total;
    }
    let mean = sum.checked_div(Decimal::from(cells.len()))?;
    match cells.as_slice() {
        [one] => Some((one.clone(), mean)),
        _ => Some((format!("AVERAGE({})", cells.join(",")), mean)),
    }
}

/// The base by the names of its years, with its value rounded to cents: for formulas on other sheets.
pub fn base_by_name(costs: &StaffCosts) -> Option<(String, Decimal)> {
    let years = base_years(costs);
    let of_base: Vec<&StaffYear> = costs.years.iter().filter(|year| years.contains(&year.year)).collect();
    let sum: Decimal = of_base.iter().map(|year| year.total).sum();
    let mean = sum.checked_div(Decimal::from(of_base.len()))?;
    let names: Vec<String> = of_base.iter().map(|year| names::cost(year.year)).collect();
    Some((format!("ROUND(AVERAGE({}),2)", names.join(",")), mean))
}

fn push_year(
    view: &View,
    costs: &StaffCosts,
    year: &StaffYear,
    columns: &Columns,
    base: Option<&(String, Decimal)>,
    sheet: &mut TableSheet,
) {
    let row = sheet.next_row();
    let total = formula::cell(row, columns.total);
    let mut cells = vec![Cell::number(year.year, Show::Integer).align(Align::Centre)];
    for entity in &costs.entities {
        cells.push(match year.entities.get(entity) {
            Some(cost) => Cell::number(cost.cost_eur, Show::Two).shade(check(cost.to_check)),
            None => Cell::text(view.say("manca", "missing")).align(Align::Right).shade(Shade::Missing),
        });
    }
    let shade = if year.complete { Shade::None } else { Shade::Missing };
    let sum: Decimal = year.entities.values().map(|cost| cost.cost_eur).sum();
    cells.push(match columns.total > 1 && sum == year.total {
        true => {
            let entities = format!("{}:{}", formula::cell(row, 1), formula::cell(row, columns.total - 1));
            Cell::formula(format!("SUM({entities})"), year.total, Show::Two)
        }
        false => Cell::number(year.total, Show::Two),
    });
    if columns.net.is_some() {
        cells.extend(net(year, row, columns.total));
    }
    cells.push(difference(year, &total, base));
    cells.push(variation(year, &total, base));
    for cell in &mut cells[columns.total as usize..] {
        *cell = std::mem::take(cell).role(Role::Strong).shade(shade);
    }
    cells.push(Cell::text(notes(view, costs, year)).shade(shade));
    let sources: Vec<_> = year.entities.values().flat_map(|cost| cost.sources.iter().cloned()).collect();
    cells.push(view.source(&sources));
    sheet.push(cells);
    sheet.name(names::cost(year.year), row, columns.total);
    if year.variation_percent.is_some() {
        sheet.name(names::variation(year.year), row, columns.difference + 1);
    }
}

const fn check(to_check: bool) -> Shade {
    if to_check { Shade::Check } else { Shade::None }
}

fn net(year: &StaffYear, row: u32, total_col: u32) -> [Cell; 2] {
    match year.net_total {
        Some(net) => {
            let (total, renewals) = (formula::cell(row, total_col), formula::cell(row, total_col + 1));
            [Cell::number(year.total - net, Show::Two), Cell::formula(format!("{total}-{renewals}"), net, Show::Two)]
        }
        None => [Cell::empty(), Cell::text("N.C.").align(Align::Right)],
    }
}

fn difference(year: &StaffYear, total: &str, base: Option<&(String, Decimal)>) -> Cell {
    match (year.difference, base) {
        (Some(value), Some((text, amount))) if same(year.total - amount, value) => {
            Cell::formula(format!("ROUND({total}-{text},2)"), round2(value), Show::Two)
        }
        (Some(value), _) => Cell::number(round2(value), Show::Two),
        (None, _) => Cell::text("N.C.").align(Align::Right),
    }
}

fn variation(year: &StaffYear, total: &str, base: Option<&(String, Decimal)>) -> Cell {
    let Some(value) = year.variation_percent else { return Cell::text("N.C.").align(Align::Right) };
    let live = base.and_then(|(text, amount)| {
        let computed = (year.total - amount).checked_div(*amount)? * Decimal::ONE_HUNDRED;
        same(computed, value).then(|| format!("ROUND(({total}-{text})/{text}*100,2)"))
    });
    match live {
        Some(text) => Cell::formula(text, round2(value), Show::Two),
        None => Cell::number(round2(value), Show::Two),
    }
}

fn notes(view: &View, costs: &StaffCosts, year: &StaffYear) -> String {
    let mut notes = Vec::new();
    if base_years(costs).contains(&year.year) {
        notes.push(view.say("base", "base"));
    }
    if !year.complete {
        notes.push(view.say("totale incompleto: da completare", "incomplete total: to be completed"));
    }
    if year.entities.values().any(|cost| cost.to_check) {
        notes.push(view.say("da verificare", "to be checked"));
    }
    notes.join("; ")
}

fn explain(view: &View, costs: &StaffCosts, sheet: &mut TableSheet) {
    if costs.base.is_empty() {
        return;
    }
    let text = match view.lang {
        Lang::It => format!("Importi in euro. Base del confronto: {}.", costs.base),
        Lang::En => format!("Amounts in euro. Base of the comparison: {}.", costs.base),
    };
    sheet.across(text, Role::Note);
}
