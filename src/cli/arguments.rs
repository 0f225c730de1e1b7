//! Arguments that several commands share, and what is done to a command line before it is read.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use allegati::finding::{Lang, Text};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

/// What the exit code says, for the help.
pub const EXIT_CODES: Text = Text::new(
    "Codici di uscita:\n  \
     0  nessun errore nei fogli\n  \
     1  errori nei fogli; i risultati sono scritti lo stesso (con --strict contano anche gli avvisi)\n  \
     2  il lavoro non si è potuto fare",
    "Exit codes:\n  \
     0  no errors in the sheets\n  \
     1  errors in the sheets; the results are written all the same (with --strict warnings count too)\n  \
     2  the run could not be made",
);

const OPTIONS: Text = Text::new("Opzioni", "Options");
const ARGUMENTS: Text = Text::new("Argomenti", "Arguments");
/// The options that take the next argument as their value.
pub const WITH_VALUE: [&str; 12] = [
    "-o",
    "--output",
    "--json",
    "--report",
    "--previous",
    "--lang",
    "--jobs",
    "--password-file",
    "--year",
    "--body",
    "--poll",
    "--from-export",
];

/// An option, its help in a language.
pub fn option(id: &'static str, help: Text, lang: Lang) -> Arg {
    Arg::new(id).long(id).help(help.get(lang)).help_heading(OPTIONS.get(lang))
}

/// A positional argument, its name and its help in a language.
pub fn positional(id: &'static str, name: Text, help: Text, lang: Lang) -> Arg {
    Arg::new(id).value_name(name.get(lang)).help(help.get(lang)).help_heading(ARGUMENTS.get(lang))
}

/// `FOLDER`.
pub fn folder(lang: Lang) -> Arg {
    let help = Text::new(
        "La cartella con i fogli degli uffici, sottocartelle comprese; le impostazioni sono nel suo allegati.toml",
        "The folder with the offices’ sheets, subfolders included; the settings are in its allegati.toml",
    );
    positional("folder", Text::new("CARTELLA", "FOLDER"), help, lang)
        .required(true)
        .value_parser(value_parser!(PathBuf))
}

/// `--strict`.
pub fn strict(lang: Lang) -> Arg {
    let help = Text::new("Anche gli avvisi danno codice di uscita 1", "Warnings give exit code 1 too");
    option("strict", help, lang).action(ArgAction::SetTrue)
}

/// `--jobs`.
pub fn jobs(lang: Lang) -> Arg {
    let help = Text::new(
        "Quanti file leggere insieme (quanti sono i processori, se non è detto)",
        "How many files to read at a time (as many as there are processors, unless said)",
    );
    option("jobs", help, lang).value_name("N").value_parser(value_parser!(u16).range(1..))
}

/// The value of `--jobs`.
pub fn jobs_of(matches: &ArgMatches) -> Option<usize> {
    matches.get_one::<u16>("jobs").map(|jobs| usize::from(*jobs))
}

/// `--password-file`.
pub fn password_file(lang: Lang) -> Arg {
    let help = Text::new(
        "Un file di testo, fuori dalla cartella, con le password dei fogli protetti, una per riga",
        "A text file, outside the folder, with the passwords of protected sheets, one a line",
    );
    option("password-file", help, lang).value_name("FILE").value_parser(value_parser!(PathBuf))
}

/// The value of `--password-file`.
pub fn password_file_of(matches: &ArgMatches) -> Option<&PathBuf> {
    matches.get_one("password-file")
}

/// `--year`.
pub fn year(lang: Lang) -> Arg {
    let help = Text::new("L’anno dei dati, già scritto nei modelli", "The year of the data, written into the forms");
    let name = Text::new("ANNO", "YEAR").get(lang);
    option("year", help, lang).value_name(name).value_parser(value_parser!(i16).range(1990..2100))
}

/// The value of `--year`.
pub fn year_of(matches: &ArgMatches) -> Option<i16> {
    matches.get_one("year").copied()
}

/// `--follow-links`.
pub fn follow_links(lang: Lang) -> Arg {
    let help = Text::new(
        "Segue anche i collegamenti che portano fuori dalla cartella (se non è detto, li nomina soltanto)",
        "Also follows links that lead out of the folder (unless said, they are only named)",
    );
    option("follow-links", help, lang).action(ArgAction::SetTrue)
}

