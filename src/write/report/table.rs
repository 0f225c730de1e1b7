//! Tables of the page: made of the book's sheets, or of plain rows.

use std::collections::BTreeMap;

use askama::Template;
use rust_decimal::Decimal;

use super::words;
use crate::finding::Lang;
use crate::write::book::{self, Align, Content, Role, Shade, Show, TableSheet};

/// One table, with its caption and what it says when it is empty.
#[derive(Debug, Default, Template)]
#[template(path = "report/table.html")]
pub struct Table {
    /// Id of its part of the page.
    pub id: String,
    /// What it is called in the list of contents.
    pub name: String,
    /// What it is called.
    pub caption: String,
    /// Rows of headers.
    headers: Vec<Vec<Cell>>,
    /// Rows by what they stand under.
    groups: Vec<Group>,
    /// Explanations below it, each with the class of its colour; all there is to say when it has no rows.
    notes: Vec<(String, &'static str)>,
}

/// Rows under the same titles.
#[derive(Debug, Default)]
struct Group {
    /// Titles, the widest first, each with its class.
    titles: Vec<(String, &'static str)>,
    rows: Vec<Row>,
    /// Whether it has headers of its own, and must not go on below those of the table.
    apart: bool,
}

#[derive(Debug, Default)]
struct Row {
    total: bool,
    cells: Vec<Cell>,
}

/// One cell, a header when it names its column, its columns or its row.
#[derive(Debug, Default)]
struct Cell {
    text: String,
    scope: Option<&'static str>,
    /// Its column, which is not its number in the row where a merge covers cells.
    col: usize,
    cols: u32,
    rows: u32,
    class: &'static str,
    align: &'static str,
    /// `side` when it stands outside of the printed page.
    side: &'static str,
    /// How much room its column wants; of headers only.
    room: &'static str,
    href: Option<Href>,
}

impl Cell {
    /// Its classes, as one attribute; empty when it has none.
    fn classes(&self) -> String {
        let classes = [self.align, self.class, self.side, self.room];
        classes.into_iter().filter(|class| !class.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Where a link leads.
#[derive(Debug)]
enum Href {
    /// A part of the page.
    Part(String),
    /// A file.
    File(String),
}

impl Table {
    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| group.rows.is_empty())
    }

    /// How many columns it has.
    fn width(&self) -> u32 {
        self.headers.first().map_or(1, |row| row.iter().map(|cell| cell.cols).sum())
    }

    /// A table of texts: the first cell of a row names it, the others are figures.
    pub fn plain(id: String, caption: String, headers: &[&str], rows: Vec<Vec<String>>) -> Self {
        let one = |text: String| Cell { text, cols: 1, rows: 1, ..Cell::default() };
        let header = |(index, text): (usize, &&str)| {
            let align = if index == 0 { "" } else { "n" };
            Cell { scope: Some("col"), align, ..one((*text).to_owned()) }
        };
        let row = |cells: Vec<String>| {
            let cell = |(index, text)| match index {
                0 => Cell { scope: Some("row"), ..one(text) },
                _ => Cell { align: "n", ..one(text) },
            };
            Row { total: false, cells: cells.into_iter().enumerate().map(cell).collect() }
        };
        let headers = vec![headers.iter().enumerate().map(header).collect()];
        let group = Group { rows: rows.into_iter().map(row).collect(), ..Group::default() };
        Self { id, name: caption.clone(), caption, headers, groups: vec![group], notes: Vec::new() }
    }
}

/// A sheet of the book as a table of the page; `linked` when its links lead somewhere from there.
pub fn of_sheet(sheet: &TableSheet, lang: Lang, linked: bool) -> Table {
    let last_header = sheet.header.map_or(0, |header| header as usize);
    let reader = Reader { sheet, lang, linked, spans: spans(sheet), key: key_column(&sheet.name), last_header };
    let mut table = Table { id: words::slug(&sheet.name), name: sheet.name.clone(), ..Table::default() };
    for (at, row) in sheet.rows.iter().enumerate() {
        let Some(first) = row.iter().find(|cell| cell.content != Content::Empty) else { continue };
        let text = first.shown().to_owned();
        match first.style.role {
            Role::Title => table.caption = text,
            Role::Subtitle | Role::Blank => {}
            Role::Header | Role::SideHeader => {
                let cells = reader.headers(at);
                match table.groups.last_mut() {
                    // A table further down, under a title of its own.
                    Some(group) => {
                        group.apart = true;
                        group.rows.push(Row { total: false, cells });
                    }
                    None => table.headers.push(cells),
                }
            }
            Role::Area => titled(&mut table, text, "area"),
            Role::Section => titled(&mut table, text, "section"),
            Role::Note => table.notes.push((text, class(first.style.shade))),
            role => {
                let row = Row { total: role == Role::Total, cells: reader.cells(at, role) };
                match table.groups.last_mut() {
                    Some(group) => group.rows.push(row),
                    None => table.groups.push(Group { rows: vec![row], ..Group::default() }),
                }
            }
        }
    }
    table
}

/// The summary as one table: the left one of the sheet, and the right one below it. The room of the charts is left out,
/// and so is what they are drawn from.
pub fn of_summary(sheet: &TableSheet, lang: Lang, linked: bool) -> Table {
    let [left, right] = book::SUMMARY_TABLES.map(|cols| of_sheet(&part(sheet, cols), lang, linked));
    let groups = left.groups.into_iter().chain(right.groups).collect();
    // How the workbook's figures come about is not said of the page's.
    let notes = left.notes.into_iter().take(1).collect();
    Table { groups, notes, id: left.id, name: left.name, caption: left.caption, headers: left.headers }
}

/// The printed rows of some columns of a sheet.
fn part(sheet: &TableSheet, cols: std::ops::Range<usize>) -> TableSheet {
    let rows = sheet.rows.iter().take(sheet.page_rows() as usize);
    let cells = |row: &Vec<book::Cell>| row.get(cols.start..cols.end.min(row.len())).unwrap_or_default().to_vec();
    TableSheet {
        name: sheet.name.clone(),
        columns: sheet.columns[cols.clone()].to_vec(),
        rows: rows.map(cells).collect(),
        header: sheet.header,
        ..TableSheet::default()
    }
}

/// Rows that follow stand under a title; an area and the section right below it share their rows.
fn titled(table: &mut Table, text: String, class: &'static str) {
    match table.groups.last_mut().filter(|group| group.rows.is_empty()) {
        Some(group) => group.titles.push((text, class)),
        None => table.groups.push(Group { titles: vec![(text, class)], ..Group::default() }),
    }
}

/// The column whose cell names its row.
fn key_column(name: &str) -> usize {
    match name {
        "Allegato 1" | "Allegato 2" | "Allegato 3" | "Andamento" => 1,
        "Target strategici" => 2,
        _ => 0,
    }
}

/// How many rows and columns a merged cell covers; none for those that are covered.
type Spans = BTreeMap<(u32, u32), Option<(u32, u32)>>;

fn spans(sheet: &TableSheet) -> Spans {
    let mut spans = Spans::new();
    for area in &sheet.merges {
        for row in area.first.row..=area.last.row {
            spans.extend((area.first.col..=area.last.col).map(|col| ((row, col), None)));
        }
        let size = (area.last.row - area.first.row + 1, area.last.col - area.first.col + 1);
        spans.insert((area.first.row, area.first.col), Some(size));
    }
    spans
}

/// Turns the rows of one sheet.
struct Reader<'a> {
    sheet: &'a TableSheet,
    lang: Lang,
    linked: bool,
    spans: Spans,
    key: usize,
    /// The last row of the headers that stand above all.
    last_header: usize,
}

impl Reader<'_> {
    fn headers(&self, at: usize) -> Vec<Cell> {
        let mut cells = self.row(at);
        for cell in &mut cells {
            let scope = if cell.cols > 1 { "colgroup" } else { "col" };
            cell.scope = Some(scope).filter(|_| !cell.text.is_empty() || at <= self.last_header);
            cell.class = "";
            if cell.cols > 1 {
                cell.room = "";
            }
        }
        cells
    }

