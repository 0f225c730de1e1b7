//! A grid becomes tables: which kind claims which rows, with which header and which columns, and why.
//!
//! Every kind states its claim on every header that could be one; the claim that explains most of the columns wins, and
//! a near tie is said. Nothing is decided by a file's name alone, and never by who comes first.

mod budgets;
mod claims;
mod codes;
pub mod content;
pub mod context;
mod dates;
mod goals;
pub mod header;
pub mod labels;
pub mod mapping;
mod most;
mod price;
mod search;
pub mod shares;
pub mod staff;
mod time;
pub mod vocabulary;

use std::collections::HashMap;
use std::sync::Arc;

use crate::kinds::form::is_sealed;
use crate::kinds::table::{Role, Table};
use crate::kinds::{Kind, staff_costs};
use crate::place::Place;
use crate::sheet::{KeptAt, Sheet};
use crate::value::fold::words;
use claims::{Claims, body_end};
use content::Agreements;
use mapping::Claim;
use search::Search;
use vocabulary::Vocabulary;

/// The first header of a sheet stands on one of these first rows.
const FIRST_ROWS: u32 = 40;
/// Rows that look like headers and are none, in a row, after which a sheet is given up: it is not ours.
const MOST_TRIED: usize = 200;
/// After so many rows with the same names that are none, others with them are none either: records of a log, `pagata` and
/// `ok` in all of them.
const MOST_ALIKE: u32 = 8;
/// Claims closer than this are a near tie.
pub const NEAR_TIE: f32 = 0.03;

/// A kind that did not claim a sheet: how much of the best header it explains, and what it lacked.
#[derive(Debug, Clone)]
pub struct Nearest {
    /// The kind.
    pub kind: &'static Kind,
    /// Part of the header it explains, in percent.
    pub explained_percent: u8,
    /// Headers of the required columns that are lacking.
    pub lacking: Vec<&'static str>,
    /// First row of the header it was tried on.
    pub row: u32,
    /// Headers that could be the lacking columns, by what stands below them: column, header.
    pub proposed: Vec<(&'static str, String)>,
}

/// What was recognised in a sheet.
#[derive(Debug, Clone, Default)]
pub struct Recognition {
    /// Its tables, from the top.
    pub tables: Vec<Table>,
    /// When there is none: the kinds that came nearest, best first.
    pub nearest: Vec<Nearest>,
    /// Headers refused because two columns could be the same, or one column two: the table they stand in.
    pub refused: Option<Table>,
    /// Whether it is a sheet of instructions of a blank form, which is not read.
    pub instructions: bool,
}

/// The sheet in its file, and what to recognise it by.
pub struct Subject<'a> {
    /// The file, relative to the folder.
    pub file: &'a Arc<str>,
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The reporting year, when it is known.
    pub year: Option<i16>,
    /// The spellings.
    pub vocabulary: &'a Vocabulary,
}

impl Subject<'_> {
    /// The place of the whole sheet.
    pub fn place(&self) -> Place {
        Place::sheet(self.file, &self.sheet.name)
    }
}

