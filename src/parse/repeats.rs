//! Rows of evidence that stand twice in a table: a line copied by mistake counts twice, and so do two of one thing that
//! say different things of it.

use std::collections::HashMap;
use std::fmt::Write;

use super::layout::is_blank;
use super::plan::Plan;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::evidence::{Check, Evidence, Item, Rows, Step};
use crate::kinds::reader::bare_code;
use crate::kinds::table::{Mapped, Role, Table};
use crate::place::Place;
use crate::sheet::Sheet;
use crate::value::fold::{self, fold};

/// A row that is another once more.
pub static ROW_TWICE: Code = Code {
    id: "S025",
    slug: "row-twice",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}»: la riga è identica alla {row}; {copies} oltre a quella, e tutte sono conteggiate",
        "\"{seen}\": the row is the same as row {row}; {copies} besides it, and all are counted",
    ),
    help: Text::new("se è una copia, togliere la riga", "if it is a copy, remove the row"),
};

/// Two rows of one thing that say different things of it.
pub static ROW_CONTRADICTED: Code = Code {
    id: "C049",
    slug: "row-contradicted",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}»: qui «{said}», alla riga {row} «{other}»; entrambe le righe sono conteggiate",
        "\"{seen}\": here \"{said}\", in row {row} \"{other}\"; both rows are counted",
    ),
    help: Text::new(
        "lasciare solo la riga giusta; se sono due cose diverse, dare loro nomi diversi",
        "leave in only the right row; if they are two things, give them different names",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&ROW_TWICE, &ROW_CONTRADICTED];

/// Tells the rows of steps, checks and items that are, cell for cell, one further up.
pub fn report(sheet: &Sheet, table: &Table, records: &[u32], findings: &mut Findings) {
    // Cases have their number; without one two may be of the same days, but not of the same amount too. Of the other kinds
    // rows are joined across files.
    let tells_apart = |id: &str| table.col(id).is_some();
    if !table.kind.evidence || (table.kind.id == "cases" && (tells_apart("id") || !tells_apart("amount"))) {
        return;
    }
    let key = if table.kind.id == "cases" { Some("amount") } else { table.kind.keys.first().copied() };
    let Some(col) = key.and_then(|id| table.col(id)) else { return };
    let mut known: HashMap<String, Vec<u32>> = HashMap::new();
    for row in sheet.along(records) {
        let cells = || row.cells().filter(|cell| !is_blank(cell));
        if cells().count() < 2 || cells().all(|cell| cell.col != col) {
            continue;
        }
        let mut key = String::new();
        for cell in cells() {
            writeln!(key, "{} {:?}", cell.col, cell.value).expect("writing to a text");
        }
        known.entry(key).or_default().push(row.index);
    }
    let mut twice: Vec<Vec<u32>> = known.into_values().filter(|rows| rows.len() > 1).collect();
    twice.sort_unstable();
    for rows in twice {
        let copies = match rows.len() - 1 {
            1 => Word::Text(Text::new("ce n’è una", "there is one")),
            count => Word::Both(format!("ce ne sono {count}"), format!("there are {count}")),
        };
        // At the copies, and last where the first stands.
        let places = rows[1..].iter().map(|row| Place::cell(&table.file, &table.sheet, *row, col));
        let (first, Some(finding)) = (rows[0], Finding::over(&ROW_TWICE, places)) else { continue };
        let finding = finding.with("seen", sheet.text(first, col)).with("row", (first + 1).to_string());
        findings.push(finding.with("copies", copies).and(Place::cell(&table.file, &table.sheet, first, col)));
    }
}

