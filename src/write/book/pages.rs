//! Where pages end: a band of an area or a section goes with the row below it, a total with the row above it, and equal
//! codes one below the other are one cell as far as the page goes.
//!
//! The height of a page is reckoned a little low: a page that ends early is better than one row alone on the next. A last
//! page of a few rows is spared where slightly smaller letters spare it.

use super::height;
use super::style::{Role, Shade};
use super::table::{Content, TableSheet};

/// A4 less the margins, in points: the short and the long side; what the margins are stands in the renderer.
const SHORT: (f64, f64) = (538.0, 505.0);
const LONG: (f64, f64) = (784.0, 752.0);
/// How much of a page is filled.
const FILLED: f64 = 0.95;
/// A last page with less than this is given some rows of the page before.
const SCANT: f64 = 0.2;
/// A last page with less than this is spared, when it can be.
const SPARED: f64 = 0.35;
/// How much wider the columns may become for that; the page shrinks with them.
const WIDER: [f64; 3] = [1.03, 1.06, 1.1];
/// How far a page may shrink for that: letters of 9 points stay above 7.
const SMALLEST: f64 = 0.78;

/// Ends the pages of a sheet, and merges its codes.
pub fn lay_out(sheet: &mut TableSheet) {
    if !sheet.page.one_page {
        sheet.breaks = breaks(sheet);
        spare_last(sheet);
    }
    if let Some(col) = sheet.merge_down {
        merge_down(sheet, col);
    }
}

/// The room of a page for rows below the repeated ones, in points of the sheet.
pub fn room(sheet: &TableSheet) -> f64 {
    let high = if sheet.page.landscape { SHORT.1 } else { LONG.1 };
    let repeated = sheet.header.map_or(0, |header| header as usize + 1);
    let header: f64 = (0..repeated).map(|row| height::of_row(sheet, row)).sum();
    high / scale(sheet) * FILLED - header
}

/// How much smaller than its columns say a sheet is printed, to be one page wide.
fn scale(sheet: &TableSheet) -> f64 {
    let wide = if sheet.page.landscape { LONG.0 } else { SHORT.0 };
    let printed = sheet.columns.iter().filter(|column| column.printed);
    let width: f64 = printed.map(|column| column.width.mul_add(7.0, 5.0) * 0.75).sum();
    (wide / width).min(1.0)
}

/// Widens the columns a little when that spares a last page of a few rows.
fn spare_last(sheet: &mut TableSheet) {
    let Some(last) = sheet.breaks.last() else { return };
    let used: f64 = (*last..sheet.page_rows()).map(|row| height::of_row(sheet, row as usize)).sum();
    if used > room(sheet) * SPARED {
        return;
    }
    let columns = sheet.columns.clone();
    for factor in WIDER {
        for (column, own) in sheet.columns.iter_mut().zip(&columns).filter(|(column, _)| column.printed) {
            column.width = own.width * factor;
        }
        let breaks = breaks(sheet);
        if breaks.len() < sheet.breaks.len() && scale(sheet) >= SMALLEST {
            sheet.breaks = breaks;
            return;
        }
    }
    sheet.columns = columns;
}

fn breaks(sheet: &TableSheet) -> Vec<u32> {
    let (room, first) = (room(sheet), sheet.header.map_or(0, |header| header as usize + 1));
    let mut heights = height::of_rows(sheet);
    heights.truncate(sheet.page_rows() as usize);
    let (mut breaks, mut start, mut used) = (Vec::new(), first, 0.0);
    let mut row = first;
    while row < heights.len() {
        if used + heights[row] > room && row > start {
            let end = (start + 1..=row).rev().find(|end| may_end(sheet, *end)).unwrap_or(row);
            breaks.push(end as u32);
            (start, row, used) = (end, end, 0.0);
        }
        used += heights[row];
        row += 1;
    }
    if let Some(last) = breaks.last_mut().filter(|_| used < room * SCANT) {
        *last = earlier(sheet, &heights, *last as usize, room * SCANT - used) as u32;
    }
    breaks
}

/// A break so much earlier that the last page holds more than a row or two.
fn earlier(sheet: &TableSheet, heights: &[f64], last: usize, wanted: f64) -> usize {
    let mut moved = 0.0;
    for row in (1..last).rev() {
        moved += heights[row];
        if moved >= wanted && may_end(sheet, row) {
            // One tall row more would empty the page before.
            return if moved < wanted * 3.0 { row } else { last };
        }
    }
    last
}

/// Whether a page may begin with a row.
fn may_end(sheet: &TableSheet, row: usize) -> bool {
    let inside = |(first, last): &(u32, u32)| (first + 1..=*last).contains(&(row as u32));
    !leads(sheet, row - 1) && !follows(sheet, row) && !sheet.together.iter().any(inside)
}

/// Whether a row belongs to the one below it.
fn leads(sheet: &TableSheet, row: usize) -> bool {
    matches!(role(sheet, row), Role::Area | Role::Section | Role::Strong | Role::Header | Role::SideHeader)
}

/// Whether a row belongs to the one above it; no page begins with a gap.
fn follows(sheet: &TableSheet, row: usize) -> bool {
    sheet.rows[row].is_empty() || matches!(role(sheet, row), Role::Total | Role::Note)
}

fn role(sheet: &TableSheet, row: usize) -> Role {
    sheet.rows[row].first().map(|cell| cell.style.role).unwrap_or_default()
}

/// Makes one cell of equal texts below each other; a page repeats it.
fn merge_down(sheet: &mut TableSheet, col: u32) {
    let mut row = 0;
    while row < sheet.rows.len() {
        let Some(text) = body_text(sheet, row, col).map(str::to_owned) else {
            row += 1;
            continue;
        };
        let goes_on = |row: &usize| {
            sheet.breaks.binary_search(&(*row as u32)).is_err() && body_text(sheet, *row, col) == Some(text.as_str())
        };
        let end = (row + 1..sheet.rows.len()).take_while(goes_on).last().map_or(row + 1, |last| last + 1);
        let shade = sheet.rows[row][col as usize].style.shade;
        for below in row + 1..end {
            let cell = &mut sheet.rows[below][col as usize];
            cell.content = Content::Empty;
            if cell.style.shade != shade {
                sheet.rows[row][col as usize].style.shade = Shade::None;
            }
        }
        sheet.merge(row as u32, col, end as u32 - 1, col);
        row = end;
    }
}

/// The text of a cell of the table's body.
fn body_text(sheet: &TableSheet, row: usize, col: u32) -> Option<&str> {
    let cell = sheet.rows[row].get(col as usize).filter(|cell| cell.style.role == Role::Body)?;
    match &cell.content {
        Content::Text(text) => Some(text),
        _ => None,
    }
}
