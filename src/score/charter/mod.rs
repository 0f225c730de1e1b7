//! Standards: measured against planned, deviation, score; the totals of Allegato 1.

mod codes;
mod compare;
mod direction;
mod row;
mod said;
mod sums;

use super::{Charter, Rule, Source, Status};
use crate::finding::{Code, Finding, Findings, Text, Word};
use crate::kinds::charter::{Record, says_unit};
use crate::kinds::reader::{Origin, Read};
use crate::memo::Memo;
use crate::parse::across::Joined;
use crate::place::Place;
use crate::settings::{Respect, Settings};
use crate::value::duration::{Measure, Span, Unit};
use crate::value::not_counted::{self, Reason};
use crate::value::number;
pub use codes::*;
use compare::compare;
use rayon::prelude::*;
pub use row::CharterRow;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::num::NonZeroU64;
use std::sync::Mutex;
use sums::Sums;

/// Scores all standards and adds them up. `evidence` gives the measured mean of standards that evidence proves.
pub fn score(rows: Vec<Joined<Box<Record>>>, settings: &Settings, findings: &mut Findings) -> Charter {
    // Of most there is nothing to say.
    let said: Mutex<Vec<(usize, Findings)>> = Mutex::default();
    let score_row = |(at, row)| {
        let mut own = Findings::default();
        let scored = score_row(row, settings.respect, &mut own);
        if !own.is_empty() {
            said.lock().expect("whole").push((at, own));
        }
        (whole_numbers(&scored.record().code), scored)
    };
    let mut numbered: Vec<(Option<NonZeroU64>, Box<CharterRow>)> =
        rows.into_par_iter().enumerate().map(score_row).collect();
    let mut said = said.into_inner().expect("whole");
    said.sort_unstable_by_key(|(at, _)| *at);
    said.into_iter().for_each(|(_, own)| findings.append(own));
    numbered.par_sort_by(|(one, row), (other, below)| match (one, other) {
        (Some(one), Some(other)) => one.cmp(other),
        _ => by_numbers(&row.record().code, &below.record().code),
    });
    let rows: Vec<Box<CharterRow>> = numbered.into_iter().map(|(_, row)| row).collect();
    let sums = Sums::of(&rows);
    Charter {
        rows,
        counted: sums.counted,
        not_counted: sums.not_counted,
        incomplete: sums.incomplete,
        total: sums.scores,
        percent: mean_of(sums.scores, sums.counted as usize),
        mean_deviation_percent: mean_of(sums.deviations, sums.deviating as usize),
    }
}

/// Exact sum over count; none over nothing.
pub fn mean_of(sum: Decimal, count: usize) -> Option<Decimal> {
    (count > 0).then(|| sum / Decimal::from(count))
}