    fn cells(&self, at: usize, role: Role) -> Vec<Cell> {
        let mut cells = self.row(at);
        cells.iter_mut().for_each(|cell| cell.room = "");
        let key = if role == Role::Total { 0 } else { self.key };
        if let Some(cell) = cells.iter_mut().find(|cell| cell.col == key && !cell.text.is_empty()) {
            cell.scope = Some("row");
        }
        cells
    }

    /// A row's cells, as many as the sheet has columns, without those that a merge covers.
    fn row(&self, at: usize) -> Vec<Cell> {
        let empty = book::Cell::empty();
        let row = &self.sheet.rows[at];
        let mut cells = Vec::new();
        for col in 0..self.sheet.columns.len().max(row.len()) {
            let (rows, cols) = match self.spans.get(&(at as u32, col as u32)) {
                Some(None) => continue,
                Some(Some(size)) => *size,
                None => (1, 1),
            };
            let column = self.sheet.columns.get(col);
            let side = if column.is_some_and(|column| !column.printed) { "side" } else { "" };
            let room = column.map_or("", |column| room(column.width));
            cells.push(Cell { col, cols, rows, side, room, ..self.cell(row.get(col).unwrap_or(&empty)) });
        }
        cells
    }

    fn cell(&self, cell: &book::Cell) -> Cell {
        let style = cell.style;
        let number = |value: Decimal| match style.show {
            Show::Integer => words::number(value, 0, self.lang).replace(['.', ','], ""),
            Show::Two => words::number(value, 2, self.lang),
            Show::Percent => words::percent(value, self.lang),
            Show::Plain => plain(value, self.lang),
        };
        let text = cell.as_number().map_or_else(|| cell.shown().to_owned(), number);
        let align = match style.align {
            Align::Left => "",
            Align::Centre => "c",
            Align::Right => "n",
        };
        Cell { text, class: class(style.shade), align, href: self.href(&cell.content), ..Cell::default() }
    }

    fn href(&self, content: &Content) -> Option<Href> {
        let Content::Link(link) = content else { return None };
        match &link.anchor {
            Some((sheet, _)) if link.file.is_empty() => Some(Href::Part(words::slug(sheet))),
            _ if self.linked && !link.file.is_empty() => Some(Href::File(link.file.clone())),
            _ => None,
        }
    }
}

/// A number as it comes, to six decimals.
fn plain(value: Decimal, lang: Lang) -> String {
    let decimals = crate::value::number::round_to(value, 6).normalize().scale();
    words::number(value, decimals, lang)
}

/// The room of a column of so many digits: the style has a few sizes only.
fn room(width: f64) -> &'static str {
    match width {
        ..10.0 => "w1",
        ..17.0 => "w2",
        ..30.0 => "w3",
        ..45.0 => "w4",
        _ => "w5",
    }
}

const fn class(shade: Shade) -> &'static str {
    match shade {
        Shade::None => "",
        Shade::Missing => "missing",
        Shade::Check => "check",
        Shade::NotCounted => "nc",
        Shade::Error => "bad",
        Shade::Warning => "look",
        Shade::Good => "good",
    }
}
