//! A sheet of typed cells, and the small vocabulary its tables are laid out with.

use rust_decimal::Decimal;

use super::chart::Chart;
use super::style::{Align, Role, Shade, Show, Style};
use crate::place::{Area, CellRef};

/// What a formula gives, stored beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Result {
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// A text, never read as a formula.
    Text(Box<str>),
    /// A number.
    Number(Decimal),
    /// What is computed; apart, since large sheets hold millions of cells and few of them are computed or lead anywhere.
    Formula(Box<Formula>),
    /// A text that leads somewhere.
    Link(Box<Link>),
}

/// A formula with what it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// The formula with English function names and commas, without the equals sign.
    pub text: String,
    /// Its stored result.
    pub result: Result,
}

/// A text that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The text.
    pub text: String,
    /// The file, relative to the book; empty for this book.
    pub file: String,
    /// Sheet and cell there.
    pub anchor: Option<(String, CellRef)>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// How it looks.
    pub style: Style,
}

impl Cell {
    fn of(content: Content, show: Show, align: Align) -> Self {
        Self { content, style: Style { role: Role::Body, show, align, ..Style::default() } }
    }

    /// An empty cell of a table.
    pub fn empty() -> Self {
        Self::of(Content::Empty, Show::Plain, Align::Left)
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::empty() } else { Self::of(Content::Text(text.into()), Show::Plain, Align::Left) }
    }

    /// A number.
    pub fn number(value: impl Into<Decimal>, show: Show) -> Self {
        Self::of(Content::Number(value.into()), show, Align::Right)
    }

    /// A formula that gives a number.
    pub fn formula(text: impl Into<String>, result: impl Into<Decimal>, show: Show) -> Self {
        let formula = Formula { text: text.into(), result: Result::Number(result.into()) };
        Self::of(Content::Formula(formula.into()), show, Align::Right)
    }

    /// A formula that gives a text.
    pub fn formula_text(text: impl Into<String>, result: impl Into<String>) -> Self {
        let formula = Formula { text: text.into(), result: Result::Text(result.into()) };
        Self::of(Content::Formula(formula.into()), Show::Plain, Align::Left)
    }

    /// A text that leads to a place of a file, relative to the book.
    pub fn link(text: impl Into<String>, file: impl Into<String>, anchor: Option<(String, CellRef)>) -> Self {
        let link = Link { text: text.into(), file: file.into(), anchor };
        Self::of(Content::Link(link.into()), Show::Plain, Align::Left)
    }

    /// The same cell as another part of its table.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.style.role = role;
        self
    }

    /// The same cell with a warning; a cell that warns of nothing stays as it is.
    #[must_use]
    pub fn shade(mut self, shade: Shade) -> Self {
        if shade != Shade::None {
            self.style.shade = shade;
        }
        self
    }

    /// The same cell, its content elsewhere.
    #[must_use]
    pub fn align(mut self, align: Align) -> Self {
        self.style.align = align;
        self
    }

    /// The text as a reader sees it, for the height of its row; numbers never need a second line.
    pub fn shown(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Link(link) => &link.text,
            Content::Formula(formula) => match &formula.result {
                Result::Text(text) => text,
                Result::Number(_) => "",
            },
            Content::Empty | Content::Number(_) => "",
        }
    }

    /// The number it holds or gives.
    pub fn as_number(&self) -> Option<Decimal> {
        match &self.content {
            Content::Number(value) => Some(*value),
            Content::Formula(formula) => match formula.result {
                Result::Number(value) => Some(value),
                Result::Text(_) => None,
            },
            _ => None,
        }
    }
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Width in digits of the standard letter, as spreadsheets count it.
    pub width: f64,
    /// Whether it belongs to the printed page; printed columns come first.
    pub printed: bool,
}

/// How the sheet is printed; always A4, one page wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Page {
    /// On its side.
    pub landscape: bool,
    /// All on one page.
    pub one_page: bool,
}

