//! Columns are made wide enough for their numbers: a number that does not fit shows as `###`, and is never wrapped.

use rust_decimal::Decimal;

use super::style::Show;
use super::table::{Cell, TableSheet};
use crate::write::decimal::{fixed2, plain};

/// The room around a number, in digits.
const AROUND: f64 = 3.5;

/// Widens the columns whose numbers need it.
pub fn fit_numbers(sheet: &mut TableSheet) {
    for row in &sheet.rows {
        for (cell, column) in row.iter().zip(&mut sheet.columns) {
            if let Some(digits) = digits(cell) {
                column.width = column.width.max(digits as f64 + AROUND);
            }
        }
    }
}

/// How many letters the number takes as it is shown.
fn digits(cell: &Cell) -> Option<usize> {
    let value = cell.as_number()?;
    Some(match cell.style.show {
        // A general number is cut to its column, never to ###.
        Show::Plain => plain(value).len().min(8),
        Show::Integer => plain(value.round()).len(),
        Show::Two => grouped(value),
        Show::Percent => grouped(value) + 1,
    })
}

fn grouped(value: Decimal) -> usize {
    let text = fixed2(value);
    text.len() + text.trim_start_matches('-').len().saturating_sub(4) / 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::book::Page;

    #[test]
    fn a_long_number_widens_its_column_and_a_short_one_does_not() {
        let mut sheet = TableSheet::new("a", Page::default(), &[9.0, 9.0], &[]);
        let number = |text: &str| Cell::number(text.parse::<Decimal>().unwrap(), Show::Two);
        sheet.push(vec![number("1.5"), number("-123456789.01")]);
        fit_numbers(&mut sheet);
        assert_eq!(sheet.columns[0].width, 9.0);
        assert_eq!(sheet.columns[1].width, "-123.456.789,01".len() as f64 + AROUND);
    }
}
