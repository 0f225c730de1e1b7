//! Strategic targets and what became of them.

mod fields;
mod form;

use rust_decimal::Decimal;

use super::Content::{Code, Percent, Text as Free};
use super::reader::{NUMBER_OR_PERCENT, Origin, Read, RowReader, bare_code};
use super::{Kind, NOTES, column};
use crate::finding::Text;
use crate::sheet::format::FormatKind;
use crate::value::fold::words;
use crate::value::number;

/// The kind.
pub static KIND: Kind = Kind {
    id: "targets",
    title: Text::new("Target strategici", "Strategic targets"),
    evidence: false,
    columns: &[
        column(
            "objective",
            "OBIETTIVO STRATEGICO",
            Code,
            &[
                "obiettivo",
                "ob strategico",
                "codice obiettivo",
                "cod obiettivo",
                "obiettivi strategici",
                "obiettivo strat",
                "area strategica",
                "linea strategica",
                "ob",
                "cod ob strategico",
            ],
            &["codice"],
            Text::new("Codice dell’obiettivo strategico: 2C", "Code of the strategic objective: 2C"),
        ),
        column(
            "target",
            "TARGET",
            Code,
            &["n target", "numero target", "n", "target n", "cod target", "codice target", "num", "target strategico"],
            &[],
            Text::new("Numero del target", "Number of the target"),
        ),
        column(
            "description",
            "DESCRIZIONE",
            Free,
            &[
                "descrizione target",
                "descrizione del target",
                "contenuto",
                "testo target",
                "oggetto",
                "azione",
                "descr",
                "attività",
                "descrizione attività",
            ],
            &[],
            Text::new("Che cosa si voleva raggiungere", "What was to be reached"),
        ),
        column(
            "result",
            "RISULTATO CONSEGUITO % E/O NUMERO",
            Percent,
            &[
                "risultato conseguito",
                "risultato",
                "risultato raggiunto",
                "esito",
                "% realizzazione",
                "realizzazione",
                "risultato % o numero",
                "stato di attuazione",
                "percentuale di realizzazione",
                "risultato ottenuto",
                "consuntivo",
                "grado di raggiungimento",
                "% raggiungimento",
                "risultato conseguito %",
                "risultato finale",
                "valore conseguito",
                "livello di realizzazione",
                "% conseguita",
                "% raggiunta",
                "% conseguito",
                "% raggiunto",
                "% di raggiungimento",
                "% di conseguimento",
                "% di realizzazione",
                "livello di raggiungimento",
                "livello di conseguimento",
                "grado di conseguimento",
                "percentuale conseguita",
                "percentuale raggiunta",
                "risultato a consuntivo",
                "stato di realizzazione",
                "stato avanzamento",
                "% raggiungimento target",
            ],
            &["valore", "stato"],
            Text::new("Percentuale, sospeso, In corso, o un testo", "Percentage, sospeso, In corso, or a text"),
        ),
        column("notes", "NOTE", Free, NOTES, &[], Text::new("Note", "Notes")),
    ],
    requires: &[&["objective"], &["target"], &["result"]],
    context: &["target strategici", "target"],
    keys: &["objective", "target", "description"],
    values: &["result", "description"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of::<Record>(),
    read,
};

/// One target.
#[derive(Debug, Clone)]
pub struct Record {
    /// Code of the strategic objective.
    pub objective: String,
    /// Number of the target.
    pub target: String,
    /// What was to be reached.
    pub description: String,
    /// Result as shown.
    pub text: String,
    /// Result.
    pub result: Read<Decimal>,
    /// Where it stands.
    pub origin: Origin,
}

fn read(row: &mut RowReader<'_>) {
    number_or_percent(row);
    row.no_day("objective");
    row.no_day("target");
    let record = Record {
        objective: bare_code(&row.carried_text("objective")).to_owned(),
        target: bare_code(&row.text("target")).to_owned(),
        description: row.text("description"),
        result: row.score("result"),
        text: row.shown("result"),
        origin: row.origin(),
    };
    row.records.targets.push(record);
}

/// Under `% e/o numero` a bare 12 can be twelve events.
fn number_or_percent(row: &mut RowReader<'_>) {
    let counts =
        row.table.mapped("result").is_some_and(|mapped| words(&mapped.header).iter().any(|word| word == "numero"));
    let Some((col, cell)) = row.cell("result").filter(|_| counts) else { return };
    let seen = row.sheet.shown(cell);
    let bare = matches!(row.sheet.format(cell).kind, FormatKind::General | FormatKind::Number | FormatKind::Text)
        && number::scan(&seen).is_some_and(|number| number.sure != Some(Decimal::ONE_HUNDRED));
    if bare {
        row.report(&NUMBER_OR_PERCENT, col, &[("seen", seen.into())]);
    }
}
