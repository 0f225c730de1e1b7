//! Numbers in Italian and English notation; the column, never the cell, decides what a single mark means.
//!
//! [`scan`] takes a text apart without deciding anything; [`Evidence`] gathers what the texts of a column show; then
//! [`Scanned::read`] gives the number under the column's [`Reading`].

use rust_decimal::Decimal;

/// What a column holds, which decides what a lone mark followed by three digits means when nothing else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Money and counts: `1.234` is 1234.
    Amount,
    /// Percentages, days, scores: `1.234` is 1.234.
    Measure,
}

/// What a mark means in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The comma is the decimal mark, the point groups by three.
    Italian,
    /// The point is the decimal mark, the comma groups by three.
    English,
}

/// A text that is a number, before anyone decided what a lone mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// The value when no mark, or both marks, or a mark that can mean only one thing settle it.
    pub sure: Option<Decimal>,
    /// The notation that the text itself shows.
    pub shows: Option<Reading>,
    /// The value if the lone mark is the decimal mark.
    pub as_decimal: Decimal,
    /// The value if the lone mark groups by three.
    pub as_grouped: Decimal,
    /// The lone mark of an undecided text: `.` or `,`.
    pub mark: char,
}

/// What the texts of a column show of its notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Texts that can only be Italian.
    pub italian: u32,
    /// Texts that can only be English.
    pub english: u32,
    /// Texts that could be both.
    pub undecided: u32,
}
