//! The rule that scored a standard, as a formula over the two values beside it.

use rust_decimal::Decimal;

use super::charter::{MEASURED, PLANNED};
use super::formula::cell;
use crate::score::{CharterRow, Rule as Scored};
use crate::settings::Respect;
use crate::write::decimal::same;

/// How a row's score follows from its values.
pub struct Rule {
    respect: Respect,
    /// Whether more is better: a share.
    share: bool,
}

impl Rule {
    /// The rule of a row whose score and deviation it gives to the last digit; none when they come from elsewhere.
    pub fn of(respect: Respect, row: &CharterRow) -> Option<Self> {
        if !matches!(row.rule, Scored::WithinStandard | Scored::Linear | Scored::Binary | Scored::Ratio) {
            return None;
        }
        let (planned, measured) = (row.planned_days()?, row.measured_days()?);
        let (score, deviation) = (row.score?, row.deviation_percent?);
        let gives =
            |rule: &Self| rule.compute(planned, measured).is_some_and(|(a, b)| same(a, score) && same(b, deviation));
        let text = |share| row.record().planned_text.contains('%') == share;
        // At equality both directions give 100; the text of the standard says which one is meant.
        [false, true].map(|share| Self { respect, share }).into_iter().filter(gives).max_by_key(|rule| text(rule.share))
    }

    fn compute(&self, planned: Decimal, measured: Decimal) -> Option<(Decimal, Decimal)> {
        let beyond = if self.share { planned - measured } else { measured - planned };
        if beyond <= Decimal::ZERO {
            return Some((Decimal::ONE_HUNDRED, Decimal::ZERO));
        }
        let deviation = beyond.checked_div(planned)? * Decimal::ONE_HUNDRED;
        let score = match self.respect {
            Respect::Linear => (Decimal::ONE_HUNDRED - deviation).max(Decimal::ZERO),
            Respect::Binary => Decimal::ZERO,
            Respect::Ratio if self.share => measured.checked_div(planned)? * Decimal::ONE_HUNDRED,
            Respect::Ratio => planned.checked_div(measured)? * Decimal::ONE_HUNDRED,
        };
        Some((score, deviation))
    }

    /// The deviation of a row; never negative.
    pub fn deviation(&self, row: u32) -> String {
        let (planned, measured) = (cell(row, PLANNED), cell(row, MEASURED));
        match self.share {
            true => format!("IF({measured}>={planned},0,({planned}-{measured})/{planned}*100)"),
            false => format!("IF({measured}<={planned},0,({measured}-{planned})/{planned}*100)"),
        }
    }

    /// The score of a row: 100 within the standard, else what the rule says.
    pub fn score(&self, row: u32) -> String {
        let (planned, measured) = (cell(row, PLANNED), cell(row, MEASURED));
        let within = if self.share { ">=" } else { "<=" };
        let beyond = match self.respect {
            Respect::Linear => format!("MAX(0,100-{})", cell(row, super::charter::DEVIATION)),
            Respect::Binary => "0".to_owned(),
            Respect::Ratio if self.share => format!("{measured}/{planned}*100"),
            Respect::Ratio => format!("{planned}/{measured}*100"),
        };
        format!("IF({measured}{within}{planned},100,{beyond})")
    }
}
