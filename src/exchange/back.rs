//! An export read back: its files must be as they were written, its rows become records again.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufReader, Read};
use std::str::FromStr;

use csv::{ReaderBuilder, StringRecord};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;

use super::kept::{Kept, Tables};
use super::neutral::plain;
use super::sum::{self, Sum};
use super::{KEPT, PACKAGE, SCHEMA, columns, csv_name};
use crate::delivery::Deliveries;
use crate::finding::{Code, Lang};
use crate::kinds::fields::{Field, Fields, Missing};
use crate::kinds::reader::Origin;
use crate::kinds::{KINDS, Kind};
use crate::place::CellRef;
use crate::value::not_counted::Reason;

/// Opens a file of an export by its name.
pub type Open<'a> = dyn Fn(&str) -> io::Result<Box<dyn Read>> + 'a;

/// One export, read back.
#[derive(Debug)]
pub struct Export {
    /// What its files gave.
    pub deliveries: Deliveries,
    kept: Kept,
}

/// Why an export, or several together, cannot be consolidated.
#[derive(Debug)]
pub enum Damage {
    /// A file cannot be read.
    Unreadable(String, io::Error),
    /// A file is none of an export of this version.
    Foreign(String),
    /// A file is not as it was written.
    Changed(String),
    /// A row of a table cannot be understood, by the table's file and the row's line.
    Row(String, u64),
    /// Two exports were made with different settings: their indices.
    Settings(usize, usize),
    /// Two exports were made for different years.
    Years(i16, i16),
    /// A file of this name is in two exports, with different content.
    TwoFiles(String),
}

impl Damage {
    /// What is wrong and what to do, in a language.
    pub fn message(&self, lang: Lang) -> String {
        let (it, en) = match self {
            Self::Unreadable(file, error) => {
                (format!("«{file}» non si può leggere ({error})"), format!("“{file}” cannot be read ({error})"))
            }
            Self::Foreign(file) => (
                format!("«{file}» non è di un’esportazione di questa versione di allegati\n  rifare l’esportazione"),
                format!("“{file}” is not of an export of this version of allegati\n  make the export again"),
            ),
            Self::Changed(file) => (
                format!(
                    "«{file}» non è più come è stato scritto: danneggiato o modificato a mano\n  rifare l’esportazione, o copiare di nuovo la cartella per intero"
                ),
                format!(
                    "“{file}” is not as it was written: damaged or changed by hand\n  make the export again, or copy the whole folder again"
                ),
            ),
            Self::Row(file, line) => (
                format!("«{file}», riga {line}: non si può interpretare\n  rifare l’esportazione"),
                format!("“{file}”, line {line}: it cannot be understood\n  make the export again"),
            ),
            Self::Settings(..) => (
                "le esportazioni sono fatte con impostazioni diverse\n  rifarle con lo stesso allegati.toml".to_owned(),
                "the exports were made with different settings\n  make them again with the same allegati.toml"
                    .to_owned(),
            ),
            Self::Years(one, other) => (
                format!(
                    "i fogli sono stati letti per anni diversi: {one} e {other}\n  scrivere year sotto [body] in allegati.toml e rifare le esportazioni"
                ),
                format!(
                    "the sheets were read for different years: {one} and {other}\n  write year under [body] in allegati.toml and make the exports again"
                ),
            ),
            Self::TwoFiles(name) => (
                format!(
                    "«{name}» è in due esportazioni con contenuto diverso\n  dare nomi o sottocartelle diverse ai due file e rifare le esportazioni"
                ),
                format!(
                    "“{name}” is in two exports with different content\n  give the two files other names or subfolders and make the exports again"
                ),
            ),
        };
        if lang == Lang::It { it } else { en }
    }
}

