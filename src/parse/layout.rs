//! What the columns of a table are to each of its rows, worked out once for all of them.

use crate::kinds::table::{Role, Table};
use crate::kinds::{Column, Content};
use crate::sheet::{Cell, Formula, Row, Sheet, Value, Verdicts};
use crate::value::fold::{self, fold, folds_to};

/// A table's columns by what its rows are told by.
pub struct Layout<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The table.
    pub table: &'a Table,
    /// Columns that tell one record from another: keys and amounts.
    pub keys: Vec<u32>,
    /// Columns that carry what is measured.
    pub values: Vec<u32>,
    /// Columns that hold no values.
    pub names: Vec<u32>,
    /// Of each of the first columns, whether it holds what its rows are called.
    calls: Vec<bool>,
    /// Of each of them, what its headers begin with, as [`initial`] tells.
    initials: Vec<u64>,
    /// Folded texts of the header's cells, by column; none is empty.
    header: Vec<(u32, String)>,
    /// Whether one of them may be a figure.
    pub names_figures: bool,
    /// Whether texts of a record make another thing of it.
    pub plain: Verdicts<'a>,
    /// Rows right above the header that hold nothing but texts, by how far above.
    above: Vec<(u32, Vec<(u32, String)>)>,
}

impl<'a> Layout<'a> {
    /// The layout of a table.
    pub fn new(sheet: &'a Sheet, table: &'a Table) -> Self {
        let cols = |ids: &[&str]| -> Vec<u32> { ids.iter().filter_map(|id| table.col(id)).collect() };
        let amounts = table.columns.iter().filter(|mapped| matches!(mapped.role, Role::Year(_) | Role::Entity(_)));
        let mut keys = cols(table.kind.keys);
        keys.extend(amounts.map(|mapped| mapped.col));
        let names = table.columns.iter().map(|mapped| mapped.col).filter(|col| !holds_values(table, *col)).collect();
        let upper = |distance: u32| Some((distance, texts(sheet, table.header_rows.0.checked_sub(distance)?)?));
        let above = [1, 2].into_iter().filter_map(upper).collect();
        let header = header(sheet, table);
        let names_figures = header.iter().any(|(_, text)| text.starts_with(|first: char| !first.is_alphabetic()));
        let last = table.columns.iter().map(|mapped| mapped.col).chain(header.iter().map(|(col, _)| *col)).max();
        let all = 0..=last.unwrap_or(0);
        let calls = all.clone().map(|col| names_rows(table, col)).collect();
        let of = |col| header.iter().filter(move |(at, _)| *at == col);
        let initials = all.map(|col| of(col).fold(0, |bits, (_, text)| bits | initial(text))).collect();
        let values = cols(table.kind.values);
        let plain = Verdicts::of(&sheet.rows);
        Self { sheet, table, keys, values, names, calls, initials, header, names_figures, plain, above }
    }

    /// How many of a row's texts are what the header says above them.
    pub fn headers_among(&self, row: Row<'_>) -> usize {
        let (mut header, mut count) = (&self.header[..], 0);
        for (at, text) in row.texts(self.names_figures) {
            // Both ascend by column.
            while let [(col, _), right @ ..] = header
                && *col < at
            {
                header = right;
            }
            let of_column = header.iter().take_while(|(col, _)| *col == at);
            count += usize::from(of_column.map(|(_, said)| said).any(|said| says(&text, said)));
        }
        count
    }

    /// Whether a text of a column is what the header says there.
    #[inline]
    pub fn is_header(&self, col: u32, text: &str) -> bool {
        let may_be = self.initials.get(col as usize).is_none_or(|initials| initials & initial(text) != 0);
        may_be && self.header.iter().any(|(at, said)| *at == col && says(text, said))
    }

    /// Whether a column holds what its rows are called, as [`names_rows`] tells.
    pub fn calls(&self, col: u32) -> bool {
        self.calls.get(col as usize).copied().unwrap_or(true)
    }

    /// Whether so many cells may be a row that also stands right above the header.
    pub fn may_be_above_header(&self, cells: usize) -> bool {
        self.above.iter().any(|(_, upper)| upper.len() == cells)
    }

