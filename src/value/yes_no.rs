//! Yes and no; anything else is neither.

use super::fold::fold;

/// The answer a text gives; none when it is neither a yes nor a no.
///
/// ```
/// use allegati::value::yes_no::parse;
/// assert_eq!(parse("Sì"), Some(true));
/// assert_eq!(parse("N"), Some(false));
/// assert_eq!(parse("in parte"), None);
/// ```
pub fn parse(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "si" | "s" | "x" | "✓" | "✔" | "✅" | "☑" | "☒" | "vero" | "true" | "yes" | "y" | "1" | "ok" => {
            Some(true)
        }
        "no" | "n" | "falso" | "false" | "0" | "✗" | "✘" | "❌" | "☐" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn yes() {
        for text in [
            "SI", "Sì", "si'", "SI’", " sì. ", "S", "s", "X", "x", "✓", "✔", "vero", "VERO", "true", "1", "yes", "y",
            "OK",
        ] {
            assert_eq!(parse(text), Some(true), "{text}");
        }
    }

    #[test]
    fn no() {
        for text in ["NO", "no", "No.", "N", "n", "falso", "FALSE", "0"] {
            assert_eq!(parse(text), Some(false), "{text}");
        }
    }

    #[test]
    fn neither() {
        for text in ["", " ", "-", "N.C.", "2", "si e no", "sì in parte", "non so", "11", "1,0", "parziale", "?"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = parse(&text);
        }
    }
}
