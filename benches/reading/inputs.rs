//! What is read: books like those of offices, and one long log in three formats; written once, the same every time.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// How files are written.
#[derive(Clone, Copy)]
pub enum Written {
    Xlsx,
    Ods,
    Csv,
}

/// Files that are read in one go.
pub struct Work {
    /// Its name on the command line.
    pub id: &'static str,
    /// What stands in the table.
    pub what: &'static str,
    pub written: Written,
    pub files: Vec<PathBuf>,
}

/// Every work, its files written when they are not there.
pub fn all() -> Vec<Work> {
    let work = |id, what, written, files| Work { id, what, written, files };
    let books = (0..400u64).map(|at| file(&format!("small-{at:03}.xlsx"), |path| book(path, at))).collect();
    let log = |name: &str, write: fn(&Path, u32), rows| vec![file(name, |path| write(path, rows))];
    vec![
        work("small", "400 books × 3 sheets × 60×10", Written::Xlsx, books),
        work("log", "log 200,000 × 8, xlsx", Written::Xlsx, log("log.xlsx", log_xlsx, 200_000)),
        work("ods", "log 30,000 × 8, ods", Written::Ods, log("log.ods", log_ods, 30_000)),
        work("csv", "log 200,000 × 8, csv", Written::Csv, log("log.csv", log_csv, 200_000)),
    ]
}

/// The path of an input, written beside its place first so that a broken run leaves no half file.
fn file(name: &str, write: impl FnOnce(&Path)) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data");
    let path = folder.join(name);
    if !path.exists() {
        fs::create_dir_all(&folder).expect("a folder for inputs");
        let fresh = folder.join(format!("{name}.part"));
        write(&fresh);
        fs::rename(&fresh, &path).expect("the input in its place");
    }
    path
}

/// A stream of numbers that is the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

const OFFICES: [&str; 6] =
    ["Registro imprese", "Affari generali & protocollo", "Ragioneria", "Diritto annuale", "Arbitrato", "Metrologia"];

/// Three sheets of about sixty rows: titles, a merged heading, texts, numbers, percentages, dates and formulas.
fn book(path: &Path, seed: u64) {
    let mut dice = Dice(seed + 1);
    let mut book = Workbook::new();
    for _ in 0..3 {
        sheet(book.add_worksheet(), &mut dice).expect("a sheet that fits");
    }
    book.save(path).expect("a book");
}

fn sheet(sheet: &mut Worksheet, dice: &mut Dice) -> Result<(), XlsxError> {
    let (percent, date, bold) =
        (Format::new().set_num_format("0.0%"), Format::new().set_num_format("dd/mm/yyyy"), Format::new().set_bold());
    sheet.merge_range(0, 0, 0, 9, "Monitoraggio degli standard 2019", &bold)?;
    for col in 0..10u16 {
        sheet.write_with_format(2, col, format!("Colonna {col} (valore)"), &bold)?;
    }
    for row in 3..(58 + dice.below(8) as u32) {
        sheet.write(row, 0, format!("{}.{}", row % 7, row))?;
        sheet.write(row, 1, OFFICES[dice.below(6) as usize])?;
        sheet.write(row, 2, format!("Procedimento n. {} dell'ufficio", dice.below(900)))?;
        sheet.write(row, 3, dice.below(400) as f64)?;
        sheet.write(row, 4, dice.below(90_000) as f64 / 100.0)?;
        sheet.write_with_format(row, 5, dice.below(1000) as f64 / 1000.0, &percent)?;
        sheet.write_with_format(row, 6, 43_466.0 + dice.below(365) as f64, &date)?;
        sheet.write(row, 7, if dice.below(2) == 0 { "sì" } else { "no" })?;
        let total = Formula::new(format!("=D{0}+E{0}", row + 1)).set_result(dice.below(500).to_string());
        sheet.write(row, 8, total)?;
        if dice.below(4) == 0 {
            sheet.write(row, 9, "in attesa di integrazione documentale")?;
        }
    }
    Ok(())
}

/// One case of the log: protocol, office, opened and closed as days, days, amount, outcome, note.
struct Case {
    protocol: String,
    office: &'static str,
    opened: u32,
    days: u32,
    amount: f64,
    outcome: &'static str,
    note: String,
}