/// One sheet.
#[derive(Debug, Clone, Default)]
pub struct TableSheet {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; a row may be shorter than the columns.
    pub rows: Vec<Vec<Cell>>,
    /// Merged areas; only the first cell holds something.
    pub merges: Vec<Area>,
    /// The last row of the header; it and all above are repeated on every page and stay in view.
    pub header: Option<u32>,
    /// The header and rows that can be filtered.
    pub filter: Option<Area>,
    /// Names of cells.
    pub names: Vec<(String, CellRef)>,
    /// How it is printed.
    pub page: Page,
    /// How many rows belong to the page, when those below do not.
    pub printed_rows: Option<u32>,
    /// Rows with which a new page begins.
    pub breaks: Vec<u32>,
    /// Rows that stay on one page, each from the first to the last, where a page holds them.
    pub together: Vec<(u32, u32)>,
    /// The column whose equal cells, one below the other, are one cell.
    pub merge_down: Option<u32>,
    /// Cells whose verdicts begin with a sign (`●`, `▲`, `■`) and are coloured after it.
    pub lights: Vec<Area>,
    /// Charts, which lie over empty cells.
    pub charts: Vec<Chart>,
}

impl TableSheet {
    /// A sheet with printed columns and columns to the right of the page.
    pub fn new(name: &str, page: Page, printed: &[f64], side: &[f64]) -> Self {
        let columns =
            |widths: &[f64], printed| widths.iter().map(move |width| Column { width: *width, printed }).collect();
        let mut all: Vec<Column> = columns(printed, true);
        all.extend::<Vec<_>>(columns(side, false));
        Self { name: name.to_owned(), columns: all, page, ..Self::default() }
    }

    /// How many columns belong to the page.
    pub fn printed(&self) -> u32 {
        self.columns.iter().filter(|column| column.printed).count() as u32
    }

    /// How many rows belong to the page.
    pub fn page_rows(&self) -> u32 {
        self.printed_rows.unwrap_or_else(|| self.next_row()).min(self.next_row())
    }

    /// The row that comes next.
    pub fn next_row(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Adds a row and says which one it is.
    pub fn push(&mut self, cells: Vec<Cell>) -> u32 {
        self.rows.push(cells);
        self.next_row() - 1
    }

    /// Adds a row with one text across the page.
    pub fn across(&mut self, text: impl Into<String>, role: Role) -> u32 {
        let last = self.printed().saturating_sub(1);
        let mut cells = vec![Cell::text(text).role(role)];
        cells.resize(last as usize + 1, Cell::empty().role(role));
        let row = self.push(cells);
        self.merge(row, 0, row, last);
        row
    }

    /// Adds an empty row that belongs to no table.
    pub fn gap(&mut self) {
        self.push(Vec::new());
    }

    /// Adds the row of headers, all below which scrolls; the sides have headers of their own look.
    pub fn headers(&mut self, texts: &[&str]) -> u32 {
        let printed = self.printed() as usize;
        let cell = |(index, text): (usize, &&str)| {
            let role = if index < printed { Role::Header } else { Role::SideHeader };
            Cell::text(*text).role(role).align(Align::Centre)
        };
        let row = self.push(texts.iter().enumerate().map(cell).collect());
        self.header = Some(row);
        row
    }

    /// Adds a row of a total: a label across the columns before `value_col`, then the given cells.
    pub fn total(&mut self, label: &str, value_col: u32, cells: Vec<Cell>) -> u32 {
        let mut row = vec![Cell::text(label).align(Align::Right)];
        row.resize(value_col as usize, Cell::empty());
        row.extend(cells);
        row.resize((self.printed() as usize).max(row.len()), Cell::empty());
        let printed = self.printed() as usize;
        for (index, cell) in row.iter_mut().enumerate() {
            cell.style.role = if index < printed { Role::Total } else { Role::Side };
        }
        let row = self.push(row);
        self.merge(row, 0, row, value_col.saturating_sub(1));
        row
    }

    /// Merges an area, when it is more than one cell.
    pub fn merge(&mut self, first_row: u32, first_col: u32, last_row: u32, last_col: u32) {
        if (first_row, first_col) != (last_row, last_col) {
            let area = Area { first: CellRef::new(first_row, first_col), last: CellRef::new(last_row, last_col) };
            self.merges.push(area);
        }
    }

    /// Gives a cell a name.
    pub fn name(&mut self, name: impl Into<String>, row: u32, col: u32) {
        self.names.push((name.into(), CellRef::new(row, col)));
    }
}
