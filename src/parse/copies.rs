//! Figures that were copied: another office's under a new name, or last year's under a new title.
//!
//! Every table of standards leaves a print of its rows, also one that is not consolidated; prints are compared in pairs.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use arcstr::ArcStr;
use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::duration::{self, Clock, Measure};
use crate::value::fold::{has_words, spaced_words};
use crate::value::number;

/// As many telling figures must agree.
const TELLING: usize = 3;

/// The figures of another office.
pub static SAME_FIGURES: Code = Code {
    id: "X016",
    slug: "same-figures-elsewhere",
    severity: Severity::Warning,
    message: Text::new(
        "{count} valori rilevati sono gli stessi, nello stesso ordine, di un altro foglio con altri servizi: sono stati incollati?",
        "{count} measured values are the same, in the same order, as in another sheet with other services: were they pasted in?",
    ),
    help: Text::new("controllare che i valori siano di questo ufficio", "check that the values are this office's"),
};

/// Last year's figures.
pub static SAME_AS_LAST_YEAR: Code = Code {
    id: "X017",
    slug: "same-figures-as-another-year",
    severity: Severity::Warning,
    message: Text::new(
        "tutti i {count} valori rilevati sono uguali a quelli di un foglio di un altro anno: è stato rimandato il foglio vecchio?",
        "all {count} measured values equal those of a sheet of another year: was the old sheet sent again?",
    ),
    help: Text::new("controllare che i valori siano dell’anno giusto", "check that the values are of the right year"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&SAME_FIGURES, &SAME_AS_LAST_YEAR];

/// What a table of standards measured, row by row.
#[derive(Debug, Clone)]
pub struct Print {
    /// Its table.
    pub table: Arc<Table>,
    /// Whether the table was consolidated.
    pub taken: bool,
    /// Name of the service, its row, and the measured figure when it tells something.
    pub rows: Vec<(ArcStr, u32, Option<Decimal>)>,
}

/// The print of some rows of a table of standards; `None` for other kinds.
pub fn print(sheet: &Sheet, table: &Arc<Table>, taken: bool) -> Option<Print> {
    let (process, measured) = (table.col("process")?, table.col("measured").filter(|_| table.kind.id == "charter")?);
    let rows = sheet.rows_between(table.body_rows.0, table.body_rows.1).filter_map(|row| {
        let figure = telling(&sheet.cell_of(row, measured)?);
        let name = match row.typed_text(process) {
            Some(text) => ArcStr::clone(text),
            None => sheet.shared_text(sheet.cell_of(row, process)?),
        };
        has_words(&name).then_some((name, row.index, figure))
    });
    Some(Print { table: table.clone(), taken, rows: rows.collect() })
}

/// A measured figure that is not like any other's: neither nothing nor the whole.
fn telling(cell: &Cell<'_>) -> Option<Decimal> {
    let figure = match &cell.value {
        Value::Number(stored) => number::from_stored(*stored),
        Value::Text(text) => match duration::parse(text, Clock::DAYS, None)? {
            Measure::Span(span) => Some(span.amount),
            Measure::Share(share) => Some(share),
            _ => None,
        },
        _ => None,
    };
    figure.map(without_noughts).filter(|figure| !figure.is_zero() && *figure != Decimal::ONE_HUNDRED)
}

/// A figure without noughts behind its decimals; most have no decimals.
fn without_noughts(figure: Decimal) -> Decimal {
    if figure.scale() == 0 { figure } else { figure.normalize() }
}

/// Compares the prints of all tables, each with those that may be its copy.
pub fn compare(prints: &[Print], findings: &mut Findings) {
    let (taken, left): (Vec<&Print>, Vec<&Print>) = prints.iter().partition(|print| print.taken);
    other_offices(&taken, findings);
    if left.is_empty() {
        return;
    }
    let taken: Vec<Services<'_>> = taken.into_iter().map(Services::of).collect();
    let mut rows: HashMap<(&str, Decimal), Vec<usize>> = HashMap::new();
    for (at, now) in taken.iter().enumerate() {
        now.telling().for_each(|row| rows.entry(row).or_default().push(at));
    }
    for then in left.into_iter().map(Services::of) {
        let mut same: BTreeMap<usize, usize> = BTreeMap::new();
        then.telling().filter_map(|row| rows.get(&row)).flatten().for_each(|at| *same.entry(*at).or_default() += 1);
        let near = same.iter().filter(|(_, count)| **count >= TELLING).map(|(at, _)| &taken[*at]);
        near.filter(|now| !of_one_sheet(now.print, then.print)).for_each(|now| last_year(now, &then, findings));
    }
}

/// A print with the folded names of its services.
struct Services<'a> {
    print: &'a Print,
    names: Vec<String>,
}

