//! Many cases, kept small: a log has hundreds of thousands.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::kinds::evidence::Case;
use crate::kinds::fields::List;
use crate::sheet::CellText;
use crate::value::fold::trim;

/// Cases in their order: parts as they were read, which are not moved again.
#[derive(Debug, Clone, Default)]
pub struct Cases {
    parts: Vec<Part>,
}

/// Cases that were read together.
#[derive(Debug, Clone, Default)]
pub struct Part {
    kept: Vec<Kept>,
    /// Their ids, one behind the other.
    ids: String,
    /// When they are due, where the sheet says so of one: of the first ones up to the last of which it does.
    due: Vec<Option<Date>>,
    /// Numbers with more digits than [`Short`] has room for.
    long: Vec<Decimal>,
}

/// One of them.
#[derive(Debug, Clone)]
struct Kept {
    /// Where its id ends, which begins where that of the case before it ends.
    id_end: u32,
    /// None of a case that is not counted.
    suspension_days: Short,
    amount_eur: Short,
    declared_days: Short,
    row: u32,
    start: Date,
    end: Option<Date>,
}

/// One of them, as it is kept.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    part: &'a Part,
    at: usize,
}

/// A case as most are: ended without a suspension, its numbers whole or with two decimals at most.
pub struct Whole {
    /// Start.
    pub start: Date,
    /// End.
    pub end: Date,
    /// Due date, when the sheet has one.
    pub due: Option<Date>,
    /// Amount in hundredths of a euro.
    pub amount_hundredths: Option<i64>,
    /// Days the office declared.
    pub declared_days: Option<i32>,
}

/// A case of few digits, to be kept as it is.
pub struct Bare<'a> {
    /// 0-based row.
    pub row: u32,
    /// Case id; none when the sheet has none.
    pub id: Option<CellText<'a>>,
    /// Start.
    pub start: Date,
    /// End; none while the case is open.
    pub end: Option<Date>,
    /// Due date, when the sheet has one.
    pub due: Option<Date>,
    /// Days of suspension.
    pub suspension_days: Short,
    /// Amount in euro.
    pub amount_eur: Short,
    /// Days the office declared.
    pub declared_days: Short,
}

/// A number, or none: its digits, and in the last bits how many of them are decimals, or what else it is.
#[derive(Debug, Clone, Copy)]
pub struct Short(i32);

/// Bits that tell what a [`Short`] is.
const BITS: u32 = 6;
/// It is none.
const NONE: i32 = 63;
/// It is the place of a number among the long ones.
const LONG: i32 = 62;

impl Cases {
    /// No case yet, with room for some.
    pub fn with_room(room: usize) -> Self {
        Self { parts: vec![Part { kept: Vec::with_capacity(room), ..Part::default() }] }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Part::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Case<'_>> {
        self.parts.iter().flat_map(Part::iter)
    }

    /// Gives back the room that no case takes.
    pub fn shrink(&mut self) {
        self.parts.iter_mut().for_each(|part| part.ids.shrink_to_fit());
    }

    /// The parts they were read in.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The row of each, and its id when it has one.
    pub fn ids(&self) -> impl Iterator<Item = (u32, Option<&str>)> {
        self.parts.iter().flat_map(Part::ids)
    }

    /// Adds a case.
    pub fn push(&mut self, case: Case<'_>) {
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        self.parts.last_mut().expect("one was just pushed").push(case);
    }

    /// Adds a case as it is kept.
    #[inline]
    pub fn push_bare(&mut self, case: &Bare<'_>) {
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        let part = self.parts.last_mut().expect("one was just pushed");
        part.ids.push_str(case.id.as_deref().map_or("", trim));
        part.kept.push(Kept {
            id_end: part.ids.len() as u32,
            suspension_days: case.suspension_days,
            amount_eur: case.amount_eur,
            declared_days: case.declared_days,
            row: case.row,
            start: case.start,
            end: case.end,
        });
        part.add_due(case.due);
    }

    /// The case that was added last.
    pub fn last(&self) -> Option<Case<'_>> {
        let part = self.parts.last()?;
        Some(Entry { part, at: part.kept.len().checked_sub(1)? }.case())
    }

    /// Adds all of another list.
    pub fn append(&mut self, other: Self) {
        self.parts.extend(other.parts.into_iter().filter(|part| !part.kept.is_empty()));
    }
}

