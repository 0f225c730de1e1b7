//! The figures of this year beside those of earlier years: changes, and what only another year can show to be wrong.
//!
//! Needs the consolidated figures and the records of earlier years; gives [`Trends`] and findings. Records are the same
//! when the consolidation would join them (code and name; holder and number; entity); one whose code changed is found
//! by its name, when only one has it. What cannot be matched says so.

mod figures;
mod jump;
mod matching;
mod resent;
mod select;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Consolidation, Source};
pub use crate::earlier::{Absence, Figure, Part, Series, Unit};
use crate::earlier::{Earlier, Given};
use crate::finding::{Code, Findings};
use crate::settings::Settings;
use crate::value::number::round2;
pub use matching::Fate;
use matching::Match;
pub use select::{This, select};

/// The codes of this module.
pub fn codes() -> Vec<&'static Code> {
    [select::CODES, resent::CODES, jump::CODES].concat()
}

/// A value of one year, or why there is none.
pub type Value = Result<Decimal, Absence>;

/// The figures over the years; empty without results of an earlier year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trends {
    /// The records compared with, the nearest year first; at most three.
    pub earlier: Vec<Previous>,
    /// Figures by series, each in the order of its annex; those that ended come last.
    pub rows: Vec<Row>,
}

/// A record compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previous {
    /// The way to it from the folder of the sheets.
    pub file: Arc<str>,
    /// Its year.
    pub year: i16,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// One figure over the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is; of the nearest earlier year when it has ended.
    pub figure: Figure,
    /// This year's value; none when it has ended.
    pub now: Option<Value>,
    /// The values of earlier years, in their order; none where the record is not found.
    pub then: Vec<Option<Value>>,
    /// This year's value less that of the nearest earlier year, in the unit of the figure.
    pub change: Option<Decimal>,
    /// The same over the earlier value, in percent; of days and euro.
    pub change_percent: Option<Decimal>,
    /// How it was matched with the nearest earlier year.
    pub fate: Fate,
    /// What the record was called there, when that is something else.
    pub called: Option<String>,
    /// Whether the change is hard to believe.
    pub jumps: bool,
    /// Rows of this year that it came from.
    pub sources: Vec<Source>,
}

impl Row {
    /// Whether it is worth a row: an annex or an amount that no year has is not.
    fn says(&self) -> bool {
        let found = |value: &Option<Value>| matches!(value, Some(Ok(_)));
        let may_lack = matches!(self.figure.series, Series::Summary | Series::Resource);
        found(&self.now) || self.then.iter().any(found) || !may_lack
    }

    /// The word in the JSON for what came of the comparison with the nearest earlier year.
    pub const fn status(&self) -> &'static str {
        match self.fate {
            Fate::Found if self.change.is_some() => "compared",
            Fate::Found => "no_figure",
            Fate::New => "new",
            Fate::Ended => "ended",
            Fate::Several => "several_candidates",
            Fate::OtherUnit => "other_unit",
        }
    }
}

/// Compares a year with earlier ones, the nearest first; `taken` are the files of this year of which something was
/// taken, each with its SHA-256.
pub fn compare(
    consolidation: &Consolidation,
    taken: &[(Arc<str>, String)],
    earlier: &[&Given],
    settings: &Settings,
    findings: &mut Findings,
) -> Trends {
    let told: Vec<(&Given, &Earlier)> =
        earlier.iter().filter_map(|given| Some((*given, given.content.as_ref().ok()?))).collect();
    let Some((nearest, record)) = told.first() else { return Trends::default() };
    let now = figures::of(consolidation);
    let mut rows = rows(now, record);
    for (_, older) in &told[1..] {
        let known: Vec<&Figure> = rows.iter().map(|row| &row.figure).collect();
        let found = matching::pair(&known, &older.figures);
        for (row, found) in rows.iter_mut().zip(found) {
            let same = found.at.map(|at| &older.figures[at]).filter(|then| then.unit == row.figure.unit);
            row.then.push(same.map(|then| then.value));
        }
    }
    rows.retain(Row::says);
    let again = resent::files(taken, &told, findings);
    resent::figures(&rows, nearest, &again, findings);
    jump::find(&mut rows, nearest, record.year, settings, findings);
    let earlier = told.iter().map(|(given, record)| Previous {
        file: given.name.clone(),
        year: record.year,
        sha256: given.sha256.clone(),
    });
    Trends { earlier: earlier.collect(), rows }
}

/// The figures of this year beside those of the nearest earlier one.
fn rows(now: Vec<(Figure, Vec<Source>)>, record: &Earlier) -> Vec<Row> {
    let current: Vec<&Figure> = now.iter().map(|(figure, _)| figure).collect();
    let found = matching::pair(&current, &record.figures);
    let taken: HashSet<usize> = found.iter().filter_map(|found| found.at).collect();
    let several = matching::several(&current, &record.figures, &found);
    let mut rows: Vec<Row> = now
        .into_iter()
        .zip(found)
        .map(|((figure, sources), Match { at, fate, called })| {
            row(figure, sources, at.map(|at| &record.figures[at]), fate, called)
        })
        .collect();
    for (at, figure) in record.figures.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        let fate = if several.contains(&at) { Fate::Several } else { Fate::Ended };
        rows.push(Row {
            figure: figure.clone(),
            now: None,
            then: vec![Some(figure.value)],
            change: None,
            change_percent: None,
            fate,
            called: None,
            jumps: false,
            sources: Vec::new(),
        });
    }
    rows.sort_by_key(|row| (row.figure.series, row.now.is_none()));
    rows
}

fn row(figure: Figure, sources: Vec<Source>, then: Option<&Figure>, fate: Fate, called: Option<String>) -> Row {
    let (now, unit) = (figure.value, figure.unit);
    let before = then.filter(|then| then.unit == unit).map(|then| then.value);
    let fate = if then.is_some_and(|then| then.unit != unit) { Fate::OtherUnit } else { fate };
    let both = match (now, before) {
        (Ok(now), Some(Ok(before))) => Some((now, before)),
        _ => None,
    };
    let change = both.and_then(|(now, before)| now.checked_sub(before));
    let share = |(change, (_, before)): (Decimal, (Decimal, Decimal))| {
        change.checked_div(before)?.checked_mul(Decimal::ONE_HUNDRED).map(round2)
    };
    let change_percent = change.zip(both).filter(|_| unit != Unit::Percent).and_then(share);
    let jumps = false;
    Row { figure, now: Some(now), then: vec![before], change, change_percent, fate, called, jumps, sources }
}
