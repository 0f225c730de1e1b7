//! Rows that give the result of an objective as a whole below its indicators, in whatever column their label stands:
//! `Totale obiettivo 1`, `Grado di raggiungimento obiettivo`.

use super::layout::Layout;
use crate::kinds::objectives::split_number;
use crate::sheet::{Cell, Row, Value};
use crate::value::fold::{begins_with, words};

/// First words of such labels.
const FIGURES: &[&str] =
    &["totale", "tot", "media", "risultato", "punteggio", "esito", "realizzazione", "raggiungimento", "conseguimento"];
/// Words that begin one with those of [`REACHED`]: `Grado di raggiungimento obiettivo`.
const DEGREES: &[&str] = &["grado", "livello", "percentuale", "perc", "stato"];
/// What objectives are.
const REACHED: &[&str] = &["raggiungimento", "realizzazione", "conseguimento", "attuazione"];
/// What such labels are made of besides, and numbers.
const PLAIN: &[&str] = &[
    "obiettivo",
    "di",
    "del",
    "dell",
    "dello",
    "n",
    "nr",
    "num",
    "numero",
    "complessivo",
    "complessiva",
    "finale",
    "medio",
    "media",
    "ponderata",
    "ponderato",
    "aritmetica",
    "totale",
    "risultato",
    "punteggio",
    "indicatori",
    "dei",
    "degli",
];
/// First words of labels of the result of all objectives together.
const OF_ALL: &[&str] = &[
    "performance",
    "grado",
    "livello",
    "percentuale",
    "perc",
    "esito",
    "valutazione",
    "risultato",
    "punteggio",
    "raggiungimento",
    "realizzazione",
    "conseguimento",
];
/// Words one of which such a label has.
const ALL: &[&str] =
    &["complessivo", "complessiva", "ente", "organizzativa", "finale", "generale", "globale", "totale", "obiettivi"];
/// Labels that name the result of a whole list where they stand alone with a figure.
const ALONE: &[&str] = &["risultato", "punteggio", "esito", "raggiungimento", "realizzazione", "conseguimento"];
/// An objective has not more rows.
const MOST_ROWS: usize = 60;

/// Whether a text is the label of an objective's own result.
///
/// ```
/// use allegati::parse::whole::is_label;
/// assert!(is_label("Totale obiettivo 1") && is_label("% di raggiungimento dell’obiettivo"));
/// assert!(!is_label("Totale") && !is_label("Valore obiettivo") && !is_label("Risultato obiettivo Ente 3"));
/// ```
pub fn is_label(text: &str) -> bool {
    if !begins_with(text, FIGURES) && !begins_with(text, DEGREES) && !text.trim_start().starts_with('%') {
        return false;
    }
    let words = words(text);
    let reached = |word: &String| REACHED.contains(&word.as_str());
    let begins = words.first().is_some_and(|first| {
        FIGURES.contains(&first.as_str())
            || (DEGREES.contains(&first.as_str()) && words.iter().skip(1).take(2).any(reached))
            || text.trim_start().starts_with('%')
    });
    let plain = |word: &String| PLAIN.contains(&word.as_str()) || reached(word) || is_number(word);
    begins && words.iter().skip(1).all(plain) && words.iter().any(|word| word == "obiettivo")
}

/// Whether a text is the label of the result of all objectives together, as an objective may be called too.
///
/// ```
/// use allegati::parse::whole::is_label_of_all;
/// assert!(is_label_of_all("Performance di ente") && is_label_of_all("Grado di raggiungimento complessivo"));
/// assert!(!is_label_of_all("Performance individuale") && !is_label_of_all("Valutazione finale dei rischi"));
/// ```
pub fn is_label_of_all(text: &str) -> bool {
    if !begins_with(text, OF_ALL) {
        return false;
    }
    let words = words(text);
    let is_all = |word: &String| ALL.contains(&word.as_str());
    let plain = |word: &String| {
        let word = word.as_str();
        ALL.contains(&word)
            || REACHED.contains(&word)
            || matches!(word, "di" | "del" | "dell" | "della" | "degli" | "performance" | "risultato" | "anno")
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    words.first().is_some_and(|first| OF_ALL.contains(&first.as_str()))
        && words.iter().skip(1).all(plain)
        && words.iter().skip(1).any(is_all)
}

/// Whether a text names a result and not of what: alone with a figure below a list it is the label of its result.
///
/// ```
/// use allegati::parse::whole::is_label_alone;
/// assert!(is_label_alone("Risultato") && is_label_alone("Grado di realizzazione"));
/// assert!(!is_label_alone("Risultato della gara") && !is_label_alone("Grado di copertura"));
/// ```
pub fn is_label_alone(text: &str) -> bool {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "di").collect();
    match words[..] {
        [one] => ALONE.contains(&one),
        [degree, reached] => DEGREES.contains(&degree) && REACHED.contains(&reached),
        _ => false,
    }
}

