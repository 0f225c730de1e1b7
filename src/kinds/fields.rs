//! The fields of a record, visited in one place per kind: the same visit writes a row of an export, describes its
//! columns, and reads it back, so that the three cannot disagree.
//!
//! A visitor knows few types; what is made of several parts (a measure, a goal, a value with the reason why it is
//! missing) is taken apart and put together here.

use std::sync::Arc;

use arcstr::ArcStr;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::evidence::Evidence;
use super::reader::{Origin, Read, Records};
use super::table::Table;
use crate::finding::Text;
use crate::value::not_counted::Reason;

mod parts;

pub use parts::{goal, measure};

/// One column of an export.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The declared column it belongs to.
    pub column: &'static str,
    /// What is added to the declared column's name: nothing, or `_unit`, `_text`…
    pub suffix: &'static str,
    /// What this part of the column says; none for the value itself, which the declaration describes.
    pub about: Option<Text>,
    /// The unit of its numbers: `EUR`, `percent`, `days`.
    pub unit: Option<&'static str>,
    /// Whether every record has it.
    pub required: bool,
}

impl Field {
    /// The value of a declared column.
    pub const fn of(column: &'static str) -> Self {
        Self { column, suffix: "", about: None, unit: None, required: false }
    }

    /// A part of a declared column.
    pub const fn part(column: &'static str, suffix: &'static str, about: Text) -> Self {
        Self { suffix, about: Some(about), ..Self::of(column) }
    }

    /// A declared column as its cell shows it, beside the value read from it.
    pub const fn shown(column: &'static str) -> Self {
        Self::part(column, "_text", Text::new("come si legge nel foglio", "as the sheet shows it"))
    }

    /// With a unit.
    #[must_use]
    pub const fn unit(self, unit: &'static str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// Of every record.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Its name in an export.
    pub fn name(&self) -> String {
        format!("{}{}", self.column, self.suffix)
    }
}

/// Why a value is not there; `Given` when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// It is there.
    #[default]
    Given,
    /// Nothing stood in its cell, or the sheet has no such column.
    Empty,
    /// The cell says that there is nothing to count.
    NotCounted(Reason),
    /// A text that is no such value.
    Unclear,
    /// The cell could not be used; a finding says why.
    Unread,
}

/// Who visits the fields of a record: to write them, to describe them, or to fill them in.
pub trait Fields {
    /// A text; empty when there is none.
    fn text(&mut self, field: Field, value: &mut String);
    /// One of a few words.
    fn word(&mut self, field: Field, words: &'static [&'static str], value: &mut Option<&'static str>);
    /// A decimal.
    fn decimal(&mut self, field: Field, value: &mut Option<Decimal>);
    /// A whole number.
    fn integer(&mut self, field: Field, value: &mut Option<i64>);
    /// A date.
    fn date(&mut self, field: Field, value: &mut Option<Date>);
    /// Yes or no.
    fn flag(&mut self, field: Field, value: &mut Option<bool>);
    /// Why the value of a declared column is not there.
    fn missing(&mut self, column: &'static str, value: &mut Missing);
}

/// The text of a column.
pub fn text(fields: &mut dyn Fields, column: &'static str, value: &mut String) {
    fields.text(Field::of(column), value);
}

/// A text that is shared with the cell it came from.
pub fn shared(fields: &mut dyn Fields, field: Field, value: &mut ArcStr) {
    let mut text = value.to_string();
    fields.text(field, &mut text);
    if text != *value {
        *value = text.into();
    }
}

/// The text of a column as its cell shows it, beside the value read from it.
pub fn shown(fields: &mut dyn Fields, column: &'static str, value: &mut String) {
    fields.text(Field::shown(column), value);
}

/// A text that may be there and be empty all the same.
pub fn optional_text(fields: &mut dyn Fields, column: &'static str, value: &mut Option<String>) {
    let mut missing = given(value.as_ref());
    let mut text = value.take().unwrap_or_default();
    fields.text(Field::of(column), &mut text);
    fields.missing(column, &mut missing);
    *value = (missing == Missing::Given).then_some(text);
}

/// A number with a state.
pub fn decimal(fields: &mut dyn Fields, field: Field, read: &mut Read<Decimal>) {
    let (mut value, mut missing) = apart(read);
    fields.decimal(field, &mut value);
    fields.missing(field.column, &mut missing);
    *read = together(value, missing);
}

/// A number that is there or not.
pub fn optional(fields: &mut dyn Fields, field: Field, value: &mut Option<Decimal>) {
    let mut missing = given(value.as_ref());
    fields.decimal(field, value);
    fields.missing(field.column, &mut missing);
}

/// A date that is there or not.
pub fn date(fields: &mut dyn Fields, column: &'static str, value: &mut Option<Date>) {
    let mut missing = given(value.as_ref());
    fields.date(Field::of(column), value);
    fields.missing(column, &mut missing);
}

/// A date that every record has.
pub fn required_date(fields: &mut dyn Fields, column: &'static str, value: &mut Date) {
    let mut some = Some(*value);
    fields.date(Field::of(column).required(), &mut some);
    *value = some.unwrap_or(*value);
}

/// SI or NO, or neither.
pub fn flag(fields: &mut dyn Fields, column: &'static str, value: &mut Option<bool>) {
    let mut missing = given(value.as_ref());
    fields.flag(Field::of(column), value);
    fields.missing(column, &mut missing);
}

/// Something that is so or is not, of every record.
pub fn fact(fields: &mut dyn Fields, field: Field, value: &mut bool) {
    let mut some = Some(*value);
    fields.flag(field.required(), &mut some);
    *value = some.unwrap_or(*value);
}

fn given<T>(value: Option<&T>) -> Missing {
    if value.is_some() { Missing::Given } else { Missing::Empty }
}

fn apart<T: Clone>(read: &Read<T>) -> (Option<T>, Missing) {
    match read {
        Read::Value(value) => (Some(value.clone()), Missing::Given),
        Read::Empty => (None, Missing::Empty),
        Read::NotCounted(reason) => (None, Missing::NotCounted(*reason)),
        Read::Unclear => (None, Missing::Unclear),
        Read::Unread => (None, Missing::Unread),
    }
}

fn together<T>(value: Option<T>, missing: Missing) -> Read<T> {
    match (value, missing) {
        (Some(value), _) => Read::Value(value),
        (None, Missing::NotCounted(reason)) => Read::NotCounted(reason),
        (None, Missing::Unclear) => Read::Unclear,
        (None, Missing::Unread) => Read::Unread,
        (None, Missing::Given | Missing::Empty) => Read::Empty,
    }
}

/// Who takes the rows of a kind, one after the other.
pub trait RowSink {
    /// One record: its table, its 0-based row, its 0-based column when it is not the kind's usual one, and the visit.
    fn row(&mut self, table: &Arc<Table>, row: u32, col: Option<u32>, visit: &mut dyn FnMut(&mut dyn Fields));
}

/// How the records of a kind are walked and filled in.
#[derive(Debug)]
pub struct Exchange {
    /// Visits every record of the kind, in order.
    pub each: fn(&mut Records, &mut dyn RowSink),
    /// Adds a record that stands at an origin and column, its fields filled in by a visitor; false when its table is
    /// none of the kind's.
    pub take: fn(&mut Records, &Origin, u32, &mut dyn Fields) -> bool,
}

impl Exchange {
    /// Of records that stand in a list of their own.
    pub const fn of<T: Listed>() -> Self {
        Self { each: each_listed::<T>, take: take_listed::<T> }
    }

