//! Evidence with one row per step: when due, when done.

mod fields;
mod form;

use super::Content::{Code, Date, Text as Free, YesNo};
use super::evidence::{NO_START, Rows, Step};
use super::reader::{Read, RowReader};
use super::{Kind, NOTES, column};
use crate::finding::{Severity, Text};

/// The kind.
pub static KIND: Kind = Kind {
    id: "steps",
    title: Text::new("Scadenze degli adempimenti", "Deadlines of steps"),
    evidence: true,
    columns: &[
        column(
            "number",
            "N.",
            Code,
            &["n", "numero", "num", "prog", "id", "n ord", "n step"],
            &[],
            Text::new("Numero d’ordine", "Number"),
        ),
        column(
            "step",
            "STEP",
            Free,
            &[
                "adempimento",
                "fase",
                "attività",
                "passo",
                "azione",
                "descrizione",
                "descrizione step",
                "descrizione attività",
                "step procedimento",
                "adempimenti",
                "fasi",
                "descrizione adempimento",
                "passaggio",
                "milestone",
                "attività da svolgere",
                "oggetto",
                "documento",
                "descrizione fase",
            ],
            &[],
            Text::new("Che cosa va fatto", "What must be done"),
        ),
        column(
            "office",
            "UFFICIO",
            Free,
            &[
                "ufficio responsabile",
                "struttura",
                "responsabile",
                "u.o.",
                "unità organizzativa",
                "ufficio competente",
                "servizio",
                "referente",
                "soggetto",
            ],
            &[],
            Text::new("Chi lo fa", "Who does it"),
        ),
        column(
            "due",
            "SCADENZA",
            Date,
            &[
                "data scadenza",
                "data prevista",
                "termine",
                "data programmata",
                "entro il",
                "scadenza prevista",
                "data di scadenza",
                "prevista",
                "data limite",
                "termine previsto",
                "scadenza programmata",
                "data attesa",
                "tempi previsti",
                "data pianificata",
                "da fare entro",
                "termine ultimo",
                "previsto",
                "programmato",
                "scadenza termine",
                "data entro cui",
                "entro",
                "data massima",
                "scad",
                "data di legge",
                "scadenza di legge",
                "data target",
            ],
            &[],
            Text::new("Entro quando", "By when"),
        ),
        column(
            "actual",
            "DATA EFFETTIVA",
            Date,
            &[
                "data",
                "data realizzazione",
                "data di realizzazione",
                "data adempimento",
                "effettiva",
                "realizzata il",
                "data effettuazione",
                "data consegna",
                "data invio",
                "data conclusione",
                "data esecuzione",
                "eseguito il",
                "data svolgimento",
                "effettivo",
                "data effettiva di realizzazione",
                "data trasmissione",
                "data completamento",
                "realizzato il",
                "data di effettuazione",
                "fatto il",
                "tempi effettivi",
                "data di completamento",
                "effettuato il",
                "effettuata il",
                "completato il",
                "concluso il",
                "effettuato il",
                "effettuata il",
                "completato il",
                "concluso il",
                "svolto il",
                "compiuto il",
                "adempiuto il",
                "data compimento",
                "data di adempimento",
                "data di esecuzione",
                "data di compimento",
                "data effett",
                "eseguita il",
                "inviato il",
                "trasmesso il",
                "data di trasmissione",
                "data di invio",
                "fatto in data",
                "realizzazione",
                "conclusione",
            ],
            &[],
            Text::new("Quando è stato fatto; vuoto se non ancora", "When it was done; empty if not yet"),
        ),
        column(
            "met",
            "RISPETTATO (SI/NO)",
            YesNo,
            &[
                "rispettato",
                "nei termini",
                "rispetto termine",
                "rispetto scadenza",
                "rispetto",
                "esito",
                "entro i termini",
                "rispetto tempi",
                "ok",
                "in tempo",
                "rispetto tempistica",
            ],
            &[],
            Text::new("SI se nei termini", "SI when on time"),
        ),
        column("notes", "NOTE", Free, NOTES, &[], Text::new("Note", "Notes")),
    ],
    requires: &[&["due"], &["actual"]],
    context: &["step", "scadenzario", "adempimenti", "tempistica", "cronoprogramma", "rispetto tempi"],
    keys: &["step", "due", "actual"],
    values: &["due", "actual", "met"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of_evidence::<super::evidence::Step>(),
    read,
};

fn read(row: &mut RowReader<'_>) {
    let due = row.near_date("due");
    let (due, actual) = (row.settle("due", due), row.end_date("actual"));
    let met = row.yes_no("met");
    if met == Read::Unclear {
        row.not_understood("met", Severity::Warning);
    }
    // A date counts more than an answer that gives none.
    let met = if matches!(actual, Read::Empty) { row.told_out("met", met) } else { met };
    if matches!(due, Read::Empty | Read::NotCounted(_)) {
        let col = row.table.col("due").unwrap_or(0);
        let column = row.table.mapped("due").map(|mapped| mapped.header.clone()).unwrap_or_default();
        row.report(&NO_START, col, &[("column", column.into())]);
    }
    let (number, step, office) = (row.shown("number"), row.shown("step"), row.shown("office"));
    let at = row.row;
    let Some(evidence) = row.evidence.as_deref_mut() else { return };
    match (due, actual, &mut evidence.rows) {
        (Read::Value(due), actual @ (Read::Value(_) | Read::Empty | Read::NotCounted(_)), Rows::Steps(steps)) => {
            let not_counted =
                matches!(actual, Read::NotCounted(_)) || matches!(met, Read::NotCounted(_)) && actual == Read::Empty;
            let (actual, met) = (actual.value().copied(), met.value().copied());
            steps.push(Step { row: at, number, step, office, due, actual, met, not_counted });
        }
        _ => evidence.unread += 1,
    }
}
