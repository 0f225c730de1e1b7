//! What the claim of every kind on a header loses, for how the header looks.

use super::header::{Block, can_be_header_cell, header_text};
use super::mapping::Ground;
use crate::sheet::{Cell, CellText, Value};

/// What a claim loses when the row above or below its header is one more row of headers.
const HEADER_LEFT_OUT: f32 = 0.3;
/// What it loses for each header whose bracket closes in no row of it.
const BRACKET_OPEN: f32 = 0.15;
/// What it loses for each row more than one: the smaller of two headers that say the same is the header.
const ONE_MORE_ROW: f32 = 0.015;

/// The price of a header, however its columns are called.
pub fn price(ground: &Ground<'_>, block: &Block) -> f32 {
    let open_brackets = block.columns.iter().filter(|cell| bracket_open(&cell.full)).count();
    HEADER_LEFT_OUT * header_rows_left_out(ground, block) as f32
        + ONE_MORE_ROW * (block.rows.1 - block.rows.0) as f32
        + BRACKET_OPEN * open_brackets.min(3) as f32
}

/// `Valore programmato (giorni`: the rest stands in the row below; `lavorativi)`: the rest stands above.
fn bracket_open(header: &str) -> bool {
    header.matches('(').count() != header.matches(')').count()
}

/// Rows right above and below the header that look like more of it.
fn header_rows_left_out(ground: &Ground<'_>, block: &Block) -> usize {
    let above = block.rows.0.checked_sub(1);
    let below = Some(block.rows.1 + 1);
    let repeats = |row: u32| block.columns.iter().any(|cell| header_text(ground.sheet, row, cell.col) == cell.leaf);
    let rows = [above, below].into_iter().flatten();
    let units = below.is_some_and(|row| goes_on_with_units(ground, block, row));
    rows.filter(|row| (looks_like_header(ground, *row) || units && Some(*row) == below) && !repeats(*row)).count()
}

/// Whether a row of short texts has, below a name of the header, how to fill its column in: `(SI/NO)`, `(gg.)`, `%`.
fn goes_on_with_units(ground: &Ground<'_>, block: &Block, row: u32) -> bool {
    let Some(cells) = ground.sheet.row(row).map(|row| row.cells()) else { return false };
    let named = |col: u32| block.columns.iter().any(|cell| cell.col == col);
    let unit = |cell: Cell<'_>| match cell.value {
        Value::Text(text) => {
            let text = text.trim();
            let is_bare = || {
                let said = text.to_lowercase();
                matches!(said.as_str(), "%" | "€" | "si/no" | "sì/no" | "s/n" | "gg" | "gg." | "giorni")
            };
            // The longest of them has six bytes.
            named(cell.col) && ((text.len() <= 6 && is_bare()) || (text.starts_with('(') && text.ends_with(')')))
        }
        _ => false,
    };
    cells.len() >= 2 && cells.clone().any(unit) && cells.clone().all(can_be_header_cell)
}

/// At least two texts, all short, that are surely names of columns, and no numbers.
fn looks_like_header(ground: &Ground<'_>, row: u32) -> bool {
    let Some(row) = ground.sheet.row(row) else { return false };
    if row.len() < 2 || row.count_texts(true) < row.len() {
        return false;
    }
    let known = |text: &CellText<'_>| {
        text.chars().count() < 40
            && text.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && ground.vocabulary.candidates(text).iter().any(|found| found.score >= 0.85 && !found.weak)
    };
    row.cells().filter_map(Cell::text).filter(known).nth(1).is_some()
}
