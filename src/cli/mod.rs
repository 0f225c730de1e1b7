//! The command line: one file per command, with its arguments, its help and its run.
//!
//! [`run`] finds the language, builds the commands in it, reads the arguments, runs one and gives its exit code. Only
//! commands print: what was asked for to the standard output, progress and failures to the standard error.

mod arguments;
mod batch;
mod check;
mod clock;
mod completions;
pub mod engine;
mod explain;
mod export;
mod failure;
mod init;
mod inspect;
mod interrupt;
mod language;
mod learn;
mod man;
mod output;
mod passwords;
mod previous;
mod progress;
mod refusal;
mod replies;
mod run;
mod screen;
mod template;
mod verify;
mod version;
mod watch;
mod waves;

use std::ffi::OsString;
use std::process::ExitCode;

use allegati::finding::{Lang, Text};
use clap::ArgMatches;

use failure::Failure;
use screen::Screen;

/// One command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// Its arguments and its help, in a language.
    pub arguments: fn(Lang) -> clap::Command,
    /// What it does.
    pub run: fn(&ArgMatches, &Screen) -> Result<Verdict, Failure>,
}

/// All commands, in the order of the help.
static COMMANDS: &[&Command] = &[
    &run::COMMAND,
    &check::COMMAND,
    &batch::COMMAND,
    &watch::COMMAND,
    &inspect::COMMAND,
    &explain::COMMAND,
    &verify::COMMAND,
    &export::COMMAND,
    &template::COMMAND,
    &init::COMMAND,
    &completions::COMMAND,
    &man::COMMAND,
];

/// How a command that could be carried out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing that must be corrected.
    Clean,
    /// Error findings; with `--strict` warnings too.
    Findings,
}

/// Runs the program: 0 clean, 1 findings, 2 it could not be done.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let lang = match language::find(&arguments) {
        Ok(lang) => lang,
        Err(failure) => return Screen::new(Lang::It).fail(&failure),
    };
    let screen = Screen::new(lang);
    let alone = arguments.len() == 2;
    let code = match carry_out(arguments, &screen) {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(failure) => screen.fail(&failure),
    };
    if alone {
        screen.keep_open();
    }
    code
}

fn carry_out(arguments: Vec<OsString>, screen: &Screen) -> Result<Verdict, Failure> {
    let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    let arguments = arguments::completed(arguments, &names);
    let matches = match program(screen.lang()).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => {
            screen.print(&screen.painted(&error.render()))?;
            return Ok(Verdict::Clean);
        }
        Err(error) => return Err(refusal::of(&error, screen.lang())),
    };
    let (name, matches) = matches.subcommand().ok_or_else(Failure::no_command)?;
    let command = COMMANDS.iter().find(|command| command.name == name).ok_or_else(Failure::no_command)?;
    (command.run)(matches, screen)
}

/// The whole program's arguments, in a language.
pub fn program(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Riunisce i fogli di monitoraggio degli uffici in una sola cartella di lavoro (Allegati 1-3)\n\
         e dice che cosa nei fogli va guardato, cella per cella.",
        "Consolidates the monitoring sheets of the offices into one workbook (Allegati 1-3)\n\
         and says what in the sheets must be looked at, cell by cell.",
    );
    let after = Text::new(
        "Esempi:\n  \
         allegati \"Monitoraggio 2019\"            scrive Monitoraggio 2019/consolidato/Allegati-2019.xlsx\n  \
         allegati check \"Monitoraggio 2019\"      solo l’elenco di ciò che va guardato\n  \
         allegati inspect fatture.xlsx           che cosa è stato riconosciuto nel file e perché\n  \
         allegati explain C012                   che cosa vuol dire un codice\n  \
         allegati init \"Monitoraggio 2020\"       prepara la cartella di un nuovo anno, con i modelli\n\n\
         Una cartella senza comando davanti (anche trascinata sull’icona del programma) vale «run».\n\n",
        "Examples:\n  \
         allegati \"Monitoraggio 2019\"            writes Monitoraggio 2019/consolidato/Allegati-2019.xlsx\n  \
         allegati check \"Monitoraggio 2019\"      only the list of what must be looked at\n  \
         allegati inspect fatture.xlsx           what was recognised in the file, and why\n  \
         allegati explain C012                   what a code means\n  \
         allegati init \"Monitoraggio 2020\"       lays the folder of a new year, with the forms\n\n\
         A folder without a command before it (or dropped on the program’s icon) is “run”.\n\n",
    );
    let commands = COMMANDS.iter().map(|command| arguments::dressed((command.arguments)(lang), lang));
    let root = clap::Command::new("allegati")
        .version(version::SHORT)
        .long_version(version::LONG)
        .about(about.get(lang))
        .override_usage(
            Text::new(
                "allegati COMANDO [OPZIONI]\n     allegati CARTELLA",
                "allegati COMMAND [OPTIONS]\n       allegati FOLDER",
            )
            .get(lang),
        )
        .after_help(format!("{}{}", after.get(lang), arguments::EXIT_CODES.get(lang)))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(Text::new("Comandi", "Commands").get(lang))
        .subcommands(commands);
    arguments::dressed(root, lang).arg(arguments::version(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_well_formed_in_both_languages() {
        program(Lang::It).debug_assert();
        program(Lang::En).debug_assert();
    }

    #[test]
    fn every_argument_is_explained_in_both_languages() {
        let (italian, english) = (program(Lang::It), program(Lang::En));
        for (one, other) in italian.get_subcommands().zip(english.get_subcommands()) {
            assert_ne!(one.get_about(), other.get_about());
            assert_ne!(one.get_after_help(), other.get_after_help());
            for (argument, same) in one.get_arguments().zip(other.get_arguments()) {
                let (it, en) = (argument.get_help(), same.get_help());
                assert!(it.is_some() && it != en, "{} {}", one.get_name(), argument.get_id());
            }
        }
    }

    #[test]
    fn every_option_with_a_value_is_known_before_the_arguments_are_read() {
        for command in program(Lang::It).get_subcommands() {
            let options = command.get_arguments().filter(|argument| argument.get_action().takes_values());
            // One that wants a sign before its value never takes the next argument.
            let next = |argument: &&clap::Arg| !argument.is_positional() && !argument.is_require_equals_set();
            for argument in options.filter(next) {
                let long = format!("--{}", argument.get_long().unwrap());
                assert!(arguments::WITH_VALUE.contains(&long.as_str()), "{long} of {}", command.get_name());
            }
        }
    }
}
