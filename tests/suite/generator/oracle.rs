//! The answer a perfect program would give, made from the truth: with it the judge is tested before any reader exists.

use serde_json::{Map, Value, json};

use crate::harness::grid::a1;

use super::judge::{Judgement, Verdict, judge};
use super::truth::{Gravity, Key, Record, Truth, Want};

/// The JSON of a perfect run.
pub fn answer(truth: &Truth) -> Value {
    let mut json = json!({
        "charter": { "rows": [] }, "procedures": { "rows": [] }, "objectives": [], "staff_costs": { "years": [] },
        "resources": [], "targets": [], "missing": [], "findings": [],
    });
    for record in &truth.records {
        let mut node = fields(record);
        if let Some(row) = record.row {
            node.insert("sources".to_owned(), json!([{ "file": record.file, "sheet": record.sheet, "row": row + 1 }]));
        }
        place(&mut json, record, node);
    }
    for need in &truth.needs {
        if let Some((what, name)) = &need.missing {
            push(&mut json["missing"], json!({ "what": what, "name": name }));
        }
        let severity = match need.gravity {
            Gravity::Info => "info",
            Gravity::Warning => "warning",
            Gravity::Error => "error",
        };
        let cell = need.cells.first().map(|(row, col)| a1(*row, *col));
        let (file, sheet) = (need.files.first(), &need.sheet);
        let message = need.mention.join(" ");
        push(
            &mut json["findings"],
            json!({ "severity": severity, "file": file, "sheet": sheet, "cell": cell, "message": message }),
        );
    }
    // A value of which nothing is known but its trap carries its own finding.
    for record in &truth.records {
        for expected in record.wants.iter().filter(|expected| expected.want == Want::Flag) {
            for (row, col) in expected.cells.iter().take(1) {
                let cell = a1(*row, *col);
                push(
                    &mut json["findings"],
                    json!({ "severity": "warning", "file": record.file, "sheet": record.sheet, "cell": cell }),
                );
            }
        }
    }
    json
}

fn push(list: &mut Value, item: Value) {
    list.as_array_mut().expect("a list").push(item);
}

fn fields(record: &Record) -> Map<String, Value> {
    let mut node = Value::Object(Map::new());
    for expected in &record.wants {
        let value = match &expected.want {
            Want::Number(number) => json!(number.to_string()),
            Want::Null | Want::Flag => Value::Null,
            Want::Text(text) | Want::Holds(text) => json!(text.to_uppercase()),
            Want::Truth(truth) => json!(truth),
        };
        let field = if expected.field.is_empty() { "amount" } else { expected.field };
        field.split('/').fold(&mut node, |node, key| &mut node[key]).clone_from(&value);
    }
    node.as_object().expect("fields").clone()
}

fn place(json: &mut Value, record: &Record, mut node: Map<String, Value>) {
    let merge = |old: &mut Value, node: Map<String, Value>| {
        old.as_object_mut().expect("an object").extend(node);
    };
    let named = |list: &mut Value, fits: &dyn Fn(&Value) -> bool, fresh: Value| -> usize {
        let list = list.as_array_mut().expect("a list");
        list.iter().position(fits).unwrap_or_else(|| {
            list.push(fresh);
            list.len() - 1
        })
    };
    match &record.key {
        Key::Charter { .. } => push(&mut json["charter"]["rows"], Value::Object(node)),
        Key::CharterTotals => merge(&mut json["charter"], node),
        Key::Procedure { name } => {
            let list = &mut json["procedures"]["rows"];
            let at = named(list, &|node| node["key"] == json!(name), json!({ "key": name, "name": name }));
            merge(&mut list[at], node);
        }
        Key::ProcedureTotals => merge(&mut json["procedures"], node),
        Key::Objective { holder, number } | Key::Indicator { holder, number } => {
            let list = &mut json["objectives"];
            let fresh = json!({ "holder": holder, "number": number, "indicators": [] });
            let at = named(list, &|node| node["holder"] == json!(holder) && node["number"] == json!(number), fresh);
            match record.key {
                Key::Indicator { .. } => push(&mut list[at]["indicators"], Value::Object(node)),
                _ => merge(&mut list[at], node),
            }
        }
        Key::Staff { year, .. } | Key::StaffTotal { year } => {
            let list = &mut json["staff_costs"]["years"];
            let at = named(list, &|node| node["year"] == json!(year), json!({ "year": year, "entities": {} }));
            match &record.key {
                Key::Staff { entity, .. } => {
                    list[at]["entities"][entity] = node.remove("amount").unwrap_or_default();
                }
                _ => merge(&mut list[at], node),
            }
        }
        Key::Resource { .. } => push(&mut json["resources"], Value::Object(node)),
        Key::Target { objective, target } => {
            node.insert("objective".to_owned(), json!(objective));
            node.insert("target".to_owned(), json!(target));
            push(&mut json["targets"], Value::Object(node));
        }
    }
}

