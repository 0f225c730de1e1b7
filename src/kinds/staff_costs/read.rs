//! Reading one row of a table of costs: an entity's years, or a year's entities.

use rust_decimal::Decimal;

use super::{
    COMPARISON, LOOKS_LIKE_YEAR, Line, MOST_ROWS, NOT_A_COST, Record, RowLabel, has_parts, line, line_of_row, owner,
    plain_year,
};
use crate::finding::{Code, Severity};
use crate::kinds::Content::Amount;
use crate::kinds::reader::{Read, RowReader};
use crate::kinds::table::{Mapped, Role};
use crate::sheet::Value;
use crate::sheet::format::FormatKind;
use crate::value::date;
use crate::value::fold::{fold, one_line};
use crate::value::number::{self, Nature};

/// Reads a row.
pub fn read(row: &mut RowReader<'_>) {
    let (entity, item) = (one_line(&row.carried_text("entity")), one_line(&row.text("item")));
    let line = line_of_row(row.sheet, row.table, row.row);
    let cols = |pick: fn(&Role) -> Option<i16>| -> Vec<(u32, i16)> {
        row.table.columns.iter().filter_map(|mapped| Some((mapped.col, pick(&mapped.role)?))).collect()
    };
    let years = cols(|role| if let Role::Year(year) = role { Some(*year) } else { None });
    match line {
        // Compared with the costs around it.
        Line::Total | Line::Mean if row.sheet.rows.len() > MOST_ROWS => not_a_cost(row, &NOT_A_COST),
        Line::Total if has_parts(row.sheet, row.table, row.row) => {}
        Line::Mean => {}
        Line::Other => not_a_cost(row, &NOT_A_COST),
        Line::Comparison => not_a_cost(row, &COMPARISON),
        Line::Difference | Line::Variation if years.is_empty() => declared_below_years(row, line),
        Line::Difference | Line::Variation => declared_row(row, &entity, &item, line, &years),
        Line::Renewals | Line::Net | Line::NetOfSomething if !years.is_empty() => {
            let (entity, item) = of_whom(row, entity, item);
            years.into_iter().for_each(|(col, year)| push(row, entity.clone(), item.clone(), year, col, None));
        }
        _ if !years.is_empty() => {
            for (col, year) in years {
                let header = row.table.at(col).map(|mapped| mapped.header.clone());
                let item = header.filter(|header| super::line(header) == Line::Renewals).unwrap_or(item.clone());
                push(row, entity.clone(), item, year, col, None);
            }
        }
        _ => read_year_row(row, entity, item),
    }
}

/// A row of one year: one amount, or one of each entity.
fn read_year_row(row: &mut RowReader<'_>, entity: String, item: String) {
    let Some(year) = read_year(row) else { return };
    let entities: Vec<(u32, String)> = row
        .table
        .columns
        .iter()
        .filter_map(
            |mapped| if let Role::Entity(name) = &mapped.role { Some((mapped.col, name.clone())) } else { None },
        )
        .collect();
    if entities.is_empty() {
        let renewals = row.amount("renewals", Nature::Amount);
        if matches!(renewals, Read::NotCounted(_)) {
            row.not_understood("renewals", Severity::Warning);
        }
        let renewals = row.settle("renewals", renewals).value().copied();
        if let Some(col) = row.table.col("amount") {
            push(row, entity, item, year, col, renewals);
        }
        return;
    }
    for (col, name) in entities {
        push(row, name, item.clone(), year, col, None);
    }
    // Renewals of all entities together.
    if let Some(mapped) = row.table.mapped("renewals") {
        let (col, header) = (mapped.col, mapped.header.clone());
        if row.sheet.cell(row.row, col).is_some() {
            push(row, header, item, year, col, None);
        }
    }
}

