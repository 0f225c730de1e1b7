//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, YEAR};

/// The form.
pub static FORM: Form = Form {
    name: "risorse",
    sheet: "Risorse",
    title: "RISORSE PER OBIETTIVO STRATEGICO",
    labels: &[YEAR],
    choices: &[],
    signed: &[],
    examples: &[
        &[
            "2C",
            "Sostenere lo sviluppo d’impresa (esempio)",
            "811.100,00",
            "806.400,00",
            "0,00",
            "804.565,48",
            "800.176,54",
            "0,00",
        ],
        &["3C", "Gestione del patrimonio (esempio)", "0,00", "2.135,00", "95.000,00", "0,00", "2.135,00", "2.654,35"],
    ],
    notes: &[Text::new(
        "Una riga per ogni obiettivo strategico, in euro e non in migliaia. Dove non è previsto nulla scrivere 0.",
        "One row per strategic objective, in euro and not in thousands. Where nothing is planned write 0.",
    )],
};
