//! Standards of the Carta dei servizi: what was promised, what was measured. They become Allegato 1.

mod read;

pub use read::split_code;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Content::{Code, Measure, Percent, Text as Free};
use super::reader::{Origin, Read};
use super::table::Table;
use super::{Kind, NOTES, column};
use crate::finding::Text;
use crate::value::duration::Measure as Measured;

/// The kind.
pub static KIND: Kind = Kind {
    id: "charter",
    title: Text::new("Standard della Carta dei servizi", "Standards of the Carta dei servizi"),
    evidence: false,
    columns: &[
        column(
            "code",
            "CODICE",
            Code,
            &[
                "cod", "n", "numero", "rif", "riferimento", "codice standard", "codice processo", "codice servizio", "id",
                "n ord", "n standard", "numero standard", "rif carta", "riferimento carta servizi", "codice carta", "n rif",
                "codice identificativo", "prog",
            ],
            &[],
            Text::new("Codice dello standard nella Carta: 3.2.1", "Code of the standard in the Carta: 3.2.1"),
        ),
        column(
            "section",
            "SEZIONE",
            Free,
            &[
                "sezione carta", "ambito", "macroprocesso", "macro processo", "area tematica", "area di attività",
                "sezione della carta dei servizi", "macroarea", "macro area", "categoria",
            ],
            &["area", "settore", "tipologia"],
            Text::new("Titolo della sezione della Carta", "Title of the Carta's section"),
        ),
        column(
            "process",
            "PROCESSO/SERVIZIO",
            Free,
            &[
                "processo", "servizio", "processo o servizio", "servizio erogato", "servizio offerto", "prestazione",
                "procedimento", "attività", "descrizione servizio", "descrizione processo", "descrizione del servizio",
                "denominazione servizio", "servizio prestazione", "procedimento servizio", "tipologia servizio",
                "tipo di servizio", "prestazione erogata", "denominazione processo", "descrizione attività",
                "descrizione procedimento", "servizio attività", "denominazione del servizio", "oggetto", "processi servizi",
                "nome servizio", "adempimento",
            ],
            &["descrizione", "denominazione", "tipologia", "standard"],
            Text::new("Il servizio o il processo", "The service or process"),
        ),
        column(
            "office",
            "UNITÀ ORGANIZZATIVA RESPONSABILE",
            Free,
            &[
                "unità organizzativa", "u.o.", "u.o. responsabile", "uo resp", "ufficio", "ufficio responsabile",
                "ufficio competente", "struttura", "struttura responsabile", "struttura competente", "servizio responsabile",
                "unità operativa", "unità responsabile", "responsabile", "settore responsabile", "area responsabile",
                "struttura organizzativa", "u.o. competente", "ufficio referente", "ufficio titolare",
            ],
            &["settore", "area", "servizio"],
            Text::new("L’ufficio che risponde dello standard", "The office that answers for the standard"),
        ),
        column(
            "indicator",
            "INDICATORE",
            Free,
            &[
                "indicatore di qualità", "descrizione indicatore", "indicatore di misurazione", "parametro",
                "parametro di misurazione", "modalità di calcolo", "dimensione della qualità", "fattore di qualità",
                "descrizione standard", "metrica", "indicatore misurato", "indicatori",
            ],
            &["descrizione"],
            Text::new("Che cosa si misura", "What is measured"),
        ),
        column(
            "planned",
            "VALORE PROGRAMMATO",
            Measure,
            &[
                "programmato", "standard", "valore standard", "tempo standard", "standard programmato", "standard previsto",
                "valore previsto", "valore atteso", "valore obiettivo", "standard garantito", "tempo programmato",
                "tempo previsto", "termine", "termine previsto", "termine massimo", "tempo massimo", "tempo massimo previsto",
                "standard di qualità", "standard dichiarato", "valore dichiarato", "tempo garantito", "standard carta",
                "tempi programmati", "tempi previsti", "tempi standard", "valore target", "target", "previsto", "atteso",
                "valore di riferimento", "standard di riferimento", "valore promesso", "giorni previsti", "giorni programmati",
                "termine programmato", "termine standard", "standard fissato", "livello programmato", "livello atteso",
                "tempo max", "durata prevista", "tempistica prevista", "valore pianificato", "pianificato", "impegno",
                "standard da rispettare", "tempo di riferimento", "termine di conclusione",
            ],
            &["obiettivo", "valore", "preventivo"],
            Text::new("Lo standard promesso: 25 gg., a vista, 95%", "The standard promised: 25 gg., a vista, 95%"),
        ),
        column(
            "measured",
            "VALORE RILEVATO",
            Measure,
            &[
                "rilevato", "tempo effettivo", "tempo rilevato", "valore effettivo", "effettivo", "valore conseguito",
                "conseguito", "valore raggiunto", "raggiunto", "valore misurato", "misurato", "tempo medio", "tempo medio rilevato",
                "tempo medio effettivo", "valore a consuntivo", "consuntivo", "dato rilevato", "valore registrato",
                "tempo di evasione", "tempi effettivi", "tempi rilevati", "tempo impiegato", "giorni effettivi", "giorni rilevati",
                "giorni impiegati", "valore realizzato", "realizzato", "tempo misurato", "durata effettiva", "durata media",
                "tempistica effettiva", "tempistica rilevata", "dato effettivo", "dato a consuntivo", "livello rilevato",
                "valore rilevato media annua", "tempo medio di evasione", "standard rilevato", "standard effettivo",
                "valore ottenuto", "ottenuto", "tempo consuntivato", "valore consuntivato", "consuntivato", "media rilevata", "riscontrato",
                "valore riscontrato", "tempo riscontrato", "dato riscontrato", "tempi riscontrati",
            ],
            &["risultato", "valore", "esito", "dato", "media annua", "risultato conseguito", "risultato rilevato"],
            Text::new("Il valore misurato nell’anno, o N.C.", "The value measured in the year, or N.C."),
        ),
        column(
            "declared",
            "RISULTATO",
            Percent,
            &[
                "ris", "esito", "esito %", "risultato %", "risultato percentuale", "punteggio", "% raggiungimento",
                "percentuale di raggiungimento", "grado di raggiungimento", "percentuale di rispetto", "risultato dichiarato",
                "rispetto standard", "% rispetto", "% conseguimento", "livello di raggiungimento", "valutazione", "% realizzazione",
                "grado di rispetto", "percentuale raggiunta", "risultato finale", "performance", "perc raggiungimento",
                "risultato ottenuto", "esito finale", "% di raggiungimento standard",
            ],
            &["percentuale", "%", "raggiungimento"],
            Text::new("Il risultato secondo l’ufficio, in percentuale", "The result the office states, in percent"),
        ),
        column(
            "notes",
            "NOTE",
            Free,
            NOTES,
            &[],
            Text::new("Il motivo di uno scostamento", "The reason of a deviation"),
        ),
    ],
    requires: &[&["code", "process"], &["planned"], &["measured"]],
    context: &["carta dei servizi", "carta servizi", "standard di qualita", "standard"],
    keys: &["code", "process", "indicator"],
    values: &["planned", "measured", "declared"],
    read: read::read,
};

