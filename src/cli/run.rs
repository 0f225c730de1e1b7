//! `run FOLDER`: the workbook, the JSON, the report page when asked for, and what was found.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::time::Instant;

use allegati::delivery::Deliveries;
use allegati::finding::render::terminal::{Totals, render, summary};
use allegati::finding::{Findings, Lang, Severity, Text};
use allegati::kinds::form::is_in_folder;
use allegati::outcome::Outcome;
use allegati::settings::Settings;
use allegati::write::report::Ways;
use clap::{ArgMatches, value_parser};

use super::engine::Options;
use super::failure::{Failure, must_be_folder};
use super::output::{self, Outputs};
use super::progress::Bar;
use super::replies::{self, Post};
use super::screen::Screen;
use super::{Command, Verdict, arguments, engine, export, passwords, previous};

/// The command.
pub static COMMAND: Command = Command { name: "run", arguments, run };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Riunisce i fogli della cartella in una cartella di lavoro e in un JSON, ed elenca che cosa va guardato.",
        "Consolidates the folder’s sheets into a workbook and a JSON, and lists what must be looked at.",
    );
    let output = Text::new(
        "La cartella di lavoro da scrivere (se non è detto: CARTELLA/consolidato/Allegati-ANNO.xlsx)",
        "The workbook to write (unless said: FOLDER/consolidato/Allegati-YEAR.xlsx)",
    );
    let json = Text::new(
        "Il JSON da scrivere (se non è detto: accanto alla cartella di lavoro, con lo stesso nome)",
        "The JSON to write (unless said: next to the workbook, with the same name)",
    );
    let page = Text::new(
        "Scrive anche una pagina con cifre, grafici e anomalie da filtrare: un solo file, si apre con un doppio clic",
        "Also writes a page with figures, charts and findings to filter: one file, opened by a double click",
    );
    let from_export = Text::new(
        "Invece dei fogli riunisce ciò che «export» ne ha scritto, anche in più cartelle; serve -o",
        "Consolidates what “export” wrote instead of sheets, also from several folders; needs -o",
    );
    let examples = Text::new(
        "Esempi:\n  \
         allegati run \"Monitoraggio 2019\"\n  \
         allegati run \"Monitoraggio 2019\" --report Risultati.html\n  \
         allegati run \"Monitoraggio 2019\" --previous \"Monitoraggio 2018/consolidato/Allegati-2018.json\"\n  \
         allegati run \"Monitoraggio 2019\" -o Relazione.xlsx --strict\n\n",
        "Examples:\n  \
         allegati run \"Monitoraggio 2019\"\n  \
         allegati run \"Monitoraggio 2019\" --report Results.html\n  \
         allegati run \"Monitoraggio 2019\" --previous \"Monitoraggio 2018/consolidato/Allegati-2018.json\"\n  \
         allegati run \"Monitoraggio 2019\" -o Report.xlsx --strict\n\n",
    );
    let file = Text::new("FILE.json", "FILE.json").get(lang);
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati run [OPZIONI] CARTELLA", "allegati run [OPTIONS] FOLDER").get(lang))
        .after_help(format!("{}{}", examples.get(lang), arguments::EXIT_CODES.get(lang)))
        .arg(arguments::folder(lang).required(false).required_unless_present("from-export"))
        .arg(
            arguments::option("from-export", from_export, lang)
                .value_name(Text::new("CARTELLA", "FOLDER").get(lang))
                .num_args(1..)
                .requires("output")
                .conflicts_with_all(["folder", "replies", "password-file", "follow-links", "jobs"])
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            arguments::option("output", output, lang)
                .short('o')
                .value_name("FILE.xlsx")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(arguments::option("json", json, lang).value_name(file).value_parser(value_parser!(PathBuf)))
        .arg(replies::argument(lang))
        .arg(arguments::option("report", page, lang).value_name("FILE.html").value_parser(value_parser!(PathBuf)))
        .arg(previous::argument(lang))
        .arg(arguments::strict(lang))
        .arg(arguments::jobs(lang))
        .arg(arguments::password_file(lang))
        .arg(arguments::follow_links(lang))
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    if let Some(exports) = matches.get_many::<PathBuf>("from-export") {
        return run_exports(&exports.cloned().collect::<Vec<_>>(), matches, screen);
    }
    let (start, folder) = (Instant::now(), arguments::path(matches, "folder"));
    let (workbook, json, page) = (matches.get_one("output"), matches.get_one("json"), matches.get_one("report"));
    Outputs::must_be_named_right(workbook, json, page)?;
    must_be_folder(folder)?;
    let replies = replies::folder(matches, folder);
    let _claim = output::claim(folder, workbook, json, page, replies.as_deref())?;
    let outcome = consolidate(folder, matches, screen)?;
    let outputs = Outputs::of(folder, workbook, json, page, &outcome)?;
    outputs.must_spare(&previous::asked(matches))?;
    outputs.must_be_free()?;
    let post = replies.map(|replies| Post::of(replies, &outcome, &outputs.json, screen.lang())).transpose()?;
    write(&outputs, post.as_ref(), folder, &outcome, screen.lang())?;
    let workbook = outputs.workbook.display().to_string();
    report(&outcome, Some(&workbook), start, screen)?;
    if let Some(post) = &post {
        screen.print(&post.told(screen.lang()))?;
    }
    Ok(last_verdict(outcome, matches))
}

