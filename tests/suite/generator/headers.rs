//! Header spellings of Italian offices, written from what such sheets look like and not from the reader's lists, and
//! the ways a header gets disfigured.

use super::draft::Draft;
use super::random::Rng;

/// A way headers are written in a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    AsIs,
    Upper,
    Lower,
    Apostrophes,
    Breaks,
    NoBreakSpaces,
    DoubleSpaces,
    Colons,
    Typo,
}

/// Disfigures the headers of a draft in one manner, which becomes a choice.
pub fn disfigure(rng: &mut Rng, draft: &mut Draft) {
    let manner = *rng.weighted(&[
        (5, Manner::AsIs),
        (4, Manner::Upper),
        (2, Manner::Lower),
        (2, Manner::Apostrophes),
        (2, Manner::Breaks),
        (2, Manner::NoBreakSpaces),
        (1, Manner::DoubleSpaces),
        (1, Manner::Colons),
        (2, Manner::Typo),
    ]);
    draft.choices.insert("header manner", format!("{manner:?}"));
    let only = if manner == Manner::Typo { Some(rng.below(draft.columns.len())) } else { None };
    for at in 0..draft.columns.len() {
        if only.is_some_and(|only| only != at) || draft.columns[at].role.starts_with('?') {
            continue;
        }
        let column = &mut draft.columns[at];
        column.header = written(rng, manner, &column.header);
        if let Some((group, own)) = &mut column.grouped {
            *own = written(rng, manner, own);
            if manner != Manner::Typo {
                *group = written(rng, manner, group);
            }
        }
    }
}

fn written(rng: &mut Rng, manner: Manner, header: &str) -> String {
    match manner {
        Manner::AsIs => header.to_owned(),
        Manner::Upper => header.to_uppercase(),
        Manner::Lower => header.to_lowercase(),
        Manner::Apostrophes => {
            let mut text = header.to_uppercase();
            for (accented, plain) in [("À", "A'"), ("È", "E'"), ("É", "E'"), ("Ì", "I'"), ("Ò", "O'"), ("Ù", "U'")]
            {
                text = text.replace(accented, plain);
            }
            text
        }
        Manner::Breaks => header.replacen(' ', "\n", 1),
        Manner::NoBreakSpaces => header.replace(' ', "\u{a0}"),
        Manner::DoubleSpaces => format!("{} ", header.replace(' ', "  ")),
        Manner::Colons => format!("{header}:"),
        Manner::Typo => typo(rng, header),
    }
}

/// One wrong letter inside the longest word, when it is long enough to stay itself.
fn typo(rng: &mut Rng, header: &str) -> String {
    let Some(word) = header.split_whitespace().max_by_key(|word| word.chars().count()) else {
        return header.to_owned();
    };
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 8 || !letters.iter().all(|c| c.is_alphabetic()) {
        return header.to_owned();
    }
    let at = 2 + rng.below(letters.len() - 4);
    match rng.below(3) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    header.replacen(word, &letters.into_iter().collect::<String>(), 1)
}

/// Spellings of the charter's columns.
pub const CODE: &[&str] =
    &["Cod.", "Codice", "N.", "Rif.", "Cod. servizio", "Codice servizio", "Codice standard", "Rif. Carta", "N. rif."];
pub const PROCESS: &[&str] = &[
    "Processo/Servizio",
    "Processo / Servizio",
    "Processo",
    "Servizio",
    "Servizio erogato",
    "Procedimento/Servizio",
    "Descrizione del servizio",
    "Attività / Servizio",
    "Prestazione",
    "Denominazione servizio",
];
pub const OFFICE: &[&str] = &[
    "Unità organizzativa",
    "Unità organizzativa responsabile",
    "U.O.",
    "Ufficio",
    "Ufficio responsabile",
    "Ufficio competente",
    "U.O. responsabile",
    "Unità org.va",
    "Struttura",
];
pub const INDICATOR: &[&str] =
    &["Indicatore", "Indicatore di qualità", "Descrizione indicatore", "Indicatore temporale", "Standard/Indicatore"];
pub const PLANNED: &[&str] = &[
    "Valore programmato",
    "Val. progr.",
    "Valore progr.",
    "Standard programmato",
    "Tempo standard",
    "Valore atteso",
    "Tempo programmato",
    "Standard",
    "Valore standard",
    "Termine previsto",
    "Programmato",
    "Val. programmato",
    "Tempo massimo previsto",
];
pub const MEASURED: &[&str] = &[
    "Valore rilevato",
    "Val. rilev.",
    "Valore ril.",
    "Tempo rilevato",
    "Tempo effettivo",
    "Valore effettivo",
    "Rilevato",
    "Tempo medio rilevato",
    "Valore conseguito",
    "Val. rilevato",
    "Valore misurato",
    "Tempo riscontrato",
];
pub const DECLARED: &[&str] = &[
    "Risultato",
    "Ris.",
    "Risultato %",
    "Esito %",
    "% risultato",
    "Risultato (%)",
    "% di raggiungimento",
    "Risult. %",
];
pub const NOTES: &[&str] = &["Note", "Osservazioni", "Note e osservazioni", "Annotazioni", "Motivazione scostamento"];

