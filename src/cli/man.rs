//! `man`: the manual page, with every command, the exit codes and the settings.

use allegati::finding::{Lang, Text};
use allegati::write::forms::settings_file;
use clap::ArgMatches;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::failure::Failure;
use super::screen::Screen;
use super::{Command, Verdict, arguments, program};

/// The command.
pub static COMMAND: Command = Command { name: "man", arguments, run };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new("Stampa la pagina di manuale (roff).", "Prints the manual page (roff).");
    let examples = Text::new(
        "Esempi:\n  allegati man | man -l -\n  allegati man > allegati.1\n\n",
        "Examples:\n  allegati man | man -l -\n  allegati man > allegati.1\n\n",
    );
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati man [OPZIONI]", "allegati man [OPTIONS]").get(lang))
        .after_help(format!("{}{}", examples.get(lang), arguments::EXIT_CODES.get(lang)))
}

fn run(_: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let mut page = Vec::new();
    compose(screen.lang(), &mut page).map_err(|error| {
        Failure::new(
            format!("la pagina non si può comporre ({error})"),
            format!("the page cannot be put together ({error})"),
        )
    })?;
    screen.print(&String::from_utf8_lossy(&page))?;
    Ok(Verdict::Clean)
}

fn compose(lang: Lang, page: &mut Vec<u8>) -> std::io::Result<()> {
    let program = program(lang);
    let whole = Man::new(program.clone());
    whole.render_title(page)?;
    whole.render_name_section(page)?;
    let mut roff = Roff::new();
    roff.control("SH", [Text::new("USO", "SYNOPSIS").get(lang)]);
    roff.text([bold("allegati "), roman(Text::new("COMANDO [OPZIONI]", "COMMAND [OPTIONS]").get(lang))]);
    roff.control("br", []);
    roff.text([bold("allegati "), roman(Text::new("CARTELLA", "FOLDER").get(lang))]);
    roff.control("SH", [Text::new("COMANDI", "COMMANDS").get(lang)]);
    roff.to_writer(page)?;
    for command in program.get_subcommands() {
        one(command, page)?;
    }
    let mut roff = Roff::new();
    let (title, codes) = arguments::EXIT_CODES.get(lang).split_once(":\n").unwrap_or_default();
    verbatim(&mut roff, &title.to_uppercase(), codes);
    verbatim(
        &mut roff,
        Text::new("IMPOSTAZIONI (allegati.toml)", "SETTINGS (allegati.toml)").get(lang),
        &settings_file(None, None, lang),
    );
    roff.to_writer(page)
}

/// One command: what it does, how it is called, its arguments and options.
fn one(command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SS", [format!("allegati {}", command.get_name()).as_str()]);
    roff.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
    for argument in command.get_arguments() {
        let name = match (argument.get_short(), argument.get_long()) {
            (Some(short), Some(long)) => format!("-{short}, --{long}"),
            (None, Some(long)) => format!("--{long}"),
            _ => String::new(),
        };
        let values = argument.get_value_names().unwrap_or_default().join(" ");
        let values = if argument.get_action().takes_values() { values } else { String::new() };
        roff.control("TP", []);
        roff.text([bold(name), roman(format!(" {values}"))]);
        roff.text([roman(argument.get_help().map(ToString::to_string).unwrap_or_default())]);
    }
    roff.to_writer(page)
}

fn verbatim(roff: &mut Roff, title: &str, text: &str) {
    roff.control("SH", [title]);
    roff.control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}
