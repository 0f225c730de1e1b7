//! The language of everything that is shown: `--lang`, else `ALLEGATI_LANG`, else Italian. Known before the arguments
//! are read, since the help itself is in it.

use std::ffi::OsString;

use allegati::finding::Lang;

use super::failure::Failure;

/// The variable that chooses the language when `--lang` does not.
pub const VARIABLE: &str = "ALLEGATI_LANG";

/// The language of these arguments and this environment.
///
/// # Errors
/// When the variable names a language that is not there. A wrong `--lang` is left to the reading of the arguments.
pub fn find(arguments: &[OsString]) -> Result<Lang, Failure> {
    if let Some(lang) = asked(arguments).as_deref().and_then(parse) {
        return Ok(lang);
    }
    match std::env::var(VARIABLE) {
        Ok(value) if !value.trim().is_empty() => parse(&value).ok_or_else(|| {
            Failure::new(
                format!("{VARIABLE} vale «{value}»: le lingue sono it ed en"),
                format!("{VARIABLE} is “{value}”: the languages are it and en"),
            )
        }),
        _ => Ok(Lang::It),
    }
}

/// The last `--lang` before `--`.
fn asked(arguments: &[OsString]) -> Option<String> {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let options = texts.iter().take_while(|text| *text != "--").enumerate();
    let values = options.filter_map(|(at, text)| match text.strip_prefix("--lang") {
        Some("") => texts.get(at + 1).map(ToString::to_string),
        Some(value) => value.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    values.last()
}

/// `it`, `EN`, `it_IT.UTF-8`.
fn parse(text: &str) -> Option<Lang> {
    match text.trim().split(['_', '-', '.']).next()?.to_ascii_lowercase().as_str() {
        "it" => Some(Lang::It),
        "en" => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_wherever_it_stands() {
        let asked = |text: &str| asked(&text.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked("allegati --lang en run x"), Some("en".into()));
        assert_eq!(asked("allegati run x --lang=en"), Some("en".into()));
        assert_eq!(asked("allegati run -- --lang en"), None);
        assert_eq!(asked("allegati run x --lang"), None);
    }

    #[test]
    fn locales_name_a_language() {
        assert_eq!((parse("en_GB.UTF-8"), parse("IT"), parse("fr")), (Some(Lang::En), Some(Lang::It), None));
    }
}
