//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, PROCEDURE};

/// The form.
pub static FORM: Form = Form {
    name: "copertura",
    sheet: "Copertura",
    title: "ELENCO DI COPERTURA",
    labels: &[PROCEDURE],
    choices: &[],
    signed: &[],
    examples: &[
        &["1", "Ufficio Protocollo (esempio)", "SI", "15/11/2019", ""],
        &["2", "Ufficio Personale (esempio)", "NO", "", "rinviato all’anno dopo"],
    ],
    notes: &[Text::new(
        "Una riga per ogni ufficio, o per ogni voce, che doveva fare l’adempimento: con SI o con NO. Nessuna riga resta senza risposta.",
        "One row per office, or item, that had to do it: with SI or with NO. No row is left without an answer.",
    )],
};