/// Reads an export back; `codes` are those that findings can have.
///
/// # Errors
/// When a file is missing, is not as it was written, or belongs to another version.
pub fn read(codes: &[&'static Code], open: &Open<'_>) -> Result<Export, Damage> {
    let opened = |name: &str| open(name).map_err(|error| Damage::Unreadable(name.to_owned(), error));
    let sums = sums(serde_json::from_reader(BufReader::new(opened(PACKAGE)?)).ok())?;
    let check = |name: &str| -> Result<String, Damage> {
        let found = sum::of(opened(name)?).map_err(|error| Damage::Unreadable(name.to_owned(), error))?;
        if sums.get(name) == Some(&found) { Ok(found.sha256) } else { Err(Damage::Changed(name.to_owned())) }
    };
    check(KEPT)?;
    let kept: Kept =
        serde_json::from_reader(BufReader::new(opened(KEPT)?)).map_err(|_| Damage::Foreign(KEPT.into()))?;
    let foreign = || Damage::Foreign(KEPT.to_owned());
    let (mut deliveries, tables) = kept.deliver(codes).filter(|_| kept.schema == SCHEMA).ok_or_else(foreign)?;
    for kind in KINDS {
        let name = csv_name(kind);
        // The description may have been mended after the table; what was kept was not.
        if kept.tables.get(&name) != Some(&check(&name)?) {
            return Err(Damage::Changed(name));
        }
        let rows = Rows { kind, name: &name, kept: &kept, tables: &tables };
        rows.read(opened(&name)?, &mut deliveries)?;
    }
    Ok(Export { deliveries, kept })
}

/// The sums of all files that a description names.
fn sums(package: Option<Value>) -> Result<BTreeMap<String, Sum>, Damage> {
    let foreign = || Damage::Foreign(PACKAGE.to_owned());
    let package = package.ok_or_else(foreign)?;
    let own = &package["allegati"];
    if own["schema"] != SCHEMA {
        return Err(foreign());
    }
    let lists = [&package["resources"], &own["files"]].into_iter().filter_map(Value::as_array).flatten();
    let one = |file: &Value| {
        let sha256 = file["hash"].as_str()?.strip_prefix("sha256:")?.to_owned();
        Some((file["path"].as_str()?.to_owned(), Sum { bytes: file["bytes"].as_u64()?, sha256 }))
    };
    Ok(lists.filter_map(one).collect())
}

/// Whether a description is one that an export wrote, of whatever version.
pub fn is_package(file: impl Read) -> bool {
    let package: Option<Value> = serde_json::from_reader(BufReader::new(file)).ok();
    package.is_some_and(|package| package["allegati"]["schema"].is_string())
}

/// The rows of one kind's table.
struct Rows<'a> {
    kind: &'static Kind,
    name: &'a str,
    kept: &'a Kept,
    tables: &'a [Tables],
}

impl Rows<'_> {
    fn read(&self, file: Box<dyn Read>, into: &mut Deliveries) -> Result<(), Damage> {
        let mut reader = ReaderBuilder::new().from_reader(BufReader::new(file));
        let names = columns::of(self.kind);
        let header = reader.headers().map_err(|_| Damage::Foreign(self.name.to_owned()))?;
        if !header.iter().eq(names.iter().map(|column| column.name.as_str())) {
            return Err(Damage::Foreign(self.name.to_owned()));
        }
        let files: HashMap<&str, usize> =
            self.kept.files.iter().enumerate().map(|(at, file)| (file.file.as_str(), at)).collect();
        let mut counts = vec![0u64; self.kept.files.len()];
        let mut row = StringRecord::new();
        loop {
            let line = reader.position().line();
            let wrong = || Damage::Row(self.name.to_owned(), line);
            if !reader.read_record(&mut row).map_err(|_| wrong())? {
                break;
            }
            let at = row.get(0).and_then(|name| files.get(plain(name))).copied().ok_or_else(wrong)?;
            self.take(at, &row, into).ok_or_else(wrong)?;
            counts[at] += 1;
        }
        let expected = |at: usize| self.kept.files[at].records.get(self.kind.id).copied().unwrap_or_default();
        if counts.iter().enumerate().any(|(at, count)| *count != expected(at)) {
            return Err(Damage::Changed(self.name.to_owned()));
        }
        Ok(())
    }

    /// One row becomes a record of the file with an index.
    fn take(&self, at: usize, row: &StringRecord, into: &mut Deliveries) -> Option<()> {
        let table = self.tables[at].with_number(row.get(2)?.parse().ok()?)?;
        let cell = CellRef::parse(row.get(3)?)?;
        let same = plain(row.get(1)?) == &*table.sheet && row.get(4)? == self.kept.files[at].sha256;
        let origin = Origin { table: table.clone(), row: cell.row };
        let mut fields = Cells { row, next: columns::PLACE.len(), wrong: !same || table.kind.id != self.kind.id };
        let taken = (self.kind.exchange.take)(&mut into.files[at].records, &origin, cell.col, &mut fields);
        (taken && !fields.wrong && fields.next == row.len()).then_some(())
    }
}

