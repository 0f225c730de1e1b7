//! What logs of cases prove: how many ended within their term, and how long they took.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;

use super::Judge;
use crate::calendar::calendar_days;
use crate::finding::{Finding, Findings};
use crate::kinds::cases::list::{Cases, Part};
use crate::kinds::evidence::{CASE_TWICE, Case, DAYS_DIFFER, Evidence};
use crate::place::Place;
use crate::score::EvidenceResult;
use crate::score::charter::mean_of;
use crate::score::payments::{Payment, Periods};
use crate::value::number;

/// What some cases add up to.
#[derive(Default)]
struct Tally {
    left_out: u32,
    total: u32,
    within: u32,
    /// Days of those that ended.
    closed: Vec<Decimal>,
    effective_sum: Decimal,
    effective_max: Option<Decimal>,
    payments: Periods,
    /// Days late times euro.
    weighted: Decimal,
    paid: Decimal,
    findings: Findings,
}

/// Judges the cases of the logs that prove one result, side by side where they are many.
pub(super) fn judge(
    logs: &[(&Evidence, &Cases)],
    judge: &Judge<'_>,
    result: &mut EvidenceResult,
    findings: &mut Findings,
) {
    let parts: Vec<(&Evidence, &Part)> =
        logs.iter().flat_map(|(evidence, cases)| cases.parts().iter().map(|part| (*evidence, part))).collect();
    let tally = || parts.into_par_iter().map(|(evidence, part)| Tally::of(evidence, part, judge)).collect::<Vec<_>>();
    let ((), tallies) = rayon::join(|| twice(logs, findings), tally);
    let room = tallies.iter().map(|tally| tally.closed.len()).sum();
    let mut whole = Tally { closed: Vec::with_capacity(room), ..Tally::default() };
    tallies.into_iter().for_each(|tally| whole.append(tally));
    findings.append(whole.findings);
    result.term = judge.term.map(|term| (term.days, term.working));
    result.left_out += whole.left_out;
    result.total += whole.total;
    result.met = if judge.term.is_some() { result.met + whole.within } else { 0 };
    if !whole.paid.is_zero() {
        result.payment_delay_days = whole.weighted.checked_div(whole.paid);
    }
    result.payments = whole.payments.figures();
    result.effective_mean_days = mean_of(whole.effective_sum, whole.closed.len());
    result.effective_max_days = whole.effective_max;
    statistics(whole.closed, result);
}

impl Tally {
    fn of(evidence: &Evidence, cases: &Part, judge: &Judge<'_>) -> Self {
        let mut tally = Self { closed: Vec::with_capacity(cases.len()), ..Self::default() };
        cases.iter().for_each(|case| tally.add(evidence, &case, judge));
        tally
    }

    fn add(&mut self, evidence: &Evidence, case: &Case, judge: &Judge<'_>) {
        let working = judge.term.is_some_and(|term| term.working);
        let until = case.end.unwrap_or(judge.reference);
        let effective = Decimal::from(calendar_days(case.start, until));
        let counted =
            if working { Decimal::from(judge.calendar.days_between(case.start, until, true)) } else { effective };
        let days = counted - case.suspension_days;
        let within = judge.term.is_none_or(|term| days <= term.days);
        if case.end.is_none() && within {
            self.left_out += 1;
            return;
        }
        self.total += 1;
        if case.end.is_none() {
            return;
        }
        self.within += u32::from(within);
        self.closed.push(days);
        self.effective_sum = self.effective_sum.saturating_add(effective);
        self.effective_max = self.effective_max.max(Some(effective));
        declared_days(evidence, case, days, &mut self.findings);
        if let (Some(amount_eur), Some(due)) = (case.amount_eur, due_date(case, judge)) {
            let late = Decimal::from(calendar_days(due, until));
            self.weighted = self.weighted.saturating_add(late.saturating_mul(amount_eur));
            self.paid = self.paid.saturating_add(amount_eur);
            self.payments.add(&Payment {
                start: case.start,
                paid: until,
                due,
                // A due date that was computed has moved with the suspension already.
                disputed_days: if case.due.is_some() { case.suspension_days } else { Decimal::ZERO },
                suspension_days: case.suspension_days,
                amount_eur,
            });
        }
    }

