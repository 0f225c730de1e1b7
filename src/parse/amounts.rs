//! What is to be said of a table's amounts: cases that ended without one, in a log where the others have one, so that the
//! timeliness of payments is without them; costs and budgets that a note, a name or a row says to be thousands.

use super::headers::UNKNOWN_COLUMNS;
use super::layout::is_blank;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::resources;
use crate::kinds::staff_costs::{THOUSANDS, in_thousands};
use crate::kinds::table::{Mapped, Role, Table, Why};
use crate::place::Place;
use crate::sheet::{Cell, Row, Sheet, Value};
use crate::value::fold::words;
use crate::value::{date, not_counted, number};

/// Ended cases without an amount.
pub static NO_AMOUNT: Code = Code {
    id: "C029",
    slug: "case-without-amount",
    severity: Severity::Warning,
    message: Text::new(
        "{cases} senza importo, a differenza delle altre: l’indicatore di tempestività dei pagamenti non ne tiene conto",
        "{cases} without an amount, unlike the others: the timeliness of payments is without them",
    ),
    help: Text::new("scrivere l’importo nella cella", "write the amount in the cell"),
};

/// Amounts below zero in a log: credit notes.
pub static CREDIT_NOTES: Code = Code {
    id: "C045",
    slug: "amounts-below-zero",
    severity: Severity::Warning,
    message: Text::new(
        "{amounts} sotto zero (note di credito?): l’indicatore di tempestività dei pagamenti li conta con il loro segno",
        "{amounts} below zero (credit notes?): the timeliness of payments counts them with their sign",
    ),
    help: Text::new(
        "se le note di credito non devono contare, toglierle dal registro",
        "if credit notes should not count, take them out of the log",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&NO_AMOUNT, &CREDIT_NOTES];

/// Tells the ended cases without an amount, where others have one, and the costs and budgets that are no euro.
pub fn missing(sheet: &Sheet, table: &Table, records: &[u32], year: i16, findings: &mut Findings) {
    if matches!(table.kind.id, "staff_costs" | "resources") && !records.is_empty() {
        if table.kind.id == "resources" {
            unused(sheet, table, records, resources::is_amount, findings);
        }
        return thousands(sheet, table, findings);
    }
    if table.kind.id == "cases" && table.col("amount").is_none() {
        unused(sheet, table, records, may_be_amount, findings);
    }
    let (Some(end), Some(amount)) = (table.col("end"), table.col("amount")) else { return };
    if table.kind.id != "cases" {
        return;
    }
    // `in corso` is no end.
    let ended = |row: Row<'_>| match sheet.cell_of(row, end).map(|cell| cell.value) {
        Some(Value::Number(_)) => true,
        Some(Value::Text(text)) => date::parse(&text, year).is_ok() || date::run_together(&text).is_some(),
        _ => false,
    };
    // Most texts begin and end with a digit.
    let is_below_zero = |cell: Cell<'_>| match cell.value {
        Value::Number(number) => number < 0.0,
        Value::Text(text) => {
            let is_digit = |letter: char| letter.is_ascii_digit();
            !(text.starts_with(is_digit) && text.ends_with(is_digit))
                && number::scan(&text).is_some_and(|scanned| scanned.as_decimal.is_sign_negative())
        }
        _ => false,
    };
    let is_no_amount = |cell: &Cell<'_>| match cell.value {
        Value::Text(text) => {
            !text.starts_with(|letter: char| letter.is_ascii_digit()) && not_counted::reason(&text).is_some()
        }
        _ => false,
    };
    let (mut given, mut lacking, mut credited): (usize, Vec<u32>, Vec<u32>) = Default::default();
    for stretch in sheet.rows.stretches(records) {
        let spot = stretch.spot(amount);
        for row in stretch {
            let cell = || sheet.cell_of(row, amount).filter(|cell| !is_blank(cell) && !is_no_amount(cell));
            if spot.is_some_and(|spot| row.packed(spot).is_some()) {
                given += 1;
            } else if let Some(cell) = cell() {
                given += 1;
                if is_below_zero(cell) {
                    credited.push(row.index);
                }
            } else if ended(row) {
                lacking.push(row.index);
            }
        }
    }
    let places = credited.iter().map(|row| Place::cell(&table.file, &table.sheet, *row, amount));
    if let Some(finding) = Finding::over(&CREDIT_NOTES, places) {
        let amounts = match credited.len() {
            1 => Word::Text(Text::new("un importo", "one amount")),
            count => Word::Both(format!("{count} importi"), format!("{count} amounts")),
        };
        findings.push(finding.with("amounts", amounts));
    }
    // A log without any has no such indicator.
    if given == 0 {
        return;
    }
    let cases = match lacking.len() {
        1 => Word::Text(Text::new("una pratica conclusa", "one ended case")),
        count => Word::Both(format!("{count} pratiche concluse"), format!("{count} ended cases")),
    };
    let places = lacking.into_iter().map(|row| Place::cell(&table.file, &table.sheet, row, amount));
    if let Some(finding) = Finding::over(&NO_AMOUNT, places) {
        findings.push(finding.with("cases", cases));
    }
}

