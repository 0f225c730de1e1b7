//! `allegati.toml`: what a body says of itself, its rules, its roster and its links.
//!
//! [`Settings::load`] reads the file of a folder, [`Settings::parse`] its text; `read` walks the tables, `link` knows
//! the references and expressions of `[links]`, `text` the encodings an editor may have saved it in.
//!
//! Every part has a default, so that a folder without the file works too. An unknown key is a failure that names the
//! nearest known one: a rule that is silently ignored would give a wrong figure.

pub mod error;
pub mod link;
mod read;
mod syntax;
mod text;
mod values;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use rust_decimal::Decimal;

pub use error::{Problem, SettingsError};

/// The name of the file.
pub const FILE_NAME: &str = "allegati.toml";

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

/// What one file may cost; what is not said has the default of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileLimits {
    /// MiB of its parts once unpacked, and of the file itself.
    pub inflated_mib: Option<u64>,
    /// Non-empty cells of all its sheets.
    pub cells: Option<u64>,
    /// Seconds to read it.
    pub seconds: Option<u64>,
    /// MiB of memory of the process that reads old, binary and encrypted workbooks.
    pub worker_mib: Option<u64>,
}

/// How far a figure may be from last year's before somebody is asked to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrendLimits {
    /// Points of a percentage or a score; 50 by default.
    pub percent_points: Decimal,
    /// How many times as long a duration may be, or as short; 5 by default.
    pub duration_times: Decimal,
}

impl Default for TrendLimits {
    fn default() -> Self {
        Self { percent_points: Decimal::from(50), duration_times: Decimal::from(5) }
    }
}

/// What the settings file says.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What one file may cost.
    pub limits: FileLimits,
    /// How far a figure may be from last year's.
    pub trends: TrendLimits,
    /// The licence of exported data: an identifier such as `CC-BY-4.0`, or the address of its text.
    pub licence: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            body: None,
            year: None,
            patron_saint: None,
            saturday_works: false,
            closures: Vec::new(),
            reference_date: None,
            respect: Respect::default(),
            tolerance_percent: Decimal::TEN,
            base_years: Vec::new(),
            offices: Vec::new(),
            links: Vec::new(),
            sections: Vec::new(),
            columns: BTreeMap::new(),
            limits: FileLimits::default(),
            trends: TrendLimits::default(),
            licence: None,
        }
    }
}

impl Settings {
    /// Reads the text of a settings file; `known` are the ids of every kind, each with those of its columns.
    ///
    /// ```
    /// use allegati::settings::Settings;
    /// let settings = Settings::parse("[body]\nyear = 2019", &[]).unwrap();
    /// assert_eq!(settings.year, Some(2019));
    /// let error = Settings::parse("[body]\nyaer = 2019", &[]).unwrap_err();
    /// assert!(error.message(allegati::finding::Lang::En).contains("did you mean “year”?"));
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong in it at once: text that is no TOML, unknown keys, impossible values. Only when the
    /// text is no TOML are the values not looked at.
    pub fn parse(text: &str, known: &[(&str, &[&str])]) -> Result<Self, SettingsError> {
        read::read(text, known).map_err(|problems| SettingsError { file: None, problems })
    }

    /// Reads the settings file of a folder; without one, the defaults.
    ///
    /// The name is compared without case, and the file may be UTF-8 (with or without a byte-order mark), UTF-16 or
    /// Windows-1252: what editors on Windows save.
    ///
    /// # Errors
    /// As [`Settings::parse`]; also when the file cannot be read, or is there under the name that an editor gave it
    /// by adding `.txt`.
    pub fn load(folder: &Path, known: &[(&str, &[&str])]) -> Result<Self, SettingsError> {
        let Some(file) = text::find(folder)? else { return Ok(Self::default()) };
        let text = text::load(&file)?;
        Self::parse(&text, known).map_err(|error| SettingsError { file: Some(file), ..error })
    }

    /// The text of the settings file of a folder, decoded; none when there is none.
    ///
    /// # Errors
    /// As [`Settings::load`], but for what stands in it.
    pub fn text(folder: &Path) -> Result<Option<String>, SettingsError> {
        text::find(folder)?.map(|file| text::load(&file)).transpose()
    }
}

/// The 1-based line of a byte offset.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests;
