//! Records become scores: one file per rule, plus links between scorecards. Pure: no disk, no clock.
//!
//! Needs the records of all sheets and the settings; gives a [`Consolidation`], which the writers print. Scores are
//! exact decimals here and are rounded, half away from zero, only when they are written.

pub mod charter;
mod closing;
pub mod evidence;
pub mod links;
pub mod lists;
pub mod matching;
pub mod objectives;
pub mod payments;
pub mod procedures;
mod rule;
mod run;
pub mod staff_costs;
pub mod standards;
mod sum;
pub mod trend;

pub use charter::CharterRow;
pub use payments::PaymentPeriod;
pub use rule::Rule;
pub use run::{codes, consolidate};

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

pub use crate::kinds::resources::Amounts;

/// Everything that the workbook, the JSON and the other outputs show, besides findings and sources.
#[derive(Debug, Clone, Default)]
pub struct Consolidation {
    /// The public body, when it is known.
    pub body: Option<String>,
    /// The reporting year.
    pub year: i16,
    /// Allegato 1.
    pub charter: Charter,
    /// Allegato 2.
    pub procedures: Procedures,
    /// Allegato 3: Ente first, then the other holders by name, each in the order of its sheet.
    pub objectives: Vec<Objective>,
    /// Cost of staff.
    pub staff_costs: StaffCosts,
    /// Budget and actual by strategic objective.
    pub resources: Vec<Resource>,
    /// Strategic targets.
    pub targets: Vec<Target>,
    /// The figures beside those of earlier years.
    pub trends: trend::Trends,
    /// Who and what sent nothing.
    pub missing: Vec<Missing>,
    /// Titles of the Carta's areas, by the beginning of the code.
    pub areas: Vec<(String, String)>,
    /// Tolerance of the mean deviation, in percent.
    pub tolerance_percent: Decimal,
}

/// Whether a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Has a score and counts.
    Counted,
    /// N.C.: leaves both the numerator and the denominator.
    NotCounted,
    /// Should have a score and has none: shown, flagged, not counted.
    #[default]
    Incomplete,
    /// A target whose result is a report, not a score.
    Reported,
}

impl Status {
    /// The word in the JSON, except for targets, where a counted one is `scored`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::NotCounted => "not_counted",
            Self::Incomplete => "incomplete",
            Self::Reported => "reported",
        }
    }
}

/// Where a record came from; `row` is 0-based, as everywhere inside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// File, relative to the folder.
    pub file: Arc<str>,
    /// Sheet.
    pub sheet: Arc<str>,
    /// 0-based row.
    pub row: u32,
    /// 0-based column of the value that counts most in the row.
    pub col: u32,
}

/// Allegato 1.
#[derive(Debug, Clone, Default)]
pub struct Charter {
    /// Rows by code (by its numbers), then in the order they came; very many are put in order without being moved.
    pub rows: Vec<Box<CharterRow>>,
    /// Rows that count.
    pub counted: u32,
    /// Rows that are N.C.
    pub not_counted: u32,
    /// Rows that should have a score and have none.
    pub incomplete: u32,
    /// Exact sum of scores.
    pub total: Decimal,
    /// Exact total / counted.
    pub percent: Option<Decimal>,
    /// Exact mean deviation over counted rows whose deviation is known.
    pub mean_deviation_percent: Option<Decimal>,
}

/// What proves a procedure's result.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EvidenceResult {
    /// `cases`, `steps`, `checks`, `coverage` or `declared`.
    pub kind: &'static str,
    /// Cases, steps, checks or items that count.
    pub total: u32,
    /// How many of them are within term, on time, met, done.
    pub met: u32,
    /// Open cases still in term, steps not yet due.
    pub left_out: u32,
    /// `almeno N`: how many must be met.
    pub at_least: Option<u32>,
    /// Cases: term in days, and whether they are working days.
    pub term: Option<(Decimal, bool)>,
    /// Cases: mean days of the closed ones.
    pub mean_days: Option<Decimal>,
    /// Cases: median days of the closed ones.
    pub median_days: Option<Decimal>,
    /// Cases: longest.
    pub max_days: Option<Decimal>,
    /// Cases: effective duration of the closed ones, in calendar days, suspensions not taken off: their mean.
    pub effective_mean_days: Option<Decimal>,
    /// Cases: the longest effective duration.
    pub effective_max_days: Option<Decimal>,
    /// Cases with amounts: Σ (payment date − due date) × amount / Σ amount of all, in calendar days.
    pub payment_delay_days: Option<Decimal>,
    /// Cases with amounts: the payments by quarter and year.
    pub payments: Vec<payments::PaymentPeriod>,
    /// Where the evidence stands.
    pub sources: Vec<Source>,
}

