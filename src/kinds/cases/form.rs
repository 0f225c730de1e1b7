//! The blank form: what its columns do not say.

use crate::finding::Text;
use crate::kinds::form::{Form, Label, PROCEDURE};

/// The form.
pub static FORM: Form = Form {
    name: "pratiche",
    sheet: "Pratiche",
    title: "REGISTRO DELLE PRATICHE",
    labels: &[
        PROCEDURE,
        Label {
            name: "Codice standard",
            help: Text::new(
                "Invece del procedimento: il codice dello standard che il foglio prova",
                "Instead of the procedure: the code of the standard that the sheet proves",
            ),
            example: "3.3.7",
        },
        Label {
            name: "Termine",
            help: Text::new(
                "Il termine e come si conta: 30 gg. dalla data di protocollo (giorni naturali) o (giorni lavorativi)",
                "The term and how it is counted: 30 gg. dalla data di protocollo (giorni naturali) or (giorni lavorativi)",
            ),
            example: "30 gg. dalla data di protocollo (giorni naturali)",
        },
    ],
    choices: &[],
    signed: &[],
    examples: &[
        &["1820/2019", "02/09/2019", "24/09/2019", "", "", "1.250,00", "22", "Alfa S.r.l. (esempio)", ""],
        &[
            "1821/2019",
            "03/09/2019",
            "10/10/2019",
            "",
            "15",
            "840,50",
            "22",
            "Beta S.p.A. (esempio)",
            "chiesti documenti il 10/9",
        ],
        &["1822/2019", "18/12/2019", "", "", "", "310,00", "", "Gamma S.n.c. (esempio)", "ancora aperta"],
    ],
    notes: &[
        Text::new(
            "Una riga per ogni pratica, anche se non è conclusa: in quel caso DATA FINE resta vuota.",
            "One row per case, even when it is not concluded: DATA FINE is then left empty.",
        ),
        Text::new(
            "Accanto a «Procedimento:» o a «Codice standard:» dire che cosa il foglio prova; basta uno dei due.",
            "Beside “Procedimento:” or “Codice standard:” say what the sheet proves; one of the two is enough.",
        ),
        Text::new(
            "I giorni si contano dal giorno dopo DATA INIZIO, meno i giorni di sospensione. DATA SCADENZA serve solo alle pratiche che hanno una scadenza propria.",
            "Days are counted from the day after DATA INIZIO, less the days of suspension. DATA SCADENZA is only for cases with a due date of their own.",
        ),
    ],
};
