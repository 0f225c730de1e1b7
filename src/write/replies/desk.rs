//! Whose a place is: the office that its row, its sheet or its file names.
//!
//! A row that names its office belongs to it; a sheet to the office that most of its rows name; a file to the one that
//! most of its rows name. Spellings that differ in case, accents or the word *ufficio* are one office.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::finding::Finding;
use crate::outcome::Outcome;
use crate::place::Place;
use crate::score::{ProcedureRow, Source};
use crate::value::fold::{fold, one_line, words};
use crate::write::offices::Offices;

/// Words of an office's name that do not tell it from another.
const PLAIN: &[&str] = &["ufficio", "uffici", "servizio", "servizi", "settore", "area", "unita", "uo", "u", "o"];

/// An office, by its place in [`Desk::names`]; `None` when nobody knows whose it is.
pub type Office = Option<usize>;

/// The offices of a run, and what belongs to each.
#[derive(Debug, Default)]
pub struct Desk {
    /// Their names as first written, in the order they were met.
    pub names: Vec<String>,
    by_key: HashMap<String, usize>,
    rows: HashMap<(Arc<str>, Arc<str>), BTreeMap<u32, usize>>,
    sheets: HashMap<(Arc<str>, Arc<str>), usize>,
    files: HashMap<Arc<str>, usize>,
    /// Offices of planned procedures, by the place of their rows in the plan.
    planned: HashMap<(Arc<str>, Arc<str>, u32), usize>,
}

impl Desk {
    /// Gathers what rows say of their office.
    pub fn of(outcome: &Outcome) -> Self {
        let figures = &outcome.consolidation;
        let mut desk = Self::default();
        for row in &figures.charter.rows {
            desk.note(&row.sources(), &row.record().office);
        }
        for row in &figures.procedures.rows {
            if let Some(evidence) = row.evidence.as_ref().filter(|evidence| evidence.kind != "declared") {
                desk.note(&evidence.sources, &row.source_office);
            }
            if let Some(office) = desk.office(asked(row)) {
                let at = row.sources.iter().map(|one| ((one.file.clone(), one.sheet.clone(), one.row), office));
                desk.planned.extend(at);
            }
        }
        let offices = Offices::of(figures);
        for source in &outcome.sources {
            if let Some(office) = offices.of_file(&source.file).and_then(|name| desk.office(name)) {
                desk.files.insert(source.file.clone(), office);
            }
        }
        desk.sheets = desk.rows.iter().map(|(place, rows)| (place.clone(), most(rows))).collect();
        desk
    }

    fn note(&mut self, sources: &[Source], office: &str) {
        let Some(office) = self.office(office) else { return };
        for source in sources {
            let place = (source.file.clone(), source.sheet.clone());
            self.rows.entry(place).or_default().insert(source.row, office);
        }
    }

    /// The office of a name, made known when it was not; `None` for no name.
    pub fn office(&mut self, name: &str) -> Office {
        let name = one_line(name);
        if !name.chars().any(char::is_alphanumeric) {
            return None;
        }
        let key = key(&name);
        if let Some(known) = self.by_key.get(&key) {
            return Some(*known);
        }
        self.names.push(name);
        self.by_key.insert(key, self.names.len() - 1);
        Some(self.names.len() - 1)
    }

    /// The office that a finding is for: of a procedure without data, the one that must prove it.
    pub fn of_finding(&self, finding: &Finding) -> Office {
        match finding.code.slug {
            PROCEDURE_MISSING => self.of_planned(&finding.place),
            _ => self.of_place(&finding.place),
        }
    }

    /// The office that must prove the procedure at a place of the plan.
    pub fn of_planned(&self, place: &Place) -> Office {
        let (sheet, cell) = (place.sheet.clone()?, place.cell?);
        self.planned.get(&(place.file.clone(), sheet, cell.row)).copied()
    }

    /// The office of a place.
    pub fn of_place(&self, place: &Place) -> Office {
        let row =
            place.sheet.as_ref().zip(place.cell).and_then(|(sheet, cell)| self.of_row(&place.file, sheet, cell.row));
        row.or_else(|| self.keeper(&place.file, place.sheet.as_ref()))
    }

    /// The office that a row names itself.
    pub fn of_row(&self, file: &Arc<str>, sheet: &Arc<str>, row: u32) -> Office {
        self.rows.get(&(file.clone(), sheet.clone()))?.get(&row).copied()
    }

    /// The office that keeps a sheet, or the whole file.
    pub fn keeper(&self, file: &Arc<str>, sheet: Option<&Arc<str>>) -> Office {
        let sheet = sheet.and_then(|sheet| self.sheets.get(&(file.clone(), sheet.clone())));
        sheet.or_else(|| self.files.get(file)).copied()
    }
}

/// The slug of the finding that asks for a procedure's data.
pub const PROCEDURE_MISSING: &str = "procedure-missing";
/// The slug of the finding that asks for an office's sheet.
pub const OFFICE_MISSING: &str = "office-missing";

/// Who is asked for a procedure's data.
fn asked(row: &ProcedureRow) -> &str {
    if row.source_office.trim().is_empty() { &row.coordinator } else { &row.source_office }
}

/// What two spellings of one office share.
fn key(name: &str) -> String {
    let kept: Vec<String> = words(name).into_iter().filter(|word| !PLAIN.contains(&word.as_str())).collect();
    if kept.is_empty() { fold(name) } else { kept.join(" ") }
}

/// The office of most rows, the first of equals.
fn most(rows: &BTreeMap<u32, usize>) -> usize {
    let mut counts: Vec<(usize, u32)> = Vec::new();
    for office in rows.values() {
        match counts.iter_mut().find(|(known, _)| known == office) {
            Some((_, count)) => *count += 1,
            None => counts.push((*office, 1)),
        }
    }
    let top = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    counts.iter().find(|(_, count)| *count == top).map_or(0, |(office, _)| *office)
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_office_are_one() {
        assert_eq!(key("UFFICIO REGISTRO IMPRESE"), key("Registro  imprese"));
        assert_ne!(key("Ufficio Protesti"), key("Ufficio Artigianato"));
        assert_ne!(key("Ufficio"), key("Area"));
    }
}
