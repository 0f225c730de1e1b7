//! Sheets of a part of the year: what a half-year measured is not what the year did.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding, Severity, Text};
use crate::kinds::table::{Mapped, Role, Table};
use crate::place::Place;
use crate::recognise::vocabulary::Header;
use crate::value::date::periods;
use crate::value::fold::words;

/// A sheet whose title or name is of a part of the year.
pub static PART_OF_YEAR: Code = Code {
    id: "S044",
    slug: "part-of-the-year",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» è una parte dell’anno: i valori sono stati letti come quelli dell’anno intero",
        "\"{seen}\" is a part of the year: its values were read as those of the whole year",
    ),
    help: Text::new(
        "mandare il foglio dell’anno intero, e togliere dalla cartella quelli dei periodi",
        "send the sheet of the whole year, and take those of its parts out of the folder",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&PART_OF_YEAR];

/// Kinds of which each sheet tells the whole year; evidence comes in parts.
const OF_A_YEAR: &[&str] = &["charter", "procedures", "objectives", "targets", "resources", "staff_costs"];

/// The place of a number among those of the parts of a year, as it is written before `semestre`.
const ORDINALS: &[&[&str]] = &[
    &["i", "1", "1o", "primo"],
    &["ii", "2", "2o", "secondo"],
    &["iii", "3", "3o", "terzo"],
    &["iv", "4", "4o", "quarto"],
];

/// Tells a sheet of which each tells the whole year when its title, name or file is of a part of it.
pub fn told(table: &Table, year: i16) -> Option<Finding> {
    if OF_A_YEAR.contains(&table.kind.id) { named(table, year) } else { None }
}

/// Tells a table whose title, sheet or file is of a part of the year.
pub fn named(table: &Table, year: i16) -> Option<Finding> {
    let is_of_part = |text: &str| is_of_part(text, year);
    let title = table.context.titles.iter().find(|(title, _)| is_of_part(title));
    let of_title = title.map(|(title, (row, col))| (title.trim(), Place::cell(&table.file, &table.sheet, *row, *col)));
    let file = table.file.rsplit('/').next().unwrap_or(&table.file);
    let named = || [&*table.sheet, file].into_iter().find(|name| is_of_part(name));
    let of_name = || named().map(|name| (name, Place::sheet(&table.file, &table.sheet)));
    let (seen, place) = of_title.or_else(of_name).or_else(|| of_header(table))?;
    Some(Finding::new(&PART_OF_YEAR, place).with("seen", seen.to_owned()))
}

/// The first column of values whose header is of a part of the year: what was to be reached may be set in the middle of it.
fn of_header(table: &Table) -> Option<(&str, Place)> {
    let is_value = |mapped: &&Mapped| match mapped.role {
        Role::Column(column) => {
            matches!(column.id, "measured" | "result" | "actual") || column.id.starts_with("actual_")
        }
        _ => false,
    };
    let of_part = |mapped: &&Mapped| Header::of(&mapped.header).part;
    let mapped = table.columns.iter().filter(is_value).find(of_part)?;
    Some((&mapped.header, Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col)))
}

/// Whether a text names one part of the year, and not all of it: `I semestre 2019`, `gennaio-giugno`, `al 30/06/2019`.
pub fn is_of_part(text: &str, year: i16) -> bool {
    is_numbered_part(text) || is_period_of(text, year)
}

/// Whether the days or months that a text names leave out some at the beginning or the end of the year. Days of December
/// may be of the whole year, sent before it ended.
fn is_period_of(text: &str, year: i16) -> bool {
    let reached: Vec<(i8, i8)> = periods(text).iter().filter_map(|period| period.months_of(year)).collect();
    let first = reached.iter().map(|(first, _)| *first).min();
    let last = reached.iter().map(|(_, last)| *last).max();
    first.is_some_and(|first| first > 1) || last.is_some_and(|last| last < 12)
}

/// Whether a text numbers one part of the year: `I semestre 2019`, `2° trim.`.
fn is_numbered_part(text: &str) -> bool {
    let words = words(text);
    let is_period = |word: &str| ["semestre", "trimestre", "quadrimestre", "sem", "trim"].contains(&word);
    let ordinal = |word: &String| ORDINALS.iter().position(|names| names.contains(&word.as_str()));
    let mut named = BTreeSet::new();
    for period in (0..words.len()).filter(|at| is_period(&words[*at])) {
        named.extend(words[..period].last().and_then(ordinal));
        // `I e II semestre` names two.
        if let [.., other, and, _] = &words[..period]
            && and == "e"
        {
            named.extend(ordinal(other));
        }
    }
    named.len() == 1
}

#[cfg(test)]
mod tests {
    use super::is_of_part;

    #[test]
    fn one_part_of_the_year_is_not_the_year() {
        let parts = [
            "Carta dei servizi - I semestre 2019",
            "1° trim. 2019",
            "Dati II sem",
            "Ufficio 2 - I semestre",
            "Monitoraggio 2019 - DATI AL 30/06/2019",
            "GENNAIO-GIUGNO 2019",
            "primi 9 mesi 2019",
            "dal 01/01 al 30/06",
            "al 30.9.2019",
            "luglio-dicembre",
        ];
        parts.into_iter().for_each(|text| assert!(is_of_part(text, 2019), "{text}"));
        let others = [
            "I e II semestre 2019",
            "I semestre e II semestre",
            "Rilevazione semestrale",
            "Carta dei servizi 2019",
            "semestre",
            "dal 01/01/2019 al 31/12/2019",
            "gennaio-giugno e luglio-dicembre 2019",
            "Situazione al 20/12/2019",
            "Situazione al 15/01/2020",
            "Carta dei servizi aggiornata al 30/06/2019",
            "Biennio dal 01/01/2018 al 31/12/2019",
        ];
        others.into_iter().for_each(|text| assert!(!is_of_part(text, 2019), "{text}"));
    }
}
