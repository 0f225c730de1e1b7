//! Durations, percentages and amounts: the cells whose column decides how they are read.

use rust_decimal::Decimal;

use super::Content;
use super::codes::*;
use super::{Decision, Found, Read, RowReader, Scale};
use crate::memo::Memo;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Value};
use crate::value::duration::{self, Clock, Measure, Span, Unit};
use crate::value::fold::is_blank;
use crate::value::not_counted::{self, Reason};
use crate::value::number::{self, Nature};
use crate::value::percentage::{self, Percent};

impl<'a> RowReader<'a> {
    /// A duration, share or statement.
    pub fn measure(&mut self, id: &'static str) -> Read<Measure> {
        let found = self.cell(id);
        self.measure_of(id, &found)
    }

    /// The same, of a cell that was looked up.
    pub fn measure_of(&mut self, id: &'static str, found: &Found<'_>) -> Read<Measure> {
        let Some((col, cell)) = *found else { return self.absent(id) };
        if self.unusable(col, &cell) {
            return Read::Unread;
        }
        let mut decision = self.decision(col);
        if decision.units.is_some() {
            let is_bare = match cell.value {
                Value::Number(_) => {
                    let format = self.sheet.format(cell);
                    matches!(format.kind, FormatKind::General | FormatKind::Number) && !format.suffix.contains('%')
                }
                Value::Text(text) => number::scan(&text).is_some(),
                _ => false,
            };
            let Some(with_unit) = self.with_unit(decision, is_bare) else { return Read::Unread };
            decision = with_unit;
        }
        let by_unit = decision.units.is_some() && decision.points;
        let is_fraction = |amount: Decimal| amount > Decimal::ZERO && amount <= Decimal::ONE;
        if let Some(reason) = self.shown_reason(cell) {
            return Read::NotCounted(reason);
        }
        let read = match cell.value {
            Value::Number(stored) => self.stored_measure(col, cell, stored, decision),
            Value::Text(text) => match self.reading_of(col, &text, decision) {
                Ok(reading) => read_measure(&text, decision.clock, reading),
                Err(()) => return Read::Unread,
            },
            _ => Read::Unclear,
        };
        let read = match (read, cell.value) {
            (read, Value::Text(text)) if decision.points => as_share_says(read, &text, decision),
            (read, _) => read,
        };
        match read {
            // A row's own `%` says nothing of the scale of its column.
            Read::Value(Measure::Span(span)) if by_unit && !span.stated && is_fraction(span.amount) => {
                self.report(&DOUBTFUL_FRACTION, col, &[("seen", self.shown(id).into())]);
                Read::Value(Measure::Share(span.amount * Decimal::ONE_HUNDRED))
            }
            Read::Value(Measure::Span(span)) if decision.points && !span.stated => {
                match self.plain_percent(col, span.amount, decision) {
                    Read::Value(share) => Read::Value(Measure::Share(share)),
                    _ => Read::Unread,
                }
            }
            read => read,
        }
    }

    /// The notation of a time or share; where a number of it is written as the column writes no other, that is reported,
    /// and it has decimals, as days and percentages have.
    fn reading_of(&mut self, col: u32, text: &str, decision: Decision) -> Result<Option<number::Reading>, ()> {
        if decision.reading.is_none() && !decision.conflict {
            return Ok(None);
        }
        let is_odd = |number: &number::Scanned| {
            number.ambiguous() && (decision.conflict || is_against_column(number, Nature::Measure, decision.reading))
        };
        match number::numbers_in(text).find(is_odd) {
            Some(odd) => self.undisputed(col, text, &odd, Nature::Measure, decision).map(|_| None).ok_or(()),
            None => Ok(decision.reading),
        }
    }

    /// Why a number is not counted whose format shows that in its place: `0%;-0%;"N.C."` of a nought.
    pub fn shown_reason(&self, cell: Cell<'_>) -> Option<Reason> {
        let is_in_words = matches!(cell.value, Value::Number(_)) && self.sheet.format(cell).code.contains('"');
        let shown = is_in_words.then(|| self.sheet.shown(cell))?;
        let is_number = shown.contains(|letter: char| letter.is_ascii_digit()) || !shown.contains(char::is_alphabetic);
        if is_number { None } else { not_counted::reason(&shown) }
    }

