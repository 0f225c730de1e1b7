//! What a whole column decides about each of its cells: notation, scale, unit.

use std::cmp::Ordering;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::LONG;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::Content;
use crate::kinds::reader::{Decision, Scale, says_amount, units_of};
use crate::kinds::table::{Mapped, Role, Table};
use crate::place::Place;
use crate::recognise::shares::{says_degree, says_share};
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, CellText, Sheet, Value};
use crate::value::duration::{self, Clock};
use crate::value::fold::words;
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

/// Bare results beside a target.
pub static BESIDE_TARGET: Code = Code {
    id: "S042",
    slug: "results-beside-target",
    severity: Severity::Warning,
    message: Text::new(
        "i valori della colonna «{column}» stanno accanto a «{target}» e sono stati letti come percentuali",
        "the values of the column \"{column}\" stand beside \"{target}\" and were read as percentages",
    ),
    help: Text::new(
        "se sono quantità o giorni, aggiungere una colonna «% raggiungimento» con la percentuale; se sono percentuali scrivere il segno %",
        "if they are quantities or days, add a column \"% raggiungimento\" with the percentage; if they are percentages write the % sign",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&MIXED_NOTATION, &FRACTIONS, &ONES, &BESIDE_TARGET];

/// Cells of the rarer notation that are pointed out.
const POINTED_OUT: usize = 50;

/// What was seen of a column.
#[derive(Default)]
struct Seen {
    notation: Notation,
    percents: Percents,
}

/// Texts of a column seen for its notation.
#[derive(Default)]
struct Notation {
    evidence: Evidence,
    /// The first cells that show each, with the text of the very first.
    italian: (Vec<(u32, u32)>, String),
    english: (Vec<(u32, u32)>, String),
}

/// Plain numbers and percentages of a column.
struct Percents {
    /// Whether there are plain numbers, without sign or format.
    any_plain: bool,
    /// Whether all of them are between 0 and 1, both included.
    all_unit: bool,
    any_between: bool,
    any_one: bool,
    any_above: bool,
    largest: Decimal,
    formatted: bool,
}

/// Decides every numeric column of a table from its record rows.
pub fn decide(sheet: &Sheet, table: &Table, rows: &[u32], findings: &mut Findings) -> Vec<(u32, Decision)> {
    let typed = table.columns.iter().filter_map(|mapped| typed(mapped).map(|content| (mapped, content)));
    typed.map(|(mapped, content)| (mapped.col, decide_column(sheet, table, mapped, content, rows, findings))).collect()
}

/// What a column holds, unless that is any text.
fn typed(mapped: &Mapped) -> Option<Content> {
    let content = match &mapped.role {
        Role::Column(column) => column.content,
        Role::Year(_) | Role::Entity(_) => Content::Amount,
        _ => return None,
    };
    (content != Content::Text).then_some(content)
}

fn decide_column(
    sheet: &Sheet,
    table: &Table,
    mapped: &Mapped,
    content: Content,
    rows: &[u32],
    findings: &mut Findings,
) -> Decision {
    let numeric = matches!(
        content,
        Content::Measure | Content::Percent | Content::Amount | Content::Number | Content::Actual | Content::Goal
    );
    let look = |rows: &[u32]| {
        let mut seen = Seen::default();
        for stretch in sheet.rows.stretches(rows) {
            let spot = stretch.spot(mapped.col);
            for row in stretch {
                let stored = || spot.map(|spot| row.at(spot));
                let (at, cell) = ((row.index, mapped.col), || stored().or_else(|| sheet.cell_of(row, mapped.col)));
                let packed = spot.filter(|_| is_of_one_scale(content)).and_then(|spot| row.packed(spot)?.number());
                match packed {
                    Some((_, 0)) => {}
                    Some(_) => seen.notation.add_shown(|| cell()?.text(), at, number::Reading::Italian),
                    None => cell().iter().for_each(|cell| seen.look(sheet, cell, content, at)),
                }
            }
        }
        seen
    };
    let rows = if numeric { rows } else { &[] };
    let Seen { notation, percents } = match rows.len() {
        0..LONG => look(rows),
        _ => rows.par_chunks(LONG).map(look).collect::<Vec<_>>().into_iter().fold(Seen::default(), Seen::followed_by),
    };
    let header = said_of_units(sheet, table, mapped);
    let clock = duration::header_clock(&header).unwrap_or(Clock::DAYS);
    let mut decision = Decision {
        reading: notation.evidence.reading(),
        conflict: notation.evidence.conflict(),
        scale: Scale::Points,
        largest_percent: percents.largest,
        has_shares: percents.formatted,
        has_spans: percents.any_above,
        clock,
        points: content == Content::Measure && duration::header_says_points(&header),
        no_share: match content {
            Content::Measure => duration::header_gives_unit(&header),
            Content::Percent => duration::header_gives_unit(&header) || says_amount(&header),
            _ => false,
        },
        units: if content == Content::Measure { units_of(table, mapped.col) } else { None },
    };
    if decision.conflict {
        // The cells that differ from most of the column are the ones to look at.
        let fewer = notation.evidence.italian < notation.evidence.english;
        let odd = if fewer { &notation.italian.0 } else { &notation.english.0 };
        let examples = format!("{}, {}", notation.italian.1, notation.english.1);
        for (row, col) in odd {
            let place = Place::cell(&table.file, &table.sheet, *row, *col);
            findings.push(
                Finding::new(&MIXED_NOTATION, place)
                    .with("column", mapped.header.clone())
                    .with("examples", examples.clone()),
            );
        }
    }
    if content == Content::Percent || decision.points {
        decision.scale = scale(&percents, table, mapped, findings);
        if percents.any_plain && !decision.no_share {
            beside_target(sheet, table, mapped, rows, findings);
        }
    }
    decision
}

/// Amounts and counts are what they are.
fn is_of_one_scale(content: Content) -> bool {
    matches!(content, Content::Amount | Content::Number)
}

/// The header where it says something of units, else the group above it that does: `VALORE (ore)` over `PROGRAMMATO`.
fn said_of_units(sheet: &Sheet, table: &Table, mapped: &Mapped) -> String {
    let says = |text: &str| duration::header_clock(text).is_some() || duration::header_says_points(text);
    let above = (table.header_rows.0..table.header_rows.1).rev().map(|row| sheet.text(row, mapped.col));
    if says(&mapped.header) { None } else { above.into_iter().find(|text| says(text)) }
        .unwrap_or_else(|| mapped.header.clone())
}

fn at_header(code: &'static Code, table: &Table, mapped: &Mapped) -> Finding {
    let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col);
    Finding::new(code, place).with("column", mapped.header.clone())
}

