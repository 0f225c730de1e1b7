//! One summary over many bodies and years: a workbook and a JSON, both made from the JSON records of the single runs,
//! so that a run made today and one made before give the same.

mod essence;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::book::{Align, Book, Cell, Page, Role, Shade, Show, TableSheet};
use crate::finding::Lang;
use crate::place::{Area, CellRef};
pub use essence::essence;

/// One folder: its way from the root, and its record, or why there is none.
pub struct Entry {
    /// The way from the root, with `/` between its parts.
    pub folder: String,
    /// The [`essence`] of the JSON record and the way from the root to the workbook.
    pub result: Result<(Value, String), Words>,
}

/// A text in Italian and English.
pub type Words = (String, String);

/// The summary as a JSON, schema `allegati-batch/1`.
pub fn json(entries: &[Entry], lang: Lang) -> String {
    let mut folders = Vec::new();
    for entry in entries {
        folders.push(match &entry.result {
            Ok((record, workbook)) => json!({
                "folder": entry.folder,
                "workbook": workbook,
                "body": record["body"],
                "year": record["year"],
                "charter": record["charter"],
                "procedures": record["procedures"],
                "staff_costs": of_year(record),
                "findings": { "error": count(record, "error"), "warning": count(record, "warning"), "info": count(record, "info") },
                "missing": record["missing"],
            }),
            Err((it, en)) => json!({ "folder": entry.folder, "failed": pick(lang, it, en) }),
        });
    }
    let summary = json!({ "schema": "allegati-batch/1", "folders": folders });
    format!("{summary:#}\n")
}

/// The cost of staff of the reporting year.
fn of_year(record: &Value) -> Value {
    let years = record["staff_costs"]["years"].as_array().map(Vec::as_slice).unwrap_or_default();
    let year = years.iter().find(|year| year["year"] == record["year"]);
    year.map_or(Value::Null, |year| {
        json!({ "total": year["total"], "variation_percent": year["variation_percent"], "status": year["status"] })
    })
}

fn count(record: &Value, severity: &str) -> usize {
    findings(record).filter(|finding| finding["severity"] == severity).count()
}

fn findings(record: &Value) -> impl Iterator<Item = &Value> {
    record["findings"].as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn pick<'a>(lang: Lang, it: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::It => it,
        Lang::En => en,
    }
}

/// The summary as a neutral book: a row for each folder, all findings, all who are missing.
pub fn book(entries: &[Entry], lang: Lang) -> Book {
    let years = entries.iter().filter_map(|entry| entry.result.as_ref().ok()?.0["year"].as_i64());
    let year = years.max().and_then(|year| i16::try_from(year).ok()).unwrap_or(2000);
    Book {
        title: pick(lang, "Riepilogo di più cartelle", "Summary of several folders").to_owned(),
        body: String::new(),
        year,
        lang,
        sheets: vec![figures(entries, lang), all_findings(entries, lang), missing(entries, lang)],
    }
}

fn figures(entries: &[Entry], lang: Lang) -> TableSheet {
    let say = |it, en| pick(lang, it, en);
    let page = Page { landscape: true, ..Page::default() };
    let widths = [34.0, 34.0, 8.0, 12.0, 13.0, 13.0, 12.0, 17.0, 12.0, 9.0, 9.0, 11.0];
    let mut sheet = TableSheet::new("Riepilogo", page, &widths, &[]);
    sheet.across(say("RIEPILOGO PER ENTE E ANNO", "SUMMARY BY BODY AND YEAR"), Role::Title);
    let header = sheet.headers(&[
        say("CARTELLA", "FOLDER"),
        say("ENTE", "BODY"),
        say("ANNO", "YEAR"),
        say("STANDARD CONTEGGIATI", "STANDARDS COUNTED"),
        say("STANDARD %", "STANDARDS %"),
        say("SCOSTAMENTO MEDIO %", "MEAN DEVIATION %"),
        say("PROCEDIMENTI, MEDIA", "PROCEDURES, MEAN"),
        say("COSTO DEL PERSONALE (EURO)", "COST OF STAFF (EURO)"),
        say("VARIAZIONE %", "VARIATION %"),
        say("ERRORI", "ERRORS"),
        say("AVVISI", "WARNINGS"),
        say("MANCANTI", "MISSING"),
    ]);
    for entry in entries {
        sheet.push(match &entry.result {
            Ok((record, workbook)) => figures_row(entry, record, workbook),
            Err((it, en)) => {
                let mut cells = vec![Cell::text(&entry.folder), Cell::text(say(it, en)).shade(Shade::Error)];
                cells.resize(widths.len(), Cell::empty());
                cells
            }
        });
    }
    filtered(&mut sheet, header);
    sheet
}

