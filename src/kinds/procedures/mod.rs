//! The plan: procedures to be monitored. They become Allegato 2.

mod fields;
mod form;

use rust_decimal::Decimal;

use super::Content::{Code, Percent, Text as Free};
use super::reader::{Origin, Read, RowReader, bare_code};
use super::{Kind, NOTES, column};
use crate::finding::Text;

/// The kind.
pub static KIND: Kind = Kind {
    id: "procedures",
    title: Text::new("Procedimenti da monitorare", "Procedures to monitor"),
    evidence: false,
    columns: &[
        column(
            "number",
            "N.",
            Code,
            &["n", "numero", "num", "n ord", "numero progressivo", "prog", "n procedimento", "id", "codice", "rif"],
            &[],
            Text::new("Numero d’ordine", "Number in the list"),
        ),
        column(
            "name",
            "PROCEDIMENTO",
            Free,
            &[
                "procedimento procedura",
                "procedimenti",
                "procedura",
                "denominazione procedimento",
                "descrizione procedimento",
                "procedimenti procedure",
                "procedimento da monitorare",
                "nome procedimento",
                "denominazione del procedimento",
                "procedure",
                "procedimento amministrativo",
                "procedura monitorata",
                "oggetto del procedimento",
                "titolo procedimento",
                "procedure da monitorare",
                "procedimenti da monitorare",
                "titolo procedura",
                "denominazione procedura",
                "nome procedura",
                "procedimento monitorato",
            ],
            &["denominazione", "descrizione", "oggetto", "processo"],
            Text::new("Nome del procedimento", "Name of the procedure"),
        ),
        column(
            "coordinator",
            "COORDINATORE",
            Free,
            &[
                "coordinatori",
                "responsabile",
                "responsabile procedimento",
                "referente",
                "responsabile del procedimento",
                "coordinamento",
                "rup",
                "responsabili",
                "referente procedimento",
                "coordinatore del procedimento",
                "coord",
                "capofila",
                "ufficio capofila",
                "coordinatore responsabile",
            ],
            &[],
            Text::new("Chi coordina", "Who coordinates"),
        ),
        column(
            "expected",
            "RISULTATO ATTESO E SISTEMA DI CONTROLLO",
            Free,
            &[
                "risultato atteso",
                "sistema di controllo",
                "risultati attesi",
                "target",
                "valore atteso",
                "obiettivo",
                "indicatore e target",
                "risultato atteso e controllo",
                "atteso",
                "modalità di controllo",
                "termine",
                "standard",
                "risultato previsto",
                "indicatore",
                "sistema di controllo e risultato atteso",
                "target atteso",
                "risultato atteso e indicatore",
                "valore obiettivo",
                "obiettivo atteso",
                "target previsto",
                "valore target",
            ],
            &[],
            Text::new("Che cosa si deve raggiungere e come si controlla", "What must be reached and how it is checked"),
        ),
        column(
            "source_office",
            "FONTE",
            Free,
            &[
                "fonte dati",
                "fonte dei dati",
                "ufficio fonte",
                "ufficio",
                "ufficio competente",
                "fonte del dato",
                "fonte di rilevazione",
                "ufficio responsabile",
                "struttura",
                "u.o.",
                "unità organizzativa",
                "fonti",
            ],
            &[],
            Text::new("L’ufficio che fornisce i dati", "The office that gives the data"),
        ),
        column(
            "result",
            "RISULTATO",
            Percent,
            &[
                "ris",
                "esito",
                "risultato %",
                "risultato conseguito",
                "risultato raggiunto",
                "risultato ottenuto",
                "% realizzazione",
                "realizzazione",
                "percentuale di realizzazione",
                "grado di raggiungimento",
                "esito %",
                "% raggiungimento",
                "risultato finale",
                "consuntivo",
                "risultato rilevato",
                "valore rilevato",
                "risultato percentuale",
                "% conseguita",
                "% raggiunta",
                "% conseguito",
                "% raggiunto",
                "% di raggiungimento",
                "% di conseguimento",
                "% di realizzazione",
                "livello di raggiungimento",
                "livello di conseguimento",
                "grado di conseguimento",
                "percentuale conseguita",
                "percentuale raggiunta",
                "valore conseguito",
                "risultato a consuntivo",
                "% rispetto dei termini",
                "% rispetto termini",
                "% di rispetto dei termini",
                "% entro i termini",
                "% entro termini",
                "% nei termini",
                "rispetto dei termini",
                "rispetto termini",
                "percentuale rispetto termini",
                "percentuale di rispetto dei termini",
                "percentuale entro i termini",
                "% rispetto dei tempi",
                "percentuale di rispetto dei tempi",
            ],
            &["percentuale", "valore"],
            Text::new("Il risultato, se non c’è un foglio che lo prova", "The result, when no sheet proves it"),
        ),
        column("notes", "NOTE", Free, NOTES, &[], Text::new("Note", "Notes")),
    ],
    requires: &[&["name"], &["expected", "coordinator", "source_office", "result", "number"]],
    context: &[
        "procedimenti da monitorare",
        "elenco procedimenti",
        "procedimenti procedure",
        "elenco dei procedimenti",
        "procedimenti",
    ],
    keys: &["name"],
    values: &["expected", "coordinator", "source_office", "result"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of::<Record>(),
    read,
};

/// One procedure of the plan.
#[derive(Debug, Clone)]
pub struct Record {
    /// Number in the list.
    pub number: String,
    /// Name, without the word `TRASVERSALE`.
    pub name: String,
    /// Coordinator.
    pub coordinator: String,
    /// Expected result, as shown.
    pub expected: String,
    /// Source office.
    pub source_office: String,
    /// Result as shown.
    pub result_text: String,
    /// Its own result.
    pub result: Read<Decimal>,
    /// Where it stands.
    pub origin: Origin,
}

fn read(row: &mut RowReader<'_>) {
    row.no_day("number");
    let number = row.text("number");
    let name = clean_name(&row.text("name"));
    let result = row.score("result");
    let record = Record {
        number: bare_code(&number).to_owned(),
        name,
        coordinator: row.text("coordinator"),
        expected: row.text("expected"),
        source_office: row.text("source_office"),
        result_text: row.shown("result"),
        result: row.settle("result", result),
        origin: row.origin(),
    };
    row.records.procedures.push(record);
}

/// The name without the remark that the procedure cuts across offices.
fn clean_name(text: &str) -> String {
    let mut name = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    if name.len() > 1 {
        name.retain(|line| {
            !matches!(crate::value::fold::fold(line).as_str(), "trasversale" | "(trasversale)" | "non trasversale")
        });
    }
    name.join(" ")
}
