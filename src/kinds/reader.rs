//! Reading one row of a table: every cell once, each with its place, each bad one reported.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::evidence::Evidence;
use super::table::Table;
use super::{Content, charter, objectives, procedures, resources, staff_costs, targets};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::place::Place;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Formula, Sheet, Value};
use crate::value::date::{self, DateError};
use crate::value::duration::{self, Clock, Measure, Span, Unit};
use crate::value::not_counted::{self, Reason};
use crate::value::number::{self, Nature, Reading};
use crate::value::percentage::{self, Percent};
use crate::value::yes_no;

/// A cell that holds an error value.
pub static ERROR_CELL: Code = Code {
    id: "C001",
    slug: "error-cell",
    severity: Severity::Error,
    message: Text::new(
        "la cella contiene l’errore {seen}; serve un valore",
        "the cell holds the error {seen}; a value is wanted",
    ),
    help: Text::new(
        "correggere la formula o scrivere il valore, poi salvare e rimandare il foglio",
        "mend the formula or type the value, then save and send the sheet again",
    ),
};

/// A formula whose result the file does not carry.
pub static UNSTORED_FORMULA: Code = Code {
    id: "C002",
    slug: "formula-without-result",
    severity: Severity::Error,
    message: Text::new(
        "la formula non ha un risultato salvato nel file: il valore non si può leggere",
        "the formula has no stored result in the file: its value cannot be read",
    ),
    help: Text::new(
        "aprire il file con Excel o LibreOffice, lasciare che ricalcoli, salvare e rimandarlo",
        "open the file in Excel or LibreOffice, let it recalculate, save and send it again",
    ),
};

/// A stored zero that nobody computed.
pub static UNCOMPUTED_ZERO: Code = Code {
    id: "C003",
    slug: "zero-never-computed",
    severity: Severity::Error,
    message: Text::new(
        "la formula ha 0 come risultato, ma il file è stato scritto da un programma che non calcola: lo 0 non è affidabile",
        "the formula's result is 0, but the file was written by a program that does not calculate: the 0 cannot be trusted",
    ),
    help: UNSTORED_FORMULA_HELP,
};

const UNSTORED_FORMULA_HELP: Text = Text::new(
    "aprire il file con Excel o LibreOffice, lasciare che ricalcoli, salvare e rimandarlo",
    "open the file in Excel or LibreOffice, let it recalculate, save and send it again",
);

/// A cell that does not fit its column.
pub static NOT_UNDERSTOOD: Code = Code {
    id: "C010",
    slug: "not-understood",
    severity: Severity::Error,
    message: Text::new("«{seen}» non si legge come {wanted}", "\"{seen}\" does not read as {wanted}"),
    help: Text::new(
        "scrivere nella cella solo {wanted}; le spiegazioni vanno nelle note",
        "write only {wanted} in the cell; explanations belong in the notes",
    ),
};

/// A date that the calendar does not have.
pub static IMPOSSIBLE_DATE: Code = Code {
    id: "C011",
    slug: "impossible-date",
    severity: Severity::Error,
    message: Text::new("la data «{seen}» non esiste", "the date \"{seen}\" does not exist"),
    help: Text::new("correggere giorno, mese o anno (prima il giorno)", "mend day, month or year (day first)"),
};

/// A percentage on a scale of its own.
pub static DOUBTFUL_SCALE: Code = Code {
    id: "C012",
    slug: "doubtful-scale",
    severity: Severity::Error,
    message: Text::new(
        "{seen} senza segno di percentuale, in una colonna dove gli altri valori arrivano a {others}: frazione o percentuale?",
        "{seen} without a percent sign, in a column whose other values reach {others}: a fraction or a percentage?",
    ),
    help: Text::new(
        "scrivere il valore con il segno di percentuale, per esempio 45%",
        "write the value with a percent sign, for example 45%",
    ),
};

