//! What one file may still cost while it is read, and what was found in it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::package::MOST_RATIO;
use super::sniff::{self, Content};
use super::xml::DOCTYPE;
use super::{Limits, Passwords};
use crate::finding::{Code, Finding, Findings, Lang, Severity, Text, Word};
use crate::place::Place;

pub(super) static DAMAGED: Code = Code {
    id: "F005",
    slug: "damaged",
    severity: Severity::Error,
    message: Text::new(
        "Il file è troncato o danneggiato: {part} non si legge fino in fondo ({why}).",
        "The file is truncated or damaged: {part} cannot be read to its end ({why}).",
    ),
    help: Text::new(
        "Chiedete all'ufficio una copia nuova; se il file si apre in Excel, salvatelo di nuovo con un altro nome. Ciò che sta prima del danno è stato letto, il resto manca.",
        "Ask the office for a fresh copy; if the file opens in Excel, save it again under another name. What stands before the damage was read, the rest is missing.",
    ),
};

pub(super) static OVER_BUDGET: Code = Code {
    id: "F006",
    slug: "over-budget",
    severity: Severity::Error,
    message: Text::new(
        "Il file non è stato letto perché supera il limite di {what} ({limit}).",
        "The file was not read because it exceeds the limit of {what} ({limit}).",
    ),
    help: Text::new(
        "Un foglio di monitoraggio è molto più piccolo: eliminate righe e colonne riempite per sbaglio fino in fondo al foglio, oppure dividete il file.",
        "A monitoring sheet is far smaller: delete rows and columns filled by mistake down to the end of the sheet, or split the file.",
    ),
};

pub(super) static PARTLY_READ: Code = Code {
    id: "F011",
    slug: "partly-read",
    severity: Severity::Warning,
    message: Text::new("Una parte del file non si legge: {what}.", "A part of the file cannot be read: {what}."),
    help: Text::new(
        "Il resto è stato letto. Aprite il file in Excel, controllate la parte indicata e salvatelo di nuovo.",
        "The rest was read. Open the file in Excel, check the part named and save it again.",
    ),
};

/// More sheets than any workbook of an office; each costs something, even when all are one part named many times.
const MAX_SHEETS: u32 = 2_000;

/// After so many cells it is seen how long it takes.
const TIMED: u64 = 1 << 12;

/// Which limit was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    Bytes,
    Ratio,
    Cells,
    Sheets,
    Time,
    Memory,
}

/// What a file had cost at some point.
pub(super) struct Mark {
    cells: u64,
    inflated: u64,
}

/// One file being read.
pub(super) struct Job<'a> {
    pub(super) file: &'a Arc<str>,
    pub(super) limits: &'a Limits,
    pub(super) passwords: &'a Passwords,
    pub(super) findings: Findings,
    /// Whether the file was encrypted, and opened with a password.
    pub(super) unlocked: bool,
    started: Instant,
    cells: u64,
    sheets: u32,
    inflated: u64,
}

impl<'a> Job<'a> {
    pub(super) fn new(file: &'a Arc<str>, limits: &'a Limits, passwords: &'a Passwords) -> Self {
        let (findings, started) = (Findings::default(), Instant::now());
        Self { file, limits, passwords, findings, unlocked: false, started, cells: 0, sheets: 0, inflated: 0 }
    }

    pub(super) fn place(&self) -> Place {
        Place::file(self.file)
    }

    /// Counts one cell; the clock is looked at now and then.
    #[inline]
    pub(super) fn cell(&mut self) -> Result<(), Over> {
        self.cells(1)
    }

    /// What was counted so far.
    pub(super) fn mark(&self) -> Mark {
        Mark { cells: self.cells, inflated: self.inflated }
    }

    /// Takes back what was counted since, because it will be read once more.
    pub(super) fn back_to(&mut self, mark: &Mark) {
        (self.cells, self.inflated) = (mark.cells, mark.inflated);
    }

