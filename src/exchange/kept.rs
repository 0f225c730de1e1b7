//! What no table shows and a consolidation needs: files, sheets, tables around the records, findings, settings.
//!
//! [`of`] takes it from the deliveries, [`Kept::deliver`] gives them back, without the records, which the tables bring.

mod findings;
mod tables;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::package::Table as Written;
use super::{About, SCHEMA, csv_name};
use crate::delivery::{Ballot, Deliveries, Delivery};
use crate::finding::Code;
use crate::kinds::closing::{Closing, DeclaredTotal};
use crate::kinds::evidence::{Evidence, Rows};
use crate::kinds::table::Table;
use crate::kinds::{KINDS, kind};
use crate::outcome::{FileSource, SheetSource};
use crate::parse::copies::Print;
use crate::parse::ledger::Fate;
use crate::value::fold::spaced_words;
use findings::KeptFinding;
use tables::KeptTable;
pub use tables::Tables;

/// The content of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Which version of all of this.
    pub schema: String,
    /// The version of the program that wrote it.
    pub program: String,
    /// The year its sheets were read for.
    pub year: i16,
    /// The year in the folder's name.
    folder_year: Option<i16>,
    /// The settings file, as it was written.
    pub settings: Option<String>,
    /// SHA-256 of each table, by its file's name.
    pub tables: BTreeMap<String, String>,
    other: Vec<String>,
    listing: Vec<KeptFinding>,
    /// What each file gave.
    pub files: Vec<KeptFile>,
}

