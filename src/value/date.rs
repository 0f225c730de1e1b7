//! Dates as Italian offices write them, Excel's serial numbers, and the years a text names.
//!
//! Day first, always; a date that cannot be is told apart from a text that is no date.

use jiff::civil::{Date, Weekday, date};

use super::fold::fold;

mod compared;
mod period;
mod years;

pub use period::{Day, Period, periods};
pub use years::{year_beside_span, years, years_of_file, years_of_folders, years_of_texts, years_of_titles};

/// Why a text gives no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// The text does not have the shape of a date.
    NotADate,
    /// It has, but there is no such day: `31/02/2019`, a wrong weekday, a year before 1900.
    Impossible,
}

/// The months, folded, from January.
pub const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("lunedi", Weekday::Monday),
    ("martedi", Weekday::Tuesday),
    ("mercoledi", Weekday::Wednesday),
    ("giovedi", Weekday::Thursday),
    ("venerdi", Weekday::Friday),
    ("sabato", Weekday::Saturday),
    ("domenica", Weekday::Sunday),
];

/// Whether a folded word is a month, whole or cut.
pub(super) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

fn month(word: &str) -> Option<i8> {
    let named = |month: &str| word == month || word == &month[..3] || (word == "sett" && month == "settembre");
    (1..).zip(MONTHS).find(|(_, month)| named(month)).map(|(number, _)| number)
}

/// The date a text writes; `18/3` is of the given year, a time of day is dropped.
///
/// Two-digit years up to 49 are of this century, the others of the last.
///
/// # Errors
///
/// [`DateError::NotADate`] for a text of another shape, [`DateError::Impossible`] for a day that does not exist.
///
/// ```
/// use allegati::value::date::{DateError, parse};
/// use jiff::civil::date;
/// assert_eq!(parse("31.12.19", 2019), Ok(date(2019, 12, 31)));
/// assert_eq!(parse("lunedì 18 marzo", 2019), Ok(date(2019, 3, 18)));
/// assert_eq!(parse("31/02/2019", 2019), Err(DateError::Impossible));
/// assert_eq!(parse("entro il 18/3", 2019), Err(DateError::NotADate));
/// ```
pub fn parse(text: &str, year: i16) -> Result<Date, DateError> {
    if let Some((day, month, year)) = plain(text.as_bytes()) {
        return existing(year, month, day);
    }
    let folded = fold(text);
    let (weekday, rest) = without_weekday(&folded);
    let rest = rest.strip_prefix("il ").unwrap_or(rest).trim();
    let rest = without_time(rest)?;
    let (day, month, named) = in_words(rest).or_else(|| in_digits(rest)).ok_or(DateError::NotADate)?;
    let year = match named {
        None => year,
        Some(digits) => full_year(digits).ok_or(DateError::NotADate)?,
    };
    let found = existing(year, month, day)?;
    if weekday.is_some_and(|weekday| weekday != found.weekday()) {
        return Err(DateError::Impossible);
    }
    Ok(found)
}

/// Whether a text in digits is a date only when its month stands first: `12/31/2019`.
///
/// ```
/// use allegati::value::date::is_month_first;
/// assert!(is_month_first("12/31/2019"));
/// assert!(!is_month_first("31/12/2019") && !is_month_first("05/06/2019") && !is_month_first("31/02/2019"));
/// ```
pub fn is_month_first(text: &str) -> bool {
    let folded = fold(text);
    let Some((first, second, Some(year))) = without_time(&folded).ok().and_then(in_digits) else { return false };
    // `2019-31-12` begins with its year.
    let year = full_year(year).filter(|_| folded.find(|c: char| !c.is_ascii_digit()).is_some_and(|end| end <= 2));
    year.is_some_and(|year| existing(year, second, first).is_err() && existing(year, first, second).is_ok())
}

/// The day of a text such as `31/12/2019`, as nearly all dates are written; none of any other text.
///
/// ```
/// use allegati::value::date::in_full;
/// assert_eq!(in_full("31.12.2019"), Some(jiff::civil::date(2019, 12, 31)));
/// assert_eq!((in_full("31/02/2019"), in_full("1/2/2019")), (None, None));
/// ```
#[inline(always)]
pub fn in_full(text: &str) -> Option<Date> {
    let (day, month, year) = plain(text.as_bytes())?;
    existing(year, month, day).ok()
}