impl Seen {
    /// Takes one cell into account.
    fn look(&mut self, sheet: &Sheet, cell: &Cell<'_>, content: Content, at: (u32, u32)) {
        let Self { notation, percents } = self;
        let of_one_scale = is_of_one_scale(content);
        match cell.value {
            Value::Number(_) if of_one_scale => {}
            Value::Number(stored) => {
                let Some(value) = number::from_stored(stored) else { return };
                if sheet.format(*cell).suffix.contains('%') {
                    percents.formatted = true;
                    percents.raise(value);
                } else if sheet.format(*cell).kind == FormatKind::Percent {
                    percents.formatted = true;
                    percents.raise(value * Decimal::ONE_HUNDRED);
                } else {
                    percents.plain(value);
                }
            }
            Value::Text(text) if let (true, Some(shows)) = (of_one_scale, number::shown_by_bare(&text)) => {
                shows.into_iter().for_each(|shown| notation.add_shown(|| Some(text), at, shown));
            }
            Value::Text(text) => {
                let mut take = |number: &Scanned, signed: bool| {
                    notation.add(text, at, number);
                    if of_one_scale {
                        return;
                    }
                    let value = number.read(number::Nature::Measure, None);
                    if signed {
                        percents.formatted = true;
                        percents.raise(value);
                    } else {
                        percents.plain(value);
                    }
                };
                match content {
                    Content::Measure => {
                        let signed = text.bytes().any(|byte| byte == b'%');
                        number::numbers_in(&text).for_each(|number| take(&number, signed));
                    }
                    Content::Percent | Content::Actual | Content::Goal => {
                        if let Some(Percent::Score { number, signed, .. }) = percentage::scan(&text) {
                            take(&number, signed);
                        }
                    }
                    _ => number::scan(&text).iter().for_each(|number| take(number, false)),
                }
            }
            _ => {}
        }
    }

