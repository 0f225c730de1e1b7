//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, Label, YEAR};

/// The form.
pub static FORM: Form = Form {
    name: "standard",
    sheet: "Standard",
    title: "STANDARD DELLA CARTA DEI SERVIZI",
    labels: &[
        YEAR,
        Label {
            name: "Ufficio",
            help: Text::new(
                "L’ufficio, se è lo stesso per tutte le righe",
                "The office, when it is the same for all rows",
            ),
            example: "Ufficio Registro Imprese",
        },
    ],
    choices: &[
        ("measured", &["N.C.", "nessuna richiesta", "a vista", "nei termini", "fuori termine"]),
        ("declared", &["100", "N.C."]),
    ],
    signed: &[],
    examples: &[
        &[
            "3.2.1",
            "REGISTRO IMPRESE",
            "Rilascio di copie dall’archivio (esempio)",
            "Ufficio Registro Imprese",
            "Tempo massimo dalla richiesta",
            "7 gg.",
            "2 gg.",
            "100",
            "",
        ],
        &[
            "3.2.1",
            "REGISTRO IMPRESE",
            "Rilascio di visure allo sportello (esempio)",
            "Ufficio Registro Imprese",
            "Tempo di attesa",
            "a vista",
            "a vista",
            "100",
            "",
        ],
        &[
            "3.3.1",
            "MEDIAZIONE",
            "Primo incontro di mediazione (esempio)",
            "Ufficio Arbitrato e Conciliazione",
            "Tempo massimo dal deposito dell’istanza",
            "30 gg.",
            "33 gg.",
            "90",
            "un rinvio chiesto dalle parti",
        ],
        &[
            "3.1.2",
            "ACCESSO CIVICO",
            "Richiesta di accesso civico (esempio)",
            "Ufficio Segreteria",
            "Tempo massimo dalla domanda",
            "30 gg.",
            "nessuna richiesta",
            "N.C.",
            "",
        ],
    ],
    notes: &[
        Text::new(
            "Una riga per ogni standard della Carta. Scrivere il valore con la sua unità: «25 gg.», «24 ore», «15 minuti», «a vista», «95%».",
            "One row per standard of the Carta. Write the value with its unit: “25 gg.”, “24 ore”, “15 minuti”, “a vista”, “95%”.",
        ),
        Text::new(
            "Se nell’anno non c’è stato nessun caso scrivere «nessuna richiesta» o «N.C.»: lo standard non entra nella media.",
            "When there was no case in the year write “nessuna richiesta” or “N.C.”: the standard leaves the mean.",
        ),
        Text::new(
            "Se il valore rilevato va oltre lo standard, il motivo va scritto nella colonna NOTE.",
            "When the measured value is beyond the standard, the reason belongs in the column NOTE.",
        ),
    ],
};
