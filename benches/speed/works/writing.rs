//! Writing alone: a table of 500,000 rows, beside rust_xlsxwriter without us.

use std::path::Path;

use allegati::finding::Lang;
use allegati::sheet::{Formula, Value};
use allegati::write;
use allegati::write::book::{Book, Cell, Page, Show, TableSheet};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::Make;
use super::whole::consolidated;
use crate::harness::{Goal, Work, contender};
use crate::inputs;

const ROWS: u32 = 500_000;

pub const WORKS: &[(&str, Make)] = &[("write", |id| {
    let contenders = vec![
        contender("peer", "rust_xlsxwriter, low mem.", || plain(ROWS).expect("rows that fit")),
        contender("ours", "xlsx::render", || {
            write::xlsx::render(&book(ROWS)).expect("a workbook");
            u64::from(ROWS) * 8
        }),
    ];
    Some(Work { id, what: "write 500,000 × 8".into(), goal: Some(Goal::OfPeer(1.1)), contenders })
})];

/// The rows as the library writes them when nobody is in between.
fn plain(count: u32) -> Result<u64, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(3);
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet_with_low_memory()?;
    sheet.write_row(0, 0, inputs::HEADER)?;
    for (at, row) in (1..).zip(inputs::rows(count, 0)) {
        inputs::put(sheet, at, row, &date)?;
    }
    workbook.save_to_buffer()?;
    Ok(u64::from(count) * 8)
}

/// The same rows as a neutral table.
fn book(count: u32) -> Book {
    let page = Page { landscape: true, one_page: false };
    let mut sheet = TableSheet::new("Dati", page, &[14.0; 8], &[]);
    sheet.headers(&inputs::HEADER);
    for row in inputs::rows(count, 0) {
        sheet.push(vec![
            Cell::text(row.number),
            Cell::text(row.office),
            Cell::number(row.start, Show::Integer),
            Cell::number(row.start + row.days, Show::Integer),
            Cell::number(row.days, Show::Integer),
            Cell::number(Decimal::from_f64_retain(row.amount).unwrap_or_default().round_dp(2), Show::Two),
            Cell::text(row.outcome),
            Cell::text(row.note),
        ]);
    }
    let (title, body) = ("Dati".to_owned(), String::new());
    Book { title, body, year: 2019, lang: Lang::It, sheets: vec![sheet] }
}

/// The sheets of a finished workbook, to be written again by the library alone.
pub struct Sheets(Vec<allegati::sheet::Sheet>);

impl Sheets {
    /// What a run over a folder writes.
    pub fn of_run(folder: &Path) -> Self {
        let book = write::workbook(&consolidated(folder, None), Lang::It, "../").expect("a workbook");
        Self(allegati::intake::open_bytes(&"run.xlsx".into(), &book).sheets)
    }

    /// Writes them, and counts their cells.
    pub fn written(&self) -> u64 {
        let mut workbook = Workbook::new();
        for sheet in &self.0 {
            write(workbook.add_worksheet(), sheet).expect("cells that fit");
        }
        workbook.save_to_buffer().expect("a workbook");
        self.0.iter().map(|sheet| sheet.count() as u64).sum()
    }
}

fn write(out: &mut Worksheet, sheet: &allegati::sheet::Sheet) -> Result<(), XlsxError> {
    out.set_name(&*sheet.name)?;
    for (row, cell) in sheet.cells() {
        let col = cell.col as u16;
        match cell.value {
            _ if cell.formula != Formula::None => {
                let text = sheet.formula(row, cell.col).unwrap_or_default();
                out.write_formula(row, col, rust_xlsxwriter::Formula::new(text).set_result(sheet.shown(cell)))?;
            }
            Value::Number(number) => _ = out.write_number(row, col, number)?,
            Value::Text(text) => _ = out.write_string(row, col, &*text)?,
            Value::Error(text) => _ = out.write_string(row, col, &*text)?,
            Value::Bool(yes) => _ = out.write_boolean(row, col, yes)?,
            Value::Blank => {}
        }
    }
    Ok(())
}
