//! Values with their unit: in its sheet a bare 24 stands below `Tempo (ore)` or beside a column of units, but the annex
//! has one column for the values of all offices.

use arcstr::ArcStr;
use rust_decimal::Decimal;

use crate::kinds::reader::Read;
use crate::value::duration::{Clock, Measure, Unit, parse};
use crate::value::number;

/// What may follow a bare number: the sign of a share, the units of a time.
const UNITS: [&str; 6] = ["%", " ore", " minuti", " giorni", " settimane", " mesi"];

/// A value as shown, with the unit that its column gave it; none when the text alone is read as the same.
pub fn with_unit(text: &str, read: &Read<Measure>) -> Option<ArcStr> {
    let Read::Value(measure) = read else { return None };
    // Most have their unit, or say it in words.
    if text.contains(|letter: char| letter == '%' || letter.is_alphabetic()) {
        return None;
    }
    let alone = parse(text, Clock::DAYS, None)?;
    if says(&alone, measure) {
        return None;
    }
    let spelt = UNITS.iter().map(|unit| format!("{}{unit}", text.trim()));
    let found =
        spelt.into_iter().find(|spelt| parse(spelt, Clock::DAYS, None).is_some_and(|said| says(&said, measure)));
    found.or_else(|| anew(measure)).map(ArcStr::from)
}

/// Whether what a text says is a value, as far as its decimals show.
fn says(said: &Measure, value: &Measure) -> bool {
    let near = |one: Decimal, other: Decimal| (one - other).abs() < Decimal::ONE;
    match (said, value) {
        (Measure::Share(said), Measure::Share(value)) => near(*said, *value),
        (Measure::Span(said), Measure::Span(value)) if said.unit == value.unit => near(said.amount, value.amount),
        (Measure::Span(said), Measure::Span(value)) => said.days() == value.days(),
        // What is no figure has no unit.
        (_, Measure::Share(_) | Measure::Span(_)) => false,
        _ => true,
    }
}

/// The value written anew: `97%` for a 0,97 that stood for it.
fn anew(measure: &Measure) -> Option<String> {
    let (amount, unit) = match measure {
        Measure::Share(share) => (*share, "%"),
        Measure::Span(span) if span.unit == Unit::Days => (span.amount, " giorni"),
        Measure::Span(span) => (span.hours(), " ore"),
        _ => return None,
    };
    Some(format!("{}{unit}", number::plain(number::round2(amount).normalize()).replace('.', ",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, clock: Clock) -> Option<String> {
        let read = Read::Value(parse(text, clock, None).unwrap());
        with_unit(text, &read).map(|text| text.to_string())
    }

    #[test]
    fn a_bare_number_gets_the_unit_of_its_column() {
        let of = |unit, times| Clock { unit, times, working: None };
        assert_eq!(said("24", of(Unit::Hours, 1)).as_deref(), Some("24 ore"));
        assert_eq!(said("15", of(Unit::Minutes, 1)).as_deref(), Some("15 minuti"));
        assert_eq!(said("2", of(Unit::Days, 7)).as_deref(), Some("2 settimane"));
        assert_eq!(said("24 ore", of(Unit::Days, 1)), None);
        assert_eq!(said("5", of(Unit::Days, 1)), None);
        assert_eq!(said("0", of(Unit::Hours, 1)), None);
        assert_eq!(said("nei termini", of(Unit::Hours, 1)), None);
    }

    #[test]
    fn a_share_without_its_sign_gets_one() {
        let share = |text: &str, percent| with_unit(text, &Read::Value(Measure::Share(Decimal::new(percent, 2))));
        assert_eq!(share("95", 9500).as_deref(), Some("95%"));
        assert_eq!(share("0,97", 9700).as_deref(), Some("97%"));
        assert_eq!(share("95%", 9500), None);
        assert_eq!(share("97%", 9712), None);
    }
}