/// The fields of one row, filled in.
struct Cells<'a> {
    row: &'a StringRecord,
    next: usize,
    wrong: bool,
}

impl Cells<'_> {
    fn cell(&mut self) -> &str {
        self.next += 1;
        self.row.get(self.next - 1).unwrap_or_else(|| {
            self.wrong = true;
            ""
        })
    }

    /// A value, or none where nothing stands; what stands there and is none is wrong.
    fn value<T>(&mut self, field: Field, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.cell();
        let (empty, value) = (cell.is_empty(), read(cell));
        self.wrong |= value.is_none() && (!empty || field.required);
        value
    }
}

impl Fields for Cells<'_> {
    fn text(&mut self, _field: Field, value: &mut String) {
        plain(self.cell()).clone_into(value);
    }

    fn word(&mut self, field: Field, words: &'static [&'static str], value: &mut Option<&'static str>) {
        *value = self.value(field, |cell| words.iter().find(|word| **word == cell).copied());
    }

    fn decimal(&mut self, field: Field, value: &mut Option<Decimal>) {
        *value = self.value(field, |cell| Decimal::from_str_exact(cell).ok());
    }

    fn integer(&mut self, field: Field, value: &mut Option<i64>) {
        *value = self.value(field, |cell| cell.parse().ok());
    }

    fn date(&mut self, field: Field, value: &mut Option<Date>) {
        *value = self.value(field, |cell| Date::from_str(cell).ok());
    }

    fn flag(&mut self, field: Field, value: &mut Option<bool>) {
        *value = self.value(field, |cell| cell.parse().ok());
    }

    fn missing(&mut self, _column: &'static str, value: &mut Missing) {
        let reasons = [Reason::NoCases, Reason::NotAssessed, Reason::Suspended, Reason::InProgress];
        let cell = self.cell();
        let read = match cell {
            "" => Some(Missing::Given),
            "no_column" | "empty" => Some(Missing::Empty),
            "unclear" => Some(Missing::Unclear),
            "unread" => Some(Missing::Unread),
            _ => reasons.into_iter().find(|reason| reason.id() == cell).map(Missing::NotCounted),
        };
        self.wrong |= read.is_none();
        *value = read.unwrap_or_default();
    }
}

/// Puts exports together as if their files had lain in one folder; gives the settings that all were made with.
///
/// # Errors
/// When they do not belong together.
pub fn merge(exports: Vec<Export>) -> Result<(Deliveries, Option<String>), Damage> {
    let mut exports = exports.into_iter().enumerate();
    let Some((_, first)) = exports.next() else { return Ok((Deliveries::default(), None)) };
    let (settings, year) = (first.kept.settings.clone(), first.kept.year);
    let (mut whole, mut files) = (first.deliveries, first.kept.files);
    for (at, next) in exports {
        if next.kept.settings != settings {
            return Err(Damage::Settings(0, at));
        }
        if next.kept.year != year {
            return Err(Damage::Years(year, next.kept.year));
        }
        if next.deliveries.folder_year != whole.folder_year {
            whole.folder_year = None;
        }
        whole.other.extend(next.deliveries.other);
        whole.listing.append(next.deliveries.listing);
        for (delivery, kept) in next.deliveries.files.into_iter().zip(next.kept.files) {
            match files.iter().find(|file| file.file == kept.file) {
                Some(file) if *file == kept => {}
                Some(_) => return Err(Damage::TwoFiles(kept.file)),
                None => {
                    whole.files.push(delivery);
                    files.push(kept);
                }
            }
        }
    }
    whole.other.sort();
    whole.other.dedup();
    whole.files.sort_by(|one, other| one.source.file.as_bytes().cmp(other.source.file.as_bytes()));
    Ok((whole, settings))
}