impl Part {
    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Case<'_>> {
        self.entries().map(Entry::case)
    }

    /// All of them, as they are kept.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.kept.len()).map(|at| Entry { part: self, at })
    }

    fn ids(&self) -> impl Iterator<Item = (u32, Option<&str>)> {
        let mut start = 0;
        self.kept.iter().map(move |kept| {
            let id = &self.ids[start..kept.id_end as usize];
            start = kept.id_end as usize;
            (kept.row, (!id.is_empty()).then_some(id))
        })
    }

    fn push(&mut self, case: Case<'_>) {
        self.ids.push_str(case.id.as_deref().unwrap_or_default());
        let kept = Kept {
            id_end: self.ids.len() as u32,
            suspension_days: self.short((!case.not_counted).then_some(case.suspension_days)),
            amount_eur: self.short(case.amount_eur),
            declared_days: self.short(case.declared_days),
            row: case.row,
            start: case.start,
            end: case.end,
        };
        self.kept.push(kept);
        self.add_due(case.due);
    }

    /// Says when the last case is due.
    #[inline]
    fn add_due(&mut self, due: Option<Date>) {
        if due.is_some() {
            self.due.resize(self.kept.len() - 1, None);
            self.due.push(due);
        }
    }

    fn short(&mut self, number: Option<Decimal>) -> Short {
        let Some(number) = number else { return Short(NONE) };
        let digits = i32::try_from(number.mantissa()).ok().and_then(|digits| digits.checked_mul(1 << BITS));
        match digits {
            // A zero below zero has no digits that say so.
            Some(digits) if digits != 0 || number.is_sign_positive() => Short(digits | number.scale() as i32),
            _ => {
                self.long.push(number);
                Short((self.long.len() as i32 - 1) << BITS | LONG)
            }
        }
    }

    fn number(&self, short: Short) -> Option<Decimal> {
        let digits = short.0 >> BITS;
        match short.0 & ((1 << BITS) - 1) {
            NONE => None,
            LONG => self.long.get(digits as usize).copied(),
            scale => Some(Decimal::new(i64::from(digits), scale as u32)),
        }
    }
}

impl<'a> Entry<'a> {
    /// The case.
    pub fn case(self) -> Case<'a> {
        let Self { part, at } = self;
        let kept = &part.kept[at];
        let id_start = at.checked_sub(1).map_or(0, |before| part.kept[before].id_end);
        let id = &part.ids[id_start as usize..kept.id_end as usize];
        Case {
            row: kept.row,
            id: (!id.is_empty()).then_some(Cow::Borrowed(id)),
            start: kept.start,
            end: kept.end,
            due: part.due.get(at).copied().flatten(),
            suspension_days: part.number(kept.suspension_days).unwrap_or_default(),
            amount_eur: part.number(kept.amount_eur),
            declared_days: part.number(kept.declared_days),
            not_counted: kept.suspension_days.0 == NONE,
        }
    }

    /// The same, when it is as most are.
    #[inline]
    pub fn whole(self) -> Option<Whole> {
        let Kept { start, end, suspension_days, amount_eur, declared_days, .. } = self.part.kept[self.at];
        let due = self.part.due.get(self.at).copied().flatten();
        if suspension_days.hundredths()? != Some(0) {
            return None;
        }
        let declared_days = match declared_days.hundredths()? {
            Some(hundredths) if hundredths % 100 != 0 => return None,
            days => days.map(|hundredths| (hundredths / 100) as i32),
        };
        Some(Whole { start, end: end?, due, amount_hundredths: amount_eur.hundredths()?, declared_days })
    }
}

impl Short {
    /// No number.
    pub const NONE: Self = Self(NONE);
    /// Nought.
    pub const ZERO: Self = Self(0);

    /// A number of so many digits and decimals, when there is room for it.
    #[inline]
    pub fn of(digits: i64, decimals: u32) -> Option<Self> {
        let digits = i32::try_from(digits).ok()?.checked_mul(1 << BITS)?;
        (decimals < LONG as u32).then_some(Self(digits | decimals as i32))
    }

    /// Whether it is nought; none is not.
    pub fn is_zero(self) -> bool {
        self.0 >> BITS == 0 && !matches!(self.0, NONE | LONG)
    }

    /// Whether it is below nought.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The number, or none, in hundredths; of others nothing is said.
    #[inline]
    fn hundredths(self) -> Option<Option<i64>> {
        let digits = i64::from(self.0 >> BITS);
        match self.0 & ((1 << BITS) - 1) {
            0 => Some(Some(digits * 100)),
            1 => Some(Some(digits * 10)),
            2 => Some(Some(digits)),
            NONE => Some(None),
            _ => None,
        }
    }
}

impl List<Case<'static>> for Cases {
    fn each(&mut self, look: &mut dyn FnMut(&mut Case<'static>)) {
        self.iter().for_each(|case| look(&mut case.into_owned()));
    }

    fn add(&mut self, case: Case<'static>) {
        self.push(case);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_and_date_comes_back_as_it_was() {
        let numbers = [
            "0",
            "0.00",
            "-0",
            "12.50",
            "-3",
            "335544.31",
            "335544.32",
            "-335544.32",
            "-335544.33",
            "1e-28",
            "7922816251426433759354395033.5",
        ];
        let numbers =
            numbers.map(|text| Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).unwrap());
        let day = Date::MIN;
        let mut cases = Cases::default();
        for (row, number) in (0..).zip(numbers) {
            let (some, end) = (Some(number), (row % 2 == 0).then_some(day));
            let id = end.map(|_| "a".into());
            let case = Case {
                row,
                id,
                start: day,
                end,
                due: end,
                suspension_days: number,
                amount_eur: some,
                declared_days: None,
                not_counted: false,
            };
            cases.push(case);
        }
        let mut twice = cases.clone();
        twice.append(cases);
        assert_eq!(twice.len(), 2 * numbers.len());
        for (case, number) in twice.iter().zip(numbers.into_iter().cycle()) {
            let told = |number: Decimal| (number.mantissa(), number.scale(), number.is_sign_negative());
            assert_eq!(told(case.suspension_days), told(number));
            assert_eq!(case.amount_eur.map(told), Some(told(number)));
            let end = (case.row % 2 == 0).then_some(day);
            assert_eq!(
                (case.declared_days, case.start, case.end, case.due, case.id.is_some()),
                (None, day, end, end, end.is_some())
            );
        }
    }
}
