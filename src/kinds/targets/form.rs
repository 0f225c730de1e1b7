//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, YEAR};

/// The form.
pub static FORM: Form = Form {
    name: "target",
    sheet: "Target",
    title: "TARGET STRATEGICI",
    labels: &[YEAR],
    choices: &[("result", &["100%", "In corso", "sospeso", "N.C."])],
    signed: &[],
    examples: &[
        &["2C", "1", "Monitoraggio del polo tecnologico (esempio)", "100%", ""],
        &["2C", "2", "Certificazione delle competenze (esempio)", "In corso", ""],
        &[
            "3A",
            "1",
            "Riduzione delle spese di funzionamento (esempio)",
            "+3,6% rispetto al 2018",
            "un testo resta un testo: non ha punteggio",
        ],
    ],
    notes: &[Text::new(
        "Una riga per ogni target. Una percentuale va scritta con il segno %: «100%». «In corso» e «sospeso» non contano; ogni altro testo è riportato com’è.",
        "One row per target. A percentage is written with the sign %: “100%”. “In corso” and “sospeso” do not count; any other text is shown as it is.",
    )],
};
