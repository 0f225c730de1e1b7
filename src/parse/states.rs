//! What a column of states (`Stato`, `Esito`) says of the cases of a log, and their dates do not: that one has ended, that
//! one was withdrawn. Dates decide what is counted.

use super::layout::is_blank;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::table::{Mapped, Role, Table};
use crate::place::Place;
use crate::sheet::{Cell, CellText, Sheet, Spot, Verdicts};
use crate::value::fold::words;
use crate::value::not_counted;

/// A case that has ended without the day of its end.
pub static NO_END: Code = Code {
    id: "C046",
    slug: "ended-without-its-day",
    severity: Severity::Warning,
    message: Text::new(
        "«{column}» dice «{seen}», ma la data di conclusione manca: contata come ancora aperta",
        "\"{column}\" says \"{seen}\", but the day of the end is missing: counted as still open",
    ),
    help: Text::new("scrivere la data di conclusione", "type the day of the end"),
};

/// Cases that were withdrawn, and are counted.
pub static WITHDRAWN: Code = Code {
    id: "C047",
    slug: "withdrawn-cases",
    severity: Severity::Warning,
    message: Text::new(
        "secondo «{column}» {cases} («{seen}»): il conteggio ne tiene conto",
        "according to \"{column}\" {cases} (\"{seen}\"): counted all the same",
    ),
    help: Text::new(
        "se non devono contare, toglierle dal registro o scrivere N.C. al posto della data di conclusione",
        "if they should not count, take them out of the log, or write N.C. in place of the day of the end",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&NO_END, &WITHDRAWN];

/// Participles of what has ended, without their last letter.
const ENDED: &[&str] = &[
    "chius",
    "conclus",
    "evas",
    "definit",
    "pagat",
    "liquidat",
    "rilasciat",
    "completat",
    "terminat",
    "ultimat",
    "saldat",
    "quietanzat",
];
/// Those of what was withdrawn, and the words for it.
const WITHDRAWN_AS: &[&str] = &["annullat", "stornat", "ritirat", "rinunciat"];
const WITHDRAWALS: &[&str] = &["annullamento", "storno", "ritiro", "rinuncia"];

/// Tells the cases of a log whose state is another than their dates are.
pub fn report(sheet: &Sheet, table: &Table, records: &[u32], findings: &mut Findings) {
    let Some(end) = table.col("end").filter(|_| table.kind.id == "cases") else { return };
    let is_state = |mapped: &&Mapped| matches!(mapped.role, Role::Unknown) && names_state(&mapped.header);
    let Some(mapped) = table.columns.iter().find(is_state) else { return };
    let place = |row: u32, col: u32| Place::cell(&table.file, &table.sheet, row, col);
    let verdicts = Verdicts::of(&sheet.rows);
    let (mut withdrawn, mut first): (Vec<u32>, Option<CellText<'_>>) = Default::default();
    for stretch in sheet.rows.stretches(records) {
        // Most end on a day.
        let ends = stretch.spot(end).is_some_and(Spot::is_figure);
        let spot = stretch.spot(mapped.col);
        for row in stretch {
            let text = || sheet.cell_of(row, mapped.col)?.text();
            let is_withdrawn = match spot.and_then(|spot| row.kept_at(spot)) {
                Some(at) => verdicts.get(at, 0, says_withdrawn),
                None => text().is_some_and(|text| says_withdrawn(&text)),
            };
            if ends && !is_withdrawn {
                continue;
            }
            let end_cell = if ends { None } else { sheet.cell_of(row, end) };
            // One whose end says so is not counted.
            let is_left_out = || end_cell.and_then(Cell::text).is_some_and(|end| not_counted::reason(&end).is_some());
            if is_withdrawn && !is_left_out() {
                withdrawn.push(row.index);
                first = first.or_else(text);
            }
            if !ends
                && end_cell.is_none_or(|cell| is_blank(&cell))
                && let Some(text) = text().filter(|text| says_ended(text))
            {
                let finding = Finding::new(&NO_END, place(row.index, end)).with("column", mapped.header.clone());
                findings.push(finding.with("seen", text.trim().to_owned()));
            }
        }
    }
    let cases = match withdrawn.len() {
        1 => Word::Text(Text::new("una pratica risulta annullata o ritirata", "one case was cancelled or withdrawn")),
        count => Word::Both(
            format!("{count} pratiche risultano annullate o ritirate"),
            format!("{count} cases were cancelled or withdrawn"),
        ),
    };
    let places = withdrawn.into_iter().map(|row| place(row, mapped.col));
    if let Some((finding, first)) = Finding::over(&WITHDRAWN, places).zip(first) {
        let finding = finding.with("column", mapped.header.clone()).with("cases", cases);
        findings.push(finding.with("seen", first.trim().to_owned()));
    }
}

/// Whether a header is of the state of a case: `Stato pratica`, `Esito`.
fn names_state(header: &str) -> bool {
    let words = words(header);
    words.len() <= 3 && words.first().is_some_and(|first| matches!(first.as_str(), "stato" | "esito" | "situazione"))
}

/// Whether a state is that of a case that has ended: `chiusa`, and not `evasione in corso` or `non evasa`.
fn says_ended(text: &str) -> bool {
    words(text).first().is_some_and(|first| is_participle(first, ENDED))
}

/// Whether a state is that of a case that was withdrawn: `annullata`.
fn says_withdrawn(text: &str) -> bool {
    let is_it = |first: &String| is_participle(first, WITHDRAWN_AS) || WITHDRAWALS.contains(&first.as_str());
    words(text).first().is_some_and(is_it)
}

/// Whether a word is one of such participles, of whatever gender and number.
fn is_participle(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.strip_prefix(stem).is_some_and(|end| matches!(end, "a" | "o" | "e" | "i")))
}

#[cfg(test)]
mod tests {
    use super::{says_ended, says_withdrawn};

    #[test]
    fn states_are_told_by_their_first_word() {
        assert!(["Chiusa", "EVASO", "Conclusa con diniego", "pagate"].into_iter().all(says_ended));
        assert!(!["non evasa", "evasione in corso", "da chiudere", "chiusura", ""].into_iter().any(says_ended));
        assert!(["Annullata", "Stornata il 3/2", "rinuncia del richiedente"].into_iter().all(says_withdrawn));
        assert!(!["non ritirata", "archiviata", "respinta", "ritirare"].into_iter().any(says_withdrawn));
    }
}
