//! What closes a sheet below its last record: where and when it was signed, and by whom; a legend.

use super::layout::{Layout, is_blank};
use super::rows::is_place_and_date;
use crate::kinds::Content;
use crate::kinds::table::Role;
use crate::recognise::labels::{begins_as_note, begins_as_signature, begins_with_note_word, is_note_label};
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Row, Sheet, Value};
use crate::value::fold::fold;
use crate::value::{date, goal, number, yes_no};

/// Whether a row says who signed a sheet, where and when: `Lucca, 15/01/2020 | | Il Dirigente`. Below a blank row, or
/// another such, labels that may be names elsewhere say so too: `Data | 15/01/2020`.
pub fn is_closing(layout: &Layout<'_>, row: Row<'_>, apart: bool) -> bool {
    // Right below records it has a label and a day at most.
    if row.len() > if apart { 8 } else { 2 } {
        return false;
    }
    let cells = || row.cells().filter(|cell| !is_blank(cell));
    let days = cells().filter(|cell| is_day(layout.sheet, cell)).count();
    if apart && is_dated_label(layout, row) {
        return true;
    }
    let (mut says, mut is_label) = (false, false);
    for cell in cells() {
        let said = cell.text().is_some_and(|text| signs(&text, apart, days));
        let beside = is_label || is_day(layout.sheet, &cell) || cell.text().is_some_and(|text| may_be_person(&text));
        if !said && !beside {
            return false;
        }
        says |= said;
        // `Note: | dati provvisori`.
        is_label = apart && said && cell.text().is_some_and(|text| text.trim_end().ends_with(':'));
    }
    // `Firma | 31/03 | 30/03` is a step.
    says && days <= 1
}

/// `Firma | 100%`: a word that closes sheets names a record where one of the kind's values stands beside it, and no day or
/// person. A bare number is the value of what is signed, and may be that of a page.
pub fn is_name_with_value(layout: &Layout<'_>, stored: &[Cell<'_>], folded: &str) -> bool {
    let [name, beside @ ..] = stored else { return false };
    let is_value = |cell: &Cell<'_>| match cell.value {
        Value::Number(_) => match layout.sheet.format(*cell).kind {
            FormatKind::Percent => true,
            FormatKind::General | FormatKind::Number => begins_as_signature(folded),
            _ => false,
        },
        Value::Text(text) if date::parse(&text, 2000).is_ok() => false,
        Value::Text(text) if number::scan(&text).is_some() => begins_as_signature(folded),
        Value::Text(text) => {
            let column = layout.table.at(cell.col).map(|mapped| &mapped.role);
            let is_answer = matches!(column, Some(Role::Column(column)) if column.content == Content::YesNo);
            goal::parse(&text, None).is_some() || (is_answer && yes_no::parse(&text).is_some())
        }
        Value::Bool(_) => true,
        _ => false,
    };
    layout.keys.contains(&name.col)
        && is_note_label(folded)
        && beside.iter().any(|cell| layout.values.contains(&cell.col) && is_value(cell))
}

/// What ends a sheet above rows that are no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closer {
    /// Names stand below it.
    Signature,
    /// Words and what they mean stand below it.
    Legend,
}

/// How a row that is no record closes the sheet; a footnote or the day of the data does not.
pub fn closer(row: Row<'_>) -> Option<Closer> {
    row.cells().filter_map(|cell| Some(fold(&cell.text()?))).find_map(|text| match () {
        () if text.starts_with("legenda") => Some(Closer::Legend),
        () if begins_as_signature(&text) || is_place_and_date(&text) => Some(Closer::Signature),
        () => None,
    })
}

/// Whether a row may stand below what closes the sheet: names of persons, or words that tell no value.
pub fn may_close(layout: &Layout<'_>, row: Row<'_>, closer: Closer) -> bool {
    let cells = || row.cells().filter(|cell| !is_blank(cell));
    let explains = |cell: &Cell<'_>, text: &str| {
        closer == Closer::Legend
            && !layout.values.contains(&cell.col)
            && !text.contains(|letter: char| letter.is_ascii_digit())
    };
    let tells_nothing = |cell: Cell<'_>| cell.text().is_some_and(|text| may_be_person(&text) || explains(&cell, &text));
    cells().count() <= 2 && cells().all(tells_nothing)
}

