//! The nothing-lost ledger: what became of every non-empty cell of a sheet. Its counts add up to the sheet's cells.

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Above a table: title or label.
    Title,
    /// A header, or the header once more.
    Header,
    /// Read as a value of a record.
    Value,
    /// A section's title.
    Section,
    /// A declared total or mean, compared with the rows.
    Total,
    /// A signature, footnote, date of compilation, or text below the table.
    Note,
    /// In a column that no kind declares.
    UnknownColumn,
    /// In a column of another year or of a part of the year.
    OtherPeriod,
    /// In a sheet of instructions of a blank form, as this program wrote it.
    Ignored,
    /// In a sheet or table that is not consolidated; a finding says why.
    NotConsolidated,
    /// In a row or column that could not be used; a finding says why.
    Finding,
    /// Nowhere: there must be none.
    Unaccounted,
}

impl Fate {
    /// Every fate, in the order of the counts.
    pub(super) const ALL: [Self; 12] = [
        Self::Title,
        Self::Header,
        Self::Value,
        Self::Section,
        Self::Total,
        Self::Note,
        Self::UnknownColumn,
        Self::OtherPeriod,
        Self::Ignored,
        Self::NotConsolidated,
        Self::Finding,
        Self::Unaccounted,
    ];

    /// The fate with a word of the JSON.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.id() == id)
    }

    /// The word in the JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Header => "header",
            Self::Value => "value",
            Self::Section => "section",
            Self::Total => "total",
            Self::Note => "note",
            Self::UnknownColumn => "unknown_column",
            Self::OtherPeriod => "other_period",
            Self::Ignored => "ignored",
            Self::NotConsolidated => "not_consolidated",
            Self::Finding => "finding",
            Self::Unaccounted => "unaccounted",
        }
    }
}

/// Counts of cells by fate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    counts: [u32; Fate::ALL.len()],
}

impl Ledger {
    /// Counts so many cells.
    pub fn add(&mut self, fate: Fate, cells: u32) {
        self.counts[fate as usize] += cells;
    }

    /// The counts, in a fixed order.
    pub fn counts(&self) -> Vec<(&'static str, u32)> {
        let counts = Fate::ALL.iter().zip(self.counts);
        counts.filter(|(_, count)| *count > 0).map(|(fate, count)| (fate.id(), count)).collect()
    }

    /// All cells counted.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }
}
