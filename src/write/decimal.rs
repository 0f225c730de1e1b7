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

/// The nearest binary number; through the text, since that conversion is exact to the last bit.
pub fn binary(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or_default()
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
    }
}