/// Finds the tables of a sheet.
pub fn recognise(subject: &Subject<'_>) -> Recognition {
    let sheet = subject.sheet;
    let mut found = Recognition { instructions: is_sealed(sheet), ..Recognition::default() };
    if found.instructions {
        return found;
    }
    let (agreements, search) = (Agreements::of(sheet), Search::of(sheet, subject.vocabulary));
    let mut best_failed: Vec<Claim> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let mut tried = 0;
    let mut in_vain: HashMap<Vec<(u32, KeptAt)>, u32> = HashMap::new();
    while at < sheet.rows.len() && tried < MOST_TRIED {
        let Some(row) = sheet.rows.get(at) else { break };
        let in_head = found.tables.is_empty() && row.index < FIRST_ROWS;
        if !search.may_begin(row, in_head) {
            at = if in_head { at + 1 } else { search.next(at + 1) };
            continue;
        }
        // Figures are not among them: where they can be names, no two rows are told to be alike.
        let is_known = !in_head && !subject.vocabulary.names_figures();
        let names = if is_known { search.sure_names(row) } else { Vec::new() };
        if in_vain.get(&names).is_some_and(|times| *times >= MOST_ALIKE) {
            at = search.next(at + 1);
            continue;
        }
        tried += 1;
        let mut claims = Claims { subject, search: &search, agreements: &agreements }.best(from, at);
        claims.iter_mut().for_each(|claim| claim.rows.0 = merged_top(sheet, claim.rows));
        let Some((winner, rivals)) = claims.split_first().filter(|(winner, _)| winner.lacking.is_empty()) else {
            best_failed.extend(claims);
            if is_known {
                *in_vain.entry(names).or_default() += 1;
            }
            at += 1;
            continue;
        };
        let above = found.tables.last();
        let is_repeated = above.is_some_and(|table| same_header(table, winner) && !new_context(sheet, table, winner));
        let start = context_start(sheet, from, winner.rows.0, above);
        let continues = is_repeated && above.is_some_and(|above| has_own_title(sheet, above, start, winner));
        if !is_repeated || continues {
            let mut table = table(subject, start, winner, rivals);
            table.context.continues = continues;
            if let Some(above) = found.tables.last_mut() {
                above.body_rows.1 = start;
                inherit(&mut table, above);
            }
            found.tables.push(table);
            tried = 0;
        }
        from = winner.rows.1 + 1;
        at = sheet.rows.first_from(from);
    }
    if found.tables.is_empty() {
        found.refused = best_failed.iter().find_map(|claim| refused(subject, claim));
        found.nearest = nearest(&search, best_failed);
    }
    found
}

/// Whether a header repeats that of the table above it.
fn same_header(table: &Table, claim: &Claim) -> bool {
    std::ptr::eq(table.kind, claim.kind)
        && claim.columns.len() == table.columns.len()
        && claim.columns.iter().zip(&table.columns).all(|(a, b)| a.col == b.col && same_name(&a.header, &b.header))
}

/// Whether two headers are one, the group above it told or not.
fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (crate::value::fold::fold(a), crate::value::fold::fold(b));
    a.ends_with(&b) || b.ends_with(&a)
}

/// Whether the text right above a repeated header begins something new: a label, or a title with a year or the kind's words.
fn new_context(sheet: &Sheet, table: &Table, claim: &Claim) -> bool {
    let start = context_start(sheet, table.header_rows.1 + 1, claim.rows.0, Some(table));
    let context = context::gather(sheet, start, claim.rows.0);
    let folded = context::folded_context(&context, "", "");
    !context.labels.is_empty()
        || !context.title_years.is_empty()
        || claim.kind.context.iter().any(|words| folded.contains(words))
        || (claim.kind.id == "staff_costs" && staff_costs::is_of_others(table, &context.titles))
}

/// Whether a repeated header of evidence stands below a title that the table above has not: it may name what it proves.
fn has_own_title(sheet: &Sheet, above: &Table, start: u32, claim: &Claim) -> bool {
    let is_new = |title: &str| !above.context.titles.iter().any(|(other, _)| crate::value::fold::same(other, title));
    let titles = context::gather(sheet, start, claim.rows.0).titles;
    claim.kind.evidence && titles.iter().any(|(title, _)| words(title).len() >= 2 && is_new(title))
}

/// The first of the title rows that stand right above a header, below the last row of the table above.
fn context_start(sheet: &Sheet, from: u32, header: u32, above: Option<&Table>) -> u32 {
    if from == 0 {
        return 0;
    }
    let mut start = header;
    let end = sheet.rows.first_from(header);
    for row in sheet.rows.part(..end).rev().take_while(|row| row.index >= from).take(8) {
        if !context::is_title_row(row)
            || start - row.index > 4
            || above.is_some_and(|above| context::belongs_above(above, row))
        {
            break;
        }
        start = row.index;
    }
    start
}

