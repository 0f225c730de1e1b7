//! Rows that sum a log up: months, quarters, means and shares, between its cases or below them.

use crate::kinds::table::Table;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::date;
use crate::value::fold::words;

/// First words of totals.
const TOTALS: &[&str] = &["totale", "totali", "tot", "subtotale", "subtotali", "somma"];
/// First words of other figures of a whole log.
const FIGURES: &[&str] = &[
    "tempo",
    "tempi",
    "media",
    "mediana",
    "min",
    "max",
    "minimo",
    "massimo",
    "n",
    "nr",
    "numero",
    "pratiche",
    "fatture",
    "percentuale",
    "quota",
    "entro",
    "oltre",
    "fuori",
    "nei",
    "indicatore",
    "riporto",
    "di",
    "tasso",
];
/// Those of them that may stand before the number of a case.
const COUNTS: &[&str] = &["n", "nr", "numero", "pratiche", "fatture"];
/// What the least, the largest or the last of a column is called: beside it a day is no case's.
const STATISTICS: &[&str] = &["min", "max", "minimo", "massimo", "minima", "massima", "media", "mediana"];
/// What says of a day that it is the first or the last.
const DATED: &[&str] = &["ultima", "prima", "recente"];
/// What is said with them.
const OF_STATISTICS: &[&str] = &["data", "date", "piu", "meno", "valore", "valori"];
/// What such labels are made of besides, and months: anything else makes the name of a case.
const PLAIN: &[&str] = &[
    "generale",
    "complessivo",
    "complessiva",
    "medio",
    "media",
    "massimo",
    "minimo",
    "mediano",
    "gg",
    "giorni",
    "giorno",
    "trimestre",
    "semestre",
    "mese",
    "anno",
    "pratiche",
    "fatture",
    "casi",
    "istanze",
    "domande",
    "evase",
    "pagate",
    "concluse",
    "pervenute",
    "entro",
    "oltre",
    "termine",
    "termini",
    "nei",
    "nel",
    "dei",
    "delle",
    "di",
    "del",
    "il",
    "i",
    "ii",
    "iii",
    "iv",
    "cui",
    "fuori",
    "rispetto",
    "rilascio",
    "evasione",
    "conclusione",
    "pagamento",
    "pagamenti",
    "lavorazione",
    "attesa",
    "tempestivita",
    "indicatore",
    "tempi",
    "tempo",
    "n",
    "nr",
    "numero",
    "percentuale",
    "importo",
    "importi",
    "euro",
    "a",
    "da",
    "riportare",
];

/// What a row that sums up is.
pub enum Summary {
    /// A total, with its label.
    Total(String),
    /// Another figure.
    Figure,
}

/// Whether a text may begin such a row; most begin otherwise.
pub fn may_begin(table: &Table, text: &str) -> bool {
    let begins = |list: &[&str]| {
        list.iter().any(|word| text.get(..word.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(word)))
    };
    table.kind.id == "cases"
        && (text.trim_start().starts_with('%')
            || [TOTALS, FIGURES, STATISTICS, DATED, OF_STATISTICS].into_iter().any(begins))
}

/// Whether a row of a log sums others up: its first text is made of such words only, and it has no day of its own.
pub fn of(sheet: &Sheet, table: &Table, stored: &[Cell<'_>]) -> Option<Summary> {
    if table.kind.id != "cases" || stored.len() < 2 {
        return None;
    }
    let text = stored.iter().find_map(|cell| cell.text())?;
    let words = words(&text);
    let is_share = text.trim_start().starts_with('%');
    let begins = |list: &[&str]| words.first().is_some_and(|first| list.contains(&first.as_str()));
    if stored[0].text().is_some() && is_statistic(&words) {
        return Some(Summary::Figure);
    }
    if !begins(TOTALS) && !begins(FIGURES) && !is_share {
        return None;
    }
    let is_plain = |word: &String| {
        PLAIN.contains(&word.as_str())
            || date::MONTHS.contains(&word.as_str())
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let days = ["start", "end"].map(|id| table.col(id));
    let is_day = |cell: &Cell<'_>| match cell.value {
        Value::Number(_) => sheet.format(*cell).kind == FormatKind::Date,
        Value::Text(text) => date::parse(&text, 2000).is_ok(),
        _ => false,
    };
    let dated = stored.iter().any(|cell| days.contains(&Some(cell.col)) && is_day(cell));
    let rest = if is_share { &words[..] } else { &words[1..] };
    // `N. 12` is a case whose days are missing.
    let is_named = rest.iter().any(|word| word.contains(char::is_alphabetic)) || (rest.is_empty() && !begins(COUNTS));
    if dated || !rest.iter().all(is_plain) || !(is_named || begins(TOTALS)) {
        return None;
    }
    Some(if begins(TOTALS) { Summary::Total(text.trim().to_owned()) } else { Summary::Figure })
}

/// `Max`, `Data più recente`; a firm may be called `Prima`.
fn is_statistic(words: &[String]) -> bool {
    let is_of = |list: &[&str], word: &String| list.contains(&word.as_str());
    let is_dated = words.iter().any(|word| word.starts_with("dat"));
    words.iter().any(|word| is_of(STATISTICS, word) || (is_dated && is_of(DATED, word)))
        && words.iter().all(|word| [STATISTICS, DATED, OF_STATISTICS].iter().any(|list| is_of(list, word)))
}
