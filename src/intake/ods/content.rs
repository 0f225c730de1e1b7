//! The tables of content.xml: rows and columns with their repetitions, walked once.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::budget::{Job, Over};
use super::super::build::{Builder, Formats};
use super::super::xml::{Broken, Tag, Xml};
use super::cell::{Raw, Read};
use super::styles::Styles;
use crate::place::{Area, CellRef, MAX_COLS, MAX_ROWS};
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Formula, Sheet, Value, Visibility};

/// Why reading stopped.
enum Stop {
    Broken(Broken),
    Over(Over),
}

impl From<Broken> for Stop {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl From<Over> for Stop {
    fn from(over: Over) -> Self {
        Self::Over(over)
    }
}

/// Reads all tables; damage is a finding, and the sheets up to it are kept.
pub(super) fn read(text: &str, styles: &Styles, formats: &mut Formats, job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let (sheets, known) = (Vec::new(), HashMap::new());
    let mut tables = Tables { styles, formats, job, sheets, has_caches: false, shift: 0.0, known };
    match tables.all(text) {
        Ok(()) => {}
        Err(Stop::Over(over)) => return Err(over),
        Err(Stop::Broken(error)) => tables.job.damaged("content.xml", error.0),
    }
    if tables.sheets.is_empty() && tables.job.findings.is_empty() {
        tables.job.without_sheets("content.xml", tables.has_caches);
    }
    Ok(tables.sheets)
}

struct Tables<'a, 'b> {
    styles: &'a Styles,
    formats: &'a mut Formats,
    job: &'a mut Job<'b>,
    sheets: Vec<Sheet>,
    /// Whether there were copies of other files' sheets.
    has_caches: bool,
    /// Days between the epoch of 1900 and the one the file counts from.
    shift: f64,
    /// Formats of the cell styles met so far.
    known: HashMap<String, u16>,
}

/// One table being read.
struct Table {
    builder: Builder,
    row: u32,
    col: u32,
    /// Formats of the columns that have one: first, last, format.
    column_formats: Vec<(u32, u32, u16)>,
    row_format: Option<u16>,
    /// A copy of another file's sheet, kept for its formulas.
    is_cache: bool,
}

impl Tables<'_, '_> {
    fn all(&mut self, text: &str) -> Result<(), Stop> {
        let mut xml = Xml::new(text);
        while let Some(start) = xml.child(0)? {
            match start.local() {
                "table" => self.table(&start, &mut xml)?,
                "null-date" if start.attribute("date-value").as_deref() == Some("1904-01-01") => self.shift = 1462.0,
                "automatic-styles"
                | "font-face-decls"
                | "tracked-changes"
                | "dde-links"
                | "scripts"
                | "forms"
                | "content-validations"
                | "data-pilot-tables"
                | "database-ranges"
                | "named-expressions" => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn table(&mut self, start: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Stop> {
        self.job.sheet()?;
        let name: Arc<str> = start.attribute("name").unwrap_or_default().into();
        let mut table = Table {
            builder: Builder::new(name),
            row: 0,
            col: 0,
            column_formats: Vec::new(),
            row_format: None,
            is_cache: false,
        };
        let hidden = start.attribute("style-name").is_some_and(|style| self.styles.is_hidden(&style));
        table.builder.sheet.visibility = if hidden { Visibility::Hidden } else { Visibility::Visible };
        table.builder.sheet.date_1904 = self.shift != 0.0;
        let end = self.rows(&mut table, xml);
        self.has_caches |= table.is_cache;
        if !table.is_cache {
            self.sheets.push(table.builder.finish());
        }
        end
    }

    fn rows(&mut self, table: &mut Table, xml: &mut Xml<'_>) -> Result<(), Stop> {
        let depth = xml.depth();
        let mut steps = 0u32;
        while let Some(start) = xml.child(depth)? {
            steps += 1;
            if steps.is_multiple_of(4096) {
                self.job.clock()?;
            }
            match start.local() {
                "table-column" => self.column(&start, table),
                "table-row" => self.row(&start, table, xml)?,
                "table-source" => table.is_cache = true,
                "shapes" | "forms" | "scenario" | "named-expressions" | "conditional-formats" | "sparkline-groups" => {
                    xml.skip()?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn column(&mut self, start: &Tag<'_>, table: &mut Table) {
        let first = table.col;
        if first >= MAX_COLS {
            return;
        }
        table.col = first.saturating_add(repeated(start, "number-columns-repeated")).min(MAX_COLS);
        if is_hidden(start) {
            table.builder.sheet.hidden_cols.push((first, table.col - 1));
        }
        if let Some(style) = start.attribute("default-cell-style-name") {
            let format = self.style(&style);
            table.column_formats.push((first, table.col - 1, format));
        }
    }

    fn row(&mut self, start: &Tag<'_>, table: &mut Table, xml: &mut Xml<'_>) -> Result<(), Stop> {
        let times = repeated(start, "number-rows-repeated");
        let hidden = is_hidden(start);
        let style = start.attribute("default-cell-style-name");
        table.row_format = style.map(|style| self.style(&style));
        let mut line = Line::default();
        let depth = xml.depth();
        let mut col = 0u32;
        let mut end = Ok(());
        loop {
            let cell = match xml.child(depth) {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                Err(error) => {
                    end = Err(Stop::Broken(error));
                    break;
                }
            };
            match cell.local() {
                "table-cell" => match Raw::read(&cell, xml) {
                    Ok(raw) => col = self.cell(raw, col, table, &mut line)?,
                    Err(error) => {
                        end = Err(Stop::Broken(error));
                        break;
                    }
                },
                "covered-table-cell" => {
                    col = col.saturating_add(repeated(&cell, "number-columns-repeated"));
                    xml.skip()?;
                }
                _ => {}
            }
        }
        self.place(table, &line, times, hidden)?;
        table.row = table.row.saturating_add(times);
        end
    }

    /// Puts a line into each of the rows it stands for.
    fn place(&mut self, table: &mut Table, line: &Line, times: u32, hidden: bool) -> Result<(), Over> {
        if line.is_empty() || table.row >= MAX_ROWS {
            return Ok(());
        }
        let end = table.row.saturating_add(times).min(MAX_ROWS);
        for row in table.row..end {
            table.builder.row(row, hidden);
            for Written { col, format, formula, value } in &line.cells {
                self.job.cell()?;
                let value = value.as_ref();
                table.builder.cell(row, Cell { col: *col, format: *format, formula: *formula, value });
            }
            let sheet = &mut table.builder.sheet;
            for (col, text) in &line.formulas {
                sheet.formulas.push(((row, *col), text.clone()));
            }
            for (col, text) in &line.comments {
                self.job.cell()?;
                sheet.comments.push(((row, *col), text.clone()));
            }
            for (col, text) in &line.damaged {
                self.job.cell()?;
                sheet.damaged.push(((row, *col), text.clone()));
            }
            for (col, (cols, rows)) in &line.spans {
                self.job.cell()?;
                let last_col = col.saturating_add(cols - 1).min(MAX_COLS - 1);
                let last_row = row.saturating_add(rows - 1).min(MAX_ROWS - 1);
                sheet.merges.push(Area { first: CellRef::new(row, *col), last: CellRef::new(last_row, last_col) });
            }
        }
        Ok(())
    }

    /// Adds a cell to the line, as often as it is repeated; gives the column after it.
    fn cell(&mut self, mut raw: Raw<'_>, first: u32, table: &Table, line: &mut Line) -> Result<u32, Over> {
        let repeated = raw.repeated;
        let last = first.saturating_add(repeated);
        if first >= MAX_COLS {
            return Ok(last);
        }
        let (span, style) = (raw.span, raw.style.take());
        if span != (1, 1) {
            line.spans.push((first, span));
        }
        if let Some(comment) = raw.comment.take().filter(|text| !text.trim().is_empty()) {
            line.comments.push((first, comment.into()));
        }
        let (formula, text) = (raw.formula(), raw.formula.clone());
        let (percentage, shown_percent) = raw.percentage();
        let (value, shown_by) = match raw.value() {
            Read::Nothing if formula == Formula::Unstored => (Value::Blank, None),
            Read::Nothing => return Ok(last),
            Read::Value(value) => (value, None),
            Read::Date(serial, code) if code.starts_with("dd") => (Value::Number(serial - self.shift), Some(code)),
            Read::Date(serial, code) => (Value::Number(serial), Some(code)),
            Read::Damaged(text) => {
                line.damaged.push((first, text));
                return Ok(last);
            }
        };
        for col in first..last.min(MAX_COLS) {
            self.job.cell()?;
            let mut format = self.format(style.as_deref(), col, table);
            if let Some(code) = shown_by
                && !matches!(self.formats.get(format).kind, FormatKind::Date | FormatKind::Time)
            {
                format = self.formats.index(code);
            }
            // A percentage without a style that says so is one all the same.
            let kind = self.formats.get(format).kind;
            if percentage && (kind == FormatKind::General || kind == FormatKind::Number && shown_percent) {
                format = self.formats.index("0.00%");
            }
            line.cells.push(Written { col, format, formula, value: value.clone() });
            if let Some(text) = text.as_deref().filter(|text| !text.is_empty()) {
                line.formulas.push((col, text.into()));
            }
        }
        Ok(last)
    }

    fn style(&mut self, name: &str) -> u16 {
        if let Some(format) = self.known.get(name) {
            return *format;
        }
        let format = self.styles.format(name, self.formats);
        self.known.insert(name.to_owned(), format);
        format
    }

    fn format(&mut self, style: Option<&str>, col: u32, table: &Table) -> u16 {
        if let Some(style) = style {
            return self.style(style);
        }
        let of_column = || table.column_formats.iter().find(|(first, last, _)| (*first..=*last).contains(&col));
        table.row_format.or_else(|| of_column().map(|(_, _, format)| *format)).unwrap_or(0)
    }
}

/// A cell of a line.
struct Written {
    col: u32,
    format: u16,
    formula: Formula,
    value: Value,
}

/// The cells of a row element, before they are repeated.
#[derive(Default)]
struct Line {
    cells: Vec<Written>,
    formulas: Vec<(u32, Box<str>)>,
    comments: Vec<(u32, Box<str>)>,
    damaged: Vec<(u32, Box<str>)>,
    spans: Vec<(u32, (u32, u32))>,
}

impl Line {
    fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.spans.is_empty() && self.comments.is_empty() && self.damaged.is_empty()
    }
}

fn repeated(start: &Tag<'_>, name: &str) -> u32 {
    start.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(start: &Tag<'_>) -> bool {
    matches!(start.attribute("visibility").as_deref(), Some("collapse" | "filter"))
}
