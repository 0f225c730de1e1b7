//! What a whole column decides about each of its cells: notation, scale, unit.

use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::Content;
use crate::kinds::reader::{Decision, Scale};
use crate::kinds::table::{Mapped, Role, Table};
use crate::place::Place;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::duration::{self, Clock, Unit};
use crate::value::number::{self, Evidence, Scanned};
use crate::value::percentage::{self, Percent};

/// A column that uses both marks.
pub static MIXED_NOTATION: Code = Code {
    id: "S010",
    slug: "mixed-notation",
    severity: Severity::Warning,
    message: Text::new(
        "la colonna «{column}» usa sia la virgola sia il punto come segno decimale ({examples})",
        "the column \"{column}\" uses both comma and point as decimal mark ({examples})",
    ),
    help: Text::new("usare un solo segno in tutta la colonna", "use one mark in the whole column"),
};

/// A percentage column of bare fractions.
pub static FRACTIONS: Code = Code {
    id: "S011",
    slug: "fractions-without-format",
    severity: Severity::Warning,
    message: Text::new(
        "i valori della colonna «{column}» stanno fra 0 e 1 senza formato di percentuale: letti come frazioni (0,9 = 90%)",
        "the values of the column \"{column}\" are between 0 and 1 without percent format: read as fractions (0.9 = 90%)",
    ),
    help: Text::new(
        "dare alla colonna il formato Percentuale, o scrivere 90 invece di 0,9",
        "give the column the Percentage format, or write 90 instead of 0.9",
    ),
};

/// A percentage column of ones.
pub static ONES: Code = Code {
    id: "S012",
    slug: "ones-as-percent",
    severity: Severity::Warning,
    message: Text::new(
        "la colonna «{column}» contiene solo 0 e 1 senza formato di percentuale: 1 è stato letto come 1%",
        "the column \"{column}\" holds only 0 and 1 without percent format: 1 was read as 1%",
    ),
    help: Text::new(
        "se vale il cento per cento scrivere 100% nella cella",
        "if one hundred per cent is meant, write 100% in the cell",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&MIXED_NOTATION, &FRACTIONS, &ONES];

/// Texts of a column seen for its notation.
#[derive(Default)]
struct Notation {
    evidence: Evidence,
    italian: Vec<((u32, u32), String)>,
    english: Vec<((u32, u32), String)>,
}

/// Plain numbers and percentages of a column.
#[derive(Default)]
struct Percents {
    /// Plain numbers, without sign or format.
    plain: Vec<Decimal>,
    largest: Decimal,
    first: Option<(u32, u32)>,
    formatted: bool,
}

/// Decides every numeric column of a table from its record rows.
pub fn decide(sheet: &Sheet, table: &Table, rows: &[u32], findings: &mut Findings) -> Vec<(u32, Decision)> {
    table
        .columns
        .iter()
        .filter_map(|mapped| content(&mapped.role).map(|content| (mapped, content)))
        .filter(|(_, content)| *content != Content::Text)
        .map(|(mapped, content)| (mapped.col, decide_column(sheet, table, mapped, content, rows, findings)))
        .collect()
}

fn content(role: &Role) -> Option<Content> {
    match role {
        Role::Column(column) => Some(column.content),
        Role::Year(_) | Role::Entity(_) => Some(Content::Amount),
        _ => None,
    }
}

fn decide_column(
    sheet: &Sheet,
    table: &Table,
    mapped: &Mapped,
    content: Content,
    rows: &[u32],
    findings: &mut Findings,
) -> Decision {
    let mut notation = Notation::default();
    let mut percents = Percents::default();
    let numeric = matches!(
        content,
        Content::Measure | Content::Percent | Content::Amount | Content::Number | Content::Actual | Content::Goal
    );
    for row in rows.iter().filter(|_| numeric) {
        let Some(cell) = sheet.cell(*row, mapped.col) else { continue };
        look(sheet, cell, content, (*row, mapped.col), &mut notation, &mut percents);
    }
    let clock = duration::header_clock(&mapped.header).unwrap_or(Clock { unit: Unit::Days, working: false });
    let mut decision = Decision {
        reading: notation.evidence.reading(),
        conflict: notation.evidence.conflict(),
        scale: Scale::Points,
        largest_percent: percents.largest,
        has_shares: percents.formatted,
        has_spans: percents.plain.iter().any(|value| *value > Decimal::ONE),
        clock,
    };
    if decision.conflict {
        // The cells that differ from most of the column are the ones to look at.
        let odd = if notation.italian.len() < notation.english.len() { &notation.italian } else { &notation.english };
        let examples = [&notation.italian, &notation.english]
            .map(|list| list.first().map(|(_, text)| text.clone()).unwrap_or_default())
            .join(", ");
        for ((row, col), _) in odd.iter().take(50) {
            let place = Place::cell(&table.file, &table.sheet, *row, *col);
            findings.push(
                Finding::new(&MIXED_NOTATION, place)
                    .with("column", mapped.header.clone())
                    .with("examples", examples.clone()),
            );
        }
    }
    if content == Content::Percent {
        decision.scale = scale(&percents, table, mapped, findings);
    }
    decision
}

fn at_header(code: &'static Code, table: &Table, mapped: &Mapped) -> Finding {
    let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col);
    Finding::new(code, place).with("column", mapped.header.clone())
}

