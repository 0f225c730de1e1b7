//! How high a row must be to show its text: spreadsheets do not fit rows whose height is set, nor merged cells at all.
//!
//! Words are laid into lines as a page would, with the widths of a sans-serif letter (Arial, Liberation Sans).

use std::ops::Range;

use rayon::prelude::*;

use super::style::Role;
use super::table::TableSheet;
use crate::place::Area;

/// The tallest row that spreadsheets allow, in points.
const TALLEST: f64 = 409.0;
/// The height of a row of one line, in points; 20 pixels.
const LOWEST: f64 = 15.0;
/// The room above and below the text, in points.
const PADDING: f64 = 4.0;
/// So many rows are looked at by one thread.
const PIECE: usize = 1_024;

/// The heights of a sheet's rows, its merged areas in the order of their rows.
pub struct Heights<'a> {
    sheet: &'a TableSheet,
    merges: Vec<&'a Area>,
}

impl<'a> Heights<'a> {
    /// Those of a sheet.
    pub fn new(sheet: &'a TableSheet) -> Self {
        let mut merges: Vec<&Area> = sheet.merges.iter().collect();
        merges.sort_by_key(|area| area.first.row);
        Self { sheet, merges }
    }

    /// Those of some rows in points.
    pub fn of(&self, rows: Range<usize>) -> impl Iterator<Item = f64> {
        let before = self.merges.partition_point(|area| (area.first.row as usize) < rows.start);
        let mut merges = &self.merges[before..];
        rows.map(move |row| {
            let count = merges.iter().take_while(|area| area.first.row as usize == row).count();
            let (starting, below) = merges.split_at(count);
            merges = below;
            with_merges(self.sheet, row, starting)
        })
    }
}

/// The heights of all rows in points.
pub fn of_rows(sheet: &TableSheet) -> Vec<f64> {
    let (heights, count) = (Heights::new(sheet), sheet.rows.len());
    let pieces = (0..count.div_ceil(PIECE)).into_par_iter().map(|piece| piece * PIECE);
    pieces.flat_map_iter(|start| heights.of(start..count.min(start + PIECE))).collect()
}

/// The height of a row in points.
pub fn of_row(sheet: &TableSheet, row: usize) -> f64 {
    let merges: Vec<&Area> = sheet.merges.iter().filter(|area| area.first.row == row as u32).collect();
    with_merges(sheet, row, &merges)
}

/// The height of a row in which these merged areas begin.
fn with_merges(sheet: &TableSheet, row: usize, merges: &[&Area]) -> f64 {
    let mut height: f64 = LOWEST;
    for (col, cell) in sheet.rows[row].iter().enumerate() {
        let role = cell.style.role;
        // What stands beside the page is on one line, and must not stretch the page.
        if cell.shown().is_empty() || role == Role::Side {
            continue;
        }
        let merge = merges.iter().find(|area| area.first.col == col as u32);
        let last = merge.map_or(col, |area| area.last.col as usize);
        let lines = f64::from(lines(cell.shown(), room(sheet, col, last, role), role.points(), role.bold()));
        // A cell merged downwards shares its lines among its rows.
        let rows = f64::from(merge.map_or(1, |area| area.last.row - area.first.row + 1));
        height = height.max((lines * line_height(role.points()) + PADDING) / rows);
    }
    height.min(TALLEST)
}

const fn line_height(points: f64) -> f64 {
    points * 1.22
}

/// The width for text in points: a digit of the standard letter is 7 pixels wide, a pixel is 0.75 points.
pub fn room(sheet: &TableSheet, first: usize, last: usize, role: Role) -> f64 {
    let width = |col: usize| sheet.columns.get(col).map_or(8.43, |column| column.width);
    let pixels: f64 = (first..=last).map(|col| width(col).mul_add(7.0, 5.0)).sum();
    let margins = if role.indented() { 16.0 } else { 7.0 };
    (pixels - margins) * 0.75
}

/// How much of a text fits into a height, in bytes: the whole text, or what ends before a word.
pub fn fitting(text: &str, room: f64, role: Role, height: f64) -> usize {
    let most = ((height - PADDING) / line_height(role.points()) + 1e-6).floor().max(1.0) as u32;
    let fits = |end: usize| lines(&text[..end], room, role.points(), role.bold()) <= most;
    if fits(text.len()) {
        return text.len();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let end = ends[ends.partition_point(|end| fits(*end)).saturating_sub(1)];
    let word = text[..end].rfind(char::is_whitespace).filter(|at| *at > end / 2);
    word.unwrap_or(end)
}

/// How many lines a text takes: words go to the next line whole, a word wider than the line is broken.
fn lines(text: &str, room: f64, points: f64, bold: bool) -> u32 {
    text.split('\n').map(|paragraph| paragraph_lines(paragraph, room, points, bold)).sum()
}

fn paragraph_lines(text: &str, room: f64, points: f64, bold: bool) -> u32 {
    let scale = points * if bold { 1.07 } else { 1.0 };
    let blank = letter_width(' ') * scale;
    let (mut lines, mut used) = (1u32, 0.0f64);
    for word in text.split(' ') {
        let width: f64 = word.chars().map(letter_width).sum::<f64>() * scale;
        let wanted = if used > 0.0 { used + blank + width } else { width };
        if wanted <= room {
            used = wanted;
            continue;
        }
        if used > 0.0 {
            lines += 1;
        }
        let broken = (width / room).floor();
        lines += broken as u32;
        used = broken.mul_add(-room, width);
    }
    lines
}

/// The width of a letter as a share of its size.
fn letter_width(letter: char) -> f64 {
    COMMON.get(letter as usize).copied().unwrap_or_else(|| width_of(letter))
}

/// The widths of the letters of ASCII, which are asked for many million times.
static COMMON: [f64; 128] = {
    let (mut widths, mut at) = ([0.0; 128], 0);
    while at < widths.len() {
        widths[at] = width_of(at as u8 as char);
        at += 1;
    }
    widths
};

/// Rounded up a little: a line too many is better than a cut one.
const fn width_of(letter: char) -> f64 {
    let width = match letter {
        'i' | 'j' | 'l' | '\'' | '|' | '’' => 0.222,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'I' | '[' | ']' | 'f' | 't' | 'ì' | 'í' => 0.278,
        '(' | ')' | '-' | 'r' => 0.333,
        'J' | 'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 0.5,
        'F' | 'T' | 'Z' => 0.611,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' | 'À' | 'È' | 'É' => 0.667,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' | 'Ù' => 0.722,
        'G' | 'O' | 'Q' | 'Ò' => 0.778,
        'M' | 'm' => 0.833,
        '%' => 0.889,
        'W' => 0.944,
        '@' | '…' | '—' => 1.015,
        letter if (letter as u32) > 0x2E80 => 1.05,
        _ => 0.556,
    };
    width * 1.05
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_to_the_next_line_whole() {
        assert_eq!(lines("", 100.0, 9.0, false), 1);
        assert_eq!(lines("uno due", 100.0, 9.0, false), 1);
        assert_eq!(lines("uno due", 20.0, 9.0, false), 2);
        assert_eq!(lines("uno\ndue", 100.0, 9.0, false), 2);
        assert_eq!(lines(&"a".repeat(100), 100.0, 10.0, false), 6);
    }
}
