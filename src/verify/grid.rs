//! A table of a finished workbook: its columns, its records, and the rows that close them.

use rust_decimal::Decimal;

use super::figure::{Figure, is_not_counted};
use super::labels::{self, Closing, Derived};
use super::own;
use crate::kinds::Content;
use crate::kinds::table::{Role, Table};
use crate::place::{Area, CellRef};
use crate::sheet::{Cell, Row, Sheet, Value};
use crate::value::fold::fold;
use crate::value::number::{self, Evidence, Nature, Reading};

/// The first header of a sheet that no kind claims stands on one of these rows.
const FIRST_ROWS: u32 = 40;
/// Headers that a sheet which no kind claims must have.
const LEAST_HEADERS: usize = 3;

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// 0-based column.
    pub col: u32,
    /// Its header, the rows of it joined.
    pub header: String,
    /// Id of the kind's column, when it is one.
    pub id: Option<&'static str>,
    /// Amounts of one entity.
    pub entity: bool,
    /// Amounts of one year.
    pub year: Option<i16>,
    /// What it is computed from, when it is not typed.
    pub derived: Option<Derived>,
    nature: Nature,
    reading: Option<Reading>,
}

/// A row that closes others.
#[derive(Debug, Clone)]
pub struct ClosingRow {
    /// 0-based row.
    pub row: u32,
    /// Its label, as written.
    pub label: String,
    /// What it gives.
    pub closing: Closing,
}

/// One table.
pub struct Grid<'a> {
    /// Its sheet.
    pub sheet: &'a Sheet,
    /// The kind that claims it.
    pub kind: Option<&'static str>,
    /// On a sheet of our own workbook, the column in which each record says where it came from.
    pub source: Option<u32>,
    /// Its titles, for the objectives' holder.
    pub titles: Vec<String>,
    /// Its columns, from the left.
    pub columns: Vec<Column>,
    /// Its records.
    pub records: Vec<u32>,
    /// Titles of sections among them.
    pub sections: Vec<u32>,
    /// Rows that close them.
    pub closings: Vec<ClosingRow>,
}

impl<'a> Grid<'a> {
    /// The tables of a sheet: those recognised, else the one whose header looks like one.
    pub fn all(sheet: &'a Sheet, tables: &[Table]) -> Vec<Self> {
        if tables.is_empty() {
            return Self::unclaimed(sheet).into_iter().collect();
        }
        let is_ours = own::source_column(sheet).is_some();
        let of = |table: &Table| {
            let columns = table.columns.iter().map(|mapped| {
                let (id, content) = match &mapped.role {
                    Role::Column(column) => (Some(column.id), Some(column.content)),
                    Role::Entity(_) | Role::Year(_) | Role::Total => (None, Some(Content::Amount)),
                    _ => (None, None),
                };
                let nature = if content == Some(Content::Amount) { Nature::Amount } else { Nature::Measure };
                let mut column = Column::new(mapped.col, mapped.header.clone(), nature);
                column.id = id;
                column.entity = matches!(mapped.role, Role::Entity(_));
                column.year = if let Role::Year(year) = mapped.role { Some(year) } else { None };
                column.derived = match (&mapped.role, id) {
                    (Role::Total, _) => column.derived.or(Some(Derived::Across)),
                    (_, Some("difference")) => Some(Derived::Difference),
                    (_, Some("variation")) => Some(Derived::Variation),
                    // An entity of ours is one, whatever it is called.
                    (Role::Entity(_), _) if is_ours => None,
                    (Role::Column(_), _) => None,
                    _ => column.derived,
                };
                column
            });
            let titles = table.context.titles.iter().map(|(title, _)| title.clone()).collect();
            Self::filled(sheet, Some(table.kind.id), titles, columns.collect(), table.body_rows)
        };
        tables.iter().map(of).collect()
    }

    fn unclaimed(sheet: &'a Sheet) -> Option<Self> {
        let is_name = |cell: &Cell<'_>| matches!(&cell.value, Value::Text(text) if text.len() < 80);
        let header = sheet
            .rows
            .iter()
            .take_while(|row| row.index < FIRST_ROWS)
            .find(|row| row.cells().filter(is_name).count() >= LEAST_HEADERS)?;
        let columns = header.cells().map(|cell| Column::new(cell.col, sheet.shown(cell), Nature::Measure));
        let above = sheet.rows.iter().take_while(|row| row.index < header.index);
        let titles = above.flat_map(Row::cells).map(|cell| sheet.shown(cell)).collect();
        Some(Self::filled(sheet, None, titles, columns.collect(), (header.index + 1, u32::MAX)))
    }

