//! The term that cases are judged by: what stands above their own table, else what is expected of all of them.

use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::evidence::{Evidence, Rows};
use crate::place::Place;
use crate::value::duration::Unit;
use crate::value::number;

/// Two terms above one table.
pub static TWO_TERMS: Code = Code {
    id: "P056",
    slug: "two-terms",
    severity: Severity::Warning,
    message: Text::new(
        "sopra la tabella ci sono due termini diversi, «{first}» e «{second}»: vale il primo",
        "two different terms stand above the table, \"{first}\" and \"{second}\": the first counts",
    ),
    help: Text::new(
        "lasciare un solo «Termine: …» sopra la tabella, o dividere le pratiche in due fogli",
        "leave just one \"Termine: …\" above the table, or split the cases into two sheets",
    ),
};

/// Several terms in what a plan expects.
pub static SEVERAL_EXPECTED: Code = Code {
    id: "P071",
    slug: "several-terms-expected",
    severity: Severity::Warning,
    message: Text::new(
        "il risultato atteso nomina più termini ({terms} giorni): le pratiche sono valutate su {used}",
        "the expected result names several terms ({terms} days): the cases are judged by {used}",
    ),
    help: Text::new(
        "lasciare nel risultato atteso solo il termine che vale, o scriverlo sopra il registro («Termine: 30 gg.»)",
        "leave only the term that counts in the expected result, or write it above the log (\"Termine: 30 gg.\")",
    ),
};

/// A term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// How many days.
    pub days: Decimal,
    /// Whether they are working days.
    pub working: bool,
}

/// What a text says of a term; each of its parts may be left unsaid.
#[derive(Debug, Clone, Copy, Default)]
pub struct Expected {
    /// How many days.
    pub days: Option<Decimal>,
    /// Whether they are working days.
    pub working: Option<bool>,
}

impl Expected {
    /// What a plan expects.
    pub fn in_text(text: &str) -> Self {
        let days = term_in(text).map(|(amount, _, unit)| in_days(amount, unit));
        Self { days, working: working_in(text) }
    }

    /// What a standard expects of the share of its cases, below a header that may say which days they have; weeks and
    /// months are of the calendar.
    pub fn in_share(text: &str, header: &str) -> Self {
        let long = |word: &String| ["settiman", "mes"].iter().any(|stem| word.starts_with(stem));
        let is_of_calendar = crate::value::fold::words(text).iter().any(long);
        let said = Self::in_text(text);
        let by_header = if is_of_calendar { Some(false) } else { working_in(header) };
        Self { working: said.working.or(by_header.filter(|_| said.days.is_some())), ..said }
    }

    /// What stands above a table: a label, else a title; either can say which days are meant.
    fn above(evidence: &Evidence) -> Self {
        let context = &evidence.table.context;
        let label = context.label(&["termine", "termine di conclusione"]);
        let labelled = label.and_then(|label| term_in(&label.value).or_else(|| plain_days(&label.value)));
        let titled = || context.titles.iter().find_map(|(title, _)| term_in(title));
        let term = labelled.or_else(titled);
        let anywhere = || context.titles.iter().find_map(|(title, _)| working_in(title));
        let working = term.and_then(|(_, working, _)| working).or_else(anywhere);
        Self { days: term.map(|(amount, _, unit)| in_days(amount, unit)), working }
    }
}

/// The term of each table: its own, else the expected one, else that of the first table that names one.
pub fn terms(proofs: &[&Evidence], expected: Expected, findings: &mut Findings) -> Vec<Option<Term>> {
    let own: Vec<Expected> = proofs.iter().map(|proof| Expected::above(proof)).collect();
    let cases = proofs.iter().filter(|proof| matches!(proof.rows, Rows::Cases(_)));
    cases.for_each(|proof| two_terms(proof, findings));
    let first = own.iter().find(|own| own.days.is_some()).filter(|_| expected.days.is_none());
    let days = expected.days.or_else(|| first?.days);
    // A clock that goes with the term of another table is no one else's, unless the term is.
    let alone = || own.iter().filter(|own| own.days.is_none()).find_map(|own| own.working);
    let clock = expected.working.or_else(|| first?.working).or_else(alone);
    own.iter()
        .map(|own| {
            let clock = if own.days.is_some() { expected.working } else { clock };
            Some(Term { days: own.days.or(days)?, working: own.working.or(clock).unwrap_or(false) })
        })
        .collect()
}

