//! Reading a check: goal, actual and last year's value in one unit.

use rust_decimal::Decimal;

use super::{less, marks};
use crate::finding::{Severity, Text, Word};
use crate::kinds::Content::Actual;
use crate::kinds::evidence::{Check, MET_DIFFERS, READ_AS_MOST, Rows, UNDECIDED};
use crate::kinds::reader::{DATE_IN_DISGUISE, DOUBTFUL_FRACTION, Read, RowReader, wanted};
use crate::sheet::Value;
use crate::sheet::format::FormatKind;
use crate::value::duration::{self, Clock, Measure, Span, Unit};
use crate::value::goal::{Goal, Op};
use crate::value::number::{self, Nature, Scanned};
use crate::value::percentage::{self, Percent};

/// Reads one row.
pub fn read(row: &mut RowReader<'_>) {
    let target = row.text("target");
    let met = row.yes_no("met");
    let met = row.settle("met", met);
    let mut goals = read_goal(row);
    let is_of_less = less::is_of_less(&target, &row.shown("goal"), &goals);
    let is_most = is_of_less || less::is_nought(&target, &row.shown("goal"), &goals);
    if is_most {
        goals.iter_mut().for_each(less::at_most);
    }
    let is_answered = met != Read::Empty;
    let mut goal = goals.first().cloned();
    let (actual, last_year) = (measured(row, "actual"), measured(row, "last_year"));
    let (actual, met) = stated(row, goal.as_ref(), actual, met);
    let unit = common_unit(goal.as_ref(), [&actual, &last_year]);
    let lone = [lone(&actual), lone(&last_year)];
    let (mut actual, doubt) = in_unit(row, "actual", actual, unit);
    let (mut last_year, doubt_of_last) = in_unit(row, "last_year", last_year, unit);
    // Last year's value counts only where it is compared with.
    let against_last = !matches!(goal, None | Some(Goal::Compare { .. }));
    let mut doubt = doubt.or(doubt_of_last.filter(|_| against_last && actual.value().is_some())).map(Word::Text);
    if let (In::Plain { .. }, Read::Value(value)) = (unit, &actual) {
        let values = [marks::readings(Some(*value), lone[0]), marks::readings(last_year.value().copied(), lone[1])];
        match marks::decide(&goals, &values[0], &values[1]) {
            Some(decided) => {
                (goal, actual) = (decided.goal, Read::Value(decided.actual));
                last_year = decided.last_year.map_or(last_year, Read::Value);
            }
            None => {
                doubt = Some(marks::doubt(&[row.shown("actual"), row.shown("last_year"), row.shown("goal")], lone));
                actual = Read::Unread;
            }
        }
    }
    if !is_answered {
        // Where nothing was measured, 0 is the most and the least.
        let is_told = is_of_less || (is_most && actual.value().is_some_and(|value| !value.is_zero()));
        let is_changed = goal == Some(Goal::NotBelow)
            && matches!((actual.value(), last_year.value()), (Some(actual), Some(last)) if actual != last);
        if is_told {
            direction_told(row, &target, MOST);
        } else if is_changed && less::is_kept_of_less(&target, &row.shown("goal"), matches!(unit, In::Points)) {
            direction_told(row, &target, NOT_BELOW);
        }
    }
    let at = row.row;
    let not_counted =
        matches!(met, Read::NotCounted(_)) || (matches!(met, Read::Empty) && matches!(actual, Read::NotCounted(_)));
    let known = met.value().is_some() || (goal.is_some() && actual.value().is_some() && doubt.is_none());
    if !known && !not_counted {
        let told = matches!(met, Read::Unread) || (matches!(actual, Read::Unread) && doubt.is_none());
        if !told {
            let unclear = goal.is_none() && met == Read::Empty && actual.value().is_some();
            let why =
                doubt.unwrap_or_else(|| if unclear { Word::Text(NO_GOAL) } else { no_value(&row.shown("actual")) });
            let col = row.table.col("actual").or_else(|| row.table.col("met")).unwrap_or(0);
            row.report(&UNDECIDED, col, &[("target", target.clone().into()), ("why", why)]);
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

const NO_GOAL: Text = Text::new("manca l’obiettivo, o non è chiaro", "the goal is missing, or not clear");
const NO_VALUE: Text = Text::new("manca il valore rilevato", "the measured value is missing");

const MOST: Text = Text::new("massimo", "most");
const NOT_BELOW: Text =
    Text::new("minimo, cioè non meno dell’anno precedente", "least, that is not below last year's value");

/// Why there is no measured value: nothing stands there, or a text that is none.
fn no_value(seen: &str) -> Word {
    if seen.trim().is_empty() {
        return Word::Text(NO_VALUE);
    }
    let (it, en) = ("non si legge come valore rilevato", "cannot be read as a measured value");
    Word::Both(format!("«{seen}» {it}"), format!("\"{seen}\" {en}"))
}

/// Tells how a goal was read that does not say which side of it is the better.
fn direction_told(row: &mut RowReader<'_>, target: &str, read: Text) {
    let Some(col) = row.table.col("goal") else { return };
    let words = [("goal", row.shown("goal").into()), ("target", target.to_owned().into()), ("read", read.into())];
    row.report(&READ_AS_MOST, col, &words);
}

/// The goal; a second one when its number can be another.
fn read_goal(row: &mut RowReader<'_>) -> Vec<Goal> {
    let text = row.text("goal");
    if text.is_empty() {
        return Vec::new();
    }
    let decision = row.table.col("goal").map(|col| row.decision(col)).unwrap_or_default();
    let goals = marks::goals(&text, decision.reading.filter(|_| !decision.conflict));
    if goals.is_empty() {
        row.not_understood("goal", Severity::Warning);
    }
    goals
}

/// `nei termini` beside a term says whether it is met; the office's SI/NO counts more.
fn stated(
    row: &mut RowReader<'_>,
    goal: Option<&Goal>,
    actual: Read<Measured>,
    met: Read<bool>,
) -> (Read<Measured>, Read<bool>) {
    let Read::Value(Measured::Stated(within)) = actual else { return (actual, met) };
    let is_term = match goal {
        Some(Goal::Compare { op: Op::AtMost | Op::Less, amount }) => amount.span.is_some(),
        // `entro il 31/12`.
        None => true,
        _ => false,
    };
    match met {
        Read::Empty if is_term => (Read::Empty, Read::Value(within)),
        Read::Empty => (row.settle("actual", Read::Unclear), met),
        Read::Value(said) if said != within && is_term => {
            let seen = if said { "SI" } else { "NO" };
            let counts = Text::new("conta il SI/NO dell’ufficio", "the office's SI/NO counts");
            let words = [("seen", seen.into()), ("values", row.shown("actual").into()), ("counts", counts.into())];
            let col = row.table.col("met").unwrap_or(0);
            row.report(&MET_DIFFERS, col, &words);
            (Read::Empty, met)
        }
        met => (Read::Empty, met),
    }
}

/// The number of a text whose lone mark nothing decides.
fn lone(read: &Read<Measured>) -> Option<Scanned> {
    if let Read::Value(Measured::Lone(number)) = read { Some(*number) } else { None }
}

/// A measured value, with what it is measured in.
enum Measured {
    /// Percent points.
    Points(Decimal),
    /// A time whose unit is stated.
    Time(Span),
    /// A number alone.
    Plain(Decimal),
    /// The same, with a lone mark that its column does not decide.
    Lone(Scanned),
    /// `nei termini` or `fuori termine`.
    Stated(bool),
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
        Read::Value(Measured::Lone(number)) => Measured::Plain(number.read(Nature::Measure, None)),
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
        (_, Measured::Lone(_) | Measured::Stated(_)) => return (Read::Unread, None),
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
    if let Some(reason) = row.shown_reason(cell) {
        return Read::NotCounted(reason);
    }
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
            let format = row.sheet.format(cell);
            let time = |amount, unit| Measured::Time(Span { amount, unit, working: None, stated: true, more: None });
            Read::Value(match (kind, duration::format_clock(&format.prefix, &format.suffix)) {
                (FormatKind::Percent, _) => Measured::Points(value * Decimal::ONE_HUNDRED),
                (FormatKind::Time, _) => time(value.saturating_mul(Decimal::from(24)), Unit::Hours),
                (_, Some(clock)) => match (value.saturating_mul(Decimal::from(clock.times)), clock.unit) {
                    (minutes, Unit::Minutes) => time(minutes / Decimal::from(60), Unit::Hours),
                    (amount, unit) => time(amount, unit),
                },
                _ => Measured::Plain(value),
            })
        }
        Value::Text(text) => {
            if let Some(reason) = crate::value::not_counted::reason(text) {
                return Read::NotCounted(reason);
            }
            if let Some(Percent::Score { number, signed, .. }) = percentage::scan(text) {
                if !signed && number.ambiguous() && (decision.reading.is_none() || decision.conflict) {
                    return Read::Value(Measured::Lone(number));
                }
                let value = number.read(Nature::Measure, decision.reading);
                return Read::Value(if signed { Measured::Points(value) } else { Measured::Plain(value) });
            }
            match duration::parse(text, decision.clock, decision.reading) {
                Some(Measure::Span(span)) if span.stated => Read::Value(Measured::Time(span)),
                Some(Measure::Span(span)) => Read::Value(Measured::Plain(span.amount)),
                Some(Measure::Share(share)) => Read::Value(Measured::Points(share)),
                Some(Measure::Within) => Read::Value(Measured::Stated(true)),
                Some(Measure::Beyond) => Read::Value(Measured::Stated(false)),
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
