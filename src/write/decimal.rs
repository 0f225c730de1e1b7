//! Decimals on their way out: as texts for machines, and as the binary numbers of a workbook.
//!
//! The only place where a [`Decimal`] becomes an `f64`.

use rust_decimal::Decimal;

pub use crate::value::number::{fixed2, round2};
use crate::value::number::{plain as exact, round_to};

/// Plain notation without trailing zeros, rounded to at most six decimals.
pub fn plain(value: Decimal) -> String {
    exact(round_to(value, 6))
}

/// The powers of ten that a binary number holds exactly, as far as money and days need them.
const POWERS: [f64; 10] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/// The nearest binary number. One division of two exact numbers is exact to the last bit; where they would not be exact,
/// the conversion through the text is.
pub fn binary(value: Decimal) -> f64 {
    let digits = value.mantissa();
    match POWERS.get(value.scale() as usize) {
        Some(power) if digits != 0 && digits.unsigned_abs() < 1 << f64::MANTISSA_DIGITS => digits as f64 / power,
        _ => value.to_string().parse().unwrap_or_default(),
    }
}

/// So many digits make a decimal string that no other binary number is nearer to.
const EXACT: u128 = 10u128.pow(15);

/// Adds a number that reads as [`binary`] of the value: its own digits, when they are few.
pub fn push_number(out: &mut Vec<u8>, value: Decimal) {
    let (mut digits, mut scale) = (value.mantissa().unsigned_abs(), value.scale() as usize);
    if digits >= EXACT {
        return out.extend_from_slice(binary(value).to_string().as_bytes());
    }
    while scale > 0 && digits % 10 == 0 {
        (digits, scale) = (digits / 10, scale - 1);
    }
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(digits as u64).as_bytes();
    if value.is_sign_negative() && digits != b"0" {
        out.push(b'-');
    }
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(scale));
    out.extend_from_slice(if whole.is_empty() { b"0" } else { whole });
    if scale > 0 {
        out.push(b'.');
        out.resize(out.len() + scale - fraction.len(), b'0');
        out.extend_from_slice(fraction);
    }
}

/// A decimal string with two decimals, for the JSON record.
pub fn json_fixed2(value: Option<Decimal>) -> Option<String> {
    value.map(fixed2)
}

/// A decimal string in plain notation, for the JSON record.
pub fn json_plain(value: Option<Decimal>) -> Option<String> {
    value.map(plain)
}

/// Whether two exact values are the same figure, but for the last digits of a division.
pub fn same(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() < Decimal::new(1, 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_half_away_from_zero_and_shows_no_negative_zero() {
        assert_eq!(fixed2("2.345".parse().unwrap()), "2.35");
        assert_eq!(fixed2("-2.345".parse().unwrap()), "-2.35");
        assert_eq!(fixed2("-0.001".parse().unwrap()), "0.00");
        assert_eq!(plain("-0.00".parse().unwrap()), "0");
        assert_eq!(plain("3400.00".parse().unwrap()), "3400");
        assert_eq!(plain("0.3333333333333".parse().unwrap()), "0.333333");
    }

    #[test]
    fn the_binary_number_is_the_nearest_one() {
        assert_eq!(binary("99.166666666666666666666666667".parse().unwrap()), 99.166_666_666_666_67);
        assert_eq!(binary("3664142.24".parse().unwrap()), 3_664_142.24);
        for text in ["0", "-0.00", "-0.3", "9007199254740991", "9007199254740993", "900719925474099.1", "0.1234567891"]
        {
            let value: Decimal = text.parse().unwrap();
            let through_text: f64 = value.to_string().parse().unwrap();
            assert_eq!(binary(value).to_bits(), through_text.to_bits(), "{text}");
        }
    }

    #[test]
    fn a_number_in_digits_is_the_nearest_one() {
        let pushed = |text: &str| {
            let mut out = Vec::new();
            push_number(&mut out, text.parse().unwrap());
            String::from_utf8(out).unwrap()
        };
        for (text, digits) in [
            ("0", "0"),
            ("-0.00", "0"),
            ("120.50", "120.5"),
            ("-3400.00", "-3400"),
            ("0.05", "0.05"),
            ("-0.0000001", "-0.0000001"),
            ("999999999999999", "999999999999999"),
            ("99.166666666666666666666666667", "99.16666666666667"),
            ("79228162514264337593543950335", "79228162514264340000000000000"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
        ] {
            assert_eq!(pushed(text), digits);
            let value: f64 = pushed(text).parse().unwrap();
            assert_eq!(value, binary(text.parse().unwrap()), "{text}");
        }
    }
}
