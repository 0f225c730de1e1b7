//! One figure that can be followed over the years, and what tells it from the others.

use rust_decimal::Decimal;

use crate::finding::Text;
use crate::value::fold::{one_line, spaced_words, words};
use crate::value::number::round2;

/// What a figure is of, in the order it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    /// Percentages and means of whole annexes.
    Summary,
    /// What was measured of a standard.
    Measured,
    /// The result of a standard.
    Standard,
    /// The result of a procedure.
    Procedure,
    /// The result of an objective.
    Objective,
    /// Cost of staff in the reporting year.
    StaffCost,
    /// What was spent or earned of a strategic objective's resources.
    Resource,
    /// The score of a strategic target.
    Target,
}

impl Series {
    /// Every series, in order.
    pub const ALL: [Self; 8] = [
        Self::Summary,
        Self::Measured,
        Self::Standard,
        Self::Procedure,
        Self::Objective,
        Self::StaffCost,
        Self::Resource,
        Self::Target,
    ];

    /// The word in the JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Measured => "standard_measured",
            Self::Standard => "standard_score",
            Self::Procedure => "procedure_score",
            Self::Objective => "objective_score",
            Self::StaffCost => "staff_cost",
            Self::Resource => "resource_actual",
            Self::Target => "target_score",
        }
    }

    /// Whether the key is a mere number that may mean another thing each year, so that the title must agree.
    pub const fn is_numbered(self) -> bool {
        matches!(self, Self::Objective | Self::Resource | Self::Target)
    }
}

/// Which of a record's figures it is, when it has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The only one.
    Whole,
    /// Percentage of Allegato 1.
    CharterPercent,
    /// Mean deviation of Allegato 1.
    CharterDeviation,
    /// Mean of Allegato 2.
    ProceduresMean,
    /// All entities together.
    Total,
    /// Proventi.
    Income,
    /// Oneri.
    Expense,
    /// Investimenti.
    Investment,
}

impl Part {
    /// The word in the JSON.
    pub const fn id(self) -> Option<&'static str> {
        Some(match self {
            Self::Whole => return None,
            Self::CharterPercent => "charter_percent",
            Self::CharterDeviation => "charter_mean_deviation_percent",
            Self::ProceduresMean => "procedures_mean",
            Self::Total => "total",
            Self::Income => "income",
            Self::Expense => "expense",
            Self::Investment => "investment",
        })
    }

    /// What people call it; nothing for the only figure of a record.
    pub const fn label(self) -> Option<Text> {
        Some(match self {
            Self::Whole => return None,
            Self::CharterPercent => Text::new("Allegato 1: percentuale", "Allegato 1: percentage"),
            Self::CharterDeviation => Text::new("Allegato 1: scostamento medio", "Allegato 1: mean deviation"),
            Self::ProceduresMean => Text::new("Allegato 2: media", "Allegato 2: mean"),
            Self::Total => Text::new("TOTALE", "TOTAL"),
            Self::Income => Text::new("proventi", "income"),
            Self::Expense => Text::new("oneri", "expense"),
            Self::Investment => Text::new("investimenti", "investment"),
        })
    }
}

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Percentages and scores from 0 to 100; they change by points.
    Percent,
    /// Days.
    Days,
    /// Euro.
    Euro,
}

impl Unit {
    /// The word in the JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Days => "days",
            Self::Euro => "eur",
        }
    }
}

/// Why a record has no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// N.C.
    NotCounted,
    /// It should have one.
    Incomplete,
    /// What it has is a text.
    Reported,
    /// The sheet has none, and none is due.
    Empty,
}

/// One figure of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is of.
    pub series: Series,
    /// Which of the record's figures.
    pub part: Part,
    /// What the consolidation tells the record by, folded.
    pub key: String,
    /// Within what a title is unique: the holder of an objective; folded.
    pub scope: String,
    /// Folded title without years: what the record is found by when its code has changed.
    pub name: String,
    /// Code or number, as shown.
    pub label: String,
    /// Title, as shown.
    pub title: String,
    /// What it is counted in.
    pub unit: Unit,
    /// The figure, to 2 decimals; or why there is none.
    pub value: Result<Decimal, Absence>,
}

fn without_years(text: &str) -> String {
    let is_year = |word: &str| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    words(text).into_iter().filter(|word| !is_year(word)).collect::<Vec<_>>().join(" ")
}

