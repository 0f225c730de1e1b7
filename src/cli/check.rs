//! `check FOLDER`: what was found, without writing anything.

use std::time::Instant;

use allegati::finding::{Lang, Text};
use clap::ArgMatches;

use super::failure::Failure;
use super::run::{consolidate, last_verdict, report};
use super::screen::Screen;
use super::{Command, Verdict, arguments, previous};

/// The command.
pub static COMMAND: Command = Command { name: "check", arguments, run };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Elenca che cosa nei fogli della cartella va guardato, senza scrivere nulla.",
        "Lists what in the folder’s sheets must be looked at, without writing anything.",
    );
    let examples = Text::new(
        "Esempi:\n  allegati check \"Monitoraggio 2019\"\n  allegati check \"Monitoraggio 2019\" > da-guardare.txt\n\n",
        "Examples:\n  allegati check \"Monitoraggio 2019\"\n  allegati check \"Monitoraggio 2019\" > to-look-at.txt\n\n",
    );
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati check [OPZIONI] CARTELLA", "allegati check [OPTIONS] FOLDER").get(lang))
        .after_help(format!("{}{}", examples.get(lang), arguments::EXIT_CODES.get(lang)))
        .arg(arguments::folder(lang))
        .arg(previous::argument(lang))
        .arg(arguments::strict(lang))
        .arg(arguments::jobs(lang))
        .arg(arguments::password_file(lang))
        .arg(arguments::follow_links(lang))
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let outcome = consolidate(arguments::path(matches, "folder"), matches, screen)?;
    report(&outcome, None, start, screen)?;
    Ok(last_verdict(outcome, matches))
}
