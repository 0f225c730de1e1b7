//! What logs of cases prove: how many ended within their term, and how long they took.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Judge;
use super::term::{Term, working_in};
use crate::calendar::{Calendar, calendar_days};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::cases::list::{Cases, Part, Whole};
use crate::kinds::evidence::{CASE_TWICE, Case, DAYS_DIFFER, Evidence};
use crate::place::Place;
use crate::score::EvidenceResult;
use crate::score::charter::mean_of;
use crate::score::payments::{Payment, Periods};
use crate::score::sum::Sum;
use crate::value::number;

/// A case that was suspended for longer than it took.
pub static SUSPENDED_FOR_LONGER: Code = Code {
    id: "C042",
    slug: "suspended-for-longer",
    severity: Severity::Warning,
    message: Text::new(
        "{suspended} giorni di sospensione, ma la pratica ne è durata {taken}: contati {days} giorni",
        "{suspended} days of suspension, but the case took {taken}: counted as {days} days",
    ),
    help: Text::new("controllare i giorni di sospensione e le date", "check the days of suspension and the dates"),
};

/// Working days of suspension taken from calendar days.
pub static OTHER_CLOCK: Code = Code {
    id: "C044",
    slug: "suspension-in-working-days",
    severity: Severity::Warning,
    message: Text::new(
        "«{column}» è in giorni lavorativi, il termine in giorni di calendario: sottratti così come sono",
        "\"{column}\" is in working days, the term in calendar days: subtracted as they are",
    ),
    help: Text::new(
        "scrivere i giorni di sospensione nello stesso calendario del termine",
        "write the days of suspension in the calendar of the term",
    ),
};

/// Many case ids that stand there again.
pub static IDS_REPEAT: Code = Code {
    id: "C041",
    slug: "case-ids-repeat",
    severity: Severity::Warning,
    message: Text::new(
        "{count} righe ripetono un numero di pratica già usato ({ids}): tutte le righe sono conteggiate",
        "{count} rows repeat a case number already used ({ids}): all rows are counted",
    ),
    help: Text::new(
        "se un registro è stato copiato due volte, toglierne una copia; altrimenti correggere i numeri delle pratiche",
        "if a log was copied twice, remove one of the copies; else mend the case numbers",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&SUSPENDED_FOR_LONGER, &IDS_REPEAT, &OTHER_CLOCK];

/// One log of cases, and the term they are judged by.
#[derive(Clone, Copy)]
pub(super) struct Log<'a> {
    /// The table.
    pub evidence: &'a Evidence,
    /// Its cases.
    pub cases: &'a Cases,
    /// Their term.
    pub term: Option<Term>,
}

/// Cases of fewer whole days are counted without looking them up.
const FEW_DAYS: usize = 256;
/// Up to this year no term ends beyond the calendar.
const LAST_YEAR: i16 = 9_000;

/// What whole days are counted and judged by.
struct Clock<'a> {
    calendar: &'a Calendar,
    working: bool,
    /// The most days within the term, when there is one.
    most: Option<i32>,
}

impl<'a> Clock<'a> {
    /// Longer terms are no usual ones.
    const LONGEST: i32 = 10_000;

    fn of(log: Log<'_>, judge: &Judge<'a>) -> Option<Self> {
        let most = match log.term {
            Some(term) => Some(term.days.to_i32().filter(|days| (0..=Self::LONGEST).contains(days))?),
            None => None,
        };
        let working = log.term.is_some_and(|term| term.working);
        Some(Self { calendar: judge.calendar, working, most })
    }
}

/// What some cases add up to.
#[derive(Debug, Default)]
struct Tally {
    left_out: u32,
    total: u32,
    within: u32,
    /// How many of those that ended took so many days: there are few different ones.
    closed: BTreeMap<Decimal, u32>,
    effective_sum: i64,
    effective_max: Option<i32>,
    payments: Periods,
    /// Days in dispute times euro.
    disputed: Sum,
    findings: Findings,
}