/// One procedure of the plan.
#[derive(Debug, Clone, Default)]
pub struct ProcedureRow {
    /// `1`.
    pub number: String,
    /// Name.
    pub name: String,
    /// Coordinator.
    pub coordinator: String,
    /// Expected result and system of control, as shown.
    pub expected: String,
    /// Source office.
    pub source_office: String,
    /// What proves the result.
    pub evidence: Option<EvidenceResult>,
    /// Exact score.
    pub score: Option<Decimal>,
    /// Whether it counts.
    pub status: Status,
    /// Marked *da verificare*.
    pub to_check: bool,
    /// Which rule gave the score.
    pub rule: Rule,
    /// Rows of the plan.
    pub sources: Vec<Source>,
}

/// Allegato 2.
#[derive(Debug, Clone, Default)]
pub struct Procedures {
    /// Rows in the order of the plan.
    pub rows: Vec<ProcedureRow>,
    /// Rows that count.
    pub counted: u32,
    /// Exact mean over counted rows.
    pub mean: Option<Decimal>,
    /// The mean rounded to 2 decimals, then to an integer.
    pub rounded: Option<Decimal>,
}

/// One indicator of an objective.
#[derive(Debug, Clone, Default)]
pub struct Indicator {
    /// `1`, `4a`.
    pub id: String,
    /// What it measures.
    pub description: String,
    /// Weight; 1 when the sheet gives none.
    pub weight: Decimal,
    /// Result as shown.
    pub text: String,
    /// Exact score.
    pub score: Option<Decimal>,
    /// Whether it counts.
    pub status: Status,
    /// The link that gives its value: `mean(allegato1.percent, allegato2.rounded)`.
    pub link: Option<String>,
    /// Notes.
    pub notes: String,
    /// Which rule gave the score.
    pub rule: Rule,
    /// Marked *da verificare*.
    pub to_check: bool,
    /// Rows it came from.
    pub sources: Vec<Source>,
}

/// One objective of a holder.
#[derive(Debug, Clone, Default)]
pub struct Objective {
    /// `Ente`, `Segretario Generale`.
    pub holder: String,
    /// `1`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Weight among the holder's objectives.
    pub weight: Option<Decimal>,
    /// Exact score.
    pub score: Option<Decimal>,
    /// Whether it counts; incomplete when one of its indicators is.
    pub status: Status,
    /// The link that gives its value.
    pub link: Option<String>,
    /// Its indicators; empty when it carries its own result.
    pub indicators: Vec<Indicator>,
    /// Result as shown, of an objective without indicators.
    pub text: String,
    /// Which rule gave the score.
    pub rule: Rule,
    /// Marked *da verificare*.
    pub to_check: bool,
    /// Rows it came from.
    pub sources: Vec<Source>,
}

/// Cost of staff.
#[derive(Debug, Clone, Default)]
pub struct StaffCosts {
    /// The base: a year, or several whose mean it is (`2016` or `2014-2016`).
    pub base: String,
    /// By year.
    pub years: Vec<StaffYear>,
    /// All entities, by name.
    pub entities: Vec<String>,
    /// Whether a renewals column was given, so that net figures exist.
    pub has_renewals: bool,
}

/// Cost of staff of one year.
#[derive(Debug, Clone, Default)]
pub struct StaffYear {
    /// The year.
    pub year: i16,
    /// Cost by entity.
    pub entities: BTreeMap<String, StaffCost>,
    /// Sum of the entities.
    pub total: Decimal,
    /// Sum less contract renewals.
    pub net_total: Option<Decimal>,
    /// Total less the base's.
    pub difference: Option<Decimal>,
    /// Exact difference over the base's total, in percent.
    pub variation_percent: Option<Decimal>,
    /// False when an entity has no figure for the year.
    pub complete: bool,
}

/// Cost of one entity in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffCost {
    /// Gross cost in euro.
    pub cost_eur: Decimal,
    /// Contract renewals in euro, contained in the cost.
    pub renewals_eur: Option<Decimal>,
    /// Where it stands.
    pub sources: Vec<Source>,
    /// Marked *da verificare*.
    pub to_check: bool,
}

/// Budget and actual of one strategic objective.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// `2C`.
    pub objective: String,
    /// Title.
    pub title: String,
    /// Preventivo.
    pub budget: Amounts,
    /// Consuntivo.
    pub actual: Amounts,
    /// Exact actual / budget × 100; none when the budget is 0.
    pub use_percent: Amounts,
    /// Marked *da verificare*.
    pub to_check: bool,
    /// Rows it came from.
    pub sources: Vec<Source>,
}

/// One strategic target.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// `2C`.
    pub objective: String,
    /// `1`.
    pub target: String,
    /// What it is.
    pub description: String,
    /// Result as shown.
    pub text: String,
    /// Exact score.
    pub score: Option<Decimal>,
    /// Counted, not counted or reported.
    pub status: Status,
    /// Marked *da verificare*.
    pub to_check: bool,
    /// Rows it came from.
    pub sources: Vec<Source>,
}

/// An office of the roster or a planned procedure that sent nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// `office` or `procedure`.
    pub what: &'static str,
    /// Its name.
    pub name: String,
}
