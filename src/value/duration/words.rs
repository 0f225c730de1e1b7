//! The words of terms: units, verdicts, and the words that turn a text into something else.

use rust_decimal::Decimal;

use super::{Clock, Measure, Span, Unit};
use crate::value::fold;
use crate::value::token::number_word;

/// A unit as written: how many of which [`Unit`] one is, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) unit: Unit,
    pub(super) times: u32,
    pub(super) over: u32,
}

impl Written {
    pub(super) const DAYS: Self = Self { unit: Unit::Days, times: 1, over: 1 };
    pub(super) const HOURS: Self = Self { unit: Unit::Hours, times: 1, over: 1 };
    pub(super) const MINUTES: Self = Self { unit: Unit::Hours, times: 1, over: 60 };

    /// What it says as the unit of bare numbers.
    pub(super) fn clock(self) -> Clock {
        let unit = if self.over == 60 { Unit::Minutes } else { self.unit };
        Clock { unit, times: self.times, working: None }
    }

    /// The unit of bare numbers.
    pub(super) fn of(clock: Clock) -> Self {
        match clock.unit {
            Unit::Days => Self { times: clock.times, ..Self::DAYS },
            Unit::Hours => Self { times: clock.times, ..Self::HOURS },
            Unit::Minutes => Self { times: clock.times, ..Self::MINUTES },
        }
    }

    /// So many of this unit, as hours or days; none when too many.
    pub(super) fn amount(self, number: Decimal) -> Option<Decimal> {
        let amount = number.checked_mul(Decimal::from(self.times))?.checked_div(Decimal::from(self.over))?;
        (amount < Decimal::from(10_000_000)).then_some(amount.normalize())
    }
}

/// The unit a word names after a number.
pub(super) fn unit(word: &str) -> Option<Written> {
    let days = |times| Some(Written { unit: Unit::Days, times, over: 1 });
    match word {
        "g" | "gg" | "giorno" | "giorni" | "giornata" | "giornate" => days(1),
        "settimana" | "settimane" | "sett" => days(7),
        "mese" | "mesi" => days(30),
        "anno" | "anni" => days(365),
        "h" | "hh" | "ora" | "ore" => Some(Written::HOURS),
        "minuto" | "minuti" | "min" => Some(Written::MINUTES),
        _ => None,
    }
}

/// The unit that a word of a header names wherever it stands.
pub(super) fn header_unit(word: &str) -> Option<Written> {
    match word {
        "gg" | "giorno" | "giorni" => Some(Written::DAYS),
        "ore" | "hh" => Some(Written::HOURS),
        "minuti" => Some(Written::MINUTES),
        _ => None,
    }
}

/// The unit a word names before a number; `h 24` and `min 5` are other things.
pub(super) fn unit_before(word: &str) -> Option<Written> {
    if matches!(word, "h" | "hh" | "min") { None } else { unit(word) }
}

/// Whether a word says working (true) or calendar (false) days.
pub(in crate::value) fn working(word: &str) -> Option<bool> {
    match word {
        "lav" | "lavorativa" | "lavorative" | "lavorativi" | "lavorativo" => Some(true),
        "naturali" | "naturale" | "solari" | "solare" | "calendario" | "consecutivi" => Some(false),
        _ => None,
    }
}

/// Words that make a time or a share mean something else: late, not, less, more.
const CHANGES: &[&str] = &[
    "altre",
    "altri",
    "anticipo",
    "anziche",
    "aumento",
    "circa",
    "dopo",
    "errore",
    "errori",
    "fuori",
    "inevase",
    "incremento",
    "invece",
    "media",
    "meno",
    "non",
    "oltre",
    "oppure",
    "parzialmente",
    "piu",
    "prima",
    "quasi",
    "respinte",
    "riduzione",
    "ritardi",
    "ritardo",
    "scadute",
    "scostamento",
    "superato",
    "superiore",
    "tardivo",
    "tranne",
];

/// Whether a free text beside a value could change what the value means.
pub(super) fn changes_meaning(folded: &str) -> bool {
    fold::words_of(folded).any(is_change)
}

pub(super) fn is_change(word: &str) -> bool {
    let few = matches!(word, "un" | "una" | "uno");
    CHANGES.contains(&word) || number_word(word).is_some_and(|_| !few)
}

/// Whether a word before a number says that it is the most there may be: `max`, `entro`, `non oltre`, `inferiore a`.
pub(super) fn is_of_most(word: &str) -> bool {
    const MOST: &[&str] = &["entro", "inferiore", "inferiori", "meno", "oltre", "superiore"];
    MOST.contains(&word) || word.starts_with("massim") || word == "max"
}

/// Whether brackets hold nothing but a unit: `(ore)`, `(giorni lavorativi)`.
pub(super) fn is_unit_note(folded: &str) -> bool {
    let plain = |word: &str| word == "di" || working(word).is_some() || unit(word).is_some();
    fold::words_of(folded).next().is_some() && fold::words_of(folded).all(plain)
}