    /// With what was seen of the rows below.
    fn followed_by(mut self, below: Self) -> Self {
        self.notation.append(below.notation);
        self.percents.append(&below.percents);
        self
    }
}

impl Notation {
    fn add(&mut self, text: CellText<'_>, at: (u32, u32), number: &Scanned) {
        match number.shows {
            Some(shown) => self.add_shown(|| Some(text), at, shown),
            None => self.evidence.add(number),
        }
    }

    #[inline]
    fn add_shown<'a>(&mut self, text: impl FnOnce() -> Option<CellText<'a>>, at: (u32, u32), shown: number::Reading) {
        self.evidence.add_shown(shown);
        let list = match shown {
            number::Reading::Italian => &mut self.italian,
            number::Reading::English => &mut self.english,
        };
        if list.0.is_empty() {
            list.1 = text().map(|text| crate::finding::shorten(&text, 24)).unwrap_or_default();
        }
        if list.0.len() < POINTED_OUT {
            list.0.push(at);
        }
    }

    fn append(&mut self, below: Self) {
        self.evidence.append(&below.evidence);
        for (list, below) in [(&mut self.italian, below.italian), (&mut self.english, below.english)] {
            if list.0.is_empty() {
                list.1 = below.1;
            }
            let room = POINTED_OUT - list.0.len();
            list.0.extend(below.0.into_iter().take(room));
        }
    }
}

impl Percents {
    fn plain(&mut self, value: Decimal) {
        self.raise(value);
        self.any_plain = true;
        let (amount, unit) = (value.mantissa(), 10_i128.pow(value.scale()));
        let (zero, one) = (amount.cmp(&0), amount.cmp(&unit));
        self.all_unit &= zero != Ordering::Less && one != Ordering::Greater;
        self.any_between |= zero == Ordering::Greater && one == Ordering::Less;
        self.any_one |= one == Ordering::Equal;
        self.any_above |= one == Ordering::Greater;
    }

    /// Makes a larger percentage the largest.
    fn raise(&mut self, value: Decimal) {
        let is_less = value.scale() == self.largest.scale() && value.mantissa() <= self.largest.mantissa();
        if !is_less {
            self.largest = self.largest.max(value);
        }
    }

    fn append(&mut self, below: &Self) {
        self.any_plain |= below.any_plain;
        self.all_unit &= below.all_unit;
        self.any_between |= below.any_between;
        self.any_one |= below.any_one;
        self.any_above |= below.any_above;
        self.raise(below.largest);
        self.formatted |= below.formatted;
    }
}

impl Default for Percents {
    fn default() -> Self {
        Self {
            any_plain: false,
            all_unit: true,
            any_between: false,
            any_one: false,
            any_above: false,
            largest: Decimal::ZERO,
            formatted: false,
        }
    }
}

