//! Measures and goals, taken apart into columns and put together again.

use rust_decimal::Decimal;

use super::{Field, Fields, Missing, apart, together};
use crate::finding::Text;
use crate::kinds::reader::Read;
use crate::value::duration::{Measure, More, Span, Unit};
use crate::value::goal::{Goal, GoalAmount, Op};

/// What a measure is: a time in a unit, a share, or words without a figure.
const MEASURES: &[&str] = &["minutes", "hours", "days", "percent", "always", "within", "beyond"];
/// The units that are times.
const TIMES: &[&str] = &["minutes", "hours", "days"];
/// Which days are meant, when the sheet says so.
const CALENDARS: &[&str] = &["working", "calendar"];
/// What a goal asks for.
const GOALS: &[&str] =
    &["less", "at_most", "equal", "at_least", "more", "increase", "not_below", "decrease", "not_above"];
/// What the figure of a goal is.
const GOAL_UNITS: &[&str] = &["number", "percent", "minutes", "hours", "days"];

const UNIT: Text = Text::new(
    "unità del valore: tempi in ore o giorni, quote in percento; always = sempre disponibile, within = entro i termini, beyond = oltre i termini",
    "unit of the value: times in hours or days, shares in percent; always, within or beyond the terms without a figure",
);
const CALENDAR: Text = Text::new(
    "giorni lavorativi (working) o naturali (calendar), quando il foglio lo dice",
    "working or calendar days, when the sheet says so",
);
const STATED: Text = Text::new(
    "se l’unità è scritta nella cella; altrimenti è quella dell’intestazione",
    "whether the cell names its unit; else it is the header’s",
);
const LOWER: Text = Text::new("estremo inferiore di un intervallo", "lower end of a range");
const OTHER: Text = Text::new("altro termine tra parentesi, come scritto", "another term in brackets, as written");

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "minutes",
        Unit::Hours => "hours",
        Unit::Days => "days",
    }
}

fn unit_of(word: &str) -> Unit {
    match word {
        "minutes" => Unit::Minutes,
        "hours" => Unit::Hours,
        _ => Unit::Days,
    }
}

/// What a time says besides its amount and unit.
struct Rest {
    calendar: Option<&'static str>,
    stated: Option<bool>,
    lower: Option<Decimal>,
    alternative: String,
}

impl Rest {
    fn of(span: Option<&mut Span>) -> Self {
        let Some(span) = span else {
            return Self { calendar: None, stated: None, lower: None, alternative: String::new() };
        };
        let More { alternative, lower } = span.more.take().map(|more| *more).unwrap_or_default();
        Self {
            calendar: span.working.map(|working| if working { "working" } else { "calendar" }),
            stated: Some(span.stated),
            lower,
            alternative: alternative.unwrap_or_default(),
        }
    }

    fn visit(&mut self, fields: &mut dyn Fields, column: &'static str) {
        fields.word(Field::part(column, "_calendar", CALENDAR), CALENDARS, &mut self.calendar);
        fields.flag(Field::part(column, "_unit_stated", STATED), &mut self.stated);
        fields.decimal(Field::part(column, "_lower", LOWER), &mut self.lower);
        fields.text(Field::part(column, "_alternative", OTHER), &mut self.alternative);
    }

    fn span(self, amount: Decimal, unit: Unit) -> Span {
        Span {
            amount,
            unit,
            working: self.calendar.map(|word| word == "working"),
            stated: self.stated.unwrap_or_default(),
            // A term in brackets always has words.
            more: More::of((!self.alternative.is_empty()).then_some(self.alternative), self.lower),
        }
    }
}

