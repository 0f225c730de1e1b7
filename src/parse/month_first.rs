//! Columns of dates written month first. Those that cannot be read day first say so one by one; the others can be read
//! both ways, and a program may have stored them the wrong way round long before.

use jiff::civil::Date;

use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::reader::IMPOSSIBLE_DATE;
use crate::kinds::table::{Mapped, Role, Table};
use crate::kinds::{Column, Content};
use crate::place::Place;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::date;

/// A column where several dates only make sense month first, and none only day first.
pub static MONTH_FIRST: Code = Code {
    id: "S026",
    slug: "month-before-day",
    severity: Severity::Error,
    message: Text::new(
        "nella colonna «{column}» il mese sembra stare prima del giorno ({seen}): {dates} si leggono anche al contrario",
        "in the column \"{column}\" the month seems to stand before the day ({seen}): {dates} read the other way round too",
    ),
    help: Text::new(
        "controllare giorno e mese di tutta la colonna e riscriverla con il giorno prima: 31/12/2019",
        "check day and month of the whole column and write it again with the day first: 31/12/2019",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&MONTH_FIRST];

/// One can be a slip of the hand.
const LEAST: usize = 2;

/// Tells the columns that hold an impossible date and are written month first throughout.
pub fn report(sheet: &Sheet, table: &Table, records: &[u32], year: i16, findings: &mut Findings) {
    if !findings.iter().any(|finding| finding.code.id == IMPOSSIBLE_DATE.id) {
        return;
    }
    let of_dates = |mapped: &&Mapped| matches!(mapped.role, Role::Column(Column { content: Content::Date, .. }));
    for mapped in table.columns.iter().filter(of_dates) {
        let cells = sheet.down(records, mapped.col).filter_map(|(row, cell)| Some((row.index, cell?)));
        let Some((seen, both)) = judge(sheet, cells, year) else { continue };
        let places = both.iter().map(|row| Place::cell(&table.file, &table.sheet, *row, mapped.col));
        let Some(finding) = Finding::over(&MONTH_FIRST, places) else { continue };
        let dates = match both.len() {
            1 => Text::new("un’altra data", "one other date").into(),
            count => Word::Both(format!("altre {count} date"), format!("{count} other dates")),
        };
        findings.push(finding.with("column", mapped.header.clone()).with("seen", seen).with("dates", dates));
    }
}

/// The first text that can only be month first, and the rows of the dates that can be either; none where a date can only
/// be day first.
fn judge<'a>(sheet: &Sheet, cells: impl Iterator<Item = (u32, Cell<'a>)>, year: i16) -> Option<(String, Vec<u32>)> {
    let (mut seen, mut times, mut both) = (None, 0, Vec::new());
    for (row, cell) in cells {
        let day: Option<Date> = match cell.value {
            Value::Number(serial) => date::from_serial(serial, sheet.date_1904),
            Value::Text(text) if date::is_month_first(&text) => {
                seen.get_or_insert_with(|| text.to_string());
                times += 1;
                continue;
            }
            Value::Text(text) => date::parse(&text, year).ok(),
            _ => None,
        };
        match day {
            Some(day) if day.day() > 12 => return None,
            Some(day) if i16::from(day.day()) != i16::from(day.month()) => both.push(row),
            _ => {}
        }
    }
    seen.filter(|_| times >= LEAST).map(|seen| (seen, both))
}
