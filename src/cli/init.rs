//! `init FOLDER`: a folder for a new year, with its settings, its forms and a short guide.

use std::fs;
use std::path::Path;

use allegati::finding::{Lang, Text};
use allegati::kinds::KINDS;
use allegati::kinds::form::FOLDER;
use allegati::settings::FILE_NAME;
use allegati::write::forms::{Prefill, guide_file, settings_file};
use clap::{ArgMatches, value_parser};

use super::failure::Failure;
use super::screen::Screen;
use super::template::{Laid, lay, made};
use super::{Command, Verdict, arguments};

/// The command.
pub static COMMAND: Command = Command { name: "init", arguments, run };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Prepara la cartella di un nuovo anno: impostazioni, modelli da compilare e una breve guida.\n\
         Ciò che c’è già non viene mai toccato.",
        "Lays a folder for a new year: settings, forms to fill in and a short guide.\n\
         What is there already is never touched.",
    );
    let body = Text::new("Il nome dell’ente", "The name of the public body");
    let folder = Text::new(
        "La cartella da preparare; se non c’è, viene creata",
        "The folder to lay; it is made when it is not there",
    );
    let examples = Text::new(
        "Esempio:\n  allegati init \"Monitoraggio 2020\" --year 2020 --body \"Camera di Commercio di Lucca\"\n\n",
        "Example:\n  allegati init \"Monitoraggio 2020\" --year 2020 --body \"Camera di Commercio di Lucca\"\n\n",
    );
    // The help of every command shows its examples under one heading.
    let examples = examples.get(lang).replacen("Esempio:", "Esempi:", 1).replacen("Example:", "Examples:", 1);
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati init CARTELLA [OPZIONI]", "allegati init FOLDER [OPTIONS]").get(lang))
        .after_help(format!("{examples}{}", arguments::EXIT_CODES.get(lang)))
        .arg(
            arguments::positional("folder", Text::new("CARTELLA", "FOLDER"), folder, lang)
                .required(true)
                .value_parser(value_parser!(std::path::PathBuf)),
        )
        .arg(arguments::year(lang))
        .arg(arguments::option("body", body, lang).value_name(Text::new("ENTE", "BODY").get(lang)))
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let (folder, lang) = (arguments::path(matches, "folder"), screen.lang());
    let year = arguments::year_of(matches);
    let body = matches.get_one::<String>("body").map(|body| body.trim()).filter(|body| !body.is_empty());
    must_be_free(folder)?;
    let mut files = vec![(FILE_NAME.to_owned(), settings_file(year, body, lang).into_bytes())];
    let (guide, text) = guide_file(year, lang);
    files.push((guide.to_owned(), text.into_bytes()));
    for kind in KINDS {
        files.push((format!("{FOLDER}/{}", kind.form.file()), made(kind, lang, Prefill { year })?));
    }
    for (name, bytes) in files {
        let said = match lay(&there(folder, &name), &bytes)? {
            Laid::Written => screen.pick("scritto", "written"),
            Laid::Same => screen.pick("c’è già, uguale", "already there, the same"),
            Laid::Kept => screen.pick("c’è già, non toccato", "already there, not touched"),
        };
        screen.print(&format!("{name}: {said}\n"))?;
    }
    let next = screen.pick(
        "Ora: completare allegati.toml, mandare i modelli agli uffici, mettere nella cartella i fogli che tornano, poi",
        "Now: complete allegati.toml, send the forms to the offices, put the sheets that come back into the folder, then",
    );
    screen.print(&format!("\n{next}\n  allegati run \"{}\"\n", folder.display()))?;
    Ok(Verdict::Clean)
}

/// Where a file goes; settings are found whatever the case of their name.
fn there(folder: &Path, name: &str) -> std::path::PathBuf {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut same = entries.filter(|entry| entry.file_name().to_string_lossy().eq_ignore_ascii_case(name));
    same.next().map_or_else(|| folder.join(name), |entry| entry.path())
}

fn must_be_free(folder: &Path) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        let shown = folder.display();
        return Err(Failure::new(
            format!("serve una cartella e questo è un file: {shown}"),
            format!("a folder is needed and this is a file: {shown}"),
        ));
    }
    Ok(())
}