/// A lone mark that the column reads both ways.
pub static BOTH_NOTATIONS: Code = Code {
    id: "C013",
    slug: "decimal-mark-undecided",
    severity: Severity::Error,
    message: Text::new(
        "«{seen}» può valere {first} o {second}: la colonna usa sia la virgola sia il punto come segno decimale",
        "\"{seen}\" can be {first} or {second}: the column uses both comma and point as decimal mark",
    ),
    help: Text::new(
        "scrivere il numero senza punto delle migliaia, con la virgola per i decimali",
        "write the number without thousands mark, with a comma before the decimals",
    ),
};

/// A date where something else is due.
pub static DATE_IN_DISGUISE: Code = Code {
    id: "C014",
    slug: "turned-into-date",
    severity: Severity::Error,
    message: Text::new(
        "la cella è una data ({seen}); serviva {wanted}: forse il programma ha trasformato in data quello che era scritto",
        "the cell is a date ({seen}); {wanted} was wanted: perhaps the program turned what was typed into a date",
    ),
    help: Text::new(
        "formattare la cella come Testo e riscrivere il valore",
        "format the cell as Text and type the value again",
    ),
};

/// A percentage above 100.
pub static ABOVE_HUNDRED: Code = Code {
    id: "C015",
    slug: "above-hundred",
    severity: Severity::Warning,
    message: Text::new("{seen} supera 100%: è stato usato così", "{seen} is above 100%: it was used as it is"),
    help: Text::new("controllare il valore e la sua scala", "check the value and its scale"),
};

/// A fraction without a percent format.
pub static DOUBTFUL_FRACTION: Code = Code {
    id: "C016",
    slug: "fraction-without-format",
    severity: Severity::Warning,
    message: Text::new(
        "{seen} senza segno né formato di percentuale: letto come frazione (0,9 = 90%)",
        "{seen} with neither percent sign nor percent format: read as a fraction (0.9 = 90%)",
    ),
    help: Text::new(
        "dare alla colonna il formato Percentuale, o scrivere 90%",
        "give the column the Percentage format, or write 90%",
    ),
};

/// A date so far from the reporting year that a digit is probably wrong.
pub static DISTANT_DATE: Code = Code {
    id: "C017",
    slug: "distant-date",
    severity: Severity::Warning,
    message: Text::new(
        "la data {seen} è lontana dal {year}: è stata usata così",
        "the date {seen} is far from {year}: it was used as it is",
    ),
    help: Text::new("controllare l’anno della data", "check the year of the date"),
};

/// A bare number where a percentage or a count may stand.
pub static NUMBER_OR_PERCENT: Code = Code {
    id: "C018",
    slug: "number-or-percentage",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» può essere un numero o una percentuale: letto come {seen}%",
        "\"{seen}\" can be a number or a percentage: read as {seen}%",
    ),
    help: Text::new(
        "scrivere il segno di percentuale, oppure che cosa si conta (12 eventi)",
        "write the percent sign, or what is counted (12 eventi)",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[
    &DISTANT_DATE,
    &NUMBER_OR_PERCENT,
    &DOUBTFUL_FRACTION,
    &ERROR_CELL,
    &UNSTORED_FORMULA,
    &UNCOMPUTED_ZERO,
    &NOT_UNDERSTOOD,
    &IMPOSSIBLE_DATE,
    &DOUBTFUL_SCALE,
    &BOTH_NOTATIONS,
    &DATE_IN_DISGUISE,
    &ABOVE_HUNDRED,
];

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
    /// Unit of plain numbers of a duration column.
    pub clock: Clock,
}

impl Default for Decision {
    fn default() -> Self {
        Self {
            reading: None,
            conflict: false,
            scale: Scale::Points,
            largest_percent: Decimal::ZERO,
            has_shares: false,
            clock: Clock::DAYS,
        }
    }
}

/// The section a row stands under.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its code, when the section row carries one.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// All records of a folder, by kind.
#[derive(Debug, Default)]
pub struct Records {
    /// Standards.
    pub charter: Vec<charter::Record>,
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
    pub declared_totals: Vec<charter::DeclaredTotal>,
}

impl Records {
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
}

impl<'a> RowReader<'a> {
    /// Where the row stands.
    pub fn origin(&self) -> Origin {
        Origin { table: self.table.clone(), row: self.row }
    }

