//! Lone marks that no column decides: `1.250` beside 1180 is no 1.25, and beside a goal of 30 it can be either.

use rust_decimal::Decimal;

use crate::finding::Word;
use crate::value::goal::{self, Goal};
use crate::value::number::{self, Reading, Scanned};

/// A reading counts when no other one with another verdict comes nearer than so many times its distance.
const CLEARER: Decimal = Decimal::TEN;
/// And when it is at most so many times as large, or as small, as what it is compared with.
const NEAR: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// The readings that were chosen.
pub struct Decided {
    /// The goal.
    pub goal: Option<Goal>,
    /// The measured value.
    pub actual: Decimal,
    /// Last year's value.
    pub last_year: Option<Decimal>,
}

/// The goals that a text can set: a second one when a lone mark in it can group by three.
pub fn goals(text: &str, reading: Option<Reading>) -> Vec<Goal> {
    let Some(goal) = goal::parse(text, reading) else { return Vec::new() };
    let mut goals = vec![goal];
    let is_plain =
        |goal: &Goal| matches!(goal, Goal::Compare { amount, .. } if !amount.percent && amount.span.is_none());
    if reading.is_none() && is_plain(&goals[0]) {
        let others =
            [Reading::Italian, Reading::English].into_iter().filter_map(|reading| goal::parse(text, Some(reading)));
        let other = others.into_iter().find(|other| *other != goals[0]);
        goals.extend(other);
    }
    goals
}

/// What a value can be; the lone mark as a decimal mark first.
pub fn readings(value: Option<Decimal>, lone: Option<Scanned>) -> Vec<Decimal> {
    match lone {
        Some(number) => vec![number.as_decimal, number.as_grouped],
        None => value.into_iter().collect(),
    }
}

/// The readings nearest to each other; none when others nearly as near give another verdict.
pub fn decide(goals: &[Goal], actual: &[Decimal], last_year: &[Decimal]) -> Option<Decided> {
    let last_years: Vec<Option<Decimal>> =
        if last_year.is_empty() { vec![None] } else { last_year.iter().copied().map(Some).collect() };
    let mut all: Vec<(Decimal, Option<bool>, Decided)> = Vec::new();
    for last_year in &last_years {
        for value in actual {
            for goal in goals {
                let beside = if let Goal::Compare { amount, .. } = goal { Some(amount.value) } else { *last_year };
                let decided = Decided { goal: Some(goal.clone()), actual: *value, last_year: *last_year };
                all.push((distance(*value, beside), goal.met(*value, *last_year), decided));
            }
        }
    }
    if all.is_empty() {
        let actual = *actual.first()?;
        return Some(Decided { goal: None, actual, last_year: last_years[0] });
    }
    let nearest = (0..all.len()).min_by_key(|at| all[*at].0)?;
    let (best, verdict, _) = &all[nearest];
    let mut others = all.iter().filter(|(_, other, _)| other != verdict).map(|(distance, ..)| *distance).peekable();
    let sure = others.peek().is_none() || (*best <= NEAR && others.all(|other| other >= best.saturating_mul(CLEARER)));
    sure.then(|| all.swap_remove(nearest).2)
}

/// How many times the larger of two is the smaller; the largest number when that says nothing.
fn distance(value: Decimal, beside: Option<Decimal>) -> Decimal {
    let Some(beside) = beside else { return Decimal::MAX };
    let (small, large) = (value.abs().min(beside.abs()), value.abs().max(beside.abs()));
    if small == large { Decimal::ONE } else { large.checked_div(small).unwrap_or(Decimal::MAX) }
}

/// Why nobody can tell: the text that can be either.
pub fn doubt(texts: &[String; 3], lone: [Option<Scanned>; 2]) -> Word {
    let of_value = texts.iter().zip(lone).find_map(|(text, number)| Some((text, number?)));
    let Some((text, number)) = of_value else {
        let seen = &texts[2];
        return Word::Both(format!("«{seen}» può valere due numeri diversi"), format!("\"{seen}\" can be two numbers"));
    };
    let [first, second] = [number.as_decimal, number.as_grouped].map(|value| number::plain(value).replace('.', ","));
    Word::Both(format!("«{text}» può valere {first} o {second}"), format!("\"{text}\" can be {first} or {second}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::number::scan;

    fn verdict(goal: &str, actual: &str, last_year: &str) -> Option<Option<bool>> {
        let read = |text: &str| {
            let scanned = scan(text);
            readings(scanned.map(|number| number.as_decimal), scanned.filter(Scanned::ambiguous))
        };
        let decided = decide(&goals(goal, None), &read(actual), &read(last_year))?;
        Some(decided.goal?.met(decided.actual, decided.last_year))
    }

    #[test]
    fn lone_marks_are_read_by_what_stands_beside_them() {
        let table = [
            ("incremento", "1.250", "1180", Some(true)),
            ("incremento", "1.250", "1.180", Some(true)),
            ("mantenimento", "1.200", "1.200,00", Some(true)),
            ("riduzione", "1.199", "1200", Some(true)),
            ("almeno 500", "1.020", "", Some(true)),
            ("almeno 1000", "1.200", "", Some(true)),
            ("almeno 1.000", "980", "", Some(false)),
            ("almeno 1.000", "1.200", "", Some(true)),
            ("almeno 2", "1.250", "", Some(false)),
            ("almeno 1.000", "999", "", Some(false)),
            ("< 5", "4.390", "", Some(true)),
            ("almeno 3", "4", "", Some(true)),
        ];
        for (goal, actual, last_year, met) in table {
            assert_eq!(verdict(goal, actual, last_year), Some(met), "{goal:?} {actual:?} {last_year:?}");
        }
    }

    #[test]
    fn what_can_be_either_is_not_decided() {
        for (goal, actual, last_year) in
            [("almeno 30", "1.250", ""), ("incremento", "1.250", "45"), ("almeno 1.500", "40", "")]
        {
            assert_eq!(verdict(goal, actual, last_year), None, "{goal:?} {actual:?} {last_year:?}");
        }
    }
}
