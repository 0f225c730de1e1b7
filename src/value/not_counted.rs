//! Values that leave both numerator and denominator: nothing to count, not assessed, suspended, still in progress.
//!
//! A text is one of them only when it says nothing else: `nessuna richiesta` is, `nessuna richiesta evasa` is not.

use super::fold::{fold, words_of};
use crate::finding::Text;
use crate::memo::Memo;

/// Why a value is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// There was nothing to measure: no request, no case.
    NoCases,
    /// It was not or could not be assessed: `N.C.`, `n.d.`, a dash.
    NotAssessed,
    /// It was suspended.
    Suspended,
    /// It is not finished.
    InProgress,
}

impl Reason {
    /// The word in the JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoCases => "no_cases",
            Self::NotAssessed => "not_assessed",
            Self::Suspended => "suspended",
            Self::InProgress => "in_progress",
        }
    }

    /// The words a person reads.
    pub const fn label(self) -> Text {
        match self {
            Self::NoCases => Text::new("nessun caso", "no cases"),
            Self::NotAssessed => Text::new("non valutato", "not assessed"),
            Self::Suspended => Text::new("sospeso", "suspended"),
            Self::InProgress => Text::new("in corso", "in progress"),
        }
    }
}

const CODES: &[&str] = &["nc", "nd", "nv", "na", "ncal", "nval"];

/// What can be missing so that there is nothing to measure; a delay or a mistake is not among them.
const CASES: &[&str] = &[
    "accesso",
    "accessi",
    "caso",
    "casi",
    "denuncia",
    "denunce",
    "deposito",
    "depositi",
    "domanda",
    "domande",
    "evento",
    "eventi",
    "istanza",
    "istanze",
    "iscrizione",
    "iscrizioni",
    "pratica",
    "pratiche",
    "procedimento",
    "procedimenti",
    "procedura",
    "procedure",
    "reclamo",
    "reclami",
    "richiesta",
    "richieste",
    "ricorso",
    "ricorsi",
    "segnalazione",
    "segnalazioni",
];

/// What may stand beside it without saying anything else.
const BESIDE: &[&str] = &[
    "accesso",
    "agli",
    "al",
    "all",
    "alla",
    "anno",
    "arrivo",
    "arrivata",
    "arrivate",
    "atti",
    "civico",
    "corso",
    "da",
    "degli",
    "del",
    "dell",
    "della",
    "di",
    "documentale",
    "e",
    "gestire",
    "generalizzato",
    "in",
    "l",
    "nel",
    "nell",
    "nella",
    "nello",
    "parte",
    "per",
    "periodo",
    "pervenuta",
    "pervenute",
    "pervenuti",
    "pervenuto",
    "presentata",
    "presentate",
    "presentati",
    "presentato",
    "ricevuta",
    "ricevute",
    "ricevuti",
    "ricevuto",
    "registrata",
    "registrate",
    "registrati",
    "registrato",
    "semestre",
    "semplice",
    "stata",
    "state",
    "stati",
    "stato",
    "sono",
    "trimestre",
    "utenti",
    "utenza",
];

const NOT_ASSESSED: &[&str] = &[
    "applicabil",
    "calcolabil",
    "calcolat",
    "conteggiat",
    "determinabil",
    "disponibil",
    "misurabil",
    "pertinent",
    "quantificabil",
    "rilevabil",
    "rilevat",
    "valorizzat",
    "valutabil",
    "valutat",
];

/// What is said of a case that ended.
const ENDED: &[&str] = &["chius", "conclus", "definit", "evas", "liquidat", "pagat", "rilasciat"];

const SUBJECTS: &[&str] =
    &["attivita", "dato", "dati", "indicatore", "obiettivo", "procedimento", "risultato", "valore"];

/// Why a text is not counted; none when it is, or says something else besides.
///
/// ```
/// use allegati::value::not_counted::{Reason, reason};
/// assert_eq!(reason("N.C."), Some(Reason::NotAssessed));
/// assert_eq!(reason("nessuna richiesta"), Some(Reason::NoCases));
/// assert_eq!(reason("In corso"), Some(Reason::InProgress));
/// assert_eq!(reason("nessun ritardo"), None);
/// assert_eq!(reason("in corso (50%)"), None);
/// ```
pub fn reason(text: &str) -> Option<Reason> {
    thread_local!(static KNOWN: Memo<Option<Reason>> = const { Memo::new() });
    KNOWN.with(|known| known.get(text, 0, || read(text)))
}

/// Whether a text in the place of a case's end says that it has none yet.
///
/// ```
/// use allegati::value::not_counted::is_open;
/// assert!(["aperta", "non pagata", "in istruttoria", "ancora da evadere"].into_iter().all(is_open));
/// assert!(!["", "chiusa", "non dovuta", "in sospeso", "in data 3/4"].into_iter().any(is_open));
/// ```
pub fn is_open(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> =
        words_of(&folded).filter(|word| !matches!(*word, "ancora" | "tuttora" | "pratica")).collect();
    let ended = |word: &str| ENDED.iter().any(|stem| is_form(word, stem));
    match words[..] {
        [word] => ["apert", "pendent"].iter().any(|stem| is_form(word, stem)),
        ["non", word] => ended(word),
        ["da", word] => word.ends_with("are") || word.ends_with("ere"),
        ["in", word] => matches!(word, "istruttoria" | "lavorazione" | "attesa"),
        _ => false,
    }
}