/// Whose renewals, or net cost, a row gives that names nobody: `di cui` are those of the entity above, unless it is their
/// total.
fn of_whom(row: &RowReader<'_>, entity: String, item: String) -> (String, String) {
    let is_part = fold(&entity).starts_with("di cui");
    if !is_part || !item.is_empty() || row.table.col("entity").is_none() || !owner(&entity).is_empty() {
        return (entity, item);
    }
    let above = (row.table.body_rows.0..row.row).rev().take(12);
    for above in above {
        let label = RowLabel::of(row.sheet, row.table, above);
        match line(label.text()) {
            Line::Cost if !label.entity.is_empty() => return (label.entity, entity),
            Line::Total => break,
            _ => {}
        }
    }
    (entity, item)
}

/// A row that is no cost, and whose label says so.
fn not_a_cost(row: &mut RowReader<'_>, code: &'static Code) {
    let label = RowLabel::of(row.sheet, row.table, row.row);
    let col = row.stored.first().map_or(0, |cell| cell.col);
    row.report(code, col, &[("seen", label.text().into())]);
}

/// Differences and variations that a row declares below the costs, one of each year.
fn declared_row(row: &mut RowReader<'_>, entity: &str, item: &str, line: Line, years: &[(u32, i16)]) {
    for (col, year) in years.iter().copied() {
        push_declared(row, entity, item, (year, col), line);
    }
}

/// The same below rows of years, one of each entity, of the last year above.
fn declared_below_years(row: &mut RowReader<'_>, line: Line) {
    let label = RowLabel::of(row.sheet, row.table, row.row).text().to_owned();
    let year = |above| plain_year(&RowLabel::of(row.sheet, row.table, above).year);
    let last = (row.table.body_rows.0..row.row).filter_map(year).max();
    let entities = row.table.columns.iter().filter_map(|mapped| match &mapped.role {
        Role::Entity(name) => Some((mapped.col, name.clone())),
        Role::Total => Some((mapped.col, mapped.header.clone())),
        _ => None,
    });
    let entities: Vec<(u32, String)> = entities.collect();
    // A year in each row, and nobody named: the one amount is that of all rows.
    let is_of_all = row.table.col("entity").is_none() && row.table.col("item").is_none();
    let amount = row.table.col("amount").filter(|_| entities.is_empty() && is_of_all);
    let Some(last) = last.filter(|_| !entities.is_empty() || amount.is_some()) else {
        return not_a_cost(row, &NOT_A_COST);
    };
    let year = declared_year(&label, last);
    let of_entities = entities.iter().map(|(col, name)| (*col, &**name));
    for (col, name) in of_entities.chain(amount.map(|col| (col, ""))) {
        push_declared(row, name, &label, (year, col), line);
    }
}

fn push_declared(row: &mut RowReader<'_>, entity: &str, item: &str, (year, col): (i16, u32), line: Line) {
    let Some((value, is_percent)) = signed_at(row, col) else { return };
    let is_percent = is_percent || line == Line::Variation;
    row.records.staff_costs.push(Record {
        entity: entity.to_owned(),
        item: item.to_owned(),
        year,
        cost: Read::Empty,
        renewals: None,
        origin: row.origin(),
        col,
        declared_difference: (!is_percent).then_some(value),
        declared_variation: is_percent.then_some(value),
    });
}

/// A signed amount or percentage in a column, and whether it shows itself as a percentage.
fn signed_at(row: &RowReader<'_>, col: u32) -> Option<(Decimal, bool)> {
    let cell = row.sheet.cell_of(row.stored, col)?;
    match cell.value {
        Value::Number(stored) => {
            let value = number::from_stored(stored)?;
            let is_percent = row.sheet.format(cell).kind == FormatKind::Percent;
            Some((if is_percent { value.checked_mul(Decimal::ONE_HUNDRED)? } else { value }, is_percent))
        }
        Value::Text(text) => {
            let is_percent = text.contains('%');
            let nature = if is_percent { Nature::Measure } else { Nature::Amount };
            let reading = row.decision(col).reading;
            Some((number::scan(&text.replace('%', ""))?.read(nature, reading), is_percent))
        }
        _ => None,
    }
}

