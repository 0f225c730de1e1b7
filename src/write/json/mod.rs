//! The JSON record, schema `allegati/1`: the same figures for programs.
//!
//! Decimals are strings in plain notation, so that no reader turns them into binary numbers. Keys keep the order they are
//! written in here, so that two records can be compared line by line.

mod lists;
mod print;
mod scorecards;
mod trends;
#[cfg(test)]
mod tests;

use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::place::CellRef;
use crate::score::Source;
use crate::write::offices::Offices;
use print::{Print, Printer, list, object};

/// About as much as a row takes: a long record that outgrows its room is copied as a whole.
const BYTES_OF_ROW: usize = 800;

/// The whole record, pretty printed, with a line end.
pub fn json(outcome: &Outcome, lang: Lang) -> String {
    let figures = &outcome.consolidation;
    let offices = Offices::of(figures);
    let rows = figures.charter.rows.len() + figures.procedures.rows.len() + outcome.findings.len();
    let sheets: usize = outcome.sources.iter().map(|file| file.sheets.len()).sum();
    let mut out = Printer::with_room((rows + sheets) * BYTES_OF_ROW);
    out.enclosed(*b"{}", |out| {
        out.entry("schema", "allegati/1");
        out.entry("body", &figures.body);
        out.entry("year", &figures.year);
        out.entry("charter", &scorecards::charter(&figures.charter, lang));
        out.entry("procedures", &scorecards::procedures(&figures.procedures, lang));
        out.entry("objectives", &list(&figures.objectives, |row| scorecards::objective(row, lang)));
        out.entry("staff_costs", &lists::staff_costs(&figures.staff_costs));
        out.entry("resources", &list(&figures.resources, lists::resource));
        out.entry("targets", &list(&figures.targets, lists::target));
        out.entry("missing", &list(&figures.missing, |one| object!({ "what": one.what, "name": one.name })));
        out.entry("findings", &list(outcome.findings.iter(), |one| lists::finding(one, &offices, lang)));
        out.entry("sources", &list(&outcome.sources, |file| lists::file(file, lang)));
        trends::add(out, &figures.trends, figures.year, lang);
        let made = object!({
            "program": env!("CARGO_PKG_VERSION"),
            "lang": match lang { Lang::It => "it", Lang::En => "en" },
            "inputs_sha256": outcome.inputs_sha256,
        });
        out.entry("made", &made);
    });
    out.finish() + "\n"
}

fn sources(places: &[Source]) -> impl Print {
    list(places, |source| {
        object!({
            "file": &*source.file,
            "sheet": &*source.sheet,
            "row": source.row + 1,
            "cell": CellRef::new(source.row, source.col).to_string(),
        })
    })
}