/// `31/12/2019`, as nearly all dates are written.
#[inline(always)]
fn plain(text: &[u8]) -> Option<(i8, i8, i16)> {
    let &[d1, d2, first, m1, m2, second, y1, y2, y3, y4] = text else { return None };
    if !matches!(first, b'/' | b'.' | b'-') || second != first {
        return None;
    }
    let [d1, d2, m1, m2, y1, y2, y3, y4] = [d1, d2, m1, m2, y1, y2, y3, y4].map(|digit| digit.wrapping_sub(b'0'));
    let two = |tens: u8, ones: u8| (tens <= 9 && ones <= 9).then(|| tens * 10 + ones);
    let year = i16::from(two(y1, y2)?) * 100 + i16::from(two(y3, y4)?);
    Some((two(d1, d2)? as i8, two(m1, m2)? as i8, year))
}

/// The day of eight digits that begin with their year, as programs write them: `20190110`; none of any other text.
///
/// ```
/// use allegati::value::date::run_together;
/// assert_eq!(run_together("20190110"), Some(jiff::civil::date(2019, 1, 10)));
/// assert!(["20190231", "10012019", "2019011", "2019-01-10"].into_iter().all(|text| run_together(text).is_none()));
/// ```
pub fn run_together(text: &str) -> Option<Date> {
    let number: u32 = digits(text, 8).filter(|digits| digits.len() == 8)?.parse().ok()?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let day = existing(year as i16, month as i8, day as i8).ok();
    day.filter(|_| (1955..2100).contains(&year))
}

/// The day, when the calendar has it.
#[inline]
pub fn existing(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
    if year < 1900 {
        return Err(DateError::Impossible);
    }
    Date::new(year, month, day).map_err(|_| DateError::Impossible)
}

fn without_weekday(text: &str) -> (Option<Weekday>, &str) {
    for (name, weekday) in WEEKDAYS {
        for name in [name, &name[..3]] {
            if let Some(rest) = text.strip_prefix(name).filter(|rest| rest.starts_with([' ', ',', '.'])) {
                return (Some(weekday), rest.trim_start_matches([' ', ',', '.']));
            }
        }
    }
    (None, text)
}

/// Drops `T00:00:00`, `10:30`, `ore 10:30`, `T10:30:00+02:00`, and `10.30.00` behind a year.
fn without_time(text: &str) -> Result<&str, DateError> {
    let Some(colon) = text.find(':') else {
        return match text.split_once(' ') {
            Some((date, time)) if is_dotted_time(time) && matches!(in_digits(date), Some((_, _, Some(_)))) => Ok(date),
            _ => Ok(text),
        };
    };
    let start = text[..colon].rfind([' ', 't']).ok_or(DateError::NotADate)?;
    let (date, time) = (&text[..start], without_zone(&text[start + 1..]));
    let mut parts = time.split([':', '.']);
    for most in [24, 60, 60] {
        let Some(part) = parts.next() else { break };
        let value: u8 = digits(part, 2).and_then(|digits| digits.parse().ok()).ok_or(DateError::NotADate)?;
        if value >= most {
            return Err(DateError::Impossible);
        }
    }
    if parts.any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(DateError::NotADate);
    }
    let date = date.trim_end_matches([' ', ',']);
    Ok(date.strip_suffix(" ore").or_else(|| date.strip_suffix(" alle")).unwrap_or(date).trim_end_matches([' ', ',']))
}

/// `10.30`, `10.30.05`.
fn is_dotted_time(text: &str) -> bool {
    let parts = || text.split('.');
    let below = |part: &str, most: u8| part.len() == 2 && part.parse().is_ok_and(|value: u8| value < most);
    (2..=3).contains(&parts().count()) && parts().zip([24, 60, 60]).all(|(part, most)| below(part, most))
}

/// A time without what follows it of its zone: `z`, `+02:00`, `+0200`; the day is that of the place where it was.
fn without_zone(time: &str) -> &str {
    let (time, zone) = match time.find(['+', '-']) {
        Some(sign) => (&time[..sign], &time[sign + 1..]),
        None => return time.trim_end_matches('z'),
    };
    let hours = zone.replace(':', "");
    if matches!(hours.len(), 2 | 4) && hours.bytes().all(|byte| byte.is_ascii_digit()) { time } else { "" }
}

