//! How high a row must be to show its text: spreadsheets do not fit rows whose height is set, nor merged cells at all.
//!
//! Words are laid into lines as a page would, with the widths of a sans-serif letter (Arial, Liberation Sans).

use super::table::TableSheet;

/// The tallest row that spreadsheets allow, in points.
const TALLEST: f64 = 409.0;
/// The room above and below the text, in points.
const PADDING: f64 = 4.0;

/// The height of a row in points.
pub fn of_row(sheet: &TableSheet, row: usize) -> f64 {
    let mut height: f64 = 13.5;
    for (col, cell) in sheet.rows[row].iter().enumerate() {
        let text = cell.shown();
        if text.is_empty() {
            continue;
        }
        let points = cell.style.role.points();
        let room = room(sheet, row as u32, col as u32);
        let lines = f64::from(lines(text, room, points, cell.style.role.bold()));
        let mut needed = lines * line_height(points) + PADDING;
        // A cell merged downwards shares its lines among its rows.
        let below = merged_rows(sheet, row as u32, col as u32);
        needed /= f64::from(below);
        height = height.max(needed);
    }
    height.min(TALLEST)
}

const fn line_height(points: f64) -> f64 {
    points * 1.22
}

/// The width for text in points: a digit of the standard letter is 7 pixels wide, a pixel is 0.75 points.
fn room(sheet: &TableSheet, row: u32, col: u32) -> f64 {
    let width = |col: u32| sheet.columns.get(col as usize).map_or(8.43, |column| column.width);
    let last = sheet
        .merges
        .iter()
        .find(|area| area.first.row == row && area.first.col == col)
        .map_or(col, |area| area.last.col);
    let pixels: f64 = (col..=last).map(|col| width(col).mul_add(7.0, 5.0)).sum();
    (pixels - 8.0) * 0.75
}

fn merged_rows(sheet: &TableSheet, row: u32, col: u32) -> u32 {
    let area = sheet.merges.iter().find(|area| area.first.row == row && area.first.col == col);
    area.map_or(1, |area| area.last.row - area.first.row + 1)
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

/// The width of a letter as a share of its size, rounded up a little: a line too many is better than a cut one.
fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' | '!' | '.' | ',' | ':' | ';' | 'I' | '’' | ' ' => 0.29,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 0.35,
        'm' | 'M' | 'w' | '%' | '@' | '›' | '…' | '—' => 0.86,
        'W' => 0.96,
        'A'..='Z' | 'À'..='Þ' => 0.72,
        letter if (letter as u32) > 0x2E80 => 1.05,
        _ => 0.56,
    }
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
