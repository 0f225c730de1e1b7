//! Reading one row of a table: every cell once, each with its place, each bad one reported.

pub mod codes;
mod numbers;
mod units;

use std::borrow::Cow;
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
use crate::sheet::{Cell, CellText, Formula, Row, Sheet, Value};
use crate::value::date::{self, DateError};
use crate::value::duration::Clock;
use crate::value::fold::{has_plain_ends, is_blank, trim};
use crate::value::not_counted::{self, Reason};
use crate::value::number::Reading;
use crate::value::yes_no;
pub use codes::*;
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

    /// The text of a cell as shown, trimmed; an error value is reported and gives nothing.
    pub fn text(&mut self, id: &str) -> String {
        self.shared_text(id).to_string()
    }

    /// The same, shared with the cell where it holds just this text.
    pub fn shared_text(&mut self, id: &str) -> ArcStr {
        self.text_at(self.table.col(id))
    }

    /// The same, in a 0-based column, when there is such a column.
    pub fn text_at(&mut self, col: Option<u32>) -> ArcStr {
        // Most are typed, begin and end with what everybody sees, and lie about nothing.
        match col.and_then(|col| self.stored.typed_text(col)) {
            Some(text) if has_plain_ends(text) && !is_error_text(text) => ArcStr::clone(text),
            _ => self.text_of(&self.at(col)),
        }
    }

    /// The same, of a cell that was looked up.
    pub fn text_of(&mut self, found: &Found<'_>) -> ArcStr {
        match found {
            Some((col, cell)) if !self.unusable(*col, cell) => self.trimmed(cell),
            _ => ArcStr::new(),
        }
    }

    /// The same, borrowed from the cell where it holds just this text.
    pub fn read_text(&mut self, id: &str) -> Cow<'a, str> {
        match self.cell(id) {
            Some((col, cell)) if !self.unusable(col, &cell) => match self.sheet.shown_text(cell) {
                Cow::Borrowed(text) => trim(text).into(),
                Cow::Owned(text) => trim(&text).to_owned().into(),
            },
            _ => "".into(),
        }
    }

    /// The text of a cell as shown, nothing reported.
    pub fn shown(&self, id: &str) -> String {
        self.shared_shown(id).to_string()
    }

    /// The same, shared with the cell where it holds just this text.
    pub fn shared_shown(&self, id: &str) -> ArcStr {
        self.shown_of(&self.cell(id))
    }

    /// The same, of a cell that was looked up.
    pub fn shown_of(&self, found: &Found<'_>) -> ArcStr {
        found.as_ref().map(|(_, cell)| self.trimmed(cell)).unwrap_or_default()
    }

    fn trimmed(&self, cell: &Cell<'_>) -> ArcStr {
        // Most cells show their text as it is.
        if let Value::Text(CellText::Kept(text)) = &cell.value
            && has_plain_ends(text)
            && self.sheet.format(*cell).kind == FormatKind::General
        {
            return ArcStr::clone(text);
        }
        let shown = self.sheet.shared_text(*cell);
        let trimmed = trim(&shown);
        if trimmed.len() == shown.len() { shown } else { trimmed.into() }
    }

    /// The text of an identifier; a date in its place is reported.
    pub fn code(&mut self, id: &'static str) -> ArcStr {
        let found = self.cell(id);
        self.code_of(&found)
    }

    /// The same, of a cell that was looked up.
    pub fn code_of(&mut self, found: &Found<'_>) -> ArcStr {
        let Some((col, cell)) = found else { return ArcStr::new() };
        let mut text = self.text_of(found);
        if text.contains(',') {
            let is_number = matches!(
                (&cell.value, self.sheet.format(*cell).kind),
                (Value::Number(_), FormatKind::General | FormatKind::Number)
            );
            // 3.1 typed in an Italian program that reads a point as the decimal mark; 3,2,1 typed for 3.2.1.
            if is_number || text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') {
                text = text.replace(',', ".").into();
            }
        }
        self.no_day_in(*col, cell);
        text
    }

    /// Reports a number or code that the program turned into a day: 1/2 becomes the first of February.
    pub fn no_day(&mut self, id: &'static str) {
        if let Some((col, cell)) = self.cell(id) {
            self.no_day_in(col, &cell);
        }
    }

    fn no_day_in(&mut self, col: u32, cell: &Cell<'_>) {
        if matches!(cell.value, Value::Number(_)) && self.sheet.format(*cell).kind == FormatKind::Date {
            let seen = self.sheet.shown(*cell);
            self.report(&DATE_IN_DISGUISE, col, &[("seen", seen.into()), ("wanted", wanted(Content::Code).into())]);
        }
    }

    /// A text given once and left blank in the rows below it.
    pub fn carried_text(&mut self, id: &'static str) -> String {
        let text = self.text(id);
        if text.is_empty() {
            return self.carried.iter().find(|(name, _)| *name == id).map(|(_, text)| text.clone()).unwrap_or_default();
        }
        self.carried.retain(|(name, _)| *name != id);
        self.carried.push((id, text.clone()));
        text
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

/// A number or code without what closes it.
///
/// ```
/// use allegati::kinds::reader::bare_code;
/// assert_eq!(["2.", "1)", "(5)", "2D (a)"].map(bare_code), ["2", "1", "5", "2D (a)"]);
/// ```
pub fn bare_code(text: &str) -> &str {
    let text = trim(text);
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    match inner {
        Some(inner) => trim(inner),
        None if text.contains('(') => text.trim_end_matches('.'),
        None => text.trim_end_matches(['.', ')']),
    }
}

/// An error that was saved as text: in a csv, or pasted as a value. A row of `#` is a column too narrow to show it.
pub fn is_error_text(text: &str) -> bool {
    const ERRORS: &[&str] = &[
        "#N/D",
        "#N/A",
        "#RIF!",
        "#REF!",
        "#DIV/0!",
        "#VALORE!",
        "#VALUE!",
        "#NOME?",
        "#NAME?",
        "#NUM!",
        "#NULLO!",
        "#NULL!",
        "#SPILL!",
        "#ESPANSIONE!",
        "#CALC!",
        "#CALCOLO!",
        "#FIELD!",
        "#CAMPO!",
        "#GETTING_DATA",
        "#BLOCKED!",
        "#ERROR!",
        "#ERRORE!",
    ];
    // Most texts begin with another letter or a digit, or with another word.
    if let [first, rest @ ..] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && !(matches!(first, b'E' | b'e') && rest.get(..2).is_some_and(|rest| rest.eq_ignore_ascii_case(b"rr")))
    {
        return false;
    }
    let text = text.trim();
    if !text.starts_with(['#', 'E', 'e']) {
        return false;
    }
    let upper = text.to_uppercase();
    ERRORS.contains(&upper.as_str())
        || (text.len() >= 3 && text.bytes().all(|byte| byte == b'#'))
        || upper
            .strip_prefix("ERR:")
            .or_else(|| upper.strip_prefix("ERRORE:"))
            .is_some_and(|code| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()))
}
