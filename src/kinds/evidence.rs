//! Evidence: a table that proves a procedure's or a standard's result, and the rows it consists of.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Kind;
use super::cases::list::Cases;
use super::table::Table;
use crate::finding::{Code, Severity, Text};
use crate::value::goal::Goal;

/// A case whose end is before its start.
pub static END_BEFORE_START: Code = Code {
    id: "C020",
    slug: "end-before-start",
    severity: Severity::Error,
    message: Text::new(
        "la data di fine ({end}) viene prima di quella di inizio ({start})",
        "the end date ({end}) is before the start date ({start})",
    ),
    help: Text::new(
        "correggere una delle due date; finché non torna, la riga non è conteggiata",
        "mend one of the two dates; until it fits, the row is not counted",
    ),
};

/// A case that was due before it began.
pub static DUE_BEFORE_START: Code = Code {
    id: "C028",
    slug: "due-before-start",
    severity: Severity::Warning,
    message: Text::new(
        "la scadenza ({due}) viene prima della data di inizio ({start}): usata così",
        "the due date ({due}) is before the start date ({start}): used as it is",
    ),
    help: Text::new("correggere una delle due date", "mend one of the two dates"),
};

/// A case without a start, or a step without a due date.
pub static NO_START: Code = Code {
    id: "C021",
    slug: "date-missing",
    severity: Severity::Error,
    message: Text::new(
        "manca la data «{column}»: la riga non è conteggiata",
        "the date \"{column}\" is missing: the row is not counted",
    ),
    help: Text::new("scrivere la data nella cella", "type the date in the cell"),
};

/// A case id used twice.
pub static CASE_TWICE: Code = Code {
    id: "C022",
    slug: "case-id-twice",
    severity: Severity::Warning,
    message: Text::new(
        "il numero «{id}» compare già alla riga {row}: entrambe le righe sono conteggiate",
        "the number \"{id}\" already stands in row {row}: both rows are counted",
    ),
    help: Text::new(
        "se è la stessa pratica, togliere una delle due righe; altrimenti correggere il numero",
        "if it is the same case, remove one of the rows; else mend the number",
    ),
};

/// A declared number of days that is not what the dates give.
pub static DAYS_DIFFER: Code = Code {
    id: "C023",
    slug: "declared-days-differ",
    severity: Severity::Warning,
    message: Text::new(
        "giorni dichiarati {declared}, dalle date risultano {computed}: contano le date",
        "declared days {declared}, the dates give {computed}: the dates count",
    ),
    help: Text::new(
        "controllare le date, la sospensione e se i giorni sono lavorativi",
        "check the dates, the suspension, and whether working days are meant",
    ),
};

/// A yes/no column that contradicts the values beside it.
pub static MET_DIFFERS: Code = Code {
    id: "C024",
    slug: "met-contradicted",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» contraddice i valori della riga ({values}): {counts}",
        "\"{seen}\" contradicts the row's values ({values}): {counts}",
    ),
    help: Text::new("controllare quale dei due è giusto", "check which of the two is right"),
};

/// A check that cannot be decided.
pub static UNDECIDED: Code = Code {
    id: "C025",
    slug: "check-undecided",
    severity: Severity::Error,
    message: Text::new(
        "non si può dire se «{target}» è raggiunto: {why}",
        "whether \"{target}\" is met cannot be told: {why}",
    ),
    help: Text::new(
        "indicare SI o NO, oppure obiettivo e valore rilevato",
        "state SI or NO, or goal and measured value",
    ),
};

/// A goal that does not say which side of it is the better, of something of which less is.
pub static READ_AS_MOST: Code = Code {
    id: "C043",
    slug: "goal-read-as-most",
    severity: Severity::Warning,
    message: Text::new(
        "«{goal}» per «{target}» non dice se è un massimo o un minimo: letto come {read}",
        "\"{goal}\" for \"{target}\" does not say whether it is the most or the least: read as the {read}",
    ),
    help: Text::new(
        "scrivere nell’obiettivo «massimo …», «<= …» oppure «almeno …»",
        "write \"massimo …\", \"<= …\" or \"almeno …\" in the goal",
    ),
};

/// Items of a coverage list that nobody answered for.
pub static NOT_STATED: Code = Code {
    id: "C026",
    slug: "done-not-stated",
    severity: Severity::Info,
    message: Text::new(
        "né SI né NO accanto a {items}: contato come non fatto",
        "neither SI nor NO beside {items}: counted as not done",
    ),
    help: Text::new(
        "scrivere SI o NO accanto a ogni voce, o N.C. se non si deve contare",
        "write SI or NO beside each item, or N.C. when it must not count",
    ),
};