fn read(text: &str) -> Option<Reason> {
    let folded = fold(text.trim().strip_prefix('(').and_then(|inside| inside.strip_suffix(')')).unwrap_or(text));
    if is_rule(&folded, text) {
        return Some(Reason::NotAssessed);
    }
    if folded.contains(['%', '‰', '#']) {
        return None;
    }
    // The reason beside a code: `N.C. - nessuna richiesta`.
    match after_code(&folded) {
        Some(rest) if rest.trim().is_empty() => Some(Reason::NotAssessed),
        said => phrase(&words_of(said.unwrap_or(&folded)).collect::<Vec<_>>()),
    }
}

/// Nothing but dashes, equals signs, slashes or points: a cell struck through by hand.
fn is_rule(folded: &str, text: &str) -> bool {
    let ruled = |mark: char| matches!(mark, '-' | '=' | '/' | '_' | '\\' | '–' | '—' | '−' | ' ');
    !text.trim().is_empty() && !folded.is_empty() && folded.chars().all(ruled)
}

/// What follows a code such as `n.c.`; none when the text does not begin with one.
fn after_code(folded: &str) -> Option<&str> {
    let mut code = String::new();
    let mut end = 0;
    for (at, letter) in folded.char_indices() {
        match letter {
            '.' | '/' if code.len() < 4 => {}
            _ if letter.is_ascii_alphabetic() => code.push(letter),
            ' ' if code.len() == 1 && folded[..at].ends_with('.') => {}
            _ => break,
        }
        end = at + letter.len_utf8();
    }
    CODES.contains(&code.as_str()).then(|| folded[end..].trim_matches([' ', '.', '-', ':', ';', ',', '(', ')']))
}

fn phrase(words: &[&str]) -> Option<Reason> {
    let words = match words {
        [subject, rest @ ..] if SUBJECTS.contains(subject) => rest,
        _ => words,
    };
    if no_cases(words) {
        return Some(Reason::NoCases);
    }
    if words.iter().any(|word| word.contains(|letter: char| letter.is_numeric())) {
        return None;
    }
    match words {
        ["non", word, rest @ ..] if NOT_ASSESSED.iter().any(|stem| is_form(word, stem)) && explained(rest) => {
            Some(Reason::NotAssessed)
        }
        [word, rest @ ..] | ["momentaneamente" | "temporaneamente", word, rest @ ..]
            if is_form(word, "sospes") && explained(rest) =>
        {
            Some(Reason::Suspended)
        }
        ["in" | "ancora" | "tuttora", ..] if in_progress(words) => Some(Reason::InProgress),
        _ => None,
    }
}

fn in_progress(words: &[&str]) -> bool {
    let words = if matches!(words, ["ancora" | "tuttora", ..]) { &words[1..] } else { words };
    match words {
        ["in", "corso" | "itinere"] => true,
        ["in", "corso", "di", doing] | ["in", "fase", "di", doing] => {
            doing.ends_with("zione") || doing.ends_with("mento")
        }
        _ => false,
    }
}

/// A stem with one final vowel: `valutabil` in `valutabile`, `valutabili`.
fn is_form(word: &str, stem: &str) -> bool {
    word.strip_prefix(stem).is_some_and(|end| matches!(end, "a" | "e" | "i" | "o"))
}

/// Nothing follows, or a cause.
fn explained(rest: &[&str]) -> bool {
    matches!(rest, [] | ["per" | "causa" | "perche", ..] | ["in", "quanto", ..] | ["a", "causa" | "seguito", ..])
}

fn no_cases(words: &[&str]) -> bool {
    let year = |word: &str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    let beside = |rest: &[&str]| rest.iter().all(|word| BESIDE.contains(word) || CASES.contains(word) || year(word));
    match words {
        ["nessun" | "nessuna" | "nessuno"] => true,
        ["nessun" | "nessuna" | "nessuno" | "0" | "zero", case, rest @ ..] => CASES.contains(case) && beside(rest),
        ["n", "0", case, rest @ ..] => CASES.contains(case) && beside(rest),
        ["non", "sono" | "risultano", state, rest @ ..] | ["non", state, rest @ ..] if is_arrival(state) => {
            rest.iter().any(|word| CASES.contains(word)) && beside(rest)
        }
        ["non", "ci", "sono", "state" | "stati", rest @ ..] => {
            rest.iter().any(|word| CASES.contains(word)) && beside(rest)
        }
        ["assenza", "di", case, rest @ ..] => CASES.contains(case) && beside(rest),
        _ => false,
    }
}

fn is_arrival(word: &str) -> bool {
    ["pervenut", "presentat", "ricevut", "arrivat"].iter().any(|stem| is_form(word, stem))
}

#[cfg(test)]
mod tests;
