//! What each file gave before anything is compared with other files: what a folder is consolidated from.
//!
//! Made by `pipeline` from sheets, or by `exchange` from what an export kept of them; both are consolidated alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::Findings;
use crate::kinds::reader::Records;
use crate::outcome::FileSource;
use crate::parse::copies::Print;

/// What the sheets of one file say of the year and of the body; hidden and empty sheets say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ballot {
    /// Sheets by the year that their title, their name or the file's names.
    pub years: BTreeMap<i16, u32>,
    /// Sheets that say no year themselves, nor their file's name, by the year that its sub-folder names.
    pub folders: BTreeMap<i16, u32>,
    /// Public bodies named in titles, as written, one a sheet at most; one with a dash also without what follows it.
    pub bodies: Vec<String>,
    /// Cells that are dates, by year.
    pub dates: BTreeMap<i16, u32>,
    /// Cells that are numbers such as years.
    pub numbers: BTreeMap<i16, u32>,
}

impl Ballot {
    /// Adds what another says of the year.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.years, &other.years),
            (&mut self.folders, &other.folders),
            (&mut self.dates, &other.dates),
            (&mut self.numbers, &other.numbers),
        ];
        for (own, others) in pairs {
            others.iter().for_each(|(year, count)| *own.entry(*year).or_default() += count);
        }
    }
}

/// What one file gave.
#[derive(Debug, Default)]
pub struct Delivery {
    /// What became of it.
    pub source: FileSource,
    /// Whether its bytes came before under another name, so that nothing of it was taken.
    pub copy: bool,
    /// What it says of the year and of the body.
    pub ballot: Ballot,
    /// What is to be said of opening it.
    pub opening: Findings,
    /// What is to be said of its sheets.
    pub findings: Findings,
    /// Its records.
    pub records: Records,
    /// Texts that may speak of an office.
    pub names: Vec<String>,
    /// Prints of its tables of standards.
    pub prints: Vec<Print>,
}

impl Delivery {
    /// Leaves nothing of it but that it is a copy of another file.
    pub fn become_copy(&mut self) {
        let source = FileSource {
            file: self.source.file.clone(),
            sha256: std::mem::take(&mut self.source.sha256),
            ..FileSource::default()
        };
        *self = Self { source, copy: true, opening: std::mem::take(&mut self.opening), ..Self::default() };
    }
}

/// What a folder gave.
#[derive(Debug, Default)]
pub struct Deliveries {
    /// The year its sheets were read for.
    pub year: i16,
    /// The public body, when it is known.
    pub body: Option<String>,
    /// The year in the folder's own name.
    pub folder_year: Option<i16>,
    /// Names of files that are no spreadsheets.
    pub other: Vec<Arc<str>>,
    /// What is to be said of the folder itself.
    pub listing: Findings,
    /// Its files, by the byte order of their names.
    pub files: Vec<Delivery>,
}
