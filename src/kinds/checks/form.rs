//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, PROCEDURE};

/// The form.
pub static FORM: Form = Form {
    name: "verifiche",
    sheet: "Verifiche",
    title: "VERIFICA DEI TARGET",
    labels: &[PROCEDURE],
    choices: &[("goal", &["mantenimento", "incremento", "incremento/mantenimento", "riduzione"])],
    signed: &[],
    examples: &[
        &["1", "Errore medio sul primo invio (esempio)", "< 5%", "", "4,39%", "SI", ""],
        &["2", "Clienti con indirizzo e-mail (esempio)", "incremento/mantenimento", "37,03%", "36,44%", "NO", ""],
        &["3", "Invio della relazione (esempio)", "entro 10 gg", "", "8 gg", "SI", ""],
    ],
    notes: &[
        Text::new(
            "Una riga per ogni target. Basta RAGGIUNTO (SI/NO), oppure VALORE ATTESO e VALORE RILEVATO: se ci sono tutti, devono dire la stessa cosa.",
            "One row per target. RAGGIUNTO (SI/NO) is enough, or VALORE ATTESO and VALORE RILEVATO: when all are there, they must say the same.",
        ),
        Text::new(
            "VALORE ATTESO si scrive così: «< 5%», «almeno 80%», «entro 10 gg», «incremento», «mantenimento», «riduzione».",
            "VALORE ATTESO is written like this: “< 5%”, “almeno 80%”, “entro 10 gg”, “incremento”, “mantenimento”, “riduzione”.",
        ),
    ],
};
