//! Arguments that cannot be followed, said in the language of the help.

use allegati::finding::Lang;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::failure::Failure;

/// The failure that tells why clap refused the arguments.
pub fn of(error: &Error, lang: Lang) -> Failure {
    let (it, en) = match lang {
        // Italian is shown to Italians only, so that each language needs to be right in its own.
        Lang::It => (italian(error), String::new()),
        Lang::En => {
            let text = error.render().to_string();
            (String::new(), text.strip_prefix("error: ").unwrap_or(&text).trim_end().to_owned())
        }
    };
    Failure::new(it, en)
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(list)) => list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn italian(error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let allowed = context(error, ContextKind::ValidValue);
    let mut text = match error.kind() {
        ErrorKind::UnknownArgument => format!("«{argument}» non è fra le opzioni"),
        ErrorKind::InvalidSubcommand => {
            let word = context(error, ContextKind::InvalidSubcommand);
            format!("«{word}» non è un comando né una cartella che esiste")
        }
        ErrorKind::MissingRequiredArgument => format!("manca {argument}"),
        ErrorKind::MissingSubcommand => Failure::no_command().message(Lang::It).to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("a «{argument}» manca il valore"),
        ErrorKind::InvalidValue if !allowed.is_empty() => format!("«{value}» non va bene per «{argument}»: {allowed}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("«{value}» non va bene per «{argument}»"),
        ErrorKind::ArgumentConflict if argument == context(error, ContextKind::PriorArg) => {
            format!("«{argument}» c’è due volte")
        }
        ErrorKind::ArgumentConflict => {
            format!("«{argument}» e «{}» non vanno insieme", context(error, ContextKind::PriorArg))
        }
        _ => error.to_string(),
    };
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let near = context(error, kind);
        if !near.is_empty() {
            text.push_str(&format!("; forse «{near}»?"));
        }
    }
    text + "\n  «allegati --help» elenca comandi e opzioni"
}
