//! The findings of the page: rows with their windows of cells, and what they can be filtered by.

use std::collections::BTreeMap;

use crate::finding::{Excerpt, Finding, Lang, Severity, Text};
use crate::outcome::Outcome;
use crate::write::offices::Offices;

/// Id of this part of the page, the same as that of the book's sheet.
pub const ID: &str = "anomalie";
/// More findings than this are only in the workbook and in the JSON: a browser would be slow, and nobody reads them here.
const MOST: usize = 2_000;
/// The office of a finding whose file names none.
const NOBODY: &str = "–";

/// All findings that are shown.
#[derive(Debug, Default)]
pub struct FindingList {
    /// By gravity, then office, then place.
    pub rows: Vec<Row>,
    /// How many more there are.
    pub left_out: usize,
    /// What can be chosen of each filter.
    pub filters: Vec<Filter>,
}

/// One finding.
#[derive(Debug)]
pub struct Row {
    /// Its place in the order of the page, from 1.
    pub number: usize,
    /// Its severity's id, for scripts and styles.
    pub severity: &'static str,
    /// The gravest first, for sorting.
    pub gravity: u8,
    /// Its severity in words.
    pub label: &'static str,
    /// A sign that stands for the severity without a colour.
    pub sign: &'static str,
    /// Its code.
    pub code: &'static str,
    /// Its code's name.
    pub slug: &'static str,
    /// Who keeps the file.
    pub office: String,
    /// File, sheet and cell; empty when it has none.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub cell: String,
    /// The way to the file, when there is one.
    pub href: Option<String>,
    /// What was seen.
    pub message: String,
    /// Other places that belong to it.
    pub also: Vec<String>,
    /// What to do.
    pub help: String,
    /// The cells around it.
    pub window: Option<Excerpt>,
}

impl Row {
    /// Whether a cell of the window is the one the finding is about.
    pub fn marks(&self, row: &usize, col: &usize) -> bool {
        self.window.as_ref().is_some_and(|window| window.mark == (*row, *col))
    }
}

/// One filter with its choices.
#[derive(Debug)]
pub struct Filter {
    /// Its name in the page's address and in the rows.
    pub id: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The choice of everything.
    pub all: &'static str,
    /// Value and label of each choice.
    pub choices: Vec<(String, String)>,
}

/// The findings of an outcome; `sources` leads from the page to their files.
pub fn list(outcome: &Outcome, lang: Lang, sources: Option<&str>) -> FindingList {
    let offices = Offices::of(&outcome.consolidation);
    let office = |finding: &Finding| offices.of_file(&finding.place.file).unwrap_or(NOBODY).to_owned();
    let mut sorted: Vec<(&Finding, String)> =
        outcome.findings.iter().map(|finding| (finding, office(finding))).collect();
    sorted.sort_by(|(one, its), (other, theirs)| {
        (one.severity, its == NOBODY, its).cmp(&(other.severity, theirs == NOBODY, theirs))
    });
    let left_out = sorted.len().saturating_sub(MOST);
    let known = |file: &str| outcome.sources.iter().any(|source| *source.file == *file);
    let rows: Vec<Row> = sorted
        .into_iter()
        .take(MOST)
        .zip(1..)
        .map(|((finding, office), number)| {
            let href = sources.filter(|_| known(&finding.place.file)).map(|way| format!("{way}{}", finding.place.file));
            row(finding, office, number, href, lang)
        })
        .collect();
    FindingList { filters: filters(&rows, lang), rows, left_out }
}

fn row(finding: &Finding, office: String, number: usize, href: Option<String>, lang: Lang) -> Row {
    let place = &finding.place;
    let (gravity, sign) = match finding.severity {
        Severity::Error => (0, "✗"),
        Severity::Warning => (1, "▲"),
        Severity::Info => (2, "i"),
    };
    Row {
        number,
        severity: finding.severity.id(),
        gravity,
        label: finding.severity.label().get(lang),
        sign,
        code: finding.code.id,
        slug: finding.code.slug,
        office,
        // A finding about the whole folder is placed there by a dot.
        file: if &*place.file == "." { String::new() } else { place.file.to_string() },
        sheet: place.sheet.as_deref().unwrap_or_default().to_owned(),
        cell: place.cell.map(|cell| cell.to_string()).unwrap_or_default(),
        href,
        message: finding.message(lang),
        also: finding.also.iter().map(ToString::to_string).collect(),
        help: finding.help(lang),
        window: finding.excerpt.as_deref().filter(|window| !window.rows.is_empty()).cloned(),
    }
}

fn filters(rows: &[Row], lang: Lang) -> Vec<Filter> {
    let say = |it, en| Text::new(it, en).get(lang);
    let nobody = say("non attribuito", "not attributed");
    let choices = |of| choices(rows, nobody, of);
    vec![
        Filter {
            id: "severity",
            label: say("Gravità", "Severity"),
            all: say("tutte", "all"),
            choices: choices(|row| (row.gravity.to_string(), row.severity, row.label.to_owned())),
        },
        Filter {
            id: "office",
            label: say("Ufficio", "Office"),
            all: say("tutti", "all"),
            choices: choices(|row| {
                (format!("{}{}", u8::from(row.office == NOBODY), row.office), &row.office, row.office.clone())
            }),
        },
        Filter {
            id: "code",
            label: say("Codice", "Code"),
            all: say("tutti", "all"),
            choices: choices(|row| (row.code.to_owned(), row.code, format!("{} {}", row.code, row.slug))),
        },
        Filter {
            id: "file",
            label: "File",
            all: say("tutti", "all"),
            choices: choices(|row| {
                let value = if row.file.is_empty() { NOBODY } else { &row.file };
                (format!("{}{value}", u8::from(value == NOBODY)), value, value.to_owned())
            }),
        },
    ]
}

/// Order, value and label of what a row can be chosen by.
type Choice<'a> = (String, &'a str, String);

/// What can be chosen, each value once with the number of its rows.
fn choices<'a>(rows: &'a [Row], nobody: &str, of: fn(&'a Row) -> Choice<'a>) -> Vec<(String, String)> {
    let mut counted: BTreeMap<String, (&str, String, usize)> = BTreeMap::new();
    for row in rows {
        let (order, value, label) = of(row);
        counted.entry(order).or_insert((value, label, 0)).2 += 1;
    }
    let shown = |(value, label, count): (&str, String, usize)| {
        let label = if value == NOBODY { nobody } else { &label };
        (value.to_owned(), format!("{label} ({count})"))
    };
    counted.into_values().map(shown).collect()
}
