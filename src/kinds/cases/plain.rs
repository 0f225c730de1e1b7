//! Cases as most are: days in full, numbers that can be read in one way only, nothing that needs a word. They are read
//! without asking of each cell all that it could be; of any other row nothing is said here.

use jiff::civil::Date as Day;

use super::list::{Bare, Short};
use crate::kinds::reader::{Decision, is_error_text};
use crate::kinds::table::Table;
use crate::sheet::format::FormatKind;
use crate::sheet::{CellText, Formula, Row, Sheet, Spot, Value};
use crate::value::duration::{Clock, Unit};
use crate::value::{date, number};

/// The columns that a case is read from, in this order wherever they stand side by side here.
const COLUMNS: [&str; 7] = ["id", "start", "end", "due", "suspension", "amount", "declared"];

/// Of these columns, the ones that hold days.
const DAYS: std::ops::RangeInclusive<usize> = 1..=3;

/// Where a row's cells of these columns are.
type Spots = [Option<Spot>; COLUMNS.len()];

/// Reads the plain cases of a table.
pub struct Plain<'a> {
    sheet: &'a Sheet,
    year: i16,
    cols: [Option<u32>; COLUMNS.len()],
    /// Whether a bare number of the suspension is one of days.
    suspended_days: bool,
    /// What was found of the rows that look like the one before.
    known: Option<(u32, Option<Spots>)>,
}

impl<'a> Plain<'a> {
    /// None when something else than its cells may speak for a row: a merge, a cell that could not be read.
    pub fn of(sheet: &'a Sheet, table: &Table, year: i16, decisions: &[(u32, Decision)]) -> Option<Self> {
        let body = table.header_rows.1 + 1;
        if sheet.merges.iter().any(|area| area.last.row >= body) || !sheet.damaged.is_empty() || sheet.uncomputed_zeros
        {
            return None;
        }
        let cols = COLUMNS.map(|id| table.col(id));
        let is_days = |clock: Clock| clock.unit == Unit::Days && clock.times == 1;
        let suspension = decisions.iter().find(|(col, _)| Some(*col) == cols[4]);
        let suspended_days = suspension.is_none_or(|(_, decision)| is_days(decision.clock));
        Some(Self { sheet, year, cols, suspended_days, known: None })
    }

    /// The case of a row, when it is plain.
    #[inline]
    pub fn case(&mut self, row: Row<'a>) -> Option<Bare<'a>> {
        if self.known.as_ref().is_none_or(|(shape, _)| *shape != row.shape()) {
            self.known = Some((row.shape(), self.look(row)));
        }
        let (_, Some([id, start, end, due, suspension, amount, declared])) = self.known.as_ref()? else { return None };
        let start = self.day(row, (*start)?)?;
        let end = self.day_at(row, *end)?;
        let due = self.day_at(row, *due)?;
        if end.is_some_and(|end| end < start) || due.is_some_and(|due| due < start) {
            return None;
        }
        let suspension_days = number_at(row, *suspension, Short::ZERO)?;
        if suspension_days.is_negative() || !(self.suspended_days || suspension_days.is_zero()) {
            return None;
        }
        let id = match id.map(|spot| row.at(spot).value) {
            None => None,
            Some(Value::Text(text @ CellText::Figure(_))) => Some(text),
            Some(Value::Text(text)) if !is_error_text(&text) => Some(text),
            Some(_) => return None,
        };
        let amount_eur = number_at(row, *amount, Short::NONE)?;
        let declared_days = number_at(row, *declared, Short::NONE)?;
        Some(Bare { row: row.index, id, start, end, due, suspension_days, amount_eur, declared_days })
    }

    /// Where a row's cells are; none when one of them is computed, or its format says more of it than that it is a
    /// day, a number or a text.
    fn look(&self, row: Row<'_>) -> Option<Spots> {
        let mut spots = [None; COLUMNS.len()];
        for (column, col) in self.cols.iter().enumerate() {
            let Some(spot) = col.and_then(|col| row.spot(col)) else { continue };
            let cell = row.at(spot);
            let format = self.sheet.format(cell);
            let shows_all = match (cell.value, format.kind) {
                (Value::Text(_), kind) => column > 0 || kind == FormatKind::General || &*format.code == "@",
                (Value::Number(_), FormatKind::Date) => DAYS.contains(&column) && !format.hides_day(),
                (Value::Number(_), FormatKind::General | FormatKind::Number) => {
                    !DAYS.contains(&column) && !format.code.contains('"') && format.suffix.is_empty()
                }
                _ => false,
            };
            if cell.formula != Formula::None || !shows_all {
                return None;
            }
            spots[column] = Some(spot);
        }
        Some(spots)
    }

    #[inline(always)]
    fn day_at(&self, row: Row<'a>, spot: Option<Spot>) -> Option<Option<Day>> {
        let Some(spot) = spot else { return Some(None) };
        self.day(row, spot).map(Some)
    }

    /// A day near the year.
    #[inline(always)]
    fn day(&self, row: Row<'_>, spot: Spot) -> Option<Day> {
        if let Some(packed) = row.packed(spot) {
            let (day, month, year) = packed.day()?;
            return self.near(date::existing(year, month, day).ok()?);
        }
        let day = match row.at(spot).value {
            Value::Text(text) => date::in_full(&text)?,
            Value::Number(serial) => date::from_serial(serial, self.sheet.date_1904)?,
            _ => return None,
        };
        self.near(day)
    }

    #[inline(always)]
    fn near(&self, day: Day) -> Option<Day> {
        (self.year - 8..=self.year + 2).contains(&day.year()).then_some(day)
    }
}

/// A number, stored as such or written so that it can be read in one way only.
#[inline(always)]
fn number_at(row: Row<'_>, spot: Option<Spot>, absent: Short) -> Option<Short> {
    let Some(spot) = spot else { return Some(absent) };
    if let Some(packed) = row.packed(spot) {
        let (digits, decimals) = packed.number()?;
        return Short::of(digits, decimals);
    }
    let (digits, decimals) = match row.at(spot).value {
        Value::Text(text) => number::bare(&text)?,
        Value::Number(stored) => {
            // A nought below nought has no digits that say so.
            let number = number::from_stored(stored).filter(|number| !number.is_zero() || number.is_sign_positive())?;
            (i64::try_from(number.mantissa()).ok()?, number.scale())
        }
        _ => return None,
    };
    Short::of(digits, decimals)
}
