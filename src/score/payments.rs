//! Payments: how early or late they are, by quarter and year, each figure under its own name.
//!
//! The *indicatore di tempestività dei pagamenti* is that of DPCM 22 September 2014, article 9: for each payment the
//! calendar days from the due date to the payment, times the amount, over the sum of the amounts paid in the period;
//! days on which the sum was in dispute are left out. Below zero it was paid early.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::charter::mean_of;
use super::sum::Sum;

/// One payment that was made.
#[derive(Debug, Clone, Copy)]
pub struct Payment {
    /// When it was paid.
    pub paid: Date,
    /// Days from the due date to the payment, those in dispute left out; below zero early.
    pub late_days: Decimal,
    /// Days from when the term runs to the payment, suspensions left out.
    pub taken_days: Decimal,
    /// Amount in euro.
    pub amount_eur: Decimal,
}

/// The payments of a quarter or a year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaymentPeriod {
    /// The year of payment.
    pub year: i16,
    /// The quarter, from 1; none for the whole year.
    pub quarter: Option<i8>,
    /// How many payments.
    pub count: u32,
    /// Sum of their amounts in euro.
    pub paid_eur: Decimal,
    /// Indicatore di tempestività dei pagamenti, in days; below zero early. None when the amounts sum to zero.
    pub timeliness_days: Option<Decimal>,
    /// Mean calendar days from the start to the payment, suspensions left out; every payment weighs the same.
    pub mean_days: Option<Decimal>,
    /// How many were paid by their due date.
    pub within: u32,
    /// The same in percent of all.
    pub within_percent: Option<Decimal>,
}

/// Payments as they come, added up by quarter and year.
#[derive(Debug, Default)]
pub struct Periods {
    /// By year and quarter, but for those near.
    sums: BTreeMap<(i16, i8), Sums>,
    /// Those of some years, one after the other: nearly all payments are of these.
    near: Vec<Sums>,
    /// The first of these years.
    first: i16,
}

/// So many years are near, the first payment's in their middle.
const NEAR: i16 = 8;

impl Periods {
    /// Adds a payment to its quarter.
    pub fn add(&mut self, payment: &Payment) {
        self.of(quarter_of(payment.paid)).add(payment);
    }

    /// The same for a payment without disputes, of so many hundredths of a euro, so many days late and after so many.
    #[inline]
    pub fn add_whole(&mut self, paid: Date, hundredths: i64, late_days: i32, taken_days: i32) {
        let sums = self.of(quarter_of(paid));
        sums.count += 1;
        sums.paid_eur.add_hundredths(hundredths);
        sums.weighted.add_hundredths(hundredths * i64::from(late_days));
        sums.taken_days.add_hundredths(i64::from(taken_days) * 100);
        sums.within += u32::from(late_days <= 0);
    }

    /// What was paid in a quarter.
    #[inline]
    fn of(&mut self, (year, quarter): (i16, i8)) -> &mut Sums {
        if self.near.is_empty() {
            self.first = year - NEAR / 2;
            self.near.resize_with(4 * NEAR as usize, Sums::default);
        }
        let at = 4 * i32::from(year - self.first) + i32::from(quarter - 1);
        match self.near.get_mut(usize::try_from(at).unwrap_or(usize::MAX)) {
            Some(sums) => sums,
            None => self.sums.entry((year, quarter)).or_default(),
        }
    }

    /// All by year and quarter.
    fn all(self) -> BTreeMap<(i16, i8), Sums> {
        let mut all = self.sums;
        for (at, sums) in (0..).zip(self.near).filter(|(_, sums)| sums.count > 0) {
            all.insert((self.first + at / 4, (at % 4) as i8 + 1), sums);
        }
        all
    }

    /// What was paid in all of them in euro, and that times the days late.
    pub fn totals(&self) -> (Decimal, Decimal) {
        let mut whole = Sums::default();
        self.sums.values().chain(&self.near).for_each(|sums| whole.append(sums));
        (whole.paid_eur.total(), whole.weighted.total())
    }

    /// Adds all of others.
    pub fn append(&mut self, others: Self) {
        for (quarter, sums) in others.all() {
            self.of(quarter).append(&sums);
        }
    }