    fn filled(
        sheet: &'a Sheet,
        kind: Option<&'static str>,
        titles: Vec<String>,
        columns: Vec<Column>,
        body: (u32, u32),
    ) -> Self {
        let source = own::source_column(sheet);
        let (records, sections, closings) = (Vec::new(), Vec::new(), Vec::new());
        let mut grid = Self { sheet, kind, source, titles, columns, records, sections, closings };
        for row in sheet.rows.iter().filter(|row| (body.0..body.1).contains(&row.index)) {
            let filled: Vec<Cell<'_>> = row.cells().filter(|cell| !sheet.shown(*cell).trim().is_empty()).collect();
            let label = filled.iter().find_map(|cell| match &cell.value {
                Value::Text(text) if number::scan(text).is_none() => Some(text.trim().to_owned()),
                _ => None,
            });
            // A record of ours may be called like a total.
            let is_record = source.is_some_and(|col| filled.iter().any(|cell| cell.col == col));
            let closing = label.as_deref().and_then(labels::closing).filter(|_| !is_record);
            match (closing, &filled[..]) {
                (_, []) => {}
                (Some(closing), [_, _, ..]) => {
                    let label = label.unwrap_or_default();
                    grid.closings.push(ClosingRow { row: row.index, label, closing });
                }
                (_, [_]) if !is_record => grid.sections.push(row.index),
                _ => grid.records.push(row.index),
            }
        }
        grid.read_columns();
        grid
    }

    /// The notation of each column, which its texts decide together.
    fn read_columns(&mut self) {
        for at in 0..self.columns.len() {
            let mut evidence = Evidence::default();
            for text in self.records.iter().map(|row| self.sheet.text(*row, self.columns[at].col)) {
                if let Some(number) = number::scan(text.trim().trim_end_matches('%')) {
                    evidence.add(&number);
                }
            }
            self.columns[at].reading = evidence.reading();
        }
    }

    /// The column that a kind calls so.
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == Some(id))
    }

    /// The column whose folded header is one of these.
    pub fn headed(&self, names: &[&str]) -> Option<&Column> {
        self.columns.iter().find(|column| names.contains(&fold(&column.header).as_str()))
    }

    /// The figure at a place.
    pub fn figure(&self, row: u32, column: &Column) -> Option<Figure> {
        let cell = self.sheet.cell(row, column.col)?;
        Figure::of(self.sheet, cell, column.nature, column.reading)
    }

    /// The figure that is stored at a place itself, not inside a merge.
    pub fn own_figure(&self, row: u32, column: &Column) -> Option<Figure> {
        self.sheet.stored(row, column.col).and_then(|_| self.figure(row, column))
    }

    /// Whether most records have a figure in a column, or N.C.
    pub fn holds_figures(&self, column: &Column) -> bool {
        let cells = || self.records.iter().filter_map(|row| self.sheet.cell(*row, column.col).map(|cell| (*row, cell)));
        let figures = cells().filter(|(row, _)| self.figure(*row, column).is_some()).count();
        let other = cells().filter(|(row, cell)| self.figure(*row, column).is_none() && !is_not_counted(cell)).count();
        figures > 0 && figures >= other
    }

    /// The figures of some records in a column.
    pub fn figures(&self, rows: &[u32], column: &Column) -> Vec<Figure> {
        rows.iter().filter_map(|row| self.own_figure(*row, column)).collect()
    }

    /// A cell as the workbook shows it.
    pub fn shown(&self, row: u32, column: &Column) -> String {
        self.sheet.text(row, column.col).trim().to_owned()
    }

    /// The cells of some rows in a column: `G4:G57`.
    pub fn range(&self, rows: &[u32], column: &Column) -> String {
        match (rows.first(), rows.last()) {
            (Some(first), Some(last)) if first != last => {
                Area { first: CellRef::new(*first, column.col), last: CellRef::new(*last, column.col) }.to_string()
            }
            (Some(first), _) => CellRef::new(*first, column.col).to_string(),
            _ => String::new(),
        }
    }
}

impl Column {
    fn new(col: u32, header: String, nature: Nature) -> Self {
        let derived = labels::derived(&header);
        Self { col, header, id: None, entity: false, year: None, derived, nature, reading: None }
    }
}

/// How far the mean of figures can be from the exact one: those with two decimals were perhaps rounded.
pub fn doubt(figures: &[Figure]) -> Decimal {
    let rounded = figures.iter().any(|figure| figure.value.normalize().scale() == 2);
    if rounded { Decimal::new(5, 3) } else { Decimal::ZERO }
}