/// Whether `--follow-links` is given; a command without it follows none.
pub fn follow_links_of(matches: &ArgMatches) -> bool {
    matches.try_get_one::<bool>("follow-links").ok().flatten().copied().unwrap_or_default()
}

/// A path that clap has made sure is there.
pub fn path<'a>(matches: &'a ArgMatches, id: &str) -> &'a PathBuf {
    matches.get_one::<PathBuf>(id).expect("the argument is required")
}

/// `--version`, of the whole program.
pub fn version(lang: Lang) -> Arg {
    option("version", Text::new("Mostra la versione", "Shows the version"), lang).short('V').action(ArgAction::Version)
}

/// A command with `--lang`, `--help` and headings in a language.
pub fn dressed(command: Command, lang: Lang) -> Command {
    let language = Text::new(
        "La lingua dei testi: it (se non è detto) o en; anche con la variabile ALLEGATI_LANG",
        "The language of the texts: it (unless said) or en; also by the variable ALLEGATI_LANG",
    );
    let language = option("lang", language, lang)
        .value_name("it|en")
        .value_parser(["it", "en"])
        .hide_possible_values(true)
        .ignore_case(true);
    let help = option("help", Text::new("Mostra questo aiuto", "Shows this help"), lang);
    let template = Text::new(
        "{about-with-newline}\nUso: {usage}\n\n{all-args}{after-help}",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    );
    command
        .help_template(template.get(lang))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(language)
        .arg(help.short('h').action(ArgAction::Help))
}

/// The command line with what a person may leave out: `run` before a folder, `--help` for `help`.
pub fn completed(mut arguments: Vec<OsString>, commands: &[&str]) -> Vec<OsString> {
    if arguments.len() < 2 {
        arguments.push("--help".into());
        return arguments;
    }
    let Some(at) = first_word(&arguments) else { return arguments };
    let word = arguments[at].clone();
    if commands.iter().any(|command| OsStr::new(command) == word) {
        // The language may stand before the command; clap wants it behind.
        let before: Vec<_> = arguments.drain(1..at).collect();
        arguments.extend(before);
        return arguments;
    }
    let path = PathBuf::from(&word);
    if path.exists() || path.components().count() > 1 {
        arguments.insert(1, "run".into());
    } else if ["help", "aiuto"].iter().any(|help| OsStr::new(help) == word) {
        arguments.remove(at);
        arguments.push("--help".into());
    }
    arguments
}

/// Where the first argument stands that is neither an option nor the value of one.
fn first_word(arguments: &[OsString]) -> Option<usize> {
    let mut at = 1;
    while let Some(argument) = arguments.get(at) {
        let text = argument.to_string_lossy();
        match text.as_ref() {
            "--" => return (at + 1 < arguments.len()).then_some(at + 1),
            option if WITH_VALUE.contains(&option) => at += 2,
            option if option.starts_with('-') && option.len() > 1 => at += 1,
            _ => return Some(at),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::completed;
    use std::ffi::OsString;

    fn line(text: &str) -> String {
        let arguments = text.split(' ').map(OsString::from).collect();
        let done = completed(arguments, &["run", "check", "explain"]);
        done.iter().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_folder_alone_is_run() {
        assert_eq!(line("allegati src"), "allegati run src");
        assert_eq!(line("allegati --lang en src --strict"), "allegati run --lang en src --strict");
        assert_eq!(line("allegati -o x.xlsx src"), "allegati run -o x.xlsx src");
        assert_eq!(line("allegati not/there"), "allegati run not/there");
    }

    #[test]
    fn a_command_stays_a_command() {
        assert_eq!(line("allegati check src"), "allegati check src");
        assert_eq!(line("allegati --lang en check src"), "allegati check src --lang en");
        assert_eq!(line("allegati chekc"), "allegati chekc");
    }

    #[test]
    fn help_is_asked_for_in_many_ways() {
        assert_eq!(line("allegati"), "allegati --help");
        assert_eq!(line("allegati help check"), "allegati check --help");
    }
}