    /// Of rows of evidence.
    pub const fn of_evidence<T: Proof>() -> Self {
        Self { each: each_proof::<T>, take: take_proof::<T> }
    }
}

/// A record with an origin, in a list of all.
pub trait Listed: Sized {
    /// Nothing but its place.
    fn blank(origin: Origin, col: u32) -> Self;
    /// Where it stands.
    fn origin(&self) -> &Origin;
    /// Its 0-based column, when it is not the kind's usual one.
    fn col(&self) -> Option<u32> {
        None
    }
    /// All of its kind.
    fn list(records: &mut Records) -> &mut Vec<Self>;
    /// Visits its fields; which and in what order does not depend on the record.
    fn visit(&mut self, fields: &mut dyn Fields);
}

fn each_listed<T: Listed>(records: &mut Records, sink: &mut dyn RowSink) {
    for record in T::list(records) {
        let (table, row, col) = (record.origin().table.clone(), record.origin().row, record.col());
        sink.row(&table, row, col, &mut |fields| record.visit(fields));
    }
}

fn take_listed<T: Listed>(records: &mut Records, origin: &Origin, col: u32, fields: &mut dyn Fields) -> bool {
    let mut record = T::blank(origin.clone(), col);
    record.visit(fields);
    T::list(records).push(record);
    true
}

/// A row of an evidence table.
pub trait Proof: Sized {
    /// Nothing but its row.
    fn blank(row: u32) -> Self;
    /// Its 0-based row.
    fn row(&self) -> u32;
    /// All of its table, when the table is of its kind.
    fn list(evidence: &mut Evidence) -> Option<&mut dyn List<Self>>;
    /// Visits its fields; which and in what order does not depend on the row.
    fn visit(&mut self, fields: &mut dyn Fields);
}

/// Rows of an evidence table, in their order.
pub trait List<T> {
    /// Shows each of them; whoever looks leaves it as it was.
    fn each(&mut self, look: &mut dyn FnMut(&mut T));
    /// Adds one.
    fn add(&mut self, row: T);
}

impl<T> List<T> for Vec<T> {
    fn each(&mut self, look: &mut dyn FnMut(&mut T)) {
        self.iter_mut().for_each(look);
    }

    fn add(&mut self, row: T) {
        self.push(row);
    }
}

fn each_proof<T: Proof>(records: &mut Records, sink: &mut dyn RowSink) {
    for evidence in &mut records.evidence {
        let table = evidence.table.clone();
        let mut give = |proof: &mut T| sink.row(&table, proof.row(), None, &mut |fields| proof.visit(fields));
        T::list(evidence).into_iter().for_each(|list| list.each(&mut give));
    }
}

fn take_proof<T: Proof>(records: &mut Records, origin: &Origin, _col: u32, fields: &mut dyn Fields) -> bool {
    // Rows come table by table, so that the last table is nearly always the one.
    let own = records.evidence.iter_mut().rev().find(|evidence| Arc::ptr_eq(&evidence.table, &origin.table));
    let Some(list) = own.and_then(T::list) else { return false };
    let mut proof = T::blank(origin.row);
    proof.visit(fields);
    list.add(proof);
    true
}
