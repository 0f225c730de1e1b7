//! Evidence with one row per office or item: done or not.

mod fields;
mod form;

use super::Content::{Code, Date, Text as Free, YesNo};
use super::evidence::{Item, Rows};
use super::reader::{Read, RowReader};
use super::{Kind, NOTES, column};
use crate::finding::{Finding, Severity, Text};

/// The kind.
pub static KIND: Kind = Kind {
    id: "coverage",
    title: Text::new("Elenco di copertura", "Coverage list"),
    evidence: true,
    columns: &[
        column(
            "number",
            "N.",
            Code,
            &["n", "numero", "num", "prog", "id", "n ord"],
            &[],
            Text::new("Numero d’ordine", "Number"),
        ),
        column(
            "item",
            "UFFICIO",
            Free,
            &[
                "struttura",
                "unità organizzativa",
                "u.o.",
                "servizio",
                "voce",
                "area",
                "ente",
                "settore",
                "elemento",
                "sede",
                "unità",
                "soggetto",
                "ufficio struttura",
                "uffici",
                "documento",
                "adempimento",
                "attività",
                "partecipata",
                "obbligo",
                "sezione",
                "descrizione",
                "dipendente",
                "archivio",
                "processo",
                "responsabile",
                "titolare",
                "articolazione",
                "unità operativa",
                "ufficio servizio",
                "uffici servizi",
                "articolazione organizzativa",
                "direzione",
                "unità organizzative",
                "strutture",
            ],
            &[],
            Text::new("L’ufficio o la voce", "The office or item"),
        ),
        column(
            "done",
            "FATTO (SI/NO)",
            YesNo,
            &[
                "effettuato",
                "eseguito",
                "fatto",
                "completato",
                "svolto",
                "realizzato",
                "adempiuto",
                "si no",
                "esito",
                "effettuata",
                "eseguita",
                "completata",
                "svolta",
                "realizzata",
                "pubblicato",
                "trasmesso",
                "adottato",
                "presente",
                "attivato",
                "concluso",
                "conclusa",
                "scarto effettuato",
                "procedura effettuata",
                "adempimento effettuato",
                "consegnato",
                "formato",
                "aggiornato",
                "raggiunto",
                "inviato",
                "inserito",
                "approvato",
                "compilato",
                "adempimento eseguito",
                "adempimento svolto",
                "procedura svolta",
                "attività svolta",
            ],
            &["stato", "risultato"],
            Text::new("SI o NO", "SI or NO"),
        ),
        column(
            "date",
            "DATA",
            Date,
            &[
                "data effettuazione",
                "data scarto",
                "data adempimento",
                "quando",
                "data esecuzione",
                "data completamento",
                "in data",
                "data di effettuazione",
                "data realizzazione",
            ],
            &[],
            Text::new("Quando", "When"),
        ),
        column("notes", "NOTE", Free, NOTES, &[], Text::new("Note", "Notes")),
    ],
    requires: &[&["item"], &["done"]],
    context: &["scarto", "copertura", "adesione", "elenco uffici"],
    keys: &["item"],
    values: &["done"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of_evidence::<super::evidence::Item>(),
    read,
};

fn read(row: &mut RowReader<'_>) {
    let done = row.yes_no("done");
    let done = row.settle("done", done);
    if matches!(done, Read::NotCounted(_))
        && let Some(col) = row.table.col("done")
    {
        let finding = Finding::new(&super::evidence::LEFT_OUT, row.place(col)).with("seen", row.shown("done"));
        row.findings.push(finding.at(Severity::Info));
    }
    let (number, item) = (row.shown("number"), row.shown("item"));
    let at = row.row;
    let Some(evidence) = row.evidence.as_deref_mut() else { return };
    match (done, &mut evidence.rows) {
        (done @ (Read::Value(_) | Read::Empty), Rows::Coverage(items)) => {
            items.push(Item { row: at, number, item, done: done.value().copied() });
        }
        (Read::NotCounted(_), _) => {}
        _ => evidence.unread += 1,
    }
}