/// Judges the cases of the logs that prove one result, side by side where they are many.
pub(super) fn judge(logs: &[Log<'_>], judge: &Judge<'_>, result: &mut EvidenceResult, findings: &mut Findings) {
    let parts: Vec<(Log<'_>, &Part)> =
        logs.iter().flat_map(|log| log.cases.parts().iter().map(|part| (*log, part))).collect();
    let tally = || parts.into_par_iter().map(|(log, part)| Tally::of(log, part, judge)).collect::<Vec<_>>();
    logs.iter().for_each(|log| other_clock(log, findings));
    let ((), tallies) = rayon::join(|| twice(logs, findings), tally);
    let together = |mut whole: Tally, tally| {
        whole.append(tally);
        whole
    };
    let whole = tallies.into_iter().reduce(together).unwrap_or_default();
    findings.append(whole.findings);
    let known = logs.iter().all(|log| log.term.is_some());
    // Logs of different terms have none in common.
    let common = logs.first().and_then(|log| log.term).filter(|term| logs.iter().all(|log| log.term == Some(*term)));
    result.term = common.map(|term| (term.days, term.working));
    result.left_out += whole.left_out;
    result.total += whole.total;
    result.met = if known { result.met + whole.within } else { 0 };
    let (paid, weighted) = whole.payments.totals();
    result.payment_delay_days = weighted.saturating_add(whole.disputed.total()).checked_div(paid);
    result.payments = whole.payments.figures();
    let closed = whole.closed.values().map(|count| *count as usize).sum();
    result.effective_mean_days = mean_of(whole.effective_sum.into(), closed);
    result.effective_max_days = whole.effective_max.map(Decimal::from);
    // Working days and calendar days have no mean in common.
    let clock = |log: &Log<'_>| log.term.map(|term| term.working);
    if logs.iter().all(|log| clock(log) == clock(&logs[0])) {
        statistics(&whole.closed, closed, result);
    }
}

impl Tally {
    fn of(log: Log<'_>, cases: &Part, judge: &Judge<'_>) -> Self {
        let mut tally = Self::default();
        // Nearly all take a few whole days.
        let mut few = [0; FEW_DAYS];
        let clock = Clock::of(log, judge);
        for entry in cases.entries() {
            let days = entry.whole().zip(clock.as_ref()).and_then(|(case, clock)| tally.add_whole(&case, clock));
            if let Some(days) = days {
                few[days] += 1;
                continue;
            }
            let Some(days) = tally.add(log, &entry.case(), judge) else { continue };
            match usize::try_from(days.mantissa()).ok().filter(|_| days.scale() == 0).and_then(|days| few.get_mut(days))
            {
                Some(count) => *count += 1,
                None => *tally.closed.entry(days).or_default() += 1,
            }
        }
        for (days, count) in (0..).zip(few).filter(|(_, count)| *count > 0) {
            *tally.closed.entry(Decimal::from(days)).or_default() += count;
        }
        debug_assert_eq!(format!("{tally:?}"), format!("{:?}", Self::at_length(log, cases, judge)));
        tally
    }

    /// The same, each case taken as any may be, to compare with.
    fn at_length(log: Log<'_>, cases: &Part, judge: &Judge<'_>) -> Self {
        let mut tally = Self::default();
        for days in cases.iter().filter_map(|case| tally.add(log, &case, judge)).collect::<Vec<_>>() {
            *tally.closed.entry(days).or_default() += 1;
        }
        tally
    }

    /// Adds a case; gives the days it took when it ended.
    fn add(&mut self, log: Log<'_>, case: &Case<'_>, judge: &Judge<'_>) -> Option<Decimal> {
        if case.not_counted {
            self.left_out += 1;
            return None;
        }
        let working = log.term.is_some_and(|term| term.working);
        let until = case.end.unwrap_or(judge.reference);
        let effective = calendar_days(case.start, until);
        let counted = judge.calendar.days_between(case.start, until, working);
        let days = less(counted, case.suspension_days);
        let within = log.term.is_none_or(|term| days <= term.days);
        if case.end.is_none() && within {
            self.left_out += 1;
            return None;
        }
        if counted >= 0 && days.is_sign_negative() && !days.is_zero() {
            suspended_for_longer(log.evidence, case, counted.into(), days, &mut self.findings);
        }
        self.total += 1;
        case.end?;
        self.within += u32::from(within);
        self.effective_sum += i64::from(effective);
        self.effective_max = self.effective_max.max(Some(effective));
        declared_days(log.evidence, case, days, working, judge, &mut self.findings);
        if let (Some(amount_eur), Some(due)) = (case.amount_eur, due_date(case, log.term, judge)) {
            // A due date that was computed has moved with the suspension already.
            let disputed = if case.due.is_some() { case.suspension_days } else { Decimal::ZERO };
            if !disputed.is_zero() {
                self.disputed.add(amount_eur, disputed);
            }
            self.payments.add(&Payment {
                paid: until,
                late_days: less(calendar_days(due, until), disputed),
                taken_days: less(effective, case.suspension_days),
                amount_eur,
            });
        }
        Some(days)
    }

    /// Adds a case that ended after few whole days, as most do; gives how many, when nothing is to be said of it.
    #[inline]
    fn add_whole(&mut self, case: &Whole, clock: &Clock<'_>) -> Option<usize> {
        let effective = calendar_days(case.start, case.end);
        let days = if clock.working { clock.calendar.days_between(case.start, case.end, true) } else { effective };
        let count = usize::try_from(days).ok().filter(|days| *days < FEW_DAYS)?;
        if case.declared_days.is_some_and(|declared| declared != days) || case.end.year() > LAST_YEAR {
            return None;
        }
        self.total += 1;
        self.within += u32::from(clock.most.is_none_or(|most| days <= most));
        self.effective_sum += i64::from(effective);
        self.effective_max = self.effective_max.max(Some(effective));
        if let Some(hundredths) = case.amount_hundredths {
            let late_days = match (case.due, clock.most) {
                (Some(due), _) => calendar_days(due, case.end),
                (None, Some(most)) if clock.working => {
                    calendar_days(clock.calendar.add(case.start, most, true), case.end)
                }
                (None, Some(most)) => effective - most,
                (None, None) => return Some(count),
            };
            self.payments.add_whole(case.end, hundredths, late_days, effective);
        }
        Some(count)
    }

    fn append(&mut self, other: Self) {
        self.left_out += other.left_out;
        self.total += other.total;
        self.within += other.within;
        for (days, count) in other.closed {
            *self.closed.entry(days).or_default() += count;
        }
        self.effective_sum += other.effective_sum;
        self.effective_max = self.effective_max.max(other.effective_max);
        self.payments.append(other.payments);
        self.disputed.append(&other.disputed);
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
fn due_date(case: &Case<'_>, term: Option<Term>, judge: &Judge<'_>) -> Option<Date> {
    case.due.or_else(|| {
        let term = term?;
        let days = i32::try_from((term.days + case.suspension_days).trunc()).ok()?;
        Some(judge.calendar.add(case.start, days, term.working))
    })
}

/// Days less those of a suspension; most cases have none.
fn less(days: i32, suspension: Decimal) -> Decimal {
    let days = Decimal::from(days);
    if suspension.is_zero() { days } else { days - suspension }
}

/// Compares the office's own days with those of the dates: of the clock that the column's header names, else the term's.
fn declared_days(
    evidence: &Evidence,
    case: &Case<'_>,
    days: Decimal,
    working: bool,
    judge: &Judge<'_>,
    findings: &mut Findings,
) {
    let is_same = |a: &Decimal, b: Decimal| (a.mantissa(), a.scale()) == (b.mantissa(), b.scale());
    let far =
        |declared: &Decimal, days: Decimal| !is_same(declared, days) && (declared - days).abs() > Decimal::new(1, 2);
    let Some(declared) = case.declared_days.filter(|declared| far(declared, days)) else { return };
    let Some((mapped, end)) = evidence.table.mapped("declared").zip(case.end) else { return };
    let computed = match working_in(&mapped.header) {
        Some(own) if own != working => less(judge.calendar.days_between(case.start, end, own), case.suspension_days),
        _ => days,
    };
    if !far(&declared, computed) {
        return;
    }
    let place = Place::cell(&evidence.table.file, &evidence.table.sheet, case.row, mapped.col);
    findings.push(
        Finding::new(&DAYS_DIFFER, place)
            .with("declared", number::plain(declared))
            .with("computed", number::plain(computed)),
    );
}

/// Tells suspensions in working days, by their header, beside a term of calendar days.
fn other_clock(log: &Log<'_>, findings: &mut Findings) {
    let Some(mapped) = log.evidence.table.mapped("suspension") else { return };
    let is_suspended = || log.cases.iter().any(|case| !case.suspension_days.is_zero());
    if working_in(&mapped.header) == Some(true) && !log.term.is_none_or(|term| term.working) && is_suspended() {
        let table = &log.evidence.table;
        let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col);
        findings.push(Finding::new(&OTHER_CLOCK, place).with("column", mapped.header.clone()));
    }
}

fn suspended_for_longer(evidence: &Evidence, case: &Case<'_>, taken: Decimal, days: Decimal, findings: &mut Findings) {
    let col = evidence.table.col("suspension").unwrap_or(0);
    let place = Place::cell(&evidence.table.file, &evidence.table.sheet, case.row, col);
    let finding = Finding::new(&SUSPENDED_FOR_LONGER, place).with("suspended", number::plain(case.suspension_days));
    findings.push(finding.with("taken", number::plain(taken)).with("days", number::plain(days)));
}

/// An id where it stands.
type Used<'a> = (&'a Evidence, u32, &'a str);

/// Ids used twice. Where many of them repeat, a log may be there twice or the column tells no cases apart: said once.
fn twice(logs: &[Log<'_>], findings: &mut Findings) {
    // Most logs number their cases one after the other: then no two are the same.
    let ids = || logs.iter().flat_map(|log| log.cases.ids().map(move |(row, id)| (log.evidence, row, id)));
    let ids = || ids().filter_map(|(evidence, row, id)| Some((evidence, row, id?)));
    if ids().map(|(_, _, id)| id).is_sorted_by(|one, next| (one.len(), one) < (next.len(), next)) {
        return;
    }
    let mut known: HashMap<&str, (&Evidence, u32)> = HashMap::new();
    let mut repeated: Vec<Used<'_>> = Vec::new();
    for (evidence, row, id) in ids() {
        match known.entry(id) {
            Entry::Vacant(free) => drop(free.insert((evidence, row))),
            Entry::Occupied(_) => repeated.push((evidence, row, id)),
        }
    }
    if repeated.len() > FEW_REPEATED && repeated.len() * 5 > repeated.len() + known.len() {
        many_repeated(&repeated, findings);
        return;
    }
    for used in repeated {
        let (first, row) = known[used.2];
        let finding = Finding::new(&CASE_TWICE, id_cell(&used)).with("id", used.2).with("row", (row + 1).to_string());
        findings.push(finding.and(id_cell(&(first, row, used.2))));
    }
}

/// So many repeated ids are told one by one, however few there are that do not repeat.
const FEW_REPEATED: usize = 2;
/// So many ids are named in one message.
const NAMED: usize = 10;

fn many_repeated(repeated: &[Used<'_>], findings: &mut Findings) {
    let mut seen = HashSet::new();
    let ids: Vec<&str> = repeated.iter().map(|(_, _, id)| *id).filter(|id| seen.insert(*id)).collect();
    let more = if ids.len() > NAMED { ", …" } else { "" };
    let ids = ids[..ids.len().min(NAMED)].join(", ");
    if let Some(finding) = Finding::over(&IDS_REPEAT, repeated.iter().map(id_cell)) {
        let finding = finding.with("count", repeated.len().to_string());
        findings.push(finding.with("ids", format!("{ids}{more}")));
    }
}

fn id_cell(&(evidence, row, _): &Used<'_>) -> Place {
    let col = evidence.table.col("id").unwrap_or(0);
    Place::cell(&evidence.table.file, &evidence.table.sheet, row, col)
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