/// Whether a header may be that of the amounts of a log, and says not so: `Totale`, `Valore`, `€`.
fn may_be_amount(header: &str) -> bool {
    header.trim() == "€"
        || matches!(words(header).join(" ").as_str(), "totale" | "valore" | "valore euro" | "totale euro")
}

/// Tells the columns of budgets and logs that hold amounts and were not used, each at its header.
fn unused(sheet: &Sheet, table: &Table, records: &[u32], is_amount: fn(&str) -> bool, findings: &mut Findings) {
    let is_number = |cell: Cell<'_>| match cell.value {
        Value::Number(_) => true,
        Value::Text(text) => number::scan(&text).is_some(),
        _ => false,
    };
    let holds_amounts = |mapped: &&Mapped| {
        let given = sheet.down(records, mapped.col).filter(|(_, cell)| cell.is_some_and(is_number)).count();
        given > 0 && given * 2 >= records.len()
    };
    // Of columns that can be the same one the others are told with it.
    let is_free = |mapped: &&Mapped| {
        matches!(mapped.role, Role::Unknown) && !matches!(mapped.why, Why::Twin(_)) && is_amount(&mapped.header)
    };
    for mapped in table.columns.iter().filter(is_free).filter(holds_amounts) {
        let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col);
        let finding = Finding::new(&UNKNOWN_COLUMNS, place).at(Severity::Warning);
        findings.push(finding.with("columns", mapped.header.clone()));
    }
}

/// Amounts that are thousands by what stands below the header, or by the name of the sheet or file; titles and headers
/// are looked at with the rest of the context.
fn thousands(sheet: &Sheet, table: &Table, findings: &mut Findings) {
    let titles = table.context.titles.iter().map(|(title, _)| title);
    if titles.chain(table.columns.iter().map(|mapped| &mapped.header)).any(|text| in_thousands(text)) {
        return;
    }
    let in_row = |row: Row<'_>| {
        row.cells().find_map(|cell| match cell.value {
            Value::Text(text) if in_thousands(&text) => {
                Some((text.to_string(), Place::cell(&table.file, &table.sheet, row.index, cell.col)))
            }
            _ => None,
        })
    };
    let below = || sheet.rows_between(table.body_rows.0, table.body_rows.1).find_map(in_row);
    let file = table.file.rsplit('/').next().unwrap_or(&table.file);
    let name = [&*table.sheet, file].into_iter().find(|name| in_thousands(name));
    let named = || name.map(|name| (name.to_owned(), Place::sheet(&table.file, &table.sheet)));
    if let Some((seen, place)) = below().or_else(named) {
        findings.push(Finding::new(&THOUSANDS, place).with("seen", seen));
    }
}
