//! Reading one row of a table: every cell once, each with its place, each bad one reported.

pub mod codes;
mod numbers;
mod texts;
mod units;

use std::sync::{Arc, OnceLock};

use arcstr::ArcStr;
use rust_decimal::Decimal;

use super::closing::DeclaredTotal;
use super::evidence::Evidence;
use super::table::Table;
use super::{Content, charter, objectives, procedures, resources, staff_costs, targets};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::place::Place;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Formula, Row, Sheet, Value};
use crate::value::date::{self, DateError};
use crate::value::duration::Clock;
use crate::value::fold::is_blank;
use crate::value::not_counted::{self, Reason};
use crate::value::number::Reading;
use crate::value::yes_no;
pub use codes::*;
pub use texts::{bare_code, is_error_text};
pub use units::{names_units, says_amount, units_of};

/// What reading a cell gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Read<T> {
    /// Nothing stood there.
    Empty,
    /// It says that there is nothing to count.
    NotCounted(Reason),
    /// The value.
    Value(T),
    /// A text that is no such value; not yet reported.
    Unclear,
    /// It could not be used, and a finding says so.
    Unread,
}

impl<T> Read<T> {
    /// The value, when there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }
}

/// Where a record stands: its table and row; gives the place of each of its values.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The table.
    pub table: Arc<Table>,
    /// 0-based row.
    pub row: u32,
}

impl Origin {
    /// The cell of a declared column, or of the first column when the table has none such.
    pub fn place(&self, id: &str) -> Place {
        let col = self.table.col(id).or_else(|| self.table.columns.first().map(|mapped| mapped.col)).unwrap_or(0);
        Place::cell(&self.table.file, &self.table.sheet, self.row, col)
    }

    /// The cell of a 0-based column.
    pub fn place_at(&self, col: u32) -> Place {
        Place::cell(&self.table.file, &self.table.sheet, self.row, col)
    }
}

/// How the plain numbers of a percentage column are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// As stored: 90 is 90%.
    #[default]
    Points,
    /// Fractions: 0.9 is 90%.
    Fractions,
}

/// What the whole of a column decided about each of its cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// The notation its texts show.
    pub reading: Option<Reading>,
    /// Whether they show both notations.
    pub conflict: bool,
    /// How plain numbers of a percentage column are meant.
    pub scale: Scale,
    /// The largest percentage of the column, to tell what is out of scale.
    pub largest_percent: Decimal,
    /// Whether some of its values are percentages by sign or format.
    pub has_shares: bool,
    /// Whether it has plain numbers above 1, as only days and hours are beside percentages with their sign.
    pub has_spans: bool,
    /// Unit of plain numbers of a duration column.
    pub clock: Clock,
    /// Whether its header says that they are percent points.
    pub points: bool,
    /// Whether its header gives a unit of time, or another, so that its bare numbers are no percentages.
    pub no_share: bool,
    /// The 0-based column that gives their units, row by row.
    pub units: Option<u32>,
}

impl Default for Decision {
    fn default() -> Self {
        Self {
            reading: None,
            conflict: false,
            scale: Scale::Points,
            largest_percent: Decimal::ZERO,
            has_shares: false,
            has_spans: false,
            clock: Clock::DAYS,
            points: false,
            no_share: false,
            units: None,
        }
    }
}

/// The section a row stands under.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its code, when the section row carries one.
    pub code: ArcStr,
    /// Its title.
    pub title: ArcStr,
}

/// All records of a folder, by kind.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Standards; there may be very many, and they pass through many hands.
    pub charter: Vec<Box<charter::Record>>,
    /// Procedures of the plan.
    pub procedures: Vec<procedures::Record>,
    /// Objectives and indicators, as rows.
    pub objectives: Vec<objectives::Record>,
    /// Cost of staff.
    pub staff_costs: Vec<staff_costs::Record>,
    /// Budget and actual.
    pub resources: Vec<resources::Record>,
    /// Strategic targets.
    pub targets: Vec<targets::Record>,
    /// Evidence, a table each.
    pub evidence: Vec<Evidence>,
    /// Totals and means of results that sheets of standards declare.
    pub declared_totals: Vec<DeclaredTotal>,
}

