//! What logs of cases prove: how many ended within their term, and how long they took.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

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

/// Cases of fewer whole days are counted without looking them up.
const FEW_DAYS: usize = 256;

/// What some cases add up to.
#[derive(Default)]
struct Tally {
    left_out: u32,
    total: u32,
    within: u32,
    /// How many of those that ended took so many days: there are few different ones.
    closed: BTreeMap<Decimal, u32>,
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
    let mut whole = Tally::default();
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
    let closed = whole.closed.values().map(|count| *count as usize).sum();
    result.effective_mean_days = mean_of(whole.effective_sum, closed);
    result.effective_max_days = whole.effective_max;
    statistics(&whole.closed, closed, result);
}

impl Tally {
    fn of(evidence: &Evidence, cases: &Part, judge: &Judge<'_>) -> Self {
        let mut tally = Self::default();
        // Nearly all take a few whole days.
        let mut few = [0; FEW_DAYS];
        for case in cases.iter() {
            let Some(days) = tally.add(evidence, &case, judge) else { continue };
            match usize::try_from(days.mantissa()).ok().filter(|_| days.scale() == 0).and_then(|days| few.get_mut(days))
            {
                Some(count) => *count += 1,
                None => *tally.closed.entry(days).or_default() += 1,
            }
        }
        for (days, count) in (0..).zip(few).filter(|(_, count)| *count > 0) {
            *tally.closed.entry(Decimal::from(days)).or_default() += count;
        }
        tally
    }

    /// Adds a case; gives the days it took when it ended.
    fn add(&mut self, evidence: &Evidence, case: &Case, judge: &Judge<'_>) -> Option<Decimal> {
        let working = judge.term.is_some_and(|term| term.working);
        let until = case.end.unwrap_or(judge.reference);
        let effective = Decimal::from(calendar_days(case.start, until));
        let counted =
            if working { Decimal::from(judge.calendar.days_between(case.start, until, true)) } else { effective };
        let days = counted - case.suspension_days;
        let within = judge.term.is_none_or(|term| days <= term.days);
        if case.end.is_none() && within {
            self.left_out += 1;
            return None;
        }
        self.total += 1;
        case.end?;
        self.within += u32::from(within);
        self.effective_sum = self.effective_sum.saturating_add(effective);
        self.effective_max = self.effective_max.max(Some(effective));
        declared_days(evidence, case, days, &mut self.findings);
        if let (Some(amount_eur), Some(due)) = (case.amount_eur, due_date(case, judge)) {
            let late = Decimal::from(calendar_days(due, until));
            self.weighted = self.weighted.saturating_add(late.saturating_mul(amount_eur));
            self.paid = self.paid.saturating_add(amount_eur);
            // A due date that was computed has moved with the suspension already.
            let disputed = if case.due.is_some() { case.suspension_days } else { Decimal::ZERO };
            self.payments.add(&Payment {
                paid: until,
                late_days: late - disputed,
                taken_days: effective - case.suspension_days,
                amount_eur,
            });
        }
        Some(days)
    }

    fn append(&mut self, other: Self) {
        self.left_out += other.left_out;
        self.total += other.total;
        self.within += other.within;
        for (days, count) in other.closed {
            *self.closed.entry(days).or_default() += count;
        }
        self.effective_sum = self.effective_sum.saturating_add(other.effective_sum);
        self.effective_max = self.effective_max.max(other.effective_max);
        self.payments.append(other.payments);
        self.weighted = self.weighted.saturating_add(other.weighted);
        self.paid = self.paid.saturating_add(other.paid);
        self.findings.append(other.findings);
    }
}

/// Mean, largest and median of the days that so many cases took.
fn statistics(days: &BTreeMap<Decimal, u32>, closed: usize, result: &mut EvidenceResult) {
    let sums = days.iter().map(|(days, count)| days.saturating_mul(Decimal::from(*count)));
    result.mean_days = mean_of(sums.fold(Decimal::ZERO, Decimal::saturating_add), closed);
    result.max_days = days.last_key_value().map(|(days, _)| *days);
    let at = |place: usize| {
        let mut end = 0;
        let mut reached = |count: &u32| {
            end += *count as usize;
            end > place
        };
        days.iter().find(|(_, count)| reached(count)).map(|(days, _)| *days)
    };
    let middle = at(closed / 2);
    result.median_days = match closed % 2 {
        1 => middle,
        _ => (closed / 2).checked_sub(1).and_then(at).zip(middle).map(|(one, other)| (one + other) / Decimal::TWO),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_days_have_the_figures_of_a_list() {
        for list in [&[][..], &[7], &[3, 1], &[5, 5, 5, 9], &[1, 2, 2, 2, 8], &[40, 10, 30, 10, 20, 20]] {
            let mut days: Vec<Decimal> = list.iter().map(|tenths| Decimal::new(*tenths, 1)).collect();
            let mut counts = BTreeMap::new();
            days.iter().for_each(|days| *counts.entry(*days).or_default() += 1);
            let mut result = EvidenceResult::default();
            statistics(&counts, days.len(), &mut result);
            days.sort_unstable();
            let halves = (!days.is_empty()).then(|| days[(days.len() - 1) / 2] + days[days.len() / 2]);
            assert_eq!(result.median_days, halves.map(|sum| sum / Decimal::TWO), "{list:?}");
            assert_eq!(result.max_days, days.last().copied());
            assert_eq!(result.mean_days, mean_of(days.iter().copied().sum(), days.len()));
        }
    }
}
