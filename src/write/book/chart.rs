//! A chart in neutral words: what it compares, from which cells, and what it says to somebody who cannot see it.

use crate::place::{Area, CellRef};

/// How the values are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Columns side by side.
    Columns,
    /// Columns on top of each other.
    Stacked,
    /// Horizontal bars one behind the other, for long names.
    Bars,
    /// A line across the columns, for a base.
    Line,
}

/// A colour with a meaning, or one of a row of tints that are told apart in black and white, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hue {
    /// The darkest.
    Dark,
    /// Between.
    Middle,
    /// The lightest.
    Light,
    /// Palest, for whatever more there is.
    Pale,
    /// Not as it should be.
    Bad,
    /// Please look.
    Look,
}

/// How the numbers of an axis and of labels are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Whole numbers.
    Count,
    /// Scores and percentages, with up to two decimals.
    Score,
    /// Millions of euro.
    Millions,
    /// Thousands of euro.
    Thousands,
}

/// Cells of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The sheet.
    pub sheet: &'static str,
    /// The cells.
    pub area: Area,
}

/// One series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// What its values belong to.
    pub categories: Cells,
    /// Its values.
    pub values: Cells,
    /// How they are drawn.
    pub drawn: Drawn,
    /// Their colour.
    pub hue: Hue,
    /// Whether each value is written beside its mark.
    pub labelled: bool,
}

/// One chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// What its categories are.
    pub category_title: String,
    /// What its values are.
    pub value_title: String,
    /// What it shows, in words, for those who cannot see it.
    pub alt: String,
    /// Its series; the columns first.
    pub series: Vec<Series>,
    /// The unit of its values.
    pub unit: Unit,
    /// Where its values end, when that is known.
    pub most: Option<u32>,
    /// The highest value of a unit of whole numbers.
    pub highest: u32,
    /// The cell of its upper left corner; no two charts of a sheet have the same.
    pub at: CellRef,
    /// Its last cell, which it covers.
    pub until: CellRef,
}
