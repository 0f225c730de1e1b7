//! The cost of staff by entity and year, with the base's total as a line.

use rust_decimal::Decimal;

use super::columns::{Column, Columns, draw};
use super::{Chart, Frame, Series};
use crate::finding::{Lang, Text};
use crate::score::{StaffCosts, StaffYear};
use crate::write::decimal::binary;
use crate::write::report::words;

/// The years that are drawn, the latest ones; all are in the table.
const MOST: usize = 10;

/// The chart.
pub fn chart(costs: &StaffCosts, lang: Lang) -> Chart {
    let say = |it, en| Text::new(it, en).get(lang);
    let base = base(costs);
    let skipped = costs.years.len().saturating_sub(MOST);
    let columns = costs.years.iter().skip(skipped).map(|year| column(costs, year, lang)).collect();
    let drawing = draw(&Columns { columns, base: base.map(binary) });
    let mut headers = vec![say("Anno", "Year")];
    headers.extend(costs.entities.iter().map(String::as_str));
    headers.extend([say("Totale", "Total"), say("Variazione", "Variation")]);
    let money = |value: Decimal| words::number(value, 2, lang);
    let row = |year: &StaffYear| {
        let missing = || say("manca", "missing").to_owned();
        let mut cells = vec![year.year.to_string()];
        let entity = |name| year.entities.get(name).map_or_else(missing, |cost| money(cost.cost_eur));
        cells.extend(costs.entities.iter().map(entity));
        let mark = if year.complete { "" } else { say(" (incompleto)", " (incomplete)") };
        cells.push(format!("{}{mark}", money(year.total)));
        cells.push(year.variation_percent.map_or_else(|| "N.C.".to_owned(), |value| words::variation(value, lang)));
        cells
    };
    let described = |year: &StaffYear| format!("{}: {} €", year.year, money(year.total));
    let years: Vec<String> = costs.years.iter().map(described).collect();
    let description = match base {
        Some(base) => format!("{}. {} {}: {} €.", years.join("; "), say("Base", "Base"), costs.base, money(base)),
        None => format!("{}.", years.join("; ")),
    };
    let mut note = say("In milioni di euro.", "In millions of euro.").to_owned();
    if base.is_some() {
        let line = say("La linea tratteggiata è la base", "The dashed line is the base");
        note.push_str(&format!(" {line} {}.", costs.base));
    }
    if skipped > 0 {
        note.push_str(&format!(
            " {} {MOST} {}.",
            say("Ultimi", "The last"),
            say("anni; tutti nella tabella", "years; all are in the table")
        ));
    }
    let frame = Frame {
        lang,
        id: "grafico-costo-personale",
        title: Text::new("Costo del personale per ente e anno", "Cost of staff by entity and year"),
        legend: Vec::new(),
        note: Text::new("", ""),
        empty: Text::new("Nessun costo trovato nei fogli.", "No cost was found in the sheets."),
    };
    let mut chart = frame.chart(drawing, note, description, &headers, costs.years.iter().map(row).collect());
    chart.legend = costs.entities.iter().enumerate().map(|(at, name)| (Series::Alike(at), name.clone())).collect();
    chart
}

/// The base's total: what any year's difference was taken from.
fn base(costs: &StaffCosts) -> Option<Decimal> {
    costs.years.iter().find_map(|year| Some(year.total - year.difference?))
}

fn column(costs: &StaffCosts, year: &StaffYear, lang: Lang) -> Column {
    let part = |(at, name): (usize, &String)| {
        let cost = year.entities.get(name)?.cost_eur;
        Some((Series::Alike(at), binary(cost), format!("{name} {}: {} €", year.year, words::number(cost, 2, lang))))
    };
    let mark = if year.complete { "" } else { "*" };
    let millions = words::number(year.total / Decimal::from(1_000_000), 2, lang);
    Column {
        label: year.year.to_string(),
        parts: costs.entities.iter().enumerate().filter_map(part).collect(),
        shown: format!("{millions}{mark}"),
    }
}
