//! The shape of the record: keys, their order, and how values are written.

use serde_json::{Value, json};

use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::write::fixture;

fn record(lang: Lang) -> Value {
    serde_json::from_str(&super::json(&fixture::outcome(), lang)).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Whether the keys of the contract come in its order; others may stand among or after them.
fn in_order(value: &Value, contract: &[&str]) {
    let found: Vec<&str> = keys(value).into_iter().filter(|key| contract.contains(key)).collect();
    assert_eq!(found, contract);
}

#[test]
fn every_key_of_the_contract_is_there_in_its_order() {
    let record = record(Lang::It);
    assert_eq!(
        keys(&record),
        [
            "schema",
            "body",
            "year",
            "charter",
            "procedures",
            "objectives",
            "staff_costs",
            "resources",
            "targets",
            "missing",
            "findings",
            "sources",
            "made",
        ]
    );
    let totals = ["rows", "counted", "not_counted", "incomplete", "total", "percent", "mean_deviation_percent"];
    in_order(&record["charter"], &totals);
    let row = [
        "code",
        "section",
        "process",
        "office",
        "indicator",
        "planned",
        "measured",
        "planned_days",
        "measured_days",
        "deviation_percent",
        "declared",
        "score",
        "status",
        "to_check",
        "notes",
        "sources",
    ];
    in_order(&record["charter"]["rows"][0], &row);
    let row = [
        "number",
        "name",
        "coordinator",
        "expected",
        "source_office",
        "evidence",
        "score",
        "status",
        "to_check",
        "sources",
    ];
    in_order(&record["procedures"]["rows"][0], &row);
    in_order(&record["procedures"]["rows"][0]["evidence"], &["kind", "total", "met", "left_out", "mean_days"]);
    in_order(&record["procedures"], &["rows", "counted", "mean", "rounded"]);
    let row = ["holder", "number", "title", "weight", "score", "status", "indicators", "sources"];
    in_order(&record["objectives"][0], &row);
    let row = ["id", "description", "weight", "text", "score", "status", "link", "sources"];
    in_order(&record["objectives"][0]["indicators"][0], &row);
    let row = ["year", "entities", "total", "difference", "variation_percent", "status"];
    in_order(&record["staff_costs"]["years"][0], &row);
    in_order(&record["resources"][0], &["objective", "title", "budget", "actual", "use_percent", "sources"]);
    in_order(&record["targets"][0], &["objective", "target", "description", "text", "score", "status", "sources"]);
    let row = ["code", "slug", "severity", "file", "sheet", "cell", "message", "help"];
    in_order(&record["findings"][0], &row);
    in_order(&record["sources"][0]["sheets"][0], &["name", "kind", "header_rows", "records", "why", "ledger"]);
}

#[test]
fn figures_are_strings_of_two_decimals_and_totals_are_plain() {
    let record = record(Lang::It);
    let charter = &record["charter"];
    assert_eq!(charter["total"], json!("785.714286"));
    assert_eq!(charter["percent"], json!("98.21"));
    assert_eq!(charter["mean_deviation_percent"], json!("1.79"));
    assert_eq!(charter["rows"][5]["score"], json!("85.71"));
    assert_eq!(charter["rows"][5]["deviation_percent"], json!("14.29"));
    assert_eq!(charter["rows"][5]["measured_days"], json!("8"));
    assert_eq!(charter["rows"][1]["score"], Value::Null);
    assert_eq!(charter["rows"][1]["status"], json!("not_counted"));
    assert_eq!(charter["rows"][0]["sources"][0]["row"], json!(7));
    assert_eq!(record["procedures"]["mean"], json!("89.95"));
    assert_eq!(record["procedures"]["rounded"], json!("90"));
    assert_eq!(record["procedures"]["rows"][1]["evidence"]["mean_days"], json!("21.416667"));
    assert_eq!(record["procedures"]["rows"][2]["evidence"], Value::Null);
    assert_eq!(record["objectives"][0]["indicators"][0]["weight"], json!("1"));
    assert_eq!(record["staff_costs"]["years"][1]["difference"], json!("-111681.85"));
    assert_eq!(record["staff_costs"]["years"][1]["variation_percent"], json!("-3.05"));
    assert_eq!(record["staff_costs"]["years"][3]["status"], json!("incomplete"));
    assert_eq!(record["staff_costs"]["years"][0]["entities"]["CCIAA Lucca"], json!("3427321.50"));
    assert_eq!(
        record["resources"][0]["use_percent"],
        json!({"income": "99.19", "expense": "99.23", "investment": null})
    );
    assert_eq!(record["targets"][0]["status"], json!("scored"));
    assert_eq!(record["targets"][1]["status"], json!("reported"));
}

#[test]
fn findings_speak_the_language_asked_for_and_name_the_office() {
    let (italian, english) = (record(Lang::It), record(Lang::En));
    let finding = &italian["findings"][0];
    assert_eq!(finding["code"], json!("C012"));
    assert_eq!(finding["cell"], json!("E10"));
    assert_eq!(finding["office"], json!("UFFICIO REGISTRO IMPRESE"));
    assert_eq!(finding["message"], json!("«=3 circa» non è un numero: qui serve una durata in giorni"));
    assert!(english["findings"][0]["message"].as_str().unwrap().ends_with("is wanted here"));
    assert_eq!(italian["findings"][2]["also"][0], json!({"file": "Segreteria.xlsx", "sheet": "2019", "cell": "A9"}));
    assert_eq!(italian["sources"][0]["sheets"][0]["ledger"], json!({"title": 3, "header": 8, "value": 63, "note": 2}));
}

#[test]
fn nothing_at_all_is_a_record_too_and_ends_with_a_line_end() {
    let text = super::json(&Outcome::default(), Lang::It);
    assert!(text.ends_with("}\n"));
    let record: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["charter"]["percent"], Value::Null);
    assert_eq!(record["charter"]["total"], json!("0"));
    assert_eq!(record["findings"], json!([]));
}