/// Spellings of the plan of procedures.
pub const NUMBER: &[&str] = &["N.", "Num.", "N", "Nr.", "n. ord."];
pub const PROCEDURE: &[&str] = &[
    "Procedimento",
    "Procedura",
    "Procedimento/Procedura",
    "Procedimento da monitorare",
    "Denominazione procedimento",
    "Procedimenti / Procedure",
];
pub const COORDINATOR: &[&str] =
    &["Coordinatore", "Responsabile", "Referente", "Coordinatore/i", "Responsabile del procedimento"];
pub const EXPECTED: &[&str] =
    &["Risultato atteso", "Risultato atteso e sistema di controllo", "Ris. atteso", "Risultato atteso / controllo"];
pub const SOURCE: &[&str] = &["Fonte", "Fonte dei dati", "Ufficio fonte", "Fonte dati"];
pub const OUTCOME: &[&str] = &["Risultato", "Risultato conseguito", "Risultato %", "Ris. conseguito"];

/// Spellings of the evidence sheets.
pub const CASE: &[&str] =
    &["Prot. n.", "N. protocollo", "N. pratica", "Numero pratica", "N. prot.", "Protocollo", "Prot."];
pub const START: &[&str] = &[
    "Data protocollo",
    "Data arrivo",
    "Data ricezione",
    "Data presentazione",
    "Data richiesta",
    "Data inizio",
    "Data avvio",
    "Data istanza",
    "Data di arrivo",
    "Data ricevimento",
    "Data apertura",
];
pub const END: &[&str] = &[
    "Data chiusura",
    "Data conclusione",
    "Data evasione",
    "Data risposta",
    "Data fine",
    "Data rilascio",
    "Data di evasione",
    "Data pagamento",
    "Data definizione",
];
pub const SUSPENSION: &[&str] =
    &["Giorni sospensione", "gg sospensione", "Sospensione (gg)", "gg. sosp.", "Giorni di sospensione", "GG sospesi"];
pub const AMOUNT: &[&str] = &["Importo", "Importo €", "Importo fattura", "Importo (euro)", "Totale fattura"];
pub const DAYS: &[&str] =
    &["Giorni", "gg", "Giorni impiegati", "gg. impiegati", "Durata (gg)", "Tempo (gg)", "N. giorni"];
pub const PARTY: &[&str] = &["Fornitore", "Richiedente", "Impresa", "Ditta", "Utente", "Soggetto", "Ragione sociale"];
pub const STEP: &[&str] = &["Step", "Fase", "Attività", "Adempimento", "Descrizione step", "Fase / step"];
pub const DUE: &[&str] = &["Scadenza", "Data prevista", "Data scadenza", "Termine", "Entro il", "Scadenza prevista"];
pub const ACTUAL: &[&str] = &[
    "Data effettiva",
    "Data di realizzazione",
    "Data realizzazione",
    "Data di invio",
    "Effettuato il",
    "Data completamento",
];
pub const MET: &[&str] =
    &["Raggiunto (SI/NO)", "Raggiunto", "Rispettato", "Conseguito SI/NO", "Target raggiunto", "Esito (SI/NO)"];
pub const TARGET_TEXT: &[&str] = &["Target", "Indicatore", "Descrizione target", "Target definiti"];
pub const GOAL: &[&str] = &["Valore atteso", "Obiettivo", "Valore obiettivo", "Target atteso", "Valore target"];
pub const ITEM: &[&str] = &["Ufficio", "Uffici", "U.O.", "Unità organizzativa", "Struttura"];
pub const DONE: &[&str] =
    &["Effettuato", "Scarto effettuato", "Eseguito (SI/NO)", "Fatto", "Effettuato SI/NO", "Adempiuto", "Completato"];
pub const WHEN: &[&str] = &["Data", "Data adempimento", "Data esecuzione"];

/// Spellings of the objectives.
pub const OBJECTIVE: &[&str] = &["Obiettivo", "Obiettivi", "Descrizione obiettivo", "Obiettivo operativo"];
pub const INDICATOR_ID: &[&str] = &["Indicatore", "N. indicatore", "Ind.", "Indic."];
pub const DESCRIPTION: &[&str] = &["Descrizione", "Descrizione indicatore", "Descrizione dell'indicatore"];
pub const WEIGHT: &[&str] = &["Peso", "Peso %", "Peso indicatore", "Ponderazione"];
pub const RESULT: &[&str] =
    &["Realizzazione", "Risultato", "% realizzazione", "Grado di realizzazione", "Risultato conseguito", "Realizz. %"];

/// Spellings of the cost of staff, the resources and the targets.
pub const YEAR: &[&str] = &["Anno", "Esercizio", "Anno di riferimento", "Annualità"];
pub const ENTITY: &[&str] = &["Ente", "Società", "Ente/Società", "Soggetto", "Azienda", "Ente / Azienda"];
pub const COST: &[&str] = &[
    "Costo del personale",
    "Costo del lavoro",
    "Costo personale",
    "Costo complessivo del personale",
    "Spesa di personale",
    "Importo (€)",
    "Costo totale del personale",
];
pub const STRATEGIC: &[&str] =
    &["Obiettivo strategico", "Ob. strategico", "Obiettivo", "Obiettivo strat.", "Cod. obiettivo"];
pub const TARGET: &[&str] = &["Target", "N. target", "Target n."];
pub const ACHIEVED: &[&str] = &[
    "Risultato conseguito",
    "Risultato",
    "Risultato conseguito % e/o numero",
    "Risultato raggiunto",
    "Ris. conseguito",
];
