//! A standard of Allegato 1.

use arcstr::ArcStr;
use rust_decimal::Decimal;

use super::said::with_unit;
use super::{days, sources};
use crate::kinds::charter::Record;
use crate::parse::across::Joined;
use crate::score::{Rule, Source, Status};

/// One standard of the Carta dei servizi, and what it scores. There may be very many: what sheets say of each stays where
/// it was read.
#[derive(Debug, Clone)]
pub struct CharterRow {
    /// What its sheets say, and where.
    pub standard: Joined<Box<Record>>,
    /// Deviation from the standard in percent; never negative.
    pub deviation_percent: Option<Decimal>,
    /// Exact score.
    pub score: Option<Decimal>,
    /// Whether it counts.
    pub status: Status,
    /// Why the row is not counted, or which rule gave the score.
    pub rule: Rule,
}

impl CharterRow {
    /// What its first sheet says.
    pub fn record(&self) -> &Record {
        &self.standard.record
    }

    /// Planned value in days; none of a share.
    pub fn planned_days(&self) -> Option<Decimal> {
        days(&self.record().planned)
    }

    /// Measured value in days; none of a share.
    pub fn measured_days(&self) -> Option<Decimal> {
        days(&self.record().measured)
    }

    /// Planned value as shown, with the unit its column gave it.
    pub fn planned_said(&self) -> ArcStr {
        let Record { planned, planned_text, .. } = self.record();
        with_unit(planned_text, planned).unwrap_or_else(|| planned_text.clone())
    }

    /// Measured value as shown, with the unit its column gave it.
    pub fn measured_said(&self) -> ArcStr {
        let Record { measured, measured_text, .. } = self.record();
        with_unit(measured_text, measured).unwrap_or_else(|| measured_text.clone())
    }

    /// Result the office declared.
    pub fn declared(&self) -> Option<Decimal> {
        self.record().declared.value().copied()
    }

    /// Marked *da verificare*: another sheet says something else.
    pub fn to_check(&self) -> bool {
        self.standard.to_check()
    }

    /// Sheets and rows it came from; the first is shown.
    pub fn sources(&self) -> Vec<Source> {
        sources(self.standard.origins(), "measured")
    }
}

/// A row of which nothing is said.
#[cfg(test)]
pub(super) fn blank() -> CharterRow {
    use std::sync::Arc;

    use crate::kinds::charter::KIND;
    use crate::kinds::fields::Listed;
    use crate::kinds::reader::Origin;
    use crate::kinds::table::Table;

    let record = Box::<Record>::blank(Origin { table: Arc::new(Table::blank(&KIND)), row: 0 }, 0);
    let (status, rule) = (Status::Incomplete, Rule::None);
    CharterRow { standard: Joined::new(record, Vec::new(), false), deviation_percent: None, score: None, status, rule }
}