/// A case or step whose end says that it does not count.
pub static LEFT_OUT: Code = Code {
    id: "C040",
    slug: "row-left-out",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}»: la riga non è conteggiata, né a favore né contro",
        "\"{seen}\": the row is not counted, neither for nor against",
    ),
    help: Text::new(
        "se è ancora aperta lasciare la cella vuota o scrivere «in corso»; altrimenti scrivere la data, o SI o NO",
        "when it is still open leave the cell empty or write \"in corso\"; else type the date, or SI or NO",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[
    &END_BEFORE_START,
    &DUE_BEFORE_START,
    &NO_START,
    &CASE_TWICE,
    &DAYS_DIFFER,
    &MET_DIFFERS,
    &UNDECIDED,
    &NOT_STATED,
    &READ_AS_MOST,
    &LEFT_OUT,
];

/// One case: dates, suspension, money.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// 0-based row.
    pub row: u32,
    /// Case id, when the sheet has one.
    pub id: Option<Cow<'a, str>>,
    /// Start.
    pub start: Date,
    /// End; none while the case is open.
    pub end: Option<Date>,
    /// Due date, when the sheet has one.
    pub due: Option<Date>,
    /// Days of suspension.
    pub suspension_days: Decimal,
    /// Amount in euro.
    pub amount_eur: Option<Decimal>,
    /// Days the office declared.
    pub declared_days: Option<Decimal>,
    /// N.C. where the end would stand: left out, whatever its suspension.
    pub not_counted: bool,
}

impl Case<'_> {
    /// The same, with an id of its own.
    pub fn into_owned(self) -> Case<'static> {
        Case { id: self.id.map(|id| id.into_owned().into()), ..self }
    }
}

/// One step: when due, when done.
#[derive(Debug, Clone)]
pub struct Step {
    /// 0-based row.
    pub row: u32,
    /// Its number, as shown.
    pub number: String,
    /// What was to be done.
    pub step: String,
    /// Who was to do it.
    pub office: String,
    /// Due date.
    pub due: Date,
    /// Actual date; none when not done yet.
    pub actual: Option<Date>,
    /// What the sheet says in words.
    pub met: Option<bool>,
    /// N.C. where the actual date would stand, or the answer without one: left out.
    pub not_counted: bool,
}

/// One check: a target, and whether it is met.
#[derive(Debug, Clone)]
pub struct Check {
    /// 0-based row.
    pub row: u32,
    /// Its number, as shown.
    pub number: String,
    /// The target's text.
    pub target: String,
    /// What the sheet says.
    pub met: Option<bool>,
    /// What it must reach.
    pub goal: Option<Goal>,
    /// What was measured, in the unit of the goal.
    pub actual: Option<Decimal>,
    /// Last year's value.
    pub last_year: Option<Decimal>,
    /// N.C.: left out.
    pub not_counted: bool,
}

impl Check {
    /// Whether what was measured meets the goal; none when one of them is missing.
    pub fn computed(&self) -> Option<bool> {
        self.goal.as_ref()?.met(self.actual?, self.last_year)
    }
}

/// One item of a coverage list.
#[derive(Debug, Clone)]
pub struct Item {
    /// 0-based row.
    pub row: u32,
    /// Its number, as shown.
    pub number: String,
    /// The office or item.
    pub item: String,
    /// Whether it is done; none when the cell is empty.
    pub done: Option<bool>,
}

/// The rows of an evidence table.
#[derive(Debug, Clone)]
pub enum Rows {
    /// One row per case.
    Cases(Cases),
    /// One row per step.
    Steps(Vec<Step>),
    /// One row per target.
    Checks(Vec<Check>),
    /// One row per office or item.
    Coverage(Vec<Item>),
}

impl Rows {
    /// No rows yet, for an evidence kind, with room for some.
    pub fn of(kind: &Kind, room: usize) -> Self {
        match kind.id {
            "cases" => Self::Cases(Cases::with_room(room)),
            "steps" => Self::Steps(Vec::with_capacity(room)),
            "checks" => Self::Checks(Vec::with_capacity(room)),
            _ => Self::Coverage(Vec::with_capacity(room)),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Cases(rows) => rows.len(),
            Self::Steps(rows) => rows.len(),
            Self::Checks(rows) => rows.len(),
            Self::Coverage(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds rows of the same kind.
    fn append(&mut self, other: Self) {
        match (self, other) {
            (Self::Cases(rows), Self::Cases(other)) => rows.append(other),
            (Self::Steps(rows), Self::Steps(other)) => rows.extend(other),
            (Self::Checks(rows), Self::Checks(other)) => rows.extend(other),
            (Self::Coverage(rows), Self::Coverage(other)) => rows.extend(other),
            _ => unreachable!("rows of one table are of one kind"),
        }
    }
}

/// One evidence table.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Where it stands.
    pub table: Arc<Table>,
    /// Its rows.
    pub rows: Rows,
    /// Rows that could not be used; each has its finding.
    pub unread: u32,
    /// Whether the formulas of another sheet of the same file refer to it: it backs that sheet.
    pub referred: bool,
}

impl Evidence {
    /// Adds the rows of another part of the same table.
    pub fn append(&mut self, part: Self) {
        self.rows.append(part.rows);
        self.unread += part.unread;
    }
}
