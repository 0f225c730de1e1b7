//! What reading a cell can find, and what a column wants in words.

use crate::finding::{Code, Severity, Text};
use crate::kinds::Content;

/// A cell that holds an error value.
pub static ERROR_CELL: Code = Code {
    id: "C001",
    slug: "error-cell",
    severity: Severity::Error,
    message: Text::new(
        "la cella contiene l’errore {seen}; serve un valore",
        "the cell holds the error {seen}; a value is wanted",
    ),
    help: Text::new(
        "correggere la formula o scrivere il valore, poi salvare e rimandare il foglio",
        "mend the formula or type the value, then save and send the sheet again",
    ),
};

/// A formula whose result the file does not carry.
pub static UNSTORED_FORMULA: Code = Code {
    id: "C002",
    slug: "formula-without-result",
    severity: Severity::Error,
    message: Text::new(
        "la formula non ha un risultato salvato nel file: il valore non si può leggere",
        "the formula has no stored result in the file: its value cannot be read",
    ),
    help: Text::new(
        "aprire il file con Excel o LibreOffice, lasciare che ricalcoli, salvare e rimandarlo",
        "open the file in Excel or LibreOffice, let it recalculate, save and send it again",
    ),
};

/// A stored zero that nobody computed.
pub static UNCOMPUTED_ZERO: Code = Code {
    id: "C003",
    slug: "zero-never-computed",
    severity: Severity::Error,
    message: Text::new(
        "la formula ha 0 come risultato, ma il file è stato scritto da un programma che non calcola: lo 0 non è affidabile",
        "the formula's result is 0, but the file was written by a program that does not calculate: the 0 cannot be trusted",
    ),
    help: UNSTORED_FORMULA_HELP,
};

const UNSTORED_FORMULA_HELP: Text = Text::new(
    "aprire il file con Excel o LibreOffice, lasciare che ricalcoli, salvare e rimandarlo",
    "open the file in Excel or LibreOffice, let it recalculate, save and send it again",
);

/// A unit that is no time and no share.
pub static UNIT_UNKNOWN: Code = Code {
    id: "C031",
    slug: "unit-unknown",
    severity: Severity::Error,
    message: Text::new(
        "l’unità di misura «{seen}» non è un tempo né una percentuale: i numeri senza unità della riga non sono stati usati",
        "the unit \"{seen}\" is no time and no percentage: the row's numbers without a unit were not used",
    ),
    help: Text::new(
        "scrivere gg, ore o %; per altre unità indicare il risultato dichiarato della riga",
        "write gg, ore or %; for other units give the declared result of the row",
    ),
};

/// A cell that does not fit its column.
pub static NOT_UNDERSTOOD: Code = Code {
    id: "C010",
    slug: "not-understood",
    severity: Severity::Error,
    message: Text::new("«{seen}» non si legge come {wanted}", "\"{seen}\" does not read as {wanted}"),
    help: Text::new(
        "scrivere nella cella solo {wanted}; le spiegazioni vanno nelle note",
        "write only {wanted} in the cell; explanations belong in the notes",
    ),
};

/// A date that the calendar does not have.
pub static IMPOSSIBLE_DATE: Code = Code {
    id: "C011",
    slug: "impossible-date",
    severity: Severity::Error,
    message: Text::new("la data «{seen}» non esiste", "the date \"{seen}\" does not exist"),
    help: Text::new("correggere giorno, mese o anno (prima il giorno)", "mend day, month or year (day first)"),
};

/// A percentage on a scale of its own.
pub static DOUBTFUL_SCALE: Code = Code {
    id: "C012",
    slug: "doubtful-scale",
    severity: Severity::Error,
    message: Text::new(
        "{seen} senza segno di percentuale, in una colonna dove gli altri valori arrivano a {others}: frazione o percentuale?",
        "{seen} without a percent sign, in a column whose other values reach {others}: a fraction or a percentage?",
    ),
    help: Text::new(
        "scrivere il valore con il segno di percentuale, per esempio 45%",
        "write the value with a percent sign, for example 45%",
    ),
};

/// A lone mark that the column reads both ways.
pub static BOTH_NOTATIONS: Code = Code {
    id: "C013",
    slug: "decimal-mark-undecided",
    severity: Severity::Error,
    message: Text::new(
        "«{seen}» può valere {first} o {second}: la colonna usa sia la virgola sia il punto come segno decimale",
        "\"{seen}\" can be {first} or {second}: the column uses both comma and point as decimal mark",
    ),
    help: Text::new(
        "scrivere il numero senza punto delle migliaia, con la virgola per i decimali",
        "write the number without thousands mark, with a comma before the decimals",
    ),
};

