//! The kinds of sheet the program knows: one folder each, with its declared columns, its record and how a row is read.
//!
//! A column is declared once; recognition, parsing, the blank forms, the manual and the data dictionary follow from it.

pub mod cases;
pub mod charter;
pub mod checks;
pub mod closing;
pub mod coverage;
pub mod evidence;
pub mod fields;
pub mod form;
pub mod objectives;
pub mod procedures;
pub mod reader;
pub mod resources;
pub mod staff_costs;
pub mod steps;
pub mod table;
pub mod targets;

use crate::finding::{Code, Text};
use reader::RowReader;

/// What the cells of a column hold: decides how they are read, and helps to tell columns with the same name apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    /// Free text.
    Text,
    /// A short identifier: `3.2.1`, `4a`, `2C`.
    Code,
    /// A duration, a share, or words such as `nei termini`.
    Measure,
    /// A percentage, or N.C.
    Percent,
    /// A date.
    Date,
    /// Money.
    Amount,
    /// A number of days or a weight.
    Number,
    /// SI or NO.
    YesNo,
    /// A year.
    Year,
    /// What a check must reach: `< 5%`, `entro 10 gg`, `mantenimento`.
    Goal,
    /// A value that a check measured: a number, a percentage or a duration.
    Actual,
}

/// One declared column of a kind.
#[derive(Debug)]
pub struct Column {
    /// Its name in the code, in `[columns.*]` and in exports.
    pub id: &'static str,
    /// Its header in the blank form.
    pub header: &'static str,
    /// What its cells hold.
    pub content: Content,
    /// Other accepted headers; folding, abbreviations, word order and small typos are understood.
    pub spellings: &'static [&'static str],
    /// Headers that can also mean another column: the content below must agree.
    pub weak: &'static [&'static str],
    /// What to write in it.
    pub help: Text,
}

/// A column with its header, content, spellings and help.
pub const fn column(
    id: &'static str,
    header: &'static str,
    content: Content,
    spellings: &'static [&'static str],
    weak: &'static [&'static str],
    help: Text,
) -> Column {
    Column { id, header, content, spellings, weak, help }
}

/// What the column of notes is called.
const NOTES: &[&str] = &[
    "osservazioni",
    "annotazioni",
    "commenti",
    "commento",
    "motivazione",
    "motivazioni",
    "motivazione scostamento",
    "note osservazioni",
    "note e osservazioni",
    "eventuali note",
    "giustificazione",
    "giustificazioni",
    "motivazione dello scostamento",
    "nota",
    "note motivazioni",
    "cause scostamento",
    "azioni correttive",
    "motivo",
    "motivi",
    "motivi scostamento",
    "motivi del mancato rispetto",
    "motivo del mancato rispetto",
    "motivazione del mancato rispetto",
    "motivo ritardo",
    "motivo dello scostamento",
];

/// One kind of sheet.
#[derive(Debug)]
pub struct Kind {
    /// Its name in the code, on the command line and in the JSON.
    pub id: &'static str,
    /// What it is called.
    pub title: Text,
    /// Whether it proves a procedure's or a standard's result.
    pub evidence: bool,
    /// Its columns, in the order of the blank form.
    pub columns: &'static [Column],
    /// Columns it cannot do without: one of each inner list.
    pub requires: &'static [&'static [&'static str]],
    /// Words of a title that speak for the kind.
    pub context: &'static [&'static str],
    /// Columns that tell one record from another: a row where all of them are empty is no record.
    pub keys: &'static [&'static str],
    /// Columns that carry what is measured.
    pub values: &'static [&'static str],
    /// Its blank form, as far as the columns do not say it.
    pub form: &'static form::Form,
    /// How its records go out to an export and come back.
    pub exchange: fields::Exchange,
    /// Reads one row.
    pub read: fn(&mut RowReader<'_>),
}

impl Kind {
    /// The declared column with an id.
    pub fn column(&self, id: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.id == id)
    }
}

/// All kinds, in the order of the consolidated workbook.
pub static KINDS: &[&Kind] = &[
    &charter::KIND,
    &procedures::KIND,
    &cases::KIND,
    &steps::KIND,
    &checks::KIND,
    &coverage::KIND,
    &objectives::KIND,
    &staff_costs::KIND,
    &resources::KIND,
    &targets::KIND,
];

/// The kind with an id.
pub fn kind(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == id).copied()
}

/// The codes that reading rows can raise.
pub fn codes() -> Vec<&'static Code> {
    [reader::CODES, evidence::CODES, objectives::CODES, staff_costs::CODES, resources::CODES].concat()
}