/// Judgements that are not right.
fn wrong(truth: &Truth, json: &Value) -> Vec<Judgement> {
    judge(truth, json).into_iter().filter(|judgement| judgement.verdict > Verdict::Flagged).collect()
}

fn made(seed: u64) -> Truth {
    let folder = tempfile::tempdir().expect("folder");
    super::folder::generate(seed, folder.path())
}

#[test]
fn a_perfect_answer_is_right_everywhere() {
    for seed in 0..60 {
        let truth = made(seed);
        let all = judge(&truth, &answer(&truth));
        let bad: Vec<_> = all.iter().filter(|one| one.verdict > Verdict::Flagged).collect();
        assert!(bad.is_empty(), "seed {seed}: {bad:#?}");
        assert!(all.iter().all(|one| one.trapped || one.verdict == Verdict::Right), "seed {seed}");
    }
}

#[test]
fn a_wrong_value_a_lost_row_and_a_stray_error_are_noticed() {
    let truth = made(3);
    let mut json = answer(&truth);
    json["charter"]["rows"][1]["score"] = json!("12.5");
    let found = wrong(&truth, &json);
    assert_eq!(found.iter().map(|one| one.verdict).collect::<Vec<_>>(), [Verdict::Silent]);

    let mut json = answer(&truth);
    json["charter"]["rows"].as_array_mut().expect("rows").remove(0);
    assert_eq!(wrong(&truth, &json).iter().map(|one| one.verdict).collect::<Vec<_>>(), [Verdict::Lost]);

    let mut json = answer(&truth);
    let record = &truth.records[0];
    push(
        &mut json["findings"],
        json!({ "severity": "error", "file": record.file, "sheet": record.sheet, "cell": "A1" }),
    );
    assert_eq!(wrong(&truth, &json).iter().map(|one| one.verdict).collect::<Vec<_>>(), [Verdict::FalseAlarm]);
}

#[test]
fn a_trap_without_its_finding_is_silent() {
    for seed in 0..12 {
        let truth = made(seed);
        let mut json = answer(&truth);
        json["findings"] = json!([]);
        let found = wrong(&truth, &json);
        let traps = found.iter().filter(|one| one.kind.starts_with("trap")).count();
        assert_eq!(traps, truth.needs.len(), "seed {seed}");
    }
}

#[test]
fn every_trap_and_choice_comes_up() {
    let (mut traps, mut choices) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
    for seed in 0..120 {
        let truth = made(seed);
        for need in &truth.needs {
            *traps.entry(need.trap).or_insert(0) += 1;
        }
        for record in &truth.records {
            for (name, value) in record.choices.iter() {
                *choices.entry((*name, value.clone())).or_insert(0) += 1;
            }
        }
    }
    println!("{traps:#?}");
    for ((name, value), count) in &choices {
        println!("{name} = {value}: {count}");
    }
    assert!(traps.len() >= 28, "{} traps", traps.len());
    let names: std::collections::BTreeSet<_> = choices.keys().map(|(name, _)| *name).collect();
    assert!(names.len() >= 25, "{names:?}");
    for format in ["xlsx", "ods", "xls", "csv", "xlsb"] {
        assert!(choices.contains_key(&("format", format.to_owned())), "no {format}");
    }
}
