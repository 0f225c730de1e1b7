//! Labels of terms above a table: `Termine: 30 gg.`, `Termine (gg) | 25`, `Termine: | 25 | giorni lavorativi`.

use rust_decimal::Decimal;

use super::{term_in, terms_in, without_spelling, working_in};
use crate::kinds::evidence::Evidence;
use crate::value::duration::{self, Clock, Measure, Unit};
use crate::value::fold::words;
use crate::value::number;

/// Words that a label of a term may have behind the first.
const OF_LABELS: &[&str] = &[
    "calendario",
    "conclusione",
    "consecutivi",
    "del",
    "di",
    "e",
    "finale",
    "fissato",
    "gg",
    "giorni",
    "in",
    "lav",
    "lavorativi",
    "legge",
    "massimo",
    "naturali",
    "ordinario",
    "per",
    "previsti",
    "previsto",
    "procedimento",
    "solari",
    "stabilito",
    "termine",
];

/// A label of a term, with what it says.
pub(super) struct TermLabel {
    /// All of it.
    pub line: String,
    /// What stands behind its name.
    pub value: String,
    /// Its cell.
    pub cell: (u32, u32),
    /// The term, when it can be read.
    pub term: Option<(Decimal, Option<bool>, Unit)>,
}

/// The labels above a table, from the top; one without a value says nothing.
pub(super) fn above(evidence: &Evidence) -> Vec<TermLabel> {
    let titles = &evidence.table.context.titles;
    let mut labels = Vec::new();
    for (at, (title, cell)) in titles.iter().enumerate() {
        // What stands beside it in its row belongs to it, up to the next label.
        let is_beside = |(text, (row, _)): &&(String, (u32, u32))| *row == cell.0 && !text.contains(':');
        let beside = titles[at + 1..].iter().take_while(is_beside).map(|(text, _)| text.as_str());
        let mut lines: Vec<String> = title.lines().map(str::to_owned).collect();
        if let [only] = &mut lines[..] {
            beside.for_each(|text| only.extend([" ", text]));
        }
        labels.extend(lines.into_iter().filter_map(|line| of_line(line, *cell)));
    }
    labels
}

fn of_line(line: String, cell: (u32, u32)) -> Option<TermLabel> {
    let (name, value) = match line.split_once([':', '=']) {
        Some((name, value)) => (name, value.trim()),
        None => line.split_at(line.find(|letter: char| letter.is_ascii_digit())?),
    };
    let names = words(name);
    let is_label = match &names[..] {
        [first, rest @ ..] if matches!(first.as_str(), "termine" | "termini") => {
            rest.iter().all(|word| OF_LABELS.contains(&word.as_str()))
        }
        [first, second] => matches!(first.as_str(), "giorni" | "gg") && second == "previsti",
        _ => false,
    };
    if !is_label || value.is_empty() {
        return None;
    }
    // `30/60 gg` is no term.
    let term = match terms_in(value)[..] {
        [_, _, ..] => None,
        _ => term_in(value).or_else(|| plain_days(value)).or_else(|| in_words(value)),
    };
    let term = term.map(|(amount, working, unit)| (amount, working.or_else(|| working_in(&line)), unit));
    let value = value.to_owned();
    Some(TermLabel { value, term, cell, line })
}

/// `Termine: 30`.
fn plain_days(text: &str) -> Option<(Decimal, Option<bool>, Unit)> {
    number::scan(without_spelling(text).trim())
        .map(|number| (number.read(number::Nature::Measure, None), None, Unit::Days))
}

/// `Termine: un mese`, `Termine: max. 30`.
fn in_words(text: &str) -> Option<(Decimal, Option<bool>, Unit)> {
    match duration::parse(text, Clock::DAYS, None)? {
        Measure::Span(span) => Some((span.amount, span.working, span.unit)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_their_term_in_many_ways() {
        let days = |line: &str| {
            let label = of_line(line.to_owned(), (0, 0))?;
            Some(label.term.map(|(amount, working, _)| (amount.to_string(), working)))
        };
        let said = |amount: &str, working| Some(Some((amount.to_owned(), working)));
        for line in [
            "Termine: 25 gg",
            "Termine (gg) 25",
            "Termine 25",
            "Termine = 25",
            "Termine di conclusione: 25",
            "Termine: 25 (venticinque) giorni",
            "Giorni previsti: 25",
            "Termine massimo: gg. 25",
            "Termine: max. 25",
        ] {
            assert_eq!(days(line), said("25", None), "{line}");
        }
        for line in
            ["Termine: 20 giorni lavorativi", "Termine in giorni lavorativi: 20", "Termine: venti giorni lavorativi"]
        {
            assert_eq!(days(line), said("20", Some(true)), "{line}");
        }
        assert_eq!(days("Termine finale: un mese"), said("30", None));
        assert_eq!(days("Termine: da regolamento"), Some(None));
        assert_eq!(days("Termine: 30/60 gg"), Some(None));
        for line in [
            "Termine:",
            "Termine presentazione domande: 30/06/2019",
            "Termini di conclusione dei procedimenti 2019",
            "Pratiche: 25",
        ] {
            assert_eq!(days(line), None, "{line}");
        }
    }
}
