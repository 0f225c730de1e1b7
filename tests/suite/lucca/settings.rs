//! The real folder without its settings: what can be found is found, what cannot is told with its cure.

use std::fs;

use serde_json::{Value, json};

use super::{COSTS, JSON};
use crate::sample::{self, findings};

fn without_settings() -> (tempfile::TempDir, sample::Ran) {
    let copy = sample::copy();
    fs::remove_file(copy.path().join("allegati.toml")).expect("the settings");
    let ran = sample::run(copy.path(), &[]);
    (copy, ran)
}

/// The line that a finding tells to add, when it does: `"Ente/1/1" = "mean(…)"`.
fn line_to_add(finding: &Value) -> Option<String> {
    let help = finding["help"].as_str()?;
    let (_, line) = help.split_once("[links]: ")?;
    Some(line.trim().to_owned())
}

#[test]
fn body_year_and_everything_without_a_link_are_the_same() {
    let (_copy, ran) = without_settings();
    let json = ran.json();
    assert_eq!((&json["body"], &json["year"]), (&json!("Camera di Commercio di Lucca"), &json!(2019)));
    for field in ["counted", "not_counted", "incomplete", "total", "percent"] {
        assert_eq!(json["charter"][field], JSON["charter"][field], "{field}");
    }
    assert_eq!(json["procedures"], JSON["procedures"]);
    for (row, (year, total, _, variation)) in json["staff_costs"]["years"].as_array().expect("years").iter().zip(COSTS)
    {
        assert_eq!(
            (&row["year"], &row["total"], &row["variation_percent"]),
            (&json!(year), &json!(total), &json!(variation))
        );
    }
    assert_eq!(json["resources"], JSON["resources"]);
    assert_eq!(json["targets"], JSON["targets"]);
}

#[test]
fn each_link_that_cannot_be_known_is_an_error_with_the_line_to_add() {
    let (copy, ran) = without_settings();
    assert_eq!(ran.code, 1);
    let json = ran.json();
    let errors: Vec<&Value> = findings(&json).iter().filter(|finding| finding["severity"] == "error").collect();
    let lines: Vec<String> = errors.iter().filter_map(|finding| line_to_add(finding)).collect();
    assert_eq!(lines.len(), errors.len(), "{errors:?}");
    for reference in ["Ente/1/1", "Segretario Generale/1", "Segretario Generale/2", "Segretario Generale/3"] {
        let begin = format!("\"{reference}\" = \"");
        assert_eq!(lines.iter().filter(|line| line.starts_with(&begin)).count(), 1, "{reference} in {lines:?}");
    }
    // Pasted as they are, they are settings that the program can follow.
    fs::write(copy.path().join("allegati.toml"), format!("[links]\n{}\n", lines.join("\n"))).expect("written");
    let cured = sample::run(copy.path(), &[]);
    assert_eq!((cured.code, cured.err.as_str()), (0, ""), "{}", cured.out);
    let ente = &cured.json()["objectives"][0];
    assert_eq!((&ente["number"], &ente["score"]), (&json!("1"), &json!("99.17")));
}