/// One standard.
#[derive(Debug, Clone)]
pub struct Record {
    /// `3.2.1`, or empty.
    pub code: String,
    /// Section title above the row.
    pub section: String,
    /// Process or service.
    pub process: String,
    /// Responsible office.
    pub office: String,
    /// What is measured, in words.
    pub indicator: String,
    /// Planned value, as shown.
    pub planned_text: String,
    /// Measured value, as shown.
    pub measured_text: String,
    /// Planned value.
    pub planned: Read<Measured>,
    /// Measured value.
    pub measured: Read<Measured>,
    /// Declared result in percent.
    pub declared: Read<Decimal>,
    /// Notes.
    pub notes: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A total or mean of results that a sheet declares, to be compared with the scores of the rows above it.
#[derive(Debug, Clone)]
pub struct DeclaredTotal {
    /// Its table.
    pub table: Arc<Table>,
    /// 0-based row of the total.
    pub row: u32,
    /// 0-based column of the results.
    pub col: u32,
    /// Its label.
    pub label: String,
    /// The declared figure, as shown.
    pub shown: String,
    /// The declared figure.
    pub value: Decimal,
    /// How many decimals it shows.
    pub decimals: u32,
    /// Whether the label says that it is a mean.
    pub mean_only: bool,
    /// Rows it can be the total of: all above it, and those since the last total.
    pub rows: [Vec<u32>; 2],
}