fn table(subject: &Subject<'_>, start: u32, claim: &Claim, rivals: &[Claim]) -> Table {
    let context = context::gather(subject.sheet, start, claim.rows.0);
    let percent = |score: f32| (score.clamp(0.0, 1.0) * 100.0).round() as u8;
    Table {
        file: subject.file.clone(),
        sheet: subject.sheet.name.clone(),
        kind: claim.kind,
        header_rows: claim.rows,
        body_rows: (claim.rows.1 + 1, u32::MAX),
        columns: claim.columns.clone(),
        context,
        explained_percent: percent(claim.score),
        rivals: rivals
            .iter()
            .filter(|rival| {
                rival.lacking.is_empty()
                    && claim.score - rival.score < NEAR_TIE
                    && rival.rows.0 <= claim.rows.1
                    && claim.rows.0 <= rival.rows.1
            })
            .map(|rival| (rival.kind, percent(rival.score)))
            .collect(),
    }
}

/// A table further down that says nothing of its office, holder or year has those of the table above; of what it proves
/// too, when it is more of the same evidence, its columns in another order.
fn inherit(table: &mut Table, above: &Table) {
    let is_more = table.kind.evidence
        && std::ptr::eq(table.kind, above.kind)
        && table.context.titles.is_empty()
        && ids(above).all(|id| ids(table).any(|own| own == id));
    let (own, above) = (&mut table.context, &above.context);
    if own.title_years.is_empty() {
        own.title_years.clone_from(&above.title_years);
    }
    if own.labels.is_empty() && !own.titles.iter().any(|(title, _)| context::names_office(title)) {
        let proves = |name: &str| name == "termine" || context::PROVING.contains(&name);
        own.labels.extend(above.labels.iter().filter(|label| is_more || !proves(&label.name)).cloned());
    }
    if !table.kind.evidence {
        own.titles.extend(above.titles.iter().cloned());
    }
}

/// The declared columns of a table.
fn ids(table: &Table) -> impl Iterator<Item = &'static str> {
    table
        .columns
        .iter()
        .filter_map(|mapped| if let Role::Column(column) = mapped.role { Some(column.id) } else { None })
}

/// The first row of the merges that reach into a header from above: part of it, whatever they say.
fn merged_top(sheet: &Sheet, (first, last): (u32, u32)) -> u32 {
    let reaching =
        sheet.merges.iter().filter(|area| area.first.row < first && area.last.row >= first && area.last.row <= last);
    reaching.map(|area| area.first.row).min().unwrap_or(first)
}

/// A table that lacks a column only because two headers could be it.
fn refused(subject: &Subject<'_>, claim: &Claim) -> Option<Table> {
    let ambiguous = claim.columns.iter().any(|mapped| matches!(mapped.role, Role::Ambiguous(_)));
    (ambiguous && claim.lacking.len() == 1 && claim.score > 0.4).then(|| table(subject, 0, claim, &[]))
}

/// The kinds that explain most, each lacking column at a price.
fn nearest(search: &Search<'_>, mut failed: Vec<Claim>) -> Vec<Nearest> {
    let worth = |claim: &Claim| claim.score - 0.12 * claim.lacking.len() as f32;
    failed.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let mut nearest: Vec<Nearest> = Vec::new();
    for claim in failed {
        if nearest.len() < 3 && !nearest.iter().any(|near| std::ptr::eq(near.kind, claim.kind)) {
            nearest.push(Nearest {
                kind: claim.kind,
                explained_percent: (claim.score.clamp(0.0, 1.0) * 100.0).round() as u8,
                proposed: proposed(search, &claim),
                lacking: claim.lacking,
                row: claim.rows.0,
            });
        }
    }
    nearest
}

/// For each lacking column the first unknown header whose cells fit it.
fn proposed(search: &Search<'_>, claim: &Claim) -> Vec<(&'static str, String)> {
    let body = (claim.rows.1 + 1, body_end(search, claim.rows.1));
    let mut free: Vec<_> = claim.columns.iter().filter(|mapped| matches!(mapped.role, Role::Unknown)).collect();
    let lacking = claim.kind.columns.iter().filter(|column| claim.lacking.contains(&column.header));
    let mut proposed = Vec::new();
    for column in lacking {
        let fits = |col| content::agreement(search.sheet, col, body, column.content).is_some_and(|part| part >= 0.8);
        if let Some(at) = free.iter().position(|mapped| fits(mapped.col)) {
            proposed.push((column.id, free.remove(at).header.clone()));
        }
    }
    proposed
}
