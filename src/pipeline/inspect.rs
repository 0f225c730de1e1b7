//! `inspect`: what is recognised in one file, told sheet by sheet and column by column.

use super::{Options, Read, excerpts, file, origin};
use crate::finding::{Finding, Findings};
use crate::kinds::Kind;
use crate::kinds::table::{Mapped, Role, Table};
use crate::outcome::{InspectedColumn, InspectedSheet, InspectedTable, Inspection};
use crate::parse;
use crate::place::column_letters;
use crate::recognise::vocabulary::Vocabulary;
use crate::recognise::{Recognition, Subject, recognise};
use crate::settings::Settings;

/// Inspects an opened file.
pub fn inspection(mut read: Read, settings: &Settings, options: &Options) -> Inspection {
    let mut findings = std::mem::take(&mut read.findings);
    let reads = [read];
    let read = &reads[0];
    let mut unheard = Findings::default();
    let year = origin::year_of_file(read, settings, &mut unheard);
    let vocabulary = Vocabulary::new(settings);
    let mut inspection = Inspection { file: read.found.name.clone(), ..Inspection::default() };
    if let Some(opened) = &read.opened {
        let subjects: Vec<Subject<'_>> = opened
            .sheets
            .iter()
            .map(|sheet| Subject { file: &read.found.name, sheet, year: Some(year), vocabulary: &vocabulary })
            .collect();
        let recognised: Vec<Recognition> = subjects.iter().map(recognise).collect();
        for (subject, recognition) in subjects.iter().zip(&recognised) {
            let referred = file::is_referred(subject.sheet, &opened.sheets, &recognised);
            let done = parse::parse(subject, recognition, year, referred);
            findings.append(done.findings);
            if done.unfilled {
                findings.push(Finding::new(&parse::UNFILLED, subject.place()));
            }
            inspection.sheets.push(InspectedSheet {
                name: subject.sheet.name.to_string(),
                visibility: subject.sheet.visibility,
                tables: recognition
                    .tables
                    .iter()
                    .map(|table| inspected(table, done.count, recognition.tables.len()))
                    .collect(),
                candidates: recognition
                    .nearest
                    .iter()
                    .map(|near| {
                        (
                            near.kind.id.to_owned(),
                            near.explained_percent,
                            near.lacking.iter().map(ToString::to_string).collect(),
                        )
                    })
                    .collect(),
                proposals: recognition
                    .nearest
                    .first()
                    .into_iter()
                    .flat_map(|near| {
                        near.proposed.iter().map(|(column, header)| (near.kind.id, *column, header.clone()))
                    })
                    .collect(),
                ledger: done.ledger.counts(),
                why: done.why,
            });
        }
    }
    findings.sort();
    excerpts::attach(&mut findings, &reads, options);
    inspection.findings = findings;
    inspection
}

fn inspected(table: &Table, records: u32, tables: usize) -> InspectedTable {
    let Kind { id, title, .. } = table.kind;
    InspectedTable {
        kind: id,
        title: table.context.titles.first().map(|(title, _)| title.clone()).unwrap_or_default(),
        labels: table.context.labels.iter().map(|label| (label.name.clone(), label.value.clone())).collect(),
        header_rows: (table.header_rows.0 + 1..=table.header_rows.1 + 1).collect(),
        columns: table.columns.iter().map(column).collect(),
        records: if tables == 1 { records } else { 0 },
        why: (
            format!("{}: spiega il {}% delle intestazioni{}", title.it, table.explained_percent, rivals(table, true)),
            format!("{}: explains {}% of the headers{}", title.en, table.explained_percent, rivals(table, false)),
        ),
    }
}

fn rivals(table: &Table, italian: bool) -> String {
    let names: Vec<String> = table
        .rivals
        .iter()
        .map(|(kind, percent)| format!("{} {percent}%", if italian { kind.title.it } else { kind.title.en }))
        .collect();
    match (names.is_empty(), italian) {
        (true, _) => String::new(),
        (false, true) => format!("; quasi pari: {}", names.join(", ")),
        (false, false) => format!("; nearly as much: {}", names.join(", ")),
    }
}

fn column(mapped: &Mapped) -> InspectedColumn {
    InspectedColumn {
        letters: column_letters(mapped.col),
        header: mapped.header.clone(),
        column: match &mapped.role {
            Role::Column(column) => Some(column.id),
            Role::Year(_) | Role::Entity(_) => Some("amount"),
            _ => None,
        },
        confidence_percent: mapped.confidence_percent,
        why: mapped.why.texts(),
    }
}
