//! The records of a kind as a Parquet file: decimals, dates, whole numbers and texts as what they are.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type as Schema, TypePtr};
use rust_decimal::Decimal;

use super::columns::{self, Column, Type};
use super::kept::Tables;
use super::rows::{self, Extent, Rows};
use crate::delivery::Deliveries;
use crate::kinds::Kind;

/// Rows that are held before they are written.
const GROUP: usize = 1 << 15;
/// Digits and bytes of a decimal.
const PRECISION: u32 = 38;
const DECIMAL_BYTES: i32 = 16;
/// Amounts and percentages have at least as many decimals, so that the type does not change from year to year.
const LEAST_SCALE: u32 = 2;

/// Writes all records of a kind; `extents` are those of its columns, as the CSV found them.
///
/// # Errors
/// When they cannot be written.
pub fn write(
    kind: &'static Kind,
    deliveries: &mut Deliveries,
    tables: &[Tables],
    extents: &[Extent],
    file: &mut (dyn Write + Send),
) -> io::Result<()> {
    let columns = columns::of(kind);
    let scales: Vec<Option<u32>> = columns.iter().zip(extents).map(|(column, extent)| scale(column, *extent)).collect();
    let begin = || -> Result<_> {
        let properties = WriterProperties::builder()
            .set_created_by("allegati".to_owned())
            .set_compression(Compression::SNAPPY)
            .build();
        SerializedFileWriter::new(file, schema(kind, &columns, &scales)?, Arc::new(properties))
    };
    let writer = begin().map_err(io::Error::other)?;
    let buffers = columns.iter().zip(&scales).map(|(column, scale)| Buffer::of(column, *scale)).collect();
    let mut sink = Sink { writer, buffers, at: 0, rows: 0, failed: None };
    for (delivery, tables) in deliveries.files.iter_mut().zip(tables) {
        rows::walk(kind, delivery, tables, &mut sink);
    }
    sink.finish().map_err(io::Error::other)
}

/// How many decimals a column of decimals has; none when some value would not fit, and texts say it exactly.
fn scale(column: &Column, extent: Extent) -> Option<u32> {
    let scale = extent.decimals.max(LEAST_SCALE);
    (column.values == Type::Decimal && extent.integers + scale <= PRECISION).then_some(scale)
}