/// A run of one to so many digits.
fn digits(text: &str, most: usize) -> Option<&str> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(text)
}

type Parts<'a> = (i8, i8, Option<&'a str>);

/// `31/12/2019`, `31.12`, `2019-12-31`: one separator throughout.
fn in_digits(text: &str) -> Option<Parts<'_>> {
    let mark = text.chars().find(|letter| matches!(letter, '/' | '.' | '-'))?;
    let mut parts = text.split(mark).map(str::trim);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let small = |text| digits(text, 2).and_then(|digits| digits.parse().ok());
    match third {
        None if mark == '-' => None,
        None => Some((small(first)?, small(second)?, None)),
        Some(third) if first.len() == 4 => Some((small(third)?, small(second)?, Some(digits(first, 4)?))),
        Some(third) => Some((small(first)?, small(second)?, Some(digits(third, 4)?))),
    }
}

/// `18 marzo 2019`, `1° apr. 2019`, `18-mar-19`.
fn in_words(text: &str) -> Option<Parts<'_>> {
    let mut parts = text.split([' ', '-', '/', '.', ',']).filter(|part| !part.is_empty());
    let day = parts.next()?;
    let day = digits(day.trim_end_matches('°'), 2)?.parse().ok()?;
    let month = month(parts.next()?)?;
    let year = parts.next();
    if parts.next().is_some() {
        return None;
    }
    match year {
        Some(year) => Some((day, month, Some(digits(year, 4)?))),
        None => Some((day, month, None)),
    }
}

fn full_year(digits: &str) -> Option<i16> {
    let value: i16 = digits.parse().ok()?;
    match digits.len() {
        2 if value < 50 => Some(2000 + value),
        2 => Some(1900 + value),
        4 => Some(value),
        _ => None,
    }
}

const LAST_SERIAL: f64 = 2_958_465.0;

/// The day of an Excel serial number, its time of day dropped.
///
/// None below 1 (a time without a day), for serial 60 of the 1900 system (29 February 1900, which never was), and
/// beyond the year 9999.
///
/// ```
/// use allegati::value::date::from_serial;
/// use jiff::civil::date;
/// assert_eq!(from_serial(43_830.75, false), Some(date(2019, 12, 31)));
/// assert_eq!(from_serial(42_368.0, true), Some(date(2019, 12, 31)));
/// assert_eq!(from_serial(60.0, false), None);
/// ```
pub fn from_serial(serial: f64, date_1904: bool) -> Option<Date> {
    if !(1.0..LAST_SERIAL + 1.0).contains(&serial) {
        return None;
    }
    // Days since 1 March of the year 0, as below.
    const FIRST: i32 = 693_899;
    let days = serial as i32;
    let start = match (date_1904, days) {
        (true, _) => FIRST + 1_462,
        (false, 60) => return None,
        (false, ..60) => FIRST + 1,
        (false, _) => FIRST,
    };
    of_days(start + days)
}

/// The day of a number in a column of days: a serial number, or eight digits as [`run_together`] reads them.
pub fn of_number(number: f64, date_1904: bool) -> Option<Date> {
    from_serial(number, date_1904).or_else(|| run_together(&number.to_string()))
}

/// The day that so many days are after 1 March of the year 0: in years that begin in March a leap day is the last.
fn of_days(days: i32) -> Option<Date> {
    const DAYS_OF_400: i32 = 146_097;
    let (centuries, day) = (days.div_euclid(DAYS_OF_400), days.rem_euclid(DAYS_OF_400));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    // Months from March on have 31, 30, 31, 30, 31 days, again and again.
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    Date::new(i16::try_from(400 * centuries + year).ok()?, month as i8, day as i8).ok()
}

/// The serial number of a day in the 1900 system, as Excel stores it.
///
/// ```
/// use allegati::value::date::to_serial;
/// assert_eq!(to_serial(jiff::civil::date(2019, 12, 31)), 43_830);
/// ```
pub fn to_serial(day: Date) -> i64 {
    let days = day.duration_since(date(1899, 12, 30)).as_hours() / 24;
    if days < 61 { days - 1 } else { days }
}

/// A date as an Italian office writes it: `31/12/2019`.
///
/// ```
/// use allegati::value::date::italian;
/// assert_eq!(italian(jiff::civil::date(2019, 3, 8)), "08/03/2019");
/// ```
pub fn italian(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests;
