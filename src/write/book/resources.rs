//! *Risorse*: budget, actual and use by strategic objective.

use rust_decimal::Decimal;

use super::style::{Align, Role, Show};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use super::{Shade, formula};
use crate::score::{Amounts, Resource};
use crate::write::decimal::{round2, same};

const BUDGET: u32 = 2;
const ACTUAL: u32 = 5;
const USE: u32 = 8;

/// The table.
pub fn table(view: &View) -> TableSheet {
    let page = Page { landscape: true, one_page: false };
    let mut widths = vec![12.0, 34.0];
    widths.resize(8, 13.5);
    widths.resize(11, 14.0);
    let mut sheet = TableSheet::new("Risorse", page, &widths, &[16.0, 62.0]);
    let title = view.say("RISORSE PER OBIETTIVO STRATEGICO", "RESOURCES BY STRATEGIC OBJECTIVE");
    view.open(&mut sheet, title);
    headers(view, &mut sheet);
    let resources = &view.figures().resources;
    if resources.is_empty() {
        view.nothing(
            &mut sheet,
            view.say("Nessuna risorsa trovata nei fogli.", "No resource was found in the sheets."),
        );
        return sheet;
    }
    let first = sheet.next_row();
    for resource in resources {
        let cells = cells(view, resource, sheet.next_row());
        sheet.push(cells);
    }
    let last = sheet.next_row() - 1;
    totals(view, resources, &mut sheet, first, last);
    sheet.across(
        view.say(
            "Importi in euro. Utilizzo % = consuntivo / preventivo × 100; N.C. quando il preventivo è zero.",
            "Amounts in euro. Use % = actual / budget × 100; N.C. when the budget is zero.",
        ),
        Role::Note,
    );
    let lacks =
        |resource: &Resource| amounts(&resource.budget).into_iter().zip(amounts(&resource.actual)).any(lacks_one);
    if resources.iter().any(lacks) {
        sheet.across(
            view.say(
                "Nell’utilizzo totale non contano gli importi di cui manca il preventivo o il consuntivo.",
                "The total use leaves out amounts whose budget or actual is missing.",
            ),
            Role::Note,
        );
    }
    sheet
}

fn headers(view: &View, sheet: &mut TableSheet) {
    let header = |text: &str| Cell::text(text).role(Role::Header).align(Align::Centre);
    let side = |text: &str| Cell::text(text).role(Role::SideHeader).align(Align::Centre);
    let mut groups = vec![
        header(view.say("OBIETTIVO", "OBJECTIVE")),
        header(view.say("TITOLO", "TITLE")),
        header(view.say("PREVENTIVO", "BUDGET")),
        header(""),
        header(""),
        header(view.say("CONSUNTIVO", "ACTUAL")),
        header(""),
        header(""),
        header(view.say("UTILIZZO %", "USE %")),
        header(""),
        header(""),
    ];
    groups.extend([side(view.say("Stato", "Status")), side(view.say("Fonte", "Source"))]);
    let row = sheet.push(groups);
    let kinds = [view.say("PROVENTI", "INCOME"), view.say("ONERI", "EXPENSE"), view.say("INVESTIMENTI", "INVESTMENT")];
    let mut below = vec![header(""), header("")];
    below.extend(kinds.iter().cycle().take(9).map(|kind| header(kind)));
    below.extend([side(""), side("")]);
    sheet.push(below);
    for col in [0, 1, 11, 12] {
        sheet.merge(row, col, row + 1, col);
    }
    for col in [BUDGET, ACTUAL, USE] {
        sheet.merge(row, col, row, col + 2);
    }
    sheet.header = Some(row + 1);
}

fn cells(view: &View, resource: &Resource, row: u32) -> Vec<Cell> {
    let shade = if resource.to_check { Shade::Check } else { Shade::None };
    let mut cells = vec![Cell::text(&resource.objective).align(Align::Centre), Cell::text(&resource.title)];
    cells.extend(amounts(&resource.budget).map(money));
    cells.extend(amounts(&resource.actual).map(money));
    for (index, exact) in amounts(&resource.use_percent).into_iter().enumerate() {
        let (budget, actual) = (amounts(&resource.budget)[index], amounts(&resource.actual)[index]);
        cells.push(use_percent(row, index as u32, budget, actual, exact));
    }
    for cell in &mut cells {
        *cell = std::mem::take(cell).shade(shade);
    }
    let state = if resource.to_check { view.say("da verificare", "to be checked") } else { "" };
    cells.push(Cell::text(state).role(Role::Side));
    cells.push(view.source(&resource.sources));
    cells
}

