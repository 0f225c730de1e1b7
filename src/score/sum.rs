//! Sums of many numbers.

use rust_decimal::Decimal;

/// A sum of days, amounts and their products: hundredths, which nearly all of them are, are added up as whole numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum {
    hundredths: i128,
    /// What has more decimals, or is too large.
    other: Decimal,
}

impl Sum {
    /// Adds the product of two numbers.
    pub fn add(&mut self, number: Decimal, times: Decimal) {
        let shift = match number.scale() + times.scale() {
            0 => 100,
            1 => 10,
            2 => 1,
            _ => return self.other = self.other.saturating_add(number.saturating_mul(times)),
        };
        let small = |number: Decimal| i64::try_from(number.mantissa()).ok();
        let product = || small(number)?.checked_mul(small(times)?)?.checked_mul(shift);
        match product() {
            Some(product) => self.hundredths += i128::from(product),
            None => self.other = self.other.saturating_add(number.saturating_mul(times)),
        }
    }

    /// Adds a number of hundredths.
    #[inline]
    pub fn add_hundredths(&mut self, hundredths: i64) {
        self.hundredths += i128::from(hundredths);
    }

    /// Adds another sum.
    pub fn append(&mut self, other: &Self) {
        self.hundredths += other.hundredths;
        self.other = self.other.saturating_add(other.other);
    }

    /// What it comes to; the largest number there is when it is larger.
    pub fn total(&self) -> Decimal {
        let most = if self.hundredths < 0 { Decimal::MIN } else { Decimal::MAX };
        let hundredths = Decimal::try_from_i128_with_scale(self.hundredths, 2).unwrap_or(most);
        hundredths.saturating_add(self.other).normalize()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_what_its_products_come_to(products in proptest::collection::vec((-99_999_999i64..99_999_999, 0u32..5, -4_000i64..4_000, 0u32..3), 0..20)) {
            let products: Vec<(Decimal, Decimal)> =
                products.into_iter().map(|(number, scale, times, of)| (Decimal::new(number, scale), Decimal::new(times, of))).collect();
            let wanted = products.iter().fold(Decimal::ZERO, |sum, (number, times)| sum + number * times);
            let (mut whole, mut below) = (Sum::default(), Sum::default());
            let (first, rest) = products.split_at(products.len() / 2);
            first.iter().for_each(|(number, times)| whole.add(*number, *times));
            rest.iter().for_each(|(number, times)| below.add(*number, *times));
            whole.append(&below);
            prop_assert_eq!(whole.total(), wanted);
        }
    }

    #[test]
    fn beyond_all_numbers_it_is_the_largest() {
        for most in [Decimal::MAX, Decimal::MIN] {
            let mut sum = Sum::default();
            (0..5).for_each(|_| sum.add(most, Decimal::from(i32::MAX)));
            assert_eq!(sum.total(), most);
        }
    }
}
