//! Text that is no TOML, explained to who wrote it in a plain editor.

use std::collections::BTreeMap;

use super::error::Problem;
use crate::finding::{Text, Word, shorten};

/// One problem for each line that the TOML parser stumbles over.
pub(super) fn problems(text: &str, errors: &[toml::de::Error]) -> Vec<Problem> {
    let mut lines: BTreeMap<usize, &str> = BTreeMap::new();
    for error in errors {
        let line = super::line_of(text, error.span().map_or(0, |span| span.start));
        lines.entry(line).or_insert(error.message());
    }
    lines.into_iter().map(|(line, message)| problem(text, line, message)).collect()
}

fn problem(text: &str, line: usize, message: &str) -> Problem {
    let written = text.lines().nth(line - 1).unwrap_or_default();
    let seen = shorten(written, 60);
    let cure = cure(written, message);
    let message = message.lines().next().unwrap_or_default();
    Problem {
        line: Some(line),
        what: Word::Both(
            format!("«{seen}» non si capisce: {} (TOML: {message})", cure.it),
            format!("“{seen}” cannot be read: {} (TOML: {message})", cure.en),
        ),
    }
}

/// The commonest reason for a line like this.
fn cure(line: &str, message: &str) -> Text {
    let (key, value) = line.split_once('=').unwrap_or((line, ""));
    let (key, value) = (key.trim(), value.trim());
    if line.contains(['“', '”', '„', '«', '»', '‘', '’']) && !line.contains('"') {
        return Text::new("le virgolette devono essere quelle diritte: \"", "the quotes must be straight ones: \"");
    }
    if message.contains("duplicate") {
        return Text::new("la stessa voce c’è due volte", "the same key stands there twice");
    }
    if !line.contains('=') && !line.trim_start().starts_with('[') {
        return Text::new(
            "serve voce = valore; i commenti iniziano con #",
            "key = value is needed; comments begin with #",
        );
    }
    if !key.starts_with(['"', '\'', '[']) && key.contains([' ', '/']) {
        return Text::new(
            "una voce con spazi o barre va fra virgolette, come \"Ente/1\" = …",
            "a key with blanks or slashes goes in quotes, like \"Ente/1\" = …",
        );
    }
    if value.starts_with(char::is_alphabetic) {
        return Text::new(
            "i testi vanno fra virgolette, come \"Registro Imprese\"",
            "texts go in quotes, like \"Registro Imprese\"",
        );
    }
    if value.starts_with(|first: char| first.is_ascii_digit()) {
        return Text::new(
            "un numero si scrive senza separatori e con il punto per i decimali; una data come \"2019-12-31\"",
            "a number is written without separators and with a point for decimals; a date like \"2019-12-31\"",
        );
    }
    if value.contains('\\') {
        return Text::new("la barra rovescia \\ va scritta doppia: \\\\", "the backslash \\ is written twice: \\\\");
    }
    Text::new("manca una virgoletta, una virgola o una parentesi", "a quote, a comma or a bracket is missing")
}
