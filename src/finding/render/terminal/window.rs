//! The window of cells around the one that a finding is about.

use super::super::super::{Excerpt, Severity};
use super::style::{Style, clean, columns, cut, padded};

/// Columns that row numbers and the first bar take.
const GUTTER: usize = 9;
/// The widest a column may be, and the narrowest it is cut to before others are left out.
const WIDEST: usize = 36;
const NARROWEST: usize = 8;

/// The window's lines: headers, rows, and carets under the marked cell; empty when there is nothing to show.
pub(super) fn draw(excerpt: &Excerpt, severity: Severity, style: Style, width: usize) -> String {
    if excerpt.rows.is_empty() || excerpt.columns.is_empty() {
        return String::new();
    }
    let shown = Shown::fit(excerpt, width.saturating_sub(GUTTER));
    let bar = style.frame("|");
    let headers: Vec<String> = shown.indices().map(|at| header(excerpt, at)).collect();
    let mut text = format!("{}{bar}{}\n", " ".repeat(GUTTER - 2), shown.line(&headers, &bar));
    for (at, (number, cells)) in excerpt.rows.iter().enumerate() {
        let cells: Vec<String> = shown.indices().map(|col| clean(cells.get(col).map_or("", String::as_str))).collect();
        text.push_str(&format!("{number:>6} {bar}{}\n", shown.line(&cells, &bar)));
        if at == excerpt.mark.0 && shown.indices().contains(&excerpt.mark.1) {
            let marked = &cells[excerpt.mark.1 - shown.first];
            let carets = "^".repeat(columns(marked).clamp(1, shown.widths[excerpt.mark.1 - shown.first]));
            let indent = " ".repeat(shown.before(excerpt.mark.1));
            text.push_str(&format!("{}{bar}{indent}{}\n", " ".repeat(GUTTER - 2), style.severity(severity, &carets)));
        }
    }
    text
}

fn header(excerpt: &Excerpt, at: usize) -> String {
    let (letters, text) = &excerpt.columns[at];
    match clean(text) {
        text if text.is_empty() => letters.clone(),
        text => format!("{letters} «{text}»"),
    }
}

/// The columns that fit, with their widths.
struct Shown {
    first: usize,
    widths: Vec<usize>,
}

impl Shown {
    fn fit(excerpt: &Excerpt, room: usize) -> Self {
        let widest = |at: usize| {
            let cells = excerpt.rows.iter().filter_map(|(_, cells)| cells.get(at)).map(|cell| columns(&clean(cell)));
            cells.chain([columns(&header(excerpt, at))]).max().unwrap_or(1).clamp(1, WIDEST)
        };
        let mut shown = Self { first: 0, widths: (0..excerpt.columns.len()).map(widest).collect() };
        while shown.total() > room {
            let mark = excerpt.mark.1.saturating_sub(shown.first);
            // The widest neighbour gives way first, the marked column last.
            let most = shown.widths.iter().enumerate().filter(|(at, _)| *at != mark).max_by_key(|(_, wide)| **wide);
            match most.map(|(at, wide)| (at, *wide)) {
                Some((at, wide)) if wide > NARROWEST => shown.widths[at] -= 1,
                Some(_) => shown.drop_farthest(mark),
                None => {
                    shown.widths = vec![room.saturating_sub(3).max(1)];
                    break;
                }
            }
        }
        shown
    }

    fn drop_farthest(&mut self, mark: usize) {
        let after = self.widths.len() - 1 - mark.min(self.widths.len() - 1);
        if mark > after {
            self.widths.remove(0);
            self.first += 1;
        } else {
            self.widths.pop();
        }
    }

    fn indices(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.widths.len()
    }

    /// Two blanks before each column and a bar with a blank between two.
    fn total(&self) -> usize {
        self.widths.iter().map(|wide| wide + 4).sum()
    }

    /// Columns between the first bar and a cell's text.
    fn before(&self, at: usize) -> usize {
        2 + self.widths[..at - self.first].iter().map(|wide| wide + 4).sum::<usize>()
    }

    fn line(&self, cells: &[String], bar: &str) -> String {
        let padded = cells.iter().zip(&self.widths).map(|(cell, wide)| padded(&cut(cell, *wide), *wide));
        let line = padded.map(|cell| format!("  {cell}")).collect::<Vec<_>>().join(&format!(" {bar}"));
        line.trim_end().to_owned()
    }
}
