//! Standards that evidence proves: the measured value is the mean of the cases, or the share of a standard of shares.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::evidence::several::{part_alone, usable};
use super::evidence::term::{Expected, terms};
use super::evidence::{Judge, Judged, judge};
use crate::calendar::Calendar;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::charter::Record;
use crate::kinds::evidence::{Evidence, Rows};
use crate::kinds::reader::Read;
use crate::place::Place;
use crate::value::duration::{Measure, Span, Unit};
use crate::value::number;

/// Evidence of a standard whose measured value the sheet also states, differently.
pub static MEASURED_DIFFERS: Code = Code {
    id: "P008",
    slug: "evidence-differs-from-measured",
    severity: Severity::Warning,
    message: Text::new(
        "rilevato «{measured}», dalle evidenze risulta {computed}: conta l’evidenza",
        "measured \"{measured}\", the evidence gives {computed}: the evidence counts",
    ),
    help: Text::new(
        "controllare il valore rilevato o il foglio delle evidenze",
        "check the measured value or the evidence sheet",
    ),
};

/// Evidence that gives no value to be compared with what its standard plans.
pub static NOT_USED: Code = Code {
    id: "P058",
    slug: "evidence-not-used",
    severity: Severity::Warning,
    message: Text::new(
        "il foglio non è stato usato per lo standard «{name}», che programma «{planned}»: {why}",
        "the sheet was not used for the standard \"{name}\", which plans \"{planned}\": {why}",
    ),
    help: Text::new(
        "per uno standard di tempo serve il registro delle pratiche concluse, con data di inizio e di fine e un solo termine",
        "a standard of time needs the log of concluded cases, with their start and end dates and just one term",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&MEASURED_DIFFERS, &NOT_USED];

/// A standard's measured value from the tables that prove it.
pub fn measure(
    record: &mut Record,
    tables: &[&Evidence],
    calendar: &Calendar,
    reference: Date,
    year: i16,
    findings: &mut Findings,
) {
    let name = if record.process.is_empty() { &record.code } else { &record.process };
    let (tables, _) = usable(name, tables, findings);
    let Some(first) = tables.first() else { return };
    part_alone(&[&record.process, &record.indicator, &record.planned_text], &tables, year, findings);
    let planned_share = matches!(record.planned, Read::Value(Measure::Share(_)));
    let cases = matches!(first.rows, Rows::Cases(_));
    if !cases && !planned_share {
        findings.push(not_used(record, first, Text::new("dà una quota", "it gives a share")));
        return;
    }
    let expected = match &record.planned {
        Read::Value(Measure::Span(span)) => Expected { days: Some(span.days()), working: span.working },
        // `95% delle pratiche entro 5 gg`.
        Read::Value(Measure::Share(_)) => {
            let header = record.origin.table.mapped("planned").map_or("", |mapped| &mapped.header);
            Expected::in_share(&record.planned_text, header)
        }
        _ => Expected::default(),
    };
    let terms = terms(&tables, expected, findings);
    let judged = judge(&tables, &Judge { calendar, reference, terms: &terms, at_least: None }, findings);
    if planned_share {
        share(record, &judged, findings);
    } else if judged.result.mean_days.is_some() {
        let working = terms.iter().flatten().next().map(|term| term.working);
        mean(record, &judged, working, findings);
    } else if judged.result.effective_mean_days.is_some() {
        let clocks =
            Text::new("i fogli contano giorni lavorativi e naturali", "its sheets count working and calendar days");
        findings.push(not_used(record, first, clocks));
    } else if judged.score.is_some() {
        findings.push(not_used(record, first, Text::new("nessuna pratica è conclusa", "no case has ended")));
    }
}

fn not_used(record: &Record, evidence: &Evidence, why: Text) -> Finding {
    let name = if record.process.is_empty() { &record.code } else { &record.process };
    let place = Place::sheet(&evidence.table.file, &evidence.table.sheet);
    let finding = Finding::new(&NOT_USED, place).with("name", name.clone());
    finding.with("planned", record.planned_text.clone()).with("why", why)
}

/// The mean of cases; `working` says of which days, when there is a term.
fn mean(record: &mut Record, judged: &Judged, working: Option<bool>, findings: &mut Findings) {
    let Some(mean) = judged.result.mean_days else { return };
    let shown = number::italian(number::round2(mean), 2, false);
    let stated = |measure: &Measure| if let Measure::Span(span) = measure { Some(span.days()) } else { None };
    if differs(&record.measured, stated, mean) {
        let computed = Word::Both(format!("una media di {shown}"), format!("a mean of {shown}"));
        findings.push(measured_differs(record, computed));
    }
    if record.measured_text.is_empty() {
        record.measured_text = format!("{shown} gg (media)").into();
    }
    // Days of a standard that does not say which are calendar days.
    if let (Read::Value(Measure::Span(planned)), Some(true)) = (&mut record.planned, working) {
        planned.working.get_or_insert(false);
    }
    record.measured =
        Read::Value(Measure::Span(Span { amount: mean, unit: Unit::Days, working, stated: true, more: None }));
}

/// The share of cases, steps, checks or items.
fn share(record: &mut Record, judged: &Judged, findings: &mut Findings) {
    let Some(share) = judged.score else { return };
    let shown = format!("{}%", number::italian(number::round2(share), 2, false));
    let stated = |measure: &Measure| match measure {
        Measure::Share(measured) => Some(*measured),
        Measure::Span(span) if !span.stated => Some(span.amount),
        _ => None,
    };
    if differs(&record.measured, stated, share) {
        findings.push(measured_differs(record, Word::Same(shown.clone())));
    }
    if record.measured_text.is_empty() {
        record.measured_text = shown.into();
    }
    record.measured = Read::Value(Measure::Share(share));
}

/// Whether the sheet of standards states something else, be it N.C. or a value of another kind.
fn differs(measured: &Read<Measure>, stated: impl Fn(&Measure) -> Option<Decimal>, computed: Decimal) -> bool {
    match measured {
        Read::Value(measured) => {
            stated(measured).is_none_or(|stated| (stated - number::round2(computed)).abs() > Decimal::new(1, 2))
        }
        Read::NotCounted(_) => true,
        _ => false,
    }
}

fn measured_differs(record: &Record, computed: Word) -> Finding {
    let finding = Finding::new(&MEASURED_DIFFERS, record.origin.place("measured"));
    finding.with("measured", record.measured_text.clone()).with("computed", computed)
}