    /// The figures by quarter, each year's quarters followed by the year.
    pub fn figures(self) -> Vec<PaymentPeriod> {
        let mut figures = Vec::new();
        let mut quarters = self.all().into_iter().peekable();
        let mut whole = Sums::default();
        while let Some(((year, quarter), sums)) = quarters.next() {
            whole.append(&sums);
            figures.push(PaymentPeriod { year, quarter: Some(quarter), ..sums.figures() });
            if quarters.peek().is_none_or(|((next, _), _)| *next != year) {
                figures.push(PaymentPeriod { year, ..std::mem::take(&mut whole).figures() });
            }
        }
        figures
    }
}

/// The year and quarter of a day.
fn quarter_of(day: Date) -> (i16, i8) {
    (day.year(), (day.month() - 1) / 3 + 1)
}

/// What the payments of a period add up to.
#[derive(Debug, Default)]
struct Sums {
    count: u32,
    paid_eur: Sum,
    /// Days late times euro.
    weighted: Sum,
    taken_days: Sum,
    within: u32,
}

impl Sums {
    fn add(&mut self, payment: &Payment) {
        let Payment { late_days, taken_days, amount_eur, .. } = *payment;
        self.count += 1;
        self.paid_eur.add(amount_eur, Decimal::ONE);
        self.weighted.add(amount_eur, late_days);
        self.taken_days.add(taken_days, Decimal::ONE);
        self.within += u32::from(late_days.is_sign_negative() || late_days.is_zero());
    }

    fn append(&mut self, other: &Self) {
        self.count += other.count;
        self.paid_eur.append(&other.paid_eur);
        self.weighted.append(&other.weighted);
        self.taken_days.append(&other.taken_days);
        self.within += other.within;
    }

    fn figures(&self) -> PaymentPeriod {
        let share = Decimal::from(self.within).checked_div(Decimal::from(self.count));
        PaymentPeriod {
            count: self.count,
            paid_eur: self.paid_eur.total(),
            timeliness_days: self.weighted.total().checked_div(self.paid_eur.total()),
            mean_days: mean_of(self.taken_days.total(), self.count as usize),
            within: self.within,
            within_percent: share.map(|share| share * Decimal::ONE_HUNDRED),
            ..PaymentPeriod::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::calendar_days;
    use jiff::civil::date;

    fn by_period(payments: &[Payment]) -> Vec<PaymentPeriod> {
        let mut periods = Periods::default();
        payments.iter().for_each(|payment| periods.add(payment));
        periods.figures()
    }

    fn payment(due: Date, paid: Date, amount: i64, disputed: i64) -> Payment {
        Payment {
            paid,
            late_days: Decimal::from(calendar_days(due, paid)) - Decimal::from(disputed),
            taken_days: Decimal::from(calendar_days(date(2019, 1, 1), paid)) - Decimal::from(disputed),
            amount_eur: amount.into(),
        }
    }

    #[test]
    fn days_are_weighed_with_amounts_by_quarter_and_year() {
        let payments = [
            payment(date(2019, 2, 9), date(2019, 2, 4), 1000, 0),
            payment(date(2019, 3, 3), date(2019, 3, 13), 3000, 0),
            // Ten days late, twelve of them in dispute: two days early.
            payment(date(2019, 5, 1), date(2019, 5, 11), 500, 12),
            payment(date(2019, 12, 31), date(2020, 1, 30), 100, 0),
        ];
        let periods = by_period(&payments);
        let told: Vec<_> = periods.iter().map(|period| (period.year, period.quarter, period.count)).collect();
        assert_eq!(
            told,
            [(2019, Some(1), 2), (2019, Some(2), 1), (2019, None, 3), (2020, Some(1), 1), (2020, None, 1)]
        );
        assert_eq!(periods[0].timeliness_days, Some(Decimal::new(625, 2)));
        assert_eq!(periods[1].timeliness_days, Some(Decimal::from(-2)));
        assert_eq!((periods[1].within, periods[1].within_percent), (1, Some(Decimal::ONE_HUNDRED)));
        assert_eq!(periods[2].timeliness_days, Some(Decimal::from(24_000) / Decimal::from(4500)));
        // 34 and 71 days.
        assert_eq!(periods[0].mean_days, Some(Decimal::new(525, 1)));
        assert_eq!(periods[3].timeliness_days, Some(Decimal::from(30)));
    }

    #[test]
    fn amounts_that_sum_to_zero_have_no_indicator() {
        let day = date(2019, 5, 1);
        assert_eq!(by_period(&[payment(day, day, 0, 0)])[0].timeliness_days, None);
    }
}