fn push(row: &mut RowReader<'_>, entity: String, item: String, year: i16, col: u32, renewals: Option<Decimal>) {
    let mut cost = row.positive_at(col);
    // A round amount of a small item can be the number of a year too.
    let years = Decimal::from(row.year - 8)..=Decimal::from(row.year + 1);
    if let Read::Value(value) = &cost
        && item.is_empty()
        && value.fract().is_zero()
        && years.contains(value)
    {
        let words = [("seen", number::plain(*value).into())];
        row.report(&LOOKS_LIKE_YEAR, col, &words);
    }
    if cost == Read::Unclear {
        let seen = row.sheet.text(row.row, col);
        let wanted = crate::kinds::reader::wanted(Amount);
        row.report(&crate::kinds::reader::NOT_UNDERSTOOD, col, &[("seen", seen.into()), ("wanted", wanted.into())]);
        cost = Read::Unread;
    }
    let difference = match is_declared(row, "difference", year) {
        true => row.amount("difference", Nature::Amount).value().copied(),
        false => None,
    };
    let (in_euro, declared_variation) = match is_declared(row, "variation", year) {
        true => declared_variation(row),
        false => (None, None),
    };
    let declared_difference = difference.or(in_euro);
    let record = Record {
        entity,
        item,
        year,
        cost,
        renewals,
        origin: row.origin(),
        col,
        declared_difference,
        declared_variation,
    };
    row.records.staff_costs.push(record);
}

/// What a column of variations declares: an amount in euro, or a percentage.
fn declared_variation(row: &mut RowReader<'_>) -> (Option<Decimal>, Option<Decimal>) {
    /// A larger variation of costs is one in euro.
    const MOST_PERCENT: i64 = 1_000;
    let Some(mapped) = row.table.mapped("variation") else { return (None, None) };
    if line(&mapped.header) == Line::Variation || row.table.col("difference").is_some() {
        return (None, row.signed_percent("variation"));
    }
    match signed_at(row, mapped.col) {
        Some((value, false)) if value.abs() > Decimal::from(MOST_PERCENT) => (Some(value), None),
        declared => (None, declared.map(|(value, _)| value)),
    }
}

/// Whether what a column declares is of a year: beside several years it is of the one it names, or of the last.
fn is_declared(row: &RowReader<'_>, id: &str, year: i16) -> bool {
    let years = row.table.columns.iter().filter_map(|mapped| match mapped.role {
        Role::Year(year) => Some(year),
        _ => None,
    });
    let header = row.table.mapped(id).map(|mapped| &*mapped.header).unwrap_or_default();
    years.max().is_none_or(|last| year == declared_year(header, last))
}

/// The year that a declared difference beside several years is of: the later of two that its header names, else the last.
fn declared_year(header: &str, last: i16) -> i16 {
    match date::years(header)[..] {
        [one, other] => one.max(other),
        _ => last,
    }
}

/// The year of a row: `2016`, `anno 2016`.
fn read_year(row: &mut RowReader<'_>) -> Option<i16> {
    let Some((_, cell)) = row.cell("year") else {
        // An amount without a year belongs nowhere, and that is said.
        let holds = |mapped: &Mapped| match &mapped.role {
            Role::Column(column) => column.id == "amount",
            Role::Entity(_) => true,
            _ => false,
        };
        let amount = row.table.columns.iter().filter(|mapped| holds(mapped));
        if amount.into_iter().any(|mapped| row.sheet.cell(row.row, mapped.col).is_some()) {
            row.not_understood("year", Severity::Error);
        }
        return None;
    };
    let year = match cell.value {
        // The last day of the year, shown as its year.
        Value::Number(stored) if row.sheet.format(cell).kind == FormatKind::Date => {
            date::from_serial(stored, row.sheet.date_1904).filter(is_of_year).map(|day| day.year())
        }
        Value::Number(stored) => number::from_stored(stored).and_then(|value| i16::try_from(value).ok()),
        Value::Text(text) => plain_year(&text),
        _ => None,
    };
    let year = year.filter(|year| (1950..2100).contains(year));
    if year.is_none() {
        let text = row.text("year");
        if !text.is_empty() {
            row.not_understood("year", Severity::Error);
        }
    }
    year
}

/// Whether a day stands for its year: its first or last.
fn is_of_year(day: &jiff::civil::Date) -> bool {
    matches!((day.month(), day.day()), (1, 1) | (12, 31))
}
