//! `verify WORKBOOK`: the figures of a finished workbook, recomputed from its own rows, and its sources looked at again.

use std::path::{Path, PathBuf};

use allegati::finding::render::terminal::{clean, render};
use allegati::finding::{Lang, Severity, Text};
use allegati::intake;
use allegati::settings::Settings;
use allegati::sheet::Sheet;
use allegati::verify::{self, Checked, Verdict as Fate, Verification};
use clap::{ArgAction, ArgMatches, value_parser};
use serde_json::{Value, json};

use super::failure::{Failure, must_be_file};
use super::inspect::settings;
use super::screen::Screen;
use super::{Command, Verdict, arguments, engine, output, passwords};

/// The command.
pub static COMMAND: Command = Command { name: "verify", arguments, run };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Ricalcola le cifre di una cartella di lavoro finita o pubblicata dalle sue stesse righe.",
        "Recomputes the figures of a finished or published workbook from its own rows.",
    );
    let examples = Text::new(
        "Esempi:\n  \
         allegati verify consolidato/Allegati-2019.xlsx   le cifre, e se le fonti danno ancora le stesse\n  \
         allegati verify Relazione-pubblicata.xlsx --all  anche le cifre giuste, una per una\n\n\
         I collegamenti fra obiettivi si leggono da allegati.toml, accanto al file o nelle cartelle sopra.\n\n\
         Codici di uscita:\n  \
         0  nessuna cifra è sbagliata o troncata\n  \
         1  qualcuna lo è\n  \
         2  la verifica non si è potuta fare",
        "Examples:\n  \
         allegati verify consolidato/Allegati-2019.xlsx   the figures, and whether the sources still give the same\n  \
         allegati verify Published-report.xlsx --all      the right figures too, one by one\n\n\
         Links between objectives are read from allegati.toml, beside the file or in the folders above.\n\n\
         Exit codes:\n  \
         0  no figure is wrong or truncated\n  \
         1  some are\n  \
         2  it could not be verified",
    );
    let file = Text::new("La cartella di lavoro da verificare", "The workbook to verify");
    let all = Text::new("Elenca anche le cifre giuste", "Lists the right figures too");
    let json = Text::new("Scrive il risultato anche in un JSON", "Writes the result to a JSON, too");
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati verify [OPZIONI] FILE", "allegati verify [OPTIONS] FILE").get(lang))
        .after_help(examples.get(lang))
        .arg(
            arguments::positional("file", Text::new("FILE", "FILE"), file, lang)
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(arguments::option("all", all, lang).action(ArgAction::SetTrue))
        .arg(arguments::option("json", json, lang).value_name("FILE.json").value_parser(value_parser!(PathBuf)))
        .arg(arguments::password_file(lang))
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let file = arguments::path(matches, "file");
    must_be_file(file)?;
    let (settings, _) = settings(file)?;
    let passwords = passwords::load(arguments::password_file_of(matches).map(PathBuf::as_path), file)?;
    let options = engine::options(None, &settings, passwords);
    let (mut verification, sheets, findings) = engine::verify(file, &settings, &options);
    if sheets.is_empty() {
        screen.print(&render(&findings, screen.lang(), screen.colour(), screen.width()))?;
        let shown = file.display();
        return Err(Failure::new(
            format!("la cartella di lavoro non si legge: {shown}"),
            format!("the workbook cannot be read: {shown}"),
        ));
    }
    verification.extend(of_sources(file, &sheets, &settings, &options)?);
    if let Some(path) = matches.get_one::<PathBuf>("json") {
        output::write_one(path, &record(file, &verification, screen.lang()))?;
    }
    screen.print(&render(&findings, screen.lang(), screen.colour(), screen.width()))?;
    screen.print(&page(&verification, matches.get_flag("all"), screen))?;
    let faults = verification.count(Fate::Wrong) + verification.count(Fate::Truncated);
    let damaged = findings.count(Severity::Error);
    Ok(if faults + damaged == 0 { Verdict::Clean } else { Verdict::Findings })
}

