//! `allegati.toml`: what a body says of itself, its rules, its roster and its links.
//!
//! Every part has a default, so that a folder without the file works too. An unknown key is a failure that names the
//! nearest known one: a rule that is silently ignored would give a wrong figure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// How a measured value beyond its standard is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Respect {
    /// 100 less the deviation in percent, not below 0.
    #[default]
    Linear,
    /// 100 or 0.
    Binary,
    /// Planned over measured, in percent.
    Ratio,
}

/// What the settings file says.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The public body's name.
    pub body: Option<String>,
    /// The reporting year.
    pub year: Option<i16>,
    /// Month and day of the patron saint.
    pub patron_saint: Option<(i8, i8)>,
    /// Whether Saturday is a working day.
    pub saturday_works: bool,
    /// Days on which the body is closed.
    pub closures: Vec<Date>,
    /// The day up to which open cases are looked at; 31 December of the year by default.
    pub reference_date: Option<Date>,
    /// Rule for values beyond the standard.
    pub respect: Respect,
    /// Tolerance of the mean deviation; 10 by default.
    pub tolerance_percent: Decimal,
    /// Base of the staff cost: one year, or several whose mean it is; empty for the earliest.
    pub base_years: Vec<i16>,
    /// Offices that must send something.
    pub offices: Vec<String>,
    /// Links: reference and expression, as written, in the order of the file.
    pub links: Vec<(String, String)>,
    /// Titles of the Carta's areas, by the beginning of the code.
    pub sections: Vec<(String, String)>,
    /// A body's own spellings of headers: kind, column, spellings.
    pub columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}