/// The same from exports, put together as if their files lay in one folder.
fn run_exports(exports: &[PathBuf], matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let (workbook, json, page) = (matches.get_one("output"), matches.get_one("json"), matches.get_one("report"));
    Outputs::must_be_named_right(workbook, json, page)?;
    // The workbook's own folder stands for that of the sheets, which may be on another machine.
    let folder = workbook.and_then(|path: &PathBuf| path.parent()).unwrap_or(Path::new(""));
    let _claim = output::claim(folder, workbook, json, page, None)?;
    let (deliveries, settings) = export::read_back(exports)?;
    let outcome = engine::settle(deliveries, settings.as_deref(), &previous::of(folder, matches)?)?;
    let outputs = Outputs::of(folder, workbook, json, page, &outcome)?;
    outputs.must_be_free()?;
    write(&outputs, None, folder, &outcome, screen.lang())?;
    let workbook = outputs.workbook.display().to_string();
    report(&outcome, Some(&workbook), start, screen)?;
    Ok(last_verdict(outcome, matches))
}

/// Reads the settings and goes through the stages, with a bar.
pub fn consolidate(folder: &Path, matches: &ArgMatches, screen: &Screen) -> Result<Outcome, Failure> {
    consolidate_with(folder, matches, screen, false, |_, _| ()).map(|((), outcome)| outcome)
}

/// The same; `look` sees what the files gave, once more when a password opened more of them. `count_dates` asks all
/// their cells for the year.
pub fn consolidate_with<T>(
    folder: &Path,
    matches: &ArgMatches,
    screen: &Screen,
    count_dates: bool,
    look: impl Fn(&mut Deliveries, &Settings) -> T,
) -> Result<(T, Outcome), Failure> {
    let (settings, mut options) = prepare(folder, matches)?;
    options.count_dates = count_dates;
    let consolidated = |options: &Options| {
        let bar = Bar::new(screen.lang());
        let look = |deliveries: &mut Deliveries| look(deliveries, &settings);
        engine::consolidate_with(folder, &settings, options, &|progress| bar.on(progress), look)
    };
    let (mut seen, mut outcome) = consolidated(&options)?;
    if passwords::ask(&outcome.findings, |name| folder.join(name), &mut options, screen) {
        (seen, outcome) = consolidated(&options)?;
    }
    nothing_in(folder, &outcome).map_or(Ok((seen, outcome)), Err)
}