/// What a workbook of ours came from: whether each file is as it was, and whether they give the same figures.
fn of_sources(
    file: &Path,
    sheets: &[Sheet],
    settings: &Settings,
    options: &engine::Options,
) -> Result<Vec<Checked>, Failure> {
    let listed = verify::hashes(sheets);
    let Some(folder) = folder_of(file, &listed.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>()) else {
        return Ok(listed.iter().map(|(name, hash, cell)| verify::source(name, hash, None, *cell)).collect());
    };
    let records = verify::earlier(sheets);
    let read = |name: &str| intake::earlier::record(&folder.join(name), name.into(), true);
    let options = engine::Options { earlier: records.iter().map(|(name, ..)| read(name)).collect(), ..options.clone() };
    let outcome = engine::consolidate(&folder, settings, &options, &|_| {})?;
    let today = |name: &str| outcome.sources.iter().find(|source| &*source.file == name);
    let mut checked: Vec<Checked> = listed
        .iter()
        .map(|(name, hash, cell)| {
            let today = today(name).map(|source| source.sha256.as_str()).filter(|hash| !hash.is_empty());
            verify::source(name, hash, today, *cell)
        })
        .collect();
    checked.extend(options.earlier.iter().zip(&records).map(|(given, (name, hash, cell))| {
        let today = Some(given.sha256.as_str()).filter(|hash| !hash.is_empty());
        verify::earlier_record(name, hash, today, *cell)
    }));
    let english = sheets.first().is_some_and(|sheet| sheet.text(2, 0) == "FIGURE");
    let lang = if english { Lang::En } else { Lang::It };
    let workbook = engine::workbook(&outcome, lang, "")?;
    checked.extend(verify::compare(sheets, &engine::sheets_of(&workbook)));
    Ok(checked)
}

/// The folder of the sources: that of the workbook or one above it, where most of the files lie.
fn folder_of(file: &Path, names: &[&str]) -> Option<PathBuf> {
    let file = std::path::absolute(file).ok()?;
    let folders = file.ancestors().skip(1).take(3);
    let found = folders.map(|folder| (names.iter().filter(|name| folder.join(name).is_file()).count(), folder));
    found.filter(|(count, _)| *count > 0).max_by_key(|(count, _)| *count).map(|(_, folder)| folder.to_owned())
}

fn page(verification: &Verification, all: bool, screen: &Screen) -> String {
    let mut text = String::new();
    let mut told: Vec<&Checked> = verification.checked.iter().collect();
    told.sort_by_key(|checked| checked.verdict);
    for checked in told.iter().filter(|checked| all || checked.verdict != Fate::Right) {
        text.push_str(&line(checked, screen));
    }
    let count = |verdict| verification.count(verdict);
    let (wrong, cut, unknown, right) =
        (count(Fate::Wrong), count(Fate::Truncated), count(Fate::CannotTell), count(Fate::Right));
    let all = verification.checked.len();
    let it = format!(
        "{all} cifre verificate: {right} giuste, {cut} troncate, {wrong} sbagliate, {unknown} non verificabili."
    );
    let en = format!(
        "{all} figures verified: {right} right, {cut} truncated, {wrong} wrong, {unknown} that cannot be told."
    );
    text.push_str(screen.pick(&it, &en));
    text.push('\n');
    text
}

/// `troncata   Allegato 3 › C4 …: dichiarato 99,16%, risulta 99,17 (media di F4:F9)`.
fn line(checked: &Checked, screen: &Screen) -> String {
    let word = match checked.verdict {
        Fate::Wrong => screen.pick("sbagliata", "wrong"),
        Fate::Truncated => screen.pick("troncata", "truncated"),
        Fate::CannotTell => screen.pick("non si può dire", "cannot tell"),
        Fate::Right => screen.pick("giusta", "right"),
    };
    let cell = checked.cell.map(|cell| format!(" › {cell}")).unwrap_or_default();
    let what = screen.pick(&checked.what.0, &checked.what.1);
    let basis = screen.pick(&checked.basis.0, &checked.basis.1);
    let declared = match checked.declared.as_str() {
        "" => String::new(),
        declared => format!(" {} {declared}", screen.pick("dichiara", "declares")),
    };
    let computed = match (&checked.computed, checked.verdict) {
        (Some(computed), Fate::Wrong | Fate::Truncated | Fate::CannotTell) if !computed.is_empty() => {
            format!(", {} {computed}", screen.pick("risulta", "the rows give"))
        }
        _ => String::new(),
    };
    let told = clean(&format!("{}{cell}: {what}{declared}{computed} ({basis})", checked.sheet));
    format!("{word:<16} {told}\n")
}

/// The JSON, schema `allegati-verify/1`.
fn record(file: &Path, verification: &Verification, lang: Lang) -> String {
    let pick = |words: &verify::Words| match lang {
        Lang::It => words.0.clone(),
        Lang::En => words.1.clone(),
    };
    let checked: Vec<Value> = verification
        .checked
        .iter()
        .map(|checked| {
            json!({
                "sheet": &*checked.sheet,
                "cell": checked.cell.map(|cell| cell.to_string()),
                "what": pick(&checked.what),
                "declared": checked.declared,
                "computed": checked.computed,
                "verdict": checked.verdict.id(),
                "basis": pick(&checked.basis),
            })
        })
        .collect();
    let count = |verdict: Fate| verification.count(verdict);
    let record = json!({
        "schema": "allegati-verify/1",
        "file": file.file_name().map(|name| name.to_string_lossy()),
        "year": verification.year,
        "right": count(Fate::Right),
        "truncated": count(Fate::Truncated),
        "wrong": count(Fate::Wrong),
        "cannot_tell": count(Fate::CannotTell),
        "figures": checked,
    });
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}
