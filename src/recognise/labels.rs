//! The words of totals, signatures and footnotes.

use crate::value::fold::{begins_with, words};

/// First words of labels of totals.
pub const TOTALS: &[&str] = &[
    "totale",
    "totali",
    "subtotale",
    "subtotali",
    "media",
    "medie",
    "somma",
    "percentuale",
    "tot",
    "complessivo",
    "complessiva",
];

/// First words of labels that a word such as `medio` makes one of a total.
const FIGURES: &[&str] =
    &["risultato", "punteggio", "valore", "percentuale", "tempo", "importo", "costo", "scostamento"];

/// Words that may follow them; with any other the text is a record's own.
pub const AFTER_TOTAL: &[&str] = &[
    "generale",
    "generali",
    "complessivo",
    "complessiva",
    "complessivi",
    "aritmetica",
    "ponderata",
    "ponderato",
    "ponderate",
    "ponderati",
    "pesata",
    "pesato",
    "pesate",
    "pesati",
    "semplice",
    "si",
    "no",
    "annua",
    "annuale",
    "sezione",
    "area",
    "ufficio",
    "presenze",
    "processi",
    "processo",
    "procedimenti",
    "standard",
    "parziale",
    "parziali",
    "finale",
    "finali",
    "di",
    "del",
    "dei",
    "delle",
    "della",
    "degli",
    "n",
    "risultati",
    "risultato",
    "punteggio",
    "punteggi",
    "costi",
    "costo",
    "spese",
    "spesa",
    "sistema",
    "ente",
    "camera",
    "colonna",
    "riga",
    "totale",
    "e",
    "proventi",
    "oneri",
    "investimenti",
    "obiettivo",
    "obiettivi",
    "indicatori",
    "pratiche",
    "fatture",
    "step",
    "target",
    "raggiungimento",
    "importo",
    "importi",
    "giorni",
    "gg",
    "personale",
    "anno",
    "euro",
    "processi/servizi",
    "servizi",
    "casi",
    "realizzazione",
    "risorse",
    "unita",
    "uffici",
    "camerale",
    "pagamenti",
    "valori",
    "rilevati",
    "pagina",
    "foglio",
    "tabella",
    "mese",
    "trimestre",
    "semestre",
    "scostamento",
    "scostamenti",
];

/// How signatures begin, folded.
const SIGNATURES: &[&str] = &[
    "il responsabile",
    "la responsabile",
    "il dirigente",
    "la dirigente",
    "il segretario",
    "il funzionario",
    "il referente",
    "il direttore",
    "il compilatore",
    "compilato da",
    "redatto da",
    "per l'ufficio",
    "firmato digitalmente",
    "documento firmato",
    "f.to",
    "visto, il",
    "visto, la",
];

/// How footnotes and the like begin, folded.
const NOTES: &[&str] = &[
    "data compilazione",
    "data di compilazione",
    "luogo e data",
    "data aggiornamento",
    "ultimo aggiornamento",
    "lucca, li",
    "dati aggiornati",
    "i dati",
    "la presente",
    "rilevazione al",
    "situazione al",
    "aggiornato al",
    "estratto da",
    "dati estratti",
    "tabella aggiornata",
    "n.b",
    "p.s",
];

/// Words that begin a signature only when nothing but punctuation follows them.
const SIGNATURE_WORDS: &[&str] =
    &["firma", "firmato", "compilato", "compilata", "visto", "redatto", "referente", "responsabile", "dirigente"];

/// Words that begin a note only when nothing but punctuation follows them.
const NOTE_WORDS: &[&str] = &[
    "aggiornato",
    "aggiornata",
    "fonte",
    "fonti",
    "nota",
    "note",
    "nb",
    "legenda",
    "data",
    "pag",
    "pagina",
    "allegato",
    "avvertenza",
    "avvertenze",
    "stampato",
    "elaborazione",
];

fn begins(folded: &str, notes: &[&str]) -> bool {
    let ends = |rest: &str| !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '\'');
    notes.iter().any(|note| folded.strip_prefix(note).is_some_and(ends))
}

fn begins_with_word(folded: &str, words: &[&str]) -> bool {
    let marks = [':', '.', '_', '(', '*', ')'];
    words.iter().any(|word| folded.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(marks)))
}

/// Whether a folded text is surely a signature, a footnote or the like by how it begins.
pub fn begins_as_note(folded: &str) -> bool {
    begins(folded, SIGNATURES) || begins(folded, NOTES)
}

