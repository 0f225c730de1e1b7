//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, Label};

/// The form.
pub static FORM: Form = Form {
    name: "costo-personale",
    sheet: "Costo del personale",
    title: "COSTO DEL PERSONALE",
    labels: &[Label {
        name: "Ente",
        help: Text::new(
            "L’ente o la società, se è lo stesso per tutte le righe",
            "The entity, when it is the same for all rows",
        ),
        example: "CCIAA Lucca",
    }],
    choices: &[],
    signed: &["difference", "variation"],
    examples: &[
        &["Società Alfa (esempio)", "", "2018", "92.710,27", "", "", ""],
        &["Società Alfa (esempio)", "", "2019", "99.768,05", "1.200,00", "7.057,78", "7,61"],
    ],
    notes: &[
        Text::new(
            "Una riga per ogni ente e per ogni anno, in euro e non in migliaia: anche gli anni passati, compreso l’anno base.",
            "One row per entity and year, in euro and not in thousands: earlier years too, the base year included.",
        ),
        Text::new(
            "DIFFERENZA e VARIAZIONE si possono lasciare vuote: il programma le calcola sull’anno base.",
            "DIFFERENZA and VARIAZIONE can be left empty: the program computes them on the base year.",
        ),
    ],
};
