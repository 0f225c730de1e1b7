//! Results of the plan that may be no score: days that were measured, the share of what is to be low.

use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::procedures::Record;
use crate::value::fold::words;
use crate::value::goal::{self, Goal, Op};
use crate::value::number::{self, Nature};
use crate::value::percentage::is_shortfall;

/// A bare number beside an expected result that is no share.
pub static READ_AS_PERCENT: Code = Code {
    id: "P045",
    slug: "result-read-as-percent",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» accanto a «{expected}» è letto come percentuale",
        "\"{seen}\" beside \"{expected}\" is read as a percentage",
    ),
    help: Text::new(
        "se è un valore misurato, scrivere il risultato in percentuale (con il segno %)",
        "if it is a measured value, write the result as a percentage (with its sign)",
    ),
};

/// A percentage beside the most that there may be.
pub static BESIDE_LIMIT: Code = Code {
    id: "P082",
    slug: "result-beside-limit",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» accanto al limite «{expected}» è contato come risultato raggiunto",
        "\"{seen}\" beside the limit \"{expected}\" is counted as the result reached",
    ),
    help: Text::new(
        "se è il valore misurato, e meno è meglio, scrivere il risultato raggiunto: 100% quando il limite è rispettato",
        "if it is the measured value, and less is better, write the result reached: 100% when the limit is kept",
    ),
};

/// Tells a result that may be no score.
pub fn tell(record: &Record, result: Decimal, findings: &mut Findings) {
    let code = if may_be_measured(record) || may_be_days(record, result) {
        &READ_AS_PERCENT
    } else if may_be_of_limit(&record.expected, result) {
        &BESIDE_LIMIT
    } else {
        return;
    };
    let finding = Finding::new(code, record.origin.place("result")).with("seen", record.result_text.clone());
    findings.push(finding.with("expected", expected(record)));
}

/// What is expected; a bare number with the header that gives its unit.
fn expected(record: &Record) -> String {
    let is_bare = number::scan(&record.expected).is_some();
    if is_bare { format!("{}: {}", header(record, "expected"), record.expected) } else { record.expected.clone() }
}

fn header<'a>(record: &'a Record, id: &str) -> &'a str {
    record.origin.table.mapped(id).map_or("", |mapped| &mapped.header)
}

fn says_share(text: &str) -> bool {
    text.contains('%') || text.to_lowercase().contains("percent")
}

/// Whether neither a result nor its header says that it is a share.
fn is_bare(record: &Record) -> bool {
    ![&record.result_text, header(record, "result")].into_iter().any(says_share)
}

/// Whether a bare number under `VALORE RILEVATO` may be what was measured, beside an expected result that is no share.
fn may_be_measured(record: &Record) -> bool {
    let header = words(header(record, "result"));
    let is_value = ["valore", "rilevat", "misurat"].iter().any(|stem| header.iter().any(|word| word.starts_with(stem)));
    let has_digits = record.expected.contains(|letter: char| letter.is_ascii_digit());
    is_value && has_digits && !says_share(&record.expected) && is_bare(record)
}

/// Whether a bare number may be the days taken: it is nearer to the term than to the share that is wanted.
fn may_be_days(record: &Record, result: Decimal) -> bool {
    let Some(days) = super::expected_of(record).days else { return false };
    // A fraction was read as what it stands for.
    let is_as_shown = || {
        let shown = number::scan(&record.result_text).map(|shown| shown.read(Nature::Measure, None));
        shown.is_some_and(|shown| (shown - result).abs() < Decimal::ONE)
    };
    let wanted = percent_in(&record.expected).unwrap_or(Decimal::ONE_HUNDRED);
    is_nearer(result, days, wanted) && is_bare(record) && is_as_shown()
}

/// Whether a percentage may be that of a limit: `2%` beside `max 5% oltre i termini`.
fn may_be_of_limit(expected: &str, result: Decimal) -> bool {
    let is_most = || match goal::parse(expected, None) {
        Some(Goal::Compare { op, amount }) => amount.percent && matches!(op, Op::Less | Op::AtMost),
        _ => false,
    };
    let Some(limit) = percent_in(expected) else { return false };
    is_nearer(result, limit, Decimal::ONE_HUNDRED) && (is_shortfall(expected) || is_most())
}

/// Whether a value below the other is within the one, or beyond it but nearer to it than to the other.
fn is_nearer(value: Decimal, one: Decimal, other: Decimal) -> bool {
    value < other && (value <= one || value - one < other - value)
}

/// The first percentage of a text.
fn percent_in(text: &str) -> Option<Decimal> {
    let before = text.split_once('%')?.0.trim_end();
    let number = before.rsplit(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',')).next()?;
    number::scan(number).map(|number| number.read(Nature::Measure, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_shares_by_what_they_are_nearer_to() {
        let is_days = |value: i64, days: i64, wanted: i64| is_nearer(value.into(), days.into(), wanted.into());
        for (value, days, wanted) in [(25, 30, 100), (18, 15, 100), (40, 60, 100), (0, 30, 100), (25, 30, 90)] {
            assert!(is_days(value, days, wanted), "{value} {days} {wanted}");
        }
        for (value, days, wanted) in [(90, 30, 100), (70, 20, 100), (100, 180, 100), (95, 180, 90), (98, 90, 100)] {
            assert!(!is_days(value, days, wanted), "{value} {days} {wanted}");
        }
    }

    #[test]
    fn what_is_to_be_low_is_a_limit() {
        let is_of_limit = |expected: &str, result: i64| may_be_of_limit(expected, result.into());
        for expected in ["max 5% oltre i termini", "max 5%", "< 5%", "pratiche in ritardo: 5%"] {
            assert!(is_of_limit(expected, 2) && is_of_limit(expected, 8), "{expected}");
            assert!(!is_of_limit(expected, 100) && !is_of_limit(expected, 97), "{expected}");
        }
        for expected in ["almeno 95%", "95%", "90% entro 30 gg", "max 30 gg nel 90% dei casi", "entro 30 gg"] {
            assert!(!is_of_limit(expected, 2), "{expected}");
        }
    }
}
