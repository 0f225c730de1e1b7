//! Standards whose words say that the better is what the rule of their kind takes for the worse.

use crate::finding::{Code, Severity, Text};
use crate::kinds::charter::Record;
use crate::kinds::checks::less;
use crate::memo::Memo;
use crate::value::duration::{Measure, Unit};
use crate::value::fold::words;

/// A standard that may be meant the other way round.
pub static DIRECTION_IN_DOUBT: Code = Code {
    id: "P036",
    slug: "direction-in-doubt",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» ({planned}, {measured}): letto come {read}",
        "\"{seen}\" ({planned}, {measured}): read as {read}",
    ),
    help: Text::new(
        "se è il contrario, il risultato è sbagliato: dire all’ufficio di scrivere uno standard che dica quale valore è il migliore",
        "if it is the other way round the result is wrong: ask the office for a standard that says which value is the better",
    ),
};

/// Words of counts of which more is better, in days or without a unit.
const COUNTED: &[&str] =
    &["apertura", "aperture", "corsi", "incontri", "eventi", "seminari", "iniziative", "newsletter"];

/// Words of what is no time: marks that users give, and shares.
const MARKS: &[&str] = &[
    "gradimento",
    "soddisfazione",
    "voto",
    "voti",
    "punteggio",
    "giudizio",
    "rating",
    "indice",
    "tasso",
    "percentuale",
    "incidenza",
];
/// What follows `soddisfazione` where it is no mark: `soddisfazione delle richieste`.
const SATISFIED: &[&str] = &["richiesta", "richieste", "istanza", "istanze", "domanda", "domande"];
/// Words of the least that there may be.
const LEAST: &[&str] = &["minimo", "minimi", "minima", "minime", "preavviso"];

/// Words that say of what is counted that it went wrong.
const BAD: &[&str] = &[
    "perse",
    "persi",
    "perdute",
    "perduti",
    "sospese",
    "sospesi",
    "respinte",
    "respinti",
    "inevase",
    "inevasi",
    "scartate",
    "scartati",
    "arretrate",
    "arretrati",
];
/// Words of what was refused, which may be the name of a process too.
const REFUSED: &[&str] = &["scarti", "respingimenti", "sospensioni"];
/// How words begin that say that something good is done about them: `recupero chiamate perse`, `% scarti recuperati`.
const MENDED: &[&str] = &[
    "recuper", "gest", "tratta", "evas", "evad", "risol", "rispo", "riscontr", "esam", "riesam", "smalt", "defin",
    "chius", "conclu", "vint", "accolt", "rientr", "riattiv", "sollecit", "ridu", "ridott", "corre", "richiam",
    "archiv", "lavora", "abbatt", "diminu",
];

/// Words of waits.
const WAITS: &[&str] = &["tempo", "tempi", "attesa", "ritardo", "ritardi", "entro", "durata", "termine"];

/// What an indicator of days is by its words.
#[derive(Clone, Copy)]
struct Indicator {
    is_counted: bool,
    is_mark: bool,
    is_least: bool,
}

/// What an indicator of days is found to be, remembered: standards of many offices are called the same.
fn indicator(text: &str) -> Indicator {
    thread_local!(static KNOWN: Memo<Indicator> = const { Memo::new() });
    let found = || Indicator { is_counted: is_counted(text), is_mark: is_mark(text), is_least: is_least(text) };
    KNOWN.with(|known| known.get(text, 0, found))
}

/// Whether an indicator is found to be a share of faults, remembered likewise.
fn is_of_faults(text: &str) -> bool {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    KNOWN.with(|known| known.get(text, 0, || is_share_of_faults(text)))
}

/// How a standard was read, where its own words say that it may be the other way round.
pub fn doubt(record: &Record, planned: &Measure, measured: &Measure) -> Option<Text> {
    let named = if record.indicator.is_empty() { &record.process } else { &record.indicator };
    match (planned, measured) {
        (Measure::Share(planned), Measure::Share(measured)) if planned != measured => {
            let shares = Text::new("quota, di cui è meglio averne di più", "a share, of which more is better");
            let is_said = ["almeno", "≥", ">"].iter().any(|least| record.planned_text.to_lowercase().contains(least));
            (!is_said && is_of_faults(named)).then_some(shares)
        }
        (Measure::Span(planned), Measure::Span(measured)) if planned != measured => {
            let is_days = planned.unit == Unit::Days && measured.unit == Unit::Days;
            let is_bare = is_days && !planned.stated && !measured.stated;
            let times = Text::new("tempo, di cui è meglio averne di meno", "a time, of which less is better");
            let named = indicator(named);
            let is_it = (is_days && named.is_counted) || (is_bare && named.is_mark) || named.is_least;
            is_it.then_some(times)
        }
        _ => None,
    }
}

