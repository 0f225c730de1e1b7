//! What a procedure is expected to reach, as far as the plan says it in percent, and the verdict on it.

use rust_decimal::Decimal;

use super::DATA;
use crate::score::{ProcedureRow, Procedures, Status};
use crate::write::book::formula;
use crate::write::book::style::Shade;
use crate::write::book::table::Cell;
use crate::write::book::view::View;

/// The expected percentage: 100 for *almeno N*, whose score is 100 once N are met; else the only percentage of the text.
/// None when it names none or several, or bounds one (`< 5%`): a guess would be a wrong verdict.
pub fn percent(procedure: &ProcedureRow) -> Option<Decimal> {
    if procedure.evidence.as_ref().is_some_and(|evidence| evidence.at_least.is_some()) {
        return Some(Decimal::ONE_HUNDRED);
    }
    let mut parts = procedure.expected.split('%');
    let (before, after) = (parts.next()?, parts.next()?);
    let number = before.trim_end();
    let start = number.rfind(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ',' | '.'));
    let start = start.map_or(0, |at| at + number[at..].chars().next().map_or(1, char::len_utf8));
    let bounded = number[..start].trim_end().ends_with(['<', '>', '≤', '≥', '=', '+', '-', '−']);
    let value: Decimal = number[start..].trim_matches(['.', ',']).replace(',', ".").parse().ok()?;
    let alone = parts.next().is_none() && !after.trim_start().starts_with('/');
    (alone && !bounded && value > Decimal::ZERO && value <= Decimal::ONE_HUNDRED).then_some(value)
}

/// How many procedures reach what is expected of them; 100 where the plan names no percentage.
pub fn reached(procedures: &Procedures) -> u32 {
    let counted = procedures.rows.iter().filter(|row| row.status == Status::Counted);
    let reached =
        counted.filter(|row| row.score.is_some_and(|score| score >= percent(row).unwrap_or(Decimal::ONE_HUNDRED)));
    reached.count() as u32
}

/// Whether the result is what was expected: in words, with a sign, as a formula over the two cells beside it.
pub fn verdict(view: &View, score: Option<Decimal>, expected: Option<Decimal>, row: u32) -> Cell {
    let Some(score) = score else { return Cell::text("–") };
    let reached = view.say("● raggiunto", "● reached");
    let (below, shade) = match expected {
        Some(_) => (view.say("■ sotto l’atteso", "■ below the expected"), Shade::Error),
        None => (view.say("▲ sotto 100, atteso non in %", "▲ below 100, expected not in %"), Shade::Warning),
    };
    let (value, wanted) = (formula::cell(row, DATA + 1), formula::cell(row, DATA + 2));
    let threshold = expected.map_or_else(|| "100".to_owned(), |_| wanted);
    let good = score >= expected.unwrap_or(Decimal::ONE_HUNDRED);
    let text = format!("IF({value}>={threshold},\"{reached}\",\"{below}\")");
    let (word, shade) = if good { (reached, Shade::Good) } else { (below, shade) };
    Cell::formula_text(text, word).shade(shade)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_plain_percentage_is_an_expected_result() {
        let expected = |text: &str| {
            percent(&ProcedureRow { expected: text.to_owned(), ..ProcedureRow::default() })
                .map(|value| value.to_string())
        };
        assert_eq!(expected("rispetto tempistica sul 100% degli step").as_deref(), Some("100"));
        assert_eq!(expected("rispetto tempistica definita per il 90 %").as_deref(), Some("90"));
        assert_eq!(expected("almeno il 99,5%").as_deref(), Some("99.5"));
        assert_eq!(expected("rispetto tempi pagamento a 30 gg."), None);
        assert_eq!(expected("media errore: < 5%"), None);
        assert_eq!(expected("dal 20% al 30%"), None);
        assert_eq!(expected("% di rispetto"), None);
    }
}
