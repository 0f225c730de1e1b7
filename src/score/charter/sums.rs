//! What standards come to together: there may be very many.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{CharterRow, Status};

/// So many rows are added up at once: however many threads there are, the last digit of a sum is the same.
const AT_ONCE: usize = 1 << 12;

/// What rows come to.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) counted: u32,
    pub(super) not_counted: u32,
    pub(super) incomplete: u32,
    pub(super) scores: Decimal,
    /// How many that count have a deviation.
    pub(super) deviating: u32,
    pub(super) deviations: Decimal,
}

impl Sums {
    pub(super) fn of(rows: &[Box<CharterRow>]) -> Self {
        let sums: Vec<Self> = rows.par_chunks(AT_ONCE).map(Self::of_some).collect();
        sums.iter().fold(Self::default(), Self::and)
    }

    fn of_some(rows: &[Box<CharterRow>]) -> Self {
        let mut sums = Self::default();
        for row in rows {
            match (row.status, row.score) {
                (Status::Counted, Some(score)) => {
                    sums.counted += 1;
                    sums.scores = sums.scores.saturating_add(score);
                    sums.deviating += u32::from(row.deviation_percent.is_some());
                    // Most are nought, which changes no sum.
                    let deviation = row.deviation_percent.filter(|deviation| !deviation.is_zero());
                    sums.deviations = sums.deviations.saturating_add(deviation.unwrap_or_default());
                }
                (Status::NotCounted, _) => sums.not_counted += 1,
                _ => sums.incomplete += 1,
            }
        }
        sums
    }

    fn and(self, other: &Self) -> Self {
        Self {
            counted: self.counted + other.counted,
            not_counted: self.not_counted + other.not_counted,
            incomplete: self.incomplete + other.incomplete,
            scores: self.scores.saturating_add(other.scores),
            deviating: self.deviating + other.deviating,
            deviations: self.deviations.saturating_add(other.deviations),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::row;
    use super::*;

    #[test]
    fn many_rows_come_to_what_they_come_to_one_by_one() {
        let scored = |at: u32| {
            let (status, score) = match at % 5 {
                0 => (Status::NotCounted, None),
                1 => (Status::Incomplete, None),
                _ => (Status::Counted, Some(Decimal::from(at % 100))),
            };
            let deviation_percent = score.filter(|_| at & 4 == 0).map(|score| Decimal::ONE_HUNDRED - score);
            Box::new(CharterRow { status, score, deviation_percent, ..row::blank() })
        };
        let rows: Vec<_> = (0..2 * AT_ONCE as u32 + 7).map(scored).collect();
        let (sums, all) = (Sums::of(&rows), rows.iter().filter(|row| row.status == Status::Counted));
        let deviations = all.clone().filter_map(|row| row.deviation_percent);
        assert_eq!((sums.counted, sums.not_counted, sums.incomplete), (4919, 1640, 1640));
        assert_eq!(sums.scores, all.filter_map(|row| row.score).sum());
        assert_eq!((sums.deviating as usize, sums.deviations), (deviations.clone().count(), deviations.sum()));
    }
}
