//! The figures over the years in the JSON record; nothing at all without results of an earlier year.

use super::print::{Print, Printer, entries, list, object};
use super::sources;
use crate::finding::Lang;
use crate::score::trend::{self, Row, Trends};
use crate::write::book::trend_note;
use crate::write::decimal::json_fixed2;

/// Adds the records compared with and the figures over the years.
pub fn add(out: &mut Printer, trends: &Trends, year: i16, lang: Lang) {
    if trends.earlier.is_empty() {
        return;
    }
    let previous = list(&trends.earlier, |one| object!({ "file": &*one.file, "year": one.year, "sha256": one.sha256 }));
    out.entry("previous", &previous);
    out.entry("trends", &list(&trends.rows, |one| row(one, trends, year, lang)));
}

fn row(row: &Row, trends: &Trends, year: i16, lang: Lang) -> impl Print {
    let value = |value: Option<trend::Value>| json_fixed2(value.and_then(Result::ok));
    let by_year = trends.earlier.iter().zip(&row.then).map(move |(one, then)| (one.year.to_string(), value(*then)));
    object!({
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
        "earlier": entries(by_year.clone()),
        "called": row.called,
        "note": trend_note(row, trends, year, lang),
        "sources": sources(&row.sources),
    })
}
