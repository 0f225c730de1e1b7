//! The rows of a large sheet as XML: numbers, texts that stand in their cells, formulas with their results, blanks.

use std::ops::Range;

use super::text::{escape, escape_formula, string};
use super::{Large, slot};
use crate::place::column_letters;
use crate::write::book::{Cell, Content, Heights, Result};
use crate::write::decimal::push_number;
use crate::write::xlsx::cell::look;

/// Pixels of a row whose height need not be said.
const USUAL_PIXELS: f64 = 20.0;

/// What writes rows.
pub struct Rows<'a> {
    rows: &'a [Vec<Cell>],
    heights: Heights<'a>,
    /// How a cell begins, by column.
    columns: Vec<String>,
    /// The attribute of its style, by look.
    styles: Vec<Box<str>>,
}

impl<'a> Rows<'a> {
    /// The rows of a sheet whose looks have these attributes.
    pub fn new(large: &Large<'a>, styles: Vec<Box<str>>) -> Self {
        let columns = (0..=large.last.col).map(|col| format!("<c r=\"{}", column_letters(col))).collect();
        Self { rows: &large.sheet.rows, heights: Heights::new(large.sheet), columns, styles }
    }

    /// Writes some of the rows.
    pub fn write(&self, range: Range<usize>, out: &mut Vec<u8>) {
        let mut number = itoa::Buffer::new();
        for (row, height) in range.clone().zip(self.heights.of(range)) {
            let number = number.format(row + 1);
            open(number, height, out);
            for (cell, begin) in self.rows[row].iter().zip(&self.columns) {
                self.cell(cell, [begin, number, "\""], out);
            }
            push(out, &["</row>"]);
        }
    }

    fn cell(&self, cell: &Cell, begin: [&str; 3], out: &mut Vec<u8>) {
        let style = &*self.styles[slot(look(cell))];
        match &cell.content {
            Content::Text(_) | Content::Link(_) if !cell.shown().is_empty() => {
                push(out, &begin);
                push(out, &[style, " t=\"inlineStr\">"]);
                string(out, cell.shown());
                push(out, &["</c>"]);
            }
            Content::Number(value) => {
                push(out, &begin);
                push(out, &[style, "><v>"]);
                push_number(out, *value);
                push(out, &["</v></c>"]);
            }
            Content::Formula(formula) => {
                let kind = if matches!(formula.result, Result::Text(_)) { " t=\"str\"" } else { "" };
                push(out, &begin);
                push(out, &[style, kind, "><f>"]);
                escape_formula(out, &formula.text);
                push(out, &["</f><v>"]);
                match &formula.result {
                    Result::Number(value) => push_number(out, *value),
                    Result::Text(text) => _ = escape(out, text),
                }
                push(out, &["</v></c>"]);
            }
            _ if style.is_empty() => {}
            Content::Empty | Content::Text(_) | Content::Link(_) => {
                push(out, &begin);
                push(out, &[style, "/>"]);
            }
        }
    }
}

fn open(number: &str, height: f64, out: &mut Vec<u8>) {
    push(out, &["<row r=\"", number, "\""]);
    let pixels = (height * 4.0 / 3.0).round();
    if pixels != USUAL_PIXELS {
        push(out, &[" ht=\"", &(pixels * 0.75).to_string(), "\" customHeight=\"1\""]);
    }
    push(out, &[">"]);
}

fn push(out: &mut Vec<u8>, pieces: &[&str]) {
    for piece in pieces {
        out.extend_from_slice(piece.as_bytes());
    }
}