/// The settings of a folder, and how a run over it is made.
pub fn prepare(folder: &Path, matches: &ArgMatches) -> Result<(Settings, Options), Failure> {
    must_be_folder(folder)?;
    let passwords = passwords::load(arguments::password_file_of(matches).map(PathBuf::as_path), folder)?;
    let settings = engine::settings(folder)?;
    let mut options = engine::options(arguments::jobs_of(matches), &settings, passwords);
    options.keep_sheets = replies::are_wanted(matches);
    options.follow_links = arguments::follow_links_of(matches);
    options.earlier = previous::of(folder, matches)?;
    Ok((settings, options))
}

/// Why there is nothing to consolidate in a folder; `None` when there is something.
pub fn nothing_in(folder: &Path, outcome: &Outcome) -> Option<Failure> {
    let shown = folder.display();
    if outcome.sources.is_empty() {
        return Some(Failure::new(
            format!("nella cartella non ci sono fogli di calcolo: {shown}"),
            format!("there are no spreadsheets in the folder: {shown}"),
        ));
    }
    // Settings, forms and guide of a new folder, and nothing else yet.
    let blank = outcome.sources.iter().all(|source| source.blank && is_in_folder(&source.file));
    blank.then(|| {
        Failure::new(
            format!(
                "nella cartella ci sono solo i modelli vuoti: {shown}\n  mettervi i fogli compilati dagli uffici e ripetere"
            ),
            format!(
                "there are only blank forms in the folder: {shown}\n  put the offices’ filled-in sheets there and repeat"
            ),
        )
    })
}

/// Writes both results, and what goes back to the offices.
pub fn write(
    outputs: &Outputs,
    post: Option<&Post>,
    folder: &Path,
    outcome: &Outcome,
    lang: Lang,
) -> Result<(), Failure> {
    let prefix = outputs.source_prefix(folder);
    // Neither waits for the other.
    let (workbook, json) = std::thread::scope(|scope| {
        let json = scope.spawn(|| engine::json(outcome, lang).into_bytes());
        (engine::workbook(outcome, lang, &prefix), json.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let workbook = workbook?;
    let page = outputs.report.as_ref().map(|page| {
        let (sources, workbook) = outputs.report_ways(page, folder);
        engine::report(outcome, lang, Ways { sources: &sources, workbook: &workbook })
    });
    let more: Vec<_> = post.into_iter().flat_map(Post::files).collect();
    outputs.save(&workbook, &json, page.transpose()?.as_deref().map(str::as_bytes), &more)?;
    post.map_or(Ok(()), Post::clear)
}

/// Prints the findings and the closing line.
pub fn report(outcome: &Outcome, workbook: Option<&str>, start: Instant, screen: &Screen) -> Result<(), Failure> {
    let totals = totals(outcome, workbook, start);
    screen.print(&render(&outcome.findings, screen.lang(), screen.colour(), screen.width()))?;
    screen.print(&summary(&totals, &outcome.findings, screen.lang(), screen.colour()))
}

/// What the closing line counts.
pub fn totals<'a>(outcome: &Outcome, workbook: Option<&'a str>, start: Instant) -> Totals<'a> {
    let sheets = || outcome.sources.iter().flat_map(|file| &file.sheets);
    Totals {
        files: outcome.sources.len(),
        sheets: sheets().count(),
        records: sheets().map(|sheet| sheet.records as usize).sum(),
        workbook,
        elapsed: start.elapsed(),
    }
}

/// The verdict with which the program ends: what a large folder takes up is given back by its end, faster than piece by
/// piece.
pub fn last_verdict(outcome: Outcome, matches: &ArgMatches) -> Verdict {
    let verdict = verdict(&outcome.findings, matches.get_flag("strict"));
    std::mem::forget(outcome);
    verdict
}

/// Whether something must be corrected.
pub fn verdict(findings: &Findings, strict: bool) -> Verdict {
    let found = findings.count(Severity::Error) + if strict { findings.count(Severity::Warning) } else { 0 };
    if found == 0 { Verdict::Clean } else { Verdict::Findings }
}
