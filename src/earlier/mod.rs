//! What a run of an earlier year left in its JSON record: the figures to compare with, and the files it came from.
//!
//! Needs the bytes of a record, schema `allegati/1`; gives an [`Earlier`], or says why the file cannot be used. Pure:
//! `intake` finds the files and reads their bytes.

mod figure;
mod record;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use figure::{Absence, Figure, Part, Series, Unit};
pub use record::read;

use crate::finding::Text;

/// The figures of an earlier year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its reporting year.
    pub year: i16,
    /// Its public body, when it was known.
    pub body: Option<String>,
    /// Its figures, in the order of the record.
    pub figures: Vec<Figure>,
    /// Names of the files it was made from, by their SHA-256.
    pub files: BTreeMap<String, String>,
}

/// Why a file gives no earlier figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The file cannot be read from the disk.
    Unreadable,
    /// It is no JSON, is cut off, or a field of the record is not what it should be.
    Damaged,
    /// It is JSON of something else.
    NotOurs,
    /// It is a record of a schema that this program does not know.
    OtherSchema,
}

impl Refusal {
    /// Why, in words.
    pub const fn why(self) -> Text {
        match self {
            Self::Unreadable => Text::new("il file non si può leggere", "the file cannot be read"),
            Self::Damaged => Text::new("il file è danneggiato o troncato", "the file is damaged or cut off"),
            Self::NotOurs => Text::new("non è un risultato di questo programma", "it is no result of this program"),
            Self::OtherSchema => Text::new(
                "lo ha scritto una versione del programma che questa non conosce",
                "a version of the program that this one does not know wrote it",
            ),
        }
    }
}

/// A record that a run may compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The way to it from the folder of the sheets; its own name alone when there is no such way.
    pub name: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal; empty when it cannot be read.
    pub sha256: String,
    /// Whether a person named it; else it was found beside the results.
    pub asked: bool,
    /// What it says.
    pub content: Result<Earlier, Refusal>,
}

impl Given {
    /// A record from its bytes; `None` when they cannot be read.
    pub fn new(name: Arc<str>, asked: bool, bytes: Option<&[u8]>) -> Self {
        let sha256 = bytes.map(|bytes| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect());
        let content = bytes.map_or(Err(Refusal::Unreadable), read);
        Self { name, sha256: sha256.unwrap_or_default(), asked, content }
    }

    /// Whether it was found where a run of a year writes its own record: what is to be replaced, not compared with.
    pub fn is_own_of(&self, year: i16) -> bool {
        let file = self.name.rsplit('/').next().unwrap_or(&self.name);
        !self.asked && file == format!("Allegati-{year}.json")
    }
}

/// What the records given to a run of a year are, as lines to be hashed with its other inputs.
pub fn inputs(given: &[Given], year: i16) -> Vec<(Arc<str>, String)> {
    given.iter().filter(|one| !one.is_own_of(year)).map(|one| (one.name.clone(), one.sha256.clone())).collect()
}
