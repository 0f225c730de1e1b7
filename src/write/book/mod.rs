//! Neutral tables: sheets of typed cells with their formulas, links, widths and print set-up, free of any file format.
//!
//! Needs an [`Outcome`]; gives a [`Book`] that `xlsx` renders and that other formats can render too. One file per table.

pub mod chart;
mod charter;
mod findings;
mod follow;
mod formula;
mod height;
mod legend;
mod names;
mod objectives;
mod pages;
mod procedures;
mod resources;
mod rule;
mod sources;
mod staff_costs;
mod style;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod targets;
mod trends;
mod view;
mod width;

pub use height::{Heights, of_row as row_height, of_rows as row_heights};
pub use names::objective as objective_name;
pub use style::{Align, Role, Shade, Show, Style};
pub use summary::TABLES as SUMMARY_TABLES;
pub use table::{Cell, Column, Content, Formula, Link, Page, Result, TableSheet};
pub use trends::note as trend_note;

use rayon::prelude::*;

use crate::finding::Lang;
use crate::outcome::Outcome;
use view::View;

/// A whole book.
#[derive(Debug, Clone)]
pub struct Book {
    /// The title, for the document's properties.
    pub title: String,
    /// The public body; empty when it is not known.
    pub body: String,
    /// The reporting year.
    pub year: i16,
    /// The language of headers and labels.
    pub lang: Lang,
    /// The sheets, in order.
    pub sheets: Vec<TableSheet>,
}

/// The book of an outcome. `source_prefix` leads from the book's folder to the folder of the sources.
pub fn of(outcome: &Outcome, lang: Lang, source_prefix: &str) -> Book {
    let view = View::new(outcome, lang, source_prefix);
    let tables: [fn(&View) -> TableSheet; 8] = [
        charter::table,
        procedures::table,
        objectives::table,
        staff_costs::table,
        resources::table,
        targets::table,
        findings::table,
        sources::table,
    ];
    let mut sheets: Vec<_> = tables.par_iter().map(|table| table(&view)).collect();
    let summary = summary::table(&view, &sheets);
    if let Some(trends) = trends::table(&view, &sheets) {
        let findings = sheets.iter().position(|sheet| sheet.name == findings::NAME).unwrap_or(sheets.len());
        sheets.insert(findings, trends);
    }
    sheets.insert(0, summary);
    names::keep_first_of_each(&mut sheets);
    sheets.par_iter_mut().for_each(|sheet| {
        width::fit_numbers(sheet);
        legend::append(&view, sheet);
        follow::long_texts(&view, sheet);
        pages::lay_out(sheet);
    });
    Book {
        title: format!("{} {}", view.say("Relazione sui risultati: Allegati", "Results report: annexes"), view.year()),
        body: outcome.consolidation.body.clone().unwrap_or_default(),
        year: view.year(),
        lang,
        sheets,
    }
}