fn two_terms(evidence: &Evidence, findings: &mut Findings) {
    let labels = evidence.table.context.labels.iter().filter(|label| label.name.starts_with("termine"));
    let mut terms = labels.filter_map(|label| {
        let (amount, working, unit) = term_in(&label.value).or_else(|| plain_days(&label.value))?;
        Some((label, in_days(amount, unit), working))
    });
    let Some((first, days, working)) = terms.next() else { return };
    let differs = |other: Option<bool>| matches!((working, other), (Some(one), Some(other)) if one != other);
    let Some((second, ..)) = terms.find(|(_, other, clock)| *other != days || differs(*clock)) else { return };
    let cell = |(row, col): (u32, u32)| Place::cell(&evidence.table.file, &evidence.table.sheet, row, col);
    let finding = Finding::new(&TWO_TERMS, cell(second.cell)).with("first", first.value.clone());
    findings.push(finding.with("second", second.value.clone()).and(cell(first.cell)));
}

fn in_days(amount: Decimal, unit: Unit) -> Decimal {
    if unit == Unit::Hours { amount / Decimal::from(24) } else { amount }
}

/// `Termine: 30`.
fn plain_days(text: &str) -> Option<(Decimal, Option<bool>, Unit)> {
    number::scan(text).map(|number| (number.read(number::Nature::Measure, None), None, Unit::Days))
}

/// All terms in days that a text names, each once, in their order.
pub fn terms_in(text: &str) -> Vec<Decimal> {
    let mut found: Vec<Decimal> = Vec::new();
    let mut rest = text;
    while let Some(digit) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let end = rest[digit..].find(|letter: char| !letter.is_ascii_digit()).map_or(rest.len(), |end| digit + end);
        // The number and the word behind it.
        let behind = rest[end..].trim_start();
        let word = behind.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(behind.len());
        let named = term_in(&format!("{} {}", &rest[digit..end], &behind[..word]));
        let days = named.map(|(amount, _, unit)| in_days(amount, unit));
        found.extend(days.filter(|days| !found.contains(days)));
        rest = &rest[end..];
    }
    found
}

/// The term a text names, wherever it stands in it: `rispetto tempi pagamento a 30 gg. dalla data di protocollo`.
pub fn term_in(text: &str) -> Option<(Decimal, Option<bool>, Unit)> {
    let words = crate::value::fold::words(text);
    let at = words.windows(2).position(|pair| {
        pair[0].chars().all(|c| c.is_ascii_digit())
            && matches!(pair[1].as_str(), "gg" | "giorni" | "giorno" | "g" | "ore" | "mesi" | "mese" | "settimane")
    });
    let glued = words.iter().position(|word| {
        word.strip_suffix("gg").is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
    });
    // `gg. 30`.
    let behind = words
        .windows(2)
        .position(|pair| matches!(pair[0].as_str(), "gg" | "giorni") && pair[1].chars().all(|c| c.is_ascii_digit()));
    let (number, unit) = match (at, glued, behind) {
        (Some(at), glued, _) if glued.is_none_or(|glued| at < glued) => (words[at].clone(), words[at + 1].clone()),
        (_, Some(at), _) => (words[at].trim_end_matches("gg").to_owned(), "gg".to_owned()),
        (None, None, Some(at)) => (words[at + 1].clone(), words[at].clone()),
        _ => return None,
    };
    let amount: Decimal = number.parse().ok()?;
    let (amount, unit) = match unit.as_str() {
        "ore" => (amount, Unit::Hours),
        "mesi" | "mese" => (amount * Decimal::from(30), Unit::Days),
        "settimane" => (amount * Decimal::from(7), Unit::Days),
        _ => (amount, Unit::Days),
    };
    Some((amount, working_in(text), unit))
}

/// Whether a text says working days or calendar days.
pub fn working_in(text: &str) -> Option<bool> {
    let words = crate::value::fold::words(text);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if has(&["lavorativi", "lavorativo", "lav"]) {
        Some(true)
    } else if has(&["naturali", "solari", "calendario", "consecutivi"]) {
        Some(false)
    } else {
        None
    }
}