fn cases(rows: u32) -> impl Iterator<Item = Case> {
    let mut dice = Dice(7);
    (0..rows).map(move |row| Case {
        protocol: format!("2019/{row:07}"),
        office: OFFICES[dice.below(6) as usize],
        opened: 43_466 + dice.below(365) as u32,
        days: dice.below(60) as u32,
        amount: dice.below(1_000_000) as f64 / 100.0,
        outcome: ["accolta", "respinta", "sospesa"][dice.below(3) as usize],
        note: format!("pratica di {}", dice.below(5000)),
    })
}

const HEADER: [&str; 8] = ["Protocollo", "Ufficio", "Ricevuta il", "Evasa il", "Giorni", "Importo", "Esito", "Note"];

fn log_xlsx(path: &Path, rows: u32) {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut write = || -> Result<(), XlsxError> {
        sheet.write_row(0, 0, HEADER)?;
        for (row, case) in (1..).zip(cases(rows)) {
            sheet.write(row, 0, case.protocol)?;
            sheet.write(row, 1, case.office)?;
            sheet.write_with_format(row, 2, case.opened, &date)?;
            sheet.write_with_format(row, 3, case.opened + case.days, &date)?;
            sheet.write(row, 4, case.days)?;
            sheet.write(row, 5, case.amount)?;
            sheet.write(row, 6, case.outcome)?;
            sheet.write(row, 7, case.note)?;
        }
        Ok(())
    };
    write().expect("rows that fit");
    book.save(path).expect("a book");
}

/// A day of the log as ISO writes it.
fn day(serial: u32) -> jiff::civil::Date {
    jiff::civil::date(1899, 12, 30) + jiff::Span::new().days(i64::from(serial))
}

fn log_csv(path: &Path, rows: u32) {
    let mut text = BufWriter::new(File::create(path).expect("a text"));
    let mut write = || -> std::io::Result<()> {
        writeln!(text, "{}", HEADER.join(";"))?;
        for case in cases(rows) {
            let (opened, closed) =
                (day(case.opened).strftime("%d/%m/%Y"), day(case.opened + case.days).strftime("%d/%m/%Y"));
            let amount = format!("{:.2}", case.amount).replace('.', ",");
            let Case { protocol, office, days, outcome, note, .. } = case;
            writeln!(text, "{protocol};{office};{opened};{closed};{days};{amount};{outcome};\"{note}\"")?;
        }
        text.flush()
    };
    write().expect("rows that fit");
}

fn log_ods(path: &Path, rows: u32) {
    let mut archive = ZipWriter::new(BufWriter::new(File::create(path).expect("a book")));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut write = || -> std::io::Result<()> {
        archive.start_file("mimetype", stored)?;
        archive.write_all(b"application/vnd.oasis.opendocument.spreadsheet")?;
        archive.start_file("META-INF/manifest.xml", SimpleFileOptions::default())?;
        archive.write_all(ODS_MANIFEST.as_bytes())?;
        archive.start_file("content.xml", SimpleFileOptions::default())?;
        archive.write_all(ODS_HEAD.as_bytes())?;
        let header: String = HEADER.iter().map(|name| ods_text(name)).collect();
        write!(archive, "<table:table-row>{header}</table:table-row>")?;
        for case in cases(rows) {
            let date = |serial: u32| {
                let (iso, shown) = (day(serial), day(serial).strftime("%d/%m/%Y"));
                format!(
                    r#"<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="{iso}" calcext:value-type="date"><text:p>{shown}</text:p></table:table-cell>"#
                )
            };
            let number = |value: String| {
                format!(
                    r#"<table:table-cell office:value-type="float" office:value="{value}" calcext:value-type="float"><text:p>{}</text:p></table:table-cell>"#,
                    value.replace('.', ",")
                )
            };
            let cells = [
                ods_text(&case.protocol),
                ods_text(&case.office.replace('&', "&amp;")),
                date(case.opened),
                date(case.opened + case.days),
                number(case.days.to_string()),
                number(case.amount.to_string()),
                ods_text(case.outcome),
                ods_text(&case.note),
            ];
            write!(archive, r#"<table:table-row table:style-name="ro1">{}</table:table-row>"#, cells.concat())?;
        }
        archive.write_all(b"</table:table></office:spreadsheet></office:body></office:document-content>")
    };
    write().expect("rows that fit");
    archive.finish().expect("a closed book");
}

fn ods_text(text: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    )
}

const ODS_MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

const ODS_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3"><office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Registro">"#;
