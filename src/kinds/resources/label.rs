//! What a row of budgets is called: the code and title of an objective, or what is worked out from others.

use crate::kinds::reader::bare_code;
use crate::kinds::staff_costs::{Line, line};
use crate::kinds::table::Table;
use crate::sheet::Sheet;
use crate::value::fold::words;

/// The text that a row is called by.
pub fn label(sheet: &Sheet, table: &Table, row: u32) -> String {
    let text = |id: &str| table.col(id).map(|col| sheet.text(row, col).trim().to_owned()).unwrap_or_default();
    let objective = text("objective");
    if objective.is_empty() { text("title") } else { objective }
}

/// Whether a row is worked out from others, and no objective: a sum, a difference, a share.
pub fn is_of_others(label: &str) -> bool {
    match line(label) {
        Line::Total | Line::Difference | Line::Variation | Line::Mean => true,
        Line::Other => {
            let words = words(label);
            let first = words.first().map_or("", String::as_str);
            label.trim_start().starts_with('%')
                || matches!(first, "avanzo" | "disavanzo" | "percentuale" | "incidenza" | "margine" | "risparmio")
        }
        // `Budget direzionale complessivo`.
        _ => words(label).last().is_some_and(|last| matches!(last.as_str(), "complessivo" | "totale")),
    }
}

/// Code and title: `2C - Favorire lo start up` in one cell is both.
///
/// ```
/// use allegati::kinds::resources::named;
/// assert_eq!(named("2C - Favorire", ""), ("2C".to_owned(), "Favorire".to_owned()));
/// assert_eq!(named("OS 2: Promuovere", ""), ("OS 2".to_owned(), "Promuovere".to_owned()));
/// assert_eq!(named("AREA STRATEGICA 1", ""), ("AREA STRATEGICA 1".to_owned(), String::new()));
/// assert_eq!(named("OB - Sviluppo", ""), ("OB - Sviluppo".to_owned(), String::new()));
/// ```
pub fn named(objective: &str, title: &str) -> (String, String) {
    let whole = || (bare_code(objective).to_owned(), title.to_owned());
    if !title.is_empty() {
        return whole();
    }
    let end = match code_end(objective) {
        Some(end) => end,
        None => return whole(),
    };
    let rest = objective[end..].trim_start_matches(|c: char| c.is_whitespace() || "-–—:.)".contains(c));
    (bare_code(&objective[..end]).to_owned(), rest.to_owned())
}

/// Where the code at the beginning of a text ends: its first word, or some words and their number.
fn code_end(text: &str) -> Option<usize> {
    const WORDS: usize = 3;
    const LETTERS: usize = 5;
    let is_end = |c: char| c.is_whitespace() || "-–—:".contains(c);
    let mut from = 0;
    for at in 0..=WORDS {
        let start = from + text[from..].find(|c: char| !c.is_whitespace())?;
        let end = start + text[start..].find(is_end).unwrap_or(text.len() - start);
        let word = &text[start..end];
        let roman = word.chars().all(|c| "IVX".contains(c)) || word.chars().count() == 1;
        if word.is_empty() || word.chars().count() > LETTERS && word.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if word.contains(|c: char| c.is_ascii_digit()) || (at == 0 && roman && word.starts_with(char::is_alphanumeric))
        {
            return Some(end);
        }
        from = end;
    }
    None
}