    fn stored_measure(&mut self, col: u32, cell: Cell<'_>, stored: f64, decision: Decision) -> Read<Measure> {
        let format = self.sheet.format(cell);
        let Some(value) = number::from_stored(stored) else { return Read::Unclear };
        match format.kind {
            FormatKind::Percent => Read::Value(Measure::Share(value * Decimal::ONE_HUNDRED)),
            FormatKind::Time => Read::Value(Measure::Span(span(value * Decimal::from(24), Unit::Hours, None, true))),
            FormatKind::Date => {
                let seen = self.sheet.shown(cell);
                self.report(
                    &DATE_IN_DISGUISE,
                    col,
                    &[("seen", seen.into()), ("wanted", wanted(Content::Measure).into())],
                );
                Read::Unread
            }
            _ if value.is_sign_negative() && !value.is_zero() => Read::Unclear,
            // `0"%"` writes the sign beside percent points.
            _ if format.suffix.contains('%') => Read::Value(Measure::Share(value)),
            _ => {
                let stated = duration::format_clock(&format.prefix, &format.suffix);
                let clock = stated.unwrap_or(decision.clock);
                let working = clock.counts_working().or(decision.clock.working);
                let value = value.saturating_mul(Decimal::from(clock.times));
                let (value, unit) = match clock.unit {
                    Unit::Minutes => (value / Decimal::from(60), Unit::Hours),
                    unit => (value, unit),
                };
                Read::Value(Measure::Span(span(value, unit, working, stated.is_some())))
            }
        }
    }

    /// A standard of a bare fraction, in a column where others are percentages: 0.95 beside 95%.
    pub fn doubtful_share(&mut self, id: &'static str, read: &Read<Measure>) -> bool {
        let Read::Value(Measure::Span(span)) = read else { return false };
        // Most give their unit.
        if span.stated || !(span.amount > Decimal::ZERO && span.amount <= Decimal::ONE) {
            return false;
        }
        let Some(col) = self.table.col(id) else { return false };
        let decision = self.decision(col);
        if !decision.has_shares {
            return false;
        }
        // Under `Termine (giorni)`, or beside a bare 30, a bare 1 is a day.
        let days = self.table.mapped(id).is_some_and(|mapped| duration::header_clock(&mapped.header).is_some());
        if days || (decision.has_spans && span.amount == Decimal::ONE) {
            return false;
        }
        let others = number::italian(decision.largest_percent, 2, false);
        self.report(&DOUBTFUL_SCALE, col, &[("seen", self.shown(id).into()), ("others", others.into())]);
        true
    }

    /// A percentage, or the reason why there is none.
    pub fn percent(&mut self, id: &'static str) -> Read<Decimal> {
        let found = self.cell(id);
        self.percent_of(id, &found)
    }

    fn percent_of(&mut self, id: &'static str, found: &Found<'_>) -> Read<Decimal> {
        let Some((col, cell)) = *found else { return self.absent(id) };
        if self.unusable(col, &cell) {
            return Read::Unread;
        }
        let decision = self.decision(col);
        if let Some(reason) = self.shown_reason(cell) {
            return Read::NotCounted(reason);
        }
        match cell.value {
            Value::Number(stored) => {
                let Some(value) = number::from_stored(stored) else { return Read::Unclear };
                match self.sheet.format(cell).kind {
                    FormatKind::Percent => Read::Value(value * Decimal::ONE_HUNDRED),
                    FormatKind::Date => {
                        let seen = self.sheet.shown(cell);
                        let wanted = wanted(Content::Percent);
                        self.report(&DATE_IN_DISGUISE, col, &[("seen", seen.into()), ("wanted", wanted.into())]);
                        Read::Unread
                    }
                    _ if self.sheet.format(cell).suffix.contains('%') => Read::Value(value),
                    _ if decision.no_share => Read::Unclear,
                    _ => self.plain_percent(col, value, decision),
                }
            }
            Value::Text(text) => self.text_percent(col, &text, decision),
            _ => Read::Unclear,
        }
    }

    fn text_percent(&mut self, col: u32, text: &str, decision: Decision) -> Read<Decimal> {
        if is_blank(text) {
            return Read::Empty;
        }
        if let Some(reason) = not_counted::reason(text) {
            return Read::NotCounted(reason);
        }
        match percentage::scan_result(text) {
            Some(Percent::Score { signed: false, .. }) if decision.no_share => Read::Unclear,
            Some(Percent::Score { number, signed, .. }) => {
                let Some(value) = self.undisputed(col, text, &number, Nature::Measure, decision) else {
                    return Read::Unread;
                };
                if signed { Read::Value(value) } else { self.plain_percent(col, value, decision) }
            }
            Some(Percent::Report) | None => Read::Unclear,
        }
    }

