//! `verify`: a published workbook, a clean one of ours, and one of ours into which faults are planted.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::harness::grid::{Book, Cell, Sheet};
use crate::{harness, sample};

/// The JSON of `verify`, and its exit code.
pub fn verify(workbook: &Path) -> (i32, Vec<Value>) {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("verified.json");
    let arguments = ["verify", workbook.to_str().expect("UTF-8"), "--json", json.to_str().expect("UTF-8")];
    let (code, out, err) = sample::say(&arguments);
    let record = fs::read(&json).unwrap_or_else(|_| panic!("nothing was verified:\n{out}\n{err}"));
    let record: Value = serde_json::from_slice(&record).expect("JSON");
    assert_eq!(record["schema"], "allegati-verify/1");
    (code, record["figures"].as_array().expect("figures").clone())
}

/// What is not right: sheet, cell, declared, computed, verdict.
pub fn faults(figures: &[Value]) -> Vec<[String; 5]> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let wanted = |figure: &&Value| figure["verdict"] == "wrong" || figure["verdict"] == "truncated";
    let told = figures.iter().filter(wanted);
    told.map(|figure| ["sheet", "cell", "declared", "computed", "verdict"].map(|key| text(&figure[key]))).collect()
}

/// The published tables of 2019 as one workbook, each with its title.
fn published() -> Book {
    let tables = [
        ("Allegato 1", "ALLEGATO 1 - MONITORAGGIO STANDARD CARTA DEI SERVIZI ANNO 2018", "allegato1"),
        ("Allegato 2", "ALLEGATO 2 - MONITORAGGIO PROCEDIMENTI ANNO 2019", "allegato2"),
        ("Allegato 3", "ALLEGATO 3 - OBIETTIVI DI ENTE 2019", "allegato3"),
        ("Schede", "SCHEDE RISULTATO DIRIGENTI 2019", "schede_risultato"),
        ("Costo", "COSTO DEL PERSONALE DEL SISTEMA CAMERA 2016-2019", "costo_personale"),
        ("Risorse", "RISORSE PER OBIETTIVO STRATEGICO 2019", "risorse"),
        ("Target", "TARGET STRATEGICI 2019", "target_strategici"),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/published");
    let sheets = tables.map(|(name, title, file)| {
        let mut sheet = Sheet::new(name);
        sheet.label(0, 0, title);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_path(folder.join(file).with_extension("csv"))
            .expect("a published table");
        let mut rows = 2;
        for record in reader.records() {
            for (col, text) in record.expect("a row").iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet.put(rows, col as u32, Cell::text(text));
            }
            rows += 1;
        }
        let closing: &[(&str, u32, &str)] = match file {
            "allegato1" => &[("TOTALE", 8, "3400"), ("PROCESSI", 8, "34"), ("PERCENTUALE", 8, "100,00")],
            "allegato2" => &[("MEDIA", 8, "89.95% arrotondato a 90%")],
            _ => &[],
        };
        for (row, (label, col, figure)) in (rows..).zip(closing) {
            sheet.label(row, 3, label);
            sheet.put(row, *col, Cell::text(*figure));
        }
        sheet
    });
    Book::new(sheets.into())
}

#[test]
fn the_published_tables_show_the_slips_that_were_published() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Relazione 2019.xlsx");
    harness::write(&published(), &path);
    let (code, figures) = verify(&path);
    assert_eq!(code, 1);
    let expected = [
        ["Allegato 1", "A1", "2018", "2019", "wrong"],
        ["Allegato 3", "C4", "99,16%", "99,17", "truncated"],
        ["Schede", "D6", "99,96", "99,95", "wrong"],
    ];
    assert_eq!(faults(&figures), expected.map(|fault| fault.map(str::to_owned)));
    // The same objective on another page is right there, and says where it was cut.
    let right = |sheet: &str, cell: &str| {
        figures.iter().find(|figure| figure["sheet"] == sheet && figure["cell"] == cell && figure["verdict"] == "right")
    };
    let elsewhere = right("Schede", "D4").expect("99,17 is right");
    assert!(elsewhere["basis"].as_str().is_some_and(|basis| basis.contains("99,16%")), "{elsewhere}");
    for (cell, declared) in [("I41", "3400"), ("I42", "34"), ("I43", "100,00")] {
        assert_eq!(right("Allegato 1", cell).expect(cell)["declared"], declared);
    }
    for cell in ["E7", "F7", "G7"] {
        right("Costo", cell).expect(cell);
    }
    let mean = figures.iter().filter(|figure| figure["sheet"] == "Allegato 2" && figure["cell"] == "I10");
    assert_eq!(mean.filter(|figure| figure["verdict"] == "right").count(), 2, "the mean and what it is rounded to");
}

