//! What the rows and columns of a finished table are called.

use crate::value::fold::{fold, words};

/// What a row at the end of a table or section gives of the rows above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// Their mean as a whole number.
    RoundedMean,
    /// Sum over count: what Allegato 1 calls its percentage.
    Percentage,
    /// How many of them count.
    Count,
    /// The mean of their deviations.
    MeanDeviation,
    /// The difference of a year's total from the base.
    Difference,
    /// The variation of a year's total from the base, in percent.
    Variation,
    /// A parameter, not a figure of theirs.
    Parameter,
}

/// More words than this are a record's own name: `Media errore sul primo invio`.
const LONGEST: usize = 5;

/// What may follow `totale` or `media` in a label.
const OF_ROWS: &[&str] = &[
    "a",
    "aritmetica",
    "annuo",
    "camerale",
    "complessiva",
    "complessivo",
    "conteggiati",
    "costi",
    "costo",
    "dei",
    "del",
    "della",
    "delle",
    "di",
    "ente",
    "finale",
    "generale",
    "importi",
    "n",
    "netto",
    "oneri",
    "personale",
    "piu",
    "ponderata",
    "procedimenti",
    "processi",
    "proventi",
    "punteggi",
    "punteggio",
    "realizzazione",
    "risorse",
    "risultati",
    "risultato",
    "scores",
    "sezione",
    "sistema",
    "spesa",
    "standard",
    "investimenti",
    "parziale",
    "area",
    "camera",
    "arrotondata",
    "percentuale",
    "euro",
];

/// What counts as a record in a label of counts.
const COUNTED: &[&str] = &["processi", "processes", "standard", "procedimenti", "procedures", "indicatori", "target"];

/// What the label of a row says it is; none when it is a record's name.
pub fn closing(label: &str) -> Option<Closing> {
    let words = words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "%").collect();
    let (first, rest) = words.split_first()?;
    if words.len() > LONGEST {
        return None;
    }
    let has = |word: &str| words.contains(&word);
    let plain = || rest.iter().all(|word| OF_ROWS.contains(word) || word.chars().all(|c| c.is_ascii_digit()));
    match *first {
        "differenza" | "difference" => Some(Closing::Difference),
        "variazione" | "variation" => Some(Closing::Variation),
        "tolleranza" | "tolerance" => Some(Closing::Parameter),
        "scostamento" if has("medio") => Some(Closing::MeanDeviation),
        "mean" if has("deviation") => Some(Closing::MeanDeviation),
        "media" | "mean" | "rounded" if has("arrotondata") || has("rounded") => Some(Closing::RoundedMean),
        "media" | "medie" | "mean" | "average" if plain() => Some(Closing::Mean),
        "percentuale" | "perc" | "percentage" if plain() => Some(Closing::Percentage),
        "n" | "numero" | "nr" if rest.iter().any(|word| COUNTED.contains(word)) => Some(Closing::Count),
        "processi" | "processes" if rest.iter().all(|word| matches!(*word, "conteggiati" | "counted")) => {
            Some(Closing::Count)
        }
        "totale" | "totali" | "tot" | "somma" | "subtotale" | "subtotali" | "total" | "subtotal" | "complessivo"
            if plain() =>
        {
            Some(Closing::Sum)
        }
        _ => None,
    }
}

/// What a column is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    /// The sum of the entities to its left.
    Across,
    /// The total less the renewals.
    Net,
    /// The difference from the base.
    Difference,
    /// The variation from the base, in percent.
    Variation,
    /// Actual over budget, in percent.
    Use,
    /// Results that were kept apart from those computed: how far beyond the standard.
    Deviation,
}

/// What the header of a column says it is computed from; none when it is typed.
pub fn derived(header: &str) -> Option<Derived> {
    let folded = fold(header);
    let words = words(header);
    let begins = |name: &str| folded.starts_with(name);
    let has = |name: &str| words.iter().any(|word| word == name);
    if begins("variazione") || begins("variation") || begins("var %") || begins("var. %") {
        Some(Derived::Variation)
    } else if begins("scostamento %") || begins("deviation %") {
        Some(Derived::Deviation)
    } else if begins("differenza") || begins("difference") || begins("diff") {
        Some(if folded.contains('%') { Derived::Variation } else { Derived::Difference })
    } else if begins("utilizzo") || begins("use %") || begins("% utilizzo") || begins("% di utilizzo") {
        Some(Derived::Use)
    } else if (begins("tot") || begins("costo totale")) && (has("netto") || has("net")) {
        Some(Derived::Net)
    } else if begins("tot") || begins("costo totale") || begins("complessivo") {
        Some(Derived::Across)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_rows_are_told_from_records() {
        for (label, what) in [
            ("TOTALE", Some(Closing::Sum)),
            ("Totale generale", Some(Closing::Sum)),
            ("N. PROCESSI", Some(Closing::Count)),
            ("PROCESSI", Some(Closing::Count)),
            ("PERCENTUALE", Some(Closing::Percentage)),
            ("MEDIA ARROTONDATA", Some(Closing::RoundedMean)),
            ("Scostamento medio %", Some(Closing::MeanDeviation)),
            ("Media errore sul primo invio", None),
            ("Totale fatture pagate in ritardo", None),
            ("Processi di accorpamento", None),
        ] {
            assert_eq!(closing(label), what, "{label}");
        }
    }

    #[test]
    fn computed_columns_are_known_by_their_headers() {
        assert_eq!(derived("DIFFERENZA SU 2016"), Some(Derived::Difference));
        assert_eq!(derived("differenza %"), Some(Derived::Variation));
        assert_eq!(derived("totale_sistema"), Some(Derived::Across));
        assert_eq!(derived("TOTALE AL NETTO DEI RINNOVI"), Some(Derived::Net));
        assert_eq!(derived("UTILIZZO % PROVENTI"), Some(Derived::Use));
        assert_eq!(derived("RISULTATO"), None);
    }
}
