//! Numbers and texts as the page shows them.

use rust_decimal::Decimal;

use crate::finding::Lang;
use crate::value::number::italian;

/// A grouped number in the notation of a language.
pub fn number(value: Decimal, decimals: u32, lang: Lang) -> String {
    let text = italian(value, decimals, true).replace('-', "−");
    match lang {
        Lang::It => text,
        Lang::En => text.chars().map(swapped).collect(),
    }
}

/// A percentage with two decimals.
pub fn percent(value: Decimal, lang: Lang) -> String {
    format!("{}%", number(value, 2, lang))
}

/// A variation in percent: its sign always stands before it.
pub fn variation(value: Decimal, lang: Lang) -> String {
    let sign = if crate::value::number::round2(value) > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", percent(value, lang))
}

const fn swapped(letter: char) -> char {
    match letter {
        '.' => ',',
        ',' => '.',
        other => other,
    }
}

/// The text with a mark in place of everything that HTML cannot hold.
pub fn printable(text: &str) -> String {
    let held = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\t');
    let noncharacter =
        |letter: char| u32::from(letter) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&letter);
    text.chars().map(|letter| if held(letter) && !noncharacter(letter) { letter } else { '\u{FFFD}' }).collect()
}

/// A name as the id of an element: `Allegato 1` → `allegato-1`.
pub fn slug(name: &str) -> String {
    name.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_in_the_notation_of_the_language() {
        assert_eq!(number(dec("3664142.245"), 2, Lang::It), "3.664.142,25");
        assert_eq!(number(dec("-391296.9"), 2, Lang::En), "−391,296.90");
        assert_eq!(percent(dec("99.166666"), Lang::It), "99,17%");
        assert_eq!(variation(dec("3.6"), Lang::It), "+3,60%");
        assert_eq!(variation(dec("-0.001"), Lang::It), "0,00%");
    }

    #[test]
    fn what_html_cannot_hold_leaves_a_mark() {
        assert_eq!(printable("a\u{0}b\u{1b}\u{ffff}\n\tè😀"), "a\u{fffd}b\u{fffd}\u{fffd}\n\tè😀");
    }

    #[test]
    fn names_become_ids() {
        assert_eq!(slug("Costo del personale"), "costo-del-personale");
        assert_eq!(slug("Allegato 1"), "allegato-1");
    }
}
