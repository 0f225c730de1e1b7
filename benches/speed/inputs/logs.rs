//! A long log of invoices, in three formats.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Dice;

/// One row: number, office, received and paid as days, days, amount, outcome, note.
pub struct Row {
    pub number: String,
    pub office: &'static str,
    pub start: u32,
    pub days: u32,
    pub amount: f64,
    pub outcome: &'static str,
    pub note: String,
}

const OFFICES: [&str; 6] =
    ["Registro imprese", "Affari generali & protocollo", "Ragioneria", "Diritto annuale", "Arbitrato", "Metrologia"];

/// So many rows, other ones for each file.
pub fn rows(count: u32, file: u32) -> impl Iterator<Item = Row> {
    let mut dice = Dice(u64::from(file) + 7);
    (0..count).map(move |row| Row {
        number: format!("{file}/{row:07}"),
        office: OFFICES[dice.below(6) as usize],
        start: 43_466 + dice.below(300) as u32,
        days: dice.below(60) as u32,
        amount: dice.below(1_000_000) as f64 / 100.0,
        outcome: ["pagata", "liquidata", "stornata"][dice.below(3) as usize],
        note: format!("fornitura {}", dice.below(5000)),
    })
}

const TITLE: &str = "Procedimento: Pagamento fatture";

/// The names of the columns.
pub const HEADER: [&str; 8] =
    ["N. fattura", "Reparto", "Data protocollo", "Data pagamento", "Durata", "Importo", "Esito", "Note"];

/// The list of procedures that expects the log.
pub fn list(path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut fill = || -> Result<(), XlsxError> {
        sheet.write_row(0, 0, ["N.", "Procedimento", "Risultato atteso", "Fonte"])?;
        sheet.write_row(1, 0, ["1", "Pagamento fatture", "pagamento a 30 gg. dal protocollo", "Ragioneria"])?;
        Ok(())
    };
    fill().expect("rows that fit");
    book.save(path).expect("a book");
}

/// Writes a row into a sheet.
pub fn put(sheet: &mut Worksheet, at: u32, row: Row, date: &Format) -> Result<(), XlsxError> {
    sheet.write(at, 0, row.number)?;
    sheet.write(at, 1, row.office)?;
    sheet.write_with_format(at, 2, row.start, date)?;
    sheet.write_with_format(at, 3, row.start + row.days, date)?;
    sheet.write(at, 4, row.days)?;
    sheet.write(at, 5, row.amount)?;
    sheet.write(at, 6, row.outcome)?;
    sheet.write(at, 7, row.note).map(drop)
}

pub fn xlsx(path: &Path, count: u32, file: u32) {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_low_memory().expect("a place for its rows");
    let mut fill = || -> Result<(), XlsxError> {
        sheet.write(0, 0, TITLE)?;
        sheet.write_row(2, 0, HEADER)?;
        for (at, row) in (3..).zip(rows(count, file)) {
            put(sheet, at, row, &date)?;
        }
        Ok(())
    };
    fill().expect("rows that fit");
    book.save(path).expect("a book");
}

/// A day as ISO writes it.
fn day(serial: u32) -> jiff::civil::Date {
    jiff::civil::date(1899, 12, 30) + jiff::Span::new().days(i64::from(serial))
}

pub fn csv(path: &Path, count: u32, file: u32) {
    let mut text = BufWriter::new(File::create(path).expect("a text"));
    let mut fill = || -> std::io::Result<()> {
        writeln!(text, "{TITLE};;;;;;;\n;;;;;;;\n{}", HEADER.join(";"))?;
        for Row { number, office, start, days, amount, outcome, note } in rows(count, file) {
            let (from, to) = (day(start).strftime("%d/%m/%Y"), day(start + days).strftime("%d/%m/%Y"));
            let amount = format!("{amount:.2}").replace('.', ",");
            writeln!(text, "{number};{office};{from};{to};{days};{amount};{outcome};\"{note}\"")?;
        }
        text.flush()
    };
    fill().expect("rows that fit");
}

pub fn ods(path: &Path, count: u32, file: u32) {
    let mut archive = ZipWriter::new(BufWriter::new(File::create(path).expect("a book")));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let text = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let number = |value: String| {
        format!(
            r#"<table:table-cell office:value-type="float" office:value="{value}" calcext:value-type="float"><text:p>{}</text:p></table:table-cell>"#,
            value.replace('.', ",")
        )
    };
    let date = |serial: u32| {
        let (iso, shown) = (day(serial), day(serial).strftime("%d/%m/%Y"));
        format!(
            r#"<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="{iso}" calcext:value-type="date"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    let mut fill = || -> std::io::Result<()> {
        archive.start_file("mimetype", stored)?;
        archive.write_all(b"application/vnd.oasis.opendocument.spreadsheet")?;
        archive.start_file("META-INF/manifest.xml", SimpleFileOptions::default())?;
        archive.write_all(ODS_MANIFEST.as_bytes())?;
        archive.start_file("content.xml", SimpleFileOptions::default())?;
        archive.write_all(ODS_HEAD.as_bytes())?;
        write!(archive, "<table:table-row>{}</table:table-row>", text(TITLE))?;
        let header: String = HEADER.iter().map(|name| text(name)).collect();
        write!(archive, "<table:table-row>{header}</table:table-row>")?;
        for row in rows(count, file) {
            let cells = [
                text(&row.number),
                text(&row.office.replace('&', "&amp;")),
                date(row.start),
                date(row.start + row.days),
                number(row.days.to_string()),
                number(row.amount.to_string()),
                text(row.outcome),
                text(&row.note),
            ];
            write!(archive, r#"<table:table-row table:style-name="ro1">{}</table:table-row>"#, cells.concat())?;
        }
        archive.write_all(b"</table:table></office:spreadsheet></office:body></office:document-content>")
    };
    fill().expect("rows that fit");
    archive.finish().expect("a closed book");
}

const ODS_MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

const ODS_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3"><office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Registro">"#;
