//! Objectives and their indicators. They become Allegato 3.

use rust_decimal::Decimal;

use super::Content::{Code as Id, Number, Percent, Text as Free};
use super::reader::{Origin, Read, RowReader};
use super::{Kind, NOTES, column};
use crate::finding::{Code, Severity, Text};
use crate::sheet::format::FormatKind;
use crate::value::fold::fold;
use crate::value::number::Nature;

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
            &["attività", "oggetto"],
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
            ],
            &["valore", "percentuale", "%"],
            Text::new("Percentuale di realizzazione, o N.C.", "Percentage reached, or N.C."),
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
    /// Notes.
    pub notes: String,
    /// Whether the row states the objective itself, and does not continue one stated above.
    pub states_objective: bool,
    /// Where it stands.
    pub origin: Origin,
}

fn read(row: &mut RowReader<'_>) {
    let states_objective = !row.shown("objective").is_empty();
    let objective = row.carried_text("objective");
    let (number, mut title) = split_number(&objective);
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
        notes: row.text("notes"),
        states_objective,
        origin: row.origin(),
    };
    row.records.objectives.push(record);
}

impl RowReader<'_> {
    /// A weight: a plain number or a percentage, both in their own unit.
    fn weight(&mut self, id: &'static str) -> Read<Decimal> {
        let percent = self.cell(id).is_some_and(|(_, cell)| self.sheet.format(cell).kind == FormatKind::Percent);
        let read = match if percent { Read::Unclear } else { self.amount(id, Nature::Measure) } {
            Read::Unclear => self.percent(id),
            read => read,
        };
        self.settle(id, read)
    }
}

/// `1) GARANTIRE …`, `OBIETTIVO 1/2019`, `INDICATORE 4a)`, `Ob. n. 2 – …`: the number, and the text after it.
pub fn split_number(text: &str) -> (String, String) {
    let mut rest = text.trim();
    loop {
        let word_end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let known = matches!(
            fold(&rest[..word_end]).as_str(),
            "obiettivo"
                | "ob"
                | "obiett"
                | "indicatore"
                | "ind"
                | "n"
                | "num"
                | "numero"
                | "nr"
                | "di"
                | "ente"
                | "strategico"
                | "operativo"
                | "cod"
                | "codice"
        );
        if word_end == 0 || !known || !rest[word_end..].contains(|c: char| c.is_ascii_alphanumeric()) {
            break;
        }
        rest = rest[word_end..].trim_start_matches(|c: char| c.is_whitespace() || ".°º:".contains(c));
    }
    let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let mut end = digits;
    if digits > 0 {
        let letter = rest[digits..].chars().next().filter(|c| c.is_ascii_alphabetic());
        let after = rest[digits..].chars().nth(1);
        if letter.is_some() && !after.is_some_and(char::is_alphanumeric) {
            end += 1;
        }
    } else if rest.chars().next().is_some_and(|c| c.is_ascii_alphabetic())
        && rest.chars().nth(1).is_none_or(|c| ").".contains(c))
    {
        end = 1;
    }
    if end == 0 {
        return (String::new(), text.trim().to_owned());
    }
    let (number, mut tail) = rest.split_at(end);
    // `1/2019`: the year of the plan, not part of the number.
    if let Some(year) = tail.strip_prefix('/') {
        let year_end = year.find(|c: char| !c.is_ascii_digit()).unwrap_or(year.len());
        if matches!(year_end, 2 | 4) {
            tail = &year[year_end..];
        }
    }
    let tail = tail.trim_start_matches(|c: char| c.is_whitespace() || ")].:-–—°".contains(c));
    (number.trim_end_matches('.').to_owned(), tail.to_owned())
}

/// The holder a title names: `OBIETTIVI 2019 SEGRETARIO GENERALE` → `Segretario Generale`.
pub fn holder_of(title: &str) -> Option<String> {
    let folded = fold(title);
    if !folded.contains("obiettiv") && !folded.starts_with("scheda") {
        return None;
    }
    const NOT_A_HOLDER: &[&str] = &[
        "obiettivi",
        "obiettivo",
        "scheda",
        "schede",
        "anno",
        "anni",
        "esercizio",
        "risultato",
        "risultati",
        "monitoraggio",
        "rendicontazione",
        "consuntivo",
        "realizzazione",
        "performance",
        "individuali",
        "individuale",
        "operativi",
        "assegnati",
        "valutazione",
        "piano",
        "della",
        "del",
        "dei",
        "degli",
        "delle",
        "dello",
        "di",
        "dell",
        "al",
        "alla",
        "ai",
        "per",
        "il",
        "la",
        "l",
        "a",
        "e",
        "relativi",
        "titolare",
        "stato",
        "attuazione",
        "raggiungimento",
        "report",
        "finale",
        "annuali",
        "strategici",
        "indicatori",
        "allegato",
        "n",
    ];
    let words: Vec<&str> =
        title.split(|c: char| c.is_whitespace() || "’'".contains(c)).filter(|word| !word.is_empty()).collect();
    let plain = |word: &&str| {
        let folded = fold(word);
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        bare.is_empty()
            || NOT_A_HOLDER.contains(&bare.as_str())
            || bare.chars().all(|c| c.is_ascii_digit() || "/-".contains(c))
    };
    let first = words.iter().position(|word| !plain(word))?;
    let last = words.iter().rposition(|word| !plain(word))?;
    let name = words[first..=last]
        .iter()
        .filter(|word| !fold(word).chars().all(|c| c.is_ascii_digit()))
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    let name = name.trim_matches(|c: char| !(c.is_alphanumeric() || c == ')')).to_owned();
    (!name.is_empty()).then(|| title_case(&name))
}

/// A name in capitals with capital initials only; any other name as it is.
pub fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        let mut chars = name.chars();
        return chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    }
    const SMALL: &[&str] = &[
        "di", "del", "della", "dei", "degli", "delle", "e", "ed", "per", "a", "al", "alla", "in", "con", "da", "il",
        "la",
    ];
    let mut out: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        let lower = word.to_lowercase();
        if !out.is_empty() && SMALL.contains(&lower.as_str()) {
            out.push(lower);
            continue;
        }
        let mut chars = lower.chars();
        out.push(chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default());
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_objectives_and_indicators() {
        for (text, number, rest) in [
            ("1) GARANTIRE I LIVELLI", "1", "GARANTIRE I LIVELLI"),
            ("OBIETTIVO 1/2019", "1", ""),
            ("INDICATORE 4a)", "4a", ""),
            ("Ob. n. 2 – Riforma", "2", "Riforma"),
            ("Indicatore 1.2: tempi", "1.2", "tempi"),
            ("3", "3", ""),
            ("Migliorare i servizi", "", "Migliorare i servizi"),
            ("2 eventi da realizzare", "2", "eventi da realizzare"),
            ("a)", "a", ""),
        ] {
            assert_eq!(split_number(text), (number.to_owned(), rest.to_owned()), "{text}");
        }
    }

    #[test]
    fn holders_of_titles() {
        for (title, holder) in [
            ("OBIETTIVI 2019 SEGRETARIO GENERALE", Some("Segretario Generale")),
            ("OBIETTIVI DI ENTE ANNO 2019", Some("Ente")),
            ("Obiettivi dell’Ente 2019", Some("Ente")),
            ("Scheda obiettivi 2021 – Dirigente Area Promozione", Some("Dirigente Area Promozione")),
            ("OBIETTIVI 2019", None),
            ("Ufficio Ragioneria", None),
        ] {
            assert_eq!(holder_of(title).as_deref(), holder, "{title}");
        }
    }
}