/// Whether a text is a label of a signature, or says where and when; of a word that can be a name elsewhere only where it
/// stands apart, and beside a day only the word for it.
fn signs(text: &str, apart: bool, days: usize) -> bool {
    let folded = fold(text);
    if begins_as_note(&folded) || is_place_and_date(text) {
        return true;
    }
    let is_dated = |rest: &str| date::parse(rest.trim_start_matches([':', ' ']), 2000).is_ok();
    let is_word = begins_with_note_word(&folded)
        && (days == 0 || ["data", "aggiornat"].iter().any(|day| folded.starts_with(day)));
    apart && (folded.strip_prefix("data ").is_some_and(is_dated) || folded.ends_with(", li") || is_word)
}

/// How what follows `Data` begins where it is the day on which a sheet was made.
const MAKING: &[&str] = &[
    "aggiorn", "compil", "consegn", "dei", "del", "di ", "e ", "elabor", "estra", "firm", "invi", "monitor", "odierna",
    "redaz", "report", "rilev", "sottoscr", "stamp", "trasm",
];

/// Whether a row is nothing but words that lead to a day, and the day: `Data estrazione | 15/07/2019`, `Lucca, | …`.
fn is_dated_label(layout: &Layout<'_>, row: Row<'_>) -> bool {
    const LEADING: &[&str] = &["il", "li", "al", "del", "in data", "digitalmente"];
    let mut cells = row.cells().filter(|cell| !is_blank(cell));
    let (Some(label), Some(day), None) = (cells.next(), cells.next(), cells.next()) else { return false };
    let Some(text) = label.text().filter(|_| is_day(layout.sheet, &day)) else { return false };
    let folded = fold(&text);
    let leads = text.trim_end().ends_with([',', ':'])
        || LEADING.iter().any(|word| folded.strip_suffix(word).is_some_and(|before| before.ends_with(' ')));
    match layout.table.kind.id {
        "cases" => {
            // `Data Service srl` is a firm.
            let is_firm =
                |word: &str| matches!(word.replace('.', "").as_str(), "srl" | "srls" | "spa" | "snc" | "sas" | "scarl");
            let of_making =
                |rest: &str| MAKING.iter().any(|word| rest.starts_with(word)) && !rest.split_whitespace().any(is_firm);
            let is_label =
                folded == "data" || folded.strip_prefix("data ").is_some_and(of_making) || folded.contains(": ");
            leads || (is_label && !folded.contains(|letter: char| letter.is_ascii_digit()))
        }
        // `Data di pubblicazione` may be a step.
        "steps" => leads,
        _ => false,
    }
}

/// Whether a cell holds nothing but a day.
fn is_day(sheet: &Sheet, cell: &Cell<'_>) -> bool {
    match cell.value {
        Value::Number(_) => sheet.format(*cell).kind == FormatKind::Date,
        Value::Text(text) => date::parse(&text, 2000).is_ok(),
        _ => false,
    }
}

/// `Mario Rossi`, `(dott.ssa Anna Bianchi)`, `Avv. R. Camisi`: a few words that begin with capitals, but for titles.
fn may_be_person(text: &str) -> bool {
    const TITLES: [&str; 12] =
        ["dott.", "dott.ssa", "dr.", "dr.ssa", "avv.", "ing.", "rag.", "geom.", "arch.", "prof.", "sig.", "sig.ra"];
    let text = text.trim().trim_start_matches('(').trim_end_matches(')');
    let is_capital =
        |word: &str| word.starts_with(char::is_uppercase) && !word.contains(|letter: char| letter.is_numeric());
    let is_particle = |word: &str| matches!(word, "di" | "de" | "del" | "della" | "d'" | "lo" | "la");
    let words = || text.split_whitespace();
    (2..=6).contains(&words().count())
        && words().all(|word| is_capital(word) || is_particle(word) || TITLES.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::may_be_person;

    #[test]
    fn persons_have_names_and_titles() {
        let persons = ["Mario Rossi", "(dott.ssa Anna Bianchi)", "Avv. R. Camisi", "Dott. Verdi", "Luisa De Santis"];
        assert!(persons.into_iter().all(may_be_person));
        let others = ["SI", "Albi", "Rilascio visure", "3 gg", "Bollo 2 Euro", ""];
        assert!(!others.into_iter().any(may_be_person));
    }
}