/// Whether brackets only say that the value is a mean: `(media)`.
pub(super) fn is_mean_note(folded: &str) -> bool {
    matches!(folded, "media" | "in media" | "di media" | "tempo medio" | "valore medio" | "dato medio")
}

/// What may follow a verdict without changing it.
const BESIDE: &[&str] = &[
    "carta",
    "da",
    "dai",
    "dal",
    "dalla",
    "dei",
    "del",
    "della",
    "delle",
    "di",
    "entro",
    "evasa",
    "evase",
    "i",
    "il",
    "istanze",
    "la",
    "le",
    "legge",
    "nei",
    "norma",
    "normativa",
    "pratiche",
    "previsti",
    "previsto",
    "procedimento",
    "regolamentari",
    "regolamento",
    "richiesta",
    "richieste",
    "richiesti",
    "servizi",
    "sempre",
    "stabiliti",
    "stabilito",
    "standard",
    "tempi",
    "tempistica",
    "termine",
    "termini",
    "tutte",
    "tutti",
];

const WITHIN: &[&str] = &[
    "nei termini",
    "nel termine",
    "nei tempi",
    "in termine",
    "entro i termini",
    "entro il termine",
    "entro termine",
    "entro i tempi",
    "nel rispetto dei termini",
    "nel rispetto dei tempi",
    "rispettato",
    "rispettata",
    "rispettati",
    "rispettate",
    "termini rispettati",
    "termine rispettato",
    "tempi rispettati",
    "rispetto dei termini",
];

const BEYOND: &[&str] = &[
    "fuori termine",
    "fuori termini",
    "fuori dai termini",
    "fuori tempo",
    "oltre i termini",
    "oltre il termine",
    "oltre termine",
    "oltre i tempi",
    "non rispettato",
    "non rispettata",
    "non rispettati",
    "non rispettate",
    "termini non rispettati",
    "termine non rispettato",
    "non nei termini",
    "non entro i termini",
    "in ritardo",
];

const AT_ONCE: &[&str] = &[
    "a vista",
    "immediato",
    "immediata",
    "immediati",
    "immediate",
    "immediatamente",
    "in tempo reale",
    "tempo reale",
    "contestuale",
    "contestuali",
    "contestualmente",
    "in giornata",
    "entro la giornata",
    "stesso giorno",
    "lo stesso giorno",
    "nello stesso giorno",
];

const ALWAYS: &[&str] = &[
    "sempre disponibile",
    "sempre disponibili",
    "disponibile sempre",
    "sempre attivo",
    "sempre attiva",
    "sempre accessibile",
    "24 ore su 24",
    "h24",
    "h 24",
];

/// What may stand before `immediato`.
const SERVICES: &[&str] = &["rilascio", "evasione", "risposta", "consegna", "tempo", "servizio", "ritiro"];

/// The value of a text that gives no figure; none when it gives one or says something else.
pub(super) fn verdict(folded: &str) -> Option<Measure> {
    if let Some(rest) = after(folded, ALWAYS) {
        return (!changes_meaning(rest)).then_some(Measure::Always);
    }
    if let Some(rest) = after(folded, BEYOND) {
        return plain(rest).then_some(Measure::Beyond);
    }
    if let Some(rest) = after(folded, WITHIN) {
        return plain(rest).then_some(Measure::Within);
    }
    let service = folded.split_once(' ').filter(|(word, _)| SERVICES.contains(word)).map(|(_, rest)| rest);
    let rest = after(folded, AT_ONCE).or_else(|| after(service?, AT_ONCE))?;
    let other = rest.contains(|letter: char| letter.is_numeric() || matches!(letter, '%' | '/' | '<' | '>'));
    let or = fold::words_of(rest).any(|word| word == "o" || unit(word).is_some());
    (!other && !or && !changes_meaning(rest)).then(|| Measure::Span(at_once()))
}

fn at_once() -> Span {
    Span { amount: Decimal::ZERO, unit: Unit::Days, working: None, stated: true, more: None }
}

/// What follows the longest phrase the text begins with, whole words only.
fn after<'a>(folded: &'a str, phrases: &[&str]) -> Option<&'a str> {
    let mut found: Option<&str> = None;
    let first = folded.bytes().next();
    for phrase in phrases.iter().filter(|phrase| phrase.bytes().next() == first) {
        let rest = folded.strip_prefix(phrase).filter(|rest| !rest.starts_with(char::is_alphanumeric));
        if let Some(rest) = rest
            && found.is_none_or(|known| rest.len() < known.len())
        {
            found = Some(rest);
        }
    }
    found
}

fn plain(rest: &str) -> bool {
    rest.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | ',' | '.' | '(' | ')'))
        && fold::words_of(rest).all(|word| BESIDE.contains(&word))
}

/// Whether a word beside a counted figure is a unit of time or changes what the figure means.
pub(in crate::value) fn changes_or_measures(word: &str) -> bool {
    is_change(word) || unit(word).is_some()
}
