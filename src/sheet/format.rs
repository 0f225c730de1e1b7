//! Number formats: what a format code says of a cell, and the text it shows.
//!
//! Text is shown as an Italian spreadsheet program would: decimal comma, point between thousands, day first.

mod builtin;
mod code;
mod date;
mod fraction;
mod number;

use super::{CellText, Value};
use code::{Section, Token};

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
    /// Whether it shows a date without its day: `mmm-yy`.
    ///
    /// ```
    /// use allegati::sheet::format::Format;
    /// let hides = |code: &str| Format::parse(code).hides_day();
    /// assert!(hides("mmm-yy") && hides("[$-de-DE]mmmm yyyy") && hides("mmmm \"del\" yyyy"));
    /// assert!(!hides("dd/mm/yyyy") && !hides("0.00"));
    /// ```
    pub fn hides_day(&self) -> bool {
        // What stands in brackets or quotes shows nothing of it: `[Red]mmm "del" yyyy`.
        let mut until = None;
        let shows_day = |letter: char| match (until, letter) {
            (Some(end), _) => {
                until = until.filter(|_| letter != end);
                false
            }
            (None, '[') => until.replace(']').is_some(),
            (None, '"') => until.replace('"').is_some(),
            (None, letter) => matches!(letter, 'd' | 'D' | 'g' | 'G'),
        };
        self.kind == FormatKind::Date && !self.code.chars().any(shows_day)
    }

    /// Reads a format code: sections, conditions, colours, locales, quoted and escaped literals.
    ///
    /// The first section that shows a value decides: `[=0]"";dd-mm-yyyy` is a date.
    ///
    /// ```
    /// use allegati::sheet::format::{Format, FormatKind};
    /// let days = Format::parse(r#"0.0" gg""#);
    /// assert_eq!((days.kind, days.decimals, &*days.suffix), (FormatKind::Number, 1, " gg"));
    /// assert_eq!(Format::parse("0.00%").kind, FormatKind::Percent);
    /// assert_eq!(Format::parse(r#"0"%""#).kind, FormatKind::Number);
    /// assert_eq!(Format::parse(r"0\%").kind, FormatKind::Number);
    /// assert_eq!(Format::parse(r#"[=0]"";dd-mm-yyyy"#).kind, FormatKind::Date);
    /// assert_eq!(Format::parse("[h]:mm").kind, FormatKind::Time);
    /// assert_eq!(&*Format::parse("[Red][$€-410] #,##0.00").prefix, "€ ");
    /// ```
    pub fn parse(code: &str) -> Self {
        let sections = code::sections(code);
        let Some(main) = sections.iter().find(|section| section.shows_value()) else {
            let kind = if code.trim().is_empty() { FormatKind::General } else { FormatKind::Number };
            return Self { code: code.into(), kind, ..Self::default() };
        };
        let (prefix, suffix) = main.around();
        Self {
            code: code.into(),
            kind: main.kind(),
            decimals: main.decimals(),
            grouped: main.grouped(),
            prefix: prefix.into(),
            suffix: suffix.into(),
        }
    }

    /// The code of a built-in format id of Excel, as an Italian Excel shows it; `None` for ids that are no built-in.
    ///
    /// ```
    /// use allegati::sheet::format::Format;
    /// assert_eq!(Format::builtin(14), Some("dd/mm/yyyy"));
    /// assert_eq!(Format::builtin(10), Some("0.00%"));
    /// assert_eq!(Format::builtin(164), None);
    /// ```
    pub fn builtin(id: u16) -> Option<&'static str> {
        builtin::code(id)
    }
}

/// The text of a value under a format.
///
/// ```
/// use allegati::sheet::{Value, format::{Format, shown}};
/// let text = |number: f64, code: &str| shown(Value::Number(number), &Format::parse(code), false);
/// assert_eq!(text(0.0439, "0.00%"), "4,39%");
/// assert_eq!(text(3.3, "0.0\" gg\""), "3,3 gg");
/// assert_eq!(text(0.1 + 0.2, "General"), "0,3");
/// assert_eq!(text(3664142.24, "#,##0.00\\ \"€\""), "3.664.142,24 €");
/// assert_eq!(text(-3.5, "0.0;(0.0)"), "(3,5)");
/// assert_eq!(text(43830.0, "dd/mm/yyyy"), "31/12/2019");
/// assert_eq!(text(43830.0, "d mmmm yyyy"), "31 dicembre 2019");
/// assert_eq!(text(1.5, "[h]:mm"), "36:00");
/// assert_eq!(shown(Value::Bool(true), &Format::default(), false), "VERO");
/// ```
pub fn shown(value: Value<CellText<'_>>, format: &Format, date_1904: bool) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(value) if format.kind == FormatKind::General && format.code.len() <= 8 => number::general(value),
        Value::Number(value) => numeric(value, &code::sections(&format.code), date_1904),
        Value::Text(text) => textual(&text, format),
        Value::Error(text) => text.to_string(),
        Value::Bool(true) => "VERO".to_owned(),
        Value::Bool(false) => "FALSO".to_owned(),
    }
}

fn numeric(value: f64, sections: &[Section], date_1904: bool) -> String {
    let Some((section, signed)) = code::section_for(value, sections) else {
        return number::general(value);
    };
    if section.has_date() {
        return date::shown(value, section, date_1904).unwrap_or_else(|| number::general(value));
    }
    if section.tokens.iter().any(|token| matches!(token, Token::General | Token::Text)) {
        return section.compose(&number::general(if signed { value } else { value.abs() }));
    }
    if section.is_fraction() {
        return fraction::shown(value, section, signed);
    }
    number::shown(value, section, signed)
}

