//! What is known by construction: the records of a folder with their typed values and places, and what must be told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

/// Places of a sheet, 0-based.
pub type Cells = BTreeSet<(u32, u32)>;

/// The layout and notation choices of a sheet, by name.
pub type Choices = BTreeMap<&'static str, String>;

/// How a record is found in the JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A row of the charter, by its place; the texts find it when it has several sources.
    Charter { process: String },
    /// The totals of the charter.
    CharterTotals,
    /// A procedure of the plan.
    Procedure { name: String },
    /// The mean of the procedures.
    ProcedureTotals,
    /// An objective.
    Objective { holder: String, number: String },
    /// An indicator of an objective, by its place.
    Indicator { holder: String, number: String },
    /// The cost of an entity in a year.
    Staff { entity: String, year: i64 },
    /// The total of a year.
    StaffTotal { year: i64 },
    /// A row of the resources.
    Resource { objective: String },
    /// A strategic target.
    Target { objective: String, target: String },
}

/// What a field of the JSON must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Want {
    /// A number, equal when rounded to two decimals.
    Number(Decimal),
    /// Null or absent.
    Null,
    /// A text, compared without case, accents, punctuation and spaces.
    Text(String),
    /// A text that holds another.
    Holds(String),
    /// True or false.
    Truth(bool),
    /// Whatever it is, as long as the cell carries its finding.
    Flag,
}

/// One expected field.
#[derive(Debug, Clone)]
pub struct Expected {
    /// Path inside the record, `/`-separated.
    pub field: &'static str,
    /// The value.
    pub want: Want,
    /// The cells that it came from; a finding at one of them explains a difference.
    pub cells: Cells,
}

/// One record.
#[derive(Debug, Clone)]
pub struct Record {
    /// Kind of sheet.
    pub kind: &'static str,
    /// File, relative to the folder; empty for a figure of the whole folder.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// 0-based row; `None` when a whole sheet proves it.
    pub row: Option<u32>,
    /// How it is found.
    pub key: Key,
    /// Its fields.
    pub wants: Vec<Expected>,
    /// Every cell that belongs to it.
    pub cells: Cells,
    /// A trap was planted in it: flagged is as good as right.
    pub trapped: bool,
    /// The choices of its sheet.
    pub choices: Arc<Choices>,
}

/// How grave a finding must be at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Any finding.
    Info,
    /// A warning or an error.
    Warning,
    /// An error.
    Error,
}

/// A trap, and the finding that it must bring.
#[derive(Debug, Clone)]
pub struct Need {
    /// Name of the trap.
    pub trap: &'static str,
    /// Files where the finding may stand; empty when it belongs to none.
    pub files: Vec<String>,
    /// The sheet, when the finding belongs to one.
    pub sheet: Option<String>,
    /// The cells where it may stand; empty when it may stand anywhere in the sheet.
    pub cells: Cells,
    /// Least severity.
    pub gravity: Gravity,
    /// Texts that the finding must name, wherever it says them.
    pub mention: Vec<String>,
    /// Nothing of the sheet may be consolidated.
    pub absent: bool,
    /// An entry of `missing` that must be there.
    pub missing: Option<(&'static str, String)>,
    /// The choices of its sheet.
    pub choices: Arc<Choices>,
}

/// All that is known of a folder.
#[derive(Debug, Default)]
pub struct Truth {
    /// The reporting year.
    pub year: i64,
    /// The body, when the settings name it.
    pub body: Option<String>,
    /// Records.
    pub records: Vec<Record>,
    /// Traps.
    pub needs: Vec<Need>,
}