/// `3.10` after `3.9`: codes in the order of their numbers, rows without one last.
fn by_numbers(one: &str, other: &str) -> Ordering {
    fn parts(code: &str) -> impl Iterator<Item = (u32, &[u8])> {
        code.as_bytes().split(|byte| *byte == b'.').map(|part| {
            let digits = part.iter().take_while(|byte| byte.is_ascii_digit());
            let number =
                digits.fold(0, |number: u32, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')));
            (if part.first().is_some_and(u8::is_ascii_digit) { number } else { u32::MAX }, part)
        })
    }
    // Most codes begin alike; the part in which they begin to differ decides.
    let alike = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let from = one.as_bytes()[..alike].iter().rposition(|byte| *byte == b'.').map_or(0, |dot| dot + 1);
    one.is_empty().cmp(&other.is_empty()).then_with(|| parts(&one[from..]).cmp(parts(&other[from..])))
}

/// A code of up to four small numbers, `3.10.1`, as one number in the order of [`by_numbers`].
fn whole_numbers(code: &str) -> Option<NonZeroU64> {
    let (mut whole, mut room) = (0, 4);
    let (mut number, mut digits) = (0, 0);
    for byte in code.bytes().chain([b'.']) {
        match byte {
            b'0'..=b'9' if digits < 4 && (digits == 0 || number > 0) => {
                (number, digits) = (10 * number + u64::from(byte - b'0'), digits + 1);
            }
            b'.' if digits > 0 && room > 0 => {
                room -= 1;
                // A code that goes on stands behind the one that ends.
                whole |= (1 + number) << (16 * room);
                (number, digits) = (0, 0);
            }
            _ => return None,
        }
    }
    NonZeroU64::new(whole)
}

fn score_row(standard: Joined<Box<Record>>, respect: Respect, findings: &mut Findings) -> Box<CharterRow> {
    let mut scored = Scored::default();
    outcome(&standard.record, respect, &mut scored, findings);
    reminder(&standard.record, findings);
    let Scored { score, deviation_percent, status, rule } = scored;
    Box::new(CharterRow { standard, deviation_percent, score, status, rule })
}

/// What a standard's values come to.
#[derive(Default)]
struct Scored {
    score: Option<Decimal>,
    deviation_percent: Option<Decimal>,
    status: Status,
    rule: Rule,
}

/// The score of a measured value beside a planned one; none when they cannot be compared.
pub fn score_of(planned: &Measure, measured: &Measure, respect: Respect) -> Option<Decimal> {
    let untold = |code, _: &str| Finding::new(code, Place::file(&"".into()));
    compare(planned, measured, respect, &untold, &mut Findings::default()).map(|compared| compared.score)
}

fn outcome(record: &Record, respect: Respect, scored: &mut Scored, findings: &mut Findings) {
    let place = |id: &str| record.origin.place(id);
    let finding = |code, id: &str| {
        Finding::new(code, place(id))
            .with("planned", quoted(&record.planned_text))
            .with("measured", quoted(&record.measured_text))
    };
    let not_counted = match (&record.measured, &record.declared) {
        (Read::NotCounted(_), declared) => {
            if let Read::Value(declared) = declared {
                let counts = Text::new("conta N.C.", "N.C. counts");
                findings.push(
                    finding(&NOT_COUNTED_CONTRADICTED, "declared")
                        .with("declared", shown(*declared))
                        .with("counts", counts),
                );
            }
            true
        }
        (Read::Empty, Read::NotCounted(_)) => true,
        _ => false,
    };
    if not_counted {
        (scored.status, scored.rule) = (Status::NotCounted, Rule::NotCounted);
        return;
    }
    if let (Read::Value(planned), Read::Value(measured)) = (&record.planned, &record.measured) {
        let told = findings.len();
        if may_be_shares(planned, measured) && !says_unit(&record.origin.table) {
            findings.push(finding(&LOOKS_LIKE_SHARES, "measured"));
        }
        if is_zero(measured) && not_counted::reason(&record.notes) == Some(Reason::NoCases) {
            let notes = &record.notes;
            let said = Word::Both(format!("le note dicono «{notes}»"), format!("the notes say \"{notes}\""));
            findings.push(finding(&ZERO_WITHOUT_CASES, "measured").with("said", said));
        }
        if let Some(compared) = compare(planned, measured, respect, &finding, findings) {
            (scored.score, scored.deviation_percent) = (Some(compared.score), compared.deviation);
            (scored.status, scored.rule) = (Status::Counted, compared.rule);
            if let Some(read) = direction::doubt(record, planned, measured) {
                let seen = if record.indicator.is_empty() { &record.process } else { &record.indicator };
                findings.push(
                    finding(&direction::DIRECTION_IN_DOUBT, "measured").with("seen", seen.clone()).with("read", read),
                );
            }
            after_comparison(record, scored, &finding, findings);
            return;
        }
        if findings.len() > told && !matches!(record.declared, Read::Value(_)) {
            (scored.status, scored.rule) = (Status::Incomplete, Rule::None);
            return;
        }
    }
    match &record.declared {
        Read::Value(declared) => {
            findings.push(finding(&DECLARED_COUNTS, "measured").with("declared", shown(*declared)));
            (scored.score, scored.status, scored.rule) = (Some(*declared), Status::Counted, Rule::Declared);
        }
        Read::NotCounted(_) => {
            findings.push(
                finding(&NOT_COUNTED_CONTRADICTED, "measured")
                    .with("declared", "N.C.")
                    .with("counts", Text::new("conta N.C.", "N.C. counts")),
            );
            (scored.status, scored.rule) = (Status::NotCounted, Rule::NotCounted);
        }
        _ => {
            // A cell that could not be read has said so already.
            if !matches!(record.planned, Read::Unread) && !matches!(record.measured, Read::Unread) {
                let at = if matches!(record.planned, Read::Empty) && !matches!(record.measured, Read::Empty) {
                    "planned"
                } else {
                    "measured"
                };
                findings.push(finding(&ROW_INCOMPLETE, at));
            }
            (scored.status, scored.rule) = (Status::Incomplete, Rule::None);
        }
    }
}

/// Whether a measured value is nought.
fn is_zero(measure: &Measure) -> bool {
    match measure {
        Measure::Share(share) => share.is_zero(),
        Measure::Span(span) => span.amount.is_zero(),
        _ => false,
    }
}

/// Bare numbers up to 1, where no standard of days is a part of one.
fn may_be_shares(planned: &Measure, measured: &Measure) -> bool {
    let (Measure::Span(planned), Measure::Span(measured)) = (planned, measured) else { return false };
    let is_bare = |span: &Span| !span.stated && span.unit == Unit::Days && span.amount <= Decimal::ONE;
    is_bare(planned) && is_bare(measured) && !planned.amount.fract().is_zero()
}

fn after_comparison(
    record: &Record,
    scored: &Scored,
    finding: &dyn Fn(&'static Code, &str) -> Finding,
    findings: &mut Findings,
) {
    let score = scored.score.unwrap_or_default();
    match &record.declared {
        Read::Value(declared) if (declared - score).abs() > Decimal::new(1, 2) && !is_share_of_cases(record) => {
            findings.push(
                finding(&DECLARED_DIFFERS, "declared")
                    .with("declared", shown(*declared))
                    .with("computed", shown(score)),
            );
        }
        Read::NotCounted(_) => {
            let counts = Text::new("conta il valore rilevato", "the measured value counts");
            findings
                .push(finding(&NOT_COUNTED_CONTRADICTED, "declared").with("declared", "N.C.").with("counts", counts));
        }
        _ => {}
    }
    if score < Decimal::ONE_HUNDRED
        && !record.notes.contains(char::is_alphanumeric)
        && let Some(deviation) = match scored.deviation_percent {
            // Words have none of their own.
            None => Some(Decimal::ONE_HUNDRED - score),
            deviation => deviation.filter(|deviation| !deviation.is_zero()),
        }
    {
        findings.push(finding(&NO_REASON, "measured").with("deviation", shown(deviation)));
    }
}

/// Whether the declared column holds the share of the cases within their term, which is no score of their mean:
/// `% rispetto termini`.
fn is_share_of_cases(record: &Record) -> bool {
    record.origin.table.mapped("declared").is_some_and(|mapped| {
        let words = crate::value::fold::words(&mapped.header);
        let has = |stem: &str| words.iter().any(|word| word.starts_with(stem));
        (mapped.header.contains('%') || has("perc")) && has("rispett")
    })
}

/// A value between its marks, or that there is none.
fn quoted(text: &str) -> Word {
    if text.is_empty() { Word::Text(Text::new("vuoto", "empty")) } else { Word::Same(format!("«{text}»")) }
}

fn shown(value: Decimal) -> String {
    number::italian(number::round2(value), 2, false)
}

fn days(read: &Read<Measure>) -> Option<Decimal> {
    match read {
        Read::Value(Measure::Span(span)) => Some(span.days()),
        _ => None,
    }
}

/// `da verificare in ufficio..`: a note to oneself that would be published.
fn reminder(record: &Record, findings: &mut Findings) {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    if !record.notes.is_empty() && KNOWN.with(|known| known.get(&record.notes, 0, || is_reminder(&record.notes))) {
        findings.push(Finding::new(&REMINDER, record.origin.place("notes")).with("seen", record.notes.clone()));
    }
}

fn is_reminder(notes: &str) -> bool {
    let folded = crate::value::fold::fold(notes);
    let marks = [
        "da verificare",
        "da controllare",
        "da confermare",
        "da completare",
        "verificare con",
        "chiedere a",
        "da rivedere",
        "provvisorio",
        "???",
        "da aggiornare",
        "in attesa di",
    ];
    marks.iter().any(|mark| folded.contains(mark))
}

/// Where a record stands, the column that counts most named.
pub fn sources<'a>(origins: impl Iterator<Item = &'a Origin>, column: &str) -> Vec<Source> {
    let source = |origin: &Origin| {
        let Place { file, sheet, cell } = origin.place(column);
        let sheet = sheet.unwrap_or_else(|| origin.table.sheet.clone());
        Source { file, sheet, row: origin.row, col: cell.map_or(0, |cell| cell.col) }
    };
    origins.map(source).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_go_by_their_numbers() {
        let order = ["3.1", "3.2", "3.10", "3.10.1", "3a", "3a.2", "3b.1", "4", "10", "A.1", ""];
        let mut codes = order;
        codes.sort_unstable();
        codes.sort_by(|one, other| super::by_numbers(one, other));
        assert_eq!(codes, order);
        let whole = |code: &&str| super::whole_numbers(code);
        assert!(order.iter().filter_map(whole).is_sorted_by(|one, other| one < other));
        assert!(["", "3a", "A.1", "03", "3.", "1.2.3.4.5", "10000"].iter().all(|code| whole(code).is_none()));
        assert_eq!(order.iter().filter_map(whole).count(), 6);
    }
}