impl Records {
    /// None yet, with room for the standards of some others: there may be very many.
    pub fn with_room<'a>(others: impl Iterator<Item = &'a Self>) -> Self {
        let charter = Vec::with_capacity(others.map(|records| records.charter.len()).sum());
        Self { charter, ..Self::default() }
    }

    /// Adds all of another.
    pub fn append(&mut self, mut other: Self) {
        self.charter.append(&mut other.charter);
        self.procedures.append(&mut other.procedures);
        self.objectives.append(&mut other.objectives);
        self.staff_costs.append(&mut other.staff_costs);
        self.resources.append(&mut other.resources);
        self.targets.append(&mut other.targets);
        self.evidence.append(&mut other.evidence);
        self.declared_totals.append(&mut other.declared_totals);
    }
}

/// One row while it is read.
pub struct RowReader<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The table.
    pub table: &'a Arc<Table>,
    /// 0-based row.
    pub row: u32,
    /// What is stored in it.
    pub stored: Row<'a>,
    /// The section above.
    pub section: &'a Section,
    /// The reporting year.
    pub year: i16,
    /// What each column decided, by 0-based column.
    pub decisions: &'a [(u32, Decision)],
    /// Where findings go.
    pub findings: &'a mut Findings,
    /// Where records go.
    pub records: &'a mut Records,
    /// The evidence being read, for kinds that are evidence.
    pub evidence: Option<&'a mut Evidence>,
    /// Values carried down from rows above, by column id.
    pub carried: &'a mut Vec<(&'static str, String)>,
    /// Where the columns of standards stand, once a row of them was read: there may be very many.
    pub standards: &'a OnceLock<charter::Places>,
}

/// The cell of a column, with the column; none where the column is missing or the cell is empty.
pub type Found<'a> = Option<(u32, Cell<'a>)>;

impl<'a> RowReader<'a> {
    /// Where the row stands.
    pub fn origin(&self) -> Origin {
        Origin { table: self.table.clone(), row: self.row }
    }