/// What one file gave, without its records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptFile {
    /// The file.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    blank: bool,
    copy: bool,
    /// How many rows of each table are its.
    pub records: BTreeMap<String, u64>,
    ballot: KeptBallot,
    names: Vec<String>,
    sheets: Vec<KeptSheet>,
    tables: Vec<KeptTable>,
    evidence: Vec<KeptEvidence>,
    prints: Vec<KeptPrint>,
    totals: Vec<KeptTotal>,
    opening: Vec<KeptFinding>,
    findings: Vec<KeptFinding>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptBallot {
    years: BTreeMap<i16, u32>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    folders: BTreeMap<i16, u32>,
    bodies: Vec<String>,
    dates: BTreeMap<i16, u32>,
    numbers: BTreeMap<i16, u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptSheet {
    name: String,
    kind: Option<String>,
    header_rows: Vec<u32>,
    records: u32,
    why: (String, String),
    ledger: Vec<(String, u32)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptEvidence {
    table: usize,
    unread: u32,
    referred: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptPrint {
    table: usize,
    taken: bool,
    rows: Vec<(String, u32, Option<String>)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptTotal {
    table: usize,
    row: u32,
    col: u32,
    label: String,
    shown: String,
    value: String,
    decimals: u32,
    what: Closing,
    rows: [Vec<u32>; 2],
}

/// All that is to be kept of deliveries; `written` are the tables with their hashes.
pub fn of(deliveries: &Deliveries, tables: &[Tables], about: &About<'_>, written: &[Written]) -> Kept {
    let hashes = written.iter().map(|table| (csv_name(table.kind), table.sum.sha256.clone()));
    Kept {
        schema: SCHEMA.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        year: deliveries.year,
        folder_year: deliveries.folder_year,
        settings: about.settings_text.clone(),
        tables: hashes.collect(),
        other: deliveries.other.iter().map(ToString::to_string).collect(),
        listing: findings::keep(&deliveries.listing),
        files: deliveries.files.iter().zip(tables).map(|(file, tables)| keep_file(file, tables)).collect(),
    }
}

fn keep_file(file: &Delivery, tables: &Tables) -> KeptFile {
    let source = &file.source;
    KeptFile {
        file: source.file.to_string(),
        sha256: source.sha256.clone(),
        blank: source.blank,
        copy: file.copy,
        records: tables.counts.clone(),
        ballot: KeptBallot {
            years: file.ballot.years.clone(),
            folders: file.ballot.folders.clone(),
            bodies: file.ballot.bodies.clone(),
            dates: file.ballot.dates.clone(),
            numbers: file.ballot.numbers.clone(),
        },
        names: file.names.clone(),
        sheets: source.sheets.iter().map(keep_sheet).collect(),
        tables: tables.list.iter().map(|table| KeptTable::of(table)).collect(),
        evidence: file
            .records
            .evidence
            .iter()
            .map(|one| KeptEvidence { table: tables.at(&one.table), unread: one.unread, referred: one.referred })
            .collect(),
        prints: file.prints.iter().map(|print| keep_print(print, tables)).collect(),
        totals: file.records.declared_totals.iter().map(|total| keep_total(total, tables)).collect(),
        opening: findings::keep(&file.opening),
        findings: findings::keep(&file.findings),
    }
}

fn keep_sheet(sheet: &SheetSource) -> KeptSheet {
    KeptSheet {
        name: sheet.name.clone(),
        kind: sheet.kind.map(str::to_owned),
        header_rows: sheet.header_rows.clone(),
        records: sheet.records,
        why: sheet.why.clone(),
        ledger: sheet.ledger.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect(),
    }
}

fn keep_print(print: &Print, tables: &Tables) -> KeptPrint {
    let figure = |figure: &Option<Decimal>| figure.map(|figure| figure.to_string());
    let rows = print.rows.iter().map(|(name, row, measured)| (spaced_words(name), *row, figure(measured)));
    KeptPrint { table: tables.at(&print.table), taken: print.taken, rows: rows.collect() }
}

fn keep_total(total: &DeclaredTotal, tables: &Tables) -> KeptTotal {
    KeptTotal {
        table: tables.at(&total.table),
        row: total.row,
        col: total.col,
        label: total.label.clone(),
        shown: total.shown.clone(),
        value: total.value.to_string(),
        decimals: total.decimals,
        what: total.what,
        rows: total.rows.clone(),
    }
}

impl Kept {
    /// The deliveries without their records, and the tables of each file; none when something in it is not known.
    pub fn deliver(&self, codes: &[&'static Code]) -> Option<(Deliveries, Vec<Tables>)> {
        let mut deliveries = Deliveries {
            year: self.year,
            body: None,
            folder_year: self.folder_year,
            other: self.other.iter().map(|name| name.as_str().into()).collect(),
            listing: findings::give(&self.listing, codes)?,
            files: Vec::new(),
        };
        let mut tables = Vec::new();
        for file in &self.files {
            let (delivery, own) = file.deliver(codes)?;
            deliveries.files.push(delivery);
            tables.push(own);
        }
        Some((deliveries, tables))
    }
}

impl KeptFile {
    fn deliver(&self, codes: &[&'static Code]) -> Option<(Delivery, Tables)> {
        let name: Arc<str> = self.file.as_str().into();
        let tables = Tables::give(&name, &self.tables, self.records.clone())?;
        let source = FileSource {
            file: name,
            sha256: self.sha256.clone(),
            sheets: self.sheets.iter().map(KeptSheet::give).collect::<Option<_>>()?,
            blank: self.blank,
        };
        let ballot = Ballot {
            years: self.ballot.years.clone(),
            folders: self.ballot.folders.clone(),
            bodies: self.ballot.bodies.clone(),
            dates: self.ballot.dates.clone(),
            numbers: self.ballot.numbers.clone(),
        };
        let mut delivery = Delivery {
            source,
            ballot,
            copy: self.copy,
            opening: findings::give(&self.opening, codes)?,
            findings: findings::give(&self.findings, codes)?,
            names: self.names.clone(),
            prints: self.prints.iter().map(|print| print.give(&tables)).collect::<Option<_>>()?,
            ..Delivery::default()
        };
        for one in &self.evidence {
            let table = tables.list.get(one.table)?.clone();
            let rows = Rows::of(table.kind, 0);
            delivery.records.evidence.push(Evidence { table, rows, unread: one.unread, referred: one.referred });
        }
        let totals = self.totals.iter().map(|total| total.give(&tables));
        delivery.records.declared_totals = totals.collect::<Option<_>>()?;
        Some((delivery, tables))
    }
}

impl KeptSheet {
    fn give(&self) -> Option<SheetSource> {
        let kind = match &self.kind {
            Some(id) => Some(kind(id)?.id),
            None => None,
        };
        let ledger = self.ledger.iter().map(|(what, count)| Some((Fate::of(what)?.id(), *count)));
        Some(SheetSource {
            name: self.name.clone(),
            kind,
            header_rows: self.header_rows.clone(),
            records: self.records,
            why: self.why.clone(),
            ledger: ledger.collect::<Option<_>>()?,
        })
    }
}

impl KeptPrint {
    fn give(&self, tables: &Tables) -> Option<Print> {
        let figure = |text: &Option<String>| match text {
            Some(text) => Decimal::from_str_exact(text).ok().map(Some),
            None => Some(None),
        };
        let rows = self.rows.iter().map(|(name, row, text)| Some((name.as_str().into(), *row, figure(text)?)));
        let table = tables.list.get(self.table)?.clone();
        Some(Print { table, taken: self.taken, rows: rows.collect::<Option<_>>()? })
    }
}

impl KeptTotal {
    fn give(&self, tables: &Tables) -> Option<DeclaredTotal> {
        Some(DeclaredTotal {
            table: tables.list.get(self.table)?.clone(),
            row: self.row,
            col: self.col,
            label: self.label.clone(),
            shown: self.shown.clone(),
            value: Decimal::from_str_exact(&self.value).ok()?,
            decimals: self.decimals,
            what: self.what,
            rows: self.rows.clone(),
        })
    }
}

/// How many records of each kind a file gave.
fn counts(delivery: &mut Delivery, list: &mut Vec<Arc<Table>>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for kind in KINDS {
        let mut count = tables::Gather { list, count: 0 };
        (kind.exchange.each)(&mut delivery.records, &mut count);
        let count = count.count;
        if count > 0 {
            counts.insert(kind.id.to_owned(), count);
        }
    }
    counts
}
