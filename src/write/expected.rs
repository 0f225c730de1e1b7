//! What a procedure is expected to reach, as far as the plan says it in percent, and whether it does.

use rust_decimal::Decimal;

use crate::score::{ProcedureRow, Procedures, Status};

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

/// What a procedure is held against: the expected percentage, or 100 where the plan names none.
pub fn threshold(procedure: &ProcedureRow) -> Decimal {
    percent(procedure).unwrap_or(Decimal::ONE_HUNDRED)
}

/// The exact result of a procedure that counts.
pub fn result(procedure: &ProcedureRow) -> Option<Decimal> {
    procedure.score.filter(|_| procedure.status == Status::Counted)
}

/// How many counted procedures reach their threshold, and how many do not.
pub fn reached_and_below(procedures: &Procedures) -> (u32, u32) {
    let counted = procedures.rows.iter().filter_map(|row| Some(result(row)? >= threshold(row)));
    counted.fold((0, 0), |(reached, below), yes| if yes { (reached + 1, below) } else { (reached, below + 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> ProcedureRow {
        ProcedureRow { expected: text.to_owned(), ..ProcedureRow::default() }
    }

    #[test]
    fn only_one_plain_percentage_is_an_expected_result() {
        for (text, wanted) in [
            ("rispetto tempistica sul 100% degli step", Some("100")),
            ("rispetto tempistica definita per il 90 %", Some("90")),
            ("almeno il 99,5%", Some("99.5")),
            ("almeno l’85,5 % delle pratiche", Some("85.5")),
            ("rispetto tempi pagamento a 30 gg.", None),
            ("media errore: < 5%", None),
            ("errore < 5%, risposta 80%", None),
            ("dal 20% al 30%", None),
            ("incremento del 150%", None),
            ("% di rispetto", None),
            ("", None),
        ] {
            assert_eq!(percent(&row(text)), wanted.map(|wanted| wanted.parse().unwrap()), "{text}");
            assert_eq!(threshold(&row(text)), wanted.unwrap_or("100").parse().unwrap(), "{text}");
        }
    }

    #[test]
    fn a_result_a_hair_below_is_below() {
        let scored = |score: &str| ProcedureRow {
            status: Status::Counted,
            score: Some(score.parse().unwrap()),
            ..row("per il 90%")
        };
        let rows = vec![scored("90"), scored("89.9999"), ProcedureRow { status: Status::NotCounted, ..scored("100") }];
        assert_eq!(reached_and_below(&Procedures { rows, ..Procedures::default() }), (1, 1));
    }
}