/// The consolidated workbook of the samples.
pub fn ours() -> Vec<u8> {
    let copy = sample::copy();
    sample::say(&["run", copy.path().to_str().expect("UTF-8")]);
    fs::read(copy.path().join("consolidato/Allegati-2019.xlsx")).expect("a workbook")
}

#[test]
fn our_own_workbook_in_english_has_no_fault() {
    let copy = sample::copy();
    sample::say(&["run", copy.path().to_str().expect("UTF-8"), "--lang", "en"]);
    let (code, figures) = verify(&copy.path().join("consolidato/Allegati-2019.xlsx"));
    assert_eq!((code, faults(&figures)), (0, Vec::new()));
    assert!(figures.iter().filter(|figure| figure["verdict"] == "right").count() > 50);
}

/// A workbook whose parts were changed: each is given by its name and text.
pub fn changed(workbook: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("a package");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("its name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        if name.ends_with(".xml") {
            bytes = change(&name, String::from_utf8(bytes).expect("UTF-8")).into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).expect("a part");
        out.write_all(&bytes).expect("its bytes");
    }
    out.finish().expect("a package").into_inner()
}

/// A workbook with other stored results in some cells, and other texts.
fn planted(workbook: &[u8], cells: &[(usize, &str, &str)], texts: &[(&str, &str)]) -> Vec<u8> {
    changed(workbook, |name, mut text| {
        for (sheet, cell, value) in cells {
            if name == format!("xl/worksheets/sheet{}.xml", sheet + 1) {
                text = with_value(&text, cell, value);
            }
        }
        if name == "xl/sharedStrings.xml" {
            for (old, new) in texts {
                assert!(text.contains(old), "{old} is not a text of the workbook");
                text = text.replacen(old, new, 1);
            }
        }
        text
    })
}

fn with_value(text: &str, cell: &str, value: &str) -> String {
    let start = text.find(&format!("r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is not there"));
    let open = start + text[start..].find("<v>").expect("a value") + 3;
    let close = open + text[open..].find("</v>").expect("its end");
    format!("{}{value}{}", &text[..open], &text[close..])
}

const SHEETS: [&str; 6] = ["Riepilogo", "Allegato 1", "Allegato 2", "Allegato 3", "Costo del personale", "Risorse"];

