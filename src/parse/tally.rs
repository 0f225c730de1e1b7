//! Rows of evidence that count what was reached: `TOTALE RAGGIUNTI | 3`, `Target raggiunti: 3`, `TOTALE SI | 2 su 3`.

use std::ops::Range;
use std::sync::Arc;

use super::layout::names_rows;
use super::totals::{TOTAL_DIFFERS, TotalRow};
use crate::finding::{Finding, Findings, Word};
use crate::kinds::evidence::{Evidence, Rows};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::fold::words;

/// First words of totals.
const TOTALS: &[&str] = &["totale", "totali", "tot", "somma"];
/// First words of counts.
const NUMBERS: &[&str] = &["n", "nr", "num", "numero"];
/// What the rows of each kind are called.
const THINGS: &[(&str, &[&str])] = &[
    ("checks", &["target", "obiettivi", "indicatori", "verifiche", "controlli"]),
    ("steps", &["step", "fasi", "scadenze", "adempimenti"]),
    ("coverage", &["uffici", "strutture", "servizi", "sedi", "voci", "adempimenti"]),
];
/// What those are that were reached.
const REACHED: &[&str] = &[
    "raggiunti",
    "raggiunte",
    "rispettati",
    "rispettate",
    "conseguiti",
    "conseguite",
    "soddisfatti",
    "soddisfatte",
    "effettuati",
    "effettuate",
    "eseguiti",
    "eseguite",
    "completati",
    "completate",
    "svolti",
    "svolte",
    "realizzati",
    "realizzate",
    "conclusi",
    "concluse",
    "adempienti",
];
/// What such labels are made of besides.
const PLAIN: &[&str] = &["di", "dei", "degli", "delle", "nei", "in", "tempo", "termini", "generale", "complessivo"];

/// Columns whose texts records have and totals do not.
const RECORDS: &[&str] = &["goal", "met", "done", "target", "step", "item"];

/// What a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Rows that are met.
    Met,
    /// Rows that are not.
    NotMet,
    /// Rows, or those that are met.
    Either,
}

/// How many, and out of how many.
type Figure = (u32, Option<u32>);