    /// The cell of a declared column: `None` when the column is missing or the cell is empty.
    pub fn cell(&self, id: &str) -> Found<'a> {
        self.at(self.table.col(id))
    }

    /// The cell of a 0-based column, when there is such a column.
    pub fn at(&self, col: Option<u32>) -> Found<'a> {
        let col = col?;
        match self.stored.spot(col) {
            Some(spot) => Some((col, self.stored.at(spot))),
            None => self.sheet.cell_of(self.stored, col).map(|cell| (col, cell)),
        }
    }

    /// No cell: nothing stood there, or it was damaged and a finding says so.
    fn absent<T>(&self, id: &str) -> Read<T> {
        let at = self.table.col(id).map(|col| (self.row, col));
        if self.sheet.damaged.iter().any(|(cell, _)| Some(*cell) == at) { Read::Unread } else { Read::Empty }
    }

    /// A date.
    pub fn date(&mut self, id: &'static str) -> Read<jiff::civil::Date> {
        match self.cell(id) {
            Some((col, cell)) => self.date_at(col, cell),
            None => self.absent(id),
        }
    }

    fn date_at(&mut self, col: u32, cell: Cell<'_>) -> Read<jiff::civil::Date> {
        if self.unusable(col, &cell) {
            return Read::Unread;
        }
        match cell.value {
            Value::Number(serial) => match date::of_number(serial, self.sheet.date_1904) {
                // `gen-19` is typed as a month, and stored as its first day.
                Some(day) if day.day() == 1 && self.sheet.format(cell).hides_day() => Read::Unclear,
                // A bare number below this is a count that slipped into the column, not a day of 1954 or before.
                Some(day) if self.sheet.format(cell).kind == FormatKind::Date || day.year() >= 1955 => Read::Value(day),
                _ => Read::Unclear,
            },
            Value::Text(text) if is_blank(&text) => Read::Empty,
            Value::Text(text) => match date::run_together(&text).map_or_else(|| date::parse(&text, self.year), Ok) {
                Ok(day) => Read::Value(day),
                Err(DateError::Impossible) => {
                    self.report(&IMPOSSIBLE_DATE, col, &[("seen", (&*text).into())]);
                    Read::Unread
                }
                Err(DateError::NotADate) => not_counted::reason(&text).map_or(Read::Unclear, Read::NotCounted),
            },
            _ => Read::Unclear,
        }
    }

    /// A date of a case or step; one far from the reporting year is pointed out.
    pub fn near_date(&mut self, id: &'static str) -> Read<jiff::civil::Date> {
        let Some((col, cell)) = self.cell(id) else { return self.absent(id) };
        let read = self.date_at(col, cell);
        if let Read::Value(day) = &read
            && (day.year() > self.year + 2 || day.year() < self.year - 8)
        {
            let words = [("seen", date::italian(*day).into()), ("year", self.year.to_string().into())];
            self.report(&DISTANT_DATE, col, &words);
        }
        read
    }

    /// The date on which a case or step ended: a dash or `in corso` is none yet, and one that is not counted is told.
    pub fn end_date(&mut self, id: &'static str) -> Read<jiff::civil::Date> {
        let read = match self.near_date(id) {
            Read::Unclear if not_counted::is_open(&self.shown(id)) => Read::Empty,
            read => self.settle(id, read),
        };
        self.told_out(id, read)
    }

    /// A value whose row is left out where it says so, which is told; a dash or `in corso` is no value.
    pub fn told_out<T>(&mut self, id: &'static str, read: Read<T>) -> Read<T> {
        let Read::NotCounted(reason) = read else { return read };
        let seen = self.shown(id);
        if reason == Reason::InProgress || !seen.contains(char::is_alphanumeric) {
            return Read::Empty;
        }
        if let Some(col) = self.table.col(id) {
            self.report(&super::evidence::LEFT_OUT, col, &[("seen", seen.into())]);
        }
        read
    }

    /// SI or NO.
    pub fn yes_no(&mut self, id: &'static str) -> Read<bool> {
        let Some((col, cell)) = self.cell(id) else { return self.absent(id) };
        if self.unusable(col, &cell) {
            return Read::Unread;
        }
        match cell.value {
            Value::Bool(value) => Read::Value(value),
            Value::Number(1.0) => Read::Value(true),
            Value::Number(0.0) => Read::Value(false),
            Value::Text(text) if is_blank(&text) => Read::Empty,
            Value::Text(text) => match yes_no::parse(&text) {
                Some(value) => Read::Value(value),
                None => not_counted::reason(&text).map_or(Read::Unclear, Read::NotCounted),
            },
            _ => Read::Unclear,
        }
    }

    /// Reports a text that does not fit its column, and makes it unread.
    pub fn settle<T>(&mut self, id: &'static str, read: Read<T>) -> Read<T> {
        let Read::Unclear = read else { return read };
        self.not_understood(id, Severity::Error);
        Read::Unread
    }

    /// Reports a cell that does not fit its column.
    pub fn not_understood(&mut self, id: &'static str, severity: Severity) {
        let Some(col) = self.table.col(id) else { return };
        let content = self.table.kind.column(id).map_or(Content::Text, |column| column.content);
        let seen = self.shown(id);
        let finding = Finding::new(&NOT_UNDERSTOOD, self.place(col)).with("seen", seen).with("wanted", wanted(content));
        self.findings.push(finding.at(severity));
    }

    /// What a column decided.
    pub fn decision(&self, col: u32) -> Decision {
        self.decisions.iter().find(|(at, _)| *at == col).map(|(_, decision)| *decision).unwrap_or_default()
    }

    /// The place of a 0-based column in this row.
    pub fn place(&self, col: u32) -> Place {
        Place::cell(&self.table.file, &self.table.sheet, self.row, col)
    }

    /// Adds a finding at a column of this row.
    pub fn report(&mut self, code: &'static Code, col: u32, words: &[(&'static str, crate::finding::Word)]) {
        let mut finding = Finding::new(code, self.place(col));
        for (name, word) in words {
            finding = finding.with(name, word.clone());
        }
        self.findings.push(finding);
    }

    /// Reports cells that lie: errors, formulas without result, zeros nobody computed.
    fn unusable(&mut self, col: u32, cell: &Cell<'_>) -> bool {
        let code = match (&cell.value, cell.formula) {
            (Value::Error(_), _) => &ERROR_CELL,
            (Value::Text(text), _) if is_error_text(text) => &ERROR_CELL,
            (_, Formula::Unstored) => &UNSTORED_FORMULA,
            (Value::Number(0.0), Formula::Stored) if self.sheet.uncomputed_zeros => &UNCOMPUTED_ZERO,
            _ => return false,
        };
        let place = self.place(col);
        let told = |finding: &Finding| finding.code.id == code.id && finding.place == place;
        if !self.findings.iter().rev().take(16).any(told) {
            let seen = self.sheet.shown(*cell);
            self.report(code, col, &[("seen", seen.into())]);
        }
        true
    }
}
