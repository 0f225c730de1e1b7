//! What every kind claims on the headers that could begin at a row, best first.

use std::sync::Arc;

use super::content::Agreements;
use super::header::Block;
use super::mapping::{Claim, Ground};
use super::most::most;
use super::price::price;
use super::search::Search;
use super::vocabulary::{Header, Named};
use super::{FIRST_ROWS, NEAR_TIE, Subject, context, header, mapping};
use crate::kinds::{KINDS, Kind};
use crate::sheet::{Sheet, Value};

/// A claim must explain at least this part of the header.
const LEAST: f32 = 0.3;
/// How much better a header further down must be to be taken for the first one.
const FURTHER_DOWN: f32 = 0.25;
/// Sums of scores in another order differ by less.
const SLIP: f32 = 0.001;

/// The claims on the headers of one sheet.
pub struct Claims<'a> {
    /// The sheet in its file.
    pub subject: &'a Subject<'a>,
    /// The search for headers in it.
    pub search: &'a Search<'a>,
    /// What its cells look like.
    pub agreements: &'a Agreements<'a>,
}

/// Some rows that could be a header.
struct Tried {
    block: Block,
    headers: Vec<Arc<Header>>,
    named: Vec<Named>,
    /// First row below it and the row after the last.
    body: (u32, u32),
    /// Folded texts of title, sheet and file.
    context: Arc<str>,
    /// Whether a label says what the table proves.
    labelled: bool,
    /// The kinds that could claim it.
    kinds: Vec<&'static Kind>,
}

impl Claims<'_> {
    /// The claims of all kinds on the headers that begin at this row or one of the two below, best first. Once a kind has
    /// all that it requires, others are left out that cannot come near it, whatever stands in their columns.
    pub fn best(&self, from: u32, at: usize) -> Vec<Claim> {
        let tried = self.tried(from, at);
        let agreements = |col, rows, content| self.agreements.get(col, rows, content);
        let headers: Vec<(&Tried, Ground<'_>, f32)> = tried
            .iter()
            .map(|tried| {
                let ground = Ground {
                    sheet: self.subject.sheet,
                    vocabulary: self.subject.vocabulary,
                    body: tried.body,
                    year: self.subject.year,
                    context: &tried.context,
                    labelled: tried.labelled,
                    headers: &tried.headers,
                    named: &tried.named,
                    agreements: &agreements,
                };
                let price = price(&ground, &tried.block);
                (tried, ground, price)
            })
            .collect();
        let of = |kind: &'static Kind| {
            let claims = move |tried: &Tried| tried.kinds.iter().any(|other| std::ptr::eq(*other, kind));
            headers.iter().filter(move |(tried, ..)| claims(tried))
        };
        let most_of = |kind| {
            let each = of(kind).map(|(tried, ground, price)| most(ground, &tried.block, *price, kind));
            each.reduce(f32::max)
        };
        let mut kinds: Vec<(f32, &'static Kind)> =
            KINDS.iter().filter_map(|kind| Some((most_of(kind)?, *kind))).collect();
        kinds.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best: Vec<Claim> = Vec::new();
        for (most, kind) in kinds {
            let beats = |claim: &Claim| {
                claim.lacking.is_empty() && claim.score >= LEAST && claim.score > most + NEAR_TIE + SLIP
            };
            let is_beaten = best.iter().any(beats);
            // Tests look whether what is left out would have been as low as that.
            if is_beaten && !cfg!(debug_assertions) {
                continue;
            }
            for (tried, ground, price) in of(kind) {
                let claim = mapping::claim(ground, &tried.block, *price, kind);
                debug_assert!(
                    !claim.lacking.is_empty() || claim.score <= most + SLIP,
                    "{}: {}, at most {most}",
                    kind.id,
                    claim.score
                );
                if !is_beaten {
                    add(&mut best, claim);
                }
            }
        }
        best.retain(|claim| claim.score >= LEAST || !claim.lacking.is_empty());
        best.sort_by(|a, b| {
            (a.lacking.len().min(1))
                .cmp(&b.lacking.len().min(1))
                .then_with(|| b.score.total_cmp(&a.score))
                .then_with(|| a.kind.id.cmp(b.kind.id))
        });
        best
    }

    /// The rows that could be a header, from the top.
    fn tried(&self, from: u32, at: usize) -> Vec<Tried> {
        let sheet = self.subject.sheet;
        let mut found: Vec<Tried> = Vec::new();
        let Some(first_row) = sheet.rows.get(at).map(|row| row.index) else { return found };
        // A row above may hold one word of a header that goes on below.
        let above = sheet
            .rows
            .part(..at)
            .rev()
            .map(|row| row.index)
            .take_while(|row| *row + 1 == first_row && *row >= from)
            .take(1);
        let below = sheet.rows.part(at..).map(|row| row.index).take_while(|row| row - first_row <= 2).take(3);
        for start in above.chain(below) {
            if few_values(sheet, start).is_none() {
                continue;
            }
            let context = context::gather(sheet, from.max(start.saturating_sub(FIRST_ROWS)), start);
            let folded: Arc<str> = context::folded_context(&context, &sheet.name, self.subject.file).into();
            let labelled = context.label(context::PROVING).is_some();
            let begins = found.len();
            for last in start..start + 3 {
                // A header of several rows has no values in it; the first of them is looked at once.
                let has_values = |row| !header::can_be_header_row(sheet, row);
                if last > start && ((last == start + 1 && has_values(start)) || has_values(last)) {
                    break;
                }
                // It may have a lone group in the middle, but does not end in a section's title.
                if last > start && header::is_lone_title(sheet, last) {
                    continue;
                }
                let block = header::compose(sheet, start, last);
                let seen = found[begins..].last();
                if block.columns.len() < 2 || seen.is_some_and(|seen| seen.block.columns == block.columns) {
                    continue;
                }
                let headers: Vec<Arc<Header>> = block.columns.iter().map(|cell| Header::of(&cell.full)).collect();
                let vocabulary = self.subject.vocabulary;
                let named: Vec<Named> =
                    block.columns.iter().map(|cell| vocabulary.named(&cell.full, &cell.leaf)).collect();
                found.push(Tried {
                    kinds: possible_kinds(&headers, &named),
                    block,
                    headers,
                    named,
                    body: (body_start(sheet, last), body_end(self.search, last)),
                    context: Arc::clone(&folded),
                    labelled,
                });
            }
        }
        found
    }
}