    fn plain_percent(&mut self, col: u32, value: Decimal, decision: Decision) -> Read<Decimal> {
        if decision.scale == Scale::Fractions {
            return Read::Value(value * Decimal::ONE_HUNDRED);
        }
        // Most are more than one, or nothing.
        if value.is_zero() || value > Decimal::ONE {
            return Read::Value(value);
        }
        let fraction = value > Decimal::ZERO && value < Decimal::ONE && decision.largest_percent > Decimal::ONE;
        // 1 beside 98 and 100% is more likely the whole than a hundredth.
        let whole = value == Decimal::ONE && decision.largest_percent > Decimal::TEN;
        if fraction || whole {
            let others = number::italian(decision.largest_percent, 2, false);
            self.report(
                &DOUBTFUL_SCALE,
                col,
                &[("seen", number::plain(value).replace('.', ",").into()), ("others", others.into())],
            );
            return Read::Unread;
        }
        Read::Value(value)
    }

    /// A percentage with its sign, when the cell holds just that; nothing is reported.
    pub fn signed_percent(&mut self, id: &'static str) -> Option<Decimal> {
        let (col, cell) = self.cell(id)?;
        match cell.value {
            Value::Number(stored) => {
                let value = number::from_stored(stored)?;
                Some(if self.sheet.format(cell).kind == FormatKind::Percent {
                    value * Decimal::ONE_HUNDRED
                } else {
                    value
                })
            }
            Value::Text(text) => {
                let scanned = number::scan(text.trim().trim_end_matches('%').trim())?;
                Some(scanned.read(Nature::Measure, self.decision(col).reading))
            }
            _ => None,
        }
    }

    /// A percentage that scores something: above 100 it is pointed out, below 0 it is a report and no score.
    pub fn score(&mut self, id: &'static str) -> Read<Decimal> {
        let found = self.cell(id);
        self.score_of(id, &found)
    }

    /// The same, of a cell that was looked up.
    pub fn score_of(&mut self, id: &'static str, found: &Found<'_>) -> Read<Decimal> {
        let read = self.percent_of(id, found);
        let Read::Value(value) = &read else { return read };
        if value.is_sign_negative() && !value.is_zero() {
            return Read::Unclear;
        }
        if *value > Decimal::ONE_HUNDRED {
            let seen = format!("{}%", number::plain(*value).replace('.', ","));
            if let Some(col) = self.table.col(id) {
                self.report(&ABOVE_HUNDRED, col, &[("seen", seen.into())]);
            }
        }
        read
    }

    /// Points out a share above 100.
    pub fn above_hundred(&mut self, id: &str, read: &Read<Measure>) {
        if let Read::Value(Measure::Share(share)) = read
            && *share > Decimal::ONE_HUNDRED
            && let Some(col) = self.table.col(id)
        {
            let seen = format!("{}%", number::plain(*share).replace('.', ","));
            self.report(&ABOVE_HUNDRED, col, &[("seen", seen.into())]);
        }
    }

    /// Money, or a plain number, by the nature of its column.
    pub fn amount(&mut self, id: &'static str, nature: Nature) -> Read<Decimal> {
        let Some(col) = self.table.col(id) else { return Read::Empty };
        self.amount_at(col, nature)
    }

    /// Money that cannot well be below zero: it is pointed out.
    pub fn positive_at(&mut self, col: u32) -> Read<Decimal> {
        let read = self.amount_at(col, Nature::Amount);
        if let Read::Value(value) = &read
            && *value < Decimal::ZERO
        {
            let seen = number::italian(*value, 2, true);
            self.report(&BELOW_ZERO, col, &[("seen", seen.into())]);
        }
        read
    }