/// One row of evidence that counts.
#[derive(Clone, Copy)]
enum One<'a> {
    Step(&'a Step),
    Check(&'a Check),
    Item(&'a Item),
}

impl<'a> One<'a> {
    /// All rows of a table that count, but for cases.
    fn all(rows: &'a Rows) -> Vec<Self> {
        match rows {
            Rows::Cases(_) => Vec::new(),
            Rows::Steps(steps) => steps.iter().filter(|step| !step.not_counted).map(Self::Step).collect(),
            Rows::Checks(checks) => checks.iter().filter(|check| !check.not_counted).map(Self::Check).collect(),
            Rows::Coverage(items) => items.iter().map(Self::Item).collect(),
        }
    }

    fn row(self) -> u32 {
        match self {
            Self::Step(step) => step.row,
            Self::Check(check) => check.row,
            Self::Item(item) => item.row,
        }
    }

    /// The column in which another row of the same thing says something else.
    fn against(self, other: Self) -> Option<&'static str> {
        let differ = |one: Option<bool>, other: Option<bool>| one.zip(other).is_some_and(|(one, other)| one != other);
        match (self, other) {
            (Self::Item(one), Self::Item(other)) => (one.done != other.done).then_some("done"),
            (Self::Step(one), Self::Step(other)) if one.actual != other.actual => Some("actual"),
            (Self::Step(one), Self::Step(other)) => differ(one.met, other.met).then_some("met"),
            (Self::Check(one), Self::Check(other)) if differ(one.met, other.met) => Some("met"),
            (Self::Check(one), Self::Check(other)) => {
                let figures = one.actual.zip(other.actual).is_some_and(|(one, other)| one != other);
                let met = |check: &Check| check.met.or_else(|| check.computed());
                (figures || differ(met(one), met(other))).then_some("actual")
            }
            _ => None,
        }
    }
}

/// Tells the steps, checks and items that have the name, and all that tells them apart, of one further up in their
/// section, and say something else of it.
pub fn contradicted(sheet: &Sheet, table: &Table, plan: &Plan, evidence: Option<&Evidence>, findings: &mut Findings) {
    let (Some(evidence), Some(name)) = (evidence, table.kind.keys.first().and_then(|id| table.col(id))) else { return };
    let mut apart: Vec<u32> =
        table.columns.iter().filter(|mapped| tells_apart(mapped)).map(|mapped| mapped.col).collect();
    apart.sort_unstable();
    let mut carried: HashMap<u32, String> = HashMap::new();
    let mut known: HashMap<String, One<'_>> = HashMap::new();
    for one in One::all(&evidence.rows) {
        let row = one.row();
        let mut key = plan.section(plan.records.partition_point(|record| *record < row)).to_string();
        for col in apart.iter().copied() {
            let mut shown = fold(&sheet.text(row, col));
            // What stands before the name may be given once for several rows.
            if col < name && shown.is_empty() {
                shown = carried.get(&col).cloned().unwrap_or_default();
            } else if col < name {
                carried.insert(col, shown.clone());
            }
            // A plain number only counts the rows.
            let counts =
                table.col("number") == Some(col) && bare_code(&shown).bytes().all(|byte| byte.is_ascii_digit());
            if !counts && sheet.formula(row, col).is_none() {
                write!(key, "\n{col} {shown}").expect("writing to a text");
            }
        }
        let seen = sheet.text(row, name);
        let first = *known.entry(key).or_insert(one);
        if let Some(col) = one.against(first).and_then(|id| table.col(id))
            && !fold::is_blank(&seen)
        {
            let place = |row: u32| Place::cell(&table.file, &table.sheet, row, col);
            let (row_of_first, said) = (first.row(), |row: u32| sheet.text(row, col));
            let finding = Finding::new(&ROW_CONTRADICTED, place(row)).with("seen", seen).with("said", said(row));
            let finding = finding.with("other", said(row_of_first)).with("row", (row_of_first + 1).to_string());
            findings.push(finding.and(place(row_of_first)));
        }
    }
}

/// Whether what stands in a column tells one row from another, and is not what is said of it.
fn tells_apart(mapped: &Mapped) -> bool {
    const NAMES: &[&str] = &["number", "step", "office", "due", "target", "goal", "item"];
    match &mapped.role {
        Role::Column(column) => NAMES.contains(&column.id),
        Role::Unknown | Role::Ambiguous(_) => true,
        _ => false,
    }
}
