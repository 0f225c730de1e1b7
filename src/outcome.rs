//! The outcome of a run: figures, findings and what was read. Made by `pipeline`, printed by `write` and the commands.

use std::sync::Arc;

use crate::finding::Findings;
use crate::score::Consolidation;

/// What became of one file: the basis of the sheet *Fonti* and of the JSON's `sources`.
#[derive(Debug, Clone, Default)]
pub struct FileSource {
    /// The file, relative to the folder.
    pub file: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its sheets; empty when it could not be read.
    pub sheets: Vec<SheetSource>,
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

/// The outcome of a run.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The figures.
    pub consolidation: Consolidation,
    /// What a person should know, sorted.
    pub findings: Findings,
    /// What was read.
    pub sources: Vec<FileSource>,
}