/// `Some` when at most a quarter of a row's cells are values: a header can have a `30 gg` among its names.
fn few_values(sheet: &Sheet, row: u32) -> Option<()> {
    let row = sheet.row(row).filter(|row| !header::counts_columns(*row))?;
    let few = row.len() / 4;
    // Figures say it sooner than texts do.
    let figures = row.cells().filter(|cell| header::is_figure(*cell)).count();
    let texts = row.cells().filter(|cell| matches!(cell.value, Value::Text(_)));
    let mut values = texts.filter(|cell| !header::can_be_header_cell(*cell));
    let more = few.checked_sub(figures)?;
    values.nth(more).is_none().then_some(())
}

/// Where the rows below a header begin: a row that counts the columns is none of them.
fn body_start(sheet: &Sheet, last: u32) -> u32 {
    last + if sheet.row(last + 1).is_some_and(header::counts_columns) { 2 } else { 1 }
}

/// Where the rows below a header end: at the next header, its own repetition too. A few rows tell a column's content.
pub fn body_end(search: &Search<'_>, last: u32) -> u32 {
    const LOOKED_AT: usize = 60;
    let rows = &search.sheet.rows;
    let rows = rows.part(rows.first_from(last + 1)..).take(LOOKED_AT);
    // The row right below may be one more of the header's own.
    rows.skip(1).find(|row| search.may_begin(*row, false)).map_or(u32::MAX, |row| row.index)
}

/// Kinds with at least one column that a header of the block can be.
fn possible_kinds(headers: &[Arc<Header>], named: &[Named]) -> Vec<&'static Kind> {
    let mut counts = [0u32; 16];
    let mut years = 0;
    for (named, header) in named.iter().zip(headers) {
        let mut here = [false; 16];
        for found in named.all() {
            here[KINDS.iter().position(|kind| std::ptr::eq(*kind, found.kind)).unwrap_or(15)] = true;
        }
        years += u32::from(!header.years.is_empty());
        here.iter().zip(&mut counts).for_each(|(here, count)| *count += u32::from(*here));
    }
    KINDS
        .iter()
        .zip(counts)
        .filter(|(kind, count)| *count >= 2 || (kind.id == "staff_costs" && count + years >= 1))
        .map(|(kind, _)| *kind)
        .collect()
}

/// Keeps the best claim of each kind: satisfied before lacking, then the higher, then the one further up.
fn add(best: &mut Vec<Claim>, claim: Claim) {
    match best.iter_mut().find(|other| std::ptr::eq(other.kind, claim.kind)) {
        Some(other) => {
            // A header that begins below the end of another is one more table, unless the first was none.
            let further = if claim.rows.0 > other.rows.1 { FURTHER_DOWN } else { 0.001 };
            let satisfied = (claim.lacking.is_empty(), other.lacking.is_empty());
            if satisfied == (true, false) || (satisfied.0 == satisfied.1 && claim.score > other.score + further) {
                *other = claim;
            }
        }
        None => best.push(claim),
    }
}