#[test]
fn each_of_the_planted_faults_is_found_and_a_clean_workbook_has_none() {
    let clean = ours();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Allegati-2019.xlsx");
    fs::write(&path, &clean).expect("written");
    let (code, figures) = verify(&path);
    assert_eq!((code, faults(&figures)), (0, Vec::new()));
    let cell = |sheet: &str, what: &str| -> String {
        let found = figures.iter().find(|figure| {
            figure["sheet"] == sheet && figure["what"].as_str().is_some_and(|text| text.starts_with(what))
        });
        found.unwrap_or_else(|| panic!("{sheet}: {what} is not verified"))["cell"].as_str().expect("a cell").to_owned()
    };
    let faults_of = [
        ("Allegato 1", "TOTALE", "3399", "wrong"),
        ("Allegato 1", "N. PROCESSI", "35", "wrong"),
        ("Allegato 1", "PERCENTUALE", "99.5", "wrong"),
        ("Allegato 1", "SCOSTAMENTO MEDIO", "0.5", "wrong"),
        ("Allegato 2", "2, RISULTATO", "91", "wrong"),
        ("Allegato 2", "MEDIA ARROTONDATA", "89", "truncated"),
        ("Allegato 3", "obiettivo Ente 1", "99.16", "truncated"),
        ("Allegato 3", "obiettivo Segretario Generale 3", "99.96", "wrong"),
        ("Costo del personale", "2017, TOTALE", "3552460.4", "wrong"),
        ("Costo del personale", "2018, DIFFERENZA", "-258536.84", "wrong"),
        ("Costo del personale", "2019, VARIAZIONE", "-10.67", "truncated"),
        ("Risorse", "2D, UTILIZZO % PROVENTI", "82", "wrong"),
        ("Risorse", "TOTALE, CONSUNTIVO ONERI", "1568273.68", "wrong"),
        ("Riepilogo", "A3_Ente_6", "98.8", "wrong"),
    ];
    // Links between objectives stand in the settings.
    fs::copy(sample::folder().join("allegati.toml"), folder.path().join("allegati.toml")).expect("copied");
    // In two goes, since a wrong result makes the mean of the results wrong, too.
    let is_result = |what: &str| what.contains(", RISULTATO");
    for first in [true, false] {
        let planned: Vec<_> = faults_of
            .iter()
            .filter(|(_, what, ..)| is_result(what) == first)
            .map(|(sheet, what, value, verdict)| {
                let number = SHEETS.iter().position(|name| name == sheet).expect("a sheet");
                (number, cell(sheet, what), *value, *verdict)
            })
            .collect();
        let cells: Vec<_> = planned.iter().map(|(number, cell, value, _)| (*number, cell.as_str(), *value)).collect();
        fs::write(&path, planted(&clean, &cells, &[])).expect("written");
        let (code, figures) = verify(&path);
        assert_eq!(code, 1);
        let found = faults(&figures);
        for (number, at, _, verdict) in &planned {
            let sheet = SHEETS[*number];
            assert!(
                found.iter().any(|[s, c, _, _, v]| s == sheet && c == at && v == verdict),
                "{sheet} {at}: {found:?}"
            );
        }
    }
    let old = "Monitoraggio dei procedimenti – anno 2019";
    fs::write(&path, planted(&clean, &[], &[(old, "Monitoraggio dei procedimenti – anno 2018")])).expect("written");
    let (_, figures) = verify(&path);
    let fault = ["Allegato 2", "A1", "2018", "2019", "wrong"].map(str::to_owned);
    assert_eq!(faults(&figures), [fault]);
}

#[test]
fn the_sources_of_our_own_workbook_are_looked_at_again() {
    let copy = sample::copy();
    sample::say(&["run", copy.path().to_str().expect("UTF-8")]);
    let workbook = copy.path().join("consolidato/Allegati-2019.xlsx");
    let (code, figures) = verify(&workbook);
    assert_eq!((code, faults(&figures)), (0, Vec::new()));
    let source = "lucca promos.csv";
    assert!(figures.iter().any(|figure| figure["what"] == source && figure["verdict"] == "right"));
    let text = fs::read_to_string(copy.path().join(source)).expect("a source");
    fs::write(copy.path().join(source), text.replace("99.768,05", "99.768,50")).expect("written");
    fs::remove_file(copy.path().join("albi e ruoli.xlsx")).expect("removed");
    let (code, figures) = verify(&workbook);
    assert_eq!(code, 1);
    let verdict = |what: &str| {
        let found = figures.iter().find(|figure| figure["sheet"] == "Fonti" && figure["what"] == what);
        found.unwrap_or_else(|| panic!("{what}"))["verdict"].as_str().expect("a verdict").to_owned()
    };
    assert_eq!(verdict(source), "wrong");
    assert_eq!(verdict("albi e ruoli.xlsx"), "cannot_tell");
    assert_eq!(verdict("costo lavoro CCIAA.xlsx"), "right");
    let changed = faults(&figures);
    assert!(changed.iter().any(|[sheet, _, _, computed, _]| sheet == "Costo del personale" && computed == "99.768,50"));
}

#[test]
fn what_is_no_workbook_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.xlsx");
    fs::write(&path, b"PK\x03\x04 cut").expect("written");
    let (code, _, err) = sample::say(&["verify", path.to_str().expect("UTF-8")]);
    assert_eq!(code, 2);
    assert!(err.contains("non si legge"), "{err}");
}