fn figures_row(entry: &Entry, record: &Value, workbook: &str) -> Vec<Cell> {
    let cost = of_year(record);
    let whole = |value: &Value| value.as_u64().map_or_else(Cell::empty, |value| Cell::number(value, Show::Integer));
    let counted = |count: usize, shade: Shade| {
        let cell = Cell::number(count as u64, Show::Integer);
        if count > 0 { cell.shade(shade) } else { cell }
    };
    let missing = record["missing"].as_array().map_or(0, Vec::len);
    vec![
        Cell::link(&entry.folder, workbook, Some(("Riepilogo".to_owned(), CellRef::new(0, 0)))),
        Cell::text(record["body"].as_str().unwrap_or_default()),
        whole(&record["year"]).align(Align::Centre),
        whole(&record["charter"]["counted"]),
        decimal(&record["charter"]["percent"]),
        decimal(&record["charter"]["mean_deviation_percent"]),
        decimal(&record["procedures"]["mean"]),
        decimal(&cost["total"]),
        decimal(&cost["variation_percent"]),
        counted(count(record, "error"), Shade::Error),
        counted(count(record, "warning"), Shade::Warning),
        counted(missing, Shade::Missing),
    ]
}

fn decimal(value: &Value) -> Cell {
    let number = value.as_str().and_then(|text| text.parse::<Decimal>().ok());
    number.map_or_else(|| Cell::text("N.C.").align(Align::Right), |number| Cell::number(number, Show::Two))
}

fn all_findings(entries: &[Entry], lang: Lang) -> TableSheet {
    let say = |it, en| pick(lang, it, en);
    let page = Page { landscape: true, ..Page::default() };
    let mut sheet = TableSheet::new("Anomalie", page, &[10.0, 9.0, 30.0, 34.0, 18.0, 9.0, 60.0, 44.0], &[]);
    sheet.across(say("ANOMALIE DI TUTTE LE CARTELLE", "FINDINGS OF ALL FOLDERS"), Role::Title);
    let header = sheet.headers(&[
        say("GRAVITÀ", "SEVERITY"),
        say("CODICE", "CODE"),
        say("CARTELLA", "FOLDER"),
        "FILE",
        say("FOGLIO", "SHEET"),
        say("CELLA", "CELL"),
        say("MESSAGGIO", "MESSAGE"),
        say("COSA FARE", "WHAT TO DO"),
    ]);
    for severity in ["error", "warning", "info"] {
        let (it, en, shade) = match severity {
            "error" => ("errore", "error", Shade::Error),
            "warning" => ("avviso", "warning", Shade::Warning),
            _ => ("nota", "info", Shade::None),
        };
        for (entry, finding) in entries
            .iter()
            .filter_map(|entry| Some((entry, &entry.result.as_ref().ok()?.0)))
            .flat_map(|(entry, record)| findings(record).map(move |finding| (entry, finding)))
            .filter(|(_, finding)| finding["severity"] == severity)
        {
            let text = |key: &str| Cell::text(finding[key].as_str().unwrap_or_default());
            let word = Cell::text(say(it, en)).shade(shade);
            let place = [text("file"), text("sheet"), text("cell"), text("message"), text("help")];
            sheet.push([vec![word, text("code"), Cell::text(&entry.folder)], place.into()].concat());
        }
    }
    filtered(&mut sheet, header);
    sheet
}

fn missing(entries: &[Entry], lang: Lang) -> TableSheet {
    let say = |it, en| pick(lang, it, en);
    let mut sheet = TableSheet::new("Mancanti", Page::default(), &[40.0, 24.0, 44.0], &[]);
    sheet.across(say("CHI MANCA", "WHO IS MISSING"), Role::Title);
    let header = sheet.headers(&[say("CARTELLA", "FOLDER"), say("CHE COSA", "WHAT"), say("NOME", "NAME")]);
    for entry in entries {
        let Ok((record, _)) = &entry.result else { continue };
        for one in record["missing"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let what = match one["what"].as_str() {
                Some("office") => say("ufficio senza dati", "office without data"),
                _ => say("procedimento senza dati", "procedure without data"),
            };
            let name = one["name"].as_str().unwrap_or_default();
            sheet.push(vec![Cell::text(&entry.folder), Cell::text(what), Cell::text(name)]);
        }
    }
    filtered(&mut sheet, header);
    sheet
}

/// Lets a table be filtered; one without rows says so.
fn filtered(sheet: &mut TableSheet, header: u32) {
    if sheet.next_row() == header + 1 {
        sheet.across("—", Role::Note);
        return;
    }
    let last = CellRef::new(sheet.next_row() - 1, sheet.printed() - 1);
    sheet.filter = Some(Area { first: CellRef::new(header, 0), last });
}
