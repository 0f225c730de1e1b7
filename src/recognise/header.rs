//! The texts of a header: one to three rows, merged groups joined with what stands below them.

use crate::kinds::charter;
use crate::memo::Memo;
use crate::sheet::{Cell, Row, Sheet, Value};
use crate::value::fold::{fold, is_blank, one_line};
use crate::value::{date, duration, number, yes_no};

/// The header text of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderCell {
    /// 0-based column.
    pub col: u32,
    /// All its rows joined: `VALORE PROGRAMMATO`.
    pub full: String,
    /// Its lowest row alone: `PROGRAMMATO`.
    pub leaf: String,
    /// Whether a group beside it was taken to reach over it, though no merge says so.
    pub guessed: bool,
}

/// A candidate header: some rows, and the text of each column.
#[derive(Debug, Clone)]
pub struct Block {
    /// First and last row.
    pub rows: (u32, u32),
    /// Columns with a text, from the left.
    pub columns: Vec<HeaderCell>,
}

/// The header that the rows would make.
pub fn compose(sheet: &Sheet, first: u32, last: u32) -> Block {
    let mut columns = Vec::new();
    for col in used_columns(sheet, first, last) {
        let mut parts: Vec<String> = Vec::new();
        let mut guessed = false;
        for row in first..=last {
            let mut text = header_text(sheet, row, col);
            if row < last && text.is_empty() {
                text = group_text(sheet, row, col, last);
                guessed |= !text.is_empty();
            }
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        let full = parts.join(" ");
        if let Some(leaf) = parts.pop() {
            columns.push(HeaderCell { col, full, leaf, guessed });
        }
    }
    Block { rows: (first, last), columns }
}

/// Columns that hold anything in the rows, merges included.
fn used_columns(sheet: &Sheet, first: u32, last: u32) -> Vec<u32> {
    let mut cols: Vec<u32> = (first..=last).filter_map(|row| sheet.row(row)).flat_map(Row::cols).collect();
    for area in &sheet.merges {
        if area.first.row <= last && area.last.row >= first && area.last.col - area.first.col < 64 {
            cols.extend(area.first.col..=area.last.col);
        }
    }
    cols.sort_unstable();
    cols.dedup();
    cols
}

/// The text of a group written once over the first of its columns.
fn group_text(sheet: &Sheet, row: u32, col: u32, last: u32) -> String {
    if header_text(sheet, last, col).is_empty() {
        return String::new();
    }
    for left in (0..col).rev() {
        if header_text(sheet, last, left).is_empty()
            || sheet.merge_at(last, left).is_some_and(|area| area.first.row < last)
        {
            break;
        }
        let text = header_text(sheet, row, left);
        if !text.is_empty() {
            // A merged group covers its own columns and no others; what stands alone above the first one is a title.
            let is_first = || (0..left).all(|before| header_text(sheet, last, before).is_empty());
            let is_title = sheet.row(row).is_some_and(|row| row.only().is_some()) && is_first();
            return if is_title || sheet.merge_at(row, left).is_some() { String::new() } else { text };
        }
    }
    String::new()
}

/// The text of a header cell; a year may be a number.
pub fn header_text(sheet: &Sheet, row: u32, col: u32) -> String {
    let Some(cell) = sheet.cell(row, col) else { return String::new() };
    match &cell.value {
        Value::Text(text) => one_line(text),
        Value::Number(number) if is_year(*number) => format!("{number}"),
        _ => String::new(),
    }
}

/// Whether a stored number can be a year in a header.
pub fn is_year(number: f64) -> bool {
    number.fract() == 0.0 && (1990.0..2100.0).contains(&number)
}

/// Whether a row can be one of a header's: nothing in it is a figure, a date, an amount, a SI or NO, nor a count.
pub fn can_be_header_row(sheet: &Sheet, row: u32) -> bool {
    sheet.row(row).is_none_or(|row| {
        // Figures say it sooner than texts do.
        !row.cells().any(is_figure)
            && row.cells().all(can_be_header_cell)
            && !super::context::is_label_row(row)
            && !counts_columns(row)
    })
}

/// Whether a cell is a value, whatever texts may be.
pub fn is_figure(cell: Cell<'_>) -> bool {
    !matches!(cell.value, Value::Text(_)) && !can_be_header_cell(cell)
}

/// Whether a row counts the columns below their headers: `1 | 2 | 3 | 4=3/2`, `(a) | (b) | (c)`.
pub fn counts_columns(row: Row<'_>) -> bool {
    let blank = |cell: &Cell<'_>| matches!(cell.value, Value::Text(text) if is_blank(&text));
    let cells = || row.cells().filter(|cell| !blank(cell));
    // A row of records holds a name before long.
    cells().zip(1..).all(|(cell, place)| count_of(&cell) == Some(place)) && cells().nth(2).is_some()
}

/// The place among columns that a cell counts.
fn count_of(cell: &Cell<'_>) -> Option<u32> {
    match cell.value {
        Value::Number(number) if (1.0..=200.0).contains(&number) && number.fract() == 0.0 => Some(number as u32),
        Value::Text(text) => {
            let (text, _) = text.split_once('=').unwrap_or((&text, ""));
            let text = text.trim_matches(|c: char| c.is_whitespace() || "()[].".contains(c));
            match text.as_bytes() {
                [letter @ (b'a'..=b'z' | b'A'..=b'Z')] => Some(u32::from(letter.to_ascii_lowercase() - b'a') + 1),
                _ => text.parse().ok().filter(|_| text.len() <= 3),
            }
        }
        _ => None,
    }
}

/// A row with a single text that begins anew: a section's title below the header, and no end of one of its names.
pub fn is_lone_title(sheet: &Sheet, row: u32) -> bool {
    let Some(only) = sheet.row(row).and_then(Row::only) else { return false };
    matches!(&only.value, Value::Text(text) if text.trim().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && !text.contains(')'))
}

/// Whether a cell can be one of a header's.
pub fn can_be_header_cell(cell: Cell<'_>) -> bool {
    match &cell.value {
        Value::Text(text) => !is_value(text) && !super::context::is_label(text) && !is_section(text),
        Value::Number(number) => is_year(*number),
        Value::Blank => true,
        Value::Bool(_) | Value::Error(_) => false,
    }
}

/// A text that is a value and no name of a column.
fn is_value(text: &str) -> bool {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    KNOWN.with(|known| known.get(text, 0, || says_value(text)))
}

fn says_value(text: &str) -> bool {
    let bare = text.trim();
    // `(391.296,90)`; `(1)` and `(2019)` may stand below a name.
    let negative = bare.strip_prefix('(').filter(|rest| rest.len() > 6);
    if negative.is_some() && number::scan(bare).is_some() {
        return true;
    }
    bare.starts_with(|c: char| c.is_ascii_digit() || "€-+<>≤≥".contains(c))
        && number::scan(bare.trim_end_matches('%')).is_some_and(|_| !is_year_text(bare))
        || (yes_no::parse(bare).is_some() && !matches!(fold(bare).as_str(), "n" | "s"))
        || (bare.contains(|c: char| c.is_ascii_digit())
            && (date::parse(bare, 2000).is_ok() || duration::parse(bare, duration::Clock::DAYS, None).is_some())
            && !is_year_text(bare)
            && date::years(bare).is_empty())
}

/// `3.2.1 REGISTRO IMPRESE`.
fn is_section(text: &str) -> bool {
    let (code, title) = charter::split_code(text);
    !code.is_empty() && !title.is_empty()
}

fn is_year_text(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(is_year)
}
