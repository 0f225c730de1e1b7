//! *Fonti*: every file with its hash, every sheet with what became of it.

use super::style::{Align, Role, Show};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use crate::finding::Lang;
use crate::outcome::{FileSource, SheetSource};
use crate::place::Place;

/// The table.
pub fn table(view: &View) -> TableSheet {
    let page = Page { landscape: true, one_page: false };
    let widths = [30.0, 8.0, 30.0, 16.0, 15.0, 14.0, 10.0, 33.0, 24.0];
    let mut sheet = TableSheet::new("Fonti", page, &widths, &[]);
    view.open(&mut sheet, view.say("FONTI", "SOURCES"));
    sheet.headers(&[
        "FILE",
        view.say("APRI", "OPEN"),
        view.say("IMPRONTA SHA-256", "SHA-256 HASH"),
        view.say("FOGLIO", "SHEET"),
        view.say("TIPO", "KIND"),
        view.say("RIGHE INTESTAZIONE", "HEADER ROWS"),
        view.say("RECORD", "RECORDS"),
        view.say("PERCHÉ", "WHY"),
        view.say("CELLE PER ESITO", "CELLS BY OUTCOME"),
    ]);
    if view.outcome.sources.is_empty() {
        view.nothing(&mut sheet, view.say("Nessun file letto.", "No file was read."));
        return sheet;
    }
    for file in &view.outcome.sources {
        push_file(view, file, &mut sheet);
    }
    sheet.across(
        view.say(
            "L’impronta SHA-256 lega ogni dato al file da cui viene: se il file cambia, cambia l’impronta.",
            "The SHA-256 hash ties each figure to its file: when the file changes, the hash does.",
        ),
        Role::Note,
    );
    sheet
}

fn push_file(view: &View, file: &FileSource, sheet: &mut TableSheet) {
    let name = [
        Cell::text(file.file.to_string()),
        view.place(view.say("apri", "open"), &Place::file(&file.file)).align(Align::Centre),
    ];
    let hash = Cell::text(&file.sha256).role(Role::Small);
    if file.sheets.is_empty() {
        let mut cells = [&name[..], &[hash]].concat();
        cells.resize(9, Cell::empty());
        cells[7] = Cell::text(view.say("nessun foglio letto", "no sheet was read"));
        sheet.push(cells);
        return;
    }
    for one in &file.sheets {
        let mut cells = [&name[..], std::slice::from_ref(&hash)].concat();
        cells.extend(sheet_cells(view, one));
        sheet.push(cells);
    }
}

fn sheet_cells(view: &View, sheet: &SheetSource) -> [Cell; 6] {
    let why = match view.lang {
        Lang::It => &sheet.why.0,
        Lang::En => &sheet.why.1,
    };
    let rows: Vec<String> = sheet.header_rows.iter().map(u32::to_string).collect();
    let ledger: Vec<String> =
        sheet.ledger.iter().map(|(what, count)| format!("{} {count}", outcome_of_cells(view, what))).collect();
    [
        Cell::text(&sheet.name),
        Cell::text(sheet.kind.map_or("—", |kind| kind_label(view, kind))),
        Cell::text(rows.join(", ")).align(Align::Centre),
        Cell::number(sheet.records, Show::Integer),
        Cell::text(why),
        Cell::text(ledger.join(" · ")),
    ]
}

fn kind_label(view: &View, kind: &'static str) -> &'static str {
    match kind {
        "charter" => view.say("Carta dei servizi", "charter"),
        "procedures" => view.say("procedimenti", "procedures"),
        "cases" => view.say("pratiche", "cases"),
        "steps" => view.say("fasi", "steps"),
        "checks" => view.say("verifiche", "checks"),
        "coverage" => view.say("copertura", "coverage"),
        "objectives" => view.say("obiettivi", "objectives"),
        "staff_costs" => view.say("costo del personale", "staff costs"),
        "resources" => view.say("risorse", "resources"),
        "targets" => view.say("target strategici", "targets"),
        other => other,
    }
}

fn outcome_of_cells(view: &View, what: &'static str) -> &'static str {
    match what {
        "title" => view.say("titolo", "title"),
        "header" => view.say("intestazione", "header"),
        "value" => view.say("valori", "values"),
        "section" => view.say("sezioni", "sections"),
        "total" => view.say("totali", "totals"),
        "note" => view.say("note", "notes"),
        "unknown_column" => view.say("in colonne non usate", "in columns not used"),
        "other_period" => view.say("di altri periodi", "of other periods"),
        "ignored" => view.say("di istruzioni", "of instructions"),
        "not_consolidated" => view.say("non consolidate", "not consolidated"),
        "finding" => view.say("anomalie", "findings"),
        other => other,
    }
}
