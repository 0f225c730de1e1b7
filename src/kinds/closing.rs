//! What closing rows of a sheet declare of its results, to be compared with the scores of its rows once they are known.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::table::Table;

/// What a closing row gives, by its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// A sum, or a mean that is called a total.
    SumOrMean,
    /// A mean.
    Mean,
    /// How many records there are.
    Count,
    /// The mean of how far the measured values lie beyond their standards, in percent.
    MeanDeviation,
}

/// A total or mean of results that a sheet declares, to be compared with the scores of the rows above it.
#[derive(Debug, Clone)]
pub struct DeclaredTotal {
    /// Its table.
    pub table: Arc<Table>,
    /// 0-based row of the total.
    pub row: u32,
    /// 0-based column of the figure.
    pub col: u32,
    /// Its label.
    pub label: String,
    /// The declared figure, as shown.
    pub shown: String,
    /// The declared figure.
    pub value: Decimal,
    /// How many decimals it shows.
    pub decimals: u32,
    /// What the label says that it is.
    pub what: Closing,
    /// Rows it can be the total of: all above it, and those since the last total.
    pub rows: [Vec<u32>; 2],
}