    /// Cells that may still be read.
    pub(super) fn cells_left(&self) -> u64 {
        self.limits.cells.saturating_sub(self.cells)
    }

    /// Counts cells that were read together.
    #[inline]
    pub(super) fn cells(&mut self, count: u64) -> Result<(), Over> {
        let before = self.cells;
        self.cells = before.saturating_add(count);
        if self.cells > self.limits.cells {
            return Err(Over::Cells);
        }
        if before / TIMED == self.cells / TIMED { Ok(()) } else { self.clock() }
    }

    /// Counts one sheet.
    pub(super) fn sheet(&mut self) -> Result<(), Over> {
        self.sheets += 1;
        if self.sheets > MAX_SHEETS { Err(Over::Sheets) } else { self.clock() }
    }

    /// Fails when the time is over.
    pub(super) fn clock(&self) -> Result<(), Over> {
        if self.started.elapsed() > Duration::from_secs(self.limits.seconds) { Err(Over::Time) } else { Ok(()) }
    }

    /// Counts bytes about to be unpacked.
    pub(super) fn inflate(&mut self, bytes: u64) -> Result<(), Over> {
        self.inflated = self.inflated.saturating_add(bytes);
        if self.inflated > self.limits.inflated_bytes { Err(Over::Bytes) } else { Ok(()) }
    }

    /// Bytes that may still be unpacked.
    pub(super) fn left(&self) -> u64 {
        self.limits.inflated_bytes.saturating_sub(self.inflated)
    }

    /// A part that is cut off or spoilt; one with a document type is whole, and refused.
    pub(super) fn damaged(&mut self, part: impl Into<Word>, why: impl Into<Word>) {
        let (part, why) = (part.into(), why.into());
        if matches!(&why, Word::Same(why) if why == DOCTYPE) {
            let (it, en) = (part.get(Lang::It), part.get(Lang::En));
            let what = Word::Both(
                format!("{it} contiene una dichiarazione DOCTYPE, che per sicurezza non si segue"),
                format!("{en} holds a DOCTYPE declaration, which is not followed, for safety"),
            );
            self.findings.push(Finding::new(&PARTLY_READ, self.place()).with("what", what).at(Severity::Error));
            return;
        }
        self.findings.push(Finding::new(&DAMAGED, self.place()).with("part", part).with("why", why));
    }

    /// A workbook without a sheet: links to other files and nothing else, or not as it should be.
    pub(super) fn without_sheets(&mut self, part: impl Into<Word>, has_links: bool) {
        if has_links {
            sniff::refuse(&Content::Not(sniff::LINKS_ONLY), self);
        } else {
            self.damaged(part, Text::new("non elenca alcun foglio", "it lists no sheet"));
        }
    }

    /// Something inside that had to be left out.
    pub(super) fn partly(&mut self, place: Place, what: impl Into<Word>) {
        self.findings.push(Finding::new(&PARTLY_READ, place).with("what", what));
    }

    /// The finding for a limit that was passed.
    pub(super) fn over(&mut self, over: Over) {
        let (what, limit) = match over {
            Over::Bytes => (Text::new("dimensione", "size"), format!("{} MiB", self.limits.inflated_bytes >> 20)),
            Over::Ratio => (Text::new("compressione", "compression"), format!("1:{MOST_RATIO}")),
            Over::Cells => (Text::new("celle", "cells"), self.limits.cells.to_string()),
            Over::Sheets => (Text::new("fogli", "sheets"), MAX_SHEETS.to_string()),
            Over::Time => (Text::new("tempo", "time"), format!("{} s", self.limits.seconds)),
            Over::Memory => (Text::new("memoria", "memory"), format!("{} MiB", self.limits.worker_memory >> 20)),
        };
        self.findings.push(Finding::new(&OVER_BUDGET, self.place()).with("what", what).with("limit", limit));
    }
}