/// A planned or measured value.
pub fn measure(fields: &mut dyn Fields, column: &'static str, read: &mut Read<Measure>) {
    let (mut value, mut missing) = apart(read);
    let (mut amount, mut unit) = match &value {
        Some(Measure::Span(span)) => (Some(span.amount), Some(unit_word(span.unit))),
        Some(Measure::Share(share)) => (Some(*share), Some("percent")),
        Some(Measure::Always) => (None, Some("always")),
        Some(Measure::Within) => (None, Some("within")),
        Some(Measure::Beyond) => (None, Some("beyond")),
        None => (None, None),
    };
    let mut rest = Rest::of(match &mut value {
        Some(Measure::Span(span)) => Some(span),
        _ => None,
    });
    fields.decimal(Field::of(column), &mut amount);
    fields.word(Field::part(column, "_unit", UNIT), MEASURES, &mut unit);
    rest.visit(fields, column);
    fields.missing(column, &mut missing);
    let value = match (unit, amount) {
        (Some("always"), _) => Some(Measure::Always),
        (Some("within"), _) => Some(Measure::Within),
        (Some("beyond"), _) => Some(Measure::Beyond),
        (Some("percent"), Some(share)) => Some(Measure::Share(share)),
        (Some(unit), Some(amount)) => Some(Measure::Span(rest.span(amount, unit_of(unit)))),
        _ => None,
    };
    *read = together(value, missing);
}

/// What a check must reach.
pub fn goal(fields: &mut dyn Fields, column: &'static str, goal: &mut Option<Goal>) {
    let about = Text::new(
        "confronto da fare con il valore atteso, o con l’anno precedente (increase, not_below, decrease, not_above)",
        "how the value is compared with the goal, or with last year (increase, not_below, decrease, not_above)",
    );
    let unit_about = Text::new("unità del valore atteso e di quelli rilevati", "unit of the goal and of the values");
    let mut missing = if goal.is_some() { Missing::Given } else { Missing::Empty };
    let mut way = goal.as_ref().map(way_word);
    let mut figure = match goal.take() {
        Some(Goal::Compare { amount, .. }) => Some(amount),
        _ => None,
    };
    let mut amount = figure.as_ref().map(|figure| figure.value);
    let mut unit = figure.as_ref().map(|figure| match &figure.span {
        Some(span) => unit_word(span.unit),
        None if figure.percent => "percent",
        None => "number",
    });
    let mut rest = Rest::of(figure.as_mut().and_then(|figure| figure.span.as_mut()));
    fields.word(Field::part(column, "_comparison", about), GOALS, &mut way);
    fields.decimal(Field::of(column), &mut amount);
    fields.word(Field::part(column, "_unit", unit_about), GOAL_UNITS, &mut unit);
    rest.visit(fields, column);
    fields.missing(column, &mut missing);
    let figure = amount.map(|value| GoalAmount {
        value,
        percent: unit == Some("percent"),
        span: unit.filter(|unit| TIMES.contains(unit)).map(|unit| rest.span(value, unit_of(unit))),
    });
    *goal = way.and_then(|way| goal_of(way, figure));
}

fn way_word(goal: &Goal) -> &'static str {
    match goal {
        Goal::Compare { op: Op::Less, .. } => "less",
        Goal::Compare { op: Op::AtMost, .. } => "at_most",
        Goal::Compare { op: Op::Equal, .. } => "equal",
        Goal::Compare { op: Op::AtLeast, .. } => "at_least",
        Goal::Compare { op: Op::More, .. } => "more",
        Goal::Increase => "increase",
        Goal::NotBelow => "not_below",
        Goal::Decrease => "decrease",
        Goal::NotAbove => "not_above",
    }
}

fn goal_of(way: &str, amount: Option<GoalAmount>) -> Option<Goal> {
    let op = match way {
        "less" => Op::Less,
        "at_most" => Op::AtMost,
        "equal" => Op::Equal,
        "at_least" => Op::AtLeast,
        "more" => Op::More,
        "increase" => return Some(Goal::Increase),
        "not_below" => return Some(Goal::NotBelow),
        "decrease" => return Some(Goal::Decrease),
        "not_above" => return Some(Goal::NotAbove),
        _ => return None,
    };
    amount.map(|amount| Goal::Compare { op, amount })
}