/// Tells results of objectives that may be no percentages: bare ones beside a target that nobody reads, or beside units.
fn beside_target(sheet: &Sheet, table: &Table, mapped: &Mapped, rows: &[u32], findings: &mut Findings) {
    let is_result =
        matches!(mapped.role, Role::Column(column) if column.id == "result") && table.kind.id == "objectives";
    if !is_result || mapped.header.contains('%') || says_degree(&mapped.header) {
        return;
    }
    let is_unused = |other: &&Mapped| matches!(other.role, Role::Unknown);
    // `Realizzazione` is more often a share than `Risultato` is.
    let may_be_share = says_share(&mapped.header);
    let any = |col: u32, is_it: &dyn Fn(Cell<'_>, Decimal) -> bool| {
        sheet.down(rows, col).zip(sheet.down(rows, mapped.col)).any(|((_, beside), (_, reached))| {
            let reached = reached.and_then(|reached| bare(sheet, reached));
            beside.zip(reached).is_some_and(|(beside, reached)| is_it(beside, reached))
        })
    };
    let is_beside = |other: &&Mapped| {
        is_target(other) && (!may_be_share || any(other.col, &|wanted, reached| is_of_amount(sheet, wanted, reached)))
    };
    let target = table.columns.iter().filter(is_unused).find(is_beside);
    let units = || {
        let units = units_of(table, mapped.col)?;
        let is_told = any(units, &|unit, _| is_no_share(&sheet.shown(unit)));
        table.columns.iter().find(|other| other.col == units).filter(|_| is_told)
    };
    if let Some(beside) = target.or_else(units) {
        findings.push(at_header(&BESIDE_TARGET, table, mapped).with("target", beside.header.clone()));
    }
}

/// The number of a cell that holds nothing else and has no percent format.
fn bare(sheet: &Sheet, cell: Cell<'_>) -> Option<Decimal> {
    match cell.value {
        Value::Number(stored) => {
            let format = sheet.format(cell);
            let is_bare =
                matches!(format.kind, FormatKind::General | FormatKind::Number) && !format.suffix.contains('%');
            number::from_stored(stored).filter(|_| is_bare)
        }
        Value::Text(text) => number::scan(&text).map(|scanned| scanned.read(number::Nature::Measure, None)),
        _ => None,
    }
}

/// Whether a target is of another amount than 100 per cent, so that what was reached may be an amount too: `20`, `3 gg`.
fn is_of_amount(sheet: &Sheet, wanted: Cell<'_>, reached: Decimal) -> bool {
    if let Some(wanted) = bare(sheet, wanted) {
        return wanted != Decimal::ONE_HUNDRED;
    }
    let Some(text) = wanted.text() else { return false };
    let is_year = |number: Decimal| (1900..2100).contains(&i64::try_from(number).unwrap_or_default());
    let amounts = number::numbers_in(&text).map(|scanned| scanned.read(number::Nature::Measure, None));
    let has_amount = amounts.filter(|number| !is_year(*number)).any(|number| number != Decimal::ONE_HUNDRED);
    // Beside `2 regolamenti` a bare 100 is all of them.
    has_amount && !text.contains(['%', '/']) && !reached.is_zero() && reached != Decimal::ONE_HUNDRED
}

/// Whether a unit is none of percentages, nor of what is done or not.
fn is_no_share(unit: &str) -> bool {
    let said = words(unit);
    let is_done = matches!(said.first().map(String::as_str), Some("data" | "si" | "on"));
    (!said.is_empty() || unit.contains('€')) && !is_done && !unit.contains('%') && !duration::header_says_points(unit)
}

/// Whether a column is of what was to be reached.
pub fn is_target(mapped: &Mapped) -> bool {
    let says = |word: &String| matches!(word.as_str(), "target" | "soglia") || word.starts_with("attes");
    match mapped.role {
        Role::Column(column) => column.id == "target",
        Role::Unknown => words(&mapped.header).iter().any(says),
        _ => false,
    }
}

/// Bare numbers all between 0 and 1, one of them strictly between, are fractions; that is said, never silent.
fn scale(percents: &Percents, table: &Table, mapped: &Mapped, findings: &mut Findings) -> Scale {
    if !percents.any_plain || percents.formatted || !percents.all_unit {
        return Scale::Points;
    }
    if percents.any_between {
        findings.push(at_header(&FRACTIONS, table, mapped));
        return Scale::Fractions;
    }
    if percents.any_one {
        findings.push(at_header(&ONES, table, mapped));
    }
    Scale::Points
}