fn textual(text: &str, format: &Format) -> String {
    if matches!(format.kind, FormatKind::General) || !format.code.contains('@') {
        return text.to_owned();
    }
    let sections = code::sections(&format.code);
    let last = sections.last().filter(|section| section.tokens.contains(&Token::Text));
    last.map_or_else(|| text.to_owned(), |section| section.compose(text))
}

#[cfg(test)]
mod tests {
    use super::{Format, FormatKind, shown};
    use crate::sheet::Value;

    fn text(number: f64, code: &str) -> String {
        shown(Value::Number(number), &Format::parse(code), false)
    }

    #[test]
    fn kinds_of_format() {
        for (code, kind) in [
            ("General", FormatKind::General),
            ("Standard", FormatKind::General),
            ("", FormatKind::General),
            ("@", FormatKind::Text),
            ("0", FormatKind::Number),
            ("#,##0.00", FormatKind::Number),
            ("0%", FormatKind::Percent),
            (r"0.0\ %", FormatKind::Percent),
            (r#"0"%""#, FormatKind::Number),
            (r"0\%", FormatKind::Number),
            ("dd/mm/yyyy", FormatKind::Date),
            ("d-mmm-yy", FormatKind::Date),
            ("[$-410]d mmmm yyyy;@", FormatKind::Date),
            ("[$-F800]dddd, mmmm dd, yyyy", FormatKind::Date),
            ("[$-F400]h:mm:ss AM/PM", FormatKind::Time),
            ("GG/MM/AAAA", FormatKind::Date),
            ("hh:mm", FormatKind::Time),
            ("mm:ss.0", FormatKind::Time),
            ("[mm]:ss", FormatKind::Time),
            (r#"0.0" gg""#, FormatKind::Number),
            (r#"General" giorni""#, FormatKind::Number),
            ("0.00E+00", FormatKind::Number),
            (r#"_-* #,##0.00\ "€"_-;\-* #,##0.00\ "€"_-;_-* "-"??\ "€"_-;_-@_-"#, FormatKind::Number),
        ] {
            assert_eq!(Format::parse(code).kind, kind, "{code}");
        }
    }

    #[test]
    fn numbers_as_an_italian_sees_them() {
        for (number, code, wanted) in [
            (811_100.0, "#,##0.00", "811.100,00"),
            (811_100.0, r#"_-* #,##0.00\ "€"_-;\-* #,##0.00\ "€"_-"#, "811.100,00 €"),
            (-391_296.9, "#,##0.00;[Red](#,##0.00)", "(391.296,90)"),
            (-3.05, "0.00", "-3,05"),
            (-0.001, "0.00", "0,00"),
            (2.675, "0.00", "2,68"),
            (0.285, "0%", "29%"),
            (0.9, "0%", "90%"),
            (1.0, r"0.0\ %", "100,0 %"),
            (90.0, r#"0"%""#, "90%"),
            (1_234_567.0, "#,##0,", "1.235"),
            (5.0, "000", "005"),
            (0.5, "#.##", ",5"),
            (0.0, r#"0;-0;"zero""#, "zero"),
            (0.0, r#"_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-"#, "-"),
            (12_345.0, "0.00E+00", "1,23E+04"),
            (3.25, "# ?/?", "3 1/4"),
            (12.0, r#"General" gg""#, "12 gg"),
            (1.0 / 3.0, "General", "0,333333333"),
            (123_456.789_012, "General", "123456,789"),
            (0.0, "General", "0"),
            (1e20, "General", "1E+20"),
            (1.234_5e-7, "General", "1,2345E-07"),
            (43_830.0, "General", "43830"),
            (-1.5, "General", "-1,5"),
        ] {
            assert_eq!(text(number, code), wanted, "{number} {code}");
        }
    }

    #[test]
    fn dates_and_times() {
        for (number, code, wanted) in [
            (43_830.0, "d-mmm-yy", "31-dic-19"),
            (43_830.0, r#"[=0]"";dd-mm-yyyy"#, "31-12-2019"),
            (0.0, r#"[=0]"";dd-mm-yyyy"#, ""),
            (60.0, "dd/mm/yyyy", "29/02/1900"),
            (59.0, "dd/mm/yyyy", "28/02/1900"),
            (61.0, "dd/mm/yyyy", "01/03/1900"),
            (43_830.5, "dd/mm/yyyy hh:mm", "31/12/2019 12:00"),
            (0.347_222_22, "h:mm", "8:20"),
            (43_829.999_999_99, "dd/mm/yyyy hh:mm:ss", "31/12/2019 00:00:00"),
            (43_830.0, "dddd", "martedì"),
            (43_830.0, "mmm-yy", "dic-19"),
            (0.75, "h:mm AM/PM", "6:00 PM"),
            (1.25, "[h]:mm:ss", "30:00:00"),
            (-1.0, "dd/mm/yyyy", "-1"),
        ] {
            assert_eq!(text(number, code), wanted, "{number} {code}");
        }
        let date = Format::parse("dd/mm/yyyy");
        assert_eq!(shown(Value::Number(42_368.0), &date, true), "31/12/2019");
    }

    #[test]
    fn texts_keep_their_own_text() {
        let text = Value::Text("abc".into());
        let value = text.as_ref();
        assert_eq!(shown(value, &Format::parse("0.00"), false), "abc");
        assert_eq!(shown(value, &Format::parse(r#"0;0;0;"n. "@"#), false), "n. abc");
        assert_eq!(shown(Value::Error("#SPILL!".into()).as_ref(), &Format::default(), false), "#SPILL!");
    }
}
