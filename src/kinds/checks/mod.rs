//! Evidence with one row per target: what had to be reached, what was.

mod fields;
mod form;

use rust_decimal::Decimal;

use super::Content::{Actual, Code, Goal as Wanted, Text as Free, YesNo};
use super::evidence::{Check, Rows, UNDECIDED};
use super::reader::{DATE_IN_DISGUISE, DOUBTFUL_FRACTION, Read, RowReader, wanted};
use super::{Kind, NOTES, column};
use crate::finding::{Severity, Text};
use crate::sheet::Value;
use crate::sheet::format::FormatKind;
use crate::value::duration::{self, Clock, Measure, Span, Unit};
use crate::value::goal::{self, Goal, Op};
use crate::value::number::{self, Nature};
use crate::value::percentage::{self, Percent};

/// The kind.
pub static KIND: Kind = Kind {
    id: "checks",
    title: Text::new("Verifica dei target", "Checks of targets"),
    evidence: true,
    columns: &[
        column(
            "number",
            "N.",
            Code,
            &["n", "numero", "num", "prog", "id", "n ord", "codice"],
            &[],
            Text::new("Numero d’ordine", "Number"),
        ),
        column(
            "target",
            "TARGET",
            Free,
            &[
                "indicatore",
                "descrizione target",
                "descrizione",
                "descrizione indicatore",
                "verifica",
                "attività",
                "controllo",
                "oggetto",
                "target da verificare",
                "elemento verificato",
                "misura",
                "azione",
                "voce",
                "target verificato",
                "descrizione del target",
                "aspetto verificato",
                "parametro",
                "obiettivo operativo",
            ],
            &["obiettivo"],
            Text::new("Che cosa si verifica", "What is checked"),
        ),
        column(
            "goal",
            "VALORE ATTESO",
            Wanted,
            &[
                "obiettivo",
                "atteso",
                "target atteso",
                "valore obiettivo",
                "risultato atteso",
                "valore target",
                "soglia",
                "valore programmato",
                "valore previsto",
                "target previsto",
                "livello atteso",
                "obiettivo da raggiungere",
                "valore di riferimento",
                "valore soglia",
                "risultato previsto",
                "target da raggiungere",
                "livello obiettivo",
            ],
            &["target", "standard", "termine"],
            Text::new(
                "Che cosa si deve raggiungere: < 5%, entro 10 gg, mantenimento",
                "What must be reached: < 5%, entro 10 gg, mantenimento",
            ),
        ),
        column(
            "last_year",
            "DATO ANNO PRECEDENTE",
            Actual,
            &[
                "anno precedente",
                "valore anno precedente",
                "dato precedente",
                "valore precedente",
                "risultato anno precedente",
                "esercizio precedente",
                "valore storico",
                "baseline",
                "valore di partenza",
                "valore iniziale",
            ],
            &[],
            Text::new(
                "Il valore dell’anno precedente, se serve il confronto",
                "Last year's value, when it is compared with",
            ),
        ),
        column(
            "actual",
            "VALORE RILEVATO",
            Actual,
            &[
                "dato",
                "dato rilevato",
                "rilevato",
                "valore effettivo",
                "consuntivo",
                "risultato",
                "valore conseguito",
                "risultato conseguito",
                "valore raggiunto",
                "dato a consuntivo",
                "valore a consuntivo",
                "risultato raggiunto",
                "effettivo",
                "valore misurato",
                "valore anno corrente",
                "dato effettivo",
                "risultato rilevato",
                "misurato",
            ],
            &["valore", "esito", "realizzazione", "% realizzazione", "raggiungimento", "grado di raggiungimento"],
            Text::new("Il valore misurato", "The measured value"),
        ),
        column(
            "met",
            "RAGGIUNTO (SI/NO)",
            YesNo,
            &[
                "raggiunto",
                "rispettato",
                "conseguito",
                "esito",
                "raggiungimento",
                "si no",
                "target raggiunto",
                "obiettivo raggiunto",
                "soddisfatto",
                "rispetto",
                "raggiunta",
                "esito verifica",
                "ok",
                "raggiunto si no",
                "conseguito si no",
                "centrato",
                "verificato",
                "target conseguito",
                "obiettivo conseguito",
                "target rispettato",
            ],
            &["risultato"],
            Text::new("SI o NO", "SI or NO"),
        ),
        column("notes", "NOTE", Free, NOTES, &[], Text::new("Note", "Notes")),
    ],
    requires: &[&["target"], &["met", "goal"], &["met", "actual"]],
    context: &["target", "verifica", "verifica indicatori", "almeno"],
    keys: &["target"],
    values: &["goal", "actual", "met", "last_year"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of_evidence::<super::evidence::Check>(),
    read,
};

fn read(row: &mut RowReader<'_>) {
    let target = row.text("target");
    let met = row.yes_no("met");
    let met = row.settle("met", met);
    let goal = read_goal(row);
    let (actual, last_year) = (measured(row, "actual"), measured(row, "last_year"));
    let unit = common_unit(goal.as_ref(), [&actual, &last_year]);
    let (actual, doubt) = in_unit(row, "actual", actual, unit);
    let (last_year, doubt_of_last) = in_unit(row, "last_year", last_year, unit);
    // Last year's value counts only where it is compared with.
    let against_last = !matches!(goal, None | Some(Goal::Compare { .. }));
    let doubt = doubt.or(doubt_of_last.filter(|_| against_last && actual.value().is_some()));
    let at = row.row;
    let not_counted =
        matches!(met, Read::NotCounted(_)) || (matches!(met, Read::Empty) && matches!(actual, Read::NotCounted(_)));
    let known = met.value().is_some() || (goal.is_some() && actual.value().is_some() && doubt.is_none());
    if !known && !not_counted {
        let told = matches!(met, Read::Unread) || (matches!(actual, Read::Unread) && doubt.is_none());
        if !told {
            let why = if let Some(doubt) = doubt {
                doubt
            } else if goal.is_none() && met == Read::Empty && actual.value().is_some() {
                Text::new("manca l’obiettivo, o non è chiaro", "the goal is missing, or not clear")
            } else {
                Text::new("manca il valore rilevato", "the measured value is missing")
            };
            let col = row.table.col("actual").or_else(|| row.table.col("met")).unwrap_or(0);
            row.report(&UNDECIDED, col, &[("target", target.clone().into()), ("why", why.into())]);
        }
    }
    let check = Check {
        row: at,
        number: row.shown("number"),
        target,
        met: met.value().copied(),
        goal,
        actual: actual.value().copied(),
        last_year: last_year.value().copied(),
        not_counted,
    };
    let Some(evidence) = row.evidence.as_deref_mut() else { return };
    match &mut evidence.rows {
        Rows::Checks(checks) if known || not_counted => checks.push(check),
        _ => evidence.unread += 1,
    }
}

fn read_goal(row: &mut RowReader<'_>) -> Option<Goal> {
    let text = row.text("goal");
    if text.is_empty() {
        return None;
    }
    let reading = row.table.col("goal").and_then(|col| row.decision(col).reading);
    let goal = goal::parse(&text, reading);
    if goal.is_none() {
        row.not_understood("goal", Severity::Warning);
    }
    goal
}

/// A measured value, with what it is measured in.
enum Measured {
    /// Percent points.
    Points(Decimal),
    /// A time whose unit is stated.
    Time(Span),
    /// A number alone.
    Plain(Decimal),
}

/// What the values of a check are compared in.
#[derive(Clone, Copy)]
enum In {
    Points,
    Time(Unit),
    /// A number without a unit; whether it may be a fraction, and whether the goal says on which side of it to be.
    Plain {
        is_fraction: bool,
        is_bound: bool,
    },
}

/// The unit of the goal; against last year the one that a value states.
fn common_unit(goal: Option<&Goal>, values: [&Read<Measured>; 2]) -> In {
    let any = |wanted: fn(&Measured) -> bool| values.iter().any(|read| read.value().is_some_and(wanted));
    let unit = |value: &Measured| if let Measured::Time(span) = value { Some(span.unit) } else { None };
    let first_time = values.iter().find_map(|read| read.value().and_then(unit));
    match goal {
        Some(Goal::Compare { amount, op }) => match &amount.span {
            Some(span) => In::Time(span.unit),
            None if amount.percent => In::Points,
            None => In::Plain {
                is_fraction: amount.value > Decimal::ZERO && amount.value < Decimal::ONE,
                is_bound: !matches!(op, Op::AtLeast),
            },
        },
        _ if any(|value| matches!(value, Measured::Points(_))) => In::Points,
        _ => first_time.map_or(In::Plain { is_fraction: false, is_bound: true }, In::Time),
    }
}

/// A value in the unit of the check; one that cannot be compared is not read, with why.
fn in_unit(row: &mut RowReader<'_>, id: &'static str, read: Read<Measured>, unit: In) -> (Read<Decimal>, Option<Text>) {
    let measured = match read {
        Read::Value(measured) => measured,
        Read::Empty => return (Read::Empty, None),
        Read::NotCounted(reason) => return (Read::NotCounted(reason), None),
        Read::Unclear | Read::Unread => return (Read::Unread, None),
    };
    let doubt = match (unit, &measured) {
        (In::Points, Measured::Plain(value)) if *value == Decimal::ONE => {
            Some(Text::new("1 può essere 1% o 100%", "1 can be 1% or 100%"))
        }
        (In::Points, Measured::Time(_)) | (In::Time(_), Measured::Points(_)) => {
            Some(Text::new("percentuali e tempi non si confrontano", "percentages and times cannot be compared"))
        }
        (In::Plain { is_fraction: true, .. }, Measured::Points(_)) => Some(Text::new(
            "l’obiettivo è una frazione senza segno di percentuale",
            "the goal is a fraction without a percent sign",
        )),
        // `10` as the goal of `9 gg` can be a term or the least.
        (In::Plain { is_bound: false, .. }, Measured::Time(_)) => {
            Some(Text::new("l’obiettivo non dice l’unità di tempo", "the goal does not say the unit of time"))
        }
        _ => None,
    };
    if doubt.is_some() {
        return (Read::Unread, doubt);
    }
    let value = match (unit, measured) {
        (In::Points, Measured::Plain(value)) if !value.is_zero() && value.abs() < Decimal::ONE => {
            if let Some(col) = row.table.col(id) {
                row.report(&DOUBTFUL_FRACTION, col, &[("seen", row.shown(id).into())]);
            }
            value * Decimal::ONE_HUNDRED
        }
        (In::Time(Unit::Hours), Measured::Time(span)) => span.hours(),
        // `massimo 48` for `60 ore`: of the unit that the value states.
        (In::Plain { .. }, Measured::Time(span)) => span.amount,
        (_, Measured::Time(span)) => span.days(),
        // A bare number under `Valore rilevato (ore)` is of hours, whatever the goal is in.
        (In::Time(unit), Measured::Plain(value)) => match header_clock(row, id) {
            Some(own) if own.unit != unit || own.times > 1 => {
                let amount = value.saturating_mul(Decimal::from(own.times));
                let span = Span { amount, unit: own.unit, working: None, stated: true, more: None };
                if unit == Unit::Hours { span.hours() } else { span.days() }
            }
            _ => value,
        },
        (_, Measured::Points(value) | Measured::Plain(value)) => value,
    };
    (Read::Value(value), None)
}

/// What a column's header says of bare numbers.
fn header_clock(row: &RowReader<'_>, id: &str) -> Option<Clock> {
    duration::header_clock(&row.table.mapped(id)?.header)
}

/// A measured value as it stands.
fn measured(row: &mut RowReader<'_>, id: &'static str) -> Read<Measured> {
    let Some((col, cell)) = row.cell(id) else { return Read::Empty };
    let decision = row.decision(col);
    match &cell.value {
        Value::Number(stored) => {
            let kind = row.sheet.format(cell).kind;
            let text = row.text(id);
            if text.is_empty() {
                return Read::Unread;
            }
            if kind == FormatKind::Date {
                // `Delibera del | 12/03/2019 | SI`: the day it was done, and the SI counts.
                if row.table.col("met").is_some() {
                    return Read::Empty;
                }
                row.report(&DATE_IN_DISGUISE, col, &[("seen", text.into()), ("wanted", wanted(Actual).into())]);
                return Read::Unread;
            }
            let Some(value) = number::from_stored(*stored) else { return Read::Unread };
            Read::Value(match kind {
                FormatKind::Percent => Measured::Points(value * Decimal::ONE_HUNDRED),
                _ => Measured::Plain(value),
            })
        }
        Value::Text(text) => {
            if let Some(reason) = crate::value::not_counted::reason(text) {
                return Read::NotCounted(reason);
            }
            if let Some(Percent::Score { number, signed, .. }) = percentage::scan(text) {
                let value = number.read(Nature::Measure, decision.reading);
                return Read::Value(if signed { Measured::Points(value) } else { Measured::Plain(value) });
            }
            match duration::parse(text, decision.clock, decision.reading) {
                Some(Measure::Span(span)) if span.stated => Read::Value(Measured::Time(span)),
                Some(Measure::Span(span)) => Read::Value(Measured::Plain(span.amount)),
                Some(Measure::Share(share)) => Read::Value(Measured::Points(share)),
                _ if row.table.col("met").is_some() => Read::Empty,
                _ => row.settle(id, Read::Unclear),
            }
        }
        Value::Bool(_) if row.table.col("met").is_some() => Read::Empty,
        Value::Bool(_) => row.settle(id, Read::Unclear),
        _ => {
            row.text(id);
            Read::Unread
        }
    }
}
