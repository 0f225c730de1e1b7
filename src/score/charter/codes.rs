//! What scoring a standard can find.

use crate::finding::{Code, Severity, Text};
pub use crate::kinds::charter::ZERO_WITHOUT_CASES;

/// Values that cannot be compared: the declared result stands in.
pub static DECLARED_COUNTS: Code = Code {
    id: "P001",
    slug: "declared-result-counts",
    severity: Severity::Warning,
    message: Text::new(
        "{planned} e {measured} non si possono confrontare: conta il risultato dichiarato, {declared}",
        "{planned} and {measured} cannot be compared: the declared result counts, {declared}",
    ),
    help: Text::new(
        "scrivere valore programmato e rilevato nella stessa unità (25 gg.)",
        "write planned and measured values in the same unit (25 gg.)",
    ),
};

/// Values that cannot be compared, and no declared result.
pub static ROW_INCOMPLETE: Code = Code {
    id: "P002",
    slug: "row-incomplete",
    severity: Severity::Error,
    message: Text::new(
        "lo standard non si può valutare: programmato {planned}, rilevato {measured}, nessun risultato dichiarato",
        "the standard cannot be scored: planned {planned}, measured {measured}, no declared result",
    ),
    help: Text::new(
        "scrivere il valore rilevato, oppure N.C. se non ci sono stati casi",
        "write the measured value, or N.C. when there were no cases",
    ),
};

/// A declared result that is not the computed one.
pub static DECLARED_DIFFERS: Code = Code {
    id: "P003",
    slug: "declared-result-differs",
    severity: Severity::Warning,
    message: Text::new(
        "risultato dichiarato {declared}, dai valori risulta {computed}: conta quello calcolato",
        "declared result {declared}, the values give {computed}: the computed one counts",
    ),
    help: Text::new(
        "controllare i valori della riga e correggere il risultato",
        "check the row's values and mend the result",
    ),
};

/// A deviation that nobody explains.
pub static NO_REASON: Code = Code {
    id: "P004",
    slug: "deviation-without-reason",
    severity: Severity::Warning,
    message: Text::new(
        "scostamento del {deviation}% senza motivazione nelle note",
        "deviation of {deviation}% without a reason in the notes",
    ),
    help: Text::new(
        "scrivere nelle note il motivo dello scostamento",
        "write the reason of the deviation in the notes",
    ),
};

/// Different units or clocks, compared as they are.
pub static DIFFERENT_CLOCKS: Code = Code {
    id: "P005",
    slug: "different-clocks",
    severity: Severity::Warning,
    message: Text::new(
        "{planned} e {measured} hanno unità diverse: {why}",
        "{planned} and {measured} have different units: {why}",
    ),
    help: Text::new("usare la stessa unità per programmato e rilevato", "use the same unit for planned and measured"),
};

/// Not counted, yet with a result; or the other way round.
pub static NOT_COUNTED_CONTRADICTED: Code = Code {
    id: "P006",
    slug: "not-counted-contradicted",
    severity: Severity::Warning,
    message: Text::new(
        "rilevato {measured} ma risultato {declared}: {counts}",
        "measured {measured} but result {declared}: {counts}",
    ),
    help: Text::new(
        "scrivere N.C. in entrambe le celle, o il valore in entrambe",
        "write N.C. in both cells, or a value in both",
    ),
};

/// A share beside a plain fraction.
pub static SHARE_SCALE: Code = Code {
    id: "P007",
    slug: "share-scale",
    severity: Severity::Error,
    message: Text::new(
        "programmato {planned} e rilevato {measured}: frazione o percentuale?",
        "planned {planned} and measured {measured}: a fraction or a percentage?",
    ),
    help: Text::new(
        "scrivere il rilevato con il segno di percentuale: 95%",
        "write the measured value with a percent sign: 95%",
    ),
};

/// Days that look like hours.
pub static LOOKS_LIKE_HOURS: Code = Code {
    id: "P009",
    slug: "looks-like-hours",
    severity: Severity::Warning,
    message: Text::new(
        "programmato {planned} e rilevato {measured}, senza unità: {measured} sembra in ore; letto in giorni",
        "planned {planned} and measured {measured}, without a unit: {measured} looks like hours; read as days",
    ),
    help: Text::new(
        "scrivere l’unità nella cella o nell’intestazione (ore, gg.)",
        "write the unit in the cell or in the header (ore, gg.)",
    ),
};

/// Days that look like shares.
pub static LOOKS_LIKE_SHARES: Code = Code {
    id: "P012",
    slug: "looks-like-shares",
    severity: Severity::Warning,
    message: Text::new(
        "programmato {planned} e rilevato {measured}, senza unità: sembrano percentuali (0,9 = 90%); letti in giorni",
        "planned {planned} and measured {measured}, without a unit: they look like percentages (0.9 = 90%); read as days",
    ),
    help: Text::new(
        "dare alle celle il formato Percentuale, o scrivere l’unità nell’intestazione (%, gg.)",
        "give the cells the Percentage format, or write the unit in the header (%, gg.)",
    ),
};

/// Somebody left a reminder in the notes.
pub static REMINDER: Code = Code {
    id: "C030",
    slug: "reminder-left",
    severity: Severity::Warning,
    message: Text::new("nota lasciata come promemoria: «{seen}»", "a reminder was left in the notes: \"{seen}\""),
    help: Text::new(
        "verificare il valore e togliere la nota prima di pubblicare",
        "check the value and remove the note before publishing",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[
    &DECLARED_COUNTS,
    &ROW_INCOMPLETE,
    &DECLARED_DIFFERS,
    &NO_REASON,
    &DIFFERENT_CLOCKS,
    &NOT_COUNTED_CONTRADICTED,
    &SHARE_SCALE,
    &LOOKS_LIKE_HOURS,
    &LOOKS_LIKE_SHARES,
    &ZERO_WITHOUT_CASES,
    &REMINDER,
    &super::direction::DIRECTION_IN_DOUBT,
];
