//! The records of a kind as the rows of a table.

use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::Arc;

use csv::{ByteRecord, QuoteStyle, Terminator, Writer, WriterBuilder};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::columns;
use super::kept::Tables;
use super::neutral::harmless;
use crate::delivery::{Deliveries, Delivery};
use crate::finding::Severity;
use crate::kinds::Kind;
use crate::kinds::fields::{Field, Fields, Missing, RowSink};
use crate::kinds::table::Table;
use crate::parse::office;
use crate::place::CellRef;

/// How many digits the decimals of a column need, before and after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Before.
    pub integers: u32,
    /// After, final zeros left aside.
    pub decimals: u32,
}

/// Writes all records of a kind below a header; gives their number, and for each column what its decimals need.
///
/// # Errors
/// When they cannot be written.
pub fn write(
    kind: &'static Kind,
    deliveries: &mut Deliveries,
    tables: &[Tables],
    file: &mut dyn Write,
) -> io::Result<(u64, Vec<Extent>)> {
    let writer = WriterBuilder::new().terminator(Terminator::CRLF).quote_style(QuoteStyle::Necessary).from_writer(file);
    let columns = columns::of(kind);
    let extents = vec![Extent::default(); columns.len()];
    let mut rows = Sink { writer, record: ByteRecord::new(), count: 0, extents, failed: None };
    rows.writer.write_record(columns.iter().map(|column| column.name.as_str()))?;
    for (delivery, tables) in deliveries.files.iter_mut().zip(tables) {
        walk(kind, delivery, tables, &mut rows);
    }
    if let Some(error) = rows.failed {
        return Err(error);
    }
    rows.writer.flush()?;
    Ok((rows.count, rows.extents))
}

/// Visits the records of a kind that a file gave, one row each.
pub fn walk(kind: &Kind, delivery: &mut Delivery, tables: &Tables, rows: &mut dyn Rows) {
    let told = delivery.findings.iter().filter(|finding| finding.severity != Severity::Info);
    let told = told.filter_map(|finding| Some((finding.place.sheet.clone()?, finding.place.cell?))).collect();
    let sha256 = delivery.source.sha256.clone();
    let file = FileRows { sha256: &sha256, tables, told, office: None, rows };
    (kind.exchange.each)(&mut delivery.records, &mut { file });
}

/// What a record says, field by field, wherever it goes.
pub trait Rows {
    /// A text.
    fn text(&mut self, value: &str);
    /// A word of the program's own, or nothing.
    fn word(&mut self, value: Option<&'static str>);
    /// A decimal, or nothing.
    fn decimal(&mut self, value: Option<Decimal>);
    /// A whole number, or nothing.
    fn integer(&mut self, value: Option<i64>);
    /// A date, or nothing.
    fn date(&mut self, value: Option<Date>);
    /// Yes or no, or nothing.
    fn flag(&mut self, value: Option<bool>);
    /// The row is complete.
    fn end(&mut self);
}

/// The rows of one file.
struct FileRows<'a> {
    sha256: &'a str,
    tables: &'a Tables,
    /// Cells of which a finding says something.
    told: HashSet<(Arc<str>, CellRef)>,
    /// The office of the last table seen.
    office: Option<(Arc<Table>, String)>,
    rows: &'a mut dyn Rows,
}

impl RowSink for FileRows<'_> {
    fn row(&mut self, table: &Arc<Table>, row: u32, col: Option<u32>, visit: &mut dyn FnMut(&mut dyn Fields)) {
        let usual = || table.kind.values.iter().find_map(|id| table.col(id));
        let first = || table.columns.first().map(|mapped| mapped.col);
        let cell = CellRef::new(row, col.or_else(usual).or_else(first).unwrap_or(0));
        if self.office.as_ref().is_none_or(|(of, _)| !Arc::ptr_eq(of, table)) {
            self.office = Some((table.clone(), office::of_table(table).unwrap_or_default()));
        }
        self.rows.text(&table.file);
        self.rows.text(&table.sheet);
        self.rows.integer(self.tables.number(table));
        self.rows.text(&cell.to_string());
        self.rows.text(self.sha256);
        self.rows.text(self.office.as_ref().map_or("", |(_, office)| office));
        self.rows.text(table.context.titles.first().map_or("", |(title, _)| title));
        visit(&mut Cells { table, row, told: &self.told, rows: self.rows });
        self.rows.end();
    }
}

/// The fields of one record.
struct Cells<'a> {
    table: &'a Table,
    row: u32,
    told: &'a HashSet<(Arc<str>, CellRef)>,
    rows: &'a mut dyn Rows,
}

impl Fields for Cells<'_> {
    fn text(&mut self, _field: Field, value: &mut String) {
        self.rows.text(value);
    }

    fn word(&mut self, _field: Field, _words: &'static [&'static str], value: &mut Option<&'static str>) {
        self.rows.word(*value);
    }

    fn decimal(&mut self, _field: Field, value: &mut Option<Decimal>) {
        self.rows.decimal(*value);
    }

    fn integer(&mut self, _field: Field, value: &mut Option<i64>) {
        self.rows.integer(*value);
    }

    fn date(&mut self, _field: Field, value: &mut Option<Date>) {
        self.rows.date(*value);
    }

    fn flag(&mut self, _field: Field, value: &mut Option<bool>) {
        self.rows.flag(*value);
    }

    fn missing(&mut self, column: &'static str, value: &mut Missing) {
        self.rows.word(match value {
            Missing::Given => None,
            Missing::NotCounted(reason) => Some(reason.id()),
            Missing::Unclear => Some("unclear"),
            Missing::Unread => Some("unread"),
            // A record forgets why an optional value could not be used; the finding at its cell does not.
            Missing::Empty => Some(match self.table.col(column) {
                None => "no_column",
                Some(col) if self.told.contains(&(self.table.sheet.clone(), CellRef::new(self.row, col))) => "unread",
                Some(_) => "empty",
            }),
        });
    }
}

/// Rows of a CSV.
struct Sink<'a> {
    writer: Writer<&'a mut dyn Write>,
    record: ByteRecord,
    count: u64,
    extents: Vec<Extent>,
    failed: Option<io::Error>,
}

impl Sink<'_> {
    fn push(&mut self, value: Option<impl std::fmt::Display>) {
        match value {
            Some(value) => self.record.push_field(value.to_string().as_bytes()),
            None => self.record.push_field(b""),
        }
    }
}

impl Rows for Sink<'_> {
    fn text(&mut self, value: &str) {
        self.record.push_field(harmless(value).as_bytes());
    }

    fn word(&mut self, value: Option<&'static str>) {
        self.record.push_field(value.unwrap_or_default().as_bytes());
    }

    fn decimal(&mut self, value: Option<Decimal>) {
        if let (Some(value), Some(extent)) = (value, self.extents.get_mut(self.record.len())) {
            let (whole, value) = (value.trunc().abs().mantissa(), value.normalize());
            extent.integers = extent.integers.max(whole.checked_ilog10().map_or(0, |digits| digits + 1));
            extent.decimals = extent.decimals.max(value.scale());
        }
        self.push(value);
    }

    fn integer(&mut self, value: Option<i64>) {
        self.push(value);
    }

    fn date(&mut self, value: Option<Date>) {
        self.push(value);
    }

    fn flag(&mut self, value: Option<bool>) {
        self.push(value);
    }

    fn end(&mut self) {
        if self.failed.is_none() {
            self.failed = self.writer.write_byte_record(&self.record).err().map(io::Error::other);
        }
        self.count += 1;
        self.record.clear();
    }
}