/// The value of a status as the record has it.
fn valued(value: Option<Decimal>, status: &str) -> Result<Decimal, Absence> {
    match (value, status) {
        (Some(value), "counted" | "scored" | "complete") => Ok(round2(value)),
        _ => Err(absence(status)),
    }
}

/// Why a record of a status has no value.
fn absence(status: &str) -> Absence {
    match status {
        "not_counted" => Absence::NotCounted,
        "reported" => Absence::Reported,
        _ => Absence::Incomplete,
    }
}

impl Figure {
    fn new(series: Series, key: &[&str], label: String, title: &str) -> Self {
        Self {
            series,
            part: Part::Whole,
            key: key.iter().map(|part| spaced_words(part)).collect::<Vec<_>>().join("\u{1f}"),
            scope: String::new(),
            name: without_years(title),
            label,
            title: one_line(title),
            unit: Unit::Percent,
            value: Err(Absence::NotCounted),
        }
    }

    /// A figure of a whole annex.
    pub fn summary(part: Part, value: Option<Decimal>) -> Self {
        let value = value.map(round2).ok_or(Absence::NotCounted);
        Self { part, value, ..Self::new(Series::Summary, &[part.id().unwrap_or_default()], String::new(), "") }
    }

    /// What was measured of a standard, and its result; `shown` are the planned and the measured value as shown, `days`
    /// the measured one in days, or in percent when they say `%`.
    pub fn standard(
        (code, process): (&str, &str),
        shown: [&str; 2],
        days: Option<Decimal>,
        score: Option<Decimal>,
        status: &str,
    ) -> [Self; 2] {
        let figure = |series| Self::new(series, &[code, process], code.to_owned(), process);
        let unit = if shown.iter().any(|text| text.contains('%')) { Unit::Percent } else { Unit::Days };
        // One that counts without days is kept, or not, in words.
        let absent = if status == "counted" { Absence::Reported } else { absence(status) };
        let measured = days.map(round2).ok_or(absent);
        [
            Self { unit, value: measured, ..figure(Series::Measured) },
            Self { value: valued(score, status), ..figure(Series::Standard) },
        ]
    }

    /// The result of a procedure.
    pub fn procedure(number: &str, name: &str, score: Option<Decimal>, status: &str) -> Self {
        let value = valued(score, status);
        Self { value, ..Self::new(Series::Procedure, &[name], number.to_owned(), name) }
    }

    /// The result of an objective.
    pub fn objective((holder, number): (&str, &str), title: &str, score: Option<Decimal>, status: &str) -> Self {
        let own = if number.is_empty() { title } else { number };
        let label = [holder, number].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        let figure = Self::new(Series::Objective, &[holder, own], label, title);
        Self { scope: spaced_words(holder), value: valued(score, status), ..figure }
    }

    /// Cost of an entity in the reporting year.
    pub fn staff_cost(entity: &str, cost: Decimal) -> Self {
        // `Promo srl` and `Promo s.r.l.` are one, as they are where costs are joined.
        let key = words(entity).concat();
        let figure = Self::new(Series::StaffCost, &[&key], String::new(), entity);
        Self { unit: Unit::Euro, value: Ok(round2(cost)), ..figure }
    }

    /// Cost of all entities in the reporting year.
    pub fn staff_total(total: Decimal, complete: bool) -> Self {
        let value = valued(Some(total), if complete { "complete" } else { "incomplete" });
        let figure = Self::new(Series::StaffCost, &[], String::new(), "");
        Self { part: Part::Total, unit: Unit::Euro, value, ..figure }
    }

    /// What was earned, spent and invested of a strategic objective's resources.
    pub fn resource(objective: &str, title: &str, amounts: [Option<Decimal>; 3]) -> impl Iterator<Item = Self> {
        let figure = Self::new(Series::Resource, &[objective], objective.to_owned(), title);
        [Part::Income, Part::Expense, Part::Investment].into_iter().zip(amounts).map(move |(part, amount)| {
            let value = amount.map(round2).ok_or(Absence::Empty);
            Self { part, unit: Unit::Euro, value, ..figure.clone() }
        })
    }

    /// The score of a strategic target.
    pub fn target((objective, target): (&str, &str), description: &str, score: Option<Decimal>, status: &str) -> Self {
        let own = if target.is_empty() { description } else { target };
        let label = [objective, target].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        let figure = Self::new(Series::Target, &[objective, own], label, description);
        Self { scope: spaced_words(objective), value: valued(score, status), ..figure }
    }
}
