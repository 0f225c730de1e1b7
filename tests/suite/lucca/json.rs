//! The figures in the JSON.

use serde_json::{Value, json};

use super::{COSTS, JSON, OBJECTIVES, PROCEDURES};

fn rows(table: &Value) -> &Vec<Value> {
    table.as_array().expect("a list")
}

/// The only row of a list that has a text in a field.
fn one<'a>(list: &'a Value, field: &str, part: &str) -> &'a Value {
    let mut found = rows(list).iter().filter(|row| row[field].as_str().is_some_and(|text| text.contains(part)));
    let row = found.next().unwrap_or_else(|| panic!("no row whose {field} has {part}"));
    assert!(found.next().is_none(), "{part} comes twice");
    row
}

#[test]
fn body_and_year() {
    assert_eq!(JSON["schema"], "allegati/1");
    assert_eq!(JSON["body"], "Camera di Commercio di Lucca");
    assert_eq!(JSON["year"], 2019);
    assert_eq!(JSON["missing"], json!([]));
}

#[test]
fn allegato_1() {
    let charter = &JSON["charter"];
    assert_eq!(rows(&charter["rows"]).len(), 37);
    for (field, value) in [
        ("counted", json!(34)),
        ("not_counted", json!(3)),
        ("incomplete", json!(0)),
        ("total", json!("3400")),
        ("percent", json!("100.00")),
        ("mean_deviation_percent", json!("0.00")),
    ] {
        assert_eq!(charter[field], value, "{field}");
    }
    let with = |status: &str| rows(&charter["rows"]).iter().filter(|row| row["status"] == status).count();
    assert_eq!((with("counted"), with("not_counted"), with("incomplete")), (34, 3, 0));
    for row in rows(&charter["rows"]) {
        let score = if row["status"] == "counted" { json!("100.00") } else { Value::Null };
        assert_eq!(row["score"], score, "{}", row["process"]);
        assert_eq!(row["to_check"], false);
    }
}

#[test]
fn standards_that_are_written_in_odd_ways() {
    let list = &JSON["charter"]["rows"];
    let signature = one(list, "process", "Legalizzazione firma");
    assert_eq!((&signature["status"], &signature["measured"]), (&json!("not_counted"), &json!("N.C.")));
    let simple = one(list, "process", "che non richiedono ricerche");
    assert_eq!((&simple["measured_days"], &simple["planned_days"]), (&json!("0.6"), &json!("3")));
    let complex = one(list, "process", "che richiedono ricerche");
    assert_eq!((&complex["measured_days"], &complex["planned_days"]), (&json!("5"), &json!("10")));
    let twice = one(list, "code", "3.1.3");
    assert_eq!(rows(&twice["sources"]).len(), 2, "{twice}");
}

#[test]
fn allegato_2() {
    let procedures = &JSON["procedures"];
    assert_eq!(rows(&procedures["rows"]).len(), PROCEDURES.len());
    for (row, (number, kind, total, met, score)) in rows(&procedures["rows"]).iter().zip(PROCEDURES) {
        let evidence = &row["evidence"];
        assert_eq!((&row["number"], &row["score"], &row["status"]), (&json!(number), &json!(score), &json!("counted")));
        assert_eq!(
            (&evidence["kind"], &evidence["total"], &evidence["met"]),
            (&json!(kind), &json!(total), &json!(met))
        );
        assert_eq!(evidence["left_out"], 0);
    }
    let evidence = |number: usize| &procedures["rows"][number - 1]["evidence"];
    assert_eq!((&evidence(2)["term_days"], &evidence(2)["working_days"]), (&json!("30"), &json!(false)));
    assert_eq!(evidence(4)["at_least"], 4);
    assert_eq!(
        (&procedures["counted"], &procedures["mean"], &procedures["rounded"]),
        (&json!(6), &json!("89.95"), &json!("90"))
    );
}

#[test]
fn allegato_3() {
    let objectives = rows(&JSON["objectives"]);
    assert_eq!(objectives.len(), OBJECTIVES.len());
    for (holder, number, score) in OBJECTIVES {
        let its = |row: &&Value| row["holder"] == holder && row["number"] == number;
        let found = objectives.iter().find(its).unwrap_or_else(|| panic!("no {holder}/{number}"));
        assert_eq!((&found["score"], &found["status"]), (&json!(score), &json!("counted")), "{holder}/{number}");
    }
    let first = objectives.iter().find(|row| row["holder"] == "Ente" && row["number"] == "1").expect("Ente/1");
    let indicator = &first["indicators"][0];
    assert_eq!(indicator["score"], "95.00");
    assert_eq!(indicator["link"], "mean(allegato1.percent, allegato2.rounded)");
}

#[test]
fn staff_costs() {
    assert_eq!(JSON["staff_costs"]["base"], "2016");
    let years = rows(&JSON["staff_costs"]["years"]);
    assert_eq!(years.len(), COSTS.len());
    for (row, (year, total, difference, variation)) in years.iter().zip(COSTS) {
        assert_eq!((&row["year"], &row["total"], &row["status"]), (&json!(year), &json!(total), &json!("complete")));
        assert_eq!((&row["difference"], &row["variation_percent"]), (&json!(difference), &json!(variation)));
        assert_eq!(row["entities"].as_object().expect("entities").len(), 3);
    }
}

#[test]
fn resources_and_targets() {
    let resources = &JSON["resources"];
    assert_eq!(rows(resources).len(), 8);
    assert_eq!(
        one(resources, "objective", "2D")["use_percent"],
        json!({"income": "81.26", "expense": "24.40", "investment": null})
    );
    let targets = rows(&JSON["targets"]);
    let with = |status: &str| targets.iter().filter(|row| row["status"] == status).count();
    assert_eq!((targets.len(), with("scored"), with("not_counted"), with("reported")), (18, 13, 3, 2));
}

#[test]
fn every_file_is_among_the_sources_and_no_cell_of_it_is_lost() {
    let sources = rows(&JSON["sources"]);
    let read: Vec<String> = crate::sample::names();
    let read: Vec<&str> =
        read.iter().map(String::as_str).filter(|name| !name.starts_with("~$") && *name != "allegati.toml").collect();
    let mut named: Vec<&str> = sources.iter().map(|source| source["file"].as_str().expect("a name")).collect();
    named.sort_unstable();
    assert_eq!(named, read);
    for source in sources {
        assert_eq!(source["sha256"].as_str().map(str::len), Some(64), "{}", source["file"]);
        for sheet in rows(&source["sheets"]) {
            let ledger = sheet["ledger"].as_object().expect("a ledger");
            assert!(!ledger.contains_key("finding"), "{} {ledger:?}", source["file"]);
        }
    }
}
