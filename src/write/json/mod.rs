//! The JSON record, schema `allegati/1`: the same figures for programs.
//!
//! Decimals are strings in plain notation, so that no reader turns them into binary numbers. Keys keep the order they are
//! written in here, so that two records can be compared line by line.

mod lists;
mod scorecards;
mod trends;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::place::CellRef;
use crate::score::Source;
use crate::write::offices::Offices;

/// The whole record, pretty printed, with a line end.
pub fn json(outcome: &Outcome, lang: Lang) -> String {
    let figures = &outcome.consolidation;
    let offices = Offices::of(figures);
    let mut record = json!({
        "schema": "allegati/1",
        "body": figures.body,
        "year": figures.year,
        "charter": scorecards::charter(&figures.charter, lang),
        "procedures": scorecards::procedures(&figures.procedures, lang),
        "objectives": figures.objectives.iter().map(|row| scorecards::objective(row, lang)).collect::<Vec<_>>(),
        "staff_costs": lists::staff_costs(&figures.staff_costs),
        "resources": figures.resources.iter().map(lists::resource).collect::<Vec<_>>(),
        "targets": figures.targets.iter().map(lists::target).collect::<Vec<_>>(),
        "missing": figures.missing.iter().map(|one| json!({"what": one.what, "name": one.name})).collect::<Vec<_>>(),
        "findings": outcome.findings.iter().map(|one| lists::finding(one, &offices, lang)).collect::<Vec<_>>(),
        "sources": outcome.sources.iter().map(|file| lists::file(file, lang)).collect::<Vec<_>>(),
    });
    let made = json!({
        "program": env!("CARGO_PKG_VERSION"),
        "lang": match lang { Lang::It => "it", Lang::En => "en" },
        "inputs_sha256": outcome.inputs_sha256,
    });
    if let Some(record) = record.as_object_mut() {
        trends::add(record, &figures.trends, figures.year, lang);
        record.insert("made".to_owned(), made);
    }
    // A tree of strings, numbers and lists always prints; the alternate form is the pretty one.
    format!("{record:#}\n")
}

fn sources(list: &[Source]) -> Value {
    let one = |source: &Source| {
        json!({
            "file": &*source.file,
            "sheet": &*source.sheet,
            "row": source.row + 1,
            "cell": CellRef::new(source.row, source.col).to_string(),
        })
    };
    list.iter().map(one).collect()
}
