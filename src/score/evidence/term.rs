//! The term that cases are judged by: what stands above their own table, else what is expected of all of them.

mod labels;

use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::evidence::{Evidence, Rows};
use crate::memo::Memo;
use crate::place::Place;
use crate::value::duration::{self, Measure, Unit};
use crate::value::number_word;
use labels::TermLabel;

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

/// A label of a term that says none.
pub static UNREAD_TERM: Code = Code {
    id: "P074",
    slug: "term-not-read",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» non dice un termine in giorni: non è stato usato",
        "\"{seen}\" does not say a term in days: it was not used",
    ),
    help: Text::new(
        "scrivere il termine in una sola cella: «Termine: 30 gg.»",
        "write the term in one cell: \"Termine: 30 gg.\"",
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

/// A term above a log that is not the plan's.
pub static TERM_DIFFERS: Code = Code {
    id: "P081",
    slug: "term-differs-from-plan",
    severity: Severity::Warning,
    message: Text::new(
        "il termine sopra le pratiche, «{used}», non è quello dell’elenco, «{expected}»: vale il primo",
        "the term above the cases, \"{used}\", is not that of the plan, \"{expected}\": the first counts",
    ),
    help: Text::new(
        "scrivere lo stesso termine nell’elenco e sopra il registro, o toglierlo da uno dei due",
        "write the same term in the plan and above the log, or remove it from one of them",
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

    /// What a plan expects, below a header that may give bare numbers their unit: `15` below `Termine (gg)`.
    pub fn below(text: &str, header: &str) -> Self {
        let said = Self::in_text(text);
        let bare = || match duration::parse(text, duration::header_clock(header)?, None)? {
            Measure::Span(span) => Some(span.days()),
            _ => None,
        };
        let days = said.days.or_else(bare);
        Self { days, working: said.working.or_else(|| working_in(header).filter(|_| days.is_some())) }
    }

    /// What a standard expects of the share of its cases, below a header that may say which days they have; weeks and
    /// months are of the calendar.
    pub fn in_share(text: &str, header: &str) -> Self {
        let long = |word: &String| matches!(word.as_str(), "settimana" | "settimane" | "mese" | "mesi");
        let is_of_calendar = crate::value::fold::words(text).iter().any(long);
        let said = Self::in_text(text);
        let by_header = if is_of_calendar { Some(false) } else { working_in(header) };
        Self { working: said.working.or(by_header.filter(|_| said.days.is_some())), ..said }
    }

    /// What stands above a table: a label, else a title; either can say which days are meant.
    fn above(evidence: &Evidence, labels: &[TermLabel]) -> Self {
        let titles = &evidence.table.context.titles;
        let labelled = labels.iter().find_map(|label| label.term);
        let titled = || titles.iter().find_map(|(title, _)| term_in(title));
        let term = labelled.or_else(titled);
        let anywhere = || titles.iter().find_map(|(title, _)| working_in(title));
        let working = term.and_then(|(_, working, _)| working).or_else(anywhere);
        Self { days: term.map(|(amount, _, unit)| in_days(amount, unit)), working }
    }
}

/// The term that stands above a table.
pub struct OwnTerm {
    /// How many days.
    pub days: Decimal,
    /// What says so.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// The term above a table: that of a label, else of a title.
pub fn own_term(evidence: &Evidence) -> Option<OwnTerm> {
    let labelled = labels::above(evidence).into_iter().find_map(|label| Some((label.term?, label.line, label.cell)));
    let mut titles = evidence.table.context.titles.iter();
    let titled = || titles.find_map(|(title, cell)| Some((term_in(title)?, title.clone(), *cell)));
    let ((amount, _, unit), text, (row, col)) = labelled.or_else(titled)?;
    let place = Place::cell(&evidence.table.file, &evidence.table.sheet, row, col);
    Some(OwnTerm { days: in_days(amount, unit), text, place })
}

/// The term of each table: its own, else the expected one, else that of the first table that names one.
pub fn terms(proofs: &[&Evidence], expected: Expected, findings: &mut Findings) -> Vec<Option<Term>> {
    let labels: Vec<Vec<TermLabel>> = proofs.iter().map(|proof| labels::above(proof)).collect();
    let labelled = || proofs.iter().zip(&labels);
    let own: Vec<Expected> = labelled().map(|(proof, labels)| Expected::above(proof, labels)).collect();
    let cases = labelled().filter(|(proof, _)| matches!(proof.rows, Rows::Cases(_)));
    cases.for_each(|(proof, labels)| tell_of_labels(proof, labels, findings));
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

/// Tells labels of terms that cannot be read, and two that differ.
fn tell_of_labels(evidence: &Evidence, labels: &[TermLabel], findings: &mut Findings) {
    let cell = |(row, col): (u32, u32)| Place::cell(&evidence.table.file, &evidence.table.sheet, row, col);
    for label in labels.iter().filter(|label| label.term.is_none()) {
        findings.push(Finding::new(&UNREAD_TERM, cell(label.cell)).with("seen", label.line.clone()));
    }
    let mut terms = labels.iter().filter_map(|label| {
        let (amount, working, unit) = label.term?;
        Some((label, in_days(amount, unit), working))
    });
    let Some((first, days, working)) = terms.next() else { return };
    let differs = |other: Option<bool>| matches!((working, other), (Some(one), Some(other)) if one != other);
    let Some((second, ..)) = terms.find(|(_, other, clock)| *other != days || differs(*clock)) else { return };
    let finding = Finding::new(&TWO_TERMS, cell(second.cell)).with("first", first.value.clone());
    findings.push(finding.with("second", second.value.clone()).and(cell(first.cell)));
}

fn in_days(amount: Decimal, unit: Unit) -> Decimal {
    if unit == Unit::Hours { amount / Decimal::from(24) } else { amount }
}

/// All terms in days that a text names, each once, in their order.
pub fn terms_in(text: &str) -> Vec<Decimal> {
    let mut found: Vec<Decimal> = Vec::new();
    let mut rest = text;
    // A number without a unit takes that of the next one, to which it is joined: `30 o 60 giorni`.
    let mut joined: Option<&str> = None;
    while let Some(digit) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let end = rest[digit..].find(|letter: char| !letter.is_ascii_digit()).map_or(rest.len(), |end| digit + end);
        let number = &rest[digit..end];
        // The number and the word behind it.
        let behind = rest[end..].trim_start();
        let word = behind.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(behind.len());
        let of_unit = |number: &str| {
            let named = term_in(&format!("{number} {}", &behind[..word]));
            named.map(|(amount, _, unit)| in_days(amount, unit))
        };
        for days in joined.take().and_then(of_unit).into_iter().chain(of_unit(number)) {
            if !found.contains(&days) {
                found.push(days);
            }
        }
        let between = behind.find(|letter: char| letter.is_ascii_digit()).map(|next| behind[..next].trim());
        joined = between.filter(|between| matches!(*between, "o" | "e" | "/" | "ovvero" | "oppure")).map(|_| number);
        rest = &rest[end..];
    }
    found
}

/// The term a text names, wherever it stands in it: `rispetto tempi pagamento a 30 gg. dalla data di protocollo`.
pub fn term_in(text: &str) -> Option<(Decimal, Option<bool>, Unit)> {
    thread_local!(static KNOWN: Memo<Option<(Decimal, Option<bool>, Unit)>> = const { Memo::new() });
    KNOWN.with(|known| known.get(text, 0, || find_term(text)))
}

fn find_term(text: &str) -> Option<(Decimal, Option<bool>, Unit)> {
    let words = crate::value::fold::words(&without_spelling(text));
    let is_unit = |word: &str| matches!(word, "gg" | "giorni" | "giorno" | "g" | "ore" | "mesi" | "mese" | "settimane");
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || number_word(word).is_some();
    let at = words.windows(2).position(|pair| is_number(&pair[0]) && is_unit(&pair[1]));
    let glued = words.iter().position(|word| {
        word.strip_suffix("gg").is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
    });
    // `gg. 30`.
    let behind = words
        .windows(2)
        .position(|pair| matches!(pair[0].as_str(), "gg" | "giorni") && pair[1].chars().all(|c| c.is_ascii_digit()));
    let (at, number, unit) = match (at, glued, behind) {
        (Some(at), glued, _) if glued.is_none_or(|glued| at < glued) => (at, words[at].clone(), words[at + 1].clone()),
        (_, Some(at), _) => (at, words[at].trim_end_matches("gg").to_owned(), "gg".to_owned()),
        (None, None, Some(at)) => (at, words[at + 1].clone(), words[at].clone()),
        _ => return None,
    };
    if is_change(&words[..at], &words[at..]) || is_below_zero(text, &number) {
        return None;
    }
    let amount: Decimal = number.parse().ok().or_else(|| number_word(&number).map(Decimal::from))?;
    let (amount, unit) = match unit.as_str() {
        "ore" => (amount, Unit::Hours),
        "mesi" | "mese" => (amount * Decimal::from(30), Unit::Days),
        "settimane" => (amount * Decimal::from(7), Unit::Days),
        _ => (amount, Unit::Days),
    };
    Some((amount, working_in(text), unit))
}

/// Whether days are no term of a case by the words before and behind them: how late it may be, how much faster it is to
/// become, how long after its due date.
fn is_change(before: &[String], behind: &[String]) -> bool {
    let last = before.last().map_or("", String::as_str);
    let any = |stems: &[&str]| before.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let leads = matches!(last, "entro" | "a" | "in" | "max" | "massimo" | "oltre" | "i");
    let is_faster =
        any(&["riduzion", "ridur", "ridott", "diminu", "anticip", "contrazion", "miglior", "abbatt", "accelera"]);
    let is_delay = any(&["ritard", "itp"]) || (any(&["indicator", "indice"]) && any(&["tempestiv"]));
    let since = behind.iter().skip(1).take(4).map(String::as_str).collect::<Vec<_>>();
    let after_due = since.windows(2).any(|pair| {
        matches!(pair[0], "dalla" | "dal" | "alla" | "sulla" | "della") && matches!(pair[1], "scadenza" | "termine")
    });
    after_due || last == "almeno" || (is_faster && !leads) || (is_delay && last != "entro")
}

/// Whether a number of a text is written with a minus: `-5 gg`, and not `10-15 gg`.
fn is_below_zero(text: &str, number: &str) -> bool {
    let is_it = |(at, _): (usize, &str)| {
        let sign = text[..at].strip_suffix(['-', '−']);
        sign.is_some_and(|before| before.is_empty() || before.ends_with([' ', ':', '=', '(', '\u{a0}']))
    };
    text.match_indices(number).any(is_it)
}

/// A text without the words in brackets that spell its numbers: `30 (trenta) giorni`.
fn without_spelling(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('(') {
        plain.push_str(before);
        let Some((inner, after)) = behind.split_once(')') else {
            rest = &rest[before.len()..];
            break;
        };
        let spells = before.trim_end().ends_with(|letter: char| letter.is_ascii_digit())
            && !inner.contains(|letter: char| !letter.is_alphabetic())
            && !matches!(inner, "gg" | "g" | "giorni" | "ore" | "mesi");
        if !spells {
            plain.extend(['(']);
            plain.push_str(inner);
            plain.push(')');
        }
        rest = after;
    }
    plain + rest
}

/// Whether a text says working days or calendar days.
pub fn working_in(text: &str) -> Option<bool> {
    thread_local!(static KNOWN: Memo<Option<bool>> = const { Memo::new() });
    KNOWN.with(|known| known.get(text, 0, || find_working(text)))
}

fn find_working(text: &str) -> Option<bool> {
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

#[cfg(test)]
mod tests {
    use super::Expected;

    #[test]
    fn the_header_gives_bare_numbers_their_unit() {
        let days = |text: &str, header: &str| Expected::below(text, header).days.map(|days| days.to_string());
        assert_eq!(days("15", "Termine (gg)").as_deref(), Some("15"));
        assert_eq!(days("2", "Termine (settimane)").as_deref(), Some("14"));
        assert_eq!(days("entro 30 gg", "Risultato atteso").as_deref(), Some("30"));
        assert_eq!(days("15", "Risultato atteso"), None);
        assert_eq!(days("almeno 80%", "Termine (gg)"), None);
        assert_eq!(Expected::below("15", "Termine (giorni lavorativi)").working, Some(true));
    }

    #[test]
    fn the_header_says_which_days_a_share_has_but_for_weeks_and_months() {
        let working = |text: &str| Expected::in_share(text, "Standard (giorni lavorativi)").working;
        assert_eq!(working("95% messa a disposizione entro 5 gg"), Some(true));
        assert_eq!(working("95% entro 2 settimane"), Some(false));
        assert_eq!(working("95%"), None);
    }
}
