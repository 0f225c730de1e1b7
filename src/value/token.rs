//! A folded text as numbers, words and signs, for the parsers that read a phrase and let nothing go unread.

use super::number::{self, Scanned};

/// One piece of a phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// A number, its lone mark undecided.
    Number(Scanned),
    /// Letters.
    Word(&'a str),
    /// Anything else that is not a blank: `<`, `<=`, `%`, `-`, `/`, `*` …
    Sign(&'a str),
}

/// The pieces of a folded text; none when digits stand in it that are not a number.
///
/// The points of abbreviations, and commas and colons after words, are dropped.
pub(super) fn tokens(folded: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut rest = folded.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = piece(rest, first, matches!(found.last(), Some(Token::Word(_))));
        let (piece, after) = rest.split_at(length);
        if first.is_alphabetic() {
            found.push(Token::Word(piece));
        } else if piece.contains(|letter: char| letter.is_numeric()) {
            found.push(Token::Number(number::scan(piece)?));
        } else if !(matches!(piece, "." | "," | ":" | "°") && matches!(found.last(), Some(Token::Word(_)))) {
            let abbreviated = matches!(piece, "°" | ".") && found.is_empty();
            if !abbreviated {
                found.push(Token::Sign(piece));
            }
        }
        rest = after.trim_start();
    }
    Some(found)
}

/// How many bytes of the text are one piece.
fn piece(rest: &str, first: char, after_word: bool) -> usize {
    let until = |inside: &dyn Fn(char) -> bool| rest.find(|letter| !inside(letter)).unwrap_or(rest.len());
    let marked = matches!(first, '.' | ',') && rest[1..].starts_with(|letter: char| letter.is_ascii_digit());
    if first.is_alphabetic() {
        return until(&char::is_alphabetic);
    }
    if first.is_numeric() || marked && !after_word {
        let run = until(&|letter| letter.is_numeric() || matches!(letter, '.' | ','));
        return rest[..run].trim_end_matches(['.', ',']).len();
    }
    if matches!(first, '<' | '>' | '=') {
        return until(&|letter| matches!(letter, '<' | '>' | '='));
    }
    first.len_utf8()
}

/// The number a word writes: `due`, `trenta`.
pub fn number_word(word: &str) -> Option<u32> {
    const WORDS: [(&str, u32); 20] = [
        ("un", 1),
        ("uno", 1),
        ("una", 1),
        ("due", 2),
        ("tre", 3),
        ("quattro", 4),
        ("cinque", 5),
        ("sei", 6),
        ("sette", 7),
        ("otto", 8),
        ("nove", 9),
        ("dieci", 10),
        ("dodici", 12),
        ("quindici", 15),
        ("venti", 20),
        ("trenta", 30),
        ("quaranta", 40),
        ("sessanta", 60),
        ("novanta", 90),
        ("cento", 100),
    ];
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}
