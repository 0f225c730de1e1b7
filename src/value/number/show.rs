//! Stored numbers, rounding and the ways a number is shown.

use rust_decimal::prelude::FromPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// From here on a decimal cannot keep the number.
const TOO_LARGE: f64 = 7.9e28;

/// The decimal of a number as a workbook stores it, with the 15 significant digits that Excel shows.
///
/// None when it is not finite or too large to be kept.
///
/// ```
/// use allegati::value::number::{from_stored, plain};
/// assert_eq!(from_stored(0.1 + 0.2).map(plain).as_deref(), Some("0.3"));
/// assert_eq!(from_stored(f64::NAN), None);
/// assert_eq!(from_stored(1e300), None);
/// ```
pub fn from_stored(number: f64) -> Option<Decimal> {
    if !number.is_finite() || number.abs() >= TOO_LARGE {
        return None;
    }
    if let Some(value) = short(number) {
        return Some(value);
    }
    // The decimal library keeps a sixteenth digit when it converts, and rounds twice; below 28 decimals only it can.
    let fifteen = Decimal::from_scientific(&format!("{number:.14e}")).ok();
    fifteen.or_else(|| Decimal::from_f64(number)).map(|value| value.normalize())
}

/// The decimal of a number of few digits, as nearly all are: fifteen digits come back from binary as they went in, so
/// that the shortest that gives the very same number is it.
fn short(number: f64) -> Option<Decimal> {
    if number == 0.0 && number.is_sign_negative() {
        return None;
    }
    [1.0, 10.0, 100.0, 1_000.0, 10_000.0].iter().zip(0..).find_map(|(power, scale)| {
        let digits = (number * power).round();
        (digits.abs() < 1e15 && digits / power == number).then(|| Decimal::new(digits as i64, scale))
    })
}

/// Rounds half away from zero to two decimals, as Excel's ROUND does.
///
/// ```
/// use allegati::value::number::{fixed2, round2, scan};
/// assert_eq!(fixed2(round2(scan("2,345").unwrap().as_decimal)), "2.35");
/// assert_eq!(fixed2(round2(scan("-2,345").unwrap().as_decimal)), "-2.35");
/// ```
pub fn round2(value: Decimal) -> Decimal {
    round_to(value, 2)
}

/// Rounds half away from zero to a number of decimals.
///
/// ```
/// use allegati::value::number::{plain, round_to, scan};
/// assert_eq!(plain(round_to(scan("89,5").unwrap().as_decimal, 0)), "90");
/// ```
pub fn round_to(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Plain notation for machines: a point, no exponent, no trailing zeros.
///
/// ```
/// use allegati::value::number::{plain, scan};
/// assert_eq!(plain(scan("100,00").unwrap().as_decimal), "100");
/// assert_eq!(plain(scan("-0,00").unwrap().as_decimal), "0");
/// ```
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Exactly two decimals for machines, rounded half away from zero.
///
/// ```
/// use allegati::value::number::{fixed2, scan};
/// assert_eq!(fixed2(scan("100").unwrap().as_decimal), "100.00");
/// ```
pub fn fixed2(value: Decimal) -> String {
    fixed(value, 2)
}

/// Italian notation for people, rounded half away from zero: `1.234,50`, or `1234,50` when not grouped.
///
/// ```
/// use allegati::value::number::{italian, scan};
/// let value = scan("3664142,245").unwrap().as_decimal;
/// assert_eq!(italian(value, 2, true), "3.664.142,25");
/// assert_eq!(italian(value, 0, false), "3664142");
/// ```
pub fn italian(value: Decimal, decimals: u32, grouped: bool) -> String {
    let text = fixed(value, decimals);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut shown = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push(',');
        shown.push_str(fraction);
    }
    shown
}

/// Exactly so many decimals; the zeros are added here, since the library's own padding ends at 32 digits.
fn fixed(value: Decimal, decimals: u32) -> String {
    let mut text = plain(round_to(value, decimals));
    let shown = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if shown == 0 && decimals > 0 {
        text.push('.');
    }
    text.extend(std::iter::repeat_n('0', (decimals as usize).saturating_sub(shown)));
    text
}
