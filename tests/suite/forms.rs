//! The blank forms: what is committed, what is left blank, what is filled in and read back.

mod fill;
mod folder;
mod lucca;

use std::fs;
use std::path::Path;

use allegati::finding::Lang;
use allegati::kinds::KINDS;
use allegati::write::forms::{Prefill, form};
use serde_json::Value;

use crate::sample::{findings, run};

/// The bytes of a kind's form.
fn bytes(kind: &str, lang: Lang) -> Vec<u8> {
    let kind = allegati::kinds::kind(kind).expect("a kind");
    form(kind, lang, Prefill::default()).expect("a form")
}

/// Codes of the errors and warnings of a run, with file and sheet.
fn said(json: &Value) -> Vec<String> {
    let loud = findings(json).iter().filter(|finding| finding["severity"] != "info");
    let word = |finding: &Value, field: &str| finding[field].as_str().unwrap_or_default().to_owned();
    loud.map(|finding| ["code", "file", "sheet", "cell"].map(|field| word(finding, field)).join(" ")).collect()
}

#[test]
fn the_committed_forms_are_the_ones_that_are_made() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates-xlsx");
    let mut names = Vec::new();
    for kind in KINDS {
        let (path, made) = (folder.join(kind.form.file()), bytes(kind.id, Lang::It));
        assert!(made == bytes(kind.id, Lang::It), "{} has other bytes the second time", kind.id);
        if std::env::var_os("ALLEGATI_BLESS").is_some() {
            fs::create_dir_all(&folder).expect("the folder");
            fs::write(&path, &made).expect("written");
        }
        assert!(fs::read(&path).is_ok_and(|kept| kept == made), "{} is not what is made now", path.display());
        names.push(kind.form.file());
    }
    let there = fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let mut there: Vec<String> = there.map(|name| name.to_string_lossy().into_owned()).collect();
    there.sort();
    names.sort();
    assert_eq!(there, names);
}

#[test]
fn a_form_that_was_not_filled_in_is_told_and_gives_nothing() {
    for lang in [Lang::It, Lang::En] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("allegati.toml"), "[body]\nyear = 2019\n").expect("settings");
        for kind in KINDS {
            fs::write(folder.path().join(kind.form.file()), bytes(kind.id, lang)).expect("a form");
        }
        let json = run(folder.path(), &[]).json();
        let mut wanted: Vec<String> =
            KINDS.iter().map(|kind| format!("S018 {} {} ", kind.form.file(), kind.form.sheet)).collect();
        wanted.sort();
        assert_eq!(said(&json), wanted);
        for file in json["sources"].as_array().expect("sources") {
            for sheet in &file["sheets"].as_array().expect("sheets")[1..] {
                let ledger = sheet["ledger"].as_object().expect("a ledger");
                assert_eq!(ledger.keys().collect::<Vec<_>>(), ["ignored"], "{sheet}");
                assert!(sheet["kind"].is_null() && sheet["why"].as_str().is_some_and(|why| why.contains("ignorato")));
            }
        }
    }
}

#[test]
fn examples_that_are_pasted_among_the_data_are_told_and_not_counted() {
    for kind in KINDS {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("allegati.toml"), "[body]\nyear = 2019\n").expect("settings");
        let mut form = fill::Form::open(bytes(kind.id, Lang::It), kind);
        for example in kind.form.examples {
            let cells = kind.columns.iter().zip(*example).filter(|(_, text)| !text.is_empty());
            form.row(cells.map(|(column, text)| (column.id, fill::text(text))));
        }
        fs::write(folder.path().join("ufficio.xlsx"), form.close()).expect("a form");
        let json = run(folder.path(), &[]).json();
        let told = said(&json).iter().filter(|finding| finding.starts_with("S017")).count();
        assert_eq!(told, kind.form.examples.len(), "{}: {:?}", kind.id, said(&json));
        let records: u64 = json["sources"][0]["sheets"][0]["records"].as_u64().expect("a count");
        assert_eq!(records, 0, "{}", kind.id);
    }
}

#[test]
fn what_is_typed_into_the_sheet_of_examples_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("allegati.toml"), "[body]\nyear = 2019\n").expect("settings");
    let kind = allegati::kinds::kind("charter").expect("a kind");
    let mut form = fill::Form::open(bytes("charter", Lang::It), kind);
    form.sheet(3);
    form.put(20, 0, fill::text("1.1.1"));
    form.put(20, 2, fill::text("Certificati"));
    form.put(20, 5, fill::text("5 gg."));
    form.put(20, 6, fill::text("3 gg."));
    fs::write(folder.path().join("ufficio.xlsx"), form.close()).expect("a form");
    let json = run(folder.path(), &[]).json();
    let rows = json["charter"]["rows"].as_array().expect("rows");
    assert_eq!(rows.iter().map(|row| row["process"].as_str()).collect::<Vec<_>>(), [Some("Certificati")]);
    let codes: Vec<String> = said(&json).iter().map(|finding| finding[..4].to_owned()).collect();
    assert_eq!(codes.iter().filter(|code| *code == "S017").count(), kind.form.examples.len(), "{codes:?}");
}