/// The label of a row that counts what its records reached; none when it may be a record.
pub fn of(sheet: &Sheet, table: &Table, stored: &[Cell<'_>]) -> Option<String> {
    let kind = table.kind.id;
    let (_, things) = THINGS.iter().find(|(id, _)| *id == kind)?;
    let label = stored.iter().find(|cell| cell.text().is_some() && names_rows(table, cell.col))?;
    let text = label.text()?;
    let (name, behind) = if stored.len() == 1 { split(&text)? } else { (&*text, None) };
    let all = words(name);
    let (first, rest) = all.split_first()?;
    let has = |list: &[&str], word: &String| list.contains(&word.as_str());
    let is_plain = |word: &String| {
        [TOTALS, REACHED, PLAIN, things].iter().any(|list| has(list, word))
            || matches!(word.as_str(), "non" | "si" | "no")
    };
    let is_total = has(TOTALS, first);
    let is_count =
        has(things, first) || has(REACHED, first) || (has(NUMBERS, first) && rest.iter().any(|word| has(things, word)));
    let is_said = all.iter().any(|word| has(REACHED, word)) || (is_total && counts(name) != Counts::Either);
    if !(is_total || is_count) || !is_said || !rest.iter().all(is_plain) {
        return None;
    }
    let others = || stored.iter().filter(|cell| cell.col != label.col);
    // A goal in words is what no total has, nor an answer, nor another name.
    let of_record = |id: &str| {
        let cell = table.col(id).and_then(|col| others().find(|cell| cell.col == col));
        cell.is_some_and(|cell| cell.text().is_some() && figure(sheet, cell).is_none())
    };
    // `Controlli effettuati | 20 | 25` is a target of its own: a count has no goal beside it.
    let has = |id: &str| table.col(id).is_some_and(|col| others().any(|cell| cell.col == col));
    if has("goal") && has("actual") {
        return None;
    }
    let is_counted = behind.is_some() || others().any(|cell| figure(sheet, cell).is_some());
    let is_alone = is_total || (stored.len() <= 3 && others().all(|cell| figure(sheet, cell).is_some()));
    (is_counted && is_alone && !RECORDS.iter().any(|id| of_record(id))).then(|| text.trim().to_owned())
}

/// What a label says that its row counts.
fn counts(label: &str) -> Counts {
    let words = words(label);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    match (has(&["si"]) || has(REACHED), has(&["no", "non"])) {
        (true, false) => Counts::Met,
        (true, true) if has(&["non"]) => Counts::NotMet,
        (false, true) if has(&["no"]) => Counts::NotMet,
        _ => Counts::Either,
    }
}

/// A label and the figure behind it, in one text: `Target raggiunti: 3 su 4`.
fn split(text: &str) -> Option<(&str, Option<Figure>)> {
    let digit = text.find(|letter: char| letter.is_ascii_digit())?;
    let (name, behind) = text.split_at(digit);
    Some((name, Some(in_text(behind)?)))
}

/// A whole number, or one out of another.
fn figure(sheet: &Sheet, cell: &Cell<'_>) -> Option<Figure> {
    match cell.value {
        Value::Number(number) => {
            let kind = sheet.format(*cell).kind;
            let is_count = !matches!(kind, FormatKind::Percent | FormatKind::Date | FormatKind::Time);
            (is_count && number.fract() == 0.0 && (0.0..1e6).contains(&number)).then_some((number as u32, None))
        }
        Value::Text(text) => in_text(&text),
        _ => None,
    }
}

/// `3`, `3 su 4`, `3/4`, `n. 3 SI`.
fn in_text(text: &str) -> Option<Figure> {
    if text.contains(['%', ',']) {
        return None;
    }
    let words = words(text);
    let mut rest = &words[..];
    if let [first, after @ ..] = rest
        && NUMBERS.contains(&first.as_str())
    {
        rest = after;
    }
    if let [before @ .., last] = rest
        && last == "si"
    {
        rest = before;
    }
    let number = |word: &String| word.parse::<u32>().ok().filter(|number| *number < 1_000_000);
    match rest {
        [one] => Some((number(one)?, None)),
        [one, all] if text.contains('/') => Some((number(one)?, Some(number(all)?))),
        [one, of, all] if matches!(of.as_str(), "su" | "di") => Some((number(one)?, Some(number(all)?))),
        _ => None,
    }
}

/// Compares what such rows, and totals beside the answers, declare with the rows they can be of.
pub fn compare(
    sheet: &Sheet,
    table: &Arc<Table>,
    records: &[u32],
    totals: &[TotalRow],
    evidence: Option<&Evidence>,
    findings: &mut Findings,
) {
    let Some(evidence) = evidence.filter(|evidence| evidence.unread == 0 && !totals.is_empty()) else { return };
    let Some(answers) = answers(&evidence.rows) else { return };
    let mut below = 0;
    for total in totals {
        let start = if records.iter().any(|row| (below..total.row).contains(row)) { below } else { 0 };
        below = total.row + 1;
        let what = counts(&total.shown);
        let Some((col, shown, declared)) = declared(sheet, table, total, what) else { continue };
        let scopes = [start..total.row, 0..total.row, 0..u32::MAX];
        let tallies: Vec<(u32, u32)> =
            scopes.iter().flat_map(|scope| tallies(scope, records, &answers, what, declared)).collect();
        let is_it = |(one, all): &(u32, u32)| *one == declared.0 && declared.1.is_none_or(|of| of == *all);
        if tallies.iter().any(is_it) {
            continue;
        }
        let far = |(one, all): &&(u32, u32)| (one.abs_diff(declared.0), declared.1.map_or(0, |of| of.abs_diff(*all)));
        let Some((one, all)) = tallies.iter().min_by_key(far) else { continue };
        let computed = match declared.1 {
            Some(_) => Word::Both(format!("{one} su {all}"), format!("{one} of {all}")),
            None => Word::Same(one.to_string()),
        };
        let finding = Finding::new(&TOTAL_DIFFERS, Place::cell(&table.file, &table.sheet, total.row, col));
        let label = match total.shown.strip_suffix(&*shown) {
            Some(label) => label.trim_end_matches([':', ' ']),
            None => &total.shown,
        };
        findings.push(finding.with("label", label.to_owned()).with("declared", shown).with("computed", computed));
    }
}

/// What a row can count of some rows, each with how many there are.
fn tallies(
    scope: &Range<u32>,
    records: &[u32],
    answers: &[(u32, bool)],
    what: Counts,
    declared: Figure,
) -> Vec<(u32, u32)> {
    let rows = records.iter().filter(|row| scope.contains(row)).count() as u32;
    let of = |wanted: bool| answers.iter().filter(|(row, met)| scope.contains(row) && *met == wanted).count() as u32;
    let (met, not_met) = (of(true), of(false));
    let ones = match (what, declared.1) {
        (Counts::NotMet, _) => vec![not_met],
        (Counts::Either, None) => vec![met, met + not_met, rows],
        _ => vec![met],
    };
    ones.into_iter().flat_map(|one| [(one, met + not_met), (one, rows)]).collect()
}

/// Of each row that counts, whether it is met; none at all when one cannot be told, or the rows are cases.
fn answers(rows: &Rows) -> Option<Vec<(u32, bool)>> {
    match rows {
        Rows::Cases(_) => None,
        Rows::Steps(steps) => {
            let counted = steps.iter().filter(|step| !step.not_counted);
            Some(counted.map(|step| (step.row, step.actual.is_some_and(|actual| actual <= step.due))).collect())
        }
        Rows::Checks(checks) => {
            let counted = checks.iter().filter(|check| !check.not_counted);
            counted.map(|check| Some((check.row, check.met.or_else(|| check.computed())?))).collect()
        }
        Rows::Coverage(items) => Some(items.iter().map(|item| (item.row, item.done == Some(true))).collect()),
    }
}

/// What a total row declares, with its column and as shown: beside a label that says what it counts wherever it stands,
/// else in the column of answers.
fn declared(sheet: &Sheet, table: &Table, total: &TotalRow, what: Counts) -> Option<(u32, String, Figure)> {
    let row = sheet.row(total.row)?;
    if let Some(only) = row.only() {
        let text = only.text().filter(|_| what != Counts::Either)?;
        let shown = &text[text.find(|letter: char| letter.is_ascii_digit())?..];
        return Some((only.col, shown.trim().to_owned(), split(&text)?.1?));
    }
    let of_answers = ["met", "done"].into_iter().find_map(|id| table.col(id));
    let may_be = |cell: &Cell<'_>| match what {
        Counts::Either => Some(cell.col) == of_answers,
        _ => Some(cell.col) != table.col("number"),
    };
    let found = row.cells().filter(may_be).find_map(|cell| Some((cell, figure(sheet, &cell)?)));
    found.map(|(cell, figure)| (cell.col, sheet.shown(cell), figure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_counts() {
        let table = [
            ("3", Some((3, None))),
            ("3 su 4", Some((3, Some(4)))),
            ("3/4", Some((3, Some(4)))),
            ("n. 3", Some((3, None))),
            ("3 SI", Some((3, None))),
            ("75%", None),
            ("3,5", None),
            ("SI", None),
            ("12/03/2019", None),
        ];
        for (text, figure) in table {
            assert_eq!(in_text(text), figure, "{text:?}");
        }
    }

    #[test]
    fn labels_say_what_they_count() {
        assert_eq!(counts("TOTALE SI"), Counts::Met);
        assert_eq!(counts("Target raggiunti"), Counts::Met);
        assert_eq!(counts("TOTALE NO"), Counts::NotMet);
        assert_eq!(counts("Target non raggiunti"), Counts::NotMet);
        assert_eq!(counts("TOTALE"), Counts::Either);
        assert_eq!(counts("Totale SI/NO"), Counts::Either);
    }
}
