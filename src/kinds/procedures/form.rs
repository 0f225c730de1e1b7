//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, YEAR};

/// The form.
pub static FORM: Form = Form {
    name: "procedimenti",
    sheet: "Procedimenti",
    title: "ELENCO DEI PROCEDIMENTI DA MONITORARE",
    labels: &[YEAR],
    choices: &[("result", &["100", "N.C."])],
    signed: &[],
    examples: &[
        &[
            "1",
            "Pagamento delle fatture (esempio)",
            "Responsabile del servizio",
            "rispetto dei tempi di pagamento a 30 gg. dalla data di protocollo",
            "Ufficio Ragioneria",
            "",
            "",
        ],
        &[
            "2",
            "Relazione annuale (esempio)",
            "Segreteria",
            "presentazione entro il termine",
            "Ufficio Segreteria",
            "100",
            "",
        ],
    ],
    notes: &[
        Text::new(
            "Una riga per ogni procedimento. Il nome deve essere lo stesso che si scrive accanto a «Procedimento:» nei fogli che lo provano.",
            "One row per procedure. Its name must be the one that stands beside “Procedimento:” in the sheets that prove it.",
        ),
        Text::new(
            "La colonna RISULTATO si compila solo quando nessun altro foglio prova il risultato.",
            "The column RISULTATO is filled in only when no other sheet proves the result.",
        ),
    ],
};
