//! The figures over the years in the JSON record; nothing at all without results of an earlier year.

use serde_json::{Map, Value, json};

use super::sources;
use crate::finding::Lang;
use crate::score::trend::{self, Previous, Row, Trends};
use crate::write::book::trend_note;
use crate::write::decimal::json_fixed2;

/// Adds the records compared with and the figures over the years.
pub fn add(record: &mut Map<String, Value>, trends: &Trends, year: i16, lang: Lang) {
    if trends.earlier.is_empty() {
        return;
    }
    let previous = |one: &Previous| json!({"file": &*one.file, "year": one.year, "sha256": one.sha256});
    record.insert("previous".to_owned(), trends.earlier.iter().map(previous).collect());
    record.insert("trends".to_owned(), trends.rows.iter().map(|one| row(one, trends, year, lang)).collect());
}

fn row(row: &Row, trends: &Trends, year: i16, lang: Lang) -> Value {
    let value = |value: Option<trend::Value>| json_fixed2(value.and_then(Result::ok));
    let by_year: Map<String, Value> =
        trends.earlier.iter().zip(&row.then).map(|(one, then)| (one.year.to_string(), value(*then))).collect();
    json!({
        "figure": row.figure.series.id(),
        "code": row.figure.label,
        "name": row.figure.title,
        "part": row.figure.part.id(),
        "unit": row.figure.unit.id(),
        "previous_year": trends.earlier.first().map(|one| one.year),
        "previous": value(row.then.first().copied().flatten()),
        "current": value(row.now),
        "change": json_fixed2(row.change),
        "change_percent": json_fixed2(row.change_percent),
        "status": row.status(),
        "earlier": by_year,
        "called": row.called,
        "note": trend_note(row, trends, year, lang),
        "sources": sources(&row.sources),
    })
}
