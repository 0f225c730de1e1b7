//! The outcome of a run: figures, findings and what was read. Made by `pipeline`, printed by `write` and the commands.

use std::sync::Arc;

use crate::finding::Findings;
use crate::score::Consolidation;
use crate::settings::Respect;
use crate::sheet::{Sheet, Visibility};

/// What became of one file: the basis of the sheet *Fonti* and of the JSON's `sources`.
#[derive(Debug, Clone, Default)]
pub struct FileSource {
    /// The file, relative to the folder.
    pub file: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its sheets; empty when it could not be read.
    pub sheets: Vec<SheetSource>,
    /// Whether it is a blank form that nobody filled in.
    pub blank: bool,
}

/// What became of one sheet.
#[derive(Debug, Clone, Default)]
pub struct SheetSource {
    /// Its name.
    pub name: String,
    /// The kind that claimed it (the first table's), when one did.
    pub kind: Option<&'static str>,
    /// 1-based rows of the header, as Excel shows them.
    pub header_rows: Vec<u32>,
    /// How many records it gave.
    pub records: u32,
    /// Why it was taken or not, in Italian and English.
    pub why: (String, String),
    /// Non-empty cells by what became of them: `title`, `header`, `value`, `section`, `total`, `note`, `ignored`…
    pub ledger: Vec<(&'static str, u32)>,
}

/// An office that must send something, and the files that speak of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterOffice {
    /// Its name, as the settings have it.
    pub name: String,
    /// Files whose name, sheets, titles or rows speak of it; empty when it is missing.
    pub files: Vec<Arc<str>>,
}

/// The outcome of a run.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The figures.
    pub consolidation: Consolidation,
    /// What a person should know, sorted.
    pub findings: Findings,
    /// What was read.
    pub sources: Vec<FileSource>,
    /// SHA-256 of everything it was made from, as [`crate::intake::fingerprint`] gives it.
    pub inputs_sha256: String,
    /// The offices of the roster, in its order; empty when the settings have none.
    pub roster: Vec<RosterOffice>,
    /// How a standard that is not kept is scored.
    pub respect: Respect,
    /// Files with findings, as they were read; only when the run was asked to keep them.
    pub kept: Vec<KeptFile>,
}

/// A file as it was read: what its marked-up copy is made from.
#[derive(Debug, Clone, Default)]
pub struct KeptFile {
    /// The file, relative to the folder.
    pub file: Arc<str>,
    /// Whether a password protects it: what it says must not be written where everybody can read it.
    pub protected: bool,
    /// Its sheets, in the order of the file.
    pub sheets: Vec<Sheet>,
}

/// What was recognised in one file, and why: what `inspect` shows.
#[derive(Debug, Clone, Default)]
pub struct Inspection {
    /// The file, as it was named.
    pub file: Arc<str>,
    /// Its sheets, in the order of the file; empty when it could not be read.
    pub sheets: Vec<InspectedSheet>,
    /// What a person should know about this file alone, sorted.
    pub findings: Findings,
}

/// What was recognised in one sheet.
#[derive(Debug, Clone, Default)]
pub struct InspectedSheet {
    /// Its name.
    pub name: String,
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// Its tables, from top to bottom; empty when no kind claims it.
    pub tables: Vec<InspectedTable>,
    /// Kinds that came near, nearest first: id, how much of their columns was found in percent, columns they lacked.
    pub candidates: Vec<(String, u8, Vec<String>)>,
    /// Of the nearest kind, headers that could be the columns it lacks: kind, column, header.
    pub proposals: Vec<(&'static str, &'static str, String)>,
    /// Non-empty cells by what became of them, as in [`SheetSource::ledger`].
    pub ledger: Vec<(&'static str, u32)>,
    /// Why it was taken or not, in Italian and English.
    pub why: (String, String),
}

/// What was recognised in one table of a sheet.
#[derive(Debug, Clone, Default)]
pub struct InspectedTable {
    /// The kind that claimed it.
    pub kind: &'static str,
    /// Text of the title above it; empty when it has none.
    pub title: String,
    /// Labels found around it, with their values: (`Procedimento`, `2 fatture passive`).
    pub labels: Vec<(String, String)>,
    /// 1-based rows of the header, as Excel shows them.
    pub header_rows: Vec<u32>,
    /// Its columns from left to right, those that no column of the kind explains included.
    pub columns: Vec<InspectedColumn>,
    /// How many records it gave.
    pub records: u32,
    /// Why this kind, in Italian and English.
    pub why: (String, String),
}

/// What one column of a table was taken for.
#[derive(Debug, Clone, Default)]
pub struct InspectedColumn {
    /// Its letters.
    pub letters: String,
    /// Text of its header.
    pub header: String,
    /// Id of the kind's column; `None` when it is none of them.
    pub column: Option<&'static str>,
    /// How sure that is; 100 for a declared spelling.
    pub confidence_percent: u8,
    /// Why, in Italian and English.
    pub why: (String, String),
}
