//! The report page: one self-contained HTML file with the figures, the charts, the findings and their sources.
//!
//! Needs an [`Outcome`] and where the sources and the workbook lie from the page; gives the text of the page. The tables
//! are those of [`book`], so that page and workbook say the same; the texts of sheets are escaped by the templates.

pub(super) mod card;
mod charts;
mod coverage;
mod findings;
pub(super) mod policy;
mod table;
pub(super) mod words;

use askama::Template;

use super::book;
use super::way::is_absolute;
use crate::finding::{Lang, Text};
use crate::outcome::Outcome;
use card::Card;
use charts::Chart;
use coverage::Coverage;
use findings::FindingList;
use table::Table;

pub use askama::Error as PageError;

const STYLE: &str = include_str!("../../../templates/report/style.css");
const SCRIPT: &str = include_str!("../../../templates/report/script.js");

/// Where other files lie, seen from the page's folder.
#[derive(Debug, Clone, Copy)]
pub struct Ways<'a> {
    /// The way to the folder of the sources, ending with `/`; empty when the page lies there.
    pub sources: &'a str,
    /// The way to the workbook.
    pub workbook: &'a str,
}

/// The whole page.
#[derive(Template)]
#[template(path = "report/page.html")]
struct Page {
    lang: Lang,
    title: String,
    body: String,
    year: i16,
    policy: String,
    style: &'static str,
    script: &'static str,
    /// The way to the workbook, when a relative one leads there.
    workbook: Option<String>,
    cards: Vec<Card>,
    summary: Table,
    charts: Vec<Chart>,
    findings: FindingList,
    coverage: Coverage,
    tables: Vec<Table>,
}

impl Page {
    fn say(&self, it: &'static str, en: &'static str) -> &'static str {
        Text::new(it, en).get(self.lang)
    }

    /// Columns of the findings, each with the attribute of its rows that it is sorted by; without one by its text.
    fn columns(&self) -> [(&'static str, &'static str); 5] {
        [
            ("gravity", self.say("Gravità", "Severity")),
            ("code", self.say("Codice", "Code")),
            ("office", self.say("Ufficio", "Office")),
            ("", self.say("Dove", "Where")),
            ("", self.say("Che cosa", "What")),
        ]
    }

    /// The language of what the sheets say, where it is not the page's.
    fn theirs(&self) -> &'static str {
        match self.lang {
            Lang::It => "",
            Lang::En => " lang=\"it\"",
        }
    }

    /// The language's code, as HTML wants it.
    fn code(&self) -> &'static str {
        match self.lang {
            Lang::It => "it",
            Lang::En => "en",
        }
    }
}

/// The page of an outcome; the same outcome gives the same text.
///
/// # Errors
/// When a template cannot be filled in.
pub fn report(outcome: &Outcome, lang: Lang, ways: Ways<'_>) -> Result<String, PageError> {
    let book = book::of(outcome, lang, ways.sources);
    let linked = !is_absolute(ways.sources);
    let unknown = Text::new("Ente non indicato", "Body not stated").get(lang);
    let body = if book.body.is_empty() { unknown.to_owned() } else { book.body.clone() };
    let summary = book.sheets.first().map(|sheet| table::of_summary(sheet, lang, linked)).unwrap_or_default();
    let own = [summary.id.as_str(), findings::ID];
    let tables = book.sheets.iter().map(|sheet| table::of_sheet(sheet, lang, linked));
    let page = Page {
        lang,
        title: format!("{} {} – {body}", Text::new("Risultati", "Results").get(lang), book.year),
        year: book.year,
        policy: policy::of(STYLE, SCRIPT),
        style: STYLE,
        script: SCRIPT,
        workbook: (!is_absolute(ways.workbook)).then(|| ways.workbook.to_owned()),
        cards: card::all(outcome, lang),
        charts: charts::all(outcome, lang),
        findings: findings::list(outcome, lang, linked.then_some(ways.sources)),
        coverage: coverage::of(outcome, lang),
        tables: tables.filter(|table| !own.contains(&table.id.as_str())).collect(),
        summary,
        body,
    };
    page.render().map(|text| words::printable(&text))
}

#[cfg(test)]
mod tests;
