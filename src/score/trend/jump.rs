//! Changes that are hard to believe: a thousand times as much, or far more than a percentage or a duration moves in a year.

use rust_decimal::Decimal;

use super::{Given, Row, Series, Unit};
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::place::Place;
use crate::score::staff_costs::SCALE_JUMP;
use crate::settings::Settings;
use crate::value::number::italian;

/// How many times another an amount in thousands is: a thousand, if the year moved it by no more than three times.
const THOUSANDFOLD: (i64, i64) = (300, 3000);

/// Thousands instead of euro, or the other way round.
pub static THOUSAND_TIMES: Code = Code {
    id: "X032",
    slug: "a-thousand-times-last-year",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}»: {now} euro, nel {year} {then}: uno è circa mille volte l’altro, forse sono migliaia di euro",
        "\"{name}\": {now} euro, in {year} {then}: one is about a thousand times the other, perhaps thousands of euro",
    ),
    help: Text::new("scrivere tutti gli importi in euro", "write all amounts in euro"),
};

/// A percentage or a duration far from last year's.
pub static FAR_FROM_LAST_YEAR: Code = Code {
    id: "X033",
    slug: "far-from-last-year",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}»: {now}, nel {year} era {then}: un cambiamento così grande è giusto?",
        "\"{name}\": {now}, in {year} it was {then}: is so great a change right?",
    ),
    help: Text::new(
        "controllare il valore e la sua unità; quanto può cambiare si stabilisce in allegati.toml, sotto [trends]",
        "check the value and its unit; how much may change is set in allegati.toml, under [trends]",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&THOUSAND_TIMES, &FAR_FROM_LAST_YEAR];

/// Marks the rows whose change is hard to believe, and tells of them.
pub fn find(rows: &mut [Row], nearest: &Given, year: i16, settings: &Settings, findings: &mut Findings) {
    for row in rows {
        let (Some(Ok(now)), Some(Some(Ok(then)))) = (row.now, row.then.first().copied()) else { continue };
        let Some(source) = row.sources.first() else { continue };
        let Some(code) = judge(row, now, then, settings) else { continue };
        row.jumps = true;
        let place = Place::cell(&source.file, &source.sheet, source.row, source.col);
        // Costs of another year in the same folder have shown it already.
        if findings.iter().any(|one| one.code.id == SCALE_JUMP.id && one.place == place) {
            continue;
        }
        let mut finding = Finding::new(code, place).with("name", name(row)).with("year", year.to_string());
        finding = finding.with("now", shown(now, row.figure.unit)).with("then", shown(then, row.figure.unit));
        findings.push(finding.and(Place::file(&nearest.name)));
    }
}

/// What is to be said of a change, when something is.
fn judge(row: &Row, now: Decimal, then: Decimal, settings: &Settings) -> Option<&'static Code> {
    let (least, most) = (now.min(then), now.max(then));
    match (row.figure.series, row.figure.unit) {
        // The result of a standard follows from what was measured, which has a row of its own.
        (Series::Standard | Series::Summary, _) => None,
        (_, Unit::Euro) => {
            let (least, most) = (now.abs().min(then.abs()), now.abs().max(then.abs()));
            let times = most.checked_div(least)?;
            let (low, high) = (Decimal::from(THOUSANDFOLD.0), Decimal::from(THOUSANDFOLD.1));
            (low..=high).contains(&times).then_some(&THOUSAND_TIMES)
        }
        (_, Unit::Percent) => {
            let far = most - least > settings.trends.percent_points;
            far.then_some(&FAR_FROM_LAST_YEAR)
        }
        (_, Unit::Days) => {
            let times = most.checked_div(least)?;
            // Less than a day is no jump, however many times it is.
            let far = times > settings.trends.duration_times && most - least >= Decimal::ONE;
            far.then_some(&FAR_FROM_LAST_YEAR)
        }
    }
}

fn name(row: &Row) -> Word {
    let parts = [row.figure.label.as_str(), row.figure.title.as_str()];
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let name = crate::finding::shorten(&name, 120);
    match row.figure.part.label() {
        Some(part) => Word::Both(format!("{name}, {}", part.it), format!("{name}, {}", part.en)),
        None => Word::Same(name),
    }
}

fn shown(value: Decimal, unit: Unit) -> Word {
    let number = italian(value, value.normalize().scale(), true);
    match unit {
        Unit::Euro => Word::Same(italian(value, 2, true)),
        Unit::Percent => Word::Same(format!("{number}%")),
        Unit::Days => Word::Both(format!("{number} giorni"), format!("{number} days")),
    }
}
