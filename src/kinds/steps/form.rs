//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, PROCEDURE};

/// The form.
pub static FORM: Form = Form {
    name: "scadenze",
    sheet: "Scadenze",
    title: "SCADENZE DEGLI ADEMPIMENTI",
    labels: &[PROCEDURE],
    choices: &[],
    signed: &[],
    examples: &[
        &["1", "Relazione sul primo trimestre (esempio)", "Segreteria", "30/04/2019", "28/04/2019", "SI", ""],
        &[
            "2",
            "Relazione sul secondo trimestre (esempio)",
            "Segreteria",
            "31/07/2019",
            "02/08/2019",
            "NO",
            "attesa di un parere",
        ],
        &["3", "Relazione sul terzo trimestre (esempio)", "Segreteria", "31/10/2019", "", "", "non ancora fatta"],
    ],
    notes: &[
        Text::new(
            "Una riga per ogni adempimento. Se non è ancora stato fatto, DATA EFFETTIVA resta vuota.",
            "One row per step. When it is not done yet, DATA EFFETTIVA is left empty.",
        ),
        Text::new(
            "La colonna RISPETTATO si può lasciare vuota: contano le date.",
            "The column RISPETTATO can be left empty: the dates count.",
        ),
    ],
};