/// The label of a row that gives the result of all objectives or procedures below the last of them, and whether it surely
/// does: one with a weight of its own may be an objective.
pub fn of_all(layout: &Layout<'_>, row: Row<'_>, stored: &[Cell<'_>]) -> Option<(String, bool)> {
    let (sheet, table) = (layout.sheet, layout.table);
    let of_objectives = table.kind.id == "objectives";
    if !of_objectives && table.kind.id != "procedures" {
        return None;
    }
    let cols = |ids: &[&str]| -> Vec<u32> { ids.iter().filter_map(|id| table.col(id)).collect() };
    let (names, weights) = (cols(&["objective", "indicator", "description"]), cols(&["weight", "objective_weight"]));
    let results = table.col("result")?;
    let mut named = stored.iter().filter(|cell| names.contains(&cell.col)).filter_map(|cell| cell.text());
    let alone = match stored {
        [label, figure] if figure.col == results && is_figure(figure) => label.text().filter(|text| {
            let is_of_all = !of_objectives && is_label_of_all(text);
            // An indicator may be called so.
            is_of_all || (is_label_alone(text) && (!of_objectives || Some(label.col) == table.col("objective")))
        }),
        _ => None,
    };
    let label = match alone {
        Some(label) => label,
        None => named.next().filter(|text| of_objectives && is_label_of_all(text) && named.next().is_none())?,
    };
    let has_result = |row: Row<'_>| !sheet.text(row.index, results).trim().is_empty();
    let (first, end) = table.body_rows;
    let mut below = sheet.rows_between(row.index + 1, end);
    // Evidence may give the results of procedures.
    let mut above = sheet.rows_between(first, row.index);
    let is_below = if of_objectives { above.any(has_result) } else { above.next().is_some() };
    if !is_below || !has_result(row) || below.any(has_result) {
        return None;
    }
    let is_sure = stored.iter().all(|cell| !weights.contains(&cell.col));
    Some((label.trim().to_owned(), is_sure))
}

/// Whether a cell holds a figure, whatever it says of it.
fn is_figure(cell: &Cell<'_>) -> bool {
    match cell.value {
        Value::Number(_) => true,
        Value::Text(text) => text.contains(|letter: char| letter.is_ascii_digit()),
        _ => false,
    }
}

/// `1`, `2a`; the year of the plan too.
fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit()) && word.len() <= 4
}

/// The label of a row that gives the result of the objective whose indicators stand above it. Alone it is the objective's
/// only indicator, and with the number of another objective one that follows it.
pub fn of(layout: &Layout<'_>, row: Row<'_>, stored: &[Cell<'_>]) -> Option<String> {
    let table = layout.table;
    if table.kind.id != "objectives" {
        return None;
    }
    let names = ["objective", "indicator", "description"].map(|id| table.col(id));
    let called = stored.iter().filter(|cell| names.contains(&Some(cell.col)));
    let (col, label) = called.filter_map(|cell| Some((cell.col, cell.text()?))).find(|(_, text)| is_label(text))?;
    let objective = objective_above(layout, row.index, names[0] != Some(col))?;
    let number: String = words(&label).into_iter().filter(|word| is_number(word) && word.len() < 4).collect();
    let own: String = split_number(&objective).0.chars().filter(|letter| letter.is_alphanumeric()).collect();
    (number.is_empty() || own.is_empty() || number == own.to_lowercase()).then(|| label.trim().to_owned())
}

/// The objective that a row goes on with, when rows above it give results of that; `repeats` when the row may state it
/// once more.
fn objective_above(layout: &Layout<'_>, row: u32, repeats: bool) -> Option<String> {
    let (sheet, table) = (layout.sheet, layout.table);
    let (objectives, results) = (table.col("objective")?, table.col("result")?);
    let stated = |row: u32| sheet.text(row, objectives).trim().to_owned();
    let own = if repeats { stated(row) } else { String::new() };
    let mut above = sheet.rows_between(table.body_rows.0, row).rev().take(MOST_ROWS).map(|row| row.index);
    let first = if own.is_empty() {
        above.find(|above| !stated(*above).is_empty())
    } else {
        above.take_while(|above| [&own, ""].contains(&&*stated(*above))).filter(|above| stated(*above) == own).last()
    }?;
    let has_results = |row: Row<'_>| !sheet.text(row.index, results).trim().is_empty();
    sheet.rows_between(first, row).any(has_results).then(|| stated(first))
}
