//! What must be said of the real folder, and nothing louder.

use serde_json::Value;

use super::JSON;
use crate::sample::findings;

/// Code, file and sheet of the findings of a severity, in order.
fn of(severity: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let json: &'static Value = &JSON;
    let text = |value: &'static Value| value.as_str().unwrap_or_default();
    let its = findings(json).iter().filter(|finding| finding["severity"] == severity);
    its.map(|finding| (text(&finding["code"]), text(&finding["file"]), text(&finding["sheet"]))).collect()
}

#[test]
fn nothing_is_an_error() {
    assert_eq!(of("error"), []);
}

#[test]
fn the_warnings_are_those_an_office_would_give() {
    assert_eq!(
        of("warning"),
        [
            ("S001", "REGISTRO IMPRESE_monitoraggio carta servizi DEF.xlsx", "2018"),
            ("C030", "artigianato protesti export.ods", "Standard"),
            ("S003", "diritto annuale 2019.xlsx", "OLD"),
            ("S001", "diritto annuale 2019.xlsx", "OLD"),
        ]
    );
    let reminder = findings(&JSON).iter().find(|finding| finding["code"] == "C030").expect("the reminder");
    assert_eq!(reminder["cell"], "H14");
    assert!(reminder["message"].as_str().is_some_and(|text| text.contains("da verificare in ufficio..")));
}

#[test]
fn sheets_of_another_year_give_no_records() {
    for (file, name) in
        [("REGISTRO IMPRESE_monitoraggio carta servizi DEF.xlsx", "2018"), ("diritto annuale 2019.xlsx", "OLD")]
    {
        let source = JSON["sources"].as_array().expect("sources").iter().find(|source| source["file"] == file);
        let sheets = source.expect("the file")["sheets"].as_array().expect("sheets");
        assert_eq!(sheets.iter().find(|sheet| sheet["name"] == name).expect("the sheet")["records"], 0, "{file}");
    }
}

#[test]
fn the_standard_that_comes_twice_is_told_with_both_places() {
    let twice = findings(&JSON).iter().find(|finding| finding["code"] == "X001").expect("the same record twice");
    assert_eq!(twice["severity"], "info");
    assert!(twice["message"].as_str().is_some_and(|text| text.contains("3.1.3")), "{twice}");
    let also = &twice["also"][0];
    let mut files = [&twice["file"], &also["file"]].map(|file| file.as_str().unwrap_or_default());
    files.sort_unstable();
    assert_eq!(files, ["Segreteria e Protocollo - standard 2019.xlsx", "URE reclami accesso civico.xls"]);
}

#[test]
fn every_finding_has_a_place_a_message_and_a_cure() {
    for finding in findings(&JSON) {
        for field in ["code", "slug", "file", "message", "help"] {
            assert!(finding[field].as_str().is_some_and(|text| !text.trim().is_empty()), "{field} of {finding}");
        }
        let said = format!("{}{}", finding["message"], finding["help"]);
        assert!(!said.contains('{') && !said.contains('}'), "a place was not filled: {finding}");
    }
}
