//! Totals and means that sheets declare of standards and procedures, compared with the exact scores of their rows.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::charter::mean_of;
use super::{Charter, CharterRow, Procedures, Status};
use crate::finding::{Finding, Findings};
use crate::kinds::closing::{Closing, DeclaredTotal};
use crate::parse::totals::{self, Compared};
use crate::place::Place;
use crate::value::number;

/// A row of a sheet that counts: its file, sheet and 0-based row.
type Key<'a> = (&'a str, &'a str, u32);

/// What a row counts with.
#[derive(Clone, Copy)]
struct Scored {
    score: Decimal,
    /// How far beyond its standard; none where that cannot be said.
    deviation: Option<Decimal>,
    /// The same, below zero within the standard.
    difference: Option<Decimal>,
}

/// Tells declared figures that the scores of their rows do not give.
pub fn compare(charter: &Charter, procedures: &Procedures, declared: &[DeclaredTotal], findings: &mut Findings) {
    if declared.is_empty() {
        return;
    }
    let files: HashSet<&str> = declared.iter().map(|total| &*total.table.file).collect();
    let standards = charter.rows.iter().filter(|row| row.status == Status::Counted).filter_map(|row| {
        let scored = Scored { score: row.score?, deviation: row.deviation_percent, difference: difference(row) };
        Some(row.standard.origins().map(move |at| ((&*at.table.file, &*at.table.sheet, at.row), scored)))
    });
    let listed = procedures.rows.iter().filter(|row| row.status == Status::Counted).filter_map(|row| {
        let scored = Scored { score: row.score?, deviation: None, difference: None };
        Some(row.sources.iter().map(move |at| ((&*at.file, &*at.sheet, at.row), scored)))
    });
    let of_files = standards.flatten().chain(listed.flatten()).filter(|((file, ..), _)| files.contains(file));
    let scores: HashMap<Key<'_>, Scored> = of_files.collect();
    declared.iter().for_each(|total| compare_one(total, &scores, findings));
}

fn compare_one(total: &DeclaredTotal, scores: &HashMap<Key<'_>, Scored>, findings: &mut Findings) {
    let mut candidates = Vec::new();
    for rows in &total.rows {
        let of_row = |row: &u32| scores.get(&(&*total.table.file, &*total.table.sheet, *row)).copied();
        let of_rows: Vec<Scored> = rows.iter().filter_map(of_row).collect();
        let scored = || of_rows.iter().map(|row| row.score);
        match total.what {
            // With those that are N.C., or without them.
            Closing::Count => candidates.extend([of_rows.len(), rows.len()].map(Decimal::from)),
            Closing::Mean => candidates.extend(mean(scored())),
            Closing::SumOrMean => {
                candidates.extend(mean(scored()));
                candidates.extend((!of_rows.is_empty()).then(|| scored().sum::<Decimal>()));
            }
            Closing::MeanDeviation => {
                candidates.extend(mean(of_rows.iter().filter_map(|row| row.deviation)));
                // An office may set days saved off against days lost.
                candidates.extend(mean(of_rows.iter().filter_map(|row| row.difference)));
            }
        }
    }
    // A list shows rounded results of procedures.
    let doubt = if total.table.kind.id == "procedures" { Decimal::new(5, 3) } else { Decimal::ZERO };
    let (code, computed) = match totals::judge(total.value, total.decimals, &candidates, doubt) {
        Compared::Right => return,
        Compared::Cut(computed) => (&totals::TOTAL_CUT, computed),
        // What counts as a deviation stands first.
        Compared::Wrong(nearest) => match (total.what, candidates.first()) {
            (Closing::MeanDeviation, Some(computed)) => (&totals::TOTAL_DIFFERS, *computed),
            _ => (&totals::TOTAL_DIFFERS, nearest),
        },
    };
    let place = Place::cell(&total.table.file, &total.table.sheet, total.row, total.col);
    let finding = Finding::new(code, place).with("label", total.label.clone()).with("declared", total.shown.clone());
    findings.push(finding.with("computed", number::italian(number::round2(computed), 2, false)));
}

fn mean(values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let values: Vec<Decimal> = values.collect();
    mean_of(values.iter().copied().sum(), values.len())
}

/// By how much the days of a standard differ from those planned, in percent of these.
fn difference(row: &CharterRow) -> Option<Decimal> {
    let (planned, measured) = (row.planned_days()?, row.measured_days()?);
    (measured - planned).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(planned)
}