/// Whether an indicator is a share of faults: `% reclami su pratiche`, `tasso di errore`.
fn is_share_of_faults(text: &str) -> bool {
    let stems = ["percentual", "tasso", "quota", "incidenza"];
    let is_share = text.contains('%') || words(text).iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    (is_share && (less::is_of_faults(text) || is_of_refused(text))) || is_of_bad_ones(text)
}

/// Whether a text is of things that went wrong, with a word that says so of whatever is counted: `Pratiche in ritardo`,
/// `Fatture pagate oltre i termini`; no share of what is done about them.
fn is_of_bad_ones(text: &str) -> bool {
    let words = words(text);
    let is_late = |pair: &[String]| match (pair[0].as_str(), pair[1].as_str()) {
        ("in", "ritardo") | ("oltre", "scadenza") => true,
        ("oltre" | "fuori", term) => term.starts_with("termin"),
        _ => false,
    };
    let is_beyond = words.windows(3).any(|three| three[0] == "oltre" && three[2].starts_with("termin"));
    let is_bad = is_beyond || words.windows(2).any(is_late) || words.iter().any(|word| BAD.contains(&word.as_str()));
    is_bad && !is_mended(&words)
}

/// Whether a text names what was refused: `tasso di scarti`.
fn is_of_refused(text: &str) -> bool {
    let words = words(text);
    words.iter().any(|word| REFUSED.contains(&word.as_str())) && !is_mended(&words)
}

/// Whether words say that something good is done about what they name, or that it is not so.
fn is_mended(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| matches!(word.as_str(), "non" | "senza") || MENDED.iter().any(|stem| word.starts_with(stem)))
}

/// Whether an indicator counts what there should be more of: `N. corsi organizzati`, `Giorni di apertura`.
fn is_counted(text: &str) -> bool {
    let words = words(text);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let is_wait = has(WAITS);
    let is_number = words.first().is_some_and(|first| matches!(first.as_str(), "n" | "nr" | "num" | "numero"));
    let is_of_time = has(&["giorni", "gg", "ore", "minuti", "giornate"]) || less::is_of_faults(text);
    !is_wait && (has(COUNTED) || (is_number && !is_of_time))
}

/// Whether an indicator is a mark or a share, and no time: `Livello di soddisfazione`, `Voto medio (scala 1-10)`.
fn is_mark(text: &str) -> bool {
    let words = words(text);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let is_wait = has(WAITS) || has(&["tempestivita", "giorni", "gg", "ore"]) || less::is_of_faults(text);
    has(MARKS) && !is_wait && !has(SATISFIED)
}

/// Whether an indicator is of the least that there may be: `Tempo minimo di preavviso`.
fn is_least(text: &str) -> bool {
    let words = words(text);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let is_most = words.iter().any(|word| word.starts_with("massim") || word == "max");
    has(LEAST) && !is_most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_the_least_are_no_times_of_which_less_is_better() {
        for text in ["Livello di soddisfazione degli utenti", "Voto medio (scala 1-10)", "Tasso di risposta"] {
            assert!(is_mark(text), "{text}");
        }
        for text in ["Soddisfazione delle richieste", "Indice di tempestività dei pagamenti", "Tempo di voto", "Visure"]
        {
            assert!(!is_mark(text), "{text}");
        }
        assert!(["Tempo minimo di preavviso", "Preavviso agli utenti"].into_iter().all(is_least));
        assert!(!["Tempo minimo e massimo", "Tempo massimo di preavviso"].into_iter().any(is_least));
    }

    #[test]
    fn shares_of_what_is_bad_are_in_doubt() {
        let bad = [
            "% fatture pagate oltre i termini",
            "Pratiche in ritardo",
            "% chiamate perse",
            "Istanze respinte",
            "Pratiche inevase",
            "Pagamenti fuori termine",
            "% ricorsi",
            "Percentuale di scarti",
            "% reclami su pratiche",
            "% disservizi",
        ];
        for text in bad {
            assert!(is_share_of_faults(text), "{text}");
        }
        let good = [
            "Scarto archivi",
            "Gestione reclami",
            "Recupero chiamate perse",
            "% scarti recuperati",
            "Pratiche inevase sollecitate",
            "Pratiche non sospese",
            "% reclami evasi entro 30 gg",
            "Fatture pagate entro i termini",
            "Ricorsi",
        ];
        for text in good {
            assert!(!is_share_of_faults(text), "{text}");
        }
    }
}