fn schema(kind: &Kind, columns: &[Column], scales: &[Option<u32>]) -> Result<TypePtr> {
    let field = |(column, scale): (&Column, &Option<u32>)| -> Result<TypePtr> {
        let (physical, logical) = match (column.values, scale) {
            (Type::Decimal, Some(scale)) => {
                (Physical::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::decimal(*scale as i32, PRECISION as i32)))
            }
            (Type::Integer, _) => (Physical::INT64, None),
            (Type::Date, _) => (Physical::INT32, Some(LogicalType::Date)),
            (Type::Flag, _) => (Physical::BOOLEAN, None),
            (Type::Text | Type::Word(_) | Type::Decimal, _) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let mut builder = Schema::primitive_type_builder(&column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        if let (Physical::FIXED_LEN_BYTE_ARRAY, Some(scale)) = (physical, scale) {
            builder = builder.with_length(DECIMAL_BYTES).with_precision(PRECISION as i32).with_scale(*scale as i32);
        }
        builder.build().map(Arc::new)
    };
    let fields = columns.iter().zip(scales).map(field).collect::<Result<_>>()?;
    Schema::group_type_builder(kind.id).with_fields(fields).build().map(Arc::new)
}

/// The values of one column, and for each row whether it has one.
struct Buffer {
    values: Values,
    there: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Decimal(u32, Vec<FixedLenByteArray>),
    Integer(Vec<i64>),
    Date(Vec<i32>),
    Flag(Vec<bool>),
}

impl Buffer {
    fn of(column: &Column, scale: Option<u32>) -> Self {
        let values = match (column.values, scale) {
            (Type::Decimal, Some(scale)) => Values::Decimal(scale, Vec::new()),
            (Type::Integer, _) => Values::Integer(Vec::new()),
            (Type::Date, _) => Values::Date(Vec::new()),
            (Type::Flag, _) => Values::Flag(Vec::new()),
            (Type::Text | Type::Word(_) | Type::Decimal, _) => Values::Text(Vec::new()),
        };
        Self { values, there: Vec::new() }
    }

    /// Hands the values on to a column, and starts anew.
    fn flush(&mut self, column: &mut ColumnWriter<'_>) -> Result<()> {
        let there = Some(self.there.as_slice());
        match (&mut self.values, column) {
            (Values::Text(values), ColumnWriter::ByteArrayColumnWriter(writer)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            (Values::Decimal(_, values), ColumnWriter::FixedLenByteArrayColumnWriter(writer)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            (Values::Integer(values), ColumnWriter::Int64ColumnWriter(writer)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            (Values::Date(values), ColumnWriter::Int32ColumnWriter(writer)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            (Values::Flag(values), ColumnWriter::BoolColumnWriter(writer)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            _ => return Err(ParquetError::General("a column of another type".to_owned())),
        }
        self.there.clear();
        Ok(())
    }
}

/// Rows of a Parquet file.
struct Sink<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    buffers: Vec<Buffer>,
    /// The column that comes next.
    at: usize,
    rows: usize,
    failed: Option<ParquetError>,
}

impl<W: Write + Send> Sink<W> {
    fn put(&mut self, there: bool, add: impl FnOnce(&mut Values)) {
        let buffer = &mut self.buffers[self.at];
        buffer.there.push(i16::from(there));
        if there {
            add(&mut buffer.values);
        }
        self.at += 1;
    }

    fn flush(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        let mut buffers = self.buffers.iter_mut();
        while let (Some(buffer), Some(mut column)) = (buffers.next(), group.next_column()?) {
            buffer.flush(column.untyped())?;
            column.close()?;
        }
        self.rows = 0;
        group.close().map(drop)
    }

    fn finish(mut self) -> Result<()> {
        if self.rows > 0 && self.failed.is_none() {
            self.flush()?;
        }
        match self.failed {
            Some(error) => Err(error),
            None => self.writer.close().map(drop),
        }
    }
}

/// A decimal as a whole number of its last decimal, in two's complement, the highest byte first.
fn scaled(value: Decimal, scale: u32) -> FixedLenByteArray {
    let value = value.normalize();
    let whole = value.mantissa() * 10i128.pow(scale - value.scale());
    ByteArray::from(whole.to_be_bytes().to_vec()).into()
}

impl<W: Write + Send> Rows for Sink<W> {
    fn text(&mut self, value: &str) {
        self.put(!value.is_empty(), |values| {
            if let Values::Text(list) = values {
                // Most columns of texts say the same row after row: the bytes are then shared.
                let same = list.last().filter(|last| last.data() == value.as_bytes()).cloned();
                list.push(same.unwrap_or_else(|| value.into()));
            }
        });
    }

    fn word(&mut self, value: Option<&'static str>) {
        self.text(value.unwrap_or_default());
    }

    fn decimal(&mut self, value: Option<Decimal>) {
        self.put(value.is_some(), |values| match (values, value) {
            (Values::Decimal(scale, list), Some(value)) => list.push(scaled(value, *scale)),
            (Values::Text(list), Some(value)) => list.push(value.to_string().as_str().into()),
            _ => {}
        });
    }

    fn integer(&mut self, value: Option<i64>) {
        self.put(value.is_some(), |values| {
            if let Values::Integer(list) = values {
                list.extend(value);
            }
        });
    }

    fn date(&mut self, value: Option<Date>) {
        // Days since the first of January 1970; no date is further from it than 32 bits reach.
        let days = value.and_then(|day| date(1970, 1, 1).until(day).ok()).map(|span| span.get_days());
        self.put(days.is_some(), |values| {
            if let Values::Date(list) = values {
                list.extend(days);
            }
        });
    }

    fn flag(&mut self, value: Option<bool>) {
        self.put(value.is_some(), |values| {
            if let Values::Flag(list) = values {
                list.extend(value);
            }
        });
    }

    fn end(&mut self) {
        (self.at, self.rows) = (0, self.rows + 1);
        if self.rows == GROUP && self.failed.is_none() {
            self.failed = self.flush().err();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_scaled_without_loss() {
        let scaled = |text: &str, scale| {
            let bytes: [u8; 16] = scaled(text.parse().unwrap(), scale).data().try_into().unwrap();
            i128::from_be_bytes(bytes)
        };
        assert_eq!(scaled("3427321.50", 2), 342_732_150);
        assert_eq!(scaled("-0.125", 3), -125);
        assert_eq!(scaled("100", 2), 10_000);
        assert_eq!(scaled("1.00000", 2), 100);
    }

    #[test]
    fn a_decimal_that_does_not_fit_stays_a_text() {
        let column = columns::of(crate::kinds::kind("cases").unwrap());
        let amount = column.iter().find(|column| column.name == "amount").unwrap();
        assert_eq!(scale(amount, Extent { integers: 7, decimals: 1 }), Some(2));
        assert_eq!(scale(amount, Extent { integers: 7, decimals: 5 }), Some(5));
        assert_eq!(scale(amount, Extent { integers: 20, decimals: 28 }), None);
    }
}