/// Takes one cell into account.
fn look(
    sheet: &Sheet,
    cell: &Cell,
    content: Content,
    at: (u32, u32),
    notation: &mut Notation,
    percents: &mut Percents,
) {
    match &cell.value {
        Value::Number(stored) => {
            let Some(value) = number::from_stored(*stored) else { return };
            if sheet.format(cell).suffix.contains('%') {
                percents.formatted = true;
                percents.largest = percents.largest.max(value);
            } else if sheet.format(cell).kind == FormatKind::Percent {
                percents.formatted = true;
                percents.largest = percents.largest.max(value * Decimal::ONE_HUNDRED);
            } else {
                percents.plain(value, at);
            }
        }
        Value::Text(text) => {
            let (scanned, signed) = match content {
                Content::Measure => (numbers_in(text), text.contains('%')),
                Content::Percent | Content::Actual | Content::Goal => match percentage::scan(text) {
                    Some(Percent::Score { number, signed, .. }) => (vec![number], signed),
                    _ => (Vec::new(), false),
                },
                _ => (number::scan(text).into_iter().collect(), false),
            };
            for number in &scanned {
                notation.add(text, at, number);
                let value = number.read(number::Nature::Measure, None);
                if signed {
                    percents.formatted = true;
                    percents.largest = percents.largest.max(value);
                } else {
                    percents.plain(value, at);
                }
            }
        }
        _ => {}
    }
}

/// The numbers that stand in a text such as `tempo medio giorni 8,75`.
fn numbers_in(text: &str) -> Vec<Scanned> {
    text.split(|c: char| !(c.is_ascii_digit() || ".,".contains(c)))
        .map(|piece| piece.trim_matches(['.', ',']))
        .filter(|piece| !piece.is_empty())
        .filter_map(number::scan)
        .collect()
}

impl Notation {
    fn add(&mut self, text: &str, at: (u32, u32), number: &Scanned) {
        self.evidence.add(number);
        let list = match number.shows {
            Some(number::Reading::Italian) => &mut self.italian,
            Some(number::Reading::English) => &mut self.english,
            None => return,
        };
        list.push((at, crate::finding::shorten(text, 24)));
    }
}

impl Percents {
    fn plain(&mut self, value: Decimal, at: (u32, u32)) {
        self.largest = self.largest.max(value);
        self.first.get_or_insert(at);
        self.plain.push(value);
    }
}

/// Bare numbers all between 0 and 1, one of them strictly between, are fractions; that is said, never silent.
fn scale(percents: &Percents, table: &Table, mapped: &Mapped, findings: &mut Findings) -> Scale {
    let unit = |value: &Decimal| *value >= Decimal::ZERO && *value <= Decimal::ONE;
    let between = |value: &Decimal| *value > Decimal::ZERO && *value < Decimal::ONE;
    if percents.plain.is_empty() || percents.formatted || !percents.plain.iter().all(unit) {
        return Scale::Points;
    }
    if percents.plain.iter().any(between) {
        findings.push(at_header(&FRACTIONS, table, mapped));
        return Scale::Fractions;
    }
    if percents.plain.contains(&Decimal::ONE) {
        findings.push(at_header(&ONES, table, mapped));
    }
    Scale::Points
}
