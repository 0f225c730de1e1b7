//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, Label, YEAR};

/// The form.
pub static FORM: Form = Form {
    name: "obiettivi",
    sheet: "Obiettivi",
    title: "OBIETTIVI E INDICATORI",
    labels: &[
        YEAR,
        Label {
            name: "Titolare",
            help: Text::new(
                "Di chi sono gli obiettivi, se sono tutti di uno: Ente, Segretario Generale",
                "Whose objectives they are, when all are of one: Ente, Segretario Generale",
            ),
            example: "Ente",
        },
    ],
    choices: &[("result", &["100", "N.C."])],
    signed: &[],
    examples: &[
        &[
            "1) Garantire i livelli di servizio (esempio)",
            "1",
            "Rispetto degli standard della Carta",
            "2",
            "",
            "95",
            "",
            "Ente",
            "",
        ],
        &[
            "1) Garantire i livelli di servizio (esempio)",
            "2",
            "Relazione sulle attività svolte",
            "1",
            "",
            "100",
            "",
            "Ente",
            "",
        ],
        &[
            "2) Prima applicazione della riforma (esempio)",
            "1",
            "Partecipazione alle linee formative",
            "",
            "",
            "N.C.",
            "",
            "Ente",
            "rinviata",
        ],
    ],
    notes: &[
        Text::new(
            "Una riga per ogni indicatore; l’obiettivo, con il suo numero, si ripete a ogni riga. Un obiettivo senza indicatori ha una riga sola.",
            "One row per indicator; the objective, with its number, is repeated in each row. An objective without indicators has a single row.",
        ),
        Text::new(
            "I pesi vuoti valgono 1. La colonna RISULTATO OBIETTIVO si può lasciare vuota: la percentuale si calcola dagli indicatori. La colonna TITOLARE serve solo se nel foglio ci sono obiettivi di più titolari.",
            "Empty weights are 1. The column RISULTATO OBIETTIVO can stay empty: the percentage is computed from the indicators. The column TITOLARE is needed only when the sheet has objectives of several holders.",
        ),
    ],
};
