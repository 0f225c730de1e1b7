//! What the cells below a header look like: tells columns apart whose names do not.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::kinds::Content;
use crate::memo::Memo;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, CellText, Sheet, Value};
use crate::value::date::DateError;
use crate::value::fold::is_blank;
use crate::value::{date, duration, goal, not_counted, number, percentage, yes_no};

/// How many cells of a column are looked at.
const SAMPLE: usize = 30;

/// How many of the first non-empty cells of a column, between two rows, fit a content: 0 to 1; `None` when there is none.
pub fn agreement(sheet: &Sheet, col: u32, rows: (u32, u32), content: Content) -> Option<f32> {
    part_that_fits(sheet, &sample(sheet, col, rows).collect::<Vec<_>>(), content)
}

fn part_that_fits(sheet: &Sheet, cells: &[Cell<'_>], content: Content) -> Option<f32> {
    let mut fitting = 0u32;
    // Many columns repeat one text.
    let mut last: (Option<CellText<'_>>, bool) = (None, false);
    for cell in cells {
        let text = cell.text();
        if text.is_none() || text != last.0 {
            last = (text, fits(sheet, *cell, content));
        }
        fitting += u32::from(last.1);
    }
    (!cells.is_empty()).then(|| fitting as f32 / cells.len() as f32)
}

/// The cells of a column between two rows that are looked at, and what was said of them.
struct Looked<'a> {
    cells: Vec<Cell<'a>>,
    said: Vec<(Content, Option<f32>)>,
}

/// A column, between two rows.
type Part = (u32, (u32, u32));

/// What was said of the columns of one sheet: every kind asks the same of most of them.
pub struct Agreements<'a> {
    sheet: &'a Sheet,
    columns: RefCell<HashMap<Part, Looked<'a>>>,
}

impl<'a> Agreements<'a> {
    /// Nothing was asked yet.
    pub fn of(sheet: &'a Sheet) -> Self {
        Self { sheet, columns: RefCell::default() }
    }

    /// As [`agreement`] of the sheet.
    pub fn get(&self, col: u32, rows: (u32, u32), content: Content) -> Option<f32> {
        let mut columns = self.columns.borrow_mut();
        let look = || {
            let mut cells = Vec::with_capacity(SAMPLE);
            cells.extend(sample(self.sheet, col, rows));
            Looked { cells, said: Vec::new() }
        };
        let column = columns.entry((col, rows)).or_insert_with(look);
        if let Some((_, said)) = column.said.iter().find(|(asked, _)| *asked == content) {
            return *said;
        }
        let part = part_that_fits(self.sheet, &column.cells, content);
        column.said.push((content, part));
        part
    }
}

/// The first non-empty cells of a column between two rows, those that stand alone in their row left out.
pub fn sample(sheet: &Sheet, col: u32, rows: (u32, u32)) -> impl Iterator<Item = Cell<'_>> {
    let first = sheet.rows.first_from(rows.0);
    let end = sheet.rows.first_from(rows.1).min(first + 3 * SAMPLE).max(first);
    sheet
        .rows
        .column(first, end, col)
        .filter(|(of_row, _)| *of_row > 1)
        .map(|(_, cell)| cell)
        .filter(|cell| !matches!(&cell.value, Value::Text(text) if is_blank(text)))
        .take(SAMPLE)
}

/// Whether one cell can be read as a content.
pub fn fits(sheet: &Sheet, cell: Cell<'_>, content: Content) -> bool {
    match cell.value {
        Value::Number(stored) => number_fits(stored, sheet.format(cell).kind, content),
        Value::Text(text) if text.starts_with('#') => true,
        Value::Text(text) => text_fits(&text, content),
        Value::Bool(_) => matches!(content, Content::YesNo | Content::Text),
        // A cell without a value says nothing about its column.
        Value::Error(_) | Value::Blank => true,
    }
}

fn number_fits(stored: f64, kind: FormatKind, content: Content) -> bool {
    match content {
        Content::Text => false,
        Content::Date => kind == FormatKind::Date || (20_000.0..60_000.0).contains(&stored),
        Content::Measure => kind != FormatKind::Date && (0.0..3_000.0).contains(&stored),
        Content::Percent => {
            kind == FormatKind::Percent || (kind != FormatKind::Date && (0.0..=150.0).contains(&stored))
        }
        Content::Amount | Content::Number | Content::Actual | Content::Goal => kind != FormatKind::Date,
        Content::YesNo => stored == 0.0 || stored == 1.0,
        Content::Year => (1990.0..2100.0).contains(&stored) && stored.fract() == 0.0,
        Content::Code => kind != FormatKind::Date && kind != FormatKind::Percent,
    }
}

fn text_fits(text: &str, content: Content) -> bool {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    // These two are told sooner than they are found.
    if matches!(content, Content::Text | Content::Code) {
        return is_read_as(text, content);
    }
    KNOWN.with(|known| known.get(text, content as u32, || is_read_as(text, content)))
}

/// Whether a text says what a content is.
fn is_read_as(text: &str, content: Content) -> bool {
    let plain = duration::Clock::DAYS;
    match content {
        Content::Text => number::scan(text).is_none(),
        Content::Code => text.chars().count() <= 14,
        Content::Date => !matches!(date::parse(text, 2000), Err(DateError::NotADate)),
        Content::Measure => duration::parse(text, plain, None).is_some() || not_counted::reason(text).is_some(),
        Content::Percent => percentage::scan(text).is_some() || not_counted::reason(text).is_some(),
        Content::Amount | Content::Number => number::scan(text).is_some() || not_counted::reason(text).is_some(),
        Content::YesNo => yes_no::parse(text).is_some(),
        Content::Year => date::years(text).len() == 1 && text.chars().count() <= 12,
        Content::Goal => goal::parse(text, None).is_some(),
        Content::Actual => {
            number::scan(text).is_some()
                || percentage::scan(text).is_some()
                || duration::parse(text, plain, None).is_some()
        }
    }
}
