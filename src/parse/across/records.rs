//! What tells records of each kind apart, and what they are compared by.

use super::Record;
use crate::kinds::reader::{Origin, Read};
use crate::kinds::{charter, objectives, procedures, resources, staff_costs, targets};
use crate::value::duration::{Measure, Unit};
use crate::value::fold::{add_words, spaced_words, words};
use rust_decimal::Decimal;

/// The words of several texts, a blank behind each word, a sign that no text holds behind each text.
fn key(parts: &[&str]) -> String {
    let mut key = String::with_capacity(parts.iter().map(|part| part.len() + 2).sum());
    for part in parts {
        add_words(part, &mut key);
        key.push('\u{1f}');
    }
    key
}

/// The letters of words, all small; nought for what stands between words.
static LETTERS: [u8; 256] = {
    let (mut letters, mut byte) = ([0; 256], 0u8);
    loop {
        if !byte.is_ascii() || byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        if byte == u8::MAX {
            break letters;
        }
        byte += 1;
    }
};

/// A hash of the letters of what [`key`] gives of the same texts, most of which need not be spelt for it; where words end
/// makes no difference, as who finds a record by it looks whether it is the one.
fn key_hash(parts: &[&str]) -> u64 {
    let add = |hash: u64, letter: u8| (hash.rotate_left(23) ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let add_letter = |hash, byte: u8| match LETTERS[usize::from(byte)] {
        0 => hash,
        letter => add(hash, letter),
    };
    parts.iter().fold(0, |hash, part| {
        let letters = |text: &str| text.bytes().fold(hash, add_letter);
        add(if part.is_ascii() { letters(part) } else { letters(&spaced_words(part)) }, 0x1f)
    })
}

fn read<T>(read: &Read<T>, show: impl Fn(&T) -> String) -> String {
    match read {
        Read::Value(value) => show(value),
        Read::NotCounted(_) => "n.c.".to_owned(),
        Read::Empty => String::new(),
        Read::Unclear | Read::Unread => "?".to_owned(),
    }
}

fn decimal(value: &Decimal) -> String {
    crate::value::number::plain(*value)
}

/// A measure as compared: amount and unit; which days they are is a matter of the header.
fn measure(value: &Measure) -> String {
    match value {
        Measure::Span(span) if span.amount.is_zero() => "0".to_owned(),
        Measure::Span(span) => format!("{} {}", decimal(&span.amount), if span.unit == Unit::Days { "d" } else { "h" }),
        Measure::Share(share) => format!("{}%", decimal(share)),
        Measure::Always => "always".to_owned(),
        Measure::Within => "within".to_owned(),
        Measure::Beyond => "beyond".to_owned(),
    }
}

/// What a standard plans, as compared.
pub(super) fn planned(record: &charter::Record) -> String {
    read(&record.planned, measure)
}

impl Record for Box<charter::Record> {
    fn key(&self) -> Option<String> {
        let key = key(&[&self.code, &self.process]);
        (!self.process.is_empty() || !self.code.is_empty()).then_some(key)
    }
    fn key_hash(&self) -> Option<u64> {
        (!self.process.is_empty() || !self.code.is_empty()).then(|| key_hash(&[&self.code, &self.process]))
    }
    fn values(&self) -> String {
        [read(&self.planned, measure), read(&self.measured, measure), read(&self.declared, decimal)].join("|")
    }
    fn name(&self) -> String {
        [self.code.as_str(), self.process.as_str()]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    }
    fn column(&self, other: &Self) -> &'static str {
        if read(&self.measured, measure) != read(&other.measured, measure) {
            "measured"
        } else if read(&self.planned, measure) != read(&other.planned, measure) {
            "planned"
        } else if read(&self.declared, decimal) != read(&other.declared, decimal) {
            "declared"
        } else {
            "process"
        }
    }
    fn shown(&self, column: &str) -> String {
        match column {
            "measured" => self.measured_text.to_string(),
            "planned" => self.planned_text.to_string(),
            "declared" => read(&self.declared, decimal),
            _ => self.process.to_string(),
        }
    }
    fn complete(&mut self, other: &mut Self) {
        if self.notes.is_empty() {
            self.notes.clone_from(&other.notes);
        }
        // A summary without a column of results says nothing else.
        if other.declared == Read::Empty {
            other.declared.clone_from(&self.declared);
        }
    }
    fn besides(&self) -> &str {
        &self.indicator
    }
    fn origin(&self) -> &Origin {
        &self.origin
    }
}

impl Record for procedures::Record {
    fn key(&self) -> Option<String> {
        (!self.name.is_empty()).then(|| key(&[&self.name]))
    }
    fn values(&self) -> String {
        [spaced_words(&self.expected), read(&self.result, decimal)].join("|")
    }
    fn name(&self) -> String {
        self.name.clone()
    }
    fn column(&self, other: &Self) -> &'static str {
        if read(&self.result, decimal) != read(&other.result, decimal) { "result" } else { "expected" }
    }
    fn shown(&self, column: &str) -> String {
        if column == "result" { self.result_text.clone() } else { self.expected.clone() }
    }
    fn origin(&self) -> &Origin {
        &self.origin
    }
}