    /// Money or a plain number in a 0-based column.
    pub fn amount_at(&mut self, col: u32, nature: Nature) -> Read<Decimal> {
        let Some(cell) = self.sheet.cell_of(self.stored, col) else { return Read::Empty };
        if self.unusable(col, &cell) {
            return Read::Unread;
        }
        if let Some(reason) = self.shown_reason(cell) {
            return Read::NotCounted(reason);
        }
        let decision = self.decision(col);
        match cell.value {
            Value::Number(_) if self.sheet.format(cell).kind == FormatKind::Date => {
                let seen = self.sheet.shown(cell);
                self.report(
                    &DATE_IN_DISGUISE,
                    col,
                    &[("seen", seen.into()), ("wanted", wanted(Content::Amount).into())],
                );
                Read::Unread
            }
            // 0,244 shown as 24,4% is a share of something, as the text would be.
            Value::Number(_) if nature == Nature::Amount && self.sheet.format(cell).kind == FormatKind::Percent => {
                Read::Unclear
            }
            Value::Number(stored) => number::from_stored(stored).map_or(Read::Unclear, Read::Value),
            Value::Text(text) if is_blank(&text) => Read::Empty,
            Value::Text(text) if number::is_accounting_zero(&text) => Read::Value(Decimal::ZERO),
            Value::Text(text) => match number::scan(&text) {
                Some(scanned) => {
                    self.undisputed(col, &text, &scanned, nature, decision).map_or(Read::Unread, Read::Value)
                }
                None => not_counted::reason(&text).map_or(Read::Unclear, Read::NotCounted),
            },
            _ => Read::Unclear,
        }
    }

    /// The number of a text under its column's notation; reported when the column shows both.
    fn undisputed(
        &mut self,
        col: u32,
        text: &str,
        scanned: &number::Scanned,
        nature: Nature,
        decision: Decision,
    ) -> Option<Decimal> {
        let is_odd = is_against_column(scanned, nature, decision.reading);
        if scanned.ambiguous() && (decision.conflict || is_odd) {
            let (first, second) = (number::plain(scanned.as_decimal), number::plain(scanned.as_grouped));
            let words = [("seen", text.into()), ("first", first.replace('.', ",").into()), ("second", second.into())];
            self.report(&BOTH_NOTATIONS, col, &words);
            // What such columns hold decides where the other texts are all in the other notation.
            return is_odd.then(|| scanned.read(nature, None)).filter(|_| !decision.conflict);
        }
        Some(scanned.read(nature, decision.reading))
    }
}

/// Whether what the other texts of a column show makes another number of a text than what such columns hold does: days
/// have decimals, `3.125` beside `3,5` would be three thousand.
fn is_against_column(number: &number::Scanned, nature: Nature, reading: Option<number::Reading>) -> bool {
    number.ambiguous() && number.read(nature, None) != number.read(nature, reading)
}

/// What a text says under a column's clock and notation.
fn read_measure(text: &str, clock: Clock, reading: Option<number::Reading>) -> Read<Measure> {
    thread_local!(static KNOWN: Memo<Read<Measure>> = const { Memo::new() });
    let working = clock.working.map_or(0, |working| u32::from(working) + 1);
    let asked =
        clock.times << 6 | working << 4 | (clock.unit as u32) << 2 | reading.map_or(0, |reading| reading as u32 + 1);
    KNOWN.with(|known| known.get(text, asked, || measure_in(text, clock, reading)))
}

fn measure_in(text: &str, clock: Clock, reading: Option<number::Reading>) -> Read<Measure> {
    if is_blank(text) {
        return Read::Empty;
    }
    if let Some(reason) = not_counted::reason(text) {
        return Read::NotCounted(reason);
    }
    match duration::parse(text, clock, reading) {
        // The header speaks for texts that do not say which days they mean.
        Some(Measure::Span(mut span)) if span.working.is_none() => {
            span.working = clock.counts_working();
            Read::Value(Measure::Span(span))
        }
        Some(measure) => Read::Value(measure),
        None => Read::Unclear,
    }
}

/// What a bare text says where its unit is `%`: `≥95` as `≥95%`, while `≤5` is no more a share than `≤5%`.
fn as_share_says(read: Read<Measure>, text: &str, decision: Decision) -> Read<Measure> {
    match read {
        Read::Value(Measure::Span(span)) if !span.stated && duration::is_limited(text) => Read::Unclear,
        Read::Unclear if !text.contains('%') => {
            match duration::parse(&format!("{text}%"), decision.clock, decision.reading) {
                Some(Measure::Share(share)) => Read::Value(Measure::Span(span(share, Unit::Days, None, false))),
                _ => Read::Unclear,
            }
        }
        read => read,
    }
}

fn span(amount: Decimal, unit: Unit, working: Option<bool>, stated: bool) -> Span {
    Span { amount, unit, working, stated, more: None }
}
