//! The rules that give scores, by name.

use crate::finding::Text;

/// Which rule gave a row its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// Measured within planned: 100.
    WithinStandard,
    /// 100 less the deviation.
    Linear,
    /// 0 beyond the standard.
    Binary,
    /// Planned over measured.
    Ratio,
    /// Stated in words: `nei termini`, `fuori termine`, `sempre disponibile`.
    Stated,
    /// The result the office declared, since the values cannot be compared.
    Declared,
    /// Evidence: cases, steps, checks, coverage.
    Evidence,
    /// A link to other figures.
    Link,
    /// Mean of the indicators.
    WeightedMean,
    /// Read from the sheet.
    Read,
    /// N.C.
    NotCounted,
    /// None: the row is incomplete.
    #[default]
    None,
}

impl Rule {
    /// The rule in words, as it stands in the workbook beside what it produced.
    pub const fn label(self) -> crate::finding::Text {
        match self {
            Self::WithinStandard => Text::new("entro lo standard = 100", "within the standard = 100"),
            Self::Linear => Text::new("100 − scostamento %", "100 − deviation %"),
            Self::Binary => Text::new("oltre lo standard = 0", "beyond the standard = 0"),
            Self::Ratio => Text::new("programmato / rilevato × 100", "planned / measured × 100"),
            Self::Stated => Text::new("esito dichiarato a parole", "outcome stated in words"),
            Self::Declared => Text::new("risultato dichiarato dall’ufficio", "result declared by the office"),
            Self::Evidence => Text::new("calcolato dalle evidenze", "computed from the evidence"),
            Self::Link => Text::new("collegamento", "link"),
            Self::WeightedMean => Text::new("media ponderata degli indicatori", "weighted mean of the indicators"),
            Self::Read => Text::new("valore del foglio", "value of the sheet"),
            Self::NotCounted => Text::new("non conteggiato", "not counted"),
            Self::None => Text::new("da completare", "to be completed"),
        }
    }
}
