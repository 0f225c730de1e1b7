//! Measured against planned: one unit, one rule, one score.

use super::Rule;
use super::codes::*;
use crate::finding::{Code, Finding, Findings, Text};
use crate::settings::Respect;
use crate::value::duration::{Measure, Span, Unit};
use rust_decimal::Decimal;

/// What comparing measured with planned gave.
pub struct Outcome {
    pub score: Decimal,
    pub deviation: Option<Decimal>,
    pub rule: Rule,
}

pub fn compare(
    planned: &Measure,
    measured: &Measure,
    respect: Respect,
    finding: &dyn Fn(&'static Code, &str) -> Finding,
    findings: &mut Findings,
) -> Option<Outcome> {
    use Measure::{Always, Beyond, Share, Within};
    let stated = |score| {
        Some(Outcome { score, deviation: (score == Decimal::ONE_HUNDRED).then_some(Decimal::ZERO), rule: Rule::Stated })
    };
    match (planned, measured) {
        (_, Beyond) => stated(Decimal::ZERO),
        (_, Within) | (Always, Always) => stated(Decimal::ONE_HUNDRED),
        (Share(planned), Share(measured)) => Some(score_share(*planned, *measured, respect)),
        (Share(planned), Measure::Span(span)) if !span.stated => {
            plain_share(*planned, span.amount, span.amount, finding, findings)
                .then(|| score_share(*planned, span.amount, respect))
        }
        (Measure::Span(span), Share(measured)) if !span.stated => {
            plain_share(span.amount, *measured, span.amount, finding, findings)
                .then(|| score_share(span.amount, *measured, respect))
        }
        (Measure::Span(planned), Measure::Span(measured)) => {
            if looks_like_hours(planned, measured) {
                findings.push(finding(&LOOKS_LIKE_HOURS, "measured"));
            }
            let (planned, measured) = common_clock(planned, measured, finding, findings);
            Some(score_time(planned, measured, respect))
        }
        _ => None,
    }
}

/// A bare number many times the standard that as hours would be near it: 72 beside 3 gg.
fn looks_like_hours(planned: &Span, measured: &Span) -> bool {
    let bare = !measured.stated && measured.unit == Unit::Days && planned.unit == Unit::Days;
    let (planned_days, hours) = (planned.amount, measured.amount);
    let many = || planned_days >= Decimal::ONE && hours >= planned_days * Decimal::from(8);
    bare && many() && hours <= planned_days * Decimal::from(36)
}

/// Whether a plain number beside a share can be percent points; a fraction beside whole percents is refused, and said.
fn plain_share(
    planned: Decimal,
    measured: Decimal,
    plain: Decimal,
    finding: &dyn Fn(&'static Code, &str) -> Finding,
    findings: &mut Findings,
) -> bool {
    let fraction = plain <= Decimal::ONE && planned.max(measured) > Decimal::ONE && !plain.is_zero();
    if fraction {
        findings.push(finding(&SHARE_SCALE, "measured"));
    }
    !fraction
}

/// Both amounts in one unit: hours when both are hours, else days; what does not match is said.
fn common_clock(
    planned: &Span,
    measured: &Span,
    finding: &dyn Fn(&'static Code, &str) -> Finding,
    findings: &mut Findings,
) -> (Decimal, Decimal) {
    let nothing = planned.amount.is_zero() || measured.amount.is_zero();
    if planned.unit == measured.unit {
        if !nothing && matches!((planned.working, measured.working), (Some(a), Some(b)) if a != b) {
            let why = Text::new(
                "giorni lavorativi e giorni naturali, confrontati così come sono",
                "working days and calendar days, compared as they are",
            );
            findings.push(finding(&DIFFERENT_CLOCKS, "measured").with("why", why));
        }
        return (planned.amount, measured.amount);
    }
    let days = if planned.unit == Unit::Days { planned } else { measured };
    if !nothing && days.working == Some(true) {
        let why = Text::new(
            "ore e giorni lavorativi, confrontati contando 24 ore per giorno",
            "hours and working days, compared at 24 hours a day",
        );
        findings.push(finding(&DIFFERENT_CLOCKS, "measured").with("why", why));
    } else if !nothing {
        let why = Text::new(
            "ore e giorni, confrontati contando 24 ore per giorno",
            "hours and days, compared at 24 hours a day",
        );
        findings.push(finding(&DIFFERENT_CLOCKS, "measured").with("why", why));
    }
    (planned.days(), measured.days())
}

/// Less is better.
fn score_time(planned: Decimal, measured: Decimal, respect: Respect) -> Outcome {
    if measured <= planned {
        return Outcome { score: Decimal::ONE_HUNDRED, deviation: Some(Decimal::ZERO), rule: Rule::WithinStandard };
    }
    if planned.is_zero() {
        return Outcome { score: Decimal::ZERO, deviation: None, rule: beyond(respect) };
    }
    let deviation = (measured - planned) / planned * Decimal::ONE_HUNDRED;
    let score = match respect {
        Respect::Linear => (Decimal::ONE_HUNDRED - deviation).max(Decimal::ZERO),
        Respect::Binary => Decimal::ZERO,
        Respect::Ratio => planned / measured * Decimal::ONE_HUNDRED,
    };
    Outcome { score, deviation: Some(deviation), rule: beyond(respect) }
}

/// More is better.
fn score_share(planned: Decimal, measured: Decimal, respect: Respect) -> Outcome {
    if measured >= planned || planned.is_zero() {
        return Outcome { score: Decimal::ONE_HUNDRED, deviation: Some(Decimal::ZERO), rule: Rule::WithinStandard };
    }
    let deviation = (planned - measured) / planned * Decimal::ONE_HUNDRED;
    let score = match respect {
        Respect::Linear => (Decimal::ONE_HUNDRED - deviation).max(Decimal::ZERO),
        Respect::Binary => Decimal::ZERO,
        Respect::Ratio => measured / planned * Decimal::ONE_HUNDRED,
    };
    Outcome { score, deviation: Some(deviation), rule: beyond(respect) }
}

fn beyond(respect: Respect) -> Rule {
    match respect {
        Respect::Linear => Rule::Linear,
        Respect::Binary => Rule::Binary,
        Respect::Ratio => Rule::Ratio,
    }
}
