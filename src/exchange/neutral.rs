//! Texts that a spreadsheet program would take for formulas, made harmless by an apostrophe in front, and back.

use std::borrow::Cow;

/// Whether a program would compute a text that begins so, apostrophes in front left aside: these are added to, so that
/// [`plain`] always takes off what [`harmless`] put there.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The text, with an apostrophe in front when it could be taken for a formula.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`harmless`] was given.
pub fn plain(text: &str) -> &str {
    text.strip_prefix('\'').filter(|_| is_formula(text)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_made_texts() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("'=1+1"), "''=1+1");
        assert_eq!(harmless("-"), "'-");
        assert_eq!(harmless("l’ufficio"), "l’ufficio");
        assert_eq!(harmless("'90"), "'90");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@\t\r\n\\-a1]{0,6}") {
            let shown = harmless(&text).into_owned();
            prop_assert_eq!(plain(&shown), text.as_str());
            prop_assert!(!shown.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        }
    }
}
