//! Objectives and their indicators. They become Allegato 3.

mod fields;
mod form;
mod names;

use super::Content::{Code as Id, Number, Percent, Text as Free};
use super::reader::{Origin, Read, RowReader, bare_code};
use super::table::{Mapped, Role, Table};
use super::{Kind, NOTES, column};
use crate::finding::{Code, Severity, Text};
use crate::sheet::format::FormatKind;
use crate::value::fold::words;
use crate::value::number::Nature;
pub use names::{holder_of, split_number, title_case};
use rust_decimal::Decimal;

/// An objectives sheet whose holder nobody names.
pub static NO_HOLDER: Code = Code {
    id: "S020",
    slug: "holder-unknown",
    severity: Severity::Warning,
    message: Text::new(
        "non si capisce di chi sono gli obiettivi: usato «{used}»",
        "whose objectives these are is not stated: \"{used}\" was used",
    ),
    help: Text::new(
        "scrivere nel titolo OBIETTIVI DI ENTE oppure OBIETTIVI 2019 SEGRETARIO GENERALE",
        "write OBIETTIVI DI ENTE or OBIETTIVI 2019 SEGRETARIO GENERALE in the title",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&NO_HOLDER];

/// The kind.
pub static KIND: Kind = Kind {
    id: "objectives",
    title: Text::new("Obiettivi e indicatori", "Objectives and indicators"),
    evidence: false,
    columns: &[
        column(
            "objective",
            "OBIETTIVO",
            Free,
            &[
                "obiettivi",
                "n obiettivo",
                "numero obiettivo",
                "obiettivo operativo",
                "obiettivo individuale",
                "titolo obiettivo",
                "ob",
                "obiettivo assegnato",
                "obiettivo n",
                "cod obiettivo",
                "codice obiettivo",
                "obiettivo gestionale",
                "obiettivo strategico",
                "obiettivo di ente",
                "obiettivo dirigenziale",
                "obiettivo annuale",
                "obiettivo specifico",
                "obiettivo di performance",
            ],
            &["descrizione obiettivo", "descrizione dell obiettivo", "titolo"],
            Text::new("Numero e titolo dell’obiettivo: 1) GARANTIRE …", "Number and title of the objective"),
        ),
        column(
            "indicator",
            "INDICATORE",
            Id,
            &[
                "n indicatore",
                "indicatori",
                "numero indicatore",
                "ind",
                "cod indicatore",
                "codice indicatore",
                "indicatore n",
                "id indicatore",
                "indicatore di risultato",
                "indicatori di risultato",
                "indicatore di performance",
                "indicatori di performance",
                "indicatore di output",
                "indicatori di output",
                "indicatore di outcome",
                "kpi",
            ],
            &["n", "numero"],
            Text::new("Numero dell’indicatore: 4a", "Number of the indicator: 4a"),
        ),
        column(
            "description",
            "DESCRIZIONE",
            Free,
            &[
                "descrizione indicatore",
                "descrizione dell indicatore",
                "descrizione obiettivo",
                "testo indicatore",
                "contenuto",
                "descr",
                "descrizione dell obiettivo",
                "indicatore descrizione",
                "denominazione indicatore",
                "titolo",
            ],
            &[
                "attività",
                "oggetto",
                // Beside a column of their numbers.
                "indicatore di risultato",
                "indicatori di risultato",
                "indicatore di performance",
                "indicatori di performance",
                "indicatore di output",
                "indicatori di output",
            ],
            Text::new("Che cosa misura", "What it measures"),
        ),
        column(
            "weight",
            "PESO",
            Number,
            &[
                "peso %",
                "peso indicatore",
                "peso percentuale",
                "ponderazione",
                "peso ponderato",
                "peso ind",
                "peso dell indicatore",
                "pesatura",
                "peso relativo",
                "peso in %",
            ],
            &[],
            Text::new("Peso dell’indicatore; 1 se vuoto", "Weight of the indicator; 1 when empty"),
        ),
        column(
            "objective_weight",
            "PESO OBIETTIVO",
            Number,
            &["peso ob", "peso dell obiettivo"],
            &[],
            Text::new("Peso dell’obiettivo", "Weight of the objective"),
        ),
        column(
            "result",
            "REALIZZAZIONE",
            Percent,
            &[
                "risultato",
                "ris",
                "% realizzazione",
                "grado di realizzazione",
                "risultato conseguito",
                "percentuale di realizzazione",
                "grado di raggiungimento",
                "raggiungimento",
                "% raggiungimento",
                "consuntivo",
                "risultato raggiunto",
                "esito",
                "valore rilevato",
                "livello di realizzazione",
                "percentuale realizzazione",
                "risultato %",
                "valutazione",
                "risultato finale",
                "realizzato",
                "punteggio",
                "risultato ottenuto",
                "stato di realizzazione",
                "perc realizzazione",
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
                "realizz %",
                "risultato a consuntivo",
                "valore conseguito",
                "% raggiungimento obiettivo",
                "risultato obiettivo",
                "realizzazione obiettivo",
                "raggiungimento obiettivo",
                "% realizzazione obiettivo",
                "risultato dell obiettivo",
            ],
            &["valore", "percentuale", "%"],
            Text::new("Percentuale di realizzazione, o N.C.", "Percentage reached, or N.C."),
        ),
        column(
            "whole_result",
            "RISULTATO OBIETTIVO",
            Percent,
            &[
                "risultato dell obiettivo",
                "% obiettivo",
                "percentuale obiettivo",
                "realizzazione obiettivo",
                "% realizzazione obiettivo",
                "% realizzazione dell obiettivo",
                "raggiungimento obiettivo",
                "% raggiungimento obiettivo",
                "grado di raggiungimento obiettivo",
                "grado di realizzazione obiettivo",
                "totale obiettivo",
                "media obiettivo",
                "risultato complessivo obiettivo",
                "esito obiettivo",
            ],
            &[],
            Text::new(
                "La percentuale di tutto l’obiettivo, se già calcolata: viene ricontrollata",
                "The percentage of the whole objective, when computed already: it is checked",
            ),
        ),
        column(
            "holder",
            "TITOLARE",
            Free,
            &[
                "responsabile",
                "dirigente",
                "titolare obiettivo",
                "assegnatario",
                "titolare dell obiettivo",
                "titolare incarico",
                "responsabile obiettivo",
            ],
            &["nominativo", "soggetto", "unità organizzativa", "ufficio", "area"],
            Text::new("Di chi è l’obiettivo: Ente, Segretario Generale", "Whose objective it is"),
        ),
        column("notes", "NOTE", Free, NOTES, &[], Text::new("Note", "Notes")),
    ],
    requires: &[&["objective"], &["result"]],
    context: &["obiettivi", "obiettivi di ente", "scheda obiettivi", "scheda risultato", "performance"],
    keys: &["objective", "indicator", "description"],
    values: &["result", "description"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of::<Record>(),
    read,
};

/// One row: an indicator of an objective, or an objective with its own result.
#[derive(Debug, Clone)]
pub struct Record {
    /// Whose it is.
    pub holder: String,
    /// Number of the objective.
    pub number: String,
    /// Title of the objective.
    pub title: String,
    /// The percentage the title row declares for the objective, when it does.
    pub indicator: Option<String>,
    /// What the indicator measures; empty for an objective of its own.
    pub description: String,
    /// Weight of the indicator.
    pub weight: Read<Decimal>,
    /// Weight of the objective.
    pub objective_weight: Option<Decimal>,
    /// Result as shown.
    pub text: String,
    /// Result.
    pub result: Read<Decimal>,
    /// The percentage that the row declares for the whole objective, in a column of its own.
    pub whole: Option<Decimal>,
    /// Notes.
    pub notes: String,
    /// Whether the row states the objective itself, and does not continue one stated above.
    pub states_objective: bool,
    /// Where it stands.
    pub origin: Origin,
}

fn read(row: &mut RowReader<'_>) {
    row.no_day("objective");
    row.no_day("indicator");
    let states_objective = !row.shown("objective").is_empty();
    let objective = row.carried_text("objective");
    let (number, mut title) = split_number(&objective);
    let number = if number.is_empty() { row.number_beside(&objective) } else { number };
    let has_indicators = row.table.col("indicator").is_some();
    let mut description = row.text("description");
    let indicator_text = row.text("indicator");
    let indicator = if has_indicators && !indicator_text.is_empty() {
        let (id, rest) = split_number(&indicator_text);
        if description.is_empty() {
            description = rest;
        }
        Some(id)
    } else {
        if title.is_empty() {
            title = std::mem::take(&mut description);
        }
        None
    };
    let weight = row.weight("weight");
    let objective_weight = row.weight("objective_weight").value().copied();
    let result = row.score("result");
    let whole = row.score("whole_result");
    if matches!(whole, Read::Unclear) {
        // It only confirms what is computed, so that a text in its place costs nothing else.
        row.not_understood("whole_result", Severity::Warning);
    }
    let holder = row.carried_text("holder");
    let record = Record {
        holder: if holder.is_empty() { String::new() } else { title_case(&holder) },
        number,
        title,
        indicator,
        description,
        weight,
        objective_weight,
        text: row.shown("result"),
        result: row.settle("result", result),
        whole: whole.value().copied(),
        notes: row.text("notes"),
        states_objective,
        origin: row.origin(),
    };
    row.records.objectives.push(record);
}

/// The column of the numbers of objectives, left of their titles: `N.`, `Codice`.
pub fn numbers_beside(table: &Table) -> Option<u32> {
    let titles = table.col("objective")?;
    let is_number = |mapped: &&Mapped| {
        let words = words(&mapped.header);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let number = |word: &str| matches!(word, "n" | "nr" | "num" | "numero" | "cod" | "codice" | "id");
        let is_named = match words[..] {
            [word] => number(word),
            [word, of] => number(word) && matches!(of, "obiettivo" | "obiettivi" | "ob"),
            _ => false,
        };
        is_named && mapped.col < titles && matches!(mapped.role, Role::Unknown)
    };
    table.columns.iter().find(is_number).map(|mapped| mapped.col)
}

impl RowReader<'_> {
    /// The number that stands beside the title of an objective; indicators that repeat the title, or give none, continue
    /// it.
    fn number_beside(&mut self, objective: &str) -> String {
        let Some(col) = numbers_beside(self.table) else { return String::new() };
        let carried = |key: &str| self.carried.iter().find(|(name, _)| *name == key).map(|(_, text)| text.clone());
        let blank = |id: &str| self.shown(id).is_empty();
        let is_own = !blank("objective") && blank("indicator") && blank("description");
        if let (Some(number), Some(of), false) = (carried("number"), carried("numbered"), is_own)
            && of == objective
        {
            return number;
        }
        let shown = self.sheet.cell_of(self.stored, col).map(|cell| self.sheet.shown(cell)).unwrap_or_default();
        let number = bare_code(&shown).to_owned();
        self.carried.retain(|(name, _)| !matches!(*name, "number" | "numbered"));
        self.carried.extend([("number", number.clone()), ("numbered", objective.to_owned())]);
        number
    }

    /// A weight: a plain number or a percentage, both in their own unit.
    fn weight(&mut self, id: &'static str) -> Read<Decimal> {
        let percent = self.cell(id).is_some_and(|(_, cell)| self.sheet.format(cell).kind == FormatKind::Percent);
        let read = match if percent { Read::Unclear } else { self.amount(id, Nature::Measure) } {
            Read::Unclear => self.percent(id),
            read => read,
        };
        let below_zero = read.value().is_some_and(|weight| *weight < Decimal::ZERO);
        self.settle(id, if below_zero { Read::Unclear } else { read })
    }
}