impl<'a> Services<'a> {
    fn of(print: &'a Print) -> Self {
        Self { print, names: print.rows.iter().map(|(name, ..)| spaced_words(name)).collect() }
    }

    /// Its rows with folded names.
    fn rows(&self) -> impl Iterator<Item = (&str, u32, Option<Decimal>)> {
        self.names.iter().zip(&self.print.rows).map(|(name, (_, row, figure))| (name.as_str(), *row, *figure))
    }

    /// Its services that have a telling figure, with it.
    fn telling(&self) -> impl Iterator<Item = (&str, Decimal)> {
        self.rows().filter_map(|(name, _, figure)| Some((name, figure?)))
    }
}

fn of_one_sheet(a: &Print, b: &Print) -> bool {
    Arc::ptr_eq(&a.table.sheet, &b.table.sheet)
}

/// The same services with the same figures, in a sheet of another year.
fn last_year(now: &Services<'_>, then: &Services<'_>, findings: &mut Findings) {
    let old: HashMap<&str, Option<Decimal>> = then.rows().map(|(name, _, figure)| (name, figure)).collect();
    let both: Vec<(u32, Option<Decimal>, Option<Decimal>)> =
        now.rows().filter_map(|(name, row, figure)| old.get(name).map(|old| (row, figure, *old))).collect();
    let telling = both.iter().filter(|(_, figure, _)| figure.is_some()).count();
    if telling >= TELLING && both.iter().all(|(_, figure, old)| figure == old) {
        findings.push(finding(&SAME_AS_LAST_YEAR, now.print, both[0].0, then.print, telling));
    }
}

/// Other services with the same figures in the same order: each is told once, with the first that has them.
fn other_offices(taken: &[&Print], findings: &mut Findings) {
    let mut known: HashMap<Vec<u8>, Vec<&Print>> = HashMap::new();
    for later in taken {
        let figures = spelt_figures(later);
        let (each, _) = figures.as_chunks::<FIGURE>();
        // A few small whole numbers agree by chance.
        if !are_more_than(TELLING, each) {
            continue;
        }
        let count = each.len();
        let same = known.entry(figures).or_default();
        // Most have figures of their own, and need no look at their names.
        let names: LazyCell<HashSet<String>, _> =
            LazyCell::new(|| later.rows.iter().map(|(name, ..)| spaced_words(name)).collect());
        let shared = |earlier: &Print| earlier.rows.iter().any(|(name, ..)| names.contains(&spaced_words(name)));
        if let Some(earlier) = same.iter().find(|earlier| !of_one_sheet(earlier, later) && !shared(earlier)) {
            let row = later.rows.iter().find(|(_, _, figure)| figure.is_some()).map_or(0, |(_, row, _)| *row);
            findings.push(finding(&SAME_FIGURES, later, row, earlier, count));
        }
        same.push(later);
    }
}

/// So many bytes spell a figure.
const FIGURE: usize = 16;

/// The telling figures of a print in a row, those of one value spelt alike: their bytes are compared sooner than they are.
fn spelt_figures(print: &Print) -> Vec<u8> {
    let mut spelt = Vec::with_capacity(FIGURE * print.rows.len());
    let figures = print.rows.iter().filter_map(|(_, _, figure)| *figure);
    figures.for_each(|figure| spelt.extend_from_slice(&without_noughts(figure).serialize()));
    spelt
}

/// Whether there are more than so many different figures; the first few mostly are.
fn are_more_than(few: usize, figures: &[[u8; FIGURE]]) -> bool {
    let mut different: Vec<&[u8; FIGURE]> = Vec::with_capacity(few + 1);
    figures.iter().any(|figure| {
        if !different.contains(&figure) {
            different.push(figure);
        }
        different.len() > few
    })
}

fn finding(code: &'static Code, print: &Print, row: u32, other: &Print, count: usize) -> Finding {
    let place = |print: &Print, row| {
        let col = print.table.col("measured").unwrap_or(0);
        Place::cell(&print.table.file, &print.table.sheet, row, col)
    };
    let there = other.rows.first().map_or(0, |(_, row, _)| *row);
    Finding::new(code, place(print, row)).with("count", count.to_string()).and(place(other, there))
}
