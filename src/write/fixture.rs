//! The 2019 figures of Lucca, shortened: what the tests of this room print.

mod annexes;
mod lists;
pub mod many;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::outcome::{FileSource, Outcome, RosterOffice, SheetSource};
use crate::place::Place;
use crate::score::{Consolidation, Missing, Source};

static MEASURED: Code = Code {
    id: "C012",
    slug: "not-a-number",
    severity: Severity::Error,
    message: Text::new(
        "«{value}» non è un numero: qui serve una durata in giorni",
        "“{value}” is not a number: a duration in days is wanted here",
    ),
    help: Text::new(
        "Scrivere nella cella il numero dei giorni, per esempio 3,5 gg.",
        "Write the number of days in the cell, for instance 3.5 days.",
    ),
};
static REMINDER: Code = Code {
    id: "R004",
    slug: "reminder",
    severity: Severity::Warning,
    message: Text::new("La nota «{value}» sembra un promemoria", "The note “{value}” looks like a reminder"),
    help: Text::new("Verificare il valore e togliere la nota.", "Check the value and remove the note."),
};
static TWICE: Code = Code {
    id: "X001",
    slug: "same-twice",
    severity: Severity::Info,
    message: Text::new(
        "La riga {code} compare due volte con gli stessi valori",
        "Row {code} comes twice, with equal values",
    ),
    help: Text::new("Nessuna azione necessaria.", "Nothing to do."),
};

/// A decimal from its text.
pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// One source.
fn source(file: &str, sheet: &str, row: u32, col: u32) -> Vec<Source> {
    vec![Source { file: Arc::from(file), sheet: Arc::from(sheet), row, col }]
}

/// The outcome of a believable run: every status, every kind of evidence, a link of each sort.
pub fn outcome() -> Outcome {
    let charter = annexes::charter();
    let procedures = annexes::procedures();
    let objectives = annexes::objectives(charter.percent, procedures.rounded);
    let consolidation = Consolidation {
        body: Some("Camera di Commercio di Lucca".to_owned()),
        year: 2019,
        charter,
        procedures,
        objectives,
        staff_costs: lists::staff_costs(),
        resources: lists::resources(),
        targets: lists::targets(),
        trends: crate::score::trend::Trends::default(),
        missing: vec![Missing { what: "office", name: "Brevetti Marchi e Innovazione Tecnologica".to_owned() }],
        areas: [
            ("3.1", "SERVIZI ISTITUZIONALI"),
            ("3.2", "SERVIZI ANAGRAFICO - CERTIFICATIVI"),
            ("3.3", "ALTRI SERVIZI ALL'UTENZA DI CARATTERE PROMOZIONALE E PER LA REGOLAZIONE DEL MERCATO"),
        ]
        .map(|(code, title)| (code.to_owned(), title.to_owned()))
        .to_vec(),
        tolerance_percent: Decimal::TEN,
    };
    Outcome { consolidation, findings: findings(), sources: sources(), roster: roster(), ..Outcome::default() }
}

fn roster() -> Vec<RosterOffice> {
    let office = |name: &str, files| RosterOffice { name: name.to_owned(), files };
    vec![
        office("Registro Imprese", vec![Arc::from("REGISTRO IMPRESE_DEF.xlsx")]),
        office("Brevetti Marchi e Innovazione Tecnologica", Vec::new()),
    ]
}

/// The same run with contract renewals and a base of several years.
pub fn outcome_net() -> Outcome {
    let mut outcome = outcome();
    outcome.consolidation.staff_costs = lists::staff_costs_net();
    outcome
}

fn findings() -> Findings {
    let place = |file: &str, sheet: &str, row, col| Place::cell(&Arc::from(file), &Arc::from(sheet), row, col);
    let mut findings = Findings::default();
    findings.push(Finding::new(&TWICE, place("URE reclami.xls", "Foglio1", 6, 0)).with("code", "3.1.3").and(place(
        "Segreteria.xlsx",
        "2019",
        8,
        0,
    )));
    findings.push(Finding::new(&MEASURED, place("REGISTRO IMPRESE_DEF.xlsx", "2019", 9, 4)).with("value", "=3 circa"));
    findings.push(
        Finding::new(&REMINDER, place("artigianato protesti.ods", "Foglio1", 11, 6))
            .with("value", "da verificare in ufficio.."),
    );
    findings.sort();
    findings
}

fn sources() -> Vec<FileSource> {
    let sheet = |name: &str, kind, records: u32| SheetSource {
        name: name.to_owned(),
        kind,
        header_rows: vec![4, 5],
        records,
        why: (
            "8 colonne su 8 riconosciute; intestazione alle righe 4 e 5".to_owned(),
            "8 columns of 8 recognised; header on rows 4 and 5".to_owned(),
        ),
        ledger: vec![("title", 3), ("header", 8), ("value", records * 7), ("note", 2)],
    };
    vec![
        FileSource {
            file: Arc::from("REGISTRO IMPRESE_DEF.xlsx"),
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            sheets: vec![sheet("2019", Some("charter"), 9), sheet("2018", None, 0)],
            blank: false,
        },
        FileSource {
            file: Arc::from("rotto.xlsx"),
            sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
            sheets: Vec::new(),
            blank: false,
        },
    ]
}