    /// Whether a row is one that also stands right above the header, which follows it here as it does there: an upper
    /// row of the header that its columns are told without.
    pub fn is_above_header(&self, row: u32, stored: &[Cell<'_>]) -> bool {
        let says = |cell: &Cell, col: u32, text: &str| {
            cell.col == col && matches!(&cell.value, Value::Text(own) if folds_to(own, text))
        };
        self.above.iter().any(|(distance, upper)| {
            upper.len() == stored.len()
                && upper.iter().zip(stored).all(|((col, text), cell)| says(cell, *col, text))
                && texts(self.sheet, row + distance)
                    .is_some_and(|below| Some(below) == texts(self.sheet, self.table.header_rows.0))
        })
    }
}

/// A bit for what a text begins with: texts that begin with the same letter, small or not, have the same.
#[inline]
fn initial(text: &str) -> u64 {
    let first = text.as_bytes().first().copied().unwrap_or_default();
    1 << ((first | 0x20) & 0x3f)
}

/// Whether a text folds to what a header says; most begin with another word.
fn says(text: &str, header: &str) -> bool {
    let (bytes, wanted) = (text.as_bytes(), header.as_bytes());
    // Most begin with another letter.
    if let (Some(first), Some(other)) = (bytes.first(), wanted.first())
        && first.is_ascii_alphanumeric()
        && !first.eq_ignore_ascii_case(other)
    {
        return false;
    }
    let length = bytes.iter().take_while(|letter| letter.is_ascii_alphanumeric()).count();
    let (first, rest) = bytes.split_at(length);
    let begins = wanted.get(..length).is_some_and(|wanted| first.eq_ignore_ascii_case(wanted));
    // `Ufficio 12` goes on where the header ends.
    let goes_on = || wanted.len() == length && rest.iter().any(u8::is_ascii_alphanumeric);
    begins && !goes_on() && folds_to(text, header)
}

/// The folded texts of a row that holds nothing else.
fn texts(sheet: &Sheet, row: u32) -> Option<Vec<(u32, String)>> {
    let text = |cell: Cell<'_>| match &cell.value {
        Value::Text(text) => Some((cell.col, fold(text))),
        _ => None,
    };
    let cells = sheet.row(row)?.cells().filter(|cell| !is_blank(cell));
    cells.map(text).collect::<Option<Vec<_>>>().filter(|texts| !texts.is_empty())
}

/// Texts of the header, merged ones in every column they reach over.
fn header(sheet: &Sheet, table: &Table) -> Vec<(u32, String)> {
    let mut texts: Vec<(u32, String)> = Vec::new();
    for row in table.header_rows.0..=table.header_rows.1 {
        let of = sheet.row(row);
        let stored = of.into_iter().flat_map(Row::cols);
        let merged = sheet.merges.iter().filter(|area| (area.first.row..=area.last.row).contains(&row));
        let mut cols: Vec<u32> = stored.chain(merged.flat_map(|area| area.first.col..=area.last.col)).collect();
        cols.sort_unstable();
        cols.dedup();
        let cell = |col: u32| of.map_or_else(|| sheet.cell(row, col), |of| sheet.cell_of(of, col));
        let text = |col: u32| match &cell(col)?.value {
            Value::Text(text) => Some((col, fold(text))),
            _ => None,
        };
        texts.extend(cols.into_iter().filter_map(text).filter(|(_, text)| !text.is_empty()));
    }
    texts.sort();
    texts
}

/// Whether a column holds what its rows are called: `media ponderata` among the notes, or as the indicator, says how the
/// record beside it was measured.
pub fn names_rows(table: &Table, col: u32) -> bool {
    let beside = |column: &Column| matches!(column.id, "notes" | "indicator");
    !holds_values(table, col)
        && !matches!(table.at(col).map(|mapped| &mapped.role), Some(Role::Column(column)) if beside(column))
}

/// Whether a column holds values and not names.
pub fn holds_values(table: &Table, col: u32) -> bool {
    match table.at(col).map(|mapped| &mapped.role) {
        Some(Role::Column(column)) => !matches!(column.content, Content::Text | Content::Code),
        Some(Role::Year(_) | Role::Entity(_) | Role::Total | Role::OtherYear(_) | Role::Part) => true,
        _ => false,
    }
}

/// Whether a cell shows nothing.
pub fn is_blank(cell: &Cell) -> bool {
    cell.formula != Formula::Unstored
        && match &cell.value {
            Value::Text(text) => fold::is_blank(text),
            Value::Blank => true,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_that_begins_otherwise_says_something_else(text in "[ab1 '.À]{0,4}", header in "[ab1 '.À]{0,4}") {
            let header = fold(&header);
            prop_assert_eq!(says(&text, &header), folds_to(&text, &header));
        }
    }
}