/// A date where something else is due.
pub static DATE_IN_DISGUISE: Code = Code {
    id: "C014",
    slug: "turned-into-date",
    severity: Severity::Error,
    message: Text::new(
        "la cella è una data ({seen}); serviva {wanted}: forse il programma ha trasformato in data quello che era scritto",
        "the cell is a date ({seen}); {wanted} was wanted: perhaps the program turned what was typed into a date",
    ),
    help: Text::new(
        "formattare la cella come Testo e riscrivere il valore",
        "format the cell as Text and type the value again",
    ),
};

/// A percentage above 100.
pub static ABOVE_HUNDRED: Code = Code {
    id: "C015",
    slug: "above-hundred",
    severity: Severity::Warning,
    message: Text::new("{seen} supera 100%: è stato usato così", "{seen} is above 100%: it was used as it is"),
    help: Text::new("controllare il valore e la sua scala", "check the value and its scale"),
};

/// A fraction without a percent format.
pub static DOUBTFUL_FRACTION: Code = Code {
    id: "C016",
    slug: "fraction-without-format",
    severity: Severity::Warning,
    message: Text::new(
        "{seen} senza segno né formato di percentuale: letto come frazione (0,9 = 90%)",
        "{seen} with neither percent sign nor percent format: read as a fraction (0.9 = 90%)",
    ),
    help: Text::new(
        "dare alla colonna il formato Percentuale, o scrivere 90%",
        "give the column the Percentage format, or write 90%",
    ),
};

/// A date so far from the reporting year that a digit is probably wrong.
pub static DISTANT_DATE: Code = Code {
    id: "C017",
    slug: "distant-date",
    severity: Severity::Warning,
    message: Text::new(
        "la data {seen} è lontana dal {year}: è stata usata così",
        "the date {seen} is far from {year}: it was used as it is",
    ),
    help: Text::new("controllare l’anno della data", "check the year of the date"),
};

/// A bare number where a percentage or a count may stand.
pub static NUMBER_OR_PERCENT: Code = Code {
    id: "C018",
    slug: "number-or-percentage",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» può essere un numero o una percentuale: letto come {seen}%",
        "\"{seen}\" can be a number or a percentage: read as {seen}%",
    ),
    help: Text::new(
        "scrivere il segno di percentuale, oppure che cosa si conta (12 eventi)",
        "write the percent sign, or what is counted (12 eventi)",
    ),
};

/// An amount below zero.
pub static BELOW_ZERO: Code = Code {
    id: "C019",
    slug: "below-zero",
    severity: Severity::Warning,
    message: Text::new("{seen} è sotto zero: è stato usato così", "{seen} is below zero: it was used as it is"),
    help: Text::new("controllare il segno dell’importo", "check the sign of the amount"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[
    &DISTANT_DATE,
    &NUMBER_OR_PERCENT,
    &DOUBTFUL_FRACTION,
    &ERROR_CELL,
    &UNSTORED_FORMULA,
    &UNCOMPUTED_ZERO,
    &NOT_UNDERSTOOD,
    &IMPOSSIBLE_DATE,
    &DOUBTFUL_SCALE,
    &BOTH_NOTATIONS,
    &DATE_IN_DISGUISE,
    &ABOVE_HUNDRED,
    &BELOW_ZERO,
    &UNIT_UNKNOWN,
];

/// What a column wants, in words.
pub const fn wanted(content: Content) -> Text {
    match content {
        Content::Text => Text::new("un testo", "a text"),
        Content::Code => Text::new("un codice", "a code"),
        Content::Measure => Text::new("una durata (25 gg.) o una percentuale", "a duration (25 gg.) or a percentage"),
        Content::Percent => Text::new("una percentuale o N.C.", "a percentage or N.C."),
        Content::Date => Text::new("una data", "a date"),
        Content::Amount => Text::new("un importo", "an amount"),
        Content::Number => Text::new("un numero", "a number"),
        Content::YesNo => Text::new("SI o NO", "SI or NO"),
        Content::Year => Text::new("un anno", "a year"),
        Content::Goal => {
            Text::new("un obiettivo (< 5%, entro 10 gg, mantenimento)", "a goal (< 5%, entro 10 gg, mantenimento)")
        }
        Content::Actual => Text::new("un valore misurato", "a measured value"),
    }
}
