//! What stands above a table: titles, labels with their values, the years they name.

use super::labels::is_total_label;
use crate::kinds::table::{Context, Label, Table};
use crate::sheet::{Cell, Row, Sheet, Value};
use crate::value::date::{years, years_of_titles};
use crate::value::fold::{fold, spaced_words, words};
use crate::value::number;

/// Folded names of labels; a text `name: value` with one of them is a label.
const LABELS: &[&str] = &[
    "procedimento",
    "procedura",
    "procedimento/procedura",
    "standard",
    "codice standard",
    "cod standard",
    "termine",
    "ufficio",
    "unita organizzativa",
    "u.o",
    "struttura",
    "ente",
    "societa",
    "responsabile",
    "titolare",
    "anno",
    "obiettivo",
    "servizio",
    "processo",
    "processo/servizio",
    "settore",
    "area",
    "termine di conclusione",
    "azienda",
    "organismo",
    "denominazione",
    "soggetto",
    "ente/societa",
    "codice",
    "unita responsabile",
    "ufficio responsabile",
    "nome procedimento",
    "denominazione procedimento",
    "unita operativa",
    "procedimento monitorato",
    "procedura monitorata",
    "titolo procedimento",
    "oggetto del procedimento",
];

/// Labels that say what procedure or standard a table proves.
pub const PROVING: &[&str] = &[
    "procedimento",
    "procedura",
    "standard",
    "codice standard",
    "procedimento/procedura",
    "procedimento monitorato",
    "procedura monitorata",
    "titolo procedimento",
];

/// Whether a row can stand above a table: one or two short cells, no number beside them.
pub fn is_title_row(row: Row<'_>) -> bool {
    if is_row_of_labels(row) {
        return true;
    }
    let texts = row.cells().filter(|cell| matches!(cell.value, Value::Text(_))).count();
    texts >= 1
        && row.len() <= 2 + usize::from(texts == row.len())
        && row.cells().all(|cell| match cell.value {
            Value::Text(text) => number::scan(text.trim_end_matches('%')).is_none(),
            Value::Number(number) => super::header::is_year(number) || row.len() == 2,
            _ => false,
        })
}

/// Whether a row that could be a title is the table's above: its total, or a record of few cells.
pub fn belongs_above(above: &Table, row: Row<'_>) -> bool {
    let mut texts = row.cells().filter_map(|cell| if let Value::Text(text) = cell.value { Some(text) } else { None });
    let Some(first) = texts.clone().next() else { return false };
    if is_total_label(&first, "") {
        return true;
    }
    let label = is_label(&first) || label_name(first.trim_end_matches([':', ' '])).is_some();
    let known = row.cells().filter(|cell| above.at(cell.col).is_some()).count();
    known >= 2 && !label && !texts.any(|text| !years(&text).is_empty())
}

/// The context of a table whose header begins at a row, above which nothing before `from` belongs to it.
pub fn gather(sheet: &Sheet, from: u32, header: u32) -> Context {
    let mut context = Context::default();
    for row in sheet.rows_between(from, header) {
        let texts: Vec<(u32, String)> = row
            .cells()
            .map(|cell| (cell.col, sheet.shown(cell).trim().to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if let [(col, name), (_, value)] = &texts[..] {
            // Without a colon two cells right above the header can be the first row of it.
            let stated = name.trim_end().ends_with(':')
                || (row.index + 1 < header && value.chars().filter(|c| c.is_alphabetic()).count() >= 3);
            if let Some(name) = label_name(name.trim_end_matches([':', ' '])).filter(|_| stated) {
                context.labels.push(Label { name, value: value.clone(), cell: (row.index, *col) });
            }
        }
        if is_row_of_labels(row) {
            for (name, value) in row.cells().step_by(2).zip(row.cells().skip(1).step_by(2)) {
                let value = sheet.shown(value).trim().to_owned();
                let label = label_in(name).filter(|_| !value.is_empty());
                context.labels.extend(label.map(|label| Label { name: label, value, cell: (row.index, name.col) }));
            }
        }
        for (col, text) in texts {
            for line in text.lines() {
                if let Some((name, value)) = line.split_once(':')
                    && let (Some(name), false) = (label_name(name), value.trim().is_empty())
                {
                    context.labels.push(Label { name, value: value.trim().to_owned(), cell: (row.index, col) });
                }
            }
            context.titles.push((text, (row.index, col)));
        }
    }
    context.title_years = years_of_titles(context.titles.iter().map(|(title, _)| title.as_str()));
    context.sheet_years = years_of_titles(std::iter::once(&*sheet.name));
    context
}

/// Whether a text is a known label with its value: `Unità organizzativa: Ragioneria`.
pub fn is_label(text: &str) -> bool {
    text.split_once(':').is_some_and(|(name, value)| !value.trim().is_empty() && label_name(name).is_some())
}

/// Whether a row is a known label with a colon and the value beside it: `Ufficio: | Ragioneria`.
pub fn is_label_row(row: Row<'_>) -> bool {
    let (2, Some(Cell { value: Value::Text(name), .. })) = (row.len(), row.first()) else { return false };
    name.trim_end().ends_with(':') && label_name(name.trim_end_matches([':', ' '])).is_some()
}

/// Whether a row is several labels, each with its value beside it: `Ufficio: | Albi | Anno: | 2019`.
fn is_row_of_labels(row: Row<'_>) -> bool {
    row.len() > 2 && row.len().is_multiple_of(2) && row.cells().step_by(2).all(|cell| label_in(cell).is_some())
}

/// The label of a cell that holds nothing else: `Ufficio:`.
fn label_in(cell: Cell<'_>) -> Option<String> {
    let name = cell.text().filter(|name| name.trim_end().ends_with(':'))?;
    label_name(name.trim_end_matches([':', ' ']))
}

/// Whether a title names an office: `Ufficio Artigianato - …`, or behind a dash.
pub fn names_office(title: &str) -> bool {
    [" - ", " – ", " — "].iter().any(|dash| title.split(dash).any(begins_as_office))
}

/// Whether a text begins as the name of an office does.
pub fn begins_as_office(text: &str) -> bool {
    const NAMES: &[&str] =
        &["ufficio", "uffici", "settore", "area", "servizio", "unita", "uo", "urp", "sportello", "direzione"];
    words(text).first().is_some_and(|first| NAMES.contains(&first.as_str()))
}

fn label_name(text: &str) -> Option<String> {
    let folded = fold(text);
    let name = folded.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    LABELS.contains(&name.as_str()).then_some(name)
}

/// Folded words of the titles, the sheet's and the file's name: what speaks for a kind.
pub fn folded_context(context: &Context, sheet: &str, file: &str) -> String {
    let texts = context.titles.iter().map(|(title, _)| title.as_str()).chain([sheet, file]);
    texts.map(spaced_words).collect::<Vec<_>>().join(" | ")
}