/// The same where one word says it, which may be a name elsewhere: `Firma`, `Fonte: …`.
pub fn begins_with_note_word(folded: &str) -> bool {
    begins_with_word(folded, SIGNATURE_WORDS) || begins_with_word(folded, NOTE_WORDS)
}

/// Whether a folded text begins as a signature does.
pub fn begins_as_signature(folded: &str) -> bool {
    begins(folded, SIGNATURES) || begins_with_word(folded, SIGNATURE_WORDS)
}

/// Whether a folded text is a label of a note and nothing else.
pub fn is_note_label(folded: &str) -> bool {
    [SIGNATURES, NOTES, SIGNATURE_WORDS, NOTE_WORDS].iter().any(|labels| labels.contains(&folded))
}

/// What closing rows count: `N. PROCESSI`, `PROCESSI`.
const COUNTED: &[&str] = &["processi", "procedimenti", "procedure", "standard"];

/// Whether a text is the label of a row that counts the records above it.
pub fn is_count_label(text: &str) -> bool {
    let words = words(text);
    let Some((first, rest)) = words.split_first() else { return false };
    let plain = |word: &String| {
        let word = word.as_str();
        COUNTED.contains(&word)
            || matches!(
                word,
                "conteggiati" | "valutati" | "monitorati" | "rilevati" | "totale" | "totali" | "dei" | "di"
            )
    };
    let counts = matches!(first.as_str(), "n" | "nr" | "num" | "numero")
        && rest.iter().any(|word| COUNTED.contains(&word.as_str()));
    (counts || first == "processi") && rest.iter().all(plain)
}

/// Whether a text begins as the labels of totals do: about others no section decides.
pub fn may_be_total_label(text: &str) -> bool {
    begins_with(text, TOTALS) || begins_with(text, FIGURES)
}

/// Whether a label names its figure, as a record can too: `Punteggio medio`; `TOTALE` and `MEDIA` name none.
pub fn is_named_figure(label: &str) -> bool {
    words(label).first().is_some_and(|first| FIGURES.contains(&first.as_str()))
}

/// Whether a label names what an office measures, as a record can too, and no result of results: `Tempo medio`, `Costo
/// medio`, `Percentuale pratiche`.
pub fn is_measured_figure(label: &str) -> bool {
    let words = words(label);
    match &words[..] {
        [first, ..] if matches!(first.as_str(), "tempo" | "costo" | "importo") => true,
        [first, second, ..] => {
            first == "percentuale" && !second.starts_with("compless") && !second.starts_with("total")
        }
        _ => false,
    }
}

/// Whether a text is the label of a total, and not a longer text that begins like one.
pub fn is_total_label(text: &str, section: &str) -> bool {
    if !may_be_total_label(text) {
        return false;
    }
    let words = words(text);
    let Some((first, rest)) = words.split_first() else { return false };
    // `Risultato medio`, `Punteggio complessivo`, `Risultato obiettivo 1`.
    if FIGURES.contains(&first.as_str()) {
        let is_whole =
            |word: &str| matches!(word, "medio" | "media" | "complessivo" | "complessiva" | "totale" | "finale");
        // `Valore medio ponderato`.
        let is_how =
            |word: &String| ["ponderat", "pesat", "semplic", "aritmetic"].iter().any(|how| word.starts_with(how));
        match rest {
            [second, how @ ..] if is_whole(second) && how.len() <= 1 && how.iter().all(is_how) => return true,
            [of, number] if of == "obiettivo" && number.chars().all(|c| c.is_ascii_digit()) => return true,
            _ => {}
        }
    }
    if !TOTALS.contains(&first.as_str()) {
        return false;
    }
    // `Media % di rispetto`; `Percentuale di rispetto` is what an office measures.
    let is_of_mean = |word: &str| first == "media" && word == "rispetto";
    let plain = |word: &String| {
        AFTER_TOTAL.contains(&word.as_str()) || is_of_mean(word) || word.chars().all(|c| c.is_ascii_digit())
    };
    let of_section = !section.is_empty() && !rest.is_empty() && {
        let section = crate::value::fold::words(section);
        rest.iter().all(|word| plain(word) || section.contains(word))
    };
    // `TOTALE UFFICIO URP`: whatever part of the body it is of.
    let of_part = rest.first().is_some_and(|first| {
        matches!(first.as_str(), "ufficio" | "area" | "settore" | "servizio" | "sezione" | "unita" | "dipartimento")
    }) && matches!(words[0].as_str(), "totale" | "media" | "tot");
    rest.iter().all(plain) || of_section || of_part
}
