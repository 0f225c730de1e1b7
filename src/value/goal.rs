//! Goals of targets: a bound to compare with, or a direction against last year.
//!
//! [`parse`] reads the goal, [`Goal::met`] holds a value against it; [`at_least_count`] finds the *almeno N* of a plan.

use rust_decimal::Decimal;

use super::duration::Span;

mod read;

pub use read::{at_least_count, parse};

/// What a target wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// A value to be compared with.
    Compare {
        /// How.
        op: Op,
        /// With what.
        amount: GoalAmount,
    },
    /// More than last year.
    Increase,
    /// Not less than last year.
    NotBelow,
    /// Less than last year.
    Decrease,
    /// Not more than last year.
    NotAbove,
}

/// How an actual value is compared with the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `< 5%`
    Less,
    /// `≤ 5`, `massimo 5`, a term.
    AtMost,
    /// `= 5`, `pari a 5`
    Equal,
    /// `≥ 80%`, `almeno 80%`, a bare number.
    AtLeast,
    /// `> 3`
    More,
}

/// The figure of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalAmount {
    /// The figure as written; of a time its amount in [`Span::unit`].
    pub value: Decimal,
    /// Whether it is in percent.
    pub percent: bool,
    /// The time, when it is one.
    pub span: Option<Span>,
}

/// `almeno N`: how many of several must be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtLeast {
    /// How many; never 0.
    pub count: u32,
    /// Whether the text says that it is targets that are counted, or out of how many.
    pub of_targets: bool,
}

impl Goal {
    /// Whether an actual value meets the goal; none when last year's is needed and missing.
    ///
    /// The actual value is of the goal's own unit.
    ///
    /// ```
    /// use allegati::value::goal::parse;
    /// let goal = parse("incremento/mantenimento", None).unwrap();
    /// assert_eq!(goal.met(3.into(), Some(3.into())), Some(true));
    /// assert_eq!(goal.met(3.into(), None), None);
    /// assert_eq!(parse("< 5%", None).unwrap().met(5.into(), None), Some(false));
    /// ```
    pub fn met(&self, actual: Decimal, last: Option<Decimal>) -> Option<bool> {
        match self {
            Self::Compare { op, amount } => Some(match op {
                Op::Less => actual < amount.value,
                Op::AtMost => actual <= amount.value,
                Op::Equal => actual == amount.value,
                Op::AtLeast => actual >= amount.value,
                Op::More => actual > amount.value,
            }),
            Self::Increase => last.map(|last| actual > last),
            Self::NotBelow => last.map(|last| actual >= last),
            Self::Decrease => last.map(|last| actual < last),
            Self::NotAbove => last.map(|last| actual <= last),
        }
    }
}

#[cfg(test)]
mod tests;
