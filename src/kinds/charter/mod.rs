//! Standards of the Carta dei servizi: what was promised, what was measured. They become Allegato 1.

mod columns;
mod fields;
mod form;
mod read;

pub use read::{Places, other_notes, says_unit, split_code};

use arcstr::ArcStr;
use rust_decimal::Decimal;

use super::Kind;
use super::reader::{Origin, Read};
use crate::finding::{Code, Severity, Text};
use crate::value::duration::Measure as Measured;

/// A nought where the notes, or the number of cases, say that there was nothing to measure.
pub static ZERO_WITHOUT_CASES: Code = Code {
    id: "P013",
    slug: "zero-without-cases",
    severity: Severity::Warning,
    message: Text::new(
        "rilevato {measured}, ma {said}: contato come {measured}",
        "measured {measured}, but {said}: counted as {measured}",
    ),
    help: Text::new(
        "se non ci sono stati casi scrivere N.C. nel valore rilevato",
        "when there were no cases write N.C. as the measured value",
    ),
};

/// The kind.
pub static KIND: Kind = Kind {
    id: "charter",
    title: Text::new("Standard della Carta dei servizi", "Standards of the Carta dei servizi"),
    evidence: false,
    columns: columns::COLUMNS,
    requires: &[&["code", "process"], &["planned"], &["measured"]],
    context: &["carta dei servizi", "carta servizi", "standard di qualita", "standard"],
    keys: &["code", "process", "indicator"],
    values: &["planned", "measured", "declared"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of::<Box<Record>>(),
    read: read::read,
};

/// One standard.
#[derive(Debug, Clone)]
pub struct Record {
    /// `3.2.1`, or empty.
    pub code: ArcStr,
    /// Section title above the row.
    pub section: ArcStr,
    /// Process or service.
    pub process: ArcStr,
    /// Responsible office.
    pub office: ArcStr,
    /// What is measured, in words.
    pub indicator: ArcStr,
    /// Planned value, as shown.
    pub planned_text: ArcStr,
    /// Measured value, as shown.
    pub measured_text: ArcStr,
    /// Planned value.
    pub planned: Read<Measured>,
    /// Measured value.
    pub measured: Read<Measured>,
    /// Declared result in percent.
    pub declared: Read<Decimal>,
    /// Notes.
    pub notes: ArcStr,
    /// Where it stands.
    pub origin: Origin,
}