const fn amounts(amounts: &Amounts) -> [Option<Decimal>; 3] {
    [amounts.income, amounts.expense, amounts.investment]
}

fn money(value: Option<Decimal>) -> Cell {
    value.map_or_else(Cell::empty, |value| Cell::number(value, Show::Two))
}

fn use_percent(row: u32, index: u32, budget: Option<Decimal>, actual: Option<Decimal>, exact: Option<Decimal>) -> Cell {
    let Some(exact) = exact else { return Cell::text("N.C.").align(Align::Right).shade(Shade::NotCounted) };
    let computed = match (budget, actual) {
        (Some(budget), Some(actual)) => actual.checked_div(budget).map(|share| share * Decimal::ONE_HUNDRED),
        _ => None,
    };
    if !computed.is_some_and(|value| same(value, exact)) {
        return Cell::number(round2(exact), Show::Two);
    }
    let (actual, budget) = (formula::cell(row, ACTUAL + index), formula::cell(row, BUDGET + index));
    Cell::formula(format!("ROUND({actual}/{budget}*100,2)"), round2(exact), Show::Two)
}

fn totals(view: &View, resources: &[Resource], sheet: &mut TableSheet, first: u32, last: u32) {
    let row = sheet.next_row();
    let sum = |pick: fn(&Resource) -> &Amounts, index: usize| -> Decimal {
        resources.iter().filter_map(|resource| amounts(pick(resource))[index]).sum()
    };
    let mut cells = Vec::new();
    for (start, pick) in [(BUDGET, budget as fn(&Resource) -> &Amounts), (ACTUAL, actual)] {
        for index in 0..3 {
            let range = formula::column(start + index, first, last);
            cells.push(Cell::formula(format!("SUM({range})"), sum(pick, index as usize), Show::Two));
        }
    }
    for index in 0..3u32 {
        cells.push(total_use(resources, row, index, first, last));
    }
    sheet.total(view.say("TOTALE", "TOTAL"), BUDGET, cells);
}

/// The use of all budgets of a column together; an objective that lacks its budget or its actual amount is left out of both.
fn total_use(resources: &[Resource], row: u32, index: u32, first: u32, last: u32) -> Cell {
    let pair =
        |resource: &Resource| (amounts(&resource.budget)[index as usize], amounts(&resource.actual)[index as usize]);
    let both = || resources.iter().filter_map(|resource| pair(resource).0.zip(pair(resource).1));
    let budget: Decimal = both().map(|(budget, _)| budget).sum();
    let actual: Decimal = both().map(|(_, actual)| actual).sum();
    let share = actual.checked_div(budget).map(|share| share * Decimal::ONE_HUNDRED);
    if !resources.iter().any(|resource| lacks_one(pair(resource))) {
        return use_percent(row, index, Some(budget), Some(actual), share);
    }
    let Some(share) = share else { return use_percent(row, index, None, None, None) };
    // The criterion leaves out blanks, and would leave out amounts below zero.
    let is_below_zero = |amount: Option<Decimal>| amount.is_some_and(|amount| amount < Decimal::ZERO);
    if resources.iter().map(pair).any(|(budget, actual)| is_below_zero(budget) || is_below_zero(actual)) {
        return Cell::number(round2(share), Show::Two);
    }
    let column = |start: u32| formula::column(start + index, first, last);
    let sum = |of: u32, beside: u32| format!("SUMIF({},\">=0\",{})", column(beside), column(of));
    let text = format!("ROUND({}/{}*100,2)", sum(ACTUAL, BUDGET), sum(BUDGET, ACTUAL));
    Cell::formula(text, round2(share), Show::Two)
}

/// Whether only one of a budget and its actual amount is known.
const fn lacks_one((budget, actual): (Option<Decimal>, Option<Decimal>)) -> bool {
    budget.is_some() != actual.is_some()
}

const fn budget(resource: &Resource) -> &Amounts {
    &resource.budget
}

const fn actual(resource: &Resource) -> &Amounts {
    &resource.actual
}