impl Record for objectives::Record {
    fn key(&self) -> Option<String> {
        let objective = if self.number.is_empty() { &self.title } else { &self.number };
        // An indicator without a number of its own is told by its words.
        let indicator = match &self.indicator {
            Some(id) if id.is_empty() => &self.description,
            Some(id) => id,
            None => &self.description,
        };
        Some(key(&[&self.holder, objective, indicator]))
    }
    fn values(&self) -> String {
        [read(&self.result, decimal), read(&self.weight, decimal)].join("|")
    }
    fn name(&self) -> String {
        let parts = [self.holder.as_str(), self.number.as_str(), self.indicator.as_deref().unwrap_or_default()];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/")
    }
    fn column(&self, other: &Self) -> &'static str {
        if read(&self.result, decimal) != read(&other.result, decimal) { "result" } else { "weight" }
    }
    fn shown(&self, column: &str) -> String {
        if column == "result" { self.text.clone() } else { read(&self.weight, decimal) }
    }
    fn origin(&self) -> &Origin {
        &self.origin
    }
}

impl Record for staff_costs::Record {
    fn key(&self) -> Option<String> {
        // `Promo srl` and `Promo s.r.l.` are one.
        Some(key(&[&words(&self.entity).concat(), &self.year.to_string()]))
    }
    fn values(&self) -> String {
        [read(&self.cost, decimal), self.renewals.as_ref().map(decimal).unwrap_or_default()].join("|")
    }
    fn name(&self) -> String {
        format!("{} {}", self.entity, self.year)
    }
    fn column(&self, _other: &Self) -> &'static str {
        "amount"
    }
    fn shown(&self, _column: &str) -> String {
        read(&self.cost, |cost| crate::value::number::italian(*cost, 2, true))
    }
    fn place(&self, _column: &str) -> crate::place::Place {
        self.origin.place_at(self.col)
    }
    fn origin(&self) -> &Origin {
        &self.origin
    }
}

impl Record for resources::Record {
    fn key(&self) -> Option<String> {
        (!self.objective.is_empty()).then(|| key(&[&self.objective]))
    }
    fn values(&self) -> String {
        format!("{:?}{:?}", self.normal(self.budget), self.normal(self.actual))
    }
    fn name(&self) -> String {
        self.objective.clone()
    }
    fn column(&self, other: &Self) -> &'static str {
        let pairs = [
            ("actual_income", self.actual.income, other.actual.income),
            ("actual_expense", self.actual.expense, other.actual.expense),
            ("actual_investment", self.actual.investment, other.actual.investment),
            ("budget_income", self.budget.income, other.budget.income),
            ("budget_expense", self.budget.expense, other.budget.expense),
            ("budget_investment", self.budget.investment, other.budget.investment),
        ];
        pairs.iter().find(|(_, a, b)| a != b).map_or("objective", |(id, _, _)| id)
    }
    fn shown(&self, column: &str) -> String {
        let value = match column {
            "actual_income" => self.actual.income,
            "actual_expense" => self.actual.expense,
            "actual_investment" => self.actual.investment,
            "budget_income" => self.budget.income,
            "budget_expense" => self.budget.expense,
            _ => self.budget.investment,
        };
        value.map(|value| crate::value::number::italian(value, 2, true)).unwrap_or_default()
    }
    fn origin(&self) -> &Origin {
        &self.origin
    }
}

impl resources::Record {
    fn normal(&self, amounts: resources::Amounts) -> [Option<Decimal>; 3] {
        [amounts.income, amounts.expense, amounts.investment].map(|amount| amount.map(|amount| amount.normalize()))
    }
}

impl Record for targets::Record {
    fn key(&self) -> Option<String> {
        let target = if self.target.is_empty() { &self.description } else { &self.target };
        Some(key(&[&self.objective, target]))
    }
    fn values(&self) -> String {
        match &self.result {
            Read::Value(value) => decimal(value),
            _ => spaced_words(&self.text),
        }
    }
    fn name(&self) -> String {
        format!("{}/{}", self.objective, self.target)
    }
    fn column(&self, _other: &Self) -> &'static str {
        "result"
    }
    fn shown(&self, _column: &str) -> String {
        self.text.clone()
    }
    fn origin(&self) -> &Origin {
        &self.origin
    }
}

#[cfg(test)]
mod tests {
    use super::{key, key_hash};

    #[test]
    fn what_has_one_key_has_one_hash() {
        let texts = [
            "",
            "3.1",
            " 3-1. ",
            "31",
            "Unità",
            "UNITA'",
            "unita",
            "unit a",
            "(unit)  a",
            "«Unit» à",
            "Straße 3",
            "日本",
        ];
        let pairs: Vec<[&str; 2]> = texts.iter().flat_map(|one| texts.map(|other| [*one, other])).collect();
        for one in &pairs {
            for other in &pairs {
                let (same, alike) = (key(one) == key(other), key_hash(one) == key_hash(other));
                // Where words end is all that a hash leaves out.
                assert_eq!(key(one).replace(' ', "") == key(other).replace(' ', ""), alike, "{one:?} {other:?}");
                assert!(alike || !same, "{one:?} {other:?}");
            }
        }
    }
}