    /// The cell of a declared column: `None` when the column is missing or the cell is empty.
    pub fn cell(&self, id: &str) -> Option<(u32, &'a Cell)> {
        let col = self.table.col(id)?;
        self.sheet.cell(self.row, col).map(|cell| (col, cell))
    }

    /// No cell: nothing stood there, or it was damaged and a finding says so.
    fn absent<T>(&self, id: &str) -> Read<T> {
        let at = self.table.col(id).map(|col| (self.row, col));
        if self.sheet.damaged.iter().any(|(cell, _)| Some(*cell) == at) { Read::Unread } else { Read::Empty }
    }

    /// The text of a cell as shown, trimmed; an error value is reported and gives nothing.
    pub fn text(&mut self, id: &str) -> String {
        let Some((col, cell)) = self.cell(id) else { return String::new() };
        if self.unusable(col, cell) { String::new() } else { self.sheet.shown(cell).trim().to_owned() }
    }

    /// The text of a cell as shown, nothing reported.
    pub fn shown(&self, id: &str) -> String {
        self.cell(id).map(|(_, cell)| self.sheet.shown(cell).trim().to_owned()).unwrap_or_default()
    }

    /// The text of an identifier; a date in its place is reported.
    pub fn code(&mut self, id: &'static str) -> String {
        let mut text = self.text(id);
        if let Some((col, cell)) = self.cell(id) {
            if let (Value::Number(_), FormatKind::General | FormatKind::Number) =
                (&cell.value, self.sheet.format(cell).kind)
            {
                // 3.1 typed in an Italian program that reads a point as the decimal mark.
                text = text.replace(',', ".");
            }
            if matches!(cell.value, Value::Number(_)) && self.sheet.format(cell).kind == FormatKind::Date {
                self.report(
                    &DATE_IN_DISGUISE,
                    col,
                    &[("seen", text.clone().into()), ("wanted", wanted(Content::Code).into())],
                );
            }
        }
        text
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

    /// A duration, share or statement.
    pub fn measure(&mut self, id: &'static str) -> Read<Measure> {
        let Some((col, cell)) = self.cell(id) else { return self.absent(id) };
        if self.unusable(col, cell) {
            return Read::Unread;
        }
        let decision = self.decision(col);
        match &cell.value {
            Value::Number(stored) => self.stored_measure(col, cell, *stored, decision),
            Value::Text(text) => read_measure(text, decision),
            _ => Read::Unclear,
        }
    }

    fn stored_measure(&mut self, col: u32, cell: &Cell, stored: f64, decision: Decision) -> Read<Measure> {
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
                let literal = format!("{} {}", format.prefix, format.suffix);
                let stated = duration::header_clock(&literal);
                let clock = stated.unwrap_or(decision.clock);
                let working = (clock.working || decision.clock.working).then_some(true);
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
        let (Read::Value(Measure::Span(span)), Some(col)) = (read, self.table.col(id)) else { return false };
        let decision = self.decision(col);
        let doubtful =
            decision.has_shares && !span.stated && span.amount > Decimal::ZERO && span.amount <= Decimal::ONE;
        if doubtful {
            let others = number::italian(decision.largest_percent, 2, false);
            self.report(&DOUBTFUL_SCALE, col, &[("seen", self.shown(id).into()), ("others", others.into())]);
        }
        doubtful
    }

    /// A percentage, or the reason why there is none.
    pub fn percent(&mut self, id: &'static str) -> Read<Decimal> {
        let Some((col, cell)) = self.cell(id) else { return self.absent(id) };
        if self.unusable(col, cell) {
            return Read::Unread;
        }
        let decision = self.decision(col);
        match &cell.value {
            Value::Number(stored) => {
                let Some(value) = number::from_stored(*stored) else { return Read::Unclear };
                match self.sheet.format(cell).kind {
                    FormatKind::Percent => Read::Value(value * Decimal::ONE_HUNDRED),
                    FormatKind::Date => {
                        let seen = self.sheet.shown(cell);
                        let wanted = wanted(Content::Percent);
                        self.report(&DATE_IN_DISGUISE, col, &[("seen", seen.into()), ("wanted", wanted.into())]);
                        Read::Unread
                    }
                    _ if self.sheet.format(cell).suffix.contains('%') => Read::Value(value),
                    _ => self.plain_percent(col, value, decision),
                }
            }
            Value::Text(text) => self.text_percent(col, text, decision),
            _ => Read::Unclear,
        }
    }

    fn text_percent(&mut self, col: u32, text: &str, decision: Decision) -> Read<Decimal> {
        if text.trim().is_empty() {
            return Read::Empty;
        }
        if let Some(reason) = not_counted::reason(text) {
            return Read::NotCounted(reason);
        }
        match percentage::scan(text) {
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
        match &cell.value {
            Value::Number(stored) => {
                let value = number::from_stored(*stored)?;
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

    /// A percentage that scores something: above 100 it is pointed out.
    pub fn score(&mut self, id: &'static str) -> Read<Decimal> {
        let read = self.percent(id);
        if let Read::Value(value) = &read
            && *value > Decimal::ONE_HUNDRED
        {
            let seen = format!("{}%", number::plain(*value).replace('.', ","));
            if let Some(col) = self.table.col(id) {
                self.report(&ABOVE_HUNDRED, col, &[("seen", seen.into())]);
            }
        }
        read
    }

    /// Money, or a plain number, by the nature of its column.
    pub fn amount(&mut self, id: &'static str, nature: Nature) -> Read<Decimal> {
        let Some(col) = self.table.col(id) else { return Read::Empty };
        self.amount_at(col, nature)
    }

    /// Money or a plain number in a 0-based column.
    pub fn amount_at(&mut self, col: u32, nature: Nature) -> Read<Decimal> {
        let Some(cell) = self.sheet.cell(self.row, col) else { return Read::Empty };
        if self.unusable(col, cell) {
            return Read::Unread;
        }
        let decision = self.decision(col);
        match &cell.value {
            Value::Number(_) if self.sheet.format(cell).kind == FormatKind::Date => {
                let seen = self.sheet.shown(cell);
                self.report(
                    &DATE_IN_DISGUISE,
                    col,
                    &[("seen", seen.into()), ("wanted", wanted(Content::Amount).into())],
                );
                Read::Unread
            }
            Value::Number(stored) => number::from_stored(*stored).map_or(Read::Unclear, Read::Value),
            Value::Text(text) if text.trim().is_empty() => Read::Empty,
            Value::Text(text) => match number::scan(text) {
                Some(scanned) => {
                    self.undisputed(col, text, &scanned, nature, decision).map_or(Read::Unread, Read::Value)
                }
                None => not_counted::reason(text).map_or(Read::Unclear, Read::NotCounted),
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
        if decision.conflict && scanned.ambiguous() {
            let (first, second) = (number::plain(scanned.as_decimal), number::plain(scanned.as_grouped));
            let words = [("seen", text.into()), ("first", first.replace('.', ",").into()), ("second", second.into())];
            self.report(&BOTH_NOTATIONS, col, &words);
            return None;
        }
        Some(scanned.read(nature, decision.reading))
    }

    /// A date.
    pub fn date(&mut self, id: &'static str) -> Read<jiff::civil::Date> {
        let Some((col, cell)) = self.cell(id) else { return self.absent(id) };
        if self.unusable(col, cell) {
            return Read::Unread;
        }
        match &cell.value {
            Value::Number(serial) => match date::from_serial(*serial, self.sheet.date_1904) {
                // A bare number below this is a count that slipped into the column, not a day of 1954 or before.
                Some(day) if self.sheet.format(cell).kind == FormatKind::Date || day.year() >= 1955 => Read::Value(day),
                _ => Read::Unclear,
            },
            Value::Text(text) if text.trim().is_empty() => Read::Empty,
            Value::Text(text) => match date::parse(text, self.year) {
                Ok(day) => Read::Value(day),
                Err(DateError::Impossible) => {
                    self.report(&IMPOSSIBLE_DATE, col, &[("seen", (&**text).into())]);
                    Read::Unread
                }
                Err(DateError::NotADate) => not_counted::reason(text).map_or(Read::Unclear, Read::NotCounted),
            },
            _ => Read::Unclear,
        }
    }

    /// A date of a case or step; one far from the reporting year is pointed out.
    pub fn near_date(&mut self, id: &'static str) -> Read<jiff::civil::Date> {
        let read = self.date(id);
        if let (Read::Value(day), Some(col)) = (&read, self.table.col(id))
            && (day.year() > self.year + 2 || day.year() < self.year - 8)
        {
            let words = [("seen", date::italian(*day).into()), ("year", self.year.to_string().into())];
            self.report(&DISTANT_DATE, col, &words);
        }
        read
    }

    /// SI or NO.
    pub fn yes_no(&mut self, id: &'static str) -> Read<bool> {
        let Some((col, cell)) = self.cell(id) else { return self.absent(id) };
        if self.unusable(col, cell) {
            return Read::Unread;
        }
        match &cell.value {
            Value::Bool(value) => Read::Value(*value),
            Value::Number(1.0) => Read::Value(true),
            Value::Number(0.0) => Read::Value(false),
            Value::Text(text) if text.trim().is_empty() => Read::Empty,
            Value::Text(text) => match yes_no::parse(text) {
                Some(value) => Read::Value(value),
                None => not_counted::reason(text).map_or(Read::Unclear, Read::NotCounted),
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
    fn unusable(&mut self, col: u32, cell: &Cell) -> bool {
        let code = match (&cell.value, cell.formula) {
            (Value::Error(_), _) => &ERROR_CELL,
            (Value::Text(text), _) if is_error_text(text) => &ERROR_CELL,
            (Value::Blank, Formula::Unstored) | (_, Formula::Unstored) => &UNSTORED_FORMULA,
            (Value::Number(0.0), Formula::Stored) if self.sheet.uncomputed_zeros => &UNCOMPUTED_ZERO,
            _ => return false,
        };
        let place = self.place(col);
        let told = |finding: &Finding| finding.code.id == code.id && finding.place == place;
        if !self.findings.iter().rev().take(16).any(told) {
            let seen = self.sheet.shown(cell);
            self.report(code, col, &[("seen", seen.into())]);
        }
        true
    }
}

/// An error that was saved as text: in a csv, or pasted as a value. A row of `#` is a column too narrow to show it.
fn is_error_text(text: &str) -> bool {
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

fn read_measure(text: &str, decision: Decision) -> Read<Measure> {
    if text.trim().is_empty() {
        return Read::Empty;
    }
    if let Some(reason) = not_counted::reason(text) {
        return Read::NotCounted(reason);
    }
    match duration::parse(text, decision.clock, decision.reading) {
        // The header speaks for texts that do not say which days they mean.
        Some(Measure::Span(mut span)) if span.working.is_none() && decision.clock.working => {
            span.working = Some(true);
            Read::Value(Measure::Span(span))
        }
        Some(measure) => Read::Value(measure),
        None => Read::Unclear,
    }
}

fn span(amount: Decimal, unit: Unit, working: Option<bool>, stated: bool) -> Span {
    Span { amount, unit, working, stated, alternative: None, lower: None }
}

/// What a column wants, in words.
pub const fn wanted(content: Content) -> Text {
    match content {
        Content::Text => Text::new("un testo", "a text"),
        Content::Code => Text::new("un codice", "a code"),
        Content::Measure => Text::new("una durata (25 gg.) o una percentuale", "a duration (25 gg.) or a percentage"),
        Content::Percent => Text::new("una percentuale o N.C.", "a percentage or N.C."),
        Content::Date => Text::new("una data", "a date"),
        Content::Amount => Text::new("un importo", "an amount"),
        Content::Number => Text::new("un numero", "a number"),
        Content::YesNo => Text::new("SI o NO", "SI or NO"),
        Content::Year => Text::new("un anno", "a year"),
        Content::Goal => {
            Text::new("un obiettivo (< 5%, entro 10 gg, mantenimento)", "a goal (< 5%, entro 10 gg, mantenimento)")
        }
        Content::Actual => Text::new("un valore misurato", "a measured value"),
    }
}
