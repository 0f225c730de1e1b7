//! `explain CODE`: what a code means and what to do about it.

use allegati::finding::{Code, Lang, Severity, Text};
use clap::{ArgAction, ArgMatches};

use super::failure::Failure;
use super::screen::Screen;
use super::{Command, Verdict, arguments, engine};

/// The command.
pub static COMMAND: Command = Command { name: "explain", arguments, run };

/// What the first letter of a code says.
const SCOPES: [(char, Text); 7] = [
    ('F', Text::new("un file", "a file")),
    ('S', Text::new("un foglio o la sua intestazione", "a sheet or its header")),
    ('C', Text::new("una cella", "a cell")),
    ('R', Text::new("una riga", "a row")),
    ('X', Text::new("più fogli insieme", "several sheets together")),
    ('P', Text::new("un punteggio", "a score")),
    ('W', Text::new("i risultati scritti", "the results written")),
];

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Dice che cosa vuol dire un codice e che cosa fare; senza codice li elenca tutti.",
        "Says what a code means and what to do; without a code it lists them all.",
    );
    let code = Text::new(
        "Il codice come si vede (C012) o il suo nome (doubtful-scale), maiuscolo o minuscolo",
        "The code as shown (C012) or its name (doubtful-scale), in upper or lower case",
    );
    let all = Text::new("Elenca tutti i codici", "Lists all codes");
    let examples = Text::new(
        "Esempi:\n  allegati explain C012\n  allegati explain --all\n\nCodici di uscita:\n  0  spiegato\n  2  il codice non esiste",
        "Examples:\n  allegati explain C012\n  allegati explain --all\n\nExit codes:\n  0  explained\n  2  there is no such code",
    );
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati explain [OPZIONI] [CODICE]", "allegati explain [OPTIONS] [CODE]").get(lang))
        .after_help(examples.get(lang))
        .arg(arguments::positional("code", Text::new("CODICE", "CODE"), code, lang))
        .arg(arguments::option("all", all, lang).action(ArgAction::SetTrue).conflicts_with("code"))
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let mut codes = engine::codes();
    codes.sort_by_key(|code| code.id);
    let text = match matches.get_one::<String>("code") {
        Some(wanted) => page(find(&codes, wanted)?, screen),
        None => codes.iter().map(|code| line(code, screen)).collect(),
    };
    screen.print(&text)?;
    Ok(Verdict::Clean)
}

fn find<'a>(codes: &[&'a Code], wanted: &str) -> Result<&'a Code, Failure> {
    // As it stands in a report: `errore[C012]`.
    let inner = wanted.split_once('[').map_or(wanted, |(_, rest)| rest.trim_end_matches(']'));
    let inner = inner.trim().to_lowercase().replace(['_', ' '], "-");
    if let Some(code) = codes.iter().find(|code| code.id.to_lowercase() == inner || code.slug == inner) {
        return Ok(code);
    }
    let near = |code: &&&Code| {
        let score = strsim::jaro_winkler(&code.id.to_lowercase(), &inner).max(strsim::jaro_winkler(code.slug, &inner));
        (score * 1000.0) as u32
    };
    let (mut it, mut en) = (format!("il codice «{wanted}» non esiste"), format!("there is no code “{wanted}”"));
    if let Some(code) = codes.iter().max_by_key(near) {
        it.push_str(&format!("; forse {} ({})?", code.id, code.slug));
        en.push_str(&format!("; did you mean {} ({})?", code.id, code.slug));
    }
    it.push_str("\n  «allegati explain» li elenca tutti");
    en.push_str("\n  “allegati explain” lists them all");
    Err(Failure::new(it, en))
}

fn line(code: &Code, screen: &Screen) -> String {
    let severity = code.severity.label().get(screen.lang());
    format!("{}  {severity:<7}  {}\n      {}\n", code.id, code.slug, plain(code.message.get(screen.lang())))
}

fn page(code: &Code, screen: &Screen) -> String {
    let lang = screen.lang();
    let severity = match code.severity {
        Severity::Error => screen.pick(
            "errore: un valore non è stato usato, o una cifra può essere sbagliata",
            "error: a value was not used, or a figure may be wrong",
        ),
        Severity::Warning => screen.pick("avviso: usato, ma da guardare", "warning: used, please look"),
        Severity::Info => screen.pick("nota: per conoscenza", "info: for the record"),
    };
    let scope = SCOPES.iter().find(|(letter, _)| code.id.starts_with(*letter)).map_or("", |(_, text)| text.get(lang));
    let mut text = format!("{} {}\n\n  {severity}\n", code.id, code.slug);
    for (label, what) in [
        (screen.pick("riguarda", "concerns"), scope.to_owned()),
        (screen.pick("messaggio", "message"), plain(code.message.get(lang))),
        (screen.pick("aiuto", "help"), plain(code.help.get(lang))),
    ] {
        if !what.is_empty() {
            text.push_str(&format!("  {label}: {what}\n"));
        }
    }
    text
}

/// A message without its words: `…` where a finding says what was seen.
fn plain(message: &str) -> String {
    let mut parts = message.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push('…');
        text.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    static NUMBER: Code = Code {
        id: "C012",
        slug: "not-a-number",
        severity: Severity::Error,
        message: Text::new("«{seen}» non è un numero", "“{seen}” is no number"),
        help: Text::new("scrivere un numero", "write a number"),
    };

    #[test]
    fn a_code_is_found_by_id_or_name_in_any_case() {
        for wanted in ["C012", "c012", "not-a-number", "Not_A_Number", "errore[C012]"] {
            assert_eq!(find(&[&NUMBER], wanted).unwrap().id, "C012");
        }
    }

    #[test]
    fn an_unknown_code_suggests_the_nearest() {
        let failure = find(&[&NUMBER], "C0122").unwrap_err();
        assert!(failure.message(Lang::En).contains("did you mean C012 (not-a-number)?"));
    }

    #[test]
    fn words_become_dots() {
        assert_eq!(plain(NUMBER.message.it), "«…» non è un numero");
    }
}
