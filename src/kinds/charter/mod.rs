//! Standards of the Carta dei servizi: what was promised, what was measured. They become Allegato 1.

mod columns;
mod fields;
mod form;
mod read;

pub use read::{other_notes, says_unit, split_code};

use std::sync::Arc;

use arcstr::ArcStr;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Kind;
use super::reader::{Origin, Read};
use super::table::Table;
use crate::finding::Text;
use crate::value::duration::Measure as Measured;

/// The kind.
pub static KIND: Kind = Kind {
    id: "charter",
    title: Text::new("Standard della Carta dei servizi", "Standards of the Carta dei servizi"),
    evidence: false,
    columns: columns::COLUMNS,
    requires: &[&["code", "process"], &["planned"], &["measured"]],
    context: &["carta dei servizi", "carta servizi", "standard di qualita", "standard"],
    keys: &["code", "process", "indicator"],
    values: &["planned", "measured", "declared"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of::<Box<Record>>(),
    read: read::read,
};

/// One standard.
#[derive(Debug, Clone)]
pub struct Record {
    /// `3.2.1`, or empty.
    pub code: ArcStr,
    /// Section title above the row.
    pub section: ArcStr,
    /// Process or service.
    pub process: ArcStr,
    /// Responsible office.
    pub office: ArcStr,
    /// What is measured, in words.
    pub indicator: ArcStr,
    /// Planned value, as shown.
    pub planned_text: ArcStr,
    /// Measured value, as shown.
    pub measured_text: ArcStr,
    /// Planned value.
    pub planned: Read<Measured>,
    /// Measured value.
    pub measured: Read<Measured>,
    /// Declared result in percent.
    pub declared: Read<Decimal>,
    /// Notes.
    pub notes: ArcStr,
    /// Where it stands.
    pub origin: Origin,
}

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
}

/// A total or mean of results that a sheet declares, to be compared with the scores of the rows above it.
#[derive(Debug, Clone)]
pub struct DeclaredTotal {
    /// Its table.
    pub table: Arc<Table>,
    /// 0-based row of the total.
    pub row: u32,
    /// 0-based column of the results.
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
