//! `export FOLDER -o DIR`: the records as open data, with all that `run --from-export` needs besides.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use allegati::delivery::Deliveries;
use allegati::exchange::{self, About, PACKAGE};
use allegati::finding::{Lang, Text};
use allegati::settings::Settings;
use allegati::write::save::{Claim, Obstacle, SaveError, Staging};
use clap::{ArgMatches, value_parser};

use super::failure::{Failure, must_be_folder};
use super::output::of_save;
use super::run::{consolidate_with, report, verdict};
use super::screen::Screen;
use super::{Command, Verdict, arguments, engine};

/// The command.
pub static COMMAND: Command = Command { name: "export", arguments, run };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Scrive i dati dei fogli come dati aperti: tabelle CSV e Parquet, una per tipo di foglio, con la loro descrizione.",
        "Writes the data of the sheets as open data: CSV and Parquet tables, one per kind of sheet, with their description.",
    );
    let output = Text::new(
        "La cartella in cui scrivere (se non è detto: CARTELLA/consolidato/dati)",
        "The folder to write to (unless said: FOLDER/consolidato/dati)",
    );
    let examples = Text::new(
        "Esempi:\n  \
         allegati export \"Monitoraggio 2019\"\n  \
         allegati export \"Monitoraggio 2019\" -o \"Dati 2019\"\n  \
         allegati run --from-export \"Dati 2019\" -o Allegati-2019.xlsx\n\n\
         «provenienza.json» serve solo a «run --from-export»: non va pubblicato.\n\n",
        "Examples:\n  \
         allegati export \"Monitoraggio 2019\"\n  \
         allegati export \"Monitoraggio 2019\" -o \"Data 2019\"\n  \
         allegati run --from-export \"Data 2019\" -o Allegati-2019.xlsx\n\n\
         “provenienza.json” is only for “run --from-export”: it is not to be published.\n\n",
    );
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati export [OPZIONI] CARTELLA", "allegati export [OPTIONS] FOLDER").get(lang))
        .after_help(format!("{}{}", examples.get(lang), arguments::EXIT_CODES.get(lang)))
        .arg(arguments::folder(lang))
        .arg(
            arguments::option("output", output, lang)
                .short('o')
                .value_name(Text::new("CARTELLA", "FOLDER").get(lang))
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(arguments::strict(lang))
        .arg(arguments::jobs(lang))
        .arg(arguments::password_file(lang))
        .arg(arguments::follow_links(lang))
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let (start, folder) = (Instant::now(), arguments::path(matches, "folder"));
    must_be_folder(folder)?;
    let asked = matches.get_one::<PathBuf>("output").cloned();
    let target = asked.unwrap_or_else(|| folder.join("consolidato").join("dati"));
    must_be_outside(&target, folder)?;
    // A file in it stands for the folder.
    let package = target.join(PACKAGE);
    let _claim = Claim::of(&[&package]).map_err(|error| of_save(&error))?;
    let text = Settings::text(folder)?;
    let (staged, outcome) = consolidate_with(folder, matches, screen, true, |deliveries, settings| {
        let about = About { settings, settings_text: text.clone(), lang: screen.lang() };
        stage(deliveries, &about, &target)
    })?;
    let staged = staged?;
    must_be_ours(&staged, &package)?;
    staged.commit().map_err(|error| of_save(&error))?;
    let shown = target.display().to_string();
    report(&outcome, None, start, screen)?;
    screen.print(screen.pick(&format!("Dati: {shown}\n"), &format!("Data: {shown}\n")))?;
    Ok(verdict(&outcome.findings, matches.get_flag("strict")))
}

/// What is written among the sheets would be read as one of them the next time.
fn must_be_outside(target: &Path, folder: &Path) -> Result<(), Failure> {
    let absolute = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let there = path.ancestors().find_map(|part| fs::canonicalize(part).ok().map(|real| (part.to_owned(), real)));
        there.map_or(path.clone(), |(part, real)| path.strip_prefix(part).map_or(real.clone(), |rest| real.join(rest)))
    };
    let (target, folder) = (absolute(target), absolute(folder));
    let Ok(inside) = target.strip_prefix(&folder) else { return Ok(()) };
    if inside.components().any(|part| part.as_os_str() == "consolidato") {
        return Ok(());
    }
    let shown = target.display();
    Err(Failure::new(
        format!(
            "i dati starebbero fra i fogli degli uffici: {shown}\n  scegliere una cartella fuori da quella dei fogli, o nella sua cartella «consolidato»"
        ),
        format!(
            "the data would lie among the offices’ sheets: {shown}\n  choose a folder outside that of the sheets, or in its folder “consolidato”"
        ),
    ))
}

/// Writes all to temporary files.
fn stage(deliveries: &mut Deliveries, about: &About<'_>, target: &Path) -> Result<Staging, Failure> {
    let mut staging = Staging::default();
    let mut refused: Option<SaveError> = None;
    let written = exchange::write(deliveries, about, &mut |name| match staging.create(&target.join(name)) {
        Ok(file) => Ok(Box::new(file) as Box<dyn Write + Send>),
        Err(error) => {
            refused = Some(error);
            Err(io::ErrorKind::Other.into())
        }
    });
    let failed = |error: io::Error| SaveError { path: target.to_owned(), why: Obstacle::from(error) };
    match (written, refused) {
        (_, Some(error)) => Err(of_save(&error)),
        (Err(error), None) => Err(of_save(&failed(error))),
        (Ok(()), None) => Ok(staging),
    }
}

/// Only an earlier export is replaced.
fn must_be_ours(staged: &Staging, package: &Path) -> Result<(), Failure> {
    let ours = File::open(package).is_ok_and(exchange::is_package);
    match staged.paths().find(|path| !ours && path.exists()) {
        None => Ok(()),
        Some(path) => {
            let path = path.display();
            Err(Failure::new(
                format!("c’è già un file che non è di un’esportazione: {path}\n  scegliere un’altra cartella con -o"),
                format!("there is already a file that is not of an export: {path}\n  choose another folder with -o"),
            ))
        }
    }
}

/// Reads exports back, put together.
pub fn read_back(folders: &[PathBuf]) -> Result<(Deliveries, Option<String>), Failure> {
    let mut exports = Vec::new();
    for folder in folders {
        must_be_folder(folder)?;
        let open = |name: &str| File::open(folder.join(name)).map(|file| Box::new(file) as Box<dyn io::Read>);
        exports.push(exchange::read(&engine::codes(), &open).map_err(|damage| of_damage(folder, &damage))?);
    }
    exchange::merge(exports).map_err(|damage| of_damage(Path::new(""), &damage))
}

fn of_damage(folder: &Path, damage: &exchange::Damage) -> Failure {
    let told = |lang| match folder.as_os_str().is_empty() {
        true => damage.message(lang),
        false => format!("{}: {}", folder.display(), damage.message(lang)),
    };
    Failure::new(told(Lang::It), told(Lang::En))
}