    fn append(&mut self, mut other: Self) {
        self.left_out += other.left_out;
        self.total += other.total;
        self.within += other.within;
        self.closed.append(&mut other.closed);
        self.effective_sum = self.effective_sum.saturating_add(other.effective_sum);
        self.effective_max = self.effective_max.max(other.effective_max);
        self.payments.append(other.payments);
        self.weighted = self.weighted.saturating_add(other.weighted);
        self.paid = self.paid.saturating_add(other.paid);
        self.findings.append(other.findings);
    }
}

fn statistics(mut days: Vec<Decimal>, result: &mut EvidenceResult) {
    days.par_sort_unstable();
    let sum = days.iter().fold(Decimal::ZERO, |sum, days| sum.saturating_add(*days));
    result.mean_days = mean_of(sum, days.len());
    result.max_days = days.last().copied();
    let middle = days.len() / 2;
    result.median_days = match days.len() {
        0 => None,
        count if count % 2 == 1 => Some(days[middle]),
        _ => Some((days[middle - 1] + days[middle]) / Decimal::TWO),
    };
}

/// The sheet's own due date, else start, term and suspension.
fn due_date(case: &Case, judge: &Judge<'_>) -> Option<Date> {
    case.due.or_else(|| {
        let term = judge.term?;
        let days = i32::try_from((term.days + case.suspension_days).trunc()).ok()?;
        Some(judge.calendar.add(case.start, days, term.working))
    })
}

fn declared_days(evidence: &Evidence, case: &Case, days: Decimal, findings: &mut Findings) {
    let Some(declared) = case.declared_days.filter(|declared| (declared - days).abs() > Decimal::new(1, 2)) else {
        return;
    };
    let Some(col) = evidence.table.col("declared") else { return };
    let place = Place::cell(&evidence.table.file, &evidence.table.sheet, case.row, col);
    findings.push(
        Finding::new(&DAYS_DIFFER, place)
            .with("declared", number::plain(declared))
            .with("computed", number::plain(days)),
    );
}

/// Ids used twice; where a fifth of them repeat, the column tells no cases apart, and that is said once.
fn twice(cases: &[(&Evidence, &Cases)], findings: &mut Findings) {
    // Most logs number their cases one after the other: then no two are the same.
    let ids = || cases.iter().flat_map(|(evidence, cases)| cases.ids().map(move |(row, id)| (*evidence, row, id)));
    let ids = || ids().filter_map(|(evidence, row, id)| Some((evidence, row, id?)));
    if ids().map(|(_, _, id)| id).is_sorted_by(|one, next| (one.len(), one) < (next.len(), next)) {
        return;
    }
    let mut known: HashMap<&str, (&Evidence, u32)> = HashMap::new();
    let mut repeated: Vec<(&Evidence, u32, &str)> = Vec::new();
    for (evidence, row, id) in ids() {
        match known.entry(id) {
            Entry::Vacant(free) => drop(free.insert((evidence, row))),
            Entry::Occupied(_) => repeated.push((evidence, row, id)),
        }
    }
    let identifies = repeated.len() * 5 <= repeated.len() + known.len();
    let told = if identifies { repeated.len() } else { 1 };
    for (evidence, again, id) in repeated.into_iter().take(told) {
        let col = evidence.table.col("id").unwrap_or(0);
        let cell = |evidence: &Evidence, row| Place::cell(&evidence.table.file, &evidence.table.sheet, row, col);
        let (first, row) = known[id];
        let finding =
            Finding::new(&CASE_TWICE, cell(evidence, again)).with("id", id).with("row", (row + 1).to_string());
        findings.push(finding.and(cell(first, row)));
    }
}
